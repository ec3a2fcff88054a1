"""The command: exit status, one readable block on stderr, nothing half-written."""

import os
import re
import shlex
import shutil

import nbformat
import papermill
import pytest

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
SITUATION = "notebooks/situation.ipynb"


@pytest.fixture
def nothing_runs(monkeypatch):
    """Fail if a notebook is run."""

    def run(*arguments, **options):
        raise AssertionError("a notebook was run")

    monkeypatch.setattr(papermill, "execute_notebook", run)


@pytest.fixture(scope="module")
def wrong_tables(root, tmp_path_factory):
    """The real tables with three wrong cells in two files."""
    folder = tmp_path_factory.mktemp("wrong") / "data"
    shutil.copytree(root / "data", folder)
    for name, old, new in (
        ("incidents.csv", ",KP0203,county,", ",KP0213x,county,"),
        ("incidents.csv", ",arrest,", ",arest,"),
        ("sources.csv", ",Asiapress,", ",Asiapress,,"),
    ):
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def check_block(err):
    """Hold an error against what a reader can read: no stack, no warning, no colour."""
    assert err.strip()
    assert "Traceback" not in err
    assert "site-packages" not in err
    assert "\x1b" not in err
    assert "Warning" not in err
    assert "\n\n\n" not in err


def test_good_tables_are_summed_up_in_one_line(run_command, archive):
    status, out, err = run_command("check")
    assert (status, err) == (0, "")
    assert len(out.splitlines()) == 1
    assert f"{len(archive.incidents):,} incidents" in out
    assert f"{len(archive.sources):,} articles" in out
    assert archive.revision in out


def test_wrong_tables_are_told_with_file_line_column_value_and_remedy(run_command, wrong_tables):
    status, out, err = run_command("check", "--data", wrong_tables)
    assert (status, out) == (1, "")
    check_block(err)
    [place] = [line for line in err.splitlines() if "KP0213x" in line]
    assert re.search(r"incidents\.csv, line \d+, pcode: \"KP0213x\"", place)
    assert "Correct" in place
    [action] = [line for line in err.splitlines() if '"arest"' in line]
    assert '"arrest"' in action
    assert "sources.csv, line" in err
    assert re.search(r"\d+ problems in 2 files", err.splitlines()[-1])


@pytest.mark.parametrize("option", ["--data", "--shapefiles"])
def test_a_folder_without_tables_or_boundaries_is_told_as_such(run_command, tmp_path, option):
    status, out, err = run_command("check", option, tmp_path)
    assert status in (1, 2)
    assert out == ""
    check_block(err)
    assert str(tmp_path) in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-p", "strat", "2020-01-01"], ['"strat"', '"start"', "Allowed"]),
        (["-p", "start", "yesterday"], ['"yesterday"', "2024-01-31"]),
        (["-p", "offences", "chinese_phones"], ['"chinese_phone"', "Allowed"]),
        (["-p", "provinces", "Hamgyong Nord"], ["Hamgyong Nord", "KP02"]),
        (["-p", "start", "2021-01-01", "-p", "end", "2020-01-01"], ["2021-01-01", "2020-01-01"]),
        (["-p", "start"], ["-p"]),
        (["--colour", "red"], ["--colour"]),
        (["--data", "nowhere"], ["nowhere"]),
        (["--shapefiles", "nowhere"], ["nowhere"]),
        (["-p", "start", "2020-01-01", "-p", "start", "2021-01-01"], ["start"]),
    ],
)
def test_wrong_use_is_refused_before_anything_runs(
    run_command, nothing_runs, tmp_path, arguments, told
):
    target = tmp_path / "page.html"
    status, out, err = run_command("report", SITUATION, "-o", target, *arguments)
    assert (status, out) == (2, "")
    check_block(err)
    for part in told:
        assert part in err
    assert not target.exists()


def test_a_missing_notebook_is_wrong_use_and_those_that_are_there_are_named(
    run_command, nothing_runs
):
    status, _, err = run_command("report", "notebooks/situatoin.ipynb")
    assert status == 2
    check_block(err)
    assert "notebooks/situation.ipynb" in err


def test_a_file_that_is_no_notebook_is_told_as_such(run_command, nothing_runs):
    status, _, err = run_command("report", "pyproject.toml")
    assert status in (1, 2)
    check_block(err)
    assert "pyproject.toml" in err


def test_an_unknown_command_is_refused(run_command):
    status, _, err = run_command("reprot")
    assert status == 2
    check_block(err)
    assert "report" in err


def test_a_page_that_cannot_be_written_is_told_as_such(run_command, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setattr("crackdown.report.run_notebook", lambda *arguments, **options: None)
    monkeypatch.setattr("crackdown.report.export_html", lambda *arguments: "<html></html>")
    status, _, err = run_command("report", SITUATION, "-o", tmp_path / "file" / "page.html")
    assert status in (1, 2)
    check_block(err)
    assert "page.html" in err or "file" in err


@pytest.mark.parametrize("command", ["report", "build", "check", "params"])
def test_help_shows_examples(run_command, command):
    status, out, _ = run_command(command, "--help")
    assert status == 0
    examples = re.findall(rf"^\s*crackdown {command}\b.*", out, re.MULTILINE)
    assert examples
    assert "Examples" in out


@pytest.fixture
def workplace(root, monkeypatch, tmp_path):
    """A folder like the repository's root, where every notebook makes the same short page."""
    (tmp_path / "notebooks").mkdir()
    shutil.copy(root / SITUATION, tmp_path / SITUATION)
    (tmp_path / "data").symlink_to(root / "data")
    (tmp_path / "shapefiles").symlink_to(root / "shapefiles")
    monkeypatch.setattr("crackdown.report.run_notebook", lambda *arguments, **options: None)
    monkeypatch.setattr("crackdown.report.export_html", lambda executed: "<html></html>")
    return tmp_path


def test_the_examples_of_the_help_are_taken(run_command, workplace):
    _, out, _ = run_command("report", "--help")
    # What is printed needs a browser, and is tested with one.
    lines = [
        line
        for line in re.findall(r"^\s*crackdown (report notebooks.*)", out, re.MULTILINE)
        if not line.endswith(".pdf")
    ]
    assert len(lines) >= 2
    for line in lines:
        status, written, _ = run_command(*shlex.split(line), cwd=workplace)
        assert status == 0
        assert (workplace / written.strip()).read_text(encoding="utf-8") == "<html></html>"


def test_params_lists_every_parameter_with_type_default_meaning_and_values(run_command, archive):
    status, out, err = run_command("params", SITUATION)
    assert (status, err) == (0, "")
    assert re.search(r'^start: str = ""\n\s+\S', out, re.MULTILINE)
    assert re.search(r'^geo_precision: str = "country"\n\s+\S', out, re.MULTILINE)
    for field, name in (("offences", "offences"), ("action", "actions"), ("agencies", "agencies")):
        assert f"{name}: " in out
        for value, label in archive.codebook.labels("incidents", field).items():
            assert f"{value}: {label}" in out


def test_no_page_is_made_of_wrong_tables_and_the_old_one_stays(run_tool, wrong_tables, tmp_path):
    target = tmp_path / "page.html"
    target.write_text("old", encoding="utf-8")
    done = run_tool("crackdown", "report", SITUATION, "--data", wrong_tables, "-o", target)
    assert (done.returncode, done.stdout) == (1, "")
    check_block(done.stderr)
    assert "KP0213x" in done.stderr
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_no_site_is_made_of_wrong_tables_and_the_old_one_stays(run_tool, wrong_tables, tmp_path):
    (tmp_path / "index.html").write_text("old", encoding="utf-8")
    done = run_tool("crackdown", "build", "--data", wrong_tables, "-o", tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    check_block(done.stderr)
    assert "KP0213x" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "old"


def test_a_build_of_articles_without_their_column_tells_the_column(run_command, nothing_runs, root, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(root / "data", data)
    text = (data / "sources.csv").read_text(encoding="utf-8")
    text = text.replace(",published,", ",publishd,", 1)
    (data / "sources.csv").write_text(text, encoding="utf-8")
    status, _, err = run_command("build", "--data", data, "-o", tmp_path / "out")
    assert status == 1
    check_block(err)
    assert "sources.csv" in err
    assert "publishd" in err
    assert not (tmp_path / "out").exists()


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A folder with the tables' codebook, a good small notebook and a failing one."""
    folder = tmp_path_factory.mktemp("work")
    for name, source in (("good", "print('hello')"), ("failing", "number = 0\n1 / number")):
        cells = [
            nbformat.v4.new_markdown_cell("# Small", id="t"),
            nbformat.v4.new_code_cell(
                'data: str = "data"', id="p", metadata={"tags": ["parameters"]}
            ),
            nbformat.v4.new_code_cell(source, id="c"),
        ]
        book = nbformat.v4.new_notebook(cells=cells)
        book.metadata["kernelspec"] = KERNEL
        nbformat.write(book, folder / f"{name}.ipynb")
    return folder


def test_a_failing_cell_is_shown_with_its_traceback_and_no_stack_of_the_tools(
    run_tool, small, tmp_path
):
    target = tmp_path / "page.html"
    done = run_tool("crackdown", "report", small / "failing.ipynb", "-o", target)
    assert (done.returncode, done.stdout) == (1, "")
    assert "1 / number" in done.stderr
    assert "ZeroDivisionError" in done.stderr
    assert "cell 3" in done.stderr
    for tool in ("papermill", "nbclient", "nbconvert", "site-packages", "\x1b"):
        assert tool not in done.stderr
    assert done.stderr.count("Traceback") <= 1
    assert list(tmp_path.iterdir()) == []


def test_a_template_planted_in_the_working_directory_is_not_used(root, run_tool, small, tmp_path):
    """nbconvert itself would prefer a folder of the template's name found there."""
    work = tmp_path / "work"
    shutil.copytree(small, work)
    shutil.copytree(root / "data", work / "data")
    run_tool("crackdown", "report", "good.ipynb", "-o", "clean.html", cwd=work)
    planted = work / "crackdown"
    planted.mkdir()
    (planted / "conf.json").write_text('{"base_template": "base"}', encoding="utf-8")
    (planted / "index.html.j2").write_text("planted", encoding="utf-8")
    done = run_tool("crackdown", "report", "good.ipynb", "-o", "page.html", cwd=work)
    assert (done.returncode, done.stderr) == (0, "")
    page = (work / "page.html").read_bytes()
    assert b"hello" in page
    assert b"planted" not in page
    assert page == (work / "clean.html").read_bytes()


def test_a_page_goes_to_the_folder_of_reports_unless_it_is_told_where(run_command, workplace):
    status, out, err = run_command("report", SITUATION, cwd=workplace)
    assert (status, err) == (0, "")
    assert out.strip() == "reports/situation.html"
    assert (workplace / "reports/situation.html").read_text("utf-8") == "<html></html>"
    run_command("report", SITUATION, "-o", "elsewhere/page.html", cwd=workplace)
    assert (workplace / "elsewhere/page.html").is_file()


def test_a_page_is_made_with_one_thread_for_algebra(run_command, workplace, monkeypatch):
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    run_command("report", SITUATION, cwd=workplace)
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
