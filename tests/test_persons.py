"""Persons: by act, each case once, with open upper ends, and never one sum."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crackdown.persons import (
    FIGURES,
    case_figures,
    count_deaths,
    count_overlap,
    count_persons,
    largest_reports,
)

ACTIONS = ("arrest", "trial", "punishment")


def table(rows):
    """Make incidents of (id, case, action, low, best, high, deaths)."""
    columns = ["incident_id", "case_id", "action", *FIGURES, "deaths"]
    frame = pd.DataFrame(rows, columns=columns).set_index("incident_id")
    return frame.astype({**dict.fromkeys([*FIGURES, "deaths"], "Int64"), "case_id": "str"})


@pytest.fixture
def few():
    return table(
        [
            ("i1", "c1", "arrest", 10, 10, 10, None),
            ("i2", "c1", "arrest", 12, 12, None, None),  # the same persons, more of them
            ("i3", "c1", "trial", 12, 12, 12, 2),  # and again, on trial
            ("i4", "", "arrest", 20, 30, 90, None),
            ("i5", "", "arrest", None, None, None, 1),
            ("i6", "c2", "punishment", 3, 3, 3, 3),
            ("i7", "c2", "punishment", 1, 1, 1, 1),  # fewer of the same persons
        ]
    )


def test_a_case_counts_once_within_an_act_with_its_largest_figure(few):
    counts = count_persons(few)
    arrests = counts.loc["arrest"]
    assert (arrests.incidents, arrests.cases) == (4, 3)
    assert (arrests.with_figure, arrests.without_figure) == (2, 1)
    assert (arrests.low, arrests.best, arrests.high) == (32, 42, 102)
    assert counts.loc["punishment", ["cases", "low", "best", "high"]].to_list() == [1, 3, 3, 3]


def test_an_unknown_upper_bound_is_said_and_its_best_figure_is_a_floor(few):
    counts = count_persons(few)
    assert counts.loc["arrest", "open"] == 1
    assert counts.loc["trial", "open"] == 0


def test_persons_tried_after_arrest_stand_in_both_rows_and_the_overlap_says_so(few):
    overlap = count_overlap(few)
    # Cells: arrest 3, trial 1, punishment 1; distinct: c1, c2, i4, i5.
    assert overlap == {"cells": 5, "overlap": 1, "cases": 4}


def test_an_act_without_any_figure_has_no_sum_rather_than_zero():
    counts = count_persons(table([("i1", "", "arrest", None, None, None, None)]))
    assert counts.loc["arrest", ["low", "best", "high"]].isna().all()
    assert counts.loc["arrest", "without_figure"] == 1


def test_deaths_count_each_case_once_with_its_largest_figure(few):
    # c1: 2, i5: 1, c2: 3 (not 3 + 1).
    assert count_deaths(few) == {"deaths": 6, "cases": 3}


def test_no_reported_death_rests_on_no_case():
    assert count_deaths(table([("i1", "", "arrest", 1, 1, 1, None)])) == {"deaths": 0, "cases": 0}


def test_the_largest_reports_are_cases_and_their_share_is_of_all_cases(few):
    largest = largest_reports(few, 2)
    assert list(largest.index) == ["i4", "i2"]
    # Best figures of distinct cases: 30 + 12 + 3.
    assert largest["share"].to_list() == pytest.approx([30 / 45, 12 / 45])


@st.composite
def incidents(draw):
    rows = []
    for number in range(draw(st.integers(0, 12))):
        figures = draw(st.none() | st.lists(st.integers(1, 500), min_size=3, max_size=3).map(sorted))
        low, best, high = figures or (None, None, None)
        rows.append(
            (
                f"i{number}",
                draw(st.sampled_from(["", "c1", "c2", "c3"])),
                draw(st.sampled_from(ACTIONS)),
                low,
                best,
                draw(st.sampled_from([high, None])),
                draw(st.none() | st.integers(1, 9)),
            )
        )
    return table(rows)


@settings(max_examples=40)
@given(frame=incidents())
def test_distinct_cases_reconcile_with_the_printed_overlap(frame):
    check_persons(frame)


def check_persons(frame):
    counts = count_persons(frame)
    overlap = count_overlap(frame)
    assert counts["cases"].sum() == overlap["cells"]
    assert overlap["cells"] - overlap["overlap"] == overlap["cases"]
    named = frame["case_id"][frame["case_id"] != ""]
    assert overlap["cases"] == named.nunique() + (frame["case_id"] == "").sum()
    assert counts["incidents"].sum() == len(frame)
    assert (counts["with_figure"] + counts["without_figure"] == counts["cases"]).all()
    given_figures = counts[counts["with_figure"] > 0]
    assert (given_figures["low"] <= given_figures["best"]).all()
    assert (given_figures["best"] <= given_figures["high"]).all()
    assert (counts["open"] <= counts["with_figure"]).all()
    deaths = count_deaths(frame)
    assert deaths["cases"] <= deaths["deaths"] <= frame["deaths"].fillna(0).sum()


@pytest.mark.parametrize(
    "values",
    [{}, {"offences": "speech"}, {"provinces": "KP01"}, {"start": "1990-01-01", "end": "1990-12-31"}],
)
def test_the_real_tables_reconcile_for_any_selection(choose, values):
    check_persons(choose(**values).incidents)


def test_no_figure_is_larger_than_the_plain_sum(selection):
    frame = selection.incidents
    counts = count_persons(frame)
    plain = frame.groupby("action")["persons_best"].sum()
    known = counts["best"].dropna()
    assert (known <= plain.reindex(known.index)).all()


def test_a_figure_is_that_of_the_incident_named_beside_it(selection):
    cases = case_figures(selection.incidents)
    named = selection.incidents.loc[cases["incident_id"], "persons_best"]
    assert named.isna().to_list() == cases["persons_best"].isna().to_list()
    assert named.dropna().to_list() == cases["persons_best"].dropna().to_list()
