"""Languages: each catalogue says the same messages, and nothing of one run is left in the next."""

import csv
import json
import re

import nbformat
import pandas as pd
import pytest
import yaml

from messages import needs

from crackdown import catalogue, wording
from crackdown.catalogue import DEFAULT, list_languages, load_catalogue, present, speak, speaking
from crackdown.codebook import load_codebook
from crackdown.errors import UsageError
from crackdown.navigation import list_twins
from crackdown.parameters import check_parameters
from crackdown.places import name_places, place_name
from crackdown.wording import (
    label_values,
    name_half_year,
    say,
    translate,
    write_day,
    write_interval,
    write_list,
    write_money,
    write_persons,
)

OTHERS = [one for one in list_languages() if one != DEFAULT]
LABEL = re.compile("label-.+")


@pytest.fixture(scope="module", params=OTHERS)
def language(request):
    return request.param


@pytest.fixture
def korean():
    with speaking("ko"):
        yield


def test_there_is_korean_and_english_comes_first():
    assert list_languages()[0] == "en"
    assert "ko" in list_languages()


def test_every_catalogue_says_the_same_messages_with_the_same_values(language):
    english, other = needs(DEFAULT), needs(language)
    assert {name: values for name, values in other.items() if not LABEL.fullmatch(name)} == english


def test_every_value_of_the_codebook_has_a_label_and_no_label_is_stale(language, root):
    vocabularies = json.loads((root / "data/datapackage.json").read_text("utf-8"))["vocabularies"]
    values = {
        f"label-{name}-{one['value']}" for name, listed in vocabularies.items() for one in listed
    }
    assert {name for name in needs(language) if LABEL.fullmatch(name)} == values


def test_labels_of_one_column_differ(language, root):
    codebook = load_codebook(root / "data")
    with speaking(language):
        for table in codebook.tables.values():
            for field in table.fields.values():
                labels = label_values(codebook, table.name, field.name)
                assert len(set(labels.values())) == len(labels), field.name


def texts_of_notebooks(root):
    """Return what the notebooks say in prose, line by line, and the titles of their citations."""
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                yield from (re.sub(r"^[#-]+ ", "", line) for line in cell.source.splitlines())
            else:
                yield from re.findall(r'closing\(selection, "([^"]+)"\)', cell.source)


def texts_of_editions(root):
    """Return the titles, groups and labels that the editions declare, and the usual group."""
    declared = yaml.safe_load((root / "reports/editions.yml").read_text("utf-8"))
    yield from (declared["title"], "Reports")
    for page in declared["pages"]:
        yield page["group"]
        if page["title"] != "{label}":
            yield page["title"]
        yield from (
            label
            for values in page.get("matrix", {}).values()
            if isinstance(values, dict)
            for label in values
        )


def texts_of_tables(root):
    """Return the names of campaigns and the titles of events."""
    for table, column in (("campaigns", "name"), ("timeline", "title")):
        with (root / f"data/{table}.csv").open(encoding="utf-8", newline="") as file:
            yield from (row[column] for row in csv.DictReader(file))


def texts_of_boundaries(root):
    """Give the attribution of the boundaries that the project ships."""
    return [(root / "shapefiles/source.txt").read_text(encoding="utf-8").strip()]


def test_every_text_that_a_page_takes_from_elsewhere_is_translated_and_none_is_stale(root):
    sources = (texts_of_notebooks, texts_of_editions, texts_of_tables, texts_of_boundaries)
    texts = {text for source in sources for text in source(root) if text}
    assert set(load_catalogue(DEFAULT).texts()) == texts


def test_every_message_words_every_number(language):
    for message, values in needs(language).items():
        for count in (0, 1, 2, 1234):
            text = load_catalogue(language).say(message, **dict.fromkeys(values, count))
            assert "{" not in text and "  " not in text, message


def test_the_hangul_of_the_catalogue_needs_no_latin_word_but_names():
    words = re.compile(r"[A-Za-z]{2,}")
    known = set(
        "OCHA WFP geoBoundaries PRK ADM CC BY IGO MIT CSV code data incidents csv GeoBoundaries amount currency "
        "Daily NK Radio Free Asia Voice of America NED State Security Department Ministry km".split()
    )
    catalogue = load_catalogue("ko")
    wrong = {}
    for message, values in needs("ko").items():
        text = catalogue.say(message, **dict.fromkeys(values, 1))
        if left := set(words.findall(text)) - known:
            wrong[message] = left
    assert wrong == {}


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2024-03-01", "2024-03-01", "2024년 3월 1일"),
        ("2024-03-01", "2024-03-31", "2024년 3월"),
        ("2024-03-01", "2024-03-10", "2024년 3월 1~10일"),
        ("2024-03-30", "2024-04-02", "2024년 3월 30일~4월 2일"),
        ("2024-01-01", "2024-06-30", "2024년 1월~6월"),
        ("2024-01-01", "2024-12-31", "2024년"),
        ("2020-01-01", "2024-12-31", "2020~2024년"),
        ("2023-12-30", "2024-01-02", "2023년 12월 30일~2024년 1월 2일"),
    ],
)
def test_days_are_written_as_koreans_write_them(korean, start, end, text):
    assert write_interval(pd.Timestamp(start), pd.Timestamp(end)) == text


def test_half_years_sums_lists_and_persons_are_written_as_koreans_write_them(korean):
    half = pd.Period("2024-01-01", freq="2Q")
    assert name_half_year(half) == "2024년 상반기"
    assert name_half_year(half, pd.Timestamp("2024-02-01")) == "2024년 상반기(2월 1일부터)"
    assert write_money(2000, 3000, "CNY") == "2,000~3,000위안"
    assert write_money(20, 20, "PCT") == "20%"
    assert write_list(["가", "나", "다"]) == "가, 나, 다"
    assert write_persons(1234, 1234, 1234) == "1,234명"


def test_places_have_their_hangul_names_and_the_country_that_of_its_neighbours(korean, archive):
    assert place_name(archive.places, "KP0101") == "량강도 혜산시"
    assert place_name(archive.places, "KP") == "북한"
    assert name_places(archive.places)["KP02"] == "함경북도"


def test_a_text_of_a_table_that_nobody_translated_stays_as_it_is(korean):
    assert translate("Hyesan Incident, November 2020") != "Hyesan Incident, November 2020"
    assert translate("a campaign of one's own") == "a campaign of one's own"


def test_a_value_that_the_catalogue_does_not_know_keeps_the_label_of_the_codebook(korean, root, tmp_path):
    text = (root / "data/datapackage.json").read_text("utf-8").replace('"chinese_phone"', '"satellite_phone"')
    (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
    for path in (root / "data").glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    labels = label_values(load_codebook(tmp_path), "incidents", "offences")
    assert (labels["satellite_phone"], labels["remittance"]) == ("Chinese phones", "송금")


def test_nothing_of_one_language_is_left_in_the_next_report(choose):
    worded = []
    for language in ("en", "ko", "en"):
        selection = choose(lang=language, start="2024-01-01", end="2024-03-31")
        worded.append([place_name(selection.archive.places, "KP0101"), say("all"), write_day(selection.end)])
    assert worded[0] == worded[2]
    assert all(one != other for one, other in zip(worded[0], worded[1], strict=True))


def test_a_language_is_spoken_until_its_block_ends_whatever_happens():
    speak(DEFAULT)
    with pytest.raises(ZeroDivisionError), speaking("ko"):
        assert present().language == "ko"
        raise ZeroDivisionError
    assert wording.present().language == DEFAULT


def test_a_language_without_a_catalogue_is_refused_with_those_that_there_are():
    with pytest.raises(UsageError, match="xx.*is not a language here.*Allowed: en, ko"):
        check_parameters({"lang": "xx"})


def test_twins_name_their_language_in_its_own_words():
    assert list_twins("ko ko/a.html;en ../a.html Orders\\; acts") == [
        {"language": "ko", "address": "ko/a.html", "title": "", "name": "한국어"},
        {"language": "en", "address": "../a.html", "title": "Orders; acts", "name": "English"},
    ]
    assert list_twins("") == []


@pytest.mark.parametrize("twins", ["xx a.html", "ko", "ko javascript:alert(1)", "a.html ko"])
def test_a_twin_that_is_none_is_refused(twins):
    with pytest.raises(UsageError, match="twins"):
        list_twins(twins)
