"""What is not independent: incidents that hang together, outlets of one house."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crackdown.memory import find_rows

if TYPE_CHECKING:
    from crackdown.incidents import Archive

#: Outlets of one house count as one publisher, because their agreement adds
#: nothing: outlet, the house it belongs to, the ground. An outlet that is not
#: named here stands for itself. A repost is already credited to the outlet
#: that reported first (codebook, table sources).
PUBLISHER_HOUSES = (
    ("Daily NK Japan", "Daily NK", "Japanese edition, the same reporters' network"),
    (
        "Open Radio for North Korea",
        "Daily NK",
        "partner in Unification Media Group since November 2014, "
        "https://www.dailynk.com/english/umg-1-mill-listeners-can-change-no/",
    ),
    ("USAGM", "Radio Free Asia", "the agency that pays for and oversees Radio Free Asia"),
    ("NK Chosun", "Chosun Ilbo", "the newspaper's own site on North Korea"),
    ("TV Chosun", "Chosun Ilbo", "the newspaper's broadcaster"),
    ("Korea JoongAng Daily", "JoongAng Ilbo", "the newspaper's English edition"),
)


def link_clusters(archive: Archive) -> pd.Series:
    """Join the incidents that share an article, a case or a campaign.

    Such incidents came into the archive together, so they are not separate
    pieces of evidence. The links are followed to the end: a cluster is a
    connected component of the graph whose nodes are incidents.

    Parameters
    ----------
    archive
        Uses ``incidents`` (``case_id``, ``campaign_id``; "" links nothing)
        and ``incident_sources``. Pairs of an incident that is not in
        ``incidents`` are ignored, so that a narrowed archive can be used.

    Returns
    -------
    Series
        Index as ``archive.incidents``, in its order; the cluster's label is
        the smallest incident id in it. An incident without any link is a
        cluster of its own.
    """
    # scipy.sparse costs a tenth of a second that a report without comparisons need not pay.
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    ids = archive.incidents.index
    pairs = archive.incident_sources
    everyone = np.arange(len(ids))
    links = [(find_rows(ids, pairs["incident_id"]), pairs["source_id"])]
    links += [(everyone, archive.incidents[column]) for column in ("case_id", "campaign_id")]
    nodes, size = [], len(ids)
    for member, key in links:
        linked = (member >= 0) & (key != "").to_numpy()
        codes, names = pd.factorize(key.to_numpy(object)[linked])
        # What only one incident has links it to nothing.
        shared = np.bincount(codes, minlength=len(names))[codes] > 1
        nodes.append((member[linked][shared], codes[shared] + size))
        size += len(names)
    rows, columns = (np.concatenate(side).astype(np.int32) for side in zip(*nodes, strict=True))
    graph = coo_array((np.ones(len(rows), dtype=bool), (rows, columns)), shape=(size, size))
    count, component = connected_components(graph, directed=False)
    component = component[: len(ids)]
    order = np.arange(len(ids)) if ids.is_monotonic_increasing else ids.argsort()
    smallest = np.full(count, -1)
    smallest[component[order][::-1]] = order[::-1]
    return pd.Series(ids[smallest[component]], index=ids, name="cluster")


def attribute_publishers(archive: Archive) -> pd.DataFrame:
    """List the publishers that reported each incident.

    Parameters
    ----------
    archive
        Uses ``incidents``, ``incident_sources`` and ``sources``.

    Returns
    -------
    DataFrame
        Columns ``incident_id`` and ``publisher_group``, one row per pair in
        the order of ``incident_sources``. An incident stands under every
        publisher with an article on it, primary or corroborating; outlets
        of one house (see `PUBLISHER_HOUSES`) are one publisher.
    """
    rows, groups, names = number_publishers(archive)
    ids = archive.incidents.index.array.take(rows)
    return pd.DataFrame({"incident_id": ids, "publisher_group": names.take(groups)})


def number_publishers(archive: Archive) -> tuple[np.ndarray, np.ndarray, pd.Index]:
    """Give `attribute_publishers` as rows of the incidents and numbers of publishers, with their names."""
    houses = {outlet: house for outlet, house, _ in PUBLISHER_HOUSES}
    outlet, outlets = pd.factorize(archive.sources["publisher"].array)
    # Outlets of one house get one number.
    house, names = pd.factorize(pd.array([houses.get(name, name) for name in outlets], dtype="str"))
    pairs, ids = archive.incident_sources, archive.incidents.index
    incident = find_rows(ids, pairs["incident_id"])
    group = house[outlet][find_rows(archive.sources.index, pairs["source_id"])]
    # By number, each pair once in the order of its first row.
    each = pd.unique(incident[incident >= 0] * len(names) + group[incident >= 0])
    return *np.divmod(each, max(len(names), 1)), names


def select_publisher(
    incidents: pd.DataFrame, attribution: pd.DataFrame, publisher_group: str
) -> pd.DataFrame:
    """Keep the incidents that one publisher reported.

    Parameters
    ----------
    incidents
        Index ``incident_id``.
    attribution
        As `attribute_publishers` gives it.
    publisher_group
        A name of the column ``publisher_group``.

    Returns
    -------
    DataFrame
        Rows of ``incidents`` in their order; none when the publisher
        reported none of them.
    """
    reported = attribution["incident_id"][attribution["publisher_group"] == publisher_group]
    return incidents[incidents.index.isin(reported)]
