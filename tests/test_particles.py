"""Korean particles after Hangul, digits, per cent, brackets and Latin letters."""

import csv
from pathlib import Path

import pytest
from fluent.runtime import FluentBundle, FluentResource

from crackdown.catalogue import speaking
from crackdown.particles import FUNCTIONS, PAIRS, add_particle
from crackdown.wording import say

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("량강도", "가"), ("평양", "이"), ("서울", "이"), ("2024년", "이"), ("북부 국경", "이"),
        # 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구
        ("0", "이"), ("1", "이"), ("2", "가"), ("3", "이"), ("4", "가"),
        ("5", "가"), ("6", "이"), ("7", "이"), ("8", "이"), ("9", "가"),
        # 십, 백, 천, 만, 억, 조; 천이, 십이
        ("10", "이"), ("300", "이"), ("2,000", "이"), ("10,000", "이"), ("200000000", "이"),
        ("1,000,000,000,000", "가"), ("1,002", "가"), ("12", "가"), ("k001", "이"), ("00", "이"),
        # 삼점오, 일점영; 퍼센트; 퍼센트포인트
        ("3.5", "가"), ("1.0", "이"), ("11%", "가"), ("11 %", "가"), ("5%포인트", "가"),
        # what is passed over
        ("“평양”", "이"), ("‘RFA’", "가"), ("회령시(24건)", "가"), ("국가보위성 (MSS)", "이"),
        ("(평양)", "이"), ("평양.", "이"), ("[12]", "가"),
    ],
)  # fmt: skip
def test_the_particle_follows_what_is_read_aloud(text, subject):
    assert add_particle(text, "이/가") == text + subject


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        # letter by letter: 케이, 에이, 시, 피, 에스, 엘, 엠, 엔, 알
        ("Daily NK", "가"), ("RFA", "가"), ("BBC", "가"), ("AP", "가"), ("KBS", "가"),
        ("URL", "이"), ("USAGM", "이"), ("OAN", "이"), ("HR", "이"),
        # 아시아프레스, 연합, 뉴스핌, 데일리안, 그룹, 타임스, 일보, 포스트, 인사이더, 피플, 투데이
        ("Asiapress", "가"), ("Yonhap", "이"), ("Newspim", "이"), ("Dailian", "이"),
        ("Transitional Justice Working Group", "이"), ("The Korea Times", "가"),
        ("Chosun Ilbo", "가"), ("Washington Post", "가"), ("NK Insider", "가"), ("People", "이"),
        ("Ask a Korean!", "이"), ("US Department of State", "가"), ("Pyongyang", "이"),
        ("krnews21", "이"), ("Pacific", "이"), ("Facebook", "이"), ("Network", "가"), ("Time", "이"),
    ],
)  # fmt: skip
def test_latin_letters_are_read_as_koreans_do(name, subject):
    assert add_particle(name, "이/가") == name + subject


def test_each_pair_has_a_form_after_a_vowel_and_one_after_a_consonant():
    assert [add_particle("도", pair)[1:] for pair in PAIRS] == ["는", "가", "를", "와", "로", "라"]
    assert [add_particle("곳", pair)[1:] for pair in PAIRS] == ["은", "이", "을", "과", "으로", "이라"]


@pytest.mark.parametrize(
    ("text", "direction"),
    [("서울", "로"), ("1", "로"), ("7건", "으로"), ("8", "로"), ("30", "으로"), ("URL", "로"), ("Journal", "로")],
)
def test_a_final_l_counts_as_a_vowel_before_ro_alone(text, direction):
    assert add_particle(text, "으로/로") == text + direction
    assert add_particle(text, "은/는") == text + "은"


def test_both_forms_stand_where_nobody_knows_the_reading():
    assert add_particle("北", "은/는") == "北은(는)"
    assert add_particle("…", "으로/로") == "…(으)로"


def test_a_catalogue_prints_values_with_their_particles():
    bundle = FluentBundle(["ko"], use_isolating=False, functions=dict(FUNCTIONS))
    bundle.add_resource(
        FluentResource(
            'one = { JOSA($who, "이/가") } { JOSA($count, "을/를") } '
            '{ JOSA(NUMBER($share, style: "percent"), "으로/로") }\n'
            'bad = { JOSA($who, "도") }\n'
        )
    )
    values = {"who": "Yonhap", "count": 12000, "share": 0.11}
    assert bundle.format_pattern(bundle.get_message("one").value, values) == (
        "Yonhap이 12,000을 11%로",
        [],
    )
    _, errors = bundle.format_pattern(bundle.get_message("bad").value, values)
    assert "not a pair of particles" in str(errors[0])


def test_a_value_may_be_as_long_as_a_list_gets():
    names = ", ".join(["Daily NK"] * 1000)
    assert say("map-uncertain-named", names=names).endswith(f"{names}.")
    with speaking("ko"):
        assert f" {names}가 비교할 만큼" in say(
            "finding-no-shift", before="2010년", after="2020년", publishers=names, compared=2
        )


def test_every_place_and_outlet_of_the_tables_has_a_reading():
    names = set()
    for table, column in (("places", "name_ko"), ("places", "name_en"), ("sources", "publisher")):
        with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            names |= {row[column] for row in csv.DictReader(file)} - {""}
    assert len(names) > 200
    assert [name for name in names if add_particle(name, "은/는").endswith(")")] == []
