"""Turn a matplotlib figure into an inline SVG figure that a page can read out, restyle and print.

matplotlib draws everything; nothing is drawn twice. A renderer of the project's own writes it as
SVG fit for a page: identifiers are prefixed, colours are CSS variables, marks have a `<title>`, text
takes the page's fonts, and coordinates are rounded to a tenth of a pixel.
"""

import contextlib
from collections.abc import Mapping
from html import escape
from pathlib import Path
from types import MappingProxyType

import matplotlib
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox, BboxTransformFrom, BboxTransformTo

from crackdown.hypertext import Shown
from crackdown.palette import light
from crackdown.svg import UNITS_PER_PIXEL, PageRenderer

# A figure is drawn at the width of a phone, one point a pixel, and shown this much larger where
# there is room: so its text is legible on both without a second drawing.
WIDTH = 440
LARGEST_SCALE = 1.4

def _undone_settings() -> dict[str, object]:
    """Find the settings that are not matplotlib's own: a file in the working directory may have made them."""
    # Read as a plain dictionary, since matplotlib looks each name up among the deprecated ones.
    now = dict(dict.items(matplotlib.rcParams))
    return {
        name: default
        for name, default in dict.items(matplotlib.rcParamsDefault)
        if now[name] != default and not name.startswith("backend")
    }


def new_figure(height: float, *, width: float = WIDTH) -> Figure:
    """Make an empty figure of a size in pixels, with no background of its own.

    One pixel is one point (72 a inch), so that font sizes and line widths are pixels too.
    """
    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    figure.patch.set_visible(False)
    return figure


class Sheet:
    """Hold a rectangle of a figure with coordinates of its own.

    Has of matplotlib's `Axes` what maps and charts of the project use, under the same names, so
    that they can be drawn on an `Axes` too, and none of the rest: making ticks and spines that are
    never shown takes longer than drawing a chart.

    Parameters
    ----------
    figure
        From `new_figure`.
    box
        The rectangle in pixels of the figure: left, bottom, width, height.
    xlim, ylim
        The coordinates of its edges; those of pixels, counted from its lower left, if not given.
    """

    def __init__(
        self,
        figure: Figure,
        box: tuple[float, float, float, float],
        *,
        xlim: tuple[float, float] | None = None,
        ylim: tuple[float, float] | None = None,
    ):
        left, bottom, width, height = box
        self.figure = figure
        self._xlim = xlim or (0.0, width)
        self._ylim = ylim or (0.0, height)
        # A figure's unit is the inch; a pixel is a point.
        shown = Bbox.from_bounds(left / 72, bottom / 72, width / 72, height / 72)
        limits = Bbox.from_extents(self._xlim[0], self._ylim[0], self._xlim[1], self._ylim[1])
        self.transAxes = BboxTransformTo(shown) + figure.dpi_scale_trans
        self.transData = BboxTransformFrom(limits) + self.transAxes

    def get_xlim(self) -> tuple[float, float]:
        """Return the coordinates of the left and the right edge."""
        return self._xlim

    def get_ylim(self) -> tuple[float, float]:
        """Return the coordinates of the lower and the upper edge."""
        return self._ylim

    def add_artist(self, artist: Artist) -> Artist:
        """Add an artist that has its transform."""
        return self.figure.add_artist(artist)


class Graphic(Shown):
    """Show one or several matplotlib figures as an HTML figure with inline SVG.

    Parameters
    ----------
    figure
        The drawing, or several by name (the panels of one figure, in reading order).
    key
        Identifier of the figure on its page; it prefixes every identifier inside the SVG.
    caption
        Caption.
    alt
        Alternative text. Its first sentence becomes the SVG's title, the rest its description.
    titles
        Text shown on hover and read out, by the `gid` of an artist. An artist whose `gid` has
        no title is drawn without one.
    headings
        What further panels are called, by their name; their name itself if not given.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
        The first (often only) drawing, to change or to save as PNG or PDF.
    panels : dict of str to matplotlib.figure.Figure
        All drawings by name.
    """

    def __init__(
        self,
        figure: Figure | Mapping[str, Figure],
        *,
        key: str,
        caption: str,
        alt: str,
        titles: Mapping[str, str] = MappingProxyType({}),
        headings: Mapping[str, str] = MappingProxyType({}),
    ):
        self.panels = {"": figure} if isinstance(figure, Figure) else dict(figure)
        self.figure = next(iter(self.panels.values()))
        self.key = key
        self.caption = caption
        self.alt = alt
        self.titles = titles
        self.headings = headings

    def __repr__(self) -> str:
        return f"Graphic({self.key!r})"

    def save(self, path: Path, *, dpi: int = 200) -> list[Path]:
        """Write the drawings as PNG, PDF or SVG files, by the suffix of `path`.

        Further panels are written beside the first, their name added to the file's name.

        Returns
        -------
        The files written.
        """
        written = []
        for number, (name, figure) in enumerate(self.panels.items()):
            target = path if number == 0 else path.with_stem(f"{path.stem}-{name}")
            figure.savefig(
                target, dpi=dpi, facecolor=light("page"), metadata=_undated(target.suffix)
            )
            written.append(target)
        return written

    def _repr_html_(self) -> str:
        title, _, description = self.alt.partition(". ")
        drawings = "".join(
            write_svg(
                figure,
                prefix=f"{self.key}-{name}" if name else self.key,
                title=f"{title}: {self.headings.get(name, name.replace('-', ' '))}" if number else title,
                # The description is of the whole figure: said once, with the first panel.
                description="" if number else description,
                titles=self.titles,
            )
            for number, (name, figure) in enumerate(self.panels.items())
        )
        shape = "graphic panelled" if len(self.panels) > 1 else "graphic"
        return (
            f'<figure class="{shape}" id="{escape(self.key)}">'
            f'<div class="panels">{drawings}</div><figcaption>{escape(self.caption, quote=False)}</figcaption></figure>'
        )


class Words(Shown):
    """Stand in for a figure that would show nothing, and say why.

    Parameters
    ----------
    text
        What to say, plain text.
    key
        Identifier on the page, as for the figure it replaces.
    """

    def __init__(self, text: str, *, key: str):
        self.text = text
        self.key = key

    def __repr__(self) -> str:
        return f"Words({self.text!r}, key={self.key!r})"

    def _repr_html_(self) -> str:
        return f'<p class="empty" id="{escape(self.key)}">{escape(self.text)}</p>'


def write_svg(
    figure: Figure, *, prefix: str, title: str, description: str, titles: Mapping[str, str]
) -> str:
    """Write a figure as an SVG element to be placed inside an HTML page.

    Parameters
    ----------
    figure
        The drawing. It is not changed.
    prefix
        Put before every identifier; must be unique on the page.
    title, description
        Name and description for screen readers, plain text.
    titles
        Text shown on hover, by artist `gid`.

    Returns
    -------
    One `<svg>` element in the form that HTML parsers write (attribute names in lower case and
    sorted, every end tag written), the same bytes for the same figure.
    """
    width, height = (round(inches * 72) for inches in figure.get_size_inches())
    renderer = PageRenderer(width, height, prefix=prefix, titles=titles)
    undone = _undone_settings()
    with matplotlib.rc_context(undone) if undone else contextlib.nullcontext():
        figure.draw(renderer)
    described = f"{prefix}-title {prefix}-desc" if description else f"{prefix}-title"
    desc = (
        f'<desc id="{prefix}-desc">{escape(description, quote=False)}</desc>' if description else ""
    )
    return (
        f'<svg aria-labelledby="{described}" role="group" stroke-linejoin="round" stroke-width="{UNITS_PER_PIXEL}"'
        f' viewbox="0 0 {width * UNITS_PER_PIXEL} {height * UNITS_PER_PIXEL}" width="{round(width * LARGEST_SCALE)}"'
        f' xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{prefix}-title">{escape(title, quote=False)}</title>{desc}{renderer.write()}</svg>'
    )


def _undated(suffix: str) -> dict[str, None]:
    """Return the metadata that keeps the time of writing out of a file."""
    return {".pdf": {"CreationDate": None}, ".svg": {"Date": None}}.get(suffix, {})
