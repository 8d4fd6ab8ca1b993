"""Knowledge bases made for figures: the real notice, and small ones with what the real one lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from pairing_graph.notice import read_notice
from pairing_graph.schema import KnowledgeBase, frame, validate

ROOT = Path(__file__).parents[2]
Builder = Callable[..., KnowledgeBase]
Cells = Mapping[str, Sequence[str]]


@pytest.fixture(scope="session")
def notice() -> KnowledgeBase:
    return read_notice(ROOT / "data" / "raw" / "wuxi-yuzhong-2022.txt")


@pytest.fixture(scope="session")
def invent() -> Builder:
    """A builder: units are written region|name, tasks are (area, {role: units}), pairings are (donor, recipient)."""
    return invented


def invented(
    tasks: Sequence[tuple[str, Cells]] = (),
    pairings: Sequence[tuple[str, str]] = (),
    *,
    kinds: Mapping[str, str] | None = None,
    document: str = "甲府发〔2024〕1号",
    basis: str = "header",
    merged: bool = False,
) -> KnowledgeBase:
    units: dict[str, dict[str, object]] = {}
    kinds = kinds or {}

    def unit(written: str) -> str:
        region, _, name = written.rpartition("|")
        kind = kinds.get(name, "department")
        row = {"unit": region + name, "name": name, "region": region, "kind": kind, "collective": kind == "collective"}
        return str(units.setdefault(region + name, row)["unit"])

    task_rows, assignment_rows = [], []
    for count, (area, cells) in enumerate(tasks, 1):
        task = f"{document}#{count}"
        row = {"task": task, "document": document, "number": count, "area": area, "text": f"任务{count}。"}
        task_rows.append(row | {"label": f"任务{count}", "address": f"{document}!t1r{count + 1}c2"})
        for column, (role, names) in enumerate(cells.items(), 3):
            ranks: dict[str, int] = {}
            for name in names:
                rank = ranks[name.rpartition("|")[0]] = ranks.get(name.rpartition("|")[0], 0) + 1
                item = names.index(name) + 1
                fact = {"task": task, "unit": unit(name), "role": role, "rank": rank, "as_written": name}
                source = f"{document}!t1r2c{column}.{item}" if merged and count > 1 else ""
                fact |= {"inherited_from": source, "address": f"{document}!t1r{count + 1}c{column}.{item}"}
                assignment_rows.append(fact)
    pairing_rows = [
        {"document": document, "donor": unit(donor), "recipient": unit(recipient), "direction_basis": basis}
        | {"number": count, "address": f"{document}!t2r{count + 1}"}
        for count, (donor, recipient) in enumerate(pairings, 1)
    ]
    regions = tuple(dict.fromkeys(str(row["region"]) for row in units.values() if row["region"]))
    documents = [{"document": document, "title": "关于印发任务分解表的通知", "number": document}]
    documents[0] |= {"issuers": ("甲县人民政府",), "date": "2024-03-01", "regions": regions, "file": "a.txt"}
    kb = KnowledgeBase(
        documents=frame("documents", documents),
        units=frame("units", list(units.values())),
        tasks=frame("tasks", task_rows),
        assignments=frame("assignments", assignment_rows),
        pairings=frame("pairings", pairing_rows),
    )
    return validate(kb)
