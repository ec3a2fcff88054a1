"""Identifiers: names, ages, numbers, addresses and positions in running text.

Every pattern begins with a few characters by which most of a text is passed
over, because tables may hold a million summaries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from crackdown.names import HANGUL_NAME, SURNAMES, WORDS, is_given_name, plain


class Passage(NamedTuple):
    """A part of a text and what it reads like: name, age, phone, address or position."""

    kind: str
    start: int
    end: int


def find_passages(text: str) -> list[Passage]:
    """
    Find what could tell who a person is.

    A surname tells by itself, unless it is also a word ("Park", "No", "Song");
    then a given name, a title before it or an age beside it must say that it is
    a name. An age tells only beside a name.

    Returns
    -------
    In the order of the text, none inside another.
    """
    same = text
    if not text.isascii():
        # One letter for one, so that places in the text stay what they are.
        for letter, usual in _USUAL.items():
            same = same.replace(letter, usual)
    found = [*_names(same), *_phones(same), *_addresses(same), *_positions(same)]
    if not text.isascii():
        found += _hangul_names(same)
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Passage] = []
    for one in found:
        if not kept or one.end > kept[-1].end:
            kept.append(one)
    return kept


_USUAL = dict(zip("ŏŭŎŬ’ʼ‘′–‑\u00a0", "ouOU''''-- ", strict=True))

_SPELLINGS = {one for names in SURNAMES.values() for one in names.split()}
_SPELLINGS |= {one.upper() for one in _SPELLINGS if len(one) > 2}
# McCune and Reischauer write an apostrophe after a strong consonant: Ch'oe.
_STRONG = [re.sub("^(C[Hh]|[KPT])(?=.)", r"\1'?", one) for one in sorted(_SPELLINGS, key=len, reverse=True)]
_SURNAME = re.compile(rf"(?:{'|'.join(_STRONG)})(?![^\W_]|'(?!s\b)\w)")
_PART = r"(?:(?!'s\b)['a-z])*"
_GIVEN = re.compile(rf"[ -]([A-Z]{_PART})(?:[ -]([A-Z]{_PART})|-([a-z]{_PART}))?(?!\w)")
_GIVEN_BEFORE = re.compile(rf"(?<!\w)([A-Z]{_PART})(?:-([A-Za-z]{_PART}))? $")
_TITLE = re.compile(r"(?<!\w)(?:Mrs?|Ms|Miss|[Cc]omrade|surnamed|named|called|alias)\.? $")
_AGE = re.compile(r"(?:, |,? aged | ?\()(?:aged )?\d{1,2}(?:\)|(?=[,.;\0])|$| years?\b)")
_AGE_BEFORE = re.compile(r"(?<!\d)\d{1,2}[- ]year[- ]old (?:[a-z]+ ){0,3}$")


def _names(text: str) -> Iterator[Passage]:
    for match in _SURNAME.finditer(text):
        start, end = match.span()
        if start and text[start - 1].isalnum():
            continue
        before = text[max(start - 40, 0) : start]
        surname = plain(match[0]).capitalize()
        full = _end_of_given(text, end)
        if full is None and (given := _given_before(before)):
            start, full = start - len(given), end
        age = _AGE.match(text, full or end)
        aged = _AGE_BEFORE.search(before)
        if age or aged:
            yield Passage("age", start - len(aged[0]) if aged else start, age.end() if age else full or end)
        elif full or _TITLE.search(before) or (surname not in WORDS and not match[0].isupper()):
            yield Passage("name", start, full or end)


def _end_of_given(text: str, end: int) -> int | None:
    """Find where a given name ends that follows a surname; None if there is none."""
    match = _GIVEN.match(text, end)
    if match is None:
        return None
    second = 2 if match[2] else 3
    if match[second] and is_given_name([match[1], match[second]]):
        return match.end()
    # The next word may be no part of the name, as in "Kim Ku denied".
    return match.end(1) if not match[3] and is_given_name([match[1]]) else None


def _given_before(before: str) -> str:
    """Return the given name of two syllables that stands before a surname, "" if none does."""
    match = _GIVEN_BEFORE.search(before)
    if match is None or len(match[0]) < 5:
        return ""
    return match[0] if is_given_name([part for part in match.groups() if part]) else ""


_HANGUL = re.compile("[가-힣]+")
_AGE_IN_HANGUL = re.compile(r" ?[(,]? ?\d{1,2}(?:\)|세(?!대)|살)")


def _hangul_names(text: str) -> Iterator[Passage]:
    for word in _HANGUL.finditer(text):
        if match := HANGUL_NAME.match(text, word.start()):
            age = _AGE_IN_HANGUL.match(text, match.end())
            end = age.end() if age else match.end()
            yield Passage("age" if age else "name", match.start(), end)


#: Digits with what may stand between them in a telephone number.
_DIGITS = re.compile(r"[+(\d](?<!\w.)[\d() -]{5,}\d(?!\w)")
_PHONE = re.compile(
    r"\+\d[\d() -]{6,}|\(?0\d{1,2}\)?[ -]?\d{3,4}[ -]?\d{4}|\d{2,4}-\d{3,4}-\d{4}"
    r"|1[3-9]\d[ -]?\d{4}[ -]?\d{4}|19\d[ -]?\d{3}[ -]?\d{4}"
)
_PHONE_BEFORE = re.compile(
    r"(?:phone|mobile|cell|tel|call(?:ed|ing)?|전화|번호)[a-z.]*:?(?: (?:number|no\.?))?:? (?:was |is )?$",
    re.IGNORECASE,
)


def _phones(text: str) -> Iterator[Passage]:
    for match in _DIGITS.finditer(text):
        before = text[max(match.start() - 24, 0) : match.start()]
        if _PHONE.fullmatch(match[0]) or _PHONE_BEFORE.search(before):
            yield Passage("phone", *match.span())


_NUMBER_BEFORE = r"(?<!\w)\d{1,4}(?:st|nd|rd|th)?[ -]?$"
_NUMBER_AFTER = r",? (?:[Nn]o\.? ?|number )?\d{1,4}"
_STREET_BEFORE = r"(?<!\w)\d{1,4}[a-z]?,? (?:[A-Z][a-z'-]+ ){1,2}$"

#: Words of an address, and what must stand before or after one of them.
_ADDRESSES = [
    (re.compile(rf"{word}(?!\w)"), re.compile(before), re.compile(after))
    for before, after, words in (
        (_NUMBER_BEFORE, _NUMBER_AFTER, "inminban|neighbourhood unit|neighborhood unit|people's unit"),
        (r"(?!)", _NUMBER_AFTER, "apartment|Apartment|apt|apt\\.|flat|house"),
        (_NUMBER_BEFORE, r"(?!)", "ban|banji|번지|반"),
        (r"\d{1,4}동 ?\d{1,4}$", r"(?!)", "호"),
        (_STREET_BEFORE, _NUMBER_AFTER, r"Street|St\.|Road|Rd\.|Avenue|Lane|Alley"),
        (r"-$", r" ?\d{1,4}", "ro|gil|daero|kori"),
    )
    for word in words.split("|")
]


def _addresses(text: str) -> Iterator[Passage]:
    for word, number_before, number_after in _ADDRESSES:
        for match in word.finditer(text):
            first = max(match.start() - 40, 0)
            if before := number_before.search(text[first : match.start()]):
                yield Passage("address", first + before.start(), match.end())
            elif after := number_after.match(text, match.end()):
                yield Passage("address", match.start(), after.end())


_DECIMALS = re.compile(r"\.(\d{2,}) ?°? ?[NE]?[,; ]{1,3}(\d{2,3}\.\d{2,})")
_DEGREES = re.compile(r"°(?: ?\d{1,2}(?:\.\d+)? ?'| ?(?:[NSEW](?!\w)|north|south|east|west))")
_WHOLE = re.compile(r"(?<![\d.])\d{2,3}(?:\.\d+)? ?$")


def _positions(text: str) -> Iterator[Passage]:
    for match in _DECIMALS.finditer(text):
        first = max(match.start() - 4, 0)
        whole = _WHOLE.search(text[first : match.start()])
        if whole and _is_near_korea(float(f"{whole[0]}.{match[1]}"), float(match[2])):
            yield Passage("position", first + whole.start(), match.end())
    for match in _DEGREES.finditer(text):
        first = max(match.start() - 12, 0)
        if whole := _WHOLE.search(text[first : match.start()]):
            yield Passage("position", first + whole.start(), match.end())


def _is_near_korea(one: float, other: float) -> bool:
    """Say whether two numbers are a latitude and a longitude, in either order."""
    low, high = sorted((one, other))
    return 33 <= low <= 44 and 120 <= high <= 135
