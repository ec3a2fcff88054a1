"""Map several periods beside each other on one scale."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from crackdown import maptext
from crackdown.cartography import COUNTRY, SMALL_SIZE, inside, place_map, write
from crackdown.counts import count_places, share_inside
from crackdown.evidence import FIRM_GRADES
from crackdown.geometry import Geometry
from crackdown.graphics import WIDTH, Graphic, Sheet, Words, new_figure
from crackdown.labels import Page, text_width
from crackdown.maps import class_labels, fill_provinces, sum_provinces
from crackdown.marks import NO_REPORT, draw_patch, free_point, hatch_of
from crackdown.palette import CLASSES
from crackdown.selection import Selection
from crackdown.wording import say, write_day

COLUMNS = 3
HEADING, KEY = 20.0, 34.0
KEY_ROW = 18.0


def map_halves(selection: Selection, *, key: str = "period-maps") -> Graphic | Words:
    """Map the provinces in the two periods that a page compares.

    Returns
    -------
    The figure, of the incidents whose dates lie wholly in one period; words when nothing is
    compared. The caption says how many incidents lie in neither for certain.
    """
    shifts = selection.shifts
    if shifts is None:
        return Words(say("finding-too-few"), key=key)
    names = (
        say("until", day=write_day(shifts.before[1])),
        say("from", day=write_day(shifts.after[0])),
    )
    inside = {
        name: share_inside(selection.incidents, *period) == 1
        for name, period in zip(names, (shifts.before, shifts.after), strict=True)
    }
    places = selection.archive.places
    firm = selection.grades.isin(FIRM_GRADES)
    counts = {
        name: count_places(selection.incidents[held], places, firm=firm[held])
        for name, held in inside.items()
    }
    graphic = map_small_multiples(counts, places, selection.geometry, key=key)
    if isinstance(graphic, Graphic):
        neither = len(selection.incidents) - sum(int(held.sum()) for held in inside.values())
        graphic.caption += " " + say("caption-halves", neither=neither)
    return graphic


def map_small_multiples(
    counts: Mapping[str, pd.DataFrame],
    places: pd.DataFrame,
    geometry: Geometry,
    *,
    key: str = "period-maps",
) -> Graphic | Words:
    """Map the incidents of each province in several periods, on one scale.

    Parameters
    ----------
    counts
        By name of the period, in order: a frame as for `map_provinces`.
    places, geometry, key
        As for `map_provinces`.

    Returns
    -------
    The figure with three maps a row; words when no incident is counted in any period or all are
    unplaced.
    """
    every = pd.concat(counts.values())
    if nothing := maptext.nothing_to_draw(every, maptext.unplaced(every, places)):
        return Words(nothing, key=key)
    tables = {name: sum_provinces(frame, places) for name, frame in counts.items()}
    rows = -(-len(tables) // COLUMNS)
    cell = WIDTH / COLUMNS
    uncertain = "firm" in every
    height = rows * (cell + HEADING) + KEY + (KEY_ROW if uncertain else 0)
    titles = {}
    figure = new_figure(height)
    for number, (name, table) in enumerate(tables.items()):
        row, column = divmod(number, COLUMNS)
        bottom = height - (row + 1) * (cell + HEADING)
        ax = place_map(figure, (column * cell, bottom, cell, cell), COUNTRY.extent)
        titles |= _draw_small(ax, name, table, places=places, geometry=geometry)
    _draw_class_row(figure, uncertain=uncertain)
    return Graphic(
        figure,
        key=key,
        caption=maptext.multiples_caption(counts, places, class_labels(), source=geometry.source),
        alt=maptext.multiples_alt(tables, places),
        titles=titles,
    )


def _draw_small(
    ax: Sheet, name: str, table: pd.DataFrame, *, places: pd.DataFrame, geometry: Geometry
) -> dict[str, str]:
    """Draw one small map: heading, a number in each province; return what its areas say."""
    shapes = geometry.provinces_to_draw.geometry
    fill_provinces(ax, table, geometry, prefix=f"{name} ")
    page = Page(inside(ax))
    write(ax, page.bounds.left + 4, page.bounds.top + 10, name, weight="bold")
    for pcode, total in table["total"].sort_values(ascending=False, kind="stable").items():
        size = (text_width(f"{total:,}", SMALL_SIZE), SMALL_SIZE)
        at = free_point(ax, page, shapes[pcode], size=size) if total else None
        if at is not None:
            page.take_box(*at, *size)
            write(ax, *at, f"{total:,}", size=SMALL_SIZE, ha="center", rim="page")
    titles = maptext.province_titles(table, places)
    return {f"{name} {pcode}": f"{name}, {title}" for pcode, title in titles.items()}


def _draw_class_row(figure: Figure, *, uncertain: bool) -> None:
    """Draw the key of the classes as one row at the foot of a figure, below it that of hatching."""
    width, height = figure.get_size_inches() * 72
    ax = Sheet(figure, (0, 0, width, height))
    y = 13.0
    if uncertain:
        draw_patch(ax, 6.0, y, token=CLASSES[0], hatch=hatch_of(CLASSES[0]))
        label = say("map-uncertain-key").replace(" | ", " ")
        write(ax, 29.0, y, label, size=SMALL_SIZE)
        y += KEY_ROW
    entries = [("page", say("none-recorded")), *zip(CLASSES, class_labels(), strict=True)]
    x = 6.0
    for token, label in entries:
        draw_patch(ax, x, y, token=token, hatch=NO_REPORT if token == "page" else None)
        write(ax, x + 23, y, label, size=SMALL_SIZE)
        x += 23 + text_width(label, SMALL_SIZE) + 5
