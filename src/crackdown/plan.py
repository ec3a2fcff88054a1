"""The plan of the site: every page with its notebook and parameters, before any runs."""

from __future__ import annotations

import ast
import dataclasses
import datetime
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from crackdown.catalogue import DEFAULT, list_languages, present, speaking
from crackdown.declaration import Edition, load_editions
from crackdown.errors import UsageError
from crackdown.files import check_links, find_folder
from crackdown.incidents import Archive, known_as_of, load_archive
from crackdown.matrix import Variant, list_variants, name_slug, name_variants, place_window
from crackdown.navigation import write_link, write_twin
from crackdown.parameters import check_parameters
from crackdown.places import place_name
from crackdown.report import inspect_parameters
from crackdown.sections import LEAST_FOR_PAGE
from crackdown.selection import Selection, last_covered, narrow_selection
from crackdown.wording import translate


@dataclasses.dataclass(frozen=True)
class Page:
    """One page to make: its name without suffix, what it is called, its notebook and values.

    Of a page of a matrix ``pattern`` is the title as declared, for its ``label``;
    ``section`` is the id of its group in the index.
    """

    name: str
    title: str
    group: str
    notebook: Path
    values: dict[str, Any]
    selection: Selection
    pattern: str
    label: str
    section: str

    @property
    def path(self) -> str:
        """Where it stands in the site, without suffix."""
        return place_page(self.name, self.selection.parameters.lang)


@dataclasses.dataclass(frozen=True)
class Plan:
    """All pages of a site in one language, as declared, and what is too small for one."""

    title: str
    pages: list[Page]
    small: list[Page]
    language: str = DEFAULT
    twins: tuple[str, ...] = ()
    #: Whether each page lies beside as a PDF file, too.
    pdf: bool = False


def place_page(name: str, language: str) -> str:
    """Say where a page stands in the site, without suffix: other languages have folders of their own."""
    return name if language == DEFAULT else f"{language}/{name}"


def find_twin(name: str, language: str, other: str) -> str:
    """Give the address of a page in another language, as it leads there from the page."""
    out = "" if language == DEFAULT else "../"
    return f"{out}{place_page(name, other)}.html"


def plan_languages(plan: Plan) -> list[Plan]:
    """Plan the same pages in every language, as far as their notebooks take one.

    Each page is told its twins in the other languages.
    """
    able = [page for page in plan.pages if "twins" in page.values]
    languages = list_languages() if able else (DEFAULT,)
    return [_translate(plan, able, one, languages) for one in languages]


def plan_site(
    editions_file: Path, *, notebooks: Path, elsewhere: dict[str, str], pdf: bool = False
) -> Plan:
    """Work out all pages with their parameters, and check them before anything runs.

    Parameters
    ----------
    editions_file
    notebooks
        Folder with the notebooks.
    elsewhere
        Parameters of every page that name other folders of tables and
        boundaries than the notebooks do.
    pdf
        Whether each page links to itself as a PDF file.

    Raises
    ------
    UsageError
        With file and page, for a declaration that cannot be built.
    DataError
        If the tables break the codebook.
    """
    editions = load_editions(editions_file)
    check_links(notebooks, (".ipynb",))
    archive = load_archive(find_folder(elsewhere.get("data", "data")))
    pages = [
        (page, bool(edition.matrix))
        for edition in editions.pages
        for page in _expand(edition, archive, editions_file, (notebooks, elsewhere))
    ]
    names = [page.name for page, _ in pages]
    twice = sorted({name for name in names if names.count(name) > 1} | ({"index"} & {*names}))
    if twice:
        raise UsageError(f"{editions_file}: name used twice or reserved: {', '.join(twice)}.")
    carried = [
        page
        for page, matrix in pages
        if not matrix or len(page.selection.incidents) >= LEAST_FOR_PAGE
    ]
    small = [page for page, _ in pages if page not in carried and len(page.selection.incidents)]
    linked = [_linked(page, editions.title, carried, pdf=pdf) for page in carried]
    return Plan(editions.title, linked, small, pdf=pdf)


def _expand(
    edition: Edition, archive: Archive, file: Path, where: tuple[Path, dict[str, str]]
) -> list[Page]:
    """Make the pages of one declared edition; every error names the file and the page."""
    folder, elsewhere = where
    notebook = folder / f"{edition.notebook}.ipynb"
    given = {name: _plain(value) for name, value in edition.parameters.items()} | elsewhere
    try:
        declared = inspect_parameters(notebook)
        defaults = {name: ast.literal_eval(item.default) for name, item in declared.items()}
        known = tuple(declared)
        as_of = check_parameters({**defaults, **given}, declared=known).as_of
        day = None if as_of is None else pd.Timestamp(as_of)
        held = archive if day is None else known_as_of(archive, day)
        last = last_covered(held, day).date()
        pages = []
        variants = _variants(edition, held, last)
        for (label, more), slug in zip(variants, _slugs(edition, variants), strict=True):
            values = {**given, **more}
            parameters = check_parameters({**defaults, **values}, declared=known)
            selection = narrow_selection(held, parameters, as_of=None if held is archive else day)
            name = edition.name.replace("{slug}", slug)
            title = edition.title.replace("{label}", label)
            if "links" in declared:
                values["links"] = ""
            if {"lang", "twins"} <= {*declared}:
                values["twins"] = ""
            words = (edition.title, label, f"group-{name_slug(edition.group)}")
            pages.append(Page(name, title, edition.group, notebook, values, selection, *words))
    except UsageError as error:
        page = f"{file}, page {edition.name}: "
        raise UsageError("\n".join(page + line for line in str(error).splitlines())) from None
    return pages


def _variants(edition: Edition, archive: Archive, last: datetime.date) -> list[Variant]:
    for axis, wanted in edition.matrix.items():
        return list_variants(axis, wanted, archive, last)
    return [Variant("", place_window(edition.window, last) if edition.window else {})]


def _slugs(edition: Edition, variants: list[Variant]) -> list[str]:
    """Name variants for their files; labels that are declared must give names that differ."""
    if "all" in edition.matrix.values():
        return name_variants(variants)
    return [name_slug(variant.label) for variant in variants]


def _linked(page: Page, site: str, pages: list[Page], *, pdf: bool) -> Page:
    """Add the links to the index and to the pages of the group, if the notebook takes them."""
    if "links" not in page.values:
        return page
    links = [write_link("index.html", site), write_link(f"index.html#{page.section}", page.group)]
    for other in pages:
        if other.group == page.group:
            address = "" if other.name == page.name else f"{other.name}.html"
            links.append(write_link(address, other.title))
    if pdf:
        links.append(write_link(f"{page.name}.pdf", "PDF"))
    return dataclasses.replace(page, values={**page.values, "links": ";".join(links)})


def _translate(plan: Plan, able: list[Page], language: str, languages: Sequence[str]) -> Plan:
    """Give a plan in a language; only pages that take one are left of it, if it is not their own."""
    others = tuple(one for one in languages if one != language)

    def translate_page(page: Page) -> Page:
        if "twins" not in page.values:
            return page
        # Corrections name a page by its title in the tables' language.
        titles = {DEFAULT: page.title}
        twins = [write_twin(one, find_twin(page.name, language, one), titles.get(one, "")) for one in others]
        values = {**page.values, "twins": ";".join(twins)}
        if language == DEFAULT:
            return dataclasses.replace(page, values=values)
        label = _translate_label(page)
        parameters = page.selection.parameters.model_copy(update={"lang": language})
        return dataclasses.replace(
            page,
            title=translate(page.pattern).replace("{label}", label),
            group=translate(page.group),
            values={**values, "lang": language},
            selection=dataclasses.replace(page.selection, parameters=parameters),
        )

    with speaking(language):
        pages = [translate_page(page) for page in (plan.pages if language == DEFAULT else able)]
        title = translate(plan.title)
        if language != DEFAULT:
            pages = [_linked(page, title, pages, pdf=plan.pdf) for page in pages]
        small = [translate_page(page) for page in plan.small]
    return Plan(title, pages, small, language, others, plan.pdf)


def _translate_label(page: Page) -> str:
    """Word the label of a page of a matrix: a province, a year, a campaign or what is declared."""
    places = page.selection.archive.places
    province = str(page.values.get("provinces", ""))
    if province in places.index and places.at[province, "name_en"] == page.label:
        return place_name(places, province)
    if re.fullmatch(r"\d{4}", page.label):
        return present().form("date-year").format(year=page.label)
    return translate(page.label)


def _plain(value: Any) -> Any:
    """Write a date as a notebook's parameter takes it; YAML reads 2020-01-01 as one."""
    return str(value) if isinstance(value, datetime.date) else value
