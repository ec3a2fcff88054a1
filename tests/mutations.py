"""Mutations of good tables, each with the verdict that the check must give.

``python tests/mutations.py [COUNT] [SEED]`` tries so many, spread over the cores; ``make fuzz`` tries
100,000. Prints every one whose verdict was another; exit 1 if there was one.
"""

from __future__ import annotations

import csv
import io
import multiprocessing
import os
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from crackdown.check import check_tables
from crackdown.codebook import Codebook, Field, load_codebook
from crackdown.errors import CrackdownError

ROOT = Path(__file__).resolve().parents[1]
GOOD = ROOT / "tests" / "fixtures" / "good"

#: The verdict of a table that is good.
PASSES = ""
NOT_WHOLE, NOT_NUMBER = "is not a whole number", "is not a number"
NO_DATE, NO_DAY = "is not a date", "is not a day of the calendar"
NOT_ALLOWED = "is not allowed here"
UNKNOWN = r"is not an? (place|incident|source|campaign|article)|is not in the form of this column"
#: Letters of other scripts that look like Latin ones, and digits of full width.
ALIKE = str.maketrans("KPaeopcixy0123456789", "КРаеорсіху０１２３４５６７８９")


@dataclass(frozen=True)
class Mutation:
    """What is done to a table, and what the check must say.

    Attributes
    ----------
    fits
        Whether a column can be mutated like that; None for what concerns the whole file.
    change
        The new cell of the old one, or the new bytes of the file.
    verdict
        A pattern that some problem fits; `PASSES` if there must be none.
    """

    name: str
    change: Callable
    verdict: str
    fits: Callable[[Field], bool] | None = None


def _is(*types: str) -> Callable[[Field], bool]:
    return lambda field: field.type in types


def _is_free(field: Field) -> bool:
    plain = field.type == "string" and not (field.categories or field.references or field.is_list)
    return plain and not field.constraints.keys() & {"pattern", "unique", "maxLength"}


def _is_listed(field: Field) -> bool:
    return field.is_list and bool(field.categories)


def _cells(verdict: str, fits: Callable[[Field], bool], **values: str) -> Iterator[Mutation]:
    """Replace a cell by each of some values."""
    for name, value in values.items():
        yield Mutation(name, lambda _, value=value: value, verdict, fits)


def _lines(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[bytes], bytes]:
    return lambda data: b"\n".join(change(data.rstrip(b"\n").split(b"\n"))) + b"\n"


def _header(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[bytes], bytes]:
    return _lines(lambda lines: [b",".join(change(lines[0].split(b","))), *lines[1:]])


def _without(names: list[bytes]) -> list[bytes]:
    """Leave out any one of the columns."""
    place = random.randrange(len(names))
    return names[:place] + names[place + 1 :]


MUTATIONS = [
    *_cells(NOT_WHOLE, _is("integer"), thousands="1,000", points="1.000", fraction="1.5", comma="1,5",
            exponent="1e3", hexadecimal="0x10", wide="１２", arabic="٣", half="½", under="1_000",
            blank_before=" 5", nan_in="NaN", infinite="inf", word="dozens"),
    *_cells("has more than 15 digits", _is("integer", "number"), endless="9" * 40, long_figure="1" + "0" * 20),
    *_cells(NOT_NUMBER, _is("number"), decimal_comma="1,5", both="1.000,5", no_number="NaN",
            infinity="-Infinity", power="1e400", wide_number="１２", tail="1.5 "),
    *_cells(NO_DATE, _is("date"), day_first="31/12/2023", dots="2023.12.31", juche="Juche 112-12-31",
            month_name="31 Dec 2023", wide_date="２０２３-12-31", short="2023-1-1", time="2023-12-31T00:00",
            serial="45291", week="2023-W01-1", packed="20231231"),
    *_cells(NO_DAY, _is("date"), february="2023-02-30", month_13="2023-13-01", nought="0000-01-01"),
    *_cells(NOT_ALLOWED, _is("boolean"), shouted="TRUE", yes="yes", one="1"),
    *_cells(PASSES, _is_free, formula="=1+1", at="@SUM(A1)", markup="<script>x</script>", braces="{{7*7}}",
            turned="\u202eabc", hangul="혜산", lines_in="one\ntwo", quoted='say "no"', commas="a,b;c",
            emoji="\U0001f4f1", combining="e\u0301", only_digits="007"),
    Mutation("letters alike", lambda cell: cell.translate(ALIKE), NOT_ALLOWED,
             lambda field: bool(field.categories) and not field.is_list),
    Mutation("zero width", lambda cell: cell[:1] + "\u200b" + cell[1:], NOT_ALLOWED,
             lambda field: bool(field.categories)),
    Mutation("capitals", str.upper, NOT_ALLOWED, lambda field: bool(field.categories) and not field.is_list),
    Mutation("code alike", lambda cell: cell.translate(ALIKE), UNKNOWN, lambda field: bool(field.references)),
    Mutation("code and blank", lambda cell: f"{cell}\u00a0", UNKNOWN, lambda field: bool(field.references)),
    Mutation("twice", lambda cell: f"{cell};{cell.split(';')[0]}", "stands twice in the list", _is_listed),
    Mutation("gap", lambda cell: f"{cell};;{cell}", "the list has an empty part", _is_listed),
    Mutation("other part", lambda cell: f"{cell};no_such_value", NOT_ALLOWED, _is_listed),
    Mutation("emptied", lambda _: "", "the cell is empty", lambda field: field.required),
    Mutation("too long", lambda _: "x" * 241, "is longer than 240", lambda field: "maxLength" in field.constraints),
    Mutation("long cell", lambda _: '"' + "x" * 200_000, "holds more than|is longer than", _is_free),
    Mutation("byte order mark", lambda data: b"\xef\xbb\xbf" + data, PASSES),
    Mutation("line ends of Windows", lambda data: data.replace(b"\n", b"\r\n"), PASSES),
    Mutation("mixed line ends", lambda data: data.replace(b"\n", b"\r\n", 2), PASSES),
    Mutation("no last line end", lambda data: data.rstrip(b"\n"), PASSES),
    Mutation("UTF-16", lambda data: data.decode().encode("utf-16"), "UTF-16, not UTF-8"),
    Mutation("UTF-16 without mark", lambda data: data.decode().encode("utf-16-be"), "UTF-16, not UTF-8"),
    Mutation("other encoding", lambda data: data.rstrip(b"\n") + b"\xb0\xa1\n", "not UTF-8|the row has|do not match"),
    Mutation("NUL", lambda data: data[:-9] + b"\0" + data[-9:], "holds a NUL byte"),
    Mutation("semicolons", lambda data: data.replace(b";", b" ").replace(b",", b";"), "separated by semicolons"),
    Mutation("tabs", lambda data: data.replace(b"\t", b" ").replace(b",", b"\t"), "separated by tabs"),
    Mutation("emptied file", lambda data: b"", "the file is empty"),
    Mutation("blank file", lambda data: b"\n \n\n", "the file is empty"),
    Mutation("header alone", lambda data: data.split(b"\n")[0] + b"\n", PASSES + "|"),
    Mutation("header gone", _lines(lambda lines: lines[1:]), "is not a column|the column is missing"),
    Mutation("column missing", _header(lambda names: _without(names)), "the column is missing"),
    Mutation("column twice", _header(lambda names: [*names[:-1], names[0]]), "the column is missing|stands twice"),
    Mutation("column unknown", _header(lambda names: [*names, b"zzz"]), "is not a column of this table"),
    Mutation("columns exchanged", _header(lambda names: [*names[1:], names[0]]), "another order"),
    Mutation("column alike", _header(lambda names: [*_without(names), "іd".encode()]), "is not a column"),
    Mutation("many columns", _header(lambda names: [*names, *(b"c%d" % n for n in range(10_000))]), "is not a column"),
    Mutation("blank line", _lines(lambda lines: [*lines, b""]), "the line is blank"),
    Mutation("short row", _lines(lambda lines: [*lines, b"a"]), "the row has 1 cells"),
    Mutation("long row", _lines(lambda lines: [lines[0], b"," * 200, *lines[1:]]), "the row has 201 cells"),
    Mutation("open quotation", lambda data: data + b'"open\n', "the quotation marks do not match"),
    Mutation("stray quotation", lambda data: data + b'a"b,"c"d\n', "the quotation marks do not match|the row has"),
    Mutation("megabytes of marks", lambda data: data + b'"' * 300_001 + b"\n", "holds more than|do not match|the row has"),
]


class Mutator:
    """Mutates the good tables in a folder of its own and holds them against the check."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.folder = folder / "data"
        shutil.copytree(GOOD, self.folder)
        shutil.copy(ROOT / "data" / "datapackage.json", self.folder)
        self.codebook: Codebook = load_codebook(self.folder)
        self.rows = {
            name: [*csv.DictReader(io.StringIO((GOOD / table.path).read_text("utf-8"), newline=""))]
            for name, table in self.codebook.tables.items()
        }

    def try_one(self) -> str:
        """Try a mutation; return what was wrong with the verdict, "" if nothing."""
        mutation = self.random.choice(MUTATIONS)
        random.seed(self.random.getrandbits(32))
        name = self.random.choice([name for name, rows in self.rows.items() if rows])
        path = self.folder / self.codebook.tables[name].path
        good = path.read_bytes()
        where = name
        if mutation.fits is None:
            data = mutation.change(good)
        else:
            fields = [field.name for field in self.codebook.tables[name].fields.values() if mutation.fits(field)]
            rows = [dict(row) for row in self.rows[name]]
            held = [(row, column) for row in rows for column in fields if row[column] or mutation.verdict != PASSES]
            held = [(row, column) for row, column in held if mutation.change(row[column]) != row[column]]
            # What a mutation makes of an empty cell is often another fault.
            held = [(row, column) for row, column in held if row[column]]
            if not held:
                return ""
            row, column = self.random.choice(held)
            where = f"{name}.{column} {row[column]!r}"
            row[column] = mutation.change(row[column])
            text = io.StringIO(newline="")
            writer = csv.DictWriter(text, list(row), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
            data = text.getvalue().encode()
        path.write_bytes(data)
        try:
            found = self._judge(mutation)
        finally:
            path.write_bytes(good)
        return f"{mutation.name} in {where}: {found}" if found else ""

    def _judge(self, mutation: Mutation) -> str:
        try:
            check_tables(self.folder)
        except CrackdownError as error:
            said = str(error)
            if mutation.verdict == PASSES:
                return f"refused: {said[:300]}"
            return "" if re.search(mutation.verdict, said) else f"another message: {said[:300]}"
        except Exception as error:
            return f"a traceback: {error!r}"
        return "" if re.search(mutation.verdict, "") else "passed"


def try_many(count: int, seed: int) -> list[str]:
    """Try so many mutations, the same for the same seed; return those with a wrong verdict."""
    with tempfile.TemporaryDirectory() as folder:
        mutator = Mutator(Path(folder), seed)
        return [found for _ in range(count) if (found := mutator.try_one())]


def main(count: int, seed: int) -> int:
    """Print what was found, a share of the mutations in each process."""
    shares = -(-count // 500)
    with multiprocessing.Pool(os.cpu_count()) as pool:
        found = pool.imap_unordered(partial(try_many, 500), range(seed, seed + shares))
        wrong = [line for lines in found for line in lines]
    print("\n".join(wrong) or f"{shares * 500:,} mutations of {len(MUTATIONS)} kinds, every verdict met.")
    return int(bool(wrong))


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    sys.exit(main(given[0] if given else 2_000, given[1] if len(given) > 1 else 0))
