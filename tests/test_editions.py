"""Editions: the declaration of the pages, rolling windows, and building them all."""

import datetime
import shutil
from pathlib import Path

import pandas as pd
import pytest
from small_site import declare, page, write_notebooks

from crackdown.declaration import load_editions
from crackdown.errors import DataError, UsageError
from crackdown.incidents import closing_day
from crackdown.matrix import list_variants, place_window
from crackdown.plan import LEAST_FOR_PAGE, plan_site


@pytest.fixture
def notebooks(tmp_path):
    """A folder with a notebook that takes a second: it counts nothing."""
    return write_notebooks(tmp_path / "notebooks")


@pytest.fixture
def plan(root, tmp_path, notebooks, monkeypatch):
    """Return a function that plans the pages declared; nothing may run."""
    monkeypatch.chdir(root)
    monkeypatch.setattr("crackdown.workers.make_page", None)

    def plan(*pages, elsewhere=None):
        path = declare(tmp_path / "editions.yml", *pages)
        return plan_site(path, notebooks=notebooks, elsewhere=elsewhere or {})

    return plan


@pytest.fixture(scope="module")
def shipped(root):
    """Return the plan of the site that the project ships."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        return plan_site(root / "reports/editions.yml", notebooks=Path("notebooks"), elsewhere={})


def test_the_declared_editions_are_the_pages_that_the_project_promises(shipped):
    names = [page.name for page in shipped.pages]
    assert {"situation", "situation-five-years", "situation-twelve-months"} <= {*names}
    assert {"trends", "data-quality", "province-north-hamgyong", "year-2020"} <= {*names}
    assert sum(page.group == "Themes" for page in shipped.pages) == 5
    campaigns = [page.title for page in shipped.pages if page.group == "Campaigns"]
    assert campaigns == [
        "Emergency quarantine regime at the border, 2020-23",
        "Law on rejecting reactionary thought and culture",
    ]


def test_every_selection_is_carried_by_a_page_or_named_as_too_small(shipped, archive):
    counted = archive.incidents[~archive.incidents["is_aggregate"]]
    provinces = [page for page in shipped.pages + shipped.small if page.group == "Provinces"]
    placed = counted.index[counted["pcode"].str.len() >= 4]
    held = [one for page in provinces for one in page.selection.incidents.index]
    assert sorted(held) == sorted(placed)
    for page in shipped.pages:
        assert len(page.selection.incidents) >= LEAST_FOR_PAGE
    for page in shipped.small:
        assert 0 < len(page.selection.incidents) < LEAST_FOR_PAGE
    years = {page.title for page in shipped.pages + shipped.small if page.group == "Years"}
    assert years >= {str(day.year) for day in counted["date_start"]}


def test_a_campaign_holds_its_incidents_and_is_called_by_its_name(plan, archive):
    matrix = page(name="c-{slug}", title="{label}", matrix={"campaigns": "all"})
    planned = plan(matrix)
    pages = {one.values["campaigns"]: one for one in planned.pages + planned.small}
    counted = archive.incidents[~archive.incidents["is_aggregate"]]
    held = counted[counted["campaign_id"] != ""]["campaign_id"].value_counts()
    assert {name: len(one.selection.incidents) for name, one in pages.items()} == held.to_dict()
    assert pages["k033"].title == "Hyesan Incident, November 2020"
    assert pages["k033"].name == "c-hyesan-incident-november-2020"


@pytest.mark.parametrize(
    ("pages", "more", "told"),
    [
        ([page(colour="red")], {}, "colour"),
        ([page()], {"subtitle": "x"}, "subtitle"),
        ([page("one"), page("two"), page("one")], {}, "one"),
        ([page("index")], {}, "index"),
        ([page("One page")], {}, "name"),
        ([page("../one")], {}, "name"),
        ([page(window="a while")], {}, "window"),
        ([{"name": "one", "title": "One"}], {}, "notebook"),
        ([page(parameters={"start": ["2020"]})], {}, "start"),
        ([page(parameters={"data": "elsewhere"})], {}, "data"),
        ([page(window="12 months", parameters={"start": "2010-01-01"})], {}, "window"),
        ([page(window="12 months", name="x-{slug}", title="{label}", matrix={"years": "all"})], {}, "years"),
        ([page(name="x-{slug}", title="{label}", matrix={"years": "all"}, parameters={"end": "2020-01-01"})], {}, "years"),
        ([page(name="x-{slug}", title="{label}", matrix={"years": {"a": "2020"}})], {}, "only all"),
        ([page(name="x-{slug}", title="{label}", matrix={"offences": "all"})], {}, "provinces, campaigns, years"),
        ([page(name="x-{slug}", title="{label}", matrix={"window": {"long": "ever"}})], {}, "12 months"),
        ([page(name="x-{slug}", title="X", matrix={"years": "all"})], {}, "{label}"),
        ([page(name="x", title="{label}", matrix={"years": "all"})], {}, "{slug}"),
        ([page(name="x-{slug}")], {}, "{slug}"),
        ([page(title="One; two")], {}, "title"),
    ],
)
def test_a_wrong_declaration_is_refused_with_its_place(tmp_path, pages, more, told):
    path = declare(tmp_path / "editions.yml", *pages, **more)
    with pytest.raises(UsageError) as error:
        load_editions(path)
    assert str(path) in str(error.value)
    assert told in str(error.value)


@pytest.mark.parametrize("content", [b"", b"title: [", b"- one\n- two\n", b"title: \xff\n", None])
def test_a_file_that_declares_nothing_is_refused(tmp_path, content):
    path = tmp_path / "editions.yml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=r"editions\.yml"):
        load_editions(path)


@pytest.mark.parametrize(
    ("last", "window", "start"),
    [
        ("2026-02-14", "12 months", "2025-02-15"),
        ("2026-02-14", "5 years", "2021-02-15"),
        ("2025-12-31", "12 months", "2025-01-01"),
        ("2025-06-30", "1 months", "2025-06-01"),
        ("2025-06-30", "6 months", "2025-01-01"),
        ("2025-02-28", "12 months", "2024-03-01"),
        ("2024-02-29", "12 months", "2023-03-01"),
    ],
)
def test_a_window_ends_on_a_day_and_holds_whole_months(last, window, start):
    values = place_window(window, datetime.date.fromisoformat(last))
    assert values == {"start": start, "end": last}


def test_twelve_months_are_a_year_to_the_day_wherever_they_end():
    spans = pd.date_range("2023-12-27", "2024-03-04"), pd.date_range("2025-02-25", "2025-03-03")
    for day in spans[0].append(spans[1]):
        start = datetime.date.fromisoformat(place_window("12 months", day.date())["start"])
        assert (day.date() - start).days + 1 in (365, 366)


def test_a_window_ends_where_the_page_says_that_the_archive_ends(plan, archive):
    [page_] = plan(page(window="12 months")).pages
    assert page_.values["end"] == str(closing_day(archive).date())
    assert page_.selection.end == closing_day(archive)


def test_a_window_as_known_on_a_day_ends_on_what_was_covered_then(plan, archive):
    known = archive.sources.loc[archive.sources["published_end"] <= "2019-06-30", "published_start"]
    [page_] = plan(page(window="12 months", parameters={"as_of": "2019-06-30"})).pages
    assert page_.values["end"] == str(known.max().date())


def test_wrong_tables_are_told_in_full_before_anything_runs(plan, root, tmp_path):
    data = tmp_path / "broken"
    shutil.copytree(root / "data", data)
    text = (data / "incidents.csv").read_text(encoding="utf-8")
    (data / "incidents.csv").write_text(text.replace(",arrest,", ",arest,", 1), encoding="utf-8")
    with pytest.raises(DataError, match="arest"):
        plan(page(window="12 months"), elsewhere={"data": str(data)})


def test_a_matrix_over_named_values_makes_a_page_of_each(plan):
    themes = {"Foreign media": "foreign_media", "Phones & money": "chinese_phone;remittance"}
    made = plan(page(name="theme-{slug}", title="On {label}", matrix={"offences": themes})).pages
    assert [one.name for one in made] == ["theme-foreign-media", "theme-phones-money"]
    assert [one.title for one in made] == ["On Foreign media", "On Phones & money"]
    assert [one.values["offences"] for one in made] == [*themes.values()]


def test_a_year_has_its_own_days_and_the_current_one_ends_where_the_archive_does(archive):
    years = list_variants("years", "all", archive, datetime.date(2026, 2, 14))
    assert years[0] == ("2026", {"start": "2026-01-01", "end": "2026-02-14"})
    assert years[1] == ("2025", {"start": "2025-01-01", "end": "2025-12-31"})
    assert years[-1].label == str(archive.incidents["date_start"].min().year)


def test_pages_link_to_the_index_to_their_group_and_to_each_other(plan):
    made = plan(page("one", group="A b"), page("two"), page("three", group="A b")).pages
    assert made[0].values["links"] == "index.html Site;index.html#group-a-b A b;One;three.html Three"
    assert made[2].values["links"] == "index.html Site;index.html#group-a-b A b;one.html One;Three"


def test_two_labels_that_give_one_name_are_refused(plan):
    twice = {"Phones": "chinese_phone", "phones!": "remittance"}
    with pytest.raises(UsageError, match="theme-phones"):
        plan(page(name="theme-{slug}", title="{label}", matrix={"offences": twice}))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"parameters": {"colour": "red"}}, "colour"),
        ({"parameters": {"offences": "chinese_phon"}}, "chinese_phone"),
        ({"parameters": {"start": "2020-13-01"}}, "2020-13-01"),
        ({"parameters": {"start": "2999-01-01"}}, "2999-01-01"),
        ({"parameters": {"provinces": "Busan"}}, "Busan"),
        ({"notebook": "smal"}, "smal.ipynb"),
        ({"name": "two-{slug}", "title": "{label}", "matrix": {"agencies": {"X": "mss"}}}, "agencies"),
        ({"name": "two-{slug}", "title": "{label}", "matrix": {"offences": {"X": "mss"}}}, "mss"),
    ],
)
def test_a_wrong_page_stops_the_build_before_anything_runs(plan, tmp_path, wrong, told):
    with pytest.raises(UsageError) as error:
        plan(page("one"), {**page("two"), **wrong})
    for line in str(error.value).splitlines():
        assert line.startswith(f"{tmp_path / 'editions.yml'}, page two")
    assert told in str(error.value)
