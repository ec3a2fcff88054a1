"""CSV files: read whole, or with every fault of their form by line."""

from __future__ import annotations

import codecs
import csv
import functools
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd

from crackdown.cells import Cells, Grid, locate_cells, number_texts
from crackdown.errors import Problem, nearest_value
from crackdown.formats import CHUNK, SAVE_AS, is_utf8, name_format, name_korean

MOST_LISTED = 20  # problems of one kind in one column that are printed in full
LONGEST = 131_072  # characters of a cell, as in Python's own reader
TOO_LONG = (
    f"a cell holds more than {LONGEST:,} characters",
    "Shorten it, or close the quotation mark before it.",
)
REPLACEMENT = "\ufffd"
LONGEST_HEADER = 1 << 16  # bytes
SEPARATORS = (
    (";", "semicolons, as Excel does where the comma is the decimal mark"),
    ("\t", "tabs"),
    ("|", "bars"),
)
#: What Excel writes where the comma is the decimal mark, and what it reads that from.
EXCEL_MARK = "sep="


@dataclass(frozen=True)
class CsvFile:
    """
    A file as read: text cells, nothing interpreted.

    `path` reads as the user gave it. `columns` are the expected columns that the
    file has, with their places in `grid`, which holds the rows that have the
    right number of cells, in file order. `loose` holds the other rows by column,
    padded or cut: good enough to know which identifiers exist. `damaged` says
    that bytes which are not UTF-8 were replaced by U+FFFD.
    """

    path: str
    columns: Mapping[str, int]
    grid: Grid
    loose: Mapping[str, list[str]]
    damaged: bool = False
    _coded: dict[str, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict, compare=False)

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def lines(self) -> np.ndarray:
        """The physical line on which each whole row starts, counted from 1."""
        return self.grid.lines

    @functools.cached_property
    def frame(self) -> pd.DataFrame:
        """The whole rows and the expected columns as dtype str, empty text for an empty cell."""
        texts = {name: pd.array(self.cells(name).texts(), dtype="str") for name in self.columns}
        return pd.DataFrame(texts, pd.RangeIndex(len(self)), copy=False)

    def cells(self, column: str) -> Cells:
        """Give the cells of a column as they stand in the file."""
        return self.grid.column(self.columns[column])

    def plain(self, column: str) -> np.ndarray:
        """Mark the rows whose cell holds nothing but printable ASCII, tabs and line ends."""
        return self.grid.plain(self.columns[column])

    def read(self, column: str, row: int) -> str:
        """Read one cell."""
        return self.cells(column).take(np.array([row])).texts()[0]

    def values(self, column: str) -> tuple[np.ndarray, np.ndarray]:
        """
        Take a column apart into its different values and where they stand.

        Returns
        -------
        For each row the number of its value, and the values in the order in
        which they appear. What is found out about each value once holds for all
        its rows: with a million rows and a hundred values that is what saves time.
        """
        if column not in self._coded:
            cells = self.cells(column)
            numbers, firsts = number_texts(cells)
            values = np.empty(len(firsts), object)
            values[:] = cells.take(firsts).texts()
            # Numbers half as wide: the columns of a million rows are many.
            self._coded[column] = numbers.astype(np.int32), values
        return self._coded[column]

    def empty(self, column: str) -> np.ndarray:
        """Mark the rows whose cell is empty, without taking the column apart."""
        return self.cells(column).sizes == 0


def load_csv(path: Path, columns: Sequence[str]) -> tuple[CsvFile | None, list[Problem]]:
    """
    Read a CSV file and find every fault of its form.

    Parameters
    ----------
    path
        The file; problems name it as it is given here.
    columns
        The expected columns, in order.

    Returns
    -------
    The file, or None if nothing in it can be read as that table, and the
    problems found: a file missing, empty, in another encoding or with another
    format or separator; NUL bytes; columns missing, unknown, repeated or out of order;
    blank lines, rows with too many or too few cells, quotation marks that do not
    close. A byte order mark, as spreadsheets write it, and line ends of any
    system are accepted.
    """
    shown = path.as_posix()
    data, problems = _load_bytes(path, columns)
    if data is None:
        return None, problems
    nuls = _check_nul_bytes(data, shown)
    if nuls:
        data = data.replace(b"\0", b"")
    damaged = not is_utf8(data)
    korean = name_korean(data, shown) if damaged else None
    if korean:
        return None, [korean]
    if damaged:
        data = bytearray(data.decode("utf-8", errors="replace").encode("utf-8"))
    header = _header(data)
    unfit = _check_first_line(header, columns, shown)
    if unfit:
        return None, [*nuls, unfit]
    problems = nuls + _check_header(header, columns, shown)
    names = _unique_names(header)
    loose: list[list[str]] = []
    size = len(data)
    lone = b"\r" in data and data.count(b"\r") != data.count(b"\r\n")
    grid = None if lone else locate_cells(data, len(header), step=CHUNK)
    if grid is None or grid.longest_row() > LONGEST:
        del data[size:]
        rows, lines, loose, found = _load_by_line(data, shown, len(header))
        grid = locate_cells(_write_rows([names, *rows]), len(header), step=CHUNK)
        grid = replace(grid, lines=lines)
        problems += found
    columns = {name: names.index(name) for name in columns if name in names}
    partial = {name: [row[place] for row in loose] for name, place in columns.items()}
    return CsvFile(shown, columns, grid, partial, damaged), problems


def _load_bytes(path: Path, columns: Sequence[str]) -> tuple[bytearray | None, list[Problem]]:
    shown = path.as_posix()
    try:
        with path.open("rb") as file:
            data = bytearray(os.fstat(file.fileno()).st_size)
            file.readinto(data)
    except FileNotFoundError:
        remedy = "Put it back; a table without rows is its header line."
        return None, [Problem(file=shown, message="the file is missing", remedy=remedy)]
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        return None, [Problem(file=shown, message=message, remedy="See to its permissions.")]
    problem = name_format(data, shown)
    if problem:
        return None, [problem]
    if data.startswith(codecs.BOM_UTF8):
        del data[: len(codecs.BOM_UTF8)]
    # A file that holds anything mostly does so at its beginning.
    if not data[:LONGEST_HEADER].strip() and not data.strip():
        remedy = f"Put back the table, or at least its header line: {','.join(columns)}"
        return None, [Problem(file=shown, message="the file is empty", remedy=remedy)]
    return data, []


def _check_nul_bytes(data: bytearray, shown: str) -> list[Problem]:
    if b"\0" not in data:
        return []
    lines = [number for number, line in enumerate(data.split(b"\n"), 1) if b"\0" in line]
    remedy = "Take the line from an earlier copy, or type it again."
    return keep_first([
        Problem(file=shown, line=number, message="the line holds a NUL byte", remedy=remedy)
        for number in lines
    ])


def _header(data: bytearray) -> list[str] | None:
    """Read the first line; None if it has no end where any header has ended."""
    # It may hold line ends inside quotation marks.
    text = data[:LONGEST_HEADER].decode("utf-8", errors="ignore")
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader, [])
    return None if len(data) > LONGEST_HEADER and next(reader, None) is None else header


def _check_first_line(header: list[str] | None, columns: Sequence[str], shown: str) -> Problem | None:
    """Say why nothing can be read under a first line."""
    put_back = f"Put it back: {','.join(columns)}"
    if header is None:
        message = f"the header line is longer than {LONGEST_HEADER:,} bytes"
        return Problem(file=shown, line=1, message=message, remedy=put_back)
    if ",".join(header).startswith(EXCEL_MARK):
        return Problem(
            file=shown, line=1, value=",".join(header), message="is a line for Excel, not the header",
            remedy=f"{SAVE_AS} Or remove the line, if what follows has commas.",
        )
    foreign = _separator(header, columns)
    if foreign:
        message = f"cells are separated by {foreign}, not by commas"
        return Problem(file=shown, line=1, message=message, remedy=SAVE_AS)
    if not any(header):
        return Problem(file=shown, line=1, message="the header line is blank", remedy=put_back)
    return None


def _separator(header: Sequence[str], columns: Sequence[str]) -> str | None:
    """Name the separator if it is not the comma: more columns are known with it."""
    known = len(set(header) & set(columns))
    for mark, name in SEPARATORS:
        cells = {cell.strip('"') for cell in ",".join(header).split(mark)}
        if len(cells & set(columns)) > known:
            return name
    return None


def _check_header(header: Sequence[str], columns: Sequence[str], shown: str) -> list[Problem]:
    unknown, problems = [], []
    missing = [name for name in columns if name not in header]
    for name in dict.fromkeys(name for name in header if name not in columns):
        # What follows many of them is listed no more.
        meant = nearest_value(name, missing) if len(unknown) < MOST_LISTED else None
        if meant:
            # A misspelt name is one mistake, not a missing and an unknown column.
            missing.remove(meant)
        unknown.append(Problem(
            file=shown, line=1, column=name, value=name, message="is not a column of this table",
            nearest=meant, remedy="Correct the name, or remove the column.",
        ))
    for name in missing:
        problems.append(Problem(
            file=shown, line=1, column=name, message="the column is missing",
            remedy=f"Put it back: {','.join(columns)}",
        ))
    for name in columns:
        if header.count(name) > 1:
            problems.append(Problem(
                file=shown, line=1, column=name, message="the column stands twice in the file",
                remedy="Remove one of the two.",
            ))
    problems = keep_first(unknown) + problems
    if not problems and list(header) != list(columns):
        problems.append(Problem(
            file=shown, line=1, message="the columns stand in another order",
            remedy=f"Put them in this order: {','.join(columns)}",
        ))
    return problems


def _unique_names(header: Sequence[str]) -> list[str]:
    """Give later columns of the same name another one, so that the first is read."""
    seen: set[str] = set()
    names = []
    for place, name in enumerate(header):
        names.append(f"{name} ({place})" if name in seen else name)
        seen.add(name)
    return names


def _load_by_line(
    data: bytearray, shown: str, width: int
) -> tuple[list[list[str]], np.ndarray, list[list[str]], list[Problem]]:
    """Read row by row, setting aside the rows that are not whole."""
    reader = csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    loose: list[list[str]] = []
    faults: dict[str, list[Problem]] = {}

    def fault(kind: str, line: int, message: str, remedy: str) -> None:
        problem = Problem(file=shown, line=line, message=message, remedy=remedy)
        faults.setdefault(kind, []).append(problem)

    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            if "field limit" in str(error):
                fault("length", line, *TOO_LONG)
                break
            fault("quote", line, f"the quotation marks do not match ({error})",
                  "Write a quotation mark inside a cell twice, and close every cell.")
            if "expected after" in str(error):
                continue
            break
        if line == 1:
            continue  # the header, which has been read already
        # Other packages lift the limit of Python's reader for the whole process.
        if any(len(cell) > LONGEST for cell in row):
            fault("length", line, *TOO_LONG)
        elif len(row) == width:
            rows.append(row)
            lines.append(line)
        elif not row:
            fault("blank", line, "the line is blank", "Remove it.")
        else:
            loose.append((row + [""] * width)[:width])
            fault("width", line, f"the row has {len(row)} cells, the header {width}",
                  "Put cells that hold commas in quotation marks, or restore the missing ones.")
    problems = [one for found in faults.values() for one in keep_first(found)]
    return rows, np.array(lines, np.int64), loose, problems


def _write_rows(rows: list[list[str]]) -> bytearray:
    """Write rows in good form, so that their cells can be located."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return bytearray(text.getvalue().encode())


def keep_first(problems: list[Problem]) -> list[Problem]:
    """Keep the first problems of one kind, the last of which counts the rest."""
    kept = problems[:MOST_LISTED]
    if len(problems) > MOST_LISTED:
        kept[-1] = replace(kept[-1], more=len(problems) - MOST_LISTED)
    return kept
