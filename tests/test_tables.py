"""The tables of the reports: totals conserved, nothing recorded is never a zero."""

import importlib
import inspect
import pkgutil
import re

import pandas as pd
import pytest

import crackdown
from crackdown.counts import count_periods, share_inside
from crackdown.table import Table
from crackdown.wording import name_half_year

MODULES = [
    importlib.import_module(f"crackdown.{module.name}")
    for module in pkgutil.iter_modules(crackdown.__path__)
    if module.name.endswith("tables")
]
TABLES = {
    name: function
    for module in MODULES
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if name.startswith("table_")
    and function.__module__ == module.__name__
    and len(inspect.signature(function).parameters) == 1
}
NONE = {"start": "1990-01-01", "end": "1990-12-31"}
FILTERS = [
    {},
    {"provinces": "KP01"},
    {"offences": "speech", "start": "2015-01-01", "end": "2019-12-31"},
    {"start": "2020-03-10", "end": "2021-02-09"},
    {"geo_precision": "county", "publishers": "Radio Free Asia"},
    {"as_of": "2016-06-30"},
]


@pytest.fixture(scope="module", params=FILTERS, ids=lambda values: ", ".join(values) or "all")
def chosen(request, choose):
    return choose(**request.param)


def shown(piece):
    """Give the HTML that a notebook shows of a table or of a remark in its place."""
    if hasattr(piece, "_repr_html_"):
        return piece._repr_html_()
    return piece._repr_mimebundle_()[0]["text/html"]


def total(frame, column):
    """Give the last row, which holds the total."""
    assert str(frame.index[-1]).startswith("All")
    return frame[column].iloc[-1]


def test_a_table_says_what_it_counts_and_has_a_name_of_its_own(selection):
    # Words stand in for a table that has no rows here.
    made = [make(selection) for make in TABLES.values()]
    tables = [table for table in made if isinstance(table, Table)]
    assert len(tables) >= 15
    keys = [table.key for table in tables]
    assert len(set(keys)) == len(keys)
    for table in tables:
        assert isinstance(table, Table)
        assert re.fullmatch(r"[a-z][a-z0-9-]*", table.key)
        assert len(table.caption) > 10, table.key
        assert len(table.frame) > 0, table.key


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_of_nothing_says_so_and_never_shows_a_zero_of_its_own(choose, name):
    markup = shown(TABLES[name](choose(**NONE)))
    assert "nan" not in re.sub(r"<[^>]*>", " ", markup).lower().split()
    assert "NaT" not in markup


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("values", FILTERS, ids=lambda values: ", ".join(values) or "all")
def test_every_table_can_be_made_of_any_selection_without_a_warning(choose, values):
    chosen = choose(**values)
    for make in TABLES.values():
        assert shown(make(chosen))


def test_half_years_and_what_lies_outside_the_period_add_up_to_the_selection(chosen):
    frame = TABLES["table_half_years"](chosen).frame
    assert total(frame, "Expected") == len(chosen.incidents)
    assert frame["Expected"].iloc[:-1].sum() == pytest.approx(len(chosen.incidents), abs=0.06)


def test_what_a_half_year_counts_lies_in_the_period_of_the_page(chosen):
    frame = TABLES["table_half_years"](chosen).frame
    inside = share_inside(chosen.incidents, chosen.start, chosen.end).sum()
    rows = [name for name in frame.index if re.match(r"\d{4}, ", str(name))]
    assert frame.loc[rows, "Expected"].sum() == pytest.approx(inside, abs=0.06)


def test_certain_expected_and_possible_stand_in_order(chosen):
    frame = TABLES["table_half_years"](chosen).frame.dropna(subset=["Certain", "Possible"])
    assert (frame["Certain"] <= frame["Expected"] + 1e-9).all()
    assert (frame["Expected"] <= frame["Possible"] + 1e-9).all()


def test_certain_and_possible_are_never_added_up(chosen):
    frame = TABLES["table_half_years"](chosen).frame
    assert pd.isna(total(frame, "Certain"))
    assert pd.isna(total(frame, "Possible"))


def test_half_years_leave_no_gap(selection):
    frame = TABLES["table_half_years"](selection).frame
    names = [str(name) for name in frame.index if re.match(r"\d{4}, ", str(name))]
    halves = [(int(name[:4]), "second" in name) for name in names]
    first, last = halves[0], halves[-1]
    wanted = [
        (year, half)
        for year in range(first[0], last[0] + 1)
        for half in (False, True)
        if first <= (year, half) <= last
    ]
    assert halves == wanted


def test_a_half_year_is_named_by_its_months():
    january, july = pd.period_range("2024-01", periods=2, freq="2Q")
    assert name_half_year(january) == "2024, first half"
    assert name_half_year(july) == "2024, second half"


def test_provinces_and_the_unplaced_row_add_up_to_the_selection(chosen):
    frame = TABLES["table_provinces"](chosen).frame
    assert total(frame, "Incidents") == len(chosen.incidents)
    assert frame["Incidents"].iloc[:-1].sum() == len(chosen.incidents)
    levels = [column for column in frame.columns if column != "Incidents"]
    assert frame[levels].iloc[-1].sum() == len(chosen.incidents)
    assert len(frame) == 13  # 11 provinces, the unplaced, the total


def test_a_province_from_which_nothing_was_reported_shows_no_zero(choose):
    table = TABLES["table_provinces"](choose(provinces="KP01"))
    rows = table.frame.iloc[:-1]
    assert rows["Incidents"].notna().sum() == 1
    assert not (rows == 0).any().any()


def test_counties_and_what_no_county_holds_add_up_to_the_selection(chosen):
    frame = TABLES["table_counties"](chosen).frame
    assert total(frame, "Incidents") == len(chosen.incidents)
    assert frame["Incidents"].iloc[:-1].sum() == len(chosen.incidents)
    counties = frame[frame["P-code"] != ""]["Incidents"]
    assert counties.is_monotonic_decreasing
    assert (counties > 0).all()


def test_years_of_provinces_add_up_to_what_lies_in_them(chosen):
    table = TABLES.get("table_provinces_by_year")
    assert table, "no table of provinces by year"
    frame = table(chosen).frame
    years = [column for column in frame.columns if re.fullmatch(r"\d{4}", str(column))]
    periods = pd.PeriodIndex(years, freq="Y")
    within = (chosen.start, chosen.end)
    expected = count_periods(chosen.incidents, periods, within=within)["expected"]
    # A dot, shown for a missing value, stands for none recorded.
    assert frame[years].iloc[-1].fillna(0).to_list() == pytest.approx(expected.to_list())


def test_persons_are_never_added_up_over_acts(chosen):
    frame = TABLES["table_persons"](chosen).frame
    assert not any(str(name).startswith(("All", "Total", "Sum")) for name in frame.index)
    assert frame["Incidents"].sum() == len(chosen.incidents)


def test_shares_of_the_largest_reports_fall_and_stay_below_all(chosen):
    shares = TABLES["table_largest"](chosen).frame["Share"]
    assert shares.is_monotonic_decreasing
    assert 0 < shares.sum() <= 1 + 1e-9
    assert len(shares) <= 10


def test_offences_of_all_agencies_are_those_of_the_incidents(chosen):
    frame = TABLES["table_offences_by_agency"](chosen).frame
    offences = chosen.incidents["offences"]
    labels = chosen.archive.codebook.labels("incidents", "offences")
    for value, label in labels.items():
        named = int(offences.map(lambda values, value=value: value in values).sum())
        row = frame[[str(name).lower() == label.lower() for name in frame.index]]
        assert (row["All agencies"].iloc[0] if len(row) else 0) == named
    cells = frame.drop(columns="All agencies")
    assert cells.le(frame["All agencies"], axis=0).where(cells.notna(), True).all().all()
    assert not (cells == 0).any().any()


def test_each_judgement_of_the_evidence_adds_up_to_the_selection(chosen):
    frame = TABLES["table_evidence"](chosen).frame
    for judgement in ("Source", "Date", "Place"):
        assert frame.loc[judgement, "Incidents"].sum() == len(chosen.incidents)
        assert frame.loc[judgement, "Share"].sum() == pytest.approx(1)


def test_articles_of_all_years_and_the_undated_add_up_to_the_archive(chosen):
    table = TABLES["table_articles"](chosen)
    sources = chosen.archive.sources
    undated = int(sources["published_start"].isna().sum())
    assert round(total(table.frame, "All years")) == len(sources) - undated
    assert str(undated) in table.note


def test_events_of_the_period_are_numbered_from_one(chosen):
    frame = TABLES["table_events"](chosen).frame
    events = chosen.archive.timeline
    inside = (events["date_end"] >= chosen.start) & (events["date_start"] <= chosen.end)
    assert list(frame.index) == list(range(1, int(inside.sum()) + 1))
