"""Intervals, held against published examples."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from crackdown.intervals import (
    Dispersion,
    estimate_dispersion,
    invert_limits,
    limit_difference,
    limit_proportion,
)


@pytest.mark.parametrize(
    ("hits", "size", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 5.
        (81, 263, 0.2527, 0.3676),
        (15, 148, 0.0578, 0.1617),
        (0, 20, 0.0, 0.1684),
        (1, 29, 0.0009, 0.1776),
    ],
)
def test_without_clusters_the_limits_are_those_of_clopper_and_pearson(hits, size, low, high):
    separate = Dispersion(1.0, size - 1, size).deflator(0.05)
    assert separate == 1
    assert limit_proportion(hits, size, separate, 0.05) == pytest.approx((low, high), abs=5e-5)


def test_korn_and_graubard_is_the_f_form_with_the_effective_size():
    # Their formula by hand: 20 of 100, design effect 2, 10 degrees of freedom.
    effective = 100 / 2 * (stats.t.ppf(0.975, 99) / stats.t.ppf(0.975, 10)) ** 2
    hits = 0.2 * effective
    v1, v2, v3, v4 = 2 * hits, 2 * (effective - hits + 1), 2 * (hits + 1), 2 * (effective - hits)
    f1, f3 = stats.f.ppf(0.025, v1, v2), stats.f.ppf(0.975, v3, v4)
    expected = (v1 * f1 / (v2 + v1 * f1), v3 * f3 / (v4 + v3 * f3))
    deflator = Dispersion(2.0, 10, 100).deflator(0.05)
    assert 100 / deflator == pytest.approx(39.652, abs=5e-4)
    assert limit_proportion(20, 100, deflator, 0.05) == pytest.approx(expected)


def wilson(hits, size):
    found = stats.binomtest(hits, size).proportion_ci(method="wilson")
    return found.low, found.high


@pytest.mark.parametrize(
    ("second", "first", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10.
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_the_difference_of_wilson_limits_is_newcombes(second, first, low, high):
    shares = (first[0] / first[1], second[0] / second[1])
    limits = limit_difference(shares, wilson(*first), wilson(*second))
    assert limits == pytest.approx((low, high), abs=6e-5)


def test_the_design_effect_is_cochrans():
    # Cochran, Sampling Techniques (1977), section 3.12: 30 households of 104 persons, 30 of whom
    # had seen a doctor; variance 0.00520 as clusters, 0.00197 as a binomial. These households are
    # made up so as to have his sums (404 of squared sizes, 86 of squares, 113 of products).
    households = [(0, 2)] * 6 + [(1, 2)] * 4 + [(0, 3)] * 2 + [(0, 4)] * 5 + [(1, 4)]
    households += [(2, 4)] * 4 + [(4, 4)] * 4 + [(0, 5), (1, 5)] + [(0, 6)] * 2
    holds = np.concatenate([[1.0] * a + [0.0] * (m - a) for a, m in households])
    parts = np.repeat(np.arange(30), [m for _, m in households])
    share = holds.mean()
    unit = 104 * share * (1 - share)
    found = estimate_dispersion(np.ones(104), holds - share, parts, unit=unit, means=1)
    binomial = share * (1 - share) / 104
    assert binomial == pytest.approx(0.00197, abs=5e-6)
    assert found.factor * binomial == pytest.approx(0.00520, abs=1e-5)
    assert found.size == 104
    assert found.freedom == pytest.approx(104**2 / 404 - 1)


def test_a_redrawn_date_keeps_separate_incidents_separate():
    # One incident half in the part and half out of it, one wholly in: both halves are redrawn.
    weights, parts = np.array([0.5, 0.5, 1.0]), np.array([0, 1, 2])
    found = estimate_dispersion(weights, np.ones(3), parts, unit=2.0, means=0)
    assert found.factor == 1
    assert found.freedom == pytest.approx(2**2 / 2 - 1)


def test_nothing_can_be_said_from_one_cluster():
    lonely = estimate_dispersion(np.ones(6), np.ones(6), np.zeros(6, int), unit=6.0, means=0)
    assert lonely.factor == 6
    assert lonely.freedom == 0
    assert lonely.deflator(0.05) == math.inf
    assert limit_proportion(3, 6, math.inf, 0.05) == (0, 1)


def test_an_empty_record_says_nothing():
    none = estimate_dispersion(np.array([]), np.array([]), np.array([], int), unit=0.0, means=0)
    assert none.deflator(0.05) == math.inf
    assert limit_proportion(0, 0, 1.0, 0.05) == (0, 1)


sizes = st.floats(0.5, 200)


@given(size=sizes, share=st.floats(0, 1), factor=st.floats(1, 8), freedom=st.floats(0.2, 60))
def test_limits_hold_the_share_and_widen_with_confidence(size, share, factor, freedom):
    dispersion = Dispersion(factor, freedom, max(freedom + 1, 2.0))
    narrow = limit_proportion(share * size, size, dispersion.deflator(0.2), 0.2)
    wide = limit_proportion(share * size, size, dispersion.deflator(0.02), 0.02)
    assert 0 <= wide[0] <= narrow[0] <= share + 1e-9
    assert share - 1e-9 <= narrow[1] <= wide[1] <= 1
    mirrored = limit_proportion((1 - share) * size, size, dispersion.deflator(0.2), 0.2)
    assert mirrored == pytest.approx((1 - narrow[1], 1 - narrow[0]), abs=1e-6)


def test_the_p_value_is_where_the_limit_meets_the_null():
    def limits(alpha):
        return limit_proportion(15, 20, 1.0, alpha)

    exact = stats.binomtest(15, 20, 0.5, alternative="greater").pvalue
    assert invert_limits(limits, 0.5, larger=True) == pytest.approx(exact, rel=0.006)
    assert invert_limits(limits, 0.5, larger=False) == 1
