"""PDF files of built pages, printed by Chromium and read back by poppler."""

import collections
import os
import re
import shutil
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pikepdf
import psutil
import pytest
from bs4 import BeautifulSoup
from small_site import declare, page as declare_page, write_notebooks

from crackdown.browser import PrintError, print_page
from crackdown.citation import read_citation
from crackdown.export import STYLES
from crackdown.fonts import list_hangul
from crackdown.pdf import finish_pdf, make_pdf

#: One of each kind, in each language.
PAGES = (
    "situation-twelve-months", "province-pyongyang", "theme-officials", "trends", "data-quality",
    "ko/situation-twelve-months", "ko/province-pyongyang",
)
#: What poppler calls the font that pages carry for Hangul.
FONT = "+NotoSansKR-Regular"
#: What of a page no paper shows.
UNSEEN = "script, style, nav.contents, .code, .csv, .pdf, .skip, .printed, svg title, svg desc, title"
NUMBER = re.compile(r"\d+")


@pytest.fixture(scope="session")
def printer(program):
    """Let the package print with the browser that the tests have found."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRACKDOWN_BROWSER", program)
        yield


@pytest.fixture(scope="module")
def style(root):
    return "".join((root / "src/crackdown/template" / name).read_text("utf-8") for name in STYLES)


class Printed:
    """A page, its PDF file, and what poppler's tools say of that."""

    def __init__(self, html: str, file: Path) -> None:
        self.html, self.file = html, file
        self.soup = BeautifulSoup(html, "html.parser")
        self.citation = read_citation(html)

    def ask(self, tool: str, *arguments: str) -> str:
        if shutil.which(tool) is None:
            pytest.fail(f"{tool} is missing. On Debian and Ubuntu: apt-get install poppler-utils")
        command = [tool, *arguments, self.file, *(["-"] if tool == "pdftotext" else [])]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stderr == "", done.stderr
        return done.stdout

    def text(self) -> str:
        main = BeautifulSoup(self.html, "html.parser").main
        for unseen in main.select(UNSEEN):
            unseen.decompose()
        return main.get_text(" ")

    def info(self) -> dict[str, str]:
        lines = (line.partition(":") for line in self.ask("pdfinfo").splitlines())
        return {name: value.strip() for name, _, value in lines}

    def sheets(self) -> list[str]:
        return self.ask("pdftotext", "-layout").split("\f")[:-1]


@pytest.fixture(scope="module", params=PAGES)
def printed(request, built_site, printer, tmp_path_factory):
    html = (built_site / f"{request.param}.html").read_text("utf-8")
    file = tmp_path_factory.mktemp("printed") / "page.pdf"
    file.write_bytes(make_pdf(html))
    return Printed(html, file)


def lay_out(style: str, body: str, tmp_path: Path) -> Printed:
    """Print a page of one's own in the style of all."""
    html = f'<!DOCTYPE html><html lang="en"><title>T</title><style>{style}</style><main>{body}</main></html>'
    (tmp_path / "page.pdf").write_bytes(make_pdf(html))
    return Printed(html, tmp_path / "page.pdf")


def test_a_file_says_what_it_is_and_not_when_it_was_made(printed):
    info = printed.info()
    assert info["Title"] == printed.soup.title.text
    assert info["Tagged"] == "yes" and int(info["Pages"]) > 2 and info["Page size"].endswith("(A4)")
    assert info["Keywords"] == printed.citation.report_id
    assert info["Subject"] == printed.citation.write()
    assert not {"CreationDate", "ModDate", "Creator", "Producer"} & {*info}
    with pikepdf.open(printed.file) as pdf:
        assert pdf.Root.Lang == printed.soup.html["lang"]
        metadata = pdf.open_metadata()
        assert metadata["dc:identifier"] == printed.citation.report_id
        assert metadata["dc:title"] == info["Title"]
        assert metadata["dc:language"] == {printed.soup.html["lang"]}


def test_every_number_that_a_page_shows_stands_in_its_file(printed):
    # As often at least: heads of tables are repeated. Laid out, since else hyphens at line ends go.
    shown = collections.Counter(NUMBER.findall(printed.text()))
    held = collections.Counter(NUMBER.findall("".join(printed.sheets())))
    assert sum(shown.values()) > 200
    assert shown - held == collections.Counter()


def test_fonts_are_in_the_file_and_no_text_is_an_image(printed):
    fonts = printed.ask("pdffonts").splitlines()[2:]
    assert fonts and all(re.search(r"\byes +(yes|no) +yes +\d+ +0$", line) for line in fonts), fonts
    assert printed.ask("pdfimages", "-list").splitlines()[2:] == []


def test_hangul_is_drawn_with_the_font_that_the_page_carries(printed):
    letters = {*list_hangul(printed.text())}
    assert letters <= {*list_hangul(printed.ask("pdftotext"))}
    assert (FONT in printed.ask("pdffonts")) == bool(letters)


def test_headings_are_bookmarks_and_tables_are_tagged(printed):
    with pikepdf.open(printed.file) as pdf, pdf.open_outline() as outline:
        marks, left = [], [*outline.root]
        while left:
            mark = left.pop(0)
            marks.append(mark.title)
            left = [*mark.children, *left]
    headings = [" ".join(one.text.split()) for one in printed.soup.main.select("h1, h2, h3")]
    assert [" ".join(mark.split()) for mark in marks] == headings
    tags = collections.Counter(re.findall(r"^ *(\w+)", printed.ask("pdfinfo", "-struct"), re.MULTILINE))
    assert tags["Table"] == len(printed.soup.select("table"))
    assert tags["TR"] >= len(printed.soup.select("tr"))
    assert tags["H1"] == 1 and tags["Link"] and tags["Caption"]
    assert bool(tags["Figure"]) == bool(printed.soup.select("figure"))


def test_each_sheet_has_its_number_and_the_reports_id(printed):
    sheets = printed.sheets()
    assert len(sheets) == int(printed.info()["Pages"])
    running = " ".join(printed.soup.title.text.split())[:60]
    for number, sheet in enumerate(sheets, 1):
        lines = [" ".join(line.split()) for line in sheet.strip().splitlines()]
        assert lines[-1] == f"{printed.citation.report_id} {number} / {len(sheets)}"
        assert (number == 1) != lines[0].startswith(running)


def test_links_lead_to_places_in_the_file_to_the_files_beside_it_and_to_the_web(printed):
    with pikepdf.open(printed.file) as pdf:
        known = {str(name).lstrip("/") for name in pdf.Root.Dests}
        notes = [note for sheet in pdf.pages for note in sheet.get("/Annots", ())]
        named = {str(note.Dest).lstrip("/") for note in notes if "/Dest" in note}
        addresses = {str(note.A.URI) for note in notes if "/A" in note}
    assert named and named <= known
    beside = {one for one in addresses if not one.startswith(("https://", "http://"))}
    assert all(re.fullmatch(r"\.\.?/(ko/)?([\w-]+\.pdf|index\.html(#[\w-]+)?)", one) for one in beside)
    assert any(one.endswith(".pdf") for one in beside)
    assert not any("report.invalid" in one or "file:" in one for one in addresses)


def test_the_same_page_gives_the_same_bytes(style, printer, tmp_path):
    rows = "".join(f"<tr><th scope=row>{n}</th><td>x</td></tr>" for n in range(40))
    table = f"<table><caption>C</caption><thead><tr><th scope=col>A</th><th scope=col>B</th></tr></thead>{rows}</table>"
    first, again = (lay_out(style, f"<h1>T</h1>{table}", tmp_path).file.read_bytes() for _ in range(2))
    assert first == again
    # As if it had been printed at another time, after other pages.
    raw = print_page(table)
    later = re.sub(rb"\(D:\d{14}", b"(D:20310203040506", raw)
    later = re.sub(rb"\(node(\d{8})\)", lambda one: b"(node%08d)" % (int(one[1]) + 7), later)
    assert later != raw and finish_pdf(later, None) == finish_pdf(raw, None)


def test_tables_repeat_their_head_and_no_row_is_broken(style, printer, tmp_path):
    rows = "".join(f"<tr><td>top{n}<br>mid{n}<br>end{n}</td><td>{n}</td></tr>" for n in range(150))
    body = f'<div class="table"><table><thead><tr><th>Head</th><th>N</th></tr></thead><tbody>{rows}</tbody></table></div>'
    sheets = lay_out(style, body, tmp_path).sheets()
    assert len(sheets) > 5
    for sheet in sheets:
        assert sheet.count("Head") == 1
        tops, ends = (re.findall(rf"{part}(\d+)", sheet) for part in ("top", "end"))
        assert tops == ends and len(tops) > 3


@pytest.mark.parametrize("above", range(100, 240, 20))
def test_no_figure_is_cut_and_no_heading_or_caption_stands_alone(style, printer, tmp_path, above):
    drawing = '<svg viewBox="0 0 100 100"><text y="8">first</text><text y="99">last</text></svg>'
    rows = "".join(f"<tr><td>row{n}</td></tr>" for n in range(60))
    table = f'<div class="table"><table><caption>Cells</caption><thead><tr><th>N</th></tr></thead><tbody>{rows}</tbody></table></div>'
    body = (
        f'<h1>T</h1><svg height="{above}mm" width="10"></svg><h2>Drawn</h2><p>About it.</p><div class="cell">'
        f'<figure class="graphic"><div class="panels">{drawing}</div><figcaption>Below</figcaption></figure></div>'
        f'<svg height="{above - 60}mm" width="10"></svg><h2>Told</h2><div class="cell">{table}</div>'
    )
    sheets = lay_out(style, body, tmp_path).sheets()
    for together in (("Drawn", "About it.", "first", "last", "Below"), ("Told", "Cells", "row0", "row1")):
        (where,) = (sheet for sheet in sheets if re.search(rf"\b{together[0]}\b", sheet))
        assert all(re.search(rf"\b{one}", where) for one in together), together


def test_what_a_click_would_open_is_printed_and_code_is_not(style, printer, tmp_path):
    body = (
        '<details class="news"><summary>News</summary><ul><li>told</li></ul></details>'
        '<details class="code"><summary>Code</summary><pre>hidden</pre></details>'
    )
    text = "".join(lay_out(style, body, tmp_path).sheets())
    assert "told" in text and "hidden" not in text


def test_printing_asks_nobody_for_anything(printer):
    asked = []

    class Host(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)

    host = HTTPServer(("127.0.0.1", 0), Host)
    Thread(target=host.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{host.server_port}"
    try:
        body = f'<img src="{address}/a.png"><iframe src="{address}/b"></iframe><script src="{address}/c"></script>'
        assert print_page(f"<title>T</title><link rel=stylesheet href={address}/d>{body}").startswith(b"%PDF")
    finally:
        host.shutdown()
        host.server_close()
    assert asked == []


@pytest.fixture
def pretend(tmp_path, monkeypatch):
    """Return a function that puts a script in the place of the browser, with a long path for what it leaves."""
    scratch = tmp_path / ("long " * 12 + "folder")
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr("tempfile.tempdir", None)

    def pretend(script: str) -> Path:
        program = tmp_path / "browser"
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("CRACKDOWN_BROWSER", str(program))
        return scratch

    return pretend


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("sleep 600 & sleep 600", "has not printed the page in 0.5 seconds"),
        ("echo No usable sandbox >&2; exit 1", "Its last words: No usable sandbox"),
        ("printf '{\"id\":1,\"error\":{\"message\":\"no\"}}\\0' >&4; sleep 600", "refuses Target.createTarget: no"),
    ],
)
def test_a_browser_that_does_not_print_is_one_clear_error_and_leaves_nothing(pretend, script, told):
    scratch = pretend(script)
    before = {*psutil.Process().children(recursive=True)}
    with pytest.raises(PrintError, match=re.escape(told)):
        print_page("<p>", limit=0.5 if "seconds" in told else 60)
    assert [*scratch.iterdir()] == []
    assert {*psutil.Process().children(recursive=True)} - before == set()


def test_a_build_killed_while_it_prints_leaves_no_half_file_and_no_process(program, pretend, root, tmp_path):
    scratch = pretend(f'echo > "{tmp_path}/begun"; exec "{program}" "$@"')
    editions = declare(tmp_path / "editions.yml", declare_page("one"))
    command = [Path(sys.executable).parent / "crackdown", "build", "--pdf", "-o", tmp_path / "site",
               "--editions", editions, "--notebooks", write_notebooks(tmp_path / "notebooks")]
    building = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL)
    while not (tmp_path / "begun").exists():
        assert building.poll() is None
        time.sleep(0.02)
    children = psutil.Process(building.pid).children(recursive=True)
    building.kill()
    building.wait()
    assert children and psutil.wait_procs(children, timeout=60)[1] == []
    assert os.listdir(tmp_path / "site") == ["manifest.json"]
    assert subprocess.run(command, cwd=root, capture_output=True, check=True).stdout
    assert sorted(os.listdir(tmp_path / "site")) == ["index.html", "manifest.json", "one.html", "one.pdf"]
    assert (tmp_path / "site/one.pdf").read_bytes().startswith(b"%PDF") and [*scratch.iterdir()] == []


def test_the_command_prints_a_report_and_cites_it_from_its_file(built_site, printer, run_tool, tmp_path):
    page, file = built_site / "data-quality.html", tmp_path / "report.pdf"
    done = run_tool("crackdown", "report", "notebooks/data_quality.ipynb", "-o", file)
    assert (done.returncode, done.stdout) == (0, f"{file}\n"), done.stderr
    assert os.listdir(tmp_path) == ["report.pdf"]
    cited = run_tool("crackdown", "cite", file, "--reports", built_site)
    assert cited.returncode == 0 and str(page) in cited.stdout, cited.stderr
    (tmp_path / "other.pdf").write_bytes(b"%PDF-1.4 no more")
    refused = run_tool("crackdown", "cite", tmp_path / "other.pdf", "--reports", built_site)
    assert refused.returncode == 2 and "is no PDF file of a report" in refused.stderr
