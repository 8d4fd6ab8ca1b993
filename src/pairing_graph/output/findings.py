"""The measures of a notice and the comparison of two as tables for a terminal or for JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from pairing_graph.base.words import both, word
from pairing_graph.kb.schema import KnowledgeBase
from pairing_graph.measures.balance import balance, balance_loads
from pairing_graph.measures.checks import checks
from pairing_graph.measures.choices import choices
from pairing_graph.measures.comparison import Comparison
from pairing_graph.measures.congruence import congruence
from pairing_graph.measures.coordination import coordination, gaps, unpaired_in_task
from pairing_graph.measures.counterparts import counterparts
from pairing_graph.measures.coverage import coverage, divisions, tasks_by_size, units_in_one_table
from pairing_graph.measures.structure import centrality, projection, sole_leads, task_exclusivity
from pairing_graph.output.report import Section

MEASURES = (
    unpaired_in_task,
    coordination,
    gaps,
    congruence,
    counterparts,
    coverage,
    divisions,
    units_in_one_table,
    tasks_by_size,
    checks,
    balance,
    balance_loads,
    centrality,
    projection,
    sole_leads,
    task_exclusivity,
    choices,
)
_CUT = 60


def measure_tables(kb: KnowledgeBase, names: Iterable[str] = ()) -> dict[str, pd.DataFrame]:
    """Every measure of a notice by name, with its choices in `attrs`; of names only those.

    Example:
        >>> list(measure_tables(KnowledgeBase(), ["gaps"]))
        ['gaps']
    """
    wanted = set(names)
    return {measure.__name__: measure(kb) for measure in MEASURES if not wanted or measure.__name__ in wanted}


def tables_json(tables: Mapping[str, pd.DataFrame]) -> str:
    """Tables as one JSON object: for each its choices and its rows, NA as null.

    Example:
        >>> tables_json({"a": pd.DataFrame({"n": [1]}).rename_axis("unit")}).replace("\\n", "").replace(" ", "")
        '{"a":{"choices":{},"rows":[{"unit":0,"n":1}]}}'
    """
    told = {name: {"choices": table.attrs, "rows": records(table)} for name, table in tables.items()}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a measure as plain records, its index among the columns."""
    flat = table.reset_index() if table.index.names != [None] else table
    text = flat.to_json(orient="records", force_ascii=False, double_precision=12)
    rows: list[dict[str, Any]] = json.loads(text)
    return rows


def measure_sections(kb: KnowledgeBase) -> Iterator[Section]:
    """What an analyst reads first; structure is left out, since for one notice it says little."""
    yield from headline_sections(kb)
    names = _short_names(kb)
    columns = ["unit", "partner", "joint_tasks", "joint_areas", "blocks"]
    yield _section("gaps", gaps(kb), columns, names)
    other = counterparts(kb)
    other = other[other["paired_with"].notna() & (other["paired_with"] != "own_line")]
    told = _section("counterparts", _worded(other, "counterpart", "paired_with"), _COUNTERPARTS, names)
    yield _of_pairings(kb, told)
    reached = _worded(coverage(kb).reset_index(), "level").astype("object")
    reached = reached.map(lambda cell: word("na") if cell is pd.NA else cell)
    columns = ["region", "level", "paired", "named", "known", "unpaired"]
    yield _section("coverage", reached, columns)
    alone = _worded(units_in_one_table(kb), "table")
    yield _section("units_in_one_table", alone[alone["collective"] == ""], ["unit", "table", "address"], names)
    yield _section("checks", checks(kb), ["severity", "found", "address"])
    loads = balance_loads(kb)
    yield _section("balance", loads[loads["change"] != 0], ["unit", "before", "after", "change"], names)


def headline_sections(kb: KnowledgeBase) -> Iterator[Section]:
    """Who has no paired counterpart inside the own task, and how far joint tasks and pairings agree."""
    names = _short_names(kb)
    columns = ["unit", "numbers", "counterparts", "partners"]
    yield _of_pairings(kb, _section("unpaired_in_task", unpaired_in_task(kb), columns, names))
    told = congruence(kb)
    told = told.assign(congruence=[word("na") if pd.isna(v) else f"{v:.2f}" for v in told["congruence"]])
    told.index = pd.Index([both(f"congruence_{variant}") for variant in told.index], name="variant")
    yield _section("congruence", told, ["variant", "satisfied", "required", "congruence"])


def comparison_sections(compared: Comparison) -> Iterator[Section]:
    """What differs between two notices, table by table; last the matches whose words are not quite the same."""
    for name, table in compared.changes.items():
        shown = [column for column in _COMPARED[name] if column in table]
        yield _section(f"compared_{name}", _worded(table, "change", "reading"), shown)
    same = compared.matches["score"] == 100
    matched = _section("matched_tasks", compared.matches[~same], ["task_a", "task_b", "score"])
    left_out = " ".join(word("identical_matches", lang, count=int(same.sum())) for lang in ("zh", "en"))
    yield replace(matched, text=left_out) if same.any() else matched


def _of_pairings(kb: KnowledgeBase, section: Section) -> Section:
    """A section that says so where there is no pairing table to look into."""
    return replace(section, text=both("no_pairing_table")) if kb.pairings.empty else section


def _short_names(kb: KnowledgeBase) -> dict[str, str]:
    return dict(zip(kb.units["unit"], kb.units["name"], strict=True))


_COUNTERPARTS = ["unit", "line", "counterpart", "paired_with", "partners", "bracket"]
_COMPARED = {
    "tasks": ["side", "task", "text", "nearest", "score"],
    "reworded": ["task_a", "score", "text_a", "text_b"],
    "assignments": ["task_a", "change", "unit", "role_a", "role_b"],
    "targets": ["task_a", "change", "metric", "old", "new"],
    "pairings": ["change", "donor", "recipient"],
    "units": ["old", "new", "reading", "evidence"],
}


def _section(heading: str, table: pd.DataFrame, columns: list[str], names: Mapping[str, str] | None = None) -> Section:
    """A section with the named columns, units by their short names."""
    flat = table.reset_index() if table.index.names != [None] else table
    shown = flat[columns].astype("object")
    for column in set(columns) & {"unit", "partner", "counterparts", "partners"}:
        if names:
            shown[column] = [_short(cell, names) for cell in shown[column]]
    shown = shown.map(lambda cell: "" if cell is pd.NA else _cut(listed(cell)))
    text = both("none") if shown.empty else ""
    return Section(both(f"section_{heading}"), shown.rename(columns=lambda name: both(f"head_{name}")), text)


def _short(cell: Any, names: Mapping[str, str]) -> Any:
    """A unit, or the units of a list, by their short names."""
    if isinstance(cell, tuple):
        return tuple(names.get(unit, unit) for unit in cell)
    return names.get(cell, cell)


def listed(cell: Any) -> Any:
    """A list as a reader sees it, anything else as it is.

    Example:
        >>> listed(("甲", "乙"))
        '甲、乙'
    """
    return "、".join(map(str, cell)) if isinstance(cell, tuple) else cell


def _worded(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The table with the values of some columns in words."""
    flat = table.reset_index() if table.index.names != [None] else table
    for column in columns:
        if column in flat:
            flat = flat.assign(**{column: [both(f"{column}_{value}") for value in flat[column]]})
    return flat


def _cut(cell: Any) -> Any:
    return f"{cell[:_CUT]}…" if isinstance(cell, str) and len(cell) > _CUT else cell
