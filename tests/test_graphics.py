"""From a matplotlib figure to SVG that a page can hold."""

import re
import xml.etree.ElementTree as ElementTree

import matplotlib
import pytest
from bs4 import BeautifulSoup
from matplotlib.patches import Circle, Rectangle
from matplotlib.path import Path

from crackdown.areas import Areas, Hatch, Lettering, Letterings, rectangle
from crackdown.graphics import Graphic, Sheet, Words, new_figure
from crackdown.palette import light
from crackdown.svg import write_path

# The matrix of coordinates that are pixels already.
PIXELS = (1, 0, 0, 0, 1, 0)


def small_sheet() -> Sheet:
    """Return a sheet of 100 by 50 pixels whose coordinates are its pixels."""
    return Sheet(new_figure(50, width=100), (0, 0, 100, 50))


def add(ax: Sheet, artist):
    artist.set_transform(ax.transData)
    return ax.add_artist(artist)


def square_graphic(key: str = "plan", **options) -> Graphic:
    """Return a figure of a hatched square named `a` and a plain one named `b`, with two texts."""
    ax = small_sheet()
    paths = {"a": rectangle(10, 10, 20, 20), "b": rectangle(30, 10, 40, 20)}
    fills = {"a": light("page"), "b": light("land")}
    for name, hatch in {"a": Hatch("province-line"), "b": None}.items():
        layer = {name: paths[name]}
        add(ax, Areas(layer, fills=fills, line=(light("ink"), 0.5), hatch=hatch))
    texts = [Lettering(15, 30, "left & right"), Lettering(60, 30, "far", "right")]
    add(ax, Letterings(texts, size=10, colour=light("ink"), rim=light("land")))
    given = {
        "caption": "Two squares.",
        "alt": "A plan. Of two squares.",
        "titles": {"a": "A: none recorded", "b": "B < 5"},
    }
    return Graphic(ax.figure, key=key, **(given | options))


@pytest.fixture(scope="module")
def html() -> str:
    return square_graphic()._repr_html_()


def test_the_same_figure_gives_the_same_bytes(html):
    assert square_graphic()._repr_html_() == html
    assert square_graphic()._repr_html_() == html


def test_writing_twice_changes_nothing(html):
    graphic = square_graphic()
    assert graphic._repr_html_() == graphic._repr_html_() == html


def test_users_own_settings_do_not_change_the_figure(html):
    own = {"font.size": 30, "lines.linewidth": 9, "svg.fonttype": "path", "text.usetex": True, "path.sketch": (1, 9, 2)}
    with matplotlib.rc_context(own):
        assert square_graphic()._repr_html_() == html


def test_nothing_that_a_page_or_its_policy_refuses(html):
    for refused in (
        "<?xml",
        "<!DOCTYPE",
        "style=",
        "clip-path",
        "clipPath",
        "metadata",
        "font-family",
        "xlink",
        "NaN",
    ):
        assert refused not in html


def test_an_html_parser_writes_it_back_unchanged(html):
    assert str(BeautifulSoup(html, "html.parser")) == html


def test_colours_are_variables_with_their_light_colour_as_fallback(html):
    assert f'fill="var(--fig-land,{light("land")})"' in html
    assert not re.search(r'="#[0-9a-f]{6}"', html)


def test_a_figure_is_named_and_described_for_screen_readers(html):
    svg = BeautifulSoup(html, "html.parser").svg
    assert svg["role"] == "group"
    named = [svg.find(id=name).get_text() for name in svg["aria-labelledby"].split()]
    assert named == ["A plan", "Of two squares."]


def test_areas_say_their_title_on_hover(html):
    titles = {
        path.title.get_text() for path in BeautifulSoup(html, "html.parser")("path") if path.title
    }
    assert titles == {"A: none recorded", "B < 5"}


def test_text_stays_text_with_its_anchor(html):
    texts = {text.get_text(): text for text in BeautifulSoup(html, "html.parser")("text")}
    assert set(texts) == {"left & right", "far"}
    assert texts["far"]["text-anchor"] == "end"
    assert texts["far"]["x"] == "600", "tenths of a pixel"


def test_rims_are_painted_under_the_text_and_in_pictures_too(html, tmp_path):
    assert 'paint-order="stroke"' in html
    graphic = square_graphic()
    with_rim = graphic.save(tmp_path / "rim.png")[0].read_bytes()
    for artist in graphic.figure.artists:
        artist.rim = ""
    assert 'paint-order="stroke"' not in graphic._repr_html_()
    assert graphic.save(tmp_path / "none.png")[0].read_bytes() != with_rim


def test_two_figures_on_a_page_share_no_identifier():
    page = square_graphic("one")._repr_html_() + square_graphic("two")._repr_html_()
    names = re.findall(r'\bid="([^"]*)"', page)
    assert len(set(names)) == len(names)
    for used in re.findall(r"url\(#([^)]*)\)", page):
        assert used in names


def test_hatching_refers_to_a_pattern_of_the_same_figure(html):
    pattern = BeautifulSoup(html, "html.parser").find("pattern")
    assert pattern["id"].startswith("plan-")
    assert f"url(#{pattern['id']})" in html


def test_the_svg_is_well_formed(html):
    svg = html[html.index("<svg") : html.rindex("</svg>") + 6]
    assert ElementTree.fromstring(svg).get("viewbox") == "0 0 1000 500"


def test_panels_are_drawings_of_one_figure():
    panels = {"country": small_sheet().figure, "north-border": small_sheet().figure}
    graphic = Graphic(panels, key="map", caption="", alt="A map. Of all.")
    soup = BeautifulSoup(graphic._repr_html_(), "html.parser")
    assert [svg.title.get_text() for svg in soup("svg")] == ["A map", "A map: north border"]
    assert len(soup("desc")) == 1
    assert "panelled" in soup.figure["class"]
    assert graphic.figure is panels["country"]


def test_every_panel_is_saved_for_print(tmp_path):
    panels = {"country": small_sheet().figure, "north": small_sheet().figure}
    graphic = Graphic(panels, key="map", caption="", alt="A map.")
    written = graphic.save(tmp_path / "map.png", dpi=72)
    assert [path.name for path in written] == ["map.png", "map-north.png"]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in written)


def test_saving_as_pdf_twice_gives_the_same_bytes(tmp_path):
    one, two = (square_graphic().save(tmp_path / name)[0] for name in ("one.pdf", "two.pdf"))
    assert one.read_bytes() == two.read_bytes()


def test_a_text_with_a_dollar_sign_is_no_formula():
    ax = small_sheet()
    add(
        ax,
        Letterings(
            [Lettering(5, 5, "$5 and $6", "left")], size=10, colour=light("ink")
        ),
    )
    assert ">$5 and $6</text>" in Graphic(ax.figure, key="k", caption="", alt="A.")._repr_html_()


@pytest.mark.filterwarnings("error")
def test_letters_that_a_font_or_xml_lacks_are_drawn_without_a_warning():
    ax = small_sheet()
    texts = [Lettering(15, 30, "한국 \x1b\x0b\ufffe\n\u202ex")]
    add(ax, Letterings(texts, size=10, colour=light("ink")))
    html = Graphic(ax.figure, key="k", caption="<b>&", alt="A.", titles={})._repr_html_()
    assert "한국 \ufffd\ufffd\ufffd\n\u202ex</text>" in html
    assert "<figcaption>&lt;b&gt;&amp;</figcaption>" in html


def test_a_layer_of_texts_stands_where_single_texts_would(tmp_path):
    ax = small_sheet()
    add(
        ax,
        Letterings(
            [Lettering(50, 25, "Hyesan", ha) for ha in ("left", "center", "right")],
            size=10,
            weight="normal",
            colour=light("ink"),
        ),
    )
    html = Graphic(ax.figure, key="k", caption="", alt="A.")._repr_html_()
    texts = BeautifulSoup(html, "html.parser")("text")
    assert {(text["x"], text["y"]) for text in texts} == {("500", "286")}, (
        "half a capital below the middle"
    )
    assert [text.get("text-anchor", "start") for text in texts] == ["start", "middle", "end"]


def test_marks_of_plain_matplotlib_are_written_too():
    ax = small_sheet()
    add(ax, Rectangle((10, 10), 5, 5, facecolor=light("bar"), gid="bar", clip_on=False))
    add(ax, Circle((50, 25), 10, facecolor="#123456", clip_on=False))
    ax.figure.text(0.5, 0.8, "up", rotation=90, ha="center", rotation_mode="anchor")
    html = Graphic(ax.figure, key="k", caption="", alt="A.", titles={"bar": "a bar"})._repr_html_()
    assert "<title>a bar</title>" in html
    assert 'd="M400 250a100 100 0 1 0 200 0a100 100 0 1 0-200 0z"' in html
    assert 'fill="#123456"' in html
    assert re.search(r'transform="rotate\(-90 500 \d+\)"', html)


def test_paths_are_whole_tenths_relative_to_the_point_before():
    square = rectangle(1, 2, 3.04, 4.06)
    assert write_path(square, PIXELS) == "M10 20l20 0 0 21-20 0z"
    lines = Path.make_compound_path(Path([(0, 0), (1, -1)]), Path([(5, 5), (4.96, 5.01)]))
    assert write_path(lines, PIXELS) == "M0 0l10-10M50 50"


def test_rounding_does_not_add_up_along_a_path():
    line = Path([(0.04 * number, 0) for number in range(101)])
    path = write_path(line, PIXELS)
    moves = [int(x) for x in re.findall(r"(-?\d+) 0", path.partition("l")[2])]
    assert sum(moves) == 40


def test_curves_keep_their_letters():
    bent = Path([(0, 0), (1, 1), (2, 0), (3, 3), (4, 4)], [1, 3, 3, 2, 79])
    assert write_path(bent, PIXELS) == "M0 0Q10 10 20 0L30 30z"


def test_words_stand_in_for_an_empty_figure():
    assert (
        Words("None < 1.", key="map")._repr_html_() == '<p class="empty" id="map">None &lt; 1.</p>'
    )
