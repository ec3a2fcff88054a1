"""The corpus of hostile files in ``tests/fixtures``, and the command that meets each.

``python tests/corpus.py`` writes the files that no editor writes, and what the command says
of each case; look at what git says has changed.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import struct
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas
import shapely
from geopandas import GeoDataFrame
from shapely.geometry import box

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "tests/fixtures"
EXPECTED = "expected.txt"

#: Ground in which the points of the three counties of the good tables lie, and of their provinces.
COUNTIES = {
    "KP0203": ("North Hamgyong", "Hoeryong", "회령시", box(129.0, 41.6, 130.1, 42.7)),
    "KP0213": ("North Hamgyong", "Myongchon", "명천군", box(129.0, 40.75, 130.1, 41.6)),
    "KP0620": ("North Pyongan", "Uiju", "의주군", box(124.43, 39.9, 126.0, 40.4)),
}


def list_cases() -> list[tuple[str, str]]:
    """List kind and name of every case, the good ones under the kind ``good``."""
    bad = [(one.parent.name, one.name) for one in sorted((FIXTURES / "bad").glob("*/*"))]
    return bad + [("good", one.name) for one in sorted((FIXTURES / "good/boundaries").iterdir())]


def find_case(kind: str, name: str) -> Path:
    """Return the folder of a case."""
    return FIXTURES / "good/boundaries" / name if kind == "good" else FIXTURES / "bad" / kind / name


def lay_out(kind: str, name: str, folder: Path) -> list[str]:
    """Copy a case into a folder among good files; return the arguments of the command that meets it."""
    case = shutil.copytree(find_case(kind, name), folder / "case", ignore=shutil.ignore_patterns(EXPECTED))
    good = FIXTURES / "good"
    (folder / "data").mkdir()
    for path in (*good.glob("*.csv"), ROOT / "data/cleared.csv", ROOT / "data/datapackage.json"):
        shutil.copy(path, folder / "data")
    shutil.copytree(good / "shapefiles", folder / "shapefiles")
    if kind in ("tables", "pasted", "codebooks"):
        shutil.copytree(case, folder / "data", dirs_exist_ok=True)
        return ["check", "--strict"]
    if kind == "shapefiles":
        return ["check", "--shapefiles", "case"]
    if kind in ("boundaries", "good"):
        [file] = [path for path in case.iterdir() if path.suffix in (".shp", ".zip", ".json", ".gpkg")]
        return ["boundaries", f"case/{file.name}", "-o", "out"]
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    if kind == "editions":
        return ["build", "--editions", "case/editions.yml", "-o", "out"]
    values = json.loads((case / "parameters.json").read_text("utf-8"))
    given = [part for pair in values.items() for part in ("-p", *pair)]
    return ["report", "notebooks/situation.ipynb", *given, "-o", "out/page.html"]


def run(arguments: list[str], folder: Path) -> tuple[int, str]:
    """Run the command in this process and a folder; return its status and what it printed."""
    from crackdown.cli import main

    before, printed = (Path.cwd(), sys.argv), io.StringIO()
    os.chdir(folder)
    sys.argv = ["crackdown", *arguments]
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            main()
        status = 0
    except SystemExit as stop:
        status = stop.code or 0
    finally:
        os.chdir(before[0])
        sys.argv = before[1]
    return status, printed.getvalue()


# What makes the files.


def _frame(**columns: list[str]) -> GeoDataFrame:
    shapes = [shape for *_, shape in COUNTIES.values()]
    return GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326")


def _column(place: int) -> list[str]:
    return [county[place] for county in COUNTIES.values()]


GADM = _frame(GID_0=["PRK"] * 3, NAME_1=_column(0), NAME_2=_column(1), NL_NAME_2=_column(2))
OCHA = _frame(ADM2_PCODE=[*COUNTIES], ADM2_EN=_column(1), ADM1_EN=_column(0))
GEOBOUNDARIES = _frame(shapeName=_column(1), shapeID=["1", "2", "3"])
OURS = _frame(pcode=[*COUNTIES], name_en=_column(1), prov_pcode=["KP02", "KP02", "KP06"])


def _write(frame: GeoDataFrame, path: Path, encoding: str = "UTF-8") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_file(path, encoding=encoding, engine="pyogrio", DBF_DATE_LAST_UPDATE="2000-01-01")


def _change(frame: GeoDataFrame, row: int, **cells: object) -> GeoDataFrame:
    changed = frame.copy()
    for name, cell in cells.items():
        changed.loc[row, name] = cell
    return changed


def _moved(frame: GeoDataFrame, **by: float) -> GeoDataFrame:
    return frame.set_geometry(frame.translate(**by), crs=frame.crs)


def _overwrite(suffix: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        part = path.with_suffix(suffix)
        part.write_bytes(change(part.read_bytes()))

    return spoil


def _remove(suffix: str) -> Callable[[Path], None]:
    return lambda path: path.with_suffix(suffix).unlink()


def _zip(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for number, content in enumerate(files.values()):
            name = [*files][number].replace("__", "/").replace("UP", "..") + ".shp"
            file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


#: Hoeryong with two corners exchanged, so that its outline crosses itself.
CROSSED = shapely.Polygon([
    (129.0, 41.6), (130.1, 41.6), (130.1, 42.7), (129.5, 42.7), (129.6, 42.8), (129.5, 42.8), (129.6, 42.7), (129.0, 42.7),
])  # fmt: skip
GOOD_BOUNDARIES = {
    "gadm": (GADM, None),
    "gadm_in_hangul": (GADM[["NL_NAME_2", "geometry"]], None),
    "ocha_cod_ab": (OCHA, None),
    "geoboundaries": (GEOBOUNDARIES, None),
    "in_metres": (GADM.to_crs("EPSG:32652"), None),
    "without_prj": (GADM, _remove(".prj")),
    "without_shx": (GADM, _remove(".shx")),
    "korean_names_said_to_be_utf_8": (GADM[["NL_NAME_2", "geometry"]], None),
    "axes_swapped": (GADM.set_geometry([shapely.transform(one, lambda xy: xy[:, ::-1]) for one in GADM.geometry], crs=4326), None),
    "crossing_itself": (_change(GADM, 0, geometry=CROSSED), None),
    "county_in_two_parts": (
        GeoDataFrame(
            {"shapeName": ["Hoeryong", "Hoeryong", "Myongchon", "Uiju"]},
            geometry=[box(129.0, 41.6, 129.5, 42.7), box(129.5, 41.6, 130.1, 42.7), *GADM.geometry[1:]], crs=4326,
        ),
        None,
    ),
}  # fmt: skip
BAD_BOUNDARIES = {
    "without_dbf": (GADM, _remove(".dbf")),
    "cut_off": (GADM, _overwrite(".shp", lambda data: data[:300])),
    "damaged_table": (GADM, _overwrite(".dbf", lambda data: data[:200])),
    "damaged_coordinates": (GADM, _overwrite(".shp", lambda data: data[:160] + b"\xff" * 60 + data[220:])),
    "two_columns_of_one_name": (GADM, _overwrite(".dbf", lambda data: data.replace(b"NAME_1", b"NAME_2", 1))),
    "a_million_rows": (GADM, _overwrite(".dbf", lambda data: data[:4] + struct.pack("<I", 1_000_000) + data[8:])),
    "names_in_no_encoding": (GADM, _overwrite(".dbf", lambda data: data.replace("회령시".encode(), b"\x81\x8d\x81\x81\x81 \x81 \x8d"))),
    "points": (GADM.set_geometry(GADM.representative_point()), None),
    "lines": (GADM.set_geometry(GADM.boundary), None),
    "another_country": (_moved(GADM, xoff=0.5, yoff=-6), None),
    "metres_without_prj": (GADM.to_crs("EPSG:32652"), _remove(".prj")),
    "prj_that_is_no_text": (GADM.to_crs("EPSG:32652"), _overwrite(".prj", lambda data: b"\xff\0" * 40)),
    "row_without_shape": (_change(GADM, 1, geometry=None), None),
    "county_missing": (GADM.iloc[:2], None),
    "county_twice_in_different_shapes": (
        GeoDataFrame({"shapeName": ["Hoeryong", "Hoeryong", "Myongchon", "Uiju"]},
                     geometry=[COUNTIES["KP0203"][3], COUNTIES["KP0203"][3].buffer(0.1), *GADM.geometry[1:]], crs=4326),
        None,
    ),
    "names_exchanged": (GEOBOUNDARIES.assign(shapeName=["Uiju", "Myongchon", "Hoeryong"]), None),
    "codes_exchanged": (OCHA.assign(ADM2_PCODE=["KP0213", "KP0203", "KP0620"]), None),
    "first_level": (GADM.dissolve("NAME_1").reset_index()[["NAME_1", "geometry"]].rename(columns={"NAME_1": "shapeName"}), None),
    "no_known_column": (_frame(label=_column(1)), None),
    "name_known_to_nobody_far_away": (_change(GADM, 2, NAME_2="Nowhere", NL_NAME_2="", geometry=box(126, 39, 126.1, 39.1)), None),
    "collapsed_shape": (_change(GADM, 0, geometry=shapely.Polygon([(129.7, 42.3), (130.1, 42.3), (129.7, 42.3)])), None),
}  # fmt: skip
#: Files of one part, by their ending.
LONE_BOUNDARIES = {
    "zip_with_a_path_out": (".zip", _zip(UP__escaped=b"x", UP__UP__etc__escaped=b"x")),
    "zip_bomb": (".zip", _zip(bomb=bytes(20_000_000))),
    "description_of_another_source": (
        ".shp",
        b"<OGRVRTDataSource><OGRVRTLayer name='prk'><SrcDataSource>/vsicurl/http://192.0.2.1/a.shp"
        b"</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>" + b" " * 100,
    ),
    "geojson_as_shapefile": (".shp", b'{"type": "FeatureCollection", "features": []}' + b" " * 100),
    "geojson": (".json", b'{"type": "FeatureCollection", "features": []}'),
    "geopackage": (".gpkg", b"SQLite format 3\0" + bytes(100)),
    "empty": (".shp", b""),
    "head_alone": (".shp", b"\x00\x00\x27\x0a" + bytes(96)),
}
#: Folders of both layers: what is done to the counties.
BAD_SHAPEFILES = {
    "without_prj": (OURS, _remove(".prj")),
    "without_shx": (OURS, _remove(".shx")),
    "of_another_publisher": (GADM, None),
    "code_twice": (OURS.assign(pcode=["KP0203", "KP0203", "KP0620"]), None),
    "code_missing": (OURS.iloc[:2], None),
    "code_unknown": (OURS.assign(pcode=["KP0203", "KP0213", "KP0621"]), None),
    "code_lookalike": (OURS.assign(pcode=["КР0203", "KP0213", "KP0620"]), None),
    "codes_exchanged": (OURS.assign(pcode=["KP0213", "KP0203", "KP0620"]), None),
    "crossing_itself": (_change(OURS, 0, geometry=CROSSED), None),
    "row_without_shape": (_change(OURS, 0, geometry=None), None),
    "another_country": (_moved(OURS, xoff=0.5, yoff=-6), None),
    "source_of_two_lines": (OURS, lambda path: path.with_name("source.txt").write_text("one\ntwo\n", "utf-8")),
}


def make_boundaries() -> None:
    """Write all cases of boundaries, and the good layers beside which they are read."""
    provinces = OURS.dissolve("prov_pcode").reset_index().drop(columns="pcode").rename(columns={"prov_pcode": "pcode"})
    _write(OURS, FIXTURES / "good/shapefiles/counties.shp")
    _write(provinces, FIXTURES / "good/shapefiles/provinces.shp")
    for folder, cases in (("good/boundaries", GOOD_BOUNDARIES), ("bad/boundaries", BAD_BOUNDARIES)):
        for name, (frame, spoil) in cases.items():
            path = FIXTURES / folder / name / "prk.shp"
            _write(frame, path, "CP949" if name.startswith("korean") else "UTF-8")
            if name.startswith("korean"):
                path.with_suffix(".cpg").write_text("UTF-8", "ascii")
            if spoil:
                spoil(path)
    for name, (suffix, content) in LONE_BOUNDARIES.items():
        path = FIXTURES / f"bad/boundaries/{name}/prk{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for name, (frame, spoil) in BAD_SHAPEFILES.items():
        path = FIXTURES / f"bad/shapefiles/{name}/counties.shp"
        _write(frame, path)
        _write(provinces, path.with_name("provinces.shp"))
        if spoil:
            spoil(path)


def write_expected() -> None:
    """Write what the command says of each case."""
    for kind, name in list_cases():
        with tempfile.TemporaryDirectory() as folder:
            status, said = run(lay_out(kind, name, Path(folder)), Path(folder))
        if (status == 0) != (kind == "good"):
            print(f"{kind}/{name}: exit status {status}")
        find_case(kind, name).joinpath(EXPECTED).write_text(said, encoding="utf-8")


if __name__ == "__main__":
    make_boundaries()
    write_expected()
