"""The security policy of a page: a browser shows and runs what the page was made of, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re

from bs4 import BeautifulSoup

# A page loads nothing but images and fonts that it carries itself, sends nothing,
# and frames nothing; what is not named falls under the first.
_ALWAYS = "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:"

_BLOCKED = re.compile(r"<(script|style)\b|\sstyle\s*=", re.IGNORECASE)


def write_policy(style: str, script: str = "") -> str:
    """Write the Content-Security-Policy of a page.

    Parameters
    ----------
    style, script
        The text inside the page's only ``<style>``, and inside its only
        ``<script>`` that runs, "" without one. Each is allowed by its
        digest, so that no other text is. Fonts are allowed where the style
        has one, and then only those that the page holds.
    """
    own = {"style-src": style, "script-src": script}
    hashed = [f"{kind} '{_hash(text)}'" for kind, text in own.items() if text]
    fonts = ["font-src data:"] if "@font-face" in style else []
    return "; ".join([_ALWAYS, *fonts, *hashed])


def strip_blocked(markup: str) -> str:
    """Take out of a library's HTML what the policy blocks: scripts, styles and ``style=``.

    >>> strip_blocked('<td style="color: red">7</td>')
    '<td>7</td>'
    """
    if not _BLOCKED.search(markup):
        return markup
    soup = BeautifulSoup(markup, "html.parser")
    for element in soup(["script", "style"]):
        element.decompose()
    for element in soup(style=True):
        del element["style"]
    return str(soup)


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
