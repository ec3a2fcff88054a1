"""What stands in the margins of a printed page: its title and the id of its report."""

from __future__ import annotations

import re


def write_margins(title: str, report_id: str = "") -> str:
    r"""Write the texts that ``print.css`` puts into the margins.

    >>> write_margins("Orders; acts", "crackdown-0a")
    ':root{--running-title:"Orders\\3b  acts";--report-id:"crackdown\\2d 0a"}\n'
    """
    return f":root{{--running-title:{_quote(title)};--report-id:{_quote(report_id)}}}\n"


def _quote(text: str) -> str:
    """Quote a text of anybody's for a style sheet: only letters and digits stand as they are."""
    return '"' + re.sub(r"[^\w ]", lambda sign: f"\\{ord(sign[0]):x} ", text, flags=re.ASCII) + '"'
