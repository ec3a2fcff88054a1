"""Counting: intervals, places and kinds, hand-worked and conserved for any table."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crackdown import places as gazetteer
from crackdown.counts import (
    count_pairs,
    count_periods,
    count_periods_by,
    count_places,
    count_provinces,
    count_values,
    find_naming,
    share_inside,
    spanning_periods,
)



def dated(*intervals):
    """Make a table of date intervals, both days included."""
    frame = pd.DataFrame(intervals, columns=["date_start", "date_end"])
    return frame.apply(pd.to_datetime)


@st.composite
def intervals(draw):
    start = draw(st.dates(date(2009, 1, 1), date(2013, 12, 31)))
    length = draw(st.integers(0, 800))
    return start, pd.Timestamp(start) + pd.Timedelta(days=length)


@st.composite
def placed(draw, places):
    """Draw a place with a precision that the codebook allows for it."""
    pcode = draw(st.sampled_from(list(places.index)))
    precisions = {
        "county": ["locality", "county"],
        "province": ["province", "border"],
        "country": ["border", "country"],
    }[places.level[pcode]]
    return pcode, draw(st.sampled_from(precisions))


def test_an_interval_is_spread_evenly_over_its_days():
    # 31 May and the 30 days of June: one day of 31 in May, 30 in June.
    counts = count_periods(
        dated(("2024-05-31", "2024-06-30")), pd.period_range("2024-05", "2024-07", freq="M")
    )
    assert counts["expected"].to_list() == pytest.approx([1 / 31, 30 / 31, 0])
    assert counts["certain"].to_list() == [0, 0, 0]
    assert counts["possible"].to_list() == [1, 1, 0]


def test_an_act_known_to_the_quarter_is_certain_in_no_month():
    quarter = dated(("2024-01-01", "2024-03-31"))
    by_month = count_periods(quarter, pd.period_range("2024-01", "2024-03", freq="M"))
    assert by_month["certain"].sum() == 0
    assert by_month["possible"].to_list() == [1, 1, 1]
    by_quarter = count_periods(quarter, pd.period_range("2024Q1", "2024Q1", freq="Q"))
    assert by_quarter.iloc[0].to_list() == [1, 1.0, 1]


def test_first_and_last_day_of_a_period_belong_to_it():
    acts = dated(("2024-01-01", "2024-01-01"), ("2024-12-31", "2024-12-31"))
    counts = count_periods(acts, pd.period_range("2023", "2025", freq="Y"))
    assert counts["certain"].to_list() == [0, 2, 0]


def test_the_share_inside_counts_both_days():
    acts = dated(
        ("2024-01-01", "2024-01-10"), ("2024-01-09", "2024-01-09"), ("2024-02-01", "2024-02-02")
    )
    share = share_inside(acts, pd.Timestamp("2024-01-06"), pd.Timestamp("2024-01-31"))
    assert share.tolist() == [0.5, 1.0, 0.0]


def test_a_half_year_begins_in_january_or_july():
    periods = spanning_periods(dated(("2019-12-31", "2020-01-01"), ("2020-08-01", "2020-08-02")), "2Q")
    starts = [period.start_time.strftime("%Y-%m-%d") for period in periods]
    assert starts == ["2019-07-01", "2020-01-01", "2020-07-01"]
    assert periods[-1].end_time.strftime("%Y-%m-%d") == "2020-12-31"


@pytest.mark.parametrize("freq", ["Y", "2Q"])
def test_no_incident_spans_no_period(freq):
    none = dated()
    periods = spanning_periods(none, freq)
    assert len(periods) == 0
    assert count_periods(none, periods).empty


@pytest.mark.parametrize("freq", ["Y", "2Q"])
@settings(max_examples=50)
@given(acts=st.lists(intervals(), min_size=1, max_size=12))
def test_expected_counts_add_up_to_the_incidents(acts, freq):
    frame = dated(*acts)
    counts = count_periods(frame, spanning_periods(frame, freq))
    assert counts["expected"].sum() == pytest.approx(len(frame))
    assert (counts["certain"] <= counts["expected"] + 1e-9).all()
    assert (counts["expected"] <= counts["possible"] + 1e-9).all()
    assert counts["certain"].sum() <= len(frame) <= counts["possible"].sum()


@settings(max_examples=50)
@given(acts=st.lists(intervals(), min_size=1, max_size=12), window=intervals())
def test_inside_and_outside_a_window_add_up(acts, window):
    frame = dated(*acts)
    start, end = map(pd.Timestamp, window)
    inside = share_inside(frame, start, end)
    before = share_inside(frame, pd.Timestamp("2000-01-01"), start - pd.Timedelta(days=1))
    after = share_inside(frame, end + pd.Timedelta(days=1), pd.Timestamp("2030-01-01"))
    assert inside + before + after == pytest.approx(np.ones(len(frame)))
    assert ((inside >= 0) & (inside <= 1)).all()


def test_each_incident_is_counted_in_the_smallest_unit_that_holds_it(archive):
    incidents = pd.DataFrame(
        [
            ("KP0203", "county"), ("KP0203", "locality"), ("KP0101", "county"),
            ("KP02", "province"), ("KP02", "border"), ("KP", "border"), ("KP", "country"),
        ],
        columns=["pcode", "geo_precision"],
    )
    counts = count_places(incidents, archive.places)
    found = {(row.level, row.pcode): row.incidents for row in counts.itertuples()}
    assert found == {
        ("county", "KP0203"): 2, ("county", "KP0101"): 1, ("province", "KP02"): 1,
        ("border", "KP02"): 1, ("border", "KP"): 1, ("country", "KP"): 1,
    }
    provinces = count_provinces(incidents, archive.places)
    assert provinces.loc["KP02"].to_list() == [2, 1, 1, 0, 4]
    assert provinces.loc["KP01"].to_list() == [1, 0, 0, 0, 1]
    assert provinces.loc["KP"].to_list() == [0, 0, 1, 1, 2]
    assert provinces.loc["KP10"].to_list() == [0, 0, 0, 0, 0]


def test_the_firmly_sourced_incidents_of_a_place_are_counted_beside_all_of_it(archive):
    incidents = pd.DataFrame(
        [("KP0203", "county"), ("KP0203", "locality"), ("KP02", "province"), ("KP", "country")],
        columns=["pcode", "geo_precision"],
    )
    counts = count_places(incidents, archive.places, firm=pd.Series([True, False, False, True]))
    found = {(row.level, row.pcode): (row.incidents, row.firm) for row in counts.itertuples()}
    assert found == {
        ("county", "KP0203"): (2, 1), ("province", "KP02"): (1, 0), ("country", "KP"): (1, 1)
    }


def test_expected_counts_by_kind_are_those_of_each_kind_alone(archive):
    incidents = archive.incidents
    years = spanning_periods(incidents, "Y")
    within = (pd.Timestamp("2012-03-01"), pd.Timestamp("2023-05-31"))
    counts = count_periods_by(incidents, incidents["action"], years, within=within)
    assert set(counts.columns) == set(incidents["action"])
    for action, expected in counts.items():
        own = incidents[incidents["action"] == action]
        alone = count_periods(own, years, within=within)["expected"]
        assert expected.to_list() == alone.to_list()


def test_counting_some_rows_at_a_time_changes_no_count(archive, monkeypatch):
    incidents, actions = archive.incidents, archive.incidents["action"]
    halves = spanning_periods(incidents, "2Q")
    whole = count_periods(incidents, halves), count_periods_by(incidents, actions, halves)
    monkeypatch.setattr("crackdown.counts.CELLS_AT_ONCE", 7 * len(halves))
    parts = count_periods(incidents, halves), count_periods_by(incidents, actions, halves)
    for one, other in zip(whole, parts, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_a_place_that_is_not_in_the_gazetteer_is_never_dropped_in_silence(archive):
    incidents = pd.DataFrame({"pcode": ["KP0299"], "geo_precision": ["county"]})
    with pytest.raises(KeyError, match="KP0299"):
        count_places(incidents, archive.places)


@settings(max_examples=50)
@given(data=st.data())
def test_counts_by_place_add_up_to_the_incidents(archive, data):
    drawn = data.draw(st.lists(placed(archive.places), max_size=40))
    incidents = pd.DataFrame(drawn, columns=["pcode", "geo_precision"], dtype="str")
    check_places_are_conserved(incidents, archive.places)


def check_places_are_conserved(incidents, places):
    counts = count_places(incidents, places)
    assert counts["incidents"].sum() == len(incidents)
    assert not counts.duplicated(["level", "pcode"]).any()
    by_level = counts.groupby("level")["incidents"].sum()
    provinces = count_provinces(incidents, places)
    assert provinces["total"].sum() == len(incidents)
    for level in ("county", "province", "border", "country"):
        assert provinces[level].sum() == by_level.get(level, 0)
    assert (provinces["total"] == provinces.drop(columns="total").sum(axis=1)).all()
    assert len(provinces) == (places["level"] == "province").sum() + 1


def filters(archive):
    """Draw parameters of every kind, among them ones that select nothing."""
    labels = archive.codebook.labels

    def some(values):
        return st.lists(st.sampled_from(sorted(values)), max_size=3).map(";".join)

    days = st.dates(date(2005, 1, 1), date(2027, 1, 1))
    return st.fixed_dictionaries(
        {},
        optional={
            "period": st.tuples(days, days).map(sorted),
            "offences": some(labels("incidents", "offences")),
            "actions": some(labels("incidents", "action")),
            "agencies": some(labels("incidents", "agencies")),
            "publishers": some(["Daily NK", "Radio Free Asia", "Asiapress"]),
            "provinces": some(archive.places.index[archive.places["level"] == "province"]),
            "geo_precision": st.sampled_from(gazetteer.PRECISIONS),
        },
    )


@settings(max_examples=40)
@given(data=st.data())
def test_totals_are_conserved_for_any_filter_of_the_real_tables(archive, choose, data):
    values = data.draw(filters(archive))
    start, end = values.pop("period", ("", ""))
    chosen = choose(start=str(start), end=str(end), **values)
    incidents = chosen.incidents
    check_places_are_conserved(incidents, archive.places)
    for freq in ("Y", "2Q"):
        counts = count_periods(incidents, spanning_periods(incidents, freq))
        assert counts["expected"].sum() == pytest.approx(len(incidents))
        assert (counts["certain"] <= counts["expected"] + 1e-9).all()
        assert (counts["expected"] <= counts["possible"] + 1e-9).all()
    assert (share_inside(incidents, chosen.start, chosen.end) > 0).all()


def test_an_incident_with_two_values_counts_under_both():
    incidents = pd.DataFrame({"offences": [("speech", "religion"), ("speech",), ()]})
    assert count_values(incidents, "offences").to_dict() == {"speech": 2, "religion": 1}


def test_values_with_the_same_count_stand_in_the_order_of_the_alphabet():
    incidents = pd.DataFrame({"offences": [("b",), ("a",), ("c", "c2")]})
    assert list(count_values(incidents, "offences").index) == ["a", "b", "c", "c2"]


def test_a_list_is_found_by_any_of_its_values():
    lists = pd.Series([("speech", "religion"), (), ("speech",), ("media",)])
    assert find_naming(lists, ["religion", "media"]).tolist() == [True, False, False, True]
    assert find_naming(lists, []).tolist() == [False] * 4
    assert find_naming(lists[:0], ["media"]).tolist() == []


def test_a_period_cut_by_its_limits_holds_what_lies_inside_them():
    # The limits leave nothing of 2022, half of 2023 and all of 2024.
    acts = dated(
        ("2022-05-01", "2022-05-31"), ("2023-06-30", "2023-07-01"), ("2023-07-01", "2023-12-31"),
        ("2023-12-31", "2024-01-01"), ("2024-02-01", "2024-02-29"),
    )
    years = pd.period_range("2022", "2024", freq="Y")
    within = (pd.Timestamp("2023-07-01"), pd.Timestamp("2024-12-31"))
    counts = count_periods(acts, years, within=within)
    assert counts["certain"].to_list() == [0, 1, 1]
    assert counts["expected"].to_list() == [0, 2, 1.5]
    assert counts["possible"].to_list() == [0, 3, 2]
    kinds = pd.Series(["b", "a", "b", "b", "a"])
    by_kind = count_periods_by(acts, kinds, years, within=within)
    assert by_kind.to_dict("list") == {"b": [0, 1.5, 0.5], "a": [0, 0.5, 1]}


def test_a_pair_counts_each_incident_that_names_both():
    incidents = pd.DataFrame(
        {
            "offences": [("speech", "religion"), ("speech",), ("speech",), ("religion",)],
            "agencies": [("mss", "police"), ("mss",), (), ("party",)],
        }
    )
    pairs = count_pairs(incidents, "offences", "agencies")
    assert pairs.loc["speech"].to_dict() == {"mss": 2, "party": 0, "police": 1}
    assert pairs.loc["religion"].to_dict() == {"mss": 1, "party": 1, "police": 1}


def test_pairs_of_the_real_tables_agree_with_a_count_by_hand(selection):
    incidents = selection.incidents
    pairs = count_pairs(incidents, "offences", "agencies")
    for offence in ("chinese_phone", "speech"):
        for agency in ("mss", "police"):
            both = [
                offence in named and agency in acting
                for named, acting in zip(incidents["offences"], incidents["agencies"], strict=True)
            ]
            assert pairs.loc[offence, agency] == sum(both)


def test_no_incident_makes_empty_counts(choose):
    none = choose(start="1990-01-01", end="1990-12-31").incidents
    assert count_values(none, "offences").empty
    assert count_pairs(none, "offences", "agencies").empty
