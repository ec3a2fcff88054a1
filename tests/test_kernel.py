"""Kernels that start warm: the same outputs, and nothing handed on from one to the next."""

import json
import os
import re
import subprocess
import sys

import nbformat
import papermill
import psutil
import pytest
from ipykernel.zmqshell import ZMQInteractiveShell
from papermill.engines import papermill_engines

from crackdown.export import ReportExporter
from crackdown.forks import ARGUMENTS, CAN_FORK
from crackdown.kernel import start_kernel
from crackdown.kernelapp import LineKernel, LineKernelApp, prepare_kernel
from crackdown.workers import Task, make_page

# Each leaves something behind in its process, in a way of its own.
CULPRIT = """
import builtins, os, random, sys, threading, warnings
import matplotlib, matplotlib.pyplot as plt, numpy, pandas
import crackdown.counts
os.environ["LEFT"] = "behind"
os.chdir("/")
sys.path.insert(0, "/left")
sys.modules["left"] = sys
builtins.left = True
plt.figure(); plt.plot([1, 2])
matplotlib.rcParams["font.size"] = 99
pandas.set_option("display.max_rows", 3)
numpy.random.seed(1); random.seed(1)
warnings.simplefilter("ignore")
crackdown.counts.left = True
left = True
threading.Thread(target=threading.Event().wait, daemon=True).start()
"""
WITNESS = """
import builtins, json, os, sys, threading, warnings
import matplotlib, matplotlib.pyplot as plt, pandas
import crackdown.counts
print(json.dumps({
    "environment": os.environ.get("LEFT"), "folder": os.getcwd(), "path": "/left" in sys.path,
    "module": "left" in sys.modules, "builtin": hasattr(builtins, "left"), "name": "left" in globals(),
    "figures": plt.get_fignums(), "size": matplotlib.rcParams["font.size"],
    "option": pandas.get_option("display.max_rows"), "attribute": hasattr(crackdown.counts, "left"),
    "filters": any(entry[0] == "ignore" and entry[2] is Warning for entry in warnings.filters),
    "threads": [t.name for t in threading.enumerate() if "wait" in t.name],
}))
"""
DICE = "import random, numpy\nprint(random.random(), numpy.random.random())"


@pytest.fixture(params=[False, True], ids=["anew", "from one that is ready"])
def prepared(request):
    """Whether kernels go on from one whose first step this process has taken."""
    for singleton in (LineKernelApp, LineKernel, ZMQInteractiveShell):
        if singleton.initialized():
            singleton.clear_instance()
    before = (dict(os.environ), sys.modules["__main__"], sys.excepthook, sys.stdout, sys.path[:])
    if request.param:
        prepare_kernel(ARGUMENTS)
    assert (dict(os.environ), sys.modules["__main__"], sys.excepthook, sys.stdout, sys.path[:]) == before
    return request.param


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return a function that runs code in a notebook by an engine; it returns the notebook."""
    monkeypatch.chdir(tmp_path)

    def run(*sources, engine="crackdown", kernel="python3", **how):
        cells = [nbformat.v4.new_code_cell(text, id=f"c{n}") for n, text in enumerate(sources)]
        book = nbformat.v4.new_notebook(cells=cells)
        book.metadata["kernelspec"] = {"name": kernel, "display_name": "x", "language": "python"}
        nbformat.write(book, "in.ipynb")
        return papermill.execute_notebook(
            "in.ipynb", None, engine_name=engine, progress_bar=False, **how
        )

    return run


def printed(book):
    return "".join(
        output["text"] for cell in book.cells for output in cell.outputs if output.get("name") == "stdout"
    )


@pytest.mark.skipif(not CAN_FORK, reason="kernels are forked on Linux only")
def test_a_kernel_is_forked_from_this_process_and_gone_at_the_end():
    with start_kernel(warm=True) as kernel:
        child = psutil.Process(kernel.provisioner.pid)
        assert child.ppid() == os.getpid()
        assert child.cmdline() == psutil.Process().cmdline()
    assert not psutil.pid_exists(child.pid)


def test_nothing_that_a_notebook_leaves_behind_reaches_the_next(run, prepared, tmp_path):
    clean = json.loads(printed(run(WITNESS)))
    assert printed(run(CULPRIT)) == ""
    assert json.loads(printed(run(WITNESS))) == clean
    assert clean["folder"] == os.fspath(tmp_path)
    assert not any(clean[name] for name in ("environment", "path", "module", "builtin", "name", "figures"))
    assert "LEFT" not in os.environ and os.getcwd() == os.fspath(tmp_path)


def test_a_kernel_warns_of_what_this_process_has_been_warned_of_or_does_not_show(tmp_path):
    code = """
import warnings, nbformat, papermill
from pathlib import Path
from crackdown import warm

def warn():
    warnings.warn("look at this")

warn()
warnings.simplefilter("ignore")
cells = [nbformat.v4.new_code_cell("import warnings; warnings.warn('look here')", id="a")]
book = nbformat.v4.new_notebook(cells=cells)
book.metadata["kernelspec"] = {"name": "python3", "display_name": "x", "language": "python"}
nbformat.write(book, "in.ipynb")
done = papermill.execute_notebook("in.ipynb", None, engine_name="crackdown", progress_bar=False)
print(done.cells[0].outputs[0]["name"], done.cells[0].outputs[0]["text"])
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "stderr" in done.stdout and "look here" in done.stdout


def test_two_kernels_do_not_throw_the_same_dice(run):
    assert printed(run(DICE)) != printed(run(DICE))


@pytest.mark.parametrize("at_once", [False, True], ids=["cell by cell", "at once"])
def test_what_a_notebook_shows_is_the_same_as_with_the_standard_engine(run, prepared, at_once):
    sources = (
        "print('out'); import sys; print('err', file=sys.stderr)",
        "import os; status = os.system('echo from a shell'); status",
        "import asyncio; await asyncio.sleep(0); 'awaited'",
        "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.gca().get_title()",
        "%matplotlib inline\nfrom IPython.display import HTML; HTML('<b>x</b>')",
        "import sys; [sys.argv[1], sys.stdin.closed, __name__, get_ipython().execution_count]",
        "!echo by a shell",
        "from IPython.display import clear_output, display\nhandle = display('a', display_id='x'); handle.update('b'); 6",
        *["print('gone'); clear_output(wait=True); 7"] * 5,
        "input('?') if False else 3",
    )
    ours, theirs = run(*sources, at_once=at_once), run(*sources, engine="nbclient")
    for mine, other in zip(ours.cells, theirs.cells, strict=True):
        assert drop_addresses(mine.outputs) == drop_addresses(other.outputs), mine.source


def drop_addresses(outputs):
    return re.sub(r"0x[0-9a-f]+", "0x", json.dumps(outputs, sort_keys=True))


@pytest.mark.parametrize("at_once", [False, True], ids=["cell by cell", "at once"])
def test_a_kernel_that_ends_by_itself_is_an_error_and_not_a_wait(run, at_once):
    with pytest.raises(Exception, match="(?i)kernel died"):
        run("import os; os._exit(3)", "1", at_once=at_once)


@pytest.mark.parametrize("at_once", [False, True], ids=["cell by cell", "at once"])
def test_a_failing_cell_is_told_as_with_the_standard_engine_and_none_after_it_is_run(run, at_once):
    with pytest.raises(papermill.PapermillExecutionError, match="ZeroDivisionError") as caught:
        run("print('first')", "1 / 0", *["open('run', 'w').close()"] * 40, at_once=at_once)
    assert caught.value.cell_index == 1
    assert not os.path.exists("run")


@pytest.mark.parametrize(("tag", "then"), [("raises-exception", "2"), ("skip-execution", "1")])
def test_cells_that_may_fail_or_are_left_out_are_so_at_once_too(tmp_path, tag, then):
    sources = ("n = 1", "n = 2; 1 / 0", "n")
    cells = [nbformat.v4.new_code_cell(text, id=f"c{n}") for n, text in enumerate(sources)]
    cells[1].metadata["tags"] = [tag]
    book = nbformat.v4.new_notebook(cells=cells)
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "x", "language": "python"}
    nbformat.write(book, tmp_path / "in.ipynb")
    prepared = papermill.iorw.load_notebook_node(str(tmp_path / "in.ipynb"))
    done = papermill_engines.execute_notebook_with_engine(
        "crackdown", prepared, kernel_name="python3", progress_bar=False, at_once=True
    )
    assert done.cells[2].outputs[0]["data"]["text/plain"] == then


def test_where_nothing_can_be_forked_a_kernel_is_started_anew(run, monkeypatch):
    monkeypatch.setattr("crackdown.forks.CAN_FORK", False)
    book = run("import os, psutil; print(psutil.Process().cmdline())")
    assert "ipykernel_launcher" in printed(book)


def test_papermills_command_takes_the_engine(run_tool, root, tmp_path):
    source, target = root / "notebooks/data_quality.ipynb", tmp_path / "out.ipynb"
    done = run_tool("papermill", "--engine", "crackdown", source, target, "-p", "start", "2024-01-01")
    assert done.returncode == 0, done.stderr
    ours = ReportExporter().from_notebook_node(nbformat.read(target, as_version=4))[0]
    assert "since 1 January 2024" in ours or "1 January 2024 to" in ours


@pytest.mark.skipif(not CAN_FORK, reason="only Linux lets a child die with its parent")
def test_a_kernel_dies_with_a_parent_that_is_killed(tmp_path):
    code = (
        "import os, time\nfrom crackdown.kernel import start_kernel\n"
        "with start_kernel(warm=True) as kernel:\n"
        "    print(kernel.provisioner.pid, flush=True)\n    time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        kernel = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    assert psutil.wait_procs([kernel], timeout=60)[1] == []


def test_the_process_that_pages_are_forked_from_has_one_thread(root, tmp_path):
    code = f"""
import psutil, sys
from crackdown import cli, workers

def count_threads(tasks, jobs):
    from crackdown import warm
    warm.prepare()
    print("threads:", psutil.Process().num_threads())
    yield from ()

workers.make_pages = count_threads
sys.argv = ["crackdown", "build", "-o", {str(tmp_path)!r}]
cli.main()
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert "threads: 1\n" in done.stdout, done.stderr


def test_a_page_in_a_warm_kernel_has_the_bytes_of_one_in_a_new_kernel(root, monkeypatch):
    monkeypatch.chdir(root)
    task = Task("x", root / "notebooks/theme.ipynb", {"offences": "speech"})
    warm = make_page(task)
    monkeypatch.setattr("crackdown.forks.CAN_FORK", False)
    assert make_page(task) == warm
    assert warm.text.startswith("<!DOCTYPE html>")
