"""From threat to act: what is on record of the orders of the authorities and their drives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from crackdown.incidents import Archive

# In the order in which a drive unfolds; an incident stands under its main act only.
STAGES = {
    "order": ("order",),
    "deployment": ("deployment",),
    "inspection": ("inspection",),
    "arrest": ("arrest", "investigation"),
    "trial": ("trial",),
    "punishment": ("punishment", "release"),
}
BESIDE = {"assembly": ("assembly",), "shooting": ("shooting",)}

# An order tells and an assembly repeats it: neither carries it out.
WORDS = ("order", "assembly")

ACT = "act on record"
OVERLAP = "act on record, may precede the order"
ASSEMBLY = "only an assembly on record"
NO_ACT = "no act on record"
NO_CAMPAIGN = "order without a campaign"
NO_ORDER = "no order on record"
STANDINGS = (ACT, OVERLAP, ASSEMBLY, NO_ACT, NO_CAMPAIGN)

# Why a negative shortest time is cut at 0.
OPENS = "dates overlap, but the order opens the campaign: the shortest time is 0"
MAY_PRECEDE = "dates overlap, and the act may have come first: the shortest time is cut at 0"

ORDER_COLUMNS = {
    "campaign_id": "str",
    "date_start": "datetime64[us]",
    "date_end": "datetime64[us]",
    "penalty_threatened": object,
    "standing": "str",
    "act_ids": object,
    "first_act_ids": object,
    "days_shortest": "Int64",
    "days_longest": "Int64",
    "assembly_ids": object,
    "aggregate_ids": object,
    "earlier_ids": object,
    "note": "str",
}

# Taken alone, since every row picked from the whole table costs time.
INCIDENT_COLUMNS = [
    *("date_start", "date_end", "action", "campaign_id", "is_aggregate"),
    *("penalty_threatened", "penalty_imposed"),
]


def chain(archive: Archive) -> pd.DataFrame:
    """Follow each campaign from the order to the punishment.

    A campaign holds the incidents whose text says that they belong to it.
    Its counts measure what was reported and coded, never what was done; a
    zero means "none on record". Aggregates stand apart and count nowhere.

    Parameters
    ----------
    archive

    Returns
    -------
    DataFrame
        Index ``campaign_id``, in the order of the table. Columns: ``name``,
        ``date_start``, ``date_end`` (NaT: open or unknown), ``pcode``;
        ``opening_incident`` ("" if not coded or not in this archive);
        ``incidents`` and ``incident_ids``; for each of `STAGES` and
        `BESIDE` the number of incidents with that main act and their
        ``<stage>_ids``; ``aggregates`` and ``aggregate_ids``;
        ``threatened`` and ``imposed`` (penalties named in any of its
        incidents); for the first order (the opening incident if it is one,
        else the earliest by first and last day): ``first_order`` ("" if
        none), ``standing``, ``first_act_ids``, ``days_shortest``,
        ``days_longest`` and ``note`` as in `threat_and_act`. Ids are tuples
        in the order of date.
    """
    incidents = _by_date(archive.incidents)
    orders = threat_and_act(archive)
    rows = [
        _campaign_row(campaign, incidents[incidents["campaign_id"] == campaign.Index], orders)
        for campaign in archive.campaigns.itertuples()
    ]
    table = pd.DataFrame(rows, index=archive.campaigns.index, columns=_chain_columns())
    whole = {column: "Int64" for column in ("days_shortest", "days_longest")}
    counts = ["incidents", "aggregates", *STAGES, *BESIDE]
    return table.astype(whole | dict.fromkeys(counts, "int64"))


def threat_and_act(archive: Archive) -> pd.DataFrame:
    """Put beside each order what is on record of its being carried out.

    An act is any incident of the order's campaign, aggregates apart, whose
    main act is neither an order nor an assembly. It is held to follow the
    order unless its dates lie wholly before; acts on the day of the order
    follow it, and so do acts of overlapping dates if the order is the
    campaign's opening incident, which by the codebook opens the drive.
    Dates are intervals, so the time to the first act is one too: its bounds
    are the extremes over all days that the intervals allow.

    Parameters
    ----------
    archive

    Returns
    -------
    DataFrame
        Index ``incident_id`` of the orders (main act; aggregates left out),
        by date. Columns: ``campaign_id``; ``date_start``, ``date_end``,
        ``penalty_threatened`` of the order; ``standing``, one of
        `STANDINGS`: an act that surely follows, acts that may all precede
        the order, only assemblies, nothing, or no campaign, so that no act
        can be tied to it; ``act_ids`` (acts that follow or
        may follow); ``first_act_ids`` (those that may be the first of
        them); ``days_shortest``, ``days_longest`` (days from the order to
        the first act; NA without an act; where all acts may precede the
        order, on the condition that one follows); ``assembly_ids`` and
        ``aggregate_ids`` (that follow or may follow); ``earlier_ids`` (acts
        that lie wholly before the order); ``note`` (why a negative bound
        was cut at 0).

    Notes
    -----
    "No act on record" is not "no act happened". An act enters only if its
    text names the campaign, so times to the first act are those of the
    record; an unreported act may have come sooner. Orders of one campaign
    share their acts and are not independent.
    """
    incidents = _by_date(archive.incidents)
    orders = incidents[(incidents["action"] == "order") & ~incidents["is_aggregate"]]
    members = dict(tuple(incidents.groupby("campaign_id")))
    opening = set(archive.campaigns["opening_incident"])
    rows = [
        _order_row(order, members[order.campaign_id], order.Index in opening)
        for order in orders.itertuples()
    ]
    table = pd.DataFrame(rows, index=orders.index, columns=list(ORDER_COLUMNS))
    return table.astype(ORDER_COLUMNS)


def penalties(archive: Archive) -> pd.DataFrame:
    """Compare the penalties threatened and imposed in each campaign.

    Returns
    -------
    DataFrame
        One row per campaign and penalty that any of its incidents,
        aggregates apart, threatens or imposes, by campaign and penalty:
        ``campaign_id``, ``penalty``, ``threatened_ids`` and ``imposed_ids``
        (incidents behind each, by date), ``standing`` ("threatened and
        imposed", "threatened, not imposed on record", "imposed, not
        threatened on record").
    """
    incidents = _by_date(archive.incidents)
    incidents = incidents[(incidents["campaign_id"] != "") & ~incidents["is_aggregate"]]
    named = {}
    for column in ("penalty_threatened", "penalty_imposed"):
        long = incidents[["campaign_id", column]].explode(column).dropna().reset_index()
        named[column] = long.groupby(["campaign_id", column])["incident_id"].agg(tuple)
    keys = sorted(set(named["penalty_threatened"].index) | set(named["penalty_imposed"].index))
    rows = []
    for key in keys:
        threatened = named["penalty_threatened"].get(key, ())
        imposed = named["penalty_imposed"].get(key, ())
        standing = "threatened and imposed"
        if not imposed:
            standing = "threatened, not imposed on record"
        elif not threatened:
            standing = "imposed, not threatened on record"
        rows.append((*key, threatened, imposed, standing))
    columns = ["campaign_id", "penalty", "threatened_ids", "imposed_ids", "standing"]
    return pd.DataFrame(rows, columns=columns)


def count_orders(orders: pd.DataFrame) -> dict[str, int | float | tuple[str, ...]]:
    """Sum up the orders of `threat_and_act`.

    Returns
    -------
    dict
        ``orders``; for each of `STANDINGS` its number of orders (they sum to
        ``orders``); ``timed`` (orders that an act surely follows, on which
        the medians rest), ``timed_ids``;
        ``median_shortest`` and ``median_longest``, the medians of the
        shortest and of the longest times in days, between which the median
        time lies; NaN if no order is timed.
    """
    timed = orders[orders["standing"] == ACT]
    standings = orders["standing"].value_counts()
    return {
        "orders": len(orders),
        **{standing: int(standings.get(standing, 0)) for standing in STANDINGS},
        "timed": len(timed),
        "timed_ids": tuple(timed.index),
        "median_shortest": _median(timed["days_shortest"]),
        "median_longest": _median(timed["days_longest"]),
    }


def _campaign_row(campaign, members: pd.DataFrame, orders: pd.DataFrame) -> list:
    """Fill the columns of `chain` for one campaign and its incidents."""
    aggregates = members.index[members["is_aggregate"]]
    members = members[~members["is_aggregate"]]
    opening = campaign.opening_incident
    known = opening in members.index or opening in aggregates
    row = [campaign.name, campaign.date_start, campaign.date_end, campaign.pcode]
    row += [opening if known else "", len(members), tuple(members.index)]
    for actions in (STAGES | BESIDE).values():
        ids = tuple(members.index[members["action"].isin(actions)])
        row += [len(ids), ids]
    row += [len(aggregates), tuple(aggregates)]
    for column in ("penalty_threatened", "penalty_imposed"):
        row.append(tuple(sorted(set().union(*members[column]))))
    own = orders[orders["campaign_id"] == campaign.Index]
    if own.empty:
        return [*row, "", NO_ORDER, (), pd.NA, pd.NA, ""]
    first = own.loc[opening] if opening in own.index else own.iloc[0]
    told = ["standing", "first_act_ids", "days_shortest", "days_longest", "note"]
    return [*row, first.name, *first[told]]


def _chain_columns() -> list[str]:
    stages = [column for stage in STAGES | BESIDE for column in (stage, f"{stage}_ids")]
    return [
        *("name", "date_start", "date_end", "pcode"),
        *("opening_incident", "incidents", "incident_ids"),
        *stages,
        *("aggregates", "aggregate_ids", "threatened", "imposed", "first_order"),
        *("standing", "first_act_ids", "days_shortest", "days_longest", "note"),
    ]


def _order_row(order, members: pd.DataFrame, opens: bool) -> tuple:
    """Fill the columns of `threat_and_act` for one order and its campaign's incidents."""
    head = (order.campaign_id, order.date_start, order.date_end, order.penalty_threatened)
    if not order.campaign_id:
        return (*head, NO_CAMPAIGN, (), (), pd.NA, pd.NA, (), (), (), "")
    before = members["date_end"] < order.date_start
    aggregate, action = members["is_aggregate"], members["action"]
    carries_out = ~action.isin(WORDS) & ~aggregate
    acts = members[carries_out & ~before]
    assemblies = tuple(members.index[(action == "assembly") & ~aggregate & ~before])
    aggregates = tuple(members.index[(action != "order") & aggregate & ~before])
    beside = (assemblies, aggregates, tuple(members.index[carries_out & before]))
    if acts.empty:
        standing = ASSEMBLY if assemblies else NO_ACT
        return (*head, standing, (), (), pd.NA, pd.NA, *beside, "")
    starts, ends = _days(acts["date_start"]), _days(acts["date_end"])
    first, last = _days([order.date_start, order.date_end])
    follows = np.full(len(acts), True) if opens else starts >= last
    note = ""
    if starts.min() < last:
        note = OPENS if opens else MAY_PRECEDE
    # An act that surely follows and has ended before another starts rules the other out.
    latest = ends[follows].min() if follows.any() else ends.max()
    ids = (tuple(acts.index), tuple(acts.index[starts <= latest]))
    times = (max(0, int(starts.min() - last)), _longest_time(first, last, starts, ends, opens))
    standing = ACT if follows.any() else OVERLAP
    return (*head, standing, *ids, *times, *beside, note)


def _longest_time(
    first: int, last: int, starts: np.ndarray, ends: np.ndarray, opens: bool
) -> int:
    """Find the most days from an order to the first of the acts on or after it.

    The order falls on any day from ``first`` to ``last``, each act on any
    day from its start to its end; every act ends on or after ``first``. For
    an order on day d the acts that start from d on must follow it, so the
    first of them comes no later than the earliest end among them; acts that
    start sooner can all have come before. As d grows the time shrinks until
    an act drops out of those that must follow, so only the first day and
    the days just after an act's start need to be tried. If the order opens
    the campaign all acts must follow, and only the first day counts.
    """
    if opens:
        return int(ends.min() - first)
    times = []
    for day in [first, *(starts[(starts >= first) & (starts < last)] + 1)]:
        must_follow = ends[starts >= day]
        times.append((must_follow.min() if must_follow.size else ends.max()) - day)
    return int(max(times))


def _by_date(incidents: pd.DataFrame) -> pd.DataFrame:
    """Sort by first day, last day and id, so that listings do not depend on the file."""
    by_id = incidents[INCIDENT_COLUMNS].sort_index()
    return by_id.sort_values(["date_start", "date_end"], kind="stable")


def _days(dates: pd.Series | Sequence[pd.Timestamp]) -> np.ndarray:
    return np.asarray(dates, dtype="datetime64[D]").astype("int64")


def _median(days: pd.Series) -> float:
    return float(days.median()) if len(days) else float("nan")
