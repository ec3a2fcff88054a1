"""Find, or else install, the Chromium that the browser tests drive.

``python tests/browser/chromium.py`` prepares a machine and names the browser;
the tests themselves only look for it.
"""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
REMEDY = (
    "No working Chromium. Install one (Debian: apt-get install chromium; elsewhere Chromium or "
    "Chrome on PATH, or: .venv/bin/python -m playwright install --with-deps chromium), "
    "then run make test again."
)
FLAGS = [
    "--no-sandbox",  # root in a container has no sandbox; only our own pages are opened
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # a request is recorded, but leads nowhere
]


class NoBrowserError(Exception):
    """Say that no Chromium can be started, and what to do."""


def find_chromium(playwright: Playwright) -> str | None:
    """Return the path of a Chromium on PATH, else of playwright's own, else None."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
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
            browser = start_chromium(playwright)
        except NoBrowserError as error:
            print(error, file=sys.stderr)
            return 1
        print(f"Browser tests use Chromium {browser.version}: {find_chromium(playwright)}")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
