"""The notebooks: thin, documented, and able to run on any selection."""

import ast
import contextlib
import io
import re
from pathlib import Path

import nbformat
import pytest

from crackdown import incidents
from crackdown.parameters import Parameters

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(path.name for path in FOLDER.glob("*.ipynb"))
pytestmark = pytest.mark.parametrize("name", NOTEBOOKS)

#: What a notebook leaves to the package.
HEAVY = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While,
    ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.If, ast.Try, ast.With,
)
FORBIDDEN = (
    "sys.path", "%autoreload", "%load_ext", ".merge(", "os.chdir", "!pip", "%pip", "warnings.",
)
LONGEST = 10


def load(name):
    return nbformat.read(FOLDER / name, as_version=4)


def code_cells(name):
    return [cell for cell in load(name).cells if cell.cell_type == "code"]


def is_parameters(cell):
    return "parameters" in cell.metadata.get("tags", [])


def test_a_notebook_is_valid_and_says_which_kernel_runs_it(name):
    book = load(name)
    nbformat.validate(book)
    assert book.metadata.kernelspec.name == "python3"
    assert (book.nbformat, book.nbformat_minor) >= (4, 5)


def test_cells_have_ids_that_say_what_they_hold(name):
    ids = [cell.id for cell in load(name).cells]
    assert len(set(ids)) == len(ids)
    for one in ids:
        assert re.fullmatch(r"[a-z][a-z0-9-]*", one)
        assert not re.fullmatch(r"[0-9a-f]{8}", one), f"{one} is an id made by chance"


def test_no_output_is_stored(name):
    for cell in code_cells(name):
        assert cell.outputs == []
        assert cell.execution_count is None


def test_a_notebook_opens_with_its_question_and_holds_one_parameters_cell(name):
    book = load(name)
    assert book.cells[0].cell_type == "markdown"
    assert re.match(r"# \S[^\n]*\n\n\S+ \S+", book.cells[0].source)
    assert sum(map(is_parameters, code_cells(name))) == 1
    assert is_parameters(code_cells(name)[0])


def test_cells_are_short(name):
    for cell in code_cells(name):
        assert is_parameters(cell) or len(cell.source.splitlines()) <= LONGEST, cell.id


def test_a_notebook_defines_nothing_and_decides_nothing(name):
    for cell in code_cells(name):
        heavy = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, HEAVY)]
        assert heavy == [], cell.id
        assert [text for text in FORBIDDEN if text in cell.source] == [], cell.id


def test_no_code_is_commented_out(name):
    for cell in code_cells(name):
        if not is_parameters(cell):
            assert not re.search(r"^\s*#", cell.source, re.MULTILINE), cell.id


def test_paths_colours_and_dates_stand_only_among_the_parameters(name):
    for cell in code_cells(name):
        if is_parameters(cell):
            continue
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not re.search(r"/|\\|#[0-9a-fA-F]{3}|\d{4}-\d\d|\.csv|\.shp", node.value)


def test_no_number_is_typed_into_the_prose(name):
    for cell in load(name).cells:
        if cell.cell_type == "markdown":
            assert re.findall(r"(?<![\w-])\d[\d,.]*(?![\w-])", cell.source) == [], cell.id


def test_every_parameter_has_a_type_a_default_and_a_comment(name):
    [cell] = filter(is_parameters, code_cells(name))
    for line in cell.source.splitlines():
        assert re.fullmatch(r'[a-z_]+: (str|int|bool) = ("[^"#]*"|\d+|True|False)  # [A-Z][^#]+', line)


def test_every_parameter_is_one_that_the_project_checks(name):
    [cell] = filter(is_parameters, code_cells(name))
    names = [node.target.id for node in ast.parse(cell.source).body]
    assert set(names) <= set(Parameters.model_fields)
    assert {"data"} <= set(names)


def test_every_parameter_is_used(name):
    used = {
        node.id
        for cell in code_cells(name)
        if not is_parameters(cell)
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Name)
    }
    [cell] = filter(is_parameters, code_cells(name))
    assert {node.target.id for node in ast.parse(cell.source).body} <= used


def test_papermill_shows_the_parameters_as_documentation(name, run_tool):
    done = run_tool("papermill", "--help-notebook", FOLDER / name)
    assert done.returncode == 0, done.stderr
    [cell] = filter(is_parameters, code_cells(name))
    shown = " ".join(done.stdout.split())
    for line in cell.source.splitlines():
        parameter, kind, default, comment = re.match(r"(\w+): (\w+) = (.*?)  # (.*)", line).groups()
        assert f"{parameter}: {kind} (default {default})" in shown
        assert " ".join(comment.split()) in shown
    assert "Unknown type" not in shown


SELECTIONS = {
    "nothing": {"start": "1990-01-01", "end": "1990-12-31"},
    "nothing known": {"as_of": "2001-01-01"},
    "one incident": {"start": "2009-06-10", "end": "2009-06-12", "provinces": "KP02"},
    "one province": {"provinces": "Ryanggang", "offences": "chinese_phone;defection"},
    "an earlier day": {"as_of": "2016-06-30"},
    "all unplaced": {"publishers": "TV Chosun;North Korea Reform Radio"},
    "none with figures": {"publishers": "KBS", "actions": "order;deployment;inspection;arrest"},
    "part of a year": {"start": "2020-03-10", "end": "2021-02-09"},
}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("values", SELECTIONS.values(), ids=SELECTIONS)
def test_a_notebook_runs_on_any_selection(name, values, root, archive, monkeypatch):
    """Run the cells in this process: a kernel of its own would add seconds."""
    monkeypatch.chdir(root)
    monkeypatch.setattr(incidents, "load_archive", lambda folder: archive)
    monkeypatch.setattr("crackdown.selection.load_archive", lambda folder: archive)
    scope = {}
    for cell in code_cells(name):
        if is_parameters(cell):
            exec(cell.source, scope)
            scope |= {key: value for key, value in values.items() if key in scope}
            continue
        tree = ast.parse(cell.source)
        *first, last = tree.body
        with contextlib.redirect_stderr(io.StringIO()) as told:
            exec(compile(ast.Module(first, []), cell.id, "exec"), scope)
            shown = eval(compile(ast.Expression(last.value), cell.id, "eval"), scope)
        assert told.getvalue() == "", cell.id
        check_shown(cell.id, shown)


def check_shown(cell_id, shown):
    """Hold what a cell shows against what a reader must never see."""
    if hasattr(shown, "_repr_mimebundle_"):
        bundle = shown._repr_mimebundle_()
        text = (bundle[0] if isinstance(bundle, tuple) else bundle)["text/html"]
    else:
        text = shown._repr_html_()
    plain = re.sub(r"<style.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL)
    wrong = re.search(r"(?<!\w)(nan|NaN|NaT|&lt;NA&gt;)(?!\w)", plain)
    assert not wrong, f"{cell_id}: {plain[max(wrong.start() - 60, 0) : wrong.end() + 60]}"
