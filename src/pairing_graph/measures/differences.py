"""What a scenario changes: loads, pairings and congruence before and after, side by side."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pairing_graph.base.errors import Complaint, NoticeError
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.concentration import concentration
from pairing_graph.measures.congruence import congruence
from pairing_graph.measures.coordination import gaps, unpaired_in_task
from pairing_graph.measures.meeting import meeting
from pairing_graph.measures.relations import brackets_of, keeping
from pairing_graph.measures.workload import COUNTS, workload

_LOADS = COUNTS[:-1]
"""All counts but the targets, which units share."""
_COLUMNS = ["figure", "subject", "before", "after", "change"]


def difference(before: Source, after: Source, *, unchanged: bool = False, pooled: bool = False) -> pd.DataFrame:
    """Every figure that differs between two states of one knowledge base; formulas and sources are in their measures.

    Args:
        before: The knowledge base as it was read, or its graph.
        after: The same notices after a scenario. For two notices use `compare`.
        unchanged: Whether figures that do not differ have rows too.
        pooled: Hold the tasks of all notices against the pairings of all; else each meets its own, as in `congruence`.

    Returns:
        A frame indexed by figure and subject: before, after, change.

        | figure | subject |
        |---|---|
        | a count of `workload`: lead, tasks, fractional … | the unit |
        | pairing | donor–recipient; 1 where they are paired |
        | congruence | plain, weighted, areas, first_listed |
        | pairs | gaps, joint tasks without a pairing: how many pairs of units |
        | units | unpaired_in_task: how many units |
        | gini | the region: of the `tasks` of its bearers (`concentration`) |

        A unit that is not there before or after is NA there, and counts as 0 in the change. Congruence, gaps and units
        without a counterpart are NA where they are not defined (nobody is paired), and so is their change.

        What it does not say: whether the change is for the better. Congruence rises when a pairing is written down.

    Raises:
        NoticeError: They are not states of the same notices.

    Example:
        >>> from pairing_graph.measures.scenarios import merge_units
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> change = difference(kb, merge_units(kb, "县乡村振兴局", "县农业农村委"))
        >>> change.loc[("tasks", "巫溪县农业农村委")].tolist()
        [3.0, 5.0, 2.0]
    """
    one, other = as_knowledge_base(before), as_knowledge_base(after)
    _refuse_other_notices(one, other)
    with keeping():
        met = meeting(other, None, pooled=pooled)
        rows = [*_loads(one, other), *_pairings(one, other)]
        rows += [*_congruence(one, other, pooled=pooled), *_counts(one, other, pooled=pooled)]
        rows += _concentration(one, other)
    table = pd.DataFrame(rows, columns=_COLUMNS)
    table = table.astype(dict.fromkeys(_COLUMNS[2:], "Float64") | dict.fromkeys(_COLUMNS[:2], "string"))
    if not unchanged:
        same = (table["change"] == 0).fillna(False) | (table["before"].isna() & table["after"].isna())
        table = table[~same.astype(bool)]
    table = table.set_index(["figure", "subject"])
    names = [name for kb in (one, other) for name in (*kb.assignments["scenario"], *kb.pairings["scenario"]) if name]
    table.attrs = {"scenarios": list(dict.fromkeys(names)), "brackets": brackets_of(one)}
    table.attrs.update(met.attrs)
    return table


def _refuse_other_notices(before: KnowledgeBase, after: KnowledgeBase) -> None:
    one, other = (sorted(kb.documents["document"]) for kb in (before, after))
    if one != other:
        expected, got = f"a scenario of {', '.join(one)}", ", ".join(other) or "no notice"
        raise NoticeError(
            Complaint("These are not two states of one notice", "after", expected, got, "For two notices use compare.")
        )


def _concentration(before: KnowledgeBase, after: KnowledgeBase) -> list[dict[str, Any]]:
    one, other = (concentration(kb, count="tasks", population="bearers")["gini"] for kb in (before, after))
    regions = list(dict.fromkeys([*one.index, *other.index]))
    return [
        _row("gini", f"{region}: tasks, bearers", one.get(region, pd.NA), other.get(region, pd.NA))
        for region in regions
    ]


def _loads(before: KnowledgeBase, after: KnowledgeBase) -> list[dict[str, Any]]:
    one, other = workload(before), workload(after)
    units = list(dict.fromkeys([*one.index, *other.index]))
    return [
        _row(name, unit, _value(one, unit, name), _value(other, unit, name), missing=0)
        for name in _LOADS
        for unit in units
    ]


def _pairings(before: KnowledgeBase, after: KnowledgeBase) -> list[dict[str, Any]]:
    one, other = (list(zip(kb.pairings["donor"], kb.pairings["recipient"], strict=True)) for kb in (before, after))
    pairs = dict.fromkeys([*one, *other])
    return [_row("pairing", "–".join(pair), int(pair in one), int(pair in other)) for pair in pairs]


def _congruence(before: KnowledgeBase, after: KnowledgeBase, *, pooled: bool) -> list[dict[str, Any]]:
    one, other = (congruence(kb, pooled=pooled)["congruence"] for kb in (before, after))
    return [_row("congruence", str(variant), one[variant], other[variant]) for variant in one.index]


def _counts(before: KnowledgeBase, after: KnowledgeBase, *, pooled: bool) -> list[dict[str, Any]]:
    pairs = [_count(gaps(kb, pooled=pooled)) for kb in (before, after)]
    units = [_count(unpaired_in_task(kb, pooled=pooled)) for kb in (before, after)]
    return [_row("pairs", "gaps", *pairs), _row("units", "unpaired_in_task", *units)]


def _count(found: pd.DataFrame) -> Any:
    """How many rows a measure of missing pairings found; NA where nobody is paired, so that nothing is missing."""
    return len(found) if found.attrs["pairings"] else pd.NA


def _value(loads: pd.DataFrame, unit: str, name: str) -> Any:
    return loads.at[unit, name] if unit in loads.index else pd.NA


def _row(figure: str, subject: str, before: Any, after: Any, missing: Any = pd.NA) -> dict[str, Any]:
    first, second = (missing if value is pd.NA else value for value in (before, after))
    return {"figure": figure, "subject": subject, "before": before, "after": after, "change": second - first}
