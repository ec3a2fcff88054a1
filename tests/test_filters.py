"""What rows of the incident list are filed under, worked by hand and on the real tables."""

import dataclasses
import json
import re

import pandas as pd
import pytest
from synthetic import make_archive

from crackdown.filters import ORDERS, describe_filters, file_rows, list_filters
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
    assert file_rows(list(filters.values()), few.incidents).to_list() == [
        "20240105;0,1;0;0;0;1,0;;1",
        "20231201-20240210;0;1;1;1;1;0;1",
        "20220301;2;2;0;0;1;0;0",
    ]


def test_the_script_is_told_every_value_and_order_in_words(filters):
    told = describe_filters(list(filters.values()), every="All", some="{shown}")
    assert [one["key"] for one in told["filters"]] == list(KEYS)
    assert [one["key"] for one in told["filters"] if one["minor"]] == ["precision", "dated"]
    assert told["filters"][4]["values"] == [["arrest", "Arrest"], ["trial", "Trial"]]
    assert [order for order, _ in told["orders"]] == list(ORDERS)
    assert told["certain"] == "{first} to {last}, for certain"


def test_the_list_s_own_data_cannot_end_its_element(selection):
    body = incident_list(selection).body
    data = re.search(r'<script id="list-filters" type="application/json">(.*?)</script>', body)[1]
    assert "<" not in data
    assert [one["key"] for one in json.loads(data)["filters"]] == list(KEYS)


def test_every_real_row_can_be_found_under_its_own_codes(selection):
    frame = selection.incidents
    filters = list_filters(selection, frame)
    for number, one in enumerate(filters[1:], 1):
        codes = list(one.values)
        read = file_rows(filters, frame).str.split(";").str[number]
        back = read.map(lambda text, codes=codes: tuple(codes[int(n)] for n in text.split(",") if n))
        pd.testing.assert_series_equal(back, one.filed, check_names=False, check_index_type=False)
