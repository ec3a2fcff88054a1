"""Load the boundaries of provinces and counties and hold them against the gazetteer."""

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import geopandas
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from crackdown.digests import BOUNDARIES
from crackdown.errors import DataError, Problem, nearest_value
from crackdown.files import check_links

LAYERS = ("counties.shp", "provinces.shp")
# Korea 2000 unified coordinate system: metres, for distances and areas on the ground.
METRES = "EPSG:5179"
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
    """

    counties: GeoDataFrame
    provinces: GeoDataFrame

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
    return _load_geometry(folder, _digest(folder))


def _digest(folder: Path) -> str:
    """Return what changes with the bytes of any file of the layers."""
    digest = hashlib.sha256()
    for path in sorted(path for name in LAYERS for path in folder.glob(f"{Path(name).stem}.*")):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)} ".encode() + content)
    return digest.hexdigest()


@lru_cache(maxsize=2)
def _load_geometry(folder: Path, digest: str) -> Geometry:
    """Read the layers once for the same bytes, since projecting takes longer than drawing."""
    problems: list[Problem] = []
    layers = [_load_layer(folder / name, problems) for name in LAYERS]
    if problems:
        raise DataError(problems)
    return Geometry(*(layer.set_index("pcode").sort_index().to_crs(METRES) for layer in layers))


def _load_layer(path: Path, problems: list[Problem]) -> GeoDataFrame | None:
    if not path.exists():
        remedy = "Put the shapefile there, or point to its folder with --shapefiles."
        problems.append(Problem(file=str(path), message="There is no such file", remedy=remedy))
        return None
    try:
        layer = geopandas.read_file(path)
    except (OSError, RuntimeError) as error:  # pyogrio's errors are RuntimeErrors
        remedy = "A shapefile needs its .shp, .shx and .dbf files in one folder."
        problems.append(Problem(file=str(path), message=f"Cannot be read ({error})", remedy=remedy))
        return None
    before = len(problems)
    problems.extend(_layer_problems(path, layer))
    return layer if len(problems) == before else None


def _layer_problems(path: Path, layer: GeoDataFrame) -> list[Problem]:
    if "pcode" not in layer.columns:
        columns = ", ".join(map(str, layer.columns))
        message = f"The column is missing; there are {columns}"
        return [
            Problem(file=str(path), column="pcode", message=message, remedy="Add the OCHA P-codes.")
        ]
    problems = []
    if layer.crs is None:
        remedy = "Put the .prj file beside it."
        problems.append(
            Problem(file=str(path), message="The coordinate system is not said", remedy=remedy)
        )
    faults = {
        "stands twice": layer["pcode"].duplicated(),
        "has no shape": layer.geometry.isna() | layer.geometry.is_empty,
        "has an invalid shape": ~layer.geometry.is_valid,
    }
    for message, wrong in faults.items():
        problems.extend(
            Problem(
                file=str(path), line=int(row) + 1, column="pcode", value=str(pcode), message=message
            )
            for row, pcode in layer.loc[wrong, "pcode"].items()
        )
    return problems


def check_geometry(geometry: Geometry, places: pd.DataFrame) -> None:
    """Check that the boundaries have exactly the P-codes of the gazetteer.

    Parameters
    ----------
    geometry
        The boundaries.
    places
        The gazetteer, indexed by `pcode`, with `level` and `name_en`.

    Raises
    ------
    DataError
        With one problem for every code that is missing or not in the gazetteer.
    """
    problems: list[Problem] = []
    for level, layer in (("county", geometry.counties), ("province", geometry.provinces)):
        file = "counties.shp" if level == "county" else "provinces.shp"
        names = places.loc[places["level"] == level, "name_en"]
        missing = sorted(set(names.index) - set(layer.index))
        extra = sorted(set(layer.index) - set(names.index))
        for pcode in missing:
            message = f"({names[pcode]}) is in data/places.csv but has no shape"
            remedy = "Add its shape, or use the boundary file that belongs to the gazetteer."
            problems.append(
                Problem(file=file, column="pcode", value=pcode, message=message, remedy=remedy)
            )
        for pcode in extra:
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
    if problems:
        raise DataError(problems)
