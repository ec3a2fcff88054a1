"""Gravest acts: executions and deaths, minors, people returned."""

from __future__ import annotations

import numpy as np
import pandas as pd

#: Groups of gravest acts: code and name of the heading.
GROUPS = {
    "deaths": "gravest-deaths",
    "minors": "gravest-minors",
    "returnees": "gravest-returnees",
}


def mark_gravest(incidents: pd.DataFrame) -> pd.DataFrame:
    """Say of each incident in which groups of `GROUPS` it stands.

    An act may stand in more than one group. A death sentence that is not
    known to be carried out stands among deaths.

    Returns
    -------
    DataFrame of bool
        Index as ``incidents``, a column for each group.
    """
    executed = _names(incidents["penalty_imposed"], "execution")
    return pd.DataFrame(
        {
            "deaths": executed | incidents["deaths"].notna(),
            "minors": incidents["minors"].astype(bool),
            "returnees": _names(incidents["targets"], "returnees"),
        },
        incidents.index,
    )


def _names(lists: pd.Series, value: str) -> np.ndarray:
    return np.array([value in values for values in lists], bool)
