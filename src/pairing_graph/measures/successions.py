"""Units that look renamed or taken over between two notices: suggestions with their evidence, never assumed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.relations import ends, facts, frames_of, native, typed

_COLUMNS = [
    "old",
    "new",
    "reading",
    "evidence",
    "tasks_old",
    "tasks_passed",
    "partners_passed",
    "same_line",
    "name_score",
]
_NAME_THRESHOLD = 60.0


def suggestions(
    a: KnowledgeBase,
    b: KnowledgeBase,
    matches: pd.DataFrame,
    names_a: Mapping[str, str],
    names_b: Mapping[str, str],
    scorer: Callable[[str, str], float],
) -> pd.DataFrame:
    """For every named unit of a that b does not name: units that may be its new name, or may have taken over its work.

    A unit of b of the same region is suggested where it answers for a matched task that it did not have before and the
    old unit had, or is newly paired with a partner of the old unit; or where it is new and of the same line, or its
    name is similar. `renamed` means that b's unit is new and its line or name matches, `taken_over` the rest.
    To accept one, write it into a table of aliases and give that to `compare`.

    Args:
        a: The earlier knowledge base.
        b: The later one.
        matches: Tasks of both, with task_a and task_b.
        names_a: The name under which each unit of a is compared.
        names_b: The same for b.
        scorer: The similarity of two texts, 0 to 100.

    Returns:
        old, new, reading (renamed, taken_over), evidence (what speaks for it, joined by +: tasks, partners, line,
        name), tasks_old (matched tasks of the old unit), tasks_passed, partners_passed, same_line, name_score. The
        strongest evidence first.
    """
    before, after = _View(a, names_a), _View(b, names_b)
    pairs = dict(zip(matches["task_a"], matches["task_b"], strict=True))
    rows = []
    for old in before.named:
        if old in after.named:
            continue
        found = [_compared(old, new, before, after, pairs, scorer) for new in after.named]
        rows += [row for row in found if row["evidence"]]
    rows.sort(key=lambda row: (-row["tasks_passed"], -row["partners_passed"], -row["name_score"]))
    types = {**dict.fromkeys(_COLUMNS[4:7], "int64"), "same_line": "bool", "name_score": "float64"}
    return typed(rows, _COLUMNS, **types)


class _View:
    """What a notice says of its named units, by the names under which they are compared."""

    def __init__(self, kb: KnowledgeBase, names: Mapping[str, str]) -> None:
        units = kb.units[~kb.units["collective"].astype(bool)]
        rows = units[["unit", "name", "region", "line"]].itertuples(index=False)
        self.named = {names[unit]: (name, region, line) for unit, name, region, line in rows}
        self.tasks: dict[str, set[str]] = {}
        for unit, task in native(facts(frames_of(kb), "any").select("unit", "task")).itertuples(index=False):
            self.tasks.setdefault(names[unit], set()).add(task)
        self.partners: dict[str, set[str]] = {}
        for unit, partner in native(ends(frames_of(kb)).select("unit", "partner")).itertuples(index=False):
            self.partners.setdefault(names[unit], set()).add(names[partner])


def _compared(
    old: str, new: str, before: _View, after: _View, pairs: Mapping[str, str], scorer: Callable[[str, str], float]
) -> dict[str, Any]:
    (name_a, region_a, line_a), (name_b, region_b, line_b) = before.named[old], after.named[new]
    had = {pairs[task] for task in before.tasks.get(old, set()) if task in pairs}
    already = {pairs[task] for task in before.tasks.get(new, set()) if task in pairs}
    passed = (had & after.tasks.get(new, set())) - already
    partners = before.partners.get(old, set()) & (after.partners.get(new, set()) - before.partners.get(new, set()))
    fresh = new not in before.named
    name_score = round(scorer(name_a, name_b), 1)
    speaks = {
        "tasks": bool(passed),
        "partners": bool(partners),
        "line": fresh and bool(line_a) and line_a == line_b,
        "name": fresh and name_score >= _NAME_THRESHOLD and bool(passed or partners or line_a == line_b != ""),
    }
    return {
        "old": old,
        "new": new,
        "reading": "renamed" if speaks["line"] or speaks["name"] else "taken_over",
        "evidence": "+".join(name for name, holds in speaks.items() if holds) if region_a == region_b else "",
        "tasks_old": len(had),
        "tasks_passed": len(passed),
        "partners_passed": len(partners),
        "same_line": bool(line_a) and line_a == line_b,
        "name_score": name_score,
    }
