"""Comparing two periods within one publisher: hand-worked cases and the real tables."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crackdown.clusters import attribute_publishers, link_clusters, select_publisher
from crackdown.comparisons import compare_rates, compare_shares
from crackdown.incidents import load_archive
from crackdown.intervals import limit_proportion
from crackdown.records import cut_record

ROOT = Path(__file__).parents[1]


def year(number):
    return pd.Timestamp(number, 1, 1), pd.Timestamp(number, 12, 31)


def incidents_of(rows):
    """Build incidents from (cluster, first day, last day); give them and their clusters."""
    ids = pd.Index([f"i{n}" for n in range(len(rows))], name="incident_id")
    frame = pd.DataFrame(rows, columns=["cluster", "date_start", "date_end"], index=ids)
    dates = frame[["date_start", "date_end"]].apply(pd.to_datetime)
    return dates, frame["cluster"]


def record_of(rows, before=year(2021), after=year(2022)):
    return cut_record(*incidents_of(rows), before, after, publisher="A")


def separate(before, after):
    """Give days of separate incidents, some in 2021 and some in 2022."""
    days = ["2021-05-05"] * before + ["2022-05-05"] * after
    return [(n, day, day) for n, day in enumerate(days)]


def test_rates_of_separate_incidents_have_the_exact_limits():
    # Stata's example of iri: 41 in 28,010 against 15 in 19,017, ratio 1.855759, exact limits
    # 1.005684 to 3.6093.
    before = (pd.Timestamp("1900-01-01"), pd.Timestamp("1900-01-01") + pd.Timedelta(days=19016))
    after = (before[1] + pd.Timedelta(days=1), before[1] + pd.Timedelta(days=28010))
    days = [str((before[0] + pd.Timedelta(days=n)).date()) for n in range(15)]
    days += [str((after[0] + pd.Timedelta(days=n)).date()) for n in range(41)]
    record = record_of([(n, day, day) for n, day in enumerate(days)], before, after)
    found = compare_rates(record)
    assert found.estimate == pytest.approx(1.855759, abs=1e-6)
    assert (found.low, found.high) == pytest.approx((1.005684, 3.6093), abs=5e-5)
    assert found.verdict == "more_reported"
    assert found.p_larger == pytest.approx(0.0239, abs=2e-4)
    assert found.p_smaller == 1


def test_rates_are_per_day():
    found = compare_rates(record_of(separate(10, 10), after=(year(2022)[0], year(2023)[1])))
    assert found.estimate == pytest.approx(0.5)
    assert found.cells == (10, 10)


def test_an_incident_across_the_boundary_counts_in_expectation():
    record = record_of([("a", "2021-12-22", "2022-01-10"), ("b", "2020-12-31", "2021-01-01")])
    assert record.weights == pytest.approx(np.array([[0.5, 0.5], [0.5, 0], [0, 0.5]]))
    assert compare_rates(record).cells == (1, 0.5)


def test_sharpened_counts_follow_the_rates_around_them():
    # Three surely before, one surely after, one half in each of two halves of a leap year:
    # its weight before is w = (3 + w) / 5.
    half = (pd.Timestamp("2020-01-01"), pd.Timestamp("2020-07-01"))
    other = (pd.Timestamp("2020-07-02"), pd.Timestamp("2020-12-31"))
    rows = [(n, "2020-03-03", "2020-03-03") for n in range(3)]
    rows += [(3, "2020-09-09", "2020-09-09"), (4, "2020-06-22", "2020-07-11")]
    record = record_of(rows, half, other)
    assert compare_rates(record).cells == (3.5, 1.5)
    assert record.sharpened == pytest.approx((3.75, 1.25), abs=1e-6)


def test_limits_hold_what_a_busy_neighbour_may_have_lent():
    # Ten a month around a quiet year, each known to the half-year only.
    rows = []
    for number in (2019, 2020, 2022, 2023):
        for n in range(24):
            start = pd.Timestamp(number, 1, 1) + pd.Timedelta(days=15 * n)
            rows.append((len(rows), start, start + pd.Timedelta(days=150)))
    rows += [(100 + n, *[pd.Timestamp(2021, 7, 1)] * 2) for n in range(3)]
    record = record_of(rows, year(2022), year(2021))
    found = compare_rates(record)
    assert record.sharpened[1] < found.cells[1] - 1
    sharp = limit_proportion(
        record.sharpened[1], sum(record.sharpened), found.dispersion.deflator(0.05), 0.05
    )
    assert found.low <= sharp[0] / (1 - sharp[0])
    assert found.low < found.estimate < found.high


def test_the_dispersion_of_counts_is_that_of_the_clusters():
    # Clusters of 2, 1, 1 before and 3 after: (4 + 1 + 1 + 9) / 7.
    rows = [(c, "2021-05-05", "2021-05-05") for c in "aabc"]
    rows += [("d", "2022-05-05", "2022-05-05")] * 3
    assert compare_rates(record_of(rows)).dispersion.factor == pytest.approx(15 / 7)


def test_a_campaign_across_the_boundary_counts_as_two():
    rows = [("a", day, day) for day in ("2021-05-05", "2021-06-05", "2022-05-05")]
    assert compare_rates(record_of(rows)).dispersion.factor == pytest.approx((4 + 1) / 3)


def test_clusters_outside_the_periods_tell_of_the_dispersion_but_not_of_the_rate():
    outside = [("z", f"{number}-05-05", f"{number}-05-05") for number in (2017, 2018, 2018)]
    plain = compare_rates(record_of(separate(6, 9)))
    more = compare_rates(record_of(separate(6, 9) + outside))
    assert more.cells == plain.cells
    assert plain.dispersion.factor == 1
    # Windows of a year: fifteen alone, one in 2017, two in 2018.
    assert more.dispersion.factor == pytest.approx((15 + 1 + 4) / 18)


def test_clusters_widen_the_limits():
    alone = compare_rates(record_of(separate(10, 30)))
    rows = [(n // 4, *days) for n, (_, *days) in enumerate(separate(10, 30))]
    linked = compare_rates(record_of(rows))
    assert alone.verdict == "more_reported"
    assert linked.verdict == "no_clear_difference"
    assert linked.low < alone.low < alone.estimate == linked.estimate < alone.high < linked.high


def test_a_period_without_incidents_leaves_the_ratio_open():
    found = compare_rates(record_of(separate(0, 8)))
    assert found.estimate == found.high == math.inf
    assert found.low > 1
    assert found.verdict == "too_few"


def test_nothing_reported_says_nothing():
    found = compare_rates(record_of([]))
    assert math.isnan(found.estimate)
    assert (found.low, found.high, found.verdict) == (0, math.inf, "too_few")
    shares = compare_shares(record_of([]), pd.Series([], dtype=bool, name="x"))
    assert math.isnan(shares.estimate)
    assert (shares.low, shares.high, shares.verdict) == (-1, 1, "too_few")


@pytest.mark.parametrize(("before", "after"), [(4, 40), (40, 4)])
def test_a_cell_of_fewer_than_five_is_not_compared(before, after):
    assert compare_rates(record_of(separate(before, after))).verdict == "too_few"
    assert compare_rates(record_of(separate(5, 40))).verdict == "more_reported"


def holding(record, count_before, count_after, before):
    """Let the first of each period hold the property."""
    order = np.arange(len(record.incident_ids))
    holds = np.where(order < before, order < count_before, order - before < count_after)
    return pd.Series(holds, record.incident_ids, name="x")


def test_a_larger_share_is_found_and_named():
    record = record_of(separate(40, 60))
    found = compare_shares(record, holding(record, 4, 30, before=40))
    assert found.estimate == pytest.approx(0.4)
    assert found.holders == (4, 30)
    assert found.cells == (40, 60)
    # Without clusters nothing is left but two fitted means.
    assert found.dispersion.factor == pytest.approx(100 / 98)
    assert (found.kind, found.subject, found.verdict) == ("share", "x", "larger_share")
    deflator = found.dispersion.deflator(0.05)
    one, two = (limit_proportion(*cell, deflator, 0.05) for cell in ((4, 40), (30, 60)))
    assert found.low == pytest.approx(0.4 - math.hypot(0.5 - two[0], one[1] - 0.1))
    assert found.high == pytest.approx(0.4 + math.hypot(two[1] - 0.5, 0.1 - one[0]))


def test_a_share_needs_five_incidents_in_each_period_and_five_holders_in_one():
    record = record_of(separate(4, 40))
    assert compare_shares(record, holding(record, 0, 30, before=4)).verdict == "too_few"
    record = record_of(separate(40, 40))
    assert compare_shares(record, holding(record, 0, 4, before=40)).verdict == "too_few"
    assert compare_shares(record, holding(record, 0, 12, before=40)).verdict == "larger_share"


def test_the_design_effect_of_a_share_is_that_of_the_clusters():
    # Two pairs a year, of which one holds: residuals 1, -1; four parts, two means.
    rows = [(c, day, day) for c, day in zip("aabbccdd", ["2021-05-05"] * 4 + ["2022-05-05"] * 4)]
    record = record_of(rows)
    holds = pd.Series([True, True, False, False] * 2, record.incident_ids)
    found = compare_shares(record, holds)
    assert found.dispersion.factor == pytest.approx(4 / 2 * 4 / 2)
    assert found.dispersion.freedom == pytest.approx(64 / 16 - 2)
    apart = pd.Series([True, False] * 4, record.incident_ids)
    assert compare_shares(record, apart).dispersion.factor == 1


def test_what_is_not_known_is_left_out_of_a_share():
    record = record_of(separate(10, 20))
    holds = holding(record, 5, 5, before=10).astype("boolean")
    holds.iloc[[0, 28, 29]] = pd.NA
    found = compare_shares(record, holds)
    assert found.cells == (9, 18)
    assert found.holders == (4, 5)


def test_more_coverage_does_not_change_a_share():
    once, twice = record_of(separate(20, 20)), record_of(separate(20, 60))
    first = compare_shares(once, holding(once, 6, 8, before=20))
    second = compare_shares(twice, holding(twice, 6, 24, before=20))
    assert second.estimate == pytest.approx(first.estimate)
    assert second.verdict == first.verdict == "no_clear_difference"
    assert compare_rates(twice).verdict == "more_reported"


def test_an_incident_without_a_cluster_or_a_property_is_an_error():
    dates, clusters = incidents_of(separate(5, 5))
    with pytest.raises(KeyError, match="i9"):
        cut_record(dates, clusters.iloc[:9], year(2021), year(2022), publisher="A")
    record = record_of(separate(5, 5))
    with pytest.raises(KeyError, match="i9"):
        compare_shares(record, pd.Series(True, record.incident_ids[:9], name="x"))


def test_overlapping_periods_are_an_error():
    with pytest.raises(ValueError, match="overlap"):
        record_of([], before=year(2021), after=(pd.Timestamp("2021-12-31"), year(2022)[1]))


days = st.integers(0, 1400)
incidents = st.lists(st.tuples(st.integers(0, 6), days, days, st.booleans()), max_size=25)


def read(rows, before, after):
    origin = pd.Timestamp("2020-01-01")
    dated = [
        (cluster, origin + pd.Timedelta(days=min(a, b)), origin + pd.Timedelta(days=max(a, b)))
        for cluster, a, b, _ in rows
    ]
    record = record_of(dated, before, after)
    holds = pd.Series([row[3] for row in rows], record.incident_ids, dtype=bool, name="x")
    return compare_rates(record), compare_shares(record, holds)


@settings(max_examples=40)
@given(rows=incidents)
def test_swapping_the_periods_turns_the_comparison_round(rows):
    rates, shares = read(rows, year(2021), year(2022))
    rates_back, shares_back = read(rows, year(2022), year(2021))
    assert rates_back.cells == rates.cells[::-1]
    # The windows of the rest of the record start at the first period, so limits may differ.
    if all(a >= 366 and b >= 366 and a < 1096 and b < 1096 for _, a, b, _ in rows):
        assert rates_back.low == pytest.approx(1 / rates.high if rates.high else math.inf)
        assert shares_back.low == pytest.approx(-shares.high)
        assert shares_back.p_larger == pytest.approx(shares.p_smaller, rel=0.01)
    if not math.isnan(shares.estimate):
        assert shares_back.estimate == pytest.approx(-shares.estimate)


@settings(max_examples=40)
@given(rows=incidents, order=st.randoms())
def test_the_order_of_rows_changes_nothing(rows, order):
    first = read(rows, year(2021), year(2022))
    order.shuffle(rows)
    for one, two in zip(first, read(rows, year(2021), year(2022)), strict=True):
        assert (two.low, two.high) == pytest.approx((one.low, one.high))
        assert two.cells == pytest.approx(one.cells)


@settings(max_examples=40)
@given(rows=incidents)
def test_limits_hold_the_estimate_and_agree_with_the_p_values(rows):
    for found, null, least, most in zip(
        read(rows, year(2021), year(2022)), (1, 0), (0, -1), (math.inf, 1), strict=True
    ):
        assert least <= found.low <= found.high <= most + 1e-9
        if math.isnan(found.estimate):
            continue
        assert found.low <= found.estimate + 1e-9
        assert found.estimate <= found.high + 1e-9
        assert found.dispersion.factor >= 1
        if not 0.024 < min(found.p_larger, found.p_smaller) < 0.026:
            assert (found.p_larger < 0.025) == (found.low > null)
            assert (found.p_smaller < 0.025) == (found.high < null)


@pytest.fixture(scope="module")
def real():
    archive = load_archive(ROOT / "data")
    incidents = archive.incidents[~archive.incidents["is_aggregate"]]
    return incidents, link_clusters(archive), attribute_publishers(archive)


def real_record(real, publisher, before, after):
    incidents, clusters, attribution = real
    reported = select_publisher(incidents, attribution, publisher)
    return cut_record(reported, clusters, before, after, publisher=publisher)


def test_the_rise_from_2019_to_2020_is_not_clear_within_daily_nk(real):
    found = compare_rates(real_record(real, "Daily NK", year(2019), year(2020)))
    assert found.estimate > 1.5
    assert found.dispersion.factor > 2
    assert found.verdict == "no_clear_difference"
    # As if incidents were independent it would have been called a difference.
    low, _ = limit_proportion(found.cells[1], sum(found.cells), 1.0, 0.05)
    assert low > 365 / (365 + 366)


def test_expected_counts_of_the_years_are_conserved(real):
    record = real_record(real, "Radio Free Asia", year(2020), year(2021))
    assert record.weights.sum(axis=0) == pytest.approx(np.ones(len(record.incident_ids)))
    rates = compare_rates(record)
    assert sum(rates.cells) == pytest.approx(record.weights[:2].sum())


def test_shares_of_the_real_actions_add_up(real):
    incidents = real[0]
    record = real_record(real, "Daily NK", year(2021), year(2022))
    found = [
        compare_shares(record, (incidents["action"] == action).rename(action))
        for action in incidents["action"].unique()
    ]
    assert sum(comparison.estimate for comparison in found) == pytest.approx(0)
    assert np.sum([c.holders for c in found], axis=0) == pytest.approx(found[0].cells)


def test_intervals_cover_the_truth_in_simulated_archives(monkeypatch):
    # A small sample of benchmarks/simulate_archives.py, which holds the whole grid to 94 %.
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    from simulate_archives import grid_world, read_grid

    world = grid_world(10, 2, (1, 4))
    scores = [read_grid(world, (1, archive), False) for archive in range(60)]
    for name in scores[0]:
        assert np.mean([score[name][0] for score in scores]) >= 0.88, name
