"""HTML that a notebook shows: rendered from the templates in ``markup/``."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from crackdown.catalogue import DEFAULT, present
from crackdown.wording import say, translate

MARKUP = Path(__file__).parent / "markup"

_TEXT = re.compile(r">[^<]*&quot;[^<]*")
# A value that holds both kinds keeps its references.
_QUOTED = re.compile(r"""="([^"'<]*&quot;[^"'<]*)\"""")


class Shown:
    """What a notebook shows as HTML of the project's own making.

    The HTML stands in ``_repr_html_`` and is in the normal form that the
    page template describes; the output's metadata say so by their key
    ``crackdown``.
    """

    about: Mapping[str, Any] = {}

    def __repr__(self) -> str:
        # Short, since it is shown where no HTML is: a frame's own would take a while.
        return f"<{type(self).__name__}>"

    def _repr_mimebundle_(self, include=None, exclude=None):
        shown = {"text/html": write_quotes(self._repr_html_()), "text/plain": repr(self)}
        return shown, {"crackdown": dict(self.about)}


@dataclasses.dataclass(frozen=True, repr=False)
class Html(Shown):
    """A piece of a page.

    Attributes
    ----------
    body
        The HTML itself, shown in JupyterLab and in the page alike.
    about
        What the exported page has to know of its contents (its subtitle,
        for one): kept in the output's metadata under ``crackdown``.
    """

    body: str
    about: dict[str, Any] = dataclasses.field(default_factory=dict)

    def _repr_html_(self) -> str:
        return self.body


def together(*pieces: Shown) -> Html:
    """Show pieces of a page one below the other, as one: a cell takes a while, whatever it shows."""
    bodies = (piece._repr_html_() for piece in pieces)
    about = {key: value for piece in pieces for key, value in piece.about.items()}
    return Html("\n".join(body for body in bodies if body), about)


def write_quotes(markup: str) -> str:
    """Write quotation marks as a parser writes them: plain, where they end nothing.

    Escaping, which does not know where a text will stand, writes them all as
    references.
    """
    markup = markup.replace("&#39;", "'").replace("&#x27;", "'").replace("&#34;", "&quot;")
    if "&quot;" not in markup:
        return markup
    markup = _TEXT.sub(lambda text: text[0].replace("&quot;", '"'), markup)
    return _QUOTED.sub(lambda value: "='" + value[1].replace("&quot;", '"') + "'", markup)


def mark_coded(text: str) -> Markup:
    """Write a text of a table for a page: in the page's language where it is translated.

    Else as it was coded, and then a page of another language says so in its markup.
    """
    shown = translate(text)
    if shown != text or not text or present().language == DEFAULT:
        return escape(shown)
    return Markup('<span lang="{}">{}</span>').format(DEFAULT, text)


def render(template: str, **context: Any) -> str:
    """Fill a template of the project; a missing value is an error, not a blank."""
    return _environment().get_template(template).render(**context).strip()


def render_row(template: str, row: Mapping[str, Any]) -> Markup:
    """Fill a template that is a macro of the same name, once for each of many rows.

    A template of its own context for each row would take half as long again, and so would
    ``row.id`` for ``row['id']`` in the template, which looks for an attribute first.
    """
    return _find_macro(template)(row)


@functools.cache
def _find_macro(name: str) -> Callable[[Mapping[str, Any]], Markup]:
    return getattr(_environment().get_template(f"{name}.html.j2").module, name)


def load_templates() -> None:
    """Compile all templates of the project, for processes that are forked from this one."""
    for name in _environment().list_templates(("j2",)):
        _environment().get_template(name)


@functools.cache
def _environment() -> jinja2.Environment:
    return new_environment(MARKUP)


def new_environment(*folders: Path) -> jinja2.Environment:
    """Make what fills templates of some folders; they word messages by ``say``."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # No look at the file for each of thousands of rows.
        auto_reload=False,
    )
    # Hangul stands in JSON as it is: half as long, and the page's font is made of what it holds.
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    environment.globals["say"] = say
    environment.filters["coded"] = mark_coded
    return environment
