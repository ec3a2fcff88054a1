"""Tables of evidence: what the incidents rest on, and how far coders agree."""

from __future__ import annotations

import pandas as pd

from crackdown.agreement import agreement_by_variable, interval_agreement, unitising_agreement
from crackdown.coverage import OTHERS, count_articles, undated_articles
from crackdown.evidence import DATE_GRADES, SOURCE_GRADES, count_grades, publication_lag
from crackdown.hypertext import Html, render
from crackdown.links import filter_rows
from crackdown.selection import Selection, unless_empty
from crackdown.table import Table
from crackdown.wording import label_values, say, say_code


@unless_empty
def table_articles(selection: Selection) -> Table:
    """Tabulate the articles held by outlet and year of publication."""
    dated = selection.archive.sources["published_start"].dropna()
    years = pd.period_range(dated.min(), selection.last_covered, freq="Y")
    counts = count_articles(selection.archive, years)
    frame = counts.astype(float).T
    frame.columns = [str(year) for year in years]
    frame = frame.mask(frame == 0)
    frame[say("head-all-years")] = counts.sum()
    frame = frame.rename({OTHERS: say("others")})
    frame.loc[say("all")] = frame.sum()
    return Table(
        frame.rename_axis(say("head-outlet")),
        key="articles",
        caption=say("caption-articles"),
        note=say("note-articles", undated=undated_articles(selection.archive)),
        formats=dict.fromkeys(frame.columns, "{:,.0f}"),
        missing="·",
    )


@unless_empty
def table_evidence(selection: Selection) -> Table:
    """Tabulate incidents by what is known of source, date and place, apart."""
    grades = count_grades(selection.incidents, selection.grades)
    places = label_values(selection.archive.codebook, "incidents", "geo_precision")
    keys = {"source": "evidence", "date": "dated", "place": "precision"}
    rows, links = [], []
    words = {
        "source": {grade: f"{say_code('grade-', grade)}: {say_code('means-', grade)}" for grade in SOURCE_GRADES},
        "date": {grade: say_code("dated-", grade) for grade in DATE_GRADES},
        "place": places,
    }
    for judgement, reads in words.items():
        for grade, count in grades[judgement].items():
            links.append(filter_rows(**{keys[judgement]: grade}))
            part = count / max(len(selection.incidents), 1)
            rows.append((say(f"confidence-{judgement}"), reads[grade], int(count), part))
    judgement, incidents, share = say("head-judgement"), say("incidents"), say("head-share")
    frame = pd.DataFrame(rows, columns=[judgement, say("head-how"), incidents, share])
    return Table(
        frame.set_index(judgement),
        key="evidence",
        caption=say("caption-evidence"),
        note=say("note-evidence", **_lag(selection)),
        formats={share: "{:.0%}"},
        links={incidents: links, share: links},
    )


def table_agreement(selection: Selection) -> Table | Html:
    """Tabulate Krippendorff's alpha for each coded variable and value."""
    rows = agreement_by_variable(selection.archive.double_coded)
    if rows.empty:
        return Html(render("empty.html.j2", text=say("no-agreement")))
    codebook = selection.archive.codebook
    interval = interval_agreement(selection.archive.double_coded)
    alpha, low, high = (say(f"head-{name}") for name in ("alpha", "low", "high"))
    frame = pd.DataFrame(
        {
            say("head-value"): [_value(codebook, row.variable, row.value) for row in rows.itertuples()],
            say("head-units"): rows["units"],
            say("head-naming"): rows["units_naming"],
            alpha: rows["alpha"],
            low: rows["low"],
            high: rows["high"],
            say("head-note"): rows["note"],
        }
    )
    variables = [say_code("variable-", name) for name in rows["variable"]]
    frame.index = pd.Index(variables, name=say("head-variable"))
    return Table(
        frame,
        key="agreement",
        caption=say("caption-agreement"),
        note=say("note-agreement", **interval),
        formats=dict.fromkeys((alpha, low, high), "{:.2f}"),
    )


def agreement_on_incidents(selection: Selection) -> Html:
    """Say how far coders agree on what counts as an incident."""
    found = unitising_agreement(selection.archive.raw_codings)
    if not found["coder_pairs"]:
        return Html(render("empty.html.j2", text=say("no-agreement")))
    return Html(render("paragraph.html.j2", text=say("unitising", **found)))


def _value(codebook, variable: str, value: str) -> str:
    """Label a value of a list variable."""
    if not value:
        return ""
    return label_values(codebook, "incidents", variable).get(value, value)


def _lag(selection: Selection) -> dict[str, int]:
    lag = publication_lag(selection.incidents, selection.links)["lag_days"]
    return {"dated": len(lag), "median": int(lag.median()) if len(lag) else 0}
