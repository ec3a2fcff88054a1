"""The visit itself: each kind of fault, planted in a page, is noticed."""

from pathlib import Path

import pytest
from chromium import NoBrowserError, start_chromium
from test_pages import find_broken_links
from visits import visit_page

from crackdown.fonts import list_hangul, write_faces

GOOD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Good</title>
<meta name="viewport" content="width=device-width"></head><body><main id="main"><h1>Good</h1>
<p>571 incidents, 1,204 persons; <a href="#main">to the top</a>,
<a href="https://publisher.example/a">source</a></p>
<details><summary>Limits</summary><p>17 without a place</p></details></main></body></html>"""
BAD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bad</title>
<meta name="viewport" content="width=device-width"></head><body><main><h1>Bad</h1>
<img src="http://host.invalid/map.png"><p style="color:#ccc;background:#fff">pale words</p>
<details><summary>Wide</summary><div style="width:900px">wide</div></details>
<a href="#gone">a</a> <a href="gone.html">b</a> <p id="filled"></p></main>
<script>document.getElementById("filled").textContent = "42 incidents";
console.warn("a warning"); throw new Error("an exception")</script></body></html>"""


KOREAN = """<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>Good</title>
<meta name="viewport" content="width=device-width">
<style>{faces} body {{ font-family: "Crackdown Hangul", sans-serif }}</style></head>
<body><main><h1>량강도 혜산시</h1><p>사건 571건, <b>처벌</b> 204건</p>{more}</main></body></html>"""


def visit_text(browser, axe: str, folder: Path, text: str):
    path = folder / "a page.html"
    path.write_text(text, encoding="utf-8")
    return visit_page(browser, path, axe)


def test_a_good_page_gives_nothing_to_report(browser, axe, tmp_path):
    visit = visit_text(browser, axe, tmp_path, GOOD)
    assert (visit.requests, visit.complaints, visit.violations) == ((), (), ())
    assert visit.overflow_px <= 0 and visit.paper_overflow_px <= 0
    assert visit.numbers_lost == ()
    assert visit.links == ("#main", "https://publisher.example/a")
    assert visit.print_bytes > 1_000 and visit.print_characters > 20
    assert find_broken_links(tmp_path, {visit.name: visit}) == []


def test_every_planted_fault_is_noticed(browser, axe, tmp_path):
    visit = visit_text(browser, axe, tmp_path, BAD)
    assert set(visit.requests) == {"http://host.invalid/map.png"}
    assert any("a warning" in line for line in visit.complaints)
    assert any("an exception" in line for line in visit.complaints)
    seen = " ".join(visit.violations)
    assert "desktop, light: image-alt" in seen and "phone, light: image-alt" in seen
    assert "desktop, light: color-contrast" in seen and "desktop, dark: color-contrast" in seen
    assert visit.overflow_px > 500 and visit.paper_overflow_px > 200
    assert visit.numbers_lost == ("42",)
    broken = find_broken_links(tmp_path, {visit.name: visit})
    assert broken == ["a page.html: #gone", "a page.html: gone.html"]


def test_hangul_that_the_page_carries_is_drawn_by_its_own_font(browser, axe, tmp_path):
    faces = write_faces(list_hangul(KOREAN))
    visit = visit_text(browser, axe, tmp_path, KOREAN.format(faces=faces, more=""))
    assert (visit.requests, visit.complaints, visit.strange_letters) == ((), (), ())


def test_hangul_that_would_be_an_empty_box_is_noticed(browser, axe, tmp_path):
    # One letter is left out, and one stands in a style of its own.
    faces = write_faces(list_hangul(KOREAN).replace("벌", ""))
    more = "<p style='font-family: monospace'>강</p>"
    visit = visit_text(browser, axe, tmp_path, KOREAN.format(faces=faces, more=more))
    assert visit.strange_letters == (
        "in another font: 강",
        "carried in no font or not in each: 벌",
    )


def test_a_font_that_the_policy_forbids_is_noticed(browser, axe, tmp_path):
    faces = write_faces(list_hangul(KOREAN))
    policy = '<meta http-equiv="Content-Security-Policy" content="font-src \'none\'">'
    text = KOREAN.replace("<style>", f"{policy}<style>")
    visit = visit_text(browser, axe, tmp_path, text.format(faces=faces, more=""))
    assert visit.strange_letters == (
        "at 400 the page draws 0 of 10 letters",
        "at 600 the page draws 0 of 10 letters",
    )


def test_a_missing_browser_is_an_error_with_its_remedy(monkeypatch, browser, tmp_path):
    class Playwright:
        class chromium:  # noqa: N801  the name is playwright's
            executable_path = str(tmp_path / "none")

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CRACKDOWN_BROWSER", raising=False)
    with pytest.raises(NoBrowserError, match="apt-get install chromium"):
        start_chromium(Playwright)
