"""Evidence: source, date and place judged apart, each adding up to the selection."""

import pandas as pd
import pytest

from crackdown.evidence import (
    DATE_GRADES,
    FIRM_GRADES,
    SOURCE_GRADES,
    count_grades,
    grade_sources,
    publication_lag,
)


@pytest.fixture
def incidents():
    return pd.DataFrame(
        {
            "sourcing": [
                "single_anonymous", "multiple_anonymous", "official", "unspecified",
                "single_anonymous", "single_anonymous",
            ]
        },
        index=[f"i{number}" for number in range(1, 7)],
    )


def links(*pairs):
    return pd.DataFrame(pairs, columns=["incident_id", "publisher"])


def test_the_grade_follows_from_what_the_publisher_says_of_its_sources(incidents):
    one_each = links(*[(incident, "Daily NK") for incident in incidents.index])
    assert grade_sources(incidents, one_each).to_list() == [
        "single source", "several sources", "documented", "not told", "single source",
        "single source",
    ]


def test_two_independent_publishers_corroborate_and_two_editions_of_one_do_not(incidents):
    pairs = [(incident, "Daily NK") for incident in incidents.index]
    pairs += [("i5", "Radio Free Asia"), ("i6", "Daily NK Japan")]
    grades = grade_sources(incidents, links(*pairs))
    assert grades["i5"] == "corroborated"
    assert grades["i6"] == "single source"


def test_an_incident_is_firmly_sourced_if_documented_or_reported_by_two_publishers():
    incidents = pd.DataFrame(
        {"sourcing": ["official", "single_anonymous", "multiple_anonymous"]}, ["i1", "i2", "i3"]
    )
    pairs = [("i1", "KCNA"), ("i2", "Daily NK"), ("i2", "Asiapress"), ("i3", "Daily NK")]
    firm = grade_sources(incidents, links(*pairs)).isin(FIRM_GRADES)
    assert firm.to_dict() == {"i1": True, "i2": True, "i3": False}


def test_every_sourcing_of_the_codebook_has_a_grade(archive):
    values = list(archive.codebook.labels("incidents", "sourcing"))
    frame = pd.DataFrame({"sourcing": values}, index=values)
    grades = grade_sources(frame, links(*[(value, "Daily NK") for value in values]))
    assert grades.notna().all()
    assert set(archive.codebook.labels("incidents", "date_precision")) == set(DATE_GRADES)


@pytest.mark.parametrize(
    "values", [{}, {"provinces": "KP02"}, {"start": "1990-01-01", "end": "1990-12-31"}]
)
def test_each_judgement_adds_up_to_the_selection(choose, values):
    chosen = choose(**values)
    grades = count_grades(chosen.incidents, chosen.grades)
    assert set(grades) == {"source", "date", "place"}
    for counts in grades.values():
        assert counts.sum() == len(chosen.incidents)
    assert list(grades["source"].index) == list(SOURCE_GRADES)
    assert list(grades["date"].index) == list(DATE_GRADES)


def test_corroborated_incidents_of_the_real_tables_have_two_publishers(selection):
    grades = grade_sources(selection.incidents, selection.links)
    outlets = selection.links.groupby("incident_id")["publisher"].nunique()
    assert (outlets[grades.index[grades == "corroborated"]] >= 2).all()


def test_the_lag_is_from_a_stated_day_to_the_first_article_dated_to_the_day():
    days = pd.to_datetime(["2024-03-01", "2024-03-01", "2024-03-01", "2024-03-01"])
    incidents = pd.DataFrame(
        {
            "date_start": days,
            "date_end": pd.to_datetime(["2024-03-01", "2024-03-02", "2024-03-01", "2024-03-01"]),
            "date_basis": ["stated", "stated", "publication", "stated"],
        },
        index=["i1", "i2", "i3", "i4"],
    )
    articles = pd.DataFrame(
        [
            ("i1", "2024-03-20", "2024-03-20"),
            ("i1", "2024-03-11", "2024-03-11"),
            ("i1", "2024-03-01", "2024-03-31"),  # known to the month only
            ("i2", "2024-03-11", "2024-03-11"),  # the act took two days
            ("i3", "2024-03-11", "2024-03-11"),  # dated from its publication
            ("i4", "2024-03-01", "2024-03-31"),
        ],
        columns=["incident_id", "published_start", "published_end"],
    )
    for column in ("published_start", "published_end"):
        articles[column] = pd.to_datetime(articles[column])
    lag = publication_lag(incidents, articles)
    assert lag["lag_days"].to_dict() == {"i1": 10}


def test_no_lag_of_the_real_tables_is_negative(selection):
    lag = publication_lag(selection.incidents, selection.links)["lag_days"]
    assert len(lag) > 0
    assert (lag >= 0).all()
