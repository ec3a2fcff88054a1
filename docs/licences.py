"""Write the packages that the pages are made with, and their licences, into docs/licences.md.

Run in the repository's root, in the environment that ``make report`` makes: ``python
docs/licences.py``. A test fails when the list no longer says what is locked.
"""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

LOCK = Path("requirements.lock")
LIST = Path("docs/licences.md")
HEAD = """\
# Licences of what the pages are made with

Written by `python docs/licences.py` from `requirements.lock` and from what each package says of itself. \
The project ships none of them; pip installs them. A package for another system or Python is not installed \
here and has no licence in this list.

krippendorff is under the GPL, version 3 or later: whoever passes on an environment that holds it with this \
project passes on the whole under that licence. The project's own code, under the MIT licence, is not bound by it.

What the project does ship is Noto Sans KR, two weights of which lie in `src/crackdown/hangul/` and parts of which in \
Korean pages: SIL Open Font License 1.1, its text in `OFL.txt` beside them (see `fonts/README.md`).

| package | version | licence |
|---|---|---|
"""
#: What some packages say otherwise, by the name that SPDX gives it.
SPDX = {
    "APL 2": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD",
    "BSD License": "BSD",
    "GNU General Public License v3 (GPLv3)": "GPL-3.0-or-later",
    "ISC License (ISCL)": "ISC",
    "ISC license": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
}


def load_pins(lock: Path) -> dict[str, str]:
    """Read the versions of a lock, by package."""
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", lock.read_text("utf-8"), re.MULTILINE))


def name_licence(package: str) -> str:
    """Name the licence that an installed package says it has; "" if it is not installed.

    Raises
    ------
    ValueError
        If it says none.
    """
    try:
        said = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        return ""
    classifiers = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier") or [] if one.startswith("License")]
    text = said.get("License") or ""
    # A whole licence in the field, or "UNKNOWN", names nothing.
    short = [text] if 0 < len(text) < 30 and text != "UNKNOWN" else []
    for name in (said.get("License-Expression"), *classifiers, *short):
        if name:
            return SPDX.get(name, name)
    raise ValueError(f"{package} says no licence. Look it up, and see whether the project can use it.")


def write_list(pins: dict[str, str]) -> str:
    """Write the list as Markdown."""
    rows = [f"| {name} | {version} | {name_licence(name)} |\n" for name, version in sorted(pins.items())]
    return HEAD + "".join(rows)


if __name__ == "__main__":
    LIST.write_text(write_list(load_pins(LOCK)), encoding="utf-8")
