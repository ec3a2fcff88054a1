"""Make the Hangul fonts of Korean pages from the published Noto Sans KR.

Usage::

    python fonts/make.py PACKAGE [-o DIR]

The source is the npm package @fontsource/noto-sans-kr 5.3.0 as npm packs it.
What is taken are the 2,350 syllables of KS X 1001, which hold all that is
written today but for rare names, and the single letters; see README.md beside
this file. The same source gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import sys
import tarfile
from pathlib import Path

from fontTools import subset

KNOWN_SHA512 = (
    "fc99e94e36823975bbc54a2a3b2095612af4e553a40f2e5895af4ef96004892e"
    "eefb260bb261e8aa3eafd56d1b7fdd46f06dd7036f8d9d14b7097d937ff15566"
)
WEIGHTS = {"400": "Regular", "600": "SemiBold"}
FAMILY = "Noto Sans KR"
FONT_IN_PACKAGE = "package/files/noto-sans-kr-korean-{weight}-normal.woff"
FOLDER = Path(__file__).resolve().parents[1] / "src/crackdown/hangul"
#: Tables that place letters in other ways than one after the other, and hints for old screens.
LEFT_OUT = ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "gasp", "prep", "vhea", "vmtx"]
#: Copyright, licence and its address: what the licence asks to be kept.
NAMES = [0, 13, 14]


def list_letters() -> list[int]:
    """List the code points of KS X 1001: its syllables, in rows 16 to 40, and its single letters."""
    rows = ((row, cell) for row in range(16, 41) for cell in range(1, 95))
    syllables = [bytes([0xA0 + row, 0xA0 + cell]).decode("euc_kr") for row, cell in rows]
    return [*range(ord("ㄱ"), ord("ㅣ") + 1), *map(ord, syllables)]


def read_package(path: Path) -> bytes:
    """Read the package, if it is the known one."""
    held = path.read_bytes()
    if hashlib.sha512(held).hexdigest() != KNOWN_SHA512:
        sys.exit(f"{path} is not @fontsource/noto-sans-kr 5.3.0 as it was published.")
    return held


def name_file(style: str) -> str:
    """Name the file of a style, which is also the font's name in a PDF."""
    return f"{FAMILY.replace(' ', '')}-{style}"


def cut_font(font: bytes, style: str) -> bytes:
    """Keep the letters and what a browser needs to draw them, under a name of their weight."""
    options = subset.Options(
        glyph_names=False,
        hinting=False,
        layout_features=[],
        name_IDs=NAMES,
        notdef_outline=True,
    )
    options.drop_tables += LEFT_OUT
    loaded = subset.load_font(io.BytesIO(font), options)
    loaded.flavor = None
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=list_letters())
    subsetter.subset(loaded)
    # The published names are those of the thinnest weight.
    for number, name in ((1, FAMILY), (2, style), (4, f"{FAMILY} {style}"), (6, name_file(style))):
        loaded["name"].setName(name, number, 3, 1, 0x409)
    written = io.BytesIO()
    subset.save_font(loaded, written, options)
    return written.getvalue()


def main() -> None:
    """Write one font for each weight."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", type=Path)
    parser.add_argument("-o", "--folder", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    with tarfile.open(fileobj=io.BytesIO(read_package(arguments.package))) as package:
        for weight, style in WEIGHTS.items():
            with package.extractfile(FONT_IN_PACKAGE.format(weight=weight)) as font:
                made = cut_font(font.read(), style)
            (arguments.folder / f"{name_file(style)}.ttf").write_bytes(made)


if __name__ == "__main__":
    main()
