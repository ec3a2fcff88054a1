"""Boundaries of other origin: put into the project's layout, every match and repair told.

Reports read the project's layout only and refuse everything else. A file of
another publisher is converted once, by a command whose report a researcher can
read and keep; a page that converted it by itself would show guesses as borders.
"""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import pyogrio
import shapely
from geopandas import GeoDataFrame

from crackdown.errors import DataError, Problem, UsageError, shown
from crackdown.geometry import LAYERS, METRES, SOURCE, check_geometry, load_geometry
from crackdown.layers import Layer, load_layer
from crackdown.matches import (
    LAYOUTS,
    Layout,
    Match,
    Names,
    match_counties,
    recognise_layout,
    shared_areas,
)
from crackdown.places import place_name

DEGREES = "EPSG:4326"
#: Slivers between neighbours up to this width are closed, as in the shipped boundaries.
GAP_WIDTH = 1_000
#: Share of the ground of a county, taken together with that of the shipped one, that
#: both must have in common; and the share by which one shape may overlap another.
SAME = 1 / 3
TOUCHING = 0.01
#: A .dbf holds a date; that of the day would change the bytes.
DBF_DATE = "2000-01-01"


@dataclass(frozen=True)
class Conversion:
    """
    Both layers in metres, and what was done for them.

    `counties` has the columns pcode, name_en and prov_pcode, `provinces` the
    first two, both in order of P-code. `lines` tells layout, repairs and matches.
    """

    counties: GeoDataFrame
    provinces: GeoDataFrame
    lines: list[str]


def convert_boundaries(path: Path, places: pd.DataFrame, shipped: GeoDataFrame) -> Conversion:
    """
    Put a shapefile of counties into the project's layout.

    Parameters
    ----------
    path
        The .shp file, of the second administrative level.
    places
        The gazetteer, index `pcode`.
    shipped
        The project's counties, index `pcode`, in metres: what the shapes are held
        against.

    Raises
    ------
    DataError
        If a county is missing, stands twice, or cannot be told for certain; if a
        shape is empty; if the file does not lie in North Korea or cannot be read.
    """
    names = Names(places)
    layer = load_layer(path, names.count_known)
    layout = _recognise(layer)
    lines = [f"{path}: layout {layout.name}, {len(layer.frame)} shapes."]
    lines += [f"Repair: {text}." for text in layer.repairs]
    frame = _mend(_locate(layer, shipped, lines), path, lines)
    matches = match_counties(frame, layout, names, shipped=shipped, file=str(path))
    counties = _join_parts(frame, matches, path, lines)
    _check_complete(counties, path, places, shipped)
    counties = _clean(counties, lines)
    common = _compare(counties, path, places, shipped)
    return Conversion(*_lay_out(counties, places), [*lines, *_tell(matches, common, places)])


def write_boundaries(
    conversion: Conversion, folder: Path, places: pd.DataFrame, *, source: str = ""
) -> list[Path]:
    """
    Write both layers into a folder that holds none yet, and read them as a report would.

    Parameters
    ----------
    conversion, folder, places
    source
        Who published the boundaries and under which licence, for the foot of every map.

    Raises
    ------
    UsageError
        If the folder has one of the files already.
    DataError
        If the source is not one line of text.
    """
    there = [name for name in (*LAYERS, SOURCE) if (folder / name).exists()]
    if there:
        raise UsageError(f"{folder} holds {' and '.join(there)} already. Name another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with tempfile.TemporaryDirectory(dir=folder, prefix=".boundaries-") as work:
        for name, layer in zip(LAYERS, (conversion.counties, conversion.provinces), strict=True):
            pyogrio.write_dataframe(
                layer, Path(work, name), driver="ESRI Shapefile", encoding="UTF-8",
                RESIZE="YES", DBF_DATE_LAST_UPDATE=DBF_DATE,
            )
        if source:
            Path(work, SOURCE).write_text(f"{source}\n", encoding="utf-8")
        check_geometry(load_geometry(Path(work)), places)
        for part in sorted(Path(work).iterdir()):
            os.replace(part, folder / part.name)
            written.append(folder / part.name)
    return written


def _recognise(layer: Layer) -> Layout:
    layout = recognise_layout(layer.frame.columns)
    if layout is None:
        known = ", ".join(name for one in LAYOUTS for name in (*one.codes, *one.names))
        there = ", ".join(layer.frame.columns.drop("geometry")) or "none"
        remedy = "Rename the column of P-codes to pcode, or that of names to name_en."
        message = f"No column of codes or names is known among: {there}. Known are: {known}"
        raise DataError([Problem(file=str(layer.path), message=message, remedy=remedy)])
    return layout


def _locate(layer: Layer, shipped: GeoDataFrame, lines: list[str]) -> GeoDataFrame:
    """Project the shapes to metres, in the first reading that puts them into the country."""
    frame = layer.frame
    said = frame.crs
    readings = [(crs, swapped) for crs in (said, DEGREES) if crs for swapped in (False, True)]
    for crs, swapped in readings:
        shapes = frame.geometry.to_numpy()
        if swapped:
            shapes = shapely.transform(shapes, lambda both: both[:, ::-1])
        placed = geopandas.GeoSeries(shapes, crs=crs).to_crs(METRES)
        if not _lies_in(placed.total_bounds, shipped.total_bounds):
            continue
        if said is None:
            lines.append(f"Repair: the coordinate system is not said (no .prj); read as {DEGREES}.")
        elif crs is not said:
            lines.append(
                f"Repair: the coordinates are not in {said.name}, as the .prj says; read as {DEGREES}."
            )
        if swapped:
            lines.append("Repair: the axes are swapped; read with latitude first.")
        return frame.set_geometry(placed)
    west, south, east, north = frame.total_bounds
    system = said.name if said is not None else "no coordinate system (no .prj)"
    extent = f"x {west:,.6g} to {east:,.6g}, y {south:,.6g} to {north:,.6g} in {system}"
    message = f"It does not lie in North Korea: {extent}"
    remedy = "Name the file of North Korea, and see that the right .prj stands beside it."
    raise DataError([Problem(file=str(layer.path), message=message, remedy=remedy)])


def _lies_in(bounds: np.ndarray, country: np.ndarray) -> bool:
    """Say whether more than half of the ground within bounds is within those of the country."""
    if not np.isfinite(bounds).all():
        return False
    one, other = shapely.box(*bounds), shapely.box(*country)
    return one.intersection(other).area > one.area / 2


def _mend(frame: GeoDataFrame, path: Path, lines: list[str]) -> GeoDataFrame:
    """Make invalid shapes valid; a shape of which nothing remains is a problem."""
    shapes = frame.geometry.to_numpy().copy()
    for row in np.flatnonzero(~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)):
        why = shapely.is_valid_reason(shapes[row]).split("[")[0].lower()
        shapes[row] = shapely.make_valid(shapes[row], method="structure", keep_collapsed=False)
        # The area of a shape that crosses itself is not defined: only that after is told.
        lines.append(f"Repair: row {row + 1}: {why}; made valid, {shapes[row].area / 1e6:,.1f} km².")
    nothing = np.flatnonzero(~(shapely.area(shapes) > 0))
    if len(nothing):
        remedy = "Take the shape from the source again, or remove the row."
        raise DataError(
            Problem(file=str(path), line=int(row) + 1, message="The row has no shape", remedy=remedy)
            for row in nothing
        )
    return frame.set_geometry(geopandas.GeoSeries(shapes, crs=frame.crs, index=frame.index))


def _join_parts(
    frame: GeoDataFrame, matches: list[Match], path: Path, lines: list[str]
) -> GeoDataFrame:
    """Unite the shapes of each county; two that are not parts of one are a problem."""
    rows: dict[str, list[int]] = defaultdict(list)
    for match in matches:
        rows[match.pcode].append(match.row)
    shapes = frame.geometry.to_numpy()
    joined, problems = {}, []
    for pcode, numbers in sorted(rows.items()):
        parts = shapes[np.array(numbers) - 1]
        united = shapely.union_all(parts)
        told = f"rows {', '.join(map(str, numbers))}"
        joined[pcode] = united
        if len(parts) == 1:
            continue
        if shapely.area(parts).sum() - united.area <= TOUCHING * shapely.area(parts).min():
            lines.append(f"Repair: {told} are parts of {pcode}; joined.")
        elif all(part.symmetric_difference(united).area <= TOUCHING * united.area for part in parts):
            lines.append(f"Repair: {told} are the same shape of {pcode}; taken once.")
        else:
            message = f"stands {len(parts)} times, with shapes that overlap: {told}"
            problems.append(Problem(
                file=str(path), column="county", value=pcode, message=message,
                remedy="Keep the row that is right.",
            ))  # fmt: skip
    if problems:
        raise DataError(problems)
    united = GeoDataFrame({"pcode": list(joined)}, geometry=list(joined.values()), crs=frame.crs)
    return united.set_index("pcode")


def _check_complete(
    counties: GeoDataFrame, path: Path, places: pd.DataFrame, shipped: GeoDataFrame
) -> None:
    """Raise an error for every county without a shape, which says who has its ground."""
    missing = shipped.index.difference(counties.index)
    shared = shared_areas(shipped.loc[missing].geometry.to_numpy(), counties.geometry.to_numpy())
    shared /= shipped.loc[missing].area.to_numpy()[:, None]
    problems = []
    for row, pcode in enumerate(missing):
        holder = int(shared[row].argmax())
        where = (
            f"; {shared[row, holder]:.0%} of its ground is in the shape of {counties.index[holder]}"
            if shared[row, holder] > 0
            else ""
        )
        problems.append(Problem(
            file=str(path), column="county", value=pcode,
            message=f"({place_name(places, pcode)}) has no shape{where}",
            remedy="Take a file of the same counties, 2019.",
        ))  # fmt: skip
    if problems:
        raise DataError(problems)


def _clean(counties: GeoDataFrame, lines: list[str]) -> GeoDataFrame:
    """Make a coverage of the counties; Geometry relies on shared lines being the same."""
    before = counties.geometry.to_numpy()
    after = shapely.coverage_clean(before, gap_width=GAP_WIDTH, merge_strategy="longest_border")
    overlap = (shapely.area(before).sum() - shapely.union_all(before).area) / 1e6
    gaps = (shapely.area(after).sum() - shapely.union_all(before).area) / 1e6
    if overlap > 0.05 or gaps > 0.05:
        lines.append(
            f"Repair: neighbours overlapped by {overlap:,.1f} km² and left {gaps:,.1f} km² open; "
            "both went to the unit with the longer common border."
        )
    return counties.set_geometry(geopandas.GeoSeries(after, crs=counties.crs, index=counties.index))


def _compare(counties: GeoDataFrame, path: Path, places: pd.DataFrame, shipped: GeoDataFrame) -> pd.Series:
    """Measure which share of its ground each county has in common with the shipped one."""
    ours, theirs = counties.geometry, shipped.geometry.reindex(counties.index)
    common = ours.intersection(theirs).area / ours.union(theirs).area
    unlike = common[common < SAME]
    if len(unlike):
        raise DataError(
            Problem(
                file=str(path), column="county", value=pcode,
                message=f"({place_name(places, pcode)}) has only {share:.0%} of the ground in common "
                "with the shipped boundaries",
                remedy="Correct its shape, its code or its name.",
            )
            for pcode, share in unlike.items()
        )  # fmt: skip
    return common


def _tell(matches: list[Match], common: pd.Series, places: pd.DataFrame) -> Iterator[str]:
    for match in matches:
        named = f" {shown(match.name)}" if match.name else ""
        yield (
            f"Match: row {match.row}{named} is {match.pcode} ({place_name(places, match.pcode)}) "
            f"by {match.by}; {common[match.pcode]:.0%} of the county's ground in common."
        )


def _lay_out(counties: GeoDataFrame, places: pd.DataFrame) -> tuple[GeoDataFrame, GeoDataFrame]:
    """Put the counties into the project's columns, and unite them to provinces."""
    parents = places["parent_pcode"].reindex(counties.index)
    full = counties.assign(name_en=places["name_en"].reindex(counties.index), prov_pcode=parents)
    shapes = {
        parent: shapely.coverage_union_all(group.geometry.to_numpy())
        for parent, group in counties.groupby(parents)
    }
    provinces = GeoDataFrame(
        {"pcode": list(shapes), "name_en": places.loc[list(shapes), "name_en"].to_list()},
        geometry=list(shapes.values()), crs=counties.crs,
    )  # fmt: skip
    return full.reset_index()[["pcode", "name_en", "prov_pcode", "geometry"]], provinces
