"""Privacy: passages of the tables that could tell who a person is.

Coders write summaries and notes by hand, from articles that name people. The
check is a net, not a proof: it knows the forms in which Korean names, telephone
numbers, street addresses and coordinates are usually written. What only looks
like one is cleared in `cleared.csv` of the data folder, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from crackdown.check import Tables
from crackdown.codebook import Codebook, Field
from crackdown.csvfile import MOST_LISTED, CsvFile, load_csv
from crackdown.errors import DataError, Problem
from crackdown.identifiers import Passage, find_passages
from crackdown.names import WORDS

CLEARED = "cleared.csv"
COLUMNS = ("passage", "reason")

#: What a passage of each kind reads like, and what to write instead.
KINDS = {
    "name": ("the name of a person", 'Write "a resident", or what the person was'),
    "age": ("the name of a person with an age", 'Write a group, such as "a woman in her forties"'),
    "phone": ("a telephone number", "Leave it out"),
    "address": ("a street address", "Leave out what is smaller than the neighbourhood"),
    "position": ("a position on the ground", "Leave it out; the P-code says where"),
}

#: Texts are searched many at a time, parted by a character that no table holds.
AT_A_TIME = 20_000
PARTING = "\0"
#: How far a passage that may stand reaches to either side of what it covers, at most.
WIDEST = 60
_AGE_AT_END = re.compile(r"(?<=\w)(?:,| aged| ?\()[^,(]*$")


def list_identifying(
    tables: Tables, codebook: Codebook, data_dir: str | Path
) -> list[Problem]:
    """
    List what could identify a person in the texts that coders write.

    Searched are the columns of free text in all tables but the gazetteer, whose
    names may stand everywhere: summaries, notes, places as reported, names and
    descriptions, headlines.

    Parameters
    ----------
    tables
        The tables as `check_tables` returns them: without fault.
    codebook
        Their codebook.
    data_dir
        Their folder. Its `cleared.csv` lists passages that may stand.

    Returns
    -------
    One problem a passage, in the order of tables, columns and rows; of one kind in
    one column the first 20, the last of which counts the rest.

    Raises
    ------
    DataError
        If `cleared.csv` cannot be read as its two columns, or lacks a reason.
    """
    folder = Path(data_dir)
    cleared = _Cleared([*load_cleared(folder), *_place_names(tables["places"])])
    found: list[Problem] = []
    for name, table in codebook.tables.items():
        if name == "places":
            continue
        for field in filter(_is_free_text, table.fields.values()):
            file = tables.files[name]
            passages = list(_search(file, field.name, cleared))
            found += _problems(passages, file, field.name, (folder / CLEARED).as_posix())
    return found


def load_cleared(data_dir: Path) -> list[str]:
    """
    Read the passages that may stand, from `cleared.csv`; without the file, none.

    Raises
    ------
    DataError
        If it is no table of the columns `passage` and `reason`, or a cell is empty.
    """
    path = data_dir / CLEARED
    if not path.exists():
        return []
    file, problems = load_csv(path, COLUMNS)
    if file is not None and not problems:
        for column in COLUMNS:
            problems += [
                Problem(
                    file=path.as_posix(), line=int(file.lines[row]), column=column,
                    message="the cell is empty", remedy="Fill it in, or remove the row.",
                )
                for row in np.flatnonzero(file.empty(column))
            ]
    if problems:
        raise DataError(problems)
    return file.frame["passage"].tolist()


def _place_names(places: pd.DataFrame) -> list[str]:
    """List names and aliases: counties are named after persons, and towns sound like them."""
    aliases = (alias for cell in places["aliases"] for alias in cell.split(";"))
    return [name for name in (*places["name_en"], *places["name_ko"], *aliases) if name]


def _is_free_text(field: Field) -> bool:
    return (
        field.type == "string"
        and not (field.is_list or field.categories or field.references)
        and "pattern" not in field.constraints
        # Outlets are no persons.
        and field.name != "publisher"
    )


class Found(NamedTuple):
    """What stands in a row, and what it reads like."""

    row: int
    kind: str
    value: str


class _Cleared:
    """Passages that may stand, hyphens, spaces and case set aside."""

    def __init__(self, passages: Iterable[str]):
        parts = (
            r"[ -]?".join(map(re.escape, re.split(r"[ -]", passage))).replace("'", "['’]")
            for passage in sorted(set(passages), key=len, reverse=True)
        )
        self.pattern = re.compile(rf"(?<!\w)(?=({'|'.join(parts)})(?!\w))", re.IGNORECASE)

    def covers(self, text: str, passage: Passage) -> bool:
        """Say whether a passage lies inside one that may stand."""
        # An age after a name does not make another name of it.
        value = _AGE_AT_END.sub("", text[passage.start : passage.end])
        end = passage.start + len(value)
        first, _, rest = value.partition(" ")
        # "An Onsong officer", "Hyesan Park": a town, and a word that is also a surname.
        if (first in WORDS and self._is_one(rest)) or (rest in WORDS and self._is_one(first)):
            return True
        return any(
            one.start() <= passage.start and end <= one.end(1)
            for one in self.pattern.finditer(text, max(passage.start - WIDEST, 0), end + WIDEST)
        )

    def _is_one(self, text: str) -> bool:
        match = self.pattern.match(text)
        return match is not None and match[1] == text


def _search(file: CsvFile, column: str, cleared: _Cleared) -> Iterator[Found]:
    """Find the passages of a column that may not stand."""
    cells = file.cells(column)
    filled = np.flatnonzero(cells.sizes)
    for first in range(0, len(filled), AT_A_TIME):
        rows = filled[first : first + AT_A_TIME]
        texts = cells.take(rows).texts()
        passages = find_passages(PARTING.join(texts))
        if not passages:
            continue
        starts = np.cumsum([0, *(len(text) + len(PARTING) for text in texts)])
        for one in passages:
            place = int(np.searchsorted(starts, one.start, side="right")) - 1
            inside = Passage(one.kind, one.start - int(starts[place]), one.end - int(starts[place]))
            if not cleared.covers(texts[place], inside):
                yield Found(int(rows[place]), inside.kind, texts[place][inside.start : inside.end])


def _problems(
    found: list[Found], file: CsvFile, column: str, cleared_path: str
) -> Iterator[Problem]:
    """Word what was found in a column, the first of each kind."""
    for kind, (reading, remedy) in KINDS.items():
        of_kind = [one for one in found if one.kind == kind]
        for number, one in enumerate(of_kind[:MOST_LISTED], 1):
            yield Problem(
                file=file.path,
                line=int(file.lines[one.row]),
                column=column,
                value=one.value,
                message=f"reads like {reading}",
                remedy=f"{remedy}. If it identifies nobody, clear it in {cleared_path}.",
                more=len(of_kind) - MOST_LISTED if number == MOST_LISTED else 0,
            )
