"""What the page template needs to know of a notebook beyond its cells."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from pathlib import Path
from typing import Any

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

_SCRIPT = Path(__file__).parent / "template" / "list.js"
_TAG = re.compile(r"<[^>]+>")
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)


class ReportPreprocessor(Preprocessor):
    """Put title, contents and rendered prose into ``resources["page"]``.

    Runs under plain nbconvert, because the template's ``conf.json`` names it.
    The title is the notebook's first heading with the subtitle that an
    output carries in its metadata, never the file's name, so that the same
    report has the same bytes wherever it is written.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Add ``page`` to the resources; the notebook stays as it is."""
        render = MarkdownWithMath(renderer=IPythonRenderer(escape=False, exclude_anchor_links=True))
        prose: dict[str, str] = {}
        headings: list[dict[str, str]] = []

        def _with_id(match: re.Match[str]) -> str:
            level, text = match.groups()
            # Apart from the ids of tables and figures, which are named after their contents.
            title = html.unescape(_TAG.sub("", text))
            slug = "section-" + re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
            same = sum(heading["id"].startswith(slug) for heading in headings)
            slug += f"-{same + 1}" if same else ""
            headings.append({"level": level, "id": slug, "title": title})
            return f'<h{level} id="{slug}">{text}</h{level}>'

        for cell in nb.cells:
            if cell.cell_type == "markdown":
                prose[cell.id] = _HEADING.sub(_with_id, render.render(cell.source))
        titles = [heading["title"] for heading in headings if heading["level"] == "1"]
        resources["page"] = {
            "title": ": ".join([*titles[:1], *subtitles(nb)]) or "Report",
            "contents": [heading for heading in headings if heading["level"] == "2"],
            "markdown": prose,
            **list_script(nb),
        }
        return nb, resources


def subtitles(nb: NotebookNode) -> list[str]:
    """Find what the outputs of a notebook say of its selection, at most one text."""
    outputs = [output for cell in nb.cells for output in cell.get("outputs", [])]
    found = (output.get("metadata", {}).get("crackdown", {}).get("subtitle") for output in outputs)
    return [text for text in found if text][:1]


def list_script(nb: NotebookNode) -> dict[str, str]:
    """Give the script of the incident list, if there is one to serve.

    Returns
    -------
    dict
        ``script``, the text that the template puts into the page, and
        ``script_hash``, by which the page's security policy allows this
        text and no other; both "" in a page without an incident list.
    """
    outputs = (output for cell in nb.cells for output in cell.get("outputs", []))
    if not any(output.get("metadata", {}).get("crackdown", {}).get("list") for output in outputs):
        return {"script": "", "script_hash": ""}
    script = _SCRIPT.read_text(encoding="utf-8")
    digest = hashlib.sha256(script.encode()).digest()
    return {"script": script, "script_hash": f"sha256-{base64.b64encode(digest).decode()}"}
