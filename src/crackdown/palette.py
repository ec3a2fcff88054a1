"""Name the colours of the figures once, for a light page, a dark page and paper.

A figure is drawn with the light colours. The writer in `crackdown.graphics` replaces each of
them by the CSS variable of its token, so that a page can change to dark or to print colours
without drawing anything again. Every light colour therefore belongs to one token only.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Colour(NamedTuple):
    """Hold one token's colour on a light page, on a dark page and on paper."""

    light: str
    dark: str
    paper: str


TOKENS: Mapping[str, Colour] = MappingProxyType(
    {
        # Text, lines and ground of the page, as in template/page.css.
        "ink": Colour("#1d1d1b", "#ebe9e4", "#000000"),
        "muted": Colour("#5a5a55", "#b3b0a8", "#444444"),
        "page": Colour("#fdfcfa", "#17181a", "#ffffff"),
        "rule": Colour("#d8d5cd", "#3b3c3e", "#bbbbbb"),
        # Map ground.
        "land": Colour("#eeebe3", "#2a2e33", "#f2f2ef"),
        "county-line": Colour("#cbc6ba", "#454a51", "#bdbdb8"),
        "province-line": Colour("#8d877a", "#7d838b", "#777777"),
        # Classes of a count, from few to many: lightness is monotone in each mode.
        "class-1": Colour("#d3e4ef", "#1f3a4f", "#dde9f1"),
        "class-2": Colour("#a5c8df", "#2d587b", "#aecde1"),
        "class-3": Colour("#6ea4c8", "#437fab", "#76a9cb"),
        "class-4": Colour("#3a77a6", "#72aad2", "#3f7ba9"),
        "class-5": Colour("#1b466f", "#b9dbf1", "#1b466f"),
        # Marks on a map, by the level to which the place is known.
        "county-mark": Colour("#c8532c", "#f59a70", "#c04a22"),
        "province-mark": Colour("#24598f", "#5c9bd8", "#1d4f83"),
        "border-mark": Colour("#3b2152", "#e6d6f5", "#3b2152"),
        # Publishers. Daily NK and its Japanese edition share a hue: they are one house.
        "series-1": Colour("#16406a", "#4b86c2", "#16406a"),
        "series-2": Colour("#de8a35", "#f0a85a", "#de8a35"),
        "series-3": Colour("#9cc7e9", "#cfe7f8", "#9cc7e9"),
        "series-4": Colour("#b4508f", "#d07fb6", "#b4508f"),
        "series-5": Colour("#e4e1da", "#5f6368", "#e4e1da"),
        # A plain series of bars or dots.
        "bar": Colour("#33658f", "#79aeda", "#33658e"),
    }
)

CLASSES = tuple(f"class-{number}" for number in range(1, 6))
SERIES = tuple(f"series-{number}" for number in range(1, 6))

TOKEN_OF_LIGHT: Mapping[str, str] = MappingProxyType(
    {colour.light: token for token, colour in TOKENS.items()}
)


def light(token: str) -> str:
    """Return the light colour of a token as `#rrggbb`.

    Raises
    ------
    KeyError
        If no token has that name.
    """
    return TOKENS[token].light


def css_value(colour: str) -> str:
    """Return what a page writes for a light colour: the token's variable, with the colour as fallback.

    A colour that is no token (`none`, `url(#…)`, a researcher's own) is returned unchanged.
    """
    token = TOKEN_OF_LIGHT.get(colour)
    return f"var(--fig-{token},{colour})" if token else colour


def css_variables() -> str:
    """Return the style rules that give every token its colour in light, dark and print.

    A page may force a mode by `data-theme` on its root element; paper is always light.
    """
    light_rules, dark_rules, paper_rules = (
        "".join(f"--fig-{token}:{colour[mode]};" for token, colour in TOKENS.items())
        for mode in range(3)
    )
    return (
        f":root{{{light_rules}}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark_rules}}}}}\n"
        f":root[data-theme=dark]{{{dark_rules}}}\n"
        f"@media print{{:root,:root:not([data-theme=light]),:root[data-theme=dark]{{{paper_rules}}}}}\n"
    )
