"""Congruence (结对吻合度): do the pairings meet the coordination that the tasks require?

After Cataldo, Wagstrom, Herbsleb & Carley (CSCW 2006) and Cataldo, Herbsleb & Carley (ESEM 2008): coordination
requirements CR = TA · TD · TAᵀ, compared with actual coordination CA. Theirs is observed; here CA is a
second formal document, so the number shows how well two tables of one notice agree, not how well anyone works together.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from pairing_graph.base.errors import Complaint, SchemaError
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.schema import KnowledgeBase
from pairing_graph.measures.pairs import PAIR, Collectives, Dependence, joint_pairs, paired_links
from pairing_graph.measures.relations import Role, brackets_of, keeping

MEASURES = ("congruence",)


def congruence(
    source: Source,
    *,
    role: Role = "answerable",
    collectives: Collectives = "leave_out",
    dependence: Dependence = "identity",
) -> pd.DataFrame:
    """Share of the required coordination that the pairing table provides, in four variants, one row each.

    CR = TA · TD · TAᵀ without its diagonal, TA the units × tasks of the chosen role, TD which task depends on which;
    only pairs of two regions count (of one, where a notice has one). Congruence = |CR>0 ∧ CA>0| / |CR>0|.

    Args:
        source: A knowledge base or its graph.
        role: `answerable` units, `lead` only, or `any` role.
        collectives: `leave_out`, or `expand` along the pairing table, which raises the number by construction.
        dependence: TD: `identity`, each task on itself; `area`, also on the other tasks of its area.

    Returns:
        A frame indexed by variant: satisfied, required, congruence.

        | variant | counts |
        |---|---|
        | plain | pairs of units with a joint task |
        | weighted | the same, each with its CR: the number of joint tasks |
        | areas | the same, each with the number of its joint areas |
        | first_listed | pairs of units that come first in their cells |

        Where no unit is paired at all, or nothing is required, congruence is NA, not 0.

        What it does not say: whether units meet, whether a pairing helps, whether a gap hurts. Plain and weighted
        cross the lists of cells with several units; first_listed does not, and is the higher for it.

    Raises:
        UnknownNameError: There is no such choice.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> table = congruence(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> table[["satisfied", "required"]].T.to_dict("list")
        {'plain': [15, 25], 'weighted': [39, 61], 'areas': [20, 30], 'first_listed': [11, 11]}
    """
    kb = as_knowledge_base(source)
    with keeping():
        links = paired_links(kb)
        pairs = _weighed(kb, links, role, collectives, dependence, first_listed=False)
        first = _weighed(kb, links, role, collectives, dependence, first_listed=True)
    counted = {
        "plain": (int(pairs["paired"].sum()), len(pairs)),
        "weighted": (int(pairs.loc[pairs["paired"], "weight"].sum()), int(pairs["weight"].sum())),
        "areas": (int(pairs.loc[pairs["paired"], "areas"].sum()), int(pairs["areas"].sum())),
        "first_listed": (int(first["paired"].sum()), len(first)),
    }
    rows = [
        {
            "variant": variant,
            "satisfied": satisfied,
            "required": required,
            "congruence": satisfied / required if required and len(links) else pd.NA,
        }
        for variant, (satisfied, required) in counted.items()
    ]
    types = {"satisfied": "int64", "required": "int64", "congruence": "Float64"}
    table = pd.DataFrame(rows).astype(types).set_index("variant")
    table.attrs = {
        "role": role,
        "collectives": collectives,
        "dependence": dependence,
        "brackets": brackets_of(kb),
        "pairings": len(links),
    }
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


def _weighed(
    kb: KnowledgeBase,
    links: pd.DataFrame,
    role: Role,
    collectives: Collectives,
    dependence: Dependence,
    *,
    first_listed: bool,
) -> pd.DataFrame:
    """One row per pair with CR > 0: its CR as weight, its joint areas, and whether the table pairs it."""
    rows = joint_pairs(kb, role=role, first_listed=first_listed, collectives=collectives, dependence=dependence)
    place = (rows["document"] + "\t" + rows["area"]).where(rows["area"] != "")
    grouped = rows.assign(place=place).groupby(PAIR, sort=False)
    pairs = grouped.agg(weight=("task", "size"), areas=("place", "nunique")).reset_index()
    paired = set(zip(links["unit"], links["partner"], strict=True))
    met = [pair in paired for pair in zip(pairs["unit"], pairs["partner"], strict=True)]
    return pairs.assign(paired=pd.Series(met, index=pairs.index, dtype=bool))
