"""Odd letters: what cannot be seen, turns text round or passes for another letter is told."""

import csv
import shutil

import pytest

from crackdown.check import check_tables
from crackdown.codebook import load_codebook
from crackdown.letters import list_odd_letters


@pytest.fixture
def told(tmp_path, root):
    """Return a function that writes a title into the good tables; it returns what is told."""
    folder = shutil.copytree(root / "tests/fixtures/good", tmp_path / "data")
    shutil.copy(root / "data/datapackage.json", folder)

    def told(*titles):
        rows = [*csv.reader((folder / "timeline.csv").open(encoding="utf-8", newline=""))]
        place = rows[0].index("title")
        rows = [rows[0], *([f"e{number + 10}", *rows[1][1:place], title, *rows[1][place + 1 :]] for number, title in enumerate(titles))]
        with (folder / "timeline.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return list_odd_letters(check_tables(folder), load_codebook(folder))

    return told


@pytest.mark.parametrize(
    ("text", "part", "message"),
    [
        ("never \u202eclosed", "\u202e", "holds U+202E right-to-left override, which cannot be seen or turns text round"),
        ("iso\u2066lated", "\u2066", "holds U+2066 left-to-right isolate, which cannot be seen or turns text round"),
        ("Hye\u200bsan", "\u200b", "holds U+200B zero width space, which cannot be seen or turns text round"),
        ("\ufeffHyesan", "\ufeff", "holds U+FEFF zero width no-break space, which cannot be seen or turns text round"),
        ("혜\u3164산", "\u3164", "holds U+3164 hangul filler, which cannot be seen or turns text round"),
        ("a\u200db", "\u200d", "holds U+200D zero width joiner, which cannot be seen or turns text round"),
        ("\x1b[2J", "\x1b", "holds U+001B, which cannot be seen or turns text round"),
        ("in Нyesan", "Нyesan", "holds U+041D cyrillic capital letter en, which only looks like a Latin letter or figure"),
        ("in Hyesαn", "Hyesαn", "holds U+03B1 greek small letter alpha, which only looks like a Latin letter or figure"),
        ("in ２０24", "２０", "holds U+FF12 fullwidth digit two, which only looks like a Latin letter or figure"),
        ("Hye\ufffdan", "\ufffd", "holds U+FFFD replacement character, which stands for a letter that was lost"),
    ],
)
def test_an_odd_letter_is_told_with_its_place_and_name(told, text, part, message):
    [problem] = told("Plain", text)
    assert (problem.line, problem.column) == (3, "title")
    assert (problem.value, problem.message) == (part, message)
    assert problem.remedy
    assert str(problem).isprintable()


@pytest.mark.parametrize(
    "text",
    ["Plain", "two\nlines\tand a tab", "혜산시 國境", "Ŭiju, Hyesan’s “market” – 50 %", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "❤\ufe0f\u200d\U0001f525",
     "α and β", "Москва", "e\u0301", "日本語、中国", "½ km²"],
)  # fmt: skip
def test_letters_of_any_script_may_stand(told, text):
    assert told(text) == []


def test_many_are_counted_and_the_first_listed(told):
    problems = told(*(f"Нyesan {number}\u200b" for number in range(30)))
    assert [problem.more for problem in problems if problem.more] == [10, 10]
    assert len(problems) == 40


def test_the_real_tables_hold_none(root):
    assert list_odd_letters(check_tables(root / "data"), load_codebook(root / "data")) == []


def test_the_command_warns_and_when_strict_refuses(run_command, root, told, tmp_path):
    told("never \u202eclosed")
    options = ("--data", tmp_path / "data", "--shapefiles", root / "shapefiles")
    status, _, said = run_command("check", *options, "--strict")
    assert status == 1
    assert 'timeline.csv, line 2, title: "\\u202e" holds U+202E right-to-left override' in said
