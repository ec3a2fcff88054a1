"""Evidence: how sure an incident is, as separate judgements of source, date and place."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crackdown.coverage import independent_publishers

#: From the strongest to the weakest; the catalogue says what each means.
SOURCE_GRADES = ("corroborated", "documented", "several sources", "single source", "not told")

DATE_GRADES = ("day", "week", "month", "quarter", "half_year", "year", "years")

#: Grades that rest on more than the anonymous sources of one publisher.
FIRM_GRADES = ("corroborated", "documented")

_GRADE_OF_SOURCING = {
    "official": "documented",
    "documentary": "documented",
    "testimony": "documented",
    "multiple_anonymous": "several sources",
    "single_anonymous": "single source",
    "unspecified": "not told",
}


def grade_sources(incidents: pd.DataFrame, links: pd.DataFrame) -> pd.Series:
    """Grade the sources of each incident.

    Parameters
    ----------
    incidents
        With ``sourcing``.
    links
        Pairs of incident and article, with ``incident_id``, ``publisher``.

    Returns
    -------
    Series
        Ordered categorical, the categories of `SOURCE_GRADES`. The grade
        says what kind of sources there are, not how probable the act is.
    """
    independent = independent_publishers(links)
    several = incidents.index.isin(independent.index[(independent > 1).to_numpy()])
    grades = list(SOURCE_GRADES)
    codes, named = pd.factorize(incidents["sourcing"].to_numpy(object))
    of_sourcing = np.array([grades.index(_GRADE_OF_SOURCING[name]) for name in named], int)
    codes = np.where(several, grades.index("corroborated"), of_sourcing[codes])
    return pd.Series(pd.Categorical.from_codes(codes, grades, ordered=True), incidents.index)


def publication_lag(incidents: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Measure the days from act to first publication, for stated days only.

    Parameters
    ----------
    incidents
        With ``date_start``, ``date_end``, ``date_basis``.
    links
        Pairs with ``incident_id``, ``published_start``, ``published_end``.

    Returns
    -------
    DataFrame
        Index: incidents with a stated day of the act and an article dated
        to the day; ``lag_days`` from the act to the first such article.
        Incidents dated from the publication itself are left out, because
        their lag is an assumption of the coding.
    """
    stated = incidents.loc[
        (incidents["date_basis"] == "stated") & (incidents["date_start"] == incidents["date_end"]),
        ["date_start"],
    ]
    exact = links[(links["published_start"] == links["published_end"]).to_numpy()]
    # By number, since a text is dear to group by; -1 is that of all other incidents.
    row = stated.index.get_indexer(exact["incident_id"])
    first = exact["published_start"].groupby(row).min().reindex(np.arange(len(stated)))
    lag = (first.set_axis(stated.index) - stated["date_start"]).dt.days.dropna()
    return pd.DataFrame({"lag_days": lag[lag >= 0].astype(int)})


def count_grades(incidents: pd.DataFrame, sources: pd.Series) -> dict[str, pd.Series]:
    """Count incidents by grade of source, as `grade_sources` gives it, date and place, each summing to all."""
    order = ["locality", "county", "province", "border", "country"]
    return {
        "source": sources.value_counts(sort=False),
        "date": incidents["date_precision"].value_counts().reindex(DATE_GRADES, fill_value=0),
        "place": incidents["geo_precision"].value_counts().reindex(order, fill_value=0),
    }
