"""Checking: the coded tables held against the codebook, every fault in one run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from crackdown.cells import Cells
from crackdown.codebook import Codebook, Field, Table, load_codebook
from crackdown.csvfile import MOST_LISTED, CsvFile, load_csv
from crackdown.errors import DataError, Problem, shown
from crackdown.faults import build_description, build_test
from crackdown.package import Package
from crackdown.rules import RULES, Case

#: Patterns of plain characters, digits and what is no white space.
PLAIN = re.compile(r"(?:\\[dS]|\[0-9\]|[\w/:;,(){}|?+*-])*", re.ASCII)


@dataclass(frozen=True)
class Tables(Mapping[str, pd.DataFrame]):
    """Frames of text by table, each made when it is first asked for from its file in `files`."""

    files: Mapping[str, CsvFile]

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.files[name].frame

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


def check_tables(data_dir: str | Path) -> Tables:
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
    package = Package(files, codebook)
    for name in files:
        table = codebook.tables[name]
        found, faulty = _check_cells(table, package)
        problems += [*found, *_check_key(table, package)]
        problems += _check_rules(table, package, faulty=faulty)
    if problems:
        order = {(Path(data_dir) / table.path).as_posix(): place
                 for place, table in enumerate(codebook.tables.values())}
        raise DataError(sorted(problems, key=lambda one: (order[one.file], one.line or 0)))
    return Tables(files)


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


def _check_cells(
    table: Table, package: Package
) -> tuple[list[Problem], dict[str, np.ndarray]]:
    """
    Check each cell by itself: once for each different value of a column.

    Returns
    -------
    The problems, and by column a mask of the rows whose cell is faulty.
    """
    file = package.files[table.name]
    problems: list[Problem] = []
    faulty: dict[str, np.ndarray] = {}
    for name in file.columns:
        field = table.fields[name]
        unknown = _find_unknown(table, field, package)
        if not file.damaged and _passes(field, file.cells(name), unknown):
            continue
        codes, values = file.values(name)
        find = build_test(field, unknown, damaged=file.damaged)
        by_kind: dict[str, list[tuple[int, str]]] = {}
        for code, value in enumerate(values):
            for fault in find(value):
                by_kind.setdefault(fault.kind, []).append((code, fault.part))
        for kind, faults in by_kind.items():
            describe = build_description(field, kind, package)
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


def _find_unknown(table: Table, field: Field, package: Package) -> set[str] | None:
    """
    Collect the values that are not found in what a column refers to.

    Returns
    -------
    For a list, the parts of it; None if the column refers to nothing that can be read.
    """
    target = field.references
    if target is None or target[0] not in package.files:
        return None
    if target[1] not in package.files[target[0]].columns:
        return None
    file = package.files[table.name]
    if field.is_list:
        parts = {part for value in file.values(field.name)[1] for part in value.split(";")}
        return package.list_unknown(parts, target)
    wrong = package.find_unknown((table.name, field.name), target)
    return set(file.cells(field.name).take(np.flatnonzero(wrong)).texts()) - {""}


def _passes(field: Field, cells: Cells, unknown: set[str] | None) -> bool:
    """
    Say at once that nothing is wrong with a column in which nearly every value is another.

    It may say False of a good column, never True of a bad one.
    """
    limits = field.constraints
    if field.is_list or field.categories or field.type != "string":
        return False
    empty = bool((cells.sizes == 0).any())
    if empty and field.required:
        return False
    if unknown is not None:
        return not unknown
    if "pattern" in limits:
        return not empty and "maxLength" not in limits and _fit(cells.texts(), limits["pattern"])
    longest = limits.get("maxLength", np.inf)
    # A character takes one byte or more.
    long = cells.take(np.flatnonzero(cells.sizes > longest))
    return all(len(text) <= longest for text in long.texts())


def _fit(texts: list[str], pattern: str) -> bool:
    """Say whether a pattern fits all texts; where it cannot fit a line end, by one search."""
    joined = "\n".join([*texts, ""])
    if PLAIN.fullmatch(pattern) and joined.count("\n") == len(texts):
        return re.fullmatch(f"(?:(?:{pattern})\n)*+", joined) is not None
    return all(map(re.compile(pattern).fullmatch, texts))


def _check_key(table: Table, package: Package) -> Iterable[Problem]:
    """Check that keys and columns marked as unique hold nothing twice."""
    file = package.files[table.name]
    unique = [(name,) for name, field in table.fields.items() if field.constraints.get("unique")]
    for key in filter(None, [table.key, *unique]):
        if not set(key) <= file.columns.keys():
            continue
        numbers = np.zeros(len(file), np.int64)
        full = np.ones(len(file), bool)
        for name in key:
            cells = package.number((table.name, name))[0][: len(file)]
            numbers = pd.factorize(numbers * (cells.max(initial=0) + 1) + cells)[0]
            full &= ~file.empty(name)
        firsts = np.empty(numbers.max(initial=-1) + 1, np.int64)
        firsts[numbers[::-1]] = np.arange(len(file))[::-1]
        rows = np.flatnonzero((firsts[numbers] != np.arange(len(file))) & full)
        for row in rows[:MOST_LISTED]:
            last = row == rows[:MOST_LISTED][-1]
            yield Problem(
                file=file.path, line=int(file.lines[row]), column=", ".join(key),
                value=", ".join(file.read(name, row) for name in key),
                message=f"stands already on line {file.lines[firsts[numbers[row]]]}",
                remedy="Remove one of the two rows, or give one another value.",
                more=max(len(rows) - MOST_LISTED, 0) if last else 0,
            )


def _check_rules(
    table: Table, package: Package, *, faulty: dict[str, np.ndarray]
) -> Iterable[Problem]:
    """
    Check the rules of the codebook that concern several cells.

    A row of which one of these cells is faulty by itself is left out: it would
    be reported twice for one mistake.
    """
    file = package.files[table.name]
    for rule in package.codebook.rules.values():
        case = Case(rule, table.name, package)
        if table.name not in rule.tables or not case.applies():
            continue
        breach = RULES[rule.id](case)
        broken = breach.rows.copy()
        for name in rule.fields:
            if name in faulty:
                broken &= ~faulty[name]
        rows = np.flatnonzero(broken)
        column = breach.column or rule.fields[0]
        others = [name for name in rule.fields if name != column and name in file.columns]
        for row in rows[:MOST_LISTED]:
            beside = "".join(f"; {name} is {shown(file.read(name, row))}" for name in others)
            last = row == rows[:MOST_LISTED][-1]
            yield Problem(
                file=file.path, line=int(file.lines[row]), column=column,
                value=file.read(column, row),
                message=f"breaks the rule that {rule.statement}{beside}",
                nearest=None if breach.right is None else breach.right[row],
                remedy=rule.remedy,
                more=max(len(rows) - MOST_LISTED, 0) if last else 0,
            )
