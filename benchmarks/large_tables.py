"""Write synthetic data packages of any size, to measure how things grow.

``python benchmarks/large_tables.py FOLDER INCIDENTS`` writes a folder like
``data/`` that passes ``crackdown check``: its codebook, gazetteer and dated
events are the real ones, all else is drawn with a fixed seed and says that it
is synthetic. Shares (dates, places, figures, shared articles, cases, campaigns)
are near those of the real tables and do not change with the size. Codings by
several coders are a sample and keep the size they have in the real archive.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from worlds import INTERVAL_DAYS, INTERVAL_SHARES, SEED

#: Incidents drawn and written at once: bounds the memory. Links stay inside.
CHUNK = 50_000
FIRST_DAY, LAST_DAY = np.datetime64("2006-11-01"), np.datetime64("2026-02-14")
#: Share of the articles that each of the outlets published.
OUTLETS = np.array([440, 112, 24, 17, 9, 8, 6, 5, 4, 4, 4, 4, *[2] * 6, *[1] * 24])
#: Incidents of the sample that is coded twice.
CODED_TWICE = 160
PRECISIONS = {1: "day", 7: "week", 10: "week", 30: "month", 60: "quarter"}
PRECISIONS |= {92: "quarter", 150: "half_year", 365: "year"}

Frames = dict[str, pd.DataFrame]


class Vocabulary:
    """What the codebook and the gazetteer allow, prepared for drawing."""

    def __init__(self, data: Path) -> None:
        package = json.loads((data / "datapackage.json").read_text("utf-8"))
        self.columns = {
            resource["name"]: [field["name"] for field in resource["schema"]["fields"]]
            for resource in package["resources"]
        }
        self.values = {
            name: [entry["value"] for entry in entries]
            for name, entries in package["vocabularies"].items()
        }
        rng = np.random.default_rng(SEED)
        self.lists = {
            name: draw_lists(self.values[name], rng)
            for name in ("action", "offences", "agencies", "targets", "penalties")
        }
        places = pd.read_csv(data / "places.csv", dtype=str, keep_default_na=False)
        self.pcodes = {
            level: places.loc[places["level"] == level, "pcode"].to_numpy(object)
            for level in ("county", "province", "country")
        }


def draw_lists(values: Sequence[str], rng: np.random.Generator) -> list[str]:
    """Draw the lists of one to three values that occur, those of one first."""
    drawn = [
        ";".join(rng.choice(values, rng.integers(2, 4), replace=False)) for _ in range(8 * len(values))
    ]
    return list(dict.fromkeys([*values, *drawn]))


def falling(count: int) -> np.ndarray:
    """Give shares that fall as 1, 1/2, 1/3 and so on."""
    shares = 1 / np.arange(1, count + 1)
    return shares / shares.sum()


def pick(rng: np.random.Generator, values: Sequence[Any], count: int, shares=None) -> np.ndarray:
    """Draw values by given or falling shares."""
    values = np.asarray(values, dtype=object)
    return values[rng.choice(len(values), count, p=falling(len(values)) if shares is None else shares)]


def number(prefix: str, numbers: np.ndarray, digits: int = 7) -> np.ndarray:
    """Write identifiers; empty for negative numbers."""
    names = np.array([f"{prefix}{n:0{digits}}" for n in numbers.tolist()], dtype=object)
    names[numbers < 0] = ""
    return names


def some(rng: np.random.Generator, values: np.ndarray, share: float) -> np.ndarray:
    """Keep a share of the values and leave the other cells empty."""
    return np.where(rng.random(len(values)) < share, values, "").astype(object)


def draw_chunk(words: Vocabulary, first: int, count: int) -> Frames:
    """Draw incidents ``first`` to ``first + count`` with all that hangs on them."""
    rng = np.random.default_rng([SEED, first])
    length = rng.choice(INTERVAL_DAYS, count, p=INTERVAL_SHARES)
    begin = FIRST_DAY + np.sort(rng.integers(0, (LAST_DAY - FIRST_DAY).astype(int) - 366, count))
    end = begin + length - 1
    names = number("i", np.arange(first, first + count) + 1)
    incidents = draw_incidents(words, names, begin, length, rng)
    sources, pairs = draw_articles(words, names, first, end, rng)
    campaigns = list_campaigns(words, incidents, rng)
    priced = rng.random(count) < 0.06
    low = rng.integers(1, 100, priced.sum()) * 100
    amounts = pd.DataFrame(
        {
            "incident_id": names[priced],
            "kind": pick(rng, words.values["amount_kind"], len(low)),
            "low": low,
            "high": low * 2,
            "currency": pick(rng, words.values["currency"], len(low)),
            "unit": pick(rng, words.values["amount_unit"], len(low)),
        }
    ).reindex(columns=words.columns["amounts"])
    return {
        "incidents": incidents,
        "sources": sources,
        "incident_sources": pairs,
        "campaigns": campaigns,
        "amounts": amounts,
    }


def draw_incidents(
    words: Vocabulary,
    names: np.ndarray,
    begin: np.ndarray,
    length: np.ndarray,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Draw the rows of a chunk, in the order of their days."""
    count, lists = len(names), words.lists
    action = pick(rng, words.values["action"], count)
    place, pcode = draw_places(words, count, rng)
    figures = draw_figures(count, rng)
    imposed = some(rng, pick(rng, lists["penalties"], count), 0.3)
    term = some(rng, rng.integers(1, 15, count).astype(str).astype(object), 0.08)
    return pd.DataFrame(
        {
            "incident_id": names,
            "summary": "Synthetic incident " + names + ", drawn to measure how long it takes to "
            "read, check and count a table of this size; it stands for no act.",
            "date_start": begin,
            "date_end": begin + length - 1,
            "date_precision": [PRECISIONS[days] for days in length.tolist()],
            "date_basis": pick(rng, words.values["date_basis"], count, [0.56, 0.19, 0.25]),
            "pcode": pcode,
            "geo_precision": place,
            "locality": np.where(place == "locality", "Synthetic place of " + names, ""),
            "action": action,
            "also_actions": draw_further_acts(words, action, rng),
            "offences": pick(rng, lists["offences"], count),
            "agencies": pick(rng, lists["agencies"], count),
            "targets": pick(rng, lists["targets"], count),
            **figures,
            "sex": some(rng, pick(rng, words.values["sex"], count), 0.25),
            "minors": some(rng, np.full(count, "true", dtype=object), 0.04),
            "penalty_imposed": imposed,
            "penalty_threatened": some(rng, pick(rng, lists["penalties"], count), 0.09),
            "term_years_low": term,
            "term_years_high": term,
            "case_id": number("c", group(names, 0.09, 2.2, rng)),
            "campaign_id": number("k", group(names, 0.4, 4.0, rng)),
            "sourcing": pick(rng, words.values["sourcing"], count, SOURCING),
            "note": "Synthetic note of " + names + ".",
        }
    ).reindex(columns=words.columns["incidents"])


#: Shares of the values of `sourcing`, in the order of the codebook.
SOURCING = (0.8, 0.14, 0.01, 0.01, 0.02, 0.02)


def draw_places(
    words: Vocabulary, count: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Draw how exactly the place is known, and a place of that level."""
    shares = {"locality": 0.16, "county": 0.41, "province": 0.16, "border": 0.17, "country": 0.1}
    precision = pick(rng, list(shares), count, list(shares.values()))
    pcode = np.full(count, words.pcodes["country"][0], dtype=object)
    for known, level in (("locality", "county"), ("county", "county"), ("province", "province")):
        rows = precision == known
        pcode[rows] = pick(rng, words.pcodes[level], rows.sum())
    return precision, pcode


def draw_figures(count: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Draw figures of persons, households and deaths; totals always have one."""
    aggregate = rng.random(count) < 0.035
    best = np.ceil(rng.lognormal(0.8, 1.2, count)).astype(int)
    told = aggregate | (rng.random(count) < 0.58)
    bounded = told & (rng.random(count) < 0.86)

    def write(numbers: np.ndarray, where: np.ndarray) -> np.ndarray:
        return np.where(where, numbers.astype(str), "").astype(object)

    return {
        "persons_low": write((best + 1) // 2, told),
        "persons_best": write(best, told),
        "persons_high": write(best * 2, bounded),
        "households": write(rng.integers(1, 40, count), rng.random(count) < 0.04),
        "deaths": write(rng.integers(1, 4, count), rng.random(count) < 0.1),
        "is_aggregate": np.where(aggregate, "true", "false").astype(object),
    }


def draw_further_acts(
    words: Vocabulary, action: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Draw further acts for half of the rows, the main act never among them."""
    further = some(rng, pick(rng, words.lists["action"], len(action)), 0.53)
    repeated = [main in acts.split(";") for main, acts in zip(action, further, strict=True)]
    return np.where(repeated, "", further).astype(object)


def group(names: np.ndarray, share: float, size: float, rng: np.random.Generator) -> np.ndarray:
    """Put a share of neighbouring rows into groups of two and more; -1 for none.

    Groups are numbered by the incident that begins them, so that no other
    chunk uses the same number.
    """
    count = len(names)
    lengths = 2 + rng.geometric(1 / (size - 1), count) - 1
    gaps = rng.geometric(min(1.0, share / size / (1 - share)), count)
    starts = np.cumsum(lengths + gaps) - lengths
    kept = starts + lengths <= count
    first = int(names[0][1:])
    numbers = np.full(count, -1)
    for start, length in zip(starts[kept].tolist(), lengths[kept].tolist(), strict=True):
        numbers[start : start + length] = first + start
    return numbers


def draw_articles(
    words: Vocabulary,
    names: np.ndarray,
    first: int,
    end: np.ndarray,
    rng: np.random.Generator,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw the articles: one in four supports several incidents, one incident in three has two."""
    count = len(names)
    begins = rng.random(count) < 0.78
    begins[0] = True
    article = np.cumsum(begins) - 1
    own = np.flatnonzero(rng.random(count) < 0.36)
    incident = np.concatenate([np.arange(count), own])
    numbers = np.concatenate([article, article[-1] + 1 + np.arange(len(own))])
    total = numbers.max() + 1
    happened = np.full(total, FIRST_DAY)
    np.maximum.at(happened, numbers, end[incident])
    day = np.minimum(happened + rng.integers(0, 45, total), LAST_DAY).astype(str).astype(object)
    digits = rng.choice([10, 7, 4, 0], total, p=[0.57, 0.27, 0.09, 0.07])
    published = np.array([text[:d] for text, d in zip(day, digits.tolist(), strict=True)], object)
    # At most two articles an incident, so that no two chunks use the same number.
    ids = number("s", 2 * first + 1 + np.arange(total))
    basis = pick(rng, ["inferred", "repost", "url", "stated"], total, [0.37, 0.35, 0.22, 0.06])
    sources = pd.DataFrame(
        {
            "source_id": ids,
            "publisher": pick(
                rng, [f"Synthetic outlet {n:02}" for n in range(len(OUTLETS))], total, OUTLETS / OUTLETS.sum()
            ),
            "title": "Synthetic article " + ids,
            "url": "https://archive.example/" + ids,
            "published": published,
            "published_basis": np.where(published == "", "unknown", basis),
            "language": pick(rng, words.values["language"], total),
            "extent": pick(rng, words.values["extent"], total),
            "note": "Synthetic note of " + ids + ".",
        }
    )
    role = np.where(np.arange(len(incident)) < count, "primary", "corroborating")
    pairs = pd.DataFrame({"incident_id": names[incident], "source_id": ids[numbers], "role": role})
    return sources, pairs.sort_values("incident_id", kind="stable")


def list_campaigns(
    words: Vocabulary, incidents: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """List the campaigns that the incidents of a chunk belong to."""
    members = incidents[incidents["campaign_id"] != ""].groupby("campaign_id")
    spans = members.agg(date_start=("date_start", "min"), date_end=("date_end", "max"))
    orders = incidents[incidents["action"].isin(["order", "deployment"])]
    opening = orders.drop_duplicates("campaign_id").set_index("campaign_id")["incident_id"]
    ids = spans.index.to_numpy(object)
    return spans.reset_index().assign(
        name="Synthetic campaign " + ids,
        pcode=words.pcodes["country"][0],
        offences=pick(rng, words.lists["offences"], len(ids)),
        issuer=pick(rng, words.lists["agencies"], len(ids)),
        opening_incident=opening.reindex(ids).fillna("").to_numpy(object),
        description="Synthetic campaign.",
    ).reindex(columns=words.columns["campaigns"])


def list_codings(words: Vocabulary, chunk: Frames) -> Frames:
    """List a fixed sample of incidents as coded by two coders who agree."""
    primary = chunk["incident_sources"].query("role == 'primary'")
    sample = chunk["incidents"].head(CODED_TWICE).merge(primary, on="incident_id")
    sample["source_ids"] = sample["source_id"]
    twice = pd.concat([sample.assign(coder=f"coder_{n}") for n in (1, 2)])
    twice = twice.sort_values(["incident_id", "coder"])
    return {name: twice.reindex(columns=words.columns[name]) for name in ("double_coded", "raw_codings")}


def draw_chunks(words: Vocabulary, incidents: int) -> Iterator[Frames]:
    """Draw the tables piece by piece."""
    for first in range(0, incidents, CHUNK):
        chunk = draw_chunk(words, first, min(CHUNK, incidents - first))
        yield chunk | list_codings(words, chunk) if first == 0 else chunk


def write_package(folder: Path, incidents: int, *, data: Path) -> None:
    """Write a synthetic data package.

    Parameters
    ----------
    folder
        Made if it does not exist; tables in it are replaced.
    incidents
        How many.
    data
        The real package, for its codebook, gazetteer and dated events.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("datapackage.json", "places.csv", "timeline.csv", "corrections.csv"):
        shutil.copy(data / name, folder)
    for place, chunk in enumerate(draw_chunks(Vocabulary(data), incidents)):
        for name, frame in chunk.items():
            mode = {"mode": "a", "header": False} if place else {}
            frame.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", **mode)


if __name__ == "__main__":
    write_package(Path(sys.argv[1]), int(sys.argv[2]), data=Path("data"))
