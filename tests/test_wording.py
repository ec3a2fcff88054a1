"""Wording: every message exists, is used, and gets the values it needs."""

import ast
import re
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from messages import needs

from crackdown.wording import (
    say,
    sentence_case,
    write_day,
    write_interval,
    write_list,
    write_persons,
)


@pytest.fixture(scope="module")
def messages():
    """Return the messages of the English list: name to the values it needs."""
    return needs("en")


@pytest.fixture(scope="module")
def code(root):
    """Return all code that may say something: module name to syntax tree."""
    files = (root / "src/crackdown").glob("*.py")
    return {path.name: ast.parse(path.read_text(encoding="utf-8")) for path in files}


@pytest.fixture(scope="module")
def templates(root):
    return "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("markup", "template")
        for path in sorted((root / "src/crackdown" / folder).glob("*.j2"))
    )


def said(code):
    """Give every call of ``say`` whose message is written out."""
    for name, tree in code.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say" and node.args:
                if isinstance(node.args[0], ast.Constant):
                    yield name, node.args[0].value, node


def test_every_message_that_is_said_exists(messages, code, templates):
    unknown = [(place, message) for place, message, _ in said(code) if message not in messages]
    unknown += [
        ("templates", message)
        for message in re.findall(r"""\bsay\(\s*["']([^"']+)["']""", templates)
        # A message's beginning, which a code of the template completes.
        if message not in messages and not message.endswith("-")
    ]
    assert unknown == []


def test_every_message_is_said_somewhere(messages, code, templates, root):
    notebooks = "\n".join(path.read_text("utf-8") for path in (root / "notebooks").glob("*.ipynb"))
    texts, beginnings = set(), set()
    for tree in code.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(node.values[0].value)
    beginnings |= texts
    beginnings = tuple(text for text in beginnings if re.fullmatch(r"[a-z]+(-[a-z]+)*-", text))
    dead = [
        message
        for message in messages
        if message not in texts
        and not message.startswith(beginnings)
        and f'"{message}"' not in templates
        and message not in notebooks
    ]
    assert dead == []


def test_every_message_that_is_said_gets_the_values_it_needs(messages, code):
    wrong = []
    for place, message, node in said(code):
        given_names = {keyword.arg for keyword in node.keywords}
        if None in given_names:  # values by ** are seen only when they are said
            given_names = messages[message] | given_names - {None}
        if given_names != messages[message]:
            wrong.append((place, message, sorted(given_names ^ messages[message])))
    assert wrong == []


def test_no_template_shows_a_word_that_is_a_value_of_its_own(templates):
    """Jinja takes none, true and false for what they mean, whatever is passed under the name."""
    shown = re.findall(r"\{[{%] *(?:if +)?(none|true|false)\b", templates, re.IGNORECASE)
    assert shown == []


def test_an_unknown_message_is_an_error():
    with pytest.raises(LookupError):
        say("no-such-message")


def test_a_missing_value_is_an_error_and_never_a_blank(messages):
    for message, needs in messages.items():
        if needs:
            with pytest.raises(ValueError, match=message):
                say(message)


def test_a_text_of_any_length_goes_into_a_message_whole():
    long = "<b>{$x} " * 20_000
    said = say("correction", day="1 May 2026", of="i0001", wrong=long, right="x")
    assert said == f"1 May 2026, i0001: “{long}” was wrong, “x” is right."


def test_a_message_with_all_its_values_leaves_no_bracket(messages):
    for message, needs in messages.items():
        for count in (0, 1, 2, 1234):
            text = say(message, **dict.fromkeys(needs, count))
            assert "{" not in text
            assert "  " not in text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2024-03-05", "2024-03-05", "5 March 2024"),
        ("2024-03-01", "2024-03-31", "March 2024"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2023-02-01", "2023-02-28", "February 2023"),
        ("2024-02-01", "2024-02-28", "1–28 February 2024"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2020-01-01", "2024-12-31", "2020–2024"),
        ("2024-01-01", "2024-06-30", "January–June 2024"),
        ("2023-12-01", "2024-01-31", "December 2023 – January 2024"),
        ("2024-03-30", "2024-04-02", "30 March – 2 April 2024"),
        ("2023-12-30", "2024-01-02", "30 December 2023 – 2 January 2024"),
    ],
)
def test_an_interval_is_written_as_short_as_it_can_be(start, end, text):
    assert write_interval(pd.Timestamp(start), pd.Timestamp(end)) == text


DAYS = st.dates(date(2019, 12, 1), date(2021, 2, 1))
LENGTHS = st.integers(0, 800)


@given(first=DAYS, second=DAYS, lengths=st.tuples(LENGTHS, LENGTHS))
def test_two_intervals_never_read_alike(first, second, lengths):
    intervals = [
        (pd.Timestamp(day), pd.Timestamp(day + timedelta(days=length)))
        for day, length in zip((first, second), lengths, strict=True)
    ]
    if intervals[0] != intervals[1]:
        assert write_interval(*intervals[0]) != write_interval(*intervals[1])


def test_a_day_is_written_out():
    assert write_day(pd.Timestamp("2026-02-04")) == "4 February 2026"


@pytest.mark.parametrize(
    ("figures", "holds", "lacks"),
    [
        ((pd.NA, pd.NA, pd.NA), "", "person"),
        ((1, 1, 1), "one person", "persons"),
        ((1234, 1234, 1234), "1,234 persons", "low"),
        ((20, 30, 90), "30 persons", "unknown"),
        ((20, 30, pd.NA), "unknown", "NA"),
        ((1, 1, pd.NA), "unknown", "1 persons"),
    ],
)
def test_a_figure_of_persons_says_its_bounds(figures, holds, lacks):
    text = write_persons(*figures)
    assert holds in text
    assert lacks not in text


def test_an_open_upper_end_is_said_to_be_unknown_and_a_bound_is_not():
    text = write_persons(80, 80, pd.NA)
    assert "80" in text
    assert "unknown" in text
    assert {"20", "30", "90"} <= set(re.findall(r"\d+", write_persons(20, 30, 90)))


@pytest.mark.parametrize(
    ("items", "text"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_items_are_joined_as_in_a_sentence(items, text):
    assert write_list(items) == text


def test_a_label_begins_a_line_with_a_capital_and_keeps_the_rest():
    assert sentence_case("arrest in Hyesan") == "Arrest in Hyesan"
    assert sentence_case("") == ""
