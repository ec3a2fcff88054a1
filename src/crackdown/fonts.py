"""Fonts: the Hangul that a page carries, for readers whose machines have none."""

from __future__ import annotations

import base64
import copy
import functools
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

#: The family as the style sheets name it, before the fonts of the reader's machine.
FAMILY = "Crackdown Hangul"

#: The files in ``hangul/`` by the weight they are drawn with; fonts/make.py makes them.
WEIGHTS = {400: "NotoSansKR-Regular.ttf", 600: "NotoSansKR-SemiBold.ttf"}

#: All that the fonts may hold: single letters and syllables. Latin letters stay the reader's.
RANGE = "U+3131-3163,U+AC00-D7A3"

#: Bytes that each letter takes of a page, in all weights.
BYTES_OF_LETTER = 410

_FOLDER = Path(__file__).parent / "hangul"
# Also inside JSON, where quotation marks are escaped.
_ADDRESS = re.compile(r'href=\\?"[^"]*"')
_HANGUL = ((0x3131, 0x3163), (0xAC00, 0xD7A3))

# Tables that hold for the whole font, whichever letters it has.
_SHARED = ("head", "hhea", "maxp", "OS/2", "name", "post")


def list_hangul(text: str) -> str:
    """List the Hangul that a text shows, each letter once, in order.

    The addresses of links, which may hold Hangul too, are not shown.

    >>> list_hangul("서울 to 평양, 서울")
    '서양울평'
    """
    # As numbers: a pattern takes three times as long to look at a million letters.
    codes = np.frombuffer(_ADDRESS.sub("", text).encode("utf-16-le", "surrogatepass"), "<u2")
    found = [np.unique(codes[(codes >= first) & (codes <= last)]) for first, last in _HANGUL]
    return "".join(map(chr, np.concatenate(found)))


@functools.lru_cache(maxsize=32)
def write_faces(letters: str) -> str:
    """Write fonts of some letters as CSS, so that a page holds its own.

    Parameters
    ----------
    letters
        As `list_hangul` gives them.

    Returns
    -------
    str
        A ``@font-face`` for each weight; "" without letters.
    """
    if not letters:
        return ""
    return "".join(
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};'
        f"src:url(data:font/ttf;base64,{base64.b64encode(cut_font(name, letters)).decode()});"
        f"unicode-range:{RANGE}}}"
        for weight, name in WEIGHTS.items()
    )


def cut_font(name: str, letters: str) -> bytes:
    """Make a font of some letters of another.

    Not by fontTools' subsetter, which takes ten times as long and as much
    again to load: the fonts in ``hangul/`` hold nothing but outlines, so that
    those of the letters can be taken over as they are. Nor compressed, since
    zlib writes other bytes on other systems.

    Parameters
    ----------
    name
        A file in ``hangul/``.
    letters
        Those that the font has none of are left out.
    """
    # Imported here: most pages hold no Hangul.
    from fontTools.ttLib import TTFont, newTable

    source = _load_font(name)
    held = source.getBestCmap()
    codes = {ord(letter): held[ord(letter)] for letter in letters if ord(letter) in held}
    glyphs = [".notdef", *codes.values()]
    font = TTFont(recalcBBoxes=False, recalcTimestamp=False)
    font.setGlyphOrder(glyphs)
    for tag in _SHARED:
        font[tag] = copy.copy(source[tag])
    font["maxp"].numGlyphs = len(glyphs)
    font["loca"] = newTable("loca")
    font["glyf"] = newTable("glyf")
    font["glyf"].glyphs = {glyph: source["glyf"].glyphs[glyph] for glyph in glyphs}
    font["glyf"].glyphOrder = glyphs
    font["hmtx"] = newTable("hmtx")
    font["hmtx"].metrics = {glyph: source["hmtx"].metrics[glyph] for glyph in glyphs}
    font["cmap"] = newTable("cmap")
    font["cmap"].tableVersion = 0
    font["cmap"].tables = [_map_letters(codes)]
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def _map_letters(codes: dict[int, str]) -> CmapSubtable:
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    # Format 4 of Windows' Unicode, which every system reads.
    table = CmapSubtable.newSubtable(4)
    table.platformID, table.platEncID, table.language = 3, 1, 0
    table.cmap = codes
    return table


def load_fonts() -> None:
    """Read the fonts now, for processes that are forked from this one."""
    for name in WEIGHTS.values():
        _load_font(name)


@functools.cache
def _load_font(name: str) -> TTFont:
    from fontTools.ttLib import TTFont

    # From memory: processes that are forked from this one would move each other's place in a file.
    font = TTFont(io.BytesIO((_FOLDER / name).read_bytes()), lazy=True)
    # Read whole, since else each of them would.
    font["glyf"], font["hmtx"], font["cmap"]
    return font
