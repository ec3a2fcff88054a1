"""Draw marks and labels on a map so that none covers another, and the keys that explain them."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import sqrt
from typing import NamedTuple

import numpy as np
import pandas as pd
import shapely
from matplotlib.path import Path

from crackdown.areas import Hatch, Lettering, rectangle
from crackdown.cartography import (
    LABEL_SIZE,
    SMALL_SIZE,
    add_marks,
    draw_lines,
    inside,
    pixels,
    projected,
    write,
    write_many,
)
from crackdown.graphics import Sheet
from crackdown.labels import Box, Page, text_width
from crackdown.maptext import uncertain
from crackdown.palette import CLASSES, light
from crackdown.places import name_places
from crackdown.wording import say

# Hatching says two things, told apart by its direction: nothing is reported, or nothing firm.
NO_REPORT = Hatch("province-line")
UNCERTAIN = "\\\\\\"
UNCERTAIN_LINES = dict(zip(CLASSES, ("muted", "muted", "ink", "page", "page"), strict=True))
UNCERTAIN_MARK = Hatch("county-mark", UNCERTAIN)
LINE = 14.0
LARGEST_RADIUS = 19.0
SMALLEST_RADIUS = 2.2
MARK_RADIUS = 10.0
# Where the mark for a province's border area stands, in degrees: outside the country, before the
# middle of the province's stretch of border. A province without one keeps its own point.
BORDER_POINTS = {
    "KP01": (127.52, 41.76),
    "KP02": (129.30, 42.62),
    "KP04": (127.35, 38.02),
    "KP05": (126.15, 41.50),
    "KP06": (124.78, 40.72),
    "KP08": (126.70, 37.74),
}


class Mark(NamedTuple):
    """Hold what a map marks at a place: a frame's row would take ten times as long to walk through.

    `x` and `y` are metres of the maps' projection, or pixels once a sheet shows the mark.
    `uncertain` is as `crackdown.maptext.uncertain` says; `text` is the number as written.
    """

    pcode: str
    level: str
    name: str
    incidents: int
    text: str
    uncertain: bool
    x: float
    y: float


def locate(counts: pd.DataFrame, places: pd.DataFrame) -> list[Mark]:
    """Find the mark of each row of counts, in metres of the maps' projection.

    Parameters
    ----------
    counts
        `pcode`, `level`, `incidents`.
    places
        The gazetteer with `level`, `name_en`, `lon` and `lat`, indexed by `pcode`.

    Returns
    -------
    The marks of rows with incidents that belong to a county or a province; largest first, then by
    code. Those of the border area stand outside the country, before their stretch of border.
    """
    of = places.loc[counts["pcode"]]
    columns = (
        counts["pcode"], counts["level"], counts["incidents"], uncertain(counts),
        of["level"], name_places(places)[counts["pcode"]], of["lon"], of["lat"],
    )  # fmt: skip
    rows = [
        (
            Mark(pcode, level, name, number, f"{number:,}", unsure, 0.0, 0.0),
            BORDER_POINTS.get(pcode, (lon, lat)) if level == "border" else (lon, lat),
        )
        for pcode, level, number, unsure, unit, name, lon, lat in zip(
            *(column.tolist() for column in columns), strict=True
        )
        if number and unit != "country"
    ]
    east, north = projected([lon for _, (lon, _) in rows], [lat for _, (_, lat) in rows])
    marks = [
        mark._replace(x=x, y=y)
        for (mark, _), x, y in zip(rows, east.tolist(), north.tolist(), strict=True)
    ]
    return sorted(marks, key=lambda mark: (-mark.incidents, mark.pcode))


def shown(ax: Sheet, marks: Sequence[Mark], level: str) -> list[Mark]:
    """Return the marks of a level that a sheet shows, at their pixels."""
    chosen = [mark for mark in marks if mark.level == level]
    left, bottom, right, top = inside(ax)
    at = pixels(ax, [mark.x for mark in chosen], [mark.y for mark in chosen]).tolist()
    return [
        mark._replace(x=x, y=y)
        for mark, (x, y) in zip(chosen, at, strict=True)
        if left < x < right and bottom < y < top
    ]


def circle_scale(counts: pd.DataFrame) -> float:
    """Return the radius in pixels of one incident's circle, so that the largest county fits."""
    largest = counts.loc[counts["level"] == "county", "incidents"].max()
    return LARGEST_RADIUS / sqrt(largest) if largest > 0 else LARGEST_RADIUS


def draw_circles(ax: Sheet, page: Page, marks: Sequence[Mark], *, scale: float) -> Sheet:
    """Draw a circle of proportional area for each county, the largest first, and keep it free.

    Uncertain ones are open and hatched, and lie below the others, of which all are firm in part.
    """
    firm, unsure = {}, {}
    for mark in marks:
        radius = _radius(mark.incidents, scale)
        circle = Path.circle((mark.x, mark.y), radius)
        (unsure if mark.uncertain else firm)[f"{mark.pcode}-mark"] = circle
        page.take_circle(mark.x, mark.y, radius)
    _add_open_circles(ax, unsure)
    return _add_circles(ax, firm)


def _add_circles(ax: Sheet, paths: Mapping[str, Path]) -> Sheet:
    fills = dict.fromkeys(paths, light("county-mark"))
    line = (light("page"), 0.8)
    return add_marks(ax, paths, fills=fills, line=line)


def _add_open_circles(ax: Sheet, paths: Mapping[str, Path]) -> Sheet:
    fills = dict.fromkeys(paths, light("page"))
    line = (light("county-mark"), 1.0)
    return add_marks(ax, paths, fills=fills, line=line, hatch=UNCERTAIN_MARK)


def hatch_of(token: str) -> Hatch:
    """Return the hatching of uncertain areas of a class, in a colour that stands out from it."""
    return Hatch(UNCERTAIN_LINES[token], UNCERTAIN)


def _radius(incidents: int, scale: float) -> float:
    return max(scale * sqrt(incidents), SMALLEST_RADIUS)


def label_circles(ax: Sheet, page: Page, marks: Sequence[Mark], *, scale: float) -> Sheet:
    """Write name and number beside each circle, the largest first, as far as there is room."""
    leaders, letterings = [], []
    for mark in marks:
        text = f"{mark.name} {mark.text}"
        radius = _radius(mark.incidents, scale)
        place = page.place(text, mark.x, mark.y, radius=radius, size=LABEL_SIZE)
        if place is None:
            continue
        leaders.extend([place.leader] if place.leader else [])
        left, bottom, right, top = place.box
        x = {"left": left, "center": (left + right) / 2, "right": right}[place.anchor]
        letterings.append(Lettering(x, (bottom + top) / 2, text, place.anchor))
    draw_lines(ax, leaders)
    return write_many(ax, letterings, rim="land")


def draw_numbered(ax: Sheet, page: Page, marks: Sequence[Mark], *, kind: str) -> Sheet:
    """Draw an open mark with its number in it: diamonds for `province`, squares for `border`."""
    paths, letterings = {}, []
    for mark in marks:
        radius = MARK_RADIUS + 3 * max(len(mark.text) - 2, 0)
        paths[f"{mark.pcode}-{kind}"] = _mark(kind, mark.x, mark.y, radius)
        page.take_circle(mark.x, mark.y, radius)
        letterings.append(Lettering(mark.x, mark.y, mark.text))
    line = (light(f"{kind}-mark"), 1.6)
    fills = dict.fromkeys(paths, light("page"))
    add_marks(ax, paths, fills=fills, line=line, zorder=2.5)
    return write_many(ax, letterings, token=f"{kind}-mark", weight="bold")


def _mark(kind: str, x: float, y: float, radius: float) -> Path:
    if kind == "border":
        return rectangle(x - radius, y - MARK_RADIUS + 2, x + radius, y + MARK_RADIUS - 2)
    reach = radius + 2
    return Path(
        [(x - reach, y), (x, y + reach), (x + reach, y), (x, y - reach), (x - reach, y)],
        closed=True,
    )


def free_point(
    ax: Sheet, page: Page, shape: shapely.Geometry, *, size: tuple[float, float]
) -> tuple[float, float] | None:
    """Find the free pixel of an area that is nearest to its middle.

    Parameters
    ----------
    ax
        A map.
    page
        What is taken on it.
    shape
        The area, in the maps' projection.
    size
        Width and height in pixels of the box that must be free. A place where all of the box
        lies in the area goes before one where it reaches over the edge.

    Returns
    -------
    The middle of the box; None when the middle of the area is not on the map, or nothing is free.
    """
    points = ax.transData.transform(_spread(shape))
    points, middle, half = points[:-1], points[-1], np.array(size) / 2
    if not Box(*middle, *middle).within(page.bounds):
        return None
    points = points[page.are_free(np.hstack([points - half, points + half]))]
    if not len(points):
        return None
    corners = points + half * np.array([[[-1, -1]], [[-1, 1]], [[1, -1]], [[1, 1]]])
    corners = ax.transData.inverted().transform(corners.reshape(-1, 2))
    whole = shapely.contains_xy(shape, corners).reshape(4, -1).all(axis=0)
    far = ((points - middle) ** 2).sum(axis=1)
    x, y = points[np.lexsort((far, ~whole))[0]]
    return float(x), float(y)


@lru_cache(maxsize=64)
def _spread(shape: shapely.Geometry) -> np.ndarray:
    """Return points spread evenly over an area, its middle among them if it lies inside; then its middle.

    The land is the same on every map.
    """
    left, bottom, right, top = shape.bounds
    columns, rows = np.meshgrid(np.linspace(left, right, 21), np.linspace(bottom, top, 21))
    middle = (shape.centroid.x, shape.centroid.y)
    points = np.vstack([np.column_stack([columns.ravel(), rows.ravel()]), middle])
    # Without it, every point is held against the whole coast.
    shapely.prepare(shape)
    return np.vstack([points[shapely.contains_xy(shape, points)], middle])


def draw_class_key(
    ax: Sheet,
    page: Page,
    classes: Sequence[tuple[str, str]],
    *,
    none: str,
    uncertain: bool,
    lines: Sequence[str],
) -> Sheet:
    """Draw the key of a map of classes in its lower right corner.

    Parameters
    ----------
    classes
        Token of the colour and label, from few to many.
    none
        Label of the areas with none recorded, which stand first.
    uncertain
        Whether the map tells uncertain areas apart.
    lines
        What is not drawn, below the classes.
    """
    x, y = 288.0, 210.0 if uncertain else 178.0
    page.taken.append(Box(x - 6, 0, page.bounds.right, y + 12))
    write(ax, x, y, say("incidents"), weight="bold")
    y -= 1
    for token, label in [("page", none), *classes]:
        y -= 17
        draw_patch(ax, x, y, token=token, hatch=NO_REPORT if token == "page" else None)
        write(ax, x + 27, y, label)
    if uncertain:
        y -= 20
        draw_patch(ax, x, y, token=CLASSES[0], hatch=hatch_of(CLASSES[0]))
        _write_lines(ax, x + 27, y, say("map-uncertain-key").split(" | "))
        y -= LINE
    _write_lines(ax, x, y - 22, lines)
    return ax


def draw_patch(ax: Sheet, x: float, y: float, *, token: str, hatch: Hatch | None) -> None:
    """Draw the patch of a class in a key: its left end and middle height at a pixel."""
    patch = {"patch": rectangle(x, y - 6, x + 20, y + 6)}
    line = (light("county-line"), 0.8)
    add_marks(ax, patch, fills={"patch": light(token)}, line=line, hatch=hatch)


def draw_mark_key(
    ax: Sheet, page: Page, counts: pd.DataFrame, *, scale: float, lines: Sequence[str]
) -> Sheet:
    """Draw the key of circles, diamonds and squares in the lower right corner.

    Parameters
    ----------
    counts
        `level` and `incidents`: the largest county is one of the circles shown. With `firm`, the
        circles of uncertain counties are explained.
    scale
        Radius in pixels of a circle for one incident.
    lines
        What is not drawn, below the marks.
    """
    x, y = 292.0, 210.0 if "firm" in counts else 178.0
    page.taken.append(Box(x - 8, 0, page.bounds.right, y + 12))
    write(ax, x, y, say("key-known-to"), weight="bold")
    circles = {}
    largest = counts.loc[counts["level"] == "county", "incidents"].max()
    largest = 1 if pd.isna(largest) else int(largest)
    at, y = x, y - 16 - LARGEST_RADIUS / 2
    for number in sorted({1, max(largest // 8, 1), largest}):
        radius = _radius(number, scale)
        circles[f"key-{number}"] = Path.circle((at + radius, y), radius)
        write(ax, at + 2 * radius + 3, y, f"{number:,}", size=SMALL_SIZE)
        at += 2 * radius + text_width(f"{number:,}", SMALL_SIZE) + 9
    _add_circles(ax, circles)
    y -= LARGEST_RADIUS + 6
    write(ax, x, y, say("key-county"))
    if "firm" in counts:
        y -= 18
        _add_open_circles(ax, {"key-uncertain": Path.circle((x + 11, y - 4), 7)})
        _write_lines(ax, x + 28, y, say("map-uncertain-key").split(" | "))
        y -= LINE - 4
    blank = Page(page.bounds)
    for kind in ("province", "border"):
        y -= 25
        example = Mark("key", kind, "", 0, "n", uncertain=False, x=x + 11, y=y)
        draw_numbered(ax, blank, [example], kind=kind)
        write(ax, x + 28, y, say(f"key-{kind}"))
    _write_lines(ax, x, y - 24, lines)
    return ax


def _write_lines(ax: Sheet, x: float, y: float, lines: Sequence[str]) -> None:
    for number, line in enumerate(lines):
        write(ax, x, y - LINE * number, line)
