"""Before anything is printed: where the browser is found, what is said without one, and what margins hold."""

import re

import pytest
from small_site import declare, page, write_notebooks

from crackdown.browser import NAMES, NoBrowserError, find_browser
from crackdown.margins import write_margins


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """Take every browser away; return a folder that is the whole PATH."""
    monkeypatch.delenv("CRACKDOWN_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("crackdown.browser.APPLICATIONS", ())
    return tmp_path


def put(folder, name):
    program = folder / name
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


def test_the_browser_is_the_one_named_or_the_first_known_on_the_path(nowhere, monkeypatch):
    for name in reversed(NAMES):
        assert put(nowhere, name) == find_browser()
    monkeypatch.setenv("CRACKDOWN_BROWSER", put(nowhere, "my browser"))
    assert find_browser() == str(nowhere / "my browser")
    monkeypatch.setenv("CRACKDOWN_BROWSER", "/nowhere/chromium")
    with pytest.raises(NoBrowserError, match='CRACKDOWN_BROWSER is "/nowhere/chromium", and that is no program'):
        find_browser()


@pytest.mark.parametrize("command", ["report", "build"])
def test_without_a_browser_the_commands_say_what_to_install_and_run_nothing(nowhere, run_command, command):
    notebooks = write_notebooks(nowhere / "notebooks")
    editions = declare(nowhere / "editions.yml", page("one", notebook="failing"))
    arguments = {
        "report": (notebooks / "failing.ipynb", "-o", nowhere / "one.pdf"),
        "build": ("--pdf", "-o", nowhere / "site", "--editions", editions, "--notebooks", notebooks),
    }
    status, out, err = run_command(command, *arguments[command])
    assert (status, out) == (2, "")
    assert "apt-get install chromium" in err and "CRACKDOWN_BROWSER" in err and err.count("\n") == 1
    assert not (nowhere / "one.pdf").exists() and not (nowhere / "site").exists()


def test_no_title_ends_the_style_sheet_it_stands_in():
    hostile = '"}</style><script>\\a\n한국;\x00'
    written = write_margins(hostile, "crackdown-0a")
    title = re.fullmatch(r':root\{--running-title:"(.*)";--report-id:"(.*)"\}\n', written)[1]
    assert not re.search(r'[<>"{};\n]', title)
    read = re.sub(r"\\([0-9a-f]+) ", lambda sign: chr(int(sign[1], 16)), title)
    assert read == hostile
