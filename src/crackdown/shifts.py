"""Shifts: how the make-up of what is reported differs between two periods."""

from __future__ import annotations

import dataclasses
import functools
import hashlib

import numpy as np
import pandas as pd

from crackdown.claims import Agreement, agree, settle
from crackdown.clusters import attribute_publishers, link_clusters, select_publisher
from crackdown.comparisons import Comparison, compare_rates, compare_shares
from crackdown.incidents import Archive
from crackdown.places import place_levels
from crackdown.records import Period, Record, cut_record

#: A publisher with fewer incidents can hold no two cells worth comparing.
LEAST_OF_PUBLISHER = 10

#: What is compared: a kind of property and its value.
Property = tuple[str, str]


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
    """

    before: Period
    after: Period
    shares: dict[Property, list[Comparison]]
    agreements: dict[Property, Agreement]
    alone: dict[Property, list[Comparison]]
    rates: list[Comparison]


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
    clusters = link_clusters(archive)
    attribution = attribute_publishers(archive)
    selected = attribution[attribution["incident_id"].isin(incidents.index)]
    count = selected["publisher_group"].value_counts()
    properties = list_properties(incidents)
    by_publisher, rates = [], []
    for publisher in count.index[count >= LEAST_OF_PUBLISHER]:
        reported = select_publisher(incidents, attribution, publisher)
        record = cut_record(reported, clusters, before, after, publisher=publisher)
        by_publisher.append(_compare_record(_Key(record, properties)))
        rates.append(compare_rates(record))
    shares = {
        key: [comparisons[key] for comparisons in by_publisher] for key in properties
    }
    flat = settle([comparison for key in shares for comparison in shares[key]] + rates)
    size = len(by_publisher)
    alone = {key: flat[n * size : (n + 1) * size] for n, key in enumerate(shares)}
    return Shifts(before, after, shares, agree(shares), alone, flat[len(shares) * size :])


def list_properties(incidents: pd.DataFrame) -> pd.DataFrame:
    """List what a share can be taken of: offences, main acts and provinces.

    Returns
    -------
    DataFrame of int8
        A row for each incident, a column for each property with an
        incident; 1 holds, 0 does not, -1 is not known (a province where
        none is told).
    """
    offences = list(incidents["offences"])
    action = incidents["action"].to_numpy()
    province = place_levels(incidents)["province"].to_numpy()
    columns: dict[Property, np.ndarray] = {}
    for value in sorted({value for values in offences for value in values}):
        columns["offences", value] = np.fromiter((value in named for named in offences), bool)
    for value in sorted(set(action)):
        columns["action", value] = action == value
    for value in sorted(set(province) - {""}):
        columns["province", value] = np.where(province == "", -1, province == value)
    matrix = np.column_stack([*columns.values()]) if columns else np.empty((len(incidents), 0))
    # Tuples as labels, not levels: a property is one thing.
    names = pd.Index([*columns], tupleize_cols=False)
    return pd.DataFrame(matrix.astype("int8"), incidents.index, names)


class _Key:
    """A record with its properties, equal to another of the same contents.

    Leaving out a small outlet leaves the records of the others as they were:
    the stress test meets the same record dozens of times.
    """

    def __init__(self, record: Record, properties: pd.DataFrame) -> None:
        self.record = record
        self.properties = properties.loc[record.incident_ids]
        digest = hashlib.sha256(repr((record.publisher, record.days, [*properties])).encode())
        for array in (record.weights, record.parts, self.properties.to_numpy()):
            digest.update(np.ascontiguousarray(array).tobytes())
        self.digest = digest.digest()

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.digest == other.digest


@functools.lru_cache(maxsize=256)
def _compare_record(key: _Key) -> dict[Property, Comparison]:
    comparisons = {}
    for name in key.properties:
        codes = key.properties[name]
        holds = (codes == 1).astype("boolean").mask(codes == -1).rename(name[1])
        comparisons[name] = compare_shares(key.record, holds)
    return comparisons
