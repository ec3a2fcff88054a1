"""What is new since a day."""

from __future__ import annotations

import datetime

import pytest

from crackdown.incidents import load_archive
from crackdown.news import list_news
from crackdown.parameters import Parameters
from crackdown.selection import narrow_selection
from synthetic import make_archive


@pytest.fixture(scope="module")
def real():
    return load_archive("data")


def news(archive, since):
    parameters = Parameters.model_construct(since=datetime.date.fromisoformat(since) if since else None)
    return list_news(narrow_selection(archive, parameters))


def test_newly_occurred_and_newly_reported_stand_apart(real):
    archive = make_archive(
        real,
        [
            {"day": "2020-01-05", "published": "2020-01-10"},
            {"day": "2020-01-20", "published": "2020-03-01"},
            {"day": "2020-02-20", "published": "2020-03-02"},
            {"date_start": "2020-01-25", "date_end": "2020-02-05", "published": "2020-03-03"},
        ],
    )
    new = news(archive, "2020-02-01")
    assert list(new.occurred.index) == ["i0003"]
    assert list(new.reported.index) == ["i0002", "i0004"]


def test_new_reaches_half_a_year_back_unless_told(real):
    new = news(real, None)
    assert str(new.since.date()) == "2025-08-14"
    assert len(new.occurred) == 11


def test_nothing_is_new_after_the_last_day_covered(real):
    new = news(real, "2026-02-14")
    assert new.occurred.empty and new.reported.empty
