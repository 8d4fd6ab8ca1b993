"""The ledger: what was read plus what is reported unread is all there was."""

from __future__ import annotations

from collections.abc import Iterator

from pairing_graph.address import Address, split
from pairing_graph.schema import KnowledgeBase


def unaccounted(kb: KnowledgeBase) -> Iterator[str]:
    """Every cell and line with words that neither went to a table nor is reported."""
    reported = {str(place.cell) for address in kb.unread["address"] for place in split(address)}
    for name, source in kb.sources.items():
        for address, text, _ in source.document.pieces(name):
            if str(address) not in source.uses and str(address) not in reported:
                yield f"{address}: {text.strip()}"


def claimed_without_a_row(kb: KnowledgeBase) -> Iterator[str]:
    """Every cell that is said to have gone to a table in which no row names it.

    A heading goes to no row, and the cover and captions go to the row of their document.
    """
    for name, source in kb.sources.items():
        for place, tables in source.uses.items():
            for table in set(tables) - {"header", "documents"}:
                if not any(_cites(row, place) for row in kb.tables[table].to_dict("records")):
                    yield f"{place} → {table}"
        assert set(kb.tables["documents"]["document"]) >= {name}


def _cites(row: dict, place: str) -> bool:
    address = Address.parse(place)
    cited = split(f"{row['address']} {row.get('inherited_from', '')}")
    return any(address == other.cell or _same_row(address, other) for other in cited)


def _same_row(address: Address, other: Address) -> bool:
    """Number, area and remark cells are cited by the row that they stand in or begin."""
    return address.table == other.table != 0 and address.row <= other.row and address.document == other.document
