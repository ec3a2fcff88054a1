"""One notebook, its parameters and one page: checked before, whole after."""

import nbformat
import papermill
import pytest

from crackdown.errors import CrackdownError, UsageError
from crackdown.kernel import start_kernel
from crackdown.report import (
    NotebookError,
    check_values,
    inspect_parameters,
    run_notebook,
)

PARAMETERS = 'start: str = ""  # First day\ndata: str = "data"  # Folder'


@pytest.fixture
def write_notebook(tmp_path):
    """Return a function that writes a small notebook: a parameters cell and others."""

    def write_notebook(*sources, parameters=PARAMETERS, name="small"):
        cells = [nbformat.v4.new_markdown_cell("# Small", id="title")]
        if parameters is not None:
            cells.append(nbformat.v4.new_code_cell(
                parameters, id="parameters", metadata={"tags": ["parameters"]}
            ))
        cells += [nbformat.v4.new_code_cell(text, id=f"cell-{n}") for n, text in enumerate(sources)]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
        return path

    return write_notebook


def test_a_notebook_tells_its_parameters_in_their_order(root):
    declared = inspect_parameters(root / "notebooks/situation.ipynb")
    assert list(declared)[:2] == ["start", "end"]
    assert declared["start"].type == "str"
    assert declared["start"].default == '""'
    assert "2020-01-01" in declared["start"].help


def test_a_notebook_that_is_not_there_is_refused_with_those_that_are(root):
    with pytest.raises(UsageError) as error:
        inspect_parameters(root / "notebooks/situatoin.ipynb")
    assert "situatoin" in str(error.value)
    assert "situation.ipynb" in str(error.value)


@pytest.mark.parametrize("text", ["", "not a notebook", "{}", '{"cells": 3}'])
def test_a_file_that_is_no_notebook_is_refused_in_one_sentence(tmp_path, text):
    path = tmp_path / "broken.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CrackdownError, match=r"broken\.ipynb"):
        inspect_parameters(path)


def test_a_parameter_that_the_notebook_lacks_is_refused_even_if_others_have_it(
    root, write_notebook
):
    with pytest.raises(UsageError, match="offences"):
        check_values(write_notebook(), {"offences": "speech", "data": str(root / "data")})


def test_a_notebook_without_parameters_takes_none(root, write_notebook, monkeypatch):
    monkeypatch.chdir(root)
    with pytest.raises(UsageError, match="start"):
        check_values(write_notebook("1", parameters=None), {"start": "2020-01-01"})


def test_a_value_that_contradicts_a_default_of_the_notebook_is_refused(root, write_notebook):
    path = write_notebook(
        parameters=f'start: str = ""\nend: str = "2015-12-31"\ndata: str = "{root / "data"}"'
    )
    with pytest.raises(UsageError, match="later than end"):
        check_values(path, {"start": "2020-01-01"})


def test_a_failing_cell_is_shown_with_its_traceback_and_no_stack_of_the_tools(write_notebook):
    path = write_notebook("def halve(number):\n    return number / 0\n\nhalve(3)")
    with pytest.raises(NotebookError) as error:
        run_notebook(path, {"start": "2020-01-01"})
    text = str(error.value)
    assert error.value.exit_status == 1
    assert path.name in text
    assert "cell" in text
    assert "halve(3)" in text
    assert "ZeroDivisionError" in text
    assert 'start="2020-01-01"' in text
    for tool in ("papermill", "nbclient", "nbconvert", "\x1b["):
        assert tool not in text.replace(str(path.parent), "")


def test_the_number_of_the_failing_cell_is_that_of_the_notebook_as_written(write_notebook):
    # Title and parameters stand before it: it is the fourth cell of the file,
    # whether or not papermill puts a cell with the given values in.
    path = write_notebook("1", "1 / 0")
    for values in ({}, {"start": "2020-01-01"}):
        with pytest.raises(NotebookError, match=r"cell 4\b"):
            run_notebook(path, values)


def test_a_warning_is_a_failure_and_stands_in_no_page(write_notebook):
    path = write_notebook("import warnings\nwarnings.warn('look at this')")
    # In a new kernel: pytest collects the warnings of this process and of what is forked from it.
    with start_kernel() as kernel, pytest.raises(NotebookError, match="look at this"):
        run_notebook(path, {}, kernel=kernel)


def test_wrong_use_found_by_the_notebook_is_told_as_wrong_use(root, write_notebook):
    path = write_notebook(
        "from crackdown.selection import select\nselect(start=start, data=data)",
        parameters=f'start: str = "soon"\ndata: str = "{root / "data"}"',
    )
    with pytest.raises(UsageError) as error:
        run_notebook(path, {})
    assert '"soon" is not a date' in str(error.value)
    assert "Traceback" not in str(error.value)


def test_nothing_runs_while_parameters_are_checked(root, monkeypatch):
    monkeypatch.chdir(root)
    monkeypatch.setattr(papermill.engines, "papermill_engines", None)
    check_values(root / "notebooks/situation.ipynb", {"start": "2020-01-01"})
