"""Lists of incidents in full: the gravest acts, and every row behind a number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

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

#: Incidents that the list may hold or name; of a larger selection, the newest.
MOST_ROWS = 5_000

#: Rows of each other list: the page does not grow with the table.
MOST_IN_GROUP = 200

#: Rows of the list that are worded at once.
_BATCH = 250

#: Bytes that an incident takes which the list only names by its id.
_ROOM_OF_ID = len('<span id="i0000">i0000</span> ')


@unless_empty
def incident_list(selection: Selection) -> Html:
    """List the incidents of the selection, newest first, each with its sources.

    All of them, unless the page would become too large: then the oldest are
    named by their ids only, or left out where there are more than `MOST_ROWS`,
    and the page says which table holds them.
    """
    newest = newest_first(selection.incidents, MOST_ROWS)
    filters = list_filters(selection, newest)
    filed = file_rows(filters, newest)
    rows = (
        _write_row(row, filed[row["id"]])
        for start in range(0, len(newest), _BATCH)
        for row in list_rows(selection, newest[start : start + _BATCH])
    )
    every_row = len(selection.incidents)
    named = every_row if every_row == len(newest) else 0
    texts = _take_fitting(rows, named, ROOM - len(gravest_acts(selection).body.encode()))
    left = every_row - len(texts)
    numbers = {"count": len(texts), "all": every_row, "left": left}
    every = say("list-newest" if left else "list-every", **numbers)
    some = say("list-some-newest" if left else "list-some", shown="{shown}", **numbers)
    body = render(
        "incidents.html.j2",
        rows=texts,
        caption=say("list-in-order", rows=every),
        name=say("list-name"),
        told=describe_filters(filters, every=every, some=some),
        left=list(newest.index[len(texts) : named]),
        note=say("list-left", **numbers) if left else "",
        heading=say("list-left-ids", **numbers) if left else "",
    )
    return Html(body, {"list": True})


def aggregate_list(selection: Selection) -> Html:
    """List the totals over other acts, which no count holds."""
    group = list_newest(selection, selection.aggregates)
    if not group["rows"]:
        return Html(render("empty.html.j2", text=say("gravest-none")))
    caption = say("caption-aggregates", count=group["count"])
    texts = [_write_row(row, "") for row in group["rows"]]
    given = {"rows": texts, "note": group["note"], "told": None, "left": []}
    return Html(render("incidents.html.j2", caption=caption, name=caption, **given))


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
        {"id": name, "title": say(name), **list_newest(selection, rows)}
        for name, rows in groups.items()
    ]
    return Html(render("gravest.html.j2", groups=listed, none=say("gravest-none")))


def list_newest(selection: Selection, incidents: pd.DataFrame) -> dict[str, Any]:
    """Word the newest incidents for a list, and say if these are not all.

    Returns
    -------
    dict
        ``rows`` as `list_rows` gives them, at most `MOST_IN_GROUP`; ``count``
        of all incidents; ``note``, empty if none is left out.
    """
    newest = newest_first(incidents, MOST_IN_GROUP)
    left_out = len(newest) < len(incidents)
    numbers = {"count": len(newest), "all": len(incidents)}
    note = say("listed-newest", **numbers) if left_out else ""
    return {"rows": list_rows(selection, newest), "count": len(incidents), "note": note}


def newest_first(incidents: pd.DataFrame, most: int | None = None) -> pd.DataFrame:
    """Put incidents in the order of lists, the first ``most`` of them."""
    dates = incidents[["date_start", "date_end"]].reset_index(drop=True)
    order = dates.sort_values([*dates], ascending=False, kind="stable").index
    return incidents.iloc[order[:most]]


def list_rows(selection: Selection, incidents: pd.DataFrame) -> list[dict[str, Any]]:
    """Word each incident for a list, newest first."""
    codebook = selection.archive.codebook
    places = selection.archive.places
    links = selection.links_of(incidents)
    sources = _sources(links)
    grades = grade_sources(incidents, links)
    precision = codebook.labels("incidents", "geo_precision")
    names = {pcode: place_name(places, pcode) for pcode in incidents["pcode"].unique()}
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
        for row in newest_first(incidents).itertuples()
    ]


def _write_row(row: dict[str, Any], filed: str) -> Markup:
    return Markup(render("incident.html.j2", row=row, filed=filed))


def _take_fitting(texts: Iterable[str], named: int, room: int) -> list[str]:
    """Take the first rows that fit when every further one of those named is named by its id."""
    taken: list[str] = []
    room -= _ROOM_OF_ID * named
    for text in texts:
        room -= len(text.encode()) - (_ROOM_OF_ID if len(taken) < named else 0)
        if room < 0:
            break
        taken.append(text)
    return taken


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
