"""Letters: what stands in a text and is not seen, turns it round, or passes for another letter.

Text pasted from the web brings such characters along. Pages show it as typed
and harmless, but two names that read alike are then two names, and a search
for the one does not find the other. So the check tells them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from crackdown.codebook import Codebook
from crackdown.csvfile import REPLACEMENT, CsvFile, keep_first
from crackdown.errors import Problem

if TYPE_CHECKING:
    from crackdown.check import Tables

AT_A_TIME = 20_000  # texts read at once

#: By kind: how it is found, what is said of the character, and the remedy.
KINDS = {
    "invisible": (
        # Zero width, marks of direction, soft hyphens, fillers of Hangul, tags; the joiner only
        # where it joins no picture. Line ends and tabs may stand in a cell.
        re.compile(
            "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
            "\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff"
            "\U000e0000-\U000e007f]|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
        ),
        "which cannot be seen or turns text round",
        "Take it out: type the word again, or paste it as plain text.",
    ),
    "alike": (
        # Greek or Cyrillic letters in a word of Latin ones; letters and figures of full width.
        re.compile(
            r"\b(?=\w*[A-Za-z])\w*[\u0370-\u03ff\u0400-\u04ff]\w*|[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+"
        ),
        "which only looks like a Latin letter or figure",
        "Type it again on a Latin keyboard.",
    ),
    "lost": (
        re.compile(REPLACEMENT),
        "which stands for a letter that was lost",
        "Take the text from its source again.",
    ),
}  # fmt: skip


#: What no code holds and what passes for its letters and figures.
_IN_CODES = re.compile(rf"{KINDS['invisible'][0].pattern}|[\u0370-\u04ff\uff01-\uff5e\u0660-\u0669\xa0]")


def name_odd_letter(code: str) -> str:
    """Name the first character of a code that passes for another or cannot be seen; "" if there is none."""
    match = _IN_CODES.search(code)
    return _name(match[0]) if match else ""


def list_odd_letters(tables: Tables, codebook: Codebook) -> list[Problem]:
    """
    List the odd characters of all columns of free text.

    In a column with a vocabulary or a reference to another table the check
    refuses them.

    Parameters
    ----------
    tables
        The tables as `check_tables` returns them: without fault.
    codebook
        Their codebook.

    Returns
    -------
    The first problem of each kind of a cell, in the order of tables, columns and
    rows; of one kind in one column the first 20, the last of which counts the rest.
    """
    return [
        problem
        for name, table in codebook.tables.items()
        for field in table.fields.values()
        if field.type == "string" and not (field.categories or field.references)
        for problem in _search(tables.files[name], field.name)
    ]


def _search(file: CsvFile, column: str) -> Iterator[Problem]:
    found: dict[str, list[Problem]] = {kind: [] for kind in KINDS}
    cells = file.cells(column)
    # Most cells are plain, and need not be read.
    others = np.flatnonzero(~file.plain(column))
    for first in range(0, len(others), AT_A_TIME):
        rows = others[first : first + AT_A_TIME]
        for row, text in zip(rows, cells.take(rows).texts(), strict=True):
            for kind, (pattern, says, remedy) in KINDS.items():
                match = pattern.search(text)
                if match is None:
                    continue
                found[kind].append(Problem(
                    file=file.path, line=int(file.lines[row]), column=column, value=match[0],
                    message=f"holds {_name(match[0])}, {says}", remedy=remedy,
                ))
    for problems in found.values():
        yield from keep_first(problems)


def _name(part: str) -> str:
    """Name the first odd character of a part by number and name."""
    odd = next(letter for letter in part if not (letter.isascii() and letter.isprintable()))
    return f"U+{ord(odd):04X} {unicodedata.name(odd, '').lower()}".strip()
