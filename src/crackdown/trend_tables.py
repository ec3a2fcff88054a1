"""Tables of what changes: shifts between two periods, campaigns, penalties, money."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from crackdown.campaigns import (
    ACT,
    ASSEMBLY,
    NO_ACT,
    NO_CAMPAIGN,
    OVERLAP,
    STAGES,
    chain,
    count_orders,
    penalties,
    threat_and_act,
)
from crackdown.comparisons import Comparison
from crackdown.findings import name_property, rest_on, say_left_out
from crackdown.hypertext import Html, mark_coded, render
from crackdown.links import filter_rows, write_period
from crackdown.rows import find_listed
from crackdown.selection import Selection, unless_empty
from crackdown.table import Table, link
from crackdown.wording import (
    label_values,
    say,
    say_code,
    sentence_case,
    translate,
    write_interval,
    write_money,
    write_range,
)


@unless_empty
def table_shifts(selection: Selection) -> Table | Html:
    """Tabulate the shares of offences, acts and provinces in both periods.

    A row stands for a property in the reports of one publisher that holds
    enough; what publishers agree on stands in the last column.
    """
    shifts = selection.shifts
    before, after = say("head-before"), say("head-after")
    rows, links = [], {before: [], after: []}
    for key, comparisons in (shifts.alone if shifts else {}).items():
        together = say_verdict(shifts.agreements[key].verdict)
        for one in comparisons:
            if one.verdict != "too_few":
                rows.append((name_property(selection, key), one.publisher, *_share_cells(one), together))
                for name, period in ((before, shifts.before), (after, shifts.after)):
                    held = rest_on([one.publisher], key)
                    links[name].append(filter_rows(when=write_period(*period), **held))
    if not rows:
        return Html(render("empty.html.j2", text=say("finding-too-few")))
    columns = ["what", "publisher", "before", "after", "points", "alone", "together"]
    columns = [say("filter-publisher" if one == "publisher" else f"head-{one}") for one in columns]
    return Table(
        pd.DataFrame(rows, columns=columns).set_index(columns[0]),
        key="shifts",
        caption=say(
            "caption-shifts",
            before=write_interval(*shifts.before),
            after=write_interval(*shifts.after),
        ),
        note=" ".join([say("note-shifts"), *say_left_out(shifts)]),
        formats={before: "{:.0%}", after: "{:.0%}"},
        links=links,
    )


def table_campaigns(selection: Selection) -> Table | Html:
    """Tabulate each campaign from order to punishment, with the incidents behind it."""
    drives = chain(selection.narrowed)
    drives = drives[drives["incidents"] > 0]
    if drives.empty:
        return Html(render("empty.html.j2", text=say("no-campaign")))
    listed = find_listed(selection)
    labels = label_values(selection.archive.codebook, "incidents", "action")
    stages = {stage: sentence_case(labels[stage]) for stage in STAGES}
    frame = pd.DataFrame(
        {
            say("head-when"): [_open_interval(row.date_start, row.date_end) for row in drives.itertuples()],
            **{head: [link(ids, listed) for ids in drives[f"{stage}_ids"]] for stage, head in stages.items()},
            say("head-days"): [_days(row) for row in drives.itertuples()],
            say("head-standing"): [say_code("standing-", one) for one in drives["standing"]],
        },
        index=pd.Index(
            [_name_campaign(name, key) for key, name in drives["name"].items()],
            name=say("head-campaign"),
        ),
    )
    return Table(
        frame,
        key="campaigns",
        caption=say("caption-campaigns"),
        note=say("note-campaigns"),
        markup=tuple(stages.values()),
    )


def orders_on_record(selection: Selection) -> Html:
    """Say how many orders have an act on record, and list those that have none."""
    orders = threat_and_act(selection.narrowed)
    if orders.empty:
        return Html(render("empty.html.j2", text=say("no-order")))
    counts = count_orders(orders)
    none = orders.index[orders["standing"] == NO_ACT]
    text = say(
        "orders",
        orders=counts["orders"],
        acts=counts[ACT] + counts[OVERLAP],
        assemblies=counts[ASSEMBLY],
        none=counts[NO_ACT],
        alone=counts[NO_CAMPAIGN],
    )
    times = ""
    if counts["timed"]:
        times = say(
            "order-times",
            timed=counts["timed"],
            shortest=counts["median_shortest"],
            longest=counts["median_longest"],
        )
    named = Markup(link(none, find_listed(selection), count=False))
    return Html(render("orders.html.j2", text=text, times=times, named=named, heading=say("orders-none")))


def table_penalties(selection: Selection) -> Table | Html:
    """Set the penalties threatened in a campaign against those imposed in it."""
    rows = penalties(selection.narrowed)
    if rows.empty:
        return Html(render("empty.html.j2", text=say("no-penalty")))
    listed = find_listed(selection)
    labels = label_values(selection.archive.codebook, "incidents", "penalty_imposed")
    names = selection.archive.campaigns["name"]
    threatened, imposed = say("head-threatened"), say("head-imposed")
    frame = pd.DataFrame(
        {
            say("head-penalty"): [sentence_case(labels[name]) for name in rows["penalty"]],
            threatened: [link(ids, listed) for ids in rows["threatened_ids"]],
            imposed: [link(ids, listed) for ids in rows["imposed_ids"]],
            say("head-standing"): [say_code("standing-", one) for one in rows["standing"]],
        },
        index=pd.Index(
            [_name_campaign(names[key], key) for key in rows["campaign_id"]],
            name=say("head-campaign"),
        ),
    )
    return Table(
        frame,
        key="penalties",
        caption=say("caption-penalties"),
        note=say("note-penalties"),
        markup=(threatened, imposed),
    )


def table_money(selection: Selection) -> Table | Html:
    """List every sum of money that the incidents mention, one row each."""
    amounts = selection.narrowed.amounts
    if amounts.empty:
        return Html(render("empty.html.j2", text=say("no-money")))
    listed = find_listed(selection)
    codebook = selection.archive.codebook
    kinds, units = (label_values(codebook, "amounts", name) for name in ("kind", "unit"))
    acts = selection.archive.incidents.loc[amounts["incident_id"]]
    note, incident = say("head-note"), say("head-incident")
    frame = pd.DataFrame(
        {
            say("head-when"): [write_interval(a, b) for a, b in zip(acts["date_start"], acts["date_end"])],
            say("head-amount"): [write_money(*row) for row in amounts[["low", "high", "currency"]].to_numpy()],
            say("head-unit"): amounts["unit"].map(units).to_list(),
            note: [mark_coded(one) for one in amounts["note"]],
            incident: [link((one,), listed, count=False) for one in amounts["incident_id"]],
        },
        index=pd.Index(amounts["kind"].map(kinds).map(sentence_case), name=say("head-kind")),
    )
    return Table(
        frame,
        key="money",
        caption=say("caption-money", count=len(frame)),
        note=say("note-money"),
        markup=(note, incident),
    )


def write_points(one: Comparison) -> str:
    """Write a difference of shares with its interval, in points."""
    points = say("points", estimate=one.estimate * 100, low=one.low * 100, high=one.high * 100)
    # A hyphen would begin a formula in a spreadsheet.
    return points.replace("-", "\N{MINUS SIGN}")


def say_verdict(verdict: str) -> str:
    """Word a verdict of one publisher or of several together."""
    return say_code("verdict-", verdict)


def _name_campaign(name: str, campaign_id: str) -> str:
    return translate(name) or say("campaign-unnamed", campaign=campaign_id)


def _share_cells(one: Comparison) -> tuple[float, float, str, str]:
    before, after = (held / cell for held, cell in zip(one.holders, one.cells, strict=True))
    return before, after, write_points(one), say_verdict(one.verdict)


def _days(row) -> str:
    if pd.isna(row.days_longest):
        return ""
    if row.days_shortest == row.days_longest:
        return f"{row.days_longest}"
    return write_range(row.days_shortest, row.days_longest)


def _open_interval(start: pd.Timestamp, end: pd.Timestamp) -> str:
    if pd.isna(end):
        return say("since", day=write_interval(start, start))
    return write_interval(start, end)
