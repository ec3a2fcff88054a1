"""Rows of the incident list: in full, in brief, and how many a page has room for."""

from __future__ import annotations

import collections
import functools
import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

import numpy as np
import pandas as pd
from markupsafe import Markup

from crackdown.catalogue import present
from crackdown.evidence import DATE_GRADES, SOURCE_GRADES, grade_sources
from crackdown.fonts import BYTES_OF_LETTER, list_hangul
from crackdown.gravest import mark_gravest
from crackdown.hypertext import render_row
from crackdown.links import is_web, link_web
from crackdown.places import name_places, place_name
from crackdown.selection import Selection
from crackdown.wording import (
    label_values,
    say,
    say_code,
    write_interval,
    write_interval_briefly,
    write_list,
    write_persons,
    write_persons_briefly,
)

#: Incidents that a page lists at most, the newest first.
LISTED = 5_000

#: Incidents that are worded in full together.
WORDED = 1_000

#: Totals over other acts that a page lists at most.
TOTALS = 50

#: Bytes that the rows may take together: what the rest of a page leaves of 1.5 MB. The tables of
#: a page that cannot list all its incidents are larger.
ROOM, ROOM_OF_NEWEST = 975_000, 820_000

#: Bytes that such a page has to spare for fonts.
SPARE = 90_000

#: Bytes beside a row's text: its codes for the filters, and a line's end.
_ROOM_OF_CODES = 24

#: The columns that wording an incident needs.
_COLUMNS = (
    "date_start", "date_end", "date_precision", "pcode", "geo_precision", "summary", "action", "offences",
    "agencies", "penalty_imposed", "persons_low", "persons_best", "persons_high", "deaths",
)  # fmt: skip
#: Those of coded values, which are worded by their labels.
_LABELLED = ("geo_precision", "action", "offences", "agencies", "penalty_imposed")
_Incident = collections.namedtuple("_Incident", ("incident_id", *_COLUMNS))

#: A row of which nothing is told.
_BLANK = dict.fromkeys(("id", "when", "where", "summary", "kinds", "persons", "grade"), "") | {"sources": []}

#: Letters beyond ASCII in an address: a browser writes them back as per cent.
_ESCAPED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")


def list_newest(selection: Selection) -> pd.Series:
    """Write the newest incidents of a selection as rows, as full as there is room.

    At most `LISTED`, and fewer if not even their shortest form fits. There
    are three: in full; in brief, which leaves out the summary; and in brief
    with the first source only. The newest get the fuller forms, and acts
    among the gravest are the first to come in full.

    Returns
    -------
    Series of str
        The row as HTML by incident id, the newest first.
    """
    return _write_newest(selection)[0]


def find_further(selection: Selection) -> dict[str, list[str]]:
    """Find the addresses that rows of the list in brief leave out, by incident id."""
    return _write_newest(selection)[1]


@functools.lru_cache(maxsize=4)
def _write_newest(selection: Selection) -> tuple[pd.Series, dict[str, list[str]]]:
    """Write the rows of the list, and find the addresses that they leave out."""
    newest = _find_newest(selection.incidents, LISTED)
    room = _room(selection, newest)
    # Most that the rows still to be written can leave.
    least = _measure(render_row("incident", _BLANK))
    rows, left = {}, room - least * len(newest)
    for row in _word_rows(selection, selection.incidents, newest):
        rows[row["id"]] = _write_full(row)
        left -= _measure(rows[row["id"]]) - least
        if left < 0:
            rows, further = _write_shorter(selection, newest, room)
            return pd.Series(rows, dtype=object), further
    return pd.Series(rows, dtype=object), {}


def _room(selection: Selection, ids: pd.Index) -> int:
    """Say how many bytes the rows of some incidents may take; fonts of Hangul leave fewer."""
    summaries = selection.incidents["summary"][ids].tolist()
    letters = list_hangul(present().write_out() + "".join(summaries))
    room = ROOM if len(selection.incidents) <= LISTED else ROOM_OF_NEWEST
    return max(room - max(BYTES_OF_LETTER * len(letters) - SPARE, 0), 0)


def _write_shorter(
    selection: Selection, ids: pd.Index, room: int
) -> tuple[dict[str, Markup], dict[str, list[str]]]:
    """Write rows that do not all fit in full, each as full as there is room.

    Returns
    -------
    The rows, and the addresses that the shortest of them leave out, both by incident id.
    """
    newest = selection.incidents.loc[ids]
    words = {row["id"]: row for row in brief_rows(selection, newest)}
    shortest = {one: _write_brief({**row, "urls": row["urls"][:1]}) for one, row in words.items()}
    taken = np.cumsum([_measure(text) for text in shortest.values()])
    fitting = int(np.searchsorted(taken, room, side="right"))
    newest = newest.iloc[:fitting]
    rows = {one: shortest[one] for one in newest.index}
    longer = [one for one in rows if len(words[one]["urls"]) > 1]
    gravest = mark_gravest(newest).any(axis=1)
    fuller = itertools.chain(
        ((one, _write_brief(words[one])) for one in longer),
        ((row["id"], _write_full(row)) for row in _word_rows(selection, newest, newest.index[gravest])),
        ((row["id"], _write_full(row)) for row in _word_rows(selection, newest, newest.index[~gravest])),
    )
    left = room - int(taken[fitting - 1]) if fitting else 0
    for one, text in fuller:
        left -= _measure(text) - _measure(rows[one])
        if left < 0:
            break
        rows[one] = text
    return rows, {one: words[one]["urls"][1:] for one in longer if rows[one] is shortest[one]}


def _find_newest(incidents: pd.DataFrame, most: int) -> pd.Index:
    """List at most so many incidents by their first day, then by their last, the newest first.

    Those of the same days keep their order.
    """
    first, last = (incidents[name].array.asi8 for name in ("date_start", "date_end"))
    rows = np.arange(len(first))
    if len(first) > most:
        rows = rows[first >= np.partition(first, -most)[-most]]
    # Ten times as fast as pandas' own sort by two columns, which factorizes them first.
    return incidents.index[rows[np.lexsort((-last[rows], -first[rows]))][:most]]


def list_rows(selection: Selection, incidents: pd.DataFrame, most: int = LISTED) -> list[dict[str, Any]]:
    """Word the newest of some incidents in full, the newest first."""
    return list(_word_rows(selection, incidents, _find_newest(incidents, most)))


def list_totals(selection: Selection) -> pd.Index:
    """Choose the newest of the totals over other acts."""
    return _find_newest(selection.aggregates, TOTALS)


def find_listed(selection: Selection) -> set[str]:
    """Find the incidents and totals that the lists of the page hold, and links may lead to."""
    return {*list_newest(selection).index, *list_totals(selection)}


def brief_rows(selection: Selection, incidents: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Word incidents in brief, in their order: date, place, act, persons and sources."""
    codebook = selection.archive.codebook
    actions = label_values(codebook, "incidents", "action")
    names = name_places(selection.archive.places).to_dict()
    articles = _list_articles(selection.links_of(incidents, ["published_start", "url"]), ["url"])
    for row in _walk(incidents):
        place = names[row.pcode]
        persons = write_persons_briefly(row.persons_low, row.persons_best, row.persons_high)
        urls = [url for (url,) in articles[row.incident_id]]
        yield {
            "id": row.incident_id,
            "when": write_interval_briefly(row.date_start, row.date_end),
            "where": say("border-of", place=place) if row.geo_precision == "border" else place,
            "what": ", ".join(filter(None, (actions[row.action], persons))),
            "urls": [_shorten(url) for url in urls if is_web(url)],
            "sources": len(urls),
        }


def _write_brief(row: dict[str, Any]) -> Markup:
    return render_row("brief", row)


def _write_full(row: dict[str, Any]) -> Markup:
    """Write a row in full, once for all pages of a process."""
    if "written" not in row:
        row["written"] = render_row("incident", row)
    return row["written"]


def _measure(row: Markup) -> int:
    """Count the bytes that a row takes, the apostrophes as nbconvert writes them back."""
    # As plain text: markup would escape what is put in.
    return len(str.replace(row, "&#39;", "'").encode()) + _ROOM_OF_CODES


def _word_rows(
    selection: Selection, incidents: pd.DataFrame, ids: Iterable[str]
) -> Iterator[dict[str, Any]]:
    """Word some of the incidents in full, each once for all lists that name it."""
    words, ids = _words(selection), list(ids)
    fresh = [one for one in ids if one not in words]
    # Not all at once: of thousands of rows in full most would not fit.
    parts = (fresh[begin : begin + WORDED] for begin in range(0, len(fresh), WORDED))
    worded = itertools.chain.from_iterable(_word_anew(selection, incidents.loc[part]) for part in parts)
    for one in ids:
        if one not in words:
            words[one] = next(worded)
        yield words[one]


def _words(selection: Selection) -> dict[str, dict[str, Any]]:
    """Give what is worded already: for all reports, of an archive as it was loaded."""
    return _keep_words(selection.key or selection, present().language)


@functools.lru_cache(maxsize=4)
def _keep_words(whose: str | Selection, language: str) -> dict[str, dict[str, Any]]:
    return {}


def _word_anew(selection: Selection, incidents: pd.DataFrame) -> Iterator[dict[str, Any]]:
    codebook = selection.archive.codebook
    places = selection.archive.places
    links = selection.links_of(incidents)
    sources = _name_sources(links)
    grades = grade_sources(incidents, links).to_dict()
    labels = {name: label_values(codebook, "incidents", name) for name in _LABELLED}
    precision = labels["geo_precision"]
    sources_told = {grade: say_code("grade-", grade) for grade in SOURCE_GRADES}
    dates_told = {grade: say_code("dated-", grade) for grade in DATE_GRADES}
    names = {pcode: place_name(places, pcode) for pcode in incidents["pcode"].unique()}
    for row in _walk(incidents):
        yield {
            "id": row.incident_id,
            "when": write_interval(row.date_start, row.date_end),
            "where": f"{names[row.pcode]} ({precision[row.geo_precision]})",
            "summary": row.summary,
            "kinds": _kinds(row, labels),
            "persons": write_persons(row.persons_low, row.persons_best, row.persons_high),
            "toll": _toll(row, labels["penalty_imposed"]),
            "grade": sources_told[grades[row.incident_id]],
            "date_grade": dates_told[row.date_precision],
            "place_grade": precision[row.geo_precision],
            "sources": sources[row.incident_id],
        }


def _walk(incidents: pd.DataFrame) -> Iterator[_Incident]:
    """Walk through incidents as plain objects: pandas' own rows take several times as long."""
    columns = (incidents[name].tolist() for name in _COLUMNS)
    return map(_Incident._make, zip(incidents.index, *columns, strict=True))


def _kinds(row, labels: Mapping[str, Mapping[str, str]]) -> str:
    action = labels["action"][row.action]
    offences = [labels["offences"][name] for name in row.offences]
    agencies = [labels["agencies"][name] for name in row.agencies]
    return " · ".join(filter(None, (action, ", ".join(offences), ", ".join(agencies))))


def _toll(row, penalties: Mapping[str, str]) -> str:
    parts = []
    if not pd.isna(row.deaths):
        parts.append(say("toll-deaths", count=int(row.deaths)))
    elif "execution" in row.penalty_imposed:
        parts.append(say("toll-sentence"))
    others = [penalties[name] for name in row.penalty_imposed if name != "execution"]
    parts += [say("toll-penalties", penalties=write_list(others))] if others else []
    return "; ".join(parts)


def _name_sources(links: pd.DataFrame) -> dict[str, list[dict[str, Markup]]]:
    """Name the articles behind each incident, the earliest first."""
    undated = say("undated")
    return {
        one: [{"link": link_web(url, f"{publisher}, {day or undated}")} for publisher, day, url in articles]
        for one, articles in _list_articles(links, ["publisher", "published", "url"]).items()
    }


def _list_articles(links: pd.DataFrame, columns: list[str]) -> dict[str, list[tuple[str, ...]]]:
    """List some columns of the articles behind each incident, the earliest first."""
    ordered = links.sort_values(["published_start", "source_id"])
    articles: dict[str, list[tuple[str, ...]]] = {}
    told = zip(*(ordered[name].tolist() for name in columns), strict=True)
    for one, article in zip(ordered["incident_id"].tolist(), told, strict=True):
        articles.setdefault(one, []).append(article)
    return articles


def _shorten(url: str) -> str:
    """Write an address with its letters beyond ASCII as they are; it leads to the same page."""

    def read(match: re.Match[str]) -> str:
        try:
            return unquote(match[0], errors="strict")
        except UnicodeDecodeError:
            return match[0]

    return _ESCAPED.sub(read, url)
