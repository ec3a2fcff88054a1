"""Corrections: told on the index and on every page that they touch, never in hindsight."""

import dataclasses

import pandas as pd
import pytest

from crackdown.catalogue import speaking
from crackdown.corrections import list_corrections, list_touching
from crackdown.front import header
from crackdown.incidents import known_as_of

HEAD = "correction_id,date,incident_id,edition,wrong,right,figures"
LINKS = "index.html Site;index.html#a Years;2023;year-2024.html 2024"


@pytest.fixture(scope="module")
def corrected(archive):
    """Return the real tables with three corrections."""
    rows = [
        ("x01", "2026-01-05", "i0001", "", "two <b>arrested</b>", "three arrested", "arrests 2 to 3"),
        ("x02", "2026-02-01", "", "2023", "5 deaths", "4 deaths", ""),
        ("x03", "2025-12-31", "i0002", "2024", "Hyesan", "Hoeryong", ""),
    ]
    frame = pd.DataFrame(rows, columns=HEAD.split(",")).set_index("correction_id")
    frame["date"] = pd.to_datetime(frame["date"])
    return dataclasses.replace(archive, corrections=frame)


def on(selection, corrected, ids, links=""):
    parameters = selection.parameters.model_copy(update={"links": links})
    incidents = selection.archive.incidents.loc[ids]
    return dataclasses.replace(selection, archive=corrected, incidents=incidents, parameters=parameters)


def test_all_corrections_are_told_the_newest_first(corrected):
    assert list_corrections(corrected) == [
        "1 February 2026, 2023: “5 deaths” was wrong, “4 deaths” is right.",
        "5 January 2026, i0001: “two <b>arrested</b>” was wrong, “three arrested” is right. "
        "Figures that changed: arrests 2 to 3.",
        "31 December 2025, 2024, i0002: “Hyesan” was wrong, “Hoeryong” is right.",
    ]


def test_a_page_tells_those_of_its_incidents_and_its_own(selection, corrected):
    told = {
        links: [text.split(": “")[0] for text in list_touching(on(selection, corrected, ["i0001"], links))]
        for links in ("", LINKS)
    }
    assert told == {"": ["5 January 2026, i0001"], LINKS: ["1 February 2026, 2023", "5 January 2026, i0001"]}
    assert list_touching(on(selection, corrected, ["i0003"])) == []


def test_the_head_of_a_page_shows_them_as_text(selection, corrected):
    assert "Corrections" not in header(selection).body
    shown = header(on(selection, corrected, ["i0001"])).body
    assert 'aria-label="Corrections"' in shown
    assert "two &lt;b&gt;arrested&lt;/b&gt;" in shown


def test_a_page_in_another_language_tells_the_same_and_marks_what_was_written(selection, corrected):
    links = "index.html 사이트;index.html#a 연도;2023년"
    there = on(selection, corrected, ["i0001"], links)
    twins = there.parameters.model_copy(update={"twins": "en ../year-2023.html 2023"})
    with speaking("ko"):
        told = list_touching(dataclasses.replace(there, parameters=twins))
        assert len(told) == 2 and '“<span lang="en">5 deaths</span>”' in told[0]
        assert '<span lang="en">two &lt;b&gt;arrested&lt;/b&gt;</span>' in told[1]


def test_nothing_is_corrected_before_it_was(corrected):
    known = known_as_of(corrected, pd.Timestamp("2026-01-31"))
    assert "x02" not in known.corrections.index
    past = known_as_of(corrected, pd.Timestamp("2019-12-31"))
    assert past.corrections.empty
