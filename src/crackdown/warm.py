"""All that making a page needs, loaded at once, for a process from which others are forked."""

# ruff: noqa: F401
import gc
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

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

from crackdown import charts, filters, forks, front, kernel, kernelapp, listing, maps, memory
from crackdown import multiples, preload, provenance, province_tables, quality_tables, rows, sections, tables, trend_tables
from crackdown.catalogue import load_catalogue, speaking
from crackdown.digests import digest_code
from crackdown.findings import list_findings
from crackdown.fonts import load_fonts
from crackdown.hypertext import load_templates
from crackdown.report import export_html
from crackdown.selection import Selection, narrow_selection, select


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
        a small page is shown to nobody (`rehearse`).
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
        for language in languages:
            with speaking(language):
                rows.list_newest(selection)
                rows.list_rows(selection, selection.aggregates, rows.TOTALS)
        rehearse(selection)
    for notebook in notebooks:
        export_html(nbformat.read(notebook, as_version=4))
    # Whatever else pages share is to be made above this line.
    # Forks would search all this for garbage, and by that take a copy of it.
    gc.freeze()
    gc.enable()
    # Each fork copies the tables of these pages, and its end gives them back.
    memory.join_pages()


def rehearse(selection: Selection) -> None:
    """Show the newest incidents of a selection as pages do, for nobody.

    Python runs what it has run a few times a tenth faster; processes forked
    from this one go on from there, and find written how land is drawn.
    """
    days = selection.incidents["date_start"].nlargest(REHEARSED)
    if len(days):
        since = selection.parameters.model_copy(update={"start": days.min().date()})
        newest = narrow_selection(selection.archive, since)
        list_findings(newest)
        for show in SHOWN:
            show(newest)._repr_mimebundle_()


def _map(draw: Callable) -> Callable[[Selection], Any]:
    return lambda chosen: draw(chosen.place_counts, chosen.archive.places, chosen.geometry)


#: How many incidents a rehearsal takes.
REHEARSED = 100

#: What most pages show.
SHOWN = (
    front.coverage_banner,
    front.key_figures,
    front.whats_new,
    _map(maps.map_provinces),
    _map(maps.map_counties),
    charts.chart_timeline,
    charts.chart_shifts,
    charts.chart_offences,
    tables.table_provinces,
    tables.table_counties,
    tables.table_years,
    tables.table_half_years,
    tables.table_events,
    tables.table_offences_by_agency,
    tables.table_persons,
    tables.table_largest,
    trend_tables.table_shifts,
    quality_tables.table_evidence,
    quality_tables.table_articles,
    listing.gravest_acts,
    listing.incident_list,
)
