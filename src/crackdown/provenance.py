"""Provenance: what made a page, and how to cite it."""

from __future__ import annotations

import crackdown
from crackdown.front import write_subtitle
from crackdown.hypertext import Html, render
from crackdown.selection import Selection
from crackdown.wording import say, write_day


def closing(selection: Selection, title: str) -> Html:
    """Show citation, data revision, version and parameters.

    Parameters
    ----------
    selection
    title
        The page's title as it is to be cited.
    """
    parameters = selection.parameters.model_dump(mode="json", exclude={"data", "shapefiles", "links"})
    given = {name: value for name, value in parameters.items() if value not in ([], None, "country")}
    facts = [
        ("Data revision", selection.archive.revision),
        ("Codebook version", selection.archive.codebook.version),
        ("Software version", crackdown.__version__),
        ("Articles until", write_day(selection.last_covered)),
        ("Parameters", " · ".join(f"{k} = {_plain(v)}" for k, v in given.items()) or "none: all incidents"),
        ("Licences", "data CC BY 4.0; code MIT; boundaries geoBoundaries (OCHA, WFP), CC BY 3.0 IGO"),
    ]
    cite = say(
        "cite",
        title=title,
        subtitle=write_subtitle(selection),
        revision=selection.archive.revision,
        version=crackdown.__version__,
    )
    return Html(render("closing.html.j2", facts=facts, cite=cite))


def _plain(value) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value)
