"""The incident list in the browser: filters, order, links into it, and none of that without a script."""

import re
from urllib.parse import unquote

import nbformat
import pytest
from test_listing import repeat_incidents
from visits import NUMBER, VIEWPORTS

from crackdown import listing
from crackdown.clusters import attribute_publishers
from crackdown.counts import count_pairs, count_periods, count_provinces
from crackdown.evidence import SOURCE_GRADES, count_grades
from crackdown.gravest import mark_gravest
from crackdown.links import code_publisher, filter_rows, link_rows, write_period
from crackdown.places import place_levels
from crackdown.report import export_html
from crackdown.rows import list_newest

SHOWN = "() => [...document.querySelectorAll('#list tbody tr:not([hidden])')].map(e => e.id)"
IN_VIEW = "e => { const b = e.getBoundingClientRect(); return b.top > -1 && b.top < innerHeight }"
# Follows each link of the first paragraph: number by filter, and how many rows it led to.
FOLLOW_ALL = """async () => {
  const found = {};
  for (const link of document.querySelectorAll('a[href="#list"]')) {
    const moved = new Promise(resolve => addEventListener("hashchange", resolve, { once: true }));
    link.click();
    await moved;
    const shown = document.querySelectorAll("#list tbody tr:not([hidden])").length;
    found[link.dataset.filter ?? ""] = [Number(link.textContent), shown];
  }
  return found;
}"""


def numbers(selection):
    """Name numbers of the report with the filter that leads to their rows."""
    incidents, places = selection.incidents, selection.archive.places
    found = {"": len(incidents)}
    for pcode, row in count_provinces(incidents, places).iterrows():
        found[filter_rows(place=pcode)] = row["total"]
        found[filter_rows(place=pcode, precision="locality,county")] = row["county"]
        for level in ("province", "border", "country"):
            found[filter_rows(place=pcode, precision=level)] = row[level]
    for half, row in count_periods(incidents, selection.spanned("2Q")).iterrows():
        days = half.start_time, half.end_time
        found[filter_rows(when=write_period(*days, certain=True))] = row["certain"]
        found[filter_rows(when=write_period(*days))] = row["possible"]
    for offence, row in count_pairs(incidents, "offences", "agencies").iterrows():
        found |= {filter_rows(offence=offence, agency=one): count for one, count in row.items()}
    grades = count_grades(incidents, selection.grades)
    for judgement, key in (("source", "evidence"), ("date", "dated"), ("place", "precision")):
        found |= {filter_rows(**{key: one}): count for one, count in grades[judgement].items()}
    held = attribute_publishers(selection.narrowed)
    held = held[held["incident_id"].isin(incidents.index)]["publisher_group"]
    found |= {filter_rows(publisher=code_publisher(name)): n for name, n in held.value_counts().items()}
    found |= {filter_rows(gravest=group): n for group, n in mark_gravest(incidents).sum().items()}
    for action, count in incidents["action"].value_counts().items():
        found[filter_rows(act=action)] = count
    return {query: count for query, count in found.items() if count > 0}


def write_page(selection, path):
    """Write a page with links from numbers, the gravest acts and the list."""
    links = " ".join(link_rows(count, query) for query, count in numbers(selection).items())
    shown = [
        ({"text/html": f"<p>{links}</p>"}, {}),
        listing.gravest_acts(selection)._repr_mimebundle_(),
        listing.incident_list(selection)._repr_mimebundle_(),
        listing.aggregate_list(selection)._repr_mimebundle_(),
    ]
    cells = [nbformat.v4.new_markdown_cell("# Incidents\n\n## List", id="heading")]
    for number, (data, metadata) in enumerate(shown):
        output = nbformat.v4.new_output("display_data", data, metadata=metadata)
        cells.append(nbformat.v4.new_code_cell("", outputs=[output], id=f"cell-{number}"))
    path.write_text(export_html(nbformat.v4.new_notebook(cells=cells)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def path(selection, tmp_path_factory):
    return write_page(selection, tmp_path_factory.mktemp("list") / "a page.html")


@pytest.fixture
def open_list(browser, path):
    """Return a function that opens the page at an address; complaints fail the test at its end."""
    contexts, complaints = [], []

    def open_list(fragment="", *, viewport="desktop", file=path, **options):
        contexts.append(browser.new_context(viewport=VIEWPORTS[viewport], **options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(file.resolve().as_uri() + fragment)
        if options.get("java_script_enabled", True):
            # A long list is unpacked after the page is loaded.
            page.locator("#list form").wait_for(state="attached")
        return page

    yield open_list
    for context in contexts:
        context.close()
    assert complaints == []


def fragment(page):
    return unquote(page.evaluate("location.hash"))


def status(page):
    return page.locator("#list [role=status]").inner_text()


def choose(page, name, value):
    page.locator(f"#list [name={name}]").select_option(value)


def test_all_rows_show_at_first_newest_first(open_list, selection):
    page = open_list()
    assert len(page.evaluate(SHOWN)) == len(selection.incidents)
    assert status(page) == f"All {len(selection.incidents)} incidents, newest first"
    assert page.locator("#list th[aria-sort]").all_inner_texts() == ["When"]
    assert page.locator("#list [name=precision]").is_hidden()


def test_every_number_leads_to_as_many_rows(open_list, selection):
    counts = numbers(selection)
    assert len(counts) > 150
    assert open_list("#list?act=none").evaluate(FOLLOW_ALL) == {
        query: [count, count] for query, count in counts.items()
    }


def test_filters_narrow_each_other_and_the_address_says_so(open_list, selection):
    page = open_list()
    choose(page, "offence", "remittance")
    choose(page, "act", "arrest")
    choose(page, "place", "KP01")
    choose(page, "when", "2024")
    frame = selection.incidents
    wanted = frame[
        frame["offences"].map(lambda named: "remittance" in named)
        & (frame["action"] == "arrest")
        & (place_levels(frame)["province"] == "KP01")
        & (frame["date_start"] <= "2024-12-31")
        & (frame["date_end"] >= "2024-01-01")
    ]
    assert 0 < len(wanted) < 50
    assert sorted(page.evaluate(SHOWN)) == sorted(wanted.index)
    assert status(page) == f"{len(wanted)} of {len(frame)} incidents, newest first"
    assert fragment(page) == "#list?when=2024&place=KP01&act=arrest&offence=remittance"


def test_a_county_leaves_out_what_is_known_to_the_province_only(open_list, selection):
    page = open_list("#list?place=KP0101")
    frame = selection.incidents
    assert sorted(page.evaluate(SHOWN)) == sorted(frame.index[frame["pcode"] == "KP0101"])
    assert page.locator("#list [name=place]").evaluate("e => e.selectedOptions[0].text.trim()") == "Hyesan"


def test_words_are_looked_for_in_the_whole_row_sources_included(open_list, selection):
    page = open_list()
    page.locator("#list [name=words]").fill("ASIAPRESS hyesan")
    shown = page.evaluate(SHOWN)
    assert 0 < len(shown) < len(selection.incidents)
    published = selection.links.groupby("incident_id")["publisher"].agg(set)
    assert all("Asiapress" in published[one] for one in shown)
    page.locator("#list [name=words]").fill("no row says this")
    assert page.evaluate(SHOWN) == []
    assert status(page) == f"0 of {len(selection.incidents)} incidents, newest first"


def test_an_address_with_a_filter_opens_on_its_rows(open_list, selection):
    page = open_list("#list?evidence=corroborated&order=when")
    shown = page.evaluate(SHOWN)
    assert len(shown) == count_grades(selection.incidents, selection.grades)["source"]["corroborated"]
    assert selection.incidents.loc[shown, "date_start"].is_monotonic_increasing
    assert status(page).endswith("oldest first")
    assert page.locator("#list").evaluate(IN_VIEW)
    assert page.evaluate("document.activeElement.getAttribute('role')") == "status"


def test_a_period_that_no_control_offers_is_named_and_can_be_left(open_list, selection):
    page = open_list("#list?when=2024-01-01..2024-06-30,certain&precision=county,locality")
    control = page.locator("#list [name=when]")
    assert control.evaluate("e => e.selectedOptions[0].text") == "2024-01-01 to 2024-06-30, for certain"
    assert page.locator("#list [name=precision]").is_visible()
    assert 0 < len(page.evaluate(SHOWN)) < len(selection.incidents)
    page.get_by_role("button", name="Show all").click()
    assert len(page.evaluate(SHOWN)) == len(selection.incidents)
    assert fragment(page) == "#list"
    assert page.locator("#list [name=precision]").is_hidden()


@pytest.mark.parametrize("query", ["act=none", "when=soon", "colour=red", "order=up", "place=%F0%9F", "<b>"])
def test_an_address_that_means_nothing_shows_all_rows(open_list, selection, query):
    page = open_list(f"#list?{query}")
    assert len(page.evaluate(SHOWN)) == len(selection.incidents)
    assert status(page).startswith("All ")


def test_going_back_leads_back_to_the_rows_before(open_list, selection):
    page = open_list("#list?act=arrest")
    before = page.evaluate(SHOWN)
    page.locator('a[data-filter="act=trial"]').evaluate("e => e.click()")
    page.wait_for_function("() => location.hash.endsWith('trial')")
    assert page.evaluate(SHOWN) != before
    page.go_back()
    page.wait_for_function("() => document.querySelector('#list [name=act]').value === 'arrest'")
    assert page.evaluate(SHOWN) == before


def test_a_link_works_again_after_the_reader_has_scrolled_away(open_list):
    page = open_list("#list?act=trial")
    page.evaluate("scrollTo(0, 0)")
    page.locator('a[data-filter="act=trial"]').evaluate("e => e.click()")
    assert page.locator("#list").evaluate(IN_VIEW)


def test_a_link_to_a_row_that_a_filter_hides_shows_it(open_list, selection):
    page = open_list("#list?act=trial")
    one = next(
        name for name in re.findall(r'href="#(i\d+)"', listing.gravest_acts(selection).body)
        if selection.incidents.action[name] != "trial"
    )
    assert page.locator(f"#{one}").is_hidden()
    page.locator(f'a[href="#{one}"]').first.click()
    page.wait_for_function("one => !document.getElementById(one).hidden", arg=one)
    assert page.locator(f"#{one}").evaluate(IN_VIEW)
    assert page.locator(f"#{one}").evaluate("e => e.matches(':target')")


def test_heads_sort_and_say_so(open_list, selection):
    page = open_list()
    head = page.locator("#list thead th:nth-child(2)")
    page.get_by_role("button", name="Where").click()
    places = page.locator("#list tbody td:nth-child(2)").all_text_contents()
    assert places == sorted(places, key=str.casefold)
    assert head.get_attribute("aria-sort") == "ascending"
    page.get_by_role("button", name="Where").click()
    assert page.locator("#list tbody td:nth-child(2)").all_text_contents() == places[::-1]
    assert head.get_attribute("aria-sort") == "descending"
    page.get_by_role("button", name="Evidence and sources").click()
    grades = page.locator("#list tbody td:nth-child(4)").all_text_contents()
    assert grades[0].startswith("corroborated") and grades[-1].startswith("not told")
    page.get_by_role("button", name="When").click()
    assert page.evaluate(SHOWN) == re.findall(
        r'id="(i\d+)"><th', listing.incident_list(selection).body
    )


def test_controls_can_be_used_with_the_keyboard(open_list):
    page = open_list()
    page.locator("#list [name=words]").focus()
    page.keyboard.type("Hyesan")
    page.keyboard.press("Enter")
    assert fragment(page) == "#list?words=Hyesan"
    page.get_by_role("button", name="When").focus()
    page.keyboard.press("Enter")
    assert status(page).endswith("oldest first")
    assert fragment(page) == "#list?words=Hyesan&order=when"


def test_a_phone_orders_the_cards_by_a_control(open_list, selection):
    page = open_list("#list?place=KP0101", viewport="phone")
    assert page.locator("#list thead").is_hidden()
    choose(page, "order", "when")
    shown = page.evaluate(SHOWN)
    assert selection.incidents.loc[shown, "date_start"].is_monotonic_increasing
    hidden = page.locator("#list tbody tr[hidden]").first
    assert hidden.is_hidden()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= VIEWPORTS["phone"]["width"]


@pytest.mark.parametrize("viewport", ["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_with_a_filter_set(open_list, axe, viewport, scheme):
    page = open_list(
        "#list?when=2024-01-01..2024-06-30&precision=county,locality&order=-evidence",
        viewport=viewport, color_scheme=scheme,
    )
    page.evaluate(axe)
    found = page.evaluate("async () => (await axe.run()).violations.map(v => v.id)")
    assert found == []


def test_paper_holds_all_rows_and_no_control(open_list, selection):
    page = open_list("#list?act=trial")
    page.emulate_media(media="print")
    assert page.locator("#list tbody tr").evaluate_all(
        "rows => rows.every(row => row.getBoundingClientRect().height > 0)"
    )
    assert page.locator("#list form").is_hidden()
    assert page.locator("#list caption").inner_text() == f"All {len(selection.incidents)} incidents"


def test_without_a_script_the_list_is_a_table_of_all_rows(open_list, selection):
    page = open_list("#list?act=trial", java_script_enabled=False)
    assert page.locator("#list tbody tr").count() == len(selection.incidents)
    assert page.locator("#list").locator("form, select, button, input").count() == 0
    page.locator('a[data-filter="act=trial"]').click()
    assert page.locator("#list").evaluate(IN_VIEW)
    assert NUMBER.findall(page.locator("#list caption").inner_text()) == [str(len(selection.incidents))]


def test_no_script_but_the_page_s_own_runs(browser, path, tmp_path):
    planted = path.read_text(encoding="utf-8").replace(
        "</main>", "<script>document.title = 'planted'</script></main>"
    )
    file = tmp_path / "planted.html"
    file.write_text(planted, encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.title() != "planted"
    assert page.locator("#list form").count() == 1
    context.close()


@pytest.fixture(scope="module")
def many(selection):
    """More incidents than a page lists, none of which fits in full."""
    return repeat_incidents(selection, 5_200)


@pytest.fixture(scope="module")
def long_page(many, tmp_path_factory):
    return write_page(many, tmp_path_factory.mktemp("many") / "many.html")


def test_five_thousand_rows_in_brief_filter_and_sort(open_list, many, long_page):
    page = open_list("#list?act=arrest", file=long_page)
    held = many.incidents.loc[list_newest(many).index]
    arrests = int((held["action"] == "arrest").sum())
    assert status(page) == f"{arrests:,} of the newest {len(held):,} incidents, newest first"
    page.get_by_role("button", name="Where").click()
    places = page.locator("#list tbody tr:not([hidden]) td:nth-child(2)").all_text_contents()
    assert places == sorted(places, key=str.casefold) and len(places) == arrests
    page.get_by_role("button", name="Evidence and sources").click()
    grades = page.locator("#list tbody tr:not([hidden]) td:nth-child(4)").all_text_contents()
    ranks = [[*SOURCE_GRADES].index(grade.split(": ")[0]) for grade in grades]
    assert ranks == sorted(ranks) and len(set(ranks)) > 2
    page.get_by_role("button", name="Show all").click()
    assert len(page.evaluate(SHOWN)) == len(held)


def test_the_script_completes_a_row_in_brief_from_its_codes(open_list, many, long_page):
    cells = open_list(file=long_page).locator("#i0549 > *").all_inner_texts()
    assert cells == [
        "2026-01-11/2026-01-20",
        "Hyesan",
        "arrest, 1 Chinese phones, Remittances · State security",
        "single source: Daily NK",
    ]


def test_the_script_links_the_sources_that_a_row_in_brief_leaves_out(open_list, many, long_page):
    page = open_list(file=long_page)
    linked = page.evaluate("""() => Object.fromEntries([...document.querySelectorAll('#list tbody tr')]
      .map(row => [row.id, row.querySelectorAll('a[href^=http]').length]))""")
    articles = many.links.groupby("incident_id").size()
    assert linked == articles[list(linked)].to_dict()
    assert "+1" not in page.locator("#list tbody").inner_text()


def test_a_list_that_is_cut_says_so_and_every_link_resolves(open_list, axe, many, long_page):
    page = open_list(file=long_page, viewport="phone")
    listed = len(list_newest(many))
    assert status(page) == f"The newest {listed:,} of 5,200 incidents, newest first"
    assert "incidents.csv" in page.locator("#list .note").first.inner_text()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= VIEWPORTS["phone"]["width"]
    assert page.evaluate(
        """() => [...document.querySelectorAll('a[href^="#"]')]
          .map(e => e.hash.slice(1)).filter(id => !document.getElementById(id))"""
    ) == []
    page.evaluate(axe)
    page.evaluate("document.querySelectorAll('#list tbody tr:nth-child(n + 30)').forEach(e => e.remove())")
    assert page.evaluate("async () => (await axe.run('#list')).violations.map(v => v.id)") == []


def test_without_a_script_a_row_in_brief_still_says_all_and_leads_to_its_source(open_list, long_page):
    row = open_list(file=long_page, java_script_enabled=False).locator("#i0549")
    assert row.inner_text().split("\t") == ["2026-01-11/2026-01-20", "Hyesan: arrest, 1"]
    assert row.locator("a").get_attribute("href").startswith("https://downthenews.com/north-korean")
