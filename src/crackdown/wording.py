"""Wording: every sentence with a number in it, from a list that can be translated."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pandas as pd
from fluent.runtime import FluentBundle, FluentResource

LANGUAGE = "en"


@functools.lru_cache(maxsize=4096, typed=True)
def say(message: str, **values: Any) -> str:
    """Word a message of ``locale/en.ftl`` with its values.

    Raises
    ------
    KeyError
        If there is no such message.
    ValueError
        If a value that the message needs is missing.
    """
    bundle = _bundle(LANGUAGE)
    text, errors = bundle.format_pattern(bundle.get_message(message).value, values)
    if errors:
        raise ValueError(f"{message}: {'; '.join(map(str, errors))}")
    return text


def sentence_case(label: str) -> str:
    """Begin a label with a capital; the codebook's labels stand as in mid-sentence."""
    return label[:1].upper() + label[1:]


def write_day(day: pd.Timestamp) -> str:
    """Write a day out: 1 January 2024."""
    return f"{day.day} {day:%B} {day.year}"


def write_interval(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Write a date interval as short as it can be without losing a day.

    >>> write_interval(pd.Timestamp("2024-03-01"), pd.Timestamp("2024-03-31"))
    'March 2024'
    >>> write_interval(pd.Timestamp("2024-03-01"), pd.Timestamp("2024-03-10"))
    '1–10 March 2024'
    """
    if start == end:
        return write_day(start)
    if start.is_year_start and end.is_year_end:
        return f"{start.year}" if start.year == end.year else f"{start.year}–{end.year}"
    if start.is_month_start and end.is_month_end:
        if (start.year, start.month) == (end.year, end.month):
            return f"{start:%B} {start.year}"
        if start.year == end.year:
            return f"{start:%B}–{end:%B} {end.year}"
        return f"{start:%B} {start.year} – {end:%B} {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day} {start:%B} {start.year}"
    if start.year == end.year:
        return f"{start.day} {start:%B} – {end.day} {end:%B} {end.year}"
    return f"{write_day(start)} – {write_day(end)}"


def write_interval_briefly(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Write a date interval in figures as ISO 8601 does, whole months and years as such.

    >>> write_interval_briefly(pd.Timestamp("2024-03-01"), pd.Timestamp("2024-06-30"))
    '2024-03/2024-06'
    """
    form = "%Y-%m-%d"
    if start.is_year_start and end.is_year_end:
        form = "%Y"
    elif start.is_month_start and end.is_month_end:
        form = "%Y-%m"
    return "/".join(dict.fromkeys(f"{day:{form}}" for day in (start, end)))


@functools.lru_cache(maxsize=1024)
def name_half_year(
    period: pd.Period,
    first: pd.Timestamp = pd.Timestamp.min,
    last: pd.Timestamp = pd.Timestamp.max,
) -> str:
    """Name a half-year, and the days at which it is cut.

    >>> name_half_year(pd.Period("2024-01-01", freq="2Q"), pd.Timestamp("2024-02-01"))
    '2024, first half from 1 February'
    """
    name = f"{period.year}, {'first' if period.start_time.month == 1 else 'second'} half"
    if first > period.start_time:
        name += f" from {first.day} {first:%B}"
    if last < period.end_time.normalize():
        name += f" to {last.day} {last:%B}"
    return name


def write_persons(low: int, best: int, high: int) -> str:
    """Write a figure of persons with its bounds; "" where none is given."""
    if pd.isna(best):
        return ""
    bounds = {
        name: "unknown" if pd.isna(bound) else f"{bound:,}"
        for name, bound in (("low", low), ("high", high))
    }
    if set(bounds.values()) == {f"{best:,}"}:
        return say("persons-exact", count=int(best))
    return say("persons-range", best=int(best), **bounds)


def write_persons_briefly(low: int, best: int, high: int) -> str:
    """Write a figure of persons by its bounds, an open one with a plus; "" where none is given.

    >>> write_persons_briefly(2, 3, 5)
    '2–5'
    """
    if pd.isna(best):
        return ""
    first = f"{best if pd.isna(low) else low:,}"
    return f"{first}+" if pd.isna(high) else "–".join(dict.fromkeys((first, f"{high:,}")))


def write_money(low: float, high: float, currency: str) -> str:
    """Write a sum, or a rate in per cent, with its bounds: 2,000 to 3,000 CNY."""
    unit = "%" if currency == "PCT" else currency
    bounds = [f"{bound:,.0f}" for bound in (low, high) if not pd.isna(bound)]
    return f"{' to '.join(dict.fromkeys(bounds))} {unit}"


def write_list(items: list[str]) -> str:
    """Join items for a sentence: a, b and c."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


@functools.cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    path = Path(__file__).parent / "locale" / f"{language}.ftl"
    bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle
