"""The subtitle of a page: its period and its limits."""

from __future__ import annotations

from crackdown.selection import Selection
from crackdown.places import name_places
from crackdown.wording import label_values, say, translate, write_day, write_list


def write_subtitle(selection: Selection) -> str:
    """Word the period and the limits of a selection."""
    parameters = selection.parameters
    codebook = selection.archive.codebook
    limits = []
    for name, field in (("offences", "offences"), ("actions", "action"), ("agencies", "agencies")):
        chosen = getattr(parameters, name)
        labels = label_values(codebook, "incidents", field)
        limits += [_limit(name, [labels[value] for value in chosen])] if chosen else []
    if parameters.publishers:
        limits.append(_limit("publishers", list(parameters.publishers)))
    if parameters.provinces:
        names = name_places(selection.archive.places)[list(parameters.provinces)]
        limits.append(_limit("provinces", list(names)))
    if parameters.campaigns:
        names = selection.archive.campaigns["name"].reindex(list(parameters.campaigns), fill_value="")
        named = [translate(name) or one for one, name in names.items()]
        limits.append(_limit("campaign" if len(named) == 1 else "campaigns", named))
    if parameters.geo_precision != "country":
        limits.append(say("limit-precision", precision=say(f"precision-{parameters.geo_precision}")))
    if selection.as_of is not None:
        limits.append(say("as-known", day=write_day(selection.as_of)))
    period = {"start": write_day(selection.start), "end": write_day(selection.end)}
    if limits:
        return say("subtitle-limited", limits="; ".join(limits), **period)
    return say("subtitle", **period)


def _limit(name: str, values: list[str]) -> str:
    return say("limit", name=say(f"limit-{name}"), values=write_list(values))
