"""The tables of the reports: what each counts, in words a reader can check."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crackdown.counts import (
    count_pairs,
    count_periods_by,
    count_provinces,
    count_values,
)
from crackdown.hypertext import mark_coded
from crackdown.links import filter_rows, link_web, write_period
from crackdown.persons import FIGURES, count_overlap, largest_reports
from crackdown.places import COUNTRY, name_places, place_levels, place_name
from crackdown.selection import Selection, unless_empty
from crackdown.table import Table
from crackdown.wording import (
    label_values,
    name_half_year,
    say,
    sentence_case,
    write_interval,
    write_persons,
)

#: The values of the list's filter ``precision`` that each level of place stands for.
PRECISIONS_OF_LEVEL = {
    "county": "locality,county",
    "province": "province",
    "border": "border",
    "country": "country",
}


@unless_empty
def table_years(selection: Selection) -> Table:
    """Tabulate certain, expected and possible incidents by year, with the articles held."""
    counts, articles = selection.count_by(selection.spanned("Y"))
    return _table_periods(selection, counts, articles, [*map(str, counts.index)], key="years")


@unless_empty
def table_half_years(selection: Selection) -> Table:
    """Tabulate certain, expected and possible incidents with the articles held."""
    counts, articles = selection.half_years
    names = [name_half_year(period, selection.start, selection.end) for period in counts.index]
    return _table_periods(selection, counts, articles, names, key="half-years")


def _table_periods(
    selection: Selection, counts: pd.DataFrame, articles: pd.DataFrame, names: list[str], *, key: str
) -> Table:
    certainly, expected, possibly = (say(f"head-{name}") for name in ("certain", "expected", "possible"))
    held = say("articles-held")
    outside = len(selection.incidents) - counts["expected"].sum()
    totals = {say("outside-period"): outside} if outside > 0.05 else {}
    totals[say("all")] = len(selection.incidents)
    gaps = np.full(len(totals), np.nan)
    # None recorded is not a count of zero; an article that is not held is.
    spread = counts.where(counts["possible"] > 0)
    frame = pd.DataFrame(
        {
            certainly: np.append(spread["certain"], gaps),
            expected: np.append(spread["expected"], [*totals.values()]),
            possibly: np.append(spread["possible"], gaps),
            held: np.append(articles.sum(axis=1), [*gaps[1:], articles.to_numpy().sum()]),
        },
        pd.Index([*names, *totals], name=say(f"head-{key}")),
    ).astype({certainly: "Int64", possibly: "Int64"})
    cut = [
        (max(period.start_time, selection.start), min(period.end_time, selection.end))
        for period in counts.index
    ]
    none = [None] * len(totals)
    possible = [filter_rows(when=write_period(*days)) for days in cut]
    certain = [filter_rows(when=write_period(*days, certain=True)) for days in cut]
    return Table(
        frame,
        key=key,
        caption=say(f"caption-{key}"),
        note=say("note-periods"),
        formats={expected: "{:,.1f}", held: "{:,.1f}"},
        missing="·",
        links={
            certainly: certain + none,
            expected: possible + none[:-1] + [filter_rows()],
            possibly: possible + none,
        },
    )


@unless_empty
def table_provinces(selection: Selection) -> Table:
    """Tabulate incidents by province and by how exactly the place is known."""
    counts = count_provinces(selection.incidents, selection.archive.places)
    names = name_places(selection.archive.places)
    levels = {level: say(f"head-{level}-known") for level in PRECISIONS_OF_LEVEL}
    incidents = say("incidents")
    frame = counts.rename(columns={**levels, "total": incidents})
    frame.index = [
        say("unplaced") if pcode == COUNTRY else names[pcode] for pcode in counts.index
    ]
    none = frame[incidents] == 0
    frame = frame.astype("Int64").mask(frame == 0)
    frame.loc[say("all")] = counts.sum().to_numpy()
    return Table(
        frame.rename_axis(say("head-province")),
        key="provinces",
        caption=say("caption-provinces"),
        note=say("note-provinces", none=int(none.iloc[:-1].sum())),
        missing="·",
        links={
            frame.columns[number]: [
                *(filter_rows(place=pcode, **known) for pcode in counts.index),
                filter_rows(**known),
            ]
            for number, known in enumerate(
                {"precision": PRECISIONS_OF_LEVEL[level]} if level != "total" else {}
                for level in counts.columns
            )
        },
    )


@unless_empty
def table_counties(selection: Selection) -> Table:
    """Tabulate the counties with incidents, most first, and what no county holds."""
    counts = selection.place_counts
    counties = counts[counts["level"] == "county"].sort_values(
        ["incidents", "pcode"], ascending=[False, True]
    )
    names = selection.archive.places
    rows = [
        (place_name(names, row.pcode), row.pcode, row.incidents) for row in counties.itertuples()
    ]
    coarser = counts[counts["level"] != "county"].groupby("level")["incidents"].sum()
    rows += [
        (say(f"level-{level}"), "", coarser[level])
        for level in ("province", "border", "country")
        if level in coarser
    ]
    rows.append((say("all"), "", len(selection.incidents)))
    columns = [say("head-county"), say("head-pcode"), say("incidents")]
    frame = pd.DataFrame(rows, columns=columns).set_index(columns[0])
    links = [filter_rows(place=pcode) for pcode in counties["pcode"]]
    links += [
        filter_rows(precision=level) for level in ("province", "border", "country") if level in coarser
    ]
    return Table(
        frame,
        key="counties",
        caption=say("caption-counties"),
        note=say("note-counties", counties=len(counties)),
        links={columns[-1]: [*links, filter_rows()]},
    )


@unless_empty
def table_persons(selection: Selection) -> Table:
    """Tabulate the persons reached by kind of act, never over all acts."""
    counts = selection.persons
    labels = label_values(selection.archive.codebook, "incidents", "action")
    frame = pd.DataFrame(
        {
            say("incidents"): counts["incidents"],
            say("head-cases"): counts["cases"],
            say("head-without-figure"): counts["without_figure"],
            say("head-persons-low"): counts["low"],
            say("head-best"): counts["best"],
            say("head-high"): [_open_high(row) for row in counts.itertuples()],
        }
    )
    acts = [sentence_case(labels[act]) for act in counts.index]
    frame.index = pd.Index(acts, name=say("filter-act"))
    overlap = count_overlap(selection.incidents)
    return Table(
        frame,
        key="persons",
        caption=say("caption-persons"),
        note=say("note-persons", **overlap),
        links=dict.fromkeys(frame.columns, [filter_rows(act=act) for act in counts.index]),
    )


@unless_empty
def table_largest(selection: Selection) -> Table:
    """Tabulate the ten largest reports of persons, by name of act."""
    largest = largest_reports(selection.incidents)
    acts = selection.incidents.loc[largest.index]
    labels = label_values(selection.archive.codebook, "incidents", "action")
    what, share = say("head-what"), say("head-share")
    frame = pd.DataFrame(
        {
            what: [f'<a href="#{i}">{mark_coded(acts.summary[i])}</a>' for i in largest.index],
            say("head-act"): [labels[action] for action in acts["action"]],
            say("head-persons"): [write_persons(*figures) for figures in acts[FIGURES].to_numpy()],
            share: largest["share"].to_numpy(),
        },
        index=pd.Index(
            [write_interval(a, b) for a, b in zip(acts["date_start"], acts["date_end"])],
            name=say("head-when"),
        ),
    )
    return Table(
        frame,
        key="largest-reports",
        caption=say("caption-largest"),
        note=say("note-largest", share=float(largest["share"].head(5).sum())),
        formats={share: "{:.0%}"},
        markup=(what,),
    )


@unless_empty
def table_offences_by_agency(selection: Selection) -> Table:
    """Cross what acts were aimed at with who acted; cells overlap."""
    counts = count_pairs(selection.incidents, "offences", "agencies")
    codebook = selection.archive.codebook
    named = count_values(selection.incidents, "offences")
    frame = counts.astype("Int64").mask(counts == 0)
    agencies, offences = (label_values(codebook, "incidents", name) for name in ("agencies", "offences"))
    frame.columns = [sentence_case(agencies[name]) for name in counts.columns]
    every = say("head-all-agencies")
    frame.insert(0, every, named.reindex(counts.index).astype("Int64"))
    frame.index = pd.Index(
        [sentence_case(offences[name]) for name in counts.index], name=say("filter-offence")
    )
    return Table(
        frame,
        key="offences-by-agency",
        caption=say("caption-offences-by-agency"),
        note=say("note-offences-by-agency"),
        missing="·",
        links={
            every: [filter_rows(offence=offence) for offence in counts.index],
            **{
                sentence_case(agencies[agency]): [
                    filter_rows(offence=offence, agency=agency) for offence in counts.index
                ]
                for agency in counts.columns
            },
        },
    )


@unless_empty
def table_provinces_by_year(selection: Selection) -> Table:
    """Tabulate the expected incidents of each province by year."""
    years = selection.spanned("Y")
    within = (selection.start, selection.end)
    province = place_levels(selection.incidents)["province"].replace("", COUNTRY)
    places = selection.archive.places
    order = [*places.index[places["level"] == "province"], COUNTRY]
    counts = count_periods_by(selection.incidents, province, years, within=within)
    frame = counts.reindex(columns=order, fill_value=0.0).T
    frame.columns = [str(year) for year in years]
    names = name_places(places)
    frame.index = [say("unplaced") if pcode == COUNTRY else names[pcode] for pcode in order]
    outside = len(selection.incidents) - frame.to_numpy().sum()
    frame.loc[say("all")] = frame.sum()
    return Table(
        frame.mask(frame == 0).rename_axis(say("head-province")),
        key="provinces-by-year",
        caption=say("caption-provinces-by-year"),
        note=say("note-provinces-by-year", outside=round(float(outside), 1)),
        formats=dict.fromkeys(frame.columns, "{:,.1f}"),
        missing="·",
        links={
            str(year): [
                *(filter_rows(place=pcode, when=when) for pcode in order),
                filter_rows(when=when),
            ]
            for year, when in zip(years, _write_years(selection, years), strict=True)
        },
    )


def table_events(selection: Selection) -> Table:
    """List the dated events that stand beside the trend, as numbered in the chart."""
    events = selection.archive.timeline
    inside = events[(events["date_end"] >= selection.start) & (events["date_start"] <= selection.end)]
    kinds = label_values(selection.archive.codebook, "timeline", "kind")
    event = say("head-event")
    frame = pd.DataFrame(
        {
            say("head-when"): [
                write_interval(a, b) for a, b in zip(inside["date_start"], inside["date_end"])
            ],
            say("head-kind"): inside["kind"].map(kinds),
            event: [
                link_web(url, mark_coded(title)) for title, url in zip(inside["title"], inside["source_url"])
            ],
        }
    )
    frame.index = pd.RangeIndex(1, len(frame) + 1, name=say("head-number"))
    return Table(frame, key="events", caption=say("caption-events"), markup=(event,))


def _write_years(selection: Selection, years: pd.PeriodIndex) -> list[str]:
    """Write years as values of the list's filter, cut at the selection's period."""
    return [
        write_period(max(year.start_time, selection.start), min(year.end_time, selection.end))
        for year in years
    ]


def _open_high(row) -> str:
    if pd.isna(row.high):
        return say("none-recorded")
    if row.open:
        return say("open-high", high=int(row.high), open=int(row.open), figures=int(row.with_figure))
    return f"{row.high:,}"
