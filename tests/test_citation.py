"""Citing a report: one id for one report, in every form, and found again by it."""

import dataclasses
import json
import re
import shutil
import tomllib

import pytest
import yaml

import crackdown
from crackdown.citation import AUTHOR, LICENCE, Citation, cite_report, find_report, read_citation
from crackdown.data_dictionary import cite_package
from crackdown.errors import UsageError
from crackdown.provenance import closing

HOSTILE = Citation(
    "crackdown-0123456789", 'A & B </script><b>"{x}_#', r"since \~ 100 %", "abc", "1.0", "2026-02-14", "en"
)


def test_the_same_report_has_the_same_id_wherever_its_files_lie(choose, root, tmp_path):
    one = cite_report(choose(start="2020-01-01"), "situation report")
    assert re.fullmatch("crackdown-[0-9a-f]{10}", one.report_id)
    assert cite_report(choose(start="2020-01-01"), "situation report") == one
    elsewhere = shutil.copytree(root / "shapefiles", tmp_path / "other borders")
    moved = choose(start="2020-01-01", shapefiles=str(elsewhere), links="Home; index.html")
    assert cite_report(moved, "situation report") == one


def test_another_title_parameter_table_or_border_gives_another_id(choose, root, tmp_path):
    selection = choose(start="2020-01-01")
    other_data = dataclasses.replace(selection.archive, revision="0" * 12)
    borders = shutil.copytree(root / "shapefiles", tmp_path / "borders")
    with (borders / "provinces.cpg").open("a") as file:
        file.write("\n")
    ids = [
        cite_report(one, title).report_id
        for one, title in (
            (selection, "situation report"),
            (selection, "trend report"),
            (choose(start="2020-01-02"), "situation report"),
            (dataclasses.replace(selection, archive=other_data), "situation report"),
            (choose(start="2020-01-01", shapefiles=str(borders)), "situation report"),
        )
    ]
    assert len(set(ids)) == len(ids)


def test_the_foot_of_a_page_says_its_id_and_offers_both_forms(selection):
    shown = closing(selection, "situation report")
    citation = cite_report(selection, "situation report")
    assert shown.about == {"report_id": citation.report_id}
    assert shown.body.count(citation.report_id) >= 5
    assert f'download="{citation.report_id}.bib"' in shown.body
    assert f'download="{citation.report_id}.json"' in shown.body


def test_the_foot_of_a_page_names_the_boundaries_of_its_folder(choose, root, tmp_path):
    assert "geoBoundaries (PRK ADM2, 2019)" in closing(choose(), "situation report").body
    borders = shutil.copytree(root / "shapefiles", tmp_path / "borders")
    (borders / "source.txt").write_text("<i>Survey</i>", encoding="utf-8")
    foot = closing(choose(shapefiles=str(borders)), "situation report").body
    assert "boundaries &lt;i&gt;Survey&lt;/i&gt;" in foot and "geoBoundaries" not in foot


def test_a_page_is_found_by_its_id_and_gives_its_citation_back(selection, tmp_path):
    citation = cite_report(selection, "situation report")
    (tmp_path / "situation.html").write_text(closing(selection, "situation report").body, "utf-8")
    (tmp_path / "index.html").write_text("<p>No report.</p>", "utf-8")
    assert find_report(citation.report_id, tmp_path) == (tmp_path / "situation.html", citation)
    assert read_citation("<p>No report.</p>") is None
    mistyped = citation.report_id[:-1] + ("0" if citation.report_id[-1] != "0" else "1")
    with pytest.raises(UsageError, match=f"Nearest: {citation.report_id}"):
        find_report(mistyped, tmp_path)


def test_hostile_text_stays_text_in_every_form():
    entry = HOSTILE.write_bibtex()
    assert r"A \& B </script><b>\"\{x\}\_\#" .replace('\\"', '"') in entry
    assert r"since \textbackslash{}\textasciitilde{} 100 \%" in entry
    unescaped = re.sub(r"\\[{}]", "", entry)
    assert unescaped.count("{") == unescaped.count("}")
    assert json.loads(HOSTILE.write_csl())[0]["title"].endswith(r"since \~ 100 %")


def test_the_forms_agree_with_each_other():
    item = json.loads(HOSTILE.write_csl())[0]
    assert item["issued"]["date-parts"] == [[2026, 2, 14]]
    assert item["number"] == HOSTILE.describe()["identifier"] == "crackdown-0123456789"
    assert "year = {2026}" in HOSTILE.write_bibtex()
    assert "crackdown-0123456789" in HOSTILE.write()


def test_the_data_package_cites_itself_as_the_project_does(root):
    said = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    package = json.loads((root / "data/datapackage.json").read_text("utf-8"))
    authors = [one["name"] for one in said["authors"]]
    assert [one["title"] for one in package["contributors"]] == authors == [AUTHOR]
    assert said["title"].partition(":")[0] == package["title"].partition(":")[0]
    assert package["citation"] == cite_package(package)
    for part in (AUTHOR, package["title"], package["version"], package["licenses"][0]["name"]):
        assert part in package["citation"]
    assert package["licenses"][0]["path"] == LICENCE


def test_the_projects_own_citation_names_its_version_and_author(root):
    said = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    assert said["cff-version"] == "1.2.0"
    assert said["version"] == crackdown.__version__
    assert said["message"]
    package = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    assert said["authors"] == package["authors"] == [{"name": AUTHOR}]
    assert said["title"].startswith("State crackdowns in North Korea:")
