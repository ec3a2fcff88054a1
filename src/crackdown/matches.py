"""Matching: which county the shapes of a foreign file are.

A code or a name says which county is meant, and the ground that a shape covers
says whether that can be: both must agree. Where there is neither code nor known
name, the ground alone decides, if it is clear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from crackdown.errors import DataError, Problem
from crackdown.places import fold_name

#: Share of a shape, or of the county as shipped, that must lie in the other for a
#: code or a name to be believed; and share of a shape that settles it alone.
BELIEVED = 0.25
SETTLED = 0.6

_ENDINGS = re.compile(
    r"[ -](?:city|county|dist(?:rict|\.)?|special city|si|gun|kun|guyok|kuyok|guyeok|ku|gu|up)$"
    r"|(?<=[가-힣]{2})(?:특별시|직할시|시|군|구역|지구|구)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Layout:
    """
    The columns in which a publisher writes codes and names, in small letters.

    `codes` and `names` are of the county, `provinces` of its province.
    """

    name: str
    codes: Sequence[str]
    names: Sequence[str]
    provinces: Sequence[str]


LAYOUTS = (
    Layout(
        "OCHA COD-AB",
        ("adm2_pcode", "admin2pcod"),
        ("adm2_en", "adm2_ko", "adm2_name", "adm2_name1", "adm2_ref", "admin2name"),
        ("adm1_en", "adm1_ko", "adm1_name", "adm1_name1", "admin1name"),
    ),
    Layout("GADM", (), ("name_2", "varname_2", "nl_name_2"), ("name_1", "varname_1", "nl_name_1")),
    Layout("geoBoundaries", (), ("shapename",), ()),
    Layout("this project's", ("pcode",), ("name_en", "name_ko", "name"), ("province",)),
)


@dataclass(frozen=True)
class Match:
    """A shape (its row, from 1, and its name) and the county that it is, or is a part of."""

    row: int
    name: str
    pcode: str
    by: str


def recognise_layout(columns: Iterable[str]) -> Layout | None:
    """Find the layout whose columns of codes or of county names are there."""
    there = {name.lower() for name in columns}
    return next((one for one in LAYOUTS if there & {*one.codes, *one.names}), None)


class Names:
    """The names of counties and provinces, folded, with the units that bear them."""

    def __init__(self, places: pd.DataFrame):
        self.counties = places[places["level"] == "county"]
        self.bearers = {"county": {}, "province": {}}
        for pcode, row in places[places["level"] != "country"].iterrows():
            known = self.bearers[row["level"]]
            for name in (row["name_en"], row["name_ko"], *row["aliases"]):
                for form in _forms(name):
                    known.setdefault(form, set()).add(pcode)

    def find(self, level: str, cells: Iterable[object]) -> set[str]:
        """List the units of a level that one of several cells names; a cell may hold several names."""
        parts = (
            part for cell in cells if isinstance(cell, str) for part in re.split(r"[|;/()]", cell)
        )
        known = self.bearers[level]
        return set().union(*(known.get(form, ()) for part in parts for form in _forms(part)))

    def count_known(self, frame: GeoDataFrame) -> int:
        """Count the cells of a frame that name a county or province."""
        texts = frame.drop(columns="geometry")
        return sum(
            bool(self.find("county", [cell]) or self.find("province", [cell]))
            for name in texts
            for cell in texts[name]
        )


def _forms(name: str) -> set[str]:
    """Fold a name, and what is left of it without a word for the kind of unit."""
    return {fold_name(name), fold_name(_ENDINGS.sub("", name.strip()))} - {""}


def match_counties(
    frame: GeoDataFrame, layout: Layout, names: Names, *, shipped: GeoDataFrame, file: str
) -> list[Match]:
    """
    Say which county each shape is.

    Parameters
    ----------
    frame
        The shapes in metres, as `shipped`, all valid.
    layout
        Its columns.
    names
        The names of the gazetteer.
    shipped
        The project's own counties, index `pcode`.
    file
        What problems name.

    Returns
    -------
    A match a shape, in order.

    Raises
    ------
    DataError
        With a problem for every shape of which it cannot be told what it is.
    """
    columns = {name.lower(): name for name in frame.columns}
    codes, titles, provinces = (
        [columns[name] for name in group if name in columns]
        for group in (layout.codes, layout.names, layout.provinces)
    )
    shared = shared_areas(frame.geometry.to_numpy(), shipped.geometry.to_numpy())
    of_shape = shared / frame.area.to_numpy()[:, None]
    agreement = np.maximum(of_shape, shared / shipped.area.to_numpy())
    matches, problems = [], []
    for row, cells in enumerate(frame.drop(columns="geometry").itertuples(index=False)):
        cells = dict(zip(frame.columns.drop("geometry"), cells, strict=True))
        name = next((str(cells[one]) for one in titles if isinstance(cells[one], str)), "")
        told, by = {cells[one] for one in codes} & set(shipped.index), "code"
        if not told:
            told, by = names.find("county", [cells[one] for one in titles]), "name"
            inside = names.find("province", [cells[one] for one in provinces])
            told = {one for one in told if one[:4] in inside} or told
        found = _decide(told, by, agreement[row], of_shape[row], shipped.index)
        if isinstance(found, str):
            problems.append(Problem(
                file=file, line=row + 1, value=name or None, message=found,
                remedy="Correct its code or name, or its shape; rows are counted from 1.",
            ))
        else:
            matches.append(Match(row + 1, name, *found))
    if problems:
        raise DataError(problems)
    return matches


def _decide(
    told: set[str], by: str, agreement: np.ndarray, of_shape: np.ndarray, pcodes: pd.Index
) -> tuple[str, str] | str:
    """Return the county and by what it was told, or what is wrong."""
    believed = {one for one in told if agreement[pcodes.get_loc(one)] >= BELIEVED}
    best = int(of_shape.argmax())
    if believed:
        return max(sorted(believed), key=lambda one: of_shape[pcodes.get_loc(one)]), by
    if told:
        lies = f"lies in {pcodes[best]}" if of_shape[best] > 0 else "lies outside North Korea"
        return f"is {' or '.join(sorted(told))} by its {by}, and {lies}"
    if of_shape[best] >= SETTLED:
        return pcodes[best], "ground"
    if of_shape[best] > 0:
        return f"is no known name, and only {of_shape[best]:.0%} of the shape lies in {pcodes[best]}"
    return "is no known name, and lies outside North Korea"


def shared_areas(shapes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Measure what each shape shares with each of the others, as a matrix of areas."""
    areas = np.zeros((len(shapes), len(others)))
    left, right = shapely.STRtree(others).query(shapes, predicate="intersects")
    areas[left, right] = shapely.area(shapely.intersection(shapes[left], others[right]))
    return areas
