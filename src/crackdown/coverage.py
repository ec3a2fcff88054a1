"""Coverage: what the archive holds of which outlet, so that counts are read right."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crackdown.clusters import PUBLISHER_HOUSES
from crackdown.counts import count_periods_by, share_inside
from crackdown.incidents import Archive
from crackdown.palette import SERIES
from crackdown.places import map_values

#: Outlets with fewer articles than this are shown together as "others".
FEWEST_ARTICLES = 15
OTHERS = "others"

#: Outlets that are shown by name at most: as many as have a colour of their own.
MOST_OUTLETS = len(SERIES) - 1


def publisher_group(publishers: pd.Series) -> pd.Series:
    """Replace each outlet by the independent group it belongs to."""
    houses = {outlet: house for outlet, house, _ in PUBLISHER_HOUSES}
    return map_values(publishers, lambda outlet: houses.get(outlet, outlet))


def main_publishers(archive: Archive) -> list[str]:
    """List the outlets with at least `FEWEST_ARTICLES` articles, largest first, up to `MOST_OUTLETS`."""
    held = archive.sources["publisher"].value_counts()
    return list(held[held >= FEWEST_ARTICLES].index[:MOST_OUTLETS])


def count_articles(
    archive: Archive,
    periods: pd.PeriodIndex,
    *,
    within: tuple[pd.Timestamp, pd.Timestamp] = (pd.Timestamp.min, pd.Timestamp.max),
) -> pd.DataFrame:
    """Count the articles held by outlet and period of publication.

    Returns
    -------
    DataFrame
        Index ``periods``, a column for each of `main_publishers` and
        ``others``. Numbers are expected counts: an article dated only by
        year or month is spread evenly over it. Articles without any date
        are in no cell; `undated_articles` counts them.
    """
    sources = archive.sources[["publisher", "published_start", "published_end"]]
    dated = sources[sources["published_start"].notna()].set_axis(
        ["publisher", "date_start", "date_end"], axis=1
    )
    main = main_publishers(archive)
    outlets = map_values(dated["publisher"], lambda name: name if name in main else OTHERS)
    counts = count_periods_by(dated, outlets, periods, within=within)
    return counts.reindex(columns=[*main, OTHERS], fill_value=0.0)


def count_articles_between(
    archive: Archive, publisher: str, start: pd.Timestamp, end: pd.Timestamp
) -> float:
    """Count a publisher group's articles that appeared between two days, as expected count."""
    sources = archive.sources
    of_group = (publisher_group(sources["publisher"]) == publisher).to_numpy()
    own = of_group & sources["published_start"].notna().to_numpy()
    dates = {"date_start": "published_start", "date_end": "published_end"}
    frame = pd.DataFrame({name: sources[column].array[own] for name, column in dates.items()})
    return float(share_inside(frame, start, end).sum())


def undated_articles(archive: Archive) -> int:
    """Count the articles whose publication date is unknown."""
    return int(archive.sources["published_start"].isna().sum())


def independent_publishers(links: pd.DataFrame) -> pd.Series:
    """Count the independent publishers behind each incident.

    Parameters
    ----------
    links
        One row per pair of incident and article, with ``incident_id`` and
        ``publisher``.

    Returns
    -------
    Series
        Index ``incident_id``; outlets of one group count once. Independent
        means different newsrooms; whether they share a source inside the
        country cannot be known.
    """
    incident, ids = pd.factorize(links["incident_id"].to_numpy(object))
    group, groups = pd.factorize(publisher_group(links["publisher"]).to_numpy(object))
    pairs = pd.unique(incident * len(groups) + group)
    counts = np.bincount(pairs // max(len(groups), 1), minlength=len(ids))
    return pd.Series(counts, pd.Index(ids, dtype="str", name="incident_id"), name="publisher")
