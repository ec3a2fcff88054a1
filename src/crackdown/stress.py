"""Stress: every finding of a page, tried on every other reading of the evidence."""

from __future__ import annotations

import dataclasses
import functools

from crackdown.catalogue import DEFAULT, present, speaking
from crackdown.files import keep
from crackdown.findings import Finding, list_findings
from crackdown.readings import list_readings, name_reading
from crackdown.selection import Selection
from crackdown.wording import say, write_list

#: Parameters that change no number of a page.
APART = {"data", "shapefiles", "lang", "links", "twins"}

#: How many readings that break a finding are named.
NAMED_BREAKS = 3


@dataclasses.dataclass(frozen=True)
class Stress:
    """How a finding fares under other readings: how many, and which break it.

    Those are kept by message and publisher, so that a page of another language
    need not try them again.
    """

    readings: int
    broken: tuple[tuple[str, str], ...]

    @property
    def breaks(self) -> tuple[str, ...]:
        """The names of the readings that break the finding."""
        return tuple(name_reading(*one) for one in self.broken)

    def write(self) -> str:
        """Word the result: holds in 41 of 48 readings, not without Daily NK."""
        kept = {"holds": self.readings - len(self.broken), "readings": self.readings}
        if not self.broken:
            return say("stress-all", **kept)
        named = write_list([*self.breaks[:NAMED_BREAKS]])
        more = len(self.broken) - NAMED_BREAKS
        return say("stress-breaks", breaks=named, more=max(more, 0), **kept)


@functools.lru_cache(maxsize=4)
def try_findings(selection: Selection) -> list[tuple[Finding, Stress]]:
    """Word the findings of a selection, each with how it fares on every reading.

    Kept in memory for the selections seen last, since a page shows its
    findings in more than one place, and on disk for the next run, since the
    readings take longer than all the rest of a page.
    """
    findings = list_findings(selection)
    inputs = [
        selection.archive.revision,
        selection.parameters.model_dump(mode="json", exclude=APART),
        _word_for_key(selection, findings),
    ]
    kept = keep(
        "stress",
        inputs,
        lambda: [dataclasses.asdict(stress) for stress in stress_findings(selection, findings)],
    )
    tried = [Stress(one["readings"], tuple(map(tuple, one["broken"]))) for one in kept]
    return list(zip(findings, tried, strict=True))


def _word_for_key(selection: Selection, findings: list[Finding]) -> list[str]:
    """Word findings in the tables' language, whatever that of the page."""
    if present().language != DEFAULT:
        with speaking(DEFAULT):
            findings = list_findings(selection)
    return [finding.text for finding in findings]


def stress_findings(selection: Selection, findings: list[Finding]) -> list[Stress]:
    """Try findings on every reading of the selection.

    Returns
    -------
    list of Stress
        One for each finding, in their order.
    """
    breaks: list[list[tuple[str, str]]] = [[] for _ in findings]
    readings = 0
    for reading in list_readings(selection):
        readings += 1
        for finding, broken in zip(findings, breaks, strict=True):
            if not finding.holds(reading.selection):
                broken.append((reading.message, reading.publisher))
        # A reading of a large table is to go before the next is made.
        del reading
    return [Stress(readings, tuple(broken)) for broken in breaks]
