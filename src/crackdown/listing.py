"""Lists of incidents in full: the gravest acts, and every row behind a number."""

from __future__ import annotations

from typing import Any

import pandas as pd

from crackdown.codebook import Codebook
from crackdown.evidence import DATE_GRADES, grade_sources
from crackdown.hypertext import Html, render
from crackdown.places import place_name
from crackdown.selection import Selection
from crackdown.wording import say, write_interval, write_list, write_persons


def incident_list(selection: Selection) -> Html:
    """List all incidents of the selection, newest first, each with its sources."""
    rows = list_rows(selection, selection.incidents)
    if not rows:
        return Html(f'<p class="empty">{say("no-incident")}</p>')
    return Html(
        render("incidents.html.j2", rows=rows, caption=say("caption-incidents", count=len(rows)))
    )


def aggregate_list(selection: Selection) -> Html:
    """List the totals over other acts, which no count holds."""
    rows = list_rows(selection, selection.aggregates)
    if not rows:
        return Html(f'<p class="empty">{say("gravest-none")}</p>')
    return Html(
        render("incidents.html.j2", rows=rows, caption=say("caption-aggregates", count=len(rows)))
    )


def gravest_acts(selection: Selection) -> Html:
    """List executions and deaths, minors, and people returned, in full.

    An act may stand in more than one group. A death sentence that is not
    known to be carried out stands among executions and says so.
    """
    frame = selection.incidents
    executed = frame["penalty_imposed"].map(lambda penalties: "execution" in penalties)
    groups = {
        "gravest-deaths": frame[executed | frame["deaths"].notna()],
        "gravest-minors": frame[frame["minors"]],
        "gravest-returnees": frame[frame["targets"].map(lambda targets: "returnees" in targets)],
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
    sources = {key: _sources(group) for key, group in links.groupby("incident_id", sort=False)}
    grades = grade_sources(incidents, links)
    precision = codebook.labels("incidents", "geo_precision")
    newest = incidents.sort_values(["date_start", "date_end"], ascending=False, kind="stable")
    return [
        {
            "id": row.Index,
            "when": write_interval(row.date_start, row.date_end),
            "where": _where(row, places, precision),
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


def _where(row, places: pd.DataFrame, precision: dict[str, str]) -> str:
    name = place_name(places, row.pcode)
    return name if row.geo_precision == "locality" else f"{name} ({precision[row.geo_precision]})"


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


def _sources(links: pd.DataFrame) -> list[dict[str, str]]:
    return [
        {"url": row.url, "name": f"{row.publisher}, {row.published or 'undated'}"}
        for row in links.sort_values(["published_start", "source_id"]).itertuples()
    ]
