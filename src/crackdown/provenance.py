"""Provenance: what made a page, and how to cite it."""

from __future__ import annotations

import urllib.parse

import crackdown
from crackdown.citation import cite_report, name_parameters
from crackdown.files import find_folder
from crackdown.geometry import load_source
from crackdown.hypertext import Html, render
from crackdown.maptext import name_source
from crackdown.selection import Selection
from crackdown.wording import say, write_day


def closing(selection: Selection, title: str) -> Html:
    """Show citation, report id, data revision, version and parameters.

    Parameters
    ----------
    selection
    title
        The page's title as it is to be cited.
    """
    given = name_parameters(selection)
    citation = cite_report(selection, title)
    source = name_source(load_source(find_folder(selection.parameters.shapefiles)))
    facts = [
        (say("report-id"), citation.report_id),
        (say("made-of-revision"), citation.revision),
        (say("made-of-codebook"), selection.archive.codebook.version),
        (say("made-of-software"), crackdown.__version__),
        (say("made-of-until"), write_day(selection.last_covered)),
        (
            say("made-of-parameters"),
            " · ".join(f"{k} = {_plain(v)}" for k, v in given.items()) or say("made-of-all"),
        ),
        (say("made-of-licences"), say("licences", source=source)),
    ]
    forms = [
        ("BibTeX", f"{citation.report_id}.bib", _address("application/x-bibtex", citation.write_bibtex())),
        (
            "CSL-JSON",
            f"{citation.report_id}.json",
            _address("application/vnd.citationstyles.csl+json", citation.write_csl()),
        ),
    ]
    shown = {"facts": facts, "cite": citation.write(), "forms": forms, "said": citation.describe()}
    return Html(render("closing.html.j2", **shown), {"report_id": citation.report_id})


def _address(kind: str, text: str) -> str:
    return f"data:{kind};charset=utf-8,{urllib.parse.quote(text)}"


def _plain(value) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value)
