"""Lists of incidents in full: the gravest acts, and every row behind a number."""

from __future__ import annotations

from typing import Any

import pandas as pd

from crackdown.codebook import Codebook
from crackdown.evidence import DATE_GRADES, grade_sources
from crackdown.hypertext import Html, render
from crackdown.places import place_name
from crackdown.selection import Selection, unless_empty
from crackdown.wording import say, write_interval, write_list, write_persons


@unless_empty
def incident_list(selection: Selection) -> Html:
    """List all incidents of the selection, newest first, each with its sources."""
    rows = list_rows(selection, selection.incidents)
    return Html(
        render("incidents.html.j2", rows=rows, caption=say("caption-incidents", count=len(rows)))
    )


def aggregate_list(selection: Selection) -> Html:
    """List the totals over other acts, which no count holds."""
    rows = list_rows(selection, selection.aggregates)
    if not rows:
        return Html(render("empty.html.j2", text=say("gravest-none")))
    return Html(
        render("incidents.html.j2", rows=rows, caption=say("caption-aggregates", count=len(rows)))
    )


@unless_empty
def gravest_acts(selection: Selection) -> Html:
    """List executions and deaths, minors, and people returned, in full.

    An act may stand in more than one group. A death sentence that is not
    known to be carried out stands among executions and says so.
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
    grades = grade_sources(incidents, links)
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
        for row in newest.itertuples()
    ]


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
    for row in links.sort_values(["published_start", "source_id"]).itertuples():
        name = f"{row.publisher}, {row.published or 'undated'}"
        sources.setdefault(row.incident_id, []).append({"url": row.url, "name": name})
    return sources
