"""The subtitle of a page: its period and its limits."""

from __future__ import annotations

from crackdown.selection import Selection
from crackdown.wording import say, write_day, write_list


def write_subtitle(selection: Selection) -> str:
    """Word the period and the limits of a selection."""
    parameters = selection.parameters
    codebook = selection.archive.codebook
    limits = []
    for name, field in (("offences", "offences"), ("actions", "action"), ("agencies", "agencies")):
        chosen = getattr(parameters, name)
        labels = codebook.labels("incidents", field)
        limits += [f"{name}: {write_list([labels[value] for value in chosen])}"] if chosen else []
    if parameters.publishers:
        limits.append(f"publishers: {write_list(list(parameters.publishers))}")
    if parameters.provinces:
        names = selection.archive.places.loc[list(parameters.provinces), "name_en"]
        limits.append(f"provinces: {write_list(list(names))}")
    if parameters.campaigns:
        names = selection.archive.campaigns["name"].reindex(list(parameters.campaigns), fill_value="")
        named = [name or one for one, name in names.items()]
        limits.append(f"{'campaign' if len(named) == 1 else 'campaigns'}: {write_list(named)}")
    if parameters.geo_precision != "country":
        limits.append(say("limit-precision", precision=parameters.geo_precision))
    if selection.as_of is not None:
        limits.append(say("as-known", day=write_day(selection.as_of)))
    period = {"start": write_day(selection.start), "end": write_day(selection.end)}
    if limits:
        return say("subtitle-limited", limits="; ".join(limits), **period)
    return say("subtitle", **period)
