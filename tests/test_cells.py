"""Cells: found in the bytes of a file, and told apart there."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crackdown.cells import WORD, hold_texts, locate_cells, number_texts


def locate(text: str, width: int, step: int = 1 << 24):
    return locate_cells(bytearray(text.encode()), width, step=step)


def read(text: str, width: int, step: int = 1 << 24) -> list[list[str]]:
    grid = locate(text, width, step)
    return [grid.column(place).texts() for place in range(width)]


def test_cells_lie_between_separators():
    assert read("a,b\n1,2\n,33\n", 2) == [["1", ""], ["2", "33"]]


def test_a_last_line_may_lack_its_end():
    assert read("a,b\n1,2", 2) == [["1"], ["2"]]


def test_windows_line_ends_belong_to_no_cell():
    assert read("a,b\r\n1,2\r\n3,\r\n", 2) == [["1", "3"], ["2", ""]]


def test_quotation_marks_keep_separators_in_a_cell():
    assert read('a,b\n"1,\n2","he said ""no"""\n"",x\n', 2) == [["1,\n2", ""], ['he said "no"', "x"]]


def test_rows_start_on_the_lines_that_an_editor_shows():
    assert locate('a,b\n"1\n\n2",x\n3,"4\n5"\n6,7\n', 2).lines.tolist() == [2, 5, 7]


@pytest.mark.parametrize("text", ["a,b\n1\n", "a,b\n1,2,3\n", "a,b\n\n1,2\n", 'a,b\n1,"2\n', 'a,b\n1,2"2"\n', 'a,b\n"1"1,2\n'])
def test_a_table_that_is_not_whole_is_refused(text):
    assert locate(text, 2) is None


@pytest.mark.parametrize("step", range(1, 12))
def test_it_does_not_matter_where_the_scan_is_cut(step):
    text = 'a,b\r\n"1,\r\n""2",é\r\n3,"4"\r\n'
    assert read(text, 2, step) == read(text, 2) == [['1,\r\n"2', "3"], ["é", "4"]]
    assert locate(text, 2, step).lines.tolist() == [2, 4]


@given(columns=st.lists(st.lists(st.text(st.sampled_from("abé"), max_size=3 * WORD), max_size=20), min_size=1, max_size=3))
def test_the_same_texts_have_the_same_number_in_all_columns(columns):
    texts = [text for column in columns for text in column]
    numbers, firsts = number_texts(*map(hold_texts, columns))
    different = list(dict.fromkeys(texts))
    assert numbers.tolist() == [different.index(text) for text in texts]
    assert firsts.tolist() == [texts.index(text) for text in different]


def test_texts_that_differ_only_in_length_or_late_are_different():
    texts = ["", "a", "a" * 8, "a" * 9, "a" * 16, "a" * 17, "a" * 16 + "b", "b" + "a" * 16]
    assert number_texts(hold_texts(texts))[0].tolist() == list(range(len(texts)))


def test_chosen_cells_are_read_alone():
    grid = locate('a,b\n"1""",2\n3,"4"\n"5,",6\n', 2)
    assert grid.column(0).take(np.array([2, 0])).texts() == ["5,", '1"']


@given(rows=st.lists(st.tuples(*[st.text(st.sampled_from("ab,~ é각\x1b\x7f\t\n\r\""), max_size=5)] * 2), max_size=12))
def test_plain_cells_hold_nothing_that_is_worth_a_look(rows):
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([("a", "b"), *rows])
    grid = locate(file.getvalue(), 2)
    for place, column in enumerate(zip(*rows, strict=True)):
        bare = [text.translate(dict.fromkeys(map(ord, "\t\n\r"))) for text in column]
        assert grid.plain(place).tolist() == [text.isascii() and text.isprintable() for text in bare]
