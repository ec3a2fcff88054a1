"""Files: written whole or not at all, and results kept between runs."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import platformdirs


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all: a reader sees the old or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def keep(name: str, inputs: Any, make: Callable[[], Any]) -> Any:
    """Take a result from the cache, or make and keep it.

    The cache lies in the user's cache folder, or in the folder that the
    environment variable ``CRACKDOWN_CACHE`` names; deleting it loses time
    and nothing else.

    Parameters
    ----------
    name
        What is kept, for the file's name.
    inputs
        All that the result depends on but the package's own code, which is
        part of the key; anything JSON can hold.
    make
        Makes the result; JSON must give it back as it was.
    """
    key = hashlib.sha256(json.dumps([_code_digest(), inputs], sort_keys=True).encode()).hexdigest()
    folder = os.environ.get("CRACKDOWN_CACHE") or platformdirs.user_cache_dir("crackdown")
    path = Path(folder) / f"{name}-{key[:32]}.json"
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        # Not kept yet, or unreadable: either way it is made anew.
        result = make()
    try:
        write_whole(path, json.dumps(result))
    except OSError:
        # A folder that cannot be written to costs time, not the page.
        return result
    return result


@functools.cache
def _code_digest() -> str:
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.ftl")]):
        digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()
