"""Draw many named shapes as one layer of a matplotlib figure."""

from collections.abc import Mapping

from matplotlib.artist import Artist, allow_rasterization
from matplotlib.colors import to_rgba
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform

from crackdown.palette import light


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
    hatched
        Identifiers of the shapes that are hatched.
    line
        Colour and width in pixels of the outline.
    """

    def __init__(
        self,
        paths: Mapping[str, Path],
        *,
        fills: Mapping[str, str],
        hatched: frozenset[str] = frozenset(),
        line: tuple[str, float],
    ):
        super().__init__()
        self.paths = paths
        self.fills = fills
        self.hatched = hatched
        self.line = line

    @allow_rasterization
    def draw(self, renderer) -> None:
        """Draw each shape inside a group of its own."""
        colour, width = self.line
        transform, identity = self.get_transform(), IdentityTransform()
        for name, path in self.paths.items():
            context = renderer.new_gc()
            context.set_foreground(colour)
            context.set_linewidth(renderer.points_to_pixels(width))
            context.set_joinstyle("round")
            if name in self.hatched:
                context.set_hatch("////")
                context.set_hatch_color(to_rgba(light("muted")))
            fill = to_rgba(self.fills[name]) if name in self.fills else None
            renderer.open_group("area", gid=name)
            renderer.draw_path(context, transform.transform_path(path), identity, fill)
            renderer.close_group("area")
            context.restore()
        self.stale = False


def rectangle(left: float, bottom: float, right: float, top: float) -> Path:
    """Return the path of a rectangle."""
    corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
    return Path(corners, closed=True)
