"""Selection: the incidents that a page is about, and what it leaves out."""

from __future__ import annotations

import dataclasses
import functools
from pathlib import Path

import pandas as pd

from crackdown.counts import count_places
from crackdown.geometry import Geometry, check_geometry, load_geometry
from crackdown.incidents import Archive, known_as_of, load_archive, possibly_known
from crackdown.parameters import Parameters, check_parameters, find_folder
from crackdown.places import PRECISIONS, place_levels


@dataclasses.dataclass(frozen=True)
class Selection:
    """Incidents chosen by parameters, with the archive they come from.

    Attributes
    ----------
    parameters
        As checked; ``given`` are those that differ from "no limit".
    archive
        The whole archive (as known on ``parameters.as_of``).
    incidents
        The incidents selected and counted, in file order. An incident whose
        date interval reaches into the period is selected; the expected
        count says how much of it falls inside.
    aggregates
        Rows of the same selection that are totals over others: context
        only, never counted.
    start, end
        First and last day of the period: the parameters or, where they are
        empty, the first day of an incident and the last date covered.
    possibly_known
        Incidents that may have been public on ``as_of``; not selected.
    """

    parameters: Parameters
    archive: Archive
    incidents: pd.DataFrame
    aggregates: pd.DataFrame
    start: pd.Timestamp
    end: pd.Timestamp
    possibly_known: pd.Index

    @functools.cached_property
    def geometry(self) -> Geometry:
        """Boundaries of counties and provinces, read when first drawn."""
        geometry = load_geometry(find_folder(self.parameters.shapefiles))
        check_geometry(geometry, self.archive.places)
        return geometry

    @functools.cached_property
    def place_counts(self) -> pd.DataFrame:
        """Incidents by the smallest unit known to contain them; see `count_places`."""
        return count_places(self.incidents, self.archive.places)

    @functools.cached_property
    def links(self) -> pd.DataFrame:
        """Which article supports which selected incident, with the articles."""
        return self.links_of(self.incidents)

    def links_of(self, incidents: pd.DataFrame) -> pd.DataFrame:
        """Join some incidents to their articles, one row per pair."""
        links = self.archive.incident_sources
        chosen = links[links["incident_id"].isin(incidents.index)]
        return chosen.join(self.archive.sources, on="source_id", validate="many_to_one")

    @property
    def last_covered(self) -> pd.Timestamp:
        """The last publication date among all articles: what is later is unseen."""
        return last_covered(self.archive)


def select(**values: str) -> Selection:
    """Load the archive and choose the incidents that a page is about.

    Parameters
    ----------
    **values
        Fields of `Parameters`, as a notebook's parameters cell gives them.

    Raises
    ------
    UsageError
        For parameters that are unknown, mistyped or contradictory.
    DataError
        If the tables break the codebook.
    """
    parameters = check_parameters(values)
    archive = load_archive(find_folder(parameters.data))
    possibly = pd.Index([])
    if parameters.as_of:
        day = pd.Timestamp(parameters.as_of)
        possibly, archive = possibly_known(archive, day), known_as_of(archive, day)
    return narrow_selection(archive, parameters, possibly)


def narrow_selection(archive: Archive, parameters: Parameters, possibly: pd.Index) -> Selection:
    """Choose incidents of an archive that is already loaded."""
    frame = archive.incidents
    start = pd.Timestamp(parameters.start or frame["date_start"].min())
    end = pd.Timestamp(parameters.end or last_covered(archive))
    chosen = frame[_chosen(frame, archive, parameters) & _within(frame, start, end)]
    aggregate = chosen["is_aggregate"]
    return Selection(
        parameters, archive, chosen[~aggregate], chosen[aggregate], start, end, possibly
    )


def last_covered(archive: Archive) -> pd.Timestamp:
    """Find the first day of the newest publication date: what is later is unseen."""
    return archive.sources["published_start"].max()


def _within(frame: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp) -> pd.Series:
    return (frame["date_end"] >= start) & (frame["date_start"] <= end)


def _chosen(frame: pd.DataFrame, archive: Archive, parameters: Parameters) -> pd.Series:
    chosen = pd.Series(True, index=frame.index)
    for column in ("offences", "agencies"):
        wanted = set(getattr(parameters, column))
        if wanted:
            chosen &= frame[column].map(lambda named, wanted=wanted: bool(wanted & set(named)))
    if parameters.actions:
        chosen &= frame["action"].isin(parameters.actions)
    if parameters.provinces:
        chosen &= place_levels(frame)["province"].isin(parameters.provinces)
    if parameters.publishers:
        ids = archive.sources.index[archive.sources["publisher"].isin(parameters.publishers)]
        links = archive.incident_sources
        chosen &= frame.index.isin(links.loc[links["source_id"].isin(ids), "incident_id"])
    finest = PRECISIONS[: PRECISIONS.index(parameters.geo_precision) + 1]
    return chosen & frame["geo_precision"].isin(finest)
