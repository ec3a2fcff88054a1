"""Digests: what a page depends on, in short, so that nothing is made twice.

Contents count and times do not: a fresh clone has new times everywhere.
"""

from __future__ import annotations

import functools
import hashlib
import json
import platform
import re
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

#: Endings of what is read of the folders of tables and of boundaries.
TABLES = (".csv", ".json")
BOUNDARIES = (".cpg", ".dbf", ".prj", ".shp", ".shx", ".txt")


def digest(content: Any) -> str:
    """Digest anything that JSON can hold; the order of keys does not count."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def digest_file(path: Path) -> str:
    """Digest one file; a missing one has the digest ""."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def digest_folder(folder: Path, endings: Iterable[str]) -> dict[str, str]:
    """Digest the files of a folder with certain endings, in small or capital letters, by name and in order.

    A missing folder is like an empty one.
    """
    files = folder.iterdir() if folder.is_dir() else ()
    names = sorted(path.name for path in files if path.suffix.lower() in endings)
    return {name: digest_file(folder / name) for name in names}


@functools.cache
def digest_package() -> str:
    """Digest the package with its templates and texts, the same on every machine."""
    folder = Path(__file__).parent
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return digest({path.relative_to(folder).as_posix(): digest_file(path) for path in sorted(files)})


@functools.cache
def digest_code() -> str:
    """Digest the package, and the versions of what it stands on."""
    required = (re.match(r"[\w.-]+", line)[0] for line in _requirements())
    versions = {name: metadata.version(name) for name in required}
    return digest([digest_package(), versions, platform.python_version()])


def _requirements() -> list[str]:
    return [line for line in metadata.requires("crackdown") or () if "extra ==" not in line]
