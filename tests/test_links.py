"""Links from a number to its rows: one spelling, nothing that the list cannot filter by."""

import html
import re
from urllib.parse import parse_qsl

import pandas as pd
import pytest

from crackdown.links import KEYS, filter_rows, link_rows, write_period


def test_a_filter_is_spelt_one_way_whatever_the_order_it_is_given_in():
    assert filter_rows(act="arrest", place="KP01") == filter_rows(place="KP01", act="arrest")
    assert filter_rows(act="arrest", place="KP01") == "place=KP01&act=arrest"


def test_no_filter_is_all_rows():
    assert filter_rows() == ""
    assert link_rows("551", filter_rows()) == '<a href="#list">551</a>'


def test_a_filter_reads_back_as_it_was_given():
    given = {"evidence": "single source", "precision": "locality,county", "offence": "a&b=c"}
    assert dict(parse_qsl(filter_rows(**given))) == given


def test_what_the_list_does_not_filter_by_is_an_error():
    with pytest.raises(KeyError, match="does not filter by colour, sex"):
        filter_rows(act="arrest", sex="female", colour="red")


def test_every_key_may_be_filtered_by():
    assert [key for key, _ in parse_qsl(filter_rows(**dict.fromkeys(reversed(KEYS), "x")))] == list(KEYS)


def test_a_filter_cannot_become_markup():
    query = 'place=">&act=<b>'
    link = link_rows("1", query)
    assert html.unescape(re.search(r'data-filter="([^"]*)"', link)[1]) == query
    assert link.count("<") == 2


def test_a_period_names_both_its_days():
    half = pd.Period("2024-01-01", freq="2Q")
    assert write_period(half.start_time, half.end_time) == "2024-01-01..2024-06-30"
