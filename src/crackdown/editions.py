"""Editions: the pages of the site, made where they are due, and written."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING

from crackdown.catalogue import list_languages
from crackdown.digests import (
    BOUNDARIES,
    TABLES,
    digest,
    digest_code,
    digest_file,
    digest_folder,
)
from crackdown.files import (
    cache_folder,
    find_folder,
    scratch_folder,
    sole_writer,
    sweep,
    write_whole,
)
from crackdown.manifest import Manifest, load_manifest, write_manifest

if TYPE_CHECKING:
    from crackdown.plan import Page, Plan
    from crackdown.workers import Outcome, Task

#: The name of the index, which no page can have; it has no PDF file.
INDEX = "index"

# Planning, papermill and pandas are imported where a page is due: a build that
# has nothing to do is over before they would be loaded.


@dataclasses.dataclass(frozen=True)
class Site:
    """Where a site is made from, and where it is written.

    Attributes
    ----------
    editions
        The file that declares the pages.
    notebooks, output
        Folders; that of the output is made if it is missing.
    elsewhere
        Parameters of every page that name other folders of tables and
        boundaries than the notebooks do.
    pdf
        Whether each page is written as a PDF file too.
    """

    editions: Path
    notebooks: Path
    output: Path
    elsewhere: dict[str, str]
    pdf: bool = False

    def name_files(self, name: str) -> list[str]:
        """Name the files of a page, the one that is linked from the other first."""
        return [f"{name}.pdf", f"{name}.html"] if self.pdf else [f"{name}.html"]

    def folder(self, name: str) -> Path:
        """Return the folder of the tables (``data``) or of the boundaries (``shapefiles``)."""
        return find_folder(self.elsewhere.get(name, name))

    def digest_shared(self) -> str:
        """Digest what every page depends on: code, tables, boundaries."""
        tables = digest_folder(self.folder("data"), TABLES)
        boundaries = digest_folder(self.folder("shapefiles"), BOUNDARIES)
        return digest([digest_code(), tables, boundaries])

    def digest_all(self, shared: str) -> str:
        """Digest everything that the site depends on."""
        declared = [digest_file(self.editions), self.elsewhere, self.pdf]
        return digest([shared, digest_folder(self.notebooks, (".ipynb",)), declared])


@dataclasses.dataclass(frozen=True)
class Built:
    """What a build did.

    Attributes
    ----------
    made, kept
        Names of pages: written, left because nothing that they are made from has changed.
    failed
        Pages not made, each with the reason; what lay there is left.
    undeclared, pruned
        Names of files from earlier builds, declared no longer: left, removed.
    """

    made: list[str]
    kept: list[str]
    failed: dict[str, str]
    undeclared: list[str]
    pruned: list[str]


class Watcher:
    """Hears how a build goes on; this one keeps quiet."""

    def wait(self) -> None:
        """Another build is writing to the same folder; this one waits for it."""

    def start(self, pages: int) -> None:
        """So many pages are about to be made."""

    def finish(self, path: Path, failure: str) -> None:
        """One page is made, or has failed for a reason."""


def build(
    site: Site,
    make: Callable[[list[Task]], Generator[Outcome]],
    *,
    force: bool = False,
    prune: bool = False,
    watcher: Watcher | None = None,
) -> Built:
    """Make the pages that are due, and the index.

    Every page is checked before the first one runs. Each is written as soon
    as it is made, the index last. A page that fails keeps no other from
    being made; what lay there of it stays, and the index leaves it out.

    Parameters
    ----------
    site
    make
        Makes pages, in any order, as `crackdown.workers.make_pages` does.
    force
        Make every page, changed or not.
    prune
        Remove pages of earlier builds that are no longer declared.
    watcher

    Raises
    ------
    UsageError, DataError
        Before anything runs.
    OSError
        If the output cannot be written to.
    """
    watcher = watcher or Watcher()
    with sole_writer(site.output, watcher.wait):
        for folder in (site.output, *(site.output / one for one in list_languages())):
            sweep(folder)
        sweep(cache_folder())
        manifest = load_manifest(site.output)
        shared = site.digest_shared()
        inputs = site.digest_all(shared)
        if force or not manifest.is_complete(site.output, inputs):
            built = _Build(site, manifest, watcher).run(make, shared, force=force)
            manifest.inputs = "" if built.failed else inputs
            write_manifest(site.output, manifest)
        else:
            kept = [name[:-5] for name in manifest.files if name.endswith(".html")]
            kept = [name for name in kept if not is_index(name)]
            built = Built([], kept, {}, manifest.undeclared, [])
        return _prune(site, manifest, built) if prune else built


@dataclasses.dataclass
class _Build:
    """One build that has something to do."""

    site: Site
    manifest: Manifest
    watcher: Watcher

    def run(self, make: Callable, shared: str, *, force: bool) -> Built:
        from crackdown.plan import place_page, plan_languages, plan_site

        output, manifest = self.site.output, self.manifest
        plan = plan_site(
            self.site.editions,
            notebooks=self.site.notebooks,
            elsewhere=self.site.elsewhere,
            pdf=self.site.pdf,
        )
        plans = plan_languages(plan)
        pages = [page for plan in plans for page in plan.pages]
        keys = {
            page.path: digest([shared, digest_file(page.notebook), page.values, self.site.pdf])
            for page in pages
        }
        indexes = {f"{place_page(INDEX, plan.language)}.html" for plan in plans}
        files = {name: self.site.name_files(name) for name in keys}
        kept = [
            name
            for name, key in keys.items()
            if not force and all(manifest.is_current(output, file, key) for file in files[name])
        ]
        declared = indexes.union(*files.values())
        earlier = {*manifest.files, *manifest.undeclared} - declared
        manifest.undeclared = sorted(name for name in earlier if (output / name).is_file())
        manifest.files = {name: made for name, made in manifest.files.items() if name not in earlier}
        manifest.inputs = ""
        write_manifest(output, manifest)
        due = [page for page in pages if page.path not in kept]
        failed = self._make(make, due, keys, indexes=len(indexes))
        made = [page.path for page in due if page.path not in failed]
        for plan in plans:
            failed |= self._write_index(plan, {*kept, *made})
        return Built(made, kept, failed, manifest.undeclared, [])

    def _make(
        self, make: Callable, due: list[Page], keys: dict[str, str], *, indexes: int
    ) -> dict[str, str]:
        """Make pages and write each; return why others failed."""
        from crackdown.workers import Task

        failed = {}
        self.watcher.start(len(due) + indexes)
        tasks = [Task(page.path, page.notebook, page.values, self.site.pdf) for page in due]
        with scratch_folder(), contextlib.closing(make(tasks)) as outcomes:
            for outcome in outcomes:
                path = _page(self.site.output, outcome.name)
                if outcome.failure:
                    failed[outcome.name] = outcome.failure
                else:
                    written = {".pdf": outcome.pdf, ".html": outcome.text}
                    for file in self.site.name_files(outcome.name):
                        self._write(file, written[Path(file).suffix], keys[outcome.name])
                self.watcher.finish(path, outcome.failure)
        return failed

    def _write(self, name: str, content: str | bytes, key: str) -> None:
        path = self.site.output / name
        write_whole(path, content)
        self.manifest.files[name] = (key, digest_file(path))
        write_manifest(self.site.output, self.manifest)

    def _write_index(self, plan: Plan, names: set[str]) -> dict[str, str]:
        """Write the index of the pages that are there; it opens with the first one declared."""
        from crackdown.plan import place_page
        from crackdown.site import write_index

        index = place_page(INDEX, plan.language)
        there = [page for page in plan.pages if page.path in names]
        if plan.pages[:1] != there[:1]:
            return {index: f"The index opens with {plan.pages[0].path}, which is not made."}
        texts = {page.name: _page(self.site.output, page.path).read_text("utf-8") for page in there}
        text = write_index(dataclasses.replace(plan, pages=there), texts)
        # It is due whenever anything is: the digest of all inputs speaks for it.
        self._write(f"{index}.html", text, "")
        self.watcher.finish(_page(self.site.output, index), "")
        return {}


def _prune(site: Site, manifest: Manifest, built: Built) -> Built:
    for name in built.undeclared:
        (site.output / name).unlink(missing_ok=True)
    manifest.undeclared = []
    write_manifest(site.output, manifest)
    return dataclasses.replace(built, undeclared=[], pruned=built.undeclared)


def is_index(name: str) -> bool:
    """Say whether a page, as named in the manifest, is the index of a language."""
    return name.rpartition("/")[2] == INDEX


def _page(folder: Path, name: str) -> Path:
    return folder / f"{name}.html"
