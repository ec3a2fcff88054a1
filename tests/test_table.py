"""A table on the page: caption, scopes, escaping, and a CSV that says the same."""

import csv
import dataclasses
import html
import io
import re
import urllib.parse

import pandas as pd
import pytest

from crackdown.links import filter_rows
from crackdown.table import Table


@pytest.fixture
def table():
    frame = pd.DataFrame(
        {
            "Incidents": pd.array([1234, None], dtype="Int64"),
            "Share": [0.5, None],
            "What": ['<a href="#i1">One & all</a>', "two"],
            "Plain": ["<b>x</b>", "a & b"],
        },
        index=pd.Index(["A < B", "C"], name="Place"),
    )
    return Table(
        frame, key="places", caption='Incidents by "place" & <time>', note="A <note>.",
        formats={"Share": "{:.0%}"}, markup=("What",),
    )


def download(markup):
    href = re.search(r'href="data:text/csv;charset=utf-8,([^"]*)"', markup)[1]
    return urllib.parse.unquote(href)


def load_csv(markup):
    return pd.read_csv(io.StringIO(download(markup)))


def test_a_table_has_a_caption_and_scopes(table):
    markup = table._repr_mimebundle_()[0]["text/html"]
    assert '<caption>Incidents by "place" &amp; &lt;time&gt;</caption>' in markup
    assert """aria-label='Incidents by "place" &amp; &lt;time&gt;'""" in markup
    heads = re.findall(r'<th[^>]* scope="col">(.*?)</th>', markup)
    assert heads == ["Place", "Incidents", "Share", "What", "Plain"]
    assert markup.count('<th scope="row">') == 2
    assert '<p class="note">A &lt;note&gt;.</p>' in markup


def test_numbers_are_written_for_readers_and_aligned(table):
    markup = table._repr_html_()
    assert '<td class="n">1,234</td>' in markup
    assert '<td class="n">50%</td>' in markup


def test_a_missing_value_reads_as_missing_and_never_as_zero(table):
    cells = re.findall(r'<td class="n">(.*?)</td>', table._repr_html_())
    assert cells == ["1,234", "50%", "–", "–"]


def test_cells_and_row_names_are_escaped_unless_the_project_made_them(table):
    markup = table._repr_html_()
    assert "&lt;b&gt;x&lt;/b&gt;" in markup
    assert '<th scope="row">A &lt; B</th>' in markup
    assert '<a href="#i1">One & all</a>' in markup


def test_column_heads_are_escaped():
    frame = pd.DataFrame({"a < b": [1]}, index=pd.Index(["x"], name="n < m"))
    markup = Table(frame, key="heads", caption="Heads")._repr_html_()
    assert "a &lt; b" in markup
    assert "n &lt; m" in markup


def test_a_table_carries_no_style_and_no_id_but_its_key(table):
    markup = table._repr_html_()
    assert "style=" not in markup
    assert "<style" not in markup
    assert re.findall(r'\bid="([^"]*)"', markup) == ["places"]


def test_the_csv_says_the_same_without_tags(table):
    frame = load_csv(table._repr_html_())
    assert list(frame.columns) == ["Place", "Incidents", "Share", "What", "Plain"]
    assert frame["Incidents"].to_list()[0] == 1234
    assert frame["Incidents"].isna().to_list() == [False, True]
    assert frame["What"].to_list() == ["One & all", "two"]
    assert frame["Plain"].to_list() == ["<b>x</b>", "a & b"]
    assert 'download="places.csv"' in table._repr_html_()


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+7 a", "-5 (-9 to 1)", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\ufeff=1", "＝1", "－x", "-", "=", "-1-2"],
)
def test_a_text_that_begins_like_a_formula_is_a_text_in_the_csv(text):
    frame = pd.DataFrame({text: [text], "Marked": ["x"]}, index=pd.Index([text], name=text))
    read = csv.reader(io.StringIO(download(Table(frame, key="k", caption="C")._repr_html_()), newline=""))
    guarded = "'" + text.replace("\r", "\n")
    assert [*read] == [[guarded, guarded, "Marked"], [guarded, guarded, "x"]]


@pytest.mark.parametrize("text", ["-5", "+3.25", "-1,234", "12%", "-0.5%", "–", "a=b", "2020-01", "'=1", "−5 (−9 to 1)"])
def test_numbers_and_other_texts_stay_as_they_are_in_the_csv(text):
    frame = pd.DataFrame({"A": [text]}, index=pd.Index([text], name="I"))
    cells = csv.reader(io.StringIO(download(Table(frame, key="k", caption="C")._repr_html_())))
    assert [*cells] == [["I", "A"], [text, text]]


def test_negative_numbers_stay_numbers_in_the_csv():
    frame = pd.DataFrame({"A": [-5, 3], "B": [-0.5, None]}, index=pd.Index([-1, 2], name="I"))
    text = download(Table(frame, key="k", caption="C")._repr_html_())
    assert text == "I,A,B\n-1,-5,-0.5\n2,3,\n"


def test_a_formula_after_a_carriage_return_inside_a_text_begins_no_row():
    frame = pd.DataFrame({"A": ["x\r=1+1", "y\r\n=2"]}, index=pd.Index(["a", "b"], name="I"))
    text = download(Table(frame, key="k", caption="C")._repr_html_())
    assert text == 'I,A\na,"x\n=1+1"\nb,"y\n=2"\n'


def test_showing_a_table_twice_gives_the_same_and_leaves_the_frame_alone(table):
    before = table.frame.copy()
    assert table._repr_html_() == table._repr_html_()
    pd.testing.assert_frame_equal(table.frame, before)


def test_a_table_without_rows_still_shows_its_heads():
    frame = pd.DataFrame({"Incidents": pd.Series(dtype="Int64")}, index=pd.Index([], name="Place"))
    markup = Table(frame, key="none", caption="None")._repr_html_()
    assert len(re.findall(r'<th[^>]* scope="col">', markup)) == 2
    assert load_csv(markup).empty


@pytest.fixture
def linked():
    frame = pd.DataFrame(
        {"Incidents": pd.array([1234, 0, None, 7], dtype="Int64"), "Persons": ["2 < 3", "", None, "9"]},
        index=pd.Index(["A", "B", "C", "A"], name="Place"),
    )
    queries = [filter_rows(place="KP01", act="arrest"), filter_rows(place="KP02"), "", None]
    return Table(frame, key="k", caption="C", links={"Incidents": queries, "Persons": ["", "", "", None]})


def test_a_number_leads_to_the_incidents_behind_it(linked):
    markup = linked._repr_html_()
    assert '<td class="n"><a data-filter="place=KP01&amp;act=arrest" href="#list">1,234</a></td>' in markup
    assert '<td><a href="#list">2 &lt; 3</a></td>' in markup


def test_what_is_zero_absent_or_without_a_filter_leads_nowhere(linked):
    cells = re.findall(r'<td class="n">(.*?)</td>', linked._repr_html_())
    assert cells[1:] == ["0", "–", "7"]
    assert re.findall(r"<td>(.*?)</td>", linked._repr_html_())[1:] == ["", "–", "9"]


def test_links_stay_out_of_the_csv(linked):
    assert load_csv(linked._repr_html_())["Persons"].to_list()[0] == "2 < 3"
    assert load_csv(linked._repr_html_())["Incidents"].to_list()[0] == 1234


def test_a_column_needs_a_filter_for_every_row(linked):
    short = dataclasses.replace(linked, links={"Incidents": [""]})
    with pytest.raises(ValueError, match="argument"):
        short._repr_html_()
