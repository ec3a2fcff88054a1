"""Tables: a frame with a caption, aligned numbers and its own CSV."""

from __future__ import annotations

import csv
import dataclasses
import html
import io
import itertools
import re
import urllib.parse
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import jinja2
import pandas as pd
from markupsafe import Markup, escape

from crackdown.hypertext import Shown, render
from crackdown.links import link_rows
from crackdown.wording import say

#: Incidents behind a number that are named beside it at most.
NAMED = 50

# What a spreadsheet reads as the beginning of a formula, in wide letters too,
# and white space at which it may begin a cell anew.
_FORMULA = re.compile(r"[\s\ufeff]*[-=+@\uff0d\uff1d\uff0b\uff20]|[\t\r\n]")
_NUMBER = re.compile(r"[-+]?\d[\d,]*(\.\d+)?%?")


@dataclasses.dataclass(frozen=True, repr=False)
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
        head, *columns = (_read(one) for one in (self.frame.index, *(own for _, own in self.frame.items())))
        cells = (zip(self._shown(column), itertools.repeat(column.is_number)) for column in columns)
        body = {
            "caption": self.caption,
            "corner": head.name,
            "columns": [(column.name, column.is_number) for column in columns],
            "rows": zip(head.values, zip(*cells, strict=True), strict=True),
        }
        note = f'<p class="note">{html.escape(self.note, quote=False)}</p>' if self.note else ""
        return (
            f'<div class="table" id="{self.key}"><div '
            f'aria-label="{html.escape(self.caption)}" class="scroll" role="region" '
            f'tabindex="0">{render("table.html.j2", **body)}</div>'
            f'{note}<p class="csv"><a download="{self.key}.csv" href="{self._csv(head, *columns)}">'
            f"{say('table-csv')}<span class=\"aside\"> ({self.key})</span></a></p></div>"
        )

    def _shown(self, column: _Column) -> list[str | Markup]:
        """Write the cells of a column as the page shows them."""
        form = self.formats.get(column.name, "{:,}") if column.is_number else "{}"
        queries = self.links.get(column.name) or itertools.repeat(None)
        cells = []
        for value, is_absent, query in zip(column.values, column.absent, queries):
            text = self.missing if is_absent else form.format(value)
            if column.name in self.markup:
                text = Markup(text)
            if query is not None and not is_absent and value not in (0, ""):
                text = Markup(link_rows(escape(text), query))
            cells.append(text)
        return cells

    def _csv(self, *columns: _Column) -> str:
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(write_cell(column.name) for column in columns)
        writer.writerows(zip(*map(self._plain, columns), strict=True))
        return "data:text/csv;charset=utf-8," + urllib.parse.quote(file.getvalue())

    def _plain(self, column: _Column) -> list[Any]:
        """Write the cells of a column for a spreadsheet."""
        values = map(_text, column.values) if column.name in self.markup else column.values
        return ["" if absent else write_cell(value) for value, absent in zip(values, column.absent)]


class _Column(NamedTuple):
    """A column of a frame, or its index, as the lists that both the page and the CSV are written from."""

    name: str
    values: list[Any]
    absent: list[bool]
    is_number: bool


def _read(column: pd.Series | pd.Index) -> _Column:
    is_number = pd.api.types.is_numeric_dtype(column.dtype)
    name = "" if column.name is None else column.name
    return _Column(name, column.tolist(), column.isna().tolist(), is_number)


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
