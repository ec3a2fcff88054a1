"""Whole processes, measured."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path


@dataclasses.dataclass(frozen=True)
class Run:
    """What a command took: wall and CPU seconds of it and its children, largest peak in GB."""

    status: int
    wall: float
    cpu: float
    peak: float


def measure(command: Sequence[str | Path], log: Path, *, environment: dict[str, str]) -> Run:
    """Run a command with its output in a file.

    The peak is that of the largest process, of the command and all whose end
    it waited for.
    """
    begin = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env=os.environ | environment
        )
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begin
    return Run(process.returncode, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e9)
