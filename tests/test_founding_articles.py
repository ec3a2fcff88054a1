"""The five articles the project began with: all in the tables, coded by the rules.

They were read in full. What each reports is written down here by hand: place,
dates, agencies, counts and penalties, with the rule of the codebook that settles
a doubtful case.
"""

from dataclasses import dataclass

import pandas as pd
import pytest

from crackdown.check import check_tables


@dataclass(frozen=True)
class Act:
    """One act that an article reports, as the rules code it."""

    start: str
    end: str
    pcode: str
    action: str
    agencies: str
    precision: str = "county"
    persons: tuple[str, str, str] = ("", "", "")
    imposed: str = ""
    threatened: str = ""
    terms: tuple[str, str] = ("", "")
    deaths: str = ""


@dataclass(frozen=True)
class Article:
    """One founding article: words of its address, publisher, publication, acts by id."""

    address: str
    publisher: str
    published: str
    acts: dict[str, Act]


ARTICLES = {
    "Hoeryong phones 2024": Article(
        "hoeryong-harshly-cracks-down-chinese-cellphone-users", "Daily NK", "2024-07",
        {
            # "Since early July": early is the 1st to the 10th, the report ends the interval.
            # Three held; exile is expected for the family, so threatened and not imposed.
            "i0508": Act("2024-07-01", "2024-07-26", "KP0203", "arrest", "mss",
                         persons=("3", "3", "3"), threatened="exile"),
            # An announced threat is an order; it reaches nobody yet.
            "i0509": Act("2024-07-01", "2024-07-26", "KP0203", "order", "mss",
                         threatened="exile"),
        },
    ),
    "Hyesan task force 2021": Article(
        "joint-task-force-cracks-down-on-users-illegal-cell-phones-hyesan", "Daily NK", "2021",
        {
            # After the lockdown of 3 March and before 15 April; the year is inferred.
            # A camp term of at least five years is expected, not imposed: open above.
            "i0333": Act("2021-03-03", "2021-04-14", "KP0101", "arrest",
                         "task_force;justice;mss;mss_signal", persons=("23", "23", "23"),
                         threatened="reeducation", terms=("5", "")),
        },
    ),
    "North Hamgyong arrests of January 2025": Article(
        "living-in-fear-n-korea-intensifies-security-inspections-along-chinese-border",
        "Daily NK", "2025-01-21",
        {
            # Three counties for one act: the province whose border is meant. Early December
            # is the 1st to the 10th. The thirty inspectors act; they are not reached.
            "i0531": Act("2024-12-01", "2024-12-10", "KP02", "deployment", "mss",
                         precision="border"),
            # The county is not named; no penalty is told.
            "i0536": Act("2025-01-04", "2025-01-04", "KP02", "arrest", "mss",
                         precision="border", persons=("1", "1", "1")),
        },
    ),
    "the security agency's own border offices, April 2024": Article(
        "n-koreas-state-security-agency-cracks-down-on-corruption-in-offices-along-border",
        "Daily NK", "2024-04-19",
        {
            # Two counties, each described: one incident each. Nobody is counted or punished.
            "i0490": Act("2024-03-01", "2024-04-17", "KP0203", "investigation", "mss"),
            "i0491": Act("2024-03-01", "2024-04-17", "KP0620", "investigation", "mss"),
            "i0492": Act("2024-04-01", "2024-04-19", "KP", "order", "mss", precision="border"),
        },
    ),
    "rallies and thought crimes, June 2020": Article(
        "north-korea-arrests-citizens-for-thought-crimes-after-anti-exile-protests",
        "Radio Free Asia", "2020-06",
        {
            # A complex that is not named leaves only the province.
            "i0273": Act("2020-06-06", "2020-06-06", "KP07", "assembly", "unspecified",
                         precision="province"),
            # A place in a district of the capital.
            "i0274": Act("2020-06-06", "2020-06-06", "KP1001", "assembly", "youth_league",
                         precision="locality"),
            "i0275": Act("2020-06-06", "2020-06-18", "KP07", "arrest", "mss",
                         precision="province", persons=("1", "1", "1")),
            "i0276": Act("2020-06-07", "2020-06-07", "KP06", "assembly", "party",
                         precision="province"),
            "i0277": Act("2020-06-07", "2020-06-07", "KP07", "assembly", "youth_league",
                         precision="province"),
            # Three named as a number, absentees uncounted: open above.
            "i0278": Act("2020-06-07", "2020-06-18", "KP07", "arrest", "mss",
                         precision="province", persons=("3", "3", "")),
        },
    ),
}  # fmt: skip

ACTS = [(title, key) for title, article in ARTICLES.items() for key in article.acts]


@pytest.fixture(scope="module")
def tables(root) -> dict[str, pd.DataFrame]:
    return check_tables(root / "data")


def source_of(tables: dict[str, pd.DataFrame], article: Article) -> pd.Series:
    """Find the one row of sources whose address holds the article's words."""
    sources = tables["sources"]
    found = sources[sources["url"].str.contains(article.address, regex=False)]
    assert len(found) == 1
    return found.iloc[0]


@pytest.mark.parametrize("title", ARTICLES)
def test_founding_article_is_in_the_tables_and_was_read_in_full(tables, title):
    source = source_of(tables, ARTICLES[title])
    assert source["publisher"] == ARTICLES[title].publisher
    assert source["published"] == ARTICLES[title].published
    assert source["extent"] == "full"


def test_only_the_founding_articles_were_read_in_full(tables):
    full = tables["sources"].query("extent == 'full'")["source_id"]
    assert set(full) == {source_of(tables, one)["source_id"] for one in ARTICLES.values()}


@pytest.mark.parametrize("title", ARTICLES)
def test_founding_article_reports_these_acts_and_no_others(tables, title):
    source = source_of(tables, ARTICLES[title])["source_id"]
    links = tables["incident_sources"].query("source_id == @source")
    assert set(links["incident_id"]) == set(ARTICLES[title].acts)


@pytest.mark.parametrize(("title", "key"), ACTS)
def test_act_of_a_founding_article_is_coded_by_the_rules(tables, title, key):
    act = ARTICLES[title].acts[key]
    row = tables["incidents"].set_index("incident_id").loc[key]
    assert (row["date_start"], row["date_end"]) == (act.start, act.end)
    assert (row["pcode"], row["geo_precision"]) == (act.pcode, act.precision)
    assert row["action"] == act.action
    assert row["agencies"] == act.agencies
    assert tuple(row[["persons_low", "persons_best", "persons_high"]]) == act.persons
    assert (row["penalty_imposed"], row["penalty_threatened"]) == (act.imposed, act.threatened)
    assert (row["term_years_low"], row["term_years_high"]) == act.terms
    assert row["deaths"] == act.deaths
    assert row["is_aggregate"] == "false"


@pytest.mark.parametrize(("title", "key"), ACTS)
def test_precision_of_a_founding_act_follows_from_its_interval(tables, title, key):
    row = tables["incidents"].set_index("incident_id").loc[key]
    length = (pd.Timestamp(row["date_end"]) - pd.Timestamp(row["date_start"])).days + 1
    limits = {1: "day", 10: "week", 31: "month", 92: "quarter"}
    assert row["date_precision"] == next(name for days, name in limits.items() if length <= days)


def test_each_founding_act_belongs_to_the_drive_its_article_names(tables):
    campaigns = tables["incidents"].set_index("incident_id")["campaign_id"]
    drives = {
        title: {campaigns[key] for key in article.acts} for title, article in ARTICLES.items()
    }
    assert all(len(found) == 1 and "" not in found for found in drives.values())
    opening = tables["campaigns"].set_index("campaign_id")["opening_incident"]
    assert opening[campaigns["i0509"]] == "i0509"
    assert opening[campaigns["i0531"]] == "i0531"
    assert opening[campaigns["i0492"]] == "i0492"


def test_money_of_the_founding_articles_is_coded(tables):
    amounts = tables["amounts"].set_index("incident_id")
    bribe = amounts.loc["i0509"]
    assert tuple(bribe[["kind", "low", "high", "currency"]]) == ("bribe", "50000", "50000", "CNY")
    for key in ("i0490", "i0491"):
        fee = amounts.loc[key]
        assert tuple(fee[["kind", "low", "unit"]]) == ("call_fee", "2", "per_minute")


def test_nobody_in_the_founding_acts_is_counted_twice(tables):
    rows = tables["incidents"].set_index("incident_id").loc[[key for _, key in ACTS]]
    assert (rows["case_id"] == "").all()
    assert rows["persons_best"].replace("", "0").astype(int).sum() == 3 + 23 + 1 + 1 + 3
