"""Boundaries: what is accepted, and what is refused with its remedy."""

import random
import zipfile

import geopandas
import pandas as pd
import pytest
import shapely
from shapely.geometry import box

from crackdown.errors import DataError
from crackdown.geometry import Geometry, check_geometry, load_geometry, load_source


def layer(shapes: dict, crs="EPSG:4326") -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame({"pcode": list(shapes)}, geometry=list(shapes.values()), crs=crs)


@pytest.fixture
def folder(tmp_path):
    """Return a folder with one province of two counties."""
    counties = {"KP0102": box(128, 41, 129, 42), "KP0101": box(127, 41, 128, 42)}
    layer(counties).to_file(tmp_path / "counties.shp")
    layer({"KP01": box(127, 41, 129, 42)}).to_file(tmp_path / "provinces.shp")
    return tmp_path


@pytest.fixture
def places() -> pd.DataFrame:
    rows = [
        ("KP01", "province", "Ryanggang", 128.0, 41.5),
        ("KP0101", "county", "Hyesan", 127.5, 41.5),
        ("KP0102", "county", "Samsu", 128.5, 41.5),
    ]
    columns = ["pcode", "level", "name_en", "lon", "lat"]
    return pd.DataFrame(rows, columns=columns).set_index("pcode")


def refused(call, *arguments) -> list[str]:
    with pytest.raises(DataError) as raised:
        call(*arguments)
    return [str(problem) for problem in raised.value.problems]


def test_layers_are_in_order_of_code_and_in_metres(folder):
    geometry = load_geometry(folder)
    assert list(geometry.counties.index) == ["KP0101", "KP0102"]
    assert geometry.counties.crs == geometry.provinces.crs == "EPSG:5179"


def test_any_coordinate_system_is_accepted(folder):
    before = load_geometry(folder).provinces.area.iloc[0]
    geopandas.read_file(folder / "provinces.shp").to_crs("EPSG:32652").to_file(
        folder / "provinces.shp"
    )
    assert load_geometry(folder).provinces.area.iloc[0] == pytest.approx(before, rel=1e-4)


def test_the_same_bytes_are_read_once_and_changed_bytes_anew(folder):
    first = load_geometry(folder)
    assert load_geometry(folder) is first
    geopandas.read_file(folder / "counties.shp").iloc[:1].to_file(folder / "counties.shp")
    assert len(load_geometry(folder).counties) == 1


def test_parts_in_capital_letters_are_read_anew_too(folder):
    table = (folder / "counties.dbf").rename(folder / "counties.DBF")
    assert list(load_geometry(folder).counties.index) == ["KP0101", "KP0102"]
    table.write_bytes(table.read_bytes().replace(b"KP0102", b"KP0103"))
    assert list(load_geometry(folder).counties.index) == ["KP0101", "KP0103"]


def test_maps_are_drawn_with_true_areas(root):
    geometry = load_geometry(root / "shapefiles")
    drawn = geometry.provinces_to_draw.area / 1e6
    geodesic = geometry.provinces.to_crs("EPSG:4326").geometry.map(geodesic_area)
    assert (drawn / geodesic - 1).abs().max() < 1e-3


def geodesic_area(shape) -> float:
    from pyproj import Geod

    return abs(Geod(ellps="WGS84").geometry_area_perimeter(shapely.orient_polygons(shape))[0]) / 1e6


def test_lines_shared_by_provinces_are_drawn_once(root):
    geometry = load_geometry(root / "shapefiles")
    every = geometry.provinces_to_draw.boundary.length.sum()
    outer = shapely.union_all(geometry.provinces_to_draw.geometry.to_numpy()).boundary.length
    assert geometry.province_lines.length == pytest.approx((every + outer) / 2, rel=1e-6)


def test_the_shipped_boundaries_are_those_of_the_gazetteer(root, archive):
    check_geometry(load_geometry(root / "shapefiles"), archive.places)


def test_missing_files_are_named_all_at_once(tmp_path):
    said = refused(load_geometry, tmp_path)
    assert ["counties.shp" in text for text in said] == [True, False]
    assert "provinces.shp" in said[1]
    assert "--shapefiles" in said[0]


def test_a_file_that_is_no_shapefile_is_refused(folder):
    (folder / "counties.shp").write_text("pcode;geometry\n")
    assert "no shapefile" in refused(load_geometry, folder)[0]


@pytest.mark.parametrize("suffix", [".dbf", ".shx"])
def test_a_missing_part_is_named(folder, suffix):
    (folder / f"counties{suffix}").unlink()
    [said] = refused(load_geometry, folder)
    assert f"counties{suffix}: The file is missing" in said


def test_a_packed_folder_is_refused_with_the_remedy(tmp_path):
    packed = tmp_path / "shapefiles.zip"
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("../../counties.shp", "x")
    said = refused(load_geometry, packed)
    assert all("A packed file is not read. Unpack it" in text for text in said)


def test_a_description_of_another_source_under_the_name_of_a_shapefile_is_not_followed(folder):
    described = f"<OGRVRTDataSource><OGRVRTLayer name='provinces'><SrcDataSource>{folder}/provinces.shp"
    (folder / "counties.shp").write_text(f"{described}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>")
    assert "It is no shapefile" in refused(load_geometry, folder)[0]


def test_what_is_damaged_is_refused_or_read_as_it_was(folder, places):
    """Bytes are changed at random; what is still accepted has the same counties at the same places."""
    rng = random.Random(1)
    whole = {path: path.read_bytes() for path in folder.glob("counties.*")}
    for _ in range(150):
        path = rng.choice(sorted(whole))
        damaged = bytearray(whole[path])
        for _ in range(rng.randint(1, 4)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        path.write_bytes(damaged[: rng.choice([None, None, rng.randrange(len(damaged))])])
        try:
            geometry = load_geometry(folder)
            check_geometry(geometry, places)
        except DataError as error:
            assert str(folder) in str(error) or "counties.shp" in str(error)
        else:
            assert list(geometry.counties.index) == ["KP0101", "KP0102"]
        path.write_bytes(whole[path])


def test_shapes_without_coordinate_system_are_refused(folder):
    (folder / "counties.prj").unlink()
    assert "coordinate system" in refused(load_geometry, folder)[0]


def test_shapes_without_codes_are_refused(folder):
    geopandas.read_file(folder / "counties.shp").rename(columns={"pcode": "code"}).to_file(
        folder / "counties.shp"
    )
    assert "pcode" in refused(load_geometry, folder)[0]


def test_a_code_twice_and_an_invalid_shape_are_named_in_one_run(folder):
    bow = shapely.Polygon([(127, 41), (128, 42), (128, 41), (127, 42)])
    frame = geopandas.GeoDataFrame(
        {"pcode": ["KP0101", "KP0101", "KP0102"]},
        geometry=[box(0, 0, 1, 1), box(1, 1, 2, 2), bow],
        crs=4326,
    )
    frame.to_file(folder / "counties.shp")
    said = " ".join(refused(load_geometry, folder))
    assert '"KP0101" stands twice' in said
    assert '"KP0102" has an invalid shape' in said


def test_missing_and_unknown_codes_are_named_with_the_nearest(folder, places):
    loaded = load_geometry(folder)
    wrong = Geometry(loaded.counties.rename(index={"KP0102": "KP012"}), loaded.provinces)
    missing, unknown = refused(check_geometry, wrong, places)
    assert '"KP0102" (Samsu)' in missing
    assert '"KP012"' in unknown
    assert 'Nearest: "KP0102" (Samsu)' in unknown


def test_two_counties_with_each_others_code_are_refused(root, archive):
    loaded = load_geometry(root / "shapefiles")
    exchanged = loaded.counties.rename(index={"KP0101": "KP0203", "KP0203": "KP0101"})
    said = refused(check_geometry, Geometry(exchanged, loaded.provinces), archive.places)
    assert len(said) == 2
    assert '"KP0101" (Hyesan) lies' in said[1]
    assert "km from where the gazetteer has it. Give the shape its own code." in said[1]


@pytest.mark.parametrize(
    "shapes",
    [
        {"KP0101": box(41, 127, 42, 128), "KP0102": box(41, 128, 42, 129)},  # axes swapped
        {"KP0101": box(127, 35, 128, 36), "KP0102": box(128, 35, 129, 36)},  # another country
    ],
)
def test_shapes_that_lie_elsewhere_are_refused(folder, places, shapes):
    layer(shapes).to_file(folder / "counties.shp")
    [said] = refused(check_geometry, load_geometry(folder), places)
    assert "No county lies where the gazetteer has it; this is not North Korea" in said
    assert "crackdown boundaries" in said


def test_who_published_the_boundaries_is_read_from_their_folder(folder, root):
    assert load_source(folder) == load_geometry(folder).source == ""
    (folder / "source.txt").write_text("\ufeffA survey (2024), CC0.\n", encoding="utf-8")
    assert load_source(folder) == load_geometry(folder).source == "A survey (2024), CC0"
    assert "geoBoundaries (PRK ADM2, 2019), CC BY 3.0 IGO" in load_source(root / "shapefiles")


@pytest.mark.parametrize("content", [b"two\nlines", b"\xb0\xa1", b"x" * 301, b"x" * 10_000, "\u202eturned".encode(), b"\0"])
def test_a_source_that_is_no_line_of_text_is_refused(folder, content):
    (folder / "source.txt").write_bytes(content)
    [said] = refused(load_geometry, folder)
    assert "source.txt: It is not one line of UTF-8 text of 300 characters at most." in said
