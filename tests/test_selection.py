"""Selection: what a page is about, and what it leaves out."""

import pandas as pd
import pytest

from crackdown.errors import UsageError
from crackdown.selection import select
from crackdown.subtitle import write_subtitle


def test_everything_is_selected_without_limits(selection, archive):
    assert len(selection.incidents) + len(selection.aggregates) == len(archive.incidents)
    assert not selection.incidents["is_aggregate"].any()
    assert selection.aggregates["is_aggregate"].all()


def test_the_period_is_that_of_the_parameters_or_of_the_archive(choose, archive):
    whole = choose()
    assert whole.start == archive.incidents["date_start"].min()
    assert whole.end == archive.sources["published_start"].max() == whole.last_covered
    limited = choose(start="2020-01-01", end="2021-12-31")
    assert (limited.start, limited.end) == (pd.Timestamp("2020-01-01"), pd.Timestamp("2021-12-31"))


def test_an_incident_that_reaches_into_the_period_is_selected(choose, archive):
    chosen = choose(start="2020-01-01", end="2020-12-31")
    frame = archive.incidents
    first, last = pd.Timestamp("2020-01-01"), pd.Timestamp("2020-12-31")
    wanted = [
        index
        for index, row in frame.iterrows()
        if row.date_end >= first and row.date_start <= last and not row.is_aggregate
    ]
    assert list(chosen.incidents.index) == wanted


@pytest.mark.parametrize(
    ("values", "holds"),
    [
        ({"offences": "speech;religion"}, lambda row: {"speech", "religion"} & {*row.offences}),
        ({"agencies": "police"}, lambda row: "police" in row.agencies),
        ({"actions": "arrest;trial"}, lambda row: row.action in ("arrest", "trial")),
        ({"provinces": "Ryanggang"}, lambda row: row.pcode.startswith("KP01")),
        ({"campaigns": "k028;k034"}, lambda row: row.campaign_id in ("k028", "k034")),
        ({"geo_precision": "county"}, lambda row: row.geo_precision in ("locality", "county")),
        (
            {"geo_precision": "province"},
            lambda row: row.geo_precision in ("locality", "county", "province"),
        ),
    ],
)
def test_a_filter_keeps_exactly_what_it_names(choose, archive, values, holds):
    chosen = choose(**values)
    frame = archive.incidents[~archive.incidents["is_aggregate"]]
    assert list(chosen.incidents.index) == [i for i, row in frame.iterrows() if holds(row)]


def test_a_publisher_filter_keeps_what_one_of_its_articles_supports(choose, archive):
    chosen = choose(publishers="Asiapress")
    publisher = archive.incident_sources["source_id"].map(archive.sources["publisher"])
    supported = set(archive.incident_sources["incident_id"][publisher == "Asiapress"])
    rows = {*chosen.incidents.index, *chosen.aggregates.index}
    assert rows == supported


def test_the_subtitle_names_the_campaign_or_its_id_where_the_name_is_hindsight(choose):
    name = "Law on rejecting reactionary thought and culture"
    assert write_subtitle(choose(campaigns="k034")).endswith(f"; campaign: {name}")
    then = write_subtitle(choose(campaigns="k034", as_of="2022-01-01"))
    assert "; campaign: k034; as known on 1 January 2022" in then


def test_filters_apply_together(choose):
    both = choose(offences="speech", provinces="KP01").incidents.index
    alone = choose(offences="speech").incidents.index, choose(provinces="KP01").incidents.index
    assert set(both) == set(alone[0]) & set(alone[1])


def test_every_selected_incident_has_its_articles(selection):
    links = selection.links
    assert set(links["incident_id"]) == set(selection.incidents.index)
    assert links["publisher"].notna().all()
    assert not links.duplicated(["incident_id", "source_id"]).any()


def test_counts_by_place_are_those_of_the_selection(choose):
    chosen = choose(offences="chinese_phone")
    assert chosen.place_counts["incidents"].sum() == len(chosen.incidents)


def test_a_page_as_of_a_day_rests_only_on_what_was_public(choose):
    day = pd.Timestamp("2020-12-31")
    chosen = choose(as_of="2020-12-31")
    assert (chosen.links["published_end"] <= day).all()
    assert chosen.last_covered <= day
    assert chosen.end <= day
    assert not set(chosen.possibly_known) & set(chosen.incidents.index)


def test_only_incidents_of_the_selection_are_said_to_be_possibly_known(choose):
    everything = choose(as_of="2020-12-31").possibly_known
    of_one_province = choose(as_of="2020-12-31", provinces="KP01")
    incidents = choose(provinces="KP01").incidents
    aggregates = choose(provinces="KP01").aggregates
    assert len(everything) > len(of_one_province.possibly_known)
    assert set(of_one_province.possibly_known) <= {*incidents.index, *aggregates.index}


def test_a_day_before_anything_was_public_makes_an_empty_selection_or_is_refused(choose):
    try:
        chosen = choose(as_of="2001-01-01")
    except UsageError:
        return
    assert chosen.incidents.empty
    assert chosen.start == chosen.start  # not NaT
    assert chosen.end == chosen.end


def test_a_period_that_begins_after_the_archive_ends_is_refused(choose):
    with pytest.raises(UsageError):
        choose(start="2030-01-01")


def test_a_wrong_parameter_is_refused_inside_the_notebook_too(root):
    with pytest.raises(UsageError, match="strat"):
        select(strat="2020-01-01", data=str(root / "data"))


def test_the_geometry_is_that_of_the_gazetteer(selection):
    places = selection.archive.places
    geometry = selection.geometry
    assert set(geometry.counties.index) == set(places.index[places["level"] == "county"])
    assert set(geometry.provinces.index) == set(places.index[places["level"] == "province"])
