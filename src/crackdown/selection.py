"""Selection: the incidents that a page is about, and what it leaves out."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from crackdown.catalogue import speak
from crackdown.counts import count_periods, count_places, find_naming, spanning_periods
from crackdown.coverage import count_articles
from crackdown.errors import UsageError
from crackdown.evidence import FIRM_GRADES, grade_sources
from crackdown.files import find_folder
from crackdown.geometry import Geometry, check_geometry, load_geometry
from crackdown.hypertext import Html, render
from crackdown.incidents import Archive, closing_day, known_as_of, load_archive, possibly_known
from crackdown.memory import find_rows
from crackdown.parameters import Parameters, check_parameters
from crackdown.persons import count_persons
from crackdown.places import PRECISIONS, place_levels
from crackdown.shifts import Shifts, compare_periods, halve
from crackdown.wording import say


@dataclasses.dataclass(frozen=True, eq=False)
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
    as_of
        The day whose knowledge this is; None for all that is known.
    possibly_known
        Incidents that may have been public on ``as_of``; not selected.
    key
        That of the archive, where the incidents are its own as loaded.
    """

    parameters: Parameters
    archive: Archive
    incidents: pd.DataFrame
    aggregates: pd.DataFrame
    start: pd.Timestamp
    end: pd.Timestamp
    as_of: pd.Timestamp | None = None
    possibly_known: pd.Index = dataclasses.field(default_factory=lambda: pd.Index([]))
    # Not copied by `dataclasses.replace`: changed incidents are others.
    key: str = dataclasses.field(init=False, default="")

    @functools.cached_property
    def geometry(self) -> Geometry:
        """Boundaries of counties and provinces, read when first drawn."""
        geometry = load_geometry(find_folder(self.parameters.shapefiles))
        check_geometry(geometry, self.archive.places)
        return geometry

    @functools.cached_property
    def place_counts(self) -> pd.DataFrame:
        """Incidents by the smallest unit known to contain them; see `count_places`."""
        firm = self.grades.isin(FIRM_GRADES)
        return count_places(self.incidents, self.archive.places, firm=firm)

    @functools.cached_property
    def persons(self) -> pd.DataFrame:
        """Persons by kind of act; see `count_persons`."""
        return count_persons(self.incidents)

    @functools.cached_property
    def grades(self) -> pd.Series:
        """The grade of each incident's sources; see `grade_sources`."""
        return grade_sources(self.incidents, self.links)

    def spanned(self, freq: str) -> pd.PeriodIndex:
        """List the periods that the incidents span inside the selection's own period."""
        days = {
            "date_start": self.incidents["date_start"].clip(lower=self.start),
            "date_end": self.incidents["date_end"].clip(upper=self.end),
        }
        inside = pd.DataFrame(days, copy=False)
        return spanning_periods(inside, freq)

    @functools.cached_property
    def half_years(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Incidents and articles by the half-years that the incidents span; see `count_by`."""
        return self.count_by(self.spanned("2Q"))

    def count_by(self, periods: pd.PeriodIndex) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Count incidents and articles by periods; see `count_periods` and `count_articles`."""
        within = (self.start, self.end)
        return (
            count_periods(self.incidents, periods, within=within),
            count_articles(self.archive, periods, within=within),
        )

    @functools.cached_property
    def split(self) -> pd.Timestamp:
        """The first day of the later of the two periods that are compared."""
        if self.parameters.split:
            return pd.Timestamp(self.parameters.split)
        return halve(self.incidents)

    @functools.cached_property
    def shifts(self) -> Shifts | None:
        """The comparison of both periods; None where one of them is empty."""
        if pd.isna(self.split) or not self.start < self.split <= self.end:
            return None
        before = (self.start, self.split - pd.Timedelta(days=1))
        after = (self.split, self.end)
        return compare_periods(self.archive, self.incidents, before=before, after=after)

    @functools.cached_property
    def narrowed(self) -> Archive:
        """The archive with the selected incidents only, totals over others included."""
        incidents = self.archive.incidents.loc[
            self.archive.incidents.index.isin(self.incidents.index.union(self.aggregates.index))
        ]
        amounts = self.archive.amounts
        return dataclasses.replace(
            self.archive,
            incidents=incidents,
            amounts=amounts[amounts["incident_id"].isin(incidents.index)],
        )

    @functools.cached_property
    def links(self) -> pd.DataFrame:
        """Which article supports which selected incident, with publishers and dates of publication."""
        return self.links_of(self.incidents, ["publisher", "published_start", "published_end"])

    def links_of(self, incidents: pd.DataFrame, columns: Sequence[str] = ()) -> pd.DataFrame:
        """Join some incidents to their articles, or some columns of them, one row per pair."""
        links = self.archive.incident_sources
        chosen = links[find_rows(incidents.index, links["incident_id"]) >= 0]
        sources = self.archive.sources
        articles = (sources[list(columns)] if columns else sources).reindex(chosen["source_id"])
        return pd.concat([chosen, articles.set_axis(chosen.index)], axis=1)

    @property
    def last_covered(self) -> pd.Timestamp:
        """The newest publication date: what happened later is unseen."""
        return last_covered(self.archive, self.as_of)


def unless_empty(make: Callable[[Selection], Any]) -> Callable[[Selection], Any]:
    """Say in words that a selection is empty, in place of an empty table or list."""

    @functools.wraps(make)
    def wrapped(selection: Selection) -> Any:
        if selection.incidents.empty:
            return Html(render("empty.html.j2", text=say("no-incident")))
        return make(selection)

    return wrapped


def select(**values: str) -> Selection:
    """Load the archive and choose the incidents that a page is about; word the rest in its language.

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
    speak(parameters.lang)
    archive = load_archive(find_folder(parameters.data))
    day = pd.Timestamp(parameters.as_of) if parameters.as_of else closing_day(archive)
    if day >= closing_day(archive):
        return narrow_selection(archive, parameters)
    selection = narrow_selection(known_as_of(archive, day), parameters, as_of=day)
    whole = narrow_selection(archive, parameters).incidents.index
    return dataclasses.replace(
        selection, possibly_known=whole.intersection(possibly_known(archive, day))
    )


def narrow_selection(
    archive: Archive, parameters: Parameters, *, as_of: pd.Timestamp | None = None
) -> Selection:
    """Choose incidents of an archive that is already loaded.

    Raises
    ------
    UsageError
        If the period begins after the last day covered.
    """
    frame = archive.incidents
    end = pd.Timestamp(parameters.end or last_covered(archive, as_of))
    first = end if frame.empty else frame["date_start"].min()
    start = pd.Timestamp(parameters.start or first)
    if start > end:
        raise UsageError(
            f"start {start.date()} is later than the last day covered, {end.date()}. "
            "Choose an earlier start."
        )
    chosen = _chosen(frame, archive, parameters) & _within(frame, start, end)
    chosen, total = chosen.to_numpy(), frame["is_aggregate"].to_numpy()
    incidents, aggregates = frame[chosen & ~total], frame[chosen & total]
    selection = Selection(parameters, archive, incidents, aggregates, start, end, as_of=as_of)
    object.__setattr__(selection, "key", archive.key)
    return selection


def last_covered(archive: Archive, as_of: pd.Timestamp | None) -> pd.Timestamp:
    """Find the newest publication date, or the day of knowledge if nothing was known."""
    return as_of if archive.sources.empty else closing_day(archive)


def _within(frame: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp) -> pd.Series:
    return (frame["date_end"] >= start) & (frame["date_start"] <= end)


def _chosen(frame: pd.DataFrame, archive: Archive, parameters: Parameters) -> pd.Series:
    chosen = pd.Series(True, index=frame.index)
    for column in ("offences", "agencies"):
        wanted = getattr(parameters, column)
        if wanted:
            chosen &= find_naming(frame[column], wanted)
    if parameters.actions:
        chosen &= frame["action"].isin(parameters.actions)
    if parameters.provinces:
        chosen &= place_levels(frame)["province"].isin(parameters.provinces)
    if parameters.campaigns:
        chosen &= frame["campaign_id"].isin(parameters.campaigns)
    if parameters.publishers:
        ids = archive.sources.index[archive.sources["publisher"].isin(parameters.publishers)]
        links = archive.incident_sources
        chosen &= frame.index.isin(links.loc[links["source_id"].isin(ids), "incident_id"])
    finest = PRECISIONS[: PRECISIONS.index(parameters.geo_precision) + 1]
    return chosen & frame["geo_precision"].isin(finest)
