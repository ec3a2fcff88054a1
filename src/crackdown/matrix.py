"""Matrices: one declared edition that stands for many pages, and rolling windows."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from crackdown.incidents import Archive

#: Axes that may be ``all``: every value that the tables hold.
WHOLE_AXES = ("provinces", "campaigns", "years")

#: Axes that are no parameter themselves but stand for a start and an end.
PERIOD_AXES = ("years", "window")

WINDOW = re.compile(r"(\d+) (months|years)")


#: Letters of a label that a file's name takes at most.
LONGEST_SLUG = 80


class Variant(NamedTuple):
    """One value of an axis: what it is called, and the parameters it stands for."""

    label: str
    values: dict[str, str]


def list_variants(
    axis: str, wanted: str | dict[str, str], archive: Archive, last: datetime.date
) -> list[Variant]:
    """List the values of an axis.

    Parameters
    ----------
    axis
        A parameter of a notebook, or one of `PERIOD_AXES`.
    wanted
        ``all``, or parameter values by the label that a reader sees.
    archive
        Holds what ``all`` is.
    last
        The last day covered, on which windows and the current year end.

    Returns
    -------
    list of Variant
        In the order of the declaration or, for ``all``, of the gazetteer, of
        the table of campaigns and of time, the newest year first.
    """
    if isinstance(wanted, dict):
        if axis == "window":
            return [Variant(label, place_window(span, last)) for label, span in wanted.items()]
        return [Variant(label, {axis: value}) for label, value in wanted.items()]
    if axis == "provinces":
        places = archive.places
        names = places.loc[places["level"] == "province", "name_en"]
        return [Variant(name, {"provinces": pcode}) for pcode, name in names.items()]
    if axis == "campaigns":
        names = archive.campaigns["name"].items()
        return [Variant(name or f"Campaign {one}", {"campaigns": one}) for one, name in names]
    counted = archive.incidents[~archive.incidents["is_aggregate"]]
    if counted.empty:
        return []
    first = counted["date_start"].min().year
    return [_year(year, last) for year in range(last.year, first - 1, -1)]


def place_window(span: str, last: datetime.date) -> dict[str, str]:
    """Turn ``12 months`` into the twelve months that end on a day.

    >>> place_window("12 months", datetime.date(2026, 2, 14))
    {'start': '2025-02-15', 'end': '2026-02-14'}
    """
    # Imported here: whoever only reads the declaration does without pandas.
    import pandas as pd

    count, unit = WINDOW.fullmatch(span).groups()
    months = int(count) * (12 if unit == "years" else 1)
    after = pd.Timestamp(last) + pd.Timedelta(days=1)
    start = after - pd.DateOffset(months=months)
    return {"start": str(start.date()), "end": str(last)}


def name_slug(label: str) -> str:
    """Turn a label into a part of a file's name: North Hamgyong, north-hamgyong."""
    return re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")


def name_variants(variants: list[Variant]) -> list[str]:
    """Name what tables list for its files: by label and, where that is none or another's too, by value."""
    slugs = [name_slug(one.label)[:LONGEST_SLUG].rstrip("-") for one in variants]
    values = [name_slug("-".join(one.values.values())) for one in variants]
    return [
        slug if slug and slugs.count(slug) == 1 else f"{slug}-{value}".strip("-")
        for slug, value in zip(slugs, values, strict=True)
    ]


def _year(year: int, last: datetime.date) -> Variant:
    end = min(datetime.date(year, 12, 31), last)
    return Variant(str(year), {"start": f"{year}-01-01", "end": str(end)})
