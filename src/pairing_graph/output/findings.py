"""The measures of a notice and the comparison of two as tables for a terminal or for JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pandas as pd

from pairing_graph.base.words import Language
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.comparison import Comparison
from pairing_graph.measures.results import Results, offered, on_request
from pairing_graph.output.section import Section, column, listed, missing_table, words

_LONGEST_CELL = 60


def measure_tables(results: Results, names: Iterable[str] = ()) -> dict[str, pd.DataFrame]:
    """The named measures, with their choices in `attrs`; without names all but those `on_request`.

    Example:
        >>> list(measure_tables(Results(KnowledgeBase()), ["gaps"]))
        ['gaps']
    """
    wanted = list(names) or [name for name in offered() if name not in on_request()]
    return {name: results[name] for name in wanted}


def tables_json(tables: Mapping[str, pd.DataFrame]) -> str:
    """Tables as one JSON object: for each its choices and its rows, NA as null.

    Example:
        >>> tables_json({"a": pd.DataFrame({"n": [1]}).rename_axis("unit")}).replace("\\n", "").replace(" ", "")
        '{"a":{"choices":{},"rows":[{"unit":0,"n":1}]}}'
    """
    content = {name: {"choices": table.attrs, "rows": records(table)} for name, table in tables.items()}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a measure as plain records, its index among the columns."""
    flat = table.reset_index() if table.index.names != [None] else table
    text = flat.to_json(orient="records", force_ascii=False, double_precision=12)
    rows: list[dict[str, Any]] = json.loads(text)
    return rows


def measure_sections(results: Results, lang: Language | None = None) -> Iterator[Section]:
    """What an analyst reads first; structural measures are left out, since they say little about a single notice."""
    yield from headline_sections(results, lang)
    for name, (tables, make) in _SECTIONS.items():
        yield missing_table(results.kb, words(f"section_{name}", lang), lang, *tables) or make(results, lang)


def headline_sections(results: Results, lang: Language | None = None) -> Iterator[Section]:
    """Units without a paired counterpart in their own task, and how far joint tasks and pairings agree."""
    for name, make in (("unpaired_in_task", _unpaired), ("congruence", _congruence)):
        heading = words(f"section_{name}", lang)
        yield missing_table(results.kb, heading, lang, "tasks", "pairings") or make(results, lang)


def _unpaired(results: Results, lang: Language | None) -> Section:
    columns = _split(results, ["unit", "numbers", "counterparts", "partners"])
    found = results["unpaired_in_task"]
    return _of_notices(found, _section("unpaired_in_task", found, columns, lang, _short_names(results.kb)), lang)


def _congruence(results: Results, lang: Language | None) -> Section:
    found = results["congruence"]
    shares = [words("na", lang or "zh") if pd.isna(value) else f"{value:.2f}" for value in found["congruence"]]
    variants = [words(f"congruence_{variant}", lang) for variant in found.index.get_level_values("variant")]
    shown = found.reset_index().assign(congruence=shares, variant=variants)
    shown_columns = _split(results, ["variant", "satisfied", "required", "congruence"])
    return _of_notices(found, _section("congruence", shown, shown_columns, lang), lang)


def _gaps(results: Results, lang: Language | None) -> Section:
    columns = _split(results, ["unit", "partner", "joint_tasks", "joint_areas", "blocks"])
    section = _section("gaps", results["gaps"], columns, lang, _short_names(results.kb))
    return _of_notices(results["gaps"], section, lang)


def _counterparts(results: Results, lang: Language | None) -> Section:
    other = results["counterparts"]
    other = other[other["paired_with"].notna() & (other["paired_with"] != "own_line")]
    worded = _worded(other, lang, "counterpart", "paired_with")
    columns = ["unit", "line", "counterpart", "paired_with", "partners", "bracket"]
    return _section("counterparts", worded, columns, lang, _short_names(results.kb))


def _coverage(results: Results, lang: Language | None) -> Section:
    reached = _worded(results["coverage"].reset_index(), lang, "level").astype("object")
    reached = reached.map(lambda cell: words("na", lang or "zh") if cell is pd.NA else cell)
    return _section("coverage", reached, ["region", "level", "paired", "named", "known", "unpaired"], lang)


def _in_one_table(results: Results, lang: Language | None) -> Section:
    alone = _worded(results["units_in_one_table"], lang, "table")
    alone = alone[alone["collectives"].map(len) == 0]
    columns, names = _split(results, ["unit", "table", "address"]), _short_names(results.kb)
    section = _section("units_in_one_table", alone, columns, lang, names)
    return _of_notices(results["units_in_one_table"], section, lang)


def _checks(results: Results, lang: Language | None) -> Section:
    return _section("checks", results["checks"], ["severity", "found", "address"], lang)


def _balance(results: Results, lang: Language | None) -> Section:
    loads = results["balance_loads"]
    columns, names = ["unit", "before", "after", "change"], _short_names(results.kb)
    return _section("balance", loads[loads["change"] != 0], columns, lang, names)


_SECTIONS: Mapping[str, tuple[tuple[str, ...], Callable[[Results, Language | None], Section]]] = MappingProxyType(
    {
        "gaps": (("tasks", "pairings"), _gaps),
        "counterparts": (("pairings",), _counterparts),
        "coverage": (("pairings",), _coverage),
        "units_in_one_table": (("tasks", "pairings"), _in_one_table),
        "checks": ((), _checks),
        "balance": (("tasks",), _balance),
    }
)
"""The sections behind the headlines, each with the tables that it is about: without one of them it says so."""


def comparison_sections(compared: Comparison, lang: Language | None = None) -> Iterator[Section]:
    """The differences between two notices, table by table; the matches that differ in wording come last."""
    for name, table in compared.changes.items():
        shown = [head for head in COMPARED[name] if head in table]
        yield _section(f"compared_{name}", _worded(table, lang, "change", "reading"), shown, lang)
    same = compared.matches["score"] == 100
    matched = _section("matched_tasks", compared.matches[~same], ["task_a", "task_b", "score"], lang)
    left_out = words("identical_matches", lang, count=int(same.sum()))
    yield replace(matched, text=left_out) if same.any() else matched


def _split(results: Results, columns: list[str]) -> list[str]:
    """The columns of a measure of tasks and pairings, the notice first where every notice has its own rows."""
    return ["document", *columns] if results.by else columns


def _of_notices(table: pd.DataFrame, section: Section, lang: Language | None) -> Section:
    """The section, with a sentence on the notices that the measure left out."""
    left_out = table.attrs.get("left_out", ())
    if not left_out:
        return section
    documents = words("comma", lang or "en").join(left_out)
    sentence = words("notices_left_out", lang, documents=documents)
    return replace(section, text=f"{section.text}\n{sentence}".strip())


def _short_names(kb: KnowledgeBase) -> dict[str, str]:
    return dict(zip(kb.units["unit"], kb.units["name"], strict=True))


COMPARED = {
    "tasks": ["side", "task", "text", "nearest", "score"],
    "reworded": ["task_a", "score", "text_a", "text_b"],
    "assignments": ["task_a", "change", "unit", "role_a", "role_b"],
    "targets": ["task_a", "change", "metric", "old", "new"],
    "pairings": ["change", "donor", "recipient"],
    "units": ["old", "new", "reading", "evidence"],
}
"""The tables of a comparison with the columns that a terminal shows."""


def _section(
    heading: str, table: pd.DataFrame, columns: list[str], lang: Language | None, names: Mapping[str, str] | None = None
) -> Section:
    """A section with the named columns, units by their short names."""
    flat = table.reset_index() if table.index.names != [None] else table
    shown = flat[columns].astype("object")
    for head in set(columns) & {"unit", "partner", "counterparts", "partners"}:
        if names:
            shown[head] = [_short(cell, names) for cell in shown[head]]
    shown = shown.map(lambda cell: "" if cell is pd.NA else _cut(listed(cell, lang)))
    shown.columns = pd.Index([column(f"head_{name}", lang) for name in columns])
    return Section(words(f"section_{heading}", lang), shown, words("none", lang) if shown.empty else "")


def _short(cell: Any, names: Mapping[str, str]) -> Any:
    """A unit, or the units of a list, by their short names."""
    if isinstance(cell, tuple):
        return tuple(names.get(unit, unit) for unit in cell)
    return names.get(cell, cell)


def _worded(table: pd.DataFrame, lang: Language | None, *columns: str) -> pd.DataFrame:
    """The table with the values of some columns in words."""
    flat = table.reset_index() if table.index.names != [None] else table
    for head in columns:
        if head in flat:
            flat = flat.assign(**{head: [words(f"{head}_{value}", lang) for value in flat[head]]})
    return flat


def _cut(cell: Any) -> Any:
    return f"{cell[:_LONGEST_CELL]}…" if isinstance(cell, str) and len(cell) > _LONGEST_CELL else cell
