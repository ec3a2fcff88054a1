"""The command ``crackdown``."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import crackdown
from crackdown.errors import CrackdownError, DataError, UsageError, printable

if TYPE_CHECKING:
    from crackdown.editions import Site

# Imports stand in the commands, so that each loads only what it needs: pandas
# and papermill take a second between them.


def _folder(name: str, meaning: str, default: str):
    return click.option(
        f"--{name}", default=default, show_default=True, metavar="DIR", help=f"Folder with {meaning}."
    )


_data = _folder("data", "the coded tables", "data")
_shapefiles = _folder("shapefiles", "the boundaries", "shapefiles")
_notebook = click.argument("notebook", type=click.Path(path_type=Path))


@contextlib.contextmanager
def _keep_garbage():
    """Do not search what is being loaded for garbage: nearly all of it stays until the end."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _example(*lines: str) -> str:
    """Keep examples as they are typed; click would fill them into a paragraph."""
    return "\n".join(("\b", "Examples:", *(f"  {line}" for line in lines)))


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(crackdown.__version__)
def app() -> None:
    """Reports on state crackdowns in North Korea, from hand-coded incidents.

    Run in the repository's root; options point elsewhere.
    """
    # Before numpy is loaded: pages are forked from a process that is to have one thread, and
    # threads that multiply short vectors mostly wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@app.command(epilog=_example("crackdown check", "crackdown check --data my/tables --strict"))
@click.option("--strict", is_flag=True, help="Refuse what is a warning otherwise.")
@_data
@_shapefiles
def check(data: str, shapefiles: str, strict: bool) -> None:
    """Check tables and boundaries against the codebook; exit 1 with every problem.

    Texts that could identify a person, or hold characters that cannot be seen
    or pass for others, are told as warnings.
    """
    from crackdown.check import check_tables
    from crackdown.codebook import load_codebook
    from crackdown.geometry import check_geometry, load_geometry
    from crackdown.incidents import name_revision, type_table
    from crackdown.letters import list_odd_letters
    from crackdown.privacy import list_identifying

    tables, codebook = check_tables(data), load_codebook(data)
    warnings = DataError(
        [*list_identifying(tables, codebook, data), *list_odd_letters(tables, codebook)]
    )
    if warnings.problems and strict:
        raise warnings
    for problem in warnings.problems:
        click.echo(f"Warning: {problem}", err=True)
    geometry = load_geometry(Path(shapefiles))
    places = type_table(tables.files["places"], codebook, "places").set_index("pcode")
    check_geometry(geometry, places)
    found = "no problems" if not warnings.count else f"warnings: {warnings.count:,}"
    click.echo(
        f"{len(tables.files['incidents']):,} incidents from {len(tables.files['sources']):,} articles, "
        f"{len(geometry.counties)} counties in {len(geometry.provinces)} provinces: "
        f"{found} (data revision {name_revision(data, codebook)})."
    )


@app.command(epilog=_example(
        "crackdown boundaries survey/counties.shp -o my/shapefiles",
        "crackdown boundaries survey/counties.shp -o my/shapefiles --source 'OCHA (2024), CC BY-IGO'",
    ))
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="A folder for the layers, to be given to --shapefiles.",
)
@click.option(
    "--source",
    default="",
    metavar="TEXT",
    help="Who published them and under which licence: printed under every map.",
)
@_data
@_shapefiles
def boundaries(file: Path, output: Path, source: str, data: str, shapefiles: str) -> None:
    """Put the counties of another shapefile into the layout that reports read.

    Layouts of OCHA, GADM and geoBoundaries are known. Every match with a county
    and every repair is printed; what is not certain is refused.
    """
    from crackdown.boundaries import convert_boundaries, write_boundaries
    from crackdown.geometry import load_geometry
    from crackdown.incidents import load_archive

    places = load_archive(data).places
    converted = convert_boundaries(file, places, load_geometry(Path(shapefiles)).counties)
    written = write_boundaries(converted, output, places, source=source)
    click.echo("\n".join([*converted.lines, *(f"Written: {path}" for path in written)]))


@app.command(
    epilog=_example(
        "crackdown report notebooks/situation.ipynb",
        "crackdown report notebooks/situation.ipynb -p start 2020-01-01 -p end 2021-12-31",
        "crackdown report notebooks/situation.ipynb -p offences 'chinese_phone;remittance' -o phones.pdf",
    )
)
@_notebook
@click.option(
    "-p", "--parameter", nargs=2, multiple=True, metavar="NAME VALUE", help="A parameter's value."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The page to write, or with the ending .pdf the PDF file.  [default: reports/NOTEBOOK.html]",
)
@_data
@_shapefiles
@_keep_garbage()
def report(
    notebook: Path,
    parameter: tuple[tuple[str, str], ...],
    output: Path | None,
    data: str,
    shapefiles: str,
) -> None:
    """Run one NOTEBOOK and write one HTML page, or one PDF file.

    A PDF file is printed by Chromium or Chrome; the variable CRACKDOWN_BROWSER
    names another place for it than PATH.
    """
    from crackdown.files import write_whole
    from crackdown.report import make_page

    names = [name for name, _ in parameter]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UsageError(f"given more than once: {', '.join(twice)}. Give each parameter once.")
    values = {**dict(parameter), **_elsewhere(data, shapefiles)}
    target = output or Path("reports") / f"{notebook.stem}.html"
    if target.suffix.lower() == ".pdf":
        from crackdown.browser import find_browser

        # Told at once, not after the notebook has run.
        find_browser()
        page = make_page(notebook, values)
        from crackdown.pdf import make_pdf

        write_whole(target, make_pdf(page))
    else:
        write_whole(target, make_page(notebook, values))
    click.echo(target)


@app.command(epilog=_example("crackdown params notebooks/situation.ipynb"))
@_notebook
@_data
def params(notebook: Path, data: str) -> None:
    """List the parameters of a NOTEBOOK: type, default, meaning, allowed values."""
    from crackdown.codebook import load_codebook
    from crackdown.files import find_folder
    from crackdown.parameters import allowed_values
    from crackdown.report import inspect_parameters

    codebook = load_codebook(find_folder(data))
    for item in inspect_parameters(notebook).values():
        click.echo(f"{item.name}: {item.type} = {item.default}\n    {item.help}")
        for value, label in allowed_values(item.name, codebook).items():
            click.echo(f"    - {value}: {label}")


@app.command(
    epilog=_example("crackdown build", "crackdown build -o /srv/site --jobs 4 --pdf --prune")
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("reports"),
    show_default=True,
    metavar="DIR",
    help="Where to write.",
)
@click.option(
    "--editions",
    type=click.Path(path_type=Path),
    default=Path("reports/editions.yml"),
    show_default=True,
    metavar="FILE",
    help="The declaration of the pages.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many pages are made at a time.  [default: the number of cores]",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Have the pages made by the Dask cluster with this scheduler, such as tcp://host:8786.",
)
@click.option("--pdf", is_flag=True, help="Write each page as a PDF file too, beside it.")
@click.option("--force", is_flag=True, help="Make every page anew, changed or not.")
@click.option("--prune", is_flag=True, help="Remove pages that are no longer declared.")
@_folder("notebooks", "the notebooks", "notebooks")
@_data
@_shapefiles
@_keep_garbage()
def build(
    output: Path, editions: Path, notebooks: str, data: str, shapefiles: str, pdf: bool, **how: Any
) -> None:
    """Make the pages that reports/editions.yml declares, and the index.

    A page is made anew where anything that it is made from has changed. Exit
    1 if a page failed; the others are made all the same.
    """
    from crackdown.editions import Site, build as build_editions
    from crackdown.progress import Progress, report_built

    site = Site(editions, Path(notebooks), output, _elsewhere(data, shapefiles), pdf)
    make = _maker(site, how.pop("jobs"), how.pop("scheduler"))
    with Progress() as progress:
        built = build_editions(site, make, watcher=progress, **how)
    report_built(built, output)
    sys.exit(1 if built.failed else 0)


@app.command(
    epilog=_example(
        "crackdown cite crackdown-0a1b2c3d4e --form bibtex", "crackdown cite downloads/situation.pdf"
    )
)
@click.argument("report", metavar="REPORT")
@click.option(
    "--form",
    type=click.Choice(["text", "bibtex", "csl-json"]),
    default="text",
    show_default=True,
    help="The form of the citation.",
)
@_folder("reports", "the built pages", "reports")
def cite(report: str, form: str, reports: str) -> None:
    """Find the page of a REPORT and cite it: by its id, which stands at its foot, or by its PDF file."""
    from crackdown.citation import find_report

    if report.lower().endswith(".pdf"):
        from crackdown.pdf import read_report_id

        report = read_report_id(Path(report))
    page, citation = find_report(report, Path(reports))
    write = {
        "text": lambda: f"{citation.write()}\n{page}\n",
        "bibtex": citation.write_bibtex,
        "csl-json": citation.write_csl,
    }
    click.echo(write[form](), nl=False)


def _maker(site: Site, jobs: int | None, scheduler: str | None):
    """Choose who makes the pages; nothing is loaded until there are some to make."""
    if site.pdf and scheduler is None:
        from crackdown.browser import find_browser

        find_browser()
    if jobs and scheduler:
        raise UsageError("--jobs is for this machine and --scheduler for a cluster. Give one of them.")

    def make(tasks):
        if scheduler is None:
            from crackdown.workers import make_pages

            return make_pages(tasks, jobs or os.cpu_count() or 1)
        try:
            from crackdown import cluster
        except ModuleNotFoundError as error:
            raise UsageError(
                f"A cluster needs {error.name}. Install it: pip install 'crackdown[cluster]'"
            ) from None
        return cluster.make_pages(tasks, site, scheduler)

    return make


def main() -> None:
    """Run the command; an error is one readable block on stderr."""
    try:
        app()
    except CrackdownError as error:
        # Names of files, cells and values are anybody's.
        click.echo(printable(str(error), keep="\n\t"), err=True)
        sys.exit(error.exit_status)
    except OSError as error:
        # A folder that cannot be written to, a full disk: the system's words say it best.
        text = f"{error.filename or 'crackdown'}: {error.strerror or error}."
        click.echo(printable(text), err=True)
        sys.exit(1)


def _elsewhere(data: str, shapefiles: str) -> dict[str, str]:
    """Name only folders that differ from the notebooks' own defaults.

    The page shows its parameters; what was not asked for is not shown.
    """
    given = {"data": data, "shapefiles": shapefiles}
    return {name: folder for name, folder in given.items() if folder != name}
