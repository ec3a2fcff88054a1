"""What the page template needs to know of a notebook beyond its cells."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.filters import Highlight2HTML
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

from crackdown.catalogue import DEFAULT, present, speaking
from crackdown.fonts import list_hangul, write_faces
from crackdown.margins import write_margins
from crackdown.policy import strip_blocked, write_policy
from crackdown.wording import say, translate

#: Style sheets of a page.
STYLES = ("page.css", "figures.css", "print.css")

_TEMPLATE = Path(__file__).parent / "template"
_TAG = re.compile(r"<[^>]+>")
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
# What begins a line of Markdown as a heading or an item, and its text.
_LINE = re.compile(r"^([#-]+ )?(.*)$", re.MULTILINE)


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
        language = next(iter(_said(nb, "lang")), DEFAULT)
        resources["language_code"] = language
        prose: dict[str, str] = {}
        headings: list[dict[str, str]] = []
        with speaking(language):
            texts = {name: say(f"page-{name}") for name in ("skip", "contents", "code", "report")}
            for cell in nb.cells:
                if cell.cell_type == "markdown":
                    original = _render(cell.source)
                    shown = _translate(cell.source)
                    shown = _render(shown)
                    text = _head(shown, original, headings)
                    prose[cell.id] = _clean(text)
        titles = [heading["title"] for heading in headings if heading["level"] == "1"]
        title = ": ".join([*titles[:1], *subtitles(nb)]) or texts["report"]
        report_id = "".join(_said(nb, "report_id")[:1])
        letters = list_hangul("".join([*_shown_texts(nb), *prose.values(), *texts.values()]))
        margins = write_margins(title, report_id)
        style = "".join([write_faces(letters), *map(_read, STYLES), margins])
        script = _read("list.js") if has_list(nb) else ""
        resources["page"] = {
            "title": title,
            "texts": texts,
            "twins": next(iter(_said(nb, "twins")), []),
            "report_id": report_id,
            "contents": [heading for heading in headings if heading["level"] == "2"],
            "markdown": prose,
            "style": style,
            "script": script,
            "policy": write_policy(style, script),
            "strip_blocked": strip_blocked,
        }
        return nb, resources


def _translate(source: str) -> str:
    """Translate what a notebook says, line by line: headings, paragraphs, items of lists."""
    if present().language == DEFAULT:
        return source
    return "\n".join(mark + translate(text) for mark, text in _LINE.findall(source))


def _head(text: str, original: str, headings: list[dict[str, str]]) -> str:
    """Give headings their ids, named in all languages alike, and note them."""
    names = iter(_HEADING.findall(original))

    def with_id(match: re.Match[str]) -> str:
        level, shown = match.groups()
        # Apart from the ids of tables and figures, which are named after their contents.
        name = html.unescape(_TAG.sub("", next(names)[1]))
        slug = "section-" + re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        same = sum(heading["id"].startswith(slug) for heading in headings)
        slug += f"-{same + 1}" if same else ""
        headings.append({"level": level, "id": slug, "title": html.unescape(_TAG.sub("", shown))})
        return f'<h{level} id="{slug}">{shown}</h{level}>'

    return _HEADING.sub(with_id, text)


class ReportExporter(HTMLExporter):
    """nbconvert's exporter, without a second parse of the page where that changes nothing.

    nbconvert parses the page that its template has written and writes it
    anew, which takes longer than all else. The template and every output of
    the package are in the normal form that this gives, so that a page of
    nothing else is left as it is; any other goes the whole way.
    """

    def __init__(self, **options: Any) -> None:
        # No template folder from the working directory: nbconvert would prefer
        # a folder ./crackdown found there, and run what it holds.
        super().__init__(
            template_name="crackdown",
            extra_template_basedirs=[],
            # Once, after all preprocessors, and not after each of a dozen.
            optimistic_validation=True,
            **options,
        )

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """Turn a notebook into a page; see the base class."""
        if not is_our_own(nb):
            return super().from_notebook_node(nb, resources, **options)
        # A notebook that has not run does not say its language as one that has.
        lexer = nb.metadata.get("language_info", {}).get("pygments_lexer", "ipython3")
        self.register_filter("highlight_code", functools.partial(_highlight, lexer))
        return super(HTMLExporter, self).from_notebook_node(nb, resources, **options)


@functools.lru_cache(maxsize=256)
def _render(source: str) -> str:
    """Turn Markdown into HTML, the same cell once for all pages of a process."""
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(source)


@functools.lru_cache(maxsize=256)
def _clean(text: str) -> str:
    """Free prose of what the policy blocks, and write it in the normal form."""
    return strip_blocked(str(BeautifulSoup(text, "html.parser"))).strip()


def _highlight(lexer: str | None, source: str, metadata: dict[str, Any] | None = None) -> str:
    return _highlight_once(lexer, source, (metadata or {}).get("magics_language"))


@functools.lru_cache(maxsize=256)
def _highlight_once(lexer: str | None, source: str, magics: str | None) -> str:
    metadata = {"magics_language": magics} if magics else {}
    return Highlight2HTML(pygments_lexer=lexer)(source, metadata=metadata)


def is_our_own(nb: NotebookNode) -> bool:
    """Say whether every output of a notebook is the package's own."""
    outputs = (output for cell in nb.cells for output in cell.get("outputs", []))
    return all("crackdown" in output.get("metadata", {}) for output in outputs)


def subtitles(nb: NotebookNode) -> list[str]:
    """Find what the outputs of a notebook say of its selection, at most one text."""
    return _said(nb, "subtitle")[:1]


def _shown_texts(nb: NotebookNode) -> Iterator[str]:
    """Give the code of a notebook, and each form of what its outputs show."""
    for cell in nb.cells:
        yield cell.source
        for output in cell.get("outputs", []):
            yield from map(str, output.get("data", {}).values())
            yield output.get("text", "")


def _said(nb: NotebookNode, key: str) -> list[Any]:
    """List what the outputs of a notebook say in their metadata under a key."""
    outputs = (output for cell in nb.cells for output in cell.get("outputs", []))
    said = (output.get("metadata", {}).get("crackdown", {}).get(key) for output in outputs)
    return [one for one in said if one]


def has_list(nb: NotebookNode) -> bool:
    """Say whether a notebook shows the incident list, which has a script."""
    return bool(_said(nb, "list"))


@functools.cache
def _read(name: str) -> str:
    return (_TEMPLATE / name).read_text(encoding="utf-8")
