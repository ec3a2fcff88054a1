"""Draw counts over time, by kind and by publisher."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from crackdown.areas import Areas, rectangle
from crackdown.counts import count_periods
from crackdown.coverage import count_articles
from crackdown.graphics import WIDTH, Graphic, Words, figure_style, new_figure
from crackdown.labels import text_width
from crackdown.palette import SERIES, light
from crackdown.selection import Selection
from crackdown.tables import half_years, name_half_year
from crackdown.wording import write_day

NO_INCIDENT = "No incident in this selection, so no chart is drawn."
LEFT, RIGHT = 34.0, 8.0
# A range is drawn only where it says more than rounding does.
VISIBLE_RANGE = 0.5
OTHERS = "others"
EVENT_ROW = 11.5
KEY_SIZE = 10.0


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
    periods = half_years(selection)
    if not len(periods):
        return Words(NO_INCIDENT, key=key)
    events = selection.archive.timeline
    inside = (events["date_end"] >= selection.start) & (events["date_start"] <= selection.end)
    return timeline_of(
        count_periods(selection.incidents, periods),
        count_articles(selection.archive, periods),
        events[inside],
        last_covered=selection.last_covered,
        key=key,
    )


def timeline_of(
    counts: pd.DataFrame,
    articles: pd.DataFrame,
    events: pd.DataFrame,
    *,
    last_covered: pd.Timestamp,
    key: str = "timeline",
) -> Graphic:
    """Chart counts by period above articles by publisher, with numbered events.

    Parameters
    ----------
    counts
        As `crackdown.counts.count_periods` returns: index of periods, `certain`, `expected`,
        `possible`.
    articles
        Same index, a column for each publisher, at most five; `others` last.
    events
        Rows of the timeline table in the order of their numbers: `date_start`, `kind`, `title`.
        Changes at outlets (`media`) stand above the articles, the others above the incidents.
    last_covered
        The last day that the archive covers; a period that ends later is hatched.
    key
        Identifier on the page.
    """
    with figure_style():
        figure, (strip, above, outlets, below) = _timeline_axes()
    titles = _draw_period_bars(above, counts, last_covered)
    titles |= _draw_stacks(below, articles, last_covered)
    numbered = events.assign(number=range(1, len(events) + 1))
    media = numbered["kind"] == "media"
    titles |= _draw_events(strip, numbered[~media], like=above, rows=5)
    titles |= _draw_events(outlets, numbered[media], like=above, rows=1)
    _draw_publisher_key(figure, list(articles.columns))
    return Graphic(figure, key=key, caption=_timeline_caption(counts, last_covered), alt=_timeline_alt(counts, articles), titles=titles)


def _timeline_axes() -> tuple[Figure, tuple[Axes, ...]]:
    """Make the strip of events, the incidents and the articles, on one time axis."""
    height = 400.0
    figure = new_figure(height)
    boxes = {"strip": (318, 68), "above": (206, 112), "outlets": (158, 20), "below": (62, 96)}
    strip, above, outlets, below = (
        figure.add_axes((LEFT / WIDTH, bottom / height, (WIDTH - LEFT - RIGHT) / WIDTH, tall / height))
        for bottom, tall in boxes.values()
    )
    for ax in (strip, outlets):
        ax.set_axis_off()
    for ax in (above, below):
        _plain_axes(ax)
    _write(figure, 386, "Events, by number")
    _write(figure, 322, "Incidents")
    _write(figure, 182, "Articles held")
    return figure, (strip, above, outlets, below)


def _write(figure: Figure, y: float, text: str) -> None:
    height = figure.get_size_inches()[1] * 72
    figure.text(2 / WIDTH, y / height, text, weight="bold", va="bottom", ha="left")


def _plain_axes(ax: Axes) -> None:
    """Leave of an axes its ground line and a light grid."""
    ax.patch.set_visible(False)
    for side in ("left", "right", "top"):
        ax.spines[side].set_visible(False)
    ax.tick_params(length=0, pad=4)
    ax.grid(axis="y", color=light("rule"), linewidth=0.8)
    ax.set_axisbelow(True)


def _draw_period_bars(ax: Axes, counts: pd.DataFrame, last_covered: pd.Timestamp) -> dict[str, str]:
    spans = _spans(counts.index)
    paths, titles = {}, {}
    for (left, right), period, row in zip(spans, counts.index, counts.itertuples(), strict=True):
        if row.possible:
            paths[f"n{left:.2f}"] = rectangle(left, 0, right, row.expected)
            titles[f"n{left:.2f}"] = (
                f"{name_half_year(period)}: {row.expected:.1f} expected, {row.certain} certain, {row.possible} possible"
            )
    thin = frozenset(
        f"n{left:.2f}" for (left, _), period in zip(spans, counts.index, strict=True) if period.end_time > last_covered
    )
    fills = dict.fromkeys(paths, light("bar")) | dict.fromkeys(thin, light("page"))
    _add_layer(ax, paths, fills, thin)
    _draw_ranges(ax, counts, spans)
    _limit(ax, spans, counts["possible"].max())
    ax.tick_params(labelbottom=False)
    return titles


def _draw_ranges(ax: Axes, counts: pd.DataFrame, spans: list[tuple[float, float]]) -> None:
    rows = [
        ((left + right) / 2, row.certain, row.possible)
        for (left, right), row in zip(spans, counts.itertuples(), strict=True)
        if row.possible - row.certain > VISIBLE_RANGE
    ]
    if rows:
        x, low, high = zip(*rows, strict=True)
        ax.vlines(x, low, high, color=light("ink"), linewidth=1.2, zorder=3, clip_on=False)


def _draw_stacks(ax: Axes, articles: pd.DataFrame, last_covered: pd.Timestamp) -> dict[str, str]:
    spans = _spans(articles.index)
    base = np.zeros(len(articles))
    titles = {}
    for token, publisher in zip(_tokens(articles.columns), articles.columns, strict=True):
        heights = articles[publisher].to_numpy(dtype=float)
        paths = {}
        for (left, right), period, start, height in zip(spans, articles.index, base, heights, strict=True):
            if height > 0:
                name = f"{token}-{left:.2f}"
                paths[name] = rectangle(left, start, right, start + height)
                titles[name] = f"{publisher}, {name_half_year(period)}: {height:.1f}".removesuffix(".0")
        _add_layer(ax, paths, dict.fromkeys(paths, light(token)), frozenset())
        base += heights
    _limit(ax, spans, base.max())
    return titles


def _tokens(publishers: pd.Index) -> list[str]:
    """Give each publisher a colour by its place; `others` always the last."""
    return [SERIES[-1] if name == OTHERS else SERIES[number] for number, name in enumerate(publishers)]


def _add_layer(ax: Axes, paths: Mapping, fills: Mapping[str, str], hatched: frozenset[str]) -> None:
    layer = Areas(paths, fills=fills, hatched=hatched, line=(light("page"), 0.7))
    layer.set_transform(ax.transData)
    layer.set_zorder(2)
    ax.add_artist(layer)


def _spans(periods: pd.PeriodIndex) -> list[tuple[float, float]]:
    """Return start and end of each period in years."""
    return [(_year(period.start_time), _year(period.end_time)) for period in periods]


def _year(day: pd.Timestamp) -> float:
    return day.year + (day.dayofyear - 1) / 365.25


def _limit(ax: Axes, spans: list[tuple[float, float]], top: float) -> None:
    first, last = spans[0][0], spans[-1][1]
    ax.set_xlim(first, last)
    step = _step(top, 4)
    ax.set_ylim(0, max(top, 1) * 1.02)
    ax.set_yticks(np.arange(0, top + step / 2, step))
    years = last - first
    every = 1 if years <= 6 else 2 if years <= 12 else 5
    ax.set_xticks([year for year in range(int(first), int(last) + 1) if year % every == 0 and first <= year <= last])
    ax.xaxis.set_major_formatter("{x:.0f}")


def _step(top: float, parts: int) -> float:
    """Return a round step (1, 2 or 5 times a power of ten) that cuts `top` into about `parts`."""
    raw = max(top, 1) / parts
    power = 10.0 ** np.floor(np.log10(raw))
    return max(1.0, float(power * min((1, 2, 5, 10), key=lambda factor: abs(factor * power - raw))))


def _draw_events(ax: Axes, events: pd.DataFrame, *, like: Axes, rows: int) -> dict[str, str]:
    """Write the number of each event near its date, in the first row with room, over a tick.

    The number may stand a little off its date; a line leads to the tick at the date.
    """
    ax.set_xlim(like.get_xlim())
    ax.set_ylim(0, rows * EVENT_ROW + 8)
    width = like.get_xlim()[1] - like.get_xlim()[0]
    digit = width * 8.0 / (WIDTH - LEFT - RIGHT)
    ends = [-np.inf] * rows
    titles = {}
    for event in events.itertuples():
        at = min(max(_year(event.date_start), like.get_xlim()[0]), like.get_xlim()[1])
        half = digit * len(str(event.number)) / 2 + digit * 0.25
        free = [row for row in range(rows) if ends[row] <= at - half]
        row = free[0] if free else int(np.argmin(ends))
        x = max(at, ends[row] + half)
        ends[row] = x + half
        y = 8 + row * EVENT_ROW
        name = f"event-{event.number}"
        ax.plot([at, at], [0, 6], color=light("muted"), linewidth=1.0, clip_on=False)
        ax.text(x, y, str(event.number), size=10, ha="center", va="bottom", gid=name, color=light("ink"))
        titles[name] = f"{event.number}: {event.title} ({event.kind})"
    return titles


def _draw_publisher_key(figure: Figure, publishers: list[str]) -> None:
    """Name the publishers below the articles, each after a patch of its colour, in rows."""
    ax = figure.add_axes((0, 0, 1, 1), zorder=-1)
    ax.set_axis_off()
    ax.set_xlim(0, WIDTH)
    ax.set_ylim(0, figure.get_size_inches()[1] * 72)
    x, y = LEFT, 18.0
    paths, fills = {}, {}
    for token, name in zip(_tokens(publishers), publishers, strict=True):
        needed = 18 + text_width(name, KEY_SIZE) + 10
        if x + needed > WIDTH:
            x, y = LEFT, y - 15
        paths[name] = rectangle(x, y - 1, x + 12, y + 8)
        fills[name] = light(token)
        ax.text(x + 17, y, name, size=KEY_SIZE, va="baseline", ha="left")
        x += needed
    layer = Areas(paths, fills=fills, line=(light("muted"), 0.5))
    layer.set_transform(ax.transData)
    ax.add_artist(layer)


def _timeline_caption(counts: pd.DataFrame, last_covered: pd.Timestamp) -> str:
    unfinished = counts.index[-1].end_time > last_covered
    return (
        "Top: dated events by number, as in the table of events. Middle: incidents by half-year; the bar "
        "is the expected number, the line runs from the certain to the possible number where they differ. "
        "Below: articles held, by outlet, on the same time axis, with changes at the outlets above them. "
        "Both rise and fall together, so the bars measure reporting."
        + (f" Hatched: not covered to its end (articles until {write_day(last_covered)})." if unfinished else "")
    )


def _timeline_alt(counts: pd.DataFrame, articles: pd.DataFrame) -> str:
    top = counts["expected"].sort_values(ascending=False, kind="stable").head(3)
    largest = "; ".join(f"{name_half_year(period)} with {number:.0f}" for period, number in top.items())
    held = ", ".join(f"{name} {number:.0f}" for name, number in articles.sum().items())
    none = int((counts["possible"] == 0).sum())
    return (
        f"Incidents by half-year above the articles held. {counts['expected'].sum():.0f} incidents expected in "
        f"{len(counts)} half-years from {name_half_year(counts.index[0])} to {name_half_year(counts.index[-1])}. "
        f"Most: {largest}. Half-years with none recorded: {none}. Articles held: {held}."
    )
