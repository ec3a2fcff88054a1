"""What is not independent: linked incidents, outlets of one house."""

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crackdown.clusters import (
    PUBLISHER_HOUSES,
    attribute_publishers,
    link_clusters,
    select_publisher,
)
from crackdown.incidents import load_archive

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def archive():
    return load_archive(DATA)


def small_archive(rows, pairs, outlets=()):
    """Build an archive from (id, case, campaign), (id, article) and (article, outlet)."""
    incidents = pd.DataFrame(rows, columns=["incident_id", "case_id", "campaign_id"])
    return SimpleNamespace(
        incidents=incidents.set_index("incident_id").astype(str),
        incident_sources=pd.DataFrame(pairs, columns=["incident_id", "source_id"], dtype=str),
        sources=pd.DataFrame(outlets, columns=["source_id", "publisher"], dtype=str).set_index(
            "source_id"
        ),
    )


def test_a_shared_article_case_or_campaign_joins_incidents_to_the_end():
    rows = [("i4", "", "k1"), ("i1", "", ""), ("i2", "c1", ""), ("i3", "c1", "k1"), ("i5", "", "")]
    archive = small_archive(rows, [("i1", "s1"), ("i2", "s1"), ("i3", "s2"), ("i5", "s3")])
    assert link_clusters(archive).to_dict() == {
        "i4": "i1",
        "i1": "i1",
        "i2": "i1",
        "i3": "i1",
        "i5": "i5",
    }


def test_what_is_not_reported_links_nothing():
    archive = small_archive([("i1", "", ""), ("i2", "", "")], [("i1", "s1"), ("i2", "s2")])
    assert link_clusters(archive).tolist() == ["i1", "i2"]


def test_an_incident_left_out_of_the_archive_links_nothing():
    archive = small_archive(
        [("i1", "", ""), ("i3", "", "")],
        [("i1", "s1"), ("i2", "s1"), ("i2", "s2"), ("i3", "s2")],
    )
    assert link_clusters(archive).tolist() == ["i1", "i3"]


def test_an_empty_archive_has_no_clusters():
    archive = small_archive([], [])
    assert link_clusters(archive).empty
    assert attribute_publishers(archive).empty


names = st.sampled_from(["", "a", "b", "c"])


@settings(max_examples=50)
@given(rows=st.lists(st.tuples(names, names, names), max_size=12), seed=st.randoms())
def test_clusters_are_the_finest_parting_that_no_link_crosses(rows, seed):
    rows = [(f"i{n}", *row) for n, row in enumerate(rows)]
    seed.shuffle(rows)
    archive = small_archive(
        [(i, case, campaign) for i, case, campaign, _ in rows],
        [(i, article) for i, _, _, article in rows if article],
    )
    groups = {i: {i} for i, *_ in rows}
    for i, *own in rows:
        for j, *other in rows:
            if any(x and x == y for x, y in zip(own, other, strict=True)):
                joined = groups[i] | groups[j]
                for member in joined:
                    groups[member] = joined
    expected = {i: min(group) for i, group in groups.items()}
    assert link_clusters(archive).to_dict() == expected


def test_an_incident_stands_under_every_publisher_that_reported_it():
    archive = small_archive(
        [("i1", "", ""), ("i2", "", "")],
        [("i1", "s1"), ("i1", "s2"), ("i1", "s3"), ("i2", "s3"), ("i9", "s1")],
        [("s1", "Daily NK"), ("s2", "Radio Free Asia"), ("s3", "Asiapress")],
    )
    found = attribute_publishers(archive)
    assert list(found.itertuples(index=False, name=None)) == [
        ("i1", "Daily NK"),
        ("i1", "Radio Free Asia"),
        ("i1", "Asiapress"),
        ("i2", "Asiapress"),
    ]
    assert list(select_publisher(archive.incidents, found, "Asiapress").index) == ["i1", "i2"]
    assert select_publisher(archive.incidents, found, "Nobody").empty


def test_outlets_of_one_house_are_one_publisher():
    archive = small_archive(
        [("i1", "", "")],
        [("i1", "s1"), ("i1", "s2")],
        [("s1", "Daily NK"), ("s2", "Daily NK Japan")],
    )
    assert attribute_publishers(archive)["publisher_group"].tolist() == ["Daily NK"]


def test_every_house_has_a_ground_and_stands_for_itself():
    outlets = [outlet for outlet, _, _ in PUBLISHER_HOUSES]
    assert len(set(outlets)) == len(outlets)
    for outlet, house, ground in PUBLISHER_HOUSES:
        assert house != outlet
        assert house not in outlets
        assert ground


def test_more_than_half_of_the_real_incidents_are_linked(archive):
    clusters = link_clusters(archive)
    assert clusters.index.equals(archive.incidents.index)
    sizes = clusters.map(clusters.value_counts())
    assert 0.45 < (sizes > 1).mean() < 0.7
    campaign = archive.incidents["campaign_id"]
    for _, members in clusters[campaign != ""].groupby(campaign[campaign != ""]):
        assert members.nunique() == 1


def test_every_real_incident_has_a_publisher(archive):
    found = attribute_publishers(archive)
    assert set(found["incident_id"]) == set(archive.incidents.index)
    assert not found.duplicated().any()
    assert not set(found["publisher_group"]) & {outlet for outlet, _, _ in PUBLISHER_HOUSES}
