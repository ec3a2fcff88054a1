"""Write what the newest report finds into README.md, and the map beside it.

Run in the repository's root: ``python docs/readme.py``. A test fails when the
README no longer says what the tables hold.
"""

from __future__ import annotations

from pathlib import Path

from crackdown.stress import try_findings
from crackdown.front import FIRST_FINDINGS, write_subtitle
from crackdown.maps import map_provinces
from crackdown.selection import Selection, select
from crackdown.wording import write_day

BEGIN = "<!-- newest report: begin (written by python docs/readme.py) -->"
END = "<!-- newest report: end -->"
README = Path("README.md")
MAP = Path("docs/provinces.png")


def write_newest(selection: Selection) -> str:
    """Word the findings of a report for all years, in Markdown."""
    findings = try_findings(selection)[:FIRST_FINDINGS]
    lines = [
        f"**{len(selection.incidents)} incidents** from {len(selection.archive.sources)} articles, "
        f"{write_subtitle(selection)} (data revision `{selection.archive.revision}`):",
        "",
        *(
            f"{number}. {finding.text} *{tried.write()}*"
            for number, (finding, tried) in enumerate(findings, 1)
        ),
        "",
        f"![Incidents by province]({MAP})",
        "",
        f"The archive covers articles until {write_day(selection.last_covered)}. It is a sample of "
        "what a few outlets reported; no number here is a rate, and none recorded is not zero.",
    ]
    return "\n".join(lines)


def update(readme: str, newest: str) -> str:
    """Put the text between the two markers."""
    before, rest = readme.split(BEGIN)
    return f"{before}{BEGIN}\n\n{newest}\n\n{END}{rest.split(END)[1]}"


def main() -> None:
    """Write both files."""
    selection = select()
    README.write_text(update(README.read_text("utf-8"), write_newest(selection)), "utf-8")
    graphic = map_provinces(selection.place_counts, selection.archive.places, selection.geometry)
    graphic.save(MAP, dpi=110)


if __name__ == "__main__":
    main()
