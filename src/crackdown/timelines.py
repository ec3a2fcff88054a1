"""Draw incidents over time above the articles held, with dated events."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.path import Path

from crackdown.areas import Areas, Hatch, Lettering, rectangle, write_texts
from crackdown.coverage import OTHERS
from crackdown.graphics import WIDTH, Graphic, Sheet, new_figure
from crackdown.labels import text_width
from crackdown.palette import SERIES, light
from crackdown.wording import name_half_year, say, translate, write_day

LEFT, RIGHT = 30.0, 10.0
HEIGHT = 424.0
# Lower edge and height of each part, in pixels.
EVENTS, INCIDENTS, OUTLETS, ARTICLES = (338.0, 62.0), (214.0, 110.0), (160.0, 36.0), (62.0, 94.0)
EVENT_ROWS, OUTLET_ROWS = 5, 3
EVENT_ROW = 11.0
TICK = 6.0
SIZE, SMALL = 12.0, 10.5
# A range is drawn only where it says more than rounding does.
VISIBLE_RANGE = 0.5


def timeline_of(
    counts: pd.DataFrame,
    articles: pd.DataFrame,
    events: pd.DataFrame,
    *,
    last_covered: pd.Timestamp,
    key: str = "timeline",
) -> Graphic:
    """Chart counts by half-year above articles by publisher, with numbered events.

    Parameters
    ----------
    counts
        As `crackdown.counts.count_periods` returns: index of half-years, `certain`, `expected`,
        `possible`.
    articles
        Same index, a column for each publisher, at most five; `others` last.
    events
        Rows of the timeline table in the order of their numbers: `date_start`, `kind`, `kind_label`,
        `title`.
        Changes at outlets (`media`) stand above the articles, the others above the incidents.
    last_covered
        The last day that the archive covers; a half-year that ends later is hatched.
    key
        Identifier on the page.
    """
    numbered = events.assign(number=range(1, len(events) + 1))
    media = numbered["kind"] == "media"
    figure = new_figure(HEIGHT)
    spans = _spans(counts.index)
    years = spans[0][0], spans[-1][1]

    def part(bottom: float, height: float, top: float) -> Sheet:
        box = (LEFT, bottom, WIDTH - LEFT - RIGHT, height)
        return Sheet(figure, box, xlim=years, ylim=(0.0, top))

    top = max(float(counts["possible"].max()), 1.0)
    titles = draw_incidents(part(*INCIDENTS, 1.02 * top), counts, last_covered=last_covered)
    top = max(float(articles.sum(axis=1).max()), 1.0)
    titles |= draw_articles(part(*ARTICLES, 1.02 * top), articles)
    for where, chosen, rows in ((EVENTS, ~media, EVENT_ROWS), (OUTLETS, media, OUTLET_ROWS)):
        titles |= draw_events(part(*where, TICK + 2 + rows * EVENT_ROW), numbered[chosen], rows=rows)
    _draw_key(figure, list(articles.columns))
    _draw_headings(figure)
    return Graphic(
        figure,
        key=key,
        caption=_caption(counts, last_covered),
        alt=_alt(counts, articles),
        titles=titles,
    )


def draw_incidents(ax: Sheet, counts: pd.DataFrame, *, last_covered: pd.Timestamp) -> dict[str, str]:
    """Draw a bar for each half-year, with a line from certain to possible where they differ.

    Returns
    -------
    What each bar says, by its name.
    """
    spans = _spans(counts.index)
    _draw_scale(ax, years=False)
    bars, titles, thin = {}, {}, set()
    for (left, right), period, row in zip(spans, counts.index, counts.itertuples(), strict=True):
        if row.possible:
            name = f"incidents-{left:.1f}"
            bars[name] = rectangle(left, 0, right, row.expected)
            titles[name] = say(
                "title-half-year",
                half=name_half_year(period),
                expected=f"{row.expected:.1f}",
                certain=str(row.certain),
                possible=str(row.possible),
            )
            thin |= {name} if _ends_after(period, last_covered) else set()
    for hatched in (False, True):
        chosen = {name: path for name, path in bars.items() if (name in thin) == hatched}
        fill = light("page" if hatched else "bar")
        line = (light("bar" if hatched else "page"), 0.7)
        _add_layer(ax, chosen, fill=fill, line=line, hatch=Hatch("bar") if hatched else None)
    ranges = [
        Path([((left + right) / 2, row.certain), ((left + right) / 2, row.possible)])
        for (left, right), row in zip(spans, counts.itertuples(), strict=True)
        if row.possible - row.certain > VISIBLE_RANGE
    ]
    if ranges:
        lines = {"ranges": Path.make_compound_path(*ranges)}
        _add_layer(ax, lines, line=(light("ink"), 1.2))
    return titles


def draw_articles(ax: Sheet, articles: pd.DataFrame) -> dict[str, str]:
    """Draw the articles held by publisher as stacked bars; return what each part says, by its name."""
    spans = _spans(articles.index)
    _draw_scale(ax, years=True)
    base = np.zeros(len(articles))
    titles = {}
    for token, publisher in zip(_tokens(list(articles.columns)), articles.columns, strict=True):
        heights = articles[publisher].to_numpy(dtype=float)
        parts = {}
        for (left, right), period, low, height in zip(
            spans, articles.index, base, heights, strict=True
        ):
            if height > 0:
                name = f"{token}-{left:.1f}"
                parts[name] = rectangle(left, low, right, low + height)
                number = f"{height:.1f}".removesuffix(".0")
                titles[name] = f"{_name_outlet(publisher)}, {name_half_year(period)}: {number}"
        _add_layer(ax, parts, fill=light(token), line=(light("page"), 0.7))
        base += heights
    return titles


def draw_events(ax: Sheet, events: pd.DataFrame, *, rows: int) -> dict[str, str]:
    """Write the number of each event above a tick at its date, as near as there is room.

    Parameters
    ----------
    ax
        Years across, pixels up.
    events
        `number`, `date_start`, `kind_label`, `title`, by date; one that began earlier stands at the edge.
    rows
        Rows of numbers.

    Returns
    -------
    What each event says, by its name.
    """
    span = ax.get_xlim()
    pixel = (span[1] - span[0]) / (WIDTH - LEFT - RIGHT)
    ends = [-np.inf] * rows
    numbers, boxes, ticks, titles = [], {}, [], {}
    for event in events.itertuples():
        at = min(max(_year(event.date_start), span[0]), span[1])
        half = (text_width(str(event.number), SMALL) / 2 + 2.5) * pixel
        best = [min(max(at, end + half), span[1] + RIGHT * pixel - half) for end in ends]
        # The row in which the number stands nearest its date; the lowest of equals.
        row = min(range(rows), key=lambda row: (ends[row] + half > best[row], abs(best[row] - at)))
        x, y = best[row], TICK + 2 + row * EVENT_ROW
        ends[row] = x + half
        name = f"event-{event.number}"
        numbers.append(Lettering(x, y + EVENT_ROW / 2, str(event.number)))
        boxes[name] = rectangle(x - half, y, x + half, y + EVENT_ROW)
        ticks.append(Path([(at, 0), (at, TICK)]))
        titles[name] = f"{event.number}: {translate(event.title)} ({event.kind_label})"
    if ticks:
        # The boxes, in the page's colour, catch the pointer: a number alone is hard to hit.
        _add_layer(ax, boxes, fill=light("page"), line=(light("page"), 0.0))
        _add_layer(ax, {"ticks": Path.make_compound_path(*ticks)}, line=(light("muted"), 1.0))
        write_texts(ax, numbers, size=SMALL)
    return titles


def _add_layer(
    ax: Sheet,
    paths: Mapping[str, Path],
    *,
    fill: str | None = None,
    line: tuple[str, float],
    hatch: Hatch | None = None,
    zorder: float = 2,
) -> None:
    fills = dict.fromkeys(paths, fill) if fill else {}
    layer = Areas(paths, fills=fills, hatch=hatch, line=line)
    layer.set_transform(ax.transData)
    layer.set_zorder(zorder)
    ax.add_artist(layer)


def _tokens(publishers: list[str]) -> list[str]:
    """Give each publisher the colour of its place; `others` always the last."""
    return [
        SERIES[-1] if name == OTHERS else SERIES[place] for place, name in enumerate(publishers)
    ]


def _spans(periods: pd.PeriodIndex) -> list[tuple[float, float]]:
    """Return start and end of each period in years."""
    starts, ends = (_year(days).tolist() for days in (periods.start_time, periods.end_time))
    return list(zip(starts, ends, strict=True))


def _year(day: pd.Timestamp | pd.DatetimeIndex) -> float | pd.Index:
    return day.year + (day.day_of_year - 1) / 365.25


def _draw_scale(ax: Sheet, *, years: bool) -> None:
    """Draw lines at round numbers with the numbers before them, and the years below if wanted."""
    (first, last), (_, top) = ax.get_xlim(), ax.get_ylim()
    levels = np.arange(0, top, _step(top / 1.02))
    lines = [Path([(first, level), (last, level)]) for level in levels]
    _add_layer(ax, {"scale": Path.make_compound_path(*lines)}, line=(light("rule"), 0.8), zorder=1)
    pixel = (last - first) / (WIDTH - LEFT - RIGHT)
    numbers = [Lettering(first - 4 * pixel, level, f"{level:,.0f}", "right") for level in levels]
    write_texts(ax, numbers, size=SIZE, token="muted")
    if years:
        every = 1 if last - first <= 7 else 2 if last - first <= 14 else 5
        foot = -11 * top / ARTICLES[1]
        shown = [year for year in range(round(first), round(last) + 1) if year % every == 0]
        texts = [Lettering(year, foot, str(year)) for year in shown if first <= year <= last]
        write_texts(ax, texts, size=SIZE, token="muted")


def _step(top: float) -> float:
    """Return a round whole step (1, 2 or 5 times a power of ten) that cuts `top` into about four."""
    raw = max(top, 1.0) / 4
    power = 10.0 ** np.floor(np.log10(raw))
    nearest = min((1, 2, 5, 10), key=lambda factor: abs(factor * power - raw))
    return max(1.0, float(power * nearest))


def _draw_key(figure: Figure, publishers: list[str]) -> None:
    """Name the publishers below the articles, each after a patch of its colour, in rows."""
    ax = Sheet(figure, (0, 0, WIDTH, HEIGHT))
    x, y = LEFT, 26.0
    names = []
    for token, publisher in zip(_tokens(publishers), publishers, strict=True):
        label = _name_outlet(publisher)
        needed = 16 + text_width(label, SMALL)
        if x + needed > WIDTH:
            x, y = LEFT, y - 15
        patch = {publisher: rectangle(x, y - 5, x + 12, y + 5)}
        _add_layer(ax, patch, fill=light(token), line=(light("muted"), 0.5))
        names.append(Lettering(x + 16, y, label, "left"))
        x += needed + 8
    write_texts(ax, names, size=SMALL)


def _draw_headings(figure: Figure) -> None:
    headings = {"events-by-number": EVENTS, "incidents": INCIDENTS, "articles-held": OUTLETS}
    texts = [
        Lettering(2, bottom + height + (6 if part is OUTLETS else 10), say(name), "left")
        for name, part in headings.items()
        for bottom, height in [part]
    ]
    write_texts(Sheet(figure, (0, 0, WIDTH, HEIGHT)), texts, size=SIZE, weight="bold")


def _ends_after(period: pd.Period, day: pd.Timestamp) -> bool:
    return period.end_time.normalize() > day


def _caption(counts: pd.DataFrame, last_covered: pd.Timestamp) -> str:
    said = [say("caption-timeline")]
    if _ends_after(counts.index[-1], last_covered):
        said.append(say("timeline-unfinished", day=write_day(last_covered)))
    return " ".join(said)


def _alt(counts: pd.DataFrame, articles: pd.DataFrame) -> str:
    top = counts["expected"].sort_values(ascending=False, kind="stable").head(3)
    most = "; ".join(
        f"{name_half_year(period)}, {number:.0f}" for period, number in top.items() if number
    )
    held = ", ".join(f"{_name_outlet(name)} {number:.0f}" for name, number in articles.sum().items())
    none = [name_half_year(period) for period in counts.index[counts["possible"] == 0]]
    return say(
        "alt-timeline",
        expected=f"{counts['expected'].sum():.0f}",
        first=name_half_year(counts.index[0]),
        last=name_half_year(counts.index[-1]),
        most=most,
        none="; ".join(none) or say("no-half-year"),
        held=held,
    )


def _name_outlet(publisher: str) -> str:
    return say("others") if publisher == OTHERS else publisher
