"""What a coder says of a notice, a person or a program: who is assigned where, who is paired, which targets there are.

The place of a fact is a row of a table or a paragraph (`document!t1r5`, `document!p12`), so that a person can name it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from pairing_graph.base.errors import UnknownNameError
from pairing_graph.base.text import fold_width, split_qualifier, squeeze
from pairing_graph.kb.address import Address
from pairing_graph.kb.document import Document, Grid, Paragraph
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.lookup import find_unit

SHEETS = ("assignments", "pairings", "targets")
"""What is coded, each in a sheet of its own."""


class Assigned(NamedTuple):
    """A unit with a role at a place."""

    place: str
    unit: str
    role: str


class Paired(NamedTuple):
    """A donor and a recipient at a place; `known` says whether the text tells which of them helps."""

    place: str
    donor: str
    recipient: str
    known: bool


class Aimed(NamedTuple):
    """A quantified target at a place."""

    place: str
    value: float
    value_max: float | None
    quantity_unit: str
    comparator: str
    aspirational: bool


@dataclass(frozen=True)
class Coding:
    """What one coder says of a notice.

    Attributes:
        name: The coder.
        assignments: Units with roles at places, each once.
        pairings: Donors and recipients at places, each once.
        targets: Targets, each as often as it was coded.
        listed: Sheet → the places that the coder looked at, None for all; a sheet that is not coded is not a key.
    """

    name: str
    assignments: frozenset[Assigned] = frozenset()
    pairings: frozenset[Paired] = frozenset()
    targets: tuple[Aimed, ...] = ()
    listed: Mapping[str, frozenset[str] | None] = field(default_factory=dict)

    def covers(self, sheet: str, place: str) -> bool:
        """Whether the coder looked at a place for a sheet."""
        if sheet not in self.listed:
            return False
        places = self.listed[sheet]
        return places is None or place in places


def place_of(address: str) -> str:
    """The row or paragraph of an address, of the first where there are several.

    Example:
        >>> place_of("a!t1r7c4.2 a!t1r7c5"), place_of("a!p12:5-18")
        ('a!t1r7', 'a!p12')
    """
    first = Address.parse(address.split()[0]) if address.strip() else Address("document")
    return str(Address(first.document, first.paragraph, table=first.table, row=first.row))


def places_in(document: Document, name: str) -> Iterator[tuple[str, str]]:
    """Every row and paragraph of a document that has words, with these; a merged cell's are in each row that it covers.

    Example:
        >>> from pairing_graph.kb.document import Cell
        >>> grid = Grid(1, (Cell(1, 1, "招商", rowspan=2), Cell(1, 2, "县商务委"), Cell(2, 2, "")))
        >>> list(places_in(Document("a", "a.txt", "", (Paragraph(1, "通知"), grid)), "a"))
        [('a!p1', '通知'), ('a!t1r1', '招商 ｜ 县商务委'), ('a!t1r2', '招商 ｜ （空）')]
    """
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.text.strip():
                yield str(Address(name, block.number)), " ".join(block.text.split())
        else:
            yield from _rows_of(block, name)


def _rows_of(grid: Grid, name: str) -> Iterator[tuple[str, str]]:
    for row in range(1, grid.shape[0] + 1):
        texts = ["".join(text.split("\n")).strip() for text in grid.row_texts(row)]
        if any(texts):
            words = " ｜ ".join(text or "（空）" for text in texts)
            yield str(Address(name, table=grid.number, row=row)), words


class Places:
    """The places of a knowledge base: which task a row is of, which unit a name is at a row, what the words are.

    Args:
        kb: The knowledge base.
    """

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.documents: tuple[str, ...] = tuple(map(str, kb.documents["document"]))
        self._found: dict[tuple[str, str], str] = {}

    @cached_property
    def words(self) -> dict[str, str]:
        """Place → words, of the documents that the knowledge base keeps."""
        return {
            place: words
            for name, source in self.kb.sources.items()
            for place, words in places_in(source.document, name)
        }

    @cached_property
    def of_task(self) -> dict[str, str]:
        """Task → the place where it is coded: the first row or paragraph of its words."""
        return {
            str(task): place_of(address)
            for task, address in zip(self.kb.tasks["task"], self.kb.tasks["address"], strict=True)
        }

    @cached_property
    def _homes(self) -> dict[str, set[str]]:
        homes: dict[str, set[str]] = defaultdict(set)
        for table in (self.kb.tasks, self.kb.assignments):
            for task, address in zip(table["task"], table["address"], strict=True):
                for part in address.split():
                    homes[place_of(part)].add(self.of_task[task])
        return homes

    def home(self, place: str) -> str:
        """The place under which facts at a place are compared: that of the only task which cites it, else itself."""
        homes = self._homes.get(place, set())
        return next(iter(homes)) if len(homes) == 1 else place

    def unit(self, name: str, place: str) -> str:
        """The unit that a coder means by a name at a place; the name itself where none or more than one fits."""
        words = fold_width(squeeze(name))
        if (words, place) not in self._found:
            self._found[words, place] = self._unit(words, place) or squeeze(name)
        return self._found[words, place]

    def _unit(self, words: str, place: str) -> str:
        """By its own name, as it is written here, without its bracket, as it is written anywhere: the first that is clear."""
        here, anywhere = (self._written.get((at, words), set()) for at in (self.home(place), ""))
        return (
            self._known(words)
            or (next(iter(here)) if len(here) == 1 else "")
            or self._known(split_qualifier(words)[0])
            or (next(iter(anywhere)) if len(anywhere) == 1 else "")
        )

    def _known(self, name: str) -> str:
        folded = self._ids.get(name)
        if folded:
            return folded
        try:
            return find_unit(self.kb, name)
        except UnknownNameError:
            return ""

    @cached_property
    def _ids(self) -> dict[str, str]:
        return {fold_width(squeeze(unit)): str(unit) for unit in self.kb.units["unit"]}

    @cached_property
    def _written(self) -> dict[tuple[str, str], set[str]]:
        """Place and name as written (or no place) → the units that the notice writes so."""
        written: dict[tuple[str, str], set[str]] = defaultdict(set)
        sides = [(self.kb.assignments, "unit", "as_written")]
        sides += [(self.kb.pairings, side, f"{side}_as_written") for side in ("donor", "recipient")]
        for table, column, words_column in sides:
            rows = zip(table[column], table[words_column], table["address"], strict=True)
            for unit, name, address in rows:
                words = fold_width(squeeze(name))
                written[self.home(place_of(address)), words].add(str(unit))
                written["", words].add(str(unit))
        return written


def coding_of(kb: KnowledgeBase, places: Places, name: str = "kb") -> Coding:
    """What a knowledge base says, as that of a coder who looked at every place.

    Args:
        kb: The knowledge base.
        places: The places by which it is compared.
        name: The name of the coder.

    Example:
        >>> coding_of(KnowledgeBase(), Places(KnowledgeBase())).assignments
        frozenset()
    """
    homes = Places(kb).of_task
    assigned = (
        Assigned(places.home(homes[task]), str(unit), str(role))
        for task, unit, role in kb.assignments[["task", "unit", "role"]].itertuples(index=False)
    )
    columns = kb.pairings[["address", "donor", "recipient", "direction_basis"]].itertuples(index=False)
    paired = (Paired(place_of(address), str(a), str(b), basis != "unknown") for address, a, b, basis in columns)
    aimed = tuple(_aimed(row, places.home(homes[row["task"]])) for row in kb.targets.to_dict("records"))
    return Coding(name, frozenset(assigned), frozenset(paired), aimed, dict.fromkeys(SHEETS))


def _aimed(row: Mapping[Any, Any], place: str) -> Aimed:
    value = float("nan") if pd.isna(row["value"]) else float(row["value"])
    most = None if pd.isna(row["value_max"]) else float(row["value_max"])
    return Aimed(place, value, most, squeeze(row["quantity_unit"]), row["comparator"], bool(row["aspirational"]))


def unique_names(names: Sequence[str], taken: Iterable[str] = ()) -> list[str]:
    """Names of coders that differ from each other.

    Example:
        >>> unique_names(["sheet", "sheet"], ["kb"])
        ['sheet', 'sheet~2']
    """
    given: list[str] = []
    for name in names:
        base, count = name.strip() or "coder", 2
        chosen = base
        while chosen in {*given, *taken}:
            chosen, count = f"{base}~{count}", count + 1
        given.append(chosen)
    return given
