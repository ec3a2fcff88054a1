"""Parameters: what a reader may vary, checked before anything is counted."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any

import pydantic

from crackdown.catalogue import DEFAULT, list_languages, load_catalogue
from crackdown.codebook import Codebook, load_codebook
from crackdown.errors import UsageError, nearest_value, shown
from crackdown.files import find_folder

#: Wrong values of one parameter that are told one by one.
MOST_NAMED = 5

#: A day before this is a slip, or one of another calendar.
EARLIEST = datetime.date(1900, 1, 1)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

Items = Annotated[tuple[str, ...], "a list separated by ;"]


class Parameters(pydantic.BaseModel):
    """Every parameter that a notebook of the project may declare.

    Notebooks give them as plain text, numbers and truth values, since that
    is what papermill passes on; lists are separated by ``;`` and an empty
    text means "no limit". Values of lists are those of the codebook.
    """

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)

    start: datetime.date | None = None
    end: datetime.date | None = None
    offences: Items = ()
    actions: Items = ()
    agencies: Items = ()
    publishers: Items = ()
    provinces: Items = ()
    campaigns: Items = ()
    geo_precision: str = "country"
    split: datetime.date | None = None
    as_of: datetime.date | None = None
    since: datetime.date | None = None
    lang: str = DEFAULT
    links: str = ""
    twins: str = ""
    data: str = "data"
    shapefiles: str = "shapefiles"

    @pydantic.field_validator("start", "end", "split", "as_of", "since", mode="before")
    @classmethod
    def _date_or_none(cls, value: Any) -> datetime.date | None:
        if value == "" or value is None or isinstance(value, datetime.date):
            return value or None
        problem = f'{shown(str(value))} is not a date. Write it as 2024-01-31, or "" for no limit.'
        # fromisoformat alone also takes 20240131 and week dates, strptime digits of any script.
        if not _DAY.fullmatch(str(value)):
            raise ValueError(problem)
        try:
            day = datetime.date.fromisoformat(str(value))
        except ValueError:
            raise ValueError(problem) from None
        if day < EARLIEST:
            raise ValueError(f"{day} lies before {EARLIEST}. Years are those of the common era.")
        return day

    @pydantic.field_validator(
        "offences", "actions", "agencies", "publishers", "provinces", "campaigns", mode="before"
    )
    @classmethod
    def _split(cls, value: Any) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        if not isinstance(value, str):
            raise ValueError(f'{shown(str(value))} is not text. Write a list as "first;second".')
        return tuple(dict.fromkeys(part.strip() for part in value.split(";") if part.strip()))

    @pydantic.field_validator("offences", "actions", "agencies", "geo_precision")
    @classmethod
    def _in_codebook(cls, value: Any, info: pydantic.ValidationInfo) -> Any:
        allowed = tuple(allowed_values(info.field_name, info.context))
        wrong = [one for one in ((value,) if isinstance(value, str) else value) if one not in allowed]
        if wrong:
            raise ValueError(" ".join(_list_unknown("value", wrong, allowed)))
        return value

    @pydantic.field_validator("lang")
    @classmethod
    def _in_a_catalogue(cls, value: str) -> str:
        if value not in list_languages():
            raise ValueError(_unknown("language", value, list_languages()))
        return value

    @pydantic.field_validator("links", "twins", "data", "shapefiles")
    @classmethod
    def _writable(cls, value: str) -> str:
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ValueError(f"{shown(value)} is not Unicode text. Write it anew.") from None
        return value

    @pydantic.model_validator(mode="after")
    def _in_order(self) -> Parameters:
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"start {self.start} is later than end {self.end}. Exchange them.")
        for name, limit, later in (("start", self.start, True), ("end", self.end, False)):
            if self.split and limit and (self.split <= limit if later else self.split > limit):
                raise ValueError(f"split {self.split} leaves no period before or after it: {name} is {limit}.")
        return self


#: Where the allowed values of a parameter stand in the codebook.
VOCABULARY = {
    "offences": ("incidents", "offences"),
    "actions": ("incidents", "action"),
    "agencies": ("incidents", "agencies"),
    "geo_precision": ("incidents", "geo_precision"),
}


def check_parameters(
    values: dict[str, Any], *, declared: tuple[str, ...] = tuple(Parameters.model_fields)
) -> Parameters:
    """Refuse unknown, mistyped or contradictory parameters, all in one message.

    Parameters
    ----------
    values
        By name, as a notebook or the command line gives them.
    declared
        The names that a notebook declares; else all that the project knows.

    Returns
    -------
    Parameters
        Place names resolved to P-codes.

    Raises
    ------
    UsageError
        Naming what is allowed and what is nearest.
    DataError
        If publishers, provinces or campaigns are given and the tables that list them
        break the codebook.
    """
    problems = [_unknown("parameter", name, declared) for name in values if name not in declared]
    known = {name: value for name, value in values.items() if name in Parameters.model_fields}
    codebook = load_codebook(find_folder(str(known.get("data", "data"))))
    try:
        parameters = Parameters.model_validate(known, context=codebook)
        if "shapefiles" in known:
            find_folder(parameters.shapefiles)
        parameters, unresolved = _resolve(parameters)
        problems += unresolved
    except pydantic.ValidationError as error:
        problems += [_sentence(item) for item in error.errors()]
    if problems:
        raise UsageError("\n".join(problems))
    return parameters


def allowed_values(name: str, codebook: Codebook) -> dict[str, str]:
    """List the values that a parameter takes, with their labels; empty if free."""
    if name == "lang":
        return {one: load_catalogue(one).say("language") for one in list_languages()}
    if name not in VOCABULARY:
        return {}
    table, field = VOCABULARY[name]
    return codebook.labels(table, field)


def _resolve(parameters: Parameters) -> tuple[Parameters, list[str]]:
    """Hold publishers, provinces and campaigns against the tables that list them."""
    if not (parameters.provinces or parameters.publishers or parameters.campaigns):
        return parameters, []
    # Imported here: only few parameters need the tables and pandas, which takes half
    # a second, and the command checks its parameters before it starts anything.
    from crackdown.incidents import load_archive
    from crackdown.places import resolve_place

    archive = load_archive(find_folder(parameters.data))
    listed = {
        "publishers": tuple(sorted(archive.sources["publisher"].unique())),
        "campaigns": tuple(archive.campaigns.index),
    }
    problems = [
        f"{kind}: {problem}"
        for kind, allowed in listed.items()
        for problem in _list_unknown(
            kind.removesuffix("s"),
            [name for name in getattr(parameters, kind) if name not in allowed],
            allowed,
        )
    ]
    provinces = archive.places[archive.places["level"] == "province"]
    names = ", ".join(f"{code} {name}" for code, name in provinces["name_en"].items())
    codes, wrong = [], []
    for name in parameters.provinces:
        # Each is compared with every name: what follows many wrong ones is not looked at.
        if len(wrong) == MOST_NAMED:
            break
        try:
            codes.append(resolve_place(provinces, name))
        except UsageError as error:
            wrong.append(f"provinces: {error} Allowed: {names}.")
    problems += wrong
    return parameters.model_copy(update={"provinces": tuple(codes)}), problems


def _list_unknown(kind: str, wrong: list[str], allowed: tuple[str, ...]) -> list[str]:
    """Say of each wrong value what would be right, of many only how many more there are."""
    problems = [_unknown(kind, one, allowed) for one in wrong[:MOST_NAMED]]
    more = len(wrong) - len(problems)
    return [*problems, f"{more:,} more are no {kind} either."] if more else problems


def _unknown(kind: str, name: str, allowed: tuple[str, ...]) -> str:
    nearest = nearest_value(str(name), allowed)
    hint = f" Nearest: {shown(nearest)}." if nearest else ""
    return f"{shown(str(name))} is not a {kind} here.{hint} Allowed: {', '.join(allowed)}."


def _sentence(item: dict[str, Any]) -> str:
    place = f"{item['loc'][0]}: " if item["loc"] else ""
    return place + item["msg"].removeprefix("Value error, ")
