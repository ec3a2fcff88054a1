"""What is fuzzed: bytes from anywhere are read rightly or refused with a message, and nothing else.

Each target takes bytes and raises only when the package did what it must not. They serve
hypothesis in the tests and the coverage-guided fuzzer in ``tests/fuzz.py``.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from crackdown.boundaries import SAME, convert_boundaries
from crackdown.check import check_tables
from crackdown.codebook import load_codebook
from crackdown.declaration import load_editions
from crackdown.errors import CrackdownError, DataError
from crackdown.geometry import check_geometry, load_geometry
from crackdown.incidents import load_archive
from crackdown.letters import list_odd_letters
from crackdown.parameters import VOCABULARY, Parameters, allowed_values, check_parameters

ROOT = Path(__file__).resolve().parents[1]
GOOD = ROOT / "tests/fixtures/good"
PARTS = (".shp", ".dbf", ".shx", ".prj", ".cpg")
NAMES = (*Parameters.model_fields, "strat", "")


class Targets:
    """The functions that are fuzzed, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(GOOD, folder, dirs_exist_ok=True)
        shutil.copy(ROOT / "data/datapackage.json", folder)
        self.alone = folder / "alone"
        self.alone.mkdir()
        _write_codebook_of_one(folder, self.alone)
        self.places = load_archive(folder).places
        self.shipped = load_geometry(folder / "shapefiles").counties
        self.source = folder / "boundaries/gadm/prk.shp"
        self.parts = {suffix: self.source.with_suffix(suffix).read_bytes() for suffix in PARTS}

    def read_table(self, data: bytes) -> None:
        """A table that passes is the one that Python's reader reads; any other has its message."""
        (self.alone / "timeline.csv").write_bytes(data)
        with _refusal() as refused:
            tables = check_tables(self.alone)
        if refused:
            return
        list_odd_letters(tables, load_codebook(self.alone))
        reader = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        assert tables["timeline"].to_numpy(object).tolist() == [*reader][1:]

    def read_parameters(self, data: bytes) -> None:
        """Values that pass are those that were given."""
        cells = data.decode("utf-8", "surrogateescape").split("\n")
        given = {NAMES[ord(cell[0]) % len(NAMES)]: cell[1:] for cell in cells if cell}
        values = {**given, "data": str(self.folder)}
        with _refusal() as refused:
            found = check_parameters(values)
        if refused:
            return
        codebook = load_codebook(self.folder)
        for name in VOCABULARY:
            taken = getattr(found, name)
            assert {taken} if isinstance(taken, str) else {*taken} <= {*allowed_values(name, codebook)}
        for name in ("start", "end", "split", "as_of", "since"):
            day = getattr(found, name)
            assert values.get(name, "") == ("" if day is None else day.isoformat())
        assert set(found.provinces) <= set(self.places.index)
        assert found.links == given.get("links", "")

    def read_editions(self, data: bytes) -> None:
        """A declaration that passes is plain data, as a safe reader reads it."""
        path = self.folder / "editions.yml"
        path.write_bytes(data)
        with _refusal() as refused:
            editions = load_editions(path)
        if refused:
            return
        names = [page.name for page in editions.pages]
        assert len({*names}) == len(names) and "index" not in names
        assert all("/" not in page.notebook and "." not in page.notebook for page in editions.pages)
        assert yaml.safe_load(data)["title"] == editions.title

    def read_boundaries(self, data: bytes) -> None:
        """A damaged file gives a message, or the ground of the counties as it is."""
        self._damage(data)
        with _refusal() as refused:
            converted = convert_boundaries(self.source, self.places, self.shipped)
        if refused:
            return
        counties = converted.counties.set_index("pcode").geometry
        theirs = self.shipped.geometry.reindex(counties.index)
        common = counties.intersection(theirs).area / counties.union(theirs).area
        assert (common >= SAME - 0.01).all() and len(common) == len(self.shipped)

    def read_layers(self, data: bytes) -> None:
        """Damaged layers are refused, or hold every code where it belongs."""
        folder = self.folder / "shapefiles"
        kept = {path: path.read_bytes() for path in folder.glob("counties.*")}
        try:
            self._overwrite(data, folder / "counties.shp", {path.suffix: old for path, old in kept.items()})
            with _refusal() as refused:
                geometry = load_geometry(folder)
                check_geometry(geometry, self.places)
            assert refused or geometry.counties.index.tolist() == self.shipped.index.tolist()
        finally:
            for path, content in kept.items():
                path.write_bytes(content)

    def _damage(self, data: bytes) -> None:
        self._overwrite(data, self.source, self.parts)

    def _overwrite(self, data: bytes, path: Path, parts: dict[str, bytes]) -> None:
        """Write the parts of a shapefile; each four bytes change one byte or cut a part off."""
        changed = {suffix: bytearray(content) for suffix, content in parts.items()}
        for start in range(0, len(data) - 3, 4):
            part, high, low, value = data[start : start + 4]
            content = changed[PARTS[part % len(PARTS)]]
            if not content:
                continue
            place = (256 * high + low) % len(content)
            if part >= 250:
                del content[place:]
            else:
                content[place] = value
        for suffix, content in changed.items():
            path.with_suffix(suffix).write_bytes(content)


TARGETS: dict[str, Callable[[Targets, bytes], None]] = {
    "table": Targets.read_table,
    "parameters": Targets.read_parameters,
    "editions": Targets.read_editions,
    "boundaries": Targets.read_boundaries,
    "layers": Targets.read_layers,
}


def list_seeds(name: str) -> list[bytes]:
    """List files from which a fuzzer may start."""
    bad = ROOT / "tests/fixtures/bad"
    files = {
        "table": [GOOD / "timeline.csv", *bad.glob("*/*/timeline.csv")],
        "editions": [ROOT / "reports/editions.yml", *bad.glob("editions/*/editions.yml")],
        "parameters": [],
    }.get(name, [])
    seeds = [path.read_bytes() for path in files if path.stat().st_size < 10_000]
    if name == "parameters":
        seeds = [_write_values(json.loads(path.read_text("utf-8"))) for path in bad.glob("parameters/*/*.json")]
        seeds.append(_write_values({"start": "2024-01-01", "end": "2024-12-31", "offences": "speech;religion"}))
        seeds.append(_write_values({"provinces": "KP02;North Pyongan", "publishers": "Daily NK", "links": "a"}))
    return seeds or [bytes(8)]


def _write_values(values: dict[str, str]) -> bytes:
    """Write parameters as `Targets.read_parameters` reads them."""
    known = {name: text for name, text in values.items() if name in NAMES and len(text) < 1_000}
    lines = (f"{chr(NAMES.index(name) + 4 * len(NAMES))}{text}" for name, text in known.items())
    return "\n".join(lines).encode("utf-8", "replace")


@contextlib.contextmanager
def open_targets() -> Iterator[Targets]:
    """Give the targets in a folder that goes away."""
    with tempfile.TemporaryDirectory() as folder:
        yield Targets(Path(folder))


@contextlib.contextmanager
def _refusal() -> Iterator[list[str]]:
    """Note a refusal, and hold it to what every message must be: short, with place and remedy."""
    refused: list[str] = []
    try:
        yield refused
    except CrackdownError as error:
        refused.append(str(error))
        assert 0 < len(refused[0]) < 100_000
        if isinstance(error, DataError):
            assert all(problem.file and problem.message and problem.remedy for problem in error.problems)


def _write_codebook_of_one(source: Path, folder: Path) -> None:
    """Write the codebook with the timeline as its only table, so that a check takes milliseconds."""
    package = json.loads((source / "datapackage.json").read_text("utf-8"))
    package["resources"] = [one for one in package["resources"] if one["name"] == "timeline"]
    rules = [one for one in package["rules"] if "timeline" in one["tables"]]
    package["rules"] = [{**one, "tables": ["timeline"]} for one in rules]
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
