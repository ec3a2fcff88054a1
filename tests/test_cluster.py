"""A real Dask scheduler and two workers in processes of their own, over TCP."""

import os
import subprocess
import sys
import time
from pathlib import Path

import distributed
import psutil
import pytest
from small_site import declare, page, write_notebooks

from crackdown import cluster
from crackdown.editions import Site, build
from crackdown.errors import CrackdownError, UsageError
from crackdown.workers import make_pages

PAGES = [page(f"p{year}", parameters={"start": f"{year}-01-01"}) for year in range(2015, 2021)]


@pytest.fixture(scope="module")
def dask(tmp_path_factory):
    """Start a scheduler and two workers; return its address and the workers' processes."""
    folder = tmp_path_factory.mktemp("cluster")
    command = [Path(sys.executable).parent / "dask"]
    started = []

    def start(*arguments):
        place = folder / str(len(started))
        place.mkdir()
        log = (place / "log").open("w")
        started.append(subprocess.Popen([*command, *arguments], cwd=place, stdout=log, stderr=log))
        return started[-1]

    file = folder / "scheduler.json"
    start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", file)
    workers = [
        start("worker", "--scheduler-file", file, "--no-nanny", "--no-dashboard", "--nthreads", "1",
              "--host", "127.0.0.1")
        for _ in range(2)
    ]
    with distributed.Client(scheduler_file=str(file), timeout="60s") as client:
        client.wait_for_workers(2, timeout=60)
        address = client.scheduler.address
    assert address.startswith("tcp://")
    yield address, workers
    for process in started:
        process.terminate()
        process.wait()


@pytest.fixture
def site(root, tmp_path, monkeypatch):
    """A site whose inputs lie in a folder that the workers do not know."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRACKDOWN_CACHE", str(tmp_path / "cache"))
    for name in ("data", "shapefiles"):
        subprocess.run(["cp", "-r", root / name, tmp_path / name], check=True)
    write_notebooks(tmp_path / "notebooks")
    (tmp_path / "reports").mkdir()
    editions = declare(tmp_path / "reports/editions.yml", *PAGES)
    return Site(editions, Path("notebooks"), tmp_path / "site", {})


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_an_input_has_the_same_parcel_whenever_it_is_packed(site):
    first = cluster.pack(site)
    for path in Path("data").iterdir():
        os.utime(path)
    assert cluster.pack(site) == first


@pytest.mark.parametrize("folder", ["/etc", "../data", "missing"])
def test_a_folder_that_has_no_place_on_a_worker_is_refused(site, folder):
    site.elsewhere["data"] = folder
    with pytest.raises(UsageError, match="inside the working directory"):
        cluster.pack(site)


def test_a_scheduler_that_does_not_answer_is_told_as_such(site, monkeypatch):
    monkeypatch.setattr(cluster, "TIMEOUT", "1s")
    with pytest.raises(UsageError, match="No Dask scheduler answers at tcp://127.0.0.1:1 "):
        build(site, lambda tasks: cluster.make_pages(tasks, site, "tcp://127.0.0.1:1"))


def test_jobs_and_a_scheduler_contradict_each_other(run_command, tmp_path):
    status, _, err = run_command("build", "-o", tmp_path, "--jobs", "2", "--scheduler", "tcp://h:1")
    assert (status, err.count("\n")) == (2, 1)


def test_a_worker_with_other_code_is_refused(site, dask, monkeypatch):
    monkeypatch.setattr(cluster, "digest_code", lambda: "other code")
    with pytest.raises(CrackdownError, match="another version"):
        build(site, lambda tasks: cluster.make_pages(tasks, site, dask[0]))
    assert "index.html" not in os.listdir(site.output)


def test_a_failing_page_is_told_and_the_others_are_made(site, dask):
    declare(site.editions, PAGES[0], {**PAGES[1], "notebook": "failing"})
    built = build(site, lambda tasks: cluster.make_pages(tasks, site, dask[0]))
    assert built.made == ["p2015"]
    assert "ZeroDivisionError" in built.failed["p2016"] and "cell 3" in built.failed["p2016"]


def test_a_worker_killed_in_mid_run_costs_no_page_and_changes_no_byte(site, dask, root):
    """The last test with these workers: one of them dies."""
    address, workers = dask
    build(site, lambda tasks: make_pages(tasks, 2))
    local = contents(site.output)

    def make(tasks):
        children = psutil.Process(workers[0].pid).children
        for number, outcome in enumerate(cluster.make_pages(tasks, site, address)):
            if number == 0:
                servers = children(recursive=True)
                assert servers
                workers[0].kill()
                assert psutil.wait_procs(servers, timeout=60)[1] == []
            yield outcome

    built = build(site, make, force=True)
    assert (sorted(built.made), built.failed) == (sorted(one["name"] for one in PAGES), {})
    assert contents(site.output) == local
    deadline = time.monotonic() + 60
    while psutil.Process(workers[1].pid).children() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert psutil.Process(workers[1].pid).children() == []
