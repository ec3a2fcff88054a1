"""Places: resolving what people type, and the level to which an act is known.

Codes join and names are for reading: a name is resolved to its P-code once,
where it is typed, and everything after that works on P-codes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pandas as pd

from crackdown.catalogue import DEFAULT, present
from crackdown.errors import UsageError, nearest_value, shown

COUNTRY = "KP"

#: From the finest to the coarsest; `border` is the border area of a province
#: or of the country, which no county can stand for.
PRECISIONS = ("locality", "county", "province", "border", "country")

_LEVEL_OF_PRECISION = {
    "locality": "county",
    "county": "county",
    "province": "province",
    "border": "border",
    "country": "country",
}


def resolve_place(places: pd.DataFrame, text: str) -> str:
    """Find the P-code of a place that somebody typed.

    Codes are taken as they are. Names and aliases are compared without case,
    breves, apostrophes and spaces, provinces before counties, because three
    names (Pyongyang, Nampo, Unsan) stand for two units.

    Parameters
    ----------
    places
        The gazetteer, index ``pcode``.
    text
        A P-code, a name or an alias, in Latin letters or Hangul.

    Returns
    -------
    str

    Raises
    ------
    UsageError
        If nothing, or more than one unit of a level, bears the name.
    """
    if text in places.index:
        return text
    wanted = fold_name(text)
    names = {
        pcode: {fold_name(name) for name in (pcode, row.name_en, row.name_ko, *row.aliases)}
        for pcode, row in places.iterrows()
    }
    for level in ("country", "province", "county"):
        found = [
            pcode for pcode in places.index[places["level"] == level] if wanted in names[pcode]
        ]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f'{shown(text)} names {len(found)} places. Write one of {", ".join(found)}.')
    known = {name: pcode for pcode in names for name in names[pcode]}
    near = nearest_value(wanted, known)
    hint = f' Nearest: "{known[near]}" ({places.name_en[known[near]]}).' if near else ""
    raise UsageError(
        f'{shown(text)} is not a place.{hint} Write a P-code or a name of data/places.csv.'
    )


def place_levels(incidents: pd.DataFrame) -> pd.DataFrame:
    """Say for each incident at which level its place is known.

    Returns
    -------
    DataFrame
        Index as ``incidents``; ``level`` is ``county``, ``province``,
        ``border`` or ``country``; ``province`` is the P-code of the province
        that surely contains the act, "" if none does.
    """
    return pd.DataFrame(
        {
            "level": map_values(incidents["geo_precision"], _LEVEL_OF_PRECISION.__getitem__),
            "province": map_values(incidents["pcode"], lambda code: code[:4] if len(code) >= 4 else ""),
        }
    )


def map_values(texts: pd.Series, write: Callable[[str], str]) -> pd.Series:
    """Write each text of a column anew, each different one once; none is missing."""
    # As objects: pandas' own array of texts would be searched for gaps first.
    codes, values = pd.factorize(texts.to_numpy(object))
    written = pd.array([write(value) for value in values], dtype=texts.dtype)
    return pd.Series(written.take(codes), texts.index, name=texts.name, copy=False)


def name_places(places: pd.DataFrame) -> pd.Series:
    """Give the name of each place in the language in use, by P-code."""
    names = places[_column(places)]
    if names.name == f"name_{DEFAULT}":
        return names
    # A page calls the country as its readers do, not as the country calls itself.
    return names.where(names.index != COUNTRY, present().say("country"))


def place_name(places: pd.DataFrame, pcode: str) -> str:
    """Name a place with its province, so that no two places read alike.

    >>> frame = pd.DataFrame(
    ...     {"name_en": ["Ryanggang", "Hyesan"], "level": ["province", "county"],
    ...      "parent_pcode": ["KP", "KP01"]}, index=["KP01", "KP0101"])
    >>> place_name(frame, "KP0101")
    'Hyesan, Ryanggang'
    """
    column = _column(places)
    name = places.at[pcode, column]
    if places.at[pcode, "level"] == "county":
        province = places.at[places.at[pcode, "parent_pcode"], column]
        return present().form("place-in").format(place=name, province=province)
    return name if pcode != COUNTRY or column == f"name_{DEFAULT}" else present().say("country")


def _column(places: pd.DataFrame) -> str:
    """Name the column of the gazetteer that holds names in the language in use."""
    column = f"name_{present().language}"
    return column if column in places else f"name_{DEFAULT}"


def fold_name(text: str) -> str:
    """Write a name without case, breves, apostrophes, hyphens and spaces, to compare it."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in decomposed if not unicodedata.combining(c) and c.isalnum())
    return unicodedata.normalize("NFC", kept)
