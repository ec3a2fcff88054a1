"""HTML that a notebook shows: rendered from the templates in ``markup/``."""

from __future__ import annotations

import dataclasses
import functools
from pathlib import Path
from typing import Any

import jinja2

MARKUP = Path(__file__).parent / "markup"


@dataclasses.dataclass(frozen=True)
class Html:
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

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.body}, ({"crackdown": self.about} if self.about else {})


def render(template: str, **context: Any) -> str:
    """Fill a template of the project; a missing value is an error, not a blank."""
    return _environment().get_template(template).render(**context)


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(MARKUP),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
