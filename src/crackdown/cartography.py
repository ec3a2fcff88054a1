"""Draw the ground of every map: projection, land, outlines, neighbours, scale bar."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import shapely
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Transform
from pyproj import Transformer

from crackdown.areas import Areas, Hatch, Lettering, rectangle, write_texts
from crackdown.geometry import EQUAL_AREA, Geometry
from crackdown.graphics import WIDTH, Sheet, new_figure
from crackdown.labels import Box, Page, text_width
from crackdown.palette import light
from crackdown.wording import say

LABEL_SIZE = 11.0
SMALL_SIZE = 10.0
EDGE = 2.0


class Extent(NamedTuple):
    """Hold a stretch of country in degrees."""

    west: float
    south: float
    east: float
    north: float


class View(NamedTuple):
    """Hold what one map shows: its extent, the length of its scale bar, and names beside the land."""

    extent: Extent
    scale_km: int
    names: tuple[tuple[str, float, float], ...]


COUNTRY = View(
    Extent(123.95, 37.5, 130.95, 43.15),
    100,
    (
        ("china", 125.4, 42.4),
        ("russia", 130.62, 42.78),
        ("south-korea", 127.75, 37.72),
        ("yellow-sea", 124.42, 38.75),
        ("east-sea", 129.95, 40.35),
    ),
)


def new_map(extent: Extent) -> Sheet:
    """Make a figure that shows a stretch of country in the equal-area projection.

    Returns
    -------
    A sheet that fills its figure; data coordinates are metres of
    `crackdown.geometry.EQUAL_AREA`, the same number of them to a pixel both ways.
    """
    left, bottom, right, top = frame(extent)
    height = round(WIDTH * (top - bottom) / (right - left))
    return place_map(new_figure(height), (0, 0, WIDTH, height), extent)


def place_map(figure: Figure, box: tuple[float, float, float, float], extent: Extent) -> Sheet:
    """Let a rectangle of a figure (in pixels: left, bottom, width, height) show a stretch of country."""
    left, bottom, right, top = frame(extent)
    return Sheet(figure, box, xlim=(left, right), ylim=(bottom, top))


@cache
def _transformer() -> Transformer:
    return Transformer.from_crs("EPSG:4326", EQUAL_AREA, always_xy=True)


def projected(lon: Iterable[float], lat: Iterable[float]) -> tuple[np.ndarray, np.ndarray]:
    """Change degrees to metres of the maps' projection."""
    return _transformer().transform(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float))


@cache
def frame(extent: Extent) -> tuple[float, float, float, float]:
    """Return the rectangle in metres that holds an extent: left, bottom, right, top."""
    middle = (extent.west + extent.east) / 2
    x, y = projected(
        [extent.west, middle, extent.east] * 2, [extent.south] * 3 + [extent.north] * 3
    )
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def pixels(ax: Sheet, x: Iterable[float], y: Iterable[float]) -> np.ndarray:
    """Return data coordinates as pixels, shape (n, 2), counted from the figure's lower left."""
    return ax.transData.transform(np.column_stack([np.asarray(x), np.asarray(y)]))


def in_pixels(ax: Sheet) -> Transform:
    """Return the transform for artists placed by `pixels`, at whatever resolution is saved."""
    return Affine2D().scale(1 / 72) + ax.figure.dpi_scale_trans


def inside(ax: Sheet) -> Box:
    """Return the pixels in which marks and labels may stand."""
    (left, bottom), (right, top) = ax.transAxes.transform([(0, 0), (1, 1)])
    return Box(left + EDGE, bottom + EDGE, right - EDGE, top - EDGE)


def add_areas(
    ax: Sheet,
    paths: Mapping[str, Path],
    *,
    fills: Mapping[str, str],
    line: tuple[str, float],
    hatch: Hatch | None = None,
    zorder: float = 1.0,
) -> Sheet:
    """Add named shapes in the axes' own coordinates; what is drawn is as for `Areas`.

    Parameters
    ----------
    zorder
        Layers of a higher number cover those of a lower one.
    """
    return _add(ax, paths, ax.transData, zorder, fills=fills, line=line, hatch=hatch)


def add_marks(
    ax: Sheet,
    paths: Mapping[str, Path],
    *,
    fills: Mapping[str, str],
    line: tuple[str, float],
    hatch: Hatch | None = None,
    zorder: float = 2.0,
) -> Sheet:
    """Add named shapes in pixels, otherwise as `add_areas`."""
    return _add(ax, paths, in_pixels(ax), zorder, fills=fills, line=line, hatch=hatch)


def _add(
    ax: Sheet, paths: Mapping[str, Path], transform: Transform, zorder: float, **style
) -> Sheet:
    layer = Areas(paths, **style)
    layer.set_transform(transform)
    layer.set_zorder(zorder)
    ax.add_artist(layer)
    return ax


def area_paths(geometry: Geometry, level: str, ax: Sheet) -> Mapping[str, Path]:
    """Return the paths of the areas that an axes shows, cut a little outside its edge.

    Parameters
    ----------
    geometry
        The boundaries.
    level
        `counties` or `provinces`.
    ax
        The axes; its limits say what is shown.

    Returns
    -------
    Path by P-code, in their order; what lies outside is left out.
    """
    return _area_paths(geometry, level, _edge(ax))


@lru_cache(maxsize=32)
def _area_paths(
    geometry: Geometry, level: str, edge: tuple[float, float, float, float]
) -> Mapping[str, Path]:
    """Cut the areas once for each stretch of country, however many maps show it."""
    shapes = getattr(geometry, f"{level}_to_draw").geometry
    parts = shapes.to_numpy().copy()
    left, bottom, right, top = edge
    west, south, east, north = shapely.bounds(parts).T
    cut = (west < left) | (south < bottom) | (east > right) | (north > top)
    parts[cut] = shapely.clip_by_rect(parts[cut], left, bottom, right, top)
    seen = ~shapely.is_empty(parts)
    rings = {
        name: shapely.get_rings(shapely.get_parts(part))
        for name, part in zip(shapes.index[seen], parts[seen], strict=True)
    }
    return MappingProxyType({name: _path(lines, closed=True) for name, lines in rings.items()})


def draw_outlines(ax: Sheet, lines: shapely.Geometry, *, line: tuple[str, float]) -> Sheet:
    """Draw lines of the maps' projection, such as `Geometry.province_lines`."""
    seen = shapely.get_parts(shapely.clip_by_rect(lines, *_edge(ax)))
    return add_areas(ax, {"outlines": _path(seen, closed=False)}, fills={}, line=line, zorder=1.5)


def _edge(ax: Sheet) -> tuple[float, float, float, float]:
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
    path = Path(vertices, codes)
    # Boundaries are as simple as they are meant to be, whatever the user's own settings are.
    path.should_simplify = False
    return path


def draw_names(ax: Sheet, page: Page, names: Sequence[tuple[str, float, float]]) -> Sheet:
    """Name neighbouring states and seas (italic) lightly, each by its message, and keep the names free."""
    x, y = projected([lon for _, lon, _ in names], [lat for _, _, lat in names])
    for (place, _, _), (left, bottom) in zip(names, pixels(ax, x, y), strict=True):
        name = say(f"map-{place}")
        half = text_width(name, SMALL_SIZE) / 2 * (1.15 if name.isupper() else 1.0)
        page.taken.append(Box(left - half, bottom - 7, left + half, bottom + 7))
        style = "italic" if place.endswith("-sea") else "normal"
        write(ax, left, bottom, name, size=SMALL_SIZE, token="muted", ha="center", style=style)
    return ax


def draw_scale_bar(ax: Sheet, page: Page, *, km: int, y: float) -> Sheet:
    """Draw a bar of some kilometres at the left edge, `y` pixels above the foot, and keep it free."""
    (start, _), (end, _) = pixels(ax, [0.0, km * 1000.0], [0.0, 0.0])
    x, length = 10.0, end - start
    draw_lines(ax, [[(x, y + 4), (x, y), (x + length, y), (x + length, y + 4)]])
    write(ax, x + length / 2, y + 9, f"{km} km", size=SMALL_SIZE, token="muted", ha="center")
    page.taken.append(Box(x - 4, y - 4, x + length + 4, y + 18))
    return ax


def draw_extent(ax: Sheet, extent: Extent) -> Sheet:
    """Draw the frame of another map, so that a reader sees where it lies."""
    left, bottom, right, top = frame(extent)
    shape = {"frame": rectangle(left, bottom, right, top)}
    return add_areas(ax, shape, fills={}, line=(light("rule"), 1.0), zorder=0.5)


def draw_lines(
    ax: Sheet, lines: Sequence[Sequence[tuple[float, float]]], *, token: str = "muted"
) -> Sheet:
    """Draw lines through points given in pixels, all in one path."""
    if lines:
        path = Path.make_compound_path(*(Path(points) for points in lines))
        add_marks(ax, {"lines": path}, fills={}, line=(light(token), 1.0), zorder=3)
    return ax


def write(
    ax: Sheet,
    x: float,
    y: float,
    text: str,
    *,
    size: float = LABEL_SIZE,
    ha: str = "left",
    **style: str,
) -> Sheet:
    """Write one line of text at a pixel, vertically centred.

    Parameters
    ----------
    **style
        `token`, `rim`, `weight` and `style` as for `crackdown.areas.write_texts`.
    """
    return write_many(ax, [Lettering(x, y, text, ha)], size=size, **style)


def write_many(
    ax: Sheet, texts: Sequence[Lettering], *, size: float = LABEL_SIZE, **style: str
) -> Sheet:
    """Write many texts of one style at pixels; `style` as for `write`."""
    return write_texts(ax, texts, size=size, transform=in_pixels(ax), **style)
