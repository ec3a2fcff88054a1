"""Editions: the pages of the site, made and written."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from crackdown.files import write_whole
from crackdown.plan import plan_site
from crackdown.report import export_html, run_notebook
from crackdown.site import load_corrections, write_index


def build(
    editions_file: Path, output: Path, *, notebooks: Path, elsewhere: dict[str, str]
) -> list[Path]:
    """Make every page and the index.

    Every page is checked before the first one runs, and nothing is written
    until all have run.

    Parameters
    ----------
    editions_file
    output
        Folder, made if it is missing.
    notebooks, elsewhere
        As for `plan_site`.

    Returns
    -------
    list of Path
        The files written, the index last.
    """
    plan = plan_site(editions_file, notebooks=notebooks, elsewhere=elsewhere)
    # Spawned, because a fork would copy the threads of the tools.
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=spawn) as pool:
        jobs = {page.name: pool.submit(_make, page.notebook, page.values) for page in plan.pages}
        made = {name: job.result() for name, job in jobs.items()}
    corrections = load_corrections(editions_file.absolute().parent.parent / "CHANGELOG.md")
    made["index"] = write_index(plan, made, corrections)
    for name, text in made.items():
        write_whole(output / f"{name}.html", text)
    return [output / f"{name}.html" for name in made]


def _make(notebook: Path, values: dict[str, Any]) -> str:
    return export_html(run_notebook(notebook, values))
