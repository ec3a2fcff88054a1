"""Sections of the country's pages for what is too small for a page of its own."""

from __future__ import annotations

from typing import Any

import pandas as pd

from crackdown.catalogue import present
from crackdown.counts import count_values, share_inside
from crackdown.hypertext import Html
from crackdown.links import filter_rows
from crackdown.places import place_levels, place_name
from crackdown.rows import find_listed
from crackdown.selection import Selection
from crackdown.table import Table, link
from crackdown.wording import label_values, say, sentence_case, translate, write_interval, write_list

#: A selection with fewer incidents carries no page of a matrix.
LEAST_FOR_PAGE = 15

#: What the country is parted in, with the message that heads its names.
KINDS = {"provinces": "head-province", "campaigns": "head-campaign", "years": "head-year"}


def table_small(selection: Selection, kind: str) -> Table | Html:
    """Tabulate the parts of the country's record that are too small for a page.

    Parameters
    ----------
    selection
        The whole record; a page with limits of its own is nobody's parent
        and shows nothing.
    kind
        One of `KINDS`.

    Returns
    -------
    Table or Html
        A row for each part with at least one and fewer than
        `LEAST_FOR_PAGE` incidents, each with its incidents, the days from
        the first to the last, and its leading offences.
    """
    parts = list_small(selection, kind) if is_whole(selection) else {}
    if not parts:
        return Html("")
    told = selection.incidents[["offences", "date_start", "date_end"]]
    rows = {one: told.loc[ids] for one, ids in parts.items()}
    frame = pd.DataFrame(
        [_row(selection, own) for own in rows.values()],
        index=pd.Index([_name(selection, kind, one) for one in parts], name=say(KINDS[kind])),
    )
    incidents = say("incidents")
    markup, links = (), {}
    if kind == "campaigns":
        # The list does not filter by campaign: each incident is named.
        listed = find_listed(selection)
        frame[incidents] = [link(ids, listed) for ids in parts.values()]
        markup = (incidents,)
    else:
        key = "when" if kind == "years" else "place"
        links = {incidents: [filter_rows(**{key: one}) for one in parts]}
    if kind == "years":
        inside = [_count_inside(year, own) for year, own in rows.items()]
        frame = frame.join(pd.DataFrame(inside, index=frame.index))
    return Table(
        frame,
        key=f"small-{kind}",
        caption=say("caption-small", kind=kind, least=LEAST_FOR_PAGE),
        note=say("note-small", kind=kind),
        formats={say("head-expected"): "{:,.1f}"},
        markup=markup,
        links=links,
    )


def is_whole(selection: Selection) -> bool:
    """Say whether a selection has no limits but the day of its knowledge."""
    apart = {"as_of", "since", "split", "lang", "links", "twins", "data", "shapefiles"}
    given = selection.parameters.model_dump(exclude=apart)
    fresh = type(selection.parameters)().model_dump(exclude=apart)
    return given == fresh


def list_small(selection: Selection, kind: str) -> dict[str, pd.Index]:
    """List the incidents of each part that is too small for a page, by its code."""
    frame = selection.incidents
    if kind == "years":
        years = range(selection.end.year, selection.start.year - 1, -1)
        first, last = (frame[day].dt.year.to_numpy() for day in ("date_start", "date_end"))
        parts = {str(year): frame.index[(first <= year) & (last >= year)] for year in years}
    else:
        campaigns = kind == "campaigns"
        codes = (selection.archive.campaigns if campaigns else selection.archive.places).index
        key = frame["campaign_id"] if campaigns else place_levels(frame)["province"]
        rows = key.groupby(key, sort=False).indices
        parts = {one: frame.index[rows[one]] for one in codes if one in rows}
    return {one: ids for one, ids in parts.items() if 0 < len(ids) < LEAST_FOR_PAGE}


def _name(selection: Selection, kind: str, code: str) -> str:
    if kind == "provinces":
        return place_name(selection.archive.places, code)
    if kind == "years":
        return present().form("date-year").format(year=code)
    return translate(selection.archive.campaigns["name"][code]) or code


def _row(selection: Selection, rows: pd.DataFrame) -> dict[str, Any]:
    counts = count_values(rows, "offences")
    labels = label_values(selection.archive.codebook, "incidents", "offences")
    leading = [labels[name] for name in counts.index[counts == counts.max()]]
    return {
        say("incidents"): len(rows),
        say("head-period"): write_interval(rows["date_start"].min(), rows["date_end"].max()),
        say("head-leading"): sentence_case(write_list(leading)) if leading else "",
    }


def _count_inside(year: str, rows: pd.DataFrame) -> dict[str, float]:
    """Count the incidents of a year that lie inside it for certain, and as expected."""
    share = share_inside(rows, pd.Timestamp(int(year), 1, 1), pd.Timestamp(int(year), 12, 31))
    return {say("head-certain"): int((share == 1).sum()), say("head-expected"): float(share.sum())}
