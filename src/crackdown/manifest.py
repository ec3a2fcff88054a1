"""The manifest of a site: which page was made from what, so that none is made twice."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

from crackdown.digests import digest_file
from crackdown.files import write_whole

#: The manifest's name beside the pages.
NAME = "manifest.json"

_FILE = re.compile(r"([a-z]{2,3}/)?[a-z0-9-]+\.(html|pdf)")


@dataclasses.dataclass
class Manifest:
    """What the last builds of a site wrote.

    Attributes
    ----------
    inputs
        Digest of all that the whole site is made from; "" after a build
        that did not finish or could not make every page.
    files
        By name: the digest of what the page was made from, and that of the
        file written. The index is one of them.
    undeclared
        Names of files that earlier builds made and that are no longer declared.
    """

    inputs: str = ""
    files: dict[str, tuple[str, str]] = dataclasses.field(default_factory=dict)
    undeclared: list[str] = dataclasses.field(default_factory=list)

    def is_current(self, folder: Path, name: str, made_from: str) -> bool:
        """Say whether a file lies there as it was written, made from the same."""
        key, written = self.files.get(name, ("", ""))
        return key == made_from and written == digest_file(folder / name)

    def is_complete(self, folder: Path, inputs: str) -> bool:
        """Say whether the whole site lies there as it was written, made from the same."""
        return self.inputs == inputs and all(
            self.is_current(folder, name, key) for name, (key, _) in self.files.items()
        )


def load_manifest(folder: Path) -> Manifest:
    """Read the manifest of a folder; one that is missing or damaged knows of no page."""
    try:
        content = json.loads((folder / NAME).read_text("utf-8"))
        files = {name: (str(key), str(written)) for name, (key, written) in content["files"].items()}
        manifest = Manifest(str(content["inputs"]), files, [*content["undeclared"]])
        # A name leads to a file that may be removed: never out of the folder.
        names = [*manifest.files, *manifest.undeclared]
        return manifest if all(map(_FILE.fullmatch, names)) else Manifest()
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Manifest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest beside the pages, whole or not at all."""
    text = json.dumps(dataclasses.asdict(manifest), indent=1, sort_keys=True)
    write_whole(folder / NAME, text + "\n")
