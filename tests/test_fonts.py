"""The Hangul that a page carries: which letters, which bytes, under which licence."""

import base64
import io
import json
import re
import warnings

import nbformat
import pytest
from fontTools.ttLib import TTFont
from nbconvert.exporters import HTMLExporter

from crackdown import fonts
from crackdown.catalogue import speaking
from crackdown.charts import chart_offences, chart_shifts, chart_timeline
from crackdown.export import ReportExporter
from crackdown.fonts import BYTES_OF_LETTER, FAMILY, WEIGHTS, cut_font, list_hangul, write_faces
from crackdown.labels import text_width
from crackdown.maps import map_counties, map_provinces


def test_letters_of_a_text_are_listed_once_in_order():
    assert list_hangul("<b>서울</b> to 평양, 서울 ㄱ (24건), 北") == "ㄱ건서양울평"
    assert list_hangul("Latin letters · 1,234") == ""


def test_addresses_of_links_show_no_letters():
    link = '<a href="https://publisher.example/회령">12</a> 무산'
    assert list_hangul(link) == list_hangul(json.dumps(link, ensure_ascii=False)) == "무산"


def test_the_room_that_a_letter_takes_of_a_page_is_known(root):
    letters = list_hangul((root / "src/crackdown/locale/ko.ftl").read_text("utf-8"))
    assert 0.95 < len(write_faces(letters)) / (BYTES_OF_LETTER * len(letters)) <= 1


def test_a_page_without_hangul_carries_no_font():
    assert write_faces("") == ""


@pytest.mark.parametrize("name", WEIGHTS.values())
def test_a_font_holds_the_letters_asked_for_and_no_other(root, name):
    font = TTFont(io.BytesIO(cut_font(name, "건서양울평")))
    whole = TTFont(root / "src/crackdown/hangul" / name)
    assert "".join(map(chr, font.getBestCmap())) == "건서양울평"
    for code, glyph in font.getBestCmap().items():
        drawn = whole["glyf"][whole.getBestCmap()[code]]
        assert font["glyf"][glyph].coordinates == drawn.coordinates
        assert font["hmtx"][glyph] == whole["hmtx"][whole.getBestCmap()[code]]


@pytest.mark.parametrize("name", WEIGHTS.values())
def test_the_fonts_hold_all_syllables_of_ks_x_1001_as_wide_as_each_other(root, name):
    font = TTFont(root / "src/crackdown/hangul" / name)
    syllables = [code for code in font.getBestCmap() if ord("가") <= code <= ord("힣")]
    assert len(syllables) == 2350
    assert {font["hmtx"][font.getBestCmap()[code]][0] for code in syllables} == {920}


def test_the_fonts_draw_all_hangul_of_the_catalogue_and_the_tables(root):
    files = [*(root / "src/crackdown/locale").iterdir(), *(root / "data").glob("*.csv")]
    written = list_hangul("".join(path.read_text(encoding="utf-8") for path in files))
    assert len(written) > 300
    for name in WEIGHTS.values():
        held = TTFont(root / "src/crackdown/hangul" / name).getBestCmap()
        assert [letter for letter in written if ord(letter) not in held] == []


def test_the_same_letters_give_the_same_bytes_and_few():
    first = write_faces("가나다")
    write_faces.cache_clear()
    assert write_faces("가나다") == first
    assert len(first) < 10_000


def test_each_weight_has_a_face_that_names_the_family_and_keeps_the_licence():
    css = write_faces("가")
    assert css.count(f'font-family:"{FAMILY}"') == len(WEIGHTS)
    for coded in re.findall(r"base64,([^)]+)\)", css):
        names = TTFont(io.BytesIO(base64.b64decode(coded)))["name"]
        assert "Adobe" in names.getDebugName(0)
        assert names.getDebugName(14) == "http://scripts.sil.org/OFL"


def test_a_letter_that_the_font_has_not_is_left_out():
    assert "".join(map(chr, TTFont(io.BytesIO(cut_font(WEIGHTS[400], "가뷁"))).getBestCmap())) == "가"


def test_a_page_with_hangul_carries_its_letters_and_its_policy_lets_it(root):
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# 평양 and `서울`")])
    page, _ = ReportExporter().from_notebook_node(book)
    assert write_faces("서양울평") in page
    assert "font-src data:" in page
    plain, _ = HTMLExporter(
        template_name="crackdown", extra_template_basedirs=[]
    ).from_notebook_node(book)
    assert plain == page


def test_a_page_without_hangul_may_load_no_font():
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Pyongyang")])
    page, _ = ReportExporter().from_notebook_node(book)
    assert "@font-face" not in page
    assert "font-src" not in page


def test_the_style_sheet_asks_for_the_carried_font_first(root):
    sheet = (root / "src/crackdown/template/page.css").read_text(encoding="utf-8")
    assert f'1.55 "{FAMILY}",' in sheet


@pytest.mark.parametrize("name", WEIGHTS.values())
def test_forked_processes_share_no_place_in_a_file_of_a_font(name):
    with pytest.raises(io.UnsupportedOperation):
        fonts._load_font(name).reader.file.fileno()


@pytest.mark.parametrize("name", WEIGHTS.values())
def test_figures_leave_as_much_room_as_a_letter_takes(root, name):
    font = TTFont(root / "src/crackdown/hangul" / name)
    widest = max(font["hmtx"][glyph][0] for glyph in font.getBestCmap().values())
    assert widest / font["head"].unitsPerEm <= text_width("가", 1)


def test_a_korean_figure_is_drawn_without_a_font_of_the_machine(selection):
    # matplotlib warns of a letter that it has to measure and has no glyph for.
    with speaking("ko"), warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn = [chart_timeline(selection), chart_offences(selection), chart_shifts(selection)]
        drawn += [
            draw(selection.place_counts, selection.archive.places, selection.geometry)
            for draw in (map_provinces, map_counties)
        ]
        shown = "".join(one._repr_html_() for one in drawn)
    assert {"사건 수", "수집 기사", "탈북", "혜산시 87"} <= {*re.findall(r">([^<>]+)</text>", shown)}
