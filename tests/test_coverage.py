"""Coverage: what the archive holds of which outlet."""

import dataclasses

import pandas as pd
import pytest

from crackdown.coverage import (
    FEWEST_ARTICLES,
    count_articles,
    independent_publishers,
    main_publishers,
    publisher_group,
)


@pytest.fixture
def few(archive):
    """Twenty articles of one outlet and three of two others; one is not dated."""
    starts = ["2024-03-05"] * 18 + ["2024-01-01", None, "2024-03-31", "2023-07-01", "2024-04-01"]
    ends = ["2024-03-05"] * 18 + ["2024-12-31", None, "2024-03-31", "2023-07-31", "2024-04-30"]
    sources = pd.DataFrame(
        {
            "publisher": ["Daily NK"] * 20 + ["Asiapress"] * 2 + ["KCNA"],
            "published_start": pd.to_datetime(pd.Series(starts)),
            "published_end": pd.to_datetime(pd.Series(ends)),
        }
    )
    return dataclasses.replace(archive, sources=sources)


def test_an_edition_of_an_outlet_is_no_further_publisher():
    outlets = pd.Series(["Daily NK", "Daily NK Japan", "Asiapress"])
    assert publisher_group(outlets).to_list() == ["Daily NK", "Daily NK", "Asiapress"]


def test_independent_publishers_are_counted_once_for_each_incident():
    links = pd.DataFrame(
        {
            "incident_id": ["i1", "i1", "i1", "i2", "i2"],
            "publisher": ["Daily NK", "Daily NK Japan", "Asiapress", "Daily NK", "Daily NK"],
        }
    )
    assert independent_publishers(links).to_dict() == {"i1": 2, "i2": 1}


def test_outlets_with_few_articles_stand_together(few):
    assert main_publishers(few) == ["Daily NK"]
    assert list(count_articles(few, pd.period_range("2024", "2024", freq="Y")).columns) == [
        "Daily NK", "others"
    ]


def test_no_more_outlets_stand_by_name_than_have_a_colour(archive):
    outlets = [f"Outlet {n}" for n in range(8) for _ in range(20 - n)]
    sources = pd.concat([archive.sources] * 2).head(len(outlets)).assign(publisher=outlets)
    assert main_publishers(dataclasses.replace(archive, sources=sources)) == [
        "Outlet 0", "Outlet 1", "Outlet 2", "Outlet 3",
    ]  # fmt: skip


def test_an_article_dated_by_its_year_is_spread_over_it(few):
    quarters = pd.period_range("2024Q1", "2024Q4", freq="Q")
    counts = count_articles(few, quarters)
    # 18 in March and 91 of the 366 days of 2024.
    assert counts["Daily NK"].to_list() == pytest.approx(
        [18 + 91 / 366, 91 / 366, 92 / 366, 92 / 366]
    )
    assert counts["others"].to_list() == pytest.approx([1, 1, 0, 0])


def test_articles_of_all_periods_and_the_undated_add_up_to_the_archive(archive):
    sources = archive.sources
    dated = sources["published_start"].dropna()
    years = pd.period_range(dated.min(), sources["published_end"].max(), freq="Y")
    counts = count_articles(archive, years)
    undated = sources["published_start"].isna().sum()
    assert counts.to_numpy().sum() == pytest.approx(len(sources) - undated)
    held = sources["publisher"].value_counts()
    assert main_publishers(archive) == list(held[held >= FEWEST_ARTICLES].index)


def test_an_archive_without_articles_holds_none(archive):
    none = dataclasses.replace(archive, sources=archive.sources.iloc[:0])
    counts = count_articles(none, pd.period_range("2024", "2025", freq="Y"))
    assert counts.to_numpy().sum() == 0
