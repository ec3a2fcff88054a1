"""The gazetteer: codes, levels, names and borders hold together."""

import re
import unicodedata
from pathlib import Path

import pandas as pd
import pytest

from crackdown.check import check_tables

# ISO 3166-2:KP, as published by the ISO and held in pycountry 26.2.16.
ISO_3166_2 = {
    "KP-01": "Pyongyang", "KP-02": "South Pyongan", "KP-03": "North Pyongan", "KP-04": "Jagang",
    "KP-05": "South Hwanghae", "KP-06": "North Hwanghae", "KP-07": "Kangwon",
    "KP-08": "South Hamgyong", "KP-09": "North Hamgyong", "KP-10": "Ryanggang",
    "KP-13": "Rason", "KP-14": "Nampo",
}  # fmt: skip

# Counties along the Yalu and the Tumen, from the mouth of the one to that of the other.
ON_THE_RIVERS = (
    "Sindo Ryongchon Sinuiju Uiju Sakju Changsong Pyokdong Usi Chosan Wiwon Manpho Jasong "
    "Junggang Hyesan Samsu Pochon Samjiyon Taehongdan Musan Hoeryong Onsong Kyongwon Kyonghung "
    "Rason"
).split() + ["Kim Hyong Jik", "Kim Jong Suk"]

# Counties along the Military Demarcation Line, from west to east.
ON_THE_LINE = "Kaesong Jangphung Cholwon Phyonggang Kimhwa Changdo Kumgang Kosong".split()


@pytest.fixture(scope="module")
def places(root: Path) -> pd.DataFrame:
    return check_tables(root / "data")["places"].set_index("pcode")


@pytest.fixture(scope="module")
def counties(places) -> pd.DataFrame:
    return places[places["level"] == "county"]


def names_of(row: pd.Series) -> set[str]:
    """Give every name of a place, folded for comparison."""
    names = {*row["aliases"].split(";"), row["name_en"], row["name_ko"]}
    return {unicodedata.normalize("NFC", name).casefold() for name in names}


def test_one_country_eleven_provinces_179_counties(places):
    assert places["level"].value_counts().to_dict() == {"county": 179, "province": 11, "country": 1}
    assert list(places.index[:12]) == ["KP", *(f"KP{number:02}" for number in range(1, 12))]


def test_code_says_level_and_parent(places):
    for pcode, row in places.iterrows():
        assert len(pcode) == {"country": 2, "province": 4, "county": 6}[row["level"]]
        assert row["parent_pcode"] == (pcode[:-2] if pcode != "KP" else "")


def test_every_province_has_counties(places, counties):
    sizes = counties["parent_pcode"].value_counts()
    assert set(sizes.index) == set(places.index[places["level"] == "province"])
    assert sizes["KP02"] == 16 and sizes["KP06"] == 25 and sizes["KP10"] == 3


def test_iso_codes_are_those_of_the_standard(places):
    coded = places[places["iso_3166_2"] != ""]
    assert dict(zip(coded["iso_3166_2"], coded["name_en"], strict=True)) == ISO_3166_2
    assert (coded["level"] == "province").sum() == 11
    assert coded.index[coded["level"] == "county"].tolist() == ["KP0201"]


def test_p_codes_and_iso_codes_are_different_numberings(places):
    assert places.loc["KP01", "iso_3166_2"] == "KP-10"
    assert places.index[places["iso_3166_2"] == "KP-01"].tolist() == ["KP10"]


def test_a_name_means_one_place_of_its_level_and_parent(places):
    for scope, rows in places.groupby(["level", "parent_pcode"]):
        seen: dict[str, str] = {}
        for pcode, row in rows.iterrows():
            for name in names_of(row):
                assert seen.setdefault(name, pcode) == pcode, (scope, name)


def test_only_three_names_need_a_level_or_province(places):
    owners: dict[str, set[str]] = {}
    for pcode, row in places.iterrows():
        for name in names_of(row):
            owners.setdefault(name, set()).add(pcode)
    shared = {name: found for name, found in owners.items() if len(found) > 1}
    assert shared == {
        "pyongyang": {"KP10", "KP1001"},
        "nampo": {"KP11", "KP1102"},
        "unsan": {"KP0617", "KP0720"},
    }


def test_kind_follows_from_the_suffix_of_the_korean_name(places):
    suffixes = {
        "province": "도", "capital_city": "직할시", "special_city": "특별시", "city": "시",
        "county": "군", "district": ("구", "구역", "지구"), "country": "국",
    }  # fmt: skip
    for pcode, row in places.iterrows():
        assert row["name_ko"].endswith(suffixes[row["kind"]]), pcode
        assert re.fullmatch(r"[가-힣]+", row["name_ko"]), pcode


def test_names_are_written_in_one_unicode_form_without_padding(places):
    for pcode, row in places.iterrows():
        for name in [row["name_en"], row["name_ko"], *row["aliases"].split(";")]:
            assert name == unicodedata.normalize("NFC", name).strip(), (pcode, name)


def test_points_lie_in_the_country(places):
    lon, lat = places["lon"].astype(float), places["lat"].astype(float)
    assert lon.between(124.1, 130.8).all() and lat.between(37.6, 43.1).all()
    assert not places.loc[places["level"] == "county", ["lon", "lat"]].duplicated().any()


def test_borders_of_a_unit_are_the_union_of_its_parts(places):
    for pcode, row in places[places["level"] != "county"].iterrows():
        parts = places.loc[places["parent_pcode"] == pcode, "borders"].str.split(";")
        union = set(parts.explode()) - {"none"} or {"none"}
        assert set(row["borders"].split(";")) == union, pcode


def test_units_on_the_northern_rivers_are_those_that_touch_china(counties):
    touching = counties.loc[counties["borders"].str.contains("china"), "name_en"]
    assert set(touching) == set(ON_THE_RIVERS)
    assert len(touching) == len(set(touching)) == 26


def test_units_on_the_demarcation_line_are_those_that_touch_south_korea(counties):
    touching = counties.loc[counties["borders"].str.contains("rok"), "name_en"]
    assert set(touching) == set(ON_THE_LINE)


def test_only_rason_touches_russia(counties):
    assert counties.index[counties["borders"].str.contains("russia")].tolist() == ["KP0201"]


@pytest.mark.parametrize(
    ("pcode", "column", "value"),
    [
        ("KP0217", "borders", "none"),  # Yonsa: only Korean neighbours
        ("KP0613", "borders", "none"),  # Pakchon: a river mouth is not the sea
        ("KP0326", "borders", "sea"),  # Kumho
        ("KP0909", "borders", "none"),  # Unchon: above the barrage
        ("KP0915", "borders", "sea"),  # Paechon: the islands lie across the estuary
        ("KP0916", "borders", "sea"),  # Yonan
        ("KP0803", "name_ko", "개성시"),
        ("KP1105", "name_ko", "대안구역"),
        ("KP1106", "name_ko", "강서구역"),
        ("KP1107", "name_ko", "천리마구역"),
        ("KP0325", "name_ko", "수동구"),
        ("KP0726", "name_ko", "청남구"),
        ("KP0727", "name_ko", "득장지구"),
    ],
)
def test_entries_settled_by_public_sources_stay_as_decided(places, root, pcode, column, value):
    assert places.loc[pcode, column] == value
    readme = (root / "data" / "README.md").read_text("utf-8")
    assert pcode in readme.partition("### Entries that were least sure")[2]


@pytest.mark.parametrize(
    ("name", "pcode"),
    [
        ("개성특별시", "KP0803"), ("판문구역", "KP0803"), ("득장로동자구", "KP0727"),
        ("금호군", "KP0326"), ("수동군", "KP0325"), ("강서군", "KP1106"), ("Rajin", "KP0201"),
        ("Hyesan", "KP0101"), ("Hoeryŏng", "KP0203"), ("회령", "KP0203"), ("Yanggang", "KP01"),
    ],
)  # fmt: skip
def test_names_that_reports_use_lead_to_a_place(places, name, pcode):
    found = [code for code, row in places.iterrows() if name.casefold() in names_of(row)]
    assert found == [pcode]


def test_every_coded_place_is_in_the_gazetteer(root, places):
    tables = check_tables(root / "data")
    for name in ("incidents", "campaigns", "double_coded", "raw_codings"):
        assert set(tables[name]["pcode"]) <= set(places.index)
