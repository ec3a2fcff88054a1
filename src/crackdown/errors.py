"""What goes wrong, said so that the reader can put it right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Nearest-value search compares the value with every candidate; above this
# number it would cost seconds a cell, and the nearest of 100,000 identifiers
# is no help to anybody.
MOST_CANDIDATES = 5_000
LONGEST_SHOWN = 60


def nearest_value(value: str, candidates: Iterable[str]) -> str | None:
    """
    Find the allowed value that a mistyped one most probably stands for.

    Parameters
    ----------
    value
        What was typed.
    candidates
        What is allowed, in the order of preference for equal likeness.

    Returns
    -------
    The nearest candidate, or None when none is near or there are more than
    5,000 of them. Case and outer white space are not compared.

    Notes
    -----
    Likeness is the ratio of Ratcliff and Obershelp as in the standard
    library's `difflib`, cut at 0.6, its default.
    """
    folded: dict[str, str] = {}
    for candidate in candidates:
        folded.setdefault(candidate.casefold(), candidate)
        if len(folded) > MOST_CANDIDATES:
            return None
    found = difflib.get_close_matches(value.strip().casefold(), list(folded), n=1)
    return folded[found[0]] if found else None


def shown(value: str) -> str:
    """Quote a value for a message: control characters escaped, 60 characters at most."""
    if len(value) > LONGEST_SHOWN:
        value = value[: LONGEST_SHOWN - 1] + "…"
    return f'"{printable(value)}"'


def printable(text: str, *, keep: str = "") -> str:
    """Escape what a terminal would act upon, such as the sequences that clear or recolour it."""
    return "".join(c if c.isprintable() or c in keep else repr(c)[1:-1] for c in text)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """
    One thing that is wrong, with its place, what is allowed and the remedy.

    Parameters
    ----------
    file
        Path as the user gave it, or the name of what was checked.
    line
        Physical line on which the row starts, counted from 1; None when the
        whole file is meant.
    column
        Column or parameter; None when the whole line is meant.
    value
        The value found; None when there is none to show.
    message
        What is wrong with it: the rest of a sentence that the value opens, or
        a whole sentence without its stop.
    allowed
        The allowed values, when they are few enough to list.
    nearest
        The nearest allowed value.
    nearest_label
        Its reading label.
    remedy
        What to do, as a full sentence.
    more
        Further problems of this kind in this column that are not listed.
    """

    file: str
    line: int | None = None
    column: str | None = None
    value: str | None = None
    message: str
    allowed: Sequence[str] = ()
    nearest: str | None = None
    nearest_label: str = ""
    remedy: str = ""
    more: int = 0

    def __str__(self) -> str:
        place = [self.file]
        if self.line is not None:
            place.append(f"line {self.line}")
        if self.column is not None:
            place.append(self.column)
        opening = f"{shown(self.value)} " if self.value is not None else ""
        sentences = [f"{', '.join(place)}: {opening}{self.message}."]
        if self.allowed:
            sentences.append(f"Allowed: {', '.join(self.allowed)}.")
        if self.nearest is not None:
            label = f" ({self.nearest_label})" if self.nearest_label else ""
            sentences.append(f"Nearest: {shown(self.nearest)}{label}.")
        if self.remedy:
            sentences.append(self.remedy)
        text = " ".join(sentences)
        if self.more:
            of = f" of {self.column}" if self.column else ""
            text += f"\n{self.file}: and {self.more:,} more{of} of this kind."
        return text


class CrackdownError(Exception):
    """Base of the errors that a user can put right; `exit_status` is the command's."""

    exit_status = 1


class DataError(CrackdownError):
    """
    Say everything that is wrong with the data, one problem a line, and count it.

    Parameters
    ----------
    problems
        All problems of one run, in the order in which they are to be read.
    """

    exit_status = 1

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__(self.problems)

    @property
    def count(self) -> int:
        """Count all problems, those that are not listed included."""
        return sum(1 + problem.more for problem in self.problems)

    def __str__(self) -> str:
        files = len({problem.file for problem in self.problems})
        total = "1 problem" if self.count == 1 else f"{self.count:,} problems"
        where = "1 file" if files == 1 else f"{files} files"
        return "\n".join([*map(str, self.problems), f"{total} in {where}."])


class UsageError(CrackdownError):
    """Say how a command or a function was called wrongly; nothing has been run."""

    exit_status = 2
