"""Congruence (结对吻合度): do the pairings meet the coordination that the tasks require?

After Cataldo, Wagstrom, Herbsleb & Carley (CSCW 2006) and Cataldo, Herbsleb & Carley (ESEM 2008): coordination
requirements CR = TA · TD · TAᵀ, compared with actual coordination CA. Theirs is observed; here CA is a
second formal document, so the number shows how well two tables of one notice agree, not how anybody works.
Of several notices each is held against its own pairing table, unless all are pooled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, TypedDict, Unpack, get_args, overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pairing_graph.base.errors import Complaint, NoticeError, SchemaError, no_whole_number, refuse_split, refuse_unknown
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.baseline import (
    DRAWS,
    LOWER,
    UPPER,
    Baseline,
    Shuffled,
    compared,
    drawn,
    moving,
    with_regions,
)
from pairing_graph.measures.engines import AnySource, Tables, engine_of
from pairing_graph.measures.meeting import HELD, Meeting, meeting
from pairing_graph.measures.on_engines.congruence import congruence as on_engine
from pairing_graph.measures.on_engines.congruence import refuse_baseline
from pairing_graph.measures.on_engines.pairs import NEEDED
from pairing_graph.measures.pairs import PAIR, Collectives, Dependence
from pairing_graph.measures.relations import Role, brackets_of, keeping, places, typed

MEASURES = ("congruence",)

By = Literal["document", "unit"]
Draws = Mapping[str, NDArray[np.int64]]


class CongruenceChoices(TypedDict, total=False):
    """The choices of `congruence`, for the types of its overloads."""

    role: Role
    collectives: Collectives
    dependence: Dependence
    by: By | None
    pooled: bool
    baseline: Baseline | None
    shuffled: Shuffled
    draws: int
    seed: int
    most_pairs: int | None


@overload
def congruence(source: Source, **choices: Unpack[CongruenceChoices]) -> pd.DataFrame: ...
@overload
def congruence(source: Tables, **choices: Unpack[CongruenceChoices]) -> Any: ...
def congruence(
    source: AnySource,
    *,
    role: Role = "answerable",
    collectives: Collectives = "leave_out",
    dependence: Dependence = "identity",
    by: By | None = None,
    pooled: bool = False,
    baseline: Baseline | None = None,
    shuffled: Shuffled = "all",
    draws: int = DRAWS,
    seed: int = 0,
    most_pairs: int | None = None,
) -> Any:
    """Share of the required coordination that the pairing table provides, in four variants, one row each.

    CR = TA · TD · TAᵀ without its diagonal, TA the units × tasks of the chosen role, TD which task depends on which;
    only pairs of two regions count (of one, where a notice has one). Congruence = |CR>0 ∧ CA>0| / |CR>0| (Cataldo,
    Wagstrom, Herbsleb & Carley 2006; Cataldo, Herbsleb & Carley 2008). That is the variant `plain`; the others, the
    rows by unit and the baseline are variants of our own.

    Args:
        source: A knowledge base or its graph; or a collection, or tables of another library, by name.
        role: `answerable` units, `lead` only, or `any` role.
        collectives: `leave_out`, or `expand` along the pairing table, which raises the number by construction.
        dependence: TD: `identity`, each task on itself; `area`, also on the other tasks of its area.
        by: `document`: four rows for every notice, by its own two tables. `unit`: a row for every unit, with the
            partners that its own tasks require.
        pooled: Hold the tasks of all notices against the pairings of all, as if they were one notice.
        baseline: `permutation`: what pairings at random would meet, if every unit kept its number of links. The
            partners are shuffled over the links of a notice and of two regions; a pair that gets two links counts once.
        shuffled: Which links the baseline shuffles: `all`, or those of `departments` alone (a department, party organ or
            institution at one end at least), while the others stay. With all, departments are often drawn for towns, so
            less is expected; with departments alone the comparison is the stricter one.
        draws: How many pairings are drawn.
        seed: What they are drawn from; the same seed gives the same numbers.
        most_pairs: How many pairs of units the tasks may make, d(d−1)/2 for d units; 200 million if not given.

    Returns:
        A frame indexed by variant, with `by` by document and variant: satisfied, required, congruence.

        | variant | counts |
        |---|---|
        | plain | pairs of units with a joint task |
        | weighted | the same, each with its CR: the number of joint tasks |
        | areas | the same, each with the number of its joint areas |
        | first_listed | pairs of units that come first in their cells |

        By unit it is indexed by unit: region, satisfied, required, congruence (all `plain`, of the unit's own row of CR),
        weighted, unpaired (the required partners without a pairing, a tuple).

        With a baseline four more columns: expected (the mean share of the draws), lower and upper (their 5th and 95th
        percentile), at_or_above (the share of draws that meet as much as the table or more; read 0 as fewer than one in
        `draws`). NA where congruence is.

        Of several notices the counts are the sums of the notices, so a pair counts once in each. A notice with tasks
        and no pairing table, or the reverse, is left out: `attrs` names it in left_out, with a note, and says in
        notices (within each, by document, pooled) and documents what was held against what.

        Where no unit is paired at all, or nothing is required, congruence is NA, not 0.

        What it does not say: whether units meet, whether a pairing helps, whether a gap hurts. Plain and weighted
        cross the lists of cells with several units; first_listed does not, and is the higher for it. The baseline is no
        model of how pairings are chosen: a table made with lines (条线) in mind meets more than chance, tasks or no.

        Of a collection or of tables of another library the result is of the same kind, by unit with the number of
        unpaired partners. A baseline, and collectives that are expanded, need a knowledge base.

    Raises:
        UnknownNameError: There is no such choice.
        NoticeError: The tasks make more pairs than `most_pairs`; or both `by` and `pooled` are asked for, or a baseline of
            units, of collectives that are expanded along the pairing table; or draws or seed is no whole number, from 1
            and from 0 on.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> congruence(kb)[["satisfied", "required"]].T.to_dict("list")
        {'plain': [15, 25], 'weighted': [39, 61], 'areas': [20, 30], 'first_listed': [11, 11]}
        >>> random = congruence(kb, baseline="permutation").loc["plain"]
        >>> f"{random['congruence']:.2f} against {random['expected']:.2f}, 95 % of the draws up to {random['upper']:.2f}"
        '0.60 against 0.06, 95 % of the draws up to 0.12'
    """
    if by is not None:
        refuse_split("Congruence cannot be split by that", by, get_args(By))
    if baseline is not None:
        _refuse_baseline(baseline, shuffled, draws, seed, by, collectives)
    engine = engine_of(source, NEEDED)
    if engine is not None:
        refuse_baseline(baseline)
        options: Any = {"role": role, "collectives": collectives, "dependence": dependence}
        return on_engine(engine, **options, by=by, pooled=pooled, most_pairs=most_pairs)
    kb = as_knowledge_base(source)
    with keeping():
        met = meeting(kb, "document" if by == "document" else None, pooled=pooled)
        links = met.links(kb)
        options = {"role": role, "collectives": collectives, "dependence": dependence}
        pairs, first = (
            weighed(met.joint(kb, **options, first_listed=first, most_pairs=most_pairs)) for first in (False, True)
        )
    choices: dict[str, Any] = options | {"brackets": brackets_of(kb), "pairings": len(links)} | met.attrs
    if by == "unit":
        return _by_unit(kb, pairs, choices)
    random = None
    if baseline is not None:
        moves = moving(kb, links, shuffled)
        random = drawn(_required(pairs, first), with_regions(kb, links), moves, draws, seed)
        choices |= {"baseline": baseline, "shuffled": shuffled, "shuffled_links": int(moves.sum())}
        choices |= {"draws": draws, "seed": seed, "interval": f"{LOWER}th to {UPPER}th percentile"}
    table = _variants(pairs, first, met, random, any_link=bool(len(links)))
    table.attrs.update(choices)
    return table


def coordination_requirements(assigned: pd.DataFrame, depends: pd.DataFrame | None = None) -> pd.DataFrame:
    """Coordination requirements CR = TA · TD · TAᵀ as a matrix, its diagonal 0: a unit need not coordinate with itself.

    `congruence` counts the same without matrices; this is for matrices of your own.

    Args:
        assigned: TA, units × tasks.
        depends: TD, tasks × tasks; without it each task depends on itself only.

    Returns:
        Units × units.

    Raises:
        SchemaError: TD is not tasks × tasks.

    Example:
        >>> ta = pd.DataFrame([[0, 1, 0], [0, 1, 1], [1, 1, 0]], index=list("ABC"))
        >>> td = pd.DataFrame([[1, 1, 0], [1, 1, 1], [0, 1, 1]])
        >>> coordination_requirements(ta, td).to_numpy().tolist()
        [[0, 2, 2], [2, 0, 3], [2, 3, 0]]
    """
    tasks = set(assigned.columns)
    if depends is not None and not set(depends.index) == set(depends.columns) == tasks:
        expected, got = f"the tasks {list(assigned.columns)} on both sides", f"{list(depends.index)}"
        raise SchemaError(Complaint("The dependences do not fit the assignments", "depends", expected, got))
    if depends is None:
        required = assigned @ assigned.T
    else:
        required = assigned @ depends.loc[assigned.columns, assigned.columns] @ assigned.T
    return required.mask(np.eye(len(required), dtype=bool), 0)


VARIANTS = ("plain", "weighted", "areas", "first_listed")
BASELINE = ("expected", "lower", "upper", "at_or_above")


def _variants(
    pairs: pd.DataFrame, first: pd.DataFrame, met: Meeting, random: Draws | None, *, any_link: bool
) -> pd.DataFrame:
    """The four variants, of all notices or of each, with the baseline that was drawn for them."""
    rows: list[dict[str, Any]] = []
    for document in met.documents if met.by else ("",):
        parts = (part[part[HELD] == document] if met.by else part for part in (pairs, first))
        counted = list(_counted(*parts, any_link=any_link))
        if random is not None:
            own = [random[document]] if document in random else []
            counted = list(_beside(counted, own if met.by else list(random.values())))
        rows += [{"document": document} | row for row in counted]
    types = {"document": "string", "satisfied": "int64", "required": "int64", "congruence": "Float64"}
    types |= dict.fromkeys(BASELINE if random is not None else (), "Float64")
    table = pd.DataFrame(rows, columns=["document", "variant", *list(types)[1:]]).astype(types)
    return table.set_index(["document", "variant"]) if met.by else table.drop(columns="document").set_index("variant")


def _refuse_baseline(baseline: str, shuffled: str, draws: int, seed: int, by: str | None, collectives: str) -> None:
    """Complain of a baseline that does not exist or would mislead, of everything at once."""
    refuse_unknown("There is no such baseline", "baseline", baseline, get_args(Baseline))
    refuse_unknown("There is no such choice of links to shuffle", "shuffled", shuffled, get_args(Shuffled))
    complaints = [*no_whole_number("draws", draws, 1), *no_whole_number("seed", seed, 0)]
    if by == "unit":
        advice = "Leave by or baseline out."
        complaints.append(Complaint("A single unit has too few links for a baseline", "by", "document", by, advice))
    if collectives == "expand":
        advice = "What collectives require follows from the pairing table, so no other table can be held against it."
        complaints.append(Complaint("There is no baseline", "collectives", "leave_out", collectives, advice))
    if complaints:
        raise NoticeError(complaints)


def _required(pairs: pd.DataFrame, first: pd.DataFrame) -> pd.DataFrame:
    """Every required pair with what it counts in each variant, 0 where it does not."""
    keys = [HELD, *PAIR]
    own = pairs[keys].assign(plain=1, weighted=pairs["weight"], areas=pairs["areas"])
    both = own.merge(first[keys].assign(first_listed=1), on=keys, how="outer")
    return both.fillna(dict.fromkeys(VARIANTS, 0)).astype(dict.fromkeys(VARIANTS, "int64"))[[*keys, *VARIANTS]]


def _beside(counted: list[dict[str, Any]], parts: Sequence[NDArray[np.int64]]) -> Iterator[dict[str, Any]]:
    """The variants with their baseline, the draws of several notices summed draw by draw."""
    for place, row in enumerate(counted):
        if row["congruence"] is pd.NA or not parts:
            yield row | dict.fromkeys(BASELINE, pd.NA)
        else:
            yield row | compared(np.sum([part[:, place] for part in parts], axis=0), row["satisfied"], row["required"])


def _by_unit(kb: KnowledgeBase, pairs: pd.DataFrame, choices: Mapping[str, Any]) -> pd.DataFrame:
    """The rows of CR: for every unit with a required partner how many of them the table pairs it with."""
    region, place = dict(zip(kb.units["unit"], kb.units["region"], strict=True)), places(kb.units["unit"])
    turned = pairs.rename(columns={"unit": "partner", "partner": "unit"})
    rows = []
    for unit, part in pd.concat([pairs, turned], ignore_index=True).groupby("unit", sort=False):
        met, needed = (int(part.loc[chosen, "weight"].sum()) for chosen in (part["paired"], slice(None)))
        satisfied = int(part["paired"].sum())
        shares = (satisfied / len(part), met / needed) if choices["pairings"] else (pd.NA, pd.NA)
        lacking = part.loc[~part["paired"], "partner"].drop_duplicates() if choices["pairings"] else ()
        rows.append(
            {"unit": unit, "region": region[str(unit)], "satisfied": satisfied, "required": len(part)}
            | {"congruence": shares[0], "weighted": shares[1]}
            | {"unpaired": tuple(sorted(lacking, key=place.__getitem__))}
        )
    rows.sort(key=lambda row: (-row["required"], place[row["unit"]]))
    types = {"satisfied": "int64", "required": "int64", "congruence": "Float64", "weighted": "Float64"}
    table = typed(rows, ["unit", "region", *types, "unpaired"], **types, unpaired="object").set_index("unit")
    table.attrs.update(choices, by="unit")
    return table


def _counted(pairs: pd.DataFrame, first: pd.DataFrame, *, any_link: bool) -> Iterator[dict[str, Any]]:
    """The four variants of the pairs of one notice, or of all."""
    met = pairs[pairs["paired"]]
    counts = {
        "plain": (len(met), len(pairs)),
        "weighted": (int(met["weight"].sum()), int(pairs["weight"].sum())),
        "areas": (int(met["areas"].sum()), int(pairs["areas"].sum())),
        "first_listed": (int(first["paired"].sum()), len(first)),
    }
    for variant, (satisfied, required) in counts.items():
        share = satisfied / required if required and any_link else pd.NA
        yield {"variant": variant, "satisfied": satisfied, "required": required, "congruence": share}


def weighed(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per place and pair with CR > 0: its CR as weight, its joint areas, and whether the table pairs it.

    Args:
        rows: The joint tasks of pairs, as `Meeting.joint` gives them.
    """
    place = (rows["document"] + "\t" + rows["area"]).where(rows["area"] != "")
    grouped = rows.assign(place=place).groupby([HELD, *PAIR], sort=False)
    pairs = grouped.agg(weight=("task", "size"), areas=("place", "nunique"), paired=("paired", "any"))
    return pairs.reset_index().astype({"paired": bool})
