"""Say in words what a map shows: captions, alternative texts, and the text of each mark."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from crackdown.wording import say

NONE_RECORDED = "none recorded"
NO_INCIDENT = "No incident in this selection, so no map is drawn."
NOT_ZERO = "None recorded does not mean that nothing happened."
SOURCE = (
    "Boundaries: OCHA and WFP, through geoBoundaries (PRK ADM2, 2019), CC BY 3.0 IGO; cleaned and "
    "dissolved. Data: CC BY 4.0. Projection: Lambert azimuthal equal-area, centre 40.3° N, 127.4° E."
)


class Unplaced(NamedTuple):
    """Hold what no map draws: incidents of the border as a whole and of the country as a whole."""

    border: int
    country: int

    @property
    def lines(self) -> list[str]:
        """Say it in short lines for the key."""
        return ["Not drawn:", f"{self.border:,} border area only", f"{self.country:,} country only"]

    @property
    def sentence(self) -> str:
        """Say it in a sentence."""
        return (
            f"Not drawn: {self.border:,} known to the border area only, without a province, and "
            f"{self.country:,} known to the country only."
        )


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
        return NO_INCIDENT
    if every == sum(rest):
        return f"No place on a map is known for any incident of this selection. {rest.sentence}"
    return ""


def province_caption(counts: pd.DataFrame, rest: Unplaced, classes: Sequence[str]) -> str:
    """Caption the map of provinces, with the scheme of its classes."""
    return (
        "Incidents by province: those known to a county, to the province, or to the province’s stretch "
        f"of border. {rest.sentence} {say('map-classes', classes=', '.join(classes))} "
        f"{_say_uncertain(counts, 'province')}{NOT_ZERO} {SOURCE}"
    )


def county_caption(counts: pd.DataFrame, rest: Unplaced) -> str:
    """Caption the map of counties."""
    return (
        "Incidents by county, and the northern border again at a larger scale (frames). The area of a "
        "circle is proportional to the incidents known to the county. A diamond holds those known to the "
        "province only, a square those known to the province’s border area only; they belong to no "
        f"county. {_say_uncertain(counts, 'county')}{rest.sentence} A county without a circle has none recorded. "
        f"{NOT_ZERO} Where a label "
        f"finds no room, the name shows on hover and in the table. {SOURCE}"
    )


def multiples_caption(
    counts: Mapping[str, pd.DataFrame], places: pd.DataFrame, classes: Sequence[str]
) -> str:
    """Caption small multiples, with the scheme of their classes and what none of them draws."""
    rests = {name: sum(unplaced(frame, places)) for name, frame in counts.items()}
    said = ", ".join(f"{name} {number:,}" for name, number in rests.items())
    return (
        "Incidents by province and period, on one scale. Not drawn because no province is known: "
        f"{said}. {say('map-classes', classes=', '.join(classes))} "
        f"{_say_uncertain(pd.concat(counts.values()), 'period')}{NOT_ZERO} Periods differ in the articles held, so a darker map may mean more "
        f"reporting. {SOURCE}"
    )


def _say_uncertain(counts: pd.DataFrame, unit: str) -> str:
    """Say what hatching means, where the counts tell."""
    return f"{say(f'map-uncertain-{unit}')} " if "firm" in counts else ""


def province_alt(table: pd.DataFrame, places: pd.DataFrame, rest: Unplaced) -> str:
    """Describe the map of provinces."""
    none = [places.at[pcode, "name_en"] for pcode in table.index[table["total"] == 0]]
    placed = int(table["total"].sum())
    unsure = [places.at[pcode, "name_en"] for pcode in table.index[uncertain(table, "total")]]
    hatched = f" {say('map-uncertain-named', names=', '.join(unsure))}" if unsure else ""
    return (
        f"Map of incidents by province. Of {placed + sum(rest):,} incidents {placed:,} are known to a "
        f"province. Most: {_largest(table['total'], places) or 'none'}. None recorded: "
        f"{', '.join(none) or 'no province'}.{hatched} {rest.sentence}"
    )


def county_alt(counts: pd.DataFrame, places: pd.DataFrame, rest: Unplaced) -> str:
    """Describe the map of counties."""
    counties = _by_place(counts, "county")
    every = int((places["level"] == "county").sum())
    border = int(_by_place(counts, "border").sum()) - rest.border
    return (
        f"Map of incidents by county. Of {int(counts['incidents'].sum()):,} incidents "
        f"{int(counties.sum()):,} are known to a county, {int(_by_place(counts, 'province').sum()):,} to a "
        f"province only and {border:,} to a province’s border area only. Most: "
        f"{_largest(counties, places) or 'no county'}. {every - len(counties):,} of {every:,} counties have "
        f"none recorded. {rest.sentence}"
    )


def multiples_alt(tables: Mapping[str, pd.DataFrame], places: pd.DataFrame) -> str:
    """Describe small multiples."""
    said = ". ".join(
        f"{name}: {int(table['total'].sum()):,} in provinces, most in "
        f"{_largest(table['total'], places) or 'none'}"
        for name, table in tables.items()
    )
    return f"Maps of incidents by province in {len(tables)} periods. {said}."


def province_titles(table: pd.DataFrame, places: pd.DataFrame) -> dict[str, str]:
    """Say name and numbers of every province, by its code."""
    unsure = uncertain(table, "total")
    return {
        row.Index: _province_title(places.at[row.Index, "name_en"], row)
        + (f"; {say('map-uncertain')}" if unsure[row.Index] else "")
        for row in table.itertuples()
    }


def _province_title(name: str, row) -> str:
    if not row.total:
        return f"{name}: {NONE_RECORDED}"
    return (
        f"{name}: {say_count(row.total)} ({row.county:,} known to a county, {row.province:,} to the province "
        f"only, {row.border:,} to its border area only)"
    )


def county_titles(counts: pd.DataFrame, places: pd.DataFrame) -> dict[str, str]:
    """Say name and number of every county and every mark, by the name it is drawn with."""
    numbers = _by_place(counts, "county").to_dict()
    unsure = set(counts.loc[uncertain(counts) & (counts["level"] == "county"), "pcode"])
    counties = places[places["level"] == "county"]
    province = counties["parent_pcode"].map(places["name_en"])
    titles = {}
    for pcode, name, within in zip(counties.index, counties["name_en"], province, strict=True):
        added = f"; {say('map-uncertain')}" if pcode in unsure else ""
        said = f"{name} ({within}): {say_count(numbers.get(pcode, 0))}{added}"
        titles[pcode] = titles[f"{pcode}-mark"] = said
    for kind, known in (("province", "to the province"), ("border", "to the border area")):
        for pcode, number in _by_place(counts, kind).items():
            name = places.at[pcode, "name_en"]
            titles[f"{pcode}-{kind}"] = f"{name}: {say_count(number)} known {known} only"
    return titles


def say_count(number: int) -> str:
    """Say a number of incidents; none recorded is no number."""
    return f"{number:,} incident{'' if number == 1 else 's'}" if number else NONE_RECORDED


def _by_place(counts: pd.DataFrame, level: str) -> pd.Series:
    chosen = counts[(counts["level"] == level) & (counts["incidents"] > 0)]
    return chosen.groupby("pcode")["incidents"].sum()


def _largest(numbers: pd.Series, places: pd.DataFrame) -> str:
    top = numbers[numbers > 0].sort_values(ascending=False, kind="stable").head(3)
    return ", ".join(f"{places.at[pcode, 'name_en']} {number:,}" for pcode, number in top.items())
