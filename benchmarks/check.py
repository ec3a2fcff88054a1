"""Time ``crackdown check`` against ``frictionless validate`` on the same package.

``python benchmarks/check.py [INCIDENTS]`` in the repository's root writes a
synthetic package (1,000,000 incidents unless a number is given), runs both
tools on it as whole processes and prints the ratio of their times. A smaller
package, with faults of every kind that the standard knows planted in it, shows
whether both name the same cells; what else ours finds are the rules of the
codebook that concern several cells. Exit 1 if the ratio is below the bar of 15
or frictionless names a cell that ours does not, or the other way round.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from large_tables import write_package
from processes import Run, measure

BAR = 15
DAMAGED = 20_000
TOOLS = Path(sys.executable).parent

#: Faults: table, column, what is written there, what the standard calls it.
FAULTS = (
    ("incidents", "persons_best", "many", "type"),
    ("incidents", "date_start", "2020-13-01", "type"),
    ("incidents", "is_aggregate", "maybe", "type"),
    ("incidents", "summary", "", "required"),
    ("incidents", "action", "arrset", "enum"),
    ("incidents", "offences", "smuggling;nothing", "pattern"),
    ("incidents", "deaths", "0", "minimum"),
    ("incidents", "summary", "z" * 300, "maxLength"),
    ("incidents", "pcode", "KP99", "foreign key"),
    ("incidents", "campaign_id", "k999999999", "foreign key"),
    ("sources", "url", "archive.example/1", "pattern"),
    ("sources", "language", "", "required"),
    ("incident_sources", "source_id", "s999999999", "foreign key"),
    ("amounts", "currency", "shells", "enum"),
)
#: Rows that get each fault.
ROWS = 5

#: A fault as a tool names it: file, line, column (or columns).
Named = set[tuple[str, int, str]]


def damage(folder: Path) -> None:
    """Plant faults in the tables of a package, each in rows of its own."""
    rng = np.random.default_rng(1)
    for name in ("incidents", "sources", "incident_sources", "amounts"):
        path = folder / f"{name}.csv"
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        faults = [fault for fault in FAULTS if fault[0] == name]
        rows = rng.permutation(len(frame))
        for number, (_, column, value, _) in enumerate(faults):
            frame.loc[rows[number * ROWS : (number + 1) * ROWS], column] = value
        spare = rows[len(faults) * ROWS :][: 2 * ROWS].reshape(2, ROWS)
        if name == "sources":  # an address that stands twice
            frame.loc[spare[0], "url"] = frame.loc[spare[1], "url"].to_numpy()
        if name == "incident_sources":  # a key that stands twice
            frame = pd.concat([frame, frame.loc[spare[0]]])
        frame.to_csv(path, index=False, lineterminator="\n")


def list_ours(log: Path) -> tuple[Named, int]:
    """List the cells that our check names, and count what only its own rules find."""
    named, rules = set(), 0
    for line in log.read_text("utf-8").splitlines():
        found = re.match(r"(?P<path>.*?), line (?P<line>\d+), (?P<column>[a-z_, ]+): ", line)
        if found and "breaks the rule" in line:
            rules += 1
        elif found:
            named.add((Path(found["path"]).name, int(found["line"]), found["column"]))
    return named, rules


def list_theirs(log: Path, package: Path) -> Named:
    """List the cells that frictionless names."""
    resources = json.loads((package / "datapackage.json").read_text("utf-8"))["resources"]
    keys = {one["path"]: ", ".join(one["schema"].get("primaryKey", [])) for one in resources}
    named = set()
    for task in json.loads(log.read_text("utf-8"))["tasks"]:
        for error in task["errors"]:
            columns = error.get("fieldName") or ", ".join(error.get("fieldNames", []))
            if error["type"] == "primary-key":
                columns = keys[task["place"]]
            named.add((task["place"], error["rowNumber"], columns))
    return named


def check_with_both(package: Path, folder: Path) -> tuple[Run, Run]:
    """Run both tools on a package; their output is in the folder's ``ours`` and ``theirs``."""
    ours = measure([TOOLS / "crackdown", "check", "--data", package], folder / "ours", environment={})
    command = [TOOLS / "frictionless", "validate", package / "datapackage.json", "--json"]
    return ours, measure(command, folder / "theirs", environment={})


def main(incidents: int) -> int:
    """Print how the two compare; say whether the bars hold."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_package(folder / "bad", min(DAMAGED, incidents), data=Path("data"))
        damage(folder / "bad")
        check_with_both(folder / "bad", folder)
        ours, rules = list_ours(folder / "ours")
        theirs = list_theirs(folder / "theirs", folder / "bad")
        print(f"planted faults: ours names {len(ours)} cells, frictionless {len(theirs)}, "
              f"the same: {ours == theirs}; our rules find {rules} more")
        for cell in sorted(ours ^ theirs):
            print("only", "ours" if cell in ours else "frictionless", *cell)
        write_package(folder / "good", incidents, data=Path("data"))
        mine, other = check_with_both(folder / "good", folder)
    if mine.status or other.status:
        print("the good package does not pass")
        return 1
    ratio = other.wall / mine.wall
    for tool, run in (("crackdown check", mine), ("frictionless validate", other)):
        print(f"{tool}: {run.wall:.1f} s ({run.cpu:.1f} CPU-s), {run.peak:.2f} GB")
    print(f"{incidents:,} incidents: {ratio:.1f} times faster ({other.cpu / mine.cpu:.1f} in CPU-seconds)")
    return int(ratio < BAR or ours != theirs)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
