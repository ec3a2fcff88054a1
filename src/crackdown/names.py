"""Korean personal names, in Hangul and as newspapers romanise them.

A name is a surname of a short list with a given name of one or two syllables.
Which Latin letters a syllable may be written in follows from its letters; so
does, in reverse, which words are no names: "June" and "Leaflets" are not made
of syllables that names are made of.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata

#: Surnames with their usual spellings: those of the North, the Revised and the
#: McCune-Reischauer romanisation, and what bearers write.
SURNAMES = {
    "김": "Kim Gim", "이": "Lee Yi Rhee", "리": "Ri Li", "박": "Pak Park Bak",
    "최": "Choe Choi", "정": "Jong Jung Jeong Chong Chung Cheong", "강": "Kang Gang",
    "조": "Jo Cho", "윤": "Yun Yoon Youn", "장": "Jang Chang", "임": "Im Yim", "림": "Rim Lim",
    "한": "Han", "오": "O Oh", "서": "So Seo Suh", "신": "Sin Shin", "권": "Kwon Gwon",
    "황": "Hwang", "안": "An Ahn", "송": "Song", "류": "Ryu", "유": "Yu Yoo",
    "홍": "Hong", "전": "Jon Jun Jeon Chon Chun", "고": "Ko Koh", "문": "Mun Moon",
    "손": "Son Sohn", "양": "Yang Ryang", "배": "Pae Bae", "백": "Paek Baek Paik Baik",
    "허": "Ho Heo Hur Huh", "남": "Nam", "심": "Sim Shim", "로": "Ro", "노": "No Noh Roh",
    "하": "Ha", "곽": "Kwak Gwak", "성": "Sung Seong", "차": "Cha", "주": "Ju Joo Chu",
    "우": "U Woo", "구": "Ku Koo", "민": "Min", "진": "Jin Chin", "라": "Ra", "나": "Na",
    "지": "Ji Chi", "엄": "Om Eom Um", "채": "Chae", "원": "Won", "천": "Cheon",
    "방": "Pang Bang", "공": "Kong Gong", "현": "Hyon Hyun Hyeon", "함": "Ham",
    "변": "Pyon Byun Byon Byeon", "염": "Yom Yeom", "렴": "Ryom", "여": "Yo Yeo", "추": "Choo",
    "석": "Sok Seok", "선": "Seon", "설": "Sol Seol", "마": "Ma", "길": "Kil Gil", "표": "Pyo",
    "명": "Myong Myung Myeong", "반": "Ban", "왕": "Wang", "옥": "Ok", "맹": "Maeng", "탁": "Tak",
    "태": "Thae Tae", "남궁": "Namgung", "황보": "Hwangbo", "제갈": "Jegal", "사공": "Sagong",
    "선우": "Sonu Seonwoo", "독고": "Tokko Dokgo",
}  # fmt: skip

#: Spellings that are also words, places or abbreviations: alone they tell nothing.
WORDS = frozenset(
    "An Ban Bang Cha Chang Chi Chin Cho Chon Chong Chu Chun Chung Gang Gong Ha Ham Han Ho Hong Im Ji Jin "
    "Jo Jon Jong Ju Jun Jung Kil Ko Kong Ku Li Ma Min Moon Mun Myong Na Nam No O Oh Ok Om Pae Pang "
    "Park Pyo Ra Ri Ro Ryang Sim Sin So Sok Sol Son Song Sung Tae Tak U Um Wang Won Yang Yo Yu".split()
)

#: Syllables that given names are made of.
SYLLABLES = (
    "가간강개거건걸겸경계고관광교구국군권귀규균근금기길나난남녀년노다단달담대덕도동두라락란람랑량려"
    "력련렬령례로록룡루류륜률리린림만매면명모목무묵문미민박반배백번범벽별병보복봉부분비빈산삼상새생"
    "서석선설섭성세소솔송수숙순술숭슬승시식신실심쌍아안암애양억언업여연열염엽영예오옥온완왕용우욱운"
    "웅원월위유윤율은을음응의이익인일임자장재전점정제조종주준중지직진찬창채천철청초총춘출충치칠태택"
    "평표풍필하학한할함해향허혁현협형혜호홍화환황회효후훈휘휴흠흥희"
)

#: Those that are usual in names and seldom end a common noun that begins like a surname.
_USUAL = "철수영희순옥미숙정혜금봉남일성혁광국명학룡용진현경란향춘련호민준훈태석길동은애녀복덕만환찬규범식섭홍병근재윤린"

#: Letters of two syllables at most, as in "Kyeonghwang", apostrophes included.
LONGEST = 16

_PARTICLES = "은|는|이|가|을|를|의|와|과|도|만|에게|에|께|씨|군|양|님|이가|이는|동무|동지|선생|여사"
_PERSON = " ?(?:씨|군|양|님|여인|동무)"
_END = rf"(?=(?:{_PARTICLES})?(?![가-힣]))"
_ANY = "|".join(sorted(SURNAMES, key=len, reverse=True))

#: A name at the beginning of a word.
HANGUL_NAME = re.compile(
    # Few words begin with these three.
    rf"[김박윤][{SYLLABLES}]{{2}}(?<![로도의세새]){_END}"
    rf"|(?:{_ANY})[{_USUAL}]{{2}}(?<!은){_END}"
    # Any other name only where what follows says that a person is meant.
    rf"|(?:{_ANY})(?:[{SYLLABLES}]{{0,2}}| ?모){_PERSON}{_END}"
)

_INITIALS = (
    "k g", "kk gg", "n", "d t", "dd tt", "r l n", "m", "p b", "pp bb", "s sh", "ss", "", "j ch z", "jj",
    "ch", "k kh", "t th", "p ph", "h",
)  # fmt: skip
_VOWELS = (
    "a ah", "ae ai", "ya", "yae", "o eo u", "e", "yo yeo yu you", "ye", "o", "wa", "wae", "oe oi", "yo",
    "u oo woo", "wo weo", "we", "wi", "yu yoo", "u eu", "ui eui i ee", "i ee yi",
)  # fmt: skip
_FINALS = {0: "", 1: "k g", 4: "n", 8: "l r", 16: "m", 17: "p b", 19: "t s", 21: "ng"}


def plain(text: str) -> str:
    """Write a word in small letters without breves and apostrophes.

    >>> plain("P'yŏng-il")
    'pyong-il'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c not in "'’ʼ`")


def is_given_name(words: list[str]) -> bool:
    """Say whether one or two words are a given name of one or two syllables.

    >>> [is_given_name(words) for words in (["Gil", "dong"], ["Gildong"], ["June"])]
    [True, True, False]
    """
    if max(map(len, words)) > LONGEST:
        return False
    known, parts = _latin_syllables(), [plain(word) for word in words]
    if len(parts) > 1:
        return len(parts) == 2 and known.issuperset(parts)
    [word] = parts
    return word in known or any(
        word[:cut] in known and word[cut:] in known for cut in range(1, len(word))
    )


@functools.cache
def _latin_syllables() -> frozenset[str]:
    return frozenset(itertools.chain.from_iterable(map(_spellings, SYLLABLES)))


def _spellings(syllable: str) -> set[str]:
    """List how a syllable of Hangul is romanised, the letters it consists of one by one."""
    number, final = divmod(ord(syllable) - ord("가"), 28)
    initial, vowel = divmod(number, 21)
    letters = (_INITIALS[initial], _VOWELS[vowel], _FINALS[final])
    return {"".join(one) for one in itertools.product(*(part.split() or [""] for part in letters))}
