"""Findings: the sentences of a page that a reader quotes."""

from __future__ import annotations

import pandas as pd

from crackdown.counts import count_places, count_values, share_inside
from crackdown.coverage import count_articles, publisher_group
from crackdown.evidence import count_grades
from crackdown.hypertext import Html, render
from crackdown.persons import count_deaths, count_persons
from crackdown.places import place_name
from crackdown.selection import Selection
from crackdown.tables import name_half_year
from crackdown.wording import say, sentence_case, write_day, write_list

#: Acts whose persons the key figures show, with the singular of none.
KEY_ACTS = ("arrest", "trial", "punishment")


def header(selection: Selection) -> Html:
    """Say what the page is about: period, limits, state of knowledge."""
    subtitle = write_subtitle(selection)
    about = {
        "subtitle": subtitle,
        "incidents": len(selection.incidents),
        "revision": selection.archive.revision,
        "last_covered": write_day(selection.last_covered),
        "findings": write_findings(selection),
    }
    body = render("header.html.j2", subtitle=subtitle, selection=selection, say=say)
    return Html(body, about)


def write_subtitle(selection: Selection) -> str:
    """Word the period and the limits of a selection."""
    parameters = selection.parameters
    codebook = selection.archive.codebook
    limits = []
    for name, field in (("offences", "offences"), ("actions", "action"), ("agencies", "agencies")):
        chosen = getattr(parameters, name)
        labels = codebook.labels("incidents", field)
        limits += [f"{name}: {write_list([labels[value] for value in chosen])}"] if chosen else []
    if parameters.publishers:
        limits.append(f"publishers: {write_list(list(parameters.publishers))}")
    if parameters.provinces:
        names = selection.archive.places.loc[list(parameters.provinces), "name_en"]
        limits.append(f"provinces: {write_list(list(names))}")
    if parameters.geo_precision != "country":
        limits.append(f"places known to the {parameters.geo_precision} or better")
    if parameters.as_of:
        limits.append(say("as-known", day=write_day(pd.Timestamp(parameters.as_of))))
    period = {"start": write_day(selection.start), "end": write_day(selection.end)}
    if limits:
        return say("subtitle-limited", limits="; ".join(limits), **period)
    return say("subtitle", **period)


def key_figures(selection: Selection) -> Html:
    """Show the numbers a reader looks for first, each with its uncertainty."""
    incidents = selection.incidents
    if incidents.empty:
        return Html(f'<p class="empty">{say("no-incident")}</p>')
    persons = count_persons(incidents)
    labels = selection.archive.codebook.labels("incidents", "action")
    acts = [
        {"act": sentence_case(labels[act]), "incidents": int(persons.incidents[act]), **_persons(persons.loc[act])}
        for act in KEY_ACTS
        if act in persons.index
    ]
    deaths = count_deaths(incidents)
    return Html(
        render(
            "key_figures.html.j2",
            total=len(incidents),
            acts=acts,
            deaths=say("deaths-figure", **deaths) if deaths["cases"] else "",
            notes=_notes(selection),
            say=say,
        )
    )


def write_findings(selection: Selection) -> list[str]:
    """Word what the selection shows, strongest first; empty if it is empty."""
    incidents = selection.incidents
    total = len(incidents)
    findings = []
    offences = count_values(incidents, "offences")
    if len(offences) >= 3:
        labels = selection.archive.codebook.labels("incidents", "offences")
        values = {}
        for rank, (name, count) in zip(("first", "second", "third"), offences.items()):
            values |= {rank: labels[name], f"{rank}count": int(count)}
        findings.append(say("finding-offences", total=total, **values))
    counts = count_places(incidents, selection.archive.places)
    counties = counts[counts["level"] == "county"].sort_values(
        ["incidents", "pcode"], ascending=[False, True]
    )
    if len(counties):
        named = [
            f"{place_name(selection.archive.places, row.pcode)} ({row.incidents})"
            for row in counties.head(3).itertuples()
        ]
        placed = int(counties["incidents"].sum())
        unplaced = int(counts.loc[counts["pcode"] == "KP", "incidents"].sum())
        findings.append(
            say(
                "finding-places",
                total=total,
                placed=placed,
                share=placed / total,
                places="; ".join(named),
                unplaced=unplaced,
            )
        )
    if total:
        source = count_grades(incidents, selection.links)["source"]
        findings.append(
            say(
                "finding-evidence",
                total=total,
                single=int(source["single source"]),
                share=float(source["single source"] / total),
                corroborated=int(source["corroborated"]),
            )
        )
    return findings


def findings(selection: Selection) -> Html:
    """Show the findings of a page."""
    return Html(render("findings.html.j2", findings=write_findings(selection)))


def coverage_banner(selection: Selection) -> Html:
    """Say until when, by whom and how thinly the archive is fed."""
    archive = selection.archive
    held = archive.sources["publisher"].value_counts()
    largest = write_list([f"{name} {count}" for name, count in held.head(4).items()])
    last = selection.last_covered
    half = pd.Period(pd.Timestamp(last.year, 1 if last.month <= 6 else 7, 1), freq="2Q")
    thin = count_articles(archive, pd.PeriodIndex([half])).to_numpy().sum()
    text = say(
        "coverage-banner",
        last=write_day(last),
        articles=len(archive.sources),
        publishers=publisher_group(archive.sources["publisher"]).nunique(),
        largest=largest,
        lasthalf=name_half_year(half),
        thin=round(float(thin)),
    )
    return Html(render("banner.html.j2", text=text))


def _persons(row: pd.Series) -> dict[str, str]:
    if not row["with_figure"]:
        return {"figure": say("persons-none"), "without": ""}
    numbers = {name: int(row[name]) for name in ("low", "best", "high", "open")}
    return {
        "figure": say("persons-figure", figures=int(row["with_figure"]), **numbers),
        "without": say(
            "persons-without", without=int(row["without_figure"]), cases=int(row["cases"])
        ),
    }


def _notes(selection: Selection) -> list[str]:
    notes = []
    share = share_inside(selection.incidents, selection.start, selection.end)
    if (share < 1).any():
        notes.append(
            say(
                "incidents-crossing",
                crossing=int((share < 1).sum()),
                certain=int((share == 1).sum()),
                expected=float(share.sum()),
            )
        )
    if len(selection.aggregates):
        notes.append(say("aggregates-apart", count=len(selection.aggregates)))
    if len(selection.possibly_known):
        notes.append(say("possibly-known", count=len(selection.possibly_known)))
    return notes
