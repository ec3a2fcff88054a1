"""Texts: a column of long texts that stay bytes until somebody reads them.

Of a million summaries, titles and addresses a page shows a few thousand. As
Python's objects the others would take as much memory as all else that is known
of the incidents.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray, ExtensionDtype, take
from pandas.api.indexers import check_array_indexer

from crackdown.cells import Cells, hold_texts
from crackdown.csvfile import CsvFile, load_csv
from crackdown.errors import DataError, Problem


class FileColumn:
    """
    The cells of a column that are read when somebody first asks for them.

    Parameters
    ----------
    file
        As it was read; on disk it is not to change.
    column
    """

    def __init__(self, file: CsvFile, column: str) -> None:
        self._shown, self._path, self._column = file.path, Path(file.path).absolute(), column
        self._columns, self._size, self._state = list(file.columns), len(file), _state(self._path)

    def __len__(self) -> int:
        return self._size

    @property
    def nbytes(self) -> int:
        """Bytes of memory; none before the first use."""
        return self._cells.nbytes if "_cells" in vars(self) else 0

    def take(self, rows: np.ndarray) -> Cells:
        """Choose cells by number.

        Raises
        ------
        DataError
            If the file is another by now.
        """
        return self._cells.take(rows)

    @functools.cached_property
    def _cells(self) -> Cells:
        file, problems = load_csv(self._path, self._columns)
        if problems or _state(self._path) != self._state:
            message, remedy = "the file has changed since it was read", "Read the tables again."
            raise DataError([Problem(file=self._shown, message=message, remedy=remedy)])
        return file.cells(self._column).copy()


def _state(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_size, state.st_mtime_ns


class TextDtype(ExtensionDtype):
    """The type of a column of `Texts`."""

    name = "text"
    type = str
    kind = "O"

    @classmethod
    def construct_array_type(cls) -> type[Texts]:
        """Name the array that holds such a column."""
        return Texts


class Texts(ExtensionArray):
    """
    A column of texts that cannot be changed in place.

    Rows that are taken out of it, in any order, share its bytes. Texts are
    read with every use: ``astype("str")`` makes a usual column of them.

    Parameters
    ----------
    cells
        The texts, or where they can be read.
    rows
        Which of them stands in each row, -1 where it is missing; None for all
        in their order.
    """

    def __init__(self, cells: Cells | FileColumn, rows: np.ndarray | None = None) -> None:
        self._cells = cells
        self._rows = np.arange(len(cells), dtype=np.int32) if rows is None else rows

    @classmethod
    def _from_sequence(cls, scalars: Sequence[Any], *, dtype: Any = None, copy: bool = False) -> Texts:
        told = ~pd.isna(np.asarray(scalars, object))
        texts = [text for text, known in zip(scalars, told, strict=True) if known]
        return cls(hold_texts(texts), np.where(told, np.cumsum(told) - 1, -1).astype(np.int32))

    @classmethod
    def _from_factorized(cls, values: np.ndarray, original: Texts) -> Texts:
        return cls._from_sequence(values)

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[Texts]) -> Texts:
        return cls._from_sequence([text for one in to_concat for text in one])

    @property
    def dtype(self) -> TextDtype:
        """The type of the column."""
        return TextDtype()

    @property
    def nbytes(self) -> int:
        """Bytes of memory, those that are shared with others included."""
        return self._cells.nbytes + self._rows.nbytes

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._read(self._rows))

    def __getitem__(self, item: Any) -> Any:
        rows = self._rows[check_array_indexer(self, item)]
        return Texts(self._cells, rows) if isinstance(rows, np.ndarray) else self._read(np.array([rows]))[0]

    def __getattr__(self, name: str) -> Any:
        # What pandas offers for texts, Series.str, it does with a column of its own.
        if name.startswith("_str_"):
            return getattr(self.astype("str"), name)
        raise AttributeError(name)

    def __eq__(self, other: object) -> Any:
        if isinstance(other, (pd.Series, pd.Index, pd.DataFrame)):
            return NotImplemented
        return np.asarray(self, object) == np.asarray(other, object)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        texts = self._read(self._rows)
        return texts if dtype is None else texts.astype(dtype, copy=False)

    def _read(self, rows: np.ndarray) -> np.ndarray:
        told = rows >= 0
        texts = np.full(len(rows), self.dtype.na_value, object)
        texts[told] = self._cells.take(rows[told]).texts()
        return texts

    def isna(self) -> np.ndarray:
        """Mark the rows that are missing."""
        return self._rows < 0

    def take(self, indices: Sequence[int], *, allow_fill: bool = False, fill_value: Any = None) -> Texts:
        """Take rows out, as pandas' own arrays do; what is filled in is missing."""
        fill = -1 if allow_fill else None
        return Texts(self._cells, take(self._rows, np.asarray(indices), allow_fill=allow_fill, fill_value=fill))

    def copy(self) -> Texts:
        """Give the same, since nothing can change it."""
        return self[:]
