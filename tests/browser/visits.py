"""Open a built page as its readers do, and write down what happened."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from chromium import start_chromium
from letters import find_strange_letters
from playwright.sync_api import Browser, Page, sync_playwright

VIEWPORTS = {
    "desktop": {"width": 1280, "height": 900},
    "phone": {"width": 360, "height": 740},
}
# The paper between its margins, 180 by 260 mm, in CSS pixels of 1/96 inch.
SHEET = {"width": int(180 * 96 / 25.4), "height": int(260 * 96 / 25.4)}
# A whole run takes ten seconds on a long page, so each view runs what can differ in it: only
# contrast differs between the schemes, no colour of ours depends on the width, and what a phone
# shows of a kind of page, it shows of every page of that kind, save for sizes. No colour depends
# on the language either, so that of a page in another language the dark scheme is seen by kind.
CONTRAST = "color-contrast"
SIZES = {"runOnly": {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}}
VIEWS = {
    ("desktop", "light"): {},
    ("desktop", "dark"): {"runOnly": {"type": "rule", "values": [CONTRAST]}},
    ("phone", "light"): {"rules": {CONTRAST: {"enabled": False}}},
}
NUMBER = re.compile(r"\d+(?:[.,\u2009\u202f]\d+)*")

OPEN_ALL = "() => document.querySelectorAll('details').forEach(e => { e.open = true })"
OVERFLOW = "() => document.scrollingElement.scrollWidth - window.innerWidth"
LINKS = "() => [...document.querySelectorAll('a[href], area[href]')].map(e => e.getAttribute('href'))"
IDS = "() => [...document.querySelectorAll('[id]')].map(e => e.id)"
# Controls exist only where a script can serve them, so what they say is left out.
TEXT = """() => {
  const main = document.querySelector('main') ?? document.body;
  const controls = main.querySelectorAll('button, select, form, output, [role=status]');
  for (const e of controls) e.style.setProperty('display', 'none', 'important');
  const text = main.innerText;
  for (const e of controls) e.style.removeProperty('display');
  return text;
}"""
# Rows of a list are of one shape: of many, axe-core sees the first and the last.
CUT_LISTS = """() => {
  for (const body of document.querySelectorAll('table.incidents tbody'))
    for (const row of [...body.rows].slice(40, -10)) row.remove();
}"""
RUN_AXE = """async options => {
  const { violations } = await axe.run({ resultTypes: ['violations'], ...options });
  return violations.map(v => `${v.id}: ${v.help} (${v.nodes.length} times, first: ` +
    `${v.nodes[0].target.join(' ')})`);
}"""


@dataclass(frozen=True)
class Visit:
    """What one page did in the browser.

    Attributes
    ----------
    requests
        Addresses asked for besides the page itself and its ``data:`` images.
    complaints
        Errors and warnings on the console and uncaught exceptions.
    violations
        What axe-core found, each with viewport and colour scheme.
    overflow_px
        By how much the page is wider than a phone, all disclosures open; 0 or less is none.
    paper_overflow_px
        By how much it is wider than a sheet of paper when printed, likewise.
    links, ids
        Every ``href`` as written, and every ``id``, in document order.
    numbers_lost
        Numbers in the main text that are missing, or fewer, without JavaScript.
    strange_letters
        What is wrong with the Hangul of the page, as `find_strange_letters` gives it.
    print_bytes, print_characters
        Size of the printed PDF, None if it was not printed, and of the main text under
        print style.
    """

    name: str
    size_bytes: int
    requests: tuple[str, ...]
    complaints: tuple[str, ...]
    violations: tuple[str, ...]
    overflow_px: int
    paper_overflow_px: int
    links: tuple[str, ...]
    ids: tuple[str, ...]
    numbers_lost: tuple[str, ...]
    strange_letters: tuple[str, ...]
    print_bytes: int | None
    print_characters: int


@dataclass(frozen=True)
class Log:
    """Requests and complaints of one page, filled by the browser's events."""

    address: str
    requests: list[str]
    complaints: list[str]

    def follow(self, page: Page) -> None:
        """Listen to the page from now on."""
        page.on("request", lambda request: self._note_request(request.url))
        page.on("console", lambda message: self._note_console(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(f"exception: {error}"))

    def _note_request(self, url: str) -> None:
        if url.split("#")[0] != self.address and not url.startswith("data:"):
            self.requests.append(url)

    def _note_console(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(f"{kind}: {text}")


def open_page(browser: Browser, log: Log, *, viewport: str, javascript: bool = True) -> Page:
    """Open the logged address in a fresh context; return the page, all disclosures open."""
    context = browser.new_context(
        viewport=VIEWPORTS[viewport], java_script_enabled=javascript, reduced_motion="reduce"
    )
    page = context.new_page()
    log.follow(page)
    page.goto(log.address)
    page.evaluate(OPEN_ALL)
    return page


def find_violations(
    page: Page, axe: str, viewport: str, *, closely: bool, translated: bool = False
) -> list[str]:
    """Run axe-core in each view of this width; return one line for each broken rule."""
    page.evaluate(CUT_LISTS)
    page.evaluate(axe)
    found = []
    for (width, scheme), options in VIEWS.items():
        if width != viewport or (scheme == "dark" and translated and not closely):
            continue
        page.emulate_media(color_scheme=scheme)
        if viewport == "phone" and not closely:
            options = SIZES
        found += [f"{viewport}, {scheme}: {line}" for line in page.evaluate(RUN_AXE, options)]
    return found


def visit_pages(paths: list[Path], axe: str, closely: set[Path]) -> list[Visit]:
    """Visit pages in a browser of their own, in their order, some of them more closely."""
    with sync_playwright() as playwright:
        browser = start_chromium(playwright)
        visited = [visit_page(browser, path, axe, closely=path in closely) for path in paths]
        browser.close()
    return visited


def visit_page(browser: Browser, path: Path, axe: str, *, closely: bool = True) -> Visit:
    """Open a page on desktop and phone, without JavaScript and in print.

    Parameters
    ----------
    path
        The HTML file.
    axe
        The source text of axe-core. It runs after everything else has been read
        from the page, so nothing it does is taken for the page's doing.
    closely
        Print it too, and run every rule on the phone.
    """
    log = Log(path.resolve().as_uri(), [], [])

    desktop = open_page(browser, log, viewport="desktop")
    links, ids = desktop.evaluate(LINKS), desktop.evaluate(IDS)
    desktop.emulate_media(media="print")
    printed = len(desktop.pdf()) if closely else None
    print_characters = len(desktop.evaluate(TEXT).strip())
    desktop.emulate_media(media="screen")
    numbers = Counter(NUMBER.findall(desktop.evaluate(TEXT)))

    plain = open_page(browser, log, viewport="desktop", javascript=False)
    lost = numbers - Counter(NUMBER.findall(plain.evaluate(TEXT)))
    plain.emulate_media(media="print")
    plain.set_viewport_size(SHEET)
    paper_overflow_px = plain.evaluate(OVERFLOW)
    plain.context.close()

    phone = open_page(browser, log, viewport="phone")
    overflow_px = phone.evaluate(OVERFLOW)
    strange_letters = find_strange_letters(phone)
    requests, complaints = tuple(log.requests), tuple(log.complaints)

    translated = desktop.locator("html").get_attribute("lang") != "en"
    violations = find_violations(desktop, axe, "desktop", closely=closely, translated=translated)
    violations += find_violations(phone, axe, "phone", closely=closely)
    desktop.context.close()
    phone.context.close()
    return Visit(
        name=path.name,
        size_bytes=path.stat().st_size,
        requests=requests,
        complaints=complaints,
        violations=tuple(violations),
        overflow_px=overflow_px,
        paper_overflow_px=paper_overflow_px,
        links=tuple(links),
        ids=tuple(ids),
        numbers_lost=tuple(sorted(lost)),
        strange_letters=tuple(strange_letters),
        print_bytes=printed,
        print_characters=print_characters,
    )
