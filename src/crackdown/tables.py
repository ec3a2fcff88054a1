"""The tables of the reports: what each counts, in words a reader can check."""

from __future__ import annotations

import html

import pandas as pd

from crackdown.counts import (
    count_pairs,
    count_periods,
    count_periods_by,
    count_provinces,
    count_values,
)
from crackdown.coverage import count_articles
from crackdown.links import filter_rows, link_web, write_period
from crackdown.persons import FIGURES, count_overlap, largest_reports
from crackdown.places import COUNTRY, place_levels, place_name
from crackdown.selection import Selection, unless_empty
from crackdown.table import Table
from crackdown.wording import name_half_year, say, sentence_case, write_interval, write_persons

#: The values of the list's filter ``precision`` that each level of place stands for.
PRECISIONS_OF_LEVEL = {
    "county": "locality,county",
    "province": "province",
    "border": "border",
    "country": "country",
}

#: The cell of a count that is not a zero but an absence of reports.
NONE_RECORDED = "none recorded"


@unless_empty
def table_years(selection: Selection) -> Table:
    """Tabulate certain, expected and possible incidents by year, with the articles held."""
    years = selection.spanned("Y")
    return _table_periods(selection, years, [str(year) for year in years], key="years")


@unless_empty
def table_half_years(selection: Selection) -> Table:
    """Tabulate certain, expected and possible incidents with the articles held."""
    periods = selection.spanned("2Q")
    names = [name_half_year(period, selection.start, selection.end) for period in periods]
    return _table_periods(selection, periods, names, key="half-years")


def _table_periods(
    selection: Selection, periods: pd.PeriodIndex, names: list[str], *, key: str
) -> Table:
    within = (selection.start, selection.end)
    counts = count_periods(selection.incidents, periods, within=within)
    articles = count_articles(selection.archive, periods, within=within)
    frame = pd.DataFrame(
        {
            "Certain": counts["certain"],
            "Expected": counts["expected"],
            "Possible": counts["possible"],
            "Articles held": articles.sum(axis=1),
        }
    )
    frame = frame.astype({"Certain": "Int64", "Possible": "Int64"})
    # None recorded is not a count of zero; an article that is not held is.
    counted = ["Certain", "Expected", "Possible"]
    frame[counted] = frame[counted].mask(frame["Possible"] == 0)
    frame.index = names
    outside = len(selection.incidents) - counts["expected"].sum()
    totals = {say("outside-period"): outside} if outside > 0.05 else {}
    totals[say("all")] = len(selection.incidents)
    sums = pd.DataFrame({"Expected": totals}, dtype=float)
    sums.loc[say("all"), "Articles held"] = articles.to_numpy().sum()
    frame = pd.concat([frame, sums.reindex(columns=frame.columns).astype(frame.dtypes)])
    cut = [
        (max(period.start_time, selection.start), min(period.end_time, selection.end))
        for period in periods
    ]
    none = [None] * len(sums)
    possible = [filter_rows(when=write_period(*days)) for days in cut]
    certain = [filter_rows(when=write_period(*days, certain=True)) for days in cut]
    return Table(
        frame.rename_axis(say(f"head-{key}")),
        key=key,
        caption=say(f"caption-{key}"),
        note=say("note-periods"),
        formats={"Expected": "{:,.1f}", "Articles held": "{:,.1f}"},
        missing="·",
        links={
            "Certain": certain + none,
            "Expected": possible + none[:-1] + [filter_rows()],
            "Possible": possible + none,
        },
    )


@unless_empty
def table_provinces(selection: Selection) -> Table:
    """Tabulate incidents by province and by how exactly the place is known."""
    counts = count_provinces(selection.incidents, selection.archive.places)
    names = selection.archive.places["name_en"]
    frame = counts.rename(
        columns={
            "county": "County known",
            "province": "Province only",
            "border": "Border area only",
            "country": "Country only",
            "total": "Incidents",
        }
    )
    frame.index = [
        say("unplaced") if pcode == COUNTRY else names[pcode] for pcode in counts.index
    ]
    none = frame["Incidents"] == 0
    frame = frame.astype("Int64").mask(frame == 0)
    frame.loc[say("all")] = counts.sum().to_numpy()
    return Table(
        frame.rename_axis("Province"),
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
    frame = pd.DataFrame(rows, columns=["County", "P-code", "Incidents"]).set_index("County")
    links = [filter_rows(place=pcode) for pcode in counties["pcode"]]
    links += [
        filter_rows(precision=level) for level in ("province", "border", "country") if level in coarser
    ]
    return Table(
        frame,
        key="counties",
        caption=say("caption-counties"),
        note=say("note-counties", counties=len(counties)),
        links={"Incidents": [*links, filter_rows()]},
    )


@unless_empty
def table_persons(selection: Selection) -> Table:
    """Tabulate the persons reached by kind of act, never over all acts."""
    counts = selection.persons
    labels = selection.archive.codebook.labels("incidents", "action")
    frame = pd.DataFrame(
        {
            "Incidents": counts["incidents"],
            "Cases": counts["cases"],
            "Without a figure": counts["without_figure"],
            "Persons, low": counts["low"],
            "Best": counts["best"],
            "High": [_open_high(row) for row in counts.itertuples()],
        }
    )
    frame.index = pd.Index([sentence_case(labels[act]) for act in counts.index], name="Main act")
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
    labels = selection.archive.codebook.labels("incidents", "action")
    frame = pd.DataFrame(
        {
            "What": [f'<a href="#{i}">{html.escape(acts.summary[i])}</a>' for i in largest.index],
            "Act": [labels[action] for action in acts["action"]],
            "Persons": [write_persons(*figures) for figures in acts[FIGURES].to_numpy()],
            "Share": largest["share"].to_numpy(),
        },
        index=pd.Index(
            [write_interval(a, b) for a, b in zip(acts["date_start"], acts["date_end"])],
            name="When",
        ),
    )
    return Table(
        frame,
        key="largest-reports",
        caption=say("caption-largest"),
        note=say("note-largest", share=float(largest["share"].head(5).sum())),
        formats={"Share": "{:.0%}"},
        markup=("What",),
    )


@unless_empty
def table_offences_by_agency(selection: Selection) -> Table:
    """Cross what acts were aimed at with who acted; cells overlap."""
    counts = count_pairs(selection.incidents, "offences", "agencies")
    codebook = selection.archive.codebook
    named = count_values(selection.incidents, "offences")
    frame = counts.astype("Int64").mask(counts == 0)
    agencies, offences = (codebook.labels("incidents", name) for name in ("agencies", "offences"))
    frame.columns = [sentence_case(agencies[name]) for name in counts.columns]
    frame.insert(0, "All agencies", named.reindex(counts.index).astype("Int64"))
    frame.index = pd.Index(
        [sentence_case(offences[name]) for name in counts.index], name="Offence"
    )
    return Table(
        frame,
        key="offences-by-agency",
        caption=say("caption-offences-by-agency"),
        note=say("note-offences-by-agency"),
        missing="·",
        links={
            "All agencies": [filter_rows(offence=offence) for offence in counts.index],
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
    frame.index = [say("unplaced") if pcode == COUNTRY else places["name_en"][pcode] for pcode in order]
    outside = len(selection.incidents) - frame.to_numpy().sum()
    frame.loc[say("all")] = frame.sum()
    return Table(
        frame.mask(frame == 0).rename_axis("Province"),
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
    kinds = selection.archive.codebook.labels("timeline", "kind")
    frame = pd.DataFrame(
        {
            "When": [
                write_interval(a, b) for a, b in zip(inside["date_start"], inside["date_end"])
            ],
            "Kind": inside["kind"].map(kinds),
            "Event": [
                link_web(url, title) for title, url in zip(inside["title"], inside["source_url"])
            ],
        }
    )
    frame.index = pd.RangeIndex(1, len(frame) + 1, name="No.")
    return Table(frame, key="events", caption=say("caption-events"), markup=("Event",))


def _write_years(selection: Selection, years: pd.PeriodIndex) -> list[str]:
    """Write years as values of the list's filter, cut at the selection's period."""
    return [
        write_period(max(year.start_time, selection.start), min(year.end_time, selection.end))
        for year in years
    ]


def _open_high(row) -> str:
    if pd.isna(row.high):
        return NONE_RECORDED
    if row.open:
        return say("open-high", high=int(row.high), open=int(row.open), figures=int(row.with_figure))
    return f"{row.high:,}"
