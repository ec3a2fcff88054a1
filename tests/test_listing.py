"""Lists of incidents in full: every row behind a number, with its sources."""

import base64
import dataclasses
import hashlib
import html
import json
import re

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from synthetic import make_archive

from crackdown import rows, trend_tables
from crackdown.front import whats_new
from crackdown.listing import aggregate_list, gravest_acts, incident_list
from crackdown.places import place_name
from crackdown.report import export_html
from crackdown.rows import LISTED, list_newest, list_rows

SHORTEST = (
    '<tr id="i0001"><td>2024-01-01</td><td>Hyesan: <a href="https://example.org/1">arrest</a></td></tr>'
)
BRIEF_I0011 = (
    '<tr id="i0011"><td>2010-05-11/2010-05-20</td><td>Pyongsong: '
    '<a href="http://kr.christianitydaily.com/articles/41754/20100804/'
    '북한-지하교회-교인-23명-체포…-3명-순교.htm?r=chicago">arrest, 23</a> +2</td></tr>'
)
NONE = {"start": "1990-01-01", "end": "1990-12-31"}
ROW = re.compile(r'<tr id="(i\d+)">')
BRIEF = re.compile(r'<tr id="(i\d+)"><td>')


def repeat_incidents(selection, count):
    """Repeat the incidents of a selection under new ids, up to a number, each with its articles."""
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
    sections = re.split(r'<section aria-labelledby="([a-z-]+)" class="gravest">', body)[1:]
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
    assert not BRIEF.search(body)


@pytest.fixture(scope="module")
def many(selection):
    return repeat_incidents(selection, 5_000)


def test_five_thousand_incidents_are_all_rows_and_fit_into_a_page(many):
    body = incident_list(many).body
    found = ROW.findall(body)
    assert sorted(found) == sorted(many.incidents.index)
    assert many.incidents.loc[found, "date_start"].is_monotonic_decreasing
    assert "<caption>All 5,000 incidents, newest first</caption>" in body
    assert "5,000 rows are in brief" in body
    # The rest of the country's page takes 0.47 MB at this size.
    beside = 12_000  # what the filters offer, and the frame of the table
    assert len(body.encode()) + len(gravest_acts(many).body.encode()) < rows.ROOM + beside
    normal = str(BeautifulSoup(body, "html.parser"))
    assert abs(len(normal.encode()) - len(body.encode())) < 2_000


def test_a_row_in_brief_has_date_place_act_persons_and_sources(selection, monkeypatch):
    monkeypatch.setattr(rows, "ROOM", 120_000)
    own = dataclasses.replace(selection)
    body = html.unescape(incident_list(own).body)
    assert BRIEF.findall(body) == ROW.findall(body)
    assert BRIEF_I0011 in body
    articles = selection.links.groupby("incident_id").size()
    for incident, text in zip(ROW.findall(body), re.split(r"(?=<tr id=)", body)[1:], strict=True):
        more = re.search(r"</a> \+(\d+)</td>", text)
        assert text.count("<a href=") + int(more[1] if more else 0) == articles[incident]


def test_where_not_all_fit_in_full_the_gravest_and_the_newest_do(selection, monkeypatch):
    monkeypatch.setattr(rows, "ROOM", 260_000)
    own = dataclasses.replace(selection)
    body = incident_list(own).body
    brief = set(BRIEF.findall(body))
    full = [one for one in ROW.findall(body) if one not in brief]
    gravest = {one for ids in groups(gravest_acts(own).body).values() for one in ids}
    assert not gravest & brief
    newest = [one for one in ROW.findall(body) if one not in gravest]
    assert 0 < len(full) - len(gravest) < len(newest)
    assert newest[: len(full) - len(gravest)] == [one for one in full if one not in gravest]
    assert f"{len(brief)} rows are in brief" in body


def test_of_more_than_five_thousand_the_newest_are_listed_and_the_table_of_all_is_named(selection):
    more = repeat_incidents(selection, 5_200)
    body = incident_list(more).body
    found = ROW.findall(body)
    left = more.incidents.index.difference(found)
    assert 4_000 < len(found) < LISTED and len(left) == 5_200 - len(found)
    assert more.incidents.loc[found, "date_start"].min() >= more.incidents.loc[left, "date_start"].max()
    assert f"The newest {len(found):,} of 5,200 incidents, newest first" in body
    assert "data/incidents.csv, the table that this page was made from: 1 November 2006 to" in body
    assert not any(one in body for one in left[:20])


def test_a_page_does_not_grow_with_the_incidents_that_it_does_not_list(selection, many):
    most = repeat_incidents(selection, 20_000)
    sizes = [len(incident_list(one).body.encode()) for one in (many, most)]
    assert sizes[1] < sizes[0] + 10_000
    assert len(gravest_acts(most).body) < 1_000


def test_only_rows_that_the_list_holds_are_linked(selection, monkeypatch):
    monkeypatch.setattr(rows, "LISTED", 100)
    own = dataclasses.replace(selection)
    held = set(list_newest(own).index)
    assert len(held) == 100
    for shown in (gravest_acts(own), whats_new(own), trend_tables.table_campaigns(own),
                  trend_tables.table_penalties(own), trend_tables.orders_on_record(own),
                  trend_tables.table_money(own)):  # fmt: skip
        body = shown.body if hasattr(shown, "body") else shown._repr_html_()
        linked = set(re.findall(r'href="#(i\d+)"', body))
        assert linked <= held | set(own.aggregates.index)


def test_of_many_gravest_acts_the_number_leads_to_their_rows(many):
    body = gravest_acts(many).body
    assert "<li>" not in body
    number = re.search(r'<a data-filter="gravest=minors" href="#list">([\d,]+)</a> acts', body)[1]
    assert int(number.replace(",", "")) == many.incidents["minors"].sum()


@pytest.mark.parametrize(("room", "fitting"), [(0, 0), (107, 0), (108, 1), (215, 1), (216, 2)])
def test_rows_are_cut_where_not_even_the_shortest_fit(selection, archive, monkeypatch, room, fitting):
    made = make_archive(archive, [{"day": f"2024-01-0{n}"} for n in (1, 2, 3)])
    own = dataclasses.replace(selection, archive=made, incidents=made.incidents)
    monkeypatch.setattr(rows, "_ROOM_OF_CODES", 108 - len(SHORTEST))
    monkeypatch.setattr(rows, "ROOM", room)
    assert len(list_newest(own)) == fitting


def test_a_list_by_itself_tells_the_page_to_bring_its_script(selection):
    assert incident_list(selection).about == {"list": True}
    assert aggregate_list(selection).about == {}


def test_only_the_list_that_counts_is_filed_for_the_filters(selection):
    told = re.search(r'type="application/json">(.*?)</script>', incident_list(selection).body)[1]
    assert len(json.loads(told)["rows"].split(" ")) == len(selection.incidents)
    assert "<script" not in aggregate_list(selection).body
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
