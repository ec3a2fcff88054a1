"""Other ways of reading the same evidence."""

from __future__ import annotations

import pytest

from crackdown.incidents import load_archive
from crackdown.parameters import Parameters
from crackdown.readings import CODED, list_readings, other_coder
from crackdown.selection import narrow_selection


@pytest.fixture(scope="module")
def selection():
    return narrow_selection(load_archive("data"), Parameters.model_construct())


@pytest.fixture(scope="module")
def readings(selection):
    return {reading.name: reading.selection for reading in list_readings(selection)}


def test_each_publisher_is_left_out_once(selection, readings):
    assert "without Daily NK" in readings
    assert "without Daily NK Japan" not in readings  # of one house
    without = readings["without Daily NK"]
    assert not without.links["publisher"].isin(["Daily NK", "Daily NK Japan"]).any()
    assert 0 < len(without.incidents) < len(selection.incidents)


def test_an_incident_of_two_publishers_survives_leaving_one_out(selection, readings):
    links = selection.links
    both = set(links.loc[links["publisher"] == "Radio Free Asia", "incident_id"]) & set(
        links.loc[links["publisher"] == "Daily NK", "incident_id"]
    )
    assert both and both <= set(readings["without Daily NK"].incidents.index)


def test_the_period_and_the_split_stay_the_same(selection, readings):
    for other in readings.values():
        assert (other.start, other.end, other.split) == (selection.start, selection.end, selection.split)


def test_stated_dates_and_counties_are_kept_alone(readings):
    assert set(readings["with stated dates only"].incidents["date_basis"]) == {"stated"}
    places = set(readings["with places known to the county only"].incidents["geo_precision"])
    assert places == {"locality", "county"}


def test_aggregates_are_counted_in_one_reading_only(selection, readings):
    more = len(readings["with totals counted"].incidents) - len(selection.incidents)
    assert more == len(selection.aggregates) > 0


def test_low_and_high_figures_replace_the_best(readings):
    low = readings["with low figures of persons"].incidents
    high = readings["with high figures of persons"].incidents
    assert low["persons_best"].sum() < high["persons_best"].sum()


def test_the_other_coders_row_differs_where_the_coders_did(selection):
    archive = selection.archive
    changed = other_coder(archive)
    assert list(changed.index) == list(archive.incidents.index)
    coded_twice = archive.double_coded["incident_id"].unique()
    untouched = changed.drop(index=coded_twice)[CODED]
    assert untouched.equals(archive.incidents.drop(index=coded_twice)[CODED])
    differs = (changed.loc[coded_twice, CODED] != archive.incidents.loc[coded_twice, CODED]).any(axis=1)
    assert differs.sum() > len(coded_twice) / 2
