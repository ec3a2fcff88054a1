"""Load the boundaries of provinces and counties and hold them against the gazetteer."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import pyogrio
import shapely
from geopandas import GeoDataFrame

from crackdown.digests import BOUNDARIES, digest, digest_folder
from crackdown.errors import DataError, Problem, nearest_value
from crackdown.files import check_links
from crackdown.layers import check_shapefile, load_shapes

LAYERS = ("counties.shp", "provinces.shp")
# Beside them, who published them: printed under every map.
SOURCE = "source.txt"
LONGEST_SOURCE = 300
# The command that puts a file of another publisher into the layout that is read here.
CONVERT = "crackdown boundaries FILE -o FOLDER"
# Korea 2000 unified coordinate system: metres, for distances and areas on the ground.
METRES = "EPSG:5179"
# How far a unit may lie from the point that the gazetteer has inside it, in metres.
FARTHEST = 2_000
# Lambert's azimuthal equal-area projection with its centre in the middle of the country: an area
# on the map is the same share of the country everywhere, and the scale is true within 0.1 %.
EQUAL_AREA = "+proj=laea +lat_0=40.3 +lon_0=127.4 +datum=WGS84 +units=m"


@dataclass(frozen=True, eq=False)
class Geometry:
    """Hold the boundaries.

    Attributes
    ----------
    counties, provinces
        Indexed by `pcode`, sorted by it, column `geometry` in EPSG:5179 (metres).
    source
        Who published them, as `load_source` reads it.
    """

    counties: GeoDataFrame
    provinces: GeoDataFrame
    source: str = ""

    @cached_property
    def counties_to_draw(self) -> GeoDataFrame:
        """Counties in the equal-area projection of the maps, prepared once."""
        return self.counties.to_crs(EQUAL_AREA)

    @cached_property
    def provinces_to_draw(self) -> GeoDataFrame:
        """Provinces in the equal-area projection of the maps, prepared once."""
        provinces = self.provinces.to_crs(EQUAL_AREA)
        # Placing labels asks thousands of times whether a point lies in a province.
        shapely.prepare(provinces.geometry.to_numpy())
        return provinces

    @cached_property
    def province_lines(self) -> shapely.Geometry:
        """Outlines of the provinces in the maps' projection, a shared line once."""
        return shapely.line_merge(shapely.union_all(self.provinces_to_draw.boundary.to_numpy()))


def load_geometry(shapefiles_dir: Path) -> Geometry:
    """Read `counties.shp` and `provinces.shp` from a folder, once for the same bytes.

    Parameters
    ----------
    shapefiles_dir
        Folder of the shapefiles. Each needs the column `pcode` and a coordinate system; any
        system is accepted and changed to EPSG:5179.

    Raises
    ------
    DataError
        If a file is missing or unreadable, has no coordinate system or no `pcode`, names a
        P-code twice, or holds an empty or invalid shape.
    UsageError
        If a file of the folder is a link to somewhere outside it.
    """
    folder = Path(shapefiles_dir)
    check_links(folder, BOUNDARIES)
    return _load_geometry(folder, digest(digest_folder(folder, BOUNDARIES)))


@lru_cache(maxsize=2)
def _load_geometry(folder: Path, state: str) -> Geometry:
    """Read the layers once for the same bytes, for which `state` stands: projecting takes longer than drawing."""
    problems: list[Problem] = []
    layers = [_load_layer(folder / name, problems) for name in LAYERS]
    if problems:
        raise DataError(problems)
    layers = (layer.set_index("pcode").sort_index().to_crs(METRES) for layer in layers)
    return Geometry(*layers, load_source(folder))


def load_source(shapefiles_dir: Path) -> str:
    """Read from a folder of boundaries who published them and under which licence; "" if it is not said.

    Raises
    ------
    DataError
        If `source.txt` is there and is not one line of readable text.
    """
    path = shapefiles_dir / SOURCE
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        data = file.read(4 * LONGEST_SOURCE + 1)
    try:
        text = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        text = "\0"
    if text.isprintable() and len(text) <= LONGEST_SOURCE:
        return text.rstrip(".")
    message = f"It is not one line of UTF-8 text of {LONGEST_SOURCE} characters at most"
    remedy = "Write there who published the boundaries, and under which licence; or remove it."
    raise DataError([Problem(file=str(path), message=message, remedy=remedy)])


def _load_layer(path: Path, problems: list[Problem]) -> GeoDataFrame | None:
    found = check_shapefile(path)
    if not found:
        try:
            # Only the codes: names come from the gazetteer, whatever the file's encoding.
            layer = load_shapes(path, file=str(path), columns=["pcode"])
            if "pcode" in layer:
                layer["pcode"] = layer["pcode"].map(str, na_action="ignore")
            found = _layer_problems(path, layer)
        except DataError as error:
            found = list(error.problems)
    problems.extend(found)
    return None if found else layer


def _layer_problems(path: Path, layer: GeoDataFrame) -> list[Problem]:
    if "pcode" not in layer.columns:
        columns = ", ".join(pyogrio.read_info(path)["fields"])
        message = f"The column is missing; there are {columns or 'none'}"
        remedy = f"Add the OCHA P-codes, or convert a file of another layout: {CONVERT}."
        return [Problem(file=str(path), column="pcode", message=message, remedy=remedy)]
    problems = []
    if layer.crs is None:
        remedy = "Put the .prj file beside it."
        problems.append(
            Problem(file=str(path), message="The coordinate system is not said", remedy=remedy)
        )
    faults = {
        "has no code": layer["pcode"].isna(),
        "stands twice": layer["pcode"].duplicated() & layer["pcode"].notna(),
        "has no shape": layer.geometry.isna() | layer.geometry.is_empty,
        "has an invalid shape": ~layer.geometry.is_valid & layer.geometry.notna(),
    }
    for message, wrong in faults.items():
        problems.extend(
            Problem(
                file=str(path), line=int(row) + 1, column="pcode", value=str(pcode or ""),
                message=message, remedy=f"Correct the row, or repair the file: {CONVERT}.",
            )
            for row, pcode in layer.loc[wrong, "pcode"].items()
        )
    return problems


def check_geometry(geometry: Geometry, places: pd.DataFrame) -> None:
    """Check that the boundaries have exactly the P-codes of the gazetteer, where it says.

    Parameters
    ----------
    geometry
        The boundaries.
    places
        The gazetteer, indexed by `pcode`, with `level`, `name_en`, and the point
        `lon`, `lat` (degrees) of each unit.

    Raises
    ------
    DataError
        With one problem for every code that is missing or not in the gazetteer; if
        there is none, with one for every county that lies elsewhere than its point.
    """
    layers = {
        "county": (geometry.counties, "counties.shp"),
        "province": (geometry.provinces, "provinces.shp"),
    }
    problems = [
        problem
        for level, (layer, file) in layers.items()
        for problem in _miscoded(layer, file, level, places)
    ]
    if not problems:
        # Projected together: it is the call that takes time, not the points.
        points = geopandas.GeoSeries(
            shapely.points(places["lon"], places["lat"]), index=places.index, crs="EPSG:4326"
        ).to_crs(METRES)
        problems = [
            problem
            for level, (layer, file) in layers.items()
            for problem in _misplaced(layer, file, level, points, places["name_en"])
        ]
    if problems:
        raise DataError(problems)


def _miscoded(layer: GeoDataFrame, file: str, level: str, places: pd.DataFrame) -> list[Problem]:
    """List the codes of a level that are missing, and those that are none of it."""
    wanted = set(places.index[places["level"].to_numpy() == level])
    if wanted == set(layer.index):
        return []
    names = places["name_en"]
    missing = sorted(wanted - set(layer.index))
    problems = [
        Problem(
            file=file,
            column="pcode",
            value=pcode,
            message=f"({names[pcode]}) is in data/places.csv but has no shape",
            remedy="Add its shape, or use the boundary file that belongs to the gazetteer.",
        )
        for pcode in missing
    ]
    for pcode in sorted(set(layer.index) - wanted):
        nearest = nearest_value(pcode, missing)
        problems.append(
            Problem(
                file=file,
                column="pcode",
                value=pcode,
                message=f"is no {level} of data/places.csv",
                nearest=nearest,
                nearest_label=names[nearest] if nearest else "",
                remedy="Correct the code in the shapefile, or add the place to data/places.csv.",
            )
        )
    return problems


def _misplaced(
    layer: GeoDataFrame, file: str, level: str, points: geopandas.GeoSeries, names: pd.Series
) -> list[Problem]:
    """List the units of a level that lie farther from their point than outlines differ."""
    expected = points.to_numpy()[points.index.get_indexer(layer.index)]
    with np.errstate(invalid="ignore"):
        distances = shapely.distance(expected, layer.geometry.to_numpy())
    # What cannot be projected lies nowhere.
    far = np.flatnonzero(~(distances <= FARTHEST))
    if len(far) == len(distances):
        remedy = f"If the coordinate system is wrong or the axes are swapped: {CONVERT}."
        message = f"No {level} lies where the gazetteer has it; this is not North Korea"
        return [Problem(file=file, message=message, remedy=remedy)]
    return [
        Problem(
            file=file,
            column="pcode",
            value=layer.index[row],
            message=f"({names[layer.index[row]]}) lies {distances[row] / 1000:,.0f} km "
            "from where the gazetteer has it",
            remedy="Give the shape its own code.",
        )
        for row in far
    ]
