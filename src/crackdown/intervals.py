"""Intervals for counts and shares whose incidents come in clusters."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

ALPHA = 0.05

Limits = tuple[float, float]


@dataclass(frozen=True)
class Dispersion:
    """How much less a clustered record tells than as many separate incidents.

    Attributes
    ----------
    factor
        Variance of a count (or share) over that of independent incidents,
        never below 1.
    freedom
        Degrees of freedom of the factor: the effective number of clusters
        less the number of means that were fitted. At 0 or below nothing
        can be said.
    size
        Incidents in the record that the factor rests on.
    """

    factor: float
    freedom: float
    size: float

    def deflator(self, alpha: float) -> float:
        """Give the number of incidents that count as one independent incident.

        The factor times the squared ratio of Student's t quantiles for its
        own degrees of freedom and for as many separate incidents (Korn and
        Graubard 1998), so that a count without clusters keeps its exact
        limits.

        Returns
        -------
        float
            Infinite when the record holds too few clusters to say anything.
        """
        # scipy.special takes a third of a second to import, and only comparisons need it.
        from scipy.special import stdtrit

        if self.freedom <= 0 or self.size <= 1:
            return math.inf
        own = stdtrit(self.freedom, 1 - alpha / 2)
        if math.isinf(own):
            return math.inf
        return self.factor * max(1.0, own / stdtrit(self.size - 1, 1 - alpha / 2)) ** 2


def estimate_dispersion(
    weights: np.ndarray,
    values: np.ndarray,
    parts: np.ndarray,
    *,
    unit: float,
    means: int,
) -> Dispersion:
    """Estimate the dispersion that clusters give to a sum of values.

    The variance of a sum over independent clusters is the sum of their
    squared totals (compound Poisson process for counts; the linearised
    "ultimate cluster" estimator of Kalton 1979 for shares, with the usual
    factor k / (k - means)). A piece of weight w below 1 is an incident that
    lies in the part with probability w; redrawing its date adds
    w (1 - w) value², in expectation, to the part's square.

    Parameters
    ----------
    weights
        Weight of each piece, from 0 to 1.
    values
        What each piece adds to the sum: 1 for counts, property less mean
        for shares.
    parts
        The cluster, cut at the periods' boundaries, as integers from 0.
    unit
        Variance of the sum if all incidents were independent.
    means
        Number of means fitted to the values: 0 for counts.

    Returns
    -------
    Dispersion
        Its degrees of freedom use the effective number of clusters,
        n² / sum of squared cluster sizes (Carter, Schnepel and Steigerwald
        2017), which falls as single campaigns dominate; at least one is
        taken off.
    """
    drawn = weights * (1 - weights)
    totals = np.bincount(parts, weights * values)
    sizes = np.bincount(parts, weights)
    size = float(sizes.sum())
    squares = float(totals @ totals + drawn @ values**2)
    count = int((sizes > 0).sum())
    if means and count > means:
        squares *= count / (count - means)
    spread = float(sizes @ sizes + drawn.sum())
    effective = size**2 / spread if spread else 0.0
    factor = max(1.0, squares / unit) if unit > 0 else max(1.0, spread / max(size, 1e-12))
    return Dispersion(factor, effective - max(1, means), size)


def limit_proportion(successes: float, size: float, deflator: float, alpha: float) -> Limits:
    """Bound a proportion of clustered incidents.

    The Clopper-Pearson interval with the effective sample size in place of
    the size, as Korn and Graubard (Survey Methodology 24, 1998, 193-201)
    propose and the US National Center for Health Statistics uses for its
    published proportions.

    Parameters
    ----------
    successes, size
        Real numbers, 0 <= successes <= size.
    deflator
        Incidents that count as one (`Dispersion.deflator`); 1 gives the
        interval of Clopper and Pearson.
    alpha
        One less the confidence.

    Returns
    -------
    tuple of float
        Within 0 and 1; (0, 1) when nothing can be said.

    Examples
    --------
    >>> [round(limit, 4) for limit in limit_proportion(81, 263, 1.0, 0.05)]
    [0.2527, 0.3676]
    """
    from scipy.special import betaincinv

    if size <= 0 or math.isinf(deflator):
        return 0.0, 1.0
    hits, misses = successes / deflator, max(size - successes, 0.0) / deflator
    low = betaincinv(hits, misses + 1, alpha / 2) if hits > 0 else 0.0
    high = betaincinv(hits + 1, misses, 1 - alpha / 2) if misses > 0 else 1.0
    return float(low), float(high)


def limit_difference(estimates: Limits, first: Limits, second: Limits) -> Limits:
    """Bound the second of two independent parameters less the first.

    The method of variance estimates recovery (Zou and Donner, Statistics in
    Medicine 27, 2008, 1693-1702; Newcombe 1998 for proportions): the
    distance of each limit from its estimate stands for its standard error.
    Clusters in both periods, which would narrow the interval, are ignored.

    Parameters
    ----------
    estimates
        Of the first and the second parameter.
    first, second
        The limits of each at the same confidence.

    Examples
    --------
    Newcombe's example of 56 in 70 against 48 in 80, with Wilson limits:

    >>> low, high = limit_difference((0.6, 0.8), (0.49045, 0.70038), (0.69183, 0.87695))
    >>> round(low, 4), round(high, 4)
    (0.0524, 0.3339)
    """
    one, two = estimates
    low = two - one - math.hypot(two - second[0], first[1] - one)
    high = two - one + math.hypot(second[1] - two, one - first[0])
    return low, high


def invert_limits(limits: Callable[[float], Limits], null: float, *, larger: bool) -> float:
    """Find the one-sided p-value that belongs to an interval.

    Parameters
    ----------
    limits
        Gives the interval for an alpha; must widen as alpha falls.
    null
        The value under test.
    larger
        Whether the alternative is a larger parameter.

    Returns
    -------
    float
        Half the alpha at which the limit reaches the null value, within
        half a per cent, never below 1e-9; 1 when it is above 0.49.
    """

    def beyond(tail: float) -> bool:
        low, high = limits(2 * tail)
        return low > null if larger else high < null

    # At one half itself every t quantile is zero and their ratio means nothing.
    low, high = math.log(1e-9), math.log(0.49)
    if not beyond(math.exp(high)):
        return 1.0
    while high - low > 5e-3:
        middle = (low + high) / 2
        low, high = (low, middle) if beyond(math.exp(middle)) else (middle, high)
    return math.exp(high)
