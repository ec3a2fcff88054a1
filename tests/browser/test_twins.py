"""The same page in two languages: nothing is left in the other's words, and the numbers are the same."""

import csv
import html
import json
import re
from collections import Counter

import pytest

MONTHS = (
    "January February March April May June July August September October November December".split()
)
#: Codes, units, formats and bodies that are written so in Korean too.
CODES = set(
    "km CSV BibTeX CSL JSON CC BY IGO MIT OCHA WFP geoBoundaries PRK ADM data incidents csv "
    "CNY KPW USD KRW PCT GPS USB SIM DVD TV Pcode".split()
)
#: What stands for itself: what is marked as another language's, code, keys, ids and parameters.
APART = re.compile(
    r'<script\b.*?</script>|<style>.*?</style>|<details class="code">.*?</details>'
    r'|<(a|span)(?= )[^>]* lang="en"[^>]*>.*?</\1>|<span class="aside"> \([\w-]+\)</span>'
    r"|<th scope=\"row\">매개변수</th><td>.*?</td>|crackdown-[0-9a-f]{10}",
    re.DOTALL,
)
LABELS = re.compile(r'\b(?:aria-label|alt)=(?:"([^"]*)"|\'([^\']*)\')')
TOLD = re.compile(r'<script id="(?:list-filters|said)" type="application/json">(.*?)</script>')
WORD = re.compile(r"[A-Za-z][A-Za-z]+")
CODED = re.compile(r"\b(?:[ikmes]\d+|KP\d*|P-code|[0-9a-f]{12})\b")
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
LARGE = re.compile(r"([\d,.]+)( million|만|억)")
SIZES = {" million": 10**6, "만": 10**4, "억": 10**8}
LINK = re.compile(r'<a (data-filter="[^"]*" )?href="#list"[^>]*>([^<]*)</a>')
#: Scripts and code, and what names events and campaigns: there a number may be a word.
NOT_COUNTED = re.compile(
    r'<script\b.*?</script>|<style>.*?</style>|<details class="code">.*?</details>|crackdown-[0-9a-f]{10}'
    r'|<div class="table" id="events">.*?</table>|<title>\d+: .*?</title>',
    re.DOTALL,
)
CELL = re.compile(r'<td class="n">(.*?)</td>', re.DOTALL)
PLACE = re.compile(r"\{\w+\}")


@pytest.fixture(scope="module")
def twins(built_site):
    """Return the text of each page and of its Korean twin, by name."""
    pages = {path.name: path.read_text("utf-8") for path in sorted(built_site.glob("*.html"))}
    return {
        name: (text, (built_site / "ko" / name).read_text("utf-8")) for name, text in pages.items()
    }


@pytest.fixture(scope="module")
def names(root):
    """Match the names that outlets bear."""
    with (root / "data/sources.csv").open(encoding="utf-8", newline="") as file:
        found = {row["publisher"] for row in csv.DictReader(file)}
    found |= {"Voice of America", "NED", "State Security Department", "Ministry of State Security"}
    listed = sorted(found, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, listed)), re.IGNORECASE)


def shown(text):
    """Give the text of a page without its markup."""
    return html.unescape(re.sub(r"<[^>]+>", " ", text))


def read_numbers(text):
    """Count the numbers of a text, months and large sums among them, however they are written."""
    for number, month in enumerate(MONTHS, 1):
        text = text.replace(month, str(number))
    text = re.sub(r"\bone\b", "1", text, flags=re.IGNORECASE)
    text = LARGE.sub(lambda m: f"{float(m[1].replace(',', '')) * SIZES[m[2]]:.0f}", text)
    return Counter(number.replace(",", "") for number in NUMBER.findall(text))


def told_texts(text):
    """Give what the scripts of a page show."""
    for told in TOLD.findall(text):
        said = json.loads(html.unescape(told))
        for name in ("any", "between", "certain", "every", "some", "name", "words", "order", "reset", "found", "first"):
            yield said.get(name, "")
        for one in said.get("filters", []):
            yield one["label"]
            yield from (label for _, label in one["values"])
        yield from (label for _, label in said.get("orders", []))


def test_every_page_has_a_twin_that_says_its_language_and_leads_back(twins, built_site):
    assert len(twins) > 20
    assert {path.name for path in (built_site / "ko").glob("*.html")} == {*twins}
    for name, (english, korean) in twins.items():
        assert '<html lang="en">' in english and '<html lang="ko">' in korean, name
        for page, language, address, label in (
            (english, "ko", f"ko/{name}", "한국어"),
            (korean, "en", f"../{name}", "English"),
        ):
            linked = re.findall(r'<link [^>]*rel="alternate"[^>]*>', page)
            assert len(linked) == 1, name
            assert f'hreflang="{language}"' in linked[0] and f'href="{address}"' in linked[0]
            assert f'<a href="{address}" hreflang="{language}" lang="{language}" rel="alternate">{label}</a>' in page


def test_no_english_word_is_left_on_a_korean_page(twins, names):
    left = {}
    for name, (_, korean) in twins.items():
        texts = [shown(APART.sub(" ", korean))]
        texts += [html.unescape(one or other) for one, other in LABELS.findall(korean)]
        texts += told_texts(korean)
        text = CODED.sub(" ", names.sub(" ", PLACE.sub(" ", " | ".join(texts))))
        if words := sorted({*WORD.findall(text)} - CODES):
            left[name] = words
    assert left == {}


def test_what_is_left_in_english_is_marked_and_the_page_says_so(twins):
    for name, (english, korean) in twins.items():
        summaries = re.findall(r'<tr id="i\d{4}">.*?</th><td>.*?</td><td>(.*?) <small>', english)
        assert set(summaries) <= set(re.findall(r'<span lang="en">(.*?)</span>', korean)), name
        assert "사건 요약은 코딩한 언어인 영어로" in korean or "<tr id=" not in korean


def test_the_cells_of_every_table_are_those_of_the_twin(twins):
    for name, pages in twins.items():
        cells = [[NUMBER.findall(shown(cell)) for cell in CELL.findall(page)] for page in pages]
        assert cells[0] == cells[1], name
        assert len(cells[0]) > 40 or name == "index.html"


def test_the_same_numbers_lead_to_the_same_rows(twins):
    for name, pages in twins.items():
        found = [
            [(query, tuple(NUMBER.findall(text))) for query, text in sorted(LINK.findall(page)) if NUMBER.search(text)]
            for page in pages
        ]
        counted = [Counter((query, tuple(sorted(numbers))) for query, numbers in one) for one in found]
        assert counted[0] == counted[1], name


def test_the_figures_of_all_that_a_page_says_are_those_of_its_twin(twins):
    """Sentences may write small numbers as words, and days of a month are small."""
    for name, pages in twins.items():
        counted = [
            Counter({
                number: count
                for number, count in read_numbers(shown(NOT_COUNTED.sub(" ", page))).items()
                if float(number) > 31 or "." in number
            })
            for page in pages
        ]
        assert counted[0] == counted[1], name
