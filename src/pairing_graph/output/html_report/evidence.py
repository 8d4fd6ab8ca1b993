"""The evidence of a report: for each number its facts, and for each fact the anchor of its cell in the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pairing_graph.base.words import Language, word
from pairing_graph.kb.address import Address
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.output.html_report.facts import supplied_by
from pairing_graph.output.html_report.model import Number

_Key = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Place:
    """A place that leads to its cell: what it is called beside its group, where it is, and whether the cell is blank."""

    text: str
    anchor: str
    above: bool = False


@dataclass(frozen=True)
class Group:
    """Rows of columns of a table, or paragraphs, behind one label."""

    label: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Entry:
    """What a number counts, the number, and where its facts are."""

    ident: str
    what: str
    text: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Evidence:
    """The entries of a report, each once, in the order in which the report cites them.

    Attributes:
        entries: The entries.
        idents: Number → its entry, by what it counts and by its facts.
    """

    entries: tuple[Entry, ...]
    idents: Mapping[_Key, str] = field(default_factory=dict)

    def ident(self, number: Number) -> str:
        """The entry of a number; empty where it follows from all of a table."""
        return self.idents.get((number.what, number.addresses), "")


def evidence_of(kb: KnowledgeBase, numbers: Iterable[Number], lang: Language) -> Evidence:
    """The evidence of numbers; those that cite no fact have none."""
    anchors = Anchors(kb, lang)
    found: dict[_Key, Entry] = {}
    for number in numbers:
        key = (number.what, number.addresses)
        if number.addresses and key not in found:
            groups = tuple(anchors.groups(number.addresses))
            found[key] = Entry(f"e{len(found) + 1}", number.what, number.text, groups)
    return Evidence(tuple(found.values()), {key: entry.ident for key, entry in found.items()})


class Anchors:
    """Where the cells of documents are in a page.

    Args:
        kb: The knowledge base.
        lang: The language of the labels.
    """

    def __init__(self, kb: KnowledgeBase, lang: Language) -> None:
        self._lang = lang
        self._documents = {str(name): count for count, name in enumerate(kb.documents["document"], 1)}
        self._above = supplied_by(kb)

    def of(self, address: Address) -> str:
        """The anchor of a cell, row, table or paragraph.

        Example:
            >>> Anchors(KnowledgeBase(), "en").of(Address.parse("a!t1r2c3.1"))
            'at-0-t1r2c3'
        """
        cell = str(address.cell)
        return f"at-{self._documents.get(address.document, 0)}-{cell.partition('!')[2]}".rstrip("-")

    def groups(self, addresses: Iterable[str]) -> Iterator[Group]:
        """Addresses by document and table, those of columns with the same rows together, in reading order; each cell once."""
        cells = {str(place.cell): place.cell for place in map(Address.parse, addresses)}
        columns: dict[tuple[str, int, int], list[Address]] = {}
        for cell in sorted(
            cells.values(), key=lambda cell: (self._documents.get(cell.document, 0), *cell.sort_key[1:])
        ):
            columns.setdefault((cell.document, cell.table, cell.column), []).append(cell)
        alike: dict[tuple[object, ...], list[list[Address]]] = {}
        for (document, table, _), places in columns.items():
            alike.setdefault((document, table, *((place.row, place.paragraph) for place in places)), []).append(places)
        for same in alike.values():
            yield Group(self._label(same), tuple(self._place(place) for place in same[0]))

    def _label(self, same: Sequence[Sequence[Address]]) -> str:
        """What columns with facts in the same rows are called."""
        cell = same[0][0]
        kind = next((kind for kind in ("paragraph", "column", "row", "table") if getattr(cell, kind)), "document")
        columns = word("listing", self._lang).join(str(places[0].column) for places in same)
        label = word(f"report.place.{kind}", self._lang, table=cell.table, column=columns)
        return f"{cell.document} · {label}" if len(self._documents) > 1 else label

    def _place(self, cell: Address) -> Place:
        above = self._above.get(str(cell))
        text = str(cell.paragraph or cell.row or cell.table or "·")
        return Place(text, self.of(Address.parse(above) if above else cell), bool(above))
