"""Checking: the coded tables held against the codebook, every fault in one run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from crackdown.codebook import Codebook, Field, Table, load_codebook
from crackdown.csvfile import MOST_LISTED, REPLACEMENT, SAVE_AS, CsvFile, load_csv
from crackdown.errors import DataError, Problem, nearest_value, shown
from crackdown.rules import RULES, Case

MOST_ALLOWED = 20  # values that are listed in a message; the nearest is always named

TYPES = {
    "integer": (re.compile(r"[+-]?\d+"), "is not a whole number", "Write digits only."),
    "number": (re.compile(r"[+-]?\d+(\.\d+)?"), "is not a number", "Write digits and a point."),
    "date": (re.compile(r"\d{4}-\d\d-\d\d"), "is not a date", "Write it as YYYY-MM-DD."),
}


def check_tables(data_dir: str | Path) -> dict[str, pd.DataFrame]:
    """
    Read all tables of a data folder and hold them against its codebook.

    Parameters
    ----------
    data_dir
        Folder with `datapackage.json` and the tables; problems name the files as
        this folder is given.

    Returns
    -------
    One frame a table, by name, in the codebook's order: columns and rows as in
    the file, all cells text (dtype str), an empty text where nothing is reported.

    Raises
    ------
    DataError
        With all problems of all tables. At most 20 of one kind in one column are
        listed; the count is exact.
    """
    codebook = load_codebook(data_dir)
    files, problems = load_tables(Path(data_dir), codebook)
    for name, file in files.items():
        table = codebook.tables[name]
        found, faulty = _check_cells(table, files, codebook)
        problems += [*found, *_check_key(table, file)]
        problems += _check_rules(table, files, codebook, faulty=faulty)
    if problems:
        order = {(Path(data_dir) / table.path).as_posix(): place
                 for place, table in enumerate(codebook.tables.values())}
        raise DataError(sorted(problems, key=lambda one: (order[one.file], one.line or 0)))
    return {name: file.frame for name, file in files.items()}


def load_tables(data_dir: Path, codebook: Codebook) -> tuple[dict[str, CsvFile], list[Problem]]:
    """
    Read all tables of a data folder, whatever stands in their cells.

    Returns
    -------
    The files that can be read as tables, by name, and the problems of their form.
    """
    files: dict[str, CsvFile] = {}
    problems: list[Problem] = []
    for name, table in codebook.tables.items():
        file, found = load_csv(data_dir / table.path, list(table.fields))
        problems += found
        if file is not None:
            files[name] = file
    return files, problems


@dataclass(frozen=True)
class Fault:
    """What is wrong with one value: the test it failed, and the part that is wrong."""

    kind: str
    part: str


def _check_cells(
    table: Table, files: dict[str, CsvFile], codebook: Codebook
) -> tuple[list[Problem], dict[str, np.ndarray]]:
    """
    Check each cell by itself: once for each different value of a column.

    Returns
    -------
    The problems, and by column a mask of the rows whose cell is faulty.
    """
    file = files[table.name]
    problems: list[Problem] = []
    faulty: dict[str, np.ndarray] = {}
    for name in file.frame.columns:
        field = table.fields[name]
        known = _known_values(field, files)
        accept = None if file.damaged else _plain_test(field, known)
        if accept is _anything and not (field.required and file.empty(name).any()):
            continue
        if accept is not None and file.fits(name, accept):
            continue
        codes, values = file.values(name)
        find = _tests(field, known, damaged=file.damaged)
        by_kind: dict[str, list[tuple[int, str]]] = {}
        for code, value in enumerate(values):
            if accept is not None and value and accept(value):
                continue
            for fault in find(value):
                by_kind.setdefault(fault.kind, []).append((code, fault.part))
        for kind, faults in by_kind.items():
            describe = _describer(field, kind, files, codebook)
            problems += _listed(file, codes, faults, name, describe)
        bad = {code for faults in by_kind.values() for code, _ in faults}
        if bad:
            faulty[name] = np.isin(codes, list(bad))
    return problems, faulty


def _listed(
    file: CsvFile,
    codes: np.ndarray,
    faults: list[tuple[int, str]],
    column: str,
    describe: Callable[[str], Problem],
) -> list[Problem]:
    """List the first rows that hold one of the faulty values; the last counts the rest."""
    parts: dict[int, list[str]] = {}
    for code, part in faults:
        parts.setdefault(code, []).append(part)
    rows = np.flatnonzero(np.isin(codes, list(parts)))
    total = sum(len(parts[code]) for code in codes[rows])
    problems: list[Problem] = []
    for row in rows[:MOST_LISTED]:
        for part in parts[codes[row]]:
            problems.append(replace(
                describe(part), file=file.path, line=int(file.lines[row]), column=column
            ))
    problems = problems[:MOST_LISTED]
    problems[-1] = replace(problems[-1], more=total - len(problems))
    return problems


def _known_values(field: Field, files: dict[str, CsvFile]) -> set[str] | None:
    """Collect what a column refers to; None if it refers to nothing that can be read."""
    if field.references is None:
        return None
    table, column = field.references
    if table not in files or column not in files[table].frame:
        return None
    return files[table].known(column)


def _tests(
    field: Field, known: set[str] | None, *, damaged: bool
) -> Callable[[str], Iterable[Fault]]:
    """Build the function that finds the faults of one value of a column."""
    single = _value_test(field, known)
    missing = [Fault("required", "")] if field.required else []

    def find(value: str) -> Iterable[Fault]:
        if value == "":
            return missing
        if damaged and REPLACEMENT in value:
            return [Fault("encoding", value)]
        if not field.is_list:
            kind = single(value)
            return [Fault(kind, value)] if kind else []
        parts = value.split(";")
        faults = [Fault(kind, part) for part in dict.fromkeys(parts) if (kind := single(part))]
        repeated = [part for part in dict.fromkeys(parts) if parts.count(part) > 1]
        return faults + [Fault("repeated", part) for part in repeated]

    return find


def _plain_test(field: Field, known: set[str] | None) -> Callable[[str], Any] | None:
    """
    Build a quick test for columns in which nearly every value is another.

    Returns
    -------
    A function that is true of values that `_tests` finds nothing wrong with; of
    others it may say either. None if there is none quicker than `_tests`.
    """
    limits = field.constraints
    if field.is_list or field.categories or field.type != "string":
        return None
    if known is not None:
        return known.__contains__
    if "pattern" in limits:
        return None if "maxLength" in limits else re.compile(limits["pattern"]).fullmatch
    if "maxLength" in limits:
        longest = limits["maxLength"]
        return lambda value: len(value) <= longest
    return _anything


def _anything(value: str) -> bool:
    return True


def _value_test(field: Field, known: set[str] | None) -> Callable[[str], str | None]:
    """Build the function that names the test which one value (of a list) fails."""
    limits = field.constraints
    pattern = re.compile(limits["pattern"]) if "pattern" in limits and not field.is_list else None
    form = TYPES[field.type][0] if field.type in TYPES else None
    words = {*field.true_values, *field.false_values} if field.type == "boolean" else None

    def test(value: str) -> str | None:
        if value == "" and field.is_list:
            return "gap"
        if field.categories:
            return None if value in field.categories else "vocabulary"
        if known is not None:
            return None if value in known else "reference"
        if words is not None:
            return None if value in limits.get("enum", words) else "vocabulary"
        if pattern is not None and not pattern.fullmatch(value):
            return "pattern"
        if form is not None and not (form.fullmatch(value) and value.isascii()):
            return "type"
        if field.type == "date":
            return None if _is_day(value) else "day"
        if "maxLength" in limits and len(value) > limits["maxLength"]:
            return "length"
        if "minimum" in limits and float(value) < limits["minimum"]:
            return "minimum"
        if "maximum" in limits and float(value) > limits["maximum"]:
            return "maximum"
        return None

    return test


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _describer(
    field: Field, kind: str, files: dict[str, CsvFile], codebook: Codebook
) -> Callable[[str], Problem]:
    """Build the function that says of a value what is wrong, allowed and to be done."""
    limits = field.constraints
    if kind == "reference":
        return _reference_describer(field, files, codebook)
    if kind == "vocabulary":
        words = limits.get("enum", [*field.true_values, *field.false_values])
        allowed = list(field.categories) or list(words)
        return lambda value: _vocabulary_problem(field, value, allowed)
    empty = "or leave the cell empty"
    message, remedy = {
        "required": ("the cell is empty", f"Fill it in: {field.description}."),
        "encoding": ("holds bytes that are not UTF-8", SAVE_AS),
        "gap": ("the list has an empty part", "Separate values by one ; without spaces."),
        "repeated": ("stands twice in the list", "Remove one of the two."),
        "pattern": ("is not in the form of this column", f"It is: {field.description}."),
        "day": ("is not a day of the calendar", "Correct the date."),
        "length": (f"is longer than {limits.get('maxLength')} characters", "Shorten it."),
        "minimum": (f"is below {limits.get('minimum')}", f"Correct the figure, {empty}."),
        "maximum": (f"is above {limits.get('maximum')}", f"Correct the figure, {empty}."),
        "type": TYPES.get(field.type, ("", "", ""))[1:],
    }[kind]
    hidden = kind in ("required", "gap")
    return lambda value: Problem(
        file="", value=None if hidden else value, message=message, remedy=remedy
    )


def _vocabulary_problem(field: Field, value: str, allowed: list[str]) -> Problem:
    nearest = nearest_value(value, allowed)
    category = field.categories.get(nearest) if nearest else None
    optional = "" if field.required else ", or leave it empty"
    return Problem(
        file="", value=value, message="is not allowed here",
        allowed=allowed if len(allowed) <= MOST_ALLOWED else (),
        nearest=nearest, nearest_label=category.label if category else "",
        remedy=f"Correct the cell{optional}.",
    )


def _reference_describer(
    field: Field, files: dict[str, CsvFile], codebook: Codebook
) -> Callable[[str], Problem]:
    name, column = field.references
    table, file = codebook.tables[name], files[name]
    frame = file.frame
    labels: dict[str, str] = {}
    if table.label_field in frame:
        labels = dict(zip(frame[column], frame[table.label_field], strict=True))
    names = {label: key for key, label in labels.items()}
    if "aliases" in frame:
        for key, aliases in zip(frame[column], frame["aliases"], strict=True):
            names.update({alias: key for alias in aliases.split(";") if alias not in names})
    article = "an" if table.singular[0] in "aeiou" else "a"

    def describe(value: str) -> Problem:
        nearest = nearest_value(value, frame[column])
        if nearest is None:
            # Coders type names: the nearest name leads to the key.
            nearest = names.get(nearest_value(value, names) or "")
        return Problem(
            file="", value=value, message=f"is not {article} {table.singular}",
            nearest=nearest, nearest_label=labels.get(nearest or "", ""),
            remedy=f"Correct the cell, or add the {table.singular} to {file.path}.",
        )

    return describe


def _check_key(table: Table, file: CsvFile) -> Iterable[Problem]:
    """Check that keys and columns marked as unique hold nothing twice."""
    unique = [(name,) for name, field in table.fields.items() if field.constraints.get("unique")]
    for key in filter(None, [table.key, *unique]):
        if not set(key) <= set(file.frame.columns):
            continue
        cells = file.frame[list(key)]
        rows = np.flatnonzero(cells.duplicated() & (cells != "").all(axis=1))
        for row in rows[:MOST_LISTED]:
            values = tuple(cells.iloc[row])
            first = int((cells == list(values)).all(axis=1).to_numpy().argmax())
            last = row == rows[:MOST_LISTED][-1]
            yield Problem(
                file=file.path, line=int(file.lines[row]), column=", ".join(key),
                value=", ".join(values),
                message=f"stands already on line {file.lines[first]}",
                remedy="Remove one of the two rows, or give one another value.",
                more=max(len(rows) - MOST_LISTED, 0) if last else 0,
            )


def _check_rules(
    table: Table,
    files: dict[str, CsvFile],
    codebook: Codebook,
    *,
    faulty: dict[str, np.ndarray],
) -> Iterable[Problem]:
    """
    Check the rules of the codebook that concern several cells.

    A row of which one of these cells is faulty by itself is left out: it would
    be reported twice for one mistake.
    """
    file = files[table.name]
    for rule in codebook.rules.values():
        case = Case(rule, table.name, files, codebook)
        if table.name not in rule.tables or not case.applies():
            continue
        breach = RULES[rule.id](case)
        broken = breach.rows.copy()
        for name in rule.fields:
            if name in faulty:
                broken &= ~faulty[name]
        rows = np.flatnonzero(broken)
        column = breach.column or rule.fields[0]
        others = [name for name in rule.fields if name != column and name in file.frame]
        for row in rows[:MOST_LISTED]:
            cells = file.frame.iloc[row]
            beside = "".join(f"; {name} is {shown(cells[name])}" for name in others)
            last = row == rows[:MOST_LISTED][-1]
            yield Problem(
                file=file.path, line=int(file.lines[row]), column=column, value=cells[column],
                message=f"breaks the rule that {rule.statement}{beside}",
                nearest=None if breach.right is None else breach.right[row],
                remedy=rule.remedy,
                more=max(len(rows) - MOST_LISTED, 0) if last else 0,
            )
