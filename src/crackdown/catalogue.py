"""Catalogues: the messages of one language each, a file of Fluent in ``locale/``.

One catalogue is in use at a time: `speak` chooses it when a report starts, and
everything that is worded afterwards comes from there.
"""

from __future__ import annotations

import contextlib
import functools
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LOCALE = Path(__file__).parent / "locale"

#: The language of the tables and of the notebooks' own text.
DEFAULT = "en"

#: Messages that translate texts of notebooks, declarations and tables begin so.
OF_TEXTS = "text-"

_ENTRY = re.compile(r"^(-?[a-zA-Z][\w-]*) *=", re.MULTILINE)
_REFERENCE = re.compile(r"\{\s*(-?[a-zA-Z][\w-]*)")
_VARIABLE = re.compile(r"\$([a-zA-Z][\w-]*)")

_present: Catalogue | None = None


class Catalogue:
    """The messages of one language.

    Each is parsed when it is first worded: a page needs a part of them, and
    parsing all takes longer than wording them.

    Attributes
    ----------
    language
        Its tag, as in ``<html lang>``.
    say, form, texts
        The methods below, each remembering what it gave.
    """

    def __init__(self, language: str):
        # Imported here: checking parameters asks which languages there are, and no more.
        from fluent.runtime import FluentBundle, FluentResource, resolver

        from crackdown.particles import FUNCTIONS

        # Fluent refuses long values, to guard against catalogues whose messages unfold, which
        # ours do not; but tables and lists hold any.
        resolver.MAX_PART_LENGTH = sys.maxsize
        self.language = language
        self._parse = FluentResource
        self._bundle = FluentBundle([language], functions=FUNCTIONS, use_isolating=False)
        text = (LOCALE / f"{language}.ftl").read_text(encoding="utf-8")
        starts = [*_ENTRY.finditer(text)]
        ends = [*(start.start() for start in starts[1:]), len(text)]
        self._entries = {
            start[1]: text[start.start() : end] for start, end in zip(starts, ends, strict=True)
        }
        self._held: set[str] = set()
        # Numbers and truth values that are equal read differently.
        self.say = functools.lru_cache(maxsize=4096, typed=True)(self._say)
        self.form = functools.cache(self._form)
        self.texts = functools.cache(self._texts)

    def __contains__(self, message: str) -> bool:
        return message in self._entries

    def write_out(self) -> str:
        """Give all entries, as the catalogue has them."""
        return "".join(self._entries.values())

    def _say(self, message: str, /, **values: Any) -> str:
        """Word a message; see `crackdown.wording.say`."""
        self._hold(message)
        text, errors = self._bundle.format_pattern(self._bundle.get_message(message).value, values)
        if errors:
            raise ValueError(f"{message}: {'; '.join(map(str, errors))}")
        return text

    def _form(self, message: str) -> str:
        """Give a message with a place for each of its values, for ``str.format``.

        For what is written thousands of times; its values come in as they are.
        """
        names = dict.fromkeys(_VARIABLE.findall(self._entries[message]))
        return self.say(message, **{name: f"{{{name}}}" for name in names})

    def _texts(self) -> dict[str, str]:
        """Name the message of each text that can be translated."""
        return {self.form(name): name for name in self._entries if name.startswith(OF_TEXTS)}

    def parse(self) -> None:
        """Parse and compile all messages now, for processes that are forked from this one."""
        for message in self._entries:
            self._hold(message)
            if not message.startswith("-"):
                self._bundle.get_message(message)

    def _hold(self, message: str) -> None:
        """Parse a message, and what it refers to, unless it is parsed."""
        if message in self._held:
            return
        entry = self._entries[message]
        self._held.add(message)
        self._bundle.add_resource(self._parse(entry))
        for name in _REFERENCE.findall(entry):
            if name in self._entries:
                self._hold(name)


@functools.cache
def load_catalogue(language: str) -> Catalogue:
    """Read the catalogue of a language, one of `list_languages`."""
    return Catalogue(language)


@functools.cache
def list_languages() -> tuple[str, ...]:
    """List the languages that have a catalogue, that of the tables first."""
    others = sorted({path.stem for path in LOCALE.glob("*.ftl")} - {DEFAULT})
    return (DEFAULT, *others)


def present() -> Catalogue:
    """Return the catalogue in use."""
    return _present or load_catalogue(DEFAULT)


def speak(language: str) -> None:
    """Word everything from now on in a language, one of `list_languages`.

    A process words one report at a time. What was worded before stays as it was.
    """
    global _present
    _present = load_catalogue(language)


@contextlib.contextmanager
def speaking(language: str) -> Iterator[None]:
    """Word in a language until the block ends."""
    before = present().language
    speak(language)
    try:
        yield
    finally:
        speak(before)
