"""The colours: one meaning each, told apart by everybody, legible in every mode."""

import itertools

import numpy as np
import pytest

from crackdown.marks import hatch_of
from crackdown.palette import CLASSES, SERIES, TOKENS, css_value, css_variables, light

MODES = {"light": 0, "dark": 1, "paper": 2}
MARKS = ("county-mark", "province-mark", "border-mark")
# Machado, Oliveira and Fernandes (2009), "A physiologically-based model for simulation of color
# vision deficiency", severity 1.0, for linear RGB.
SIGHTS = {
    "full": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
}
XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = np.array([0.95047, 1.0, 1.08883])


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[start : start + 2], 16) for start in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def cielab(colour: str, sight: str = "full") -> np.ndarray:
    x, y, z = XYZ @ np.clip(SIGHTS[sight] @ linear(colour), 0, 1) / WHITE
    cubes = [
        value ** (1 / 3) if value > (6 / 29) ** 3 else value / (3 * (6 / 29) ** 2) + 4 / 29
        for value in (x, y, z)
    ]
    return np.array([116 * cubes[1] - 16, 500 * (cubes[0] - cubes[1]), 200 * (cubes[1] - cubes[2])])


def contrast(one: str, other: str) -> float:
    lightness = sorted(float(XYZ[1] @ linear(colour)) for colour in (one, other))
    return (lightness[1] + 0.05) / (lightness[0] + 0.05)


def colours(tokens, mode: str) -> list[str]:
    return [TOKENS[token][MODES[mode]] for token in tokens]


def test_the_measures_agree_with_known_values():
    assert cielab("#ffffff") == pytest.approx([100, 0, 0], abs=0.01)
    assert cielab("#ff0000") == pytest.approx([53.24, 80.09, 67.20], abs=0.02)
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_every_light_colour_belongs_to_one_token():
    drawn = [colour.light for colour in TOKENS.values()]
    assert len(set(drawn)) == len(drawn)


def test_the_style_sheet_holds_the_palette(root):
    sheet = (root / "src/crackdown/template/figures.css").read_text(encoding="utf-8")
    assert sheet.startswith(css_variables()), "write css_variables() to the head of figures.css"


def test_the_ground_of_figures_is_the_ground_of_the_page(root):
    sheet = (root / "src/crackdown/template/page.css").read_text(encoding="utf-8")
    for colour in TOKENS["page"][:2]:
        assert f"--page: {colour};" in sheet


def test_a_colour_without_token_is_left_alone():
    assert css_value("#123456") == "#123456"
    assert css_value(light("land")) == f"var(--fig-land,{light('land')})"


@pytest.mark.parametrize("mode", MODES)
def test_classes_of_a_count_go_one_way_in_lightness(mode):
    lightness = [cielab(colour)[0] for colour in colours(CLASSES, mode)]
    steps = np.diff(lightness)
    assert (steps > 8).all() or (steps < -8).all()


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("tokens", [CLASSES, SERIES, MARKS], ids=["classes", "series", "marks"])
def test_colours_side_by_side_are_told_apart(tokens, mode, sight):
    seen = [cielab(colour, sight) for colour in colours(tokens, mode)]
    assert min(np.linalg.norm(one - other) for one, other in itertools.combinations(seen, 2)) >= 12


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("tokens", [CLASSES, SERIES, MARKS], ids=["classes", "series", "marks"])
def test_colours_side_by_side_differ_in_grey(tokens, mode):
    grey = sorted(cielab(colour)[0] for colour in colours(tokens, mode))
    assert np.diff(grey).min() >= 8


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("ground", ["page", "land"])
@pytest.mark.parametrize("token", ["ink", "muted"])
def test_text_is_legible_on_page_and_land(token, ground, mode):
    text, behind = colours([token, ground], mode)
    assert contrast(text, behind) >= 4.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("token", ["province-mark", "border-mark"])
def test_numbers_in_marks_are_legible(token, mode):
    text, behind = colours([token, "page"], mode)
    assert contrast(text, behind) >= 4.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("ground", ["page", "land"])
def test_circles_stand_out_from_their_ground(ground, mode):
    mark, behind = colours(["county-mark", ground], mode)
    assert contrast(mark, behind) >= 3


def test_hatching_contrasts_with_the_class_below_it_on_screen_and_paper():
    for name in CLASSES:
        for mode in range(3):
            lines, ground = (TOKENS[one][mode] for one in (hatch_of(name).token, name))
            assert contrast(lines, ground) > 2.5, (name, mode)
