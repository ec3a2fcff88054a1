"""What the built pages claim, and whether their numbers are those of the tables."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

FINDING = re.compile(r'<li data-finding="([a-z-]+)">(.*?)</li>', re.DOTALL)
MESSAGES = Path(__file__).parents[2] / "src/crackdown/locale/en.ftl"


@pytest.fixture(scope="module")
def pages(built_site):
    return {path.name: path.read_text("utf-8") for path in built_site.glob("*.html")}


def test_five_figures_of_every_page_are_those_of_the_tables(built_site, root):
    script = root / "tests/recompute.py"
    imports = re.findall(r"^\s*(?:import|from) (\S+)", script.read_text("utf-8"), re.MULTILINE)
    assert "crackdown" not in {name.split(".")[0] for name in imports}
    done = subprocess.run(
        [sys.executable, "-I", script, built_site, root / "data"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    recomputed = [line.split("\t")[0] for line in done.stdout.splitlines()]
    for path in built_site.glob("*.html"):
        if path.name != "index.html":
            assert recomputed.count(path.name) >= 5, path.name


def test_every_finding_printed_is_permitted_and_carries_its_stress_test(pages):
    permitted = set(re.findall(r"^(finding-[a-z-]+) =", MESSAGES.read_text("utf-8"), re.MULTILINE))
    printed = {name: FINDING.findall(page) for name, page in pages.items()}
    assert sum(map(len, printed.values())) >= 10
    for findings in printed.values():
        for message, text in findings:
            assert message in permitted
            assert re.search(r"Holds in (all \d+|\d+ of \d+) readings", text)


def test_pages_link_every_incident_number_to_its_row(pages):
    for name, page in pages.items():
        targets = set(re.findall(r'id="(i\d{4})"', page))
        for incident in set(re.findall(r'href="#(i\d{4})"', page)):
            assert incident in targets, f"{name}: {incident}"


def test_provinces_and_what_no_province_holds_add_up_to_the_country(pages, archive):
    """Read back out of the HTML: pages of provinces, those too small for one, the unplaced."""
    shown = re.compile(r'<dt>Incidents</dt><dd><a[^>]*>([\d,]+)</a>')
    carried = {
        name: int(shown.search(page)[1].replace(",", ""))
        for name, page in pages.items()
        if name.startswith("province-")
    }
    assert len(carried) >= 5
    group = re.search(r'id="group-provinces".*?(?=<h2|</main>)', pages["index.html"], re.DOTALL)[0]
    small = [int(number) for number in re.findall(r"#small-provinces\">[^<]*</a>: (\d+)</li>", group)]
    country = int(shown.search(pages["situation.html"])[1].replace(",", ""))
    row = re.search(r"\(unplaced\)</th>(.*?)</tr>", pages["situation.html"], re.DOTALL)[1]
    unplaced = int(re.findall(r">(\d+)</a>", row)[-1])
    assert sum(carried.values()) + sum(small) + unplaced == country == 551
