"""Editions: the pages of the site, each a notebook with its parameters."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import jinja2
import pydantic
import yaml

from crackdown.errors import UsageError
from crackdown.files import write_whole
from crackdown.report import check_values, export_html, run_notebook

MARKUP = Path(__file__).parent / "markup"


class Edition(pydantic.BaseModel):
    """One page: what it is called, which notebook makes it, with what.

    ``window`` stands for a start and an end: ``12 months`` are the last
    twelve months that the archive covers, to the day.
    """

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)

    name: str = pydantic.Field(pattern=r"^[a-z0-9-]+$")
    title: str
    notebook: str
    parameters: dict[str, str | int | bool] = {}
    window: str = pydantic.Field("", pattern=r"^(|\d+ (months|years))$")


class Editions(pydantic.BaseModel):
    """The contents of ``reports/editions.yml``."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)

    title: str
    pages: list[Edition]

    @pydantic.model_validator(mode="after")
    def _names_differ(self) -> Editions:
        names = [page.name for page in self.pages]
        twice = sorted({name for name in names if names.count(name) > 1} | ({"index"} & {*names}))
        if twice:
            raise ValueError(f"name used twice or reserved: {', '.join(twice)}")
        return self


def load_editions(path: Path) -> Editions:
    """Read and check the declaration of the pages.

    Raises
    ------
    UsageError
        If the file is missing, or has unknown keys or duplicate names.
    """
    if not path.is_file():
        raise UsageError(f'There is no "{path}". Run in the repository\'s root.')
    try:
        return Editions.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise UsageError(f"{path}: {error}") from None
    except pydantic.ValidationError as error:
        raise UsageError("\n".join(_sentence(path, item) for item in error.errors())) from None


def edition_values(edition: Edition, elsewhere: dict[str, str]) -> dict[str, Any]:
    """Work out the parameters of an edition, rolling windows included."""
    values = {**edition.parameters, **elsewhere}
    if edition.window:
        last = _last_covered(Path(values.get("data", "data")))
        count, unit = edition.window.split()
        months = int(count) * (12 if unit == "years" else 1)
        values["start"] = str(_months_before(last + datetime.timedelta(days=1), months))
        values["end"] = str(last)
    return values


def build(
    editions_file: Path, output: Path, *, notebooks: Path, elsewhere: dict[str, str]
) -> list[Path]:
    """Make every page and the index.

    Every edition is checked before the first one runs, and nothing is
    written until all have run.

    Parameters
    ----------
    editions_file
    output
        Folder, made if it is missing.
    notebooks
        Folder with the notebooks.
    elsewhere
        Parameters of every edition that name other folders of tables and
        boundaries than the notebooks do.

    Returns
    -------
    list of Path
        The files written, the index last.
    """
    editions = load_editions(editions_file)
    jobs = []
    for edition in editions.pages:
        notebook = notebooks / f"{edition.notebook}.ipynb"
        values = edition_values(edition, elsewhere)
        check_values(notebook, values)
        jobs.append((edition, notebook, values))
    pages = []
    for edition, notebook, values in jobs:
        executed = run_notebook(notebook, values)
        pages.append((edition, export_html(executed), _summary(executed)))
    written = []
    for edition, page, _ in pages:
        written.append(output / f"{edition.name}.html")
        write_whole(written[-1], page)
    written.append(output / "index.html")
    entries = [{"edition": edition, **summary} for edition, _, summary in pages]
    write_whole(written[-1], _index(editions.title, entries))
    return written


def _index(title: str, entries: list[dict[str, Any]]) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([MARKUP, MARKUP.parent / "template"]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("index.html.j2").render(title=title, pages=entries)


def _summary(executed) -> dict[str, Any]:
    """Take what the header of a page says of itself, for the index."""
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            summary = output.get("metadata", {}).get("crackdown")
            if summary:
                return dict(summary)
    raise UsageError("The notebook shows no header: begin with the selection's header.")


def _last_covered(data: Path) -> datetime.date:
    # Here and not in the archive: the check of all tables comes with the
    # first page, and a window needs one column.
    import pandas as pd

    published = pd.read_csv(data / "sources.csv", dtype=str)["published"].dropna()
    return datetime.date.fromisoformat(published[published.str.len() == 10].max())


def _months_before(day: datetime.date, months: int) -> datetime.date:
    import pandas as pd

    return (pd.Timestamp(day) - pd.DateOffset(months=months)).date()


def _sentence(path: Path, item: dict[str, Any]) -> str:
    place = ".".join(re.sub(r"^\d+$", lambda m: f"page {int(m[0]) + 1}", str(p)) for p in item["loc"])
    return f"{path}{', ' + place if place else ''}: {item['msg'].removeprefix('Value error, ')}."
