"""A server of pages over its standard streams, for programs whose own processes cannot be forked.

``python -m crackdown.server PARENT`` reads one task a line as JSON and
answers each with one line. It ends with its input, or with the process
whose number it is given.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

from crackdown.forks import die_with_parent
from crackdown.workers import Outcome, Task, make_pages


class Server:
    """A server in a process of its own, seen from the process that asks it.

    Parameters
    ----------
    folder
        Where it runs: notebooks, tables and boundaries are found from there.
    """

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            # Not from the folder where it runs.
            [sys.executable, "-P", "-m", "crackdown.server", str(os.getpid())],
            cwd=folder,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def make(self, task: Task) -> Outcome:
        """Have one page made; blocks until it is there."""
        words = {**dataclasses.asdict(task), "notebook": str(task.notebook)}
        try:
            print(json.dumps(words), file=self._process.stdin, flush=True)
            told = json.loads(self._process.stdout.readline())
            return Outcome(**{**told, "pdf": base64.b64decode(told["pdf"])})
        except (BrokenPipeError, ValueError):
            status = self._process.wait()
            raise RuntimeError(f"The server of pages ended with {status}.") from None

    def close(self) -> None:
        """End it, with whatever it is doing."""
        self._process.kill()
        self._process.communicate()


def main() -> None:
    """Answer tasks until there are no more."""
    die_with_parent(int(sys.argv[1]))
    # What a page's process may print is no answer.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for line in sys.stdin:
        words = json.loads(line)
        task = Task(**{**words, "notebook": Path(words["notebook"])})
        for outcome in make_pages([task], 1):
            pdf = base64.b64encode(outcome.pdf).decode("ascii")
            told = {**dataclasses.asdict(outcome), "pdf": pdf}
            print(json.dumps(told), file=answers, flush=True)


if __name__ == "__main__":
    main()
