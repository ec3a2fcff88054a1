"""Texts: a column that is bytes until it is read acts as one of texts."""

import tracemalloc

import numpy as np
import pandas as pd
import pytest

from crackdown.cells import hold_texts, locate_cells
from crackdown.csvfile import load_csv
from crackdown.errors import DataError
from crackdown.texts import FileColumn, TextDtype, Texts

WORDS = ["", "an act", "체포 in Hyesan", 'so "called" act, and more', "x" * 200_000, "an act"]


@pytest.fixture
def texts() -> pd.Series:
    return pd.Series(Texts(hold_texts(WORDS)), list("abcdef"))


def test_texts_are_read_as_they_were_held(texts):
    assert texts.tolist() == WORDS
    assert [texts["c"], texts.iloc[-1]] == [WORDS[2], WORDS[5]]
    assert texts.loc[["d", "a"]].tolist() == [WORDS[3], ""]
    assert texts[texts == "an act"].index.tolist() == ["b", "f"]
    assert np.asarray(texts, object).tolist() == texts.astype("str").tolist() == WORDS


def test_cells_out_of_a_file_keep_their_texts_and_leave_the_rest_of_it_behind():
    line = '"say ""so""",b;가나,{}\n'
    grid = locate_cells(bytearray(("x,y,z\n" + line.format("long " * 50) * 3).encode()), 3, step=40)
    first, second, third = (Texts(grid.column(place).copy()) for place in range(3))
    assert list(first) == ['say "so"'] * 3 and list(second) == ["b;가나"] * 3
    assert list(third) == ["long " * 50] * 3
    assert second.nbytes < 100


def test_a_row_that_was_never_there_is_missing_and_not_empty(texts):
    wider = texts.reindex(["b", "z", "a"])
    assert wider.isna().tolist() == [False, True, False]
    assert [wider["b"], wider["a"]] == ["an act", ""] and pd.isna(wider["z"])


def test_pandas_finds_counts_and_joins_texts(texts):
    assert texts.str.contains("act").tolist() == ["act" in one for one in WORDS]
    assert texts.nunique() == 5 and texts.isin(["an act"]).sum() == 2
    assert texts.sort_values().tolist() == sorted(WORDS)
    assert pd.concat([texts, texts]).tolist() == WORDS * 2
    assert texts.map(len).tolist() == [len(one) for one in WORDS]
    assert pd.Series(WORDS, dtype=TextDtype()).equals(texts.reset_index(drop=True))


def test_a_column_of_a_file_is_read_at_first_use(tmp_path):
    path = tmp_path / "notes.csv"
    path.write_text("id,note\na,first\nb,\"a, b\"\n", encoding="utf-8")
    file, _ = load_csv(path, ["id", "note"])
    notes = pd.Series(Texts(FileColumn(file, "note")), ["a", "b"])
    assert len(notes) == 2 and notes.memory_usage(index=False) < 10
    assert notes[["b", "a"]].tolist() == ["a, b", "first"]
    path.unlink()
    assert notes["a"] == "first"


def test_a_file_that_has_changed_since_is_refused(tmp_path):
    path = tmp_path / "notes.csv"
    path.write_text("note\nfirst\n", encoding="utf-8")
    notes = Texts(FileColumn(load_csv(path, ["note"])[0], "note"))
    path.write_text("note\nanother\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"notes\.csv.*has changed since it was read"):
        list(notes)


def test_what_is_no_text_cannot_be_held():
    with pytest.raises(TypeError):
        pd.array([1, 2], dtype=TextDtype())


def test_texts_that_are_taken_out_share_their_bytes():
    texts = pd.Series(Texts(hold_texts(["some act of the state"] * 50_000)))
    tracemalloc.start()
    half = texts[np.arange(50_000) % 2 == 0]
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # A number of four bytes for a row, and another of eight for its label.
    assert len(half) == 25_000 and taken < 25_000 * 16
