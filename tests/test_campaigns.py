"""From threat to act: orders, acts and penalties of campaigns."""

import dataclasses
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crackdown import campaigns
from crackdown.incidents import load_archive

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def archive():
    return load_archive(DATA)


def small_archive(*rows, opening=""):
    """Build one campaign k1 from rows of id, main act, first day, last day and options."""
    records = []
    for incident_id, action, start, end, *options in rows:
        record = {
            "incident_id": incident_id,
            "action": action,
            "date_start": pd.Timestamp(f"2020-{start}"),
            "date_end": pd.Timestamp(f"2020-{end}"),
            "campaign_id": "k1",
            "is_aggregate": False,
            "penalty_threatened": (),
            "penalty_imposed": (),
        }
        records.append(record | (options[0] if options else {}))
    drive = {
        "campaign_id": "k1",
        "name": "a drive",
        "date_start": pd.Timestamp("2020-01-01"),
        "date_end": pd.NaT,
        "pcode": "KP",
        "opening_incident": opening,
    }
    return SimpleNamespace(
        incidents=pd.DataFrame(records).set_index("incident_id"),
        campaigns=pd.DataFrame([drive]).set_index("campaign_id"),
    )


def order_of(*rows, opening=""):
    return campaigns.threat_and_act(small_archive(*rows, opening=opening)).loc["o"]


def test_time_to_the_first_act_is_an_interval():
    # Order 1 to 5 March, first act 8 to 10 March: 8 - 5 = 3 days at least, 10 - 1 = 9 at most.
    order = order_of(
        ("o", "order", "03-01", "03-05"),
        ("a", "arrest", "03-08", "03-10"),
        ("b", "trial", "04-01", "04-01"),
    )
    assert (order["days_shortest"], order["days_longest"]) == (3, 9)
    assert order["standing"] == campaigns.ACT
    assert order["act_ids"] == ("a", "b")
    assert order["first_act_ids"] == ("a",)
    assert order["note"] == ""


def test_several_acts_may_be_the_first():
    order = order_of(
        ("o", "order", "03-01", "03-01"),
        ("a", "arrest", "03-02", "03-20"),
        ("b", "trial", "03-10", "03-12"),
    )
    assert order["first_act_ids"] == ("a", "b")
    assert (order["days_shortest"], order["days_longest"]) == (1, 11)


def test_negative_shortest_time_is_cut_at_zero_with_the_reason():
    order = order_of(("o", "order", "03-01", "03-10"), ("a", "arrest", "03-05", "03-07"))
    assert (order["days_shortest"], order["days_longest"]) == (0, 6)
    assert order["standing"] == campaigns.OVERLAP
    assert order["note"] == campaigns.MAY_PRECEDE


def test_order_that_opens_the_campaign_comes_before_its_acts():
    rows = [("o", "order", "03-01", "03-10"), ("a", "arrest", "03-05", "03-07")]
    order = order_of(*rows, opening="o")
    assert order["standing"] == campaigns.ACT
    assert order["note"] == campaigns.OPENS
    assert (order["days_shortest"], order["days_longest"]) == (0, 6)


def test_act_that_may_precede_leaves_room_for_a_later_first_act():
    # If a came before the order (say the order on 8 March), the first act is b: 20 - 8 = 12.
    order = order_of(
        ("o", "order", "03-01", "03-10"),
        ("a", "arrest", "03-05", "03-07"),
        ("b", "trial", "03-15", "03-20"),
    )
    assert (order["days_shortest"], order["days_longest"]) == (0, 14)
    assert order["first_act_ids"] == ("a", "b")


def test_act_on_the_day_of_the_order_follows_it():
    order = order_of(("o", "order", "03-01", "03-01"), ("a", "arrest", "03-01", "03-01"))
    assert (order["days_shortest"], order["days_longest"]) == (0, 0)
    assert order["standing"] == campaigns.ACT


def test_acts_wholly_before_the_order_do_not_follow_it():
    order = order_of(("o", "order", "03-05", "03-05"), ("a", "arrest", "03-01", "03-04"))
    assert order["standing"] == campaigns.NO_ACT
    assert order["earlier_ids"] == ("a",)
    assert order["days_longest"] is pd.NA


def test_order_and_assembly_do_not_carry_an_order_out():
    order = order_of(
        ("o", "order", "03-01", "03-01"),
        ("p", "order", "03-02", "03-02"),
        ("a", "assembly", "03-03", "03-03"),
    )
    assert order["standing"] == campaigns.ASSEMBLY
    assert order["assembly_ids"] == ("a",)


def test_aggregates_stand_apart():
    archive = small_archive(
        ("o", "order", "03-01", "03-01"),
        ("a", "arrest", "03-02", "03-20", {"is_aggregate": True}),
        ("p", "order", "03-02", "03-20", {"is_aggregate": True}),
    )
    orders = campaigns.threat_and_act(archive)
    assert list(orders.index) == ["o"]
    assert orders.loc["o", "standing"] == campaigns.NO_ACT
    assert orders.loc["o", "aggregate_ids"] == ("a",)
    drive = campaigns.chain(archive).loc["k1"]
    assert (drive["incidents"], drive["arrest"], drive["aggregates"]) == (1, 0, 2)
    assert drive["aggregate_ids"] == ("a", "p")


def test_order_without_a_campaign_is_listed():
    archive = small_archive(
        ("o", "order", "03-01", "03-01", {"campaign_id": ""}),
        ("a", "arrest", "03-02", "03-02", {"campaign_id": ""}),
        ("b", "arrest", "03-02", "03-02"),
    )
    order = campaigns.threat_and_act(archive).loc["o"]
    assert order["standing"] == campaigns.NO_CAMPAIGN
    assert order["act_ids"] == ()
    assert campaigns.chain(archive).loc["k1", "standing"] == campaigns.NO_ORDER


def test_chain_counts_by_stage_with_the_incidents_behind():
    archive = small_archive(
        ("o", "order", "03-01", "03-01"),
        ("c", "investigation", "03-04", "03-04"),
        ("b", "arrest", "03-03", "03-03"),
        ("d", "release", "03-05", "03-05"),
        ("e", "shooting", "03-06", "03-06"),
        opening="o",
    )
    drive = campaigns.chain(archive).loc["k1"]
    assert (drive["arrest"], drive["arrest_ids"]) == (2, ("b", "c"))
    assert (drive["punishment"], drive["punishment_ids"]) == (1, ("d",))
    assert (drive["trial"], drive["trial_ids"]) == (0, ())
    assert (drive["shooting"], drive["assembly"]) == (1, 0)
    assert (drive["first_order"], drive["first_act_ids"]) == ("o", ("b",))
    assert drive["days_longest"] == 2


def test_opening_incident_outside_the_archive_is_not_named():
    archive = small_archive(("a", "arrest", "03-03", "03-03"), opening="later")
    assert campaigns.chain(archive).loc["k1", "opening_incident"] == ""


def test_penalties_threatened_and_imposed_are_compared():
    archive = small_archive(
        ("o", "order", "03-01", "03-01", {"penalty_threatened": ("execution", "exile")}),
        ("a", "trial", "03-02", "03-02", {"penalty_imposed": ("exile", "fine")}),
        ("b", "trial", "03-02", "03-03", {"penalty_imposed": ("exile",)}),
    )
    table = campaigns.penalties(archive).set_index("penalty")
    assert table.loc["exile", "standing"] == "threatened and imposed"
    assert table.loc["exile", "threatened_ids"] == ("o",)
    assert table.loc["exile", "imposed_ids"] == ("a", "b")
    assert table.loc["execution", "standing"] == "threatened, not imposed on record"
    assert table.loc["fine", "standing"] == "imposed, not threatened on record"
    drive = campaigns.chain(archive).loc["k1"]
    assert drive["threatened"] == ("execution", "exile")
    assert drive["imposed"] == ("exile", "fine")


def test_medians_bound_the_time_of_the_orders_with_an_act():
    rows = [("o", 1, 3), ("p", 2, 8), ("q", 5, 5)]
    orders = pd.DataFrame(rows, columns=["incident_id", "days_shortest", "days_longest"])
    orders = orders.astype({"days_shortest": "Int64", "days_longest": "Int64"})
    orders = orders.assign(standing=campaigns.ACT).set_index("incident_id")
    found = campaigns.count_orders(orders)
    assert (found["median_shortest"], found["median_longest"]) == (2, 5)
    assert (found["timed"], found["timed_ids"]) == (3, ("o", "p", "q"))


def test_no_orders_and_no_campaigns_give_empty_tables(archive):
    empty = SimpleNamespace(
        incidents=archive.incidents.iloc[:0], campaigns=archive.campaigns.iloc[:0]
    )
    orders = campaigns.threat_and_act(empty)
    assert orders.empty
    assert campaigns.chain(empty).empty
    assert campaigns.penalties(empty).empty
    found = campaigns.count_orders(orders)
    assert found["orders"] == 0
    assert np.isnan(found["median_longest"])


intervals = st.tuples(st.integers(0, 5), st.integers(0, 2)).map(lambda t: (t[0], t[0] + t[1]))


@settings(max_examples=80, deadline=None)
@given(intervals, st.lists(intervals, min_size=1, max_size=3), st.booleans())
def test_bounds_are_the_extremes_over_all_days(order, acts, opens):
    acts = [act for act in acts if act[1] >= order[0]]
    assume(acts)
    times = []
    for day, *days in product(*(range(a, b + 1) for a, b in [order, *acts])):
        later = [d - day for d in days if d >= day]
        if later and (not opens or len(later) == len(days)):
            times.append(min(later))
    day = pd.Timestamp("2020-03-01")
    rows = [
        (name, action, f"{day + pd.Timedelta(days=a):%m-%d}", f"{day + pd.Timedelta(days=b):%m-%d}")
        for name, action, (a, b) in [
            ("o", "order", order),
            *((f"a{n}", "arrest", act) for n, act in enumerate(acts)),
        ]
    ]
    found = order_of(*rows, opening="o" if opens else "")
    assert (found["days_shortest"], found["days_longest"]) == (min(times), max(times))


def test_every_order_of_the_archive_stands_in_one_row(archive):
    orders = campaigns.threat_and_act(archive)
    incidents = archive.incidents
    coded = incidents[(incidents["action"] == "order") & ~incidents["is_aggregate"]]
    assert set(orders.index) == set(coded.index)
    found = campaigns.count_orders(orders)
    assert sum(found[standing] for standing in campaigns.STANDINGS) == found["orders"] == 73
    assert found[campaigns.NO_CAMPAIGN] == (coded["campaign_id"] == "").sum() == 40
    assert (found[campaigns.ACT], found[campaigns.OVERLAP]) == (25, 0)
    assert (found[campaigns.ASSEMBLY], found[campaigns.NO_ACT]) == (2, 6)
    assert (found["median_shortest"], found["median_longest"]) == (0, 25)


def test_stages_of_the_archive_add_up_to_its_campaigns(archive):
    table = campaigns.chain(archive)
    assert list(table.index) == list(archive.campaigns.index)
    stages = [*campaigns.STAGES, *campaigns.BESIDE]
    assert (table[stages].sum(axis=1) == table["incidents"]).all()
    assert (table["incidents"].sum(), table["aggregates"].sum()) == (210, 15)
    for stage in stages:
        assert (table[f"{stage}_ids"].map(len) == table[stage]).all()
    groups = (campaigns.STAGES | campaigns.BESIDE).values()
    assert set().union(*groups) == set(archive.incidents["action"])


def test_shortest_time_never_exceeds_the_longest(archive):
    timed = campaigns.threat_and_act(archive).dropna(subset="days_shortest")
    assert (timed["days_shortest"] >= 0).all()
    assert (timed["days_shortest"] <= timed["days_longest"]).all()
    assert timed["first_act_ids"].map(bool).all()


def test_execution_threatened_in_the_directive_of_autumn_2013_was_imposed(archive):
    table = campaigns.penalties(archive).set_index(["campaign_id", "penalty"])
    row = table.loc[("k008", "execution")]
    assert row["threatened_ids"] == ("i0081",)
    assert row["imposed_ids"] == ("i0082", "i0083")


def test_archive_is_left_as_it_was(archive):
    before = {f.name: getattr(archive, f.name) for f in dataclasses.fields(archive)}
    copies = {n: t.copy() for n, t in before.items() if isinstance(t, pd.DataFrame)}
    campaigns.chain(archive)
    campaigns.penalties(archive)
    for name, copy in copies.items():
        pd.testing.assert_frame_equal(getattr(archive, name), copy)
