"""What rows of the incident list are filed under, worked by hand and on the real tables."""

import dataclasses
import json
import re

import pandas as pd
import pytest
from synthetic import make_archive

from crackdown.filters import (
    ALPHABET,
    ONE,
    ORDERS,
    Filter,
    count_letters,
    describe_filters,
    file_rows,
    list_filters,
)
from crackdown.links import KEYS
from crackdown.listing import incident_list
from crackdown.wording import say

ROWS = [
    {"day": "2024-01-05", "pcode": "KP0101", "offences": ("smuggling", "remittance"), "agencies": ()},
    {"date_start": "2023-12-01", "date_end": "2024-02-10", "date_precision": "quarter",
     "pcode": "KP01", "geo_precision": "border", "action": "trial"},
    {"day": "2022-03-01", "pcode": "KP", "geo_precision": "country", "sourcing": "official"},
]


@pytest.fixture
def few(selection, archive):
    made = make_archive(archive, ROWS)
    return dataclasses.replace(selection, archive=made, incidents=made.incidents)


@pytest.fixture
def filters(few):
    return {one.key: one for one in list_filters(few, few.incidents)}


def test_filters_come_in_the_order_in_which_rows_carry_them(filters):
    assert tuple(filters) == KEYS


def test_only_what_occurs_is_offered(filters):
    assert list(filters["when"].values) == ["2024", "2023", "2022"]
    assert list(filters["place"].values) == ["KP01", "KP0101", "KP"]
    assert list(filters["act"].values) == ["arrest", "trial"]
    assert list(filters["offence"].values) == ["remittance", "smuggling"]
    assert list(filters["evidence"].values) == ["documented", "single source"]


def test_a_place_is_filed_under_its_province_and_what_lies_in_none_apart(filters):
    assert filters["place"].filed.to_list() == [("KP01", "KP0101"), ("KP01",), ("KP",)]
    assert filters["place"].values["KP"] == say("unplaced")


def test_an_interval_is_filed_under_every_year_it_touches(filters):
    assert filters["when"].filed.to_list() == [("2024",), ("2023", "2024"), ("2022",)]


def test_rows_are_filed_by_days_and_positions(few, filters):
    # 2024-01-05 is day 19,727 since 1970; then place, precision, date, act and evidence, and lists.
    assert file_rows(list(filters.values()), few.incidents).to_list() == [
        "F7Z;0001;01;;10;;0",
        "F70,1Z;1111;0;;1;0;0",
        "EP8;2000;2;;1;0;0",
    ]


def test_the_script_is_told_every_value_and_order_in_words(filters):
    told = describe_filters(list(filters.values()), every="All", some="{shown}")
    assert [one["key"] for one in told["filters"]] == list(KEYS)
    assert [one["key"] for one in told["filters"] if one["minor"]] == ["precision", "dated", "gravest"]
    assert [one["key"] for one in told["filters"] if one["one"]] == ["precision", "dated", "act", "evidence"]
    assert told["filters"][4]["values"] == [["arrest", "Arrest"], ["trial", "Trial"]]
    assert [order for order, _ in told["orders"]] == list(ORDERS)
    assert told["certain"] == "{first} to {last}, for certain"


def test_the_list_s_own_data_cannot_end_its_element(selection):
    body = incident_list(selection).body
    data = re.search(r'<script id="list-filters" type="application/json">(.*?)</script>', body)[1]
    assert "<" not in data
    assert [one["key"] for one in json.loads(data)["filters"]] == list(KEYS)


def read_positions(text, letters):
    """Read positions back out of their letters."""
    size = len(ALPHABET)
    parts = [text[n : n + letters] for n in range(0, len(text), letters)]
    return [sum(ALPHABET.index(one) * size**n for n, one in enumerate(reversed(part))) for part in parts]


@pytest.mark.parametrize("count", [62, 63, 3000])
def test_as_many_letters_as_needed_write_a_position(few, count):
    values = {f"c{n}": f"Code {n}" for n in range(count)}
    filed = pd.Series([("c0", f"c{count - 1}"), (), ("c61",)], few.incidents.index)
    one = Filter("agency", values, filed)
    assert count_letters(one) == (1 if count == 62 else 2)
    filters = [one if other.key == "agency" else other for other in list_filters(few, few.incidents)]
    read = [text.split(";")[5] for text in file_rows(filters, few.incidents)]
    assert [read_positions(text, count_letters(one)) for text in read] == [[0, count - 1], [], [61]]


def test_every_real_row_can_be_found_under_its_own_codes(selection):
    frame = selection.incidents
    filters = list_filters(selection, frame)
    parts = file_rows(filters, frame).str.split(";", expand=True)
    single, several = parts[1], iter(range(2, len(filters)))
    for one in filters[1:]:
        codes, letters = list(one.values), count_letters(one)
        if one.key in ONE:
            text, single = single.str[:letters], single.str[letters:]
        else:
            text = parts[next(several)]
        back = text.map(
            lambda text, codes=codes, letters=letters: tuple(codes[n] for n in read_positions(text, letters))
        )
        pd.testing.assert_series_equal(back, one.filed, check_names=False, check_index_type=False)


def test_gravest_acts_and_publishers_of_one_house_are_filed(selection, archive):
    made = make_archive(
        archive,
        [
            {"day": "2024-01-05", "deaths": 1, "minors": True, "publisher": "Daily NK Japan"},
            {"day": "2024-01-06", "targets": ("returnees",), "penalty_imposed": ("execution",)},
        ],
    )
    few = dataclasses.replace(selection, archive=made, incidents=made.incidents)
    filters = {one.key: one for one in list_filters(few, few.incidents)}
    assert filters["gravest"].filed.to_list() == [("deaths", "minors"), ("deaths", "returnees")]
    assert filters["publisher"].filed.to_list() == [("Daily NK",), ("Daily NK",)]
    assert filters["publisher"].values == {"Daily NK": "Daily NK"}
