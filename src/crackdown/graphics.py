"""Turn a matplotlib figure into an inline SVG figure that a page can read out, restyle and print.

matplotlib draws everything; nothing is drawn twice. What it writes as SVG is then made fit for
a page: identifiers are prefixed, colours become CSS variables, marks get a `<title>`, text takes
the page's fonts, and coordinates are rounded to a tenth of a pixel.
"""

import io
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from pathlib import Path
from types import MappingProxyType

import matplotlib
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from crackdown.hypertext import Shown
from crackdown.palette import css_value, light
from crackdown.svg import HALO, UNITS_PER_PIXEL, compact_svg

# A figure is drawn at the width of a phone, one point a pixel, and shown this much larger where
# there is room: so its text is legible on both without a second drawing.
WIDTH = 440
LARGEST_SCALE = 1.4
HALO_WIDTH = 3.0

STYLE = MappingProxyType(
    {
        "font.family": ["DejaVu Sans"],
        "font.size": 12.0,
        "axes.labelsize": 12.0,
        "xtick.labelsize": 12.0,
        "ytick.labelsize": 12.0,
        "text.color": light("ink"),
        "axes.labelcolor": light("ink"),
        "axes.edgecolor": light("rule"),
        "axes.linewidth": 1.0,
        "axes.unicode_minus": True,
        "xtick.color": light("rule"),
        "ytick.color": light("rule"),
        "xtick.labelcolor": light("muted"),
        "ytick.labelcolor": light("muted"),
        "hatch.linewidth": 1.0,
        "hatch.color": light("muted"),
        "path.simplify": False,
        "text.parse_math": False,
    }
)
NO_METADATA = MappingProxyType(dict.fromkeys(("Creator", "Date", "Format", "Type")))


@contextmanager
def figure_style() -> Iterator[None]:
    """Draw inside this context in the project's style, whatever the user's settings."""
    with matplotlib.rc_context({**_undone_settings(), **STYLE}):
        yield


def _undone_settings() -> dict[str, object]:
    """Find the settings that are not matplotlib's own: a file in the working directory may have made them."""
    return {
        name: default
        for name, default in matplotlib.rcParamsDefault.items()
        if not name.startswith("backend") and matplotlib.rcParams[name] != default
    }


def new_figure(height: float, *, width: float = WIDTH) -> Figure:
    """Make an empty figure of a size in pixels, with no background of its own.

    One pixel is one point (72 a inch), so that font sizes and line widths are pixels too.
    """
    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    figure.patch.set_visible(False)
    return figure


def place_axes(figure: Figure, box: tuple[float, float, float, float]) -> Axes:
    """Add an axes to a figure at a box in pixels: left, bottom, width, height."""
    width, height = figure.get_size_inches() * 72
    left, bottom, across, up = box
    return figure.add_axes((left / width, bottom / height, across / width, up / height))


def plain_axes(ax: Axes, *, grid: str = "y") -> Axes:
    """Leave of an axes its ground line, its tick labels and a light grid."""
    ax.patch.set_visible(False)
    ax.spines[["left", "right", "top"]].set_visible(False)
    ax.tick_params(length=0, pad=4)
    ax.grid(axis=grid, color=light("rule"), linewidth=0.8)
    ax.set_axisbelow(True)
    return ax


def halo(text: Artist, token: str) -> Artist:
    """Give a text, or a layer of texts, a rim in the colour of `token`, to be read on any ground."""
    text.set_path_effects([withStroke(linewidth=HALO_WIDTH, foreground=light(token))])
    text.set_gid(f"{HALO}{light(token)}")
    return text


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
    ):
        self.panels = {"": figure} if isinstance(figure, Figure) else dict(figure)
        self.figure = next(iter(self.panels.values()))
        self.key = key
        self.caption = caption
        self.alt = alt
        self.titles = titles

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
                title=f"{title}: {name.replace('-', ' ')}" if number else title,
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
    buffer = io.StringIO()
    settings = {"svg.fonttype": "none", "svg.hashsalt": prefix, "svg.image_inline": True}
    settings = {**_undone_settings(), **settings}
    with matplotlib.rc_context(settings), _halos_as_groups(figure), warnings.catch_warnings():
        # Text is written as text: the reader's fonts draw it, not this one.
        warnings.filterwarnings("ignore", r"Glyph \d+ ", UserWarning)
        FigureCanvasSVG(figure).print_svg(buffer, metadata=dict(NO_METADATA))
    body = compact_svg(buffer.getvalue(), prefix=prefix, titles=titles, colour=css_value)
    width, height = (round(inches * 72) for inches in figure.get_size_inches())
    described = f"{prefix}-title {prefix}-desc" if description else f"{prefix}-title"
    desc = (
        f'<desc id="{prefix}-desc">{escape(description, quote=False)}</desc>' if description else ""
    )
    return (
        f'<svg aria-labelledby="{described}" role="group" stroke-linejoin="round" stroke-width="{UNITS_PER_PIXEL}"'
        f' viewbox="0 0 {width * UNITS_PER_PIXEL} {height * UNITS_PER_PIXEL}" width="{round(width * LARGEST_SCALE)}"'
        f' xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{prefix}-title">{escape(title, quote=False)}</title>{desc}{body}</svg>'
    )


@contextmanager
def _halos_as_groups(figure: Figure) -> Iterator[None]:
    """Take halo effects away while SVG is written, and put them back.

    matplotlib would write a text with an effect as outlines: five times the size, and no text.
    The name that `halo` gave the text tells the SVG's writer to draw the rim.
    """
    texts = [
        text
        for ax in figure.axes
        for text in (*ax.texts, *ax.artists)
        if str(text.get_gid()).startswith(HALO)
    ]
    effects = [text.get_path_effects() for text in texts]
    try:
        for text in texts:
            text.set_path_effects(None)
        yield
    finally:
        for text, effect in zip(texts, effects, strict=True):
            text.set_path_effects(effect)


def _undated(suffix: str) -> dict[str, None]:
    """Return the metadata that keeps the time of writing out of a file."""
    return {".pdf": {"CreationDate": None}, ".svg": {"Date": None}}.get(suffix, {})
