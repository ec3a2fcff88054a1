"""Formats: what a file is that is no CSV in UTF-8, told by its bytes and never guessed at in silence."""

from __future__ import annotations

import codecs

from crackdown.errors import Problem

SAVE_AS = 'Save the file as "CSV UTF-8", separated by commas.'
CHUNK = 1 << 22  # bytes looked at at once: bounds the memory, and more take longer

#: First bytes of what is often given the name of a table.
OPENINGS = (
    (b"PK\x03\x04", "a workbook or a packed file"),
    (b"\xd0\xcf\x11\xe0", "a workbook of an old Excel"),
    (b"\x1f\x8b", "a packed file"),
    (b"SQLite format 3\0", "a database"),
    (b"%PDF-", "a PDF"),
    (b"\xfe\xff", "UTF-16"),
    (b"\xff\xfe", "UTF-16"),
)
KOREAN = (
    "the file reads as CP949 (EUC-KR), the Korean encoding, not as UTF-8",
    'In Excel: File, Save As, type "CSV UTF-8 (comma delimited)"; its type "CSV" alone is CP949.',
)
#: The share of Hangul among what is not ASCII from which a file that can be CP949 is.
MOSTLY = 0.5


def name_format(data: bytearray, shown: str) -> Problem | None:
    """
    Say what a file is if it is no text in UTF-8 or in an encoding like it.

    Parameters
    ----------
    data
        Its bytes.
    shown
        What the problem names.
    """
    for opening, kind in OPENINGS:
        if data.startswith(opening):
            message = f"the file is {kind}, not {'UTF-8' if kind == 'UTF-16' else 'CSV'}"
            return Problem(file=shown, message=message, remedy=SAVE_AS)
    # Every second byte of Latin letters, without the mark that tells; most files hold none.
    if b"\0" in data and data.count(0) * 4 > len(data) and data.strip(b"\0"):
        return Problem(file=shown, message="the file reads as UTF-16, not UTF-8", remedy=SAVE_AS)
    return None


def name_korean(data: bytearray, shown: str) -> Problem | None:
    """Say so if bytes that are not UTF-8 read as Korean in CP949, of which EUC-KR is a part."""
    try:
        beyond = [letter for letter in data.decode("cp949") if not letter.isascii()]
    except UnicodeDecodeError:
        return None
    if sum("가" <= letter <= "힣" for letter in beyond) < MOSTLY * len(beyond):
        return None
    return Problem(file=shown, message=KOREAN[0], remedy=KOREAN[1])


def is_utf8(data: bytearray) -> bool:
    """Say whether bytes are UTF-8, without a copy of them all."""
    if data.isascii():
        return True
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), CHUNK):
            decoder.decode(data[start : start + CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
