"""Chart counts over time, by kind and by publisher."""

from collections.abc import Sequence

import pandas as pd

from crackdown.amounts import draw_amounts, say_money
from crackdown.bars import SIZE, draw_bars, draw_intervals, new_rows, round_ticks
from crackdown.counts import count_values
from crackdown.findings import name_property, say_left_out
from crackdown.graphics import Graphic, Words
from crackdown.labels import text_width
from crackdown.selection import Selection
from crackdown.timelines import timeline_of
from crackdown.wording import label_values, say, write_interval, write_range


def chart_timeline(selection: Selection, *, key: str = "timeline") -> Graphic | Words:
    """Chart incidents by half-year above the articles held, with dated events.

    Parameters
    ----------
    selection
        The incidents, their archive and their period.
    key
        Identifier on the page.

    Returns
    -------
    The figure; words when there is no incident. Events carry the numbers of
    `crackdown.tables.table_events`.
    """
    if selection.incidents.empty:
        return Words(say("chart-no-incident"), key=key)
    events = selection.archive.timeline
    events = events.assign(kind_label=events["kind"].map(label_values(selection.archive.codebook, "timeline", "kind")))
    inside = (events["date_end"] >= selection.start) & (events["date_start"] <= selection.end)
    return timeline_of(
        *selection.half_years,
        events[inside],
        last_covered=selection.last_covered,
        key=key,
    )


def chart_bars(
    numbers: pd.Series, *, key: str, caption: str, what: str, none_recorded: Sequence[str] = ()
) -> Graphic | Words:
    """Chart numbers by kind as horizontal bars.

    Parameters
    ----------
    numbers
        Whole numbers, indexed by what to write before each bar, in the order to be read.
    key
        Identifier on the page.
    caption
        Caption.
    what
        What is counted and by what, for the alternative text, such as "incidents by offence".
    none_recorded
        Kinds without a number, named in the alternative text.

    Returns
    -------
    The figure; words when there is no number above nought.
    """
    numbers = numbers[numbers > 0]
    if numbers.empty:
        return Words(say("chart-no-incident"), key=key)
    rows = new_rows(
        [str(name) for name in numbers.index], room=text_width(f"{numbers.max():,}", SIZE) + 6
    )
    draw_bars(rows, numbers)
    top = numbers.sort_values(ascending=False, kind="stable").head(3)
    most = ", ".join(f"{name} {number:,}" for name, number in top.items())
    said = [say("alt-bars", what=what, count=len(numbers), most=most)]
    said += [say("alt-none-recorded", names=", ".join(none_recorded))] if none_recorded else []
    return Graphic(
        rows.ax.figure,
        key=key,
        caption=caption,
        alt=" ".join(said),
        titles={str(name): f"{name}: {number:,}" for name, number in numbers.items()},
    )


def chart_offences(selection: Selection, *, key: str = "offences") -> Graphic | Words:
    """Chart the incidents by what they are aimed at, most first.

    Returns
    -------
    The figure; words when there is no incident. An incident aimed at two things counts in both
    bars, so that the bars add up to more than the incidents; the caption says so.
    """
    labels = label_values(selection.archive.codebook, "incidents", "offences")
    counted = count_values(selection.incidents, "offences")
    return chart_bars(
        counted.rename(labels),
        key=key,
        caption=say("caption-offences", sum=int(counted.sum()), incidents=len(selection.incidents)),
        what=say("what-offences"),
        none_recorded=[label for value, label in labels.items() if value not in counted.index],
    )


def chart_intervals(
    frame: pd.DataFrame,
    *,
    key: str,
    caption: str,
    what: str,
    reference: float,
    log: bool = False,
) -> Graphic | Words:
    """Chart estimates with their intervals, one row each, against a reference.

    Parameters
    ----------
    frame
        `estimate`, `low`, `high`, indexed by what to write before each row. A row without an
        estimate says that there are too few to say.
    key, caption
        As for `chart_bars`.
    what
        What is estimated, for the alternative text.
    reference
        The value of no difference: 0 for differences, 1 for ratios.
    log
        Whether the scale is logarithmic, as ratios need.

    Returns
    -------
    The figure; words when no row has an estimate.
    """
    known = frame[frame["estimate"].notna()]
    if known.empty:
        return Words(say("chart-too-few", what=what), key=key)
    rows = new_rows([str(name) for name in frame.index], room=10, above=4, below=24)
    values = frame[["estimate", "low", "high"]]
    draw_intervals(
        rows, values, reference=reference, ticks=round_ticks(known, reference, log=log), log=log
    )
    said = {
        str(name): f"{name}: {row.estimate:.2f} ({write_range(f'{row.low:.2f}', f'{row.high:.2f}')})"
        for name, row in known.iterrows()
    }
    few = [str(name) for name in frame.index if name not in known.index]
    without = [say("chart-too-few", what=", ".join(few))] if few else []
    return Graphic(
        rows.ax.figure,
        key=key,
        caption=caption,
        alt=" ".join([
            say("alt-intervals", what=what, reference=f"{reference:g}", estimates="; ".join(said.values())),
            *without,
        ]),
        titles=said | {f"{name}-range": text for name, text in said.items()},
    )


def chart_amounts(selection: Selection, *, key: str = "amounts") -> Graphic | Words:
    """Chart the money mentioned in the incidents, one mark for each value.

    Returns
    -------
    The figure with a panel for each currency; words when no money is mentioned. Values stand at
    the middle of their incident's date interval. There is no line through them: they are single
    reports of different things, not a series.
    """
    incidents = selection.incidents
    amounts = selection.archive.amounts
    amounts = amounts[amounts["incident_id"].isin(incidents.index)].reset_index(drop=True)
    if amounts.empty:
        return Words(say("chart-no-money"), key=key)
    start = amounts["incident_id"].map(incidents["date_start"])
    end = amounts["incident_id"].map(incidents["date_end"])
    codebook = selection.archive.codebook
    amounts = amounts.assign(
        date=start + (end - start) / 2,
        kind_label=amounts["kind"].map(label_values(codebook, "amounts", "kind")),
        unit_label=amounts["unit"].map(label_values(codebook, "amounts", "unit")),
    )
    amounts["title"] = [_say_amount(row) for row in amounts.itertuples()]
    figure, titles = draw_amounts(amounts)
    by_kind = amounts["kind_label"].value_counts()
    kinds = ", ".join(f"{kind} {number}" for kind, number in by_kind.items())
    top = amounts.loc[amounts.groupby("currency")["high"].idxmax(), "title"]
    return Graphic(
        figure,
        key=key,
        caption=say("caption-amounts"),
        alt=say("alt-amounts", count=len(amounts), kinds=kinds, largest="; ".join(top)),
        titles=titles,
    )


def _say_amount(row) -> str:
    low, high = say_money(row.low), say_money(row.high)
    number = low if row.low == row.high else write_range(low, high)
    return f"{row.kind_label}, {row.unit_label}: {number} {row.currency} ({row.incident_id})"


def chart_shifts(selection: Selection, *, key: str = "shift-chart") -> Graphic | Words:
    """Chart how shares differ between two periods, for what two publishers hold enough of.

    Returns
    -------
    The figure, in points of a share, one row for each property and publisher; words when
    nothing can be compared in two publishers.
    """
    shifts = selection.shifts
    rows = {}
    for property_, comparisons in (shifts.shares if shifts else {}).items():
        if shifts.agreements[property_].verdict == "too_few":
            continue
        for one in comparisons:
            if one.verdict != "too_few":
                name = f"{name_property(selection, property_)}, {one.publisher}"
                rows[name] = [100 * value for value in (one.estimate, one.low, one.high)]
    if not rows:
        return Words(say("finding-too-few"), key=key)
    return chart_intervals(
        pd.DataFrame.from_dict(rows, orient="index", columns=["estimate", "low", "high"]),
        key=key,
        caption=" ".join([
            say(
                "caption-shift-chart",
                before=write_interval(*shifts.before),
                after=write_interval(*shifts.after),
            ),
            *say_left_out(shifts),
        ]),
        what=say("what-shifts"),
        reference=0,
    )
