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
from typing import Any

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
        columns = [self._shown(column) for column in self.frame.columns]
        body = {
            "caption": self.caption,
            "corner": self.frame.index.name or "",
            "columns": [(name, self._is_number(name)) for name in self.frame.columns],
            "rows": zip(self.frame.index, zip(*columns, strict=True), strict=True),
        }
        note = f'<p class="note">{html.escape(self.note, quote=False)}</p>' if self.note else ""
        return (
            f'<div class="table" id="{self.key}"><div '
            f'aria-label="{html.escape(self.caption)}" class="scroll" role="region" '
            f'tabindex="0">{render("table.html.j2", **body)}</div>'
            f'{note}<p class="csv"><a download="{self.key}.csv" href="{self._csv()}">'
            f"{say('table-csv')}<span class=\"aside\"> ({self.key})</span></a></p></div>"
        )

    def _is_number(self, column: str) -> bool:
        return pd.api.types.is_numeric_dtype(self.frame[column])

    def _shown(self, column: str) -> list[str | Markup]:
        """Write the cells of a column as the page shows them."""
        values, absent = self.frame[column].tolist(), self.frame[column].isna().tolist()
        form = self.formats.get(column, "{:,}") if self._is_number(column) else "{}"
        queries = self.links.get(column) or itertools.repeat(None)
        cells = []
        for value, is_absent, query in zip(values, absent, queries):
            text = self.missing if is_absent else form.format(value)
            if column in self.markup:
                text = Markup(text)
            if query is not None and not is_absent and value not in (0, ""):
                text = Markup(link_rows(escape(text), query))
            cells.append(text)
        return cells

    def _csv(self) -> str:
        frame = self.frame
        columns = [frame.index, *(frame[column] for column in frame.columns)]
        absent = [column.isna() for column in columns]
        cells = [
            ["" if missing else self._plain(column.name, value) for value, missing in zip(column, gaps, strict=True)]
            for column, gaps in zip(columns, absent, strict=True)
        ]
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([write_cell(frame.index.name or ""), *map(write_cell, frame.columns)])
        writer.writerows(zip(*cells, strict=True))
        return "data:text/csv;charset=utf-8," + urllib.parse.quote(file.getvalue())

    def _plain(self, column: str, value: Any) -> Any:
        return write_cell(_text(value) if column in self.markup else value)


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
