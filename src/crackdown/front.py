"""The front of a page: what it is about, what it finds, how it is covered, what is new."""

from __future__ import annotations

import pandas as pd

from crackdown.confidence import judge_evidence
from crackdown.corrections import list_touching
from crackdown.counts import share_inside
from crackdown.coverage import count_articles, publisher_group
from crackdown.findings import Finding
from crackdown.hypertext import Html, render, together
from crackdown.links import filter_rows
from crackdown.navigation import list_links, list_twins
from crackdown.news import list_news
from crackdown.persons import count_deaths
from crackdown.rows import find_listed, list_rows
from crackdown.selection import Selection, unless_empty
from crackdown.stress import Stress, try_findings
from crackdown.subtitle import write_subtitle
from crackdown.wording import label_values, name_half_year, say, sentence_case, write_day, write_list

#: Acts whose persons the key figures show.
KEY_ACTS = ("arrest", "trial", "punishment")

#: Findings that a page opens with; the others stand in its sections.
FIRST_FINDINGS = 3

#: Incidents that each part of the news names at most.
NEWEST = 20


def header(selection: Selection) -> Html:
    """Say what the page is about: period, limits, state of knowledge."""
    subtitle = write_subtitle(selection)
    about = {
        "subtitle": subtitle,
        "incidents": len(selection.incidents),
        "revision": selection.archive.revision,
        "last_covered": write_day(selection.last_covered),
        "findings": [finding.text for finding, _ in try_findings(selection)[:FIRST_FINDINGS]],
    }
    links = list_links(selection.parameters.links)
    twins = list_twins(selection.parameters.twins)
    about |= {"lang": selection.parameters.lang, "twins": twins}
    shown = {"subtitle": subtitle, "links": links, "twins": twins, "corrected": list_touching(selection)}
    return Html(render("header.html.j2", name=say("corrections"), **shown), about)


def at_a_glance(selection: Selection) -> Html:
    """Show what most pages open with: first findings, coverage, key figures, news."""
    pieces = (first_findings, coverage_banner, key_figures, whats_new)
    return together(*(show(selection) for show in pieces))


def first_findings(selection: Selection) -> Html:
    """Show the first findings of a page, each with its evidence and the readings it holds in."""
    return _show(selection, try_findings(selection)[:FIRST_FINDINGS])


def further_findings(selection: Selection) -> Html:
    """Show the findings that do not stand at the front."""
    return _show(selection, try_findings(selection)[FIRST_FINDINGS:])


def coverage_banner(selection: Selection) -> Html:
    """Say until when, by whom and how thinly the archive is fed."""
    archive = selection.archive
    if archive.sources.empty:
        return Html(render("empty.html.j2", text=say("no-article")))
    held = archive.sources["publisher"].value_counts()
    largest = write_list([say("publisher-count", name=name, count=str(n)) for name, n in held.head(4).items()])
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


@unless_empty
def key_figures(selection: Selection) -> Html:
    """Show the numbers a reader looks for first, each with its uncertainty."""
    incidents = selection.incidents
    persons = selection.persons
    labels = label_values(selection.archive.codebook, "incidents", "action")
    acts = [
        {
            "act": sentence_case(labels[act]),
            "filter": filter_rows(act=act),
            "incidents": int(persons.incidents[act]),
            **_persons(persons.loc[act]),
        }
        for act in KEY_ACTS
        if act in persons.index
    ]
    deaths = count_deaths(incidents)
    return Html(
        render(
            "key_figures.html.j2",
            total=len(incidents),
            acts=acts,
            deaths=deaths,
            notes=_notes(selection),
        )
    )


@unless_empty
def whats_new(selection: Selection) -> Html:
    """List what came in since a day: what has happened since, and earlier acts."""
    news = list_news(selection)
    groups = [
        {
            "id": name,
            "title": say(name, since=write_day(news.since)),
            "count": len(rows),
            "rows": list_rows(selection, rows, NEWEST),
            "left": say("new-left", count=max(len(rows) - NEWEST, 0)),
        }
        for name, rows in (("new-occurred", news.occurred), ("new-reported", news.reported))
    ]
    shown = {"groups": groups, "listed": find_listed(selection)}
    return Html(render("news.html.j2", **shown))


def _show(selection: Selection, findings: list[tuple[Finding, Stress]]) -> Html:
    if not findings:
        return Html("")
    rows = [
        {
            "message": finding.message,
            "markup": finding.markup,
            "stress": stress.write(),
            "confidence": judge_evidence(selection, finding.rests),
        }
        for finding, stress in findings
    ]
    return Html(render("findings.html.j2", findings=rows))


def _persons(row: pd.Series) -> dict[str, str]:
    if not row["with_figure"]:
        return {"figure": say("persons-none"), "without": ""}
    numbers = {name: int(row[name]) for name in ("low", "best", "high", "open")}
    exact = not numbers["open"] and numbers["low"] == numbers["high"]
    figure = (
        say("persons-exact", count=numbers["best"])
        if exact
        else say("persons-figure", figures=int(row["with_figure"]), **numbers)
    )
    return {
        "figure": figure,
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
