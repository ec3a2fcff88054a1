"""Tables of a province against the rest of the country."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crackdown.claims import agree
from crackdown.clusters import attribute_publishers, link_clusters, select_publisher
from crackdown.comparisons import Comparison, compare_shares
from crackdown.counts import count_values
from crackdown.findings import name_property, rest_on
from crackdown.hypertext import Html, render
from crackdown.links import filter_rows
from crackdown.places import name_places, place_levels
from crackdown.records import Record
from crackdown.selection import Selection, narrow_selection, unless_empty
from crackdown.shifts import LEAST_OF_PUBLISHER, list_properties
from crackdown.table import Table
from crackdown.trend_tables import say_verdict, write_points
from crackdown.wording import label_values, say, sentence_case, write_list

#: What is set against the rest of the country, by column of the incidents, with its name's message.
PROFILES = {"offences": "head-offences", "action": "head-acts", "agencies": "head-agencies"}

#: The key by which the incident list filters each.
KEYS_OF_COLUMN = {"offences": "offence", "action": "act", "agencies": "agency"}


def table_against(selection: Selection, column: str) -> Table | Html:
    """Tabulate one column of the incidents, in the province and elsewhere.

    Parameters
    ----------
    selection
        Of one or more provinces.
    column
        One of `PROFILES`.

    Returns
    -------
    Table or Html
        Counts and shares; words when one of both sides has no incident.
    """
    everywhere = select_everywhere(selection).incidents
    side = part_country(everywhere, selection)
    totals = side.value_counts()
    if not {"here", "elsewhere"} <= {*totals.index}:
        message = "no-incident" if selection.incidents.empty else "against-none"
        return Html(render("empty.html.j2", text=say(message)))
    values = everywhere.assign(**{column: everywhere[column].map(_as_tuple)})
    counts = {name: count_values(values[side == name], column) for name in ("here", "elsewhere", "")}
    order = count_values(values, column).index
    order = sorted(order, key=lambda value: -counts["here"].get(value, 0))
    labels = label_values(selection.archive.codebook, "incidents", column)
    here, what = _name(selection), say(PROFILES[column])
    share, elsewhere = say("head-share"), say("head-share-elsewhere")
    # The list of the page holds what is here and nothing else.
    links = [filter_rows(**{KEYS_OF_COLUMN[column]: value}) for value in order]
    frame = pd.DataFrame(
        {
            here: counts["here"].reindex(order).astype("Int64"),
            share: counts["here"].reindex(order) / totals["here"],
            say("head-elsewhere"): counts["elsewhere"].reindex(order).astype("Int64"),
            elsewhere: counts["elsewhere"].reindex(order) / totals["elsewhere"],
            say("head-province-unknown"): counts[""].reindex(order).astype("Int64"),
        }
    )
    frame.index = pd.Index([sentence_case(labels[value]) for value in order], name=what)
    sizes = {"inside": int(totals["here"]), "outside": int(totals["elsewhere"])}
    return Table(
        frame,
        key=f"{column}-against",
        caption=say("caption-against", what=what, here=here),
        note=say("note-against", here=here, unplaced=int(totals.get("", 0)), **sizes),
        formats={share: "{:.0%}", elsewhere: "{:.0%}"},
        missing="·",
        links={here: links, share: links},
    )


@unless_empty
def table_contrasts(selection: Selection) -> Table | Html:
    """Tabulate shares in the province and elsewhere, within each publisher.

    The interval of a difference is that of `compare_shares`, with the two
    sides of the country in place of two periods.
    """
    contrasts = contrast_places(selection)
    agreements = agree(contrasts)
    rows, links = [], []
    for key, comparisons in contrasts.items():
        together = say_verdict(agreements[key].verdict)
        told = [one for one in comparisons if one.verdict != "too_few"]
        rows += [(name_property(selection, key), one.publisher, *_cells(one), together) for one in told]
        links += [filter_rows(**rest_on([one.publisher], key)) for one in told]
    here = _name(selection)
    if not rows:
        return Html(render("empty.html.j2", text=say("contrasts-none", here=here)))
    what, elsewhere = say("head-what"), say("head-elsewhere")
    columns = [what, say("filter-publisher"), elsewhere, here, say("head-points"), say("head-together")]
    return Table(
        pd.DataFrame(rows, columns=columns).set_index(what),
        key="contrasts",
        caption=say("caption-contrasts", here=here),
        note=say("note-contrasts"),
        formats={elsewhere: "{:.0%}", here: "{:.0%}"},
        links={here: links},
    )


def select_everywhere(selection: Selection) -> Selection:
    """Choose the same incidents with no limit of provinces."""
    parameters = selection.parameters.model_copy(update={"provinces": ()})
    return narrow_selection(selection.archive, parameters, as_of=selection.as_of)


def part_country(incidents: pd.DataFrame, selection: Selection) -> pd.Series:
    """Say of each incident whether it is ``here``, ``elsewhere`` or, "", neither is known.

    ``here`` are the provinces of the selection; without any, all provinces.
    """
    province = place_levels(incidents)["province"]
    chosen = selection.parameters.provinces
    inside = province.isin(chosen) if chosen else province != ""
    side = np.where(inside, "here", np.where(province != "", "elsewhere", ""))
    return pd.Series(side, index=incidents.index)


def contrast_places(selection: Selection) -> dict[tuple[str, str], list[Comparison]]:
    """Compare the shares of offences and acts here and elsewhere, in each publisher.

    Returns
    -------
    dict
        By property, the comparisons of every publisher with enough
        incidents here; the period before stands for elsewhere.
    """
    everywhere = select_everywhere(selection)
    side = part_country(everywhere.incidents, selection)
    clusters = link_clusters(selection.archive)
    attribution = attribute_publishers(selection.archive)
    properties = list_properties(everywhere.incidents)
    properties = properties[[key for key in properties if key[0] != "province"]]
    inside = attribution[attribution["incident_id"].map(side) == "here"]
    held = inside["publisher_group"].value_counts()
    contrasts: dict[tuple[str, str], list[Comparison]] = {key: [] for key in properties}
    for publisher in held.index[held >= LEAST_OF_PUBLISHER]:
        reported = select_publisher(everywhere.incidents, attribution, publisher)
        record = _record(publisher, side[reported.index], clusters)
        for key in properties:
            holds = (properties[key] == 1).astype("boolean").rename(key[1])
            contrasts[key].append(compare_shares(record, holds))
    return contrasts


def _record(publisher: str, side: pd.Series, clusters: pd.Series) -> Record:
    """Cut a publisher's record by place, as `cut_record` does by period."""
    names = np.array(["elsewhere", "here", ""])
    weights = (side.to_numpy() == names[:, None]).astype(float)
    cluster = pd.factorize(clusters[side.index])[0]
    parts = cluster * len(names) + np.arange(len(names))[:, None]
    cells = weights[:2].sum(axis=1)
    # Length and sharpened counts serve rates only, and no rate is compared here.
    return Record(publisher, side.index, (1, 1), weights, parts, (cells[0], cells[1]))


def _cells(one: Comparison) -> tuple[float, float, str]:
    elsewhere, here = (held / cell for held, cell in zip(one.holders, one.cells, strict=True))
    return elsewhere, here, write_points(one)


def _name(selection: Selection) -> str:
    chosen = list(selection.parameters.provinces)
    if not chosen:
        return say("all-provinces")
    return write_list(list(name_places(selection.archive.places)[chosen]))


def _as_tuple(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """Let a single value be counted as a list of one."""
    return (value,) if isinstance(value, str) else value
