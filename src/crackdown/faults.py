"""Faults: what is wrong with a single value, and how that is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from crackdown.codebook import Field
from crackdown.csvfile import REPLACEMENT
from crackdown.errors import Problem, nearest_value
from crackdown.formats import SAVE_AS
from crackdown.letters import name_odd_letter
from crackdown.package import Package

MOST_ALLOWED = 20  # values that are listed in a message; the nearest is always named

MOST_DIGITS = 15  # of a figure, sign and point included: more do not fit what computes with it

OTHER_YEARS = "Correct the date; years are those of the common era, not of Juche, Heisei, Reiwa or the Buddha."
MOVE = "If the archive has grown, move the end of `period` in datapackage.json."

TYPES = {
    "integer": (re.compile(r"[+-]?\d+"), "is not a whole number", "Write digits only, or leave the cell empty."),
    "number": (
        re.compile(r"[+-]?\d+(\.\d+)?"), "is not a number",
        "Write digits, with a point for decimals and without marks between thousands.",
    ),
    "date": (
        re.compile(r"\d{4}-\d\d-\d\d"), "is not a date",
        "Write it as YYYY-MM-DD, in years of the common era.",
    ),
}


@dataclass(frozen=True)
class Fault:
    """What is wrong with one value: the test it failed, and the part that is wrong."""

    kind: str
    part: str


def build_test(
    field: Field, unknown: set[str] | None, *, damaged: bool
) -> Callable[[str], Iterable[Fault]]:
    """Build the function that finds the faults of one value of a column."""
    single = _value_test(field, unknown)
    missing = [Fault("required", "")] if field.required else []

    def find(value: str) -> Iterable[Fault]:
        if value == "":
            return missing
        if damaged and REPLACEMENT in value:
            return [Fault("encoding", value)]
        if not field.is_list:
            kind = single(value)
            return [Fault(kind, value)] if kind else []
        parts = value.split(";")
        faults = [Fault(kind, part) for part in dict.fromkeys(parts) if (kind := single(part))]
        repeated = [part for part in dict.fromkeys(parts) if parts.count(part) > 1]
        return faults + [Fault("repeated", part) for part in repeated]

    return find


def _value_test(field: Field, unknown: set[str] | None) -> Callable[[str], str | None]:
    """Build the function that names the test which one value (of a list) fails."""
    limits = field.constraints
    pattern = re.compile(limits["pattern"]) if "pattern" in limits and not field.is_list else None
    form = TYPES[field.type][0] if field.type in TYPES else None
    words = {*field.true_values, *field.false_values} if field.type == "boolean" else None

    def test(value: str) -> str | None:
        if value == "" and field.is_list:
            return "gap"
        if field.categories:
            return None if value in field.categories else "vocabulary"
        if unknown is not None:
            return "reference" if value in unknown else None
        if words is not None:
            return None if value in limits.get("enum", words) else "vocabulary"
        if pattern is not None and not pattern.fullmatch(value):
            return "pattern"
        if form is not None and not (form.fullmatch(value) and value.isascii()):
            return "type"
        if field.type == "date":
            return _day_fault(value, limits)
        if form is not None and len(value) > MOST_DIGITS:
            return "large"
        if "maxLength" in limits and len(value) > limits["maxLength"]:
            return "length"
        if "minimum" in limits and float(value) < limits["minimum"]:
            return "minimum"
        if "maximum" in limits and float(value) > limits["maximum"]:
            return "maximum"
        return None

    return test


def _day_fault(value: str, limits: Mapping[str, str]) -> str | None:
    try:
        date.fromisoformat(value)
    except ValueError:
        return "day"
    # Days of this form are in order as texts.
    if value < limits.get("minimum", value):
        return "early"
    return "late" if value > limits.get("maximum", value) else None


def build_description(field: Field, kind: str, package: Package) -> Callable[[str], Problem]:
    """Build the function that says of a value what is wrong, allowed and to be done."""
    describe = _describer(field, kind, package)
    if kind not in ("reference", "vocabulary", "pattern", "type"):
        return describe

    def describe_closely(value: str) -> Problem:
        problem, odd = describe(value), name_odd_letter(value)
        # It may read exactly like a value that is right.
        return replace(problem, message=f"{problem.message}; it holds {odd}") if odd else problem

    return describe_closely


def _describer(field: Field, kind: str, package: Package) -> Callable[[str], Problem]:
    limits = field.constraints
    if kind == "reference":
        return _reference_describer(field, package)
    if kind == "vocabulary":
        words = limits.get("enum", [*field.true_values, *field.false_values])
        allowed = list(field.categories) or list(words)
        return lambda value: _vocabulary_problem(field, value, allowed)
    empty = "or leave the cell empty"
    message, remedy = {
        "required": ("the cell is empty", f"Fill it in: {field.description}."),
        "encoding": ("holds bytes that are not UTF-8", SAVE_AS),
        "gap": ("the list has an empty part", "Separate values by one ; without spaces."),
        "repeated": ("stands twice in the list", "Remove one of the two."),
        "pattern": ("is not in the form of this column", f"It is: {field.description}."),
        "day": ("is not a day of the calendar", "Correct the date."),
        "early": (f"lies before {limits.get('minimum')}", OTHER_YEARS),
        "late": (f"lies after {limits.get('maximum')}", f"{OTHER_YEARS} {MOVE}"),
        "length": (f"is longer than {limits.get('maxLength')} characters", "Shorten it."),
        "minimum": (f"is below {limits.get('minimum')}", f"Correct the figure, {empty}."),
        "maximum": (f"is above {limits.get('maximum')}", f"Correct the figure, {empty}."),
        "large": (f"has more than {MOST_DIGITS} digits", f"Correct the figure, {empty}."),
        "type": TYPES.get(field.type, ("", "", ""))[1:],
    }[kind]
    hidden = kind in ("required", "gap")
    return lambda value: Problem(
        file="", value=None if hidden else value, message=message, remedy=remedy
    )


def _vocabulary_problem(field: Field, value: str, allowed: list[str]) -> Problem:
    nearest = nearest_value(value, allowed)
    category = field.categories.get(nearest) if nearest else None
    optional = "" if field.required else ", or leave it empty"
    return Problem(
        file="", value=value, message="is not allowed here",
        allowed=allowed if len(allowed) <= MOST_ALLOWED else (),
        nearest=nearest, nearest_label=category.label if category else "",
        remedy=f"Correct the cell{optional}.",
    )


def _reference_describer(field: Field, package: Package) -> Callable[[str], Problem]:
    name, column = field.references
    table, file = package.codebook.tables[name], package.files[name]
    keys = file.cells(column).texts()
    labels: dict[str, str] = {}
    if table.label_field in file.columns:
        labels = dict(zip(keys, file.cells(table.label_field).texts(), strict=True))
    names = {label: key for key, label in labels.items()}
    if "aliases" in file.columns:
        for key, aliases in zip(keys, file.cells("aliases").texts(), strict=True):
            names.update({alias: key for alias in aliases.split(";") if alias not in names})
    article = "an" if table.singular[0] in "aeiou" else "a"

    def describe(value: str) -> Problem:
        nearest = nearest_value(value, keys)
        if nearest is None:
            # Coders type names: the nearest name leads to the key.
            nearest = names.get(nearest_value(value, names) or "")
        return Problem(
            file="", value=value, message=f"is not {article} {table.singular}",
            nearest=nearest, nearest_label=labels.get(nearest or "", ""),
            remedy=f"Correct the cell, or add the {table.singular} to {file.path}.",
        )

    return describe
