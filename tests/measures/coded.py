"""Filled-in coding sheets for tests, from rows that were made by hand; nothing here asks what the reader made of a notice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import openpyxl

from pairing_graph.reading.coding_sheets import heading_of

Fact = tuple[str, dict[str, str]]
"""An address as a coder writes it, and what is filled in beside it."""


def fill_in(sheet: Path, facts: Mapping[str, Iterable[Fact]], path: Path) -> Path:
    """An empty workbook filled in as a person would: in the row of the address, a second time in an empty row below."""
    book = openpyxl.load_workbook(sheet)
    for name, rows in facts.items():
        page = next(book[title] for title in book.sheetnames if title.endswith(name))
        heads = {heading_of(str(cell.value)): cell.column for cell in page[1]}
        free = next(row for row in range(2, page.max_row + 1) if not page.cell(row, 1).value)
        at = {str(page.cell(row, 1).value): row for row in range(2, free)}
        used = set()
        for address, answers in rows:
            row = at.get(address)
            if row is None or row in used:
                row, free = free, free + 1
                page.cell(row, heads["address"]).value = address
            used.add(row)
            for column, answer in answers.items():
                cell = page.cell(row, heads[column])
                cell.value, cell.data_type = answer, "s"
    book.save(path)
    return path


def facts_2022(expected: Callable) -> dict[str, list[Fact]]:
    """The rows of the 2022 notice that were made by hand, as a coder enters them.

    Task k is in row k + 1 of the first table and pairing row k in row k + 1 of the second, below the headings.
    """
    tasks: dict[str, dict[str, list[str]]] = {}
    for row in expected("assignments").to_dict("records"):
        tasks.setdefault(row["task"], {}).setdefault(row["role"], []).append(row["as_written"])
    pairs: dict[str, dict[str, dict[str, None]]] = {}
    for row in expected("pairings").to_dict("records"):
        sides = pairs.setdefault(row["number"], {"donor": {}, "recipient": {}})
        sides["donor"][row["donor_name"]] = None
        sides["recipient"][row["recipient_name"]] = None
    return {
        "assignments": [
            (f"t1r{int(task) + 1}", {role: "、".join(names) for role, names in roles.items()})
            for task, roles in tasks.items()
        ],
        "pairings": [
            (f"t2r{int(number) + 1}", {side: "、".join(names) for side, names in sides.items()})
            for number, sides in pairs.items()
        ],
        "targets": [(f"t1r{int(row['task']) + 1}", target_of(row)) for row in expected("targets").to_dict("records")],
    }


def target_of(row: Mapping[str, str]) -> dict[str, str]:
    columns = ("value", "value_max", "comparator", "quantity_unit")
    answers = {column: row[column] for column in columns if row[column]}
    return answers | ({"aspirational": "是"} if row["aspirational"] == "yes" else {})


def change(facts: dict[str, list[Fact]], sheet: str, address: str, old: str, **answers: str) -> None:
    """Another answer in the first row of an address that has an old one somewhere."""
    for count, (at, given) in enumerate(facts[sheet]):
        if at == address and old in given.values():
            facts[sheet][count] = (at, given | answers)
            return
    raise AssertionError((sheet, address, old))
