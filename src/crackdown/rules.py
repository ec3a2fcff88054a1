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

from crackdown.codebook import Rule
from crackdown.csvfile import CsvFile
from crackdown.package import Package, Place, mark


@dataclass(frozen=True)
class Case:
    """
    One rule to be tested on one table.

    The methods answer for every row of the table: each works on the different
    values of a column and spreads what it found over the rows.
    """

    rule: Rule
    name: str
    package: Package

    @property
    def files(self) -> Mapping[str, CsvFile]:
        """The tables that can be read."""
        return self.package.files

    def applies(self) -> bool:
        """Say whether all columns that the rule reads are there, in this and other tables."""
        known = self.package.codebook.tables[self.name].fields
        own = [name for name in self.rule.fields if name in known]
        further = NEEDS.get(self.rule.id, {})
        return all(
            table in self.files and set(columns) <= self.files[table].columns.keys()
            for table, columns in [(self.name, own), *((name or self.name, c) for name, c in further.items())]
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

    def number(self, *places: Place) -> list[np.ndarray]:
        """Number identifiers alike in columns, rows that are not whole at the end."""
        return self.package.number(*places)

    def texts(self, field: str) -> list[str]:
        """Read a column."""
        return self.files[self.name].cells(field).texts()

    def extras(self, field: str, key: str) -> dict:
        """Map a column's allowed values to what the codebook says of them under a key."""
        categories = self.package.codebook.tables[self.name].fields[field].categories
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


# What a rule reads besides its own fields: columns of other tables, and under "" of its own.
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
    "names_resolve": {"": ("level", "parent_pcode", "name_en", "name_ko", "aliases")},
    "article_supports_incident": {"": ("incident_id",), "incident_sources": ("incident_id", "source_id")},
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
    level_of = _level_of(replace(case, name="places"))
    rows = np.zeros(len(case.files[case.name]), bool)
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
    rows = np.zeros(len(case.files[case.name]), bool)
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
    days = case.days(published)
    first, last = (last_day(case.rule.extra.get(name, other)) for name, other in (("minimum", "0001"), ("maximum", "9999")))
    return Breach(~((days >= first) & (days <= last)) & ~case.empty(published))


@rule("incident_has_primary_source")
def _primary_source(case: Case) -> Breach:
    pairs = replace(case, name="incident_sources")
    loose = [role != "corroborating" for role in pairs.files[pairs.name].loose["role"]]
    primary = np.append(~pairs.among("role", ("corroborating",)), np.array(loose, bool))
    (identifier,) = case.rule.fields
    own, supported = case.number((case.name, identifier), (pairs.name, "incident_id"))
    return Breach(~mark(supported[primary], among=own)[: len(case.files[case.name])])


@rule("act_before_report")
def _act_before_report(case: Case) -> Breach:
    days = replace(case, name="sources").days("published")
    count = len(case.files["incident_sources"])
    article, source = case.number(("incident_sources", "source_id"), ("sources", "source_id"))
    pair, own = case.number(("incident_sources", "incident_id"), ("incidents", "incident_id"))
    # An article without a date, or one that does not exist, leaves the latest unknown.
    published = np.full(max(article.max(initial=-1), source.max(initial=-1)) + 1, np.inf)
    published[source[: len(days)]] = np.nan_to_num(days, nan=np.inf)
    latest = np.full(max(pair.max(initial=-1), own.max(initial=-1)) + 1, -np.inf)
    np.maximum.at(latest, pair[:count], published[article[:count]])
    latest[np.isneginf(latest)] = np.inf
    first = case.days("date_start")
    return Breach(first > latest[own[: len(first)]])


@rule("case_joins_incidents")
def _case(case: Case) -> Breach:
    (identifier,) = case.rule.fields
    (numbers,) = case.number((case.name, identifier))
    lonely = np.bincount(numbers)[numbers] == 1
    return Breach(lonely[: len(case.files[case.name])] & ~case.empty(identifier))


@rule("aggregate_has_figure")
def _aggregate(case: Case) -> Breach:
    aggregate, best, households = case.rule.fields
    none = case.empty(best) & case.empty(households)
    return Breach(case.among(aggregate, ("true",)) & none)


@rule("opening_act_belongs")
def _opening_act(case: Case) -> Breach:
    incidents = replace(case, name="incidents")
    count, size = len(case.files[case.name]), len(incidents.files["incidents"])
    opening, acts = case.number((case.name, "opening_incident"), ("incidents", "incident_id"))
    drive, drives = case.number((case.name, "campaign_id"), ("incidents", "campaign_id"))
    row = np.full(max(opening.max(initial=-1), acts.max(initial=-1)) + 1, -1)
    row[acts[:size]] = np.arange(size)
    # An act that is not found is reported by itself; it has the row -1.
    row = row[opening[:count]]
    opens = np.append(incidents.among("action", case.rule.extra["actions"]), True)[row]
    belongs = np.append(drives[:size], -1)[row] == drive[:count]
    return Breach((row >= 0) & ~(belongs & opens))


@rule("article_supports_incident")
def _article(case: Case) -> Breach:
    file, pairs = case.files[case.name], case.files["incident_sources"]
    own, supported = case.number((case.name, "incident_id"), ("incident_sources", "incident_id"))
    own = own[: len(file)]
    # Only the pairs that are asked about: the other table may have a million.
    asked = mark(own, among=supported)
    articles = pairs.cells("source_id").take(np.flatnonzero(asked[: len(pairs)])).texts()
    loose = zip(asked[len(pairs) :].tolist(), pairs.loose["source_id"], strict=True)
    articles += [article for wanted, article in loose if wanted]
    known = set(zip(supported[asked].tolist(), articles, strict=True))
    coded = set(supported[asked].tolist())
    field = next(name for name in case.rule.fields if name in file.columns)
    broken = [
        incident in coded and any((incident, one) not in known for one in cell.split(";"))
        for incident, cell in zip(own.tolist(), case.texts(field), strict=True)
    ]
    return Breach(np.array(broken, bool), column=field)


@rule("place_under_parent")
def _parent(case: Case) -> Breach:
    parent, pcode, level = map(case.texts, case.rule.fields)
    level_of = _level_of(case)
    wanted = case.extras("level", "parent")
    fits = [
        (above == "" if wanted.get(kind) is None else level_of.get(above) == wanted[kind])
        and code.startswith(above)
        for above, code, kind in zip(parent, pcode, level, strict=True)
    ]
    return Breach(~np.array(fits, bool))


def _level_of(places: Case) -> dict[str, str]:
    return dict(zip(places.texts("pcode"), places.texts("level"), strict=True))


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
