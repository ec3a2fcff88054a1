"""The make-up of what is reported in two periods."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pandas as pd
import pytest

from crackdown.charts import chart_shifts
from crackdown.confidence import choose_rows
from crackdown.incidents import load_archive
from crackdown.links import KEY_OF_PROPERTY, write_period
from crackdown.parameters import Parameters
from crackdown.selection import narrow_selection
from crackdown.shifts import MOST_COMPARED, compare_periods, halve, list_properties
from crackdown.trend_tables import table_shifts
from synthetic import make_archive


@pytest.fixture(scope="module")
def real():
    return load_archive("data")


def test_the_boundary_halves_the_incidents(real):
    incidents = real.incidents[~real.incidents["is_aggregate"]]
    split = halve(incidents)
    assert split == pd.Timestamp("2020-07-01")
    middle = incidents["date_start"] + (incidents["date_end"] - incidents["date_start"]) / 2
    assert 0.45 < (middle < split).mean() < 0.55


def test_without_incidents_there_is_no_boundary(real):
    assert pd.isna(halve(real.incidents.iloc[:0]))


def test_a_province_that_is_not_told_is_not_a_share_of_zero(real):
    archive = make_archive(
        real,
        [{"day": "2020-01-01"}, {"day": "2020-01-02", "pcode": "KP", "geo_precision": "country"}],
    )
    assert list(list_properties(archive.incidents)["province", "KP01"]) == [1, -1]


def test_a_small_publisher_is_not_compared(real):
    rows = [{"day": f"20{year}-03-0{day}", "publisher": "Asiapress"} for year in (19, 21) for day in range(1, 5)]
    archive = make_archive(real, rows)
    shifts = compare_periods(
        archive,
        archive.incidents,
        before=(pd.Timestamp("2019-01-01"), pd.Timestamp("2020-12-31")),
        after=(pd.Timestamp("2021-01-01"), pd.Timestamp("2021-12-31")),
    )
    assert shifts.rates == []
    assert all(not comparisons for comparisons in shifts.shares.values())


def test_of_many_publishers_those_with_most_incidents_are_compared_and_the_others_counted(real):
    rows = [
        {"day": f"20{year}-03-{day:02}", "publisher": f"Outlet {number}"}
        for number in range(MOST_COMPARED + 2)
        for year in (19, 21)
        for day in range(1, 6 + number)
    ]
    selection = narrow_selection(
        make_archive(real, rows), Parameters.model_construct(split=pd.Timestamp("2020-06-01").date())
    )
    assert [one.publisher for one in selection.shifts.rates] == [
        f"Outlet {number}" for number in range(MOST_COMPARED + 1, 1, -1)
    ]
    assert selection.shifts.left_out == 2
    told = f"Compared are the {MOST_COMPARED} publishers with most incidents; 2 more have ten or more and are not shown."
    assert told in table_shifts(selection).note
    assert told in chart_shifts(selection).caption


def test_shares_are_those_counted_by_hand(real):
    rows = [{"day": f"2019-{month:02}-01", "offences": ("religion",)} for month in range(1, 11)]
    rows += [{"day": f"2021-{month:02}-01", "offences": ("religion" if month < 6 else "speech",)} for month in range(1, 11)]
    selection = narrow_selection(
        make_archive(real, rows), Parameters.model_construct(split=pd.Timestamp("2020-06-01").date())
    )
    (one,) = selection.shifts.shares["offences", "religion"]
    assert (one.cells, one.holders) == ((10.0, 10.0), (10.0, 5.0))
    assert one.estimate == pytest.approx(-0.5)


def test_what_is_said_of_one_publisher_is_never_bolder_than_its_own_comparison(real):
    shifts = narrow_selection(real, Parameters.model_construct()).shifts
    for key, comparisons in shifts.alone.items():
        for settled, single in zip(comparisons, shifts.shares[key], strict=True):
            assert settled.verdict in (single.verdict, "no_clear_difference")


def test_each_share_of_the_table_leads_to_the_incidents_it_counts(selection):
    """The rows are those that may lie in the period, so never fewer than expected there."""
    table, shifts = table_shifts(selection), selection.shifts
    told = [
        (key, one)
        for key, comparisons in shifts.alone.items()
        for one in comparisons
        if one.verdict != "too_few"
    ]
    assert len(table.frame) == len(told) > 20
    for number, (key, one) in enumerate(told):
        for name, period, expected in zip(("Before", "After"), (shifts.before, shifts.after), one.holders, strict=True):
            values = dict(parse_qsl(table.links[name][number]))
            assert values.pop("when") == write_period(*period)
            rows = selection.incidents[choose_rows(selection, values)]
            inside = (rows["date_start"] <= period[1]) & (rows["date_end"] >= period[0])
            assert expected - 1e-9 <= inside.sum() <= expected + len(rows) / 5
            assert values == {KEY_OF_PROPERTY[key[0]]: key[1], "publisher": one.publisher}
