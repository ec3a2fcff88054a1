"""The archive: types, partial dates, revision, and what was known on a day."""

import dataclasses
import shutil
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crackdown import incidents
from crackdown.errors import DataError
from crackdown.incidents import HELD, LEFT, _partial_dates, known_as_of, load_archive, possibly_known

DAY = pd.Timestamp("2020-05-20")


@pytest.fixture(scope="module")
def few(archive):
    """Five acts and their articles.

    s1 appeared on some day of May 2020, s2 on the 10th, s3 is not dated, s4
    came out after the day of knowledge and is the last of the archive.
    """
    published = {"s1": "2020-05", "s2": "2020-05-10", "s3": "", "s4": "2020-06-02"}
    support = {"i1": ["s1"], "i2": ["s2", "s4"], "i3": ["s3"], "i4": ["s4"], "i5": ["s3", "s4"]}
    began = ["2020-04-01", "2020-05-01", "2020-01-01", "2020-05-01", "2024-01-01"]
    dates = _partial_dates(pd.Series(published)).add_prefix("published_")
    links = [(incident, source, "primary") for incident, ids in support.items() for source in ids]
    events = pd.to_datetime(["2020-05-20", "2020-05-21"])
    began = pd.to_datetime(began)

    def rows(table, ids, **columns):
        return table.head(len(ids)).set_axis(ids).assign(**columns)

    return dataclasses.replace(
        archive,
        incidents=rows(
            archive.incidents, list(support), date_start=began, date_end=began,
            campaign_id=["", "k1", "k2", "k2", ""],
        ),
        sources=rows(archive.sources, list(published), published=list(published.values()), **dates),
        incident_sources=pd.DataFrame(links, columns=["incident_id", "source_id", "role"]),
        campaigns=rows(
            archive.campaigns, ["k1", "k2"], opening_incident=["i4", ""],
            date_end=pd.to_datetime(["2020-07-01", "2020-06-01"]),
        ),
        timeline=rows(
            archive.timeline, ["e1", "e2"], date_start=events,
            date_end=events + pd.Timedelta(days=9), source_url="https://example.org/law",
        ),
        amounts=rows(archive.amounts, range(3), incident_id=["i1", "i2", "i4"]),
        double_coded=rows(
            archive.double_coded, range(2), incident_id="i2", source_id=["s2", "s4"]
        ),
        raw_codings=rows(
            archive.raw_codings, range(3), source_ids=[("s2",), ("s2", "s4"), ("s1",)]
        ),
    )


def test_a_partial_date_is_the_interval_that_it_allows():
    text = pd.Series(["2021", "2021-03", "2024-02", "2021-03-23", ""])
    intervals = _partial_dates(text)
    assert intervals["start"].dropna().dt.strftime("%Y-%m-%d").to_list() == [
        "2021-01-01", "2021-03-01", "2024-02-01", "2021-03-23"
    ]
    assert intervals["end"].dropna().dt.strftime("%Y-%m-%d").to_list() == [
        "2021-12-31", "2021-03-31", "2024-02-29", "2021-03-23"
    ]
    assert intervals.iloc[-1].isna().all()


def test_every_table_has_the_types_that_the_codebook_gives(archive):
    kinds = {"date": "datetime64", "integer": "Int64", "number": "Float64", "boolean": "bool"}
    for name, table in archive.codebook.tables.items():
        frame = getattr(archive, name).reset_index()
        for field in table.fields.values():
            column = frame[field.name]
            if field.is_list:
                assert column.map(type).eq(tuple).all(), (name, field.name)
                assert not column.map(lambda values: "" in values).any(), (name, field.name)
            else:
                long = field.name in (*HELD.get(name, ()), *LEFT.get(name, ()))
                text = "text" if long else "str"
                wanted = kinds.get(field.type, text)
                assert str(column.dtype).startswith(wanted), (name, field.name)


def test_not_reported_is_missing_and_never_zero(archive, root):
    raw = pd.read_csv(root / "data" / "incidents.csv", dtype=str, keep_default_na=False)
    for column in ("persons_low", "persons_best", "persons_high", "deaths", "households"):
        typed = archive.incidents[column]
        assert (typed.isna().to_numpy() == (raw[column] == "").to_numpy()).all()
        assert typed.dropna().astype(int).astype(str).to_list() == [
            text for text in raw[column] if text
        ]


def test_no_row_is_lost_on_the_way_in(archive, root):
    for name, table in archive.codebook.tables.items():
        rows = pd.read_csv(root / "data" / table.path, dtype=str, keep_default_na=False)
        assert len(getattr(archive, name)) == len(rows), name


def test_the_revision_names_the_bytes_of_the_tables(archive, root, tmp_path):
    copy = tmp_path / "data"
    shutil.copytree(root / "data", copy)
    assert load_archive(copy).revision == archive.revision
    text = (copy / "sources.csv").read_text(encoding="utf-8")
    (copy / "sources.csv").write_text(text.replace(",full,", ",excerpt,", 1), encoding="utf-8")
    assert load_archive(copy).revision != archive.revision


def test_broken_tables_make_no_archive(root, tmp_path):
    copy = tmp_path / "data"
    shutil.copytree(root / "data", copy)
    text = (copy / "incidents.csv").read_text(encoding="utf-8")
    (copy / "incidents.csv").write_text(text.replace(",KP0203,", ",KP0213x,", 1), encoding="utf-8")
    with pytest.raises(DataError, match="KP0213x"):
        load_archive(copy)


def test_known_on_a_day_is_only_what_surely_had_appeared(few):
    known = known_as_of(few, DAY)
    assert list(known.sources.index) == ["s2"]
    assert list(known.incidents.index) == ["i2"]
    assert known.incident_sources.to_numpy().tolist() == [["i2", "s2", "primary"]]


def test_a_month_of_publication_is_known_at_its_end_and_not_before(few):
    assert "i1" not in known_as_of(few, pd.Timestamp("2020-05-30")).incidents.index
    assert "i1" in known_as_of(few, pd.Timestamp("2020-05-31")).incidents.index


def test_what_rests_on_unknown_incidents_is_left_out_with_them(few):
    known = known_as_of(few, DAY)
    assert list(known.campaigns.index) == ["k1"]
    assert list(known.timeline.index) == ["e1"]
    assert (known.timeline["date_end"] <= DAY).all()
    assert known.amounts["incident_id"].to_list() == ["i2"]
    assert known.double_coded["source_id"].to_list() == ["s2"]
    assert known.raw_codings["source_ids"].to_list() == [("s2",)]


def test_possibly_known_is_what_the_dates_leave_open(few):
    possible = possibly_known(few, DAY)
    assert {"i1", "i3"} <= set(possible)
    assert not {"i2", "i4"} & set(possible)


def test_nothing_that_began_later_was_possibly_known(few, archive):
    assert "i5" not in possibly_known(few, DAY)
    day = pd.Timestamp("2012-12-31")
    began = archive.incidents.loc[possibly_known(archive, day), "date_start"]
    assert began[began > day].empty


def test_an_undated_article_is_known_from_the_closing_day_of_the_archive_on(few):
    closing = pd.Timestamp("2020-06-02")
    assert "s3" not in known_as_of(few, closing - pd.Timedelta(days=1)).sources.index
    assert "s3" in known_as_of(few, closing).sources.index


def test_all_is_known_from_the_closing_day_of_the_archive_on(archive):
    known = known_as_of(archive, pd.Timestamp("2100-01-01"))
    assert len(known.sources) == len(archive.sources)
    assert len(possibly_known(archive, pd.Timestamp("2100-01-01"))) == 0


@settings(max_examples=25)
@given(days=st.tuples(*2 * [st.dates(date(2006, 1, 1), date(2026, 12, 31))]))
def test_knowledge_only_grows(archive, days):
    earlier, later = (known_as_of(archive, pd.Timestamp(day)) for day in sorted(days))
    for name in ("sources", "incidents", "campaigns", "timeline"):
        assert set(getattr(earlier, name).index) <= set(getattr(later, name).index)


@pytest.mark.parametrize("day", ["2012-06-30", "2020-12-31", "2024-06-30"])
def test_what_is_known_on_a_day_rests_on_what_is_known_on_it(archive, day):
    day = pd.Timestamp(day)
    known = known_as_of(archive, day)
    assert (known.sources["published_end"] <= day).all()
    assert set(known.incident_sources["source_id"]) == set(known.sources.index) & set(
        archive.incident_sources["source_id"]
    )
    assert set(known.incident_sources["incident_id"]) == set(known.incidents.index)
    assert set(known.campaigns.index) == set(known.incidents["campaign_id"]) - {""}
    assert set(known.double_coded["source_id"]) <= set(known.sources.index)
    assert set(known.double_coded["incident_id"]) <= set(known.incidents.index)
    assert set(known.amounts["incident_id"]) <= set(known.incidents.index)
    assert (known.timeline["date_start"] <= day).all()


def test_a_campaign_known_on_a_day_does_not_tell_what_came_after(few):
    campaign = known_as_of(few, DAY).campaigns.loc["k1"]
    assert campaign["opening_incident"] == ""
    assert pd.isna(campaign["date_end"])
    assert campaign["name"] == ""


@pytest.mark.parametrize("day", ["2012-06-30", "2020-12-31", "2024-06-30"])
def test_no_campaign_of_the_real_tables_points_to_what_was_not_known(archive, day):
    known = known_as_of(archive, pd.Timestamp(day))
    openings = set(known.campaigns["opening_incident"]) - {""}
    assert sorted(openings - set(known.incidents.index)) == []
    ends = known.campaigns["date_end"].dropna()
    assert ends[ends > pd.Timestamp(day)].empty


def test_an_act_known_on_a_day_had_begun(archive):
    day = pd.Timestamp("2020-12-31")
    known = known_as_of(archive, day).incidents
    assert known.index[known["date_start"] > day].empty


def test_tables_that_have_passed_are_not_checked_again_unless_a_byte_differs(
    root, tmp_path, monkeypatch, archive
):
    copy = shutil.copytree(root / "data", tmp_path / "data")
    monkeypatch.setenv("CRACKDOWN_CACHE", str(tmp_path / "cache"))
    checked = []
    check = incidents.check_tables
    monkeypatch.setattr(incidents, "check_tables", lambda folder: checked.append(1) or check(folder))
    for expected in (1, 1):
        again = load_archive(copy)
        assert len(checked) == expected
        for name in ("incidents", "sources", "places"):
            pd.testing.assert_frame_equal(getattr(again, name), getattr(archive, name))
    path = copy / "incidents.csv"
    path.write_bytes(path.read_bytes().replace(b",arrest,", b",arrset,", 1))
    for _ in range(2):
        with pytest.raises(DataError):
            load_archive(copy)
    assert len(checked) == 3


def test_a_missing_table_is_said_even_where_the_others_are_known(root, tmp_path):
    copy = shutil.copytree(root / "data", tmp_path / "data")
    load_archive(copy)
    (copy / "amounts.csv").unlink()
    with pytest.raises(DataError, match=r"amounts\.csv: the file is missing"):
        load_archive(copy)
