"""The archive: the coded tables, checked and typed."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd

from crackdown.cells import Cells, hold_texts, number_texts
from crackdown.check import check_tables
from crackdown.codebook import PACKAGE, Codebook, Field, load_codebook
from crackdown.csvfile import CsvFile, load_csv
from crackdown.errors import DataError
from crackdown.files import keep
from crackdown.memory import give_back
from crackdown.texts import FileColumn, Texts

INDEX = {
    "incidents": "incident_id",
    "sources": "source_id",
    "campaigns": "campaign_id",
    "timeline": "event_id",
    "corrections": "correction_id",
    "places": "pcode",
}

#: Long texts of the largest tables: those of which a page shows some, and those that none shows.
HELD = {"incidents": ("summary",), "sources": ("url",)}
LEFT = {"incidents": ("note",), "sources": ("title", "note")}

#: Texts of more bytes than this hardly ever stand in a column twice.
LONG = 32


@dataclasses.dataclass(frozen=True, eq=False)
class Archive:
    """All tables of the archive, typed and keyed.

    Lists hold tuples of str, and an empty tuple means "not reported". Dates
    are datetime64, integers are nullable ``Int64`` and numbers ``Float64``;
    ``<NA>`` means "not reported", never zero. Text and enum columns keep ""
    for "not reported"; long texts are `Texts`, read where they are shown.

    Attributes
    ----------
    incidents
        One row per incident, index ``incident_id``, in file order.
    sources
        One row per article, index ``source_id``, with ``published_start``
        and ``published_end``, the first and last day that the (possibly
        partial) publication date allows; NaT where it is unknown.
    incident_sources
        Which article supports which incident; one row per pair.
    campaigns, timeline, amounts, double_coded, raw_codings, corrections, places
        As the codebook describes them; indexed by their key where it is one column.
    codebook
        Names, labels and meanings of columns and values.
    revision
        Twelve hexadecimal digits over the bytes of all tables and of the
        codebook: the same digits mean the same data.
    key
        Stands for the tables as they were loaded, so that what is made of each
        row alone can be kept for the next report; "" for any other archive.
    """

    incidents: pd.DataFrame
    sources: pd.DataFrame
    incident_sources: pd.DataFrame
    campaigns: pd.DataFrame
    timeline: pd.DataFrame
    amounts: pd.DataFrame
    double_coded: pd.DataFrame
    raw_codings: pd.DataFrame
    corrections: pd.DataFrame
    places: pd.DataFrame
    codebook: Codebook
    revision: str
    # Not copied by `dataclasses.replace`: a changed archive is another one.
    key: str = dataclasses.field(init=False, default="")


def load_archive(data_dir: str | Path) -> Archive:
    """Read, check and type the coded tables of a folder.

    That the very same bytes have passed the check is kept between runs (see
    `keep`): a million rows take longer to check than to read. The tables last
    read stay in memory, for the next report of the process and its forks.

    Parameters
    ----------
    data_dir
        Folder with ``datapackage.json`` and the tables that it names.

    Returns
    -------
    Archive

    Raises
    ------
    DataError
        With every problem of every table, if the tables break the codebook.
    """
    codebook = load_codebook(data_dir)
    digest = _check_once(Path(data_dir), codebook)
    archive = _load_tables(Path(data_dir), digest)
    # Copies that share their columns until one of them is changed.
    tables = {name: getattr(archive, name).copy(deep=False) for name in codebook.tables}
    own = dataclasses.replace(archive, **tables)
    object.__setattr__(own, "key", digest)
    return own


@functools.lru_cache(maxsize=1)
def _load_tables(data_dir: Path, digest: str) -> Archive:
    """Read and type tables that are known to be good; `digest` stands for their bytes."""
    codebook = load_codebook(data_dir)
    tables: dict[str, pd.DataFrame] = {}
    # One file at a time, since together they take the memory twice; the pairs
    # last, which share the texts of the tables that they join.
    for name in sorted(codebook.tables, key="incident_sources".__eq__):
        table = codebook.tables[name]
        file, problems = load_csv(data_dir / table.path, list(table.fields))
        if problems:
            raise DataError(problems)
        known = {} if name != "incident_sources" else {
            key: _share(tables[one].index, file, key)
            for one, key in INDEX.items() if key in table.fields
        }
        tables[name] = type_table(file, codebook, name, known=known)
        if name in INDEX:
            tables[name] = tables[name].set_index(INDEX[name])
        del file
    published = _partial_dates(tables["sources"]["published"])
    tables["sources"] = tables["sources"].assign(
        published_start=published["start"], published_end=published["end"]
    )
    give_back()
    return Archive(**tables, codebook=codebook, revision=digest[:12])


def name_revision(data_dir: str | Path, codebook: Codebook) -> str:
    """Name the state of a data folder; see `Archive.revision`."""
    return _digest(Path(data_dir), codebook)[:12]


def closing_day(archive: Archive) -> pd.Timestamp:
    """Find the day on which the archive was closed: its newest publication date."""
    return archive.sources["published_start"].max()


def surely_public(archive: Archive) -> pd.Series:
    """Find the day by which each article surely was public.

    Returns
    -------
    Series
        Index ``source_id``: the last day that the publication date allows,
        never later than the archive's closing day, on which every article
        in it was public, the undated ones too.
    """
    closed = closing_day(archive)
    return archive.sources["published_end"].clip(upper=closed).fillna(closed)


def first_known(archive: Archive) -> pd.Series:
    """Find the day by which each incident surely was public, NaT for one without article."""
    links = archive.incident_sources
    days = surely_public(archive)
    articles = days.index.get_indexer(links["source_id"])
    # By number, since a text is dear to group by.
    ids = archive.incidents.index
    first = pd.Series(days.array.take(articles)).groupby(ids.get_indexer(links["incident_id"])).min()
    return first.reindex(np.arange(len(ids))).set_axis(ids)


def known_as_of(archive: Archive, day: pd.Timestamp) -> Archive:
    """Keep what surely was public by the end of a day.

    Campaigns without a known incident, and events that begin later or rest on
    a later article, are left out. Of campaigns and events that last beyond the day, the end is taken
    away, and of campaigns also the name, the description and the note, which
    were written in hindsight; their opening incident only stays if it is
    known. An incident's own row is as coded today: what a later article
    added to it cannot be taken out again.

    Parameters
    ----------
    archive
    day
        The last day of knowledge.

    Returns
    -------
    Archive
        The same tables, with fewer rows; the archive itself from its
        closing day on.
    """
    if day >= closing_day(archive):
        return archive
    known = narrow(archive, sources=surely_public(archive) <= day)
    later = set(archive.sources["url"]) - set(known.sources["url"])
    corrections = known.corrections[known.corrections["date"] <= day]
    events = known.timeline
    timeline = events[(events["date_start"] <= day) & ~events["source_url"].isin(later)]
    campaigns = known.campaigns.copy()
    lasting = ~(campaigns["date_end"] <= day)
    campaigns.loc[lasting, ["name", "description", "note"]] = ""
    campaigns.loc[lasting, "date_end"] = pd.NaT
    opening = campaigns["opening_incident"]
    campaigns["opening_incident"] = opening.where(opening.isin(known.incidents.index), "")
    timeline = timeline.assign(date_end=timeline["date_end"].clip(upper=day))
    return dataclasses.replace(
        known, campaigns=campaigns, timeline=timeline, corrections=corrections
    )


def possibly_known(archive: Archive, day: pd.Timestamp) -> pd.Index:
    """List incidents that may have been public on a day but need not have been.

    Returns
    -------
    Index of incident ids
        Incidents that `known_as_of` leaves out although the publication
        date of an article of theirs, or its absence, allows that day, and
        whose date interval has begun by then.
    """
    earliest = archive.sources["published_start"]
    links = archive.incident_sources
    possible = links["source_id"].map(earliest.isna() | (earliest <= day))
    surely = first_known(archive)
    begun = archive.incidents.index[archive.incidents["date_start"] <= day]
    return begun[begun.isin(links.loc[possible, "incident_id"])].difference(
        surely.index[surely <= day]
    )


def narrow(archive: Archive, *, sources: pd.Series) -> Archive:
    """Keep the rows that rest on some of the articles.

    Parameters
    ----------
    archive
    sources
        Boolean per article, index ``source_id``.
    """
    ids, kept = archive.sources.index, np.append(sources.to_numpy(bool), False)

    def hold(named: pd.Series | pd.Index) -> np.ndarray:
        # What is not found has the place -1, which is that of the last value.
        return kept[ids.get_indexer(named)]

    links = archive.incident_sources[hold(archive.incident_sources["source_id"])]
    supported = np.zeros(len(archive.incidents) + 1, bool)
    supported[archive.incidents.index.get_indexer(links["incident_id"])] = True
    incidents = archive.incidents[supported[:-1]]
    coded = pd.Index(list(set().union(*archive.raw_codings["source_ids"])), dtype="str")
    known = set(coded[hold(coded)])
    campaigns = archive.campaigns[archive.campaigns.index.isin(incidents["campaign_id"])]
    raw, corrections = archive.raw_codings, archive.corrections
    corrected = corrections["incident_id"]
    return dataclasses.replace(
        archive,
        incidents=incidents,
        sources=archive.sources[kept[:-1]],
        incident_sources=links,
        campaigns=campaigns,
        amounts=archive.amounts[archive.amounts["incident_id"].isin(incidents.index)],
        double_coded=archive.double_coded[hold(archive.double_coded["source_id"])],
        raw_codings=raw[raw["source_ids"].map(known.issuperset)],
        corrections=corrections[(corrected == "") | corrected.isin(incidents.index)],
    )


def type_table(
    file: CsvFile,
    codebook: Codebook,
    name: str,
    *,
    known: Mapping[str, pd.api.extensions.ExtensionArray] | None = None,
) -> pd.DataFrame:
    """Turn a checked table into the types of the codebook; `known` has columns that are typed."""
    columns = dict(known or {})
    fields = [field for field in codebook.tables[name].fields.values() if field.name not in columns]
    # Most of it waits for memory, outside the lock of Python. Not more at once: each takes memory.
    with ThreadPoolExecutor(2) as pool:
        typed = pool.map(functools.partial(_type_column, file, name), fields)
        columns |= zip((field.name for field in fields), typed, strict=True)
    return pd.DataFrame({one: columns[one] for one in file.columns}, copy=False)


def _type_column(
    file: CsvFile, table: str, field: Field
) -> pd.api.extensions.ExtensionArray | np.ndarray:
    """Turn one column of a checked table into its type."""
    cells = file.cells(field.name)
    if field.name in HELD.get(table, ()):
        return Texts(cells.copy())
    if field.name in LEFT.get(table, ()):
        return Texts(FileColumn(file, field.name))
    if field.name == INDEX.get(table) or _is_long(field, cells):
        return pd.array(cells.texts(), dtype="str")
    # Each different value is read once.
    codes, values = file.values(field.name)
    return _read(values, field).take(codes)


def _is_long(field: Field, cells: Cells) -> bool:
    return field.type == "string" and not field.is_list and cells.sizes.max(initial=0) > LONG


def _read(values: np.ndarray, field: Field) -> pd.api.extensions.ExtensionArray | np.ndarray:
    """Turn the different cells of a column into its type."""
    if field.is_list:
        split = np.empty(len(values), dtype=object)
        split[:] = [tuple(filter(None, value.split(";"))) for value in values]
        return split
    if field.type == "boolean":
        return values == "true"
    if field.type == "date":
        return pd.array(values.astype("datetime64[us]"))
    if field.type in ("integer", "number"):
        kind, array = (
            (int, pd.arrays.IntegerArray) if field.type == "integer" else (float, pd.arrays.FloatingArray)
        )
        return array(np.array([kind(value or 1) for value in values], kind), values == "")
    return pd.array(values, dtype="str")


def _share(ids: pd.Index, file: CsvFile, key: str) -> pd.api.extensions.ExtensionArray:
    """Read a column of identifiers with the texts of the table that it refers to."""
    # Those of the table come first and are all different, so that numbers are its rows.
    rows, _ = number_texts(hold_texts(ids.to_numpy(object)), file.cells(key))
    return ids.array.take(rows[len(ids) :])


def _partial_dates(text: pd.Series) -> pd.DataFrame:
    """Turn 2021, 2021-03 or 2021-03-23 into the interval it stands for."""
    codes, values = pd.factorize(text.to_numpy(object))
    first = np.full(len(values), "NaT", "datetime64[us]")
    last = first.copy()
    length = np.array([len(value) for value in values], int)
    for digits, unit in ((4, "Y"), (7, "M"), (10, "D")):
        rows = length == digits
        spans = values[rows].astype(f"datetime64[{unit}]")
        first[rows] = spans
        last[rows] = (spans + 1).astype("datetime64[D]") - 1
    return pd.DataFrame({"start": first[codes], "end": last[codes]}, text.index)


def _check_once(data_dir: Path, codebook: Codebook) -> str:
    """Check tables, unless these very bytes have passed before, and digest them."""
    try:
        digest = _digest(data_dir, codebook)
    except OSError:
        # A table is missing or locked: the check says which, and what to do.
        check_tables(data_dir)
        raise

    def check() -> bool:
        check_tables(data_dir)
        return True

    keep("good-tables", digest, check)
    return digest


def _digest(data_dir: Path, codebook: Codebook) -> str:
    digest = hashlib.sha256((data_dir / PACKAGE).read_bytes())
    for table in codebook.tables.values():
        with (data_dir / table.path).open("rb") as file:
            while piece := file.read(1 << 24):
                digest.update(piece)
    return digest.hexdigest()
