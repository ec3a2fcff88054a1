"""What is too small for a page stands as a row of its parent."""

import dataclasses
import re

import pandas as pd
import pytest
from synthetic import make_archive

from crackdown.plan import LEAST_FOR_PAGE
from crackdown.sections import KINDS, list_small, table_small

ROWS = [
    *[{"day": f"2024-01-{n:02}", "pcode": "KP0101"} for n in range(1, 16)],
    {"day": "2023-02-01", "pcode": "KP02", "geo_precision": "province", "offences": ("speech",)},
    {"date_start": "2022-12-01", "date_end": "2023-01-30", "pcode": "KP0203", "offences": ("speech", "religion")},
    {"day": "2023-05-01", "pcode": "KP", "geo_precision": "country", "campaign_id": "k001"},
]


@pytest.fixture
def few(selection, archive):
    made = dataclasses.replace(make_archive(archive, ROWS), campaigns=archive.campaigns)
    return dataclasses.replace(
        selection, archive=made, incidents=made.incidents,
        start=pd.Timestamp("2022-12-01"), end=pd.Timestamp("2024-01-15"),
    )  # fmt: skip


def test_only_parts_with_fewer_incidents_than_a_page_needs_are_listed(few):
    assert {kind: {code: [*ids] for code, ids in list_small(few, kind).items()} for kind in KINDS} == {
        "provinces": {"KP02": ["i0016", "i0017"]},
        "campaigns": {"k001": ["i0018"]},
        "years": {"2023": ["i0016", "i0017", "i0018"], "2022": ["i0017"]},
    }


def test_a_part_tells_its_incidents_period_and_leading_offence(few):
    table = table_small(few, "provinces")
    [row] = table.frame.itertuples()
    assert [*row] == ["North Hamgyong", 2, "1 December 2022 – 1 February 2023", "Speech"]
    assert table.links == {"Incidents": ["place=KP02"]}


def test_a_campaign_names_its_incidents_since_the_list_does_not_filter_by_it(few):
    [row] = table_small(few, "campaigns").frame.itertuples()
    assert row.Index == "Phone and anti-socialist inspection of the northern border, spring 2010"
    assert re.findall(r'href="#(i\d+)"', row.Incidents) == ["i0018"]


def test_a_year_tells_what_lies_in_it_for_certain_and_as_expected(few):
    frame = table_small(few, "years").frame
    assert frame["Certain"].to_list() == [2, 0]
    assert frame["Expected"].round(2).to_list() == [2.49, 0.51]


def test_every_small_part_of_the_real_record_has_its_row(selection):
    frame = selection.incidents
    campaigns = frame.loc[frame["campaign_id"] != "", "campaign_id"].value_counts()
    shown = table_small(selection, "campaigns").frame
    assert len(shown) == (campaigns < LEAST_FOR_PAGE).sum()
    named = shown["Incidents"].map(lambda text: len(re.findall(r"<a ", text)))
    assert named.sum() == campaigns[campaigns < LEAST_FOR_PAGE].sum()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_with_limits_and_an_empty_record_are_no_parents(choose, kind):
    assert table_small(choose(start="2020-01-01"), kind).body == ""
    assert table_small(choose(provinces="KP01"), kind).body == ""
    assert table_small(choose(as_of="2001-01-01"), kind).body == ""
