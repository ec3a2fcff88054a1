"""Filters of the incident list: what can be chosen, and what each row is filed under."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import pandas as pd

from crackdown.evidence import SOURCE_GRADES, grade_sources
from crackdown.links import KEYS
from crackdown.places import COUNTRY, place_levels
from crackdown.selection import Selection
from crackdown.wording import say, sentence_case

#: Filters that show only once a link has set them.
MINOR = ("precision", "dated")

#: Orders of the list, by column; a minus is the other way round. The first,
#: newest first, is that of the rows without a script and needs no name.
ORDERS = {
    "": "order-newest",
    "when": "order-oldest",
    "where": "order-where",
    "-where": "order-where-back",
    "what": "order-what",
    "-what": "order-what-back",
    "evidence": "order-evidence",
    "-evidence": "order-evidence-back",
}


@dataclasses.dataclass(frozen=True)
class Filter:
    """One thing to filter the list by.

    Attributes
    ----------
    key
        One of `KEYS`.
    values
        Label by code, in the order in which they are offered; only codes
        that occur.
    filed
        Tuple of codes by incident; empty tuple where none is reported.
    """

    key: str
    values: Mapping[str, str]
    filed: pd.Series


def list_filters(selection: Selection, incidents: pd.DataFrame) -> list[Filter]:
    """List the filters of some incidents, in the order of `KEYS`."""
    codebook = selection.archive.codebook
    one = {
        "precision": incidents["geo_precision"],
        "dated": incidents["date_precision"],
        "act": incidents["action"],
        "evidence": grade_sources(incidents, selection.links_of(incidents)).astype(str),
    }
    filed = {
        "when": _years(incidents),
        "place": _units(incidents),
        "offence": incidents["offences"],
        "agency": incidents["agencies"],
        **{key: codes.map(lambda code: (code,)) for key, codes in one.items()},
    }
    labels = {
        "when": {year: year for year in sorted(filed["when"].explode().unique(), reverse=True)},
        "place": _name_units(selection.archive.places),
        "precision": codebook.labels("incidents", "geo_precision"),
        "dated": codebook.labels("incidents", "date_precision"),
        "act": codebook.labels("incidents", "action"),
        "offence": codebook.labels("incidents", "offences"),
        "agency": codebook.labels("incidents", "agencies"),
        "evidence": {grade: grade for grade in SOURCE_GRADES},
    }
    return [_only_occurring(key, labels[key], filed[key]) for key in KEYS]


def file_rows(filters: list[Filter], incidents: pd.DataFrame) -> pd.Series:
    """Write under what each row is filed, as short as it can be.

    Returns
    -------
    Series of str
        Index as ``incidents``. Separated by semicolons: the days
        (``20240105-20240131``, or one), then for each filter but ``when``
        the positions of the incident's codes among its values, separated by
        commas.
    """
    first, last = (incidents[name].dt.strftime("%Y%m%d") for name in ("date_start", "date_end"))
    days = first.where(first == last, first + "-" + last)
    parts = [days]
    for one in filters[1:]:
        position = {code: str(number) for number, code in enumerate(one.values)}
        parts.append(
            one.filed.map(lambda codes, position=position: ",".join(position[c] for c in codes))
        )
    return pd.Series([";".join(row) for row in zip(*parts, strict=True)], incidents.index)


def describe_filters(filters: list[Filter], *, every: str, some: str) -> dict[str, Any]:
    """Gather what the script of the page needs to know, wording included.

    Parameters
    ----------
    filters
    every, some
        How the number of rows is told when all are shown, and when
        ``{shown}`` of them are.
    """
    return {
        "filters": [
            {
                "key": one.key,
                "label": say(f"filter-{one.key}"),
                "minor": one.key in MINOR,
                "values": [[code, sentence_case(label)] for code, label in one.values.items()],
            }
            for one in filters
        ],
        "orders": [[order, say(message)] for order, message in ORDERS.items()],
        "every": every,
        "some": some,
        "between": say("filter-between", first="{first}", last="{last}"),
        "certain": say("filter-certain", first="{first}", last="{last}"),
        **{name: say(f"filter-{name}") for name in ("name", "any", "or", "words", "order", "reset")},
    }


def _only_occurring(key: str, labels: Mapping[str, str], filed: pd.Series) -> Filter:
    occurring = set(filed.explode().dropna())
    values = {code: label for code, label in labels.items() if code in occurring}
    return Filter(key, values, filed)


def _years(incidents: pd.DataFrame) -> pd.Series:
    spans = zip(incidents["date_start"].dt.year, incidents["date_end"].dt.year, strict=True)
    return pd.Series(
        [tuple(map(str, range(first, last + 1))) for first, last in spans], incidents.index
    )


def _units(incidents: pd.DataFrame) -> pd.Series:
    """Give the province and the county that hold each incident, or the country for neither."""
    province = place_levels(incidents)["province"]
    pairs = zip(province, incidents["pcode"], strict=True)
    return pd.Series(
        [tuple(dict.fromkeys(pair)) if pair[0] else (COUNTRY,) for pair in pairs], incidents.index
    )


def _name_units(places: pd.DataFrame) -> dict[str, str]:
    """Name the provinces, each followed by its counties, and what lies in neither."""
    names = {}
    for pcode in places.index[places["level"] == "province"]:
        names[pcode] = places.name_en[pcode]
        counties = places.index[places["parent_pcode"] == pcode]
        names |= {county: f"\N{EM SPACE}{places.name_en[county]}" for county in counties}
    return {**names, COUNTRY: say("unplaced")}
