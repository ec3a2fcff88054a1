"""What the page template is told of a notebook: title, contents, prose."""

import nbformat
import pytest
from bs4 import BeautifulSoup

from nbconvert.exporters import HTMLExporter

from crackdown.export import ReportExporter, ReportPreprocessor, is_our_own, subtitles
from crackdown.hypertext import write_quotes
from crackdown.report import export_html, run_notebook


def notebook(*prose, subtitle=None):
    cells = [
        nbformat.v4.new_markdown_cell(text, id=f"cell-{number}") for number, text in enumerate(prose)
    ]
    if subtitle:
        output = nbformat.v4.new_output(
            "display_data", {"text/html": "<p>x</p>"}, metadata={"crackdown": {"subtitle": subtitle}}
        )
        cells.append(nbformat.v4.new_code_cell("x", outputs=[output], id="cell-code"))
    return nbformat.v4.new_notebook(cells=cells)


def page(book):
    return ReportPreprocessor().preprocess(book, {})[1]["page"]


def test_the_title_is_the_first_heading_with_the_subtitle():
    book = notebook("# Crackdowns\n\nWhat?", "## Where", subtitle="2020 to 2021")
    assert page(book)["title"] == "Crackdowns: 2020 to 2021"
    assert page(notebook("# Crackdowns"))["title"] == "Crackdowns"


def test_a_notebook_without_a_heading_still_has_a_title():
    assert page(notebook("Words."))["title"]


def test_the_contents_are_the_headings_of_the_second_level_in_order():
    told = page(notebook("# A", "## Where & when\n\n### Not this", "## What"))
    assert [entry["title"] for entry in told["contents"]] == ["Where & when", "What"]
    prose = "".join(told["markdown"].values())
    for entry in told["contents"]:
        assert f'<h2 id="{entry["id"]}">' in prose


def test_headings_that_read_alike_get_ids_of_their_own():
    contents = page(notebook("## Evidence", "## Evidence"))["contents"]
    assert len({entry["id"] for entry in contents}) == 2


def test_a_heading_with_markup_is_plain_text_in_the_contents():
    [entry] = page(notebook("## What is *new*"))["contents"]
    assert entry["title"] == "What is new"
    assert "em" not in entry["id"].split("-")


def test_the_notebook_stays_as_it_is():
    book = notebook("# A", "## B", subtitle="C")
    before = nbformat.writes(book)
    ReportPreprocessor().preprocess(book, {})
    assert nbformat.writes(book) == before


def test_only_one_subtitle_is_taken():
    book = notebook("# A", subtitle="first")
    book.cells += notebook(subtitle="second").cells
    assert subtitles(book) == ["first"]


@pytest.fixture(scope="module")
def exported():
    book = notebook("# A & B\n\nSee [the table](#t).", "## C", subtitle="D < E")
    book.cells[-1].outputs.append(
        nbformat.v4.new_output("execute_result", {"text/plain": "a < b"}, execution_count=1)
    )
    return export_html(book)


def test_a_page_names_its_language_and_title_and_asks_no_host(exported):
    assert '<html lang="en">' in exported
    assert "<title>A &amp; B: D &lt; E</title>" in exported
    assert "default-src 'none'" in exported
    assert "<script" not in exported
    assert 'rel="stylesheet"' not in exported


def test_results_that_the_base_template_drops_are_shown(exported):
    assert "a &lt; b" in exported


def test_code_stands_behind_a_disclosure(exported):
    assert exported.count("<details") == 1
    assert "<details open" not in exported


def test_a_page_holds_no_cell_id_and_no_file_name(exported):
    assert "cell-code" not in exported
    assert "cell-0" not in exported
    assert "Notebook</title>" not in exported


@pytest.mark.parametrize("name", ["situation", "province", "theme", "trends", "data_quality"])
def test_a_page_of_our_own_outputs_is_what_nbconvert_makes_of_it(root, monkeypatch, name):
    monkeypatch.chdir(root)
    values = {"province": {"provinces": "Ryanggang"}, "theme": {"offences": "speech"}}.get(name, {})
    executed = run_notebook(root / f"notebooks/{name}.ipynb", values)
    assert is_our_own(executed)
    plain = HTMLExporter(template_name="crackdown", extra_template_basedirs=[])
    assert ReportExporter().from_notebook_node(executed)[0] == plain.from_notebook_node(executed)[0]


def test_a_page_with_another_output_goes_through_nbconvert_whole():
    book = notebook("# A", subtitle="B")
    shown = {"text/html": '<img src="data:," width=3>'}
    book.cells[-1].outputs.append(nbformat.v4.new_output("display_data", shown))
    assert not is_our_own(book)
    assert 'alt="No description' in ReportExporter().from_notebook_node(book)[0]


@pytest.mark.parametrize(
    ("escaped", "written"),
    [
        ("<p>it&#39;s &#34;so&#34;</p>", "<p>it's \"so\"</p>"),
        ('<p title="it&#x27;s">x</p>', '<p title="it\'s">x</p>'),
        ('<p title="say &quot;x&quot;">&quot;</p>', "<p title='say \"x\"'>\"</p>"),
        ('<p title="it&#39;s &quot;x&quot;">&amp;quot;</p>', '<p title="it\'s &quot;x&quot;">&amp;quot;</p>'),
        ('<p title="&lt;b&gt;">&lt;b&gt;</p>', '<p title="&lt;b&gt;">&lt;b&gt;</p>'),
    ],
)
def test_quotation_marks_are_written_as_a_parser_writes_them(escaped, written):
    assert write_quotes(escaped) == written == str(BeautifulSoup(escaped, "html.parser"))
