"""Small archives with the answer worked by hand."""

from __future__ import annotations

import dataclasses

import pandas as pd

from crackdown.incidents import Archive

DEFAULTS = {
    "summary": "An act.",
    "date_precision": "day",
    "date_basis": "stated",
    "pcode": "KP0101",
    "geo_precision": "county",
    "locality": "",
    "action": "arrest",
    "also_actions": (),
    "offences": ("smuggling",),
    "agencies": ("mss",),
    "targets": ("residents",),
    "sex": "",
    "minors": False,
    "penalty_imposed": (),
    "penalty_threatened": (),
    "case_id": "",
    "campaign_id": "",
    "is_aggregate": False,
    "sourcing": "single_anonymous",
    "note": "",
}


def make_archive(real: Archive, rows: list[dict]) -> Archive:
    """Put rows of a few fields into an archive with the real codebook and places.

    Each row needs ``day`` (or ``date_start`` and ``date_end``) and may name
    ``publisher`` (default Daily NK) and ``published``; every row has an
    article of its own.
    """
    incidents, sources, links = [], [], []
    for number, row in enumerate(rows, 1):
        fields = dict(row)
        day = fields.pop("day", None)
        publisher = fields.pop("publisher", "Daily NK")
        start = pd.Timestamp(fields.pop("date_start", day))
        end = pd.Timestamp(fields.pop("date_end", day))
        published = fields.pop("published", str(end.date()))
        name, source = f"i{number:04}", f"s{number:04}"
        incidents.append({**DEFAULTS, **fields, "incident_id": name, "date_start": start, "date_end": end})
        when = pd.Timestamp(published)
        sources.append(
            {
                "source_id": source,
                "publisher": publisher,
                "title": f"Title {number}",
                "url": f"https://example.org/{number}",
                "published": published,
                "published_basis": "stated",
                "language": "en",
                "extent": "full",
                "note": "",
                "published_start": when,
                "published_end": when,
            }
        )
        links.append({"incident_id": name, "source_id": source, "role": "primary"})
    frame = pd.DataFrame(incidents).set_index("incident_id").reindex(columns=real.incidents.columns)
    return dataclasses.replace(
        real,
        incidents=frame.astype(
            {name: kind for name, kind in real.incidents.dtypes.items() if kind != object}
        ),
        sources=pd.DataFrame(sources).set_index("source_id").reindex(columns=real.sources.columns),
        incident_sources=pd.DataFrame(links),
        campaigns=real.campaigns.iloc[:0],
        amounts=real.amounts.iloc[:0],
        double_coded=real.double_coded.iloc[:0],
        raw_codings=real.raw_codings.iloc[:0],
    )
