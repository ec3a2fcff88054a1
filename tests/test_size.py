"""A whole page of as many incidents as it lists, and its bytes."""

import base64
import json
import re
import shutil
import zlib

import pandas as pd
from test_listing import ROW

from crackdown.report import make_page

MOST_BYTES = 1_500_000
COUNT = 5_000


def repeat_tables(data, folder, count):
    """Write a data folder that repeats the real incidents under new ids, each with articles of its own."""
    shutil.copytree(data, folder)
    tables = {
        name: pd.read_csv(data / f"{name}.csv", dtype=str, keep_default_na=False)
        for name in ("incidents", "incident_sources", "sources")
    }
    aggregate = tables["incidents"]["is_aggregate"] == "true"
    counted = (~aggregate).sum()
    written = {name: [table] for name, table in tables.items()}
    for turn in range(1, -(-count // counted)):
        rows = tables["incidents"][~aggregate].head(count - turn * counted)
        links = tables["incident_sources"]
        links = links[links["incident_id"].isin(rows["incident_id"])]
        sources = tables["sources"][tables["sources"]["source_id"].isin(links["source_id"])]
        rows, links, sources = (
            table.assign(**{
                key: table[key].str[0] + (turn * 1000 + table[key].str[1:].astype(int)).astype(str).str.zfill(4)
                for key in ("incident_id", "source_id") if key in table
            })
            for table in (rows, links, sources)
        )  # fmt: skip
        sources["url"] += chr(96 + turn)
        for name, more in zip(tables, (rows, links, sources), strict=True):
            written[name].append(more)
    for name, parts in written.items():
        pd.concat(parts).to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")


def test_a_korean_page_of_as_many_incidents_stays_small_with_its_fonts(root, tmp_path, monkeypatch):
    repeat_tables(root / "data", tmp_path / "data", COUNT)
    monkeypatch.chdir(root)
    values = {"data": str(tmp_path / "data"), "lang": "ko"}
    page = make_page(root / "notebooks/situation.ipynb", values)
    assert "@font-face" in page
    assert 4_000 < len(ROW.findall(page)) <= COUNT
    assert "사건 전체 5,000건 중 최신 4," in page
    assert len(page.encode()) < MOST_BYTES


def test_the_page_of_the_country_with_five_thousand_incidents_lists_all_and_stays_small(root, tmp_path, monkeypatch):
    repeat_tables(root / "data", tmp_path / "data", COUNT)
    monkeypatch.chdir(root)
    page = make_page(root / "notebooks/situation.ipynb", {"data": str(tmp_path / "data")})
    body = re.search(r'<div class="list" id="list">.*?</table>', page, re.DOTALL)[0]
    assert len(ROW.findall(body)) == COUNT
    assert "All 5,000 incidents, newest first" in body
    rows = re.split(r"(?=<tr id=)", body)[1:]
    assert all('<a href="http' in row for row in rows)
    packed = json.loads(re.search(r'id="list-filters" type="application/json">(.*?)</script>', page)[1])["packed"]
    further = json.loads(zlib.decompress(base64.b64decode(packed)))["further"]
    links = pd.read_csv(tmp_path / "data/incident_sources.csv", dtype=str)["incident_id"].value_counts()
    for row in rows:
        one = re.search(r'id="([^"]+)"', row)[1]
        assert row.count('<a href="http') + len(further.get(one, [])) == links[one]
    assert len(page.encode()) < MOST_BYTES
    targets = set(re.findall(r'id="([^"]+)"', page))
    assert {one for one in re.findall(r'href="#([^"]+)"', page)} <= targets
