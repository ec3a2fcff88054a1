"""Links from a page to the index and to the pages beside it."""

from __future__ import annotations

import re
from typing import Any

from crackdown.errors import UsageError


def list_links(links: str) -> dict[str, Any] | None:
    """Part the links of a page: to the index, to its group, to the pages beside it.

    Parameters
    ----------
    links
        Address and label of each page, separated by ``;``: the index, the
        group in the index, then the pages of the group in order. The page
        itself stands among them without an address.

    Returns
    -------
    dict
        ``index`` and ``group``, each with ``address`` and ``label``, and
        the list ``pages`` of such; None for no links.

    Raises
    ------
    UsageError
        If there are fewer than two, which are the index and the group.
    """
    if not links:
        return None
    split = [_split_link(one) for one in links.split(";")]
    if len(split) < 2:
        raise UsageError('links: give the index and the group first: "index.html All;index.html#a A".')
    index, group, *pages = split
    return {"index": index, "group": group, "pages": pages}


def _split_link(link: str) -> dict[str, str]:
    """Part an address from its label; the page itself has none."""
    address, _, label = link.partition(" ")
    if re.search(r"\.html(#[\w-]+)?$", address):
        return {"address": address, "label": label}
    return {"address": "", "label": link}
