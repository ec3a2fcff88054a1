"""PDF files of pages: printed by a browser, and made the same from the same."""

from __future__ import annotations

import io
import re
from pathlib import Path
from urllib.parse import urljoin

import pikepdf

from crackdown.browser import ADDRESS, print_page
from crackdown.citation import AUTHOR, Citation, read_citation
from crackdown.errors import UsageError

# The index has no PDF file, and parts of a file are not known by a page's anchors.
#: How the browser names a cell of a table, for the cells under or beside it.
_CELL = re.compile(rb"\(node(\d{8})\)")
_BESIDE = re.compile(r"(\./|\.\./)((?:\w+/)?(?!index\.)[\w.%-]+)\.html(?:#.*)?")

_OLDER_TAGS = {
    "/Aside": pikepdf.Name.Sect,
    "/Em": pikepdf.Name.Span,
    "/Strong": pikepdf.Name.Span,
}


def make_pdf(page: str) -> bytes:
    """Make the PDF file of a page.

    Parameters
    ----------
    page
        The HTML of a page of the project.

    Raises
    ------
    NoBrowserError, PrintError
        See `crackdown.browser.print_page`.
    """
    return finish_pdf(print_page(page), read_citation(page))


def finish_pdf(printed: bytes, citation: Citation | None) -> bytes:
    """Say in a printed file what it is, not when it was made, and link it to those beside it.

    Parameters
    ----------
    printed
        As `crackdown.browser.print_page` returns it.
    citation
        Of the report; None for a page that has none.

    Returns
    -------
    The file, the same bytes whenever it was printed.
    """
    with pikepdf.open(io.BytesIO(_renumber(printed))) as pdf:
        _describe(pdf, citation)
        for page in pdf.pages:
            for note in page.get("/Annots", ()):
                if "/URI" in (action := note.get("/A", {})):
                    action.URI = _relink(str(action.URI))
        written = io.BytesIO()
        pdf.save(
            written,
            # In place of one made of the time of day.
            deterministic_id=True,
            # The tags of a long table are many small objects: a third of the size.
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return written.getvalue()


def read_report_id(file: Path) -> str:
    """Read the id of the report that a PDF file holds.

    Raises
    ------
    UsageError
        If it is no PDF file, or one without an id.
    """
    try:
        with pikepdf.open(file) as pdf:
            return pdf.open_metadata()["dc:identifier"]
    except (pikepdf.PdfError, KeyError):
        raise UsageError(f"{file} is no PDF file of a report. Give the report id itself.") from None


def _renumber(printed: bytes) -> bytes:
    """Number the cells of tables from one: the browser goes on from whatever it did before."""
    numbers: dict[bytes, int] = {}
    # As long as they were: nothing moves.
    return _CELL.sub(
        lambda cell: b"(node%08d)" % numbers.setdefault(cell[1], len(numbers) + 1), printed
    )


def _describe(pdf: pikepdf.Pdf, citation: Citation | None) -> None:
    title = str(pdf.docinfo.get("/Title", ""))
    said = {"/Title": title}
    described = {"dc:title": title, "dc:language": [str(pdf.Root.get("/Lang", ""))]}
    if citation is not None:
        cited = citation.write()
        said |= {"/Author": AUTHOR, "/Subject": cited, "/Keywords": citation.report_id}
        described |= {
            "dc:creator": [AUTHOR],
            "dc:description": cited,
            "dc:identifier": citation.report_id,
            "pdf:Keywords": citation.report_id,
        }
    # These tags are younger than the version of PDF that the browser writes.
    pdf.Root.StructTreeRoot.RoleMap = pikepdf.Dictionary(_OLDER_TAGS)
    # In place of what the browser says: its version, and the time of day.
    del pdf.docinfo
    for name, text in said.items():
        pdf.docinfo[name] = text
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        for name, text in described.items():
            metadata[name] = text


def _relink(address: str) -> str:
    """Let a link to a page beside it lead to that page's PDF file, wherever they lie.

    >>> _relink("https://report.invalid/site/trends.html#list")
    './trends.pdf'
    """
    # Viewers take an address that begins so for a file beside this one.
    for folder, sign in ((ADDRESS, "./"), (urljoin(ADDRESS, "../"), "../")):
        if address.startswith(folder):
            return _BESIDE.sub(r"\1\2.pdf", sign + address.removeprefix(folder))
    return address
