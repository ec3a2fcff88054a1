"""The data dictionary: `python -m crackdown.data_dictionary data` keeps a data folder in step.

It spreads the vocabularies of ``datapackage.json`` over its fields, words the
citation, and writes the field tables of the folder's ``README.md``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from crackdown.codebook import PACKAGE, Codebook, Field, read_package
from crackdown.errors import UsageError

BEGIN = "<!-- field tables: begin (written by python -m crackdown.data_dictionary data) -->"
END = "<!-- field tables: end -->"


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
    before, rest = readme.split(BEGIN)
    after = rest.split(END)[1]
    readme = f"{before}{BEGIN}\n\n{table_fields(read_package(package))}\n\n{END}{after}"
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n", readme


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
