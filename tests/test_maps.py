"""Maps: every incident at the level to which its place is known, and nowhere else."""

import dataclasses
import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from crackdown.counts import count_places
from crackdown.geometry import load_geometry
from crackdown.graphics import Graphic, Words
from crackdown.maps import CLASS_STARTS, map_counties, map_provinces, sum_provinces
from crackdown.multiples import map_small_multiples
from crackdown.palette import CLASSES, light

NORTHERN = ("Hoeryong", "Hyesan", "Musan", "Onsong", "Sinuiju", "Uiju")


def counted(*rows) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["pcode", "level", "incidents"])


FEW = counted(
    ("KP0101", "county", 4),  # Hyesan
    ("KP0102", "county", 1),  # Samsu
    ("KP01", "province", 2),  # Ryanggang
    ("KP01", "border", 3),
    ("KP10", "province", 20),  # Pyongyang
    ("KP", "border", 5),
    ("KP", "country", 7),
)


@pytest.fixture(scope="module")
def geometry(root):
    return load_geometry(root / "shapefiles")


@pytest.fixture(scope="module")
def places(archive):
    return archive.places


@pytest.fixture(scope="module")
def real(archive):
    chosen = archive.incidents[~archive.incidents["is_aggregate"]]
    return count_places(chosen, archive.places)


@pytest.fixture(scope="module")
def province_map(real, places, geometry) -> Graphic:
    return map_provinces(real, places, geometry)


@pytest.fixture(scope="module")
def county_map(real, places, geometry) -> Graphic:
    return map_counties(real, places, geometry)


@pytest.fixture(scope="module")
def county_page(county_map) -> BeautifulSoup:
    return soup(county_map)


def soup(graphic: Graphic) -> BeautifulSoup:
    return BeautifulSoup(graphic._repr_html_(), "html.parser")


def titled(parsed: BeautifulSoup) -> dict[str, object]:
    return {path.title.get_text(): path for path in parsed("path") if path.title}


def fill_of(path) -> str:
    while not path.get("fill"):
        path = path.parent
    return path["fill"]


def token(name: str) -> str:
    return f"var(--fig-{name},{light(name)})"


def test_a_province_holds_what_is_known_to_its_counties_itself_and_its_border(places):
    table = sum_provinces(FEW, places)
    assert table.loc["KP01"].to_dict() == {"county": 5, "province": 2, "border": 3, "total": 10}
    assert table["total"].sum() == 30
    assert (table["total"] == 0).sum() == 9


def test_placed_and_unplaced_add_up_to_all_incidents(real, places):
    unplaced = real.loc[real["pcode"] == "KP", "incidents"].sum()
    assert sum_provinces(real, places)["total"].sum() + unplaced == real["incidents"].sum()


def test_provinces_are_filled_by_fixed_classes(places, geometry):
    for start, name in zip(CLASS_STARTS, CLASSES, strict=True):
        drawn = titled(soup(map_provinces(counted(("KP05", "province", start)), places, geometry)))
        [jagang] = [path for title, path in drawn.items() if title.startswith("Jagang")]
        assert fill_of(jagang) == token(name)


def test_a_province_with_none_recorded_is_hatched_and_says_so(places, geometry):
    drawn = titled(soup(map_provinces(FEW, places, geometry)))
    assert fill_of(drawn["Kangwon: none recorded"]).startswith("url(#province-map-")
    assert not any(re.search(r"\b0 incidents", title) for title in drawn)


def test_a_province_says_how_exactly_its_incidents_are_known(places, geometry):
    drawn = titled(soup(map_provinces(FEW, places, geometry)))
    assert (
        "Ryanggang: 10 incidents (5 known to a county, 2 to the province only, 3 to its border area only)"
        in drawn
    )


def test_a_province_without_a_firm_source_is_hatched_over_its_class_and_says_so(places, geometry):
    counts = counted(*FEW.itertuples(index=False)).assign(firm=[0, 0, 0, 1, 0, 2, 3])
    graphic = map_provinces(counts, places, geometry)
    drawn = titled(soup(graphic))
    [pyongyang] = [path for title, path in drawn.items() if title.startswith("Pyongyang: 20 inc")]
    [ryanggang] = [path for title, path in drawn.items() if title.startswith("Ryanggang: 10 inc")]
    assert "uncertain: one publisher’s" in pyongyang.title.get_text()
    assert "uncertain" not in ryanggang.title.get_text()
    pattern = soup(graphic).find(id=fill_of(pyongyang).removeprefix("url(#").removesuffix(")"))
    assert pattern["id"].startswith("province-map-")
    assert token("class-3") in str(pattern)
    assert token("ink") in str(pattern)
    assert fill_of(ryanggang) == token("class-2")
    assert "Uncertain, on the anonymous or unnamed sources of one publisher only: Pyongyang." in graphic.alt
    assert "nothing corroborated" in {text.get_text() for text in soup(graphic)("text")}
    assert "none is reported by a second publisher, and none is documented" in graphic.caption


def test_a_county_without_a_firm_source_is_an_open_hatched_circle(places, geometry):
    counts = counted(*FEW.itertuples(index=False)).assign(firm=[2, 0, 0, 0, 0, 0, 0])
    graphic = map_counties(counts, places, geometry)
    marks = {
        path.title.get_text(): path for path in soup(graphic).svg("path")
        if path.title and "a" in path["d"]
    }
    [samsu] = [path for title, path in marks.items() if title.startswith("Samsu")]
    assert samsu.title.get_text().endswith("; uncertain: one publisher’s anonymous or unnamed sources only")
    assert fill_of(samsu).startswith("url(#county-map-country-")
    assert fill_of(marks["Hyesan (Ryanggang): 4 incidents"]) == token("county-mark")
    assert "An open, hatched circle is uncertain" in graphic.caption


def test_nothing_is_called_uncertain_where_the_sources_are_not_told(places, geometry):
    for graphic in (map_provinces(FEW, places, geometry), map_counties(FEW, places, geometry)):
        assert "ncertain" not in graphic._repr_html_()
        assert "corroborated" not in graphic._repr_html_()


def test_the_caption_names_the_scheme_of_the_classes(province_map):
    assert "Classes: fixed (1–4, 5–19, 20–49, 50–99, 100 or more), the same on every map" in province_map.caption


def test_what_no_map_draws_is_stated_in_key_caption_and_alternative_text(places, geometry):
    for graphic in (map_provinces(FEW, places, geometry), map_counties(FEW, places, geometry)):
        parsed = soup(graphic)
        assert {"5 border area only", "7 country only"} <= {
            text.get_text() for text in parsed("text")
        }
        for words in (parsed.figcaption.get_text(), parsed.desc.get_text()):
            assert "5 known to the border area only" in words
            assert "7 known to the country only" in words


def test_every_province_is_named_on_the_map(province_map, places):
    texts = {text.get_text() for text in soup(province_map)("text")}
    assert set(places.loc[places["level"] == "province", "name_en"]) <= texts


def test_counties_are_never_filled(county_page):
    drawn = titled(county_page.svg)
    counties = [path for title, path in drawn.items() if "none recorded" in title]
    assert {fill_of(path) for path in counties} == {token("land")}


def test_every_county_says_its_number_or_none_recorded(county_page, places):
    country = county_page.svg
    titles = [path.title.get_text() for path in country("path") if path.title]
    names = places.loc[places["level"] == "county", "name_en"] + " ("
    assert all(any(title.startswith(name) for title in titles) for name in names)
    assert "Hyesan (Ryanggang): 87 incidents" in titles


def test_the_area_of_a_circle_is_proportional_to_its_incidents(places, geometry):
    parsed = soup(map_counties(FEW, places, geometry)).svg
    circles = {
        path.title.get_text(): int(re.match(r"M\d+ \d+a(\d+) ", path["d"])[1])
        for path in parsed("path")
        if path.title and re.match(r"M\d+ \d+a", path["d"])
    }
    four, one = circles["Hyesan (Ryanggang): 4 incidents"], circles["Samsu (Ryanggang): 1 incident"]
    assert four / one == pytest.approx(2, rel=0.02)


def test_province_and_border_incidents_have_marks_of_their_own(places, geometry):
    titles = titled(soup(map_counties(FEW, places, geometry)))
    assert "Ryanggang: 2 incidents known to the province only" in titles
    assert "Ryanggang: 3 incidents known to the border area only" in titles
    assert "Pyongyang: 20 incidents known to the province only" in titles


@pytest.mark.parametrize("name", NORTHERN)
def test_the_northern_border_is_labelled_in_its_panels(name, county_page):
    _, *panels = county_page("svg")
    texts = [text.get_text() for panel in panels for text in panel("text")]
    assert any(re.fullmatch(rf"{name} \d+", text) for text in texts)


def test_every_county_of_the_northern_panels_finds_room_for_its_label(county_page):
    _, *panels = county_page("svg")
    for panel in panels:
        circles = {
            path.title.get_text().partition(" (")[0]
            for path in panel("path")
            if path.title and re.match(r"M-?\d+ -?\d+a", path["d"])
        }
        labels = {text.get_text().rpartition(" ")[0] for text in panel("text")}
        assert circles <= labels


def test_neighbours_scale_source_and_licences_are_there(province_map, county_map):
    for graphic in (province_map, county_map):
        parsed = soup(graphic)
        texts = {text.get_text() for text in parsed("text")}
        assert {"CHINA", "RUSSIA", "SOUTH KOREA", "Yellow Sea", "East Sea", "100 km"} <= texts
        for words in (
            "geoBoundaries",
            "CC BY 3.0 IGO",
            "CC BY 4.0",
            "equal-area",
            "does not mean that nothing",
        ):
            assert words in parsed.figcaption.get_text()


@pytest.mark.parametrize(
    ("source", "said"),
    [("A survey (2024), <b>CC0</b>", "Boundaries: A survey (2024), <b>CC0</b>. Data: CC BY 4.0."),
     ("", "Boundaries: supplied by the user, source not given. Data: CC BY 4.0.")],
)  # fmt: skip
def test_other_boundaries_are_not_ascribed_to_those_who_made_the_shipped_ones(places, geometry, source, said):
    others = dataclasses.replace(geometry, source=source)
    periods = {"2020": FEW, "2021": FEW}
    for graphic in (map_provinces(FEW, places, others), map_counties(FEW, places, others), map_small_multiples(periods, places, others)):
        caption = soup(graphic).figcaption.get_text()
        assert said in caption
        assert "geoBoundaries" not in caption


def test_alternative_texts_name_the_three_largest(province_map, county_map):
    assert "Hyesan 87, Hoeryong 59, Chongjin 30" in county_map.alt
    assert "Most: North Hamgyong" in province_map.alt


def test_without_incidents_there_are_words_and_no_map(places, geometry):
    for draw in (map_provinces, map_counties):
        words = draw(counted(), places, geometry, key="m")
        assert isinstance(words, Words)
        assert "No incident" in words.text
    assert isinstance(map_small_multiples({"2020": counted()}, places, geometry), Words)


def test_when_all_are_unplaced_the_words_say_so(places, geometry):
    unplaced = counted(("KP", "border", 5), ("KP", "country", 7))
    for draw in (map_provinces, map_counties):
        words = draw(unplaced, places, geometry)
        assert isinstance(words, Words)
        assert "5 known to the border area only" in words.text


def test_one_incident_known_to_a_province_makes_a_map(places, geometry):
    graphic = map_counties(counted(("KP03", "province", 1)), places, geometry)
    assert "South Hamgyong: 1 incident known to the province only" in titled(soup(graphic))


def test_small_multiples_share_their_classes_and_name_their_periods(places, geometry):
    periods = {
        "2020": counted(("KP01", "province", 60)),
        "2021": counted(("KP01", "province", 2), ("KP", "country", 1)),
    }
    parsed = soup(map_small_multiples(periods, places, geometry))
    drawn = titled(parsed)
    known = "known to a county, {} to the province only, 0 to its border area only)"
    assert fill_of(drawn[f"2020, Ryanggang: 60 incidents (0 {known.format(60)}"]) == token(
        "class-4"
    )
    assert fill_of(drawn[f"2021, Ryanggang: 2 incidents (0 {known.format(2)}"]) == token("class-1")
    assert {"2020", "2021"} <= {text.get_text() for text in parsed("text")}
    assert "2020 0, 2021 1" in parsed.figcaption.get_text()


def test_maps_are_small_enough_to_stand_in_a_page(province_map, county_map):
    assert len(province_map._repr_html_().encode()) < 35_000
    assert len(county_map._repr_html_().encode()) < 125_000


def test_maps_are_the_same_bytes_twice(real, places, geometry):
    shuffled = real.sample(frac=1, random_state=1)
    for draw in (map_provinces, map_counties):
        once = draw(real, places, geometry)._repr_html_()
        assert draw(shuffled, places, geometry)._repr_html_() == once
        assert str(BeautifulSoup(once, "html.parser")) == once
