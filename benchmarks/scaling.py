"""Time one report on tables of growing size.

``python benchmarks/scaling.py [INCIDENTS ...]`` in the repository's root writes
synthetic packages (571, 100,000 and 1,000,000 incidents unless sizes are
given) and runs, whole process, ``crackdown report notebooks/situation.ipynb``
on each twice. The first run tries the findings on every reading of the
evidence and keeps what came of it; the second finds that kept and is the one
that is compared. Exit 1 if 100,000 incidents take more than twice as long as
571, or the largest process of a second run more than 2 GB.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from large_tables import write_package
from processes import Run, measure

SIZES = (571, 100_000, 1_000_000)
MOST_TIMES, MOST_MEMORY = 2.0, 2.0
NOTEBOOK = "notebooks/situation.ipynb"
CRACKDOWN = Path(sys.executable).with_name("crackdown")


def report(folder: Path, incidents: int) -> tuple[Run, Run, int]:
    """Make one report twice; return both runs and the bytes of the page."""
    data, page, log = folder / str(incidents), folder / "page.html", folder / "log"
    write_package(data, incidents, data=Path("data"))
    command = [CRACKDOWN, "report", NOTEBOOK, "--data", data, "-o", page]
    first, second = (
        measure(command, log, environment={"CRACKDOWN_CACHE": str(folder / "cache")})
        for _ in range(2)
    )
    if first.status or second.status:
        raise SystemExit(log.read_text("utf-8"))
    return first, second, page.stat().st_size


def main(sizes: tuple[int, ...]) -> int:
    """Print a row for each size; say whether the bars hold."""
    print("| incidents | second run, s | times the smallest | CPU-s | peak, GB | page, kB | first run, s | peak, GB |")
    print("|---|---|---|---|---|---|---|---|")
    seconds: dict[int, Run] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            first, second, page = report(Path(folder), size)
            seconds[size] = second
            times = second.wall / seconds[sizes[0]].wall
            print(
                f"| {size:,} | {second.wall:.1f} | {times:.2f} | {second.cpu:.1f} | {second.peak:.2f} "
                f"| {page / 1000:,.0f} | {first.wall:.1f} | {first.peak:.2f} |",
                flush=True,
            )
    slow = 100_000 in seconds and seconds[100_000].wall > MOST_TIMES * seconds[sizes[0]].wall
    return int(slow or any(run.peak > MOST_MEMORY for run in seconds.values()))


if __name__ == "__main__":
    sys.exit(main(tuple(map(int, sys.argv[1:])) or SIZES))
