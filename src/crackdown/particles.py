"""Korean particles: the form of 은/는, 이/가, 을/를 that the word before it asks for.

A catalogue prints a value with its particle by ``{ JOSA($place, "은/는") }``.

The form follows the sound in which the word ends as Koreans read it aloud,
also when it ends in digits or Latin letters. hangulpy, the library in which
this is best kept, reads neither per cent nor names such as Yonhap or
"(24건)" behind a word; hence these rules of our own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from fluent.runtime.types import FluentType

#: What stands after a vowel and after a consonant; of 으로/로 the first also follows ㄹ.
PAIRS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "은/는": ("는", "은"),
        "이/가": ("가", "이"),
        "을/를": ("를", "을"),
        "과/와": ("와", "과"),
        "으로/로": ("로", "으로"),
        "이라/라": ("라", "이라"),
    }
)

# How a word ends: in a vowel, in ㄹ, in another consonant; None if nobody can say.
_VOWEL, _LIQUID, _CONSONANT = "", "ㄹ", "받침"

# 영일이삼사오육칠팔구, and the names of 10, 100, 1,000, then of every fourth power of ten:
# 만, 억, 조, 경 (of which only 조 ends in a vowel).
_DIGITS = dict(zip("0123456789", "영일이삼사오육칠팔구", strict=True))
_TENS = " 십백천"
_MYRIADS = " 만억조경"
# The letters whose Korean names end in a consonant: 엘, 엠, 엔, 알.
_LETTERS = {"L": "엘", "M": "엠", "N": "엔", "R": "알"}

_ASIDE = re.compile(r"(?<=\S)\s*\([^()]*\)$")
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$")
_WORD = re.compile(r"[A-Za-z]+$")
_ENDS_IN_L = re.compile(r"le?$", re.IGNORECASE)
# 타임, 폰, 킹, 룩, 그룹: a stop is a final consonant after one short vowel only.
_ENDS_IN_CONSONANT = re.compile(
    r"(?:[mn]e?|ng|(?<![aeiouy])(?:[aeiouy]|oo|ou)(?:[bpt]|ck?|k))$", re.IGNORECASE
)


class WithParticle(FluentType):
    """A value of a message with its particle, written in the language of the message."""

    def __init__(self, value: str | FluentType, pair: str):
        self.value = value
        self.pair = pair
        if pair not in PAIRS:
            raise ValueError(f'"{pair}" is not a pair of particles; known are {", ".join(PAIRS)}')

    def format(self, locale: Any) -> str:
        """Write value and particle; the locale is that of babel."""
        value = self.value
        return add_particle(
            value.format(locale) if isinstance(value, FluentType) else value, self.pair
        )


#: The functions that a catalogue may call.
FUNCTIONS: Mapping[str, Callable[..., FluentType]] = MappingProxyType({"JOSA": WithParticle})


def add_particle(text: str, pair: str) -> str:
    """Put a particle behind a text.

    Parameters
    ----------
    text
        Ends in Hangul, digits or Latin letters. Closing quotes and brackets
        are passed over, and so is what stands in round brackets behind a word.
    pair
        One of `PAIRS`.

    Returns
    -------
    str
        The text with the form that fits; with both, as 은(는), where the end
        of the text has no reading.

    Examples
    --------
    >>> add_particle("함경북도", "은/는"), add_particle("평양", "은/는")
    ('함경북도는', '평양은')
    >>> add_particle("RFA", "이/가"), add_particle("Yonhap", "이/가")
    ('RFA가', 'Yonhap이')
    >>> add_particle("1,000", "을/를"), add_particle("11%", "을/를")
    ('1,000을', '11%를')
    >>> add_particle("서울", "으로/로"), add_particle("회령시(24건)", "으로/로")
    ('서울로', '회령시(24건)로')
    """
    after_vowel, after_consonant = PAIRS[pair]
    end = _read_end(text)
    if end is None:
        first, second = pair.split("/")
        return text + (f"(으){second}" if first == "으로" else f"{first}({second})")
    if end == _VOWEL or (end == _LIQUID and after_vowel == "로"):
        return text + after_vowel
    return text + after_consonant


def _read_end(text: str) -> str | None:
    """Tell in which kind of sound a text ends."""
    text = _ASIDE.sub("", text.rstrip())
    while text and text[-1] != "%" and unicodedata.category(text[-1])[0] in "PZ":
        text = text[:-1]
    if not text:
        return None
    if text[-1] == "%":
        return _VOWEL  # 퍼센트
    if number := _NUMBER.search(text):
        return _read_end(_name_last_number(number[0]))
    if word := _WORD.search(text):
        return _read_latin(word[0])
    syllable = ord(text[-1]) - ord("가")
    if not 0 <= syllable <= ord("힣") - ord("가"):
        return None
    final = syllable % 28
    return {0: _VOWEL, 8: _LIQUID}.get(final, _CONSONANT)


def _name_last_number(number: str) -> str:
    """Name the last part of a number as it is read: 천 of 2,000, 오 of 0.25."""
    if "." in number:
        return _DIGITS[number[-1]]
    digits = number.replace(",", "").lstrip("0")
    if not digits:
        return _DIGITS["0"]
    zeros = len(digits) - len(digits.rstrip("0"))
    if not zeros:
        return _DIGITS[digits[-1]]
    return _TENS[zeros % 4].strip() or _MYRIADS[min(zeros // 4, len(_MYRIADS) - 1)]


def _read_latin(word: str) -> str:
    """Tell in which kind of sound a word ends: an acronym by its last letter, others by spelling."""
    if word.isupper():
        return _read_end(_LETTERS.get(word[-1], "에이")) or _VOWEL
    if _ENDS_IN_L.search(word):
        return _LIQUID
    return _CONSONANT if _ENDS_IN_CONSONANT.search(word) else _VOWEL
