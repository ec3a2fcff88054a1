"""Builds: what is due is made, whatever fails, is killed or happens at the same time."""

import dataclasses
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from small_site import declare, page, write_notebooks

from crackdown.editions import Site, build
from crackdown.manifest import load_manifest
from crackdown.workers import Outcome, make_pages

PAGES = (page("one"), page("two", parameters={"start": "2020-01-01"}), page("three", group="B"))


@pytest.fixture
def site(root, tmp_path, monkeypatch):
    """A site of three small pages."""
    monkeypatch.chdir(root)
    monkeypatch.setenv("CRACKDOWN_CACHE", str(tmp_path / "cache"))
    notebooks = write_notebooks(tmp_path / "notebooks")
    (tmp_path / "reports").mkdir()
    editions = declare(tmp_path / "reports" / "editions.yml", *PAGES)
    return Site(editions, notebooks, tmp_path / "my site", {})


@pytest.fixture
def run(site):
    """Return a function that builds the site and says which notebooks it ran."""

    def run(**how):
        ran = []

        def make(tasks):
            ran.extend(task.name for task in tasks)
            return make_pages(tasks, 2)

        return build(site, make, **how), ran

    return run


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_page_and_the_index_are_written(site, run):
    built, ran = run()
    assert (sorted(built.made), built.kept, built.failed) == (["one", "three", "two"], [], {})
    pages = ["index.html", "one.html", "three.html", "two.html"]
    assert sorted(os.listdir(site.output)) == sorted([*pages, "manifest.json"])
    index = (site.output / "index.html").read_text(encoding="utf-8")
    assert 'href="one.html"' in index and 'href="two.html"' in index
    assert "1 January 2020 to " in index
    assert 'One &amp; all, <a href="one.html#i0001">1</a>.' in index
    assert "<title>Small: since 2020-01-01</title>" in (site.output / "two.html").read_text("utf-8")


def test_nothing_is_made_twice_from_the_same(site, run):
    run()
    before = contents(site.output)
    built, ran = run()
    assert (ran, built.made, sorted(built.kept)) == ([], [], ["one", "three", "two"])
    assert contents(site.output) == before
    for path in (*site.notebooks.iterdir(), site.editions):
        os.utime(path)
    assert run()[1] == []


def test_what_a_page_is_made_from_makes_it_due(site, run, tmp_path):
    run()
    small = site.notebooks / "small.ipynb"
    small.write_text(small.read_text("utf-8").replace("One &amp; all", "All"), encoding="utf-8")
    assert run()[1] == ["one", "two", "three"]
    declare(site.editions, PAGES[0], page("two", parameters={"start": "2021-01-01"}), PAGES[2])
    assert run()[1] == ["two"]
    assert "2021-01-01" in (site.output / "two.html").read_text("utf-8")
    (site.output / "one.html").write_text("changed by hand", encoding="utf-8")
    (site.output / "three.html").unlink()
    assert run()[1] == ["one", "three"]
    assert run(force=True)[1] == ["one", "two", "three"]


@pytest.mark.parametrize("name", ["data", "shapefiles"])
def test_other_tables_and_boundaries_make_every_page_due(site, run, root, tmp_path, name):
    run()
    other = tmp_path / name
    subprocess.run(["cp", "-r", root / name, other], check=True)
    site.elsewhere[name] = str(other)
    assert run()[1] == ["one", "two", "three"]
    changed = next(path for path in sorted(other.iterdir()) if path.suffix in (".json", ".cpg"))
    changed.write_bytes(changed.read_bytes() + b"\n")
    assert run()[1] == ["one", "two", "three"]
    (other / "README.md").write_text("Nothing that a page is made from.", encoding="utf-8")
    assert run()[1] == []


def test_other_code_makes_every_page_due(run, monkeypatch):
    run()
    monkeypatch.setattr("crackdown.editions.digest_code", lambda: "other code")
    assert run()[1] == ["one", "two", "three"]


def test_a_page_no_longer_declared_stays_until_it_is_pruned(site, run):
    run()
    (site.output / "notes.html").write_text("somebody's own", encoding="utf-8")
    declare(site.editions, *PAGES[:2])
    built, _ = run()
    assert built.undeclared == ["three.html"] and (site.output / "three.html").exists()
    assert "three.html" not in (site.output / "index.html").read_text("utf-8")
    assert run()[0].undeclared == ["three.html"]
    built, ran = run(prune=True)
    assert (built.pruned, built.undeclared, ran) == (["three.html"], [], [])
    assert not (site.output / "three.html").exists()
    assert (site.output / "notes.html").exists()
    assert run(prune=True)[0].pruned == []


def test_a_failing_page_keeps_no_other_from_being_made(site, run):
    run()
    old = (site.output / "two.html").read_bytes()
    failing = {**PAGES[1], "notebook": "failing"}
    declare(site.editions, page("one", parameters={"end": "2020-01-01"}), failing, PAGES[2])
    built, ran = run()
    assert sorted(built.made) == ["one"] and built.kept == ["three"] and set(built.failed) == {"two"}
    for told in ("failing.ipynb", "cell 3", 'start="2020-01-01"', "ZeroDivisionError"):
        assert told in built.failed["two"]
    assert (site.output / "two.html").read_bytes() == old
    index = (site.output / "index.html").read_text("utf-8")
    assert "one.html" in index and "two.html" not in index
    assert run()[1] == ["two"]


def test_a_process_that_ends_without_a_page_is_a_failure(site, run):
    failing = site.notebooks / "failing.ipynb"
    book = json.loads(failing.read_text("utf-8"))
    kill = "import os, psutil; psutil.Process(os.getppid()).kill()"
    book["cells"][-1]["source"] = kill
    failing.write_text(json.dumps(book), encoding="utf-8")
    declare(site.editions, PAGES[0], {**PAGES[1], "notebook": "failing"})
    built, _ = run()
    assert built.made == ["one"]
    assert "ended with -9" in built.failed["two"]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"inputs": 1}', b'{"files": {"a": 1}}',
                                    b'{"inputs": "", "files": {"../../x.html": ["", ""]}, "undeclared": []}'])
def test_a_damaged_manifest_costs_a_build_and_no_file(site, run, damage):
    run()
    (site.output / "manifest.json").write_bytes(damage)
    outside = site.output.parent.parent / "x.html"
    built, ran = run(prune=True)
    assert ran == ["one", "two", "three"] and built.pruned == []
    assert load_manifest(site.output).inputs
    assert not outside.exists()


def test_pages_have_the_same_bytes_however_many_are_made_at_a_time(site):
    build(site, lambda tasks: make_pages(tasks, 1))
    first = contents(site.output)
    build(site, lambda tasks: make_pages(tasks[::-1], 3), force=True)
    assert contents(site.output) == first


def test_a_build_with_nothing_to_do_loads_neither_pandas_nor_papermill(site, run, root):
    run()
    code = f"""
import sys
from crackdown.cli import main
sys.argv = ["crackdown", "build", "-o", {str(site.output)!r}, "--editions", {str(site.editions)!r},
            "--notebooks", {str(site.notebooks)!r}]
try:
    main()
except SystemExit as stop:
    print(stop.code, sorted({{"pandas", "papermill", "numpy", "pydantic"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert done.stdout.endswith("Pages: 0 made, 3 unchanged.\n0 []\n"), done.stderr


def test_the_output_that_cannot_be_written_is_one_clear_error(run_command, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    status, out, err = run_command("build", "-o", tmp_path / "file" / "site")
    assert (status, out) == (1, "")
    assert err.count("\n") == 1 and "Not a directory" in err


def test_a_full_disk_ends_the_build_with_the_file_and_no_half_page(site, root):
    code = f"""
import resource, sys
from crackdown.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (900, resource.RLIM_INFINITY))
sys.argv = ["crackdown", "build", "-o", {str(site.output)!r}, "--editions", {str(site.editions)!r},
            "--notebooks", {str(site.notebooks)!r}]
main()
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith(str(site.output)) and "File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert all(name == "manifest.json" for name in os.listdir(site.output))


@pytest.fixture
def start(site, root, tmp_path):
    """Return a function that starts the command in a process group of its own."""
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    command = [Path(sys.executable).parent / "crackdown", "build", "-o", site.output,
               "--editions", site.editions, "--notebooks", site.notebooks, "--jobs", "2"]

    def start():
        return subprocess.Popen(
            command, cwd=root, start_new_session=True, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, env={**os.environ, "TMPDIR": str(scratch)},
            # Tests that a shell started in the background ignore interrupts, and builds of theirs would.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    yield start
    for left in psutil.process_iter(["environ"]):
        if (left.info["environ"] or {}).get("TMPDIR", "").startswith(str(scratch)):
            left.kill()


@pytest.mark.parametrize("group", [True, False], ids=["the whole group", "only the parent"])
def test_a_killed_build_leaves_whole_pages_and_no_process_and_the_next_one_finishes(
    site, run, start, tmp_path, group
):
    run()
    old = contents(site.output)
    slow = {**PAGES[1], "notebook": "slow"}
    declare(site.editions, page("one", parameters={"end": "2020-01-01"}), slow, PAGES[2])
    building = start()
    assert building.stdout.readline().strip().endswith("one.html")
    children = psutil.Process(building.pid).children(recursive=True)
    (os.killpg if group else os.kill)(building.pid, signal.SIGKILL)
    building.wait()
    assert psutil.wait_procs(children, timeout=60)[1] == []
    after = contents(site.output)
    assert after["one.html"] != old["one.html"]
    assert {name: after[name] for name in ("two.html", "three.html", "index.html")} == {
        name: old[name] for name in ("two.html", "three.html", "index.html")
    }
    (site.output / f".two.html.{building.pid}-x.part").write_text("half", encoding="utf-8")
    declare(site.editions, page("one", parameters={"end": "2020-01-01"}), *PAGES[1:])
    built, ran = run()
    assert (ran, built.failed) == ([], {})
    assert not [name for name in os.listdir(site.output) if name.endswith(".part")]
    next_one = start()
    assert next_one.wait() == 0
    assert os.listdir(tmp_path / "tmp") == []


def test_two_builds_at_once_make_one_whole_site(site, start):
    both = [start(), start()]
    told = [one.communicate()[0] for one in both]
    assert [one.returncode for one in both] == [0, 0]
    assert sum("waiting for it to end" in text for text in told) == 1
    assert sorted(text.splitlines()[-1] for text in told) == [
        "Pages: 0 made, 3 unchanged.",
        "Pages: 3 made, 0 unchanged.",
    ]
    assert sorted(os.listdir(site.output)) == [
        "index.html", "manifest.json", "one.html", "three.html", "two.html"
    ]


def test_an_interrupted_build_stops_at_once_and_says_no_more_than_that(site, start):
    declare(site.editions, PAGES[0], {**PAGES[1], "notebook": "slow"})
    building = start()
    assert building.stdout.readline().strip().endswith("one.html")
    os.killpg(building.pid, signal.SIGINT)
    told = building.communicate(timeout=120)[0]
    assert building.returncode == 1 and "Traceback" not in told


def test_failures_are_told_in_full_by_the_command(site, run_command):
    declare(site.editions, PAGES[0], {**PAGES[1], "notebook": "failing"})
    status, out, err = run_command("build", "-o", site.output, "--editions", site.editions,
                                   "--notebooks", site.notebooks)
    assert status == 1
    assert f"{site.output / 'two.html'}: failed\n" in out
    for told in ("two.html could not be made", "cell 3", "ZeroDivisionError", "1 made, 0 unchanged, 1 failed"):
        assert told in err


def print_pages(tasks):
    """Make pages that name themselves, with a PDF file where one is asked for."""
    for task in tasks:
        yield Outcome(task.name, f"<p>{task.values['links']}</p>", b"%PDF" * task.pdf)


def test_each_page_has_a_file_for_paper_that_is_made_and_kept_with_it(site):
    printed = dataclasses.replace(site, pdf=True)
    assert build(printed, print_pages).made == ["one", "two", "three"]
    files = {"one.pdf", "two.pdf", "three.pdf"}
    assert files | {"index.html"} <= {*os.listdir(site.output)} and "index.pdf" not in contents(site.output)
    assert (site.output / "two.pdf").read_bytes() == b"%PDF"
    assert "two.pdf PDF" in (site.output / "two.html").read_text("utf-8")
    assert 'href="two.pdf"' in (site.output / "index.html").read_text("utf-8")
    assert build(printed, print_pages).made == []
    (site.output / "two.pdf").write_bytes(b"%PDF half")
    assert build(printed, print_pages).made == ["two"]
    assert (site.output / "two.pdf").read_bytes() == b"%PDF"


def test_without_files_for_paper_no_page_links_to_one_and_those_of_before_are_pruned(site):
    build(dataclasses.replace(site, pdf=True), print_pages)
    built = build(site, print_pages)
    assert (built.made, built.undeclared) == (["one", "two", "three"], ["one.pdf", "three.pdf", "two.pdf"])
    assert not any(b"one.pdf" in text for name, text in contents(site.output).items() if name.endswith("html"))
    assert build(site, print_pages, prune=True).pruned == ["one.pdf", "three.pdf", "two.pdf"]
    assert not [name for name in os.listdir(site.output) if name.endswith(".pdf")]


def test_a_page_that_cannot_be_printed_is_not_made_and_the_last_one_stays(site):
    def fail(tasks):
        yield from (Outcome(task.name, failure="no browser") for task in tasks)

    printed = dataclasses.replace(site, pdf=True)
    build(printed, print_pages)
    before = contents(site.output)
    built = build(printed, fail, force=True)
    assert {*built.failed} == {"one", "two", "three", "index"}
    after = contents(site.output)
    assert {name for name in before if before[name] != after[name]} <= {"manifest.json"}


def test_a_maker_that_gives_pages_in_any_order_makes_the_same_site(site):
    def make(tasks):
        yield from (Outcome(task.name, f"<p>{task.name}</p>") for task in reversed(tasks))

    built = build(site, make)
    assert (built.made, built.failed) == (["one", "two", "three"], {})
    assert (site.output / "two.html").read_text("utf-8") == "<p>two</p>"
