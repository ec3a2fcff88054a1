"""Running one notebook with its parameters and writing one HTML page."""

from __future__ import annotations

import dataclasses
import json
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crackdown.errors import CrackdownError, UsageError
from crackdown.parameters import check_parameters

if TYPE_CHECKING:
    from nbformat import NotebookNode

_ANSI = re.compile(r"\x1b\[[0-9;]*m")


class NotebookError(CrackdownError):
    """Say which cell of a notebook failed, and how."""


@dataclasses.dataclass(frozen=True)
class NotebookParameter:
    """One line of a notebook's parameters cell."""

    name: str
    type: str
    default: str
    help: str


def inspect_parameters(notebook: Path) -> dict[str, NotebookParameter]:
    """Read the parameters that a notebook declares, in their order.

    Raises
    ------
    UsageError
        If there is no such notebook.
    """
    # Imported here: papermill takes over half a second, and a wrong command
    # line is to be told at once.
    import papermill

    if not notebook.is_file():
        known = sorted(str(path) for path in notebook.parent.glob("*.ipynb"))
        raise UsageError(
            f'There is no notebook "{notebook}". '
            + (f"Here: {', '.join(known)}." if known else "Run in the repository's root.")
        )
    _check_notebook(notebook)
    declared = papermill.inspect_notebook(str(notebook))
    return {
        name: NotebookParameter(name, item["inferred_type_name"], item["default"], item["help"])
        for name, item in declared.items()
    }


def check_values(notebook: Path, values: dict[str, Any]) -> None:
    """Refuse parameters that a notebook does not take, before anything runs.

    Raises
    ------
    UsageError
        For unknown, mistyped or contradictory parameters.
    DataError
        See `check_parameters`.
    """
    declared = inspect_parameters(notebook)
    defaults = {name: _literal(item.default) for name, item in declared.items()}
    check_parameters({**defaults, **values}, declared=tuple(declared))


def run_notebook(notebook: Path, values: dict[str, Any]) -> NotebookNode:
    """Run a notebook by papermill and return it with its outputs.

    Raises
    ------
    NotebookError
        If a cell fails or writes to stderr: a page never shows a warning
        that nobody has looked at.
    UsageError, DataError
        As the notebook raised them, without the stack around them.
    """
    import papermill

    # The exporter's imports take as long as the kernel's start: side by side.
    warm = threading.Thread(target=_exporter, daemon=True)
    warm.start()
    try:
        executed = papermill.execute_notebook(
            str(notebook),
            None,
            parameters=values,
            progress_bar=False,
            request_save_on_cell_execute=False,
            # The kernel's own remarks on its transport are not the reader's.
            extra_arguments=["--log-level=ERROR"],
        )
    except papermill.PapermillExecutionError as error:
        raise _failure(notebook, values, error) from None
    finally:
        warm.join()
    # Numbered as in the notebook itself, without the cell that papermill puts in.
    own = (c for c in executed.cells if "injected-parameters" not in c.metadata.get("tags", []))
    for number, cell in enumerate(own, 1):
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                raise NotebookError(
                    f"{notebook}, cell {number} wrote a warning:\n{output.text.strip()}"
                )
    return executed


def export_html(executed: NotebookNode) -> str:
    """Turn an executed notebook into a page, as ``jupyter nbconvert`` does."""
    return _exporter().from_notebook_node(executed)[0]


def _check_notebook(notebook: Path) -> None:
    """Refuse what papermill and nbformat would meet with a stack of their own."""
    try:
        content = json.loads(notebook.read_text("utf-8"))
        told = isinstance(content["cells"], list) and content["metadata"]["kernelspec"]["language"]
    except (ValueError, KeyError, TypeError):
        told = False
    if not told:
        raise UsageError(
            f'"{notebook}" is not a notebook with a kernel. Name one of the folder notebooks/.'
        )


def _exporter():
    from nbconvert.exporters import HTMLExporter

    # No template folder from the working directory: nbconvert would prefer a
    # folder ./crackdown found there, and run what it holds.
    return HTMLExporter(template_name="crackdown", extra_template_basedirs=[])


def _failure(notebook: Path, values: dict[str, Any], error) -> CrackdownError:
    if error.ename == "UsageError":
        return UsageError(error.evalue)
    if error.ename == "DataError":
        return NotebookError(error.evalue)
    given = ", ".join(f"{name}={value!r}" for name, value in values.items()) or "none"
    traceback = _ANSI.sub("", "\n".join(error.traceback))
    # papermill puts a cell in when parameters are given, before any that can fail.
    number = error.cell_index + 1 - bool(values)
    return NotebookError(
        f"{notebook} failed in cell {number} (parameters: {given}):\n\n"
        f"{error.source.strip()}\n\n{traceback}"
    )


def _literal(source: str) -> Any:
    import ast

    return ast.literal_eval(source)
