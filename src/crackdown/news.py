"""What is new since a day: acts that happened since, and earlier acts reported since."""

from __future__ import annotations

import dataclasses

import pandas as pd

from crackdown.incidents import first_known
from crackdown.selection import Selection

#: How far back "new" reaches when the reader does not say.
RECENT = pd.DateOffset(months=6)


@dataclasses.dataclass(frozen=True)
class News:
    """Incidents of a selection that became known after a day.

    Attributes
    ----------
    since
        The day.
    occurred
        Newly occurred: the whole date interval lies after the day.
    reported
        Newly coded: first surely known after the day, of an act that
        happened, or may have happened, by then.
    """

    since: pd.Timestamp
    occurred: pd.DataFrame
    reported: pd.DataFrame


def list_news(selection: Selection) -> News:
    """Part the incidents that became known after ``since`` by when they happened."""
    given = selection.parameters.since
    since = pd.Timestamp(given) if given else selection.last_covered - RECENT
    frame = selection.incidents
    known = first_known(selection.archive).reindex(frame.index)
    new, after = known > since, frame["date_start"] > since
    return News(since, frame[new & after], frame[new & ~after])
