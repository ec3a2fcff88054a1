"""Large tables: the packages that measurements are made on keep the codebook's rules."""

import filecmp
import itertools
import tracemalloc
from pathlib import Path

import pytest

from crackdown.findings import list_findings
from crackdown.incidents import LEFT, load_archive
from crackdown.listing import incident_list
from crackdown.parameters import Parameters
from crackdown.readings import list_readings
from crackdown.selection import narrow_selection, select


@pytest.fixture
def large_tables(monkeypatch, root: Path):
    monkeypatch.syspath_prepend(str(root / "benchmarks"))
    import large_tables

    return large_tables


def test_a_synthetic_package_passes_the_check_in_every_chunk(
    large_tables, monkeypatch, tmp_path, root
):
    monkeypatch.setattr(large_tables, "CHUNK", 150)
    large_tables.write_package(tmp_path, 400, data=root / "data")
    archive = load_archive(tmp_path)
    assert len(archive.incidents) == 400
    assert not archive.incidents.index.duplicated().any()
    assert archive.sources["url"].str.startswith("https://archive.example/").all()
    assert (archive.incidents["campaign_id"] != "").mean() == pytest.approx(0.4, abs=0.15)
    assert archive.incident_sources["source_id"].duplicated().any()


def test_a_synthetic_package_is_the_same_each_time(large_tables, tmp_path, root):
    for name in ("one", "two"):
        large_tables.write_package(tmp_path / name, 60, data=root / "data")
    names = [path.name for path in (tmp_path / "one").iterdir()]
    assert filecmp.cmpfiles(tmp_path / "one", tmp_path / "two", names, shallow=False)[0] == names


def test_no_more_outlets_stand_by_themselves_than_a_chart_tells_apart(
    large_tables, tmp_path, root
):
    from crackdown.charts import chart_timeline
    from crackdown.coverage import MOST_OUTLETS, main_publishers

    large_tables.write_package(tmp_path, 1500, data=root / "data")
    selection = select(data=str(tmp_path), shapefiles=str(root / "shapefiles"))
    assert (selection.archive.sources["publisher"].value_counts() >= 15).sum() > MOST_OUTLETS
    assert len(main_publishers(selection.archive)) == MOST_OUTLETS
    chart_timeline(selection)


def test_an_incident_and_a_reading_of_it_take_little_memory(large_tables, tmp_path, root):
    incidents = 5_000
    large_tables.write_package(tmp_path, incidents, data=root / "data")
    for folder in (tmp_path, root / "data"):
        # Checked, and what all tables share made; of two only the last read is kept.
        load_archive(folder)
    tracemalloc.start()
    archive = load_archive(tmp_path)
    loaded, _ = tracemalloc.get_traced_memory()
    selection = narrow_selection(archive, Parameters.model_construct())
    findings = list_findings(selection)
    before, _ = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    for reading in itertools.islice(list_readings(selection), 2):
        for finding in findings:
            finding.holds(reading.selection)
        del reading
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # Of texts that are all Python's own, and of whole readings, it would be 1,250 and 800 bytes.
    assert loaded < 1_050 * incidents
    assert peak - before < 620 * incidents


def test_a_page_leaves_unread_what_it_does_not_show(large_tables, tmp_path, root):
    large_tables.write_package(tmp_path, 60, data=root / "data")
    selection = select(data=str(tmp_path), shapefiles=str(root / "shapefiles"))
    assert "Synthetic incident i0000001" in incident_list(selection).body
    for table, columns in LEFT.items():
        frame = getattr(selection.archive, table)
        for column in columns:
            # The numbers of its rows and nothing else.
            assert frame[column].memory_usage(index=False) == 4 * len(frame)
    assert selection.incidents["note"].str.startswith("Synthetic note of").all()
