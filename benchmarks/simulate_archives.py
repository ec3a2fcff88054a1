"""Compare simulated archives whose truth is known, and hold the figures against the bars.

    PYTHONPATH=src python benchmarks/simulate_archives.py [--archives 1000] [--jobs 2]

Every setting is 1,000 archives, each with its own fixed seed. An archive has the tables of the
real one that comparing needs and goes through the same public functions as a report. The tables
are printed as Markdown; exit status 1 if a bar fails.
"""

from __future__ import annotations

import argparse
import itertools
import math
import multiprocessing
import sys
import time
from collections import defaultdict

import numpy as np
from worlds import Reading, World

from crackdown.claims import agree, settle
from crackdown.comparisons import Comparison, compare_rates, compare_shares
from crackdown.intervals import limit_difference, limit_proportion
from crackdown.records import Record

MEANS = (3, 5, 10, 20, 40)
DISPERSIONS = (1, 1.5, 2, 3, 4)
RATIOS = (1, 2, 0.5, 4)
#: Share in the first and the second period; correlations of incidents in one cluster.
SHARES = {
    "same": (0.3, 0.3, (0.0, 1.0)),
    "rare": (0.1, 0.1, (0.3,)),
    "shift": (0.2, 0.5, (0.3, 1.0)),
}
#: Shares that are also compared when the archive holds nothing but the two periods.
ALONE = ("same 1", "shift 0.3")
LEAST_COVERAGE, MOST_FALSE = 0.94, 0.06
CHUNK = 125
RESAMPLES = 400

#: Shares of the offences on a simulated page, about those of the real table.
OFFENCES = (0.27, 0.26, 0.24, 0.20, 0.17, 0.15, 0.10, 0.10, 0.09, 0.08, 0.04, 0.03, 0.03, 0.02)
SAID = {
    *("more_reported", "fewer_reported", "larger_share", "smaller_share", "too_few"),
    *("larger_share_in_every_publisher", "smaller_share_in_every_publisher"),
    *("no_clear_difference", "publishers_differ"),
}


def grid_world(mean: float, dispersion: float, ratios: tuple[float, ...], **more) -> World:
    """Give one outlet whose first period is compared with the others."""
    shares = {
        f"{kind} {alike:g}": (first, second, *(first,) * (len(ratios) - 1))
        for kind, (first, second, alikes) in SHARES.items()
        for alike in alikes
        if dispersion > 1 or alike == alikes[0]
    }
    return World(
        means={"A": (mean, *(mean * ratio for ratio in ratios))},
        dispersion=dispersion,
        shares={"A": shares},
        alike={name: float(name.split()[1]) for name in shares},
        **more,
    )


def read_grid(world: World, seed: tuple[int, ...], boot: bool) -> dict[str, tuple]:
    """Compare the periods of one archive; give for each comparison what is scored."""
    reading = Reading(world, seed)
    means = world.means["A"]
    scores = {}
    for number, mean in enumerate(means[1:], start=1):
        record, truth = reading.record("A", number), mean / means[0]
        scores[f"rate {truth:g}"] = score_rates(record, truth, world)
        if number > 1:
            continue
        if boot:
            limits = bootstrap(record, reading, np.random.default_rng(seed))
            scores["bootstrap"] = (limits[0] <= truth <= limits[1], False, 0.0, 0.0)
        scores |= score_shares(record, reading, list(world.alike))
    alone = reading.record("A", 1, alone=True)
    scores["rate alone"] = score_rates(alone, means[1] / means[0], world)
    shares = score_shares(alone, reading, [name for name in ALONE if name in world.alike])
    return scores | {f"{name} alone": value for name, value in shares.items()}


def score_rates(record: Record, truth: float, world: World) -> tuple:
    """Score a ratio of rates."""
    result = compare_rates(record)
    return score(result, truth, 1.0, oracle_rates(result, world.dispersion))


def score_shares(record: Record, reading: Reading, names: list[str]) -> dict[str, tuple]:
    """Score the differences of shares."""
    world, scores = reading.world, {}
    for name in names:
        shares = world.shares["A"][name]
        result = compare_shares(record, reading.holds(name))
        oracle = oracle_shares(result, 1 + world.alike[name] * (world.dispersion - 1))
        scores[name] = score(result, shares[1] - shares[0], 0.0, oracle)
    return scores


def score(result: Comparison, truth: float, null: float, oracle: tuple[float, float]) -> tuple:
    """Say whether the truth is covered, a difference called, and how wide the intervals are."""
    covered = result.low <= truth <= result.high
    called = not result.low <= null <= result.high
    widths = [width(result.kind, *limits) for limits in ((result.low, result.high), oracle)]
    return (covered, called, *widths)


def width(kind: str, low: float, high: float) -> float:
    """Give the width, for rates on the logarithmic scale."""
    if kind == "share":
        return high - low
    return math.log(high / low) if 0 < low and high < math.inf else math.inf


def oracle_rates(result: Comparison, dispersion: float) -> tuple[float, float]:
    """Give the limits of one who knows the dispersion."""
    low, high = limit_proportion(result.cells[1], sum(result.cells), dispersion, 0.05)
    return low / (1 - low), high / (1 - high) if high < 1 else math.inf


def oracle_shares(result: Comparison, effect: float) -> tuple[float, float]:
    """Give the limits of one who knows the design effect."""
    if not all(result.cells):
        return -1.0, 1.0
    shares = tuple(h / c for h, c in zip(result.holders, result.cells, strict=True))
    sides = [
        limit_proportion(h, c, effect, 0.05)
        for h, c in zip(result.holders, result.cells, strict=True)
    ]
    return limit_difference(shares, *sides)


def bootstrap(record: Record, reading: Reading, rng: np.random.Generator) -> np.ndarray:
    """Resample clusters, redraw dates, take percentiles: the method that was not chosen."""
    codes = np.unique(reading.clusters.loc[record.incident_ids], return_inverse=True)[1]
    count = codes.max(initial=-1) + 1
    if not count:
        return np.array([0.0, math.inf])
    times = rng.multinomial(count, np.full(count, 1 / count), size=RESAMPLES)[:, codes]
    drawn = rng.random(times.shape)
    before = (times * (drawn < record.weights[0])).sum(axis=1)
    inside = (times * (drawn < record.weights[:2].sum(axis=0))).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.nan_to_num((inside - before) / before, nan=1.0, posinf=1e9)
    return np.percentile(ratios, [2.5, 97.5])


PAGES = {
    # means before and after of two outlets; share of the first offence before and after.
    "nothing changed": (((40, 40), (15, 15)), ((0.27, 0.27), (0.27, 0.27))),
    "coverage of one outlet doubled": (((40, 40), (15, 30)), ((0.27, 0.27), (0.27, 0.27))),
    "coverage of both outlets doubled": (((20, 40), (8, 16)), ((0.27, 0.27), (0.27, 0.27))),
    "one outlet writes more of one offence": (((40, 40), (30, 30)), ((0.27, 0.27), (0.2, 0.7))),
    "one offence rises from 15 to 45 %": (((60, 60), (30, 30)), ((0.15, 0.45), (0.15, 0.45))),
}


def page_world(page: str) -> World:
    """Give two outlets, six periods of which the first two are compared."""
    means, first = PAGES[page]
    names = [f"offence {n}" for n in range(len(OFFENCES))]
    shares = {}
    for outlet, (before, after) in zip("AB", first, strict=True):
        rest = {name: (share,) * 6 for name, share in zip(names[1:], OFFENCES[1:], strict=True)}
        shares[outlet] = {names[0]: (before, after, *(before,) * 4), **rest}
    return World(
        means={o: (*pair, *(pair[0],) * 4) for o, pair in zip("AB", means, strict=True)},
        dispersion=2,
        shares=shares,
        alike=dict.fromkeys(names, 0.3),
    )


def read_page(page: str, seed: tuple[int, ...]) -> dict[str, tuple]:
    """Write one simulated page: rates of two outlets, fourteen offences."""
    world = page_world(page)
    reading = Reading(world, seed)
    records = [reading.record(outlet, 1) for outlet in world.means]
    rates = settle([compare_rates(record) for record in records])
    shifts = {}
    for name in world.alike:
        holds = reading.holds(name)
        shifts[name] = [compare_shares(record, holds) for record in records]
    agreed = {name: agreement.verdict for name, agreement in agree(shifts).items()}
    every = {name: verdict for name, verdict in agreed.items() if "every" in verdict}
    single = [c for pair in shifts.values() for c in pair]
    said = {*agreed.values(), *(c.verdict for c in [*rates, *single])}
    return {
        "shift claimed": (bool(every),),
        "of offence 0": ("offence 0" in every,),
        "publishers differ": ("publishers_differ" in agreed.values(),),
        "A more or fewer reported": (rates[0].verdict in ("more_reported", "fewer_reported"),),
        "B more or fewer reported": (rates[1].verdict in ("more_reported", "fewer_reported"),),
        "one interval of 28 excludes 0": (any(c.verdict.endswith("share") for c in single),),
        "said beyond the list": (bool(said - SAID),),
    }


def settings() -> dict[tuple, tuple]:
    """List all settings: for each name, the reader and its arguments."""
    found = {}
    for mean, dispersion in itertools.product(MEANS, DISPERSIONS):
        boot = mean in (3, 10, 40) and dispersion in (1, 2, 4)
        found["grid", mean, dispersion] = (grid_world(mean, dispersion, RATIOS), boot)
    for mean, dispersion in ((5, 4), (20, 2)):
        found["outbreaks of ten", mean, dispersion] = (
            grid_world(mean, dispersion, RATIOS, sizes="outbreak"),
            False,
        )
        found["half of the links unknown", mean, dispersion] = (
            grid_world(mean, dispersion, RATIOS, linked=0.5),
            False,
        )
        found["quarters", mean, dispersion] = (
            grid_world(mean, dispersion, RATIOS, days=91),
            False,
        )
    found["power", 20, 1.7] = (grid_world(20, 1.7, (3, 1, 1, 1)), False)
    found.update({("page", page): (page,) for page in PAGES})
    return found


def run_chunk(task: tuple[int, tuple, tuple, range]) -> tuple[tuple, dict[str, list]]:
    """Read some archives of one setting."""
    number, name, arguments, archives = task
    scores = defaultdict(list)
    for archive in archives:
        if name[0] == "page":
            read = read_page(*arguments, (number, archive))
        else:
            read = read_grid(arguments[0], (number, archive), arguments[1])
        for key, value in read.items():
            scores[key].append(value)
    return name, scores


def run_all(archives: int, jobs: int) -> dict[tuple, dict[str, np.ndarray]]:
    """Read all archives of all settings, in any order, and collect the scores."""
    tasks = [
        (number, name, arguments, range(first, min(first + CHUNK, archives)))
        for number, (name, arguments) in enumerate(settings().items())
        for first in range(0, archives, CHUNK)
    ]
    tasks.sort(key=lambda task: -task[1][1] if task[1][0] != "page" else -math.inf)
    collected = defaultdict(lambda: defaultdict(list))
    with multiprocessing.Pool(jobs) as pool:
        for name, scores in pool.imap_unordered(run_chunk, tasks):
            for key, values in scores.items():
                collected[name][key] += values
    return {n: {k: np.array(v, float) for k, v in s.items()} for n, s in collected.items()}


def table_grid(scores: dict, name: str, column: int) -> list[str]:
    """Lay out one figure of one comparison: rows by mean count, columns by dispersion."""
    lines = [
        f"| {name} | " + " | ".join(f"D {d}" for d in DISPERSIONS) + " |",
        "|---|" + "---|" * len(DISPERSIONS),
    ]
    for mean in MEANS:
        cells = []
        for dispersion in DISPERSIONS:
            values = scores["grid", mean, dispersion].get(name)
            if values is None:
                cells.append("")
            elif column < 2:
                cells.append(f"{values[:, column].mean():.3f}")
            else:
                with np.errstate(invalid="ignore"):
                    wide = np.median(values[:, 2]) / np.median(values[:, 3])
                cells.append(f"{wide:.2f}" if math.isfinite(wide) else "open")
        lines.append(f"| mean {mean} | " + " | ".join(cells) + " |")
    return [*lines, ""]


def table_others(scores: dict) -> list[str]:
    """Lay out the settings beyond the assumptions, the power and the pages."""
    lines = ["| setting | comparison | covers | calls a difference |", "|---|---|---|---|"]
    for name, read in scores.items():
        if name[0] in ("grid", "page"):
            continue
        for key, values in read.items():
            covered, called = values[:, 0].mean(), values[:, 1].mean()
            setting = f"{name[0]}, mean {name[1]}, D {name[2]}"
            lines.append(f"| {setting} | {key} | {covered:.3f} | {called:.3f} |")
    pages = {name[1]: read for name, read in scores.items() if name[0] == "page"}
    heads = list(next(iter(pages.values())))
    lines += ["", "| page | " + " | ".join(heads) + " |", "|---|" + "---|" * len(heads)]
    for page in PAGES:
        cells = [f"{pages[page][head].mean():.3f}" for head in heads]
        lines.append(f"| {page} | " + " | ".join(cells) + " |")
    return [*lines, ""]


def check_bars(scores: dict) -> list[tuple[bool, str]]:
    """Hold the figures against the bars."""
    cells = {
        (name, key): values
        for name, read in scores.items()
        if name[0] == "grid"
        for key, values in read.items()
        if key != "bootstrap"
    }
    coverage = {cell: values[:, 0].mean() for cell, values in cells.items()}
    false = {
        cell: values[:, 1].mean()
        for cell, values in cells.items()
        if cell[1].startswith(("rate 1", "rate alone", "same", "rare"))
    }
    least, most = min(coverage, key=coverage.get), max(false, key=false.get)
    pages = {name[1]: read for name, read in scores.items() if name[0] == "page"}
    still = [page for page in PAGES if "rises" not in page]
    claims = {page: pages[page]["shift claimed"].mean() for page in still}
    rates = pages["nothing changed"]
    any_rate = max(rates[f"{o} more or fewer reported"].mean() for o in "AB")
    beyond = sum(read["said beyond the list"].sum() for read in pages.values())
    worst = max(claims, key=claims.get)
    return [
        (
            coverage[least] >= LEAST_COVERAGE,
            f"coverage: {len(coverage)} cells, least {coverage[least]:.3f} at {least}",
        ),
        (
            false[most] <= MOST_FALSE,
            f"false differences: {len(false)} cells, most {false[most]:.3f} at {most}",
        ),
        (
            claims[worst] <= MOST_FALSE,
            f"pages with a shift claimed where there is none: most {claims[worst]:.3f}, {worst}",
        ),
        (any_rate <= MOST_FALSE, f"pages with a rate called falsely: {any_rate:.3f}"),
        (not beyond, f"verdicts that are not on the list: {beyond:.0f}"),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--archives", type=int, default=1000, help="archives per setting")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    options = parser.parse_args()
    begun = time.monotonic()
    scores = run_all(options.archives, options.jobs)
    keys = list(scores["grid", MEANS[0], DISPERSIONS[-1]])
    print("## Coverage\n")
    for key in sorted({*keys, "bootstrap"}):
        print("\n".join(table_grid(scores, key, 0)))
    print("## Differences called where there is none\n")
    for key in keys:
        if key.startswith(("rate 1", "rate alone", "same", "rare")):
            print("\n".join(table_grid(scores, key, 1)))
    print("## Median width over that of an interval that knows the dispersion\n")
    for key in keys:
        if key != "bootstrap":
            print("\n".join(table_grid(scores, key, 2)))
    print("## Beyond the assumptions, power, pages\n")
    print("\n".join(table_others(scores)))
    bars = check_bars(scores)
    for passed, text in bars:
        print("pass" if passed else "FAIL", text)
    print(f"{options.archives} archives a setting, {time.monotonic() - begun:.0f} s")
    return 0 if all(passed for passed, _ in bars) else 1


if __name__ == "__main__":
    sys.exit(main())
