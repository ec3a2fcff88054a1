"""What may be claimed of many comparisons."""

import dataclasses
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crackdown.claims import agree, settle
from crackdown.clusters import attribute_publishers, link_clusters, select_publisher
from crackdown.comparisons import VERDICTS, Comparison, compare_rates, compare_shares
from crackdown.incidents import load_archive
from crackdown.intervals import Dispersion
from crackdown.records import cut_record

DATA = Path(__file__).parents[1] / "data"


def comparison(publisher, p, *, estimate=0.2, kind="share", enough=True):
    """Give a comparison with a one-sided p-value on the side of its estimate."""
    rising = estimate > (kind == "rate")
    clear = VERDICTS[kind][0 if rising else 1] if p < 0.025 else "no_clear_difference"
    return Comparison(
        kind=kind,
        publisher=publisher,
        subject="x",
        estimate=estimate,
        low=-1.0,
        high=1.0,
        cells=(20.0, 20.0),
        holders=(5.0, 10.0),
        p_larger=p if rising else 1.0,
        p_smaller=1.0 if rising else p,
        dispersion=Dispersion(1.0, 30.0, 40.0),
        verdict=clear if enough else "too_few",
    )


def verdict(*comparisons):
    return agree({"x": comparisons})["x"].verdict


def test_publishers_that_both_clearly_rise_agree():
    assert verdict(comparison("A", 0.001), comparison("B", 0.04)) == (
        "larger_share_in_every_publisher"
    )
    falling = [comparison(name, 0.001, estimate=-0.2) for name in "AB"]
    assert verdict(*falling) == "smaller_share_in_every_publisher"


def test_one_publishers_change_is_no_shift_however_clear():
    assert verdict(comparison("A", 1e-9), comparison("B", 0.2)) == "no_clear_difference"


def test_publishers_that_clearly_disagree_differ():
    assert verdict(comparison("A", 0.001), comparison("B", 0.001, estimate=-0.2)) == (
        "publishers_differ"
    )


def test_a_third_publisher_that_points_the_other_way_breaks_the_claim():
    clear = [comparison("A", 0.001), comparison("B", 0.001)]
    assert verdict(*clear, comparison("C", 0.4)) == "larger_share_in_every_publisher"
    assert verdict(*clear, comparison("C", 0.4, estimate=-0.01)) == "no_clear_difference"


def test_of_three_publishers_two_must_be_clear_at_half_the_threshold():
    third = comparison("C", 0.4)
    assert verdict(comparison("A", 0.001), comparison("B", 0.024), third) == (
        "larger_share_in_every_publisher"
    )
    assert verdict(comparison("A", 0.001), comparison("B", 0.026), third) == "no_clear_difference"


def test_fewer_than_two_publishers_with_enough_are_too_few_to_say():
    assert verdict() == "too_few"
    assert verdict(comparison("A", 0.001)) == "too_few"
    found = agree({"x": [comparison("A", 0.001), comparison("B", 0.001, enough=False)]})["x"]
    assert found.verdict == "too_few"
    assert found.compared == ("A",)


def test_the_threshold_is_divided_by_the_notable_shifts_only():
    dull = {n: [comparison("A", 0.3), comparison("B", 0.4)] for n in range(30)}
    two = {"x": [comparison("A", 0.001), comparison("B", 0.03)]}
    assert agree(dull | two)["x"].threshold == 0.05
    assert agree(dull | two)["x"].verdict == "larger_share_in_every_publisher"
    notable = {n: [comparison("A", 0.001), comparison("B", 0.4)] for n in range(3)}
    found = agree(dull | notable | two)
    assert found["x"].threshold == 0.05 / 4
    assert found["x"].verdict == "no_clear_difference"


def test_rates_of_publishers_never_add_up_to_a_claim():
    with pytest.raises(ValueError, match="not of rates"):
        verdict(*(comparison(name, 0.001, estimate=3, kind="rate") for name in "AB"))


def test_a_publisher_does_not_agree_with_itself():
    with pytest.raises(ValueError, match="stands twice"):
        verdict(comparison("A", 0.001), comparison("A", 0.001))


def test_one_page_shares_one_chance_of_a_false_claim():
    # Holm with four tests: 2 p times 4, 3, 2, 1; the third fails, so the fourth does not count.
    ps = (0.02, 0.001, 0.015, 0.007)
    found = settle([comparison("A", p) for p in ps])
    assert [c.verdict for c in found] == [
        "no_clear_difference",
        "larger_share",
        "no_clear_difference",
        "larger_share",
    ]


def test_what_holds_too_few_is_no_part_of_the_page():
    found = settle([comparison("A", 0.02), *[comparison("B", 0.9, enough=False)] * 9])
    assert [c.verdict for c in found] == ["larger_share"] + ["too_few"] * 9
    assert settle([]) == []


tails = st.floats(1e-9, 0.49)


@settings(max_examples=60)
@given(ps=st.lists(st.tuples(tails, tails, st.booleans(), st.booleans()), max_size=8))
def test_agreement_never_claims_what_no_second_publisher_bears_out(ps):
    shifts = {
        n: [
            comparison("A", first, estimate=0.2 if one else -0.2),
            comparison("B", second, estimate=0.2 if two else -0.2),
        ]
        for n, (first, second, one, two) in enumerate(ps)
    }
    found = agree(shifts)
    turned = agree(
        {
            n: [
                dataclasses.replace(
                    c, estimate=-c.estimate, p_larger=c.p_smaller, p_smaller=c.p_larger
                )
                for c in pair
            ]
            for n, pair in shifts.items()
        }
    )
    for n, (first, second, one, two) in enumerate(ps):
        claimed = "every" in found[n].verdict
        assert not claimed or (one == two and max(first, second) < found[n].threshold <= 0.05)
        swap = {"larger": "smaller", "smaller": "larger"}
        head, _, rest = found[n].verdict.partition("_")
        assert turned[n].verdict == f"{swap.get(head, head)}_{rest}"


def test_more_articles_held_in_2020_make_no_claim_beyond_a_publisher():
    archive = load_archive(DATA)
    incidents = archive.incidents[~archive.incidents["is_aggregate"]]
    clusters, attribution = link_clusters(archive), attribute_publishers(archive)
    periods = [(pd.Timestamp(y, 1, 1), pd.Timestamp(y, 12, 31)) for y in (2019, 2020)]
    records = [
        cut_record(
            select_publisher(incidents, attribution, name), clusters, *periods, publisher=name
        )
        for name in ("Daily NK", "Radio Free Asia", "Asiapress")
    ]
    rates = settle([compare_rates(record) for record in records])
    assert {rate.verdict for rate in rates} <= {
        "more_reported",
        "no_clear_difference",
        "too_few",
    }
    offences = sorted({offence for named in incidents["offences"] for offence in named})
    shifts = {
        offence: [
            compare_shares(
                record, incidents["offences"].map(lambda named, o=offence: o in named)
            )
            for record in records
        ]
        for offence in offences
    }
    assert {found.verdict for found in agree(shifts).values()} <= {
        "no_clear_difference",
        "too_few",
    }
