"""Who answers for what: units down the side, tasks across the top, one mark per responsibility."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from pairing_graph.base.words import Language, word
from pairing_graph.figures.missing import missing_sheet
from pairing_graph.figures.plotting import Plot, plot_of
from pairing_graph.figures.sheet import NOTE_SIZE, Sheet, widest
from pairing_graph.figures.widgets.cells import AreaCells, Cells, Column, Row, TaskCells, roles_in_words
from pairing_graph.figures.widgets.grid import SORTS
from pairing_graph.figures.widgets.pages import Matrix
from pairing_graph.kb.address import Address
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.schema import ROLES
from pairing_graph.look.citation import short_citation
from pairing_graph.look.labels import counted, labels_of
from pairing_graph.look.palette import RegionLook, region_looks
from pairing_graph.measures.relations import answerable, frames_of, native, numbers_of, shares
from pairing_graph.measures.results import Results

_NARROWEST = 14.5
"""A column must have room for a mark and some air, in points; chosen by eye on the 2022 notice at 900 pixels."""
_NUMBER_AIR = 3.5
"""What a task's number leaves free in its column: a third of a letter on both sides."""
_MOST_PAGES = 2
"""Two pages below each other are still seen together, and show every task; more are folded."""
_FOLDS = 2
"""Areas replace tasks where they have this many tasks on average: fewer would hide which task it is and save little."""
_ANSWERING = ["first", "listed"]
"""Marks of units that answer for a task."""


def responsibility_matrix_sheet(results: Results, *, lang: Language = "zh") -> Sheet:
    """Draw units (rows) against tasks (columns), a mark wherever a unit answers for a task, supports or guides it.

    Units are ordered by region and load, collectives last in their region; tasks by area, in the order of the notice. A
    filled square is an answerable unit listed first in its region's cell, a hatched one an answerable unit behind it, a
    ring another responsible unit, a dot a supporting one, a small triangle one that guides. Squares joined by a bar are from one merged cell.
    Collectives are hollow.

    Where the tasks fill more than two pages below each other, each column is an area with the number of tasks that a unit answers for and,
    after a plus, of those that it supports or guides. Tasks without areas, and many areas, go on several pages below
    each other. The sheet is as wide as any other figure.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> plot_responsibility_matrix(read_notice("data/raw/wuxi-yuzhong-2022.txt"), lang="en").get_label()
        '7 of 28 tasks are led jointly by units of one region'
    """
    kb = results.kb
    if kb.assignments.empty:
        return missing_sheet(kb, "tasks", "no_matrix", lang)
    marks = responsibility_marks(kb)
    matrix = _matrix(results, marks, lang)
    return Sheet(
        _finding(kb, marks, lang),
        _subtitle(kb, marks, matrix, lang),
        short_citation(kb, lang),
        matrix.draw,
        matrix.height,
    )


plot_responsibility_matrix: Plot = plot_of(responsibility_matrix_sheet)


def responsibility_marks(kb: KnowledgeBase) -> pd.DataFrame:
    """What the matrix shows: one row per task and unit, the strongest of its roles.

    Returns:
        task, unit, sort (first, listed: answerable, first in its region's cell or behind; responsible, support, guide) and
        origin, the cell that the fact comes from, which a merged cell shares between tasks.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> marks = responsibility_marks(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> marks["sort"].value_counts().to_dict()
        {'first': 56, 'listed': 23}
    """
    answering = native(shares(answerable(frames_of(kb))))
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
    answering = marks[marks["sort"].isin(_ANSWERING)]
    roles = set(kb.assignments.merge(answering[["task", "unit"]], on=["task", "unit"])["role"])
    return [role for role in ROLES if role in roles and role in ("lead", "responsible")]


def _matrix(results: Results, marks: pd.DataFrame, lang: Language) -> Matrix:
    """Tasks on one page or two, else areas; tasks on more pages where areas would not spare half the columns."""
    tasks, regions = _ordered_tasks(results.kb), list(_regions(results))
    answering = answering_roles(results.kb, marks)
    matrix = Matrix(regions, *_by_task(results.kb, tasks, marks, answering), lang)
    areas = tasks.groupby(["document", "area"], sort=False).ngroups
    if len(matrix.pages) <= _MOST_PAGES or areas == 1 or areas * _FOLDS > len(tasks):
        return matrix
    return Matrix(regions, *_by_area(tasks, marks, answering, lang), lang)


def _by_task(
    kb: KnowledgeBase, tasks: pd.DataFrame, marks: pd.DataFrame, answering: list[str]
) -> tuple[list[Column], Cells]:
    numbers = numbers_of(kb)
    rows = zip(*(tasks[name] for name in ("task", "document", "area")), strict=True)
    columns = [Column(task, numbers[task], document, area) for task, document, area in rows]
    facts = zip(*(marks[name] for name in ("task", "unit", "sort", "origin")), strict=True)
    narrowest = max(_NARROWEST, widest([column.title for column in columns], NOTE_SIZE) + _NUMBER_AIR)
    return columns, TaskCells(
        {(task, unit): (sort, origin) for task, unit, sort, origin in facts}, answering, narrowest
    )


def _by_area(
    tasks: pd.DataFrame, marks: pd.DataFrame, answering: list[str], lang: Language
) -> tuple[list[Column], Cells]:
    rows = zip(*(tasks[name] for name in ("task", "document", "area")), strict=True)
    areas = {task: (document, area) for task, document, area in rows}
    keys = {area: str(place) for place, area in enumerate(dict.fromkeys(areas.values()))}
    sizes = Counter(areas.values())
    columns = [
        Column(key, word("matrix_area_tasks", lang, count=sizes[area]), area[0], area[1] or word("no_area", lang))
        for area, key in keys.items()
    ]
    answers: Counter[tuple[str, str]] = Counter()
    others: Counter[tuple[str, str]] = Counter()
    for task, unit, sort in zip(*(marks[name] for name in ("task", "unit", "sort")), strict=True):
        (answers if sort in _ANSWERING else others)[keys[areas[task]], unit] += 1
    return columns, AreaCells({cell: (answers[cell], others[cell]) for cell in answers | others}, answering)


def _ordered_tasks(kb: KnowledgeBase) -> pd.DataFrame:
    """Tasks by document and area, both in the order in which they first appear."""
    areas = kb.tasks.groupby(["document", "area"], sort=False).ngroup()
    order = pd.DataFrame({"document": pd.factorize(kb.tasks["document"])[0], "area": areas})
    return kb.tasks.loc[order.sort_values(["document", "area"], kind="stable").index].reset_index(drop=True)


def _regions(results: Results) -> Iterator[tuple[str, RegionLook, list[Row]]]:
    units = results.kb.units.set_index("unit")
    totals = {str(unit): int(count) for unit, count in results.loads["tasks"].items()}
    for region, look in region_looks(results.kb).items():
        own = units[units["region"] == region]
        names = labels_of(own, full=not region)
        busy = [unit for unit, total in totals.items() if total and unit in own.index]
        busy.sort(key=lambda unit: (bool(own.at[unit, "collective"]), -totals[unit]))
        rows = []
        for unit in busy:
            collective = bool(own.at[unit, "collective"])
            rows.append(Row(unit, names[unit], collective, totals[unit]))
        if rows:
            yield region, look, rows


def _subtitle(kb: KnowledgeBase, marks: pd.DataFrame, matrix: Matrix, lang: Language) -> str:
    named = int((~kb.units.set_index("unit").loc[marks["unit"].unique(), "collective"]).sum())
    folded, pages = isinstance(matrix.cells, AreaCells), len(matrix.pages)
    values = {"units": named, "tasks": len(kb.tasks), "areas": len(matrix.columns), "pages": pages}
    roles = roles_in_words(answering_roles(kb, marks), lang)
    subtitle = word("matrix_folded_subtitle" if folded else "matrix_subtitle", lang, roles=roles, **values)
    if pages == 1:
        return subtitle
    return word("two_sentences", lang, one=subtitle, other=word("matrix_pages", lang, **values))


def _finding(kb: KnowledgeBase, marks: pd.DataFrame, lang: Language) -> str:
    """How many tasks several units of one region answer for together."""
    units = kb.units.set_index("unit")
    named = marks[marks["sort"].isin(_ANSWERING) & ~marks["unit"].map(units["collective"]).astype(bool)]
    sizes = named.groupby(["task", named["unit"].map(units["region"])], sort=False)["unit"].nunique()
    shared = set(sizes[sizes > 1].index.get_level_values("task"))
    joint = len(shared)
    led = set(kb.assignments.loc[kb.assignments["role"] == ROLES[0], "task"])
    asked = shared or set(named["task"])
    role = "lead" if asked <= led else "answer" if asked & led else "responsible"
    tasks = counted("task", len(kb.tasks), lang)
    form = "none" if not joint else "one" if joint == 1 else "many"
    return word(f"finding_joint_{role}_{form}", lang, tasks=tasks, joint=joint)
