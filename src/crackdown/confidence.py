"""Confidence: how the incidents behind a finding are sourced, dated and placed."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import numpy as np
import pandas as pd

from crackdown.counts import find_naming
from crackdown.coverage import publisher_group
from crackdown.links import TO_COUNTY, code_publisher, filter_rows, link_rows
from crackdown.places import COUNTRY, place_levels
from crackdown.selection import Selection
from crackdown.wording import say

#: What is told of each judgement: the filter that leaves the incidents so
#: graded, by the name of the number in its message.
JUDGEMENTS = {
    "source": {
        "corroborated": {"evidence": "corroborated"},
        "weak": {"evidence": "single source,not told"},
    },
    "date": {"day": {"dated": "day"}, "month": {"dated": "day,week,month"}},
    "place": {"county": {"precision": TO_COUNTY}, "none": {"place": COUNTRY}},
}


def judge_evidence(selection: Selection, rests: Mapping[str, str]) -> list[dict[str, str]]:
    """Word the evidence of some incidents of a selection: source, date and place apart.

    Grades are counted, never joined into one: a well-placed incident may
    rest on a single source.

    Parameters
    ----------
    selection
    rests
        The incidents, as values of `filter_rows`.

    Returns
    -------
    list of dict
        ``title`` and ``markup`` of how many incidents there are and of each
        judgement; every number leads to its rows.
    """
    chosen = choose_rows(selection, rests).to_numpy()
    counts = {"rests": {"count": {}}, **JUDGEMENTS}
    return [
        {
            "title": say(f"confidence-{judgement}"),
            "markup": say(
                f"confidence-{judgement}-told",
                **{
                    name: _link_count(chosen & _hold(selection, grade), rests, grade)
                    for name, grade in grades.items()
                },
            ),
        }
        for judgement, grades in counts.items()
    ]


def choose_rows(selection: Selection, values: Mapping[str, str]) -> pd.Series:
    """Choose incidents of a selection as the list of the page filters them.

    Parameters
    ----------
    selection
    values
        As for `filter_rows`: any of the keys that findings rest on.

    Returns
    -------
    Series of bool
        Index as the incidents.
    """
    frame = _code_rows(selection)
    chosen = pd.Series(True, frame.index)
    for key, listed in values.items():
        wanted = set(listed.split(","))
        if key == "offence":
            chosen &= find_naming(selection.incidents["offences"], wanted)
        elif key == "publisher":
            row, publisher, names = _find_publishers(selection)
            named = [number for number, name in enumerate(names) if code_publisher(name) in wanted]
            reported = np.zeros(len(frame), bool)
            reported[row[np.isin(publisher, named)]] = True
            chosen &= reported
        else:
            chosen &= frame[key].isin(wanted)
    return chosen


@functools.lru_cache(maxsize=4)
def _code_rows(selection: Selection) -> pd.DataFrame:
    """Put the codes that need no list beside each other, a column for each key."""
    incidents = selection.incidents
    return pd.DataFrame(
        {
            "act": incidents["action"],
            "dated": incidents["date_precision"],
            "precision": incidents["geo_precision"],
            "place": place_levels(incidents)["province"].replace("", COUNTRY),
            "evidence": selection.grades,
        },
        # By number: the findings choose rows again and again.
        dtype="category",
    )


@functools.lru_cache(maxsize=4)
def _find_publishers(selection: Selection) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Number the incident and the independent publisher of each pair, and name the publishers."""
    links = selection.links
    publisher, names = pd.factorize(publisher_group(links["publisher"]).to_numpy(object))
    return selection.incidents.index.get_indexer(links["incident_id"]), publisher, names


def _hold(selection: Selection, grade: Mapping[str, str]) -> np.ndarray:
    """Say which rows hold a grade; all hold none."""
    codes = _code_rows(selection)
    held = np.ones(len(codes), bool)
    for key, listed in grade.items():
        named = codes[key].array
        # The last is for what is in no category, whose code is -1.
        wanted = np.append(named.categories.isin(listed.split(",")), False)
        held &= wanted[named.codes]
    return held


def _link_count(held: np.ndarray, rests: Mapping[str, str], grade: Mapping[str, str]) -> str:
    """Count the rows of a grade and link the number to them."""
    count = np.count_nonzero(held)
    # A grade narrows what is rested on: "to the county" within "to the locality or county".
    return link_rows(f"{count:,}", filter_rows(**{**rests, **grade})) if count else "0"
