"""Files: found, written whole or not at all, and results kept between runs."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import platformdirs

from crackdown.digests import digest, digest_code
from crackdown.errors import UsageError, shown

# The number of the process that writes stands in every name that is not to
# last, so that a later run can tell what a killed one has left behind.
_PART = re.compile(r"^\..+\.(\d+)-[^.]+\.part$")
_SCRATCH = re.compile(r"^crackdown-(\d+)-[^.]+$")


def find_folder(name: str) -> Path:
    """Find a folder from the repository's root or from a folder inside it.

    JupyterLab runs a notebook in the notebook's folder and papermill where
    it is called; the same relative name has to work in both.

    Raises
    ------
    UsageError
        If neither the working directory nor a folder above it has it.
    """
    wanted = Path(name)
    # An absolute path stays as it is, whatever it is joined to.
    for base in (Path(), *(Path(*[".."] * n) for n in range(1, 4))):
        if os.path.isdir(base / wanted):
            return base / wanted
    raise UsageError(f"There is no folder {shown(name)} here. Run in the repository's root.")


def check_links(folder: Path, endings: Iterable[str]) -> None:
    """Refuse files of a folder that are symbolic links to somewhere outside it.

    Whoever passes on a folder could else have files read that are none of it.

    Raises
    ------
    UsageError
        Naming the first such file.
    """
    for path in sorted(folder.iterdir() if folder.is_dir() else ()):
        if path.is_symlink() and path.suffix.lower() in endings:
            if not path.resolve().is_relative_to(folder.resolve()):
                raise UsageError(f"{path} is a link out of its folder. Put a copy in its place.")


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all: a reader sees the old or the new one.

    Raises
    ------
    OSError
        Naming the file that could not be written.
    """
    prefix = f".{path.name}.{os.getpid()}-"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=prefix, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
            os.chmod(name, 0o644)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def sweep(folder: Path) -> None:
    """Remove what killed runs left half-written in a folder, and their scratch folders."""
    for path in folder.iterdir() if folder.is_dir() else ():
        left = _PART.match(path.name)
        if left and not _lives(int(left[1])):
            path.unlink(missing_ok=True)
    for path in Path(tempfile.gettempdir()).glob("crackdown-*"):
        left = _SCRATCH.match(path.name)
        if left and not _lives(int(left[1])):
            # Another user's may resist; it is theirs to remove.
            shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a folder for what need not outlast the block, and let temporary files lie there.

    Child processes put theirs there too. What a killed run leaves of it, `sweep` removes.
    """
    before = os.environ.get("TMPDIR")
    folder = tempfile.mkdtemp(prefix=f"crackdown-{os.getpid()}-")
    tempfile.tempdir = os.environ["TMPDIR"] = folder
    try:
        yield Path(folder)
    finally:
        tempfile.tempdir = None
        os.environ.pop("TMPDIR")
        if before is not None:
            os.environ["TMPDIR"] = before
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def sole_writer(folder: Path, wait: Callable[[], None]) -> Iterator[None]:
    """Keep other runs from writing to a folder until the block ends.

    Parameters
    ----------
    folder
        Made if it is missing, and then removed if nothing is written to it.
    wait
        Called once if another run is writing there, before waiting for it.

    Notes
    -----
    A lock on the folder itself, which the system gives up however its holder
    ends, so that no file is left. Where the system has none, runs may do
    work twice, but files are whole nevertheless.
    """
    new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with _locked(folder, wait):
            yield
    finally:
        if new and not any(folder.iterdir()):
            folder.rmdir()


@contextlib.contextmanager
def _locked(folder: Path, wait: Callable[[], None]) -> Iterator[None]:
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            wait()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


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
    key = digest([digest_code(), inputs])
    path = cache_folder() / f"{name}-{key[:32]}.json"
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


def cache_folder() -> Path:
    """Return where results are kept between runs; it may not exist yet."""
    return Path(os.environ.get("CRACKDOWN_CACHE") or platformdirs.user_cache_dir("crackdown"))


def _lives(process: int) -> bool:
    # Imported here, since next to no run finds anything to ask about.
    import psutil

    return psutil.pid_exists(process)
