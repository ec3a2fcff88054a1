"""Corrections: what was wrong in a published page, on the index and on every page that it touches."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from crackdown.catalogue import DEFAULT, present
from crackdown.hypertext import mark_coded
from crackdown.incidents import Archive
from crackdown.navigation import list_links, list_twins
from crackdown.selection import Selection
from crackdown.wording import say, write_day


def list_corrections(archive: Archive) -> list[str]:
    """Word all corrections, the newest first."""
    return _word(archive.corrections)


def list_touching(selection: Selection) -> list[str]:
    """Word the corrections of the selected incidents and of the page itself, the newest first."""
    corrections = selection.archive.corrections
    if corrections.empty:
        return []
    links = list_links(selection.parameters.links) or {"pages": []}
    # Among the pages of its group, the page itself is the one without an address.
    titles = [page["label"] for page in links["pages"] if not page["address"]]
    titles += [twin["title"] for twin in list_twins(selection.parameters.twins) if twin["title"]]
    ids = selection.incidents.index.union(selection.aggregates.index)
    return _word(
        corrections[corrections["incident_id"].isin(ids) | corrections["edition"].isin(titles)]
    )


def _word(corrections: pd.DataFrame) -> list[str]:
    newest = corrections.sort_values("date", ascending=False, kind="stable")
    # What a page says in another language stays as it was written, and is marked.
    mark, wrap = (str, str) if present().language == DEFAULT else (mark_coded, Markup)
    return [
        wrap(
            say(
                "correction",
                day=write_day(row.date),
                of=", ".join(filter(None, (mark(row.edition), row.incident_id))),
                wrong=mark(row.wrong),
                right=mark(row.right),
            )
            + (" " + say("correction-figures", figures=mark(row.figures)) if row.figures else "")
        )
        for row in newest.itertuples()
    ]
