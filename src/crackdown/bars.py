"""Draw bars and dots for a few named rows: counts by kind, estimates with their intervals."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.path import Path

from crackdown.areas import Areas, Lettering, rectangle, write_texts
from crackdown.graphics import WIDTH, Sheet, new_figure
from crackdown.labels import text_width
from crackdown.palette import light
from crackdown.wording import say

SIZE = 12.0
ROW = 22.0
EDGE = 6.0
DOT = 4.5


class Rows(NamedTuple):
    """Hold the axes of a row chart in pixels, and where its parts stand.

    Attributes
    ----------
    ax
        The whole figure, in pixels from its lower left.
    left, right
        Where values may be drawn.
    middles
        Height of the middle of each row, from the first down.
    """

    ax: Sheet
    left: float
    right: float
    middles: np.ndarray


def new_rows(names: list[str], *, room: float, above: float = 0.0, below: float = 0.0) -> Rows:
    """Make a figure with one row for each name, the name right-aligned before its row.

    Parameters
    ----------
    names
        From the first row down.
    room
        Pixels kept free after the values, for numbers.
    above, below
        Pixels kept free over and under the rows.
    """
    left = EDGE + max(text_width(name, SIZE) for name in names) + 8
    height = above + ROW * len(names) + below
    ax = Sheet(new_figure(height), (0, 0, WIDTH, height))
    middles = height - above - ROW * (np.arange(len(names)) + 0.5)
    texts = [Lettering(left - 8, y, name, "right") for name, y in zip(names, middles, strict=True)]
    write_texts(ax, texts, size=SIZE)
    return Rows(ax, left, WIDTH - EDGE - room, middles)


def draw_shapes(
    ax: Axes | Sheet, paths: Mapping[str, Path], *, token: str, filled: bool = True, width: float = 0.0
) -> Axes | Sheet:
    """Draw named shapes of one colour at data coordinates, filled or as lines of a width."""
    fills = dict.fromkeys(paths, light(token)) if filled else {}
    line = (light("page") if filled else light(token), width)
    layer = Areas(paths, fills=fills, line=line)
    layer.set_transform(ax.transData)
    layer.set_zorder(2 if filled else 1.5)
    ax.add_artist(layer)
    return ax


def draw_bars(rows: Rows, numbers: pd.Series) -> Sheet:
    """Draw a bar for each number on one scale from zero, with the number at its end."""
    scale = (rows.right - rows.left) / max(float(numbers.max()), 1.0)
    bars, ends = {}, []
    for name, number, y in zip(numbers.index, numbers, rows.middles, strict=True):
        end = rows.left + number * scale
        bars[str(name)] = rectangle(rows.left, y - 7, end, y + 7)
        ends.append(Lettering(end + 5, y, f"{number:,}", "left"))
    draw_shapes(rows.ax, bars, token="bar")
    return write_texts(rows.ax, ends, size=SIZE)


def draw_intervals(
    rows: Rows, frame: pd.DataFrame, *, reference: float, ticks: Mapping[float, str], log: bool
) -> Sheet:
    """Draw a dot with its interval for each row, and a vertical line at a reference.

    Parameters
    ----------
    rows
        From `new_rows`, with room below for the scale.
    frame
        `estimate`, `low`, `high`, in the order of the rows; a row without estimate
        says that it rests on too few. An infinite end is drawn to the edge.
    reference
        Where the line stands.
    ticks
        What to write at which value.
    log
        Whether the scale is logarithmic.
    """
    values = frame.to_numpy(dtype=float)
    # A ratio of nought lies infinitely far to the left on a logarithmic scale.
    with np.errstate(divide="ignore"):
        places = np.log(values) if log else values
        marks = {value: float(np.log(value) if log else value) for value in [*ticks, reference]}
    finite = [*places[np.isfinite(places)], *marks.values()]
    start, width = min(finite), max(max(finite) - min(finite), 1e-9)

    def across(place: float) -> float:
        return rows.left + float(np.clip((place - start) / width, 0, 1)) * (rows.right - rows.left)

    foot, head = rows.middles[-1] - ROW / 2, rows.middles[0] + ROW / 2
    for value in ticks:
        grid = {"tick": Path([(across(marks[value]), foot), (across(marks[value]), head)])}
        draw_shapes(rows.ax, grid, token="rule", filled=False, width=0.8)
    numbers = [Lettering(across(marks[value]), foot - 10, text) for value, text in ticks.items()]
    write_texts(rows.ax, numbers, size=SIZE, token="muted")
    line = {"reference": Path([(across(marks[reference]), foot), (across(marks[reference]), head)])}
    draw_shapes(rows.ax, line, token="muted", filled=False, width=1.4)
    lines, dots, few = {}, {}, []
    for name, (estimate, low, high), y in zip(frame.index, places, rows.middles, strict=True):
        if np.isfinite(estimate):
            lines[f"{name}-range"] = Path([(across(low), y), (across(high), y)])
            dots[str(name)] = Path.circle((across(estimate), y), DOT)
        else:
            few.append(Lettering(rows.left + 6, y, say("too-few"), "left"))
    write_texts(rows.ax, few, size=SIZE, token="muted")
    draw_shapes(rows.ax, lines, token="bar", filled=False, width=2.0)
    return draw_shapes(rows.ax, dots, token="bar", width=0.8)


def round_ticks(frame: pd.DataFrame, reference: float, *, log: bool) -> dict[float, str]:
    """Choose round values that enclose all estimates and finite ends, the reference among them."""
    values = frame[["estimate", "low", "high"]].to_numpy(dtype=float)
    values = values[np.isfinite(values) & ((values > 0) | (not log))]
    low, high = min(values.min(), reference), max(values.max(), reference)
    if log:
        ladder = [factor * 10.0**power for power in range(-4, 7) for factor in (1, 2, 5)]
        first = max((step for step in ladder if step <= low), default=ladder[0])
        last = min((step for step in ladder if step >= high), default=ladder[-1])
        chosen = [step for step in ladder if first <= step <= last]
        chosen = chosen[:: -(-len(chosen) // 7)]
    else:
        raw = max(high - low, 1e-9) / 4
        power = 10.0 ** np.floor(np.log10(raw))
        step = power * min((1, 2, 5, 10), key=lambda factor: abs(factor * power - raw))
        first, last = np.floor(low / step), np.ceil(high / step)
        chosen = [float(number * step) for number in np.arange(first, last + 1)]
    return {value: f"{value:.10g}" for value in sorted({*chosen, reference})}
