"""Coder agreement: published examples, the package, and the real double codings."""

from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crackdown import agreement
from crackdown.incidents import load_archive

DATA = Path(__file__).parents[1] / "data"
MISSING = np.nan

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", sections A, B and C.
TWO_CODERS_BINARY = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
TWO_CODERS_NOMINAL = [list("aabbdcccedda"), list("babbbccceddd")]
FOUR_CODERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, MISSING, MISSING, MISSING],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, MISSING, 3],
    [MISSING, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, MISSING],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, MISSING],
]
# Hayes and Krippendorff (2007), table 1: five observers, 40 articles, tone 0 to 3.
NEWS_TONE = """
112.2 1101. 2333. .00.0 000.0 000.0 102.1 1.20. 222.2 2111. .100. 0000. 1222. 33223
111.1 111.1 212.2 1233. 1101. 000.0 0011. 00.00 2333. 0000. 12.22 0111. 00010 1212.
1122. 112.2 110.0 2121. 22.22 3222. 222.2 223.2 222.2 22.12 2222. 111.1
"""


@pytest.fixture(scope="module")
def archive():
    return load_archive(DATA)


def count(by_coder):
    """Turn coders by units into units by values, as the bootstrap takes them."""
    table = pd.DataFrame(by_coder).T
    values = sorted(v for v in pd.unique(table.to_numpy().ravel()) if v == v)
    return np.array([[(unit == value).sum() for value in values] for _, unit in table.iterrows()])


def alpha_of(counts):
    return agreement._weighted_alpha(counts, np.ones((1, len(counts))))[0]


def double_coded(*rows):
    """Build a table in which coders wrote: incident, article, coder, action, targets."""
    columns = ["incident_id", "source_id", "coder", "action", "targets"]
    table = pd.DataFrame(rows, columns=columns)
    day = pd.Timestamp("2020-01-01")
    for column in agreement.LISTS:
        if column not in table:
            table[column] = [()] * len(table)
    figures = pd.array([pd.NA] * len(table), dtype="Int64")
    return table.assign(
        date_start=day,
        date_end=day,
        pcode="KP0101",
        geo_precision="county",
        sourcing="official",
        persons_best=figures,
        deaths=figures,
    )


def raw_codings(*rows):
    return pd.DataFrame(rows, columns=["coder", "incident_id", "source_ids"])


@pytest.mark.parametrize(
    ("by_coder", "published"),
    [(TWO_CODERS_BINARY, 0.095), (TWO_CODERS_NOMINAL, 0.692), (FOUR_CODERS, 0.743)],
)
def test_alpha_of_published_examples_is_reproduced(by_coder, published):
    assert alpha_of(count(by_coder)) == pytest.approx(published, abs=0.0005)


def test_nominal_alpha_of_the_news_tone_example_is_reproduced():
    units = [[float(c) if c != "." else MISSING for c in unit] for unit in NEWS_TONE.split()]
    assert len(units) == 40
    assert alpha_of(count(np.array(units).T)) == pytest.approx(0.477, abs=0.0005)


def test_bootstrap_of_units_agrees_with_a_published_run():
    # README of the R package icr, 1,000 samples of the units of FOUR_CODERS: mean 0.727,
    # standard error 0.139, interval 0.435 to 1, and the shares above five thresholds.
    draws = agreement._weighted_alpha(
        count(FOUR_CODERS), agreement._draw_weights(np.arange(12))
    )
    assert draws.mean() == pytest.approx(0.727, abs=0.01)
    assert draws.std() == pytest.approx(0.139, abs=0.01)
    assert np.quantile(draws, 0.025) == pytest.approx(0.435, abs=0.03)
    assert np.quantile(draws, 0.975) == 1
    published = {0.9: 0.115, 0.8: 0.304, 0.7: 0.598, 0.6: 0.820, 0.5: 0.938}
    for threshold, share in published.items():
        assert (draws > threshold).mean() == pytest.approx(share, abs=0.03)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_alpha_of_any_sample_agrees_with_the_package(data):
    shape = data.draw(st.tuples(st.integers(1, 8), st.integers(2, 4)))
    cells = st.lists(st.integers(0, 3), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])
    counts = np.array(data.draw(cells)).reshape(shape)
    times = data.draw(st.lists(st.integers(0, 3), min_size=shape[0], max_size=shape[0]))
    drawn = np.repeat(counts, times, axis=0)
    ours = agreement._weighted_alpha(counts, np.array([times], dtype=float))[0]
    pairable = drawn[drawn.sum(axis=1) > 1]
    if (pairable.sum(axis=0) > 0).sum() < 2:
        assert np.isnan(ours)
    else:
        package = krippendorff.alpha(value_counts=drawn, level_of_measurement="nominal")
        assert ours == pytest.approx(package, abs=1e-9)


def test_units_of_one_article_are_drawn_together():
    weights = agreement._draw_weights(np.array([0, 0, 1, 2]))
    assert (weights[:, 0] == weights[:, 1]).all()
    assert (weights[:, 1:].sum(axis=1) == 3).all()


def test_same_table_gives_the_same_interval_twice(archive):
    one, other = (agreement.agreement_by_variable(archive.double_coded) for _ in range(2))
    pd.testing.assert_frame_equal(one, other)


def test_row_of_a_coder_in_several_pairs_counts_once():
    rows = [
        ("i1", "s1", coder, "arrest", ())
        for coder in ("c1", "c2", "c1", "c3", "c2", "c3")
    ]
    table = agreement.agreement_by_variable(double_coded(*rows))
    assert set(table["units"]) == {1}
    assert set(table["pairs"]) == {3}


def test_same_rows_under_a_second_article_compare_nothing_new():
    rows = [("i1", s, c, "arrest", ()) for s in ("s1", "s2") for c in ("c1", "c2")]
    assert set(agreement.agreement_by_variable(double_coded(*rows))["units"]) == {1}
    rows[3] = ("i1", "s2", "c2", "trial", ())
    assert set(agreement.agreement_by_variable(double_coded(*rows))["units"]) == {2}


def test_alpha_without_variation_is_missing_and_says_why():
    rows = [("i1", "s1", "c1", "arrest", ()), ("i1", "s1", "c2", "arrest", ())]
    table = agreement.agreement_by_variable(double_coded(*rows)).set_index("variable")
    assert np.isnan(table.loc["action", "alpha"])
    assert "undefined" in table.loc["action", "note"]


def test_value_named_in_few_units_has_no_interval():
    rows = []
    for unit in range(8):
        named = ("youth",) if unit == 0 else ()
        rows += [(f"i{unit}", f"s{unit}", c, "arrest", named) for c in ("c1", "c2")]
    row = agreement.agreement_by_variable(double_coded(*rows)).set_index("value").loc["youth"]
    assert (row["alpha"], row["units_naming"]) == (1, 1)
    assert np.isnan(row["low"])
    assert "too few" in row["note"]


def test_value_named_by_all_is_undefined_and_counted():
    rows = [(f"i{u}", f"s{u}", c, "arrest", ("youth",)) for u in range(6) for c in ("c1", "c2")]
    row = agreement.agreement_by_variable(double_coded(*rows)).set_index("value").loc["youth"]
    assert row["units_naming"] == 6
    assert np.isnan(row["alpha"])


def test_tables_without_rows_give_no_figures(archive):
    assert agreement.agreement_by_variable(archive.double_coded.iloc[:0]).empty
    assert agreement.interval_agreement(archive.double_coded.iloc[:0])["pairs"] == 0
    found = agreement.unitising_agreement(archive.raw_codings.iloc[:0])
    assert found["articles_shared"] == 0
    assert np.isnan(found["positive_agreement"])


def test_published_alphas_of_the_archive_are_reproduced(archive):
    # data/README.md. Sourcing stands there as 0.58; these rows give 0.60.
    table = agreement.agreement_by_variable(archive.double_coded)
    assert set(table["units"]) == {139}
    alpha = table.set_index(["variable", "value"])["alpha"].round(2)
    assert alpha["action", ""] == 0.88
    assert alpha["pcode", ""] == 0.91
    assert alpha["province", ""] == 0.92
    assert alpha["geo_precision", ""] == 0.78
    assert alpha["persons_given", ""] == 0.89
    assert alpha["sourcing", ""] == 0.60
    assert alpha["targets", "traders"] == 0.48
    assert alpha["targets", "believers"] == 0.56
    assert (alpha["offences"].min(), alpha["offences"].idxmin()) == (0.74, "trafficking")
    assert alpha["offences"].max() == 1


def test_intervals_hold_alpha_and_stand_within_bounds(archive):
    table = agreement.agreement_by_variable(archive.double_coded).dropna(subset="low")
    assert len(table) > 30
    assert (table["low"] <= table["alpha"]).all()
    assert (table["alpha"] <= table["high"]).all()
    assert (table["high"] <= 1).all()


def test_date_intervals_of_the_archive_overlap_in_all_pairs_but_one(archive):
    assert agreement.interval_agreement(archive.double_coded) == {
        "pairs": 161,
        "overlap": 160,
        "identical": 94,
    }


def test_shares_published_for_date_intervals_rest_on_repeated_rows(archive):
    # 99.7 % and 60.6 % in data/README.md pair all rows of an incident, so that a row of
    # three coders' acts meets its own copy; the 161 pairs of coders give 99.4 % and 58.4 %.
    pairs = overlap = identical = 0
    for _, rows in archive.double_coded.groupby("incident_id"):
        start, end = rows["date_start"].to_numpy(), rows["date_end"].to_numpy()
        one, other = np.triu_indices(len(rows), 1)
        pairs += len(one)
        overlap += ((start[one] <= end[other]) & (start[other] <= end[one])).sum()
        identical += ((start[one] == start[other]) & (end[one] == end[other])).sum()
    assert (round(overlap / pairs, 3), round(identical / pairs, 3)) == (0.997, 0.606)


def test_positive_agreement_is_worked_by_hand():
    # s1: {a, b} and {a}; s2: {c} and {c}. Both: 1 + 1; recorded: 3 + 2. 2 * 2 / 5.
    table = raw_codings(
        ("c1", "a", ("s1",)),
        ("c1", "b", ("s1",)),
        ("c2", "a", ("s1", "s9")),
        ("c1", "c", ("s2",)),
        ("c2", "c", ("s2",)),
    )
    found = agreement.unitising_agreement(table)
    assert found["positive_agreement"] == pytest.approx(0.8)
    assert (found["recorded"], found["recorded_both"]) == (5, 2)
    assert (found["articles"], found["articles_shared"], found["coder_pairs"]) == (3, 2, 2)
    assert (found["same_set"], found["same_number"], found["disjoint"]) == (1, 1, 0)
    assert (found["low"], found["high"]) == (pytest.approx(2 / 3), pytest.approx(1))


def test_positive_agreement_is_the_f_measure_of_two_coders():
    table = raw_codings(
        *[("c1", incident, ("s1",)) for incident in "abcd"],
        *[("c2", incident, ("s1",)) for incident in "cde"],
    )
    precision, recall = 2 / 3, 2 / 4
    f_measure = 2 * precision * recall / (precision + recall)
    found = agreement.unitising_agreement(table)["positive_agreement"]
    assert found == pytest.approx(f_measure)


def test_dropped_row_is_an_incident_that_only_its_coder_saw():
    table = raw_codings(("c1", "", ("s1",)), ("c2", "", ("s1",)), ("c2", "a", ("s1",)))
    pair = agreement.coder_pairs(table).iloc[0]
    assert (pair["first"], pair["second"], pair["both"]) == (1, 2, 0)


def test_two_rows_merged_into_one_incident_count_once():
    table = raw_codings(("c1", "a", ("s1",)), ("c1", "a", ("s1",)), ("c2", "a", ("s1",)))
    assert agreement.unitising_agreement(table)["same_set"] == 1


def test_articles_read_by_several_coders_are_found(archive):
    found = agreement.unitising_agreement(archive.raw_codings)
    assert (found["articles"], found["articles_shared"]) == (621, 129)
    assert (found["coder_pairs"], found["disjoint"]) == (147, 5)
    assert (found["recorded"], found["recorded_both"]) == (389, 172)
    assert found["positive_agreement"] == pytest.approx(0.884, abs=0.0005)
    assert 0.8 < found["low"] < found["positive_agreement"] < found["high"] < 1
