"""Shapefiles of any origin: held against the format before a library opens them.

A file is opened by what stands in it, not by its name, and some formats fetch
what they describe from elsewhere. So nothing is opened that is not, by its first
bytes, a shapefile of polygons.
"""

from __future__ import annotations

import codecs
import shutil
import struct
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import pyogrio
import shapely
from geopandas import GeoDataFrame

from crackdown.errors import DataError, Problem

#: First bytes of a .shp and a .shx, and the numbers of the polygon types.
MAGIC = b"\x00\x00\x27\x0a"
POLYGONS = (5, 15, 25)
#: North Korea has 179 counties; no list of its districts or towns is longer.
MOST_SHAPES = 5_000
#: What the byte of a .dbf for the encoding means, where that is said.
DBF_ENCODINGS = {0x4E: "cp949", 0x79: "cp949", 0x57: "cp1252", 0x03: "cp1252"}


def check_shapefile(path: Path, *, index: bool = True) -> list[Problem]:
    """
    Hold a shapefile against the format: its parts, its kind, its length.

    Parameters
    ----------
    path
        The .shp file.
    index
        Whether the .shx must be there; it can be made from the .shp.

    Returns
    -------
    What is wrong, empty if it can be opened.
    """

    def problem(message: str, remedy: str, file: Path = path) -> list[Problem]:
        return [Problem(file=str(file), message=message, remedy=remedy)]

    if path.suffix.lower() == ".zip" or path.parent.is_file():
        return problem("A packed file is not read", "Unpack it, and name the .shp file or its folder.")
    if path.is_dir():
        return problem("It is a folder", "Name the .shp file of the counties.")
    if not path.is_file():
        remedy = "Put the shapefile there, or point to its folder with --shapefiles."
        return problem("There is no such file", remedy)
    if path.suffix.lower() != ".shp":
        return problem(
            "Only shapefiles are read", "Save it as an ESRI shapefile (.shp), for example with QGIS."
        )
    with path.open("rb") as file:
        head = file.read(100)
    if len(head) < 100 or not head.startswith(MAGIC):
        return problem("It is no shapefile", "Take the .shp file from the source again.")
    kind, length = struct.unpack("<i", head[32:36])[0], 2 * struct.unpack(">i", head[24:28])[0]
    if kind not in POLYGONS:
        return problem("It holds no polygons", "Name the file that holds the areas of the counties.")
    if length != path.stat().st_size:
        return problem(
            f"It is {path.stat().st_size:,} bytes long and says {length:,}", "Copy it again; it is cut off."
        )
    for suffix in (".dbf", ".shx") if index else (".dbf",):
        if beside(path, suffix) is None:
            remedy = f"Put {path.stem}{suffix} beside it; a shapefile needs its .shp, .shx and .dbf."
            return problem("The file is missing", remedy, path.with_suffix(suffix))
    count, names = _load_header(beside(path, ".dbf"))
    if index:
        count = max(count, (beside(path, ".shx").stat().st_size - 100) // 8)
    if count > MOST_SHAPES:
        message = f"It holds {count:,} shapes; more than {MOST_SHAPES:,} are not read"
        return problem(message, "Take the file of North Korea alone, second level.")
    if len({name.lower() for name in names}) < len(names):
        message = f"It has two columns of the same name among {', '.join(names)}"
        return problem(message, "Rename or remove one of them.")
    return []


def _load_header(table: Path) -> tuple[int, list[str]]:
    """Read from the header of a .dbf how many rows it says it has, and its columns."""
    with table.open("rb") as file:
        head = file.read(32)
        count, length = struct.unpack("<IH", head[4:10].ljust(6, b"\0"))
        fields = file.read(max(length - 33, 0))
    cells = (fields[start : start + 11] for start in range(0, len(fields) - 31, 32))
    return count, [cell.split(b"\0")[0].decode("latin-1") for cell in cells]


def beside(path: Path, suffix: str) -> Path | None:
    """Find the part of a shapefile with a certain ending, in small or capital letters."""
    parts = (path.with_suffix(one) for one in (suffix, suffix.upper()))
    return next((part for part in parts if part.is_file()), None)


@dataclass(frozen=True)
class Layer:
    """
    A shapefile as read.

    `frame` has its columns, text decoded, and its shapes in the order of the
    file; `repairs` says what was put right to read it.
    """

    path: Path
    frame: GeoDataFrame
    repairs: list[str]


def load_layer(path: Path, known: Callable[[GeoDataFrame], int]) -> Layer:
    """
    Read a shapefile of polygons with what its parts leave open.

    A missing index (.shx) is made anew, without touching the folder. Where the
    encoding is not said or is wrong, that one of the usual encodings is taken in
    which most names are known.

    Parameters
    ----------
    path
        The .shp file.
    known
        Counts the rows of a frame whose names are known.

    Raises
    ------
    DataError
        If it is no shapefile of polygons, a part is missing, or it cannot be read.
    """
    problems = check_shapefile(path, index=False)
    if problems:
        raise DataError(problems)
    repairs: list[str] = []
    with _with_index(path, repairs) as readable:
        # Every byte is a letter of this encoding, so the bytes come as they are.
        raw = load_shapes(readable, file=str(path), encoding="ISO-8859-1")
    return Layer(path, _decode(raw, path, known, repairs), repairs)


def load_shapes(path: Path, *, file: str, **options: Any) -> GeoDataFrame:
    """
    Read a shapefile that `check_shapefile` has passed; what is damaged is an error.

    Parameters
    ----------
    path
        The .shp file.
    file
        What problems name.
    options
        Passed to `geopandas.read_file`.

    Raises
    ------
    DataError
        If it cannot be read, or not without a guess.
    """
    remedy = "Take its .shp, .shx, .dbf and .prj from the source again."
    try:
        with warnings.catch_warnings(record=True) as doubts:
            warnings.simplefilter("always")
            frame = geopandas.read_file(path, force_2d=True, **options)
    # pyogrio's errors are RuntimeErrors; a .prj that is no text at all ends it in a NameError.
    except (OSError, RuntimeError, ValueError, NameError, shapely.errors.ShapelyError) as error:
        message = f"Cannot be read ({error})"
        raise DataError([Problem(file=file, message=message, remedy=remedy)]) from None
    if doubts:
        message = f"Cannot be read without a guess ({doubts[0].message})"
        raise DataError([Problem(file=file, message=message, remedy=remedy)])
    return frame


@contextmanager
def _with_index(path: Path, repairs: list[str]) -> Iterator[Path]:
    """Give a shapefile that has its index: itself, or a copy for which one is made."""
    if beside(path, ".shx"):
        yield path
        return
    repairs.append(f"{path.stem}.shx is missing; the index was made from the shapes")
    with tempfile.TemporaryDirectory() as folder:
        for suffix in (".shp", ".dbf", ".prj", ".cpg"):
            if part := beside(path, suffix):
                shutil.copyfile(part, Path(folder, f"layer{suffix}"))
        pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": True})
        try:
            yield Path(folder, "layer.shp")
        finally:
            pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": None})


def _decode(
    raw: GeoDataFrame, path: Path, known: Callable[[GeoDataFrame], int], repairs: list[str]
) -> GeoDataFrame:
    """Read the bytes of the text columns in the encoding in which most names are known."""
    texts = [
        name
        for name in raw.columns.drop("geometry")
        if raw[name].map(lambda cell: isinstance(cell, str)).any()
    ]
    if all(cell.isascii() for name in texts for cell in raw[name].dropna()):
        return raw
    said = _said_encoding(path)
    readings: dict[str, GeoDataFrame] = {}
    for encoding in dict.fromkeys([*filter(None, [said]), "utf-8", "cp949", "cp1252"]):
        try:
            readings[encoding] = raw.assign(
                **{
                    name: raw[name].map(
                        lambda cell, encoding=encoding: cell.encode("latin-1").decode(encoding),
                        na_action="ignore",
                    )
                    for name in texts
                }
            )
        except UnicodeDecodeError:
            continue
    if not readings:
        remedy = "Save it anew with the encoding UTF-8."
        message = "The names are in no encoding that is known here"
        raise DataError([Problem(file=str(path.with_suffix(".dbf")), message=message, remedy=remedy)])
    best = max(readings, key=lambda encoding: known(readings[encoding]))
    if best != said:
        told = f"it says {said}" if said else "the encoding is not said"
        repairs.append(f"{told}; the names are read as {best.upper()}")
    return readings[best]


def _said_encoding(path: Path) -> str | None:
    """Name the encoding that the .cpg or, without one, the .dbf says; None if none is known."""
    if part := beside(path, ".cpg"):
        said = part.read_bytes()[:40].decode("latin-1").strip()
        name = f"cp{said}" if said.isdigit() and said != "65001" else said.replace("65001", "utf-8")
        try:
            return codecs.lookup(name.replace(" ", "-")).name
        except (LookupError, ValueError):
            return None
    with beside(path, ".dbf").open("rb") as file:
        return DBF_ENCODINGS.get(file.read(30)[-1])
