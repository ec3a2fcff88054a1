"""Workers: processes that make pages side by side, each kernel in a process of its own that starts warm."""

from __future__ import annotations

import contextlib
import dataclasses
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Generator, Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from crackdown.catalogue import DEFAULT
from crackdown.errors import CrackdownError
from crackdown.forks import CAN_FORK, die_with_parent
from crackdown.report import export_html, run_notebook


@dataclasses.dataclass(frozen=True)
class Task:
    """One page to make: its name without suffix, its notebook, parameters, and whether as PDF too."""

    name: str
    notebook: Path
    values: dict[str, Any]
    pdf: bool = False


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What became of a task: the page's HTML and its PDF file, or why there is none."""

    name: str
    text: str = ""
    pdf: bytes = b""
    failure: str = ""


def make_page(task: Task) -> Outcome:
    """Make one page in this process; what is wrong with it is its outcome."""
    try:
        text = export_html(run_notebook(task.notebook, task.values))
        return Outcome(task.name, text, _make_pdf(text) if task.pdf else b"")
    except CrackdownError as error:
        return Outcome(task.name, failure=str(error))


def make_pages(tasks: Sequence[Task], jobs: int) -> Generator[Outcome]:
    """Make pages side by side and give each as soon as it is there.

    Parameters
    ----------
    tasks
        Begun in their order.
    jobs
        How many are made at a time.

    Notes
    -----
    As many workers as jobs are forked from this process. Each makes one page
    after the other, and forks a kernel for each: no notebook can leave
    anything behind for the next. They die with this process. Where a process
    that has loaded libraries cannot be forked, each is started anew.
    """
    if CAN_FORK and tasks:
        from crackdown import warm

        folders = {name: tasks[0].values.get(name, name) for name in ("data", "shapefiles")}
        warm.prepare(
            **folders,
            notebooks=dict.fromkeys(task.notebook for task in tasks),
            languages=dict.fromkeys(task.values.get("lang", DEFAULT) for task in tasks),
        )
    waiting = deque(tasks)
    workers = [_Worker() for _ in range(min(jobs, len(tasks)))]
    running: dict[Connection, _Worker] = {}
    try:
        while waiting or running:
            while waiting and len(running) < len(workers):
                worker = next(one for one in workers if one.line not in running)
                worker.begin(waiting.popleft())
                running[worker.line] = worker
            # Again and again: a signal that comes just before would wait for the next page.
            for line in wait(list(running), timeout=1):
                worker = running.pop(line)
                yield worker.finish()
                if not worker.process.is_alive():
                    workers[workers.index(worker)] = _Worker()
    finally:
        for worker in workers:
            worker.end(at_once=worker.line in running)


class _Worker:
    """A process that makes one page after the other, seen from the process that has them made."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("fork" if CAN_FORK else "spawn")
        self.line, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, os.getpid()), daemon=True)
        self.process.start()
        theirs.close()

    def begin(self, task: Task) -> None:
        """Have a page made."""
        self.task = task
        self._tell(task)

    def finish(self) -> Outcome:
        """Give what became of the page; blocks until it is known."""
        try:
            return self.line.recv()
        except (EOFError, ConnectionResetError):
            self.process.join()
            ended = f"the process that made the page ended with {self.process.exitcode}."
            return Outcome(self.task.name, failure=f"{self.task.notebook}: {ended}")

    def end(self, *, at_once: bool) -> None:
        """End the process: it has nothing more to make, or is not to end what it makes."""
        if at_once:
            self.process.kill()
        self._tell(None)
        self.process.join()
        self.line.close()

    def _tell(self, task: Task | None) -> None:
        # If it is gone, the end of the line says so.
        with contextlib.suppress(BrokenPipeError):
            self.line.send(task)


def _make_pdf(text: str) -> bytes:
    # Imported here: not every build prints.
    from crackdown.pdf import make_pdf

    return make_pdf(text)


def _work(line: Connection, parent: int) -> None:
    die_with_parent(parent)
    # Whoever interrupts a build from the keyboard means all of it: its parent tells.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for task in iter(line.recv, None):
        line.send(make_page(task))
