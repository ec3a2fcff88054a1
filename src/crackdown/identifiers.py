"""Identifiers: names, ages, numbers, addresses and positions in running text.

Tables may hold a million summaries, nearly all without any. So patterns are
tried only where the bytes of a text say that they could begin.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

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
    # A byte for each letter; what is no Latin letter becomes a question mark.
    letters = np.frombuffer(same.encode("latin-1", "replace"), np.uint8)
    found = [*_names(same, letters), *_numbers(same, letters), *_positions(same)]
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
#: Letters as numbers from 1, capital or not; everything else is 0.
_ALPHABET = np.zeros(256, np.uint8)
_ALPHABET[ord("A") : ord("Z") + 1] = _ALPHABET[ord("a") : ord("z") + 1] = np.arange(1, 27)

_NOTHING = np.zeros(2, np.uint8)


@functools.cache
def _surname_beginnings() -> np.ndarray:
    """Mark the first three letters with which a surname and what follows it may begin."""
    marked = np.zeros((27, 27, 27), bool)
    for name in {form for one in _SPELLINGS for form in (one, re.sub("^(C[Hh]|[KPT])", r"\1'", one))}:
        first = tuple(_ALPHABET[ord(letter)] for letter in name[:3])
        # After a surname of one or two letters comes no letter.
        marked[(*first, 0)[:3] if len(first) < 3 else first] = True
    return marked


def _surname_places(letters: np.ndarray) -> np.ndarray:
    """Find the capitals at the beginning of a word that could begin a surname."""
    padded = np.concatenate([_NOTHING[:1], letters, _NOTHING])
    places = np.flatnonzero((letters >= ord("A")) & (letters <= ord("Z")))
    before, *three = (_ALPHABET[padded[places + shift]] for shift in range(4))
    return places[(before == 0) & _surname_beginnings()[tuple(three)]]


_PART = r"(?:(?!'s\b)['a-z])*"
_GIVEN = re.compile(rf"[ -]([A-Z]{_PART})(?:[ -]([A-Z]{_PART})|-([a-z]{_PART}))?(?!\w)")
_GIVEN_BEFORE = re.compile(rf"(?<!\w)([A-Z]{_PART})(?:-([A-Za-z]{_PART}))? $")
_TITLE = re.compile(r"(?<!\w)(?:Mrs?|Ms|Miss|[Cc]omrade|surnamed|named|called|alias)\.? $")
_AGE = re.compile(r"(?:, |,? aged | ?\()(?:aged )?\d{1,2}(?:\)|(?=[,.;\0])|$| years?\b)")
_AGE_BEFORE = re.compile(r"(?<!\d)\d{1,2}[- ]year[- ]old (?:[a-z]+ ){0,3}$")


def _names(text: str, letters: np.ndarray) -> Iterator[Passage]:
    for place in _surname_places(letters).tolist():
        match = _SURNAME.match(text, place)
        if match is None:
            continue
        start, end = match.span()
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


#: What may stand between the digits of a telephone number, and how its digits are grouped.
_DIALLED = re.compile(r"[+(]?\d[\d() -]{4,}\d(?!\w)")
_PHONE = re.compile(
    r"\+\d[\d() -]{6,}|\(?0\d{1,2}\)?[ -]?\d{3,4}[ -]?\d{4}|\d{2,4}-\d{3,4}-\d{4}"
    r"|1[3-9]\d[ -]?\d{4}[ -]?\d{4}|19\d[ -]?\d{3}[ -]?\d{4}"
)
_PHONE_BEFORE = re.compile(
    r"(?:phone|mobile|cell|tel|call(?:ed|ing)?|전화|번호)[a-z.]*:?(?: (?:number|no\.?))?:? (?:was |is )?[+(]?$",
    re.IGNORECASE,
)

_STREET = r"(?:Street|St\.|Road|Rd\.|Avenue|Lane|Alley)"
_UNIT = r"(?:inminban|neighbou?rhood unit|people's unit)"
#: What makes a number a part of an address: before it, and after it.
_ADDRESS_BEFORE = re.compile(
    rf"(?:(?<!\w)(?:[Aa]partment|[Aa]pt\.?|[Ff]lat|[Hh]ouse|{_UNIT}|{_STREET}),? ?(?:[Nn]o\.? ?|number )?"
    r"|-(?:ro|gil|daero|kori) ?)$"
)
_ADDRESS_AFTER = re.compile(
    rf"(?:st|nd|rd|th)? {_UNIT}(?!\w)|[- ]ban(?:ji)?(?!\w)|[a-z]?,? (?:[A-Z][a-z'-]+ ){{1,2}}{_STREET}(?!\w)"
    r"| ?번지| ?반(?![가-힣])|동 ?\d{1,4}호"
)


def _numbers(text: str, letters: np.ndarray) -> Iterator[Passage]:
    """Look at every number for what makes it one of a telephone or of an address."""
    done = 0
    for begin, end in _number_places(letters):
        if begin < done:
            continue
        before, start = text[max(begin - 30, 0) : begin], begin - (text[begin - 1 : begin] in ("+", "("))
        dialled = _DIALLED.match(text, start)
        if dialled and (_PHONE.fullmatch(dialled[0]) or _PHONE_BEFORE.search(before)):
            yield Passage("phone", *dialled.span())
        elif opening := _ADDRESS_BEFORE.search(before):
            yield Passage("address", begin - len(opening[0]), end)
        elif ending := _ADDRESS_AFTER.match(text, end):
            yield Passage("address", begin, ending.end())
        done = dialled.end() if dialled else end


def _number_places(letters: np.ndarray) -> Iterator[tuple[int, int]]:
    """Find the runs of digits that are no part of a word, such as an identifier."""
    digits = np.concatenate([_NOTHING[:1], letters - np.uint8(ord("0")) < 10, _NOTHING[:1]])
    edges = np.flatnonzero(digits[1:] != digits[:-1])
    begins, ends = edges[::2], edges[1::2]
    free = (begins == 0) | (_ALPHABET[letters[begins - 1]] == 0)
    return zip(begins[free].tolist(), ends[free].tolist(), strict=True)


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
