"""Running one notebook with its parameters and writing one HTML page."""

from __future__ import annotations

import dataclasses
import functools
import json
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crackdown.digests import digest_file
from crackdown.errors import CrackdownError, UsageError, shown
from crackdown.forks import ARGUMENTS, CAN_FORK, fork_kernel
from crackdown.parameters import check_parameters

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager
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


def check_notebook(notebook: Path) -> None:
    """Refuse what papermill and nbformat would meet with a stack of their own.

    Raises
    ------
    UsageError
        If there is no such file, or it is no notebook with a Python kernel.
    """
    if not notebook.is_file():
        known = sorted(str(path) for path in notebook.parent.glob("*.ipynb"))
        raise UsageError(
            f'There is no notebook "{notebook}". '
            + (f"Here: {', '.join(known)}." if known else "Run in the repository's root.")
        )
    try:
        content = json.loads(notebook.read_text("utf-8"))
        runs = isinstance(content["cells"], list)
        runs = runs and content["metadata"]["kernelspec"]["name"] == "python3"
    except (ValueError, KeyError, TypeError):
        runs = False
    if not runs:
        raise UsageError(
            f'"{notebook}" is not a notebook with the kernel "python3". '
            "Name one of the folder notebooks/."
        )


def inspect_parameters(notebook: Path) -> dict[str, NotebookParameter]:
    """Read the parameters that a notebook declares, in their order.

    Raises
    ------
    UsageError
        If there is no such notebook.
    """
    check_notebook(notebook)
    return _inspect(notebook, digest_file(notebook))


@functools.lru_cache(maxsize=32)
def _inspect(notebook: Path, digest: str) -> dict[str, NotebookParameter]:
    """Read parameters, once for all pages of a notebook; `digest` stands for its bytes."""
    # Imported here: papermill takes over half a second, and a wrong command
    # line is to be told at once.
    import papermill

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


def make_page(notebook: Path, values: dict[str, Any]) -> str:
    """Check the parameters, run the notebook and turn it into a page.

    Raises
    ------
    CrackdownError
        See `check_values` and `run_notebook`.
    """
    check_notebook(notebook)
    # What a cold start waits for is imports, the kernel's and papermill's: they happen
    # side by side. No cell runs before the parameters are checked.
    waiting = fork_kernel(ARGUMENTS) if CAN_FORK else None
    from crackdown.kernel import start_kernel

    with start_kernel(waiting=waiting, arguments=["--ext=crackdown.preload"]) as kernel:
        check_values(notebook, values)
        return export_html(run_notebook(notebook, values, kernel=kernel))


def run_notebook(
    notebook: Path, values: dict[str, Any], *, kernel: AsyncKernelManager | None = None
) -> NotebookNode:
    """Run a notebook by papermill and return it with its outputs.

    Parameters
    ----------
    notebook
    values
        Parameters that differ from the notebook's own.
    kernel
        From `start_kernel`, where nothing else has run; None takes one from
        the engine ``crackdown``.

    Raises
    ------
    NotebookError
        If a cell fails or writes to stderr: a page never shows a warning
        that nobody has looked at.
    UsageError, DataError
        As the notebook raised them, without the stack around them.
    """
    from papermill import PapermillExecutionError
    from papermill.engines import papermill_engines
    from papermill.execute import raise_for_execution_errors
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    # The exporter's imports take as long as half the cells: side by side.
    exporter = threading.Thread(target=_exporter, daemon=True)
    if kernel is not None:
        exporter.start()
    engine, how = ("crackdown", {"at_once": True}) if kernel is None else (None, {"km": kernel})
    # Step by step, because papermill as a whole writes the notebook after each, even to no file.
    prepared = load_notebook_node(str(notebook))
    if values:
        prepared = parameterize_notebook(prepared, values)
    executed = papermill_engines.execute_notebook_with_engine(
        engine,
        prepared,
        kernel_name=papermill_engines.nb_kernel_name(engine, prepared),
        progress_bar=False,
        # No page says when its cells ran.
        record_timing=False,
        **how,
    )
    try:
        raise_for_execution_errors(executed, None)
    except PapermillExecutionError as error:
        raise _failure(notebook, values, error) from None
    finally:
        if kernel is not None:
            exporter.join()
    # What papermill notes of itself would be copied and checked for each page, and none shows it.
    for cell in executed.cells:
        cell.metadata.pop("papermill", None)
    # Numbered as in the notebook itself, without the cell that papermill puts in.
    cells = (c for c in executed.cells if "injected-parameters" not in c.metadata.get("tags", []))
    for number, cell in enumerate(cells, 1):
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                raise NotebookError(
                    f"{notebook}, cell {number} wrote a warning:\n{output.text.strip()}"
                )
    return executed


def export_html(executed: NotebookNode) -> str:
    """Turn an executed notebook into a page, as ``jupyter nbconvert`` does."""
    return _exporter().from_notebook_node(executed)[0]


@functools.cache
def _exporter():
    from crackdown.export import ReportExporter

    return ReportExporter()


def _failure(notebook: Path, values: dict[str, Any], error) -> CrackdownError:
    if error.ename == "UsageError":
        return UsageError(error.evalue)
    if error.ename == "DataError":
        return NotebookError(error.evalue)
    given = ", ".join(f"{name}={shown(str(value))}" for name, value in values.items()) or "none"
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
