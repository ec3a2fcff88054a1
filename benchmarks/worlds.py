"""Simulated archives whose truth is known."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np
import pandas as pd

from crackdown.clusters import attribute_publishers, link_clusters, select_publisher
from crackdown.records import Record, cut_record

SEED = 20200525

#: Days of the date intervals and their frequency, as in the real table.
INTERVAL_DAYS = (1, 7, 10, 30, 60, 92, 150, 365)
INTERVAL_SHARES = (0.26, 0.08, 0.19, 0.33, 0.07, 0.03, 0.03, 0.01)


@dataclass(frozen=True)
class World:
    """What is true in a simulated archive.

    Attributes
    ----------
    means
        By outlet, the mean number of incidents reported in each period.
    dispersion
        Variance over mean of the number in a period, made by clusters.
    shares
        By outlet and property, the share in each period.
    alike
        By property, the correlation of two incidents in one cluster.
    days
        Length of a period; the periods follow each other.
    sizes
        ``series`` (logarithmic series, so that counts are negative
        binomial) or ``outbreak`` (clusters of one or of ten).
    linked
        Share of the clusters whose links the archive records.
    """

    means: dict[str, tuple[float, ...]]
    dispersion: float
    shares: dict[str, dict[str, tuple[float, ...]]] = field(default_factory=dict)
    alike: dict[str, float] = field(default_factory=dict)
    days: int = 365
    sizes: str = "series"
    linked: float = 1.0


def simulate_archive(world: World, rng: np.random.Generator) -> SimpleNamespace:
    """Draw the tables of one archive."""
    parts = [simulate_outlet(world, outlet, rng) for outlet in world.means]
    table = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
    table = table.iloc[rng.permutation(len(table))]
    ids = pd.Index([f"i{n:05d}" for n in range(len(table))], name="incident_id")
    incidents = table.drop(columns=["publisher", "article", "period"]).set_index(ids)
    links = pd.DataFrame({"incident_id": ids, "source_id": table["article"].to_numpy()})
    sources = table[["article", "publisher"]].drop_duplicates("article").set_index("article")
    period = pd.Series(table["period"].to_numpy(), ids)
    return SimpleNamespace(
        incidents=incidents, incident_sources=links, sources=sources, period=period
    )


def simulate_outlet(world: World, outlet: str, rng: np.random.Generator) -> pd.DataFrame:
    """Draw what one outlet reports."""
    means = np.array(world.means[outlet])
    counts = rng.poisson(means / mean_size(world))
    period = np.repeat(np.arange(len(means)), counts)
    sizes = draw_sizes(world, len(period), rng)
    cluster = np.repeat(np.arange(len(sizes)), sizes)
    # The days of a cluster lie within 30 days of each other and within its period.
    around = rng.uniform(0, world.days, len(sizes))[cluster] + rng.uniform(-30, 30, len(cluster))
    day = np.clip(around, 0, world.days - 1).astype(int) + period[cluster] * world.days
    length = rng.choice(INTERVAL_DAYS, len(day), p=INTERVAL_SHARES)
    start = day - (rng.random(len(day)) * length).astype(int)
    origin = np.datetime64("2018-01-01", "D")
    properties = draw_properties(world, outlet, period, cluster, rng)
    article, case, campaign = draw_links(world, outlet, sizes, rng)
    return pd.DataFrame(
        {
            "date_start": (origin + start).astype("datetime64[s]"),
            "date_end": (origin + start + length - 1).astype("datetime64[s]"),
            "offences": properties,
            "action": "arrest",
            "pcode": "KP",
            "case_id": case,
            "campaign_id": campaign,
            "publisher": outlet,
            "article": article,
            "period": period[cluster],
        }
    )


def mean_size(world: World) -> float:
    """Give the mean size of a cluster."""
    if world.dispersion == 1:
        return 1.0
    if world.sizes == "outbreak":
        return 1 + 9 * outbreaks(world)
    p = 1 - 1 / world.dispersion
    return -p / ((1 - p) * math.log(1 - p))


def outbreaks(world: World) -> float:
    """Give the share of clusters of ten that makes the dispersion."""
    return (world.dispersion - 1) / (99 - 9 * world.dispersion)


def draw_sizes(world: World, count: int, rng: np.random.Generator) -> np.ndarray:
    if world.dispersion == 1:
        return np.ones(count, dtype=int)
    if world.sizes == "outbreak":
        return np.where(rng.random(count) < outbreaks(world), 10, 1)
    return rng.logseries(1 - 1 / world.dispersion, count)


def draw_properties(
    world: World, outlet: str, period: np.ndarray, cluster: np.ndarray, rng: np.random.Generator
) -> list[tuple[str, ...]]:
    """Draw the offences of each incident, alike within clusters (beta-binomial)."""
    held = {}
    for name, shares in world.shares.get(outlet, {}).items():
        share, alike = np.array(shares)[period], world.alike[name]
        if alike == 1:
            share = (rng.random(len(share)) < share).astype(float)
        elif alike > 0:
            share = rng.beta(share * (1 - alike) / alike, (1 - share) * (1 - alike) / alike)
        held[name] = rng.random(len(cluster)) < share[cluster]
    names = list(held)
    rows = np.array(list(held.values())).T if held else np.empty((len(cluster), 0), dtype=bool)
    return [tuple(itertools.compress(names, row)) for row in rows]


def draw_links(
    world: World, outlet: str, sizes: np.ndarray, rng: np.random.Generator
) -> tuple[list[str], list[str], list[str]]:
    """Join the incidents of a cluster by an article, a case, a campaign, or a chain of two."""
    articles, cases, campaigns = [], [], []
    kinds = rng.choice(["article", "case", "campaign", "chain"], len(sizes), p=[0.4, 0.1, 0.3, 0.2])
    recorded = rng.random(len(sizes)) < world.linked
    for number, (size, kind, known) in enumerate(zip(sizes, kinds, recorded, strict=True)):
        own = [f"{outlet} s{number}.{member}" for member in range(size)]
        shared, none = [f"{outlet} {number}"] * size, [""] * size
        if not known or size == 1:
            kind = "nothing"
        if kind == "chain":
            own[1] = own[0]
            none = ["", *shared[1:]]
        articles += shared if kind == "article" else own
        cases += shared if kind == "case" else [""] * size
        campaigns += shared if kind == "campaign" else none
    return articles, cases, campaigns


class Reading:
    """One archive, read as a report reads it."""

    def __init__(self, world: World, seed: tuple[int, ...]) -> None:
        self.world = world
        archive = simulate_archive(world, np.random.default_rng([SEED, *seed]))
        self.incidents = archive.incidents
        self.clusters = link_clusters(archive)
        attribution = attribute_publishers(archive)
        self.reported = {
            outlet: select_publisher(archive.incidents, attribution, outlet)
            for outlet in world.means
        }

        self.true_period = archive.period

    def record(self, outlet: str, after: int, *, alone: bool = False) -> Record:
        """Cut the outlet's record at period 0 and another, as if these were all if alone."""
        incidents = self.reported[outlet]
        if alone:
            incidents = incidents[self.true_period[incidents.index].isin([0, after]).to_numpy()]
        before, later = self.period(0), self.period(after)
        return cut_record(incidents, self.clusters, before, later, publisher=outlet)

    def period(self, number: int) -> tuple[pd.Timestamp, pd.Timestamp]:
        start = pd.Timestamp("2018-01-01") + pd.Timedelta(days=number * self.world.days)
        return start, start + pd.Timedelta(days=self.world.days - 1)

    def holds(self, name: str) -> pd.Series:
        """Say which incidents have a property."""
        offences = self.incidents["offences"]
        return pd.Series([name in named for named in offences], offences.index, name=name)
