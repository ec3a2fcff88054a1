"""Tables: a frame with a caption, aligned numbers and its own CSV."""

from __future__ import annotations

import dataclasses
import functools
import html
import re
import urllib.parse
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

import jinja2
import pandas as pd
from pandas.io.formats.style import Styler

from crackdown.hypertext import MARKUP, Shown
from crackdown.links import link_rows
from crackdown.wording import say

#: Incidents behind a number that are named beside it at most.
NAMED = 50

# What a spreadsheet reads as the beginning of a formula, in wide letters too,
# and white space at which it may begin a cell anew.
_FORMULA = re.compile(r"[\s\ufeff]*[-=+@\uff0d\uff1d\uff0b\uff20]|[\t\r\n]")
_NUMBER = re.compile(r"[-+]?\d[\d,]*(\.\d+)?%?")


@functools.cache
def _styler() -> type[Styler]:
    """Pandas' Styler with the project's markup: scopes and classes, no styles."""
    return Styler.from_custom_template(str(MARKUP), html_table="table.tpl")


@dataclasses.dataclass(frozen=True)
class Table(Shown):
    """A frame that shows itself as an accessible HTML table.

    Attributes
    ----------
    frame
        Index and columns as the reader sees them. A missing value shows as
        `missing`, so that nothing looks like a zero that is none.
    key
        Id in the page and name of the CSV; unique in a page.
    caption
        What is counted, in which unit, for which selection.
    note
        How to read it; may be empty.
    formats
        Python format by column, such as ``"{:.1f}"``.
    markup
        Columns whose cells hold HTML of the project's own making; all others
        are escaped.
    missing
        What an absent value reads as.
    links
        By column, a filter for each row, as `filter_rows` writes it: its
        cell leads to the incidents that the filter leaves. None, and a cell
        that is absent, empty or zero, leads nowhere. The CSV holds the bare value.
    """

    frame: pd.DataFrame
    key: str
    caption: str
    note: str = ""
    formats: Mapping[str, str] = dataclasses.field(default_factory=dict)
    markup: tuple[str, ...] = ()
    missing: str = "–"
    links: Mapping[str, Sequence[str | None]] = dataclasses.field(default_factory=dict)

    def _repr_html_(self) -> str:
        frame = self.frame
        numeric = {
            position + 1
            for position, column in enumerate(frame.columns)
            if pd.api.types.is_numeric_dtype(frame[column])
        }
        formats = {
            column: self.formats.get(column, "{:,}")
            for column in frame.columns
            if pd.api.types.is_numeric_dtype(frame[column])
        }
        plain = [column for column in frame.columns if column not in self.markup]
        styler = _styler()(frame, caption=html.escape(self.caption, quote=False))
        styler.format(formats, subset=plain, escape="html", na_rep=self.missing)
        if self.markup:
            styler.format(subset=[*self.markup], na_rep=self.missing)
        styler.format_index(escape="html", axis=0).format_index(escape="html", axis=1)
        body = styler.to_html(exclude_styles=True, numeric=numeric, linked=self._linked(), link_rows=link_rows)
        note = f'<p class="note">{html.escape(self.note, quote=False)}</p>' if self.note else ""
        return (
            f'<div class="table" id="{self.key}"><div '
            f'aria-label="{html.escape(self.caption)}" class="scroll" role="region" '
            f'tabindex="0">{body}</div>'
            f'{note}<p class="csv"><a download="{self.key}.csv" href="{self._csv()}">'
            f"{say('table-csv')}<span class=\"aside\"> ({self.key})</span></a></p></div>"
        )

    def _linked(self) -> dict[tuple[int, int], str]:
        """Gather the filters by row and column of the body, the row's name being column 0."""
        linked = {}
        absent = self.frame.isna().to_numpy()
        for column, queries in self.links.items():
            place = self.frame.columns.get_loc(column)
            cells = zip(queries, self.frame[column], absent[:, place], strict=True)
            for row, (query, value, is_absent) in enumerate(cells):
                if query is not None and not is_absent and value not in (0, ""):
                    linked[row, place + 1] = query
        return linked

    def _csv(self) -> str:
        frame = self.frame.copy()
        for column in self.markup:
            frame[column] = frame[column].map(_text)
        for column in frame.select_dtypes(exclude="number"):
            frame[column] = frame[column].map(write_cell)
        frame.index = frame.index.map(write_cell).rename(write_cell(frame.index.name))
        frame.columns = frame.columns.map(write_cell)
        text = frame.to_csv(lineterminator="\n")
        return "data:text/csv;charset=utf-8," + urllib.parse.quote(text)


def write_cell(value: Any) -> Any:
    """Write a text as a cell of CSV that no spreadsheet takes for a formula.

    An apostrophe before it makes it text. Numbers stay as they are, and so
    does all that is no text.

    >>> write_cell("=1+1"), write_cell("-7"), write_cell("Daily NK")
    ("'=1+1", '-7', 'Daily NK')
    """
    if not isinstance(value, str):
        return value
    # A lone carriage return would end the row in some readers.
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    is_formula = _FORMULA.match(value) and not _NUMBER.fullmatch(value)
    return f"'{value}" if is_formula else value


def _text(markup: str) -> str:
    """Strip tags of the project's own making."""
    return html.unescape(jinja2.filters.do_striptags(str(markup)))


def link(incident_ids: Iterable[str], listed: Container[str], *, count: bool = True) -> str:
    """Name the incidents behind a number, those that the page lists as links, as HTML; "" for none."""
    named = [*incident_ids]
    if not named:
        return ""
    ids = [(html.escape(one), one in listed) for one in named[:NAMED]]
    shown = ", ".join(f'<a href="#{one}">{one}</a>' if leads else one for one, leads in ids)
    shown += say("more", count=len(named) - NAMED) if len(named) > NAMED else ""
    return f'{len(named):,} <span class="aside">({shown})</span>' if count else shown
