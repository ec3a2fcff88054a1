"""Packages: tables that can be read, with their codebook and their identifiers numbered alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from crackdown.cells import hold_texts, number_texts
from crackdown.codebook import Codebook
from crackdown.csvfile import CsvFile

#: A table and one of its columns.
Place = tuple[str, str]


@dataclass(frozen=True)
class Package:
    """
    Tables that can be read, with the codebook that they are held against.

    Their identifiers can be had as numbers, the same in all columns that belong
    together: tables of a million rows are then joined by numbers. The columns
    that refer to one another by the codebook are numbered at once, when the
    first of them is asked for. Rows that are not whole count too, since they
    tell which identifiers exist.
    """

    files: Mapping[str, CsvFile]
    codebook: Codebook
    _groups: list[dict[Place, np.ndarray]] = field(default_factory=list, compare=False)

    def number(self, *places: Place) -> list[np.ndarray]:
        """
        Number the identifiers of some columns, alike in all of them.

        Returns
        -------
        Numbers from nought for the rows of each, those that are not whole at the end.
        """
        for group in self._groups:
            if group.keys() >= set(places):
                return [group[place] for place in places]
        self._groups.append(self._number_together(self._find_related(places)))
        return [self._groups[-1][place] for place in places]

    def find_unknown(self, place: Place, target: Place) -> np.ndarray:
        """Mark the whole rows whose cell is not found in another column."""
        asked, known = self.number(place, target)
        return ~mark(known, among=asked)[: len(self.files[place[0]])]

    def list_unknown(self, texts: Iterable[str], target: Place) -> set[str]:
        """Choose the texts that are not found in a column."""
        texts = list(texts)
        table, column = target
        loose = hold_texts(self.files[table].loose[column])
        numbers, _ = number_texts(self.files[table].cells(column), loose, hold_texts(texts))
        known, asked = np.split(numbers, [len(numbers) - len(texts)])
        found = mark(known, among=asked)
        return {text for text, there in zip(texts, found.tolist(), strict=True) if not there}

    def _find_related(self, places: Iterable[Place]) -> list[Place]:
        """List the columns that refer to what some columns are or refer to."""
        targets = {self._target(place) for place in places}
        related = [
            (name, column)
            for name, file in self.files.items()
            for column in file.columns
            if not self.codebook.tables[name].fields[column].is_list
            and self._target((name, column)) in targets
        ]
        return list(dict.fromkeys([*places, *related]))

    def _target(self, place: Place) -> Place:
        table, column = place
        return self.codebook.tables[table].fields[column].references or place

    def _number_together(self, places: list[Place]) -> dict[Place, np.ndarray]:
        cells = []
        for table, column in places:
            cells += [self.files[table].cells(column), hold_texts(self.files[table].loose[column])]
        numbers, _ = number_texts(*cells)
        sizes = [len(whole) + len(loose) for whole, loose in zip(cells[::2], cells[1::2])]
        parts = np.split(numbers.astype(np.int32), np.cumsum(sizes)[:-1])
        return dict(zip(places, parts, strict=True))


def mark(known: np.ndarray, *, among: np.ndarray) -> np.ndarray:
    """Mark the numbers that occur among those known."""
    there = np.zeros(max(known.max(initial=-1), among.max(initial=-1)) + 1, bool)
    there[known] = True
    return there[among]
