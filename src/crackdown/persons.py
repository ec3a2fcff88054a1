"""Counting the persons an act reached: by act, each case once, never one sum."""

from __future__ import annotations

import numpy as np
import pandas as pd

FIGURES = ["persons_low", "persons_best", "persons_high"]


def count_persons(incidents: pd.DataFrame) -> pd.DataFrame:
    """Count persons by kind of act, each case once.

    Incidents that share a ``case_id`` concern the same persons: within a
    kind of act the case counts once, with its largest figures. A person
    arrested and later tried stands in both rows; `count_overlap` gives the
    bridge to the number of distinct cases.

    Parameters
    ----------
    incidents
        Without aggregates.

    Returns
    -------
    DataFrame
        Index ``action`` by falling number of cases. Columns: ``incidents``;
        ``cases`` (distinct; an incident without a case is its own);
        ``with_figure`` and ``without_figure`` (cases); ``low``, ``best``,
        ``high`` (sums over cases with a figure, Int64; NA if no case has
        one); ``open`` (cases with a figure whose upper bound is unknown:
        ``high`` then holds their best figure and is a floor, not a bound).
    """
    cases = case_figures(incidents, by="action")
    known = cases["persons_best"].notna()
    numbers = {
        "cases": 1,
        "with_figure": known,
        "without_figure": ~known,
        "open": known & cases["open"],
        **dict(zip(("low", "best", "high"), (cases[name] for name in FIGURES), strict=True)),
    }
    # Sums of integers with gaps: of nothing but gaps it is a gap.
    table = pd.DataFrame(numbers).groupby(cases["action"]).sum(min_count=1)
    table.insert(0, "incidents", incidents["action"].value_counts())
    return table.sort_values(["cases", "incidents"], ascending=False, kind="stable")


def case_figures(incidents: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """Reduce incidents to distinct cases, with the largest figure of each.

    Parameters
    ----------
    incidents
    by
        A column (``action``) within which cases are distinct; None for
        distinct cases over all incidents.

    Returns
    -------
    DataFrame
        One row per case (and value of ``by``), the largest first: that value, ``persons_low``,
        ``persons_best``, ``persons_high`` (Int64, NA if none is given; an
        unknown high holds the best figure), ``open`` (the incident with the
        largest figure has no upper bound), ``incident_id`` (that incident).
    """
    frame = incidents[[*FIGURES, *([by] if by else [])]].assign(case=_number_cases(incidents))
    frame = frame.sort_index().reset_index(names="incident_id")
    frame["open"] = frame["persons_best"].notna() & frame["persons_high"].isna()
    frame["persons_high"] = frame["persons_high"].fillna(frame["persons_best"])
    # Where figures are equal the smallest id stands first, as in the frame.
    figures = (frame[name].fillna(-1).to_numpy(int) for name in ("persons_high", "persons_best"))
    frame = frame.iloc[np.lexsort([-figure for figure in figures])]
    case = frame["case"].to_numpy()
    first = ~pd.Series(_number_pairs(frame[by], case) if by else case).duplicated().to_numpy()
    return frame.drop(columns="case")[first]


def count_overlap(incidents: pd.DataFrame) -> dict[str, int]:
    """Reconcile the cells of `count_persons` with the number of distinct cases.

    Returns
    -------
    dict
        ``cells`` (sum of cases over kinds of act), ``overlap`` (cases
        counted again under a further kind), ``cases`` (distinct cases);
        ``cells - overlap == cases``.
    """
    case = _number_cases(incidents)
    cases = len(pd.unique(case))
    cells = len(pd.unique(_number_pairs(incidents["action"], case)))
    return {"cells": cells, "overlap": cells - cases, "cases": cases}


def _number_cases(incidents: pd.DataFrame) -> np.ndarray:
    """Number the case of each incident; one without a case is its own."""
    names = incidents["case_id"].to_numpy(object)
    cases, different = pd.factorize(names)
    return np.where(names == "", len(different) + np.arange(len(names)), cases)


def _number_pairs(texts: pd.Series, cases: np.ndarray) -> np.ndarray:
    """Give each pair of a text and a case a number of its own."""
    codes, different = pd.factorize(texts.to_numpy(object))
    return cases * len(different) + codes


def count_deaths(incidents: pd.DataFrame) -> dict[str, int]:
    """Add up reported deaths, each case once with its largest figure.

    Returns
    -------
    dict
        ``deaths``: a floor ("at least"), since deaths given as "dozens" or
        not numbered are left empty; ``cases``: how many cases it rests on.
    """
    told = incidents[incidents["deaths"].notna()]
    by_case = told["deaths"].groupby(_number_cases(told)).max()
    return {"deaths": int(by_case.sum()), "cases": len(by_case)}


def largest_reports(incidents: pd.DataFrame, count: int = 10) -> pd.DataFrame:
    """List the cases with the largest figures, since a few hold most persons.

    Returns
    -------
    DataFrame
        Index ``incident_id`` of the incident that gives the case's largest
        figure; ``persons_low``, ``persons_best``, ``persons_high``,
        ``open`` and ``share`` (of the best figures of all distinct cases).
    """
    cases = case_figures(incidents)
    known = cases[cases["persons_best"].notna()]
    share = known["persons_best"] / max(int(known["persons_best"].sum()), 1)
    ranked = known.assign(share=share.astype(float))
    # Of many cases only the largest need be put in order.
    least = ranked["persons_best"].head(count).min()
    ranked = ranked[ranked["persons_best"] >= least].sort_values(
        ["persons_best", "incident_id"], ascending=[False, True], kind="stable"
    )
    return ranked.head(count).set_index("incident_id")
