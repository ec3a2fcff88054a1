"""Progress of a build: a line for each page, a bar where somebody looks on, a closing line."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import click

from crackdown.editions import Built, Watcher
from crackdown.errors import printable

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


class Progress(Watcher):
    """Says on stdout which pages are made, and on a terminal's stderr how long it will take."""

    def __init__(self) -> None:
        self._bar: Bar | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def wait(self) -> None:
        """Say that another build has to end first."""
        click.echo("Another build is writing to this folder; waiting for it to end.", err=True)

    def start(self, pages: int) -> None:
        """Show the bar."""
        if not pages or not sys.stderr.isatty():
            return
        # Imported here: a build with nothing to do, or with nobody looking on, needs none of it.
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            # No thread of its own: processes are forked from this one.
            auto_refresh=False,
            redirect_stdout=sys.stdout.isatty(),
        )
        self._bar.add_task("Pages", total=pages)
        self._bar.start()

    def finish(self, path: Path, failure: str) -> None:
        """Name the page, and move the bar."""
        click.echo(f"{path}: failed" if failure else path)
        if self._bar is not None:
            self._bar.advance(self._bar.task_ids[0])
            self._bar.refresh()


def report_built(built: Built, output: Path) -> None:
    """Say what a build did: failures in full, then one line with the numbers."""
    for name, reason in built.failed.items():
        told = printable(reason, keep="\n\t")
        click.echo(f"\n{output / name}.html could not be made:\n{told}", err=True)
    for name in built.pruned:
        click.echo(f"{output / name}: removed")
    numbers = [f"{len(built.made)} made", f"{len(built.kept)} unchanged"]
    numbers += [f"{len(built.failed)} failed"] if built.failed else []
    click.echo(f"Pages: {', '.join(numbers)}.", err=bool(built.failed))
    if built.undeclared:
        names = ", ".join(built.undeclared)
        click.echo(f"No longer declared: {names}. Remove them by: crackdown build --prune", err=True)
