"""Time a batch of 40 editions against the plain tools, and the parts of a page.

``python benchmarks/batch.py [ROUNDS] [EDITIONS]`` in the repository's root builds editions of the
situation report over different periods, each a page in every language, in four ways, in turn and
in the same environment:

- plain ``papermill`` followed by plain ``jupyter nbconvert --template crackdown``, in a loop,
- the same, two at a time, as GNU parallel runs it,
- ``crackdown build --force`` with a job for each core,
- ``crackdown build`` once more, with nothing to do.

It checks that all sides give the same bytes and prints the medians of the ratios, the
core-seconds of a page and, of these, those of the analysis (the same cells as a script in a warm
process, see `analysis.py`; before and after each build, since a machine may be quicker at one
time than at another). The stress tests of findings are kept from a first build that does not
count; all sides find them kept. Exit 1 if a bar is not held.
"""

from __future__ import annotations

import itertools
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from analysis import load_cells, measure_apart, measure, OTHER_SELECTION
from crackdown import warm
from crackdown.catalogue import list_languages
from crackdown.plan import Page, plan_languages, plan_site

NOTEBOOK = Path("notebooks/situation.ipynb")
TOOLS = Path(sys.executable).parent
BARS = {
    "faster than the loop": (8, max),
    "faster than the loop two at a time": (4.5, max),
    "seconds of a second build": (0.5, min),
    "core-seconds of a page beyond the analysis": (0.35, min),
}


def declare(folder: Path, count: int) -> Path:
    """Declare editions over different periods, each with enough incidents for a page."""
    periods = itertools.product(range(2008, 2018), range(2019, 2026))
    pages = [
        {
            "name": f"from-{start}-to-{end}",
            "title": f"{start} to {end}",
            "notebook": NOTEBOOK.stem,
            "parameters": {"start": f"{start}-01-01", "end": f"{end}-12-31"},
        }
        for start, end in itertools.islice(periods, count)
    ]
    (folder / "reports").mkdir()
    path = folder / "reports" / "editions.yml"
    path.write_text(json.dumps({"title": "Batch", "pages": pages}), encoding="utf-8")
    return path


def run(*command: str | Path) -> None:
    """Run a command to its end, without its words."""
    subprocess.run(command, check=True, capture_output=True)


def make_plainly(page: Page, folder: Path) -> None:
    """Make one page with the tools as they are."""
    executed = folder / f"{page.path}.ipynb"
    executed.parent.mkdir(exist_ok=True)
    values = [word for name, value in page.values.items() for word in ("-p", name, value)]
    run(TOOLS / "papermill", "--no-progress-bar", page.notebook, executed, *values)
    run(TOOLS / "jupyter", "nbconvert", "--to", "html", "--template", "crackdown", executed)


def clock(work: Callable[[], object]) -> tuple[float, float]:
    """Return the wall seconds of a piece of work, and the processor seconds of its children."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work()
    wall, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure_round(pages: list[Page], build: list[str | Path], folder: Path) -> dict[str, float]:
    """Run all ways once; return the figures that have bars, and those behind them."""
    loop, plain = clock(lambda: [make_plainly(page, folder) for page in pages])
    with ThreadPoolExecutor(2) as two:
        paired, _ = clock(lambda: list(two.map(lambda page: make_plainly(page, folder), pages)))
    before = measure_analysis(pages)
    ours, cores = clock(lambda: run(*build, "--force"))
    analysis = (before + measure_analysis(pages)) / 2
    again, _ = clock(lambda: run(*build))
    return {
        "faster than the loop": loop / ours,
        "faster than the loop two at a time": paired / ours,
        "seconds of a second build": again,
        "core-seconds of a page": cores / len(pages),
        "core-seconds of the analysis": analysis,
        "core-seconds of a page beyond the analysis": cores / len(pages) - analysis,
        "core-seconds of a page in the loop": plain / len(pages),
        "times fewer core-seconds than the loop": plain / cores,
        "wall seconds of a page": ours / len(pages),
        "wall seconds of a page in the loop": loop / len(pages),
    }


def measure_analysis(pages: list[Page]) -> float:
    """Return the mean processor seconds of the cells of these pages, in forks of this warm process.

    As many at a time as the build makes: a core is slower while the other one works.
    """
    cells = load_cells(NOTEBOOK)
    with ThreadPoolExecutor(os.cpu_count()) as side_by_side:
        runs = side_by_side.map(lambda page: measure_apart(cells, **page.values), pages)
        return statistics.mean(sum(run.values()) for run in runs)


def main(rounds: int, count: int) -> int:
    """Print the medians of all rounds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        editions = declare(folder, count)
        plan = plan_site(editions, notebooks=NOTEBOOK.parent, elsewhere={})
        pages = [page for one in plan_languages(plan) for page in one.pages]
        build = [TOOLS / "crackdown", "build", "--editions", editions, "-o", folder / "site"]
        run(*build)
        warm.prepare("data", "shapefiles", notebooks=[NOTEBOOK], languages=list_languages())
        measure(load_cells(NOTEBOOK), **OTHER_SELECTION)
        results = [measure_round(pages, build, folder) for _ in range(rounds)]
        differing = [
            page.path
            for page in pages
            if (folder / "site" / f"{page.path}.html").read_bytes()
            != (folder / f"{page.path}.html").read_bytes()
        ]
    found = {name: statistics.median(one[name] for one in results) for name in results[0]}
    missed = bool(differing)
    print(f"{len(pages)} pages, {rounds} rounds, {os.cpu_count()} cores; differing: {differing or 'none'}")
    for name, value in found.items():
        bar, better = BARS.get(name, (value, max))
        missed |= better(value, bar) != value
        print(f"{value:7.2f}  {name}{f' (bar {bar})' if name in BARS else ''}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3, int(sys.argv[2]) if len(sys.argv) > 2 else 40))
