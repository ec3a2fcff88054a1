"""Wording: what readers see, from a catalogue that can be translated; days, sums and lists too."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import pandas as pd

from crackdown.catalogue import DEFAULT, load_catalogue, present

if TYPE_CHECKING:
    from crackdown.codebook import Codebook


def say(message: str, /, **values: Any) -> str:
    """Word a message of the catalogue in use with its values.

    Raises
    ------
    KeyError
        If there is no such message.
    ValueError
        If a value that the message needs is missing.
    """
    return present().say(message, **values)


def say_code(kind: str, code: str) -> str:
    """Word a code that has a message of its own: ``grade-single-source`` of "grade-" and "single source"."""
    return say(kind + code.replace(", ", "-").replace(" ", "-").replace("_", "-"))


def translate(text: str) -> str:
    """Give a text of a notebook, a declaration or a table in the language in use.

    The catalogue of the tables' language holds the texts that can be translated;
    any other stays as it is.
    """
    catalogue = present()
    if catalogue.language == DEFAULT:
        return text
    message = load_catalogue(DEFAULT).texts().get(text)
    return catalogue.form(message) if message else text


def label_values(codebook: Codebook, table: str, field: str) -> dict[str, str]:
    """List a column's allowed values with their labels in the language in use, in order.

    A value that the catalogue does not know keeps the codebook's own label.
    """
    catalogue = present()
    labels = codebook.labels(table, field)
    if catalogue.language == DEFAULT:
        return labels
    vocabulary = codebook.tables[table].fields[field].vocabulary
    messages = {value: f"label-{vocabulary}-{value}" for value in labels}
    return {
        value: catalogue.say(messages[value]) if messages[value] in catalogue else label
        for value, label in labels.items()
    }


def sentence_case(label: str) -> str:
    """Begin a label with a capital; the codebook's labels stand as in mid-sentence."""
    return label[:1].upper() + label[1:]


def write_day(day: pd.Timestamp) -> str:
    """Write a day out: 1 January 2024."""
    return _form("date-day").format(day=day.day, month=name_month(day.month), year=day.year)


def write_day_of_year(day: pd.Timestamp) -> str:
    """Write a day where its year goes without saying: 1 January."""
    return _form("date-day-of-year").format(day=day.day, month=name_month(day.month))


def name_month(month: int) -> str:
    """Name a month by its number."""
    return say(f"month-{month}")


def write_interval(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Write a date interval as short as it can be without losing a day.

    >>> write_interval(pd.Timestamp("2024-03-01"), pd.Timestamp("2024-03-31"))
    'March 2024'
    >>> write_interval(pd.Timestamp("2024-03-01"), pd.Timestamp("2024-03-10"))
    '1–10 March 2024'
    """
    if start == end:
        return write_day(start)
    year, last_year, months = start.year, end.year, (name_month(start.month), name_month(end.month))
    if start.is_year_start and end.is_year_end:
        if year == last_year:
            return _form("date-year").format(year=year)
        return _form("date-years").format(first=year, last=last_year)
    if start.is_month_start and end.is_month_end:
        if year != last_year:
            ends = (_form("date-month").format(month=m, year=y) for m, y in zip(months, (year, last_year)))
            return _span(*ends)
        if months[0] == months[1]:
            return _form("date-month").format(month=months[0], year=year)
        return _form("date-months").format(first=months[0], last=months[1], year=year)
    if year != last_year:
        return _span(write_day(start), write_day(end))
    if months[0] == months[1]:
        return _form("date-days").format(first=start.day, last=end.day, month=months[0], year=year)
    ends = (write_day_of_year(day) for day in (start, end))
    return _form("date-days-of-year").format(**dict(zip(("first", "last"), ends)), year=year)


def _form(message: str) -> str:
    return present().form(message)


def _span(first: str, last: str) -> str:
    return _form("date-span").format(first=first, last=last)


def write_interval_briefly(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Write a date interval in figures as ISO 8601 does, whole months and years as such.

    >>> write_interval_briefly(pd.Timestamp("2024-03-01"), pd.Timestamp("2024-06-30"))
    '2024-03/2024-06'
    """
    size = len("2024-03-01")
    if start.is_year_start and end.is_year_end:
        size = len("2024")
    elif start.is_month_start and end.is_month_end:
        size = len("2024-03")
    # Not by a format of its own, which takes several times as long.
    days = (f"{day.year}-{day.month:02}-{day.day:02}"[:size] for day in (start, end))
    return "/".join(dict.fromkeys(days))


def name_half_year(
    period: pd.Period,
    first: pd.Timestamp = pd.Timestamp.min,
    last: pd.Timestamp = pd.Timestamp.max,
) -> str:
    """Name a half-year, and the days at which it is cut.

    >>> name_half_year(pd.Period("2024-01-01", freq="2Q"), pd.Timestamp("2024-02-01"))
    '2024, first half from 1 February'
    """
    year, begin, end = _days_of(period)
    half = "first" if begin.month == 1 else "second"
    name = _form(f"half-{half}").format(year=year)
    if first > begin:
        name = _form("half-from").format(half=name, day=write_day_of_year(first))
    if last < end:
        name = _form("half-to").format(half=name, day=write_day_of_year(last))
    return name


@functools.lru_cache(maxsize=1024)
def _days_of(period: pd.Period) -> tuple[int, pd.Timestamp, pd.Timestamp]:
    """Give year, first and last day: a page asks for those of the same half-years hundreds of times."""
    return period.year, period.start_time, period.end_time.normalize()


def write_persons(low: int, best: int, high: int) -> str:
    """Write a figure of persons with its bounds; "" where none is given."""
    if pd.isna(best):
        return ""
    bounds = {
        name: say("unknown") if pd.isna(bound) else f"{bound:,}"
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
    written = [*dict.fromkeys(f"{bound:,.0f}" for bound in (low, high) if not pd.isna(bound))]
    amount = write_range(*written) if len(written) == 2 else "".join(written)
    message = f"money-{currency}"
    if message in present():
        return _form(message).format(amount=amount)
    return _form("money-other").format(amount=amount, currency=currency)


def write_range(low: str, high: str) -> str:
    """Write from where to where: 2 to 5."""
    return _form("range").format(low=low, high=high)


def write_list(items: list[str]) -> str:
    """Join items for a sentence: a, b and c."""
    if len(items) == 1:
        return items[0]
    return _form("list-last").format(items=", ".join(items[:-1]), last=items[-1])
