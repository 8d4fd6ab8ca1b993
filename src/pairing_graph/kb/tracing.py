"""Trace what was read back to the original cells: a unit, a task, a pairing, a target, a document, an address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from numbers import Integral
from typing import Any

import pandas as pd

from pairing_graph.base.errors import Complaint, NoticeError, UnknownNameError
from pairing_graph.kb import address as addresses
from pairing_graph.kb.address import Address, whole_cell
from pairing_graph.kb.knowledge_base import KnowledgeBase, advice_on
from pairing_graph.kb.lookup import find_task, find_unit

What = str | int | tuple[str, str] | Address
_COLUMNS = ["table", "address", "file", "line", "page", "sheet", "text", "inherited_by"]


@dataclass(frozen=True)
class _Fact:
    """A row of a table: its address, and the cells that supply its blank ones."""

    table: str
    address: str
    inherited_from: str = ""


def trace(kb: KnowledgeBase, what: What) -> pd.DataFrame:
    """The original cells behind a unit, a task, a pairing, a target, a document or an address.

    Args:
        kb: A knowledge base that was read from files; one out of a graph file has the words that its tables keep, and
            no lines and pages.
        what: A unit's name, a task's id or number, a target (document#3/1), a pair of units, a document's id, or an
            address (or several, joined by a blank, as the tables have them).

    Returns:
        One row per cell or line: table (that it went to), address, file, line, page, sheet, text, inherited_by
        (the blank places that it supplies).

    Raises:
        UnknownNameError: There is no such thing; the message names what is near.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> trace(kb, "渝中区金融办")["line"].tolist()
        [164, 236, 237]
    """
    if not isinstance(kb, KnowledgeBase):
        advice = advice_on(kb) or "Hand in what read_notice gave, or to_knowledge_base(G)."
        raise NoticeError(Complaint("Only a KnowledgeBase can be traced", got=type(kb).__name__, advice=advice))
    tables: dict[str, str] = {}
    supplies: dict[str, set[str]] = {}
    for fact in _facts(kb, what):
        sources = supplying_cells(fact.address, fact.inherited_from)
        for place, source in zip(fact.address.split(), sources, strict=True):
            cell = str(Address.parse(place).cell)
            tables.setdefault(source, fact.table)
            supplies.setdefault(source, set()).update({cell} - {source})
    words = _words(kb, tables)
    rows = [
        {"table": tables[cell], "address": cell, **words[cell]}
        | {"inherited_by": " ".join(sorted(supplies[cell], key=_reading_order))}
        for cell in sorted(tables, key=_reading_order)
    ]
    worded = [row for row in rows if row["text"]]  # a blank cell that is only remarked upon has nothing to show
    return pd.DataFrame(worded or rows, columns=_COLUMNS).astype({"line": "Int64", "page": "Int64"})


def supplying_cells(address: str, inherited_from: str = "") -> list[str]:
    """The cell with the words for each place of an address: its own, or for a blank one the cell that supplies it.

    Example:
        >>> supplying_cells("a!t1r5c3.1 a!t1r5c4.2", "a!t1r4c3.1")
        ['a!t1r4c3', 'a!t1r5c4']
    """
    suppliers = inherited_from.split()
    return [
        whole_cell(next((found for found in suppliers if _same_column(found, place)), place))
        for place in address.split()
    ]


def _facts(kb: KnowledgeBase, what: Any) -> Iterator[_Fact]:
    if isinstance(what, tuple) and len(what) == 2 and all(isinstance(name, str) for name in what):
        yield from _pairing(kb, what[0], what[1])
    elif isinstance(what, Address):
        yield from _at(kb, what)
    elif isinstance(what, Integral) and not isinstance(what, bool):
        yield from _task(kb, find_task(kb, int(what)))
    elif isinstance(what, str):
        yield from _named(kb, what)
    else:
        expected = "a unit's name, a task's id or number, a pair of names, or an address"
        raise UnknownNameError(Complaint("This cannot be traced", "", expected, repr(what)))


def _named(kb: KnowledgeBase, what: str) -> Iterator[_Fact]:
    head, _, count = what.rpartition("/")
    if "!" in what:
        for place in addresses.split(what):
            yield from _at(kb, place)
    elif what in set(kb.documents["document"]):
        yield from _at(kb, Address(what))
    elif head in set(kb.tasks["task"]) and count.isdecimal():
        yield from _target(kb, head, int(count))
    elif what in set(kb.tasks["task"]) or what.isdecimal():
        yield from _task(kb, find_task(kb, what))
    else:
        unit = find_unit(kb, what)
        yield from _rows("assignments", kb.assignments[kb.assignments["unit"] == unit])
        paired = (kb.pairings["donor"] == unit) | (kb.pairings["recipient"] == unit)
        yield from _rows("pairings", kb.pairings[paired])


def _task(kb: KnowledgeBase, task: str) -> Iterator[_Fact]:
    for table in ("tasks", "assignments", "targets", "results"):
        yield from _rows(table, kb.tables[table][kb.tables[table]["task"] == task])


def _target(kb: KnowledgeBase, task: str, count: int) -> Iterator[_Fact]:
    targets = kb.targets[kb.targets["task"] == task]
    if not 1 <= count <= len(targets):
        expected = f"1 to {len(targets)}" if len(targets) else "a task with targets"
        raise UnknownNameError(Complaint("The task has no such target", task, expected, str(count)))
    yield from _rows("targets", targets.iloc[[count - 1]])


def _pairing(kb: KnowledgeBase, one: str, other: str) -> Iterator[_Fact]:
    """The rows that pair two units, whoever of them helps."""
    first, second = find_unit(kb, one), find_unit(kb, other)
    ends = zip(kb.pairings["donor"], kb.pairings["recipient"], strict=True)
    chosen = kb.pairings[[{donor, recipient} == {first, second} for donor, recipient in ends]]
    if chosen.empty:
        raise UnknownNameError(f"{first} and {second} are not paired.")
    yield from _rows("pairings", chosen)


def _at(kb: KnowledgeBase, place: Address) -> Iterator[_Fact]:
    """The cells at an address, whether a table took them or not; a blank one leads to the cell that supplies it."""
    found = [fact for fact in _every_row(kb) if any(_overlap(place, at) for at in addresses.split(fact.address))]
    covered = {str(at.cell) for fact in found for at in addresses.split(fact.address) if _overlap(place, at)}
    trimmed = [_only(fact, place) for fact in found]
    source = kb.sources.get(place.document)
    for at, _, _ in source.document.pieces(place.document) if source else ():
        if _overlap(place, at) and source:
            trimmed.append(_Fact((source.uses.get(str(at)) or ("unread",))[0], str(at)))
    if not trimmed and not covered:
        raise UnknownNameError(Complaint("There is nothing at this address", str(place), advice="Look into kb.unread."))
    yield from trimmed


def _every_row(kb: KnowledgeBase) -> Iterator[_Fact]:
    for name, rows in kb.tables.items():
        if "address" in rows:
            yield from _rows(name, rows)


def _only(fact: _Fact, place: Address) -> _Fact:
    """A fact cut down to the places at an address: of a pairing only the side that was asked for."""
    kept = [str(at) for at in addresses.split(fact.address) if _overlap(place, at)]
    return _Fact(fact.table, " ".join(kept), fact.inherited_from)


def _overlap(place: Address, other: Address) -> bool:
    return place.cell.holds(other) or (bool(place.column or place.paragraph) and other.cell.holds(place))


def _rows(table: str, rows: pd.DataFrame) -> Iterator[_Fact]:
    inherited = rows["inherited_from"] if "inherited_from" in rows else [""] * len(rows)
    for address, supplier in zip(rows["address"], inherited, strict=True):
        yield _Fact(table, address, supplier)


def _same_column(source: str, place: str) -> bool:
    return Address.parse(source).column == Address.parse(place).column


def _reading_order(cell: str) -> tuple[Any, ...]:
    return Address.parse(cell).sort_key


def _words(kb: KnowledgeBase, cells: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Cell → what `words_in` knows of it; one without words has an empty text."""
    wanted = {cell: Address.parse(cell).document for cell in cells}
    found = {document: words_in(kb, document) for document in dict.fromkeys(wanted.values())}
    files = dict(zip(kb.documents["document"], kb.documents["file"], strict=True))
    return {cell: found[document].get(cell) or no_words(files.get(document, "")) for cell, document in wanted.items()}


def no_words(file: str = "", text: str = "") -> dict[str, Any]:
    """What is known of a cell whose place in the file is not: file, line, page, sheet, text."""
    return {"file": file, "line": pd.NA, "page": pd.NA, "sheet": "", "text": text}


def words_in(kb: KnowledgeBase, document: str) -> dict[str, dict[str, Any]]:
    """Cells and lines of a document → file, line, page, sheet and text: where a person finds the words, and the words.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> words_in(kb, "巫溪府发〔2022〕24号")["巫溪府发〔2022〕24号!t1r2c4"]["text"]
        '区招商投资局'
    """
    source = kb.sources.get(document)
    file = next(iter(kb.documents.loc[kb.documents["document"] == document, "file"]), "")
    if source is None:
        return {cell: no_words(file, text) for cell, text in _kept_words(kb)}
    return {
        str(address): {"file": file, "line": place.line or pd.NA, "page": place.page or pd.NA}
        | {"sheet": place.sheet, "text": text.strip()}
        for address, text, place in source.document.pieces(document)
    }


def _kept_words(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """What the tables themselves keep of the words of cells."""
    kept = [
        (kb.tasks, "text", 0), (kb.assignments, "as_written", 0), (kb.pairings, "donor_as_written", 0),
        (kb.pairings, "recipient_as_written", 1), (kb.targets, "as_written", 0), (kb.results, "as_written", 0),
    ]  # fmt: skip
    words: dict[str, list[str]] = {}
    for table, column, side in kept:
        for address, text in zip(table["address"], table[column], strict=True):
            places = address.split()
            if len(places) > side:
                words.setdefault(str(Address.parse(places[side]).cell), []).append(str(text))
    return ((cell, "、".join(dict.fromkeys(texts))) for cell, texts in words.items())
