"""Gravest acts: executions and deaths, minors, people returned."""

from __future__ import annotations

import pandas as pd

from crackdown.counts import find_naming

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
    executed = find_naming(incidents["penalty_imposed"], ["execution"])
    return pd.DataFrame(
        {
            "deaths": executed | incidents["deaths"].notna(),
            "minors": incidents["minors"].astype(bool),
            "returnees": find_naming(incidents["targets"], ["returnees"]),
        },
        incidents.index,
    )
