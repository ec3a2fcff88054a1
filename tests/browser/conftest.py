"""The browser, axe-core, and one visit to every built page, shared by all browser tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import NoBrowserError, start_chromium
from playwright.sync_api import Browser, sync_playwright
from visits import Visit, visit_page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once; without one the tests fail, for a page nobody opened is not tested."""
    with sync_playwright() as playwright:
        try:
            chromium = start_chromium(playwright)
        except NoBrowserError as error:
            pytest.fail(str(error))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def axe(root: Path) -> str:
    """Return the source text of axe-core."""
    path = root / "node_modules/axe-core/axe.min.js"
    if not path.is_file():
        pytest.fail("axe-core is not installed. Run make test, or: npm ci --include=dev")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def visits(browser: Browser, built_site: Path, axe: str) -> dict[str, Visit]:
    """Visit every page of the built site; keys are file names relative to it."""
    pages = sorted(built_site.rglob("*.html"))
    return {
        page.relative_to(built_site).as_posix(): visit_page(browser, page, axe) for page in pages
    }
