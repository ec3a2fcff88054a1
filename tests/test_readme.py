"""The README: its commands run, its numbers are those of the tables."""

from __future__ import annotations

import importlib.util
import re
import shlex
import shutil
import subprocess

import pytest

BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def commands(root):
    text = (root / "README.md").read_text("utf-8")
    return [line for block in BLOCK.findall(text) for line in block.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def workplace(root, tmp_path_factory):
    """Copy what the commands read, so that they leave nothing in the tree."""
    folder = tmp_path_factory.mktemp("work place")
    for name in ("data", "shapefiles", "notebooks"):
        shutil.copytree(root / name, folder / name)
    (folder / "reports").mkdir()
    return folder


def test_every_command_of_the_tools_runs(root, workplace, run_tool):
    ran = 0
    for line in commands(root):
        program, *arguments = shlex.split(line)
        if program.startswith(".venv/bin/"):
            done = run_tool(program.removeprefix(".venv/bin/"), *arguments, cwd=workplace)
            assert done.returncode == 0, f"{line}\n{done.stderr}"
            ran += 1
    assert ran >= 7
    assert (workplace / "reports/out.html").read_bytes() == (
        workplace / "reports/2020-2021.html"
    ).read_bytes()


def test_every_target_of_make_exists(root):
    """The targets are not made here: one of them runs this test, another all pages."""
    targets = [line.split()[1] for line in commands(root) if line.startswith("make ")]
    text = (root / "README.md").read_text("utf-8")
    targets += re.findall(r"`make ([a-z]+)`", text)
    assert {"report", "test", "lab", "help"} <= set(targets)
    for target in set(targets):
        done = subprocess.run(
            ["make", "--dry-run", target], cwd=root, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"make {target}: {done.stderr}"


def test_every_command_shown_is_of_a_known_kind(root):
    for line in commands(root):
        assert line.startswith((".venv/bin/", "make ")), line


def test_the_newest_report_is_what_the_tables_hold(root, monkeypatch, selection):
    spec = importlib.util.spec_from_file_location("readme", root / "docs/readme.py")
    readme = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(readme)
    text = (root / "README.md").read_text("utf-8")
    assert readme.update(text, readme.write_newest(selection)) == text, "run python docs/readme.py"


def test_links_of_the_readme_lead_somewhere(root):
    text = (root / "README.md").read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (root / target).exists(), target
