"""Charts: what they show, what they say, and what they refuse to draw."""

import re

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from crackdown.amounts import CURRENCIES, KINDS, say_money
from crackdown.bars import round_ticks
from crackdown.charts import (
    chart_amounts,
    chart_bars,
    chart_intervals,
    chart_offences,
    chart_timeline,
)
from crackdown.graphics import Words
from crackdown.timelines import timeline_of

HALVES = pd.period_range("2023-01-01", "2024-12-31", freq="2Q")


def soup(graphic) -> BeautifulSoup:
    return BeautifulSoup(graphic._repr_html_(), "html.parser")


def titles(graphic) -> list[str]:
    return [path.title.get_text() for path in soup(graphic)("path") if path.title]


def texts(graphic) -> list[str]:
    return [text.get_text() for text in soup(graphic)("text")]


def timeline(last_covered: str = "2024-12-31", events=None):
    counts = pd.DataFrame(
        {"certain": [4, 0, 2, 1], "expected": [5.0, 0.0, 2.5, 1.0], "possible": [6, 0, 3, 1]},
        index=HALVES,
    )
    articles = pd.DataFrame(
        {"Daily NK": [8.0, 0.0, 3.0, 1.0], "others": [1.0, 0.0, 0.5, 0.0]}, index=HALVES
    )
    rows = events or [("2023-02-01", "law", "A law"), ("2024-03-01", "media", "An outlet stops")]
    frame = pd.DataFrame(rows, columns=["date_start", "kind", "title"])
    frame["date_start"] = pd.to_datetime(frame["date_start"])
    return timeline_of(counts, articles, frame, last_covered=pd.Timestamp(last_covered))


def test_bars_say_expected_certain_and_possible():
    assert "2023, first half: 5.0 expected, 4 certain, 6 possible" in titles(timeline())


def test_a_half_year_with_none_recorded_has_no_bar_and_is_named():
    graphic = timeline()
    assert not any("2023, second half" in title for title in titles(graphic))
    assert "None recorded: 2023, second half" in graphic.alt


def test_articles_are_told_by_outlet_and_half_year():
    said = titles(timeline())
    assert "Daily NK, 2023, first half: 8" in said
    assert "others, 2024, first half: 0.5" in said


def test_events_keep_the_numbers_of_their_table():
    graphic = timeline()
    assert {"1: A law (law)", "2: An outlet stops (media)"} <= set(titles(graphic))
    assert {"1", "2"} <= set(texts(graphic))


def test_events_of_one_week_all_find_a_place():
    crowd = [(f"2024-03-{day:02}", "party", f"Event {day}") for day in range(1, 6)]
    drawn = texts(timeline(events=crowd))
    assert {"1", "2", "3", "4", "5"} <= set(drawn)


def test_a_half_year_not_covered_to_its_end_is_hatched_and_said():
    covered, cut = timeline("2024-12-31"), timeline("2024-09-30")
    assert not soup(covered)("pattern")
    assert soup(cut)("pattern")
    assert "articles until 30 September 2024" in cut.caption
    assert "not covered" not in covered.caption


def test_the_timeline_of_the_real_tables_reconciles(selection):
    graphic = chart_timeline(selection)
    bars = [
        float(found[1])
        for title in titles(graphic)
        if (found := re.search(r"half: ([\d.]+) expected", title))
    ]
    assert sum(bars) == pytest.approx(len(selection.incidents), abs=0.05 * len(bars))
    assert len(graphic._repr_html_().encode()) < 35_000


def test_every_event_of_the_selection_is_drawn(selection):
    events = selection.archive.timeline
    inside = (events["date_end"] >= selection.start) & (events["date_start"] <= selection.end)
    drawn = [title for title in titles(chart_timeline(selection)) if re.match(r"\d+: ", title)]
    assert len(drawn) == inside.sum()


def test_offences_are_counted_and_the_overlap_is_said(selection):
    graphic = chart_offences(selection)
    counted = selection.incidents["offences"].explode().value_counts()
    assert f"defection: {counted['defection']}" in titles(graphic)
    assert f"add up to {counted.sum():,}" in graphic.caption


def test_an_empty_selection_gives_words(choose):
    empty = choose(start="1990-01-01", end="1990-12-31")
    for draw in (chart_timeline, chart_offences):
        assert "No incident" in draw(empty).text
    assert "No money" in chart_amounts(empty).text


def test_bars_are_as_long_as_their_numbers():
    numbers = pd.Series({"speech": 10, "religion": 5, "other": 0})
    graphic = chart_bars(
        numbers, key="k", caption="", what="things", none_recorded=["superstition"]
    )
    bars = {path.title.get_text(): path["d"] for path in soup(graphic)("path") if path.title}
    widths = {name: int(re.search(r"l(\d+) 0", path)[1]) for name, path in bars.items()}
    assert widths["speech: 10"] == pytest.approx(2 * widths["religion: 5"], abs=2)
    assert "other" not in texts(graphic)
    assert "None recorded: superstition." in graphic.alt


def intervals(log: bool, **rows):
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=["estimate", "low", "high"])
    return chart_intervals(
        frame, key="k", caption="", what="ratios", reference=1 if log else 0, log=log
    )


def test_an_interval_says_estimate_and_ends():
    graphic = intervals(True, RFA=(2.0, 1.0, 4.0), Asiapress=(np.nan, np.nan, np.nan))
    assert "RFA: 2.00 (1.00 to 4.00)" in titles(graphic)
    assert "Too few to say: Asiapress." in graphic.alt
    assert "too few to say" in texts(graphic)


def test_an_open_interval_reaches_the_edge():
    graphic = intervals(True, open=(2.0, 0.0, np.inf), closed=(2.0, 1.0, 4.0))
    named = [(path.title.get_text(), path["d"]) for path in soup(graphic)("path") if path.title]
    length = {
        name: int(found[1]) for name, path in named if (found := re.search(r"l(\d+) 0$", path))
    }
    assert length["open: 2.00 (0.00 to inf)"] > length["closed: 2.00 (1.00 to 4.00)"]


def test_without_any_estimate_there_are_words():
    assert isinstance(intervals(False, RFA=(np.nan, np.nan, np.nan)), Words)


@pytest.mark.parametrize(
    ("low", "high", "log", "ticks"),
    [
        (0.4, 5.2, True, ["0.2", "0.5", "1", "2", "5", "10"]),
        (-0.6, 0.7, False, ["-0.8", "-0.6", "-0.4", "-0.2", "0", "0.2", "0.4", "0.6", "0.8"]),
    ],
)
def test_scales_have_round_ticks_and_the_reference(low, high, log, ticks):
    frame = pd.DataFrame({"estimate": [low], "low": [low], "high": [high]})
    chosen = round_ticks(frame, 1.0 if log else 0.0, log=log)
    assert ("1" if log else "0") in chosen.values()
    assert min(chosen) <= low
    assert max(chosen) >= high
    assert len(chosen) <= 9


def test_every_amount_is_a_mark_of_its_own(selection):
    amounts = selection.archive.amounts
    chosen = amounts[amounts["incident_id"].isin(selection.incidents.index)]
    said = [title for title in titles(chart_amounts(selection)) if re.search(r"\(i\d{4}\)$", title)]
    assert len(said) == len(chosen)
    assert "bribe, in all: 150,000 CNY (i0216)" in said


def test_amounts_know_every_kind_and_currency_of_the_codebook(archive):
    assert set(archive.codebook.labels("amounts", "kind")) == set(KINDS)
    assert set(archive.codebook.labels("amounts", "currency")) == set(CURRENCIES)


def test_money_is_written_short():
    assert say_money(10_000) == "10,000"
    assert say_money(10_000_000) == "10 million"


def test_charts_are_the_same_bytes_twice_and_what_a_parser_writes(selection):
    for draw in (chart_timeline, chart_offences, chart_amounts):
        once = draw(selection)._repr_html_()
        assert draw(selection)._repr_html_() == once
        assert str(BeautifulSoup(once, "html.parser")) == once
