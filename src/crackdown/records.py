"""A publisher's incidents, cut at the boundaries of two periods."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crackdown.counts import share_inside
from crackdown.memory import find_rows

#: Iterations of `sharpen_counts`.
ROUNDS = 20

#: First and last day, both included.
Period = tuple[pd.Timestamp, pd.Timestamp]


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

    @functools.cached_property
    def pieces(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """The place among the weights, the period, the incident and the part of each piece that weighs anything.

        Most incidents lie in one period and make one piece of three. Parts are
        numbered anew: those in which nothing lies would be summed with every comparison.
        """
        places = np.flatnonzero(self.weights)
        period, incident = np.divmod(places, self.weights.shape[1])
        return places, period, incident, pd.factorize(self.parts.take(places))[0]


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
    # One after the other, so that what each needs on its way is gone before the next.
    weights = _weigh(incidents, before, after)
    days = (_length(before), _length(after))
    parts = _part(incidents, clusters, _day(before[0]), max(days))
    sharpened = sharpen_counts(incidents, before, after)
    return Record(publisher, incidents.index, days, weights, parts, sharpened)


def _weigh(incidents: pd.DataFrame, before: Period, after: Period) -> np.ndarray:
    """Give `Record.weights`."""
    weights = np.empty((3, len(incidents)))
    weights[0], weights[1] = (share_inside(incidents, *period) for period in (before, after))
    weights[2] = np.clip(1 - weights[:2].sum(axis=0), 0, 1)
    return weights


def _part(incidents: pd.DataFrame, clusters: pd.Series, first: int, longer: int) -> np.ndarray:
    """Give `Record.parts`: windows as long as the longer period, counted from its first day."""
    cluster = pd.factorize(align(clusters, incidents.index))[0]
    twice_middle = _days(incidents["date_start"]) + _days(incidents["date_end"])
    window = (twice_middle - 2 * first) // (2 * longer)
    rest = 2 + window - window.min(initial=0)
    # Of each cluster the part before, the part after, and the window of the rest.
    labels = np.tile(cluster * (rest.max(initial=2) + 1), (3, 1))
    labels[1] += 1
    labels[2] += rest
    return pd.factorize(labels.ravel())[0].reshape(labels.shape).astype(np.int32)


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
    # Most intervals lie between two cuts; only of the others is more to be known.
    cell = np.searchsorted(cuts, start, side="right") - 1
    across = cell != np.searchsorted(cuts, end) - 1
    certain = np.bincount(cell[~across], minlength=len(cuts) - 1)
    start, end, lengths = start[across, None], end[across, None], np.diff(cuts)
    overlap = np.clip(np.minimum(end, cuts[1:]) - np.maximum(start, cuts[:-1]), 0, None)
    counts = certain + (overlap / overlap.sum(axis=1, keepdims=True)).sum(axis=0)
    for _ in range(ROUNDS if len(overlap) else 0):
        weights = overlap * (counts / lengths)
        counts = certain + (weights / weights.sum(axis=1, keepdims=True)).sum(axis=0)
    places = {int(cut): n for n, cut in enumerate(cuts)}
    return float(counts[places[_day(before[0])]]), float(counts[places[_day(after[0])]])


def align(values: pd.Series, ids: pd.Index) -> pd.api.extensions.ExtensionArray:
    """Give the values of the incidents, in the order of their ids.

    Raises
    ------
    KeyError
        If an incident has none.
    """
    if values.index.equals(ids):
        return values.array
    positions = find_rows(values.index, ids)
    if (positions < 0).any():
        raise KeyError(f"no {values.name or 'value'} for incident {ids[positions < 0][0]}")
    return values.array[positions]


def _cut_points(cells: list[tuple[int, int]], first: int, last: int) -> np.ndarray:
    """Cut time at two periods and, where there is room, a period's length beside them."""
    longer = max(end - start for start, end in cells)
    cuts = [min(first, cells[0][0]), *cells[0], *cells[1], max(last, cells[1][1])]
    for left, right in ((cuts[0], cuts[1]), (cuts[2], cuts[3]), (cuts[4], cuts[5])):
        if right - left >= 2 * longer:
            cuts += [left + longer, right - longer]
    return np.unique(cuts)


def _length(period: Period) -> int:
    return _day(period[1]) - _day(period[0]) + 1


def _day(time: pd.Timestamp) -> int:
    return int(np.datetime64(pd.Timestamp(time), "D").astype("int64"))


def _days(times: pd.Series) -> np.ndarray:
    return times.to_numpy().astype("datetime64[D]").astype("int64")
