"""The Korean catalogue uses the words that the glossary fixes."""

import csv
import re

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

from crackdown.codebook import load_codebook


class Texts(Visitor):
    """Collect the words of a message, without the names of its values."""

    def __init__(self):
        self.words = []

    def visit_TextElement(self, node):
        self.words.append(node.value)

    def visit_Placeable(self, node):
        # What stands in the place of a value parts words as the value would.
        self.words.append("\0")
        self.generic_visit(node)


def read_words(path):
    """Read the words of every message of a catalogue."""
    found = {}
    for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
        if isinstance(entry, fluent.Message):
            texts = Texts()
            texts.visit(entry)
            found[entry.id.name] = " ".join("".join(texts.words).split())
    return found


def speaks_of(text, terms):
    """Tell whether an English text holds a term, in whichever case."""
    return any(re.search(rf"(?<![\w/-]){re.escape(term)}(?![\w-])", text, re.I) for term in terms)


@pytest.fixture(scope="module")
def glossary(root):
    with (root / "src/crackdown/locale/glossary.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def pairs(root):
    """Pair the English words of each message, and of each coded value, with the Korean ones."""
    english, korean = (read_words(root / f"src/crackdown/locale/{name}.ftl") for name in ("en", "ko"))
    english = {name: english.get(name) for name in korean}
    codebook = load_codebook(root / "data")
    for table in codebook.tables:
        for field, told in codebook.tables[table].fields.items():
            if told.vocabulary:
                for value, label in codebook.labels(table, field).items():
                    english[f"label-{told.vocabulary}-{value}"] = label
    return {name: (words, korean[name]) for name, words in english.items() if words and name in korean}


def test_the_glossary_names_each_term_once_in_order(glossary):
    names = [row["english"] for row in glossary]
    assert names == sorted(set(names), key=str.lower)
    assert all(row["south_korean"] for row in glossary)
    assert {"state security", "signal detection", "exile", "labour training"} <= {*names}
    assert {"re-education camp", "political prison camp"} <= {*names}


def test_terms_are_translated_as_the_glossary_says(glossary, pairs):
    assert len(pairs) > 250
    wrong = []
    for row in glossary:
        terms, forms = row["english"].split(";"), row["south_korean"].split(";")
        for name, (english, korean) in pairs.items():
            # A name may stand in the Korean as it is.
            if not speaks_of(english, terms) or speaks_of(korean, terms):
                continue
            if not any(form in korean for form in forms):
                wrong.append(f"{name}: {terms[0]} should be {' or '.join(forms)} in: {korean}")
    assert wrong == []


def test_a_catalogue_for_the_south_holds_no_northern_form(glossary, pairs):
    northern = {"손전화", "로동", "녀성", "관리소", "삐라"}
    texts = {name: korean for name, (_, korean) in pairs.items()}
    assert {name: text for name, text in texts.items() if any(form in text for form in northern)} == {}
