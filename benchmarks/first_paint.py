"""Time the first paint of the largest page of a built site, from disk.

``python benchmarks/first_paint.py SITE [ROUNDS]`` opens the largest page of
the folder SITE in headless Chromium, in a fresh context each time, and prints
the median of its first contentful paint after the start of navigation, as the
browser itself tells it. Exit 1 if that is above the bar of one second.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))

from chromium import start_chromium

BAR_MS = 1000
PAINT = """() => new Promise((resolve, reject) => {
  const read = list => list.find(one => one.name === "first-contentful-paint")?.startTime;
  const found = read(performance.getEntriesByType("paint"));
  if (found !== undefined) return resolve(found);
  new PerformanceObserver(list => { const at = read(list.getEntries()); if (at !== undefined) resolve(at); })
    .observe({ type: "paint", buffered: true });
  setTimeout(() => reject(new Error("nothing was painted")), 20000);
})"""


def time_paint(browser: Browser, page: Path) -> float:
    """Open a page in a fresh context; return the milliseconds to its first contentful paint."""
    context = browser.new_context()
    try:
        view = context.new_page()
        view.goto(page.resolve().as_uri())
        return view.evaluate(PAINT)
    finally:
        context.close()


def main(site: Path, rounds: int) -> int:
    """Print the median over all rounds; the first, which fills the disk's cache, is left out."""
    page = max(site.glob("*.html"), key=lambda path: path.stat().st_size)
    with sync_playwright() as playwright:
        browser = start_chromium(playwright)
        time_paint(browser, page)
        times = [time_paint(browser, page) for _ in range(rounds)]
        browser.close()
    median = statistics.median(times)
    print(
        f"{page.name}, {page.stat().st_size:,} bytes: first contentful paint after {median:.0f} ms "
        f"({min(times):.0f} to {max(times):.0f} in {rounds} rounds)"
    )
    return int(median > BAR_MS)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 7))
