"""Filters of the incident list: what can be chosen, and what each row is filed under."""

from __future__ import annotations

import base64
import dataclasses
import functools
import itertools
import json
import string
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from crackdown.coverage import publisher_group
from crackdown.evidence import SOURCE_GRADES
from crackdown.gravest import GROUPS, mark_gravest
from crackdown.links import KEYS, code_publisher
from crackdown.places import COUNTRY, name_places, place_levels
from crackdown.selection import Selection
from crackdown.wording import label_values, say, say_code, sentence_case

#: Filters that show only once a link has set them.
MINOR = ("precision", "dated", "gravest")

#: Filters of which every row has exactly one code.
ONE = ("precision", "dated", "act", "evidence")

#: Letters that write positions in the rows' codes.
ALPHABET = string.digits + string.ascii_letters

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
    links = selection.links_of(incidents)
    one = {
        "precision": incidents["geo_precision"],
        "dated": incidents["date_precision"],
        "act": incidents["action"],
        "evidence": selection.grades[incidents.index],
    }
    filed = {
        "when": _years(incidents),
        "place": _units(incidents),
        "gravest": _groups(incidents),
        "offence": incidents["offences"],
        "agency": incidents["agencies"],
        "publisher": _publishers(incidents, links),
        **{
            key: pd.Series(list(zip(codes.tolist(), strict=True)), incidents.index, dtype=object)
            for key, codes in one.items()
        },
    }
    labels = {
        "when": {year: year for year in sorted(set(itertools.chain.from_iterable(filed["when"])), reverse=True)},
        "place": _name_units(selection.archive.places),
        "precision": label_values(codebook, "incidents", "geo_precision"),
        "dated": label_values(codebook, "incidents", "date_precision"),
        "act": label_values(codebook, "incidents", "action"),
        "offence": label_values(codebook, "incidents", "offences"),
        "agency": label_values(codebook, "incidents", "agencies"),
        "evidence": {grade: say_code("grade-", grade) for grade in SOURCE_GRADES},
        "gravest": {group: say(message) for group, message in GROUPS.items()},
        "publisher": {
            code_publisher(name): name for name in publisher_group(links["publisher"]).value_counts().index
        },
    }
    return [_only_occurring(key, labels[key], filed[key]) for key in KEYS]


def file_rows(filters: list[Filter], incidents: pd.DataFrame) -> pd.Series:
    """Write under what each row is filed, as short as it can be.

    Returns
    -------
    Series of str
        Index as ``incidents``. Parts between semicolons: the first day and,
        after a comma, the days from there to the last (both in base 36,
        days since 1970); the positions of the incident's codes among the
        values of all filters `ONE` together; then those of each further
        filter but ``when``. A position takes as many letters of `ALPHABET`
        as `count_letters` says.
    """
    first = incidents["date_start"].to_numpy().astype("datetime64[D]").astype("int64")
    last = incidents["date_end"].to_numpy().astype("datetime64[D]").astype("int64")
    write = functools.cache(functools.partial(np.base_repr, base=36))
    days = [
        write(day) + (f",{write(span)}" if span else "")
        for day, span in zip(first.tolist(), (last - first).tolist(), strict=True)
    ]
    single = ["".join(row) for row in zip(*(_write(one) for one in filters if one.key in ONE), strict=True)]
    several = [_write(one) for one in filters[1:] if one.key not in ONE]
    rows = zip(days, single, *several, strict=True)
    return pd.Series([";".join(row) for row in rows], incidents.index)


def pack_rows(filed: pd.Series, further: Mapping[str, list[str]]) -> dict[str, str]:
    """Write for the script under what each row is filed, and the addresses that rows leave out.

    Parameters
    ----------
    filed
        As `file_rows` gives it.
    further
        Addresses by incident id.

    Returns
    -------
    dict
        ``rows``, the texts of `filed` with spaces between. Where rows leave
        something out there is no room for that: then ``packed``, the same and
        ``further`` as JSON, deflated and in base64.
    """
    rows = " ".join(filed)
    if not further:
        return {"rows": rows}
    text = json.dumps({"rows": rows, "further": further}, ensure_ascii=False, separators=(",", ":"))
    return {"packed": base64.b64encode(zlib.compress(text.encode(), 9)).decode()}


def count_letters(one: Filter) -> int:
    """Count the letters that write a position among the values of a filter."""
    return 1 if len(one.values) <= len(ALPHABET) else 2


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
                "one": one.key in ONE,
                "letters": count_letters(one),
                "values": [[code, sentence_case(label)] for code, label in one.values.items()],
            }
            for one in filters
        ],
        "alphabet": ALPHABET,
        "orders": [[order, say(message)] for order, message in ORDERS.items()],
        "every": every,
        "some": some,
        "between": say("filter-between", first="{first}", last="{last}"),
        "certain": say("filter-certain", first="{first}", last="{last}"),
        **{name: say(f"filter-{name}") for name in ("name", "any", "or", "words", "order", "reset")},
    }


def _only_occurring(key: str, labels: Mapping[str, str], filed: pd.Series) -> Filter:
    occurring = set(itertools.chain.from_iterable(filed))
    values = {code: label for code, label in labels.items() if code in occurring}
    return Filter(key, values, filed)


def _years(incidents: pd.DataFrame) -> pd.Series:
    spans = zip(
        incidents["date_start"].dt.year.tolist(), incidents["date_end"].dt.year.tolist(), strict=True
    )
    return pd.Series(
        [tuple(map(str, range(first, last + 1))) for first, last in spans], incidents.index, dtype=object
    )


def _write(one: Filter) -> list[str]:
    """Write the positions of each incident's codes among the values of a filter."""
    size, letters = len(ALPHABET), count_letters(one)
    places = {
        code: (ALPHABET[n // size] if letters == 2 else "") + ALPHABET[n % size]
        for n, code in enumerate(one.values)
    }
    # Of many rows few are filed differently.
    filed = one.filed.tolist()
    written = {codes: "".join(places[code] for code in codes) for codes in set(filed)}
    return [written[codes] for codes in filed]


def _groups(incidents: pd.DataFrame) -> pd.Series:
    marks = mark_gravest(incidents)
    names = marks.columns.to_numpy()
    return pd.Series([tuple(names[row]) for row in marks.to_numpy()], incidents.index, dtype=object)


def _publishers(incidents: pd.DataFrame, links: pd.DataFrame) -> pd.Series:
    """Give the independent publishers of each incident, as `publisher_group` names them."""
    held: dict[str, dict[str, None]] = {one: {} for one in incidents.index.tolist()}
    names = publisher_group(links["publisher"]).map(code_publisher)
    for one, name in zip(links["incident_id"].tolist(), names.tolist(), strict=True):
        held[one][name] = None
    return pd.Series([tuple(names) for names in held.values()], incidents.index, dtype=object)


def _units(incidents: pd.DataFrame) -> pd.Series:
    """Give the province and the county that hold each incident, or the country for neither."""
    province = place_levels(incidents)["province"]
    pairs = zip(province.tolist(), incidents["pcode"].tolist(), strict=True)
    return pd.Series(
        [tuple(dict.fromkeys(pair)) if pair[0] else (COUNTRY,) for pair in pairs], incidents.index
    )


def _name_units(places: pd.DataFrame) -> dict[str, str]:
    """Name the provinces, each followed by its counties, and what lies in neither."""
    name = name_places(places).to_dict()
    names = {}
    for pcode in places.index[places["level"] == "province"]:
        counties = places.index[places["parent_pcode"] == pcode]
        names |= {pcode: name[pcode], **{one: f"\N{EM SPACE}{name[one]}" for one in counties}}
    return {**names, COUNTRY: say("unplaced")}
