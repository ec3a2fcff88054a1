"""What lies in a folder or stands in a parameter is data: nothing of it is run, and no path leads out."""

import hashlib
import json
import shutil

import nbformat
import pytest
from small_site import KERNEL, declare, page, write_notebooks

from crackdown.codebook import load_codebook
from crackdown.declaration import load_editions
from crackdown.errors import DataError, UsageError
from crackdown.files import write_whole
from crackdown.geometry import load_geometry
from crackdown.matrix import Variant, name_variants
from crackdown.navigation import list_links, write_link
from crackdown.parameters import check_parameters
from crackdown.plan import plan_site
from crackdown.report import run_notebook

#: Modules that the command, papermill or a kernel imports sooner or later, and some that they may.
MODULES = """
crackdown sitecustomize usercustomize ipykernel_launcher ipykernel IPython traitlets jupyter_client nbclient nbconvert
papermill pandas numpy matplotlib geopandas pydantic yaml jinja2 mistune bs4 black debugpy json5 orjson colorama token this
""".split()
CONFIGURATIONS = """
jupyter_config.py jupyter_nbconvert_config.py ipython_config.py ipython_kernel_config.py .jupyter/jupyter_config.py
.ipython/profile_default/startup/00.py profile_default/startup/00.py profile_default/ipython_kernel_config.py
""".split()
TEMPLATES = """
crackdown templates/crackdown nbconvert/templates/crackdown share/jupyter/nbconvert/templates/crackdown base markup .
""".split()
KERNELS = """
kernels share/jupyter/kernels .local/share/jupyter/kernels .jupyter/kernels .ipython/kernels jupyter/kernels
""".split()
#: What a notebook may import that no kernel has loaded.
IMPORTS = "import crackdown, this\nfrom IPython.display import HTML\nprint(crackdown.__file__)"


def plant(folder):
    """Plant in a folder whatever some program may take for its own; each that is run leaves a mark."""
    marks = folder / "marks"
    marks.mkdir()
    for name in (*(f"{module}.py" for module in MODULES), *CONFIGURATIONS):
        write_whole(folder / name, f"open({str(marks / name.replace('/', '-'))!r}, 'w').close()\n")
    for number, name in enumerate(TEMPLATES):
        call = f"cycler.__init__.__globals__.os.mkdir({str(marks / f'template-{number}')!r})"
        for file in ("index.html.j2", "table.html.j2", "display_priority.j2", "null.j2"):
            write_whole(folder / name / file, "{% set run = " + call + " %}planted")
        write_whole(folder / name / "conf.json", json.dumps({"base_template": "base", "mimetypes": {"text/html": True}}))
    for number, name in enumerate(KERNELS):
        run = {"argv": ["mkdir", str(marks / f"kernel-{number}")], "display_name": "x", "language": "python"}
        write_whole(folder / name / "python3" / "kernel.json", json.dumps(run))
    return marks


@pytest.fixture
def planted(root, tmp_path):
    """Return a working directory with tables, a notebook and all that is planted, and the marks."""
    (tmp_path / "data").symlink_to(root / "data")
    (tmp_path / "shapefiles").symlink_to(root / "shapefiles")
    write_notebooks(tmp_path / "notebooks")
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(IMPORTS, id="c")])
    book.metadata["kernelspec"] = KERNEL
    nbformat.write(book, tmp_path / "notebooks/imports.ipynb")
    return tmp_path, plant(tmp_path)


def test_a_report_takes_no_module_template_kernel_or_setting_from_the_working_directory(planted, run_tool):
    folder, marks = planted
    done = run_tool("crackdown", "report", "notebooks/imports.ipynb", "-o", "out.html", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert [*marks.iterdir()] == []
    text = (folder / "out.html").read_text(encoding="utf-8")
    assert "The Zen of Python" in text and "site-packages" in text and "planted" not in text


def test_a_build_takes_none_of_them_either(planted, run_tool):
    folder, marks = planted
    declare(folder / "editions.yml", page(notebook="imports"))
    done = run_tool("crackdown", "build", "--editions", "editions.yml", "-o", "out", "--jobs", 1, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert [*marks.iterdir()] == []
    assert "The Zen of Python" in (folder / "out/one.html").read_text(encoding="utf-8")


def test_a_server_of_pages_takes_no_module_from_where_it_runs(planted):
    from crackdown.server import Server

    folder, marks = planted
    # It ends with its input.
    assert Server(folder)._process.communicate() == ("", None)
    assert [*marks.iterdir()] == []


def test_a_parameter_reaches_the_notebook_exactly_and_is_never_source(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    source = (
        "import hashlib, json\n"
        "print(json.dumps([hashlib.sha256(repr(links).encode()).hexdigest(), len(links), start]))"
    )
    cells = [
        nbformat.v4.new_code_cell('links: str = ""\nstart: str = ""', id="p", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(source, id="c"),
    ]
    book = nbformat.v4.new_notebook(cells=cells)
    book.metadata["kernelspec"] = KERNEL
    nbformat.write(book, "in.ipynb")
    attack = '"""\'\'\'"; import os; os.mkdir("mark") #\\\n\r\n\t\0\x1b[2J\u202e\u2028{{7*7}} {0} %s \\" \\\\ \\N{BULLET} \U0001f575'
    links = attack + "x" * 1_000_000 + attack
    executed = run_notebook(tmp_path / "in.ipynb", {"links": links, "start": '"); os.mkdir("mark") #'})
    told = json.loads(executed.cells[-1].outputs[0]["text"])
    assert told == [hashlib.sha256(repr(links).encode()).hexdigest(), len(links), '"); os.mkdir("mark") #']
    assert not (tmp_path / "mark").exists()


@pytest.mark.parametrize("name", ["start", "offences", "publishers", "provinces", "campaigns", "geo_precision", "data", "shapefiles"])
@pytest.mark.parametrize(
    "value",
    ["x" * 1_000_000, ";".join(map(str, range(20_000))), '"\n\'\0\x1b[2J\u202e', "\ud800", "'; import os"],
    ids=["long", "many", "controls", "half a character", "source"],
)
def test_a_parameter_that_is_refused_is_refused_in_few_printable_words(root, name, value):
    with pytest.raises(UsageError) as error:
        check_parameters({"data": str(root / "data"), name: value})
    told = str(error.value)
    assert len(told) < 5_000
    assert all(letter.isprintable() or letter == "\n" for letter in told)
    assert name in told or "folder" in told


def test_a_name_that_is_source_is_no_parameter(root):
    with pytest.raises(UsageError, match="is not a parameter"):
        check_parameters({"data": str(root / "data"), "a = 1; import os": "1"})
    with pytest.raises(UsageError, match="links"):
        check_parameters({"data": str(root / "data"), "links": "index.html \ud800;a"})


def test_what_a_file_is_called_does_not_command_a_terminal(run_command, tmp_path):
    status, _, told = run_command("report", tmp_path / "\x1b[2J\u202e\x07.ipynb")
    assert status == 2
    assert "\\x1b[2J\\u202e\\x07.ipynb" in told
    assert "\x1b" not in told


BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]\n" for a, b in zip("abcdefghijklmn", "bcdefghijklmno"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (BOMB, "alias"),
        ("a: &a [*a]", "alias"),
        ("title: !!python/object/apply:os.system [touch mark]", "python/object"),
        ("title: !!python/name:os.system", "python/name"),
        ("[" * 100_000, "nested|[Ee]xpected|flow"),
        ('title: "\\ud800"\npages: [{name: a, title: b, notebook: c}]', "title"),
        ("title: \x1b[2J", "editions"),
        ("title: a\0b", "editions"),
    ],
)
def test_yaml_makes_no_object_and_unfolds_no_bomb(tmp_path, content, told):
    path = tmp_path / "editions.yml"
    path.write_text(content, encoding="utf-8", newline="")
    with pytest.raises(UsageError, match=told):
        load_editions(path)


@pytest.mark.parametrize("notebook", ["../small", "/elsewhere/small", "a/../../small", "..", "", "small.ipynb\0", "~/small"])
def test_an_edition_names_a_notebook_of_its_folder(tmp_path, notebook):
    with pytest.raises(UsageError, match="notebook"):
        load_editions(declare(tmp_path / "editions.yml", page(notebook=notebook)))


@pytest.mark.parametrize("name", ["../one", "/one", "one/two", "one.two", "ONE", "one\n", "", "\u202eeno", "con:"])
def test_an_edition_names_a_page_of_its_folder(tmp_path, name):
    with pytest.raises(UsageError, match="name"):
        load_editions(declare(tmp_path / "editions.yml", page(name)))


def test_pages_named_after_tables_have_names_that_differ_and_stay_in_the_folder():
    labels = ["Law, 2020", "Law (2020)", "../../etc/passwd", "\ud55c\uad6d", "\u202e;", "x" * 500, "x" * 501, "a\0b\n/c"]
    variants = [Variant(label, {"campaigns": f"k{number:03}"}) for number, label in enumerate(labels)]
    assert name_variants(variants) == [
        "law-2020-k000", "law-2020-k001", "etc-passwd", "k003", "k004", "x" * 80 + "-k005", "x" * 80 + "-k006", "a-b-c",
    ]  # fmt: skip


def test_no_table_can_name_a_page_like_the_index(root, tmp_path, monkeypatch):
    monkeypatch.chdir(root)
    path = declare(tmp_path / "e.yml", page("{slug}", title="{label}", matrix={"offences": {"Index": "speech"}}))
    with pytest.raises(UsageError, match="reserved: index"):
        plan_site(path, notebooks=write_notebooks(tmp_path / "notebooks"), elsewhere={})


def test_a_title_is_a_label_in_the_links_of_a_page_whatever_it_reads_like():
    titles = ["javascript:hit()//.html x", "index.html y", "a; b.html c", "back\\slash\\;", "two\nlines", "https://x.example/a.html z"]
    links = [write_link("index.html", "All"), write_link("index.html#group-a", "A"), *(write_link("", one) for one in titles)]
    pages = list_links(";".join(links))["pages"]
    assert pages == [{"address": "", "label": one} for one in titles]
    links[2:] = [write_link("b.html", one) for one in titles]
    assert list_links(";".join(links))["pages"] == [{"address": "b.html", "label": one} for one in titles]


def test_only_a_page_is_an_address_in_the_links_of_a_page():
    for address in ("javascript:x//.html", "data:text/html,.html", "file:///a.html", "//evil.html", "a b.html", "vbscript:a.html"):
        assert list_links(f"index.html All;index.html A;{address} x")["pages"][0]["address"] == "", address
    for address in ("a.html", "../b/c.html#d", "https://x.example/a.html"):
        assert list_links(f"index.html All;index.html A;{address} x")["pages"][0]["address"] == address


def test_no_link_leads_out_of_a_folder_of_tables_boundaries_or_notebooks(root, tmp_path):
    outside = tmp_path / "outside"
    outside.write_text("secret", encoding="utf-8")
    for name, file, load in (
        ("data", "notes.csv", load_codebook),
        ("shapefiles", "counties.cpg", load_geometry),
        ("capitals", "counties.CPG", load_geometry),
        ("notebooks", "x.ipynb", lambda folder: plan_site(declare(tmp_path / "e.yml", page()), notebooks=folder, elsewhere={})),
    ):
        folder = tmp_path / name
        shutil.copytree(root / name.replace("capitals", "shapefiles"), folder)
        (folder / file).unlink(missing_ok=True)
        (folder / file).symlink_to(outside)
        with pytest.raises(UsageError, match=f"{file} is a link out of its folder"):
            load(folder)
    (tmp_path / "data/notes.csv").unlink()
    (tmp_path / "data/again.csv").symlink_to("places.csv")
    (tmp_path / "linked").symlink_to(tmp_path / "data")
    assert load_codebook(tmp_path / "linked").tables


@pytest.mark.parametrize("path", ["../outside.csv", "/etc/passwd", "sub/x.csv", ""])
def test_a_codebook_names_tables_of_its_folder(root, tmp_path, path):
    package = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))
    package["resources"][2]["path"] = path
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(DataError, match="is not a file of this folder"):
        load_codebook(tmp_path)


def test_a_page_replaces_a_link_and_does_not_write_through_it(tmp_path):
    (tmp_path / "kept").write_text("kept", encoding="utf-8")
    (tmp_path / "page.html").symlink_to(tmp_path / "kept")
    write_whole(tmp_path / "page.html", "new")
    assert (tmp_path / "kept").read_text(encoding="utf-8") == "kept"
    assert not (tmp_path / "page.html").is_symlink()
