"""Kill a build at random moments and look at what it leaves.

``python benchmarks/kills.py [TIMES] [SEED]`` in the repository's root builds a small site of real
pages with ``--force``, kills it (in turn the whole process group, and only the parent), waits for
the processes to go, checks that every page is an old one or a new one, whole, and at the end that
one more build finishes the site and leaves no temporary file. Exit 1 for anything that is corrupt,
left over or orphaned.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

TOOLS = Path(sys.executable).parent
PATIENCE = 30


def declare(path: Path, end: str) -> None:
    """Declare six pages in each language; another end makes all of them due, with other bytes."""
    pages = [
        {"name": f"from-{start}", "title": f"From {start}", "notebook": "data_quality",
         "parameters": {"start": f"{start}-01-01", "end": end}}
        for start in range(2010, 2016)
    ]
    path.write_text(json.dumps({"title": "Site", "pages": pages}), encoding="utf-8")


def read(folder: Path) -> dict[str, bytes]:
    """Read the pages of a folder, those of other languages included."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.html")}


def list_left(folder: Path, scratch: Path) -> list[str]:
    """List what is neither a page nor the manifest."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    left = [path.name for path in files if path.suffix != ".html" and path.name != "manifest.json"]
    return left + [path.name for path in scratch.iterdir()]


def list_orphans(scratch: Path) -> list[psutil.Process]:
    """List processes that a build has started, by the folder they were given."""
    orphans = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("TMPDIR", "").startswith(str(scratch)):
                orphans.append(process)
        except psutil.Error:
            continue
    return orphans


def main(times: int, seed: int) -> int:
    """Kill, look, and print what was found."""
    dice = random.Random(seed)
    corrupt, left, orphans = [], [], []
    with tempfile.TemporaryDirectory() as name:
        folder, scratch = Path(name) / "site", Path(name) / "tmp"
        scratch.mkdir()
        editions = Path(name) / "reports" / "editions.yml"
        editions.parent.mkdir()
        command = [TOOLS / "crackdown", "build", "-o", folder, "--editions", editions]
        environment = {**os.environ, "TMPDIR": str(scratch), "CRACKDOWN_CACHE": str(Path(name) / "cache")}

        def start() -> subprocess.Popen:
            return subprocess.Popen(
                command, env=environment, start_new_session=True,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )

        whole = {}
        for end in ("2024-12-31", "2023-12-31"):
            declare(editions, end)
            begin = time.perf_counter()
            start().wait()
            seconds = time.perf_counter() - begin
            whole[end] = read(folder)
        ends = list(whole)
        for number in range(times):
            # Wherever the last one was stopped, all pages that it made are due again.
            declare(editions, ends[number % 2])
            building = start()
            time.sleep(dice.uniform(0, seconds))
            (os.killpg if number % 4 < 2 else os.kill)(building.pid, signal.SIGKILL)
            building.wait()
            _, living = psutil.wait_procs(list_orphans(scratch), timeout=PATIENCE)
            orphans += living
            corrupt += [
                page for page, text in read(folder).items()
                if text not in (whole[end][page] for end in ends)
            ]
            if number % 10 == 9:
                end = ends[number % 2]
                start().wait()
                corrupt += [page for page, text in read(folder).items() if text != whole[end][page]]
                left += list_left(folder, scratch)
    print(
        f"{times} builds killed within {seconds:.1f} s: {len(corrupt)} corrupt pages, "
        f"{len(left)} leftovers, {len(orphans)} orphans {sorted(set(corrupt + left))}"
    )
    return int(bool(corrupt or left or orphans))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100, int(sys.argv[2]) if len(sys.argv) > 2 else 1))
