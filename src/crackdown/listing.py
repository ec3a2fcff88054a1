"""Lists of incidents in full: the gravest acts, and every row behind a number."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from crackdown.codebook import Codebook
from crackdown.evidence import DATE_GRADES, grade_sources
from crackdown.filters import describe_filters, file_rows, list_filters
from crackdown.hypertext import Html, render
from crackdown.places import place_name
from crackdown.selection import Selection, unless_empty
from crackdown.wording import say, write_interval, write_list, write_persons

#: Bytes that the rows of the list and the gravest acts may take together:
#: what the rest of a page leaves of 1.5 MB.
ROOM = 1_000_000

#: Bytes that an incident takes which the list only names by its id.
_ROOM_OF_ID = len('<span id="i0000">i0000</span> ')


@unless_empty
def incident_list(selection: Selection) -> Html:
    """List the incidents of the selection, newest first, each with its sources.

    All of them, unless the page would become too large: then the oldest are
    named by their ids only, and the page says which table holds them.
    """
    incidents = selection.incidents
    filters = list_filters(selection, incidents)
    filed = file_rows(filters, incidents)
    rows = list_rows(selection, incidents)
    texts = [_write_row(row, filed[row["id"]]) for row in rows]
    fitting = _count_fitting(texts, ROOM - len(gravest_acts(selection).body.encode()))
    left = [row["id"] for row in rows[fitting:]]
    numbers = {"count": fitting, "all": len(rows), "left": len(left)}
    every = say("list-newest" if left else "list-every", **numbers)
    some = say("list-some-newest" if left else "list-some", shown="{shown}", **numbers)
    body = render(
        "incidents.html.j2",
        rows=texts[:fitting],
        caption=say("list-in-order", rows=every),
        name=say("list-name"),
        told=describe_filters(filters, every=every, some=some),
        left=left,
        note=say("list-left", **numbers) if left else "",
        heading=say("list-left-ids", **numbers) if left else "",
    )
    return Html(body, {"list": True})


def aggregate_list(selection: Selection) -> Html:
    """List the totals over other acts, which no count holds."""
    rows = list_rows(selection, selection.aggregates)
    if not rows:
        return Html(render("empty.html.j2", text=say("gravest-none")))
    caption = say("caption-aggregates", count=len(rows))
    texts = [_write_row(row, "") for row in rows]
    return Html(
        render("incidents.html.j2", rows=texts, caption=caption, name=caption, told=None, left=[])
    )


@functools.lru_cache(maxsize=1)
@unless_empty
def gravest_acts(selection: Selection) -> Html:
    """List executions and deaths, minors, and people returned, in full.

    An act may stand in more than one group. A death sentence that is not
    known to be carried out stands among executions and says so. Kept for
    the selection seen last, since the list of all has to know its length.
    """
    frame = selection.incidents
    executed = _names(frame["penalty_imposed"], "execution")
    groups = {
        "gravest-deaths": frame[executed | frame["deaths"].notna()],
        "gravest-minors": frame[frame["minors"]],
        "gravest-returnees": frame[_names(frame["targets"], "returnees")],
    }
    listed = [
        {"id": name, "title": say(name), "rows": list_rows(selection, rows)}
        for name, rows in groups.items()
    ]
    return Html(render("gravest.html.j2", groups=listed, none=say("gravest-none")))


def list_rows(selection: Selection, incidents: pd.DataFrame) -> list[dict[str, Any]]:
    """Word each incident for a list, newest first."""
    codebook = selection.archive.codebook
    places = selection.archive.places
    links = selection.links_of(incidents)
    sources = _sources(links)
    grades = grade_sources(incidents, links).to_dict()
    precision = codebook.labels("incidents", "geo_precision")
    names = {pcode: place_name(places, pcode) for pcode in incidents["pcode"].unique()}
    newest = incidents.sort_values(["date_start", "date_end"], ascending=False, kind="stable")
    return [
        {
            "id": row.Index,
            "when": write_interval(row.date_start, row.date_end),
            "where": f"{names[row.pcode]} ({precision[row.geo_precision]})",
            "summary": row.summary,
            "kinds": _kinds(row, codebook),
            "persons": write_persons(row.persons_low, row.persons_best, row.persons_high),
            "toll": _toll(row, codebook),
            "grade": grades[row.Index],
            "date_grade": DATE_GRADES[row.date_precision],
            "place_grade": precision[row.geo_precision],
            "sources": sources[row.Index],
        }
        # As plain objects: pandas' own arrays are much slower to walk through.
        for row in newest.astype(object).itertuples()
    ]


def _write_row(row: dict[str, Any], filed: str) -> Markup:
    return Markup(render("incident.html.j2", row=row, filed=filed))


def _count_fitting(texts: list[str], room: int) -> int:
    """Count the first rows that fit when every further one is named by its id."""
    needed = np.cumsum([len(text.encode()) - _ROOM_OF_ID for text in texts])
    return int(np.searchsorted(needed, room - _ROOM_OF_ID * len(texts), side="right"))


def _names(lists: pd.Series, value: str) -> pd.Series:
    return lists.map(lambda values: value in values).astype(bool)


def _kinds(row, codebook: Codebook) -> str:
    action = codebook.labels("incidents", "action")[row.action]
    offences = [codebook.labels("incidents", "offences")[name] for name in row.offences]
    agencies = [codebook.labels("incidents", "agencies")[name] for name in row.agencies]
    return " · ".join(filter(None, (action, ", ".join(offences), ", ".join(agencies))))


def _toll(row, codebook: Codebook) -> str:
    parts = []
    if not pd.isna(row.deaths):
        parts.append(say("toll-deaths", count=int(row.deaths)))
    elif "execution" in row.penalty_imposed:
        parts.append(say("toll-sentence"))
    penalties = codebook.labels("incidents", "penalty_imposed")
    others = [penalties[name] for name in row.penalty_imposed if name != "execution"]
    parts += [say("toll-penalties", penalties=write_list(others))] if others else []
    return "; ".join(parts)


def _sources(links: pd.DataFrame) -> dict[str, list[dict[str, str]]]:
    """Name the articles behind each incident, the earliest first."""
    sources: dict[str, list[dict[str, str]]] = {}
    ordered = links.sort_values(["published_start", "source_id"])
    columns = (ordered[name].tolist() for name in ("incident_id", "publisher", "published", "url"))
    for incident_id, publisher, published, url in zip(*columns, strict=True):
        name = f"{publisher}, {published or 'undated'}"
        sources.setdefault(incident_id, []).append({"url": url, "name": name})
    return sources
