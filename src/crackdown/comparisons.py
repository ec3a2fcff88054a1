"""Comparing two periods within one publisher's reports."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from crackdown.counts import share_inside
from crackdown.intervals import (
    ALPHA,
    Dispersion,
    Limits,
    estimate_dispersion,
    invert_limits,
    limit_difference,
    limit_proportion,
)

#: A cell that holds fewer incidents than this is not compared.
LEAST_IN_CELL = 5

#: Iterations of `sharpen_counts`.
ROUNDS = 20

#: First and last day, both included.
Period = tuple[pd.Timestamp, pd.Timestamp]


@dataclass(frozen=True)
class Comparison:
    """What one publisher's reports say of two periods.

    Attributes
    ----------
    kind
        ``rate``: incidents reported per day; ``share``: incidents with a
        property among those reported.
    publisher, subject
        Whose reports, and the property compared ("" for rates).
    estimate
        Rates: their ratio, after over before. Shares: the difference,
        after less before. NaN where a period holds nothing to compare.
    low, high
        Limits of 95 %; rates from 0 to infinity, shares from -1 to 1.
    cells
        Incidents in the periods before and after, as expected counts.
    holders
        Of these, the incidents with the property; equal to ``cells`` for
        rates.
    p_larger, p_smaller
        One-sided p-values that belong to the interval; 1 stands for all
        above 0.49.
    dispersion
        What was assumed of the clusters.
    verdict
        ``more_reported``, ``fewer_reported`` for rates, ``larger_share``,
        ``smaller_share`` for shares, else ``no_clear_difference`` or
        ``too_few``. No verdict speaks of repression: a rate measures a
        publisher's reporting.
    """

    kind: str
    publisher: str
    subject: str
    estimate: float
    low: float
    high: float
    cells: tuple[float, float]
    holders: tuple[float, float]
    p_larger: float
    p_smaller: float
    dispersion: Dispersion
    verdict: str


VERDICTS = {
    "rate": ("more_reported", "fewer_reported"),
    "share": ("larger_share", "smaller_share"),
}


@dataclass(frozen=True)
class Record:
    """A publisher's incidents, cut in pieces at the boundaries of two periods.

    Attributes
    ----------
    publisher
    incident_ids
        All incidents of the publisher, in and outside the periods.
    days
        Length of the periods before and after.
    weights
        Three rows: the part of each incident's date interval in the period
        before, after, and in the rest of the record; columns sum to 1.
    parts
        Of the same shape: an integer for each cluster and period. The rest
        of the record is cut in windows as long as the longer period, so
        that a long campaign weighs there as it would in a period.
    sharpened
        Incidents in the periods before and after when the days of a date
        interval are weighted by the rates around them (`sharpen_counts`).
    """

    publisher: str
    incident_ids: pd.Index
    days: tuple[int, int]
    weights: np.ndarray
    parts: np.ndarray
    sharpened: tuple[float, float]


def cut_record(
    incidents: pd.DataFrame,
    clusters: pd.Series,
    before: Period,
    after: Period,
    *,
    publisher: str,
) -> Record:
    """Prepare a publisher's incidents for comparing two periods.

    Parameters
    ----------
    incidents
        All incidents of the publisher's record, because clusters outside
        the two periods tell how much clusters disperse: with ``date_start``
        and ``date_end``, index ``incident_id``. Aggregates are the caller's
        to leave out.
    clusters
        Cluster label by incident id, as `link_clusters` gives it; may hold
        more incidents.
    before, after
        Periods without overlap, the earlier one need not come first.
    publisher
        Name, for the results.

    Raises
    ------
    ValueError
        If the periods overlap.
    KeyError
        If an incident has no cluster.
    """
    if _day(before[0]) <= _day(after[1]) and _day(after[0]) <= _day(before[1]):
        raise ValueError("the periods before and after overlap")
    inside = np.array([share_inside(incidents, *period) for period in (before, after)])
    weights = np.vstack([inside, np.clip(1 - inside.sum(axis=0), 0, 1)])
    days = (_length(before), _length(after))
    twice_middle = _days(incidents["date_start"]) + _days(incidents["date_end"])
    window = (twice_middle - 2 * _day(before[0])) // (2 * max(days))
    rest = 2 + window - window.min(initial=0)
    cut = np.vstack([np.zeros_like(rest), np.ones_like(rest), rest])
    cluster = pd.factorize(_align(clusters, incidents.index))[0]
    labels = cluster * (rest.max(initial=2) + 1) + cut
    parts = np.unique(labels, return_inverse=True)[1].reshape(labels.shape)
    sharpened = sharpen_counts(incidents, before, after)
    return Record(publisher, incidents.index, days, weights, parts, sharpened)


def sharpen_counts(incidents: pd.DataFrame, before: Period, after: Period) -> tuple[float, float]:
    """Count the incidents of two periods without levelling their rates.

    Spreading an incident evenly over its date interval moves weight from a
    busy period into a quiet neighbour. Here each day has the weight of the
    rate around it, and the rates come from the weights: the self-consistent
    estimate for interval-censored data (Turnbull, Journal of the Royal
    Statistical Society B 38, 1976, 290-295), with one rate for each period
    and for each stretch beside them, after `ROUNDS` of iteration.

    Returns
    -------
    tuple of float
        Expected counts before and after.
    """
    start, end = _days(incidents["date_start"]), _days(incidents["date_end"]) + 1
    cells = sorted((_day(first), _day(last) + 1) for first, last in (before, after))
    cuts = _cut_points(cells, start.min(initial=cells[0][0]), end.max(initial=cells[1][1]))
    overlap = np.minimum(end[:, None], cuts[1:]) - np.maximum(start[:, None], cuts[:-1])
    overlap = np.clip(overlap, 0, None)
    across = (overlap > 0).sum(axis=1) > 1
    certain = (overlap[~across] > 0).sum(axis=0)
    overlap, lengths = overlap[across], np.diff(cuts)
    counts = certain + (overlap / overlap.sum(axis=1, keepdims=True)).sum(axis=0)
    for _ in range(ROUNDS if len(overlap) else 0):
        weights = overlap * (counts / lengths)
        counts = certain + (weights / weights.sum(axis=1, keepdims=True)).sum(axis=0)
    places = {int(cut): n for n, cut in enumerate(cuts)}
    return float(counts[places[_day(before[0])]]), float(counts[places[_day(after[0])]])


def _cut_points(cells: list[tuple[int, int]], first: int, last: int) -> np.ndarray:
    """Cut time at two periods and, where there is room, a period's length beside them."""
    longer = max(end - start for start, end in cells)
    cuts = [min(first, cells[0][0]), *cells[0], *cells[1], max(last, cells[1][1])]
    for left, right in ((cuts[0], cuts[1]), (cuts[2], cuts[3]), (cuts[4], cuts[5])):
        if right - left >= 2 * longer:
            cuts += [left + longer, right - longer]
    return np.unique(cuts)


def compare_rates(record: Record) -> Comparison:
    """Compare the incidents per day that one publisher reported in two periods.

    Given the sum of both counts, the count after is binomial if clusters
    arrive as a Poisson process (Przyborowski and Wilenski, Biometrika 31,
    1940, 313-323); clusters enlarge its variance by the dispersion, which is
    estimated from the publisher's whole record, and the limits are Korn and
    Graubard's (see `limit_proportion`), turned into a ratio of rates.

    Assumptions: clusters are independent of each other, their sizes do not
    depend on the period, and any day of a date interval is as likely as
    another. An incident with an interval across a boundary counts in
    expectation, and redrawing its date is part of the variance. The limits
    hold those of the sharpened counts too.

    Parameters
    ----------
    record
        Of the incidents whose number is compared.

    Returns
    -------
    Comparison
        Verdict ``too_few`` when either period holds fewer than
        `LEAST_IN_CELL`; the limits are given all the same.
    """
    # Counts spread evenly and sharpened ones bracket what is not known of the dates.
    values = np.ones(len(record.incident_ids))
    cells = _count(record.weights, values)
    dispersion = _disperse(record.weights, values, record.parts, centred=False)
    longer = record.days[0] / record.days[1]

    def limits(alpha: float) -> Limits:
        deflator = dispersion.deflator(alpha)
        lows, highs = zip(
            *(
                limit_proportion(counts[1], sum(counts), deflator, alpha)
                for counts in (cells, record.sharpened)
            ),
            strict=True,
        )
        return _odds(min(lows)) * longer, _odds(max(highs)) * longer

    estimate = _odds(cells[1] / sum(cells)) * longer if sum(cells) else math.nan
    result = _undecided("rate", record, cells, cells)
    return _conclude(replace(result, estimate=estimate, dispersion=dispersion), limits, null=1.0)


def compare_shares(record: Record, holds: pd.Series) -> Comparison:
    """Compare the share of incidents with a property in two periods.

    The share of each period gets Korn and Graubard's limits with a design
    effect that is estimated from the publisher's whole record (residuals
    from the share of the period, or of the rest of the record, summed by
    cluster), and the difference the limits of Zou and Donner. A publisher
    that reports more of everything does not change its shares.

    Assumptions: clusters are independent of each other, the design effect
    is the same in the whole record, and any day of a date interval is as
    likely as another.

    Parameters
    ----------
    record
    holds
        Whether each incident has the property, index ``incident_id``; may
        hold more incidents. Its name becomes the subject. <NA> means not
        known (a province that is not told): such incidents are left out of
        the share.

    Returns
    -------
    Comparison
        Verdict ``too_few`` when a period holds fewer than `LEAST_IN_CELL`
        incidents to take a share of, or when neither holds as many with the
        property.

    Raises
    ------
    KeyError
        If an incident of the record is not in ``holds``.
    """
    values = _align(holds, record.incident_ids).to_numpy(dtype=float, na_value=math.nan)
    weights = np.where(np.isnan(values), 0.0, record.weights)
    values = np.nan_to_num(values)
    cells, holders = _count(weights, np.ones_like(values)), _count(weights, values)
    result = _undecided("share", record, cells, holders, subject=str(holds.name or ""))
    if not (cells[0] and cells[1]):
        return result
    shares = (holders[0] / cells[0], holders[1] / cells[1])
    dispersion = _disperse(weights, values, record.parts, centred=True)

    def limits(alpha: float) -> Limits:
        deflator = dispersion.deflator(alpha)
        first = limit_proportion(holders[0], cells[0], deflator, alpha)
        second = limit_proportion(holders[1], cells[1], deflator, alpha)
        return limit_difference(shares, first, second)

    result = replace(result, estimate=shares[1] - shares[0], dispersion=dispersion)
    return _conclude(result, limits, null=0.0)


def _undecided(
    kind: str, record: Record, cells: Limits, holders: Limits, *, subject: str = ""
) -> Comparison:
    """Give the comparison of which nothing is known yet."""
    low, high = (0.0, math.inf) if kind == "rate" else (-1.0, 1.0)
    return Comparison(
        kind=kind,
        publisher=record.publisher,
        subject=subject,
        estimate=math.nan,
        low=low,
        high=high,
        cells=cells,
        holders=holders,
        p_larger=1.0,
        p_smaller=1.0,
        dispersion=Dispersion(1.0, 0.0, 0.0),
        verdict="too_few",
    )


def _conclude(
    comparison: Comparison, limits: Callable[[float], Limits], *, null: float
) -> Comparison:
    """Add limits, p-values and the verdict."""
    low, high = limits(ALPHA)
    rising = comparison.estimate > null
    p = invert_limits(limits, null, larger=rising)
    verdict = "too_few"
    enough = min(comparison.cells) >= LEAST_IN_CELL and max(comparison.holders) >= LEAST_IN_CELL
    if enough:
        larger, smaller = VERDICTS[comparison.kind]
        verdict = larger if low > null else smaller if high < null else "no_clear_difference"
    return replace(
        comparison,
        low=low,
        high=high,
        p_larger=p if rising else 1.0,
        p_smaller=1.0 if rising else p,
        verdict=verdict,
    )


def _count(weights: np.ndarray, values: np.ndarray) -> tuple[float, float]:
    """Sum values over the periods before and after."""
    before, after = weights[:2] @ values
    return float(before), float(after)


def _disperse(
    weights: np.ndarray, values: np.ndarray, parts: np.ndarray, *, centred: bool
) -> Dispersion:
    """Estimate the dispersion of a count, or of a share if centred."""
    spread = np.broadcast_to(values, weights.shape)
    means = 0
    if centred:
        sizes = weights.sum(axis=1)
        means = int((sizes > 0).sum())
        spread = spread - ((weights @ values) / np.where(sizes > 0, sizes, 1))[:, None]
    unit = float((weights * spread**2).sum())
    return estimate_dispersion(
        weights.ravel(), spread.ravel(), parts.ravel(), unit=unit, means=means
    )


def _odds(proportion: float) -> float:
    return proportion / (1 - proportion) if proportion < 1 else math.inf


def _align(values: pd.Series, ids: pd.Index) -> pd.api.extensions.ExtensionArray:
    """Give the values of the incidents, in the order of their ids."""
    positions = values.index.get_indexer(ids)
    if (positions < 0).any():
        raise KeyError(f"no {values.name or 'value'} for incident {ids[positions < 0][0]}")
    return values.array[positions]


def _length(period: Period) -> int:
    return _day(period[1]) - _day(period[0]) + 1


def _day(time: pd.Timestamp) -> int:
    return int(np.datetime64(pd.Timestamp(time), "D").astype("int64"))


def _days(times: pd.Series) -> np.ndarray:
    return times.to_numpy().astype("datetime64[D]").astype("int64")
