"""Readings: other ways of reading the same evidence, to try each finding on."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pandas as pd

from crackdown.clusters import PUBLISHER_HOUSES
from crackdown.incidents import Archive, narrow
from crackdown.selection import Selection, narrow_selection
from crackdown.wording import say

#: What two coders wrote of one act and a reading can exchange.
CODED = ["date_start", "date_end", "pcode", "geo_precision", "action", "offences", "agencies"]


#: What findings read of the incidents of a reading, and what the readings are about.
TOLD = [
    *("date_start", "date_end", "date_basis", "pcode", "geo_precision", "action", "offences"),
    *("persons_best", "is_aggregate", "sourcing"),
]

#: What joins incidents, beside their articles: of those that are not chosen no more is read.
JOINED = ["case_id", "campaign_id"]

#: What findings, choosing incidents and the readings read of the largest tables: a
#: reading copies no more of them.
READ = {
    "incidents": [*TOLD, *JOINED, "agencies"],
    "sources": ["publisher", "published_start", "published_end"],
    "incident_sources": ["incident_id", "source_id"],
}


@dataclasses.dataclass(frozen=True)
class Reading:
    """One way of reading the evidence: the message that names it, the publisher left out, what it selects."""

    message: str
    publisher: str
    selection: Selection

    @property
    def name(self) -> str:
        """What the reading is called."""
        return name_reading(self.message, self.publisher)


def name_reading(message: str, publisher: str) -> str:
    """Name a reading in the language in use."""
    return say(message, publisher=publisher) if publisher else say(message)


def list_readings(selection: Selection) -> Iterator[Reading]:
    """Give every reading of a selection, one at a time.

    Each publisher with an article on a selected incident left out; only
    dates that an article states; only places known to the county; the other
    coder's row of every act that two coders coded; low and high figures of
    persons in place of the best; totals over other acts counted as well.
    """
    archive = dataclasses.replace(
        selection.archive,
        **{table: getattr(selection.archive, table)[columns] for table, columns in READ.items()},
    )
    houses = {outlet: house for outlet, house, _ in PUBLISHER_HOUSES}
    publisher = archive.sources["publisher"].replace(houses)
    for name in sorted(publisher[selection.links["source_id"].unique()].unique()):
        # Named by nothing here, so that it goes before the next is made.
        yield Reading(
            "reading-without",
            name,
            _again(selection, narrow(archive, sources=publisher != name)),
        )
    frame, persons = archive.incidents, selection.archive.incidents
    counties = frame["geo_precision"].isin(["locality", "county"])
    other_rows = {
        "reading-stated": lambda: frame[frame["date_basis"] == "stated"],
        "reading-county": lambda: frame[counties],
        "reading-other-coder": lambda: other_coder(archive),
        "reading-low": lambda: frame.assign(persons_best=persons["persons_low"]),
        "reading-high": lambda: frame.assign(
            persons_best=persons["persons_high"].fillna(persons["persons_best"])
        ),
        "reading-aggregates": lambda: frame.assign(is_aggregate=False),
    }
    for message, choose in other_rows.items():
        yield Reading(
            message, "", _again(selection, dataclasses.replace(archive, incidents=choose()))
        )


def other_coder(archive: Archive) -> pd.DataFrame:
    """Put the other coder's row in place of the reviewed one.

    Returns
    -------
    DataFrame
        The incidents, in their order. Of each act that two coders coded,
        the fields are those of the row that differs in more of them from
        the reviewed incident; an empty persons figure replaces one too.
    """
    frame = archive.incidents
    rows = archive.double_coded[archive.double_coded["incident_id"].isin(frame.index)]
    reviewed = frame.loc[rows["incident_id"], CODED].reset_index(drop=True)
    differs = (rows[CODED].reset_index(drop=True) != reviewed).sum(axis=1)
    other = (
        rows.assign(differs=differs.to_numpy())
        .sort_values(["differs", "coder"], ascending=[False, True], kind="stable")
        .drop_duplicates("incident_id")
        .set_index("incident_id")
    )
    changed = frame.copy()
    for column in (*CODED, "persons_best"):
        changed.loc[other.index, column] = other[column]
    return changed


def _again(selection: Selection, archive: Archive) -> Selection:
    """Select by the same parameters, over the same days, from another archive."""
    parameters = selection.parameters.model_copy(
        update={
            "start": selection.start.date(),
            "end": selection.end.date(),
            "split": selection.split.date(),
        }
    )
    again = narrow_selection(archive, parameters, as_of=selection.as_of)
    return dataclasses.replace(
        again,
        archive=dataclasses.replace(archive, incidents=archive.incidents[JOINED]),
        incidents=again.incidents[TOLD],
        aggregates=again.aggregates[TOLD],
    )
