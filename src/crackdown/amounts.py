"""Draw money mentioned in incidents: every single value, none of them joined by a line."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.path import Path

from crackdown.areas import Lettering, write_texts
from crackdown.bars import SIZE, draw_shapes
from crackdown.graphics import WIDTH, Sheet, new_figure
from crackdown.labels import text_width
from crackdown.wording import say

LEFT, RIGHT, HEAD, FOOT = 88.0, 12.0, 30.0, 26.0
# Height in pixels of a decade of money, and of the panel of percentages.
DECADE, PERCENTAGES = 24.0, 50.0
SMALL = 11.0
KEY_LEFT = 8.0
DOT = 5.0
# Percentages are no money: a scale from nothing, not of ratios.
PERCENT = "PCT"
CURRENCIES = ("CNY", "KPW", "USD", "KRW", PERCENT)
# Each kind has a shape and a colour of its own, so that neither is needed alone.
KINDS = {
    "bribe": ("circle", "series-1"),
    "fine": ("square", "series-4"),
    "commission": ("diamond", "series-2"),
    "call_fee": ("triangle", "county-mark"),
    "remittance": ("cross", "province-mark"),
    "reward": ("wedge", "border-mark"),
}


def draw_amounts(amounts: pd.DataFrame) -> tuple[Figure, dict[str, str]]:
    """Draw one panel a currency: date across, amount up, a mark for each value.

    Parameters
    ----------
    amounts
        `date` (datetime64), `kind`, `kind_label`, `low`, `high`, `currency`, and `title`, what the
        mark says.

    Returns
    -------
    The figure and what each mark says, by its name.
    """
    by_currency = {
        name: amounts[amounts["currency"] == name]
        for name in CURRENCIES
        if (amounts["currency"] == name).any()
    }
    kinds = amounts.drop_duplicates("kind").set_index("kind")["kind_label"]
    kinds = {kind: kinds[kind] for kind in KINDS if kind in kinds.index}
    heights = {name: _panel_height(rows) for name, rows in by_currency.items()}
    key_height = 16.0 * len(_key_rows(kinds)) + 4
    height = sum(heights.values()) + HEAD * len(heights) + FOOT + key_height
    span = (amounts["date"].dt.year.min(), amounts["date"].dt.year.max() + 1)
    titles: dict[str, str] = {}
    bottom = height
    figure = new_figure(height)
    page = Sheet(figure, (0, 0, WIDTH, height))
    for currency, rows in by_currency.items():
        bottom -= HEAD + heights[currency]
        box = (LEFT, bottom, WIDTH - LEFT - RIGHT, heights[currency])
        ax = Sheet(figure, box, xlim=span, ylim=_scale(rows))
        _draw_scale(ax, percent=currency == PERCENT)
        titles |= _draw_values(ax, rows)
        heading = Lettering(LEFT, bottom + heights[currency] + 11, say(f"axis-{currency}"), "left")
        write_texts(page, [heading], size=SIZE, weight="bold")
    every = 1 if span[1] - span[0] <= 7 else 5
    years = [year for year in range(span[0], span[1] + 1) if year % every == 0]
    across = (WIDTH - LEFT - RIGHT) / (span[1] - span[0])
    below = [Lettering(LEFT + (year - span[0]) * across, bottom - 13, str(year)) for year in years]
    write_texts(page, below, size=SIZE, token="muted")
    _draw_key(Sheet(figure, (0, 0, WIDTH, key_height)), kinds, key_height)
    return figure, titles


def _scale(rows: pd.DataFrame) -> tuple[float, float]:
    """Return the limits of a panel: per cent, or the whole powers of ten that enclose its values."""
    if rows["currency"].iat[0] == PERCENT:
        return 0.0, max(100.0, float(rows["high"].max()))
    low, high = np.log10(rows["low"].min()), np.log10(rows["high"].max())
    return float(np.floor(low - 0.2)), float(np.ceil(high + 0.2))


def _panel_height(rows: pd.DataFrame) -> float:
    if rows["currency"].iat[0] == PERCENT:
        return PERCENTAGES
    low, high = _scale(rows)
    return DECADE * (high - low)


def _draw_scale(ax: Sheet, *, percent: bool) -> None:
    """Draw lines at round values, each with its value before it."""
    (first, last), (low, high) = ax.get_xlim(), ax.get_ylim()
    step = 1 if high - low <= 3 else 2
    levels = [0, 50, 100] if percent else range(int(low), int(high) + 1, step)
    lines = [Path([(first, level), (last, level)]) for level in levels]
    grid = {"scale": Path.make_compound_path(*lines)}
    draw_shapes(ax, grid, token="rule", filled=False, width=0.8)
    pixel = (last - first) / (WIDTH - LEFT - RIGHT)
    values = [str(level) if percent else say_money(10.0**level) for level in levels]
    numbers = [
        Lettering(first - 4 * pixel, level, value, "right")
        for level, value in zip(levels, values, strict=True)
    ]
    write_texts(ax, numbers, size=SIZE, token="muted")


def _draw_values(ax: Sheet, rows: pd.DataFrame) -> dict[str, str]:
    """Draw the values of a panel; return what each says, by its name."""
    titles = {}
    for row in rows.itertuples():
        name = f"amount-{row.Index}"
        x = row.date.year + (row.date.day_of_year - 1) / 365.25
        ends = row.low, row.high
        _draw_value(ax, name, row.kind, x, ends if row.currency == PERCENT else np.log10(ends))
        titles[name] = row.title
    return titles


def say_money(value: float) -> str:
    """Write an amount short: 10,000 and 10 million."""
    if value < 1e6:
        return f"{value:,.0f}"
    huge = int(say("huge-unit-size"))
    if value >= huge:
        return say("huge-unit", number=f"{value / huge:,.10g}")
    return say("large-unit", number=f"{value / int(say('large-unit-size')):,.10g}")


def _draw_value(ax: Sheet, name: str, kind: str, x: float, ends: tuple[float, float]) -> None:
    """Draw one value as a mark in pixels, with a line where it is a range."""
    low, high = (ax.transData.transform((x, value)) for value in ends)
    middle = (low + high) / 2
    back = ax.transData.inverted()
    shape, token = KINDS[kind]
    if ends[0] != ends[1]:
        line = {f"{name}-range": Path([(x, ends[0]), (x, ends[1])])}
        draw_shapes(ax, line, token=token, filled=False, width=1.4)
    mark = mark_path(shape, *middle)
    draw_shapes(ax, {name: Path(back.transform(mark.vertices), mark.codes)}, token=token, width=0.7)


def mark_path(shape: str, x: float, y: float) -> Path:
    """Return the outline of a mark around a point."""
    if shape == "circle":
        return Path.circle((x, y), DOT)
    corners = {
        "square": [(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)],
        "diamond": [(0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)],
        "triangle": [(-1.1, -0.9), (1.1, -0.9), (0, 1.1)],
        "wedge": [(-1.1, 0.9), (1.1, 0.9), (0, -1.1)],
        "cross": [
            (-0.4, -1.1), (0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4),
            (0.4, 1.1), (-0.4, 1.1), (-0.4, 0.4), (-1.1, 0.4), (-1.1, -0.4), (-0.4, -0.4),
        ],
    }[shape]  # fmt: skip
    points = [(x + DOT * across, y + DOT * up) for across, up in corners]
    return Path([*points, points[0]], closed=True)


def _key_rows(kinds: Mapping[str, str]) -> list[list[str]]:
    """Break the key into rows that fit the figure."""
    rows: list[list[str]] = [[]]
    x = KEY_LEFT
    for kind, label in kinds.items():
        needed = 16 + text_width(label, SMALL)
        if x + needed > WIDTH and rows[-1]:
            rows.append([])
            x = KEY_LEFT
        rows[-1].append(kind)
        x += needed + 8
    return rows


def _draw_key(ax: Sheet, kinds: Mapping[str, str], height: float) -> None:
    for number, row in enumerate(_key_rows(kinds)):
        x, y = KEY_LEFT, height - 10 - 16 * number
        for kind in row:
            shape, token = KINDS[kind]
            draw_shapes(ax, {kind: mark_path(shape, x + 6, y)}, token=token, width=0.7)
            write_texts(ax, [Lettering(x + 16, y, kinds[kind], "left")], size=SMALL)
            x += 16 + text_width(kinds[kind], SMALL) + 8
