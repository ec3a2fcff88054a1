"""The browser, axe-core, and one visit to every built page, shared by all browser tests."""

import itertools
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from chromium import NoBrowserError, find_chromium, start_chromium
from playwright.sync_api import Browser, Playwright, sync_playwright
from visits import Visit, visit_pages


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """Start what drives the browser."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    """Start Chromium once; without one the tests fail, for a page nobody opened is not tested."""
    try:
        chromium = start_chromium(driver)
    except NoBrowserError as error:
        pytest.fail(str(error))
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def program(driver: Playwright, browser: Browser) -> str:
    """Return the path of the browser's program."""
    return find_chromium(driver)


@pytest.fixture(scope="session")
def axe(root: Path) -> str:
    """Return the source text of axe-core."""
    path = root / "node_modules/axe-core/axe.min.js"
    if not path.is_file():
        pytest.fail("axe-core is not installed. Run make test, or: npm ci --include=dev")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def visits(browser: Browser, built_site: Path, axe: str) -> dict[str, Visit]:
    """Visit every page of the built site; keys are file names relative to it.

    One browser a core: axe-core takes seconds on a long page. `browser` comes
    first, because it says what is missing where there is none.
    """
    pages = sorted(built_site.rglob("*.html"), key=lambda page: -page.stat().st_size)
    cores = os.cpu_count() or 1
    shares = [pages[start::cores] for start in range(cores)]
    # The largest page of each kind, situation, province, theme..., in each language.
    closely = {(page.parent, page.name.split("-")[0]): page for page in reversed(pages)}.values()
    with ProcessPoolExecutor(cores, mp_context=multiprocessing.get_context("spawn")) as pool:
        visited = pool.map(visit_pages, shares, [axe] * cores, [{*closely}] * cores)
        found = dict(itertools.chain.from_iterable(map(zip, shares, visited)))
    return {page.relative_to(built_site).as_posix(): found[page] for page in sorted(pages)}
