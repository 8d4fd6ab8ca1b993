"""Small knowledge bases out of a few words, for cases that the real notice does not have, and random ones."""

from __future__ import annotations

import pandas as pd
from hypothesis import strategies as st

from pairing_graph.kb.frames import frame
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.validation import validate

NAMES = ["甲区商务局", "甲区教育局", "甲区财政局", "乙县商务局", "乙县教育局", "乙县林业局"]


def small(tasks, pairings=(), *, areas=(), texts=(), collectives=(), kinds=None, numbers=None, document="d"):
    """Tasks are dicts role → names; a unit's region is the first two characters of its name."""
    names = [name for cells in tasks for cell in cells.values() for name in cell]
    names = list(dict.fromkeys([*names, *(name for pair in pairings for name in pair)]))
    units, rows, facts = [], [], []
    for name in names:
        kind = "collective" if name in collectives else (kinds or {}).get(name, "department")
        line = name[2:4] if kind == "department" else ""
        short = name if kind == "collective" else name[1:]
        units.append(
            {"unit": name, "name": short[-len(name) + 2 :] if kind == "collective" else short, "region": name[:2]}
            | {"kind": kind, "line": line, "collective": kind == "collective"}
        )
    for k, cells in enumerate(tasks, 1):
        area = areas[k - 1] if areas else ""
        text = texts[k - 1] if texts else f"第{k}项"
        number = numbers[k - 1] if numbers else k
        rows.append({"task": f"{document}#{k}", "document": document, "number": number, "area": area, "text": text})
        rows[-1]["address"] = f"{document}!t1r{k + 1}c2"
        for column, (role, cell) in enumerate(cells.items(), 3):
            for rank, name in enumerate(cell, 1):
                place = f"{document}!t1r{k + 1}c{column}.{rank}"
                facts.append({"task": f"{document}#{k}", "unit": name, "role": role, "rank": rank, "address": place})
                facts[-1]["as_written"] = name
    links = [
        {"document": document, "number": k, "donor": donor, "recipient": recipient, "direction_basis": "header"}
        | {"address": f"{document}!t2r{k + 1}"}
        for k, (donor, recipient) in enumerate(pairings, 1)
    ]
    regions = tuple(dict.fromkeys(name[:2] for name in names))
    return validate(
        KnowledgeBase(
            documents=frame("documents", [{"document": document, "title": "通知", "regions": regions}]),
            units=frame("units", units),
            tasks=frame("tasks", rows),
            assignments=frame("assignments", facts),
            pairings=frame("pairings", links),
        )
    )


cells = st.lists(st.sampled_from(NAMES), max_size=4, unique=True)
task_lists = st.lists(st.fixed_dictionaries({"lead": cells, "responsible": cells}), min_size=1, max_size=5)
links = st.lists(st.tuples(st.sampled_from(NAMES[:3]), st.sampled_from(NAMES[3:])), max_size=6, unique=True)
bases = st.builds(
    lambda tasks, pairings, areas: small(tasks, pairings, areas=areas[: len(tasks)]),
    task_lists,
    links,
    st.lists(st.sampled_from(["", "产业", "民生"]), min_size=5, max_size=5),
)


def answering(kb):
    """Task → the units that answer for it, without the package's own code."""
    found = {}
    for task in kb.tasks["task"]:
        rows = kb.assignments[kb.assignments["task"] == task]
        leads = list(rows.loc[rows["role"] == "lead", "unit"])
        found[task] = leads or list(rows.loc[rows["role"] == "responsible", "unit"])
    return found


def together(*parts):
    """Several knowledge bases as one, as if their notices had been read together."""
    tables = {name: pd.concat([part.tables[name] for part in parts], ignore_index=True) for name in parts[0].tables}
    tables["units"] = tables["units"].drop_duplicates("unit", ignore_index=True)
    return validate(KnowledgeBase(**tables))


def _notice(document, tasks, pairings, areas):
    return small(tasks, pairings, areas=areas[: len(tasks)], document=document)


years = st.builds(
    lambda *contents: [_notice(document, *content) for document, content in zip("abc", contents, strict=False)],
    *[st.tuples(task_lists, links, st.lists(st.sampled_from(["", "产业"]), min_size=5, max_size=5))] * 3,
)
"""Three notices of the same two regions."""
