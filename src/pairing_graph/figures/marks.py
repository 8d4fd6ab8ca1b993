"""The marks of the responsibility matrix: what a unit is to a task, and how that is drawn."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from pairing_graph.figures.sheet import Canvas
from pairing_graph.kb.address import Address
from pairing_graph.kb.schema import ROLES, KnowledgeBase
from pairing_graph.look.palette import PAPER, RegionLook, UnitLook
from pairing_graph.measures.relations import answerable, lazy, shares

Sort = Literal["first", "listed", "responsible", "support"]
SORTS: tuple[Sort, ...] = ("first", "listed", "responsible", "support")
_SQUARE = 10.5
_HATCH = "//////"


def responsibility_marks(kb: KnowledgeBase) -> pd.DataFrame:
    """What the matrix shows: one row per task and unit, the strongest of its roles.

    Returns:
        task, unit, sort (first, listed: answerable, first in its region's cell or behind; responsible, support) and
        origin, the cell that the fact comes from, which a merged cell shares between tasks.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> marks = responsibility_marks(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> marks["sort"].value_counts().to_dict()
        {'first': 56, 'listed': 23}
    """
    answering = shares(answerable(lazy(kb.tables))).collect(backend="pandas").to_native()
    first = {(row.task, row.unit): bool(row.first) for row in answering.itertuples()}
    rows = []
    for row in kb.assignments.itertuples():
        found = first.get((row.task, row.unit))
        sort = str(row.role) if found is None else ("first" if found else "listed")
        place = str(row.inherited_from or row.address).split()[0]
        rows.append({"task": row.task, "unit": row.unit, "sort": sort, "origin": str(Address.parse(place).cell)})
    marks = pd.DataFrame(rows, columns=["task", "unit", "sort", "origin"])
    strongest = marks.sort_values("sort", key=lambda sorts: sorts.map(SORTS.index), kind="stable")
    return strongest.drop_duplicates(["task", "unit"]).sort_index(ignore_index=True)


def answering_roles(kb: KnowledgeBase, marks: pd.DataFrame) -> list[str]:
    """The roles that the answerable units have: lead, responsible or, over many notices, both.

    Args:
        kb: A knowledge base.
        marks: Its `responsibility_marks`.
    """
    answering = marks[marks["sort"].isin(["first", "listed"])]
    roles = set(kb.assignments.merge(answering[["task", "unit"]], on=["task", "unit"])["role"])
    return [role for role in ROLES if role in roles and role != "support"]


def draw_mark(
    canvas: Canvas,
    at: tuple[float, float],
    sort: Sort,
    look: RegionLook,
    *,
    hollow: bool = False,
    size: float = _SQUARE,
) -> None:
    """One mark of the matrix."""
    x, y = at
    if sort in ("responsible", "support"):
        fill = look.colour if sort == "support" and not hollow else PAPER
        mark_size = size * (0.9 if sort == "responsible" else 0.45)
        canvas.mark(x, y, UnitLook(fill, look.colour, "circle"), mark_size, mew=1.3)
        return
    fill, hatch = (look.colour, "") if sort == "first" else (look.light, _HATCH)
    fill = PAPER if hollow else fill
    hatch = "" if hollow and sort == "first" else hatch
    width = 1.6 if hollow else 0.8
    half = size / 2.0
    canvas.box(x - half, y - half, size, size, fill, ec=look.colour, lw=width, hatch=hatch, zorder=3)
