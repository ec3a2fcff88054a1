"""Time one report on tables of growing size.

``python benchmarks/scaling.py [INCIDENTS ...]`` in the repository's root writes
synthetic packages (571, 100,000 and 1,000,000 incidents unless sizes are
given) and runs, whole process, ``crackdown report notebooks/situation.ipynb``
on each. The first run tries the findings on every reading of the evidence and
keeps what came of it; later runs find that kept and are those compared, the
smallest size and another in turn, by the median of their ratios (sizes above
100,000 once). The smallest size beside itself shows what chance does. Exit 1 if 100,000 incidents
take more than twice as long as 571, or the largest process of a later run more than 2 GB.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from large_tables import write_package
from processes import Run, measure

SIZES = (571, 100_000, 1_000_000)
MOST_TIMES, MOST_MEMORY = 2.0, 2.0
PAIRS = 15
NOTEBOOK = "notebooks/situation.ipynb"
CRACKDOWN = Path(sys.executable).with_name("crackdown")


def report(folder: Path, incidents: int) -> Run:
    """Make one report; what its first run keeps is found by the next."""
    data, page, log = folder / str(incidents), folder / f"{incidents}.html", folder / "log"
    if not data.exists():
        write_package(data, incidents, data=Path("data"))
    command = [CRACKDOWN, "report", NOTEBOOK, "--data", data, "-o", page]
    run = measure(command, log, environment={"CRACKDOWN_CACHE": str(data.with_suffix(".cache"))})
    if run.status:
        raise SystemExit(log.read_text("utf-8"))
    return run


def main(sizes: tuple[int, ...]) -> int:
    """Print a row for each size; say whether the bars hold."""
    print("| incidents | later run, s | times the smallest | CPU-s | times | peak, GB | page, kB | first run, s | peak, GB |")
    print("|---|---|---|---|---|---|---|---|---|")
    held = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in sizes:
            first = report(folder, size)
            # In turn: a machine may be quicker at one time than at another.
            rounds = PAIRS if size <= 100_000 else 1
            pairs = [(report(folder, sizes[0]), report(folder, size)) for _ in range(rounds)]
            times, cpu_times = (
                statistics.median(getattr(one, unit) / getattr(base, unit) for base, one in pairs)
                for unit in ("wall", "cpu")
            )
            wall = statistics.median(one.wall for _, one in pairs)
            cpu = statistics.median(one.cpu for _, one in pairs)
            peak = max(one.peak for _, one in pairs)
            print(
                f"| {size:,} | {wall:.1f} | {times:.2f} | {cpu:.1f} | {cpu_times:.2f} | {peak:.2f} "
                f"| {(folder / f'{size}.html').stat().st_size / 1000:,.0f} | {first.wall:.1f} | {first.peak:.2f} |",
                flush=True,
            )
            held &= peak <= MOST_MEMORY and (size != 100_000 or times <= MOST_TIMES)
    return int(not held)


if __name__ == "__main__":
    sys.exit(main(tuple(map(int, sys.argv[1:])) or SIZES))
