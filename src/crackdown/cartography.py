"""Draw the ground of every map: projection, land, neighbours, scale bar, marks and labels."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import shapely
from geopandas import GeoSeries
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Transform
from pyproj import Transformer

from crackdown.areas import Areas
from crackdown.geometry import EQUAL_AREA
from crackdown.graphics import WIDTH, figure_style, halo, new_figure
from crackdown.labels import Box, Page
from crackdown.palette import light

LABEL_SIZE = 11.0
SMALL_SIZE = 10.0


class Extent(NamedTuple):
    """Hold a stretch of country in degrees."""

    west: float
    south: float
    east: float
    north: float


COUNTRY = Extent(123.95, 37.5, 130.95, 43.15)

# Where neighbours and seas are named, in degrees.
NEIGHBOURS: Mapping[str, tuple[float, float]] = {
    "CHINA": (125.6, 42.3),
    "RUSSIA": (130.75, 42.75),
    "SOUTH KOREA": (127.6, 37.68),
    "Yellow Sea": (124.35, 38.9),
    "East Sea": (128.75, 39.75),
}


def new_map(extent: Extent, *, width: float = WIDTH) -> Axes:
    """Make an axes that shows a stretch of country in the equal-area projection.

    Returns
    -------
    An axes without frame that fills its figure; data coordinates are metres of
    `crackdown.geometry.EQUAL_AREA`, the same number of them to a pixel both ways.
    """
    left, bottom, right, top = frame(extent)
    with figure_style():
        figure = new_figure(round(width * (top - bottom) / (right - left)), width=width)
        ax = figure.add_axes((0, 0, 1, 1))
    ax.set_axis_off()
    ax.set_xlim(left, right)
    ax.set_ylim(bottom, top)
    return ax


@cache
def _transformer() -> Transformer:
    return Transformer.from_crs("EPSG:4326", EQUAL_AREA, always_xy=True)


def projected(lon: Iterable[float], lat: Iterable[float]) -> tuple[np.ndarray, np.ndarray]:
    """Change degrees to metres of the maps' projection."""
    return _transformer().transform(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float))


def frame(extent: Extent) -> tuple[float, float, float, float]:
    """Return the rectangle in metres that holds an extent: left, bottom, right, top."""
    lon = [extent.west, extent.west, extent.east, extent.east, (extent.west + extent.east) / 2] * 2
    lat = [extent.south, extent.north] * 5
    x, y = projected(lon, lat)
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def pixels(ax: Axes, x: Iterable[float], y: Iterable[float]) -> np.ndarray:
    """Return data coordinates as pixels of the figure, shape (n, 2), counted from its lower left."""
    return ax.transData.transform(np.column_stack([np.asarray(x), np.asarray(y)]))


def in_pixels(ax: Axes) -> Transform:
    """Return the transform for artists placed by `pixels`, at whatever resolution is saved."""
    return Affine2D().scale(1 / 72) + ax.figure.dpi_scale_trans


def area_paths(shapes: GeoSeries, ax: Axes) -> dict[str, Path]:
    """Return the paths of the shapes that an axes shows, cut a little outside its edge.

    Parameters
    ----------
    shapes
        Polygons in the maps' projection, indexed by name.
    ax
        The axes; its limits say what is shown.

    Returns
    -------
    Path by name, in the order of `shapes`; what lies outside is left out.
    """
    parts = shapely.clip_by_rect(shapes.to_numpy(), *_edge(ax))
    seen = ~shapely.is_empty(parts)
    rings = {
        name: shapely.get_rings(shapely.get_parts(part))
        for name, part in zip(shapes.index[seen], parts[seen], strict=True)
    }
    return {name: _path(lines, closed=True) for name, lines in rings.items()}


def _edge(ax: Axes) -> tuple[float, float, float, float]:
    """Return a rectangle in metres a little larger than what the axes shows."""
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    margin = (right - left) / 100
    return left - margin, bottom - margin, right + margin, top + margin


def _path(lines: np.ndarray, *, closed: bool) -> Path:
    vertices = shapely.get_coordinates(lines)
    ends = np.cumsum(shapely.get_num_coordinates(lines))
    codes = np.full(len(vertices), Path.LINETO, dtype=Path.code_type)
    codes[np.concatenate([[0], ends[:-1]])] = Path.MOVETO
    if closed:
        codes[ends - 1] = Path.CLOSEPOLY
    return Path(vertices, codes)


def draw_outlines(ax: Axes, lines: shapely.Geometry, *, line: tuple[str, float]) -> Axes:
    """Draw lines of the maps' projection, such as `Geometry.province_lines`."""
    path = _path(shapely.get_parts(shapely.clip_by_rect(lines, *_edge(ax))), closed=False)
    layer = Areas({"outlines": path}, fills={}, line=line)
    layer.set_transform(ax.transData)
    layer.set_zorder(1.5)
    ax.add_artist(layer)
    return ax


def draw_areas(
    ax: Axes,
    shapes: GeoSeries,
    *,
    fills: Mapping[str, str],
    hatched: frozenset[str] = frozenset(),
    line: tuple[str, float],
    zorder: float = 1.0,
) -> Axes:
    """Draw areas filled by name; colours as `#rrggbb`, line as colour and width in pixels."""
    areas = Areas(area_paths(shapes, ax), fills=fills, hatched=hatched, line=line)
    areas.set_transform(ax.transData)
    areas.set_zorder(zorder)
    ax.add_artist(areas)
    areas.set_clip_on(False)
    return ax


def draw_neighbours(ax: Axes, page: Page | None = None) -> Axes:
    """Name the neighbouring states and seas that the axes shows, lightly, and keep the names free."""
    x, y = projected(*zip(*NEIGHBOURS.values(), strict=True))
    for name, (left, bottom), at in zip(NEIGHBOURS, pixels(ax, x, y), zip(x, y), strict=True):
        width = len(name) * 0.68 * SMALL_SIZE / 2
        box = Box(left - width, bottom - 7, left + width, bottom + 7)
        if page is None or box.within(page.bounds):
            style = "normal" if name.isupper() else "italic"
            ax.text(*at, name, size=SMALL_SIZE, color=light("muted"), style=style, ha="center", va="center")
            if page is not None:
                page.taken.append(box)
    return ax


def draw_scale_bar(ax: Axes, *, x: float, y: float, km: int) -> Axes:
    """Draw a bar of some kilometres with its left end at pixel (x, y)."""
    (left, _), (right, _) = ax.transData.inverted().transform([(x, y), (x + 1, y)])
    length = km * 1000 / (right - left)
    ends = [(x, y + 4), (x, y), (x + length, y), (x + length, y + 4)]
    draw_line(ax, ends, colour=light("muted"))
    ax.text(
        x + length / 2, y + 5, f"{km} km", transform=in_pixels(ax), size=SMALL_SIZE,
        color=light("muted"), ha="center", va="bottom",
    )  # fmt: skip
    return ax


def draw_line(ax: Axes, points: Sequence[tuple[float, float]], *, colour: str, width: float = 1.0) -> Axes:
    """Draw a line through points given in pixels of the figure."""
    x, y = zip(*points, strict=True)
    line = Line2D(
        x, y, color=colour, linewidth=width, transform=in_pixels(ax), clip_on=False, zorder=3
    )
    ax.add_artist(line)
    return ax


def draw_label(ax: Axes, page: Page, text: str, *, at: tuple[float, float], radius: float, token: str) -> bool:
    """Write a label beside a mark at a pixel, with a leader line if it stands off; tell whether it found room."""
    place = page.place(text, *at, radius=radius, size=LABEL_SIZE)
    if place is None:
        return False
    if place.leader:
        draw_line(ax, place.leader, colour=light("muted"))
    box = place.box
    written = ax.text(
        (box.left + box.right) / 2, (box.bottom + box.top) / 2, text, transform=in_pixels(ax),
        size=LABEL_SIZE, color=light("ink"), ha="center", va="center_baseline", zorder=5,
    )  # fmt: skip
    halo(written, token)
    return True
