"""What the shipped boundaries promise, and how shapefiles/make.py keeps the promise."""

import csv
import importlib.util
import re
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "shapefiles"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
LAYERS = ("counties", "provinces")
OTHER_CRSS = ("EPSG:5179", "EPSG:5186", "EPSG:32652", "EPSG:3857", "EPSG:6933")


def load_make_module():
    """Import shapefiles/make.py, which is a command and not part of the package."""
    spec = importlib.util.spec_from_file_location("shapefiles_make", FOLDER / "make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make = load_make_module()


def load_rows(path):
    """Load a CSV file as a list of dictionaries."""
    with open(path, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def load_readme_table(first_header):
    """Return the data rows of the README table whose first column has this header."""
    lines = README.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"| {first_header} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def measure_geodesic_km2(geometry, crs):
    """Measure an area on the ellipsoid, as the README's table does."""
    geod = crs.get_geod()
    parts = shapely.get_parts(geometry)
    return sum(abs(geod.geometry_area_perimeter(part)[0]) for part in parts) / 1e6


@pytest.fixture(scope="module")
def layers():
    return {name: gpd.read_file(FOLDER / f"{name}.shp") for name in LAYERS}


@pytest.fixture(scope="module")
def counties(layers):
    return layers["counties"]


@pytest.fixture(scope="module")
def provinces(layers):
    return layers["provinces"]


@pytest.fixture(scope="module")
def crosswalk():
    return load_rows(FOLDER / "county_crosswalk.csv")


@pytest.fixture(scope="module")
def places():
    return {row["pcode"]: row for row in load_rows(ROOT / "data" / "places.csv")}


# The shipped files


def test_there_are_179_counties_and_11_provinces(counties, provinces):
    assert (len(counties), len(provinces)) == (179, 11)


def test_fields_are_as_documented(counties, provinces):
    assert list(counties.columns) == ["pcode", "name_en", "prov_pcode", "geometry"]
    assert list(provinces.columns) == ["pcode", "name_en", "geometry"]


@pytest.mark.parametrize("name", LAYERS)
def test_pcodes_are_unique_and_in_order(layers, name):
    codes = list(layers[name]["pcode"])
    assert codes == sorted(set(codes))


@pytest.mark.parametrize("name", LAYERS)
def test_the_crs_is_epsg_4326(layers, name):
    assert layers[name].crs.to_epsg() == 4326


@pytest.mark.parametrize("name", LAYERS)
def test_every_polygon_is_valid_and_not_empty(layers, name):
    shapes = layers[name].geometry
    assert shapes.is_valid.all() and not shapes.is_empty.any()
    assert set(shapes.geom_type) <= {"Polygon", "MultiPolygon"}


@pytest.mark.parametrize("name", LAYERS)
def test_units_are_a_valid_coverage_as_stored(layers, name):
    assert shapely.coverage_is_valid(layers[name].geometry.to_numpy())


@pytest.mark.parametrize("crs", OTHER_CRSS)
@pytest.mark.parametrize("name", LAYERS)
def test_units_stay_a_valid_coverage_after_reprojection(layers, name, crs):
    shapes = layers[name].to_crs(crs).geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)


@pytest.mark.parametrize("name", LAYERS)
def test_no_two_units_overlap(layers, name):
    assert make.measure_overlap(layers[name].to_crs("EPSG:5179").geometry.to_numpy()) == 0


@pytest.mark.parametrize("name", LAYERS)
def test_there_is_no_gap_between_neighbours(layers, name):
    assert make.list_holes(layers[name].geometry.to_numpy()) == []


def test_provinces_are_exactly_the_union_of_their_counties(counties, provinces):
    for code, outline in zip(provinces["pcode"], provinces.geometry):
        members = counties.geometry[counties["prov_pcode"] == code].to_numpy()
        union = shapely.normalize(shapely.coverage_union_all(members))
        assert shapely.equals_exact(shapely.normalize(outline), union, tolerance=0.0), code


def test_enclaves_fill_the_holes_of_their_surroundings(counties):
    outline = counties.set_index("pcode").geometry
    around = {"KP0716": "KP0726", "KP0301": "KP0326"}  # Chongnam in Mundok, Kumho in Sinpho
    for outer, inner in around.items():
        rings = [ring for part in shapely.get_parts(outline[outer]) for ring in part.interiors]
        assert [shapely.Polygon(ring).equals(outline[inner]) for ring in rings] == [True]


def test_islands_are_kept(counties):
    assert int(shapely.get_num_geometries(counties.geometry.to_numpy()).sum()) == 230


def test_coordinates_have_six_decimals(counties):
    xy = shapely.get_coordinates(counties.geometry.to_numpy())
    assert np.array_equal(xy, np.round(xy, 6))


def test_counties_equal_the_crosswalk(counties, crosswalk):
    shipped = counties[["pcode", "name_en", "prov_pcode"]].to_numpy().tolist()
    expected = [[row["pcode"], row["name_en"], row["province_pcode"]] for row in crosswalk]
    assert shipped == sorted(expected)


def test_provinces_equal_the_crosswalk(provinces, crosswalk):
    expected = {(row["province_pcode"], row["province"]) for row in crosswalk}
    assert set(zip(provinces["pcode"], provinces["name_en"])) == expected


def test_county_codes_begin_with_the_code_of_their_province(counties):
    assert all(
        code.startswith(parent) for code, parent in zip(counties["pcode"], counties["prov_pcode"])
    )


@pytest.mark.parametrize(("name", "level"), [("counties", "county"), ("provinces", "province")])
def test_pcodes_equal_the_gazetteer(layers, places, name, level):
    expected = {code for code, row in places.items() if row["level"] == level}
    assert set(layers[name]["pcode"]) == expected


def test_parents_equal_the_gazetteer(counties, places):
    for code, parent in zip(counties["pcode"], counties["prov_pcode"]):
        assert places[code]["parent_pcode"] == parent, code


@pytest.mark.parametrize("name", LAYERS)
def test_names_differ_from_the_gazetteer_only_in_city_and_district(layers, places, name):
    for code, label in zip(layers[name]["pcode"], layers[name]["name_en"]):
        assert re.sub(r" (City|Dist\.)$", "", label) == places[code]["name_en"], code


@pytest.mark.parametrize("name", LAYERS)
def test_gazetteer_points_fall_in_their_polygon(layers, places, name):
    outside = [
        code
        for code, shape in zip(layers[name]["pcode"], layers[name].geometry)
        if not shape.contains(
            shapely.Point(float(places[code]["lon"]), float(places[code]["lat"]))
        )
    ]
    assert outside == []


@pytest.mark.parametrize("name", LAYERS)
def test_the_encoding_is_utf_8(name):
    assert (FOLDER / f"{name}.cpg").read_text(encoding="ascii").strip() == "UTF-8"
    (FOLDER / f"{name}.dbf").read_bytes()[32:].decode("utf-8")


@pytest.mark.parametrize("name", LAYERS)
def test_the_dbf_carries_the_year_of_the_boundaries_and_not_the_day_of_the_build(name):
    year, month, day = (FOLDER / f"{name}.dbf").read_bytes()[1:4]
    assert f"{1900 + year:04}-{month:02}-{day:02}" == make.DBF_DATE == "2019-01-01"


# What the README says


def test_readme_checksums_match_every_shipped_file():
    rows = load_readme_table("shipped file")
    stated = {name.strip("`"): (int(size), digest.strip("`")) for name, size, digest in rows}
    files = [FOLDER / f"{name}{suffix}" for name in LAYERS for suffix in make.SUFFIXES]
    files.append(FOLDER / "county_crosswalk.csv")
    found = {path.name: (path.stat().st_size, make.measure_sha256(path)) for path in files}
    assert stated == found


def test_readme_names_the_checksums_of_the_source():
    for digest in make.KNOWN_SHA256.values():
        assert digest in README


def test_readme_areas_match_the_polygons(provinces):
    area = {
        code: measure_geodesic_km2(shape, provinces.crs)
        for code, shape in zip(provinces["pcode"], provinces.geometry)
    }
    rows = load_readme_table("P-code")
    assert {code for row in rows for code in row[0].split("+")} == {*area, "all"}
    for code, _, here, *_ in rows:
        parts = area if code == "all" else code.split("+")
        assert float(here.replace(",", "")) == round(sum(area[part] for part in parts)), code


def test_readme_differences_follow_from_its_areas_and_large_ones_are_explained():
    for code, _, here, *published, why in load_readme_table("P-code"):
        for figure, difference in (published[:2], published[2:]):
            if figure == "–":
                continue
            ours, theirs = (float(text.replace(",", "")) for text in (here, figure))
            percent = 100 * (ours / theirs - 1)
            assert float(difference.replace("−", "-")) == pytest.approx(percent, abs=0.051), code
            assert abs(percent) <= 2 or why, f"{code}: {percent:.1f} % is not explained"


def test_readme_published_areas_add_up_to_the_published_totals():
    rows = {row[0]: row for row in load_readme_table("P-code")}
    total = rows.pop("all")
    for column in (3, 5):
        figures = [row[column] for row in rows.values() if row[column] != "–"]
        summed = sum(float(figure.replace(",", "")) for figure in figures)
        assert summed == pytest.approx(float(total[column].replace(",", "")), abs=1)


# How the files are made: a tiny source with overlaps, a gap, an island and two provinces

BOXES = {
    # B reaches 0.002° (170 m) into A; C leaves a gap 0.002° (220 m) wide above A and B.
    "KP9901": shapely.MultiPolygon([shapely.box(127.0, 39.0, 127.1, 39.1),
                                    shapely.box(127.0, 38.9, 127.01, 38.91)]),
    "KP9902": shapely.box(127.098, 39.0, 127.2, 39.1),
    "KP9801": shapely.difference(shapely.box(126.95, 39.0, 127.25, 39.2),
                                 shapely.box(127.0, 38.99, 127.2, 39.102)),
}


def write_source(folder, shapes=BOXES):
    """Write a database and a crosswalk of the layout of the real ones; return both paths."""
    database, table = folder / "tiny.db", folder / "crosswalk.csv"
    with sqlite3.connect(database) as connection:
        connection.execute(
            "CREATE TABLE location_data (name TEXT NOT NULL, shape_id TEXT NOT NULL, "
            "coordinates BLOB NOT NULL, PRIMARY KEY (name, shape_id))"
        )
        rows = [(f"Name {code}", f"id-{code}", shape.wkb) for code, shape in shapes.items()]
        rows.append(("Elsewhere", "id-elsewhere", shapely.box(0, 0, 1, 1).wkb))
        connection.executemany("INSERT INTO location_data VALUES (?, ?, ?)", rows)
    connection.close()
    lines = [",".join(make.CROSSWALK_COLUMNS)]
    lines += [f"{code},Ŭn {code},{code[:4]},Province {code[:4]},id-{code}" for code in shapes]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return database, table


@pytest.fixture
def tiny(tmp_path):
    """The tiny source, made once into tmp_path/out."""
    database, table = write_source(tmp_path)
    make.make(database, table, tmp_path / "out")
    return database, table, tmp_path / "out"


def measure_km2(shapes):
    """Measure the total area of an array of polygons given in degrees."""
    return gpd.GeoSeries(shapes, crs="EPSG:4326").to_crs("EPSG:5179").area.sum() / 1e6


def test_the_tiny_source_has_the_faults_the_cleaner_must_remove():
    shapes = np.array(list(BOXES.values()))
    assert make.measure_overlap(shapes) == pytest.approx(0.002 * 0.1)
    assert [hole.area for hole in make.list_holes(shapes)] == [pytest.approx(0.002 * 0.2)]
    assert not shapely.coverage_is_valid(shapes)


def test_the_cleaner_removes_overlaps_and_gaps(tiny):
    stored = gpd.read_file(tiny[2] / "counties.shp")
    shapes = stored.geometry.to_numpy()
    assert shapely.coverage_is_valid(shapes)
    assert make.measure_overlap(shapes) == 0 and make.list_holes(shapes) == []
    union = shapely.union_all(np.array(list(BOXES.values())))
    hole = shapely.box(127.0, 39.1, 127.2, 39.102)
    # A parallel is not straight in EPSG:5179, hence 0.1 km² of slack; the gap has 3.8 km².
    assert measure_km2(shapes) == pytest.approx(measure_km2([union, hole]), abs=0.1)


def test_the_cleaner_keeps_islands_names_and_the_outer_edge(tiny):
    stored = gpd.read_file(tiny[2] / "counties.shp").set_index("pcode")
    assert len(stored.geometry["KP9901"].geoms) == 2
    assert stored["name_en"]["KP9902"] == "Ŭn KP9902"
    assert stored.total_bounds == pytest.approx([126.95, 38.9, 127.25, 39.2], abs=1e-6)


def test_provinces_of_the_tiny_source_are_dissolved(tiny):
    stored = gpd.read_file(tiny[2] / "provinces.shp")
    assert list(stored["pcode"]) == ["KP98", "KP99"]
    assert list(stored["name_en"]) == ["Province KP98", "Province KP99"]
    assert shapely.coverage_is_valid(stored.geometry.to_numpy())


def test_making_twice_gives_the_same_bytes(tiny, tmp_path):
    database, table, first = tiny
    make.make(database, table, tmp_path / "again")
    names = sorted(path.name for path in first.iterdir())
    assert names == sorted(f"{name}{suffix}" for name in LAYERS for suffix in make.SUFFIXES)
    for name in names:
        assert (first / name).read_bytes() == (tmp_path / "again" / name).read_bytes(), name


@pytest.mark.parametrize("seed", range(5))
def test_any_grid_of_jittered_squares_becomes_a_coverage(tmp_path, seed):
    random = np.random.default_rng(seed)
    shapes = {}
    for row in range(4):
        for column in range(4):
            corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) + [column, row]
            corners = [127, 39] + 0.1 * (corners + random.uniform(-0.03, 0.03, (4, 2)))
            shapes[f"KP{97 + row // 2}{row % 2}{column}"] = shapely.Polygon(corners)
    database, table = write_source(tmp_path, shapes)
    make.make(database, table, tmp_path / "out")
    for name, count in (("counties", 16), ("provinces", 2)):
        stored = gpd.read_file(tmp_path / "out" / f"{name}.shp").geometry.to_numpy()
        assert len(stored) == count
        assert shapely.coverage_is_valid(stored) and make.list_holes(stored) == []


def test_a_wheel_gives_the_same_bytes_as_its_database(tiny, tmp_path):
    database, table, first = tiny
    wheel = tmp_path / "tiny.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.write(database, make.DATABASE_IN_WHEEL)
    options = ["-o", str(tmp_path / "wheel"), "--crosswalk", str(table), "--unchecked"]
    assert make.main([str(wheel), *options]) == 0
    for path in first.iterdir():
        assert path.read_bytes() == (tmp_path / "wheel" / path.name).read_bytes()


# Errors: one readable line, exit status 1, nothing written


def run_make(*arguments):
    """Run the command as a user does."""
    return subprocess.run(
        [sys.executable, FOLDER / "make.py", *map(str, arguments)],
        capture_output=True, text=True, check=False,
    )


def check_refusal(result, folder, *words):
    """Check that a run failed with one line that holds the words, and wrote nothing."""
    assert result.returncode == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1, result.stderr
    for word in words:
        assert word in result.stderr
    assert not folder.exists() or list(folder.iterdir()) == []


def test_a_wrong_checksum_is_refused(tmp_path):
    database, table = write_source(tmp_path)
    out = tmp_path / "out"
    result = run_make(database, "-o", out, "--crosswalk", table)
    check_refusal(result, out, "tiny.db", "wrong checksum", make.KNOWN_SHA256[".db"])


def test_a_missing_source_is_refused(tmp_path):
    out = tmp_path / "out"
    check_refusal(run_make(tmp_path / "none.whl", "-o", out), out, "none.whl", "is not a file")


def test_a_missing_shape_id_is_refused(tmp_path):
    database, table = write_source(tmp_path)
    with open(table, "a", encoding="utf-8") as stream:
        stream.write("KP9903,Lost,KP99,Province KP99,id-lost\n")
    out = tmp_path / "out"
    result = run_make(database, "-o", out, "--crosswalk", table, "--unchecked")
    check_refusal(result, out, "lacks 1 of 4 shape ids", "id-lost", "KP9903 Lost")


def test_a_repeated_pcode_is_refused(tmp_path):
    database, table = write_source(tmp_path)
    with open(table, "a", encoding="utf-8") as stream:
        stream.write("KP9901,Twice,KP99,Province KP99,id-elsewhere\n")
    out = tmp_path / "out"
    result = run_make(database, "-o", out, "--crosswalk", table, "--unchecked")
    check_refusal(result, out, "crosswalk.csv, line 5, pcode", "KP9901", "repeated")


def test_a_file_that_is_no_database_is_refused(tmp_path):
    _, table = write_source(tmp_path)
    (tmp_path / "text.db").write_text("no database\n" * 100, encoding="utf-8")
    out = tmp_path / "out"
    result = run_make(tmp_path / "text.db", "-o", out, "--crosswalk", table, "--unchecked")
    check_refusal(result, out, "text.db", "cannot be read as the expected database")


def test_an_invalid_polygon_is_refused(tmp_path):
    bow = shapely.Polygon([(127, 39), (127.1, 39.1), (127.1, 39), (127, 39.1)])
    database, table = write_source(tmp_path, {"KP9901": bow})
    out = tmp_path / "out"
    result = run_make(database, "-o", out, "--crosswalk", table, "--unchecked")
    check_refusal(result, out, "KP9901 is not a valid polygon", "Self-intersection")


def test_a_gap_too_wide_to_be_a_sliver_is_refused(tmp_path):
    ring = shapely.difference(
        shapely.box(127, 39, 127.3, 39.3), shapely.box(127.1, 39.1, 127.2, 39.2)
    )
    database, table = write_source(tmp_path, {"KP9901": ring})
    out = tmp_path / "out"
    result = run_make(database, "-o", out, "--crosswalk", table, "--unchecked")
    check_refusal(result, out, "Gaps remain between the units: 1")
