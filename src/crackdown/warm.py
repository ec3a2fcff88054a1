"""All that making a page needs, loaded at once, for a process from which others are forked."""

# ruff: noqa: F401
import bs4
import ipykernel.ipkernel
import ipykernel.kernelapp
import ipykernel.zmqshell
import nbclient
import nbformat.v4
import papermill
import scipy.sparse.csgraph
import scipy.special
from jupyter_client.provisioning import KernelProvisionerFactory

from crackdown import preload, provenance, province_tables
from crackdown.digests import digest_code
from crackdown.report import export_html


def prepare() -> None:
    """Do what depends on nothing but the installation, so that no page does it again."""
    KernelProvisionerFactory.instance()
    digest_code()
    cells = [nbformat.v4.new_markdown_cell("# Title"), nbformat.v4.new_code_cell("1")]
    export_html(nbformat.v4.new_notebook(cells=cells))
