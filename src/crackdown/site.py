"""The index of the site: newest findings, a map, a search, and every page."""

from __future__ import annotations

import functools
import html
import itertools
import json
import re
from collections.abc import Mapping
from typing import Any

import jinja2
from markupsafe import Markup

from crackdown import front, maps, maptext
from crackdown.catalogue import DEFAULT, present, speaking
from crackdown.corrections import list_corrections
from crackdown.fonts import list_hangul, write_faces
from crackdown.hypertext import MARKUP, new_environment
from crackdown.margins import write_margins
from crackdown.navigation import list_twins, write_twin
from crackdown.plan import Page, Plan, find_twin
from crackdown.policy import write_policy
from crackdown.rows import list_rows
from crackdown.sections import KINDS, LEAST_FOR_PAGE
from crackdown.selection import Selection
from crackdown.subtitle import write_subtitle
from crackdown.wording import say, write_day

#: How many incidents the search of the index holds at most, the newest first.
SEARCHED = 5000

#: Bytes that what the search looks through may take.
ROOM = 1_000_000

#: Findings that say that nothing can be said stand on their page, not in the index.
SILENT = ("finding-too-few", "finding-no-shift")

#: Style sheets of the index.
STYLES = ("page.css", "figures.css", "index.css", "print.css")

# Patterns of what a page says begin with the sign that no text of a table
# holds: there it is always escaped.
_FINDING = re.compile(r'<li data-finding="([a-z-]+)">(.*?)</li>', re.DOTALL)
_CONFIDENCE = re.compile(r'<dl class="confidence">.*?</dl>', re.DOTALL)
_HEAD = re.compile(r'<th scope="row">([^<]*)</th>')
_ROW = re.compile(r'<tr id="([^"]+)"')
_LINK = re.compile(r"""(<a(?: [\w-]+=(?:"[^"]*"|'[^']*'))*? href=")#""")


def write_index(plan: Plan, made: Mapping[str, str]) -> str:
    """Write the index: newest findings, a map, a search, all pages, corrections.

    Parameters
    ----------
    plan
        All pages; the first is what the index says of the whole country.
    made
        The HTML of each page by its name. Findings are taken from there, so
        that the index says nothing that no page says.
    """
    with speaking(plan.language):
        return _write_index(plan, made)


def _write_index(plan: Plan, made: Mapping[str, str]) -> str:
    first = plan.pages[0]
    holders = _hold(plan, made)
    script, style = _read("search.js").strip(), "".join(map(_read, STYLES)) + write_margins(plan.title)
    shown = dict(
        language=plan.language,
        twins=_list_twins(plan),
        title=plan.title,
        lead=_lead(first.selection),
        banner=_body(front.coverage_banner(first.selection), first),
        findings=_findings(made[first.name], first),
        news=_body(front.whats_new(first.selection), first),
        first=first,
        map=_link_map(first.selection, plan.pages),
        groups=_list_groups(plan, made, holders),
        least=LEAST_FOR_PAGE,
        pdf=plan.pdf,
        corrections=list_corrections(first.selection.archive),
        revision=first.selection.archive.revision,
        until=write_day(first.selection.last_covered),
        source=maptext.name_source(first.selection.geometry.source),
        **_searched(plan, holders),
        script=Markup(script),
        said={
            "found": present().form("site-found"),
            "first": present().form("site-found-first"),
            "coded": DEFAULT if plan.language != DEFAULT else "",
        },
    )

    def render(style: str) -> str:
        policy = Markup(write_policy(style, script))
        return _environment().get_template("index.html.j2").render(policy=policy, style=Markup(style), **shown)

    # Which letters it holds is known when it is written.
    return render(write_faces(list_hangul(render(style))) + style)


def _list_twins(plan: Plan) -> list[dict[str, str]]:
    found = [write_twin(one, find_twin("index", plan.language, one)) for one in plan.twins]
    return list_twins(";".join(found))


def _lead(selection: Selection) -> str:
    return say(
        "site-lead",
        incidents=len(selection.incidents),
        articles=len(selection.archive.sources),
        subtitle=write_subtitle(selection),
    )


def _list_groups(
    plan: Plan, made: Mapping[str, str], holders: Mapping[str, str]
) -> list[dict[str, Any]]:
    """List the groups in the order of the declaration, each with its pages."""
    groups: dict[str, dict[str, Any]] = {}
    for page in itertools.chain(plan.pages, plan.small):
        group = groups.setdefault(page.group, {"id": page.section, "pages": [], "small": []})
        if page.name in made:
            group["pages"].append(_entry(page, made[page.name]))
        else:
            group["small"].append(_small(page, made, holders))
    return [{"title": title, **group} for title, group in groups.items()]


def _entry(page: Page, text: str) -> dict[str, Any]:
    telling = [finding for finding in _findings(text, page) if finding["message"] not in SILENT]
    return {
        "name": page.name,
        "title": page.title,
        "subtitle": write_subtitle(page.selection),
        "incidents": len(page.selection.incidents),
        "finding": Markup(_CONFIDENCE.sub("", telling[0]["text"])) if telling else "",
    }


def _small(page: Page, made: Mapping[str, str], holders: Mapping[str, str]) -> dict[str, Any]:
    """Name a selection too small for a page: the section that has it, or else its incidents."""
    known = {"title": page.title, "count": len(page.selection.incidents)}
    kind = next((name for name in KINDS if name in page.values), "years")
    for name, text in made.items():
        table = re.search(rf'<div class="table" id="small-{kind}">.*?</table>', text, re.DOTALL)
        names = _HEAD.findall(table[0]) if table else []
        if page.title in map(html.unescape, names):
            return {**known, "address": f"{name}.html#small-{kind}", "rows": []}
    rows = list_rows(page.selection, page.selection.incidents)
    for row in rows:
        row["holder"] = holders.get(row["id"], "")
    return {**known, "address": "", "rows": rows}


def _hold(plan: Plan, made: Mapping[str, str]) -> dict[str, str]:
    """Find for each incident the name of the first page that lists it."""
    holders: dict[str, str] = {}
    for page in plan.pages:
        for one in _ROW.findall(made[page.name]):
            holders.setdefault(one, page.name)
    return holders


def _searched(plan: Plan, holders: Mapping[str, str]) -> dict[str, Any]:
    """Write what the search looks through: page, incident, and the words about it.

    Of more than `SEARCHED` incidents it knows the newest, and it knows the
    summaries of as many as there is `ROOM` for; a note says so.
    """
    rows, every = [], 0
    for page in plan.pages:
        incidents = page.selection.archive.incidents
        held = incidents[[holders.get(one) == page.name for one in incidents.index]]
        every += len(held)
        rows += [
            [page.name, row["id"], row["when"], row["where"], row["summary"], row["kinds"]]
            for row in list_rows(page.selection, held, SEARCHED)
        ]
    rows = rows[:SEARCHED]
    sizes = [len(row[4].encode()) for row in rows]
    room = ROOM - len(_write_rows(rows).encode()) + sum(sizes)
    known = sum(total <= room for total in itertools.accumulate(sizes))
    for row in rows[known:]:
        row[4] = ""
    numbers = {"count": len(rows), "all": every, "known": known}
    notes = [say("site-search-newest", **numbers)] if len(rows) < every else []
    notes += [say("site-search-summaries", **numbers)] if known < len(rows) else []
    return {"rows": Markup(_write_rows(rows)), "searched": " ".join(notes)}


def _write_rows(rows: list[list[str]]) -> str:
    # "<" would end the script element that holds the rows.
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _findings(text: str, page: Page) -> list[dict[str, Any]]:
    """Take the findings of a page out of its HTML, each with its stress test."""
    found = _FINDING.findall(text)[: front.FIRST_FINDINGS]
    return [{"message": message, "text": _relink(body, page)} for message, body in found]


def _body(piece: Any, page: Page) -> Markup:
    return _relink(piece.body, page)


def _relink(body: str, page: Page) -> Markup:
    """Let links to the page's own rows lead there from the index."""
    return Markup(_LINK.sub(rf"\g<1>{page.name}.html#", body))


def _link_map(selection: Selection, pages: list[Page]) -> Markup:
    """Draw the map of provinces, each that carries a page as a link to it."""
    places = selection.archive.places
    drawing = maps.map_provinces(selection.place_counts, places, selection.geometry)._repr_html_()
    titles = maptext.province_titles(maps.sum_provinces(selection.place_counts, places), places)
    for page in pages:
        title = html.escape(titles.get(page.values.get("provinces", ""), ""), quote=False)
        link = f'<a aria-label="{html.escape(title)}" href="{page.name}.html">'
        shape = re.compile(rf"<path[^>]*><title>{re.escape(title)}</title></path>")
        drawing = shape.sub(lambda match, link=link: f"{link}{match[0]}</a>", drawing)
    return Markup(drawing)


def _read(name: str) -> str:
    loader = _environment().loader
    return loader.get_source(_environment(), name)[0]


@functools.cache
def _environment() -> jinja2.Environment:
    return new_environment(MARKUP, MARKUP.parent / "template")
