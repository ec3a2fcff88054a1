"""Lists of incidents in full: the gravest acts, and every row behind a number."""

from __future__ import annotations

from markupsafe import Markup

from crackdown.filters import describe_filters, file_rows, list_filters, pack_rows
from crackdown.gravest import GROUPS, mark_gravest
from crackdown.hypertext import Html, render, render_row
from crackdown.links import filter_rows, link_rows
from crackdown.rows import TOTALS, find_further, find_listed, list_newest, list_rows
from crackdown.selection import Selection, unless_empty
from crackdown.subtitle import write_subtitle
from crackdown.wording import say

#: More acts than this are not repeated from the list but linked to it.
GRAVEST_IN_FULL = 150


@unless_empty
def incident_list(selection: Selection) -> Html:
    """List the incidents of the selection, newest first, each with its sources.

    Rows are in brief, without a summary, where all would not fit in full.
    Of more than a page can hold the newest are listed, and the page says
    which table holds all.
    """
    rows = list_newest(selection)
    incidents = selection.incidents.loc[rows.index]
    filters = list_filters(selection, incidents)
    left = len(selection.incidents) - len(rows)
    brief = int((~rows.str.contains("<small>", regex=False)).sum())
    numbers = {"count": len(rows), "all": len(selection.incidents)}
    every = say("list-newest" if left else "list-every", **numbers)
    some = say("list-some-newest" if left else "list-some", shown="{shown}", **numbers)
    told = describe_filters(filters, every=every, some=some)
    packed = pack_rows(file_rows(filters, incidents), find_further(selection))
    body = render(
        "incidents.html.j2",
        rows=rows,
        caption=say("list-in-order", rows=every),
        name=say("list-name"),
        told=told | packed,
        notes=[
            *filter(None, [say("list-language")]),
            *([say("list-left", limits=write_subtitle(selection), **numbers)] if left else []),
            *([say("list-brief", brief=brief)] if brief else []),
        ],
    )
    return Html(body, {"list": True})


def aggregate_list(selection: Selection) -> Html:
    """List the totals over other acts, which no count holds."""
    count = len(selection.aggregates)
    if not count:
        return Html(render("empty.html.j2", text=say("gravest-none")))
    rows = list_rows(selection, selection.aggregates, TOTALS)
    caption = say("caption-aggregates", count=count)
    texts = [render_row("incident", row) for row in rows]
    notes = [say("list-totals-left", count=len(rows))] if len(rows) < count else []
    return Html(
        render("incidents.html.j2", rows=texts, caption=caption, name=caption, told=None, notes=notes)
    )


@unless_empty
def gravest_acts(selection: Selection) -> Html:
    """List executions and deaths, minors, and people returned, in full.

    An act may stand in more than one group. A death sentence that is not
    known to be carried out stands among executions and says so. Of more
    acts than `GRAVEST_IN_FULL` the number of each group leads to their rows.
    """
    frame = selection.incidents
    marks = mark_gravest(frame)
    in_full = marks.to_numpy().sum() <= GRAVEST_IN_FULL
    groups = [
        {
            "id": message,
            "title": say(message),
            "count": int(marks[group].sum()),
            "rows": list_rows(selection, frame[marks[group]]) if in_full else [],
            "linked": Markup(
                say(
                    "gravest-in-list",
                    count=link_rows(f"{marks[group].sum():,}", filter_rows(gravest=group)),
                )
            ),
        }
        for group, message in GROUPS.items()
    ]
    shown = {"groups": groups, "listed": find_listed(selection)}
    return Html(render("gravest.html.j2", **shown))
