"""Draw matplotlib figures as SVG that is small, and fit to stand inside a page with others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_hex
from matplotlib.font_manager import FontProperties, weight_dict
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Transform

from crackdown.palette import css_value

# Properties that children inherit, so that a run of like elements can share a group.
INHERITED = (
    "fill", "font-size", "font-style", "font-weight", "paint-order", "pointer-events", "stroke",
    "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-width", "text-anchor",
)  # fmt: skip
# Lengths are written in tenths of a pixel, as whole numbers: that is as exact as a screen shows,
# and a quarter shorter than decimal fractions. The viewBox is ten times as large to match.
UNITS_PER_PIXEL = 10
# Control characters that a text may hold and SVG may not.
NOT_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HATCH_SIZE = 72
RIM_WIDTH = 3.0
ANCHORS = {"center": "middle", "right": "end"}
CAPS = {"projecting": "square", "round": "round"}


class PageRenderer(RendererBase):
    """Write what a figure draws as the elements of an SVG inside a page.

    Styles are presentation attributes, because a page's security policy may forbid `style=`, and
    colours are CSS variables. Fonts and round line joins are said by the page. Nothing is clipped:
    whatever is drawn must lie inside the figure.

    Parameters
    ----------
    width, height
        Size in pixels, 72 of which are an inch.
    prefix
        Put before every identifier (of patterns); must be unique on the page.
    titles
        Text by group identifier: the group gets it as `<title>`. No group keeps its identifier.
    """

    def __init__(self, width: float, height: float, *, prefix: str, titles: Mapping[str, str]):
        super().__init__()
        self.width, self.height = width, height
        # SVG counts downwards.
        self.flip = np.array([[1, 0, 0], [0, -1, height], [0, 0, 1]])
        self.prefix = prefix
        self.titles = titles
        self.names: list[str] = []
        self.groups: list[list[Element]] = [[]]
        self.patterns: dict[tuple, Element] = {}

    def write(self) -> str:
        """Return what stands between the tags of the outer `<svg>`.

        In the form that HTML parsers write: attribute names sorted, every end tag written.
        """
        patterns = Element("defs")
        patterns.extend(self.patterns.values())
        drawn = [*self.groups[0], *([patterns] if self.patterns else [])]
        return "".join(map(_written, _grouped(drawn)))

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Return the size in pixels."""
        return self.width, self.height

    def open_group(self, s: str, gid: str | None = None) -> None:
        """Begin a group; `gid` is the name by which it may have a title."""
        self.names.append(gid or "")
        self.groups.append([])

    def close_group(self, s: str) -> None:
        """End a group: one element with its title, or its members where it has none."""
        name, members = self.names.pop(), self.groups.pop()
        members = _grouped(members) if len(members) > 1 else members
        if members and name in self.titles:
            one = members[0] if len(members) == 1 else Element("g")
            one.extend(members if len(members) > 1 else [])
            title = Element("title")
            title.text = self.titles[name]
            one.insert(0, title)
            members = [one]
        self.groups[-1].extend(members)

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: tuple[float, ...] | None = None,
    ) -> None:
        """Draw a path, hatched if the context says so."""
        style = {"d": write_path(path, _numbers(self.flip @ transform.get_matrix()))}
        if gc.get_hatch():
            style["fill"] = f"url(#{self._pattern(gc, rgbFace)})"
        else:
            style |= _paint("fill", rgbFace)
        if gc.get_linewidth():
            style |= _paint("stroke", gc.get_rgb())
            style |= _unless("stroke-width", _length(gc.get_linewidth()), _length(1))
            style |= _unless("stroke-linejoin", gc.get_joinstyle(), "round")
            style |= _unless("stroke-linecap", CAPS.get(gc.get_capstyle()), None)
            dashes = gc.get_dashes()[1]
            if dashes is not None:
                style["stroke-dasharray"] = ",".join(map(_length, dashes))
        self.groups[-1].append(Element("path", style))

    def _pattern(self, gc: GraphicsContextBase, face: tuple[float, ...] | None) -> str:
        key = (gc.get_hatch(), face and tuple(face), gc.get_hatch_color(), gc.get_hatch_linewidth())
        if key not in self.patterns:
            name = f"{self.prefix}-hatch-{len(self.patterns) + 1}"
            side, edge = _length(HATCH_SIZE), _length(HATCH_SIZE + 1)
            place = {"height": side, "id": name, "patternunits": "userSpaceOnUse", "width": side}
            pattern = Element("pattern", {**place, "x": "0", "y": "0"})
            ground = {"height": edge, "width": edge, "x": "0", "y": "0"}
            SubElement(pattern, "rect", ground | _paint("fill", face))
            lines = write_path(gc.get_hatch_path(), (HATCH_SIZE, 0, 0, 0, -HATCH_SIZE, HATCH_SIZE))
            stroke = _paint("fill", gc.get_hatch_color()) | _paint("stroke", gc.get_hatch_color())
            width = {"stroke-width": _length(gc.get_hatch_linewidth())}
            SubElement(pattern, "path", {"d": lines, "stroke-linejoin": "miter"} | stroke | width)
            self.patterns[key] = pattern
        return self.patterns[key].attrib["id"]

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: bool = False,
        mtext: Text | None = None,
    ) -> None:
        """Draw a text of matplotlib's own, which knows where it is anchored."""
        if ismath or mtext is None:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        ha = "left"
        if angle == 0:
            # The baseline is matplotlib's; along it, the text stands at its anchor.
            x, ha = mtext.get_transform().transform(mtext.get_unitless_position())[0], mtext.get_ha()
        self.write_text((x, y), s, prop, ha=ha, colour=to_hex(gc.get_rgb()), angle=angle)

    def write_text(
        self,
        at: tuple[float, float],
        text: str,
        font: FontProperties,
        *,
        ha: str,
        colour: str,
        rim: str = "",
        angle: float = 0,
    ) -> None:
        """Write one line of text.

        Parameters
        ----------
        at
            Pixels from the upper left: the baseline, and the end of the text that `ha` names.
        colour, rim
            As `#rrggbb`; no rim if empty.
        angle
            Degrees, anticlockwise.
        """
        x, y = map(_length, at)
        weight = weight_dict.get(font.get_weight(), font.get_weight())
        style = {"fill": css_value(colour), "font-size": _length(font.get_size()), "x": x, "y": y}
        style |= _unless("font-style", font.get_style(), "normal")
        style |= _unless("font-weight", str(weight), "400")
        style |= _unless("text-anchor", ANCHORS.get(ha), None)
        if rim:
            style |= {"paint-order": "stroke", "stroke": css_value(rim)}
            style["stroke-width"] = _length(RIM_WIDTH)
        if angle:
            style["transform"] = f"rotate({-angle:g} {x} {y})"
        element = Element("text", style)
        element.text = text.strip()
        self.groups[-1].append(element)


def _numbers(matrix: np.ndarray) -> tuple[float, ...]:
    return tuple(matrix[:2].ravel().tolist())


@lru_cache(maxsize=4096)
def write_path(path: Path, matrix: tuple[float, ...]) -> str:
    """Write path data in relative coordinates, whole tenths of a pixel.

    What was written is kept: the land is the same on every map. Coordinates are rounded before
    they are made relative, so that errors do not add up and lines shared by neighbours stay
    shared. A circle is written as two arcs; other curves are written in absolute coordinates.

    Parameters
    ----------
    path
        In any coordinates; not to be changed once it was written.
    matrix
        The first two rows of the affine matrix that gives pixels, one after the other.
    """
    rows = np.reshape(matrix, (2, 3))
    points = (path.vertices @ rows[:, :2].T + rows[:, 2]) * UNITS_PER_PIXEL
    codes = path.codes
    if codes is None:
        return _polyline(np.rint(points).astype(int), closed=False)
    if (codes == Path.CURVE4).any() or (codes == Path.CURVE3).any():
        return _circle(points, codes) or _curves(points, codes)
    starts = np.flatnonzero(codes == Path.MOVETO)
    points = np.rint(points).astype(int)
    return "".join(
        _polyline(points[a:b], closed=codes[b - 1] == Path.CLOSEPOLY)
        for a, b in pairwise([*starts, len(codes)])
    )


def _polyline(points: np.ndarray, *, closed: bool) -> str:
    # The point of a closing stroke is none: `z` draws the last line of a ring by itself.
    points = points[:-1] if closed else points
    if closed and len(points) > 2 and (points[0] == points[-1]).all():
        points = points[:-1]
    steps = np.diff(points, axis=0)
    numbers = steps[steps.any(axis=1)].ravel().tolist()
    start = f"M{points[0, 0]} {points[0, 1]}{'l' if numbers else ''}"
    return f"{start}{' '.join(map(str, numbers))}{'z' if closed else ''}".replace(" -", "-")


def _circle(points: np.ndarray, codes: np.ndarray) -> str | None:
    """Write matplotlib's circle, eight cubic curves, as two arcs; None for any other curve."""
    if (codes == Path.CURVE4).sum() != 24 or len(codes) != 26:
        return None
    ends = points[:25:3]
    centre = (ends[0] + ends[4]) / 2
    radii = np.hypot(*(ends - centre).T)
    if np.ptp(radii) > 1e-2:
        return None
    x, y, r = np.rint([centre[0] - radii[0], centre[1], radii[0]]).astype(int)
    arc = f"a{r} {r} 0 1 0"
    return f"M{x} {y}{arc} {2 * r} 0{arc}-{2 * r} 0z"


def _curves(points: np.ndarray, codes: np.ndarray) -> str:
    letters = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}
    parts, last = [], None
    for (x, y), code in zip(np.rint(points).astype(int), codes, strict=True):
        if code == Path.CLOSEPOLY:
            parts.append("z")
        else:
            # The letter of a curve holds for the points that follow it.
            parts.append(f"{letters[code] if code != last else ' '}{x} {y}")
        last = code
    return "".join(parts)


def _length(pixels: float) -> str:
    return str(round(pixels * UNITS_PER_PIXEL))


def _unless(name: str, value: str | None, usual: str | None) -> dict[str, str]:
    """Return an attribute unless its value is the usual one, which goes without saying."""
    return {} if value == usual else {name: value}


@lru_cache(maxsize=256)
def _paint(name: str, rgba: tuple[float, ...] | None) -> dict[str, str]:
    """Return the attributes of a colour; None is no paint."""
    if rgba is None:
        return {name: "none"}
    opacity = {f"{name}-opacity": f"{rgba[3]:g}"} if len(rgba) == 4 and rgba[3] != 1 else {}
    return {name: css_value(to_hex(rgba)), **opacity}


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
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in sorted(element.items()))
    text = escape(NOT_XML.sub("\ufffd", element.text), quote=False) if element.text else ""
    return f"<{element.tag}{attributes}>{text}{''.join(map(_written, element))}</{element.tag}>"
