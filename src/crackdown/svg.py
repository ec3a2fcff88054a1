"""Make the SVG that matplotlib writes small, and fit to stand inside a page with others."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from html import escape
from itertools import pairwise
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import numpy as np

# Properties that children inherit, so that a run of like elements can share a group.
INHERITED = (
    "fill", "font-size", "font-style", "font-weight", "paint-order", "pointer-events", "stroke",
    "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-width", "text-anchor",
)  # fmt: skip
# Said by the page (font), by the outer element (line join), or the initial value.
SAID_ELSEWHERE = {
    "stroke-linejoin": "round", "stroke-linecap": "butt", "stroke-dashoffset": "0",
    "stroke-miterlimit": "100000", "stroke-width": "1", "text-anchor": "start",
}  # fmt: skip
DROPPED = {"font-family", "clip-path"}
# Lengths are written in tenths of a pixel, as whole numbers: that is as exact as a screen shows,
# and a quarter shorter than decimal fractions. The viewBox is ten times as large to match.
UNITS_PER_PIXEL = 10
LENGTHS = {
    "font-size", "height", "stroke-dasharray", "stroke-width", "width", "x", "x1", "x2", "y", "y1", "y2",
}  # fmt: skip
# A group of this name holds text with a rim; the rim's colour follows.
HALO = "halo:"
NAMESPACE = re.compile(r"\{[^}]*\}")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
TURN = re.compile(r"rotate\((-?[\d.]+)")
# Control characters that a text may hold and XML may not.
NOT_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LOCAL_URL = re.compile(r"url\(#([^)]*)\)")


def compact_svg(
    text: str, *, prefix: str, titles: Mapping[str, str], colour: Callable[[str], str]
) -> str:
    """Rewrite matplotlib's SVG for use inside a page.

    Parameters
    ----------
    text
        A whole SVG document as matplotlib writes it, text as text (`svg.fonttype: none`).
    prefix
        Put before every identifier that is kept (of patterns and repeated marks).
    titles
        Text by group identifier: the group gets it as `<title>`. A group
        named `halo:#rrggbb` becomes text with a rim of that colour. No group keeps its identifier.
    colour
        Gives the value to write for a colour `#rrggbb`.

    Returns
    -------
    What stands between the tags of the outer `<svg>`. Styles are presentation attributes,
    because a page's security policy may forbid `style=`; clip paths are dropped, so whatever
    is drawn must lie inside its axes.
    """
    rewriter = _Rewriter(prefix, titles, colour)
    root = ElementTree.fromstring(NOT_XML.sub("\ufffd", text))
    return "".join(map(_written, _grouped(rewriter.children(root))))


class _Rewriter:
    """Hold what the rewriting of one document needs at every level of its tree."""

    def __init__(self, prefix: str, titles: Mapping[str, str], colour: Callable[[str], str]):
        self.prefix = prefix
        self.titles = titles
        self.colour = colour
        self.styles: dict[str, dict[str, str]] = {}

    def children(self, parent: Element, halo: str = "") -> list[Element]:
        return [new for child in parent for new in self.element(child, halo)]

    def element(self, old: Element, halo: str) -> list[Element]:
        """Return what stands for an element: itself rewritten, its children, or nothing."""
        tag = NAMESPACE.sub("", old.tag)
        if tag in ("metadata", "style", "clipPath"):
            return []
        name = old.get("id", "")
        if name.startswith(HALO):
            halo = name.removeprefix(HALO)
        new = Element(tag)
        new.text = (old.text or "").strip() if tag == "text" else None
        new.extend(_grouped(self.children(old, halo)))
        if tag == "g":
            return self.group(new, old, name)
        if tag == "defs":
            return [new] if len(new) else []
        self.attributes(old, new)
        if tag == "text" and halo:
            new.attrib |= {
                "paint-order": "stroke",
                "stroke": self.colour(halo),
                "stroke-width": "30",
            }
        return [new]

    def group(self, new: Element, old: Element, name: str) -> list[Element]:
        if not len(new):
            return []
        self.attributes(old, new)
        new.attrib.pop("id", None)
        if name in self.titles:
            if len(new) == 1 and not new.attrib:
                new = new[0]
            title = Element("title")
            title.text = self.titles[name]
            new.insert(0, title)
        return [new] if new.attrib else list(new)

    def attributes(self, old: Element, new: Element) -> None:
        """Carry the attributes over, the style taken apart into presentation attributes."""
        for name, value in old.attrib.items():
            if name == "style":
                new.attrib |= self.style(value)
                continue
            name = NAMESPACE.sub("", name)
            written = self.value(name, value) if name not in DROPPED else ""
            if written:
                new.set(name.lower(), written)

    def style(self, text: str) -> dict[str, str]:
        """Return a style's presentation attributes; few styles occur, each many times."""
        if text not in self.styles:
            pairs = (declaration.partition(":") for declaration in text.split(";"))
            stripped = ((name.strip(), value.strip()) for name, colon, value in pairs if colon)
            self.styles[text] = {
                name: self.value(name, value)
                for name, value in stripped
                if name not in DROPPED and SAID_ELSEWHERE.get(name) != value
            }
        return self.styles[text]

    def value(self, name: str, value: str) -> str:
        if name == "d":
            return compact_path(value)
        if name == "id":
            return f"{self.prefix}-{value}"
        if name == "href":
            return value.replace("#", f"#{self.prefix}-")
        if name == "transform":
            return _transform(value)
        if name in LENGTHS:
            return _scaled(value)
        if value.startswith("#"):
            return self.colour(value)
        return LOCAL_URL.sub(rf"url(#{self.prefix}-\1)", value)


@lru_cache(maxsize=4096)
def compact_path(path: str) -> str:
    """Write path data in relative coordinates, whole tenths of a pixel.

    Coordinates are rounded before they are made relative, so that errors do not add up and
    lines shared by neighbours stay shared. A circle is written as two arcs; other paths with
    curves are rounded only. What was written is kept: the land is the same on every map.
    """
    if "C" in path or "Q" in path:
        return _circle(path) or re.sub(r"\s*([A-Za-z])\s*", r"\1", _scaled(path))
    return "".join(map(_polyline, path.split("M")[1:]))


def _circle(path: str) -> str | None:
    """Write matplotlib's circle, eight cubic curves, as two arcs; None for any other curve."""
    if path.count("C") != 8 or "z" not in path:
        return None
    numbers = np.array(re.sub("[MCz]", " ", path).split(), dtype=float).reshape(-1, 2)
    ends = numbers[::3]
    centre = (ends[0] + ends[4]) / 2
    radii = np.hypot(*(ends - centre).T)
    if np.ptp(radii) > 1e-3:
        return None
    x, y, r = np.rint(
        np.array([centre[0] - radii[0], centre[1], radii[0]]) * UNITS_PER_PIXEL
    ).astype(int)
    arc = f"a{r} {r} 0 1 0"
    return f"M{x} {y}{arc} {2 * r} 0{arc}-{2 * r} 0z"


def _polyline(part: str) -> str:
    closed = "z" in part
    numbers = [
        round(float(text) * UNITS_PER_PIXEL)
        for text in part.replace("L", " ").replace("z", " ").split()
    ]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    # `z` draws the last line of a ring by itself.
    if closed and len(points) > 2 and points[0] == points[-1]:
        points.pop()
    steps = [(x - back_x, y - back_y) for (back_x, back_y), (x, y) in pairwise(points)]
    line = " ".join(f"{x} {y}" for x, y in steps if x or y)
    start = f"M{points[0][0]} {points[0][1]}{'l' if line else ''}"
    return f"{start}{line}{'z' if closed else ''}".replace(" -", "-")


def _scaled(text: str) -> str:
    return NUMBER.sub(lambda found: str(round(float(found[0]) * UNITS_PER_PIXEL)), text).replace(
        "px", ""
    )


def _transform(text: str) -> str:
    """Scale a movement and the centre of a turn, but not the angle; drop a turn by nothing."""
    turn = TURN.search(text)
    if not turn:
        return _scaled(text)
    if float(turn[1]) == 0:
        return ""
    return f"{_scaled(text[: turn.start()])}rotate({turn[1]}{_scaled(text[turn.end() :])}"


def _grouped(children: Iterable[Element]) -> list[Element]:
    """Wrap each run of like siblings in one group that holds what they share."""
    result: list[Element] = []
    run: list[Element] = []
    shared: dict[str, str] = {}
    for child in [*children, Element("end")]:
        own = {name: child.attrib[name] for name in INHERITED if name in child.attrib}
        if run and own and own == shared:
            run.append(child)
            continue
        result.extend(_wrapped(run, shared))
        run, shared = [child], own
    return result


def _wrapped(run: list[Element], shared: Mapping[str, str]) -> list[Element]:
    if len(run) < 2:
        return run
    group = Element("g", dict(shared))
    for child in run:
        for name in shared:
            del child.attrib[name]
    group.extend(run)
    return [group]


def _written(element: Element) -> str:
    """Write an element as HTML parsers do: attributes sorted, every end tag there."""
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in sorted(element.items()))
    text = escape(element.text or "", quote=False)
    return f"<{element.tag}{attributes}>{text}{''.join(map(_written, element))}</{element.tag}>"
