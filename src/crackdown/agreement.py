"""How far coders agree: on what an act is like, and on what counts as an incident."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pandas as pd

from crackdown.wording import say

SCALARS = ("action", "pcode", "province", "geo_precision", "sourcing")
GIVEN = ("persons_best", "deaths")
LISTS = (
    "offences",
    "agencies",
    "targets",
    "also_actions",
    "penalty_imposed",
    "penalty_threatened",
)

DRAWS = 2_000
SEED = 20_110_125
QUANTILES = (0.025, 0.975)
FEW_UNITS = 5


def agreement_by_variable(double_coded: pd.DataFrame) -> pd.DataFrame:
    """Measure by Krippendorff's alpha how alike coders describe the same act.

    A unit is one act in one article, coded by two or three coders. Units
    hold only acts that a reviewer judged to be the same, so **alpha says
    nothing about what counts as an incident**; `unitising_agreement` does.

    Parameters
    ----------
    double_coded
        Pairs of rows as coders wrote them, with tuples in the list columns.
        A coder's row stands in several pairs where three coders met; it is
        taken once. Where a coder split what the others took for one act,
        the first row is taken.

    Returns
    -------
    DataFrame
        One row per variable, and per value of list variables (each value
        named or not named), in the order of `SCALARS`, `GIVEN` and `LISTS`
        and then of the values. Columns: ``variable``; ``value`` ("" for a variable
        as a whole); ``units``; ``units_naming`` (in which a coder named the
        value; for ``persons_given`` and ``deaths_given`` gave a figure;
        else all); ``pairs`` (of coders within units); ``alpha``; ``low``
        and ``high`` (95 % interval); ``note`` (why alpha or its interval is
        missing, NaN, or how many samples it leaves out). ``province`` is
        the first four characters of the P-code, so ``KP`` stands for the
        border area and the country.

    Notes
    -----
    Nominal alpha by the package `krippendorff` after Krippendorff (2011),
    *Computing Krippendorff's Alpha-Reliability*. The interval is the
    percentile interval of 2,000 bootstrap samples of units with all their
    codings, the method found to cover by Zapf, Castell, Morawietz and Karch
    (2016), BMC Medical Research Methodology 16:93; the units of one article
    are drawn together, since the same coders read them in the same text. It
    assumes that the articles coded twice are like the others. Hayes and
    Krippendorff (2007) resample single pairs of values instead, which gives
    narrower intervals.
    """
    if double_coded.empty:
        return _agreement_table([])
    rows = _unit_rows(double_coded)
    unit, source = pd.factorize(rows["unit"])[0], rows.groupby("unit", sort=False)["source_id"]
    weights = _draw_weights(pd.factorize(source.first())[0])
    table = []
    for variable, value, codes in _codings(rows):
        counts = _value_counts(unit, codes)
        naming = len(counts) if codes.dtype != bool else int((counts[:, -1] > 0).sum())
        table.append((variable, value, *_measure(counts, weights, naming)))
    return _agreement_table(table)


def interval_agreement(double_coded: pd.DataFrame) -> dict[str, int]:
    """Count how many pairs of date intervals overlap and how many are identical.

    Returns
    -------
    dict
        ``pairs`` of coders within units (as in `agreement_by_variable`),
        ``overlap`` (share at least a day), ``identical`` (same first and
        last day).
    """
    pairs = overlap = identical = 0
    if not double_coded.empty:
        for _, unit in _unit_rows(double_coded).groupby("unit", sort=False):
            spans = list(zip(unit["date_start"], unit["date_end"], strict=True))
            for one, other in combinations(spans, 2):
                pairs += 1
                overlap += one[0] <= other[1] and other[0] <= one[1]
                identical += one == other
    return {"pairs": pairs, "overlap": int(overlap), "identical": identical}


def unitising_agreement(raw_codings: pd.DataFrame) -> dict[str, float | int]:
    """Measure how far coders of one article recorded the same incidents.

    Incidents have no marked place in a text and there is no count of acts
    that nobody recorded, so neither Krippendorff's unitising alpha (which
    needs a continuum) nor any chance-corrected coefficient (which needs the
    negative cases) exists here. What exists is positive agreement: of the
    incidents that a coder of an article recorded, the share that the other
    coder recorded too, over both coders.

    It can say how often a second reading of an article finds the same acts.
    It cannot say how many acts all coders missed, nor what coders read and
    recorded nothing from: an article counts for a coder only if it gave a
    row, so articles that one coder rejected whole are not seen and the
    figure is an upper bound. Which rows are the same incident was judged by
    reviewers after coding.

    Parameters
    ----------
    raw_codings
        Every row as first coded, ``source_ids`` as tuples; an empty
        ``incident_id`` is a dropped row: an incident that only its coder saw.

    Returns
    -------
    dict
        ``articles`` (that gave a row to any coder), ``articles_shared`` (to
        two or more), ``coder_pairs`` (two coders of one article),
        ``recorded`` (incidents, summed over both coders of each pair),
        ``recorded_both`` (incidents that both recorded, over pairs),
        ``positive_agreement`` with ``low`` and ``high`` (NaN if no article
        is shared), ``same_set`` (pairs that recorded exactly the same
        incidents), ``same_number`` (pairs that recorded equally many),
        ``disjoint`` (pairs with no incident in common).

    Notes
    -----
    Positive agreement is 2 a / (2 a + b + c), the mean F-measure among pairs
    of coders, which kappa approaches as negative cases grow without limit:
    Hripcsak and Rothschild (2005), Journal of the American Medical
    Informatics Association 12:296-298. The interval is the percentile
    interval of 2,000 bootstrap samples of articles, which stay whole.
    """
    pairs = coder_pairs(raw_codings)
    sums = pairs.groupby("source_id", sort=False)[["first", "second", "both"]].sum()
    recorded = (sums["first"] + sums["second"]).to_numpy()
    both = sums["both"].to_numpy()
    low = high = agreement = float("nan")
    if len(sums):
        weights = _draw_weights(np.arange(len(sums)))
        draws = 2 * (weights @ both) / (weights @ recorded)
        low, high = map(float, np.quantile(draws, QUANTILES))
        agreement = float(2 * both.sum() / recorded.sum())
    same = (pairs["both"] == pairs["first"]) & (pairs["both"] == pairs["second"])
    return {
        "articles": int(raw_codings["source_ids"].explode().nunique()),
        "articles_shared": len(sums),
        "coder_pairs": len(pairs),
        "recorded": int(recorded.sum()),
        "recorded_both": int(both.sum()),
        "positive_agreement": agreement,
        "low": low,
        "high": high,
        "same_set": int(same.sum()),
        "same_number": int((pairs["first"] == pairs["second"]).sum()),
        "disjoint": int((pairs["both"] == 0).sum()),
    }


def coder_pairs(raw_codings: pd.DataFrame) -> pd.DataFrame:
    """Compare what two coders recorded from the same article.

    Returns
    -------
    DataFrame
        One row per article and pair of coders who both recorded something
        from it, in the order of articles and coders: ``source_id``,
        ``coder_one``, ``coder_two``, ``first`` and ``second`` (incidents
        recorded by each; two rows that ended in one incident count once),
        ``both`` (incidents that both recorded).
    """
    rows = raw_codings[["coder", "incident_id", "source_ids"]].copy()
    dropped = rows["incident_id"] == ""
    rows["incident_id"] = rows["incident_id"].mask(dropped, "dropped " + rows.index.astype(str))
    rows = rows.explode("source_ids").dropna(subset="source_ids")
    sets = rows.groupby(["source_ids", "coder"])["incident_id"].agg(set)
    table = []
    for source_id, of_article in sets.groupby(level="source_ids"):
        recorded = of_article.droplevel("source_ids").items()
        for (one, first), (two, second) in combinations(recorded, 2):
            table.append((source_id, one, two, len(first), len(second), len(first & second)))
    columns = ["source_id", "coder_one", "coder_two", "first", "second", "both"]
    return pd.DataFrame(table, columns=columns)


def _unit_rows(double_coded: pd.DataFrame) -> pd.DataFrame:
    """Keep each coder's row once per unit, and each comparison of rows once.

    Two articles can give the same rows of the same coders, because a coder
    names several articles for an act: a unit whose rows all stand in
    another unit of the incident compares nothing new and is left out.
    """
    keys = ["incident_id", "source_id"]
    rows = double_coded.drop_duplicates([*keys, "coder"])
    content = pd.Series(
        list(rows.drop(columns="source_id").astype(object).itertuples(index=False, name=None)),
        index=pd.MultiIndex.from_frame(rows[keys]),
    ).map(str)
    sets = content.groupby(level=[0, 1], sort=False).agg(frozenset)
    kept: dict[tuple[str, str], frozenset[str]] = {}
    for key in sorted(sets.index, key=lambda key: -len(sets[key])):
        if not any(key[0] == other[0] and sets[key] <= found for other, found in kept.items()):
            kept[key] = sets[key]
    rows = rows.assign(unit=list(zip(rows["incident_id"], rows["source_id"], strict=True)))
    return rows[rows["unit"].isin(kept.keys())]


def _codings(rows: pd.DataFrame) -> Iterator[tuple[str, str, np.ndarray]]:
    """Yield variable, value and what each row says of it (bool: named or not)."""
    rows = rows.assign(province=rows["pcode"].str[:4])
    for variable in SCALARS:
        yield variable, "", rows[variable].to_numpy(dtype=object)
    for variable in GIVEN:
        name = variable.removesuffix("_best") + "_given"
        yield name, "", rows[variable].notna().to_numpy(dtype=bool)
    for variable in LISTS:
        for value in sorted(set().union(*rows[variable])):
            named = [value in values for values in rows[variable]]
            yield variable, value, np.array(named, dtype=bool)


def _value_counts(unit: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """Count how many coders of each unit (row) wrote each value (column)."""
    column, values = pd.factorize(codes, sort=True)
    counts = np.zeros((unit.max() + 1, max(len(values), 2)))
    np.add.at(counts, (unit, column), 1)
    if codes.dtype == bool and len(values) == 1 and values[0]:
        counts = counts[:, ::-1]
    return counts


def _measure(counts: np.ndarray, weights: np.ndarray, naming: int) -> tuple:
    """Compute units, units naming, pairs, alpha, its interval and a note."""
    # Imported here so that a report without this section does not need it.
    import krippendorff

    coders = counts.sum(axis=1)
    pairs = int((coders * (coders - 1)).sum() / 2)
    head = (len(counts), naming, pairs)
    if (counts.sum(axis=0) > 0).sum() < 2:
        return (*head, np.nan, np.nan, np.nan, say("alpha-undefined"))
    alpha = float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))
    if naming < FEW_UNITS:
        few = say("alpha-too-few", least=FEW_UNITS)
        return (*head, alpha, np.nan, np.nan, few)
    if alpha == 1:
        none = say("alpha-no-disagreement")
        return (*head, alpha, np.nan, np.nan, none)
    draws = _weighted_alpha(counts, weights)
    undefined = int(np.isnan(draws).sum())
    low, high = map(float, np.nanquantile(draws, QUANTILES))
    left_out = say("alpha-left-out", count=undefined, samples=len(draws))
    return (*head, alpha, low, high, left_out if undefined else "")


def _weighted_alpha(counts: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Compute nominal alpha for many samples of units at once.

    With n values in all, n_c of them c, and A the sum over units of
    n_uc (n_uc - 1) / (m_u - 1), alpha is 1 - (n - A) (n - 1) / (n^2 - sum n_c^2):
    Krippendorff (2011), section C.

    Parameters
    ----------
    counts
        Units by values; units of a single coder do not count.
    weights
        Samples by units: how often each unit was drawn.

    Returns
    -------
    array
        One alpha per sample; NaN where the sample holds only one value.
    """
    counts = counts * (counts.sum(axis=1) > 1)[:, None]
    coders = counts.sum(axis=1)
    agreed = (counts * (counts - 1)).sum(axis=1) / np.maximum(coders - 1, 1)
    total, agreement, of_value = weights @ coders, weights @ agreed, weights @ counts
    expected = total**2 - (of_value**2).sum(axis=1)
    observed = (total - agreement) * (total - 1)
    ratio = np.divide(observed, expected, out=np.full(len(weights), np.nan), where=expected > 0)
    return 1 - ratio


def _draw_weights(cluster: np.ndarray) -> np.ndarray:
    """Draw clusters with replacement; say how often each member is in a sample."""
    clusters = cluster.max() + 1
    draws = np.random.default_rng(SEED).integers(clusters, size=(DRAWS, clusters))
    offset = np.arange(DRAWS)[:, None] * clusters
    times = np.bincount((draws + offset).ravel(), minlength=DRAWS * clusters)
    return times.reshape(DRAWS, clusters)[:, cluster].astype(float)


def _agreement_table(rows: list[tuple]) -> pd.DataFrame:
    counts, figures = ["units", "units_naming", "pairs"], ["alpha", "low", "high"]
    table = pd.DataFrame(rows, columns=["variable", "value", *counts, *figures, "note"])
    return table.astype(dict.fromkeys(counts, int) | dict.fromkeys(figures, float))
