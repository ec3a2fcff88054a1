"""A small site of pages that take a second each: their notebooks count nothing."""

import json

import nbformat

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
SMALL = {"start": "", "end": "", "offences": "", "provinces": "", "campaigns": "", "as_of": "",
         "links": "", "data": "data", "shapefiles": "shapefiles"}
HEADER = """\
from IPython.display import HTML, display
finding = '<li data-finding="finding-offences">One &amp; all, <a href="#i0001">1</a>.</li>'
about = {"subtitle": f"since {start}"}
display(HTML(f"<ol>{finding}</ol><p>{links}</p>"), metadata={"crackdown": about})
"""
FAILING = "1 / 0"
SLOW = HEADER + "import time; time.sleep(600)\n"


def declare(path, *pages, **more):
    """Write a declaration of pages."""
    path.write_text(json.dumps({"title": "Site", "pages": list(pages), **more}), encoding="utf-8")
    return path


def page(name="one", **more):
    """Return the declaration of one page."""
    return {"name": name, "title": name.title(), "notebook": "small", **more}


def write_notebooks(folder):
    """Write the notebooks small, failing and slow into a new folder."""
    folder.mkdir()
    parameters = nbformat.v4.new_code_cell(
        "\n".join(f'{name}: str = "{value}"' for name, value in SMALL.items()),
        id="p",
        metadata={"tags": ["parameters"]},
    )
    for name, source in (("small", HEADER), ("failing", FAILING), ("slow", SLOW)):
        cells = [nbformat.v4.new_markdown_cell("# Small", id="t"), parameters]
        cells.append(nbformat.v4.new_code_cell(source, id="h"))
        book = nbformat.v4.new_notebook(cells=cells)
        book.metadata["kernelspec"] = KERNEL
        nbformat.write(book, folder / f"{name}.ipynb")
    return folder
