"""All that making a page needs, loaded at once, for a process from which others are forked."""

# ruff: noqa: F401
import gc

import bs4
import nbclient
import nbformat.v4
import pandas.io.formats.csvs
import pandas.io.formats.string
import papermill
import scipy.sparse.csgraph
import scipy.special
from jupyter_client.provisioning import KernelProvisionerFactory

from crackdown import filters, kernel, kernelapp, listing, preload, provenance, province_tables
from crackdown import sections, tables
from crackdown.geometry import load_geometry
from crackdown.files import find_folder
from crackdown.digests import digest_code
from crackdown.report import export_html


def prepare(shapefiles: str | None = None) -> None:
    """Do what is the same for all pages, so that none does it again.

    Parameters
    ----------
    shapefiles
        The folder of boundaries that the pages take, to be read now.
    """
    KernelProvisionerFactory.instance()
    digest_code()
    if shapefiles is not None:
        load_geometry(find_folder(shapefiles))
    cells = [nbformat.v4.new_markdown_cell("# Title"), nbformat.v4.new_code_cell("1")]
    export_html(nbformat.v4.new_notebook(cells=cells))
    # Whatever else pages share is to be made above this line.
    # Forks would search all this for garbage, and by that take a copy of it.
    gc.freeze()
    gc.enable()
