"""Boundary files of other origin: converted with every repair told, or refused."""

import zipfile
from pathlib import Path

import geopandas
import pytest
import shapely
from geopandas import GeoDataFrame
from shapely.geometry import box

from crackdown.boundaries import convert_boundaries, write_boundaries
from crackdown.errors import DataError, UsageError
from crackdown.geometry import check_geometry, load_geometry


@pytest.fixture(scope="module")
def places(archive):
    """Return the gazetteer of two provinces, which takes a seventh of the time of the country."""
    return archive.places[archive.places.index.str.startswith(("KP01", "KP02"))]


@pytest.fixture(scope="module")
def shipped(root, places) -> GeoDataFrame:
    counties = load_geometry(root / "shapefiles").counties
    return counties[counties.index.isin(places.index)]


@pytest.fixture(scope="module")
def country(root, archive) -> GeoDataFrame:
    """Return the counties as GADM lays them out: names in Latin letters and Hangul, no codes."""
    counties = geopandas.read_file(root / "shapefiles/counties.shp")
    places = archive.places
    return GeoDataFrame(
        {
            "GID_0": "PRK",
            "NAME_1": places["name_en"].reindex(counties["prov_pcode"]).to_numpy(),
            "NAME_2": counties["name_en"],
            "NL_NAME_2": places["name_ko"].reindex(counties["pcode"]).to_numpy(),
        },
        geometry=counties.geometry,
    )


@pytest.fixture(scope="module")
def published(country, shipped) -> GeoDataFrame:
    return country.iloc[: len(shipped)]


@pytest.fixture
def convert(places, shipped, tmp_path):
    """Return a function that writes a frame as a shapefile, spoils it and converts it."""

    def convert(frame: GeoDataFrame, spoil=lambda path: None, encoding="UTF-8"):
        path = tmp_path / "source" / "prk.shp"
        path.parent.mkdir(exist_ok=True)
        frame.to_file(path, encoding=encoding)
        spoil(path)
        return convert_boundaries(path, places, shipped)

    return convert


def told(conversion, opening: str) -> list[str]:
    return [line for line in conversion.lines if line.startswith(opening)]


def refused(convert, *arguments, **options) -> list[str]:
    with pytest.raises(DataError) as raised:
        convert(*arguments, **options)
    return [str(problem) for problem in raised.value.problems]


def row_of(published: GeoDataFrame, name: str) -> int:
    return int(published.index[published["NAME_2"] == name][0])


def change(published: GeoDataFrame, name: str, shape) -> GeoDataFrame:
    changed = published.copy()
    changed.loc[row_of(published, name), "geometry"] = shape
    return changed


def test_a_file_with_names_only_is_matched_and_every_match_is_told(convert, published, shipped):
    conversion = convert(published)
    assert list(conversion.counties["pcode"]) == list(shipped.index)
    assert len(told(conversion, "Match:")) == len(shipped)
    assert told(conversion, "Repair:") == []
    assert conversion.lines[0].endswith("layout GADM, 28 shapes.")
    assert conversion.lines[1] == (
        'Match: row 1 "Hyesan City" is KP0101 (Hyesan, Ryanggang) by name; '
        "100% of the county's ground in common."
    )


@pytest.mark.parametrize(
    ("layout", "columns", "by"),
    [
        ("geoBoundaries", {"NAME_2": "shapeName"}, "name"),
        ("GADM", {"NL_NAME_2": "NL_NAME_2"}, "name"),
        ("OCHA COD-AB", {"pcode": "ADM2_PCODE", "NAME_2": "ADM2_EN"}, "code"),
        ("OCHA COD-AB", {"pcode": "adm2_pcode"}, "code"),
        ("this project's", {"NL_NAME_2": "name_ko"}, "name"),
    ],
)
def test_layouts_of_publishers_are_known(convert, published, shipped, layout, columns, by):
    frame = published.assign(pcode=shipped.index)[[*columns, "geometry"]].rename(columns=columns)
    conversion = convert(frame)
    assert conversion.lines[0].endswith(f"layout {layout}, 28 shapes.")
    assert sum(f" by {by};" in line for line in conversion.lines) >= 27


def test_names_that_are_not_known_are_matched_by_the_ground(convert, published):
    changed = published.assign(NL_NAME_2="")
    changed.loc[row_of(published, "Samsu"), "NAME_2"] = "Nowhere"
    conversion = convert(changed)
    assert [line for line in conversion.lines if "by ground" in line] == [
        'Match: row 2 "Nowhere" is KP0102 (Samsu, Ryanggang) by ground; '
        "100% of the county's ground in common."
    ]


def test_two_counties_under_each_others_name_are_refused(convert, published):
    changed = published.assign(NL_NAME_2="")
    rows = [row_of(published, name) for name in ("Samsu", "Musan")]
    changed.loc[rows, "NAME_2"] = ["Musan", "Samsu"]
    said = refused(convert, changed)
    assert len(said) == 2
    assert 'prk.shp, line 2: "Musan" is KP0218 by its name, and lies in KP0102.' in said[0]


def test_a_county_without_known_columns_is_refused_with_the_columns_that_are_known(convert, published):
    [said] = refused(convert, published[["geometry"]].assign(label="x"))
    assert "among: label. Known are: adm2_pcode" in said
    assert "Rename" in said


def test_missing_coordinate_system_is_read_as_degrees(convert, published, shipped):
    conversion = convert(published, lambda path: path.with_suffix(".prj").unlink())
    assert told(conversion, "Repair:") == [
        "Repair: the coordinate system is not said (no .prj); read as EPSG:4326."
    ]
    assert_same_ground(conversion, shipped)


def test_metres_without_coordinate_system_are_refused(convert, published):
    [said] = refused(
        convert, published.to_crs("EPSG:5186"), lambda path: path.with_suffix(".prj").unlink()
    )
    assert "does not lie in North Korea" in said
    assert "no coordinate system (no .prj)" in said


@pytest.mark.parametrize("system", ["EPSG:32652", "EPSG:5186", "EPSG:3857"])
def test_another_coordinate_system_is_projected(convert, published, shipped, system):
    conversion = convert(published.to_crs(system))
    assert told(conversion, "Repair:") == []
    assert_same_ground(conversion, shipped)


def test_a_wrong_coordinate_system_is_told(convert, published, shipped):
    metres = published.to_crs("EPSG:32652")

    def spoil(path: Path):
        geopandas.GeoDataFrame(geometry=metres.geometry[:1]).to_file(path.with_name("other.shp"))
        path.with_suffix(".prj").write_bytes(path.with_name("other.prj").read_bytes())

    conversion = convert(published, spoil)
    assert told(conversion, "Repair:") == [
        "Repair: the coordinates are not in WGS 84 / UTM zone 52N, as the .prj says; read as EPSG:4326."
    ]
    assert_same_ground(conversion, shipped)


def test_swapped_axes_are_recognised(convert, published, shipped):
    swapped = published.set_geometry(
        [shapely.transform(shape, lambda both: both[:, ::-1]) for shape in published.geometry],
        crs=published.crs,
    )
    conversion = convert(swapped)
    assert told(conversion, "Repair:") == ["Repair: the axes are swapped; read with latitude first."]
    assert_same_ground(conversion, shipped)


def test_a_missing_index_is_made_without_touching_the_folder(convert, published, tmp_path):
    conversion = convert(published, lambda path: path.with_suffix(".shx").unlink())
    assert told(conversion, "Repair:") == [
        "Repair: prk.shx is missing; the index was made from the shapes."
    ]
    assert not (tmp_path / "source/prk.shx").exists()


def test_a_missing_table_is_refused(convert, published):
    [said] = refused(convert, published, lambda path: path.with_suffix(".dbf").unlink())
    assert "prk.dbf: The file is missing." in said


@pytest.mark.parametrize(
    ("written", "said", "repair"),
    [
        ("cp949", "CP949", None),
        ("cp949", None, "the encoding is not said; the names are read as CP949"),
        ("cp949", "UTF-8", "it says utf-8; the names are read as CP949"),
        ("cp949", "ISO-8859-1", "it says iso8859-1; the names are read as CP949"),
        ("UTF-8", "949", "it says cp949; the names are read as UTF-8"),
        ("UTF-8", "nonsense", "the encoding is not said; the names are read as UTF-8"),
    ],
)
def test_the_encoding_is_the_one_in_which_names_are_known(convert, published, written, said, repair):
    def spoil(path: Path):
        path.with_suffix(".cpg").unlink()
        if said:
            path.with_suffix(".cpg").write_text(said)

    frame = published.drop(columns=["NAME_1", "NAME_2"])
    conversion = convert(frame, spoil, encoding=written)
    assert told(conversion, "Repair:") == ([f"Repair: {repair}."] if repair else [])
    assert '"혜산시"' in conversion.lines[2 if repair else 1]


def test_a_shape_that_crosses_itself_is_mended_and_told(convert, published, shipped):
    whole = published.geometry[row_of(published, "Musan")]
    points = list(shapely.get_parts(whole)[0].exterior.coords)
    # Two corners, ten apart, exchanged: the outline crosses itself between them.
    points[20], points[24] = points[24], points[20]
    crossed = shapely.Polygon(points)
    assert not crossed.is_valid
    conversion = convert(change(published, "Musan", crossed))
    [first, *_] = told(conversion, "Repair:")
    assert first.startswith(f"Repair: row {row_of(published, 'Musan') + 1}: self-intersection; made valid")
    assert conversion.counties.geometry.is_valid.all()


def test_a_row_without_shape_is_refused(convert, published):
    [said] = refused(convert, change(published, "Musan", None))
    assert f"line {row_of(published, 'Musan') + 1}: The row has no shape." in said


def test_a_missing_county_is_refused_and_who_has_its_ground_is_said(convert, published):
    musan, yonsa = (row_of(published, name) for name in ("Musan", "Yonsa"))
    changed = change(published, "Yonsa", published.geometry[[musan, yonsa]].union_all())
    [said] = refused(convert, changed.drop(index=musan))
    assert '"KP0218" (Musan, North Hamgyong) has no shape' in said
    assert "100% of its ground is in the shape of KP0217" in said


def test_the_same_county_twice_is_taken_once(convert, published):
    twice = published.loc[[*published.index, row_of(published, "Musan")]]
    assert "are the same shape of KP0218; taken once." in told(convert(twice), "Repair:")[0]


def test_a_county_with_two_different_shapes_is_refused(convert, published):
    row = row_of(published, "Musan")
    twice = published.loc[[*published.index, row]].reset_index(drop=True)
    twice.loc[28, "geometry"] = published.geometry[row].buffer(-0.03)
    [said] = refused(convert, twice)
    assert f'"KP0218" stands 2 times, with shapes that overlap: rows {row + 1}, 29.' in said


def test_parts_of_a_county_are_joined(convert, published, shipped):
    row = row_of(published, "Musan")
    whole = published.geometry[row]
    west, south, east, north = whole.bounds
    halves = [
        whole.intersection(box(west, south, (west + east) / 2, north)),
        whole.intersection(box((west + east) / 2, south, east, north)),
    ]
    parts = published.loc[[*published.index, row]].reset_index(drop=True)
    parts.loc[row, "geometry"], parts.loc[28, "geometry"] = halves
    parts.loc[[row, 28], ["NAME_2", "NL_NAME_2"]] = ["Western district", ""]
    conversion = convert(parts)
    assert f"Repair: rows {row + 1}, 29 are parts of KP0218; joined." in conversion.lines
    assert_same_ground(conversion, shipped)


def test_overlaps_and_slivers_between_neighbours_are_settled(convert, published):
    conversion = convert(published.set_geometry(published.geometry.simplify(0.005)))
    [line] = told(conversion, "Repair: neighbours overlapped")
    assert "km² open" in line
    assert shapely.coverage_is_valid(conversion.counties.geometry.to_numpy())


def test_the_file_of_another_country_is_refused(convert, published):
    moved = published.set_geometry(published.translate(0.5, -4.5))
    [said] = refused(convert, moved)
    assert "does not lie in North Korea" in said
    assert "y 35.9" in said


def test_points_are_refused(convert, published):
    [said] = refused(convert, published.set_geometry(published.representative_point()))
    assert "holds no polygons" in said


def test_a_packed_file_is_refused_and_never_unpacked(places, shipped, tmp_path):
    packed = tmp_path / "prk.zip"
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("../escaped.shp", "x")
    [said] = refused(convert_boundaries, packed, places, shipped)
    assert said == f"{packed}: A packed file is not read. Unpack it, and name the .shp file or its folder."
    assert [path.name for path in tmp_path.iterdir()] == ["prk.zip"]


@pytest.mark.parametrize(
    "content",
    [
        b"<OGRVRTDataSource><OGRVRTLayer name='prk'><SrcDataSource>/vsicurl/http://192.0.2.1/a.shp"
        b"</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>" + b" " * 100,
        b'{"type": "FeatureCollection", "features": []}' + b" " * 100,
        b"", b"PK\x03\x04" + b"\0" * 200, b"\x00\x00\x27\x0a",
    ],
)  # fmt: skip
def test_another_format_under_the_name_of_a_shapefile_is_not_opened(convert, published, content):
    [said] = refused(convert, published, lambda path: path.write_bytes(content))
    assert "It is no shapefile" in said


def test_a_file_that_was_cut_off_is_refused(convert, published):
    [said] = refused(convert, published, lambda path: path.write_bytes(path.read_bytes()[:9_000]))
    assert "bytes long and says" in said


def test_a_damaged_table_is_refused(convert, published):
    def spoil(path: Path):
        table = path.with_suffix(".dbf")
        table.write_bytes(table.read_bytes()[:3_000])

    [said] = refused(convert, published, spoil)
    assert "Cannot be read" in said


def test_more_shapes_than_any_list_of_units_has_are_refused(convert, published):
    def spoil(path: Path):
        table = path.with_suffix(".dbf")
        content = table.read_bytes()
        table.write_bytes(content[:4] + (6_000).to_bytes(4, "little") + content[8:])

    [said] = refused(convert, published, spoil)
    assert "It holds 6,000 shapes; more than 5,000 are not read" in said


def test_two_columns_of_one_name_are_refused(convert, published):
    def spoil(path: Path):
        table = path.with_suffix(".dbf")
        table.write_bytes(table.read_bytes().replace(b"NAME_1", b"NAME_2", 1))

    [said] = refused(convert, published, spoil)
    assert "two columns of the same name among GID_0, NAME_2, NAME_2, NL_NAME_2" in said


def test_what_is_written_is_read_by_reports_and_the_same_bytes_each_time(
    convert, published, places, tmp_path
):
    conversion = convert(published.set_geometry(published.geometry.simplify(0.002)))
    for name in ("one", "two"):
        write_boundaries(conversion, tmp_path / name, places)
    check_geometry(load_geometry(tmp_path / "one"), places)
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(names) == 10
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_who_published_them_is_written_beside_them(convert, published, places, tmp_path):
    conversion = convert(published)
    written = write_boundaries(conversion, tmp_path / "named", places, source="Survey (2024), CC0")
    assert tmp_path / "named/source.txt" in written
    assert load_geometry(tmp_path / "named").source == "Survey (2024), CC0"
    with pytest.raises(DataError, match="not one line"):
        write_boundaries(conversion, tmp_path / "lines", places, source="two\nlines")
    assert [*(tmp_path / "lines").iterdir()] == []


def test_layers_that_are_there_are_not_replaced(convert, published, places, tmp_path):
    conversion = convert(published)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/counties.shp").write_text("mine")
    with pytest.raises(UsageError, match="holds counties.shp already"):
        write_boundaries(conversion, tmp_path / "mine", places)
    assert (tmp_path / "mine/counties.shp").read_text() == "mine"


def test_the_command_prints_every_match_of_the_country(run_command, country, tmp_path):
    country.to_file(tmp_path / "prk.shp")
    status, out, err = run_command("boundaries", tmp_path / "prk.shp", "-o", tmp_path / "mine")
    assert (status, err) == (0, "")
    assert out.count("Match: row") == 179
    assert run_command("check", "--shapefiles", tmp_path / "mine")[0] == 0


def assert_same_ground(conversion, shipped: GeoDataFrame) -> None:
    ours = conversion.counties.set_index("pcode").geometry
    assert list(ours.index) == list(shipped.index)
    assert (ours.symmetric_difference(shipped.geometry).area / shipped.area).max() < 1e-4
