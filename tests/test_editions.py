"""Editions: the declaration of the pages, rolling windows, and building them all."""

import datetime
import json
import os

import nbformat
import pandas as pd
import pytest

from crackdown.editions import Edition, build, edition_values, load_editions
from crackdown.errors import CrackdownError, UsageError
from crackdown.incidents import closing_day
from crackdown.report import NotebookError, inspect_parameters

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
HEADER = """\
from IPython.display import HTML, display
about = {"subtitle": f"since {start}", "incidents": 3, "revision": "0123456789ab",
         "last_covered": "1 May 2024", "findings": ["One & all."]}
display(HTML("<p>hello</p>"), metadata={"crackdown": about})
"""


def declare(path, *pages, **more):
    path.write_text(json.dumps({"title": "Site", "pages": list(pages), **more}), encoding="utf-8")
    return path


def page(name="one", **more):
    return {"name": name, "title": name.title(), "notebook": "small", **more}


@pytest.fixture
def notebooks(tmp_path):
    """A folder with a notebook that takes a second: it counts nothing."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    parameters = nbformat.v4.new_code_cell(
        'start: str = ""\nend: str = ""\ndata: str = "data"', id="p", metadata={"tags": ["parameters"]}
    )
    for name, source in (("small", HEADER), ("failing", "1 / 0")):
        cells = [nbformat.v4.new_markdown_cell("# Small", id="t"), parameters]
        cells.append(nbformat.v4.new_code_cell(source, id="h"))
        book = nbformat.v4.new_notebook(cells=cells)
        book.metadata["kernelspec"] = KERNEL
        nbformat.write(book, folder / f"{name}.ipynb")
    return folder


@pytest.fixture
def published(tmp_path):
    """Return a function that writes an archive's articles with these dates."""

    def published(*dates):
        frame = pd.DataFrame({"source_id": range(len(dates)), "published": dates})
        frame.to_csv(tmp_path / "sources.csv", index=False)
        return {"data": str(tmp_path)}

    return published


def test_the_declared_editions_are_the_pages_that_the_project_promises(root):
    editions = load_editions(root / "reports/editions.yml")
    names = [edition.name for edition in editions.pages]
    assert {"situation", "situation-five-years", "situation-twelve-months"} <= set(names)
    windows = {edition.name: edition.window for edition in editions.pages}
    assert windows["situation-twelve-months"] == "12 months"
    assert windows["situation-five-years"] == "5 years"


def test_every_edition_gives_only_parameters_that_its_notebook_has(root, monkeypatch):
    monkeypatch.chdir(root)
    for edition in load_editions(root / "reports/editions.yml").pages:
        declared = inspect_parameters(root / "notebooks" / f"{edition.notebook}.ipynb")
        assert set(edition_values(edition, {})) <= set(declared), edition.name


@pytest.mark.parametrize(
    ("pages", "more", "told"),
    [
        ([page(colour="red")], {}, "colour"),
        ([page()], {"subtitle": "x"}, "subtitle"),
        ([page("one"), page("two"), page("one")], {}, "one"),
        ([page("index")], {}, "index"),
        ([page("One page")], {}, "name"),
        ([page("../one")], {}, "name"),
        ([page(window="a while")], {}, "window"),
        ([{"name": "one", "title": "One"}], {}, "notebook"),
        ([page(parameters={"start": ["2020"]})], {}, "start"),
    ],
)
def test_a_wrong_declaration_is_refused_with_its_place(tmp_path, pages, more, told):
    path = declare(tmp_path / "editions.yml", *pages, **more)
    with pytest.raises(UsageError) as error:
        load_editions(path)
    assert str(path) in str(error.value)
    assert told in str(error.value)


@pytest.mark.parametrize("content", [b"", b"title: [", b"- one\n- two\n", b"title: \xff\n", None])
def test_a_file_that_declares_nothing_is_refused(tmp_path, content):
    path = tmp_path / "editions.yml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=r"editions\.yml"):
        load_editions(path)


@pytest.mark.parametrize(
    ("last", "window", "start"),
    [
        ("2026-02-14", "12 months", "2025-02-15"),
        ("2026-02-14", "5 years", "2021-02-15"),
        ("2025-12-31", "12 months", "2025-01-01"),
        ("2025-06-30", "1 months", "2025-06-01"),
        ("2025-06-30", "6 months", "2025-01-01"),
        ("2025-02-28", "12 months", "2024-03-01"),
        ("2024-02-29", "12 months", "2023-03-01"),
    ],
)
def test_a_window_ends_on_the_last_covered_day_and_holds_whole_months(published, last, window, start):
    values = edition_values(Edition(**page(window=window)), published("2020-01-01", last, "2021"))
    assert (values["start"], values["end"]) == (start, last)


def test_a_window_follows_the_articles(published):
    edition = Edition(**page(window="12 months"))
    assert edition_values(edition, published("2024-05-31"))["end"] == "2024-05-31"
    assert edition_values(edition, published("2024-05-31", "2024-06-02"))["end"] == "2024-06-02"


def test_a_window_ends_where_the_page_says_that_the_archive_ends(root, archive, published, monkeypatch):
    monkeypatch.chdir(root)
    edition = Edition(**page(window="12 months"))
    assert edition_values(edition, {})["end"] == str(closing_day(archive).date())
    # An article of March proves that the archive reaches to its first day at least.
    assert edition_values(edition, published("2026-02-14", "2026-03", ""))["end"] == "2026-03-01"


def test_twelve_months_are_a_year_to_the_day_wherever_they_end(published):
    edition = Edition(**page(window="12 months"))
    spans = pd.date_range("2023-12-27", "2024-03-04"), pd.date_range("2025-02-25", "2025-03-03")
    for day in spans[0].append(spans[1]):
        values = edition_values(edition, published(str(day.date())))
        start = datetime.date.fromisoformat(values["start"])
        assert (day.date() - start).days + 1 in (365, 366)


def test_a_window_beside_a_start_or_end_contradicts_itself(tmp_path, published):
    with pytest.raises((UsageError, ValueError)):
        edition = load_editions(declare(
            tmp_path / "editions.yml", page(window="12 months", parameters={"start": "2010-01-01"})
        )).pages[0]
        edition_values(edition, published("2024-05-31"))


def test_a_window_over_broken_articles_is_told_as_wrong_data(tmp_path):
    edition = Edition(**page(window="12 months"))
    for content in ("", "source_id\ns0001\n", "published\n2024-13-45\n", "published\n\n"):
        (tmp_path / "sources.csv").write_text(content, encoding="utf-8")
        with pytest.raises(CrackdownError):
            edition_values(edition, {"data": str(tmp_path)})


def test_every_page_and_the_index_are_written(root, tmp_path, notebooks, monkeypatch):
    monkeypatch.chdir(root)
    path = declare(
        tmp_path / "editions.yml", page("one"), page("two", parameters={"start": "2020-01-01"})
    )
    out = tmp_path / "my site"
    written = build(path, out, notebooks=notebooks, elsewhere={})
    assert written == [out / "one.html", out / "two.html", out / "index.html"]
    assert sorted(os.listdir(out)) == ["index.html", "one.html", "two.html"]
    index = (out / "index.html").read_text(encoding="utf-8")
    assert 'href="one.html"' in index
    assert 'href="two.html"' in index
    assert "since 2020-01-01" in index
    assert "One &amp; all." in index
    assert "<title>Small: since 2020-01-01</title>" in (out / "two.html").read_text("utf-8")


def test_a_parameter_that_its_notebook_lacks_stops_the_build_before_anything_runs(
    root, tmp_path, notebooks, monkeypatch
):
    monkeypatch.chdir(root)
    monkeypatch.setattr("crackdown.editions.run_notebook", None)
    path = declare(tmp_path / "editions.yml", page("one"), page("two", parameters={"colour": "red"}))
    with pytest.raises(UsageError) as error:
        build(path, tmp_path / "out", notebooks=notebooks, elsewhere={})
    assert "colour" in str(error.value)
    assert "two" in str(error.value)  # which of the pages
    assert not (tmp_path / "out").exists()


def test_a_notebook_that_is_not_there_stops_the_build_before_anything_runs(
    root, tmp_path, notebooks, monkeypatch
):
    monkeypatch.chdir(root)
    monkeypatch.setattr("crackdown.editions.run_notebook", None)
    path = declare(tmp_path / "editions.yml", page("one"), {**page("two"), "notebook": "smal"})
    with pytest.raises(UsageError, match=r"smal\.ipynb"):
        build(path, tmp_path / "out", notebooks=notebooks, elsewhere={})


def test_a_page_that_fails_leaves_the_old_site_as_it_was(root, tmp_path, notebooks, monkeypatch):
    monkeypatch.chdir(root)
    out = tmp_path / "out"
    out.mkdir()
    for name in ("one", "two", "index"):
        (out / f"{name}.html").write_text("old", encoding="utf-8")
    path = declare(tmp_path / "editions.yml", page("one"), {**page("two"), "notebook": "failing"})
    with pytest.raises(NotebookError, match="ZeroDivisionError"):
        build(path, out, notebooks=notebooks, elsewhere={})
    assert {file.read_text(encoding="utf-8") for file in out.iterdir()} == {"old"}
    assert len(list(out.iterdir())) == 3
