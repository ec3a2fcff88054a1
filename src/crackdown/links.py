"""Links from a number to the incidents behind it, as the list in the page filters them."""

from __future__ import annotations

import functools
import html
import re
from urllib.parse import quote_plus

import pandas as pd
from markupsafe import Markup, escape

#: What the incident list filters by, in the order in which its rows carry it.
KEYS = (
    "when", "place", "precision", "dated", "act", "evidence", "gravest",
    "offence", "agency", "publisher",
)  # fmt: skip

#: The key of each kind of property whose shares are compared.
KEY_OF_PROPERTY = {"offences": "offence", "action": "act", "province": "place"}

_WEB = re.compile(r"https?://", re.IGNORECASE)

#: Value of ``precision`` for what is known to the county or better.
TO_COUNTY = "locality,county"


def filter_rows(**values: str) -> str:
    """Write a filter of the incident list.

    Parameters
    ----------
    **values
        By key of `KEYS`, a code of the codebook, the gazetteer, the grades
        of evidence or `code_publisher`; several codes between commas mean
        any of them. The place ``KP`` is what is known to no province.
        ``when`` is a year or what `write_period` gives.

    Returns
    -------
    str
        Such as ``place=KP01&act=arrest``; "" for all rows.

    Raises
    ------
    KeyError
        For a key that the list does not filter by.
    """
    unknown = sorted(set(values) - set(KEYS))
    if unknown:
        raise KeyError(f"the incident list does not filter by {', '.join(unknown)}")
    return "&".join(f"{key}={_quote(values[key])}" for key in KEYS if key in values)


def write_period(first: pd.Timestamp, last: pd.Timestamp, *, certain: bool = False) -> str:
    """Write a period as a value of ``when``.

    Parameters
    ----------
    first, last
        Days, both included.
    certain
        Only incidents whose date interval lies wholly inside; else those
        that may.

    >>> write_period(pd.Timestamp("2024-01-01"), pd.Timestamp("2024-06-30"), certain=True)
    '2024-01-01..2024-06-30,certain'
    """
    return f"{first:%Y-%m-%d}..{last:%Y-%m-%d}{',certain' if certain else ''}"


def code_publisher(name: str) -> str:
    """Write a publisher's name as a value of ``publisher``, where commas part values."""
    return name.replace(",", "")


def link_web(address: str, text: str) -> Markup:
    """Link a text of a table to an address of a table, as HTML.

    Only an address of the web becomes a link; any other is shown beside the text.

    >>> link_web("javascript:alert(1)", "Law & order")
    Markup('Law &amp; order (javascript:alert(1))')
    """
    if is_web(address):
        # Not by Markup.format, which takes several times as long.
        return Markup(f'<a href="{escape(address)}">{escape(text)}</a>')
    return Markup(f"{escape(text)} ({escape(address)})")


def is_web(address: str) -> bool:
    """Say whether an address is one of the web, and not a script or a file."""
    return _WEB.match(address) is not None


@functools.lru_cache(maxsize=4096)
def _quote(value: str) -> str:
    return quote_plus(value, safe=",")


def link_rows(number: str, query: str) -> str:
    """Link a number to the rows that a filter leaves, as HTML.

    Without JavaScript the link leads to the whole list, because its address
    is the list's own; the script of the page reads the filter beside it.

    >>> link_rows("145", filter_rows(place="KP01"))
    '<a data-filter="place=KP01" href="#list">145</a>'
    """
    beside = f'data-filter="{html.escape(query)}" ' if query else ""
    return f'<a {beside}href="#list">{number}</a>'
