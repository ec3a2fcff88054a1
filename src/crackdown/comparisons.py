"""Comparing two periods within one publisher's reports."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from crackdown.intervals import (
    ALPHA,
    Dispersion,
    Limits,
    estimate_dispersion,
    invert_limits,
    limit_difference,
    limit_proportion,
)
from crackdown.records import Period, Record, align, cut_record

__all__ = [
    "LEAST_IN_CELL",
    "VERDICTS",
    "Comparison",
    "Period",
    "Record",
    "compare_rates",
    "compare_shares",
    "compare_values",
    "cut_record",
]

#: A cell that holds fewer incidents than this is not compared.
LEAST_IN_CELL = 5


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
        above 0.49, and where the verdict is ``too_few``.
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
    dispersion = _disperse(record, record.weights, values, centred=False)
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
    values = align(holds, record.incident_ids).to_numpy(dtype=float, na_value=math.nan)
    return compare_values(record, values, str(holds.name or ""))


def compare_values(record: Record, values: np.ndarray, subject: str) -> Comparison:
    """Compare shares as `compare_shares` does, without looking the incidents up.

    Parameters
    ----------
    record
    values
        In the order of ``record.incident_ids``: 1 where an incident has the
        property, 0 where it has not, NaN where that is not known.
    subject
        The property.
    """
    unknown = np.isnan(values)
    weights = record.weights
    if unknown.any():
        weights, values = weights * ~unknown, np.where(unknown, 0.0, values)
    cells, holders = _count(weights, np.ones_like(values)), _count(weights, values)
    result = _undecided("share", record, cells, holders, subject=subject)
    if not (cells[0] and cells[1]):
        return result
    shares = (holders[0] / cells[0], holders[1] / cells[1])
    dispersion = _disperse(record, weights, values, centred=True)

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
    if min(comparison.cells) < LEAST_IN_CELL or max(comparison.holders) < LEAST_IN_CELL:
        return replace(comparison, low=low, high=high)
    rising = comparison.estimate > null
    p = invert_limits(limits, null, larger=rising)
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
    record: Record, weights: np.ndarray, values: np.ndarray, *, centred: bool
) -> Dispersion:
    """Estimate the dispersion of a count, or of a share if centred."""
    places, period, incident, parts = record.pieces
    held, spread = weights.take(places), values.take(incident)
    means = 0
    if centred:
        sizes = weights.sum(axis=1)
        means = int((sizes > 0).sum())
        spread = spread - ((weights @ values) / np.where(sizes > 0, sizes, 1))[period]
    unit = float((held * spread**2).sum())
    return estimate_dispersion(held, spread, parts, unit=unit, means=means)


def _odds(proportion: float) -> float:
    return proportion / (1 - proportion) if proportion < 1 else math.inf
