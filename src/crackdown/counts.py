"""Counting incidents by period, place and kind, so that totals are conserved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from crackdown.places import COUNTRY, place_levels

#: Cells of incidents by periods that are held in memory at once.
CELLS_AT_ONCE = 1_000_000


def count_periods(
    incidents: pd.DataFrame,
    periods: pd.PeriodIndex,
    *,
    within: tuple[pd.Timestamp, pd.Timestamp] = (pd.Timestamp.min, pd.Timestamp.max),
) -> pd.DataFrame:
    """Count incidents by period when dates are intervals.

    An incident's weight of one is spread evenly over the days of its date
    interval (the assumption of the *expected* count: any day is as likely
    as another). It is *certain* in a period that holds the whole interval
    and *possible* in each that holds a part of it.

    Parameters
    ----------
    incidents
        With ``date_start`` and ``date_end``, both days included.
    periods
        Without overlaps; gaps are allowed.
    within
        First and last day that count: periods are cut there.

    Returns
    -------
    DataFrame
        Index ``periods``; ``certain`` and ``possible`` are integers that
        bound each cell and must not be summed; ``expected`` sums to the
        number of incidents if the periods cover all their days.
        A zero means that no coded incident falls there, never that nothing
        happened.

    Examples
    --------
    >>> days = {"date_start": ["2024-06-30"], "date_end": ["2024-07-01"]}
    >>> frame = pd.DataFrame({k: pd.to_datetime(v) for k, v in days.items()})
    >>> count_periods(frame, pd.period_range("2024-06", "2024-07", freq="M"))
             certain  expected  possible
    2024-06        0       0.5         1
    2024-07        0       0.5         1
    """
    certain, possible = (np.zeros(len(periods), dtype=int) for _ in range(2))
    expected = np.zeros(len(periods))
    for _, shares in _shares(incidents, periods, within):
        certain += (shares == 1).sum(axis=1)
        expected += shares.sum(axis=1)
        possible += (shares > 0).sum(axis=1)
    columns = {"certain": certain, "expected": expected, "possible": possible}
    return pd.DataFrame(columns, index=periods)


def count_periods_by(
    incidents: pd.DataFrame,
    kinds: pd.Series,
    periods: pd.PeriodIndex,
    *,
    within: tuple[pd.Timestamp, pd.Timestamp] = (pd.Timestamp.min, pd.Timestamp.max),
) -> pd.DataFrame:
    """Count the expected incidents of each kind by period.

    Parameters
    ----------
    incidents, periods, within
        As for `count_periods`.
    kinds
        One value for each incident, in their order.

    Returns
    -------
    DataFrame
        Index ``periods``, a column for each value of `kinds` that occurs, in the order of first
        occurrence: the *expected* column of `count_periods` for the incidents of that kind.
    """
    codes, names = pd.factorize(kinds)
    expected = np.zeros((len(periods), len(names)))
    for rows, shares in _shares(incidents, periods, within):
        # Kind by kind, in each of which a sum is added up in the order of `count_periods`.
        kinds_of_rows = codes[rows]
        shares = shares.take(kinds_of_rows.argsort(kind="stable"), axis=1)
        ends = np.cumsum(np.bincount(kinds_of_rows, minlength=len(names)))
        for number, own in enumerate(np.split(shares, ends[:-1], axis=1)):
            expected[:, number] += own.sum(axis=1)
    return pd.DataFrame(expected, index=periods, columns=names)


def share_inside(
    incidents: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp
) -> np.ndarray:
    """Compute the share of each incident's days that lies between two days.

    Returns
    -------
    ndarray of float
        One per incident: 1 for certain, 0 for impossible; both days count.
    """
    first, last = _days(incidents["date_start"]), _days(incidents["date_end"])
    return _share(first, last, _days(start), _days(end))


def spanning_periods(incidents: pd.DataFrame, freq: str) -> pd.PeriodIndex:
    """List the periods from the first to the last day of some incidents.

    Parameters
    ----------
    incidents
    freq
        ``Y`` for years, ``2Q`` for half-years (January and July).
    """
    if incidents.empty:
        return pd.PeriodIndex([], freq=freq)
    first, last = incidents["date_start"].min(), incidents["date_end"].max()
    if freq == "2Q":
        first = pd.Timestamp(first.year, 1 if first.month <= 6 else 7, 1)
    return pd.period_range(first, last, freq=freq)


def count_places(
    incidents: pd.DataFrame, places: pd.DataFrame, *, firm: pd.Series | None = None
) -> pd.DataFrame:
    """Count incidents by the smallest unit known to contain them.

    Parameters
    ----------
    incidents
        With ``pcode`` and ``geo_precision``.
    places
        The gazetteer, index ``pcode``.
    firm
        Which of the incidents are firmly sourced.

    Returns
    -------
    DataFrame
        Columns ``pcode``, ``level`` (``county``, ``province``, ``border``,
        ``country``), ``incidents``, and ``firm`` (how many of them are firmly
        sourced) if that is given; only units with incidents, in the order
        of level and code. Each incident stands in exactly one row, so the
        column sums to the number of incidents. A place without a row has
        none recorded, which is not zero.
    """
    pairs = place_levels(incidents)["level"], incidents["pcode"]
    found = _count_units(*pairs)
    units = sorted(found)
    unknown = {pcode for _, pcode in units} - set(places.index)
    if unknown:
        raise KeyError(f"not in the gazetteer: {', '.join(sorted(unknown))}")
    counts = pd.DataFrame(
        {
            "pcode": pd.array([pcode for _, pcode in units], dtype="str"),
            "level": pd.array([level for level, _ in units], dtype="str"),
            "incidents": np.array([found[unit] for unit in units], int),
        }
    )
    if firm is not None:
        held = _count_units(*(column[firm.to_numpy()] for column in pairs))
        counts["firm"] = np.array([held[unit] for unit in units], int)
    return counts


def count_provinces(incidents: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Count incidents by province and by the level to which they are known.

    Returns
    -------
    DataFrame
        Index: P-codes of all provinces in the gazetteer's order, then
        ``KP`` for what is known to no province (the unplaced row). Columns
        ``county``, ``province``, ``border``, ``country`` and ``total``; the
        total column sums to the number of incidents. Zeros in the row of a
        province mean none recorded.
    """
    frame = place_levels(incidents)
    found = _count_units(frame["province"], frame["level"])
    provinces = places.index[places["level"] == "province"]
    levels = ["county", "province", "border", "country"]
    cells = [[found[province, level] for level in levels] for province in [*provinces, ""]]
    index = pd.Index([*provinces, COUNTRY], name="pcode")
    table = pd.DataFrame(np.array(cells, int), index, levels)
    return table.assign(total=table.sum(axis=1))


def _count_units(first: pd.Series, second: pd.Series) -> Counter[tuple[Any, Any]]:
    """Count the pairs of two columns of texts or lists."""
    # By number: a pair for each row would be made and hashed.
    (rows, names), (columns, others) = (pd.factorize(one.to_numpy(object)) for one in (first, second))
    pairs, counts = np.unique(rows * len(others) + columns, return_counts=True)
    row, column = np.divmod(pairs, max(len(others), 1))
    return Counter(dict(zip(zip(names[row], others[column], strict=True), counts.tolist(), strict=True)))


def count_values(incidents: pd.DataFrame, column: str) -> pd.Series:
    """Count incidents by each value of a list column.

    Returns
    -------
    Series
        Number of incidents that name the value, largest first, ties by
        value. An incident with two values counts under both, so the sum
        may exceed the number of incidents. Incidents that name none are in
        no cell.
    """
    counts: Counter[str] = Counter()
    # Of many rows few lists differ.
    for values, number in Counter(incidents[column].tolist()).items():
        counts.update(dict.fromkeys(values, number))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return pd.Series(dict(ordered), dtype="int64", name="count").rename_axis(column)


def count_pairs(incidents: pd.DataFrame, rows: str, columns: str) -> pd.DataFrame:
    """Cross the values of two list columns.

    Returns
    -------
    DataFrame
        Incidents that name both values; rows and columns by falling number
        of incidents. Cells overlap as in `count_values`.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for pair, number in _count_units(incidents[rows], incidents[columns]).items():
        counts.update(dict.fromkeys(product(*pair), number))
    index, across = (count_values(incidents, name).index for name in (rows, columns))
    cells = [[counts[row, column] for column in across] for row in index]
    return pd.DataFrame(cells, index, across, dtype="int64")


def find_naming(lists: pd.Series, wanted: Collection[str]) -> np.ndarray:
    """Say which lists name at least one of some values."""
    codes, different = pd.factorize(lists.to_numpy(object))
    wanted = set(wanted)
    return np.array([not wanted.isdisjoint(values) for values in different], bool)[codes]


def _shares(
    incidents: pd.DataFrame, periods: pd.PeriodIndex, within: tuple[pd.Timestamp, pd.Timestamp]
) -> Iterator[tuple[slice, np.ndarray]]:
    """Compute by period and incident the share of days inside, for some rows at a time."""
    first, last = _days(incidents["date_start"]), _days(incidents["date_end"])
    edges = np.array(within, dtype="datetime64[D]").astype("int64")
    starts = np.maximum(_days(periods.start_time), edges[0])
    ends = np.minimum(_days(periods.end_time), edges[1])
    holding = _find_holding(first, last, starts, ends)
    step = max(CELLS_AT_ONCE // max(len(periods), 1), 1)
    for begin in range(0, len(first), step):
        rows = slice(begin, begin + step)
        held, days = holding[rows], (first[rows], last[rows])
        shares = np.zeros((len(periods), len(held)))
        # Most incidents lie in one period, and what they share need not be computed.
        certain, others = np.flatnonzero(held >= 0), np.flatnonzero(held < 0)
        shares[held[certain], certain] = 1
        shares[:, others] = _share(*(day[others] for day in days), starts[:, None], ends[:, None])
        yield rows, shares


def _find_holding(
    first: np.ndarray, last: np.ndarray, starts: np.ndarray, ends: np.ndarray
) -> np.ndarray:
    """Find the number of the period that holds a whole interval, -1 where none does."""
    # Of a period outside the limits no day is left.
    some = np.flatnonzero(starts <= ends)
    if not len(some):
        return np.full(len(first), -1)
    some = some[np.argsort(starts[some])]
    place = np.searchsorted(starts[some], first, side="right") - 1
    return np.where((place >= 0) & (last <= ends[some[place]]), some[place], -1)


def _share(
    first: np.ndarray, last: np.ndarray, start: int | np.ndarray, end: int | np.ndarray
) -> np.ndarray:
    inside = np.minimum(last, end) - np.maximum(first, start) + 1
    return np.clip(inside, 0, None) / (last - first + 1)


def _days(time: pd.Series | pd.DatetimeIndex | pd.Timestamp) -> np.ndarray:
    # Not by numpy.asarray, which asks a column for names and has its index hashed for that.
    return time.to_numpy().astype("datetime64[D]").astype("int64")
