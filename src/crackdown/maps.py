"""Draw where incidents happened, each at the level of place to which it is known."""

from collections.abc import Mapping, Sequence
from math import sqrt

import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon, Rectangle

from crackdown.cartography import (
    COUNTRY,
    LABEL_SIZE,
    Extent,
    draw_areas,
    draw_label,
    draw_line,
    draw_neighbours,
    draw_outlines,
    draw_scale_bar,
    in_pixels,
    new_map,
    pixels,
    projected,
)
from crackdown.geometry import Geometry
from crackdown.graphics import Graphic, Words, halo
from crackdown.labels import Box, Page
from crackdown.palette import CLASSES, light

# Fixed classes, not quantiles or natural breaks: a colour means the same number on every page
# and in every period, and the steps are about equal in the logarithm, as the counts are skewed.
CLASS_STARTS = (1, 5, 20, 50, 100)
CLASS_LABELS = ("1–4", "5–19", "20–49", "50–99", "100 or more")
NONE_RECORDED = "none recorded"
NO_INCIDENT = "No incident in this selection, so no map is drawn."
SOURCE = (
    "Boundaries: geoBoundaries (OCHA, WFP, 2019), CC BY 3.0 IGO. Data: coded incidents, CC BY 4.0. "
    "Projection: Lambert azimuthal equal-area, centre 40.3° N 127.4° E."
)
# The northern border in two panels, each nearly twice the scale of the country's map: together
# they run from the mouth of the Yalu to that of the Tumen. In one panel it would be no larger
# than on the country's map, which the border crosses from side to side.
NORTH = {
    "upper-Yalu-and-Tumen": Extent(126.75, 40.85, 130.95, 43.15),
    "lower-Yalu": Extent(124.05, 39.65, 127.15, 41.95),
}
# Where the mark for a province's border area stands, in degrees: outside the country, before the
# middle of the province's stretch of border.
BORDER_POINTS = {
    "KP01": (127.55, 41.72),
    "KP02": (129.35, 42.62),
    "KP04": (127.35, 38.02),
    "KP05": (126.20, 41.52),
    "KP06": (124.80, 40.72),
    "KP08": (126.75, 37.72),
}
LARGEST_RADIUS = 19.0
MARK_RADIUS = 10.5


def map_provinces(
    counts: pd.DataFrame, places: pd.DataFrame, geometry: Geometry, *, key: str = "province-map"
) -> Graphic | Words:
    """Map the incidents of each province.

    Parameters
    ----------
    counts
        One row per place with incidents: `pcode`, `level` (`county`, `province`, `border`,
        `country`: how exactly the place is known) and `incidents`. An absent place has none
        recorded, which is not zero.
    places
        The gazetteer, indexed by `pcode`.
    geometry
        The boundaries.
    key
        Identifier on the page.

    Returns
    -------
    The figure; words when no incident is counted. Incidents known only to the border area as a
    whole or to the country are stated beside the map, never drawn in a province.
    """
    if counts["incidents"].sum() == 0:
        return Words(NO_INCIDENT, key=key)
    table = count_provinces(counts, places)
    ax = new_map(COUNTRY)
    draw_provinces(ax, geometry, table, places=places)
    border, country = _unplaced(counts, places)
    _draw_class_legend(ax, _unplaced_lines(border, country))
    return Graphic(
        ax.figure,
        key=key,
        caption=(
            "Incidents by province: those known to a county, to the province, or to the province's "
            f"stretch of border. {_unplaced_sentence(border, country)} Classes are the same in every "
            f"report. A hatched province has none recorded, which does not mean that nothing happened. {SOURCE}"
        ),
        alt=_province_alt(table, places, int(counts["incidents"].sum()), border, country),
        titles={
            pcode: _province_title(places.at[pcode, "name_en"], row) for pcode, row in table.iterrows()
        },
    )


def count_provinces(counts: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Count incidents by province and by the level to which they are known.

    Returns
    -------
    Indexed by the `pcode` of every province, in the gazetteer's order, with the integer columns
    `county`, `province`, `border` and `total`; 0 means none recorded. What is known only to the
    country or to the border as a whole is in no row.
    """
    provinces = places.index[places["level"] == "province"]
    parent = counts["pcode"].map(places["parent_pcode"]).where(
        counts["pcode"].map(places["level"]) == "county", counts["pcode"]
    )
    table = (
        counts.assign(parent=parent)
        .pivot_table(index="parent", columns="level", values="incidents", aggfunc="sum", fill_value=0)
        .reindex(index=provinces, columns=["county", "province", "border"], fill_value=0)
        .astype(int)
    )
    return table.assign(total=table.sum(axis=1))


def draw_provinces(ax: Axes, geometry: Geometry, table: pd.DataFrame, *, places: pd.DataFrame) -> Axes:
    """Draw provinces filled by class of `total`, each with its name and number.

    Parameters
    ----------
    ax
        Axes from `crackdown.cartography.new_map`.
    geometry
        The boundaries.
    table
        As `count_provinces` returns.
    places
        The gazetteer, indexed by `pcode`.
    """
    shapes = geometry.provinces_to_draw.geometry
    fills = {pcode: light(_class_of(table.at[pcode, "total"])) for pcode in shapes.index}
    hatched = frozenset(table.index[table["total"] == 0])
    draw_areas(ax, shapes, fills=fills, hatched=hatched, line=(light("page"), 1.2))
    page = Page(_inside(ax))
    draw_neighbours(ax, page)
    points = pixels(ax, *projected(places.loc[shapes.index, "lon"], places.loc[shapes.index, "lat"]))
    for (x, y), pcode in sorted(
        zip(points, shapes.index, strict=True), key=lambda pair: (-table.at[pair[1], "total"], pair[1])
    ):
        total = table.at[pcode, "total"]
        text = f"{places.at[pcode, 'name_en']} {total:,}" if total else places.at[pcode, "name_en"]
        draw_label(ax, page, text, at=(x, y), radius=0.0, token="page")
    return ax


def map_counties(
    counts: pd.DataFrame, places: pd.DataFrame, geometry: Geometry, *, key: str = "county-map"
) -> Graphic | Words:
    """Map the incidents of each county, with the northern border enlarged in two panels.

    Parameters
    ----------
    counts, places, geometry, key
        As for `map_provinces`.

    Returns
    -------
    The figure of three panels; words when no incident is counted. A circle's area is
    proportional to the county's incidents, on one scale in all panels. Incidents known to the
    province only are an open diamond in it, those of a province's border area a square outside
    the border: neither fills a county.
    """
    if counts["incidents"].sum() == 0:
        return Words(NO_INCIDENT, key=key)
    border, country = _unplaced(counts, places)
    panels: dict[str, Figure] = {}
    for name, extent in {"country": COUNTRY, **NORTH}.items():
        ax = new_map(extent)
        page = Page(_inside(ax))
        draw_ground(ax, geometry)
        if name == "country":
            _draw_mark_legend(ax, page, counts, _unplaced_lines(border, country))
        draw_counts(ax, page, counts, places=places, geometry=geometry)
        draw_neighbours(ax, page)
        draw_scale_bar(ax, x=14, y=12, km=100 if name == "country" else 50)
        panels[name] = ax.figure
    return Graphic(
        panels,
        key=key,
        caption=(
            "Incidents by county; the northern border again at nearly twice the scale. Area of a "
            "circle: incidents known to the county. Diamond: known to the province only. Square: "
            f"known to the province's border area only. {_unplaced_sentence(border, country)} A county "
            "without a circle has none recorded, which does not mean that nothing happened. Where "
            f"there is no room for a label, the name shows on hover and in the table. {SOURCE}"
        ),
        alt=_county_alt(counts, places, border, country),
        titles=county_titles(counts, places),
    )


def draw_ground(ax: Axes, geometry: Geometry) -> Axes:
    """Draw all counties as plain land, with the lines of the provinces."""
    counties = geometry.counties_to_draw.geometry
    plain = dict.fromkeys(counties.index, light("land"))
    draw_areas(ax, counties, fills=plain, line=(light("county-line"), 0.6))
    return draw_outlines(ax, geometry.province_lines, line=(light("province-line"), 0.9))


def draw_counts(
    ax: Axes, page: Page, counts: pd.DataFrame, *, places: pd.DataFrame, geometry: Geometry
) -> Axes:
    """Draw the counts that an axes shows: circles, diamonds, squares, and labels where there is room.

    Parameters
    ----------
    ax
        Axes from `crackdown.cartography.new_map`.
    page
        What is taken on the axes; the marks and labels are added.
    counts, places, geometry
        As for `map_provinces`.
    """
    circles = _located(ax, counts[counts["level"] == "county"], places)
    scale = circle_scale(counts)
    for row in circles.itertuples():
        radius = max(scale * sqrt(row.incidents), 2.2)
        page.take_circle(row.x, row.y, radius * 0.85)
        _draw_circle(ax, row.x, row.y, radius, name=f"{row.pcode}-mark")
    squares = _located(ax, counts[_is_border_of_province(counts, places)], places)
    for row in squares.itertuples():
        _draw_numbered(ax, page, (row.x, row.y), row.incidents, kind="border", name=f"{row.pcode}-border")
    diamonds = counts[counts["level"] == "province"].sort_values(["incidents", "pcode"], ascending=[False, True])
    for row in diamonds.itertuples():
        at = _free_point(ax, page, geometry.provinces_to_draw.geometry[row.pcode])
        if at is not None:
            _draw_numbered(ax, page, at, row.incidents, kind="province", name=f"{row.pcode}-province")
    for row in circles.itertuples():
        text = f"{places.at[row.pcode, 'name_en']} {row.incidents:,}"
        radius = max(scale * sqrt(row.incidents), 2.2)
        draw_label(ax, page, text, at=(row.x, row.y), radius=radius, token="land")
    return ax


def circle_scale(counts: pd.DataFrame) -> float:
    """Return the radius in pixels of a circle for one incident, so that the largest county fits."""
    largest = counts.loc[counts["level"] == "county", "incidents"].max()
    return LARGEST_RADIUS / sqrt(largest) if largest > 0 else LARGEST_RADIUS


def county_titles(counts: pd.DataFrame, places: pd.DataFrame) -> dict[str, str]:
    """Say name and number of every county and of every mark, by the identifier it is drawn with."""
    by_level = {
        level: group.groupby("pcode")["incidents"].sum() for level, group in counts.groupby("level")
    }
    none = pd.Series(dtype=int)
    titles = {}
    for place in places[places["level"] == "county"].itertuples():
        name = f"{place.name_en} ({places.at[place.parent_pcode, 'name_en']})"
        said = _said(by_level.get("county", none).get(place.Index, 0))
        titles[place.Index] = titles[f"{place.Index}-mark"] = f"{name}: {said}"
    for pcode, number in by_level.get("province", none).items():
        titles[f"{pcode}-province"] = f"{places.at[pcode, 'name_en']}, county not known: {_said(number)}"
    for pcode, number in by_level.get("border", none).items():
        titles[f"{pcode}-border"] = f"{places.at[pcode, 'name_en']}, border area: {_said(number)}"
    return titles


def _located(ax: Axes, counts: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Add pixel coordinates, keep what the axes shows, largest first."""
    points = [
        BORDER_POINTS.get(row.pcode, (places.at[row.pcode, "lon"], places.at[row.pcode, "lat"]))
        if row.level == "border"
        else (places.at[row.pcode, "lon"], places.at[row.pcode, "lat"])
        for row in counts.itertuples()
    ]
    if not points:
        return counts.assign(x=0.0, y=0.0)
    xy = pixels(ax, *projected(*zip(*points, strict=True)))
    inside = _inside(ax)
    located = counts.assign(x=xy[:, 0], y=xy[:, 1])
    shown = located["x"].between(inside.left, inside.right) & located["y"].between(inside.bottom, inside.top)
    return located[shown].sort_values(["incidents", "pcode"], ascending=[False, True])


def _free_point(ax: Axes, page: Page, shape: shapely.Geometry) -> tuple[float, float] | None:
    """Find the point of a province, on the axes and free, that is nearest to its middle."""
    left, bottom, right, top = shape.bounds
    columns, rows = np.meshgrid(np.linspace(left, right, 24), np.linspace(bottom, top, 24))
    inside = shapely.contains_xy(shape, columns.ravel(), rows.ravel())
    points = pixels(ax, columns.ravel()[inside], rows.ravel()[inside])
    middle = pixels(ax, [shape.centroid.x], [shape.centroid.y])[0]
    reach = MARK_RADIUS + 1
    for x, y in points[np.argsort(((points - middle) ** 2).sum(axis=1), kind="stable")]:
        if page.is_free(Box(x - reach, y - reach, x + reach, y + reach)):
            return float(x), float(y)
    return None


def _draw_circle(ax: Axes, x: float, y: float, radius: float, *, name: str | None = None) -> None:
    ax.add_artist(
        Circle(
            (x, y), radius, transform=in_pixels(ax), clip_on=False, zorder=2, gid=name,
            facecolor=light("county-mark"), edgecolor=light("page"), linewidth=0.8,
        )  # fmt: skip
    )


def _draw_numbered(
    ax: Axes, page: Page, at: tuple[float, float], number: int, *, kind: str, name: str | None
) -> None:
    """Draw an open diamond (province) or a square (border area) with its number in it."""
    x, y = at
    common = {
        "transform": in_pixels(ax), "clip_on": False, "zorder": 2.5, "gid": name,
        "facecolor": light("page"), "edgecolor": light(f"{kind}-mark"), "linewidth": 1.6,
    }  # fmt: skip
    r = MARK_RADIUS
    if kind == "province":
        corners = [(x - r - 1, y), (x, y + r + 1), (x + r + 1, y), (x, y - r - 1)]
        ax.add_artist(Polygon(corners, closed=True, **common))
    else:
        ax.add_artist(Rectangle((x - r + 1, y - r + 2), 2 * r - 2, 2 * r - 4, **common))
    ax.text(
        x, y, f"{number}", transform=in_pixels(ax), size=LABEL_SIZE, color=light(f"{kind}-mark"),
        weight="bold", ha="center", va="center_baseline", zorder=2.6,
    )  # fmt: skip
    page.take_circle(x, y, r)


def _draw_class_legend(ax: Axes, lines: Sequence[str]) -> None:
    x, top = 286.0, 205.0
    entries = [*zip(map(light, CLASSES), CLASS_LABELS, strict=True)]
    _write(ax, x, top, "Incidents", weight="bold")
    boxes = [(light("page"), NONE_RECORDED, "////"), *((colour, label, "") for colour, label in entries)]
    for number, (colour, label, hatch) in enumerate(boxes, start=1):
        y = top - 17 * number
        line = light("county-line")
        ax.add_artist(
            Rectangle(
                (x, y - 4), 20, 12, transform=in_pixels(ax), facecolor=colour, edgecolor=line,
                hatch=hatch, linewidth=0.8, clip_on=False,
            )  # fmt: skip
        )
        _write(ax, x + 27, y, label)
    for number, line in enumerate(lines):
        _write(ax, x, top - 17 * 7.4 - 15 * number, line)


def _draw_mark_legend(ax: Axes, page: Page, counts: pd.DataFrame, lines: Sequence[str]) -> None:
    x, y = 300.0, 188.0
    scale = circle_scale(counts)
    largest = int(counts.loc[counts["level"] == "county", "incidents"].max())
    page.taken.append(Box(x - 14, 0, WIDTH_TAKEN, y + 12))
    _write(ax, x - 10, y, "Incidents known to", weight="bold")
    y -= 24
    for number in sorted({1, max(largest // 8, 1), largest}):
        radius = max(scale * sqrt(number), 2.2)
        _draw_circle(ax, x + radius - 8, y, radius)
        _write(ax, x + 2 * radius - 4, y - 4, f"{number}")
        x += 2 * radius + 24
    _write(ax, x - 4, y - 4, "county")
    x = 300.0
    blank = Page(page.bounds)
    for kind, words in (("province", "province only"), ("border", "its border area")):
        y -= 30
        _draw_numbered(ax, blank, (x + 3, y), "n", kind=kind, name=None)
        _write(ax, x + 22, y - 4, words)
    y -= 27
    for number, line in enumerate(lines):
        _write(ax, x - 10, y - 15 * number, line)


WIDTH_TAKEN = 440.0


def _write(ax: Axes, x: float, y: float, text: str, *, weight: str = "normal") -> None:
    ax.text(
        x, y, text, transform=in_pixels(ax), size=LABEL_SIZE, color=light("ink"), weight=weight,
        ha="left", va="baseline", zorder=4,
    )  # fmt: skip


def _inside(ax: Axes) -> Box:
    width, height = ax.figure.get_size_inches() * 72
    return Box(2.0, 2.0, width - 2.0, height - 2.0)


def _class_of(number: int) -> str:
    return CLASSES[np.searchsorted(CLASS_STARTS, number, side="right") - 1] if number else "page"


def _is_border_of_province(counts: pd.DataFrame, places: pd.DataFrame) -> pd.Series:
    return (counts["level"] == "border") & (counts["pcode"].map(places["level"]) == "province")


def _unplaced(counts: pd.DataFrame, places: pd.DataFrame) -> tuple[int, int]:
    """Count incidents of the border as a whole and of the country as a whole."""
    border = (counts["level"] == "border") & ~_is_border_of_province(counts, places)
    country = counts["level"] == "country"
    return int(counts.loc[border, "incidents"].sum()), int(counts.loc[country, "incidents"].sum())


def _unplaced_lines(border: int, country: int) -> list[str]:
    return [f"border, no province: {border:,}", f"country only: {country:,}"]


def _unplaced_sentence(border: int, country: int) -> str:
    return (
        f"Not drawn: {border:,} known to the border area only, without a province, and {country:,} "
        "known to the country only."
    )


def _said(number: int) -> str:
    return f"{number:,} incident{'' if number == 1 else 's'}" if number else NONE_RECORDED


def _province_title(name: str, row: Mapping[str, int]) -> str:
    if not row["total"]:
        return f"{name}: {NONE_RECORDED}"
    return (
        f"{name}: {_said(row['total'])} ({row['county']:,} known to a county, {row['province']:,} to the "
        f"province only, {row['border']:,} to its border area)"
    )


def _largest(numbers: pd.Series, places: pd.DataFrame) -> str:
    top = numbers[numbers > 0].sort_values(ascending=False, kind="stable").head(3)
    return ", ".join(f"{places.at[pcode, 'name_en']} {number:,}" for pcode, number in top.items())


def _province_alt(
    table: pd.DataFrame, places: pd.DataFrame, total: int, border: int, country: int
) -> str:
    none = [places.at[pcode, "name_en"] for pcode in table.index[table["total"] == 0]]
    return (
        f"Map of incidents by province. Of {total:,} incidents {int(table['total'].sum()):,} are known to a "
        f"province; most are in {_largest(table['total'], places) or 'none'}. "
        f"None recorded in: {', '.join(none) or 'no province'}. {_unplaced_sentence(border, country)}"
    )


def _county_alt(counts: pd.DataFrame, places: pd.DataFrame, border: int, country: int) -> str:
    counties = counts[counts["level"] == "county"].groupby("pcode")["incidents"].sum()
    recorded = int((counties > 0).sum())
    every = int((places["level"] == "county").sum())
    levels = counts.groupby("level")["incidents"].sum()
    return (
        f"Map of incidents by county. Of {int(counts['incidents'].sum()):,} incidents "
        f"{int(counties.sum()):,} are known to a county, {int(levels.get('province', 0)):,} to a province only. "
        f"Most are in {_largest(counties, places) or 'no county'}. {every - recorded:,} of {every:,} counties "
        f"have none recorded. {_unplaced_sentence(border, country)}"
    )
