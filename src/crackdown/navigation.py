"""Links from a page to the index and to the pages beside it."""

from __future__ import annotations

import re
from typing import Any

from crackdown.catalogue import list_languages, load_catalogue
from crackdown.errors import UsageError, shown

# A page of this site or of the web, or the page as a PDF file; whatever else has the look of an
# address is a label.
_ADDRESS = re.compile(r"(https?://)?([\w.%-]+/)*[\w.%-]+\.(html(#[\w-]+)?|pdf)")
_LINK = re.compile(r"(?:[^;\\]|\\.)+", re.DOTALL)


def write_link(address: str, label: str) -> str:
    r"""Write one of the links of a page, "" for the address of the page itself.

    >>> write_link("a.html", "Orders; acts")
    'a.html Orders\\; acts'
    """
    written = re.sub(r"([;\\])", r"\\\1", label)
    # A title that begins like an address must not become one.
    apart = address or _ADDRESS.fullmatch(label.partition(" ")[0])
    return f"{address} {written}" if apart else written


def list_links(links: str) -> dict[str, Any] | None:
    """Part the links of a page: to the index, to its group, to the pages beside it.

    Parameters
    ----------
    links
        Address and label of each page, separated by ``;``: the index, the
        group in the index, then the pages of the group in order. The page
        itself stands among them without an address, and as a PDF file with
        the address of that. In a label a backslash stands before ``;`` and
        before a backslash.

    Returns
    -------
    dict
        ``index`` and ``group``, each with ``address`` and ``label``, the
        list ``pages`` of such, and the list ``files`` of the page as a PDF
        file; None for no links.

    Raises
    ------
    UsageError
        If there are fewer than two, which are the index and the group.
    """
    if not links:
        return None
    split = [_split_link(one) for one in _LINK.findall(links)]
    if len(split) < 2:
        raise UsageError('links: give the index and the group first: "index.html All;index.html#a A".')
    index, group, *others = split
    files = [one for one in others if one["address"].endswith(".pdf")]
    pages = [one for one in others if one not in files]
    return {"index": index, "group": group, "pages": pages, "files": files}


def write_twin(language: str, address: str, title: str = "") -> str:
    r"""Write one of a page's twins: where it stands in another language, and its title there.

    >>> write_twin("en", "../a.html", "Orders; acts")
    'en ../a.html Orders\\; acts'
    """
    return f"{language} {write_link(address, title)}".strip()


def list_twins(twins: str) -> list[dict[str, str]]:
    """Part the twins of a page, which are the same page in other languages.

    Parameters
    ----------
    twins
        Language and address of each, and the page's title there if it is
        given, separated by ``;``; "" for none.

    Returns
    -------
    list of dict
        Each with ``language``, ``address``, ``title`` ("" if none is given)
        and ``name``, the language's own.

    Raises
    ------
    UsageError
        If a language has no catalogue, or what should be an address is none.
    """
    found = []
    for one in _LINK.findall(twins):
        language, _, rest = one.strip().partition(" ")
        link = _split_link(rest)
        if language not in list_languages() or not link["address"]:
            raise UsageError(f'twins: {shown(one.strip())} is not like "ko ko/situation.html".')
        name = load_catalogue(language).say("language")
        found.append({"language": language, "address": link["address"], "title": link["label"], "name": name})
    return found


def _split_link(link: str) -> dict[str, str]:
    """Part an address from its label; the page itself has none."""
    address, _, label = link.partition(" ")
    if not _ADDRESS.fullmatch(address):
        address, label = "", link.removeprefix(" ")
    return {"address": address, "label": re.sub(r"\\(.)", r"\1", label, flags=re.DOTALL)}
