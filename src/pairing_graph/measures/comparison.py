"""Two notices compared: another year of the same two regions, or another two regions under the same programme.

Tasks are matched by how similar their wording is, which does not prove that the work is the same; every match has its
score. Units are compared by name. Renamed units and takeovers are suggested with the evidence, and assumed only where a
reviewed table says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import pandas as pd

from pairing_graph.base.errors import Complaint, UnknownNameError, refuse_unknown
from pairing_graph.base.extras import require
from pairing_graph.base.text import fold_width, squeeze
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.address import join
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.regions import units_today
from pairing_graph.measures.relations import facts, frames_of, native, regions_of, typed
from pairing_graph.measures.successions import suggestions
from pairing_graph.reading.unit_names import unit_id
from pairing_graph.reading.user_tables import read_reference

By = Literal["unit", "line"]
Scorer = Callable[[str, str], float]
THRESHOLD = 60.0
_TARGET_THRESHOLD = 50.0
_MATCHES = ["task_a", "task_b", "score", "same_words", "text_a", "text_b", "address"]
_TASKS = ["task", "side", "text", "nearest", "score", "address"]
_REWORDED = ["task_a", "task_b", "score", "text_a", "text_b", "address"]
_ASSIGNMENTS = ["task_a", "task_b", "change", "unit", "role_a", "role_b", "address"]
_TARGETS = [
    "task_a",
    "task_b",
    "change",
    "metric",
    "metric_a",
    "metric_b",
    "old",
    "new",
    "value_a",
    "value_b",
    "quantity_unit",
    "address",
]
_PAIRINGS = ["change", "donor", "recipient", "address"]


@dataclass(frozen=True)
class Comparison:
    """What differs between two notices, a and b.

    Attributes:
        matches: Tasks of both: task_a, task_b, score (0 to 100), same_words, text_a, text_b, address.
        tasks: Tasks of one only: task, side (a, b), text, nearest (the most similar of the other notice, below the
            threshold or matched elsewhere), score, address.
        reworded: The matches whose words differ.
        assignments: Units of matched tasks: task_a, task_b, change (added, removed, role), unit, role_a, role_b,
            address.
        targets: Targets of matched tasks: task_a, task_b, change (changed, added, removed), metric, metric_a and
            metric_b (what each side counts: where they differ, so may the scope), old and new (as written), value_a,
            value_b, quantity_unit, address. Targets of unmatched tasks are left out.
        pairings: Pairings of one only: change (added, removed), donor, recipient, address.
        units: Units that look renamed or taken over, to be reviewed: old, new, reading (renamed, taken_over), evidence,
            tasks_old, tasks_passed, partners_passed, same_line, name_score.
        choices: The options that led here; order tells by the dates which is the earlier.
    """

    matches: pd.DataFrame
    tasks: pd.DataFrame
    reworded: pd.DataFrame
    assignments: pd.DataFrame
    targets: pd.DataFrame
    pairings: pd.DataFrame
    units: pd.DataFrame
    choices: Mapping[str, Any]

    @property
    def changes(self) -> dict[str, pd.DataFrame]:
        """The tables of what differs, by name; the matches are not among them."""
        names = ("tasks", "reworded", "assignments", "targets", "pairings", "units")
        return {name: getattr(self, name) for name in names}

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return all(table.empty for table in self.changes.values())

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(table)} {name}" for name, table in self.changes.items())
        return f"Comparison: {len(self.matches)} matched tasks; differences: {counts}"


def compare(
    a: Source, b: Source, *, threshold: float = THRESHOLD, by: By = "unit", aliases: str | Path | None = None
) -> Comparison:
    """Compare two notices: tasks, assignments, targets, pairings and units.

    The best-matching two tasks are matched first, then the best of the rest, each task once, down to the threshold
    (ties in their order). The score is RapidFuzz's `fuzz.ratio` of the words without blanks: 200 · common characters in
    order / characters of both.

    Args:
        a: The earlier notice, or the one compared with: a knowledge base or its graph.
        b: The later or other one.
        threshold: The score from which two tasks count as one, 0 to 100. 60 leaves room for a year's rewording.
        by: `unit`: units are the same by full name, that of a renamed county (璧山县, 璧山区) by today's; `line`: by their line (条线) and the place of their region in the
            title, for notices of other regions. Where no region is in both, collectives (各乡镇) are left out: they have
            no line.
        aliases: A reviewed CSV or workbook (region, alias, name, reason): the unit `alias` of a is the unit `name` of b.

    Raises:
        MissingExtraError: RapidFuzz is not installed.
        UnknownNameError: There is no such choice, or the threshold is out of range.
        FileError: The table of aliases cannot be read.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> compare(kb, kb).empty
        True
    """
    refuse_unknown("There is no such choice for by", "by", by, get_args(By))
    if not 0 <= threshold <= 100:
        raise UnknownNameError(
            Complaint("The threshold is out of range", "threshold", "a number from 0 to 100", repr(threshold))
        )
    if 0 < threshold <= 1:
        advice = f"Write {threshold * 100:g} for a share of {threshold:g}."
        expected = "a score from 0 to 100, not a share"
        raise UnknownNameError(Complaint("The threshold is 0 to 100", "threshold", expected, repr(threshold), advice))
    scorer = _scorer()
    one, other = as_knowledge_base(a), as_knowledge_base(b)
    of_others = by == "line" and not set(regions_of(one)) & set(regions_of(other))
    if of_others:
        one, other = _without_collectives(one), _without_collectives(other)
    renamed = accepted(aliases)
    names_a, names_b = _names(one, by, renamed), _names(other, by, {})
    pairs = _matched(list(map(_words, one.tasks["text"])), list(map(_words, other.tasks["text"])), scorer, threshold)
    matches = _matches(one, other, pairs)
    reworded = matches[~matches["same_words"].astype(bool)].reset_index(drop=True)
    assignments = _assignments(one, other, matches, names_a, names_b)
    return Comparison(
        matches=matches,
        tasks=_unmatched(one, other, pairs, scorer),
        reworded=reworded[_REWORDED],
        assignments=assignments,
        targets=_targets(one, other, matches, scorer),
        pairings=_pairings(one, other, names_a, names_b),
        units=suggestions(one, other, matches, names_a, names_b, scorer),
        choices={
            "threshold": threshold,
            "by": by,
            "aliases": str(aliases or ""),
            "collectives": "left out" if of_others else "kept",
            "score": "rapidfuzz.fuzz.ratio",
            "order": _order(one, other),
        },
    )


def _without_collectives(kb: KnowledgeBase) -> KnowledgeBase:
    """The same without what collectives are assigned or paired with."""
    collective = set(kb.units.loc[kb.units["collective"], "unit"])
    assigned = ~kb.assignments["unit"].isin(collective)
    paired = ~(kb.pairings["donor"].isin(collective) | kb.pairings["recipient"].isin(collective))
    return kb.replace(assignments=kb.assignments[assigned], pairings=kb.pairings[paired])


def _order(a: KnowledgeBase, b: KnowledgeBase) -> str:
    """Which of the two is the later by their dates; empty where a date is missing or they overlap."""
    dates_a, dates_b = list(a.documents["date"]), list(b.documents["date"])
    if not dates_a or not dates_b or not all([*dates_a, *dates_b]):
        return ""
    if max(dates_b) < min(dates_a):
        return "b is earlier"
    return "a is earlier" if max(dates_a) < min(dates_b) else ""


def _scorer() -> Scorer:
    scorer: Scorer = require("rapidfuzz.fuzz", "compare", "Comparing notices").ratio
    return scorer


def _words(text: str) -> str:
    return fold_width(squeeze(text))


def accepted(aliases: str | Path | None) -> dict[str, str]:
    """Old id → new id of the units that a reviewed table says are one."""
    if aliases is None:
        return {}
    rows = read_reference("aliases", aliases)
    return {unit_id(row["region"], row["alias"]): unit_id(row["region"], row["name"]) for row in rows}


def _names(kb: KnowledgeBase, by: By, renamed: Mapping[str, str]) -> dict[str, str]:
    """The name under which each unit is compared: with today's name of its region, or what a reviewed table says.

    A region that both notices leave open (which of the four 鼓楼区) is taken for the same.
    """
    if by == "unit":
        opened = tuple(f"{document}:" for document in kb.documents["document"])
        regions = dict(zip(kb.units["unit"], kb.units["region"], strict=True))
        plain = {unit: _plain(today, regions[unit], opened) for unit, today in units_today(kb).items()}
        return {unit: renamed.get(unit, name) for unit, name in plain.items()}
    place = {region: count for count, region in enumerate(regions_of(kb), 1)}
    lined = kb.units[["unit", "region", "line"]].itertuples(index=False)
    return {
        unit: f"{line}[{place[region]}]" if line and region else renamed.get(unit, unit) for unit, region, line in lined
    }


def _plain(unit: str, region: str, opened: tuple[str, ...]) -> str:
    """A unit without the document that is before its region where the notice leaves open which of several it is."""
    prefix = next((one for one in opened if region.startswith(one)), "")
    return unit.removeprefix(prefix)


def _matched(ours: list[str], theirs: list[str], scorer: Scorer, threshold: float) -> list[tuple[int, int, float]]:
    """Places matched one to one, the best score first."""
    scored = [
        (-score, i, j)
        for i, left in enumerate(ours)
        for j, right in enumerate(theirs)
        if (score := scorer(left, right)) >= threshold
    ]
    found: list[tuple[int, int, float]] = []
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    for negative, i, j in sorted(scored):
        if i not in taken_a and j not in taken_b:
            found.append((i, j, -negative))
            taken_a.add(i)
            taken_b.add(j)
    return sorted(found)


def _matches(a: KnowledgeBase, b: KnowledgeBase, pairs: list[tuple[int, int, float]]) -> pd.DataFrame:
    rows = [
        {
            "task_a": a.tasks["task"].iloc[i],
            "task_b": b.tasks["task"].iloc[j],
            "score": round(score, 1),
            "same_words": _words(a.tasks["text"].iloc[i]) == _words(b.tasks["text"].iloc[j]),
            "text_a": a.tasks["text"].iloc[i],
            "text_b": b.tasks["text"].iloc[j],
            "address": join(f"{a.tasks['address'].iloc[i]} {b.tasks['address'].iloc[j]}".split()),
        }
        for i, j, score in pairs
    ]
    return typed(rows, _MATCHES, score="float64", same_words="bool")


def _unmatched(a: KnowledgeBase, b: KnowledgeBase, pairs: list[tuple[int, int, float]], scorer: Scorer) -> pd.DataFrame:
    taken = ({i for i, _, _ in pairs}, {j for _, j, _ in pairs})
    rows = []
    for side, mine, theirs, used in (("a", a.tasks, b.tasks, taken[0]), ("b", b.tasks, a.tasks, taken[1])):
        for place, (task, text, address) in enumerate(mine[["task", "text", "address"]].itertuples(index=False)):
            if place in used:
                continue
            scores = [scorer(_words(text), _words(other)) for other in theirs["text"]]
            best = max(range(len(scores)), key=scores.__getitem__) if scores else -1
            nearest = {"nearest": theirs["task"].iloc[best], "score": round(scores[best], 1)} if scores else {}
            rows.append({"task": task, "side": side, "text": text, "address": address, **nearest})
    return typed(rows, _TASKS, score="Float64")


def _assignments(
    a: KnowledgeBase, b: KnowledgeBase, matches: pd.DataFrame, names_a: Mapping[str, str], names_b: Mapping[str, str]
) -> pd.DataFrame:
    ours, theirs = _roles(a, names_a), _roles(b, names_b)
    rows = []
    for task_a, task_b in matches[["task_a", "task_b"]].itertuples(index=False):
        before, after = ours.get(task_a, {}), theirs.get(task_b, {})
        for unit in dict.fromkeys([*before, *after]):
            (role_a, place_a), (role_b, place_b) = before.get(unit, ("", "")), after.get(unit, ("", ""))
            if role_a == role_b:
                continue
            change = "role" if role_a and role_b else "removed" if role_a else "added"
            row = {"task_a": task_a, "task_b": task_b, "change": change, "unit": unit}
            rows.append(row | {"role_a": role_a, "role_b": role_b, "address": join(f"{place_a} {place_b}".split())})
    return typed(rows, _ASSIGNMENTS)


def _roles(kb: KnowledgeBase, names: Mapping[str, str]) -> dict[str, dict[str, tuple[str, str]]]:
    """Task → what a unit goes by → its roles and their addresses."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    rows = native(facts(frames_of(kb), "any").select("task", "unit", "role", "address"))
    for task, unit, role, address in rows.itertuples(index=False):
        units = found.setdefault(task, {})
        roles, places = units.get(names[unit], ("", ""))
        together = sorted({*roles.split("+"), role} - {""})
        units[names[unit]] = ("+".join(together), f"{places} {address}".strip())
    return found


def _targets(a: KnowledgeBase, b: KnowledgeBase, matches: pd.DataFrame, scorer: Scorer) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for task_a, task_b in matches[["task_a", "task_b"]].itertuples(index=False):
        ours = a.targets[a.targets["task"] == task_a].to_dict("records")
        theirs = b.targets[b.targets["task"] == task_b].to_dict("records")
        pairs = _matched(
            [f"{row['quantity_unit']}|{row['metric']}" for row in ours],
            [f"{row['quantity_unit']}|{row['metric']}" for row in theirs],
            _same_quantity(scorer),
            _TARGET_THRESHOLD,
        )
        sides: list[tuple[dict[Any, Any], dict[Any, Any]]] = [(ours[i], theirs[j]) for i, j, _ in pairs]
        sides += [(row, {}) for i, row in enumerate(ours) if i not in {pair[0] for pair in pairs}]
        sides += [({}, row) for j, row in enumerate(theirs) if j not in {pair[1] for pair in pairs}]
        rows += [{"task_a": task_a, "task_b": task_b, **_change(*side)} for side in sides if not _same(*side)]
    return typed(rows, _TARGETS, value_a="Float64", value_b="Float64")


def _same_quantity(scorer: Scorer) -> Scorer:
    """The similarity of two metrics, 0 where their units of quantity differ."""

    def score(left: str, right: str) -> float:
        unit_a, _, metric_a = left.partition("|")
        unit_b, _, metric_b = right.partition("|")
        return scorer(metric_a, metric_b) if unit_a == unit_b else 0.0

    return score


def _same(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> bool:
    parts = ("comparator", "value", "value_max", "aspirational")
    if not old or not new:
        return False
    pairs = [(old[part], new[part]) for part in parts]
    return all((pd.isna(one) and pd.isna(other)) or bool(one == other) for one, other in pairs)


def _change(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> dict[str, Any]:
    some = new or old
    return {
        "change": "changed" if old and new else "removed" if old else "added",
        "metric": some["metric"],
        "metric_a": old.get("metric", ""),
        "metric_b": new.get("metric", ""),
        "old": old.get("as_written", ""),
        "new": new.get("as_written", ""),
        "value_a": old.get("value", pd.NA),
        "value_b": new.get("value", pd.NA),
        "quantity_unit": some["quantity_unit"],
        "address": join(f"{old.get('address', '')} {new.get('address', '')}".split()),
    }


def _pairings(
    a: KnowledgeBase, b: KnowledgeBase, names_a: Mapping[str, str], names_b: Mapping[str, str]
) -> pd.DataFrame:
    ours, theirs = _links(a, names_a), _links(b, names_b)
    rows = [("removed", *pair, ours[pair]) for pair in ours if pair not in theirs]
    rows += [("added", *pair, theirs[pair]) for pair in theirs if pair not in ours]
    return typed([dict(zip(_PAIRINGS, row, strict=True)) for row in rows], _PAIRINGS)


def _links(kb: KnowledgeBase, names: Mapping[str, str]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for donor, recipient, address in kb.pairings[["donor", "recipient", "address"]].itertuples(index=False):
        pair = (names[donor], names[recipient])
        found[pair] = join(f"{found.get(pair, '')} {address}".split())
    return found
