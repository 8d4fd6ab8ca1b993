"""`congruence` on tables of any library."""

from __future__ import annotations

from typing import Any, Literal

import narwhals as nw

from pairing_graph.base.errors import Complaint, NoticeError
from pairing_graph.measures.engines import Engine
from pairing_graph.measures.on_engines.pairs import EngineMeeting, Rows, counted_areas, meeting_of
from pairing_graph.measures.pairs import PAIR, Collectives, Dependence
from pairing_graph.measures.relations import Role

_ALL = "_all"
"""A column with one value: the place of what is summed over all notices."""
_SUMS = {
    "plain": ("satisfied", "required"),
    "weighted": ("satisfied_weight", "weight"),
    "areas": ("satisfied_areas", "areas"),
    "first_listed": ("satisfied_first", "first"),
}
"""What each variant is the ratio of."""


def congruence(
    engine: Engine,
    *,
    role: Role,
    collectives: Collectives,
    dependence: Dependence,
    by: Literal["document", "unit"] | None,
    pooled: bool,
    most_pairs: int | None,
) -> Any:
    """`congruence` of an engine's tables, without a baseline."""
    met = meeting_of(engine, "document" if by == "document" else None, pooled=pooled, collectives=collectives)
    pairs = _weighed(met, met.joint(role=role, dependence=dependence, most_pairs=most_pairs))
    choices: dict[str, Any] = {"role": role, "collectives": collectives, "dependence": dependence}
    if by == "unit":
        return met.given_back(_by_unit(met, pairs), **choices, by="unit")
    first = met.joint(role=role, dependence=dependence, most_pairs=most_pairs, first_listed=True)
    totals = _totals(met, _forward(pairs), _forward(_weighed(met, first)))
    columns = [*met.part, "variant", "satisfied", "required", "congruence"]
    return met.given_back(engine.result(_variants(met, totals), columns, ["_place"], part=met.by), **choices)


def refuse_baseline(baseline: object) -> None:
    """A baseline shuffles the links of a knowledge base; tables of an engine have none.

    Raises:
        NoticeError: One is asked for.
    """
    if baseline is not None:
        what = "A baseline is drawn from a knowledge base, not from tables of another library"
        advice = "Take a part of the notices, such as collection.select(…)."
        raise NoticeError(Complaint(what, "baseline", "none", repr(baseline), advice))


def _weighed(met: EngineMeeting, rows: Rows) -> Rows:
    """One row per place and pair with CR > 0, in both orders: weight (its CR), areas, paired."""
    weighed = counted_areas(rows, [*met.place, *PAIR])
    return weighed.select(
        *met.place, *PAIR, "paired", weight=nw.col("joint_tasks").cast(nw.Int64), areas=nw.col("joint_areas")
    )


def _forward(pairs: Rows) -> Rows:
    return pairs.filter(nw.col("unit") < nw.col("partner"))


def _base(met: EngineMeeting) -> Rows:
    """What the sums are of: a row for each notice, or one for all."""
    return met.documents if met.by else met.documents.select(_n=nw.len()).with_columns(nw.lit(1).alias(_ALL))


def _totals(met: EngineMeeting, pairs: Rows, first: Rows) -> Rows:
    """The sums that the variants are ratios of, of all notices or of each."""
    keys = met.part or [_ALL]
    one = {} if met.by else {_ALL: nw.lit(1)}
    sums = pairs.with_columns(
        **one,
        satisfied_weight=nw.col("weight") * nw.col("paired"),
        satisfied_areas=nw.col("areas") * nw.col("paired"),
        satisfied=nw.col("paired"),
        required=nw.lit(1),
    )
    names = [name for sums_of in list(_SUMS.values())[:3] for name in sums_of]
    summed = sums.group_by(keys).agg(nw.col(*names).sum())
    firsts = first.with_columns(**one, satisfied_first=nw.col("paired"), first=nw.lit(1))
    summed_first = firsts.group_by(keys).agg(nw.col("satisfied_first", "first").sum())
    joined = _base(met).join(summed, on=keys, how="left").join(summed_first, on=keys, how="left")
    return joined.with_columns(nw.col(*names, "satisfied_first", "first").fill_null(0).cast(nw.Int64))


def _variants(met: EngineMeeting, totals: Rows) -> Rows:
    """A row for each variant, joined with the sums: of sums that are put together four times all would be computed so."""
    keys = met.part or [_ALL]
    base = _base(met)
    places = [base.select(*keys, variant=nw.lit(name), _place=nw.lit(-n)) for n, name in enumerate(_SUMS)]
    rows = nw.concat(places).join(totals, on=keys, how="left")
    satisfied, required = nw.col("satisfied"), nw.col("required")
    for name, (met_sum, whole_sum) in _SUMS.items():
        satisfied = nw.when(nw.col("variant") == name).then(nw.col(met_sum)).otherwise(satisfied)
        required = nw.when(nw.col("variant") == name).then(nw.col(whole_sum)).otherwise(required)
    rows = rows.with_columns(satisfied=satisfied, required=required)
    return rows.with_columns(congruence=_share(met, nw.col("satisfied"), nw.col("required")))


def _share(met: EngineMeeting, satisfied: nw.Expr, required: nw.Expr) -> nw.Expr:
    """Their ratio; nothing where nothing is required, or nobody is paired."""
    if not met.any_link:
        return nw.lit(None, dtype=nw.Float64)
    some = nw.when(required > 0).then(required)
    return satisfied.cast(nw.Float64) / some.cast(nw.Float64)


def _by_unit(met: EngineMeeting, pairs: Rows) -> Any:
    """The rows of CR: for every unit with a required partner how many of them the table pairs it with."""
    rows = pairs.with_columns(satisfied_weight=nw.col("weight") * nw.col("paired"))
    summed = rows.group_by("unit").agg(
        nw.col("satisfied_weight", "weight").sum(), satisfied=nw.col("paired").sum(), required=nw.len()
    )
    lacking = pairs.filter(nw.col("paired") == 0).group_by("unit").agg(unpaired=nw.col("partner").n_unique())
    table = summed.join(lacking, on="unit", how="left")
    table = table.join(met.engine.frames["units"].select("unit", "region"), on="unit", how="left")
    table = table.with_columns(
        nw.col("satisfied", "required").cast(nw.Int64),
        nw.col("unpaired").fill_null(0).cast(nw.Int64) if met.any_link else nw.lit(0).alias("unpaired").cast(nw.Int64),
        congruence=_share(met, nw.col("satisfied"), nw.col("required")),
        weighted=_share(met, nw.col("satisfied_weight"), nw.col("weight")),
    )
    columns = ["unit", "region", "satisfied", "required", "congruence", "weighted", "unpaired"]
    return met.engine.result(table, columns, ["required"])
