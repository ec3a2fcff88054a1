"""Findings: the sentences of a page that a reader quotes.

A finding is worded only by a message of ``locale/en.ftl`` whose name begins
with ``finding-``: that list is all that a page may claim. Its ``holds`` says
whether the same sentence would stand if the evidence were read another way.
"""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from crackdown.comparisons import Comparison
from crackdown.counts import count_values
from crackdown.coverage import count_articles_between
from crackdown.links import KEY_OF_PROPERTY, TO_COUNTY, code_publisher, filter_rows, link_rows
from crackdown.places import COUNTRY, place_name
from crackdown.selection import Selection
from crackdown.shifts import Property, Shifts
from crackdown.wording import label_values, say, sentence_case, write_interval, write_list

#: Verdicts of independent publishers that make a claim.
AGREED = ("larger_share_in_every_publisher", "smaller_share_in_every_publisher")

@dataclasses.dataclass(frozen=True)
class Finding:
    """One sentence of a page.

    Attributes
    ----------
    message
        Its name in the list of permitted wordings.
    text
        The sentence.
    markup
        The sentence as HTML, its numbers linked to the rows behind them.
    holds
        Whether it would be printed, whatever its numbers, of another
        reading of the evidence.
    rests
        The incidents that it rests on, as values of `filter_rows`; empty
        for the whole selection.
    """

    message: str
    text: str
    markup: str
    holds: Callable[[Selection], bool]
    rests: Mapping[str, str] = dataclasses.field(default_factory=dict)


def list_findings(selection: Selection) -> list[Finding]:
    """Word what a selection shows, in the order in which a page says it."""
    if selection.incidents.empty:
        return []
    makers = (_composition, _offences, _places, _evidence, _alone, _rates)
    return [finding for maker in makers for finding in maker(selection)]


def name_property(selection: Selection, key: Property) -> str:
    """Name a property as it stands at the head of a sentence."""
    kind, value = key
    if kind == "province":
        return place_name(selection.archive.places, value)
    return sentence_case(label_values(selection.archive.codebook, "incidents", kind)[value])


def say_left_out(shifts: Shifts) -> list[str]:
    """Say how many publishers are not compared; nothing where none is left out."""
    if not shifts.left_out:
        return []
    return [say("shifts-left", compared=len(shifts.rates), left=shifts.left_out)]


def _finding(
    message: str,
    holds: Callable[[Selection], bool],
    rests: Mapping[str, str],
    *,
    table: str = "list",
    **values: Any,
) -> Finding:
    """Word a finding and link it to the table or list that its numbers come from."""
    text = say(message, **values)
    markup = f'{html.escape(text)} <a href="#{table}">{say("figures")}</a>.'
    return Finding(message, text, markup, holds, rests)


def rest_on(publishers: Iterable[str], key: Property | None = None) -> dict[str, str]:
    """Name the incidents of some publishers that have a property, as values of `filter_rows`."""
    held = {"publisher": ",".join(code_publisher(name) for name in publishers)}
    return held if key is None else {KEY_OF_PROPERTY[key[0]]: key[1], **held}


def _plain(number: str, query: str) -> str:
    """Take the place of `link_rows` where there is no page."""
    return number


def _composition(selection: Selection) -> list[Finding]:
    """Word the shifts that independent publishers agree on, or that there are none."""
    shifts = selection.shifts
    compared = _compared(shifts)
    if not compared:
        return [_finding("finding-too-few", lambda s: not _compared(s.shifts), {})]
    periods = _periods(shifts)
    found = [key for key in compared if shifts.agreements[key].verdict in AGREED]
    if not found:
        publishers = sorted({name for key in compared for name in shifts.agreements[key].compared})
        values = {"compared": len(compared), "publishers": write_list(publishers), **periods}
        return [_finding("finding-no-shift", _no_shift, rest_on(publishers), table="shifts", **values)]
    findings = []
    for key in sorted(found, key=lambda key: _strength(shifts.shares[key])):
        verdict = shifts.agreements[key].verdict
        message = "finding-larger-share" if verdict == AGREED[0] else "finding-smaller-share"
        told = [one for one in shifts.shares[key] if one.verdict != "too_few"]
        values = {
            "subject": name_property(selection, key),
            "figures": write_list([_share(one) for one in told]),
            **periods,
        }
        rests = rest_on((one.publisher for one in told), key)
        findings.append(_finding(message, _agrees(key, verdict), rests, table="shifts", **values))
    return findings


def _alone(selection: Selection) -> list[Finding]:
    """Word what changed clearly in one publisher, where publishers do not agree."""
    shifts = selection.shifts
    findings = []
    for key, comparisons in (shifts.alone if shifts else {}).items():
        if shifts.agreements[key].verdict in AGREED:
            continue
        for one in comparisons:
            if one.verdict in ("larger_share", "smaller_share"):
                message = f"finding-{one.verdict.replace('_', '-')}-alone"
                values = {
                    "publisher": one.publisher,
                    "subject": name_property(selection, key),
                    **_share_values(one),
                    **_periods(shifts),
                }
                rests = rest_on([one.publisher], key)
                findings.append(_finding(message, _stands(key, one), rests, table="shifts", **values))
    return findings


def _rates(selection: Selection) -> list[Finding]:
    """Word how much each publisher reported, beside how many of its articles are held."""
    shifts = selection.shifts
    findings = []
    for one in shifts.rates if shifts else []:
        if one.verdict not in ("more_reported", "fewer_reported"):
            continue
        message = f"finding-{one.verdict.replace('_', '-')}"
        articles = [
            count_articles_between(selection.archive, one.publisher, *period)
            for period in (shifts.before, shifts.after)
        ]
        values = {
            "publisher": one.publisher,
            "ratio": one.estimate,
            "low": one.low,
            "high": one.high,
            "articlesbefore": round(articles[0]),
            "articlesafter": round(articles[1]),
            **_periods(shifts),
        }
        rests = rest_on([one.publisher])
        findings.append(_finding(message, _rate_stands(one), rests, table="timeline", **values))
    return findings


def _offences(selection: Selection) -> list[Finding]:
    leading = _leading_offences(selection)
    if len(leading) < 3:
        return []
    labels = label_values(selection.archive.codebook, "incidents", "offences")
    total = len(selection.incidents)

    def word(count: Callable[[str, str], str], write: Callable[[str], str]) -> str:
        named = [
            _count_named(write(labels[name]), count(str(number), filter_rows(offence=name)))
            for name, number in leading.items()
        ]
        return say("finding-offences", offences=write_list(named), total=total)

    def holds(other: Selection) -> bool:
        return set(_leading_offences(other).index) == set(leading.index)

    rests = {"offence": ",".join(leading.index)}
    return [Finding("finding-offences", word(_plain, str), word(link_rows, html.escape), holds, rests)]


def _places(selection: Selection) -> list[Finding]:
    leading = _leading_counties(selection)
    if len(leading) < 3:
        return []
    counts = selection.place_counts
    total = len(selection.incidents)
    placed = int(counts.loc[counts["level"] == "county", "incidents"].sum())
    unplaced = int(counts.loc[counts["pcode"] == COUNTRY, "incidents"].sum())

    def word(count: Callable[[str, str], str], write: Callable[[str], str]) -> str:
        named = [
            _count_named(
                write(place_name(selection.archive.places, pcode)),
                count(str(number), filter_rows(place=pcode)),
            )
            for pcode, number in leading.items()
        ]
        values = {"placed": placed, "total": total, "share": placed / total, "unplaced": unplaced}
        return say("finding-places", places=say("parting").join(named), **values)

    def holds(other: Selection) -> bool:
        return set(_leading_counties(other).index) == set(leading.index)

    return [Finding("finding-places", word(_plain, str), word(link_rows, html.escape), holds, {"precision": TO_COUNTY})]


def _evidence(selection: Selection) -> list[Finding]:
    source = selection.grades.value_counts()
    total = len(selection.incidents)
    most = _mostly_single(selection)
    message = "finding-evidence-most" if most else "finding-evidence"
    values = {
        "single": int(source["single source"]),
        "total": total,
        "share": float(source["single source"] / total),
        "corroborated": int(source["corroborated"]),
    }
    return [_finding(message, lambda s: not s.incidents.empty and _mostly_single(s) == most, {}, **values)]


def _leading_offences(selection: Selection) -> pd.Series:
    """Count the three offences named most; without ties at the third place."""
    return _without_tie(count_values(selection.incidents, "offences"))


def _leading_counties(selection: Selection) -> pd.Series:
    """Count the three counties with most incidents; without ties at the third place."""
    counts = selection.place_counts
    counties = counts[counts["level"] == "county"].set_index("pcode")["incidents"]
    return _without_tie(counties.sort_values(ascending=False, kind="stable"))


def _without_tie(counts: pd.Series) -> pd.Series:
    """Keep the first three of falling counts, or fewer where the third is tied."""
    leading = counts.head(3)
    if len(counts) > 3 and counts.iloc[3] == counts.iloc[2]:
        return leading[leading > counts.iloc[3]]
    return leading


def _mostly_single(selection: Selection) -> bool:
    source = selection.grades.value_counts()
    return bool(source["single source"] > len(selection.incidents) / 2)


def _count_named(name: str, count: str) -> str:
    return say("named-count", name=name, count=count)


def _compared(shifts: Shifts | None) -> list[Property]:
    """List the properties that two or more publishers hold enough of."""
    if shifts is None:
        return []
    return [key for key, one in shifts.agreements.items() if one.verdict != "too_few"]


def _no_shift(selection: Selection) -> bool:
    compared = _compared(selection.shifts)
    return bool(compared) and not any(
        selection.shifts.agreements[key].verdict in AGREED for key in compared
    )


def _agrees(key: Property, verdict: str) -> Callable[[Selection], bool]:
    def holds(selection: Selection) -> bool:
        shifts = selection.shifts
        return bool(shifts) and key in shifts.agreements and shifts.agreements[key].verdict == verdict

    return holds


def _stands(key: Property, claim: Comparison) -> Callable[[Selection], bool]:
    def holds(selection: Selection) -> bool:
        shifts = selection.shifts
        return bool(shifts) and _same(shifts.alone.get(key, []), claim)

    return holds


def _rate_stands(claim: Comparison) -> Callable[[Selection], bool]:
    def holds(selection: Selection) -> bool:
        return bool(selection.shifts) and _same(selection.shifts.rates, claim)

    return holds


def _same(comparisons: list[Comparison], claim: Comparison) -> bool:
    return any(
        one.publisher == claim.publisher and one.verdict == claim.verdict for one in comparisons
    )


def _strength(comparisons: list[Comparison]) -> float:
    """Rank shifts by the second clearest publisher, which is what agreement rests on."""
    return sorted(min(one.p_larger, one.p_smaller) for one in comparisons)[1]


def _periods(shifts: Shifts) -> dict[str, str]:
    return {"before": write_interval(*shifts.before), "after": write_interval(*shifts.after)}


def _share_values(one: Comparison) -> dict[str, float]:
    return {
        "sharebefore": one.holders[0] / one.cells[0],
        "shareafter": one.holders[1] / one.cells[1],
        "low": one.low * 100,
        "high": one.high * 100,
    }


def _share(one: Comparison) -> str:
    return say("share-of-publisher", publisher=one.publisher, **_share_values(one))
