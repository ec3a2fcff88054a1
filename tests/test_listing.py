"""Lists of incidents in full: every row behind a number, with its sources."""

import dataclasses
import html
import re

import pandas as pd
import pytest

from crackdown.listing import aggregate_list, gravest_acts, incident_list, list_rows
from crackdown.places import place_name

NONE = {"start": "1990-01-01", "end": "1990-12-31"}


def groups(body):
    """Give the ids listed in each section of the gravest acts."""
    sections = re.split(r'<section class="gravest" aria-labelledby="([a-z-]+)">', body)[1:]
    return {
        name: re.findall(r'<a href="#(i\d+)">', text)
        for name, text in zip(sections[::2], sections[1::2], strict=True)
    }


def test_every_incident_of_the_selection_is_listed_once(selection):
    listed = re.findall(r'<tr id="(i\d+)">', incident_list(selection).body)
    assert sorted(listed) == sorted(selection.incidents.index)


def test_every_source_of_every_incident_is_linked(selection):
    body = html.unescape(incident_list(selection).body)
    for row in re.split(r"<tr id=", body)[1:]:
        incident = re.match(r'"(i\d+)"', row)[1]
        urls = selection.links.loc[selection.links["incident_id"] == incident, "url"]
        for url in urls:
            assert f'href="{html.unescape(url)}"' in row


def test_the_newest_incident_comes_first(selection):
    listed = re.findall(r'<tr id="(i\d+)">', incident_list(selection).body)
    assert selection.incidents.loc[listed, "date_start"].is_monotonic_decreasing


def test_totals_over_other_acts_stand_apart(selection):
    listed = re.findall(r'<tr id="(i\d+)">', aggregate_list(selection).body)
    assert sorted(listed) == sorted(selection.aggregates.index)
    assert not set(listed) & set(re.findall(r'<tr id="(i\d+)">', incident_list(selection).body))


def test_the_gravest_acts_are_listed_in_full(selection):
    frame = selection.incidents
    found = groups(gravest_acts(selection).body)
    deaths = {
        index
        for index, row in frame.iterrows()
        if not pd.isna(row.deaths) or "execution" in row.penalty_imposed
    }
    assert set(found["gravest-deaths"]) == deaths
    assert set(found["gravest-minors"]) == set(frame.index[frame["minors"]])
    returned = {index for index, row in frame.iterrows() if "returnees" in row.targets}
    assert set(found["gravest-returnees"]) == returned
    assert all(len(ids) == len(set(ids)) for ids in found.values())


def test_a_gravest_act_carries_three_judgements(selection):
    body = gravest_acts(selection).body
    acts = body.count("<li>")
    assert acts == sum(len(ids) for ids in groups(body).values())
    for judgement in ("Source: ", "Date: ", "Place: "):
        assert body.count(judgement) >= acts


def test_a_death_sentence_that_is_not_known_to_be_carried_out_counts_no_death(selection):
    frame = selection.incidents
    sentenced = frame[
        frame["penalty_imposed"].map(lambda imposed: "execution" in imposed) & frame["deaths"].isna()
    ]
    assert len(sentenced) > 0
    for row in list_rows(selection, sentenced):
        assert "eath sentence" in row["toll"]
        assert "At least" not in row["toll"]


def test_deaths_are_worded_as_a_floor(selection):
    dead = selection.incidents[selection.incidents["deaths"].notna()]
    for row in list_rows(selection, dead):
        number = int(dead.loc[row["id"], "deaths"])
        assert re.search(rf"At least {number if number > 1 else '(one|1)'} death", row["toll"])


def test_a_place_is_named_and_never_finer_than_the_county(selection):
    frame = selection.incidents
    for row in list_rows(selection, frame):
        incident = frame.loc[row["id"]]
        assert place_name(selection.archive.places, incident["pcode"]) in row["where"]
        if incident["geo_precision"] == "locality":
            assert incident["locality"] not in row["where"]


@pytest.mark.parametrize("show", [incident_list, aggregate_list, gravest_acts])
def test_an_empty_selection_says_that_nothing_is_recorded(choose, show):
    body = show(choose(**NONE))._repr_mimebundle_()[0]["text/html"]
    assert "<tr id=" not in body
    assert re.search(r"[Nn]o incident|[Nn]one recorded", body)


def test_what_coders_wrote_cannot_become_markup(selection):
    incidents = selection.incidents.head(1).assign(summary="<script>1 & 2</script>")
    body = incident_list(dataclasses.replace(selection, incidents=incidents)).body
    assert "<script>" not in body
    assert "&lt;script&gt;1 &amp; 2" in body
