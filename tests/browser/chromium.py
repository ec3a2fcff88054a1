"""Find, or else install, the Chromium that the browser tests drive.

``python tests/browser/chromium.py`` prepares a machine and names the browser;
the tests themselves only look for it.
"""

import contextlib
import os
import subprocess
import sys

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from crackdown import browser

REMEDY = (
    "No working Chromium. Install one (Debian: apt-get install chromium; elsewhere Chromium or "
    "Chrome on PATH, or: .venv/bin/python -m playwright install --with-deps chromium), "
    "then run make test again."
)
# Root in a container has no sandbox; only our own pages are opened. A request is recorded, but
# leads nowhere.
FLAGS = ["--no-sandbox", *(flag for flag in browser.FLAGS if flag != "--headless")]


class NoBrowserError(Exception):
    """Say that no Chromium can be started, and what to do."""


def find_chromium(playwright: Playwright) -> str | None:
    """Return the path of the Chromium that prints, else of playwright's own, else None."""
    with contextlib.suppress(browser.NoBrowserError):
        return browser.find_browser()
    own = playwright.chromium.executable_path
    return own if os.path.exists(own) else None


def start_chromium(playwright: Playwright) -> Browser:
    """Start Chromium without a window; raise NoBrowserError with the remedy if it cannot."""
    path = find_chromium(playwright)
    if path is None:
        raise NoBrowserError(REMEDY)
    try:
        return playwright.chromium.launch(executable_path=path, args=FLAGS)
    except Error as error:
        reason = str(error).strip().splitlines()[0]
        raise NoBrowserError(f"{path} does not start ({reason}). {REMEDY}") from error


def main() -> int:
    """Install a Chromium if there is none, start it once, and print which one it is."""
    with sync_playwright() as playwright:
        if find_chromium(playwright) is None:
            subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
        try:
            chromium = start_chromium(playwright)
        except NoBrowserError as error:
            print(error, file=sys.stderr)
            return 1
        print(f"Browser tests use Chromium {chromium.version}: {find_chromium(playwright)}")
        chromium.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
