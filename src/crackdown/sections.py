"""Sections of the country's pages for what is too small for a page of its own."""

from __future__ import annotations

import pandas as pd

from crackdown.counts import count_values, share_inside
from crackdown.hypertext import Html
from crackdown.places import place_levels
from crackdown.rows import find_listed
from crackdown.selection import Selection
from crackdown.table import Table, link
from crackdown.wording import say, sentence_case, write_interval, write_list

#: A selection with fewer incidents carries no page of a matrix.
LEAST_FOR_PAGE = 15

#: What the country is parted in, with the heading of its names.
KINDS = {"provinces": "Province", "campaigns": "Campaign", "years": "Year"}


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
    listed = find_listed(selection)
    rows = [_row(selection, ids, listed) for ids in parts.values()]
    frame = pd.DataFrame(rows, index=pd.Index(parts, name=KINDS[kind]))
    if kind == "years":
        inside = [_count_inside(selection, year, ids) for year, ids in parts.items()]
        frame = frame.join(pd.DataFrame(inside, index=frame.index))
    return Table(
        frame,
        key=f"small-{kind}",
        caption=say("caption-small", kind=kind, least=LEAST_FOR_PAGE),
        note=say("note-small", kind=kind),
        formats={"Expected": "{:,.1f}"},
        markup=("Incidents",),
    )


def is_whole(selection: Selection) -> bool:
    """Say whether a selection has no limits but the day of its knowledge."""
    apart = {"as_of", "since", "split", "links", "data", "shapefiles"}
    given = selection.parameters.model_dump(exclude=apart)
    fresh = type(selection.parameters)().model_dump(exclude=apart)
    return given == fresh


def list_small(selection: Selection, kind: str) -> dict[str, pd.Index]:
    """List the incidents of each part that is too small for a page, by its name."""
    frame = selection.incidents
    if kind == "years":
        years = range(selection.end.year, selection.start.year - 1, -1)
        first, last = frame["date_start"].dt.year, frame["date_end"].dt.year
        parts = {str(year): frame.index[(first <= year) & (last >= year)] for year in years}
    else:
        of_campaign = kind == "campaigns"
        table = selection.archive.campaigns if of_campaign else selection.archive.places
        names = table["name" if of_campaign else "name_en"]
        key = frame["campaign_id"] if of_campaign else place_levels(frame)["province"]
        groups = frame.groupby(key[key != ""]).groups
        parts = {names[one] or one: groups[one] for one in names.index if one in groups}
    return {name: ids for name, ids in parts.items() if 0 < len(ids) < LEAST_FOR_PAGE}


def _row(selection: Selection, ids: pd.Index, listed: set[str]) -> dict[str, str]:
    rows = selection.incidents.loc[ids]
    counts = count_values(rows, "offences")
    labels = selection.archive.codebook.labels("incidents", "offences")
    leading = [labels[name] for name in counts.index[counts == counts.max()]]
    return {
        "Incidents": link(ids, listed),
        "Period": write_interval(rows["date_start"].min(), rows["date_end"].max()),
        "Leading offence": sentence_case(write_list(leading)) if leading else "",
    }


def _count_inside(selection: Selection, year: str, ids: pd.Index) -> dict[str, float]:
    """Count the incidents of a year that lie inside it for certain, and as expected."""
    share = share_inside(
        selection.incidents.loc[ids], pd.Timestamp(int(year), 1, 1), pd.Timestamp(int(year), 12, 31)
    )
    return {"Certain": int((share == 1).sum()), "Expected": float(share.sum())}
