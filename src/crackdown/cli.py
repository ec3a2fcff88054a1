"""The command ``crackdown``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

import crackdown
from crackdown.errors import CrackdownError, UsageError

# Imports stand in the commands, so that each loads only what it needs: pandas
# and papermill take a second between them.


def _folder(name: str, meaning: str, default: str):
    return click.option(
        f"--{name}", default=default, show_default=True, metavar="DIR", help=f"Folder with {meaning}."
    )


_data = _folder("data", "the coded tables", "data")
_shapefiles = _folder("shapefiles", "the boundaries", "shapefiles")
_notebook = click.argument("notebook", type=click.Path(path_type=Path))


def _example(*lines: str) -> str:
    """Keep examples as they are typed; click would fill them into a paragraph."""
    return "\n".join(("\b", "Examples:", *(f"  {line}" for line in lines)))


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(crackdown.__version__)
def app() -> None:
    """Reports on state crackdowns in North Korea, from hand-coded incidents.

    Run in the repository's root; options point elsewhere.
    """


@app.command(epilog=_example("crackdown check", "crackdown check --data my/tables"))
@_data
@_shapefiles
def check(data: str, shapefiles: str) -> None:
    """Check tables and boundaries against the codebook; exit 1 with every problem."""
    from crackdown.check import check_tables
    from crackdown.codebook import load_codebook
    from crackdown.geometry import check_geometry, load_geometry
    from crackdown.incidents import name_revision, type_table

    tables, codebook = check_tables(data), load_codebook(data)
    geometry = load_geometry(Path(shapefiles))
    check_geometry(geometry, type_table(tables["places"], codebook, "places").set_index("pcode"))
    click.echo(
        f"{len(tables['incidents']):,} incidents from {len(tables['sources']):,} articles, "
        f"{len(geometry.counties)} counties in {len(geometry.provinces)} provinces: "
        f"no problems (data revision {name_revision(data, codebook)})."
    )


@app.command(
    epilog=_example(
        "crackdown report notebooks/situation.ipynb",
        "crackdown report notebooks/situation.ipynb -p start 2020-01-01 -p end 2021-12-31",
        "crackdown report notebooks/situation.ipynb -p offences 'chinese_phone;remittance' -o phones.html",
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
    help="The page to write.  [default: reports/NOTEBOOK.html]",
)
@_data
@_shapefiles
def report(
    notebook: Path,
    parameter: tuple[tuple[str, str], ...],
    output: Path | None,
    data: str,
    shapefiles: str,
) -> None:
    """Run one NOTEBOOK and write one HTML page."""
    from crackdown.files import write_whole
    from crackdown.report import make_page

    names = [name for name, _ in parameter]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UsageError(f"given more than once: {', '.join(twice)}. Give each parameter once.")
    values = {**dict(parameter), **_elsewhere(data, shapefiles)}
    target = output or Path("reports") / f"{notebook.stem}.html"
    write_whole(target, make_page(notebook, values))
    click.echo(target)


@app.command(epilog=_example("crackdown params notebooks/situation.ipynb"))
@_notebook
@_data
def params(notebook: Path, data: str) -> None:
    """List the parameters of a NOTEBOOK: type, default, meaning, allowed values."""
    from crackdown.codebook import load_codebook
    from crackdown.parameters import allowed_values, find_folder
    from crackdown.report import inspect_parameters

    codebook = load_codebook(find_folder(data))
    for item in inspect_parameters(notebook).values():
        click.echo(f"{item.name}: {item.type} = {item.default}\n    {item.help}")
        for value, label in allowed_values(item.name, codebook).items():
            click.echo(f"    - {value}: {label}")


@app.command(epilog=_example("crackdown build", "crackdown build -o /srv/site"))
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
@_folder("notebooks", "the notebooks", "notebooks")
@_data
@_shapefiles
def build(output: Path, editions: Path, notebooks: str, data: str, shapefiles: str) -> None:
    """Make every page that reports/editions.yml declares, and the index."""
    from crackdown.editions import build as build_editions

    elsewhere = _elsewhere(data, shapefiles)
    for path in build_editions(editions, output, notebooks=Path(notebooks), elsewhere=elsewhere):
        click.echo(path)


def main() -> None:
    """Run the command; an error is one readable block on stderr."""
    try:
        app()
    except CrackdownError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_status)
    except OSError as error:
        # A folder that cannot be written to, a full disk: the system's words say it best.
        click.echo(f"{error.filename or 'crackdown'}: {error.strerror or error}.", err=True)
        sys.exit(1)


def _elsewhere(data: str, shapefiles: str) -> dict[str, str]:
    """Name only folders that differ from the notebooks' own defaults.

    The page shows its parameters; what was not asked for is not shown.
    """
    given = {"data": data, "shapefiles": shapefiles}
    return {name: folder for name, folder in given.items() if folder != name}
