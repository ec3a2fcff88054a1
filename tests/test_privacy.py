"""Privacy: what reads as if it told who a person is, and what may stand.

The persons of the examples are those of Korean schoolbooks and forms.
"""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crackdown.check import check_tables
from crackdown.codebook import load_codebook
from crackdown.errors import DataError
from crackdown.identifiers import find_passages
from crackdown.names import is_given_name
from crackdown.privacy import list_identifying


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in find_passages(text)]


@pytest.mark.parametrize(
    "name",
    [
        "Hong Gil-dong", "Hong Kil-tong", "Hong Gil Dong", "Hong Gildong", "HONG Gil-dong",
        "Kim Chol-su", "Kim Chŏl-su", "Gim Cheol-su", "Kim Chul Soo", "Kim Cheolsu",
        "Lee Young-hee", "Ri Yong-hui", "Yi Yŏng-hŭi", "Ch'oe Ch'ŏl-su", "Choi Chul-soo",
        "Park Chol-su", "Pak Ku", "Gil-dong Hong", "Gildong Hong", "Young-hee Lee",
        "홍길동", "김철수", "이영희", "이 모 씨", "김씨",
    ],
)  # fmt: skip
def test_a_name_is_found_in_every_usual_spelling(name):
    assert found(f"Agents took away {name}. Nothing more is known.") == [("name", name)]


@pytest.mark.parametrize(
    ("text", "surname"),
    [
        ("A trader named Song was fined", "Song"), ("A woman surnamed Han", "Han"),
        ("Mr. Hong was let go", "Hong"), ("They took Kim’s phone", "Kim"), ("An envoy met Choe", "Choe"),
    ],
)  # fmt: skip
def test_a_surname_alone_tells_if_nothing_else_is_meant(text, surname):
    assert found(text) == [("name", surname)]


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Kim, 45, was shot.", "Kim, 45"), ("Song (aged 34) fled", "Song (aged 34)"),
        ("the 45-year-old farmer Pak fled", "45-year-old farmer Pak"),
        ("Hong Gil-dong, 30", "Hong Gil-dong, 30"), ("홍길동(30)은", "홍길동(30)"),
    ],
)  # fmt: skip
def test_an_age_tells_beside_a_name(text, passage):
    assert found(text) == [("age", passage)]


@pytest.mark.parametrize(
    ("kind", "passage"),
    [
        ("phone", "010-1234-5678"), ("phone", "+850 2 555 0100"), ("phone", "191 123 4567"),
        ("phone", "13912345678"), ("address", "12 Example Street"), ("address", "Street 12"),
        ("address", "inminban 14"), ("address", "14th neighbourhood unit"),
        ("address", "apartment No. 5"), ("address", "12번지"), ("address", "3-ban"),
        ("position", "41.3947, 128.1700"), ("position", "128.17 41.39"), ("position", "41°23'"),
        ("position", "41.39° N"),
    ],
)  # fmt: skip
def test_numbers_addresses_and_positions_are_found(kind, passage):
    assert found(f"The report gives {passage}.") == [(kind, passage)]


def test_any_number_after_the_word_phone_is_a_telephone_number():
    assert found("her phone number: 55-12345") == [("phone", "55-12345")]


@pytest.mark.parametrize(
    "text",
    [
        "No arrests in June. An officer; so far no trial.", "In China the Han River is frozen.",
        "Song and dance in Youth Park Open-air Theatre", "5,000 South Korean Won",
        "A woman in her forties and two men aged 20 to 30", "article number 29447269 of 2024-03-20",
        "between 12277 (5 September 2014) and 12765", "1,000-3,000 CNY, or 6.385 to the dollar",
        "25th Brigade, Yonbong 2-dong", "the No. 8 unit; a ban of phones; house searches; -20°C",
        "손전화 사용자 최신형 단속", "주민은 장마당에서", "50세대 추방", "20여 명", "제10호",
    ],
)  # fmt: skip
def test_what_only_looks_alike_is_passed_over(text):
    assert found(text) == []


def test_words_of_other_syllables_are_no_given_names():
    assert is_given_name(["Gil", "dong"]) and is_given_name(["Yŏnghŭi"])
    assert not any(is_given_name([word]) for word in ("June", "Leaflets", "Open", "Regime"))


@pytest.mark.parametrize("text", ["Kim A" + "a" * 10**6, "1 " * 10**6, "11((" * 10**5, "김" * 10**6])
def test_a_cell_of_a_megabyte_is_searched_at_once(text):
    assert len(find_passages(text)) <= 1


@given(st.text(alphabet="Kim Hong-Gil'dong ŏ김철수0123456789(),.°+\n\0\ud800", max_size=60))
def test_any_text_is_searched_and_passages_lie_in_it(text):
    passages = find_passages(text)
    assert all(0 <= one.start < one.end <= len(text) for one in passages)
    assert passages == sorted(passages, key=lambda one: one.start)


@pytest.fixture
def tables(root: Path, tmp_path: Path):
    """Return a function that puts summaries into small good tables and lists what is found."""
    folder = tmp_path / "data"
    shutil.copytree(root / "tests/fixtures/good", folder)
    shutil.copy(root / "data/datapackage.json", folder)
    usual = (root / "data/cleared.csv").read_text("utf-8")

    def search(*summaries: str, cleared: str = ""):
        (folder / "cleared.csv").write_text(usual + cleared, encoding="utf-8")
        path = folder / "incidents.csv"
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        frame.loc[: len(summaries) - 1, "summary"] = summaries
        frame.to_csv(path, index=False)
        return list_identifying(check_tables(folder), load_codebook(folder), folder)

    search.folder = folder
    return search


def test_the_real_tables_raise_no_warning(root):
    folder = root / "data"
    assert list_identifying(check_tables(folder), load_codebook(folder), folder) == []


def test_a_warning_says_place_value_reason_and_remedy(tables):
    [problem] = tables('An act, told\nin "two" lines.', "Hong Gil-dong was arrested.")
    folder = tables.folder.as_posix()
    assert str(problem) == (
        f'{folder}/incidents.csv, line 4, summary: "Hong Gil-dong" reads like the name of a person. '
        'Write "a resident", or what the person was. '
        f"If it identifies nobody, clear it in {folder}/cleared.csv."
    )


def test_names_of_places_may_stand(tables):
    text = "An Onsong officer, a Hoeryong Park, Kim Jong Suk county and 의주군"
    assert tables(text) != []
    text = text.replace("county", "county, Kim Chaek, 20, Kim Chaek (12)")
    real = pd.read_csv(Path(__file__).parents[1] / "data/places.csv", dtype=str, keep_default_na=False)
    real.to_csv(tables.folder / "places.csv", index=False)
    assert tables(text) == []


def test_what_is_cleared_with_a_reason_may_stand_in_any_spelling(tables):
    text = "A leaflet against Hong Gil Dong’s rule, and hong gil-dong"
    assert tables(text, cleared="Hong Gil-dong,example\n") == []
    longer = tables("Hong Gil-dong", cleared="Gil,example\nHong,example\n")
    assert [one.value for one in longer] == ["Hong Gil-dong"]


def test_a_passage_cleared_without_reason_is_refused(tables):
    with pytest.raises(DataError, match=r'cleared\.csv, line 18, reason: the cell is empty'):
        tables("An act.", cleared="Hong Gil-dong,\n")


def test_many_of_a_kind_are_counted_and_the_first_listed(tables):
    problems = tables("Hong Gil-dong, " * 15 + "30", "Hong Gil-dong. " * 15, "Kim, 30, fled.")
    assert [one.more for one in problems] == [0] * 19 + [9, 0, 0]
    assert (problems[19].line, problems[21].value) == (3, "Kim, 30")


def test_headlines_are_searched_and_publishers_are_not(tables, root):
    path = tables.folder / "sources.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame.loc[0, "title"] = "Hong Gil-dong speaks"
    frame.loc[0, "publisher"] = "Kim Chol-su Daily"
    frame.to_csv(path, index=False)
    [problem] = tables("An act.")
    assert (problem.column, problem.value) == ("title", "Hong Gil-dong")


def test_the_command_warns_and_when_strict_refuses(run_command, tables, root):
    data = tables.folder
    shutil.rmtree(data)
    shutil.copytree(root / "data", data)
    text = (data / "incidents.csv").read_text("utf-8")
    (data / "incidents.csv").write_text(text.replace("A border guard officer", "Officer Hong Gil-dong", 1), "utf-8")
    status, out, err = run_command("check", "--data", data)
    assert status == 0
    assert err.startswith(f"Warning: {data}/incidents.csv, line 2, summary: \"Hong Gil-dong\"")
    assert "warnings: 1" in out
    status, out, err = run_command("check", "--data", data, "--strict")
    assert (status, out) == (1, "")
    assert err.endswith("1 problem in 1 file.\n")


def test_the_command_accepts_the_real_tables_when_strict(run_command):
    status, out, err = run_command("check", "--strict")
    assert (status, err) == (0, "")
    assert "no problems" in out
