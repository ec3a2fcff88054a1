"""Shifts: how the make-up of what is reported differs between two periods."""

from __future__ import annotations

import dataclasses
import hashlib

import numpy as np
import pandas as pd

from crackdown.claims import Agreement, agree, settle
from crackdown.clusters import link_clusters, number_publishers
from crackdown.comparisons import Comparison, compare_rates, compare_values
from crackdown.incidents import Archive
from crackdown.places import place_levels
from crackdown.records import Period, Record, align, cut_record

#: A publisher with fewer incidents can hold no two cells worth comparing.
LEAST_OF_PUBLISHER = 10

#: Publishers compared at most, those with most incidents: of dozens no reader
#: could follow the rows, and each more weakens what the others may claim.
MOST_COMPARED = 5

#: Records whose comparisons are kept in memory, the last ones.
MOST_KEPT = 256

#: What is compared: a kind of property and its value.
Property = tuple[str, str]

_compared: dict[bytes, dict[Property, Comparison]] = {}


@dataclasses.dataclass(frozen=True)
class Shifts:
    """Comparisons of two periods, within each publisher and over publishers.

    Attributes
    ----------
    before, after
        First and last day of the periods compared.
    shares
        By property (``offences``, ``action`` or ``province`` and a value),
        the comparisons of each publisher with enough incidents.
    agreements
        What the publishers say together, by property.
    alone
        As ``shares``, with the verdicts that survive Holm's correction over
        the page: what may be said of one publisher.
    rates
        By publisher, the comparison of incidents reported per day.
    left_out
        Publishers with enough incidents that are not compared, because
        `MOST_COMPARED` others have more.
    """

    before: Period
    after: Period
    shares: dict[Property, list[Comparison]]
    agreements: dict[Property, Agreement]
    alone: dict[Property, list[Comparison]]
    rates: list[Comparison]
    left_out: int = 0


def halve(incidents: pd.DataFrame) -> pd.Timestamp:
    """Find the first day of a month that parts the incidents in two halves.

    The rule is the same on every page, so that no boundary is picked for
    what it shows.

    Returns
    -------
    Timestamp
        The start of the month that holds the median of the intervals'
        midpoints; NaT without incidents.
    """
    middle = incidents["date_start"] + (incidents["date_end"] - incidents["date_start"]) / 2
    median = middle.median()
    return median if pd.isna(median) else pd.Timestamp(median.year, median.month, 1)


def compare_periods(
    archive: Archive, incidents: pd.DataFrame, *, before: Period, after: Period
) -> Shifts:
    """Compare what each publisher reported in two periods.

    Parameters
    ----------
    archive
        For the articles, cases and campaigns that join incidents.
    incidents
        The incidents compared, without aggregates.
    before, after
        Periods without overlap.

    Returns
    -------
    Shifts
        Without any entry when no publisher has enough incidents.
    """
    clusters = align(link_clusters(archive), incidents.index)
    reported, left_out = _list_reported(archive, incidents)
    properties = list_properties(incidents)
    dates = incidents[["date_start", "date_end"]]
    by_publisher, rates = [], []
    for name, rows in reported.items():
        own = dates.iloc[rows]
        record = cut_record(own, pd.Series(clusters[rows], own.index), before, after, publisher=name)
        by_publisher.append(_compare_record(record, properties.iloc[rows]))
        rates.append(compare_rates(record))
    shares = {
        key: [comparisons[key] for comparisons in by_publisher] for key in properties
    }
    flat = settle([comparison for key in shares for comparison in shares[key]] + rates)
    size = len(by_publisher)
    alone = {key: flat[n * size : (n + 1) * size] for n, key in enumerate(shares)}
    rates = flat[len(shares) * size :]
    return Shifts(before, after, shares, agree(shares), alone, rates, left_out)


def _list_reported(archive: Archive, incidents: pd.DataFrame) -> tuple[dict[str, np.ndarray], int]:
    """List the rows of the incidents that each publisher reported, and count who is left out.

    Those with most incidents come first, `MOST_COMPARED` at most; who has fewer
    than `LEAST_OF_PUBLISHER` is not counted.
    """
    rows, groups, names = number_publishers(dataclasses.replace(archive, incidents=incidents))
    count = pd.Series(groups).value_counts()
    enough = count.index[count >= LEAST_OF_PUBLISHER]
    reported = {names[group]: np.sort(rows[groups == group]) for group in enough[:MOST_COMPARED]}
    return reported, max(len(enough) - MOST_COMPARED, 0)


def list_properties(incidents: pd.DataFrame) -> pd.DataFrame:
    """List what a share can be taken of: offences, main acts and provinces.

    Returns
    -------
    DataFrame of int8
        A row for each incident, a column for each property with an
        incident; 1 holds, 0 does not, -1 is not known (a province where
        none is told).
    """
    lists, named = pd.factorize(incidents["offences"].to_numpy(object))
    acts, actions = pd.factorize(incidents["action"].to_numpy(object))
    units, provinces = pd.factorize(place_levels(incidents)["province"].to_numpy(object))
    untold = np.isin(units, np.flatnonzero(provinces == ""))
    columns: dict[Property, np.ndarray] = {}
    for value in sorted({value for values in named for value in values}):
        columns["offences", value] = np.array([value in values for values in named], "int8")[lists]
    for number in np.argsort(actions):
        columns["action", actions[number]] = (acts == number).astype("int8")
    for number in np.argsort(provinces):
        if provinces[number]:
            columns["province", provinces[number]] = np.where(untold, -1, units == number).astype("int8")
    shape = (len(incidents), 0)
    matrix = np.column_stack([*columns.values()]) if columns else np.empty(shape, "int8")
    # Tuples as labels, not levels: a property is one thing.
    names = pd.Index([*columns], tupleize_cols=False)
    return pd.DataFrame(matrix, incidents.index, names)


def _compare_record(record: Record, properties: pd.DataFrame) -> dict[Property, Comparison]:
    """Compare the shares of a record.

    Leaving out a small outlet leaves the records of the others as they were:
    the stress test meets the same record dozens of times. Its digest stands
    for it, so that no record is held in memory for the next.
    """
    codes = properties.to_numpy()
    digest = hashlib.sha256(repr((record.publisher, record.days, [*properties])).encode())
    for array in (record.weights, record.parts, codes):
        digest.update(np.ascontiguousarray(array))
    key = digest.digest()
    if key not in _compared:
        if len(_compared) == MOST_KEPT:
            del _compared[next(iter(_compared))]
        _compared[key] = {
            name: compare_values(record, np.where(column < 0, np.nan, column), name[1])
            for name, column in zip(properties, codes.T, strict=True)
        }
    return _compared[key]
