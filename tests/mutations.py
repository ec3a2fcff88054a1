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
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from unittest.mock import patch

import corpus

from crackdown import check
from crackdown.codebook import Codebook, Field, load_codebook
from crackdown.errors import DataError, Problem
from crackdown.letters import list_odd_letters
from crackdown.privacy import list_identifying

ROOT = Path(__file__).resolve().parents[1]
GOOD = ROOT / "tests" / "fixtures" / "good"

BY_COMMAND = 1 / 25  # share of checks that the command itself makes, too
SHARE = 500  # tables that one process mutates at a time
#: Tables that no other one refers to, and those that some do.
LEAVES = ("timeline", "amounts", "corrections", "double_coded", "raw_codings")
ROOTS = ("incidents", "sources", "incident_sources", "campaigns", "places")
#: The verdict of a table that is good.
PASSES = ""
NOT_WHOLE, NOT_NUMBER = "is not a whole number", "is not a number"
NO_DATE, NO_DAY = "is not a date", "is not a day of the calendar"
NOT_ALLOWED = "is not allowed here"
EARLY, LATE = "lies before", "lies after"
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
    warning
        A pattern that some warning fits which is given besides; "" if there must be none.
    tables
        The tables that are mutated like that, if not all.
    """

    name: str
    change: Callable
    verdict: str
    fits: Callable[[Field], bool] | None = None
    warning: str = ""
    tables: tuple[str, ...] = ()


def _is(*types: str) -> Callable[[Field], bool]:
    return lambda field: field.type in types


def _is_free(field: Field) -> bool:
    plain = field.type == "string" and not (field.categories or field.references or field.is_list)
    return plain and not field.constraints.keys() & {"pattern", "unique", "maxLength"}


def _is_listed(field: Field) -> bool:
    return field.is_list and bool(field.categories)


def _cells(
    verdict: str, fits: Callable[[Field], bool], *, warning: str = "", **values: str
) -> Iterator[Mutation]:
    """Replace a cell by each of some values."""
    for name, value in values.items():
        yield Mutation(name, lambda _, value=value: value, verdict, fits, warning)


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
            infinity="-Infinity", power="1e400", wide_number="１２", tail="1.5 ", apostrophe="1'000",
            thin_space="1\u202f000", blank="1 000", sign="−5", percent="5%"),
    *_cells(NO_DATE, _is("date"), day_first="31/12/2023", dots="2023.12.31", juche="Juche 112-12-31",
            month_name="31 Dec 2023", wide_date="２０２３-12-31", short="2023-1-1", time="2023-12-31T00:00",
            serial="45291", week="2023-W01-1", packed="20231231", slashes="2024/3/1", german="31.12.2023",
            reiwa="令和6年3月1日", hangul_date="2024년 3월 1일", minguo="民國113-03-01"),
    *_cells(EARLY, _is("date"), juche_year="0113-03-01", old="1024-03-01", epoch="1970-01-01", lunar="1445-08-20"),
    *_cells(LATE, _is("date"), buddhist="2567-03-01", dangun="4357-03-01", slip="2204-03-01"),
    *_cells("in the period of the archive", lambda field: field.name == "published", year="2567", old_year="1024",
            month_of="4357-03", month_none="2023-13", day_none="2023-02-30"),
    *_cells(NO_DAY, _is("date"), february="2023-02-30", month_13="2023-13-01", nought="0000-01-01"),
    *_cells(NOT_ALLOWED, _is("boolean"), shouted="TRUE", yes="yes", one="1"),
    *_cells(PASSES, _is_free, formula="=1+1", at="@SUM(A1)", markup="<script>x</script>", braces="{{7*7}}",
            hangul="혜산", lines_in="one\ntwo", quoted='say "no"', commas="a,b;c",
            emoji="\U0001f4f1", family="\U0001f468\u200d\U0001f469", combining="e\u0301", only_digits="007"),
    *_cells(PASSES, _is_free, warning="cannot be seen or turns text round", turned="\u202eabc", isolate="a\u2066b",
            zero="Hye\u200bsan", soft="Hye\u00adsan", mark="\ufeffHyesan", filler="\u3164", bell="a\x07b", escape="\x1b[2J"),
    *_cells(PASSES, _is_free, warning="only looks like a Latin letter", cyrillic="Нyesan", greek="Hyesαn", wide="Ｈyesan"),
    *_cells(PASSES, _is_free, warning="a letter that was lost", lost="Hye\ufffdan"),
    Mutation("letters alike", lambda cell: cell.translate(ALIKE), NOT_ALLOWED,
             lambda field: bool(field.categories) and not field.is_list),
    Mutation("zero width", lambda cell: cell[:1] + "\u200b" + cell[1:], NOT_ALLOWED,
             lambda field: bool(field.categories)),
    Mutation("capitals", str.upper, NOT_ALLOWED, lambda field: bool(field.categories) and not field.is_list),
    Mutation("code alike", lambda cell: cell.translate(ALIKE), UNKNOWN, lambda field: bool(field.references)),
    Mutation("identifier alike", lambda cell: cell.translate(ALIKE), "is not in the form of this column",
             lambda field: "[0-9]" in field.constraints.get("pattern", "") and not field.references),
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
    Mutation("Western encoding", lambda data: data.rstrip(b"\n") + b"\xe9\n", "not UTF-8|the row has|do not match|is not a column"),
    Mutation("NUL", lambda data: data[:-9] + b"\0" + data[-9:], "holds a NUL byte"),
    Mutation("semicolons", lambda data: data.replace(b";", b" ").replace(b",", b";"), "separated by semicolons"),
    Mutation("tabs", lambda data: data.replace(b"\t", b" ").replace(b",", b"\t"), "separated by tabs"),
    Mutation("emptied file", lambda data: b"", "the file is empty"),
    Mutation("blank file", lambda data: b"\n \n\n", "the file is empty"),
    Mutation("Korean Excel", lambda data: data.decode().encode("cp949", "ignore"), r"reads as CP949 \(EUC-KR\)",
             tables=("places",)),
    Mutation("EUC-KR", lambda data: data.decode().encode("euc_kr", "ignore"), r"reads as CP949 \(EUC-KR\)",
             tables=("places",)),
    Mutation("workbook", lambda data: b"PK\x03\x04" + data, "is a workbook or a packed file"),
    Mutation("line for Excel", lambda data: b"sep=;\n" + data, "is a line for Excel, not the header"),
    Mutation("long header", _header(lambda names: [*names, b"x" * 70_000]), "the header line is longer"),
    Mutation("header alone", lambda data: data.split(b"\n")[0] + b"\n", PASSES, tables=LEAVES),
    Mutation("header alone", lambda data: data.split(b"\n")[0] + b"\n",
             "is not an? (place|incident|campaign|article)|has a primary source", tables=ROOTS),
    Mutation("header gone", _lines(lambda lines: lines[1:]), "is not a column|the column is missing|the file is empty"),
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


@dataclass(frozen=True)
class Trial:
    """A table mutated once."""

    table: str
    mutation: Mutation
    data: bytes
    where: str
    alone: bool

    def judge(self, problems: Iterable[Problem], pattern: str) -> str:
        """Say what was wrong with what was told, "" if nothing."""
        said = "\n".join(map(str, problems))[:100_000]
        if bool(pattern) == bool(said) and re.search(pattern, said):
            return ""
        return f"{self.mutation.name} in {self.where}: {'told: ' + said[:300] if said else 'passed'}"


class Mutator:
    """Mutates the good tables in a folder of its own and holds them against the check."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.folder = folder / "data"
        shutil.copytree(GOOD, self.folder)
        shutil.copy(ROOT / "data" / "datapackage.json", self.folder)
        self.codebook: Codebook = load_codebook(self.folder)
        self.good = {name: (GOOD / table.path).read_bytes() for name, table in self.codebook.tables.items()}
        self.rows = {
            name: [*csv.DictReader(io.StringIO(data.decode(), newline=""))] for name, data in self.good.items()
        }
        self.cells = {
            (number, name): [*self._list_cells(mutation, name)]
            for number, mutation in enumerate(MUTATIONS)
            for name in self.good
            if not mutation.tables or name in mutation.tables
        }

    def _list_cells(self, mutation: Mutation, name: str) -> Iterator[tuple[int, str]]:
        """List the cells of a table that a mutation changes; of a mutation of the whole file, one for it."""
        if mutation.fits is None:
            yield 0, ""
            return
        for number, row in enumerate(self.rows[name]):
            for field in self.codebook.tables[name].fields.values():
                cell = row[field.name]
                # What a mutation makes of an empty cell is often another fault.
                if cell and mutation.fits(field) and mutation.change(cell) != cell:
                    yield number, field.name

    def try_some(self) -> tuple[int, list[str]]:
        """
        Mutate some tables, each once; return how many, and what was wrong with the verdicts.

        Tables are checked together where no fault of one shows in another.
        """
        first = [self._draw(name) for name in self.random.sample([*self.good], 2)]
        rest = [self._draw(name) for name in LEAVES if name not in {one.table for one in first}]
        trials = first + rest
        together = [one for one in trials if not one.alone]
        runs = [[one] for one in trials if one.alone] + ([together] if together else [])
        return len(trials), [line for run in runs for line in self._try(run)]

    def _draw(self, name: str) -> Trial:
        """Mutate a table by one of the mutations that can be."""
        number = self.random.choice([n for (n, table), cells in self.cells.items() if table == name and cells])
        mutation = MUTATIONS[number]
        row, column = self.random.choice(self.cells[number, name])
        random.seed(self.random.getrandbits(32))
        if not column:
            data = mutation.change(self.good[name])
            return Trial(name, mutation, data, name, name in ROOTS)
        rows = [dict(one) for one in self.rows[name]]
        cell = rows[row][column]
        rows[row][column] = mutation.change(cell)
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, list(rows[row]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        field = self.codebook.tables[name].fields[column]
        # What other tables or warnings tell is told for sure where nothing else is wrong.
        inside = field.type in ("integer", "number") or mutation.verdict == PASSES
        alone = bool(mutation.warning) or (name in ROOTS and not inside)
        return Trial(name, mutation, text.getvalue().encode(), f"{name}.{column} {cell!r}", alone)

    def _try(self, trials: list[Trial]) -> list[str]:
        paths = {one.table: self.folder / self.codebook.tables[one.table].path for one in trials}
        for one in trials:
            paths[one.table].write_bytes(one.data)
        try:
            return [found for one, *told in self._check(trials) if (found := one.judge(*told))]
        except Exception as error:
            return [f"{one.mutation.name} in {one.where}: a traceback: {error!r}" for one in trials]
        finally:
            for one in trials:
                paths[one.table].write_bytes(self.good[one.table])

    def _check(self, trials: list[Trial]) -> Iterator[tuple[Trial, list[Problem], str]]:
        """Give each trial what was told of it, and what must be."""
        problems: list[Problem] = []
        try:
            tables = check.check_tables(self.folder)
        except DataError as error:
            problems = [*error.problems]
        else:
            list_identifying(tables, self.codebook, self.folder)
            odd = list_odd_letters(tables, self.codebook)
            if len(trials) == 1:
                yield trials[0], odd, trials[0].mutation.warning
        if self.random.random() < BY_COMMAND:
            status, said = corpus.run(["check", "--data", "data", "--shapefiles", "data/shapefiles"], self.folder.parent)
            assert status == bool(problems) and "Traceback" not in said, said[-300:]
        for one in trials:
            own = [problem for problem in problems if Path(problem.file).stem == one.table]
            yield one, own if len(trials) > 1 else problems, one.mutation.verdict


def try_many(count: int, seed: int) -> list[str]:
    """Mutate so many tables or a few more, the same for the same seed; return wrong verdicts."""
    tried, wrong = 0, []
    with tempfile.TemporaryDirectory() as folder:
        mutator = Mutator(Path(folder), seed)
        # Tables that are as they were need not be read again.
        with patch.object(check, "load_csv", _remember(check.load_csv, mutator.good.values())):
            while tried < count:
                some, found = mutator.try_some()
                tried += some
                wrong += found
    return wrong


def _remember(load: Callable, known: Iterable[bytes]) -> Callable:
    """Read a table of known bytes once."""
    known, read = {*known}, {}

    def load_once(path: Path, columns: list[str]) -> tuple:
        data = path.read_bytes()
        if data not in known:
            return load(path, columns)
        if path not in read:
            read[path] = load(path, columns)
        return read[path]

    return load_once


def main(count: int, seed: int) -> int:
    """Print what was found, a share of the mutations in each process."""
    shares = -(-count // SHARE)
    with multiprocessing.Pool(os.cpu_count()) as pool:
        found = pool.imap_unordered(partial(try_many, SHARE), range(seed, seed + shares))
        wrong = 0
        for done, lines in enumerate(found, 1):
            wrong += len(lines)
            # A run of an hour is followed by what it has found so far.
            if lines or done % 20 == 0:
                print(*lines, f"{done * SHARE:,} mutated tables, {wrong} wrong verdicts.", sep="\n", flush=True)
    print(f"{shares * SHARE:,} mutated tables, {len(MUTATIONS)} kinds of mutation, {wrong} wrong verdicts.")
    return int(bool(wrong))


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    sys.exit(main(given[0] if given else 2_000, given[1] if len(given) > 1 else 0))
