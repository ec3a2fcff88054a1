"""Citation: the id of a report, and the forms in which it is cited."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import crackdown
from crackdown.catalogue import DEFAULT, list_languages, load_catalogue
from crackdown.digests import BOUNDARIES, digest, digest_folder, digest_package
from crackdown.errors import UsageError, nearest_value, shown
from crackdown.files import find_folder
from crackdown.selection import Selection
from crackdown.subtitle import write_subtitle
from crackdown.wording import say, translate

#: Who makes the reports, as in ``CITATION.cff``.
AUTHOR = "the crackdown report's maintainers"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"

#: Parameters that say where things lie, not what is reported.
OF_THE_PLACE = {"data", "shapefiles", "links", "twins"}

#: What TeX would read as its own.
_TEX = str.maketrans(
    {letter: f"\\{letter}" for letter in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)

_SCHEMA = re.compile(r'<script id="citation" type="application/ld\+json">(.*?)</script>', re.DOTALL)


@dataclasses.dataclass(frozen=True)
class Citation:
    """What is said of a report where it is cited.

    Attributes
    ----------
    report_id
        Same id, same report: made of its title, parameters, data, boundaries
        and the package's code.
    title, subtitle
        What it reports on.
    revision
        Of the data.
    version
        Of the package.
    until
        The last day covered, ISO 8601: no page holds the day on which it was made.
    language
        That of the report.
    """

    report_id: str
    title: str
    subtitle: str
    revision: str
    version: str
    until: str
    language: str = DEFAULT

    def write(self) -> str:
        """Write the citation as a sentence, in the language of the report."""
        values = dataclasses.asdict(self)
        return load_catalogue(values.pop("language")).say("cite", **values)

    def _title_in_full(self) -> str:
        return f"{self._work}: {self.title}, {self.subtitle}"

    @property
    def _work(self) -> str:
        """What all reports are part of, as in ``CITATION.cff``."""
        return load_catalogue(self.language).say("work")

    def write_bibtex(self) -> str:
        """Write an entry for BibTeX."""
        note = f"Data revision {self.revision}, software version {self.version}, articles until {self.until}"
        fields = {
            "title": self._title_in_full(),
            "year": self.until[:4],
            "type": "Report",
            "number": self.report_id,
            "note": note,
        }
        lines = [f"  {name} = {{{text.translate(_TEX)}}},\n" for name, text in fields.items()]
        # The second pair of braces: a name as a whole, not first and last name.
        author = f"  author = {{{{{AUTHOR.translate(_TEX)}}}}},\n"
        return f"@techreport{{{self.report_id},\n{author}{''.join(lines)}}}\n"

    def write_csl(self) -> str:
        """Write an item as CSL-JSON, which reference managers read."""
        item = {
            "id": self.report_id,
            "type": "report",
            "title": self._title_in_full(),
            "language": self.language,
            "author": [{"literal": AUTHOR}],
            "issued": {"date-parts": [[int(part) for part in self.until.split("-")]]},
            "number": self.report_id,
            "version": self.version,
            "note": f"Data revision {self.revision}",
        }
        return json.dumps([item], ensure_ascii=False, indent=2) + "\n"

    def describe(self) -> dict[str, Any]:
        """Describe the report in the vocabulary of schema.org, for the page itself."""
        return {
            "@context": "https://schema.org",
            "@type": "Report",
            "identifier": self.report_id,
            "name": self.title,
            "description": self.subtitle,
            "inLanguage": self.language,
            "isPartOf": {"@type": "CreativeWork", "name": self._work},
            "author": {"@type": "Organization", "name": AUTHOR},
            "version": self.version,
            "temporalCoverage": f"../{self.until}",
            "isBasedOn": {"@type": "Dataset", "version": self.revision, "license": LICENCE},
        }


def cite_report(selection: Selection, title: str) -> Citation:
    """Give the citation of the report on a selection, under a title."""
    shapefiles = find_folder(selection.parameters.shapefiles)
    revision = selection.archive.revision
    parameters = name_parameters(selection)
    if selection.as_of is None:
        # All was known on that day: the same report.
        parameters.pop("as_of", None)
    made_of = [
        title,
        parameters,
        revision,
        digest_folder(shapefiles, BOUNDARIES),
        digest_package(),
    ]
    return Citation(
        f"crackdown-{digest(made_of)[:10]}",
        translate(title),
        write_subtitle(selection),
        revision,
        crackdown.__version__,
        f"{selection.last_covered:%Y-%m-%d}",
        selection.parameters.lang,
    )


def name_parameters(selection: Selection) -> dict[str, Any]:
    """List the parameters that limit a selection, as plain values."""
    values = selection.parameters.model_dump(mode="json", exclude=OF_THE_PLACE)
    return {name: value for name, value in values.items() if value not in ([], None, "country", DEFAULT)}


def read_citation(page: str) -> Citation | None:
    """Read the citation out of the HTML of a page; None if it is no page of the project."""
    found = _SCHEMA.search(page)
    if found is None:
        return None
    said = json.loads(found[1])
    return Citation(
        said["identifier"],
        said["name"],
        said["description"],
        said["isBasedOn"]["version"],
        said["version"],
        said["temporalCoverage"].removeprefix("../"),
        said["inLanguage"],
    )


def find_report(report_id: str, folder: Path) -> tuple[Path, Citation]:
    """Find a built page by its report's id.

    Raises
    ------
    UsageError
        If no page of the folder has it.
    """
    pages = {}
    folders = [folder, *(folder / language for language in list_languages())]
    for page in (page for one in folders for page in sorted(one.glob("*.html"))):
        citation = read_citation(page.read_text("utf-8", errors="replace"))
        if citation is not None:
            pages.setdefault(citation.report_id, (page, citation))
    if report_id not in pages:
        near = nearest_value(report_id, tuple(pages))
        raise UsageError(
            f"No page in {folder} has the report id {shown(report_id)}."
            + (f" Nearest: {near}." if near else "")
            + " A page made from other data, parameters or code has another id: check out the revision "
            "that the citation names, and build."
        )
    return pages[report_id]
