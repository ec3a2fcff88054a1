"""Pages as known on a day: nothing later in them, and today is no limit."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from crackdown.incidents import first_known, known_as_of, possibly_known, surely_public

PAST = pd.Timestamp("2021-06-30")


@pytest.fixture(scope="module")
def pages(run_tool, tmp_path_factory):
    """Build a page of each notebook as known in the past; and one with and without today."""
    folder = tmp_path_factory.mktemp("as known")

    def build(notebook, name, day):
        target = folder / f"{name}.html"
        done = run_tool(
            "crackdown", "report", f"notebooks/{notebook}.ipynb", "-p", "as_of", day, "-o", target
        )
        assert done.returncode == 0, done.stderr
        return target.read_text("utf-8")

    return {
        "situation": build("situation", "situation", PAST.date()),
        "trends": build("trends", "trends", PAST.date()),
        "data_quality": build("data_quality", "quality", PAST.date()),
        "today": build("situation", "today", "2026-11-22"),
        "always": build("situation", "always", ""),
    }


@pytest.mark.parametrize("notebook", ["situation", "trends", "data_quality"])
def test_a_page_of_the_past_holds_nothing_later(archive, pages, notebook):
    page = pages[notebook]
    known = known_as_of(archive, PAST)
    later = archive.sources.index.difference(known.sources.index)
    assert len(later) > 200
    urls = set(archive.sources.loc[later, "url"]) - set(known.sources["url"])
    assert not [url for url in urls if f'"{url}"' in page.replace("&amp;", "&")]
    titles = set(archive.sources.loc[later, "title"]) - set(known.sources["title"])
    assert not [title for title in titles if title in page]
    unknown = archive.incidents.index.difference(known.incidents.index)
    assert len(unknown) > 200
    assert not {*re.findall(r"\w+", page)} & {*unknown}
    assert not [summary for summary in archive.incidents.loc[unknown, "summary"] if summary in page]
    for campaign in archive.campaigns.itertuples():
        # A law and the drive that enforces it may bear one name: the law is known.
        if not campaign.date_end <= PAST and campaign.name not in set(known.timeline["title"]):
            assert campaign.name not in page, campaign.name
            assert campaign.description not in page
    for event in archive.timeline[archive.timeline["date_start"] > PAST].itertuples():
        assert event.title not in page


def test_the_past_says_that_it_is_the_past(pages):
    assert "as known on 30 June 2021" in pages["situation"]
    assert "as known on" not in pages["today"]


def test_today_is_no_limit_but_in_the_parameter_line(pages):
    today, always = (pages[name].splitlines() for name in ("today", "always"))
    assert len(today) == len(always)
    differing = [(a, b) for a, b in zip(today, always, strict=True) if a != b]
    assert differing
    for line, other in differing:
        assert "as_of" in line or "2026-11-22" in line, (line, other)
    assert len(differing) <= 2


def test_an_article_dated_by_its_month_is_known_at_its_end(archive):
    monthly = archive.sources[archive.sources["published"].str.len() == 7].iloc[0]
    assert surely_public(archive)[monthly.name] == monthly["published_end"]
    assert monthly["published_end"].is_month_end


def test_undated_articles_are_known_when_the_archive_was_closed(archive):
    undated = archive.sources["published"] == ""
    assert undated.sum() == 48
    assert set(surely_public(archive)[undated]) == {pd.Timestamp("2026-02-14")}


def test_possibly_known_and_known_do_not_overlap(archive):
    known = known_as_of(archive, PAST).incidents.index
    possible = possibly_known(archive, PAST)
    assert len(possible) and not set(known) & set(possible)
    assert (first_known(archive)[known] <= PAST).all()


def test_the_closing_day_gives_the_archive_itself(archive):
    assert known_as_of(archive, pd.Timestamp("2026-02-14")) is archive
    assert len(known_as_of(archive, pd.Timestamp("2026-02-13")).sources) < len(archive.sources)
