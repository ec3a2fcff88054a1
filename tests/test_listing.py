"""Lists of incidents in full: every row behind a number, with its sources."""

import base64
import dataclasses
import hashlib
import html
import re

import nbformat
import pandas as pd
import pytest

from crackdown import listing
from crackdown.listing import aggregate_list, gravest_acts, incident_list, list_rows
from crackdown.places import place_name
from crackdown.report import export_html

NONE = {"start": "1990-01-01", "end": "1990-12-31"}
ROW = re.compile(r'<tr(?: data-f="[^"]*")? id="(i\d+)">')


def repeat_incidents(selection, count):
    """Repeat the incidents of a selection under new ids, with their articles, up to a number."""
    incidents, links = selection.incidents, selection.archive.incident_sources
    rounds = -(-count // len(incidents))
    names = [
        {old: f"i{turn * len(incidents) + number + 1:04}" for number, old in enumerate(incidents.index)}
        for turn in range(rounds)
    ]
    own = links[links["incident_id"].isin(incidents.index)]
    archive = dataclasses.replace(
        selection.archive,
        incident_sources=pd.concat([own.assign(incident_id=own["incident_id"].map(n)) for n in names]),
    )
    many = pd.concat([incidents.rename(index=new) for new in names]).head(count)
    return dataclasses.replace(selection, incidents=many, archive=archive)


def groups(body):
    """Give the ids listed in each section of the gravest acts."""
    sections = re.split(r'<section class="gravest" aria-labelledby="([a-z-]+)">', body)[1:]
    return {
        name: re.findall(r'<a href="#(i\d+)">', text)
        for name, text in zip(sections[::2], sections[1::2], strict=True)
    }


def test_every_incident_of_the_selection_is_listed_once(selection):
    listed = ROW.findall(incident_list(selection).body)
    assert sorted(listed) == sorted(selection.incidents.index)


def test_every_source_of_every_incident_is_linked(selection):
    body = html.unescape(incident_list(selection).body)
    links = selection.links_of(selection.incidents)
    for row in re.split(r"(?=<tr[^>]* id=)", body)[1:]:
        incident = ROW.match(row)[1]
        urls = links.loc[links["incident_id"] == incident, "url"]
        for url in urls:
            assert f'href="{html.unescape(url)}"' in row


def test_the_newest_incident_comes_first(selection):
    listed = ROW.findall(incident_list(selection).body)
    assert selection.incidents.loc[listed, "date_start"].is_monotonic_decreasing


def test_totals_over_other_acts_stand_apart(selection):
    listed = ROW.findall(aggregate_list(selection).body)
    assert sorted(listed) == sorted(selection.aggregates.index)
    assert not set(listed) & set(ROW.findall(incident_list(selection).body))


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
    assert not ROW.search(body)
    assert re.search(r"[Nn]o incident|[Nn]one recorded", body)


def test_what_coders_wrote_cannot_become_markup(selection):
    incidents = selection.incidents.head(1).assign(summary="<script>1 & 2</script>")
    body = incident_list(dataclasses.replace(selection, incidents=incidents)).body
    assert "<script>" not in body
    assert "&lt;script&gt;1 &amp; 2" in body


def test_the_list_says_how_many_it_holds_and_names_no_table_while_it_holds_all(selection):
    body = incident_list(selection).body
    assert f"<caption>All {len(selection.incidents)} incidents, newest first</caption>" in body
    assert "incidents.csv" not in body
    assert "<details" not in body


def test_a_list_that_would_make_the_page_too_large_is_cut_and_names_the_rest(selection):
    many = repeat_incidents(selection, 5_000)
    body = incident_list(many).body
    rows, ids = ROW.findall(body), re.findall(r'<span id="(i\d+)">', body)
    assert sorted(rows + ids) == sorted(many.incidents.index)
    assert many.incidents.loc[rows, "date_start"].min() >= many.incidents.loc[ids, "date_start"].max()
    assert f"the newest {len(rows):,} of 5,000 incidents" in body
    assert f"The {len(ids):,} older ones stand under the same ids in incidents.csv" in body
    lists = len(body.encode()) + len(gravest_acts(many).body.encode())
    beside = 15_000  # what the filters offer, and the frame of the table
    assert listing.ROOM - 1_000 < lists < listing.ROOM + beside


@pytest.mark.parametrize(("room", "fitting"), [(0, 0), (59, 0), (60 + 2 * 30, 1), (179, 2), (180, 3)])
def test_rows_are_cut_where_rows_and_ids_no_longer_fit(monkeypatch, room, fitting):
    monkeypatch.setattr(listing, "_ROOM_OF_ID", 30)
    assert len(listing._take_fitting(["x" * 60] * 3, 3, room)) == fitting


def test_a_list_far_too_long_words_only_rows_that_it_shows(selection, monkeypatch):
    worded = []
    write = listing._write_row
    monkeypatch.setattr(listing, "_write_row", lambda row, filed: worded.append(1) or write(row, filed))
    many = repeat_incidents(selection, listing.MOST_ROWS + 1)
    body = incident_list(many).body
    rows = ROW.findall(body)
    assert len(worded) == len(rows) + 1
    assert f"the newest {len(rows):,} of 5,001 incidents" in body
    assert '<span id="i' not in body
    assert f"The {5_001 - len(rows):,} older ones stand" in body


def test_other_lists_are_cut_and_say_so(selection, monkeypatch):
    monkeypatch.setattr(listing, "MOST_IN_GROUP", 10)
    assert len(groups(gravest_acts(selection).body)["gravest-deaths"]) == 10
    dead = selection.incidents["deaths"].notna() | selection.incidents["penalty_imposed"].map(
        lambda imposed: "execution" in imposed
    )
    assert f"only the newest 10 of {dead.sum()} are listed" in gravest_acts(selection).body
    totals = aggregate_list(selection).body
    assert len(ROW.findall(totals)) == 10
    assert f"only the newest 10 of {len(selection.aggregates)} are listed" in totals


def test_a_list_by_itself_tells_the_page_to_bring_its_script(selection):
    assert incident_list(selection).about == {"list": True}
    assert aggregate_list(selection).about == {}


def test_only_the_list_that_counts_is_filed_for_the_filters(selection):
    assert incident_list(selection).body.count(" data-f=") == len(selection.incidents)
    assert " data-f=" not in aggregate_list(selection).body
    assert 'id="list"' not in aggregate_list(selection).body


def test_the_page_allows_the_list_s_script_by_its_hash_and_brings_it_only_with_a_list(selection):
    pages = []
    for shown in (incident_list(selection), aggregate_list(selection)):
        data, metadata = shown._repr_mimebundle_()
        output = nbformat.v4.new_output("display_data", data, metadata=metadata)
        cell = nbformat.v4.new_code_cell("", outputs=[output], id="cell")
        pages.append(export_html(nbformat.v4.new_notebook(cells=[cell])))
    with_list, without = pages
    [script] = re.findall(r"<script>(.*?)</script>", with_list, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"; script-src 'sha256-{digest}'\"" in with_list
    assert "script" not in without
