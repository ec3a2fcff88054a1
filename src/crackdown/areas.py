"""Draw many shapes, or many short texts, as one layer of a matplotlib figure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.artist import Artist, allow_rasterization
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.patheffects import PathEffectRenderer, withStroke
from matplotlib.transforms import Transform

from crackdown.graphics import Sheet
from crackdown.palette import light
from crackdown.svg import RIM_WIDTH, PageRenderer


class Hatch(NamedTuple):
    """Hold a hatching: the token of its colour, and matplotlib's pattern."""

    token: str
    pattern: str = "////"


class Areas(Artist):
    """Draw shapes as one layer, each a path with its own identifier.

    A matplotlib collection writes its paths without names, and a patch for each shape costs
    several times the time; this artist hands the paths to the renderer itself.

    Parameters
    ----------
    paths
        By identifier, in the coordinates of the artist's transform; drawn in this order.
    fills
        Fill colour by identifier; without one the shape is not filled.
    hatch
        How all of the shapes are hatched, if they are.
    line
        Colour and width in pixels of the outline.
    """

    def __init__(
        self,
        paths: Mapping[str, Path],
        *,
        fills: Mapping[str, str],
        hatch: Hatch | None = None,
        line: tuple[str, float],
    ):
        super().__init__()
        self.paths = paths
        self.fills = fills
        self.hatch = hatch
        self.line = line

    @allow_rasterization
    def draw(self, renderer) -> None:
        """Draw each shape inside a group of its own."""
        colour, width = self.line
        transform = self.get_transform().frozen()
        context = renderer.new_gc()
        context.set_foreground(colour)
        context.set_linewidth(renderer.points_to_pixels(width))
        context.set_joinstyle("round")
        if self.hatch:
            context.set_hatch(self.hatch.pattern)
            context.set_hatch_color(to_rgba(light(self.hatch.token)))
        for name, path in self.paths.items():
            fill = to_rgba(self.fills[name]) if name in self.fills else None
            renderer.open_group("area", gid=name)
            renderer.draw_path(context, path, transform, fill)
            renderer.close_group("area")
        context.restore()
        self.stale = False


class Lettering(NamedTuple):
    """Hold one short text: its anchor, what it says, and which end of it stands at the anchor."""

    x: float
    y: float
    text: str
    ha: str = "center"


class Letterings(Artist):
    """Write many one-line texts of one style as one layer, their middle height at their anchor.

    A `Text` for each lays itself out anew and costs several times the time.

    Parameters
    ----------
    texts
        In the coordinates of the artist's transform; plain text, never read as mathematics.
    size
        Font size in pixels.
    weight, style
        Font weight and style.
    colour, rim
        Colours as `#rrggbb`, of the letters and of a rim around them; no rim if empty.
    """

    def __init__(
        self,
        texts: Sequence[Lettering],
        *,
        size: float,
        weight: str = "normal",
        style: str = "normal",
        colour: str,
        rim: str = "",
    ):
        super().__init__()
        self.texts = texts
        self.font = FontProperties(family="DejaVu Sans", size=size, weight=weight, style=style)
        self.colour = colour
        self.rim = rim

    @allow_rasterization
    def draw(self, renderer) -> None:
        """Write each text where its anchor is."""
        points = np.array([(one.x, one.y) for one in self.texts]).reshape(-1, 2)
        points = self.get_transform().transform(points)
        # Half the height of a capital letter: the middle of the line lies at the anchor.
        drop = renderer.points_to_pixels(self.font.get_size()) * 0.36
        if renderer.flipy():
            points = points * (1, -1) + (0, renderer.get_canvas_width_height()[1] + drop)
        else:
            points = points - (0, drop)
        for lettering, at in zip(self.texts, points, strict=True):
            if isinstance(renderer, PageRenderer):
                renderer.write_text(
                    at, lettering.text, self.font, ha=lettering.ha, colour=self.colour, rim=self.rim
                )
            else:
                self._draw_line(renderer, lettering, at)
        self.stale = False

    def _draw_line(self, renderer, lettering: Lettering, at: np.ndarray) -> None:
        context = renderer.new_gc()
        context.set_foreground(self.colour)
        x = at[0] - self._before_anchor(renderer, lettering)
        if self.rim:
            rims = [withStroke(linewidth=RIM_WIDTH, foreground=self.rim)]
            renderer = PathEffectRenderer(rims, renderer)
        renderer.draw_text(context, x, at[1], lettering.text, self.font, 0)
        context.restore()

    def _before_anchor(self, renderer, lettering: Lettering) -> float:
        """Return the pixels of the text that lie left of its anchor."""
        if lettering.ha == "left":
            return 0.0
        width = renderer.get_text_width_height_descent(lettering.text, self.font, False)[0]
        return width if lettering.ha == "right" else width / 2


def write_texts(
    ax: Axes | Sheet,
    texts: Sequence[Lettering],
    *,
    size: float,
    token: str = "ink",
    rim: str = "",
    transform: Transform | None = None,
    **font: str,
) -> Axes | Sheet:
    """Write texts of one style over all else.

    Parameters
    ----------
    ax
        Where.
    texts
        At data coordinates, unless a transform is given.
    size
        Font size in pixels.
    token
        Names the colour.
    rim
        Names the colour of a rim; none if empty.
    transform
        From the coordinates of the texts.
    **font
        `weight` and `style`.
    """
    layer = Letterings(texts, size=size, colour=light(token), rim=rim and light(rim), **font)
    layer.set_transform(transform or ax.transData)
    layer.set_zorder(5)
    ax.add_artist(layer)
    return ax


def rectangle(left: float, bottom: float, right: float, top: float) -> Path:
    """Return the path of a rectangle."""
    corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
    return Path(corners, closed=True)
