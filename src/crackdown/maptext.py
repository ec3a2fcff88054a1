"""Say in words what a map shows: captions, alternative texts, and the text of each mark."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from crackdown.catalogue import present
from crackdown.places import name_places
from crackdown.wording import say, translate


class Unplaced(NamedTuple):
    """Hold what no map draws: incidents of the border as a whole and of the country as a whole."""

    border: int
    country: int

    @property
    def lines(self) -> list[str]:
        """Say it in short lines for the key."""
        return [
            say("map-not-drawn"),
            say("map-border-only", count=self.border),
            say("map-country-only", count=self.country),
        ]

    @property
    def sentence(self) -> str:
        """Say it in a sentence."""
        return say("map-rest", border=self.border, country=self.country)


def unplaced(counts: pd.DataFrame, places: pd.DataFrame) -> Unplaced:
    """Count the incidents that belong to no province."""
    whole = places["level"].reindex(counts["pcode"]).to_numpy() == "country"
    border = counts["level"].to_numpy() == "border"
    numbers = counts["incidents"].to_numpy()
    return Unplaced(int(numbers[whole & border].sum()), int(numbers[whole & ~border].sum()))


def uncertain(frame: pd.DataFrame, number: str = "incidents") -> pd.Series:
    """Mark the rows all of whose incidents rest on the anonymous sources of one publisher.

    Parameters
    ----------
    frame
        With a column of numbers and, where it is known, `firm`: how many of them a second
        publisher reports or a document shows.
    number
        Name of the column of numbers.
    """
    if "firm" not in frame:
        return pd.Series(False, index=frame.index)
    return (frame[number] > 0) & (frame["firm"] == 0)


def nothing_to_draw(counts: pd.DataFrame, rest: Unplaced) -> str:
    """Say why no map can be drawn; empty when one can."""
    every = int(counts["incidents"].sum())
    if not every:
        return say("map-no-incident")
    if every == sum(rest):
        return f"{say('map-no-place')} {rest.sentence}"
    return ""


def name_source(source: str) -> str:
    """Name who published the boundaries, or say that it is not known."""
    return translate(source) if source else say("boundaries-unknown")


def province_caption(
    counts: pd.DataFrame, rest: Unplaced, classes: Sequence[str], *, source: str
) -> str:
    """Caption the map of provinces, with the scheme of its classes."""
    return " ".join([
        say("caption-map-provinces"),
        rest.sentence,
        say("map-classes", classes=", ".join(classes)),
        *_say_uncertain(counts, "province"),
        say("map-not-zero"),
        say("map-source", source=name_source(source)),
    ])


def county_caption(counts: pd.DataFrame, rest: Unplaced, *, source: str) -> str:
    """Caption the map of counties."""
    return " ".join([
        say("caption-map-counties"),
        *_say_uncertain(counts, "county"),
        rest.sentence,
        say("map-no-circle"),
        say("map-not-zero"),
        say("map-no-label"),
        say("map-source", source=name_source(source)),
    ])


def multiples_caption(
    counts: Mapping[str, pd.DataFrame],
    places: pd.DataFrame,
    classes: Sequence[str],
    *,
    source: str,
) -> str:
    """Caption small multiples, with the scheme of their classes and what none of them draws."""
    rests = {name: sum(unplaced(frame, places)) for name, frame in counts.items()}
    said = ", ".join(f"{name} {number:,}" for name, number in rests.items())
    return " ".join([
        say("caption-map-periods", unplaced=said),
        say("map-classes", classes=", ".join(classes)),
        *_say_uncertain(pd.concat(counts.values()), "period"),
        say("map-not-zero"),
        say("map-darker"),
        say("map-source", source=name_source(source)),
    ])


def _say_uncertain(counts: pd.DataFrame, unit: str) -> list[str]:
    """Say what hatching means, where the counts tell."""
    return [say(f"map-uncertain-{unit}")] if "firm" in counts else []


def province_alt(table: pd.DataFrame, places: pd.DataFrame, rest: Unplaced) -> str:
    """Describe the map of provinces."""
    names = name_places(places)
    none = names[table.index[table["total"] == 0]]
    placed = int(table["total"].sum())
    unsure = names[table.index[uncertain(table, "total")]]
    said = say(
        "alt-map-provinces",
        all=placed + sum(rest),
        placed=placed,
        most=_largest(table["total"], places) or say("none"),
        none=", ".join(none) or say("no-province"),
    )
    hatched = [say("map-uncertain-named", names=", ".join(unsure))] if len(unsure) else []
    return " ".join([said, *hatched, rest.sentence])


def county_alt(counts: pd.DataFrame, places: pd.DataFrame, rest: Unplaced) -> str:
    """Describe the map of counties."""
    counties = _by_place(counts, "county")
    every = int((places["level"] == "county").sum())
    said = say(
        "alt-map-counties",
        all=int(counts["incidents"].sum()),
        counties=int(counties.sum()),
        provinces=int(_by_place(counts, "province").sum()),
        border=int(_by_place(counts, "border").sum()) - rest.border,
        most=_largest(counties, places) or say("no-county"),
        none=every - len(counties),
        every=every,
    )
    return f"{said} {rest.sentence}"


def multiples_alt(tables: Mapping[str, pd.DataFrame], places: pd.DataFrame) -> str:
    """Describe small multiples."""
    said = ". ".join(
        say(
            "alt-map-period",
            name=name,
            count=int(table["total"].sum()),
            most=_largest(table["total"], places) or say("none"),
        )
        for name, table in tables.items()
    )
    return say("alt-map-periods", count=len(tables), periods=said)


def province_titles(table: pd.DataFrame, places: pd.DataFrame) -> dict[str, str]:
    """Say name and numbers of every province, by its code."""
    unsure, names = uncertain(table, "total"), name_places(places)
    return {
        row.Index: _province_title(names[row.Index], row)
        + (f"; {say('map-uncertain')}" if unsure[row.Index] else "")
        for row in table.itertuples()
    }


def _province_title(name: str, row) -> str:
    if not row.total:
        return f"{name}: {say('none-recorded')}"
    parts = {level: int(getattr(row, level)) for level in ("county", "province", "border")}
    return say("title-province", name=name, count=say_count(row.total), **parts)


def county_titles(counts: pd.DataFrame, places: pd.DataFrame) -> dict[str, str]:
    """Say name and number of every county and every mark, by the name it is drawn with."""
    numbers = _by_place(counts, "county").to_dict()
    unsure = set(counts.loc[uncertain(counts) & (counts["level"] == "county"), "pcode"])
    names = name_places(places)
    form = present().form("place-of")
    counties = places[places["level"] == "county"]
    titles = {}
    for pcode, name, province in zip(
        counties.index, names[counties.index], counties["parent_pcode"].map(names), strict=True
    ):
        added = f"; {say('map-uncertain')}" if pcode in unsure else ""
        named = form.format(place=name, province=province)
        titles[pcode] = titles[f"{pcode}-mark"] = f"{named}: {say_count(numbers.get(pcode, 0))}{added}"
    for kind in ("province", "border"):
        for pcode, number in _by_place(counts, kind).items():
            titles[f"{pcode}-{kind}"] = say(f"title-{kind}-only", name=names[pcode], count=say_count(number))
    return titles


def say_count(number: int) -> str:
    """Say a number of incidents; none recorded is no number."""
    return say("count-incidents", count=int(number)) if number else say("none-recorded")


def _by_place(counts: pd.DataFrame, level: str) -> pd.Series:
    """Give the numbers of a level by P-code, in its order; each place has one row."""
    numbers = counts["incidents"].to_numpy()
    chosen = (counts["level"] == level).to_numpy() & (numbers > 0)
    return pd.Series(numbers[chosen], counts["pcode"].array[chosen]).sort_index()


def _largest(numbers: pd.Series, places: pd.DataFrame) -> str:
    top = numbers[numbers > 0].sort_values(ascending=False, kind="stable").head(3)
    names = name_places(places)
    return ", ".join(f"{names[pcode]} {number:,}" for pcode, number in top.items())
