"""The declaration of the site: ``reports/editions.yml``, read and checked."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pydantic
import yaml

from crackdown.errors import UsageError, shown
from crackdown.matrix import PERIOD_AXES, WHOLE_AXES, WINDOW

#: Parameters that the command gives, so that all pages have the same.
OF_THE_COMMAND = ("data", "shapefiles", "links", "twins", "lang")

#: What the texts that have a form look like.
FORMS = {
    "name": "takes small letters, digits, hyphens and {slug}",
    "notebook": "is the name of a notebook, without its folder and its ending",
    "title": "takes any text without a semicolon",
    "group": "takes any text without a semicolon",
    "window": "is written as 12 months or 5 years",
}


class Edition(pydantic.BaseModel):
    """What is declared of one page or, with a matrix, of many.

    ``window`` stands for a start and an end: ``12 months`` are the last
    twelve months that the archive covers, to the day. ``matrix`` names one
    axis, a parameter or ``years`` or ``window``, and its values: ``all``, or
    a value by label. Of the label ``{label}`` and ``{slug}`` are made in title and name.
    """

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)

    name: str = pydantic.Field(pattern=r"^([a-z0-9-]|\{slug\})+$")
    title: str = pydantic.Field(min_length=1, pattern="^[^;]+$")
    notebook: str = pydantic.Field(pattern=r"^[\w-]+$")
    group: str = pydantic.Field("Reports", min_length=1, pattern="^[^;]+$")
    parameters: dict[str, str | int | bool | datetime.date] = {}
    window: str = pydantic.Field("", pattern=f"^(|{WINDOW.pattern})$")
    matrix: dict[str, Literal["all"] | dict[str, str]] = pydantic.Field({}, max_length=1)

    @pydantic.model_validator(mode="after")
    def _agree(self) -> Edition:
        for problem in self._contradictions():
            raise ValueError(problem)
        return self

    def _contradictions(self) -> Iterator[str]:
        given = {*self.parameters}
        for name in sorted(given.intersection(OF_THE_COMMAND)):
            yield f"{name} is the same for all pages. Give it to the command, or leave it out"
        axis = next(iter(self.matrix), "")
        period = "window" if self.window else axis if axis in PERIOD_AXES else ""
        if period and given & {"start", "end"}:
            yield f"{period} stands for a start and an end. Take start and end away, or {period}"
        if axis in given or (self.window and axis in PERIOD_AXES):
            yield f"{axis} of the matrix contradicts what the page gives besides"
        if self.matrix.get(axis) == "all" and axis not in WHOLE_AXES:
            yield f"{axis}: all is known for {', '.join(WHOLE_AXES)}. List its values by label"
        if axis == "years" and self.matrix[axis] != "all":
            yield "years: only all is known. For other periods give a window, or start and end"
        if axis == "window" and not all(map(WINDOW.fullmatch, self.matrix[axis].values())):
            yield "window: write each value as 12 months or 5 years"
        for place, text in (("name", "{slug}"), ("title", "{label}")):
            if (text in getattr(self, place)) != bool(self.matrix):
                yield f"{place}: {text} stands for a value of a matrix; give both or neither"


class Editions(pydantic.BaseModel):
    """The contents of ``reports/editions.yml``."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)

    title: str = pydantic.Field(pattern="^[^;]+$")
    pages: list[Edition] = pydantic.Field(min_length=1)

    @pydantic.model_validator(mode="after")
    def _names_differ(self) -> Editions:
        names = [page.name for page in self.pages]
        twice = sorted({name for name in names if names.count(name) > 1} | ({"index"} & {*names}))
        if twice:
            raise ValueError(f"name used twice or reserved: {', '.join(twice)}")
        return self


class _PlainLoader(yaml.SafeLoader):
    """YAML without aliases: a few lines of them can stand for more than any memory holds."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()
            raise yaml.composer.ComposerError(
                None, None, f"alias *{event.anchor}: write out what it stands for", event.start_mark
            )
        return super().compose_node(parent, index)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, LookupError, AttributeError, TypeError, OverflowError):
            # The day 2020-13-01, !!bool maybe, a number of thousands of digits.
            told = f"{shown(str(node.value))} is none of its kind: put it in quotation marks, or correct it"
            raise yaml.constructor.ConstructorError(None, None, told, node.start_mark) from None


def load_editions(path: Path) -> Editions:
    """Read and check the declaration of the pages.

    Raises
    ------
    UsageError
        If the file is missing or unreadable, or has unknown keys, duplicate
        names or contradictions.
    """
    if not path.is_file():
        raise UsageError(f'There is no "{path}". Run in the repository\'s root.')
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _PlainLoader)
        return Editions.model_validate(content)
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 ({error}). Save it as UTF-8.") from None
    except yaml.YAMLError as error:
        raise UsageError(f"{path}: {error}") from None
    except RecursionError:
        raise UsageError(f"{path} is nested too deeply. Write it as reports/editions.yml is.") from None
    except pydantic.ValidationError as error:
        raise UsageError("\n".join(_sentence(path, item) for item in error.errors())) from None


def _sentence(path: Path, item: dict[str, Any]) -> str:
    place = ".".join(re.sub(r"^\d+$", lambda m: f"page {int(m[0]) + 1}", str(p)) for p in item["loc"])
    name = str(item["loc"][-1]) if item["loc"] else ""
    known = Edition.model_fields if "pages" in item["loc"] else Editions.model_fields
    said = {
        "extra_forbidden": f"is no key here; the keys are {', '.join(known)}",
        "missing": "is missing",
        "model_type": "is not laid out as key: value, as reports/editions.yml is",
        "string_pattern_mismatch": FORMS.get(name),
        "string_type": "is no text; put it in quotation marks",
        "string_unicode": "holds half a character; write it anew",
        "too_short": "is empty",
    }.get(item["type"])
    return f"{path}{', ' + place if place else ''}: {said or item['msg'].removeprefix('Value error, ')}."
