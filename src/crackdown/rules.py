"""Rules that concern several cells: how each rule of the codebook is tested.

The statement and the remedy of a rule stand in `datapackage.json`; here stands
only the test, under the rule's id. A test takes a table in its surroundings and
marks the rows that break the rule. A cell that is empty or not of its type
breaks none of these rules: it is reported by itself.
"""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from crackdown.codebook import Codebook, Rule
from crackdown.csvfile import CsvFile


@dataclass(frozen=True)
class Case:
    """
    One rule to be tested on one table.

    The methods answer for every row of the table: each works on the different
    values of a column and spreads what it found over the rows.
    """

    rule: Rule
    name: str
    files: Mapping[str, CsvFile]
    codebook: Codebook

    def applies(self) -> bool:
        """Say whether all columns that the rule reads are there, in this and other tables."""
        known = self.codebook.tables[self.name].fields
        wanted = {self.name: [name for name in self.rule.fields if name in known]}
        return all(
            table in self.files and set(columns) <= set(self.files[table].frame.columns)
            for table, columns in {**wanted, **NEEDS.get(self.rule.id, {})}.items()
        )

    def map(self, field: str, function: Callable, dtype: type = object) -> np.ndarray:
        """Apply a function to each different value of a column."""
        codes, values = self.files[self.name].values(field)
        found = np.empty(len(values), dtype)
        found[:] = [function(value) for value in values]
        return found[codes]

    def among(self, field: str, wanted: Container[str]) -> np.ndarray:
        """Mark the rows whose cell is one of the wanted values."""
        return self.map(field, lambda value: value in wanted, bool)

    def empty(self, field: str) -> np.ndarray:
        """Mark the rows whose cell is empty."""
        return self.files[self.name].empty(field)

    def days(self, field: str) -> np.ndarray:
        """Turn ISO days, possibly partial, into the number of the last day they may mean."""
        return self.map(field, last_day, float)

    def numbers(self, field: str) -> np.ndarray:
        """Turn figures into numbers; NaN where there is none."""
        return self.map(field, _number, float)

    def everything(self, field: str, table: str) -> np.ndarray:
        """Give a column of a table with the cells of the rows that are not whole."""
        file = self.files[table]
        return np.concatenate(
            [file.frame[field].to_numpy(object), file.loose[field].to_numpy(object)]
        )

    def row_of(
        self, key: str, field: str, table: str, *, asked: np.ndarray | None = None
    ) -> dict[str, str]:
        """Map the identifiers of another table, or those asked about, to one of its columns."""
        frame = self.files[table].frame
        if asked is not None:
            frame = frame[frame[key].isin(asked)]
        return dict(zip(frame[key].to_numpy(object), frame[field].to_numpy(object), strict=True))

    def extras(self, field: str, key: str) -> dict:
        """Map a column's allowed values to what the codebook says of them under a key."""
        categories = self.codebook.tables[self.name].fields[field].categories
        return {value: category.extra[key] for value, category in categories.items()}


@dataclass(frozen=True)
class Breach:
    """
    Rows that break a rule.

    `rows` is a mask over the table; `column` holds the cell to be blamed, the
    rule's first field if it is empty; `right` is the right value of each row if
    the rule tells it.
    """

    rows: np.ndarray
    column: str = ""
    right: np.ndarray | None = None


# Other tables that a rule reads, with the columns.
NEEDS: dict[str, dict[str, tuple[str, ...]]] = {
    "precision_of_place": {"places": ("pcode", "level")},
    "incident_has_primary_source": {"incident_sources": ("incident_id", "role")},
    "act_before_report": {
        "incident_sources": ("incident_id", "source_id"),
        "sources": ("source_id", "published"),
        "incidents": ("incident_id", "date_start"),
    },
    "opening_act_belongs": {
        "incidents": ("incident_id", "campaign_id", "action"),
        "campaigns": ("campaign_id", "opening_incident"),
    },
    "article_supports_incident": {"incident_sources": ("incident_id", "source_id")},
}

RULES: dict[str, Callable[[Case], Breach]] = {}


def rule(*ids: str) -> Callable:
    """Register a test under the ids of the rules that it tests."""

    def register(test: Callable[[Case], Breach]) -> Callable[[Case], Breach]:
        RULES.update(dict.fromkeys(ids, test))
        return test

    return register


def last_day(value: str) -> float:
    """Number the last day that 2021, 2021-03 or 2021-03-23 may mean; NaN if it is none."""
    year, _, rest = value.partition("-")
    try:
        if len(value) == 4:
            return date(int(year), 12, 31).toordinal()
        if len(value) == 7:
            first = date(int(year), int(rest), 1)
            return first.replace(day=monthrange(first.year, first.month)[1]).toordinal()
        return date.fromisoformat(value).toordinal()
    except ValueError:
        return math.nan


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return math.nan


@rule("dates_in_order")
def _dates(case: Case) -> Breach:
    first, last = case.rule.fields
    return Breach(case.days(first) > case.days(last), column=last)


@rule("persons_in_order", "terms_in_order", "amounts_in_order")
def _figures(case: Case) -> Breach:
    figures = [case.numbers(name) for name in case.rule.fields]
    rows = np.zeros(len(figures[0]), bool)
    for place, low in enumerate(figures):
        for high in figures[place + 1 :]:
            rows |= low > high
    return Breach(rows, column=case.rule.fields[1])


@rule("best_beside_bounds")
def _best(case: Case) -> Breach:
    best, low, high = (case.empty(name) for name in case.rule.fields)
    return Breach(best & ~(low & high))


@rule("precision_of_date")
def _precision_of_date(case: Case) -> Breach:
    precision, start, end = case.rule.fields
    length = case.days(end) - case.days(start) + 1
    longest = case.extras(precision, "max_days")
    values = np.array(list(longest), dtype=object)
    limits = np.array([limit or np.inf for limit in longest.values()])
    right = values[np.searchsorted(limits, np.nan_to_num(length, nan=1.0))]
    written = case.map(precision, str)
    return Breach((length >= 1) & (written != right), right=right)


@rule("precision_of_place")
def _precision_of_place(case: Case) -> Breach:
    precision, pcode = case.rule.fields
    level_of = case.row_of("pcode", "level", "places")
    rows = np.zeros(len(case.files[case.name].frame), bool)
    for value, levels in case.extras(precision, "levels").items():
        wrong = {place for place, level in level_of.items() if level not in levels}
        rows |= case.among(precision, (value,)) & case.among(pcode, wrong)
    return Breach(rows)


@rule("locality_named")
def _locality(case: Case) -> Breach:
    locality, precision = case.rule.fields
    return Breach(case.empty(locality) & case.among(precision, ("locality",)))


@rule("main_act_once")
def _main_act(case: Case) -> Breach:
    others, action = case.rule.fields
    rows = np.zeros(len(case.files[case.name].frame), bool)
    for value in case.files[case.name].values(action)[1]:
        repeated = case.map(others, lambda cell, value=value: value in cell.split(";"), bool)
        rows |= repeated & case.among(action, (value,)) & (value != "")
    return Breach(rows)


@rule("inferred_date_explained", "inferred_publication_explained")
def _explained(case: Case) -> Breach:
    note, basis = case.rule.fields
    return Breach(case.empty(note) & case.among(basis, ("inferred",)))


@rule("correction_placed")
def _correction_placed(case: Case) -> Breach:
    incident, edition = case.rule.fields
    return Breach(case.empty(incident) & case.empty(edition))


@rule("publication_known")
def _publication_known(case: Case) -> Breach:
    published, basis = case.rule.fields
    return Breach(case.empty(published) != case.among(basis, ("unknown",)))


@rule("publication_exists")
def _publication_exists(case: Case) -> Breach:
    (published,) = case.rule.fields
    return Breach(np.isnan(case.days(published)) & ~case.empty(published))


@rule("incident_has_primary_source")
def _primary_source(case: Case) -> Breach:
    primary = case.everything("role", "incident_sources") != "corroborating"
    supported = case.everything("incident_id", "incident_sources")[primary]
    (identifier,) = case.rule.fields
    return Breach(~case.files[case.name].frame[identifier].isin(supported).to_numpy())


@rule("act_before_report")
def _act_before_report(case: Case) -> Breach:
    pairs = case.files["incident_sources"].frame
    days = replace(case, name="sources").days("published")
    # An article without a date, or one that does not exist, leaves the latest unknown.
    day = _look_up(case.files["sources"].frame["source_id"], days, pairs["source_id"])
    incidents, names = case.files["incident_sources"].values("incident_id")
    latest = np.full(len(names), -np.inf)
    np.maximum.at(latest, incidents, np.nan_to_num(day, nan=np.inf))
    own = case.files["incidents"].frame["incident_id"]
    last = np.nan_to_num(_look_up(pd.Series(names), latest, own), nan=np.inf)
    return Breach(case.days("date_start") > last)


def _look_up(keys: pd.Series, values: np.ndarray, wanted: pd.Series) -> np.ndarray:
    """Find the value of each wanted key, the last of those that stand twice; NaN if none."""
    index = pd.Index(keys.to_numpy(object))
    if not index.is_unique:
        last = ~index.duplicated(keep="last")
        index, values = index[last], values[last]
    # What is not found has the place -1, which is that of the last value.
    return np.append(values, np.nan)[index.get_indexer(wanted.to_numpy(object))]


@rule("case_joins_incidents")
def _case(case: Case) -> Breach:
    (identifier,) = case.rule.fields
    known = pd.Series(case.everything(identifier, case.name), dtype=object)
    lonely = set(known[~known.duplicated(keep=False)]) - {""}
    return Breach(case.among(identifier, lonely))


@rule("aggregate_has_figure")
def _aggregate(case: Case) -> Breach:
    aggregate, best, households = case.rule.fields
    none = case.empty(best) & case.empty(households)
    return Breach(case.among(aggregate, ("true",)) & none)


@rule("opening_act_belongs")
def _opening_act(case: Case) -> Breach:
    opening = case.map("opening_incident", str)
    campaign_of = case.row_of("incident_id", "campaign_id", "incidents", asked=opening)
    action_of = case.row_of("incident_id", "action", "incidents", asked=opening)
    own = case.map("campaign_id", str)
    rows = [
        incident in action_of
        and (campaign_of[incident] != name or action_of[incident] not in case.rule.extra["actions"])
        for incident, name in zip(opening, own, strict=True)
    ]
    return Breach(np.array(rows, bool))


@rule("article_supports_incident")
def _article(case: Case) -> Breach:
    supported = case.everything("incident_id", "incident_sources")
    # Only the rows that are asked about: the other table may have a million.
    asked = pd.Series(supported).isin(case.files[case.name].values("incident_id")[1]).to_numpy()
    articles = case.everything("source_id", "incident_sources")[asked]
    known = set(zip(supported[asked], articles, strict=True))
    coded = set(supported[asked])
    field = next(name for name in case.rule.fields if name in case.files[case.name].frame)
    pairs = zip(case.map("incident_id", str), case.map(field, str), strict=True)
    broken = [
        incident in coded and any((incident, one) not in known for one in cell.split(";"))
        for incident, cell in pairs
    ]
    return Breach(np.array(broken, bool), column=field)


@rule("place_under_parent")
def _parent(case: Case) -> Breach:
    parent, pcode, level = (case.map(name, str) for name in case.rule.fields)
    level_of = case.row_of("pcode", "level", case.name)
    wanted = case.extras("level", "parent")
    fits = [
        (above == "" if wanted.get(kind) is None else level_of.get(above) == wanted[kind])
        and code.startswith(above)
        for above, code, kind in zip(parent, pcode, level, strict=True)
    ]
    return Breach(~np.array(fits, bool))


@rule("none_stands_alone")
def _none(case: Case) -> Breach:
    (borders,) = case.rule.fields
    return Breach(case.map(borders, lambda cell: ";" in cell and "none" in cell.split(";"), bool))


@rule("names_resolve")
def _names(case: Case) -> Breach:
    frame = case.files[case.name].frame
    scope = frame["level"] + "|" + frame["parent_pcode"] + "|"
    names = (frame["aliases"] + ";" + frame["name_en"] + ";" + frame["name_ko"]).str.split(";")
    spread = (scope.repeat(names.str.len()) + names.explode()).str.casefold()
    own = spread.groupby(level=0).agg(set).explode()
    twice = own[own.duplicated(keep=False)]
    return Breach(frame.index.isin(twice.index))
