"""The index of the site and the links between its pages."""

import base64
import dataclasses
import hashlib
import html
import json
import re
from pathlib import Path

import pytest
from markupsafe import escape

from crackdown import site
from crackdown.errors import UsageError
from crackdown.hypertext import render
from crackdown.navigation import list_links
from crackdown.plan import plan_site
from crackdown.sections import table_small
from crackdown.site import write_index

FINDINGS = """<ol class="findings">
<li data-finding="finding-no-shift">No <b>clear</b> difference.</li>
<li data-finding="finding-offences">Most are <a href="#section-incident-list">152</a>.
<dl class="confidence"><div><dt>Source</dt> <dd>7 corroborated</dd></div></dl></li>
</ol>"""


@pytest.fixture(scope="module")
def plan(root):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        return plan_site(root / "reports/editions.yml", notebooks=Path("notebooks"), elsewhere={})


@pytest.fixture(scope="module")
def index(root, plan):
    """The index over pages that hold nothing but findings and rows."""
    parents = {"situation": ("provinces", "years"), "trends": ("campaigns",)}
    sections = {
        name: "".join(table_small(plan.pages[0].selection, kind)._repr_html_() for kind in kinds)
        for name, kinds in parents.items()
    }
    made = {
        page.name: sections.get(page.name, "") + FINDINGS + "".join(f'<tr id="{one}">' for one in page.selection.incidents.index)
        for page in plan.pages
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        return write_index(plan, made)


def test_the_index_names_every_page_with_its_number_of_incidents(plan, index):
    for page in plan.pages:
        entry = re.search(rf'<h3><a href="{page.name}\.html">.*?</h3>', index, re.DOTALL)[0]
        assert page.title in entry
        assert f">{len(page.selection.incidents):,} <" in entry


def test_what_is_too_small_for_a_page_leads_to_its_section_on_the_parent(plan, index):
    assert {page.title for page in plan.small} >= {"Nampo", "Kangwon", "2009", "Hyesan Incident, November 2020"}
    parts = dict(re.findall(r'<li><a href="([^"]+)">([^<]+)</a>: \d+</li>', index)[::-1])
    assert set(parts) == {
        "situation.html#small-provinces", "situation.html#small-years", "trends.html#small-campaigns",
    }  # fmt: skip
    shown = re.findall(r"<li><a href=\"\w+\.html#small-(\w+)\">([^<]+)</a>: (\d+)</li>", index)
    assert sorted((html.unescape(title), int(count)) for _, title, count in shown) == sorted(
        (page.title, len(page.selection.incidents)) for page in plan.small
    )


def test_what_has_no_section_is_named_with_its_incidents(root, plan):
    bare = {page.name: "".join(f'<tr id="{one}">' for one in page.selection.incidents.index) for page in plan.pages}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        text = write_index(plan, bare)
    for page in plan.small[:6]:
        title = str(escape(page.title))
        summary = re.escape(f"<summary>{title}: {len(page.selection.incidents)}</summary>")
        part = re.search(rf"{summary}.*?</details>", text, re.DOTALL)[0]
        for one in page.selection.incidents.index:
            assert f'href="situation.html#{one}"' in part


def test_the_search_says_what_it_does_not_know(root, plan, monkeypatch):
    monkeypatch.chdir(root)
    monkeypatch.setattr(site, "SEARCHED", 300)
    monkeypatch.setattr(site, "ROOM", 60_000)
    first = dataclasses.replace(plan, pages=plan.pages[:1], small=[])
    made = {"situation": "".join(f'<tr id="{one}">' for one in plan.pages[0].selection.incidents.index)}
    text = write_index(first, made)
    rows = json.loads(re.search(r'type="application/json">(.*?)</script>', text, re.DOTALL)[1])
    known = [bool(row[4]) for row in rows]
    assert len(rows) == 300 and known == sorted(known, reverse=True) and 0 < sum(known) < 300
    assert "Only the newest 300 of 551 incidents can be found here" in text
    assert f"Words of the summary find the newest {sum(known)};" in text


def test_findings_stand_in_the_index_as_on_their_page_and_lead_to_its_rows(index):
    newest = re.search(r'id="newest".*?</ol>', index, re.DOTALL)[0]
    assert "No <b>clear</b> difference." in newest
    assert 'Most are <a href="situation.html#section-incident-list">152</a>.' in newest


def test_a_finding_that_nothing_can_be_said_is_left_to_its_page(index):
    entries = index[index.index('class="entries"') :]
    assert "7 corroborated" in index and "7 corroborated" not in entries
    assert "No <b>clear</b>" not in entries
    assert entries.count("Most are") > 20


def test_each_province_with_a_page_is_a_link_on_the_map(plan, index):
    linked = re.findall(r'<a aria-label="([^:]+): [^"]*" href="([^"]+)"><path', index)
    provinces = [page for page in plan.pages if page.group == "Provinces"]
    assert sorted(linked) == sorted((page.title, f"{page.name}.html") for page in provinces)


def test_the_search_knows_every_incident_and_where_it_stands(index, archive):
    assert "can be found here" not in index and "Words of the summary" not in index
    text = re.search(r'type="application/json">(.*?)</script>', index, re.DOTALL)[1]
    rows = json.loads(text)
    counted = archive.incidents.index[~archive.incidents["is_aggregate"]]
    assert sorted(row[1] for row in rows) == sorted(counted)
    assert {row[0] for row in rows} == {"situation"}


def test_the_only_script_and_style_that_count_are_those_of_the_page(index):
    [script] = re.findall(r"<script>(.*?)</script>", index, re.DOTALL)
    [style] = re.findall(r"<style>(.*?)</style>", index, re.DOTALL)
    script, style = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (script, style)
    )
    assert (
        "content=\"default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; "
        f"style-src 'sha256-{style}'; script-src 'sha256-{script}'\"" in index
    )
    assert " style=" not in index


def test_the_index_tells_the_revision_and_that_nothing_was_corrected(index, archive):
    assert f"Data revision {archive.revision}" in index
    assert archive.corrections.empty and "No published figure has been corrected so far." in index


def test_a_page_links_up_to_its_group_and_to_both_sides():
    given = "index.html All;index.html#group-years Years;year-1.html 1;year-2.html 2;3;year-4.html 4"
    body = render("navigation.html.j2", links=list_links(given))
    links = re.findall(r'<a href="([^"]+)"(?: rel="(\w+)")?>', body)
    assert links == [
        ("index.html", ""),
        ("index.html#group-years", ""),
        ("year-1.html", ""),
        ("year-2.html", "prev"),
        ("year-4.html", "next"),
    ]
    assert '<strong aria-current="page">3</strong>' in body


def test_a_page_links_to_itself_on_paper_where_that_lies_beside():
    given = "index.html All;index.html#group-years Years;2;year-3.html 3;year-2.pdf PDF"
    body = render("navigation.html.j2", links=list_links(given))
    assert '<span class="pdf"> · <a href="year-2.pdf" type="application/pdf">PDF</a></span>' in body
    assert '<a href="year-3.html" rel="next">3 →</a>' in body and not re.search(r" · \s*(?!<)\S", body)


def test_a_page_without_links_shows_none_and_half_a_list_is_refused():
    assert list_links("") is None
    with pytest.raises(UsageError, match="links"):
        list_links("index.html All")
