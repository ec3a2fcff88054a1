"""Map where incidents happened, each at the level of place to which it is known."""

from collections.abc import Collection, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from crackdown import maptext
from crackdown.areas import Hatch, rectangle
from crackdown.cartography import (
    COUNTRY,
    LABEL_SIZE,
    Extent,
    View,
    add_areas,
    add_marks,
    area_paths,
    draw_extent,
    draw_names,
    draw_outlines,
    draw_scale_bar,
    frame,
    inside,
    new_map,
    write,
)
from crackdown.geometry import Geometry
from crackdown.graphics import Graphic, Sheet, Words
from crackdown.labels import Page, text_width
from crackdown.marks import (
    LINE,
    MARK_RADIUS,
    NO_REPORT,
    Mark,
    circle_scale,
    draw_circles,
    draw_class_key,
    draw_mark_key,
    draw_numbered,
    free_point,
    hatch_of,
    label_circles,
    locate,
    shown,
)
from crackdown.palette import CLASSES, light
from crackdown.places import name_places
from crackdown.wording import say

# Fixed classes, not quantiles or natural breaks: a colour means the same number on every page
# and in every period, and the steps are about equal in the logarithm, as the counts are skewed.
CLASS_STARTS = (1, 5, 20, 50, 100)
# The northern border in two panels: together they run from the mouth of the Yalu to that of the
# Tumen. In one panel it would be no larger than on the country's map, which it crosses from side
# to side.
NORTH = {
    "Upper-Yalu-and-Tumen": View(
        Extent(126.70, 40.80, 130.95, 43.15),
        50,
        (("china", 128.3, 42.55), ("russia", 130.62, 42.85)),
    ),
    "Lower-Yalu": View(Extent(124.05, 39.75, 127.15, 41.90), 50, (("china", 125.2, 41.3),)),
}
# So many counties are labelled on the country's map even where a panel labels them too.
LARGEST_LABELLED = 8


def map_provinces(
    counts: pd.DataFrame, places: pd.DataFrame, geometry: Geometry, *, key: str = "province-map"
) -> Graphic | Words:
    """Map the incidents of each province.

    Parameters
    ----------
    counts
        One row per place with incidents: `pcode`, `level` (`county`, `province`, `border`,
        `country`: how exactly the place is known) and `incidents`, as
        `crackdown.counts.count_places` returns. An absent place has none recorded, which is not
        zero.
    places
        The gazetteer, indexed by `pcode`.
    geometry
        The boundaries.
    key
        Identifier on the page.

    Returns
    -------
    The figure; words when no incident is counted or all are unplaced. Incidents known only to
    the border area as a whole or to the country are stated beside the map, never drawn in a
    province.
    """
    unplaced = maptext.unplaced(counts, places)
    if nothing := maptext.nothing_to_draw(counts, unplaced):
        return Words(nothing, key=key)
    table = sum_provinces(counts, places)
    ax = new_map(COUNTRY.extent)
    page = Page(inside(ax))
    draw_class_key(
        ax,
        page,
        [*zip(CLASSES, class_labels(), strict=True)],
        none=say("none-recorded"),
        uncertain="firm" in counts,
        lines=unplaced.lines,
    )
    draw_names(ax, page, COUNTRY.names)
    draw_scale_bar(ax, page, km=COUNTRY.scale_km, y=12)
    draw_provinces(ax, page, table, places=places, geometry=geometry)
    return Graphic(
        ax.figure,
        key=key,
        caption=maptext.province_caption(counts, unplaced, class_labels(), source=geometry.source),
        alt=maptext.province_alt(table, places, unplaced),
        titles=maptext.province_titles(table, places),
    )


def class_labels() -> list[str]:
    """Word the classes, from few to many."""
    ends = [f"{start}–{after - 1}" for start, after in pairwise(CLASS_STARTS)]
    return [*ends, say("or-more", number=CLASS_STARTS[-1])]


def sum_provinces(counts: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Add up incidents by province and by the level to which they are known.

    Returns
    -------
    Indexed by the `pcode` of every province, in the gazetteer's order, with the integer columns
    `county`, `province`, `border` and `total`; 0 means none recorded. `firm` too, how many of them
    are firmly sourced, if the counts have it. What is known only to the country or to the border as
    a whole is in no row.
    """
    provinces = places.index[places["level"] == "province"]
    is_county = counts["pcode"].map(places["level"]) == "county"
    parent = counts["pcode"].map(places["parent_pcode"]).where(is_county, counts["pcode"])
    table = (
        counts.groupby([parent, "level"])["incidents"]
        .sum()
        .unstack(fill_value=0)
        .reindex(index=provinces, columns=["county", "province", "border"], fill_value=0)
        .astype(int)
    )
    table.columns.name = None
    table = table.assign(total=table.sum(axis=1))
    if "firm" in counts:
        table["firm"] = counts.groupby(parent)["firm"].sum().reindex(provinces, fill_value=0)
    return table


def draw_provinces(
    ax: Sheet, page: Page, table: pd.DataFrame, *, places: pd.DataFrame, geometry: Geometry
) -> Sheet:
    """Draw provinces filled by the class of `total`, each with its name and number.

    Parameters
    ----------
    ax
        From `crackdown.cartography.new_map`.
    page
        What is taken on the axes; the labels are added.
    table
        As `sum_provinces` returns.
    places, geometry
        As for `map_provinces`.
    """
    shapes = geometry.provinces_to_draw.geometry
    fill_provinces(ax, table, geometry)
    names = name_places(places)
    for pcode in table["total"].sort_values(ascending=False, kind="stable").index:
        name, total = names[pcode], table.at[pcode, "total"]
        lines = [name, f"{total:,}"] if total else [name]
        width = max(text_width(line, LABEL_SIZE) for line in lines)
        at = free_point(ax, page, shapes[pcode], size=(width, LINE * len(lines)))
        if at is None:
            continue
        page.take_box(*at, width, LINE * len(lines))
        for number, line in enumerate(lines):
            weight = "bold" if number else "normal"
            y = at[1] + LINE * (len(lines) - 1) / 2 - LINE * number
            write(ax, at[0], y, line, ha="center", weight=weight, rim="page")
    return ax


def fill_provinces(ax: Sheet, table: pd.DataFrame, geometry: Geometry, *, prefix: str = "") -> None:
    """Fill provinces by class; those with none recorded, and the uncertain ones, are hatched.

    The uncertain ones are those of `crackdown.maptext.uncertain`.
    """
    paths = area_paths(geometry, "provinces", ax)
    unsure = maptext.uncertain(table, "total")
    layers: dict[Hatch | None, dict[str, str]] = {NO_REPORT: {}, None: {}}
    for pcode, total in table["total"].items():
        hatch = hatch_of(_class_of(total)) if unsure[pcode] else None if total else NO_REPORT
        layers.setdefault(hatch, {})[pcode] = light(_class_of(total))
    for hatch, colours in layers.items():
        chosen = {f"{prefix}{pcode}": paths[pcode] for pcode in paths if pcode in colours}
        fills = {f"{prefix}{pcode}": colour for pcode, colour in colours.items()}
        line = (light("province-line"), 0.6) if hatch == NO_REPORT else (light("page"), 1.0)
        add_areas(ax, chosen, fills=fills, hatch=hatch, line=line)


def _class_of(number: int) -> str:
    """Return the token of the class that a number falls into."""
    return CLASSES[np.searchsorted(CLASS_STARTS, number, side="right") - 1] if number else "page"


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
    The figure of three panels; words when no incident is counted or all are unplaced. A circle's area is
    proportional to the county's incidents, on one scale in all panels. Incidents known to the
    province only are an open diamond in it, those of a province's border area a square outside
    the border: neither fills a county.
    """
    unplaced = maptext.unplaced(counts, places)
    if nothing := maptext.nothing_to_draw(counts, unplaced):
        return Words(nothing, key=key)
    located = locate(counts, places)
    scale = circle_scale(counts)
    figures = {}
    headings = {name: say(f"panel-{name}") for name in NORTH}
    for name, view in {"country": COUNTRY, **NORTH}.items():
        ax = new_map(view.extent)
        page = Page(inside(ax))
        draw_land(ax, geometry)
        if name == "country":
            draw_mark_key(ax, page, counts, scale=scale, lines=unplaced.lines)
            for north in NORTH.values():
                draw_extent(ax, north.extent)
        else:
            _draw_heading(ax, page, headings[name])
        draw_names(ax, page, view.names)
        draw_scale_bar(
            ax, page, km=view.scale_km, y=12 if name == "country" else page.bounds.top - 46
        )
        apart = _labelled_elsewhere(located) if name == "country" else ()
        draw_counts(ax, page, located, geometry=geometry, scale=scale, unlabelled=apart)
        figures[name] = ax.figure
    return Graphic(
        figures,
        key=key,
        caption=maptext.county_caption(counts, unplaced, source=geometry.source),
        alt=maptext.county_alt(counts, places, unplaced),
        titles=maptext.county_titles(counts, places),
        headings=headings,
    )


def _labelled_elsewhere(located: Sequence[Mark]) -> set[str]:
    """List the lesser counties that a panel of the north labels, to keep the country's map clear."""
    lesser = [mark for mark in located if mark.level == "county"][LARGEST_LABELLED:]
    frames = [frame(view.extent) for view in NORTH.values()]
    return {
        mark.pcode
        for mark in lesser
        if any(
            left <= mark.x <= right and bottom <= mark.y <= top
            for left, bottom, right, top in frames
        )
    }


def draw_land(ax: Sheet, geometry: Geometry) -> Sheet:
    """Draw all counties as plain land, with the lines of the provinces."""
    paths = area_paths(geometry, "counties", ax)
    add_areas(
        ax, paths, fills=dict.fromkeys(paths, light("land")), line=(light("county-line"), 0.6)
    )
    return draw_outlines(ax, geometry.province_lines, line=(light("province-line"), 0.9))


def _draw_heading(ax: Sheet, page: Page, text: str) -> None:
    box = page.bounds
    write(ax, box.left + 6, box.top - 12, text, weight="bold")
    width = text_width(text, LABEL_SIZE) * 1.1
    page.take_box(box.left + 6 + width / 2, box.top - 12, width, LINE)
    edge = {"edge": rectangle(box.left - 1, box.bottom - 1, box.right + 1, box.top + 1)}
    add_marks(ax, edge, fills={}, line=(light("rule"), 1.0), zorder=6)


def draw_counts(
    ax: Sheet,
    page: Page,
    located: Sequence[Mark],
    *,
    geometry: Geometry,
    scale: float,
    unlabelled: Collection[str] = (),
) -> Sheet:
    """Draw what an axes shows of the counts: circles, squares, diamonds, labels where there is room.

    Parameters
    ----------
    ax
        From `crackdown.cartography.new_map`.
    page
        What is taken on the axes; the marks and labels are added.
    located
        As `crackdown.marks.locate` returns.
    geometry
        The boundaries.
    scale
        Radius in pixels of a circle for one incident.
    unlabelled
        P-codes of counties that are drawn without a label.
    """
    counties = shown(ax, located, "county")
    draw_circles(ax, page, counties, scale=scale)
    draw_numbered(ax, page, shown(ax, located, "border"), kind="border")
    _draw_diamonds(ax, page, [mark for mark in located if mark.level == "province"], geometry)
    labelled = [mark for mark in counties if mark.pcode not in unlabelled]
    return label_circles(ax, page, labelled, scale=scale)


def _draw_diamonds(ax: Sheet, page: Page, provinces: Sequence[Mark], geometry: Geometry) -> None:
    """Draw the incidents known to a province only, where the province's middle is shown."""
    reach = 2 * MARK_RADIUS + 6
    shapes = geometry.provinces_to_draw.geometry
    drawn = []
    for mark in provinces:
        at = free_point(ax, page, shapes[mark.pcode], size=(reach, reach))
        if at is not None:
            drawn.append(mark._replace(x=at[0], y=at[1]))
            page.take_box(*at, reach, reach)
    draw_numbered(ax, page, drawn, kind="province")
