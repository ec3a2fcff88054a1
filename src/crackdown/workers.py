"""Workers: pages made side by side, each in a process of its own that starts warm."""

from __future__ import annotations

import dataclasses
import gc
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
    Each page has a process of its own, forked from this one, and so has its
    kernel: neither can leave anything behind for the next. They die with
    this process. Where a process that has loaded libraries cannot be forked,
    each is started anew.
    """
    if CAN_FORK and tasks:
        from crackdown import warm

        folders = {name: tasks[0].values.get(name, name) for name in ("data", "shapefiles")}
        warm.prepare(
            **folders,
            notebooks=dict.fromkeys(task.notebook for task in tasks),
            languages=dict.fromkeys(task.values.get("lang", DEFAULT) for task in tasks),
        )
    context = multiprocessing.get_context("fork" if CAN_FORK else "spawn")
    waiting = deque(tasks)
    running: dict[Connection, tuple[Task, multiprocessing.Process]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                task = waiting.popleft()
                receiver, sender = context.Pipe(duplex=False)
                arguments = (task, sender, os.getpid())
                process = context.Process(target=_work, args=arguments, daemon=True)
                process.start()
                sender.close()
                running[receiver] = task, process
            for receiver in wait(list(running)):
                yield _receive(receiver, *running.pop(receiver))
    finally:
        for _, process in running.values():
            process.kill()
            process.join()


def _make_pdf(text: str) -> bytes:
    # Imported here: not every build prints.
    from crackdown.pdf import make_pdf

    return make_pdf(text)


def _work(task: Task, sender: Connection, parent: int) -> None:
    die_with_parent(parent)
    # Whoever interrupts a build from the keyboard means all of it: its parent tells.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # It ends with its page, before searching for garbage would pay.
    gc.disable()
    sender.send(make_page(task))


def _receive(receiver: Connection, task: Task, process: multiprocessing.Process) -> Outcome:
    try:
        outcome = receiver.recv()
    except EOFError:
        process.join()
        outcome = Outcome(
            task.name,
            failure=f"{task.notebook}: the process that made the page ended with {process.exitcode}.",
        )
    process.join()
    receiver.close()
    return outcome
