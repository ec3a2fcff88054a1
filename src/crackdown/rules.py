"""Rules that concern several cells: how each rule of the codebook is tested.

The statement and the remedy of a rule stand in `datapackage.json`; here stands
only the test, under the rule's id. A test takes the tables and the name of one,
and marks the rows that break the rule. A cell that is empty or not of its type
breaks no rule of these: it is reported by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crackdown.codebook import Codebook, Rule
from crackdown.csvfile import CsvFile


@dataclass(frozen=True)
class Case:
    """One rule to be tested on one table."""

    rule: Rule
    name: str
    files: Mapping[str, CsvFile]
    codebook: Codebook

    @property
    def frame(self) -> pd.DataFrame:
        return self.files[self.name].frame

    def column(self, field: str, table: str = "") -> pd.Series:
        return self.files[table or self.name].frame[field]

    def everything(self, field: str, table: str) -> pd.Series:
        """Give a column with the cells of the rows that are not whole."""
        file = self.files[table]
        return pd.concat([file.frame[field], file.loose[field]], ignore_index=True)

    def extras(self, field: str, key: str) -> dict:
        """Map a column's allowed values to what the codebook says of them under `key`."""
        categories = self.codebook.tables[self.name].fields[field].categories
        return {value: category.extra[key] for value, category in categories.items()}


@dataclass(frozen=True)
class Breach:
    """
    Rows that break a rule.

    `rows` is a mask over the table; `column` holds the cell to be blamed, the
    rule's first field if it is empty; `right` is the right value of each row if
    the rule tells it.
    """

    rows: np.ndarray
    column: str = ""
    right: pd.Series | None = None


RULES: dict[str, Callable[[Case], Breach]] = {}


def rule(*ids: str) -> Callable:
    """Register a test under the ids of the rules that it tests."""

    def register(test: Callable[[Case], Breach]) -> Callable[[Case], Breach]:
        RULES.update(dict.fromkeys(ids, test))
        return test

    return register


def applies(case: Case, needs: Mapping[str, tuple[str, ...]]) -> bool:
    """Say whether all columns that a rule reads are there, in this and other tables."""
    fields = [name for name in case.rule.fields if name in case.codebook.tables[case.name].fields]
    wanted = {case.name: tuple(fields), **needs}
    return all(
        table in case.files and set(columns) <= set(case.files[table].frame.columns)
        for table, columns in wanted.items()
    )


# Other tables that a rule reads.
NEEDS: dict[str, dict[str, tuple[str, ...]]] = {
    "precision_of_place": {"places": ("pcode", "level")},
    "incident_has_primary_source": {"incident_sources": ("incident_id", "source_id", "role")},
    "act_before_report": {
        "incident_sources": ("incident_id", "source_id"),
        "sources": ("source_id", "published"),
        "incidents": ("incident_id", "date_start"),
    },
    "opening_act_belongs": {
        "incidents": ("incident_id", "campaign_id", "action"),
        "campaigns": ("campaign_id", "opening_incident"),
    },
    "article_supports_incident": {"incident_sources": ("incident_id", "source_id")},
}


def days(text: pd.Series) -> pd.Series:
    """Turn ISO days into numbers of days; NaN where there is none."""
    dates = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce", cache=True)
    return (dates - pd.Timestamp(0)).dt.days


def numbers(text: pd.Series) -> pd.Series:
    """Turn figures into numbers; NaN where there is none."""
    return pd.to_numeric(text.where(text != ""), errors="coerce")


def last_day(published: pd.Series) -> pd.Series:
    """Turn partial dates into the last day that they may mean, as numbers of days."""
    length = published.str.len()
    month = published.where(length == 7, published + "-12").where(length < 10)
    start = pd.to_datetime(month, format="%Y-%m", errors="coerce")
    ends = (start + pd.offsets.MonthEnd(0) - pd.Timestamp(0)).dt.days
    return ends.where(length < 10, days(published))


@rule("dates_in_order")
def _dates(case: Case) -> Breach:
    first, last = case.rule.fields
    rows = (days(case.column(first)) > days(case.column(last))).to_numpy()
    return Breach(rows, column=last)


@rule("persons_in_order", "terms_in_order", "amounts_in_order")
def _figures(case: Case) -> Breach:
    figures = [numbers(case.column(name)) for name in case.rule.fields]
    rows = np.zeros(len(case.frame), bool)
    for place, low in enumerate(figures):
        for high in figures[place + 1 :]:
            rows |= (low > high).to_numpy()
    return Breach(rows, column=case.rule.fields[1])


@rule("best_beside_bounds")
def _best(case: Case) -> Breach:
    best, low, high = (case.column(name) for name in case.rule.fields)
    return Breach(((best == "") & ((low != "") | (high != ""))).to_numpy())


@rule("precision_of_date")
def _precision_of_date(case: Case) -> Breach:
    precision, start, end = (case.column(name) for name in case.rule.fields)
    length = (days(end) - days(start) + 1).to_numpy()
    longest = case.extras(case.rule.fields[0], "max_days")
    values = np.array(list(longest), dtype=object)
    limits = np.array([limit or np.inf for limit in longest.values()])
    right = values[np.searchsorted(limits, np.nan_to_num(length, nan=1.0))]
    rows = (length >= 1) & precision.isin(values).to_numpy() & (precision.to_numpy() != right)
    return Breach(rows, right=pd.Series(right, index=precision.index))


@rule("precision_of_place")
def _precision_of_place(case: Case) -> Breach:
    precision, pcode = (case.column(name) for name in case.rule.fields)
    places = case.files["places"].frame.drop_duplicates("pcode").set_index("pcode")
    level = pcode.map(places["level"])
    fits = np.zeros(len(precision), bool)
    for value, levels in case.extras(case.rule.fields[0], "levels").items():
        fits |= ((precision == value) & level.isin(levels)).to_numpy()
    allowed = case.codebook.tables[case.name].fields[case.rule.fields[0]].categories
    return Breach(~fits & level.notna().to_numpy() & precision.isin(list(allowed)).to_numpy())


@rule("locality_named")
def _locality(case: Case) -> Breach:
    return Breach(((case.column("locality") == "") & (case.column("geo_precision") == "locality")).to_numpy())


@rule("main_act_once")
def _main_act(case: Case) -> Breach:
    pairs = case.column("also_actions") + "|" + case.column("action")
    broken = {
        pair for pair in pairs.unique()
        if pair.rpartition("|")[2] in pair.rpartition("|")[0].split(";")
    } - {"|"}
    return Breach(pairs.isin(broken).to_numpy())


@rule("inferred_date_explained", "inferred_publication_explained")
def _explained(case: Case) -> Breach:
    note, basis = (case.column(name) for name in case.rule.fields)
    return Breach(((note == "") & (basis == "inferred")).to_numpy())


@rule("publication_known")
def _publication_known(case: Case) -> Breach:
    published, basis = (case.column(name) for name in case.rule.fields)
    return Breach(((published == "") != (basis == "unknown")).to_numpy() & (basis != "").to_numpy())


@rule("publication_exists")
def _publication_exists(case: Case) -> Breach:
    published = case.column("published")
    formed = published.str.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?")
    return Breach((formed & last_day(published).isna()).to_numpy())


@rule("incident_has_primary_source")
def _primary_source(case: Case) -> Breach:
    roles = case.everything("role", "incident_sources")
    supported = case.everything("incident_id", "incident_sources")[roles != "corroborating"]
    identifier = case.column("incident_id")
    return Breach((~identifier.isin(supported) & (identifier != "")).to_numpy())


@rule("act_before_report")
def _act_before_report(case: Case) -> Breach:
    links = case.files["incident_sources"].frame
    sources = case.files["sources"].frame.drop_duplicates("source_id").set_index("source_id")
    published = links["source_id"].map(last_day(sources["published"]))
    # One article without a date is enough for not knowing the latest.
    latest = published.fillna(np.inf).groupby(links["incident_id"]).max()
    start = days(case.column("date_start"))
    return Breach((start > case.column("incident_id").map(latest)).to_numpy())


@rule("case_joins_incidents")
def _case(case: Case) -> Breach:
    identifier = case.column("case_id")
    known = case.everything("case_id", case.name)
    lonely = known[~known.duplicated(keep=False)]
    return Breach((identifier.isin(lonely) & (identifier != "")).to_numpy())


@rule("aggregate_has_figure")
def _aggregate(case: Case) -> Breach:
    aggregate, best, households = (case.column(name) for name in case.rule.fields)
    return Breach(((aggregate == "true") & (best == "") & (households == "")).to_numpy())


@rule("opening_act_belongs")
def _opening_act(case: Case) -> Breach:
    incidents = case.files["incidents"].frame.drop_duplicates("incident_id").set_index("incident_id")
    opening = case.column("opening_incident")
    campaign = opening.map(incidents["campaign_id"])
    action = opening.map(incidents["action"])
    fits = (campaign == case.column("campaign_id")) & action.isin(case.rule.extra["actions"])
    return Breach((~fits & campaign.notna()).to_numpy())


@rule("article_supports_incident")
def _article(case: Case) -> Breach:
    supported = case.everything("incident_id", "incident_sources")
    known = set(supported + "|" + case.everything("source_id", "incident_sources"))
    coded = set(supported)
    field = next(name for name in case.rule.fields if name in case.frame)
    pairs = zip(case.column("incident_id"), case.column(field), strict=True)
    broken = [
        incident in coded and any(f"{incident}|{one}" not in known for one in articles.split(";"))
        for incident, articles in pairs
    ]
    return Breach(np.array(broken, bool), column=field)


@rule("place_under_parent")
def _parent(case: Case) -> Breach:
    parent, pcode, level = (case.column(name) for name in case.rule.fields)
    places = case.frame.drop_duplicates("pcode").set_index("pcode")
    wanted = level.map(case.extras("level", "parent"))
    begins = pd.Series([a.startswith(b) for a, b in zip(pcode, parent, strict=True)], dtype=bool)
    fits = (parent.map(places["level"]) == wanted) & begins
    top = wanted.isna() & (parent == "")
    return Breach((~fits & ~top & level.isin(case.extras("level", "parent"))).to_numpy())


@rule("none_stands_alone")
def _none(case: Case) -> Breach:
    cells = case.column("borders")
    return Breach((cells.str.contains(";") & (";" + cells + ";").str.contains(";none;")).to_numpy())


@rule("names_resolve")
def _names(case: Case) -> Breach:
    frame = case.frame
    scope = frame["level"] + "|" + frame["parent_pcode"] + "|"
    names = (frame["aliases"] + ";" + frame["name_en"] + ";" + frame["name_ko"]).str.split(";")
    spread = (scope.repeat(names.str.len()) + names.explode()).str.casefold()
    own = spread.groupby(level=0).agg(set).explode()
    twice = own[own.duplicated(keep=False)]
    return Breach(frame.index.isin(twice.index))
