"""Time one report from a cold start against the plain pair of tools.

``python benchmarks/cold_start.py [ROUNDS]`` in the repository's root runs, in
turn, ``crackdown report notebooks/situation.ipynb`` and plain ``papermill``
followed by plain ``jupyter nbconvert --template crackdown``, whole processes
in the same environment, checks that both give the same bytes, and prints the
medians and their ratio. Exit 1 if the ratio is above the bar of 0.6.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BAR = 0.6
NOTEBOOK = "notebooks/situation.ipynb"
TOOLS = Path(sys.executable).parent


def measure(*commands: list[str | Path]) -> float:
    """Run commands one after the other and return their wall seconds together."""
    begin = time.perf_counter()
    for command in commands:
        subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begin


def main(rounds: int) -> int:
    """Print both medians and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        ours, executed, plain = (Path(folder) / name for name in ("a.html", "b.ipynb", "b.html"))
        report = [TOOLS / "crackdown", "report", NOTEBOOK, "-o", ours]
        pair = (
            [TOOLS / "papermill", "--no-progress-bar", NOTEBOOK, executed],
            [TOOLS / "jupyter", "nbconvert", "--to", "html", "--template", "crackdown", executed],
        )
        measure(report)  # compiles the modules and fills the disk's cache for both sides
        times = [(measure(report), measure(*pair)) for _ in range(rounds)]
        if ours.read_bytes() != plain.read_bytes():
            print("the pages differ")
            return 1
    own, theirs = (statistics.median(side) for side in zip(*times, strict=True))
    ratio = statistics.median(a / b for a, b in times)
    print(f"crackdown report {own:.2f} s, papermill and nbconvert {theirs:.2f} s, ratio {ratio:.2f}")
    return int(ratio > BAR)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
