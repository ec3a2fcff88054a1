"""The codebook: what the data package says of tables, columns and values.

`data/datapackage.json` is the only place where the vocabulary is written down.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from crackdown.digests import TABLES, digest_file
from crackdown.errors import DataError, Problem, UsageError
from crackdown.files import check_links

PACKAGE = "datapackage.json"
TAKE_OURS = "Take the file from the project's data folder."


@dataclass(frozen=True)
class Category:
    """
    An allowed value: `label` reads in a report, `description` says what it means.

    `extra` holds what rules need to know of it, such as `max_days`.
    """

    value: str
    label: str
    description: str
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Field:
    """
    A column.

    `type` is one of Table Schema's (string, integer, number, boolean, date) and
    concerns the whole cell; of a list (`is_list`) the cell is a string of values
    parted by `;`. `categories` is empty where any value is allowed.
    `references` is (table, column) that the cell, or each value of a list, must
    be found in. `vocabulary` names where its categories stand, empty if nowhere else.
    """

    name: str
    type: str
    label: str
    description: str
    unit: str = ""
    is_list: bool = False
    categories: Mapping[str, Category] = field(default_factory=dict)
    constraints: Mapping[str, Any] = field(default_factory=dict)
    true_values: tuple[str, ...] = ()
    false_values: tuple[str, ...] = ()
    references: tuple[str, str] | None = None
    vocabulary: str = ""

    @property
    def required(self) -> bool:
        return bool(self.constraints.get("required"))

    @cached_property
    def labels(self) -> dict[str, str]:
        """The allowed values with their reading labels, in order."""
        return {value: category.label for value, category in self.categories.items()}


@dataclass(frozen=True)
class Table:
    """
    A table: its fields in file order, and its key (empty if it has none).

    `singular` names one row ("place"); `label_field` is the column that reads as
    the name of a row, empty if there is none.
    """

    name: str
    path: str
    label: str
    description: str
    fields: Mapping[str, Field]
    key: tuple[str, ...]
    singular: str
    label_field: str


@dataclass(frozen=True)
class Rule:
    """A rule that concerns several cells: what must hold, where, and the remedy."""

    id: str
    tables: tuple[str, ...]
    fields: tuple[str, ...]
    statement: str
    remedy: str
    extra: Mapping[str, Any]


@dataclass(frozen=True)
class Codebook:
    """Tables and rules of a data package, in its order."""

    version: str
    tables: Mapping[str, Table]
    rules: Mapping[str, Rule]

    def labels(self, table: str, field_name: str) -> dict[str, str]:
        """List a column's allowed values with their reading labels, in order."""
        return self.tables[table].fields[field_name].labels


def load_codebook(data_dir: str | Path) -> Codebook:
    """
    Read the codebook of a data folder.

    Parameters
    ----------
    data_dir
        Folder that holds `datapackage.json`.

    Returns
    -------
    Codebook

    Raises
    ------
    DataError
        If the file is missing, is not JSON, lacks a part, or names a table
        that is not in the folder.
    UsageError
        If a file of the folder is a link to somewhere outside it.
    """
    check_links(Path(data_dir), TABLES)
    path = Path(data_dir) / PACKAGE
    return _load_codebook(path, digest_file(path))


@lru_cache(maxsize=4)
def _load_codebook(path: Path, digest: str) -> Codebook:
    """Read a codebook once for the same bytes, for which `digest` stands."""
    package = _load_package(path)
    try:
        codebook = read_package(package)
    except KeyError as error:
        raise DataError([Problem(
            file=str(path), message=f"the codebook lacks {error}", remedy=TAKE_OURS
        )]) from error
    except (TypeError, AttributeError, IndexError, ValueError) as error:
        message = f"the codebook is not laid out as it must be ({error})"
        raise DataError([Problem(file=str(path), message=message, remedy=TAKE_OURS)]) from error
    outside = [table for table in codebook.tables.values() if table.path != Path(table.path).name or not table.path]
    if outside:
        raise DataError([
            Problem(
                file=str(path), value=table.path,
                message=f"is not a file of this folder, as the table {table.name} must be",
                remedy=TAKE_OURS,
            )
            for table in outside
        ])
    return codebook


def read_package(package: dict[str, Any]) -> Codebook:
    """Read the codebook out of a data package that is laid out as the project's own."""
    tables = [_table(resource) for resource in package["resources"]]
    rules = [_rule(entry) for entry in package["rules"]]
    return Codebook(
        version=package["version"],
        tables={table.name: table for table in tables},
        rules={rule.id: rule for rule in rules},
    )


def _load_package(path: Path) -> dict[str, Any]:
    remedy = TAKE_OURS
    try:
        text = path.read_text(encoding="utf-8")
        package = json.loads(text)
        # JSON can spell half a character, which nothing can write down.
        json.dumps(package, ensure_ascii=False).encode()
        return package
    except FileNotFoundError as error:
        problem = Problem(file=str(path), message="the codebook is missing", remedy=remedy)
        raise DataError([problem]) from error
    except json.JSONDecodeError as error:
        problem = Problem(
            file=str(path), line=error.lineno, message=f"is not JSON: {error.msg}", remedy=remedy
        )
        raise DataError([problem]) from error
    except RecursionError as error:
        problem = Problem(file=str(path), message="is nested too deeply", remedy=remedy)
        raise DataError([problem]) from error
    except UnicodeEncodeError as error:
        problem = Problem(file=str(path), message="holds half a character (\\ud800 or like it)", remedy=remedy)
        raise DataError([problem]) from error
    except UnicodeDecodeError as error:
        problem = Problem(file=str(path), message="is not UTF-8", remedy=remedy)
        raise DataError([problem]) from error
    except ValueError as error:
        problem = Problem(file=str(path), message=f"cannot be read ({error})", remedy=remedy)
        raise DataError([problem]) from error


def _table(resource: dict[str, Any]) -> Table:
    schema = resource["schema"]
    references = {
        # The standard names the table itself by an empty text.
        entry["fields"][0]: (
            entry["reference"]["resource"] or resource["name"], entry["reference"]["fields"][0]
        )
        for entry in schema.get("foreignKeys", [])
    }
    fields = [_field(entry, references.get(entry["name"])) for entry in schema["fields"]]
    return Table(
        name=resource["name"],
        path=resource["path"],
        label=resource["title"],
        description=resource["description"],
        fields={one.name: one for one in fields},
        key=tuple(schema.get("primaryKey", ())),
        singular=resource["singular"],
        label_field=resource.get("labelField", ""),
    )


def _field(entry: dict[str, Any], references: tuple[str, str] | None) -> Field:
    inside = entry.get("list", {})
    if "reference" in inside:
        references = (inside["reference"]["resource"], inside["reference"]["field"])
    return Field(
        name=entry["name"],
        type=entry["type"],
        label=entry["title"],
        description=entry["description"],
        unit=entry.get("unit", ""),
        is_list="list" in entry,
        categories={one["value"]: _category(one) for one in entry.get("categories", [])},
        constraints=entry.get("constraints", {}),
        true_values=tuple(entry.get("trueValues", ())),
        false_values=tuple(entry.get("falseValues", ())),
        references=references,
        vocabulary=entry.get("vocabulary", ""),
    )


def _category(entry: dict[str, Any]) -> Category:
    known = ("value", "label", "description")
    extra = {name: value for name, value in entry.items() if name not in known}
    return Category(*(entry[name] for name in known), extra=extra)


def _rule(entry: dict[str, Any]) -> Rule:
    known = ("id", "tables", "fields", "statement", "remedy")
    return Rule(
        id=entry["id"],
        tables=tuple(entry["tables"]),
        fields=tuple(entry["fields"]),
        statement=entry["statement"],
        remedy=entry["remedy"],
        extra={name: value for name, value in entry.items() if name not in known},
    )
