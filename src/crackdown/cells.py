"""Cells: where the cells of a table stand in its bytes, and which of them are the same.

A table is held as the bytes of its file. Cells are compared there, eight bytes
at a time, and become Python's texts only where somebody asks for them: of a
million rows those are the different values of a column, not the rows.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crackdown.formats import CHUNK

WORD = 8  # bytes compared at once
TEXTS_AT_ONCE = 1 << 14
CLOSE = 1024  # bytes a cell: as close together they are decoded in one piece

_MASKS = np.array([(1 << 8 * size) - 1 for size in range(WORD + 1)], "<u8")


@dataclass(frozen=True)
class Cells:
    """
    Some cells, as they stand in the bytes of a file.

    `data` has `WORD` bytes to spare after the last cell and holds no NUL. A cell
    begins at its place in `starts` and has as many bytes as `sizes` says,
    quotation marks around it left out. `quoted` marks the cells that have them,
    in which a mark stands twice for one; None if no cell has.
    """

    data: bytearray
    starts: np.ndarray
    sizes: np.ndarray
    quoted: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def nbytes(self) -> int:
        """Bytes of memory."""
        return len(self.data) + self.starts.nbytes + self.sizes.nbytes

    def take(self, rows: np.ndarray) -> Cells:
        """Choose cells by number."""
        quoted = None if self.quoted is None else self.quoted[rows]
        return Cells(self.data, self.starts[rows], self.sizes[rows], quoted)

    def texts(self) -> list[str]:
        """Read the cells."""
        texts: list[str] = []
        for begin in range(0, len(self), TEXTS_AT_ONCE):
            some = slice(begin, begin + TEXTS_AT_ONCE)
            texts += _read(self.data, self.starts[some], self.sizes[some])
        if self.quoted is not None:
            for row in np.flatnonzero(self.quoted).tolist():
                texts[row] = texts[row].replace('""', '"')
        return texts

    def words(self, place: int) -> np.ndarray:
        """Give eight bytes of each cell as a number, zeros after its end."""
        sizes = np.clip(self.sizes - place * WORD, 0, WORD)
        return self._windows()[self.starts + place * WORD].view("<u8") & _MASKS[sizes]

    def copy(self) -> Cells:
        """Copy the cells close together, so that the bytes between them need not be kept."""
        data, windows = bytearray(), self._windows()
        words = -(-self.sizes // WORD)
        ends = np.cumsum(words)
        for begin in range(0, len(self), TEXTS_AT_ONCE):
            some = slice(begin, begin + TEXTS_AT_ONCE)
            firsts = np.cumsum(words[some]) - words[some]
            places = np.repeat(self.starts[some] - WORD * firsts, words[some])
            data += windows[places + WORD * np.arange(len(places))].data
        kind = np.uint32 if len(data) < 1 << 32 else np.int64
        data += bytes(WORD)
        quoted = None if self.quoted is None else self.quoted.copy()
        return Cells(data, (WORD * (ends - words)).astype(kind), self.sizes.astype(np.int32), quoted)

    def _windows(self) -> np.ndarray:
        """Give the eight bytes from each place on."""
        return np.ndarray(len(self.data) - WORD + 1, f"V{WORD}", self.data, strides=(1,))


def hold_texts(texts: Iterable[str]) -> Cells:
    """Write texts as cells, to be compared with those of a file."""
    parts = list(texts)
    # Of anything but a text this is a TypeError.
    joined = "".join(parts)
    # Encoded in one piece; a text beyond ASCII has more bytes than letters.
    letters = parts if joined.isascii() else [text.encode() for text in parts]
    sizes = np.fromiter(map(len, letters), np.int64, len(letters))
    return Cells(bytearray(joined.encode() + bytes(WORD)), np.cumsum(sizes) - sizes, sizes)


def number_texts(*columns: Cells) -> tuple[np.ndarray, np.ndarray]:
    """
    Number the different texts of one or several columns.

    Returns
    -------
    The number of each cell's text, of one column after the other, counted in
    the order in which texts appear; and the cell in which each appears first.

    Notes
    -----
    Texts are told apart by their first eight bytes, those that are longer then
    by the next eight together with the number so far, and so on: no two
    different texts can get one number.
    """
    numbers = pd.factorize(np.concatenate([one.words(0) for one in columns]))[0]
    count = numbers.max(initial=-1) + 1
    longer = [np.flatnonzero(one.sizes > WORD) for one in columns]
    before = np.cumsum([0, *(len(one) for one in columns)])
    place = 1
    while any(map(len, longer)):
        cells = np.concatenate([rows + first for rows, first in zip(longer, before)])
        words = [one.take(rows).words(place) for one, rows in zip(columns, longer, strict=True)]
        codes, found = pd.factorize(np.concatenate(words))
        pairs = pd.factorize(numbers[cells] * len(found) + codes)[0]
        numbers[cells] = count + pairs
        count += pairs.max() + 1
        place += 1
        longer = [rows[one.sizes[rows] > place * WORD] for one, rows in zip(columns, longer)]
    if place > 1:
        numbers, found = pd.factorize(numbers)
        count = len(found)
    firsts = np.empty(count, np.int64)
    # Of several rows with one number the last to be written counts.
    firsts[numbers[::-1]] = np.arange(len(numbers))[::-1]
    return numbers, firsts


@dataclass(frozen=True)
class Grid:
    """
    The cells of a whole table of which every row has the same number of them.

    `ends` holds, by column, the place of the separator after each cell, the
    header's first; `quoted` likewise, which of them end a cell in quotation
    marks, None if no cell has them; `lines` the physical line on which each row
    starts, counted from 1, the header left out.
    """

    data: bytearray
    ends: np.ndarray
    quoted: np.ndarray | None
    lines: np.ndarray

    def longest_row(self) -> int:
        """Count the bytes of the longest row: no cell has more."""
        return int(np.diff(self.ends[-1].astype(np.int64)).max(initial=0))

    def plain(self, place: int) -> np.ndarray:
        """Mark the cells of a column that hold nothing but printable ASCII, tabs and line ends."""
        cells = self.column(place)
        before, after = (np.searchsorted(self._odd, edge) for edge in (cells.starts, cells.starts + cells.sizes))
        return before == after

    @functools.cached_property
    def _odd(self) -> np.ndarray:
        """The places at which a run of other bytes begins, which no separator can lie in."""
        whole = np.frombuffer(self.data, np.uint8)[:-WORD]
        found = []
        for begin in range(0, len(whole), CHUNK):
            part = whole[begin : begin + CHUNK]
            # What is less than a space becomes large.
            places = np.flatnonzero(part - np.uint8(ord(" ")) > ord("~") - ord(" "))
            places = begin + places[~np.isin(part[places], list(b"\t\n\r"))]
            found.append(places[np.diff(places, prepend=-2) > 1])
        return np.concatenate(found)

    def column(self, place: int) -> Cells:
        """Give the cells of a column, the header left out."""
        stops = self.ends[place, 1:].astype(np.int64)
        before = self.ends[place - 1, 1:] if place else self.ends[-1, :-1]
        starts = before.astype(np.int64) + 1
        if place == len(self.ends) - 1:
            # Lines that end as on Windows.
            last = np.frombuffer(self.data, np.uint8)[stops - 1]
            stops -= (stops > starts) & (last == ord("\r"))
        if self.quoted is None or not self.quoted[place, 1:].any():
            return Cells(self.data, starts, stops - starts)
        quoted = self.quoted[place, 1:]
        return Cells(self.data, starts + quoted, stops - starts - 2 * quoted, quoted)


def locate_cells(data: bytearray, width: int, *, step: int) -> Grid | None:
    """
    Find the cells of a table.

    Separators are counted outside quotation marks, which are told apart by the
    parity of the marks before them.

    Parameters
    ----------
    data
        The bytes of the file, without NUL and without a line that ends in a lone
        carriage return; the line end that the last line may lack, and `WORD`
        bytes to spare, are added.
    width
        The number of cells in the header.
    step
        Bytes scanned at once: bounds the memory of the scan.

    Returns
    -------
    None if any row has another number of cells than `width`, or a quotation mark
    stands elsewhere than at the edge of a cell: then the file must be read row
    by row.
    """
    if not data.endswith(b"\n"):
        data += b"\n"
    size = len(data)
    data += bytes(WORD)
    whole = np.frombuffer(data, np.uint8)[:size]
    kind = np.uint32 if size < 1 << 32 else np.int64
    inside, newlines = False, 0
    ends: list[np.ndarray] = []
    quoted: list[np.ndarray] = []
    lines: list[np.ndarray] = []
    for start in range(0, size, step):
        part = whole[start : start + step]
        marks = np.flatnonzero(part == ord('"'))
        if not _marks_stand_at_edges(whole, start + marks, inside=inside):
            return None
        places = np.flatnonzero((part == ord(",")) | (part == ord("\n")))
        free = ~_lie_between(marks, places, inside=inside)
        breaks = part[places] == ord("\n")
        lines.append(newlines + 1 + np.flatnonzero(free[breaks]))
        places = start + places[free]
        ends.append(places.astype(kind))
        quoted.append(_follow_mark(whole, places))
        inside ^= bool(len(marks) % 2)
        newlines += np.count_nonzero(breaks)
    found, starts = np.concatenate(ends), np.concatenate(lines)
    if inside or len(found) != width * len(starts):
        return None
    # By column, since each column is read by itself.
    found = np.ascontiguousarray(found.reshape(-1, width).T)
    # As many line ends as rows, and one at the end of each.
    if (whole[found[-1]] != ord("\n")).any():
        return None
    closed = np.ascontiguousarray(np.concatenate(quoted).reshape(-1, width).T)
    return Grid(data, found, closed if closed.any() else None, starts[:-1] + 1)


def _marks_stand_at_edges(whole: np.ndarray, places: np.ndarray, *, inside: bool) -> bool:
    """Say whether quotation marks open after a separator and close before one.

    A doubled mark inside a cell closes and opens it again.
    """
    opens, closes = places[inside::2], places[not inside :: 2]
    opening = np.isin(whole[np.maximum(opens - 1, 0)], list(b',\n"')) | (opens == 0)
    return bool(opening.all() and np.isin(whole[closes + 1], list(b',\r\n"')).all())


def _lie_between(marks: np.ndarray, places: np.ndarray, *, inside: bool) -> np.ndarray:
    """Mark the places that have an odd number of quotation marks before them."""
    turns = np.zeros(len(places) + 1, bool)
    np.bitwise_xor.at(turns, np.searchsorted(places, marks), True)
    return np.bitwise_xor.accumulate(turns[:-1]) ^ inside


def _follow_mark(whole: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Mark the separators that follow a quotation mark, those of lines as on Windows too."""
    before = whole[places - 1]
    returns = np.flatnonzero(before == ord("\r"))
    before[returns] = whole[places[returns] - 2]
    return before == ord('"')


def _read(data: bytearray, starts: np.ndarray, sizes: np.ndarray) -> list[str]:
    stops = starts + sizes
    first, last = int(starts.min()), int(stops.max())
    if last - first <= CLOSE * len(starts):
        piece = data[first:last]
        if piece.isascii():
            # A character is a byte, so that the piece is decoded once.
            text = piece.decode("ascii")
            edges = zip((starts - first).tolist(), (stops - first).tolist(), strict=True)
            return [text[begin:end] for begin, end in edges]
    edges = zip(starts.tolist(), stops.tolist(), strict=True)
    return [data[begin:end].decode() for begin, end in edges]
