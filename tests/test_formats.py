"""What is no CSV in UTF-8 is named as what it is, with the way to save it; nothing is guessed."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crackdown.check import check_tables
from crackdown.csvfile import load_csv
from crackdown.errors import DataError
from crackdown.formats import is_utf8, name_korean

COLUMNS = ["one", "two"]
KOREAN = "the file reads as CP949 (EUC-KR), the Korean encoding, not as UTF-8"


def told(folder: Path, data: bytes) -> list[str]:
    path = folder / "table.csv"
    path.write_bytes(data)
    return [problem.message for problem in load_csv(path, COLUMNS)[1]]


@pytest.mark.parametrize("encoding", ["cp949", "euc_kr", "uhc"])
def test_a_table_of_a_korean_excel_is_named_as_such_and_not_guessed_at(tmp_path, encoding):
    file, [problem] = load_csv(_write(tmp_path, 'one,two\n혜산시,"국경, 경비"\n'.encode(encoding)), COLUMNS)
    assert file is None
    assert problem.message == KOREAN
    assert problem.remedy.startswith('In Excel: File, Save As, type "CSV UTF-8')


def _write(folder, data):
    (folder / "table.csv").write_bytes(data)
    return folder / "table.csv"


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "shift_jis", "gb18030"])
def test_other_encodings_are_not_taken_for_korean(tmp_path, encoding):
    text = "日本語の文章" if encoding in ("shift_jis", "gb18030") else "Ça coûte à Genève"
    file, problems = load_csv(_write(tmp_path, f"one,two\na,{text}\n".encode(encoding)), COLUMNS)
    assert KOREAN not in [problem.message for problem in problems]
    assert file.damaged


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1))
@example("똠방각하")
def test_any_hangul_in_cp949_is_told(text):
    data = bytearray(f"one,two\na,{text}\n".encode("cp949"))
    assert is_utf8(data) or name_korean(data, "table.csv")


@pytest.mark.parametrize(
    ("opening", "kind"),
    [(b"PK\x03\x04", "a workbook or a packed file"), (b"\xd0\xcf\x11\xe0\xa1\xb1", "a workbook of an old Excel"),
     (b"\x1f\x8b\x08", "a packed file"), (b"%PDF-1.7", "a PDF"), (b"SQLite format 3\0", "a database")],
)  # fmt: skip
def test_a_file_of_another_kind_is_named(tmp_path, opening, kind):
    assert told(tmp_path, opening + bytes(range(256))) == [f"the file is {kind}, not CSV"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf_16_is_named_with_its_mark_and_without(tmp_path, encoding):
    [message] = told(tmp_path, "one,two\nabc,def\n".encode(encoding))
    assert "UTF-16, not UTF-8" in message


@pytest.mark.parametrize(
    ("first", "message"),
    [("sep=;\none;two", "is a line for Excel, not the header"),
     ("one;two", "cells are separated by semicolons, as Excel does where the comma is the decimal mark, not by commas"),
     ("one\ttwo", "cells are separated by tabs, not by commas"),
     ("one|two", "cells are separated by bars, not by commas"),
     ("x" * 70_000, "the header line is longer than 65,536 bytes"),
     ('one,"two' + "\n" * 70_000, "the header line is longer than 65,536 bytes")],
    ids=["sep", "semicolons", "tabs", "bars", "long", "open"],
)  # fmt: skip
def test_a_first_line_that_is_no_header_is_named(tmp_path, first, message):
    assert told(tmp_path, f"{first}\na,b\n".encode()) == [message]


def test_10_000_columns_are_counted_and_the_first_listed(tmp_path):
    names = ",".join(f"c{number}" for number in range(10_000))
    _, problems = load_csv(_write(tmp_path, f"one,two,{names}\n".encode()), COLUMNS)
    assert len(problems) == 20
    assert sum(1 + problem.more for problem in problems) == 10_000


@pytest.mark.parametrize(
    ("written", "message"),
    [("0113-03-01", "lies before 1990-01-01"), ("1024-03-01", "lies before 1990-01-01"), ("1970-01-01", "lies before 1990-01-01"),
     ("2567-03-01", "lies after 2026-12-31"), ("4357-03-01", "lies after 2026-12-31"), ("Juche 113", "is not a date"),
     ("令和6年3月1日", "is not a date"), ("01.03.2024", "is not a date"), ("2024/3/1", "is not a date"), ("２０２４-03-01", "is not a date")],
)  # fmt: skip
def test_a_date_of_another_calendar_or_order_is_refused_in_its_cell(good, written, message):
    [problem] = change(good, "timeline.csv", "date_start", written)
    assert (problem.line, problem.column, problem.value) == (2, "date_start", written)
    assert problem.message.partition(";")[0] == message
    assert "common era" in problem.remedy


@pytest.mark.parametrize("written", ["1.000,5", "1,5", "1 000", "1'000", "1\u00a0000", "NaN", "inf", "-Infinity", "1e400", "٣", "１２"])
def test_a_figure_of_another_country_is_refused_in_its_cell(good, written):
    [problem] = change(good, "amounts.csv", "low", written)
    assert (problem.line, problem.column, problem.value) == (2, "low", written)
    assert problem.message.partition(";")[0] == "is not a number"
    assert problem.remedy == "Write digits, with a point for decimals and without marks between thousands."


@pytest.fixture
def good(tmp_path, root):
    folder = shutil.copytree(root / "tests/fixtures/good", tmp_path / "data")
    shutil.copy(root / "data/datapackage.json", folder)
    return folder


def change(folder, name, column, value):
    """Write a value into the first row of a table; return what the check says."""
    rows = [*csv.reader(io.StringIO((folder / name).read_text("utf-8"), newline=""))]
    rows[1][rows[0].index(column)] = value
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    with pytest.raises(DataError) as error:
        check_tables(folder)
    return error.value.problems
