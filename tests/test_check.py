"""Checking: every fault is found, and said with its place and remedy."""

import csv
import io
import json
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crackdown.check import check_tables
from crackdown.codebook import load_codebook
from crackdown.csvfile import load_csv
from crackdown.errors import DataError, Problem, UsageError, nearest_value

FIXTURES = Path(__file__).parent / "fixtures"
TABLES = FIXTURES / "bad" / "tables"
BAD = sorted(path.name for path in TABLES.iterdir())

# Faults that the standard cannot express, or that its own tool passes over.
ONLY_HERE = {
    "act_after_its_report", "aggregate_without_figure", "alias_of_two_places", "amounts_reversed",
    "article_that_does_not_support", "best_above_high", "bound_without_best", "campaign_reversed", "correction_of_nothing",
    "figure_too_large",
    "impossible_publication_date", "incident_without_source", "inferred_publication_without_note",
    "inferred_without_note", "locality_not_named", "lonely_case", "low_above_high",
    "main_act_repeated", "none_beside_a_border", "only_corroborating_source",
    "opening_act_of_another_campaign", "place_under_wrong_parent", "repeated_value_in_list",
    "reversed_dates", "semicolons", "stray_quotation", "tabs", "term_reversed",
    "unknown_publication_date_given", "unknown_source_in_list", "wrong_date_precision",
    "wrong_place_precision",
}  # fmt: skip


def copy_tables(folder: Path, root: Path, *bad: str) -> Path:
    """Lay out the good tables with the codebook, some of them replaced by bad ones."""
    shutil.copytree(FIXTURES / "good", folder)
    shutil.copy(root / "data" / "datapackage.json", folder)
    for name in bad:
        for path in (TABLES / name).glob("*.csv"):
            shutil.copy(path, folder)
    return folder


@pytest.fixture
def good(tmp_path, root, monkeypatch) -> Path:
    """Give a folder `data` with good tables, in the working directory."""
    monkeypatch.chdir(tmp_path)
    return copy_tables(Path("data"), root)


def rewrite(path: Path, change) -> None:
    """Change the text of a table."""
    path.write_text(change(path.read_text("utf-8")), encoding="utf-8", newline="")


def problems_of(folder: Path) -> list[Problem]:
    with pytest.raises(DataError) as caught:
        check_tables(folder)
    return list(caught.value.problems)


def test_the_real_tables_are_good(root):
    tables = check_tables(root / "data")
    assert len(tables["incidents"]) == 571
    assert len(tables["places"]) == 191


def test_tables_come_as_text_in_the_order_of_the_file(root):
    tables = check_tables(root / "data")
    for name, table in tables.items():
        rows = list(csv.reader((root / "data" / f"{name}.csv").open(encoding="utf-8", newline="")))
        assert list(table.columns) == rows[0]
        assert table.to_numpy(dtype=object).tolist() == rows[1:]
        assert {str(kind) for kind in table.dtypes} == {"str"}


def test_good_tables_pass(good):
    assert set(check_tables(good)) == set(load_codebook(good).tables)


def test_every_rule_has_a_bad_table(root):
    reports = "".join(
        (TABLES / name / "expected.txt").read_text("utf-8") for name in BAD
    )
    for rule in load_codebook(root / "data").rules.values():
        assert f"breaks the rule that {rule.statement}" in reports, rule.id


def test_all_problems_of_all_tables_come_in_one_run(tmp_path, root, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = ("reversed_dates", "address_twice", "unknown_currency", "missing_column",
             "short_row", "place_without_parent")  # fmt: skip
    copy_tables(Path("data"), root, *names)
    with pytest.raises(DataError) as caught:
        check_tables("data")
    text = str(caught.value)
    for name in names:
        for line in (TABLES / name / "expected.txt").read_text("utf-8").split("\n")[:-2]:
            assert line in text
    assert text.endswith("\n6 problems in 6 files.")
    assert caught.value.exit_status == 1


def test_files_are_named_as_the_folder_was_given(tmp_path, root):
    copy_tables(tmp_path / "data", root, "reversed_dates")
    (problem,) = problems_of(tmp_path / "data")
    assert problem.file == (tmp_path / "data" / "incidents.csv").as_posix()


def test_missing_table_is_said_and_nothing_that_follows_from_it(good):
    (good / "incidents.csv").unlink()
    (problem,) = problems_of(good)
    assert str(problem).startswith("data/incidents.csv: the file is missing. ")


def test_folder_in_place_of_a_table_is_said(good):
    (good / "timeline.csv").unlink()
    (good / "timeline.csv").mkdir()
    (problem,) = problems_of(good)
    assert "cannot be read" in str(problem)


def test_blank_header_is_said(good):
    rewrite(good / "timeline.csv", lambda text: "\n" + text)
    assert "the header line is blank" in str(problems_of(good)[0])


def test_table_with_only_a_header_is_good(good):
    rewrite(good / "timeline.csv", lambda text: text.split("\n")[0])
    assert len(check_tables(good)["timeline"]) == 0


def test_byte_order_mark_and_windows_line_ends_are_accepted(good, root):
    expected = check_tables(good)
    for path in good.glob("*.csv"):
        raw = path.read_bytes().replace(b"\n", b"\r\n")
        path.write_bytes(b"\xef\xbb\xbf" + raw)
    found = check_tables(good)
    for name, table in expected.items():
        assert found[name].equals(table), name


def test_lone_carriage_returns_end_lines_too(good):
    expected = check_tables(good)["timeline"]
    rewrite(good / "timeline.csv", lambda text: text.replace("\n", "\r"))
    assert check_tables(good)["timeline"].equals(expected)


def test_many_problems_of_a_kind_are_counted_exactly_and_listed_in_part(good):
    path = good / "incident_sources.csv"
    pairs = "".join(f"i{number},s0544,primary\n" for number in range(7000, 7050))
    rewrite(path, lambda text: text + pairs)
    with pytest.raises(DataError) as caught:
        check_tables(good)
    lines = str(caught.value).split("\n")
    assert len(lines) == 22
    assert lines[19].startswith("data/incident_sources.csv, line 32, incident_id: ")
    assert lines[20] == "data/incident_sources.csv: and 30 more of incident_id of this kind."
    assert lines[21] == "50 problems in 1 file."


def test_a_row_that_is_not_whole_does_not_make_others_wrong(good):
    rewrite(good / "incidents.csv", lambda text: text.rstrip("\n") + ",one cell too many\n")
    (problem,) = problems_of(good)
    assert problem.message == "the row has 31 cells, the header 30"
    assert problem.line == 8


def test_a_cell_that_is_wrong_by_itself_breaks_no_rule_besides(good):
    rewrite(good / "incidents.csv", lambda text: text.replace("2024-07-26,month", "26 July,month"))
    assert {problem.column for problem in problems_of(good)} == {"date_end"}


def test_an_address_of_two_lines_is_not_taken_for_two_addresses(good):
    rewrite(good / "timeline.csv", lambda text: re.sub(r"(https?://[^,\n]+)", r'"\1\nhttps://b.example"', text, count=1))
    (problem,) = problems_of(good)
    assert (problem.column, problem.message) == ("source_url", "is not in the form of this column")


def test_rules_are_left_out_when_their_column_is_missing(good):
    rewrite(good / "sources.csv", lambda text: text.replace("published,", "publishd,", 1))
    (problem,) = problems_of(good)
    assert problem.value == "publishd"
    assert problem.nearest == "published"


TAMPERED = [("incidents", "action"), ("incidents", "pcode"), ("incidents", "offences"),
            ("incidents", "is_aggregate"), ("incidents", "date_start"), ("campaigns", "issuer"),
            ("raw_codings", "persons_best"), ("double_coded", "geo_precision"),
            ("incident_sources", "role"), ("amounts", "currency"), ("places", "lon")]  # fmt: skip


@settings(max_examples=30)
@given(
    place=st.sampled_from(TAMPERED),
    row=st.integers(0, 10**6),
    junk=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12),
    padding=st.integers(0, 3),
)
def test_one_tampered_cell_is_found_on_its_line(tmp_path_factory, place, row, junk, padding):
    root = Path(__file__).parents[1]
    folder = copy_tables(tmp_path_factory.mktemp("tampered") / "data", root)
    table, column = place
    path = folder / f"{table}.csv"
    rows = list(csv.reader(path.open(encoding="utf-8", newline="")))
    row = 1 + row % (len(rows) - 1)
    # Cells of several lines before it move the line, not the row.
    texts = {"note", "aliases"} & set(rows[0])
    if texts and row > 1 and table != "places":
        rows[1][rows[0].index(texts.pop())] = "x" + "\n" * padding
    else:
        padding = 0
    rows[row][rows[0].index(column)] = f"?{junk}"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    found = [one for one in problems_of(folder) if Path(one.file).name == path.name]
    assert (row + 1 + padding, column) in {(one.line, one.column) for one in found}
    # At most the rules that read the same row speak besides.
    assert {one.line for one in found} == {row + 1 + padding}


cells = st.text(st.sampled_from('ab,"\n\r;é '), max_size=6)


@settings(max_examples=200)
@given(
    rows=st.lists(st.lists(cells, min_size=3, max_size=3), max_size=8),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_any_well_formed_file_is_read_as_the_csv_module_reads_it(tmp_path_factory, rows, line_end):
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    text = io.StringIO(newline="")
    # With "\n" as line end the csv module leaves a lone "\r" bare.
    quoting = csv.QUOTE_ALL if line_end == "\n" else csv.QUOTE_MINIMAL
    writer = csv.writer(text, lineterminator=line_end, quoting=quoting)
    writer.writerow(["one", "two", "three"])
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    file, problems = load_csv(path, ["one", "two", "three"])
    assert problems == []
    assert file.frame.to_numpy(dtype=object).tolist() == rows
    reader = csv.reader(io.StringIO(text.getvalue(), newline=""))
    starts = [reader.line_num + 1 for _ in reader]
    assert file.lines.tolist() == starts[:-1]


def test_a_file_larger_than_what_is_scanned_at_once_is_read_alike(root, monkeypatch):
    columns = list(load_codebook(root / "data").tables["incidents"].fields)
    whole, _ = load_csv(root / "data" / "incidents.csv", columns)
    monkeypatch.setattr("crackdown.csvfile.CHUNK", 1000)
    parts, problems = load_csv(root / "data" / "incidents.csv", columns)
    assert problems == []
    assert parts.lines.tolist() == whole.lines.tolist() == list(range(2, 573))
    assert parts.frame.equals(whole.frame)


def test_quotation_marks_in_the_header_cost_no_row(good):
    rewrite(good / "timeline.csv", lambda text: text.replace("kind", '"ki"nd', 1))
    problems = problems_of(good)
    assert [problem.line for problem in problems] == [1]
    file, _ = load_csv(good / "timeline.csv", ["event_id"])
    assert len(file.frame) == 2


@settings(max_examples=200)
@given(text=st.text(st.sampled_from('ab,"\n\r\0;é'), max_size=40))
def test_any_file_is_read_or_refused_and_never_crashes(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    path.write_text("one,two\n" + text, encoding="utf-8", newline="")
    file, problems = load_csv(path, ["one", "two"])
    assert file is not None
    assert len(file.frame) == len(file.lines)
    assert not problems or all(problem.remedy for problem in problems)


def test_frictionless_passes_the_real_package(root):
    tool = Path(sys.executable).with_name("frictionless")
    command = [tool, "validate", "data/datapackage.json", "--json"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    report = json.loads(done.stdout)
    assert report["valid"]
    assert {task["place"] for task in report["tasks"]} == {
        table.path for table in load_codebook(root / "data").tables.values()
    }


@pytest.mark.parametrize("name", [name for name in BAD if name not in ONLY_HERE])
def test_what_frictionless_finds_the_check_finds_in_the_same_place(name, tmp_path, root):
    from frictionless import validate

    folder = copy_tables(tmp_path / name, root, name)
    found = {(Path(one.file).name, one.line) for one in problems_of(folder)}
    theirs = {
        (task.place, getattr(error, "row_number", None) or 1)
        for task in validate(str(folder / "datapackage.json")).tasks
        for error in task.errors
    }
    assert theirs
    if name == "error_after_a_cell_of_three_lines":
        # Frictionless counts rows, the check lines as an editor shows them.
        theirs = {(file, row + 2) for file, row in theirs}
    if name in ("empty_file", "utf_16", "windows_encoding"):
        # The whole file: frictionless gives no line, and repeats it in other tables.
        assert {file for file, _ in found} <= {file for file, _ in theirs}
    else:
        assert theirs <= found


def test_rules_of_several_cells_are_beyond_frictionless(tmp_path, root):
    from frictionless import validate

    folder = copy_tables(tmp_path / "data", root, "reversed_dates", "amounts_reversed")
    assert validate(str(folder / "datapackage.json")).valid
    assert len(problems_of(folder)) == 2


def test_frictionless_and_the_check_find_the_same_random_faults(tmp_path, root):
    from frictionless import validate

    folder = copy_tables(tmp_path / "data", root)
    path = folder / "raw_codings.csv"
    rows = list(csv.reader(path.open(encoding="utf-8", newline="")))
    chance = random.Random(7)
    columns = ["coder", "date_basis", "pcode", "action", "offences", "persons_low", "sourcing"]
    wrong = set()
    for number in range(1, len(rows)):
        column = chance.choice(columns)
        rows[number][rows[0].index(column)] = "wrong"
        wrong.add((number + 1, column))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    assert {(one.line, one.column) for one in problems_of(folder)} == wrong
    report = validate(str(folder / "datapackage.json"))
    theirs = {
        (error.row_number, error.field_name)
        for task in report.tasks
        for error in task.errors
        if error.type in ("type-error", "constraint-error")
    }
    assert theirs == wrong


def test_problem_reads_as_the_style_asks():
    problem = Problem(
        file="data/incidents.csv", line=41, column="pcode", value="KP0213x",
        message="is not a place", nearest="KP0213", nearest_label="Myongchon",
        remedy="Correct the cell, or add the place to data/places.csv.",
    )  # fmt: skip
    assert str(problem) == (
        'data/incidents.csv, line 41, pcode: "KP0213x" is not a place. Nearest: "KP0213" '
        "(Myongchon). Correct the cell, or add the place to data/places.csv."
    )


def test_problem_shows_control_characters_and_cuts_long_values():
    odd = Problem(file="f", value="a\nb\x1b", message="is wrong")
    assert str(odd) == 'f: "a\\nb\\x1b" is wrong.'
    long = Problem(file="f", value="x" * 100, message="is long")
    assert str(long) == 'f: "' + "x" * 59 + '…" is long.'


def test_nearest_value_ignores_case_and_gives_up_on_huge_lists():
    assert nearest_value(" Arest", ["order", "arrest"]) == "arrest"
    assert nearest_value("arrest", ["order"]) is None
    assert nearest_value("i00001", (f"i{number:05}" for number in range(6000))) is None


def test_exit_status_tells_wrong_data_from_wrong_use():
    assert DataError([]).exit_status == 1
    assert UsageError("no").exit_status == 2
    error = DataError([Problem(file="f", message="is wrong")])
    assert str(error) == "f: is wrong.\n1 problem in 1 file."


def test_a_cell_of_ten_megabytes_is_named_as_such(good):
    rewrite(good / "incidents.csv", lambda text: text + "i9999," + "x" * 10_000_000 + "\n")
    [problem] = problems_of(good)
    assert (problem.line, problem.message) == (9, "a cell holds more than 131,072 characters")


def test_utf_16_is_told_without_its_mark_too(good):
    path = good / "timeline.csv"
    path.write_bytes(path.read_text("utf-8").encode("utf-16-le"))
    [problem] = problems_of(good)
    assert str(problem).startswith("data/timeline.csv: the file reads as UTF-16, not UTF-8.")
