"""Tables of what changes: shifts between two periods, campaigns, penalties, money."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from crackdown.campaigns import STAGES, chain, count_orders, penalties, threat_and_act
from crackdown.comparisons import Comparison
from crackdown.findings import AGREED, name_property, rest_on, say_left_out
from crackdown.hypertext import Html, render
from crackdown.links import filter_rows, write_period
from crackdown.rows import find_listed
from crackdown.selection import Selection, unless_empty
from crackdown.table import Table, link
from crackdown.wording import say, sentence_case, write_interval, write_money

#: Shown of two publishers' agreement or of one publisher's own shift.
VERDICTS = {
    "larger_share": "larger share",
    "smaller_share": "smaller share",
    "no_clear_difference": "no clear difference",
    "too_few": "too few",
}


@unless_empty
def table_shifts(selection: Selection) -> Table | Html:
    """Tabulate the shares of offences, acts and provinces in both periods.

    A row stands for a property in the reports of one publisher that holds
    enough; what publishers agree on stands in the last column.
    """
    shifts = selection.shifts
    rows, links = [], {"Before": [], "After": []}
    for key, comparisons in (shifts.alone if shifts else {}).items():
        agreed = shifts.agreements[key].verdict
        together = agreed.replace("_", " ") if agreed in AGREED else VERDICTS.get(agreed, agreed)
        for one in comparisons:
            if one.verdict != "too_few":
                rows.append((name_property(selection, key), one.publisher, *_share_cells(one), together))
                for name, period in (("Before", shifts.before), ("After", shifts.after)):
                    held = rest_on([one.publisher], key)
                    links[name].append(filter_rows(when=write_period(*period), **held))
    if not rows:
        return Html(render("empty.html.j2", text=say("finding-too-few")))
    columns = ["What", "Publisher", "Before", "After", "Difference in points", "Alone", "Together"]
    return Table(
        pd.DataFrame(rows, columns=columns).set_index("What"),
        key="shifts",
        caption=say(
            "caption-shifts",
            before=write_interval(*shifts.before),
            after=write_interval(*shifts.after),
        ),
        note=" ".join([say("note-shifts"), *say_left_out(shifts)]),
        formats={"Before": "{:.0%}", "After": "{:.0%}"},
        links=links,
    )


def table_campaigns(selection: Selection) -> Table | Html:
    """Tabulate each campaign from order to punishment, with the incidents behind it."""
    drives = chain(selection.narrowed)
    drives = drives[drives["incidents"] > 0]
    if drives.empty:
        return Html(render("empty.html.j2", text=say("no-campaign")))
    listed = find_listed(selection)
    frame = pd.DataFrame(
        {
            "When": [_open_interval(row.date_start, row.date_end) for row in drives.itertuples()],
            **{
                sentence_case(stage): [link(ids, listed) for ids in drives[f"{stage}_ids"]]
                for stage in STAGES
            },
            "Order to first act, days": [_days(row) for row in drives.itertuples()],
            "Standing": drives["standing"].to_list(),
        },
        index=pd.Index(
            [name or say("campaign-unnamed", campaign=key) for key, name in drives["name"].items()],
            name="Campaign",
        ),
    )
    return Table(
        frame,
        key="campaigns",
        caption=say("caption-campaigns"),
        note=say("note-campaigns"),
        markup=tuple(map(sentence_case, STAGES)),
    )


def orders_on_record(selection: Selection) -> Html:
    """Say how many orders have an act on record, and list those that have none."""
    orders = threat_and_act(selection.narrowed)
    if orders.empty:
        return Html(render("empty.html.j2", text=say("no-order")))
    counts = count_orders(orders)
    none = orders.index[orders["standing"] == "no act on record"]
    text = say(
        "orders",
        orders=counts["orders"],
        acts=counts["act on record"] + counts["act on record, may precede the order"],
        assemblies=counts["only an assembly on record"],
        none=counts["no act on record"],
        alone=counts["order without a campaign"],
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
    return Html(render("orders.html.j2", text=text, times=times, none=named, heading=say("orders-none")))


def table_penalties(selection: Selection) -> Table | Html:
    """Set the penalties threatened in a campaign against those imposed in it."""
    rows = penalties(selection.narrowed)
    if rows.empty:
        return Html(render("empty.html.j2", text=say("no-penalty")))
    listed = find_listed(selection)
    labels = selection.archive.codebook.labels("incidents", "penalty_imposed")
    names = selection.archive.campaigns["name"]
    frame = pd.DataFrame(
        {
            "Penalty": [sentence_case(labels[name]) for name in rows["penalty"]],
            "Threatened in": [link(ids, listed) for ids in rows["threatened_ids"]],
            "Imposed in": [link(ids, listed) for ids in rows["imposed_ids"]],
            "Standing": rows["standing"].to_list(),
        },
        index=pd.Index(
            [names[key] or say("campaign-unnamed", campaign=key) for key in rows["campaign_id"]],
            name="Campaign",
        ),
    )
    return Table(
        frame,
        key="penalties",
        caption=say("caption-penalties"),
        note=say("note-penalties"),
        markup=("Threatened in", "Imposed in"),
    )


def table_money(selection: Selection) -> Table | Html:
    """List every sum of money that the incidents mention, one row each."""
    amounts = selection.narrowed.amounts
    if amounts.empty:
        return Html(render("empty.html.j2", text=say("no-money")))
    listed = find_listed(selection)
    codebook = selection.archive.codebook
    kinds, units = (codebook.labels("amounts", name) for name in ("kind", "unit"))
    acts = selection.archive.incidents.loc[amounts["incident_id"]]
    frame = pd.DataFrame(
        {
            "When": [write_interval(a, b) for a, b in zip(acts["date_start"], acts["date_end"])],
            "Amount": [write_money(*row) for row in amounts[["low", "high", "currency"]].to_numpy()],
            "Unit": amounts["unit"].map(units).to_list(),
            "Note": amounts["note"].to_list(),
            "Incident": [link((one,), listed, count=False) for one in amounts["incident_id"]],
        },
        index=pd.Index(amounts["kind"].map(kinds).map(sentence_case), name="Kind"),
    )
    return Table(
        frame,
        key="money",
        caption=say("caption-money", count=len(frame)),
        note=say("note-money"),
        markup=("Incident",),
    )


def write_points(one: Comparison) -> str:
    """Write a difference of shares with its interval, in points."""
    points = say("points", estimate=one.estimate * 100, low=one.low * 100, high=one.high * 100)
    # A hyphen would begin a formula in a spreadsheet.
    return points.replace("-", "\N{MINUS SIGN}")


def _share_cells(one: Comparison) -> tuple[float, float, str, str]:
    before, after = (held / cell for held, cell in zip(one.holders, one.cells, strict=True))
    return before, after, write_points(one), VERDICTS[one.verdict]


def _days(row) -> str:
    if pd.isna(row.days_longest):
        return ""
    if row.days_shortest == row.days_longest:
        return f"{row.days_longest}"
    return f"{row.days_shortest} to {row.days_longest}"


def _open_interval(start: pd.Timestamp, end: pd.Timestamp) -> str:
    if pd.isna(end):
        return say("since", day=write_interval(start, start))
    return write_interval(start, end)
