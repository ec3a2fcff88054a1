"""A province against the rest of the country."""

from urllib.parse import parse_qsl

import pandas as pd
import pytest

from crackdown.filters import list_filters
from crackdown.hypertext import Html
from crackdown.province_tables import (
    PROFILES,
    contrast_places,
    part_country,
    select_everywhere,
    table_against,
    table_contrasts,
)


@pytest.fixture(scope="module")
def province(choose):
    return choose(provinces="KP02")


def test_here_elsewhere_and_unplaced_are_the_country(province, selection):
    side = part_country(select_everywhere(province).incidents, province).value_counts()
    assert side.sum() == len(selection.incidents)
    assert side["here"] == len(province.incidents)
    assert side[""] == (selection.incidents["pcode"] == "KP").sum()


def test_every_incident_has_one_main_act_so_the_columns_add_up(province):
    frame = table_against(province, "action").frame
    side = part_country(select_everywhere(province).incidents, province).value_counts()
    assert frame["North Hamgyong"].sum() == side["here"]
    assert frame["Elsewhere"].sum() == side["elsewhere"]
    assert frame["Province unknown"].sum() == side[""]
    assert frame["Share"].sum() == pytest.approx(1)


@pytest.mark.parametrize("column", PROFILES)
def test_a_number_here_leads_to_its_rows_and_one_elsewhere_to_none(province, column):
    table = table_against(province, column)
    assert set(table.links) == {"North Hamgyong", "Share"}
    listed = {one.key: one for one in list_filters(province, province.incidents)}
    for number, query in zip(table.frame["North Hamgyong"].fillna(0), table.links["North Hamgyong"], strict=True):
        [[key, value]] = parse_qsl(query)
        assert listed[key].filed.map(lambda codes, value=value: value in codes).sum() == number


def test_other_limits_hold_on_both_sides(choose):
    limited = choose(provinces="KP02", offences="remittance", start="2020-01-01")
    everywhere = select_everywhere(limited).incidents
    assert everywhere["offences"].map(lambda named: "remittance" in named).all()
    assert (everywhere["date_end"] >= pd.Timestamp("2020-01-01")).all()


def test_shares_are_compared_within_each_publisher(province, selection):
    contrasts = contrast_places(province)
    daily = next(one for one in contrasts["offences", "remittance"] if one.publisher == "Daily NK")
    articles = selection.archive.sources
    of_house = articles.index[articles["publisher"].isin(["Daily NK", "Daily NK Japan", "Open Radio for North Korea"])]
    links = selection.archive.incident_sources
    reported = selection.incidents[
        selection.incidents.index.isin(links.loc[links["source_id"].isin(of_house), "incident_id"])
    ]
    here = reported["pcode"].str.startswith("KP02")
    placed = reported["pcode"].str.len() >= 4
    named = reported["offences"].map(lambda offences: "remittance" in offences)
    assert daily.cells == ((placed & ~here).sum(), here.sum())
    assert daily.holders == ((placed & ~here & named).sum(), (here & named).sum())
    assert -1 <= daily.low <= daily.estimate <= daily.high <= 1
    assert "province" not in {kind for kind, _ in contrasts}


@pytest.mark.parametrize("values", [{}, {"provinces": "KP02", "start": "1990-01-01", "end": "1990-12-31"}])
def test_nothing_to_compare_is_said_in_words(choose, values):
    chosen = choose(**values)
    for column in PROFILES:
        assert isinstance(table_against(chosen, column), Html)
    assert isinstance(table_contrasts(chosen), Html)
