"""Congruence (结对吻合度): do the pairings meet the coordination that the tasks require?

After Cataldo, Wagstrom, Herbsleb & Carley (CSCW 2006) and Cataldo, Herbsleb & Carley (ESEM 2008): coordination
requirements CR = TA · TD · TAᵀ, compared with actual coordination CA. Theirs is observed; here CA is a
second formal document, so the number shows how well two tables of one notice agree, not how well anyone works together.
Of several notices each is held against its own pairing table, unless all are pooled.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from pairing_graph.base.errors import Complaint, SchemaError
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.schema import KnowledgeBase
from pairing_graph.measures.meeting import HELD, By, Meeting, meeting
from pairing_graph.measures.pairs import PAIR, Collectives, Dependence
from pairing_graph.measures.relations import Role, brackets_of, keeping

MEASURES = ("congruence",)


def congruence(
    source: Source,
    *,
    role: Role = "answerable",
    collectives: Collectives = "leave_out",
    dependence: Dependence = "identity",
    by: By | None = None,
    pooled: bool = False,
) -> pd.DataFrame:
    """Share of the required coordination that the pairing table provides, in four variants, one row each.

    CR = TA · TD · TAᵀ without its diagonal, TA the units × tasks of the chosen role, TD which task depends on which;
    only pairs of two regions count (of one, where a notice has one). Congruence = |CR>0 ∧ CA>0| / |CR>0|.

    Args:
        source: A knowledge base or its graph.
        role: `answerable` units, `lead` only, or `any` role.
        collectives: `leave_out`, or `expand` along the pairing table, which raises the number by construction.
        dependence: TD: `identity`, each task on itself; `area`, also on the other tasks of its area.
        by: `document`: four rows for every notice, by its own two tables.
        pooled: Hold the tasks of all notices against the pairings of all, as if they were one notice.

    Returns:
        A frame indexed by variant, with `by` by document and variant: satisfied, required, congruence.

        | variant | counts |
        |---|---|
        | plain | pairs of units with a joint task |
        | weighted | the same, each with its CR: the number of joint tasks |
        | areas | the same, each with the number of its joint areas |
        | first_listed | pairs of units that come first in their cells |

        Of several notices the counts are the sums of the notices, so a pair counts once in each. A notice with tasks
        and no pairing table, or the reverse, is left out: `attrs` names it in left_out, with a note, and says in
        notices (within each, by document, pooled) and documents what was held against what.

        Where no unit is paired at all, or nothing is required, congruence is NA, not 0.

        What it does not say: whether units meet, whether a pairing helps, whether a gap hurts. Plain and weighted
        cross the lists of cells with several units; first_listed does not, and is the higher for it.

    Raises:
        UnknownNameError: There is no such choice.
        NoticeError: Both `by` and `pooled` are asked for.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> table = congruence(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> table[["satisfied", "required"]].T.to_dict("list")
        {'plain': [15, 25], 'weighted': [39, 61], 'areas': [20, 30], 'first_listed': [11, 11]}
    """
    kb = as_knowledge_base(source)
    with keeping():
        met = meeting(kb, by, pooled=pooled)
        links = met.links(kb)
        pairs = _weighed(kb, met, role, collectives, dependence, first_listed=False)
        first = _weighed(kb, met, role, collectives, dependence, first_listed=True)
    rows: list[dict[str, Any]] = []
    for document in met.documents if by else ("",):
        parts = (part[part[HELD] == document] if by else part for part in (pairs, first))
        rows += [{"document": document} | row for row in _counted(*parts, any_link=bool(len(links)))]
    types = {"document": "string", "satisfied": "int64", "required": "int64", "congruence": "Float64"}
    table = pd.DataFrame(rows, columns=["document", "variant", *list(types)[1:]]).astype(types)
    table = table.set_index(["document", "variant"]) if by else table.drop(columns="document").set_index("variant")
    choices = {"role": role, "collectives": collectives, "dependence": dependence, "brackets": brackets_of(kb)}
    table.attrs.update(choices, pairings=len(links), **met.attrs)
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


def _weighed(
    kb: KnowledgeBase,
    met: Meeting,
    role: Role,
    collectives: Collectives,
    dependence: Dependence,
    *,
    first_listed: bool,
) -> pd.DataFrame:
    """One row per place and pair with CR > 0: its CR as weight, its joint areas, and whether the table pairs it."""
    rows = met.joint(kb, role=role, first_listed=first_listed, collectives=collectives, dependence=dependence)
    place = (rows["document"] + "\t" + rows["area"]).where(rows["area"] != "")
    grouped = rows.assign(place=place).groupby([HELD, *PAIR], sort=False)
    pairs = grouped.agg(weight=("task", "size"), areas=("place", "nunique"), paired=("paired", "any"))
    return pairs.reset_index().astype({"paired": bool})
