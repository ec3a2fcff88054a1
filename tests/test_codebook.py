"""The codebook: complete, told once, and in step with what is written from it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from crackdown.check import check_tables
from crackdown.codebook import Codebook, load_codebook
from crackdown.data_dictionary import spread_vocabularies, update_documents
from crackdown.errors import DataError, UsageError
from crackdown.rules import RULES


@pytest.fixture(scope="module")
def data(root: Path) -> Path:
    return root / "data"


@pytest.fixture(scope="module")
def codebook(data: Path) -> Codebook:
    return load_codebook(data)


@pytest.fixture(scope="module")
def package(data: Path) -> dict:
    return json.loads((data / "datapackage.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def tables(data: Path) -> dict[str, pd.DataFrame]:
    return check_tables(data)


def test_package_and_readme_are_in_step_with_the_vocabularies(data):
    written = [(data / name).read_text("utf-8") for name in ("datapackage.json", "README.md")]
    package, readme = update_documents(*written)
    remedy = "run: python -m crackdown.data_dictionary data"
    assert package == written[0], remedy
    assert readme == written[1], remedy


def test_readme_without_markers_is_refused(data):
    with pytest.raises(UsageError, match="once each"):
        update_documents((data / "datapackage.json").read_text("utf-8"), "# Data\n")


def test_a_changed_vocabulary_reaches_every_field_that_uses_it(package):
    changed = json.loads(json.dumps(package))
    extra = {"value": "warning", "label": "warning", "description": "a formal warning"}
    changed["vocabularies"]["action"].append(extra)
    spread_vocabularies(changed)
    fields = {
        (resource["name"], field["name"]): field["constraints"]
        for resource in changed["resources"]
        for field in resource["schema"]["fields"]
        if field.get("vocabulary") == "action"
    }
    assert fields["incidents", "action"]["enum"][-1] == "warning"
    assert re.fullmatch(fields["raw_codings", "also_actions"]["pattern"], "arrest;warning")
    assert len(fields) == 6


def test_every_table_field_and_value_says_what_it_means(codebook):
    for table in codebook.tables.values():
        assert table.label and table.description and table.singular
        for field in table.fields.values():
            assert field.label and field.description, (table.name, field.name)
            labels = [category.label for category in field.categories.values()]
            assert len(set(labels)) == len(labels), (table.name, field.name)
            for category in field.categories.values():
                assert category.label and category.description, (field.name, category.value)


def test_labels_are_short_enough_to_read_in_a_table(codebook):
    for table in codebook.tables.values():
        for name in table.fields:
            for label in codebook.labels(table.name, name).values():
                assert len(label) <= 32, (table.name, name, label)


def test_labels_keep_the_order_of_the_codebook(codebook):
    labels = codebook.labels("incidents", "offences")
    assert list(labels)[:3] == ["chinese_phone", "remittance", "information_leak"]
    assert labels["chinese_phone"] == "Chinese phones"
    assert codebook.labels("incidents", "summary") == {}


def test_a_list_may_hold_each_value_of_its_vocabulary(package):
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            if "vocabulary" in field and "list" in field:
                values = [one["value"] for one in field["categories"]]
                pattern = field["constraints"]["pattern"]
                assert re.fullmatch(pattern, ";".join(values))
                assert not re.fullmatch(pattern, values[0] + ";")
                assert not re.fullmatch(pattern, values[0] + "; " + values[1])


def test_columns_of_the_same_name_have_the_same_vocabulary(codebook):
    seen: dict[str, dict] = {}
    for table in ("incidents", "double_coded", "raw_codings"):
        for name, field in codebook.tables[table].fields.items():
            assert seen.setdefault(name, dict(field.categories)) == field.categories, name


def test_every_value_of_the_main_vocabularies_but_rare_ones_is_used(codebook, tables):
    for name in ("action", "offences", "agencies", "targets", "penalty_imposed", "sourcing"):
        used = set(tables["incidents"][name].str.split(";").explode()) - {""}
        assert used == set(codebook.labels("incidents", name)), name


def test_keys_and_references_point_at_columns_that_exist(codebook):
    for table in codebook.tables.values():
        assert set(table.key) <= set(table.fields)
        for field in table.fields.values():
            if field.references:
                other, column = field.references
                assert column in codebook.tables[other].fields
                assert codebook.tables[other].key == (column,)


def test_every_identifier_of_another_table_is_a_reference(codebook):
    keys = {"incident_id": "incidents", "source_id": "sources", "campaign_id": "campaigns"}
    for table in codebook.tables.values():
        for name, field in table.fields.items():
            if name in keys and table.key != (name,):
                assert field.references == (keys[name], name), (table.name, name)


def test_rules_of_the_codebook_and_tests_of_the_code_are_the_same(codebook):
    assert set(codebook.rules) == set(RULES)


def test_rules_name_tables_and_columns_that_exist(codebook):
    for rule in codebook.rules.values():
        for name in rule.tables:
            assert set(rule.fields) & set(codebook.tables[name].fields), (rule.id, name)
        known = {field for name in rule.tables for field in codebook.tables[name].fields}
        assert set(rule.fields) <= known, rule.id
        assert rule.statement and not rule.statement.endswith(".")
        assert rule.remedy.endswith(".")


def test_package_names_licence_version_and_sources(package, data):
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["sources"] and package["title"]
    assert f"version {package['version']}" in (data / "README.md").read_text("utf-8")
    licence = (data / "LICENSE").read_text("utf-8")
    assert "Attribution 4.0 International" in licence
    assert f"version {package['version']}" in licence


def test_codebook_can_be_read_without_pandas(data):
    code = (
        "import sys; from crackdown.codebook import load_codebook;"
        f"load_codebook({str(data)!r}); print('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_missing_codebook_is_said(tmp_path):
    with pytest.raises(DataError, match="the codebook is missing"):
        load_codebook(tmp_path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"resources":\n [}', "line 2: is not JSON"),
        ('{"resources": []}', "lacks 'rules'"),
        (b"\xff\xfe{", "is not UTF-8"),
        ('{"version": "\\ud800"}', "holds half a character"),
        ("[]", "is not laid out as it must be"),
        ('{"resources": [7], "rules": []}', "is not laid out as it must be"),
        ('{"resources": [], "rules": {"a": 1}}', "is not laid out as it must be"),
        ('{"version": ' + "9" * 5_000 + "}", "cannot be read"),
        ("[" * 100_000, "nested too deeply|is not JSON"),
    ],
)
def test_broken_codebook_is_said(tmp_path, content, message):
    raw = content if isinstance(content, bytes) else content.encode()
    (tmp_path / "datapackage.json").write_bytes(raw)
    with pytest.raises(DataError, match=message):
        load_codebook(tmp_path)


def test_readme_gives_the_rows_of_every_table(data, tables):
    readme = (data / "README.md").read_text("utf-8")
    for name, table in tables.items():
        assert f"| {name}.csv | {len(table)} |" in readme, name


def test_readme_figures_hold_in_the_tables(data, tables):
    readme = " ".join((data / "README.md").read_text("utf-8").split())
    incidents, sources = tables["incidents"], tables["sources"]
    publishers = sources["publisher"].value_counts()
    campaigns = (incidents["campaign_id"] != "").sum()
    figures = [
        f"{campaigns} incidents belong to one",
        f"{(incidents['is_aggregate'] == 'true').sum()} aggregates marked",
        f"{incidents['case_id'].replace('', pd.NA).nunique()} cases of the same persons",
        f"{sources['title'].str.startswith('[').sum()} titles stand in square brackets",
        f"Daily NK ({publishers['Daily NK']} articles)",
        f"Radio Free Asia ({publishers['Radio Free Asia']})",
        f"{len(tables['double_coded']) // 2} pairs",
    ]
    for figure in figures:
        assert figure in readme, figure


def test_readme_names_the_incidents_that_end_after_their_reports(data, tables):
    published = tables["sources"].set_index("source_id")["published"]
    # Of a partial date the last day counts; "~" sorts behind every digit.
    last_day = (published + "-12-31~").where(published.str.len() < 7, published + "-31~")
    last_day = last_day.where(published.str.len() < 10, published).where(published != "", "~")
    links = tables["incident_sources"]
    latest = links["source_id"].map(last_day).groupby(links["incident_id"]).max()
    incidents = tables["incidents"].set_index("incident_id")
    late = incidents.index[incidents["date_end"] > latest.reindex(incidents.index)]
    readme = (data / "README.md").read_text("utf-8")
    named = re.search(r"Seven incidents end after .*? \(([^)]*)\)", readme)[1].split(", ")
    assert named == list(late)


def test_corrections_log_holds_in_the_tables(tables):
    incidents = tables["incidents"].set_index("incident_id")
    figures = incidents.loc["i0528", ["persons_low", "persons_best", "persons_high"]]
    assert list(figures) == ["2", "2", ""]
    assert not incidents["note"].str.contains("coded as threatened execution").any()
    orders = incidents.loc[["i0161", "i0302"]]
    assert (orders["action"] == "order").all() and (orders["penalty_threatened"] == "").all()
