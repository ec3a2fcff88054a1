"""What may be claimed when a page makes many comparisons of several publishers."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from crackdown.comparisons import Comparison
from crackdown.intervals import ALPHA


@dataclass(frozen=True)
class Agreement:
    """What independent publishers say together of one shift.

    Attributes
    ----------
    verdict
        ``larger_share_in_every_publisher``,
        ``smaller_share_in_every_publisher``, ``publishers_differ`` (one
        clearly up, another clearly down), ``no_clear_difference``, or
        ``too_few`` (fewer than two publishers hold enough).
    compared
        The publishers that hold enough, in the given order.
    threshold
        The one-sided p-value that two of them had to undercut.
    """

    verdict: str
    compared: tuple[str, ...]
    threshold: float


def settle(comparisons: Sequence[Comparison], *, alpha: float = ALPHA) -> list[Comparison]:
    """Let the comparisons of one page share one chance of a false claim.

    For what is said of a publisher alone ("more reported by X"); what
    publishers must agree on is for `agree`.

    Holm's step-down procedure (Scandinavian Journal of Statistics 6, 1979,
    65-70) over the comparisons that hold enough: with nothing changed, the
    chance of any verdict on the page other than ``no_clear_difference`` is
    at most alpha, whatever the dependence between them.

    Parameters
    ----------
    comparisons
        All that were made for the page, the dull ones too.
    alpha

    Returns
    -------
    list of Comparison
        In the given order; those that do not pass have the verdict
        ``no_clear_difference``.
    """
    settled = list(comparisons)
    tests = [i for i, c in enumerate(comparisons) if c.verdict != "too_few"]
    tests.sort(key=lambda i: min(comparisons[i].p_larger, comparisons[i].p_smaller))
    passing = True
    for rank, i in enumerate(tests):
        p = 2 * min(comparisons[i].p_larger, comparisons[i].p_smaller)
        passing = passing and p * (len(tests) - rank) <= alpha
        if not passing:
            settled[i] = replace(comparisons[i], verdict="no_clear_difference")
    return settled


def agree(
    shifts: Mapping[Hashable, Sequence[Comparison]], *, alpha: float = ALPHA
) -> dict[Hashable, Agreement]:
    """Say which shifts in composition independent publishers agree on.

    A shift is claimed when the shares of all publishers that hold enough
    point one way and at least two of them do so clearly: their second
    smallest p-value, times the number of publishers less one (partial
    conjunction, Benjamini and Heller 2008), undercuts a threshold. One
    publisher's change of editorial line is therefore never a shift. All
    shifts of a page share the threshold, which allows alpha expected false
    claims: AdaFilter Bonferroni (Wang, Gui, Su, Sabatti and Owen, Annals of
    Statistics 50, 2022, 1890-1909). It divides alpha not by all shifts that
    were looked at but by those in which at least one publisher is notable.
    Larger and smaller shares are separate hypotheses.

    Parameters
    ----------
    shifts
        For each property looked at on a page, the comparisons of its share
        by publisher, each publisher once. Give all of them, the dull ones
        too: leaving some out spoils the threshold.
    alpha
        Expected number of false claims on the page.

    Returns
    -------
    dict
        An Agreement for each key, in the given order.

    Raises
    ------
    ValueError
        If a comparison is of rates (counts of different publishers never
        add up to a claim), or one publisher stands twice under one key.
    """
    compared = {key: _comparable(key, comparisons) for key, comparisons in shifts.items()}
    filters, selects = {}, {}
    for key, comparisons in compared.items():
        if len(comparisons) < 2:
            continue
        for side in ("p_larger", "p_smaller"):
            first, second = sorted(getattr(c, side) for c in comparisons)[:2]
            filters[key, side] = (len(comparisons) - 1) * first
            selects[key, side] = (len(comparisons) - 1) * second
    threshold = _adaptive_threshold(np.array(list(filters.values())), alpha)
    return {
        key: Agreement(
            _joint_verdict(key, comparisons, selects, threshold),
            tuple(c.publisher for c in comparisons),
            threshold,
        )
        for key, comparisons in compared.items()
    }


def _comparable(key: Hashable, comparisons: Sequence[Comparison]) -> list[Comparison]:
    publishers = [comparison.publisher for comparison in comparisons]
    if len(set(publishers)) < len(publishers):
        raise ValueError(f"{key}: a publisher stands twice, and cannot agree with itself")
    if any(comparison.kind != "share" for comparison in comparisons):
        raise ValueError(f"{key}: agree takes comparisons of shares, not of rates")
    return [comparison for comparison in comparisons if comparison.verdict != "too_few"]


def _adaptive_threshold(filters: np.ndarray, alpha: float) -> float:
    """Give the largest alpha / m that at most m filters undercut."""
    for m in range(1, len(filters) + 1):
        if (filters < alpha / m).sum() <= m:
            return alpha / m
    return alpha


def _joint_verdict(
    key: Hashable,
    comparisons: Sequence[Comparison],
    selects: Mapping[tuple[Hashable, str], float],
    threshold: float,
) -> str:
    if len(comparisons) < 2:
        return "too_few"
    if all(c.estimate > 0 for c in comparisons) and selects[key, "p_larger"] < threshold:
        return "larger_share_in_every_publisher"
    if all(c.estimate < 0 for c in comparisons) and selects[key, "p_smaller"] < threshold:
        return "smaller_share_in_every_publisher"
    up = any(c.p_larger < threshold for c in comparisons)
    down = any(c.p_smaller < threshold for c in comparisons)
    return "publishers_differ" if up and down else "no_clear_difference"
