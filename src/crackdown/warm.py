"""All that making a page needs, loaded at once, for a process from which others are forked."""

# ruff: noqa: F401
import gc
from collections.abc import Iterable
from pathlib import Path

import bs4
import krippendorff
import nbclient
import nbformat
import pandas.io.formats.csvs
import pandas.io.formats.string
import papermill
import scipy.sparse.csgraph
import scipy.special
from jupyter_client.provisioning import KernelProvisionerFactory
from matplotlib.backends import backend_registry

from crackdown import filters, forks, front, kernel, kernelapp, listing, maps, multiples, preload, provenance
from crackdown import province_tables, rows, sections, tables
from crackdown.catalogue import load_catalogue, speaking
from crackdown.digests import digest_code
from crackdown.fonts import load_fonts
from crackdown.hypertext import load_templates
from crackdown.report import export_html
from crackdown.selection import select


def prepare(
    data: str | None = None,
    shapefiles: str | None = None,
    *,
    notebooks: Iterable[Path] = (),
    languages: Iterable[str] = (),
) -> None:
    """Do what is the same for all pages, so that none does it again.

    Parameters
    ----------
    data, shapefiles
        The folders that the pages take: tables and boundaries are read now, and
        the maps drawn once, which keeps how their land is written.
    notebooks, languages
        What the pages are made of: cells are turned into HTML, messages parsed,
        and the newest incidents worded.
    """
    KernelProvisionerFactory.instance()
    kernelapp.prepare_kernel(forks.ARGUMENTS)
    # Looks through all that is installed for more of them.
    backend_registry.list_all()
    digest_code()
    load_templates()
    load_fonts()
    for language in languages:
        load_catalogue(language).parse()
    if data is not None and shapefiles is not None:
        selection = select(data=data, shapefiles=shapefiles)
        if len(selection.incidents):
            for draw in (maps.map_provinces, maps.map_counties):
                draw(selection.place_counts, selection.archive.places, selection.geometry)._repr_mimebundle_()
        for language in languages:
            with speaking(language):
                rows.list_newest(selection)
                rows.list_rows(selection, selection.aggregates, rows.TOTALS)
    for notebook in notebooks:
        export_html(nbformat.read(notebook, as_version=4))
    # Whatever else pages share is to be made above this line.
    # Forks would search all this for garbage, and by that take a copy of it.
    gc.freeze()
    gc.enable()
