"""The ledger: what was read plus what is reported unread is all there was."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from typing import Any

from pairing_graph.base.reference import reference
from pairing_graph.base.text import chinese_number
from pairing_graph.kb.address import Address, split
from pairing_graph.kb.document import Cell
from pairing_graph.kb.knowledge_base import KnowledgeBase

Row = Mapping[str, Any]
Placed = Mapping[str, list[tuple[Row, list[Address]]]]
_RUN = re.compile(r"[\u3400-\u9fff]+(?:\s+[\u3400-\u9fff]+)*|\d+")
_PRINTED = re.compile(r"^\s*[（(]?[一二三四五六七八九十百\d]+[)）、.．]+|[（(]\s*共?\s*\d+\s*[项条个][)）]")
_NOT_CITED = {"header", "documents"}
_PARTS = {"tasks": ("tasks", "targets", "results")}
_PLACES = ("document", "task", "unit", "donor", "recipient", "inherited_from", "scenario", "address")
_BESIDE = ("number", "area", "remark", "deadline", "leaders")
_MEANT = {"无", "暂无"} | {row["word"] for table in ("roles", "headers") for row in reference(table)}
_SAID = "|".join(["分别", "共同", "按职责分工", *(row["word"] for row in reference("roles"))])
_COMPARED = "不少于|不低于|不超过|不高于|至少|达到|以上|以内|左右|力争|争取"


def unaccounted(kb: KnowledgeBase) -> Iterator[str]:
    """Every cell and line with words that neither went to a table nor is reported."""
    reported = {str(place.cell) for address in kb.unread["address"] for place in split(address)}
    for name, source in kb.sources.items():
        for address, text, _ in source.document.pieces(name):
            if str(address) not in source.uses and str(address) not in reported:
                yield f"{address}: {text.strip()}"


def claimed_without_a_row(kb: KnowledgeBase) -> Iterator[str]:
    """Every cell and line that is said to have gone to a table in which no row names it, or whose words are lost.

    A heading goes to no row, and the cover and captions go to the row of their document. A number, an area, a remark, a
    deadline or a leader stands beside or above the cells that its row names; there the row has to hold its words.
    """
    placed = {name: _placed(kb, name) for name in kb.tables if "address" in kb.tables[name]}
    for name, source in kb.sources.items():
        assert set(kb.tables["documents"]["document"]) >= {name}
        cells = {(grid.number, cell.row, cell.column): cell for grid in source.document.grids for cell in grid.cells}
        for place, tables in source.uses.items():
            address = Address.parse(place)
            cell = cells.get((address.table, address.row, address.column))
            citing: list[Row] = []
            for table in set(tables) - _NOT_CITED:
                rows = _citing(placed, table, address) or _beside(placed, table, address, cell)
                if not rows:
                    yield f"{place} → {table}"
                citing += rows
            if citing and cell and "header" not in tables:
                said = [row["text"] for row, places in placed["unread"] if address in [at.cell for at in places]]
                lost = _lost(cell.text, [*(value for row in citing for value in _values(row)), *map(_squeezed, said)])
                if lost:
                    yield f"{place}: {'、'.join(lost)}"


def _citing(placed: Placed, table: str, address: Address) -> list[Row]:
    """The rows that name the very cell, as their own or as the one that they read on from; a target is of a task."""
    rows = [row for part in _PARTS.get(table, (table,)) for row in placed[part]]
    return [row for row, places in rows if any(address == at.cell for at in places)]


def _beside(placed: Placed, table: str, address: Address, cell: Cell | None) -> list[Row]:
    """The rows that stand in the cell's table row, or below where it is merged, and hold its words in such a column.

    A cell that says a deadline or a leader among other things holds the words of the row.
    """
    if cell is None:
        return []
    found = []
    for row, places in placed[table]:
        same = [at for at in places if (at.document, at.table) == (address.document, address.table)]
        values = _values(row, _BESIDE)
        among = any(len(value) > 2 and value in _squeezed(cell.text) for value in values)
        if any(at.row >= cell.row for at in same) and (among or not _lost(cell.text, values)):
            found.append(row)
    return found


def _lost(text: str, held: list[str]) -> list[str]:
    """The words and numbers of a cell that are nowhere in what is held; what a role or comparator says aside."""
    lost = []
    for run in _RUN.findall(_PRINTED.sub(" ", text) if _PRINTED.sub("", text).strip() else text):
        pieces = [piece for part in run.split() for piece in re.split(f"{_COMPARED}|{_SAID}", part) if piece]
        if not _is_held(_squeezed(run), held) and not all(_is_held(piece, held) for piece in pieces):
            lost.append(run)
    return lost


def _is_held(word: str, held: list[str]) -> bool:
    if word in _MEANT:
        return True
    if word.isdecimal() or chinese_number(word) is not None:
        printed = str(chinese_number(word) or int(word))
        return any(re.search(rf"(?<!\d)(?:{printed}|{word})(?!\d)", value) for value in held)
    return any(word in value for value in held)


def _values(row: Row, columns: Container[str] | None = None) -> list[str]:
    """What a row says, its ids and places left out."""
    values = [value for name, value in row.items() if (name in columns if columns else name not in _PLACES)]
    return [_squeezed("、".join(value) if isinstance(value, tuple) else str(value)) for value in values]


def _placed(kb: KnowledgeBase, table: str) -> list[tuple[Row, list[Address]]]:
    """The rows of a table, each with the places that it names."""
    rows = kb.tables[table].to_dict("records")
    return [(row, split(f"{row['address']} {row.get('inherited_from', '')}")) for row in rows]


def _squeezed(text: str) -> str:
    return "".join(text.split())
