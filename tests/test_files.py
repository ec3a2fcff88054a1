"""Files: whole or not at all, swept up after a kill, kept apart between runs."""

import fcntl
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from crackdown.files import keep, scratch_folder, sole_writer, sweep, write_whole


@pytest.fixture(scope="module")
def dead():
    """The number of a process that has ended."""
    return subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                          capture_output=True, text=True, check=True).stdout.strip()


def test_a_file_is_written_whole_and_readable_by_others(tmp_path):
    path = tmp_path / "new folder" / "page.html"
    write_whole(path, "<p>é</p>\n")
    assert path.read_bytes() == "<p>é</p>\n".encode()
    assert path.stat().st_mode & 0o777 == 0o644
    assert os.listdir(path.parent) == ["page.html"]


def test_a_file_that_cannot_be_written_leaves_the_old_one_and_nothing_beside_it(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "half of it \ud800")
    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["page.html"]


def test_an_interrupted_write_leaves_the_old_page(tmp_path, monkeypatch):
    path = tmp_path / "page.html"
    path.write_text("old", encoding="utf-8")

    def stop(*paths):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["page.html"]


def test_a_disk_without_room_is_told_with_the_file_and_leaves_the_old_one(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("old", encoding="utf-8")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(OSError) as error:
            write_whole(path, "x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert error.value.filename == str(path)
    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["page.html"]


def test_parts_of_dead_processes_are_swept_and_all_else_stays(tmp_path, dead):
    living = f".b.html.{os.getpid()}-x.part"
    for name in (f".a.html.{dead}-x1y2.part", living, ".c.html.part", "d.html", ".e"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    sweep(tmp_path)
    assert sorted(os.listdir(tmp_path)) == sorted([living, ".c.html.part", "d.html", ".e"])
    sweep(tmp_path / "missing")


def test_scratch_takes_all_temporary_files_and_goes_away(tmp_path, monkeypatch, dead):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    left = tmp_path / f"crackdown-{dead}-abc"
    left.mkdir()
    (left / "kernel.json").write_text("{}", encoding="utf-8")
    other = tmp_path / f"crackdown-{os.getpid()}-other"
    other.mkdir()
    sweep(tmp_path / "missing")
    assert not left.exists()
    with scratch_folder() as scratch:
        assert scratch.parent == tmp_path
        assert tempfile.gettempdir() == os.environ["TMPDIR"] == str(scratch)
        Path(tempfile.mkdtemp(), "x").write_text("x", encoding="utf-8")
    assert os.listdir(tmp_path) == [other.name]
    assert tempfile.gettempdir() == os.environ["TMPDIR"] == str(tmp_path)


def test_one_run_at_a_time_writes_to_a_folder(tmp_path):
    folder = tmp_path / "site"
    calls = []
    with sole_writer(folder, lambda: calls.append("first")):
        handle = os.open(folder, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(handle)
        code = (
            "import sys\nfrom pathlib import Path\nfrom crackdown.files import sole_writer\n"
            "tell = lambda: print('waits', flush=True)\n"
            "with sole_writer(Path(sys.argv[1]), tell): print('writes', flush=True)\n"
        )
        other = subprocess.Popen([sys.executable, "-c", code, folder], stdout=subprocess.PIPE, text=True)
        assert other.stdout.readline() == "waits\n"
    assert other.communicate()[0] == "writes\n"
    assert calls == []
    assert not folder.exists()


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("CRACKDOWN_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_a_result_is_made_once_for_the_same_inputs(cache):
    made = []

    def make():
        made.append(1)
        return {"n": len(made)}

    assert [keep("x", inputs, make) for inputs in ([1], [1], [2])] == [{"n": 1}, {"n": 1}, {"n": 2}]
    assert len(list(cache.iterdir())) == 2


def test_a_damaged_result_is_made_again(cache):
    keep("x", [1], lambda: 1)
    [path] = cache.iterdir()
    path.write_text("{", encoding="utf-8")
    assert keep("x", [1], lambda: 2) == 2
    assert json.loads(path.read_text(encoding="utf-8")) == 2


def test_a_cache_that_cannot_be_written_costs_time_and_no_result(cache):
    cache.parent.mkdir(exist_ok=True)
    cache.write_text("in the way", encoding="utf-8")
    assert keep("x", [1], lambda: 5) == 5
