"""What the built pages claim, and whether their numbers are those of the tables."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

FINDING = re.compile(r'<li data-finding="([a-z-]+)">(.*?)</li>', re.DOTALL)
MESSAGES = Path(__file__).parents[1] / "src/crackdown/locale/en.ftl"


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
