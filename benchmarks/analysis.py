"""Time the analysis itself: the cells of a notebook in a process that has its libraries loaded.

``python benchmarks/analysis.py [ROUNDS] [NOTEBOOK]`` in the repository's root runs the code cells
in a fresh namespace and shows what each ends in, as IPython would. The process is as warm as those
of `crackdown build`, which first do what all pages share (`crackdown.warm.prepare`; its time is
printed), and runs the cells on another selection, which loads what is loaded late. Each measured
run is in a fork of it, so that nothing of one run helps the next; one more before them keeps the
stress tests. Prints the median processor time of each cell and of the whole. Exit 1 if the
situation report takes more than the bar of 0.6 seconds.
"""

from __future__ import annotations

import ast
import json
import multiprocessing
import statistics
import sys
import time
from pathlib import Path

from crackdown import warm

BAR = 0.6
NOTEBOOK = "notebooks/situation.ipynb"
OTHER_SELECTION = {"offences": "foreign_media"}


def load_cells(notebook: Path) -> dict[str, str]:
    """Read the code cells of a notebook, by their ids."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    return {cell["id"]: "".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"}


def run_cell(source: str, namespace: dict) -> None:
    """Run a cell and show the value of its last line."""
    body = ast.parse(source).body
    last = body.pop() if isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "<cell>", "exec"), namespace)
    if last is not None:
        value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace)
        show = getattr(value, "_repr_mimebundle_", None) or getattr(value, "_repr_html_", None)
        if show:
            show()


def measure(cells: dict[str, str], **parameters: str) -> dict[str, float]:
    """Run all cells in a namespace of their own and return the processor seconds of each."""
    namespace: dict = {"__name__": "__main__"}
    seconds = {}
    for name, source in cells.items():
        begin = time.process_time()
        run_cell(source, namespace)
        seconds[name] = time.process_time() - begin
        if name == "parameters":
            namespace.update(parameters)
    return seconds


def measure_apart(cells: dict[str, str], **parameters: str) -> dict[str, float]:
    """Measure in a fork of this process, which ends with it."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=lambda: sender.send(measure(cells, **parameters)))
    child.start()
    sender.close()
    seconds = receiver.recv()
    child.join()
    return seconds


def main(rounds: int, notebook: str) -> int:
    """Print the medians by cell, the dearest first, and of the whole."""
    cells = load_cells(Path(notebook))
    begin = time.process_time()
    warm.prepare("data", "shapefiles", notebooks=[Path(notebook)], languages=["en"])
    prepared = time.process_time() - begin
    measure(cells, **OTHER_SELECTION)
    measure_apart(cells)
    runs = [measure_apart(cells) for _ in range(rounds)]
    by_cell = {name: statistics.median(run[name] for run in runs) for name in cells}
    for name, seconds in sorted(by_cell.items(), key=lambda item: -item[1]):
        print(f"{seconds:7.3f}  {name}")
    totals = [sum(run.values()) for run in runs]
    whole = statistics.median(totals)
    print(f"{whole:7.3f}  {notebook} in all, the lowest {min(totals):.3f}")
    print(f"{prepared:7.3f}  what all pages share, once a build")
    return int(notebook == NOTEBOOK and whole > BAR)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9, *sys.argv[2:] or [NOTEBOOK]))
