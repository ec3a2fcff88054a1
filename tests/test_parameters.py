"""Parameters: everything wrong is refused at once, with what is allowed and nearest."""

import datetime

import pytest

from crackdown.errors import CrackdownError, UsageError
from crackdown.files import find_folder
from crackdown.parameters import VOCABULARY, Parameters, allowed_values, check_parameters


@pytest.fixture
def check(root):
    def check(**values):
        return check_parameters({"data": str(root / "data"), **values})

    return check


def test_an_empty_text_means_no_limit(check):
    parameters = check(start="", end="", offences="", provinces="", as_of="")
    assert (parameters.start, parameters.end, parameters.as_of) == (None, None, None)
    assert (parameters.offences, parameters.provinces) == ((), ())


def test_texts_become_dates_lists_and_codes(check):
    parameters = check(
        start="2020-01-01", offences="speech; religion;speech", provinces="North Hamgyong;KP01"
    )
    assert parameters.start == datetime.date(2020, 1, 1)
    assert parameters.offences == ("speech", "religion")
    assert parameters.provinces == ("KP02", "KP01")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"strat": "2020-01-01"}, ['"strat"', '"start"', "Allowed", "geo_precision"]),
        ({"start": "yesterday"}, ["start", '"yesterday"', "2024-01-31"]),
        ({"start": "2020"}, ["start", '"2020"', "not a date"]),
        ({"end": "2020-02-30"}, ["end", '"2020-02-30"']),
        ({"as_of": 2020}, ["as_of", '"2020"']),
        ({"start": "2021-01-01", "end": "2020-01-01"}, ["2021-01-01", "2020-01-01"]),
        ({"offences": "chinese_phones"}, ['"chinese_phones"', '"chinese_phone"', "Allowed", "speech"]),
        ({"offences": "speech;filns"}, ['"filns"', "Allowed"]),
        ({"actions": "arest"}, ['"arest"', '"arrest"']),
        ({"agencies": "mmss"}, ['"mmss"', '"mss"']),
        ({"geo_precision": "village"}, ['"village"', "locality, county, province, border, country"]),
        ({"geo_precision": ""}, ["geo_precision", "Allowed"]),
        ({"provinces": "North Hamgyung"}, ['"North Hamgyung"', "KP02", "North Hamgyong"]),
        ({"provinces": "Hoeryong"}, ["Hoeryong", "KP02 North Hamgyong"]),
        ({"offences": 3}, ["offences", "first;second"]),
    ],
)
def test_a_wrong_parameter_is_refused_with_what_would_be_right(check, values, told):
    with pytest.raises(UsageError) as error:
        check(**values)
    for part in told:
        assert part in str(error.value)


def test_a_publisher_that_the_tables_do_not_hold_is_refused_with_the_nearest(check):
    with pytest.raises(UsageError) as error:
        check(publishers="Daly NK")
    assert "Daly NK" in str(error.value)
    assert '"Daily NK"' in str(error.value)


def test_a_campaign_that_the_table_does_not_list_is_refused_with_the_nearest(check):
    assert check(campaigns="k028; k034").campaigns == ("k028", "k034")
    with pytest.raises(UsageError) as error:
        check(campaigns="k28")
    assert 'campaigns: "k28" is not a campaign here. Nearest: "k028"' in str(error.value)


def test_all_wrong_parameters_are_told_in_one_message(check):
    with pytest.raises(UsageError) as error:
        check(strat="2020-01-01", end="soon", offences="phones", provinces="Seoul")
    for name in ("strat", "end", "offences"):
        assert name in str(error.value)


def test_only_what_a_notebook_declares_is_allowed(root):
    values = {"data": str(root / "data"), "offences": "speech"}
    with pytest.raises(UsageError, match="offences"):
        check_parameters(values, declared=("data", "start"))


def test_every_parameter_with_a_vocabulary_takes_it_from_the_codebook(archive):
    for name in VOCABULARY:
        allowed = allowed_values(name, archive.codebook)
        assert allowed, name
        assert all(allowed.values()), name
    assert allowed_values("start", archive.codebook) == {}
    assert set(VOCABULARY) <= set(Parameters.model_fields)


def test_every_value_of_the_codebook_is_taken(check, archive):
    for name in VOCABULARY:
        for value in allowed_values(name, archive.codebook):
            check(**{name: value})


def test_a_folder_is_found_from_the_root_and_from_a_folder_inside(root, monkeypatch):
    monkeypatch.chdir(root)
    assert find_folder("data").resolve() == root / "data"
    monkeypatch.chdir(root / "notebooks")
    assert find_folder("data").resolve() == root / "data"
    assert find_folder(str(root / "data")) == root / "data"


def test_a_folder_that_is_not_there_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match='"nowhere-at-all"'):
        find_folder("nowhere-at-all")


def test_tables_that_cannot_be_read_are_told_as_such_and_not_as_a_stack(root, tmp_path):
    (tmp_path / "datapackage.json").write_bytes((root / "data" / "datapackage.json").read_bytes())
    for text in (None, "", "pcode;level\nKP;country\n"):
        if text is not None:
            (tmp_path / "places.csv").write_text(text, encoding="utf-8")
        with pytest.raises(CrackdownError):
            check_parameters({"data": str(tmp_path), "provinces": "KP01"})
