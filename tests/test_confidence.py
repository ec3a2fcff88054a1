"""The evidence behind a finding: source, date and place counted apart."""

import dataclasses
import html
import re

import pytest
from synthetic import make_archive

from crackdown import front
from crackdown.confidence import choose_rows, judge_evidence
from crackdown.evidence import count_grades
from crackdown.findings import list_findings

ROWS = [
    {"day": "2024-01-05", "pcode": "KP0101", "offences": ("remittance",)},
    {"date_start": "2024-01-01", "date_end": "2024-01-31", "date_precision": "month",
     "pcode": "KP01", "geo_precision": "province", "offences": ("remittance", "smuggling")},
    {"day": "2024-02-01", "pcode": "KP", "geo_precision": "country", "sourcing": "unspecified",
     "publisher": "Asiapress", "offences": ("speech",)},
    {"day": "2024-03-01", "sourcing": "official", "publisher": "Daily NK Japan"},
]  # fmt: skip


@pytest.fixture
def few(selection, archive):
    made = make_archive(archive, ROWS)
    return dataclasses.replace(selection, archive=made, incidents=made.incidents)


def told(selection, rests):
    """Give the judgements as plain text by title."""
    plain = {one["title"]: re.sub("<[^>]+>", "", one["markup"]) for one in judge_evidence(selection, rests)}
    assert list(plain) == ["Rests on", "Source", "Date", "Place"]
    return plain


def test_each_judgement_counts_its_own_grades(few):
    assert told(few, {}) == {
        "Rests on": "4 of the incidents",
        "Source": "0 corroborated, 3 on one source, anonymous or not told",
        "Date": "3 known to the day, 4 to a month or better",
        "Place": "2 known to the county, 1 to no province",
    }


def test_only_the_incidents_that_the_finding_rests_on_are_judged(few):
    assert told(few, {"offence": "remittance"}) == {
        "Rests on": "2 of the incidents",
        "Source": "0 corroborated, 2 on one source, anonymous or not told",
        "Date": "1 known to the day, 2 to a month or better",
        "Place": "1 known to the county, 0 to no province",
    }


@pytest.mark.parametrize(
    ("values", "chosen"),
    [
        ({"publisher": "Daily NK"}, ["i0001", "i0002", "i0004"]),
        ({"publisher": "Daily NK,Asiapress", "offence": "speech,smuggling"}, ["i0002", "i0003", "i0004"]),
        ({"place": "KP01"}, ["i0001", "i0002", "i0004"]),
        ({"place": "KP"}, ["i0003"]),
        ({"precision": "locality,county", "act": "arrest"}, ["i0001", "i0004"]),
        ({"act": "trial"}, []),
    ],
)
def test_rows_are_chosen_as_the_list_filters_them(few, values, chosen):
    assert list(few.incidents.index[choose_rows(few, values)]) == chosen


def test_a_number_leads_to_its_rows_and_none_to_no_row(few):
    [_, source, date, _] = judge_evidence(few, {"offence": "remittance"})
    assert source["markup"].startswith("0 corroborated, <a data-filter=")
    assert 'data-filter="dated=day&amp;offence=remittance"' in date["markup"]


def test_no_judgement_is_stronger_than_the_grades_of_the_tables(selection):
    grades = count_grades(selection.incidents, selection.grades)
    plain = told(selection, {})
    assert plain["Source"].startswith(f"{grades['source']['corroborated']} corroborated")
    assert plain["Date"].startswith(f"{grades['date']['day']} known to the day")
    county = grades["place"][["locality", "county"]].sum()
    assert plain["Place"].startswith(f"{county} known to the county")


def test_every_finding_of_a_page_shows_three_judgements_of_what_it_rests_on(selection):
    first, further = front.first_findings(selection).body, front.further_findings(selection).body
    findings = list_findings(selection)
    assert (first + further).count('<dl class="confidence">') == len(findings) >= 4
    for title in ("Source", "Date", "Place"):
        assert (first + further).count(f"<dt>{title}</dt>") == len(findings)
    for finding in findings:
        assert 0 < choose_rows(selection, finding.rests).sum() <= len(selection.incidents)
    placed = html.unescape(first).split("finding-places")[1]
    assert re.search(r"Rests on</dt> <dd><a[^>]*>327</a>", placed)
