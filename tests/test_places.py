"""Places: names to P-codes, levels, and names that tell places apart."""

import pandas as pd
import pytest

from crackdown.errors import UsageError
from crackdown.places import PRECISIONS, place_levels, place_name, resolve_place


@pytest.mark.parametrize(
    ("text", "pcode"),
    [
        ("KP0203", "KP0203"),
        ("kp0203", "KP0203"),
        ("Hoeryong", "KP0203"),
        ("hoeryŏng", "KP0203"),
        ("회령", "KP0203"),
        ("North Hamgyong", "KP02"),
        ("north  hamgyŏng", "KP02"),
        ("함경북도", "KP02"),
        ("North Korea", "KP"),
        ("Pyongyang", "KP10"),
        ("Nampo", "KP11"),
    ],
)
def test_a_code_a_name_or_an_alias_finds_its_place(archive, text, pcode):
    assert resolve_place(archive.places, text) == pcode


def test_every_name_and_alias_finds_its_place_or_says_which_share_it(archive):
    places = archive.places
    provinces = places[places["level"] != "county"]
    counties = places[places["level"] == "county"].iloc[::40]
    for pcode, row in pd.concat([provinces, counties]).iterrows():
        for name in (row.name_en, row.name_ko, *row.aliases):
            try:
                found = resolve_place(places, name)
            except UsageError as error:
                assert pcode in str(error), name
            else:
                # A province goes before a county of the same name.
                assert found == pcode or places.level[found] == "province", name


def test_a_misspelt_place_is_refused_with_the_nearest(archive):
    with pytest.raises(UsageError) as error:
        resolve_place(archive.places, "Hoeryung")
    assert "KP0203" in str(error.value)
    assert "Hoeryong" in str(error.value)


@pytest.mark.parametrize("text", ["", "-", "…", "Seoul", "KP9999"])
def test_what_names_no_place_is_refused(archive, text):
    with pytest.raises(UsageError, match="not a place"):
        resolve_place(archive.places, text)


def test_a_name_of_two_counties_is_refused_with_both():
    places = pd.DataFrame(
        {
            "level": ["province", "county", "county"],
            "name_en": ["North", "Unsan", "Unsan"],
            "name_ko": ["북", "운산", "운산"],
            "aliases": [(), (), ()],
        },
        index=["KP01", "KP0101", "KP0102"],
    )
    with pytest.raises(UsageError, match="KP0101, KP0102"):
        resolve_place(places, "unsan")


def test_the_level_is_that_of_the_smallest_unit_surely_containing_the_act():
    incidents = pd.DataFrame(
        {
            "pcode": ["KP0203", "KP0203", "KP02", "KP02", "KP", "KP"],
            "geo_precision": ["locality", "county", "province", "border", "border", "country"],
        }
    )
    levels = place_levels(incidents)
    assert levels["level"].to_list() == [
        "county", "county", "province", "border", "border", "country"
    ]
    assert levels["province"].to_list() == ["KP02", "KP02", "KP02", "KP02", "", ""]


def test_every_precision_of_the_codebook_has_a_level(archive):
    allowed = archive.codebook.labels("incidents", "geo_precision")
    assert set(PRECISIONS) == set(allowed)
    frame = pd.DataFrame({"pcode": "KP", "geo_precision": list(allowed)})
    assert set(place_levels(frame)["level"]) == {"county", "province", "border", "country"}


def test_the_province_of_a_county_is_its_parent(archive):
    counties = archive.places[archive.places["level"] == "county"]
    incidents = pd.DataFrame({"pcode": counties.index, "geo_precision": "county"})
    levels = place_levels(incidents)
    assert levels["province"].to_list() == counties["parent_pcode"].to_list()


def test_no_two_places_read_alike(archive):
    names = [place_name(archive.places, pcode) for pcode in archive.places.index]
    assert len(set(names)) == len(names)
