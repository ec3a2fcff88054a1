"""The codebook: what the data package says of tables, columns and values.

`data/datapackage.json` is the only place where the vocabulary is written down.
`python -m crackdown.codebook data` spreads the vocabularies of that file over
its fields and writes the field tables of `data/README.md`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from crackdown.digests import TABLES, digest_file
from crackdown.errors import DataError, Problem, UsageError
from crackdown.files import check_links

PACKAGE = "datapackage.json"
BEGIN = "<!-- field tables: begin (written by python -m crackdown.codebook data) -->"
TAKE_OURS = "Take the file from the project's data folder."
END = "<!-- field tables: end -->"


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
        tables = [_table(resource) for resource in package["resources"]]
        rules = [_rule(entry) for entry in package["rules"]]
        codebook = Codebook(
            version=package["version"],
            tables={table.name: table for table in tables},
            rules={rule.id: rule for rule in rules},
        )
    except KeyError as error:
        raise DataError([Problem(
            file=str(path), message=f"the codebook lacks {error}", remedy=TAKE_OURS
        )]) from error
    except (TypeError, AttributeError, IndexError, ValueError) as error:
        message = f"the codebook is not laid out as it must be ({error})"
        raise DataError([Problem(file=str(path), message=message, remedy=TAKE_OURS)]) from error
    outside = [table for table in tables if table.path != Path(table.path).name or not table.path]
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


def spread_vocabularies(package: dict[str, Any]) -> dict[str, Any]:
    """
    Write each vocabulary into the fields that use it, in the standard's terms.

    A field with `vocabulary` gets its `categories`, and as constraint `enum`, or
    `pattern` if it is a list; one with `period` gets the days between which it
    lies, and a rule likewise. The package is changed in place and returned.
    """
    period = {"minimum": package["period"]["first"], "maximum": package["period"]["last"]}
    for rule in package["rules"]:
        rule |= period if rule.get("period") else {}
    for resource in package["resources"]:
        for entry in resource["schema"]["fields"]:
            if entry.get("period"):
                entry.setdefault("constraints", {}).update(period)
            if "vocabulary" not in entry:
                continue
            categories = package["vocabularies"][entry["vocabulary"]]
            values = [category["value"] for category in categories]
            constraints = entry.setdefault("constraints", {})
            if "list" in entry:
                one = "|".join(values)
                constraints["pattern"] = f"({one})(;({one}))*"
            else:
                constraints["enum"] = values
            entry["categories"] = categories
    return package


def cite_package(package: dict[str, Any]) -> str:
    """Word how the data are cited, from what the data package says of itself."""
    authors = ", ".join(one["title"] for one in package["contributors"])
    licences = ", ".join(one["name"] for one in package["licenses"])
    return (
        f"{authors}: {package['title']}. Codebook version {package['version']}, "
        f"data revision as crackdown check prints it. {licences}."
    )


def table_fields(codebook: Codebook) -> str:
    """
    Write the field tables of the data README in Markdown.

    Returns
    -------
    One section a table with its columns, one a vocabulary with its values and
    meanings (named after the first column that uses it), and the rules.
    """
    parts: list[str] = []
    vocabularies: dict[tuple[str, ...], str] = {}
    meanings: list[str] = []
    for table in codebook.tables.values():
        parts += [f"### {table.path}: {table.label.lower()}", "", table.description, ""]
        parts += [f"Key: {_code(table.key) or 'none'}.", ""]
        parts += ["| column | type | may be empty | meaning |", "|---|---|---|---|"]
        for column in table.fields.values():
            values = tuple(column.categories)
            if values and values not in vocabularies:
                vocabularies[values] = f"{column.name} in {table.name}"
                meanings += _vocabulary_lines(column, vocabularies[values])
            parts.append(_field_line(column, vocabularies.get(values)))
        parts.append("")
    parts += ["### Allowed values", "", *meanings]
    parts += ["### Rules that concern several cells", ""]
    parts += ["| rule | tables | what holds |", "|---|---|---|"]
    for rule in codebook.rules.values():
        parts.append(f"| {rule.id} | {', '.join(rule.tables)} | {rule.statement} |")
    return "\n".join(parts)


def update_documents(package_text: str, readme: str) -> tuple[str, str]:
    """
    Bring the data package and the data README into step.

    Parameters
    ----------
    package_text
        `datapackage.json`; only its hand-written parts matter.
    readme
        `README.md` with the two markers between which the field tables stand.

    Returns
    -------
    Both texts as they should be.

    Raises
    ------
    UsageError
        If the README lacks the markers.
    """
    if readme.count(BEGIN) != 1 or readme.count(END) != 1:
        raise UsageError(f"README.md must hold these two lines once each:\n{BEGIN}\n{END}")
    package = spread_vocabularies(json.loads(package_text))
    package["citation"] = cite_package(package)
    tables = [_table(resource) for resource in package["resources"]]
    codebook = Codebook(
        version=package["version"],
        tables={table.name: table for table in tables},
        rules={entry["id"]: _rule(entry) for entry in package["rules"]},
    )
    before, rest = readme.split(BEGIN)
    after = rest.split(END)[1]
    readme = f"{before}{BEGIN}\n\n{table_fields(codebook)}\n\n{END}{after}"
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n", readme


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


def _code(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _field_line(column: Field, vocabulary: str | None) -> str:
    kind = f"list of {column.type}s" if column.is_list else column.type
    if column.unit:
        kind += f" ({column.unit})"
    meaning = column.description
    if vocabulary:
        anchor = vocabulary.replace(" ", "-")
        meaning += f" ([values](#values-of-{anchor}))"
    if column.references:
        meaning += f"; stands in `{column.references[0]}`"
    if "maxLength" in column.constraints:
        meaning += f"; {column.constraints['maxLength']} characters at most"
    if column.type == "date":
        meaning += f"; {column.constraints['minimum']} to {column.constraints['maximum']}"
    empty = "no" if column.required else "yes"
    return f"| {column.name} | {kind} | {empty} | {meaning} |"


def _vocabulary_lines(column: Field, name: str) -> list[str]:
    lines = [f"#### Values of {name}", "", "| value | label | meaning |", "|---|---|---|"]
    for one in column.categories.values():
        lines.append(f"| `{one.value}` | {one.label} | {one.description} |")
    return [*lines, ""]


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    paths = folder / PACKAGE, folder / "README.md"
    for target, text in zip(paths, update_documents(*(p.read_text("utf-8") for p in paths))):
        target.write_text(text, encoding="utf-8")
