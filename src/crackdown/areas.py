"""Draw many shapes, or many short texts, as one layer of a matplotlib figure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from matplotlib.artist import Artist, allow_rasterization
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.patheffects import PathEffectRenderer
from matplotlib.text import Text
from matplotlib.transforms import Transform

from crackdown.graphics import Sheet, halo
from crackdown.palette import light


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
    colour
        Colour as `#rrggbb`.
    """

    def __init__(
        self,
        texts: Sequence[Lettering],
        *,
        size: float,
        weight: str = "normal",
        style: str = "normal",
        colour: str,
    ):
        super().__init__()
        self.texts = texts
        self.font = FontProperties(family="DejaVu Sans", size=size, weight=weight, style=style)
        self.colour = colour

    @allow_rasterization
    def draw(self, renderer) -> None:
        """Write each text where its anchor is."""
        effects = self.get_path_effects()
        target = PathEffectRenderer(effects, renderer) if effects else renderer
        renderer.open_group("texts", gid=self.get_gid())
        context = renderer.new_gc()
        context.set_foreground(self.colour)
        height = renderer.get_canvas_width_height()[1]
        # Half the height of a capital letter: the middle of the line lies at the anchor.
        drop = renderer.points_to_pixels(self.font.get_size()) * 0.36
        transform = self.get_transform().frozen()
        anchor = Text(transform=transform)
        # SVG, whose renderer alone has a writer, says itself which end of a text stands at the
        # anchor: measuring the text would be in vain.
        is_svg = hasattr(renderer, "writer")
        for lettering in self.texts:
            anchor.set_position((lettering.x, lettering.y))
            anchor.set_horizontalalignment(lettering.ha)
            x, y = transform.transform((lettering.x, lettering.y))
            x -= 0 if is_svg else self._before_anchor(renderer, lettering)
            y = height - y + drop if renderer.flipy() else y - drop
            target.draw_text(context, x, y, lettering.text, self.font, 0, mtext=anchor)
        context.restore()
        renderer.close_group("texts")
        self.stale = False

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
    layer = Letterings(texts, size=size, colour=light(token), **font)
    layer.set_transform(transform or ax.transData)
    layer.set_zorder(5)
    ax.add_artist(halo(layer, rim) if rim else layer)
    return ax


def rectangle(left: float, bottom: float, right: float, top: float) -> Path:
    """Return the path of a rectangle."""
    corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
    return Path(corners, closed=True)
