"""Same inputs, same bytes: plain tools, other folders, other hash seeds."""

import re
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from crackdown.plan import plan_languages, plan_site

PERIOD = {"start": "2020-01-01", "end": "2021-12-31"}
SMALL = """\
title: Small site
pages:
  - name: two-years
    title: Two years
    notebook: situation
    parameters: {start: "2020-01-01", end: "2021-12-31"}
"""


@pytest.fixture(scope="module")
def by_command(run_tool, tmp_path_factory):
    """Return the page that ``crackdown report`` makes of two years."""
    target = tmp_path_factory.mktemp("by command") / "page.html"
    given = [word for name, value in PERIOD.items() for word in ("-p", name, value)]
    done = run_tool("crackdown", "report", "notebooks/situation.ipynb", *given, "-o", target)
    assert (done.returncode, done.stderr) == (0, "")
    return target


@pytest.fixture(scope="module")
def by_plain_tools(run_tool, tmp_path_factory):
    """Return the page that papermill and nbconvert make of the same two years."""
    folder = tmp_path_factory.mktemp("plain")
    given = [word for name, value in PERIOD.items() for word in ("-p", name, value)]
    done = run_tool("papermill", "notebooks/situation.ipynb", folder / "out.ipynb", *given)
    assert done.returncode == 0, done.stderr
    done = run_tool(
        "jupyter", "nbconvert", "--to", "html", "--template", "crackdown", folder / "out.ipynb"
    )
    assert done.returncode == 0, done.stderr
    return folder / "out.html"


@pytest.fixture(scope="module")
def sites(root, run_tool, tmp_path_factory):
    """Build the same small site in two folders, with different hash seeds."""
    folders = {}
    for name, seed in (("first", "0"), ("second folder", "4242")):
        folder = tmp_path_factory.mktemp("project") / name
        for part in ("data", "shapefiles", "notebooks"):
            shutil.copytree(root / part, folder / part)
        (folder / "reports").mkdir()
        (folder / "reports/editions.yml").write_text(SMALL, encoding="utf-8")
        folders[folder] = seed

    def build(folder):
        return run_tool("crackdown", "build", cwd=folder, PYTHONHASHSEED=folders[folder])

    with ThreadPoolExecutor(2) as both:
        for done in both.map(build, folders):
            assert (done.returncode, done.stderr) == (0, "")
    return [folder / "reports" for folder in folders]


def test_plain_papermill_and_nbconvert_make_the_same_page(by_command, by_plain_tools):
    assert by_plain_tools.read_bytes() == by_command.read_bytes()


def test_two_folders_and_hash_seeds_make_the_same_bytes(sites):
    first, second = (
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.html")}
        for folder in sites
    )
    assert sorted(first) == ["index.html", "ko/index.html", "ko/two-years.html", "two-years.html"]
    assert first == second


def test_a_site_and_a_single_report_hold_the_same_page(sites, root, run_tool, tmp_path, monkeypatch):
    """The links to the pages beside it, and its language, are parameters like any other."""
    monkeypatch.chdir(root)
    plan = plan_site(sites[0] / "editions.yml", notebooks=Path("notebooks"), elsewhere={})
    for plan in plan_languages(plan):
        (page,) = plan.pages
        given = [word for name, value in page.values.items() for word in ("-p", name, value)]
        assert {"links", "twins"} <= {*given}
        target = tmp_path / "page.html"
        done = run_tool("crackdown", "report", page.notebook, *given, "-o", target)
        assert (done.returncode, done.stderr) == (0, "")
        assert target.read_bytes() == (sites[0] / f"{page.path}.html").read_bytes()


def test_a_page_holds_no_path_no_clock_and_no_address_of_memory(by_command, root):
    text = by_command.read_text(encoding="utf-8")
    for trace in (str(root), tempfile.gettempdir(), "site-packages", "ipykernel", str(by_command.parent)):
        assert trace not in text
    assert not re.search(r"\bat 0x[0-9a-f]{6,}", text)
    assert not re.search(r"\b\d\d:\d\d:\d\d\b", text)


def test_a_page_stands_alone(by_command):
    text = by_command.read_text(encoding="utf-8")
    assert not re.search(r"""<(link|iframe|object|embed)\b""", text)
    # The page's own script stands inside it, and its policy names its hash.
    assert len(re.findall(r"""<script>""", text)) == 1
    assert re.search(r"""script-src 'sha256-""", text)
    assert not re.search(r"""(?:src|xlink:href|action)=["']?(?!data:|#)""", text)
    assert not re.search(r"""url\((?!["']?(?:data:|#))|@import""", text)
    assert by_command.stat().st_size < 1_500_000


def test_ids_of_a_page_are_unique_and_every_inner_link_leads_somewhere(by_command):
    text = by_command.read_text(encoding="utf-8")
    ids = re.findall(r"""\bid=["']([^"']+)["']""", text)
    assert sorted({one for one in ids if ids.count(one) > 1}) == []
    targets = set(re.findall(r"""href=["']#([^"']+)["']""", text))
    assert sorted(targets - set(ids)) == []


def test_a_page_shows_its_parameters_revision_and_version(by_command, archive):
    text = by_command.read_text(encoding="utf-8")
    assert archive.revision in text
    assert "2020-01-01" in text
    assert "1 January 2020 to 31 December 2021" in text


def test_nothing_but_the_pages_is_left_in_the_folder(sites):
    for folder in sites:
        assert sorted(path.name for path in (folder / "ko").iterdir()) == ["index.html", "two-years.html"]
        names = sorted(path.name for path in folder.iterdir())
        assert names == ["editions.yml", "index.html", "ko", "manifest.json", "two-years.html"]
