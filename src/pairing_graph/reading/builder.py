"""Collects the rows of a reading together with the ledger: what every cell and line was used for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pairing_graph.base.reference import mapping
from pairing_graph.kb.address import Address, join, split
from pairing_graph.kb.document import Document, Grid, Source
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.records import records
from pairing_graph.kb.schema import TABLES

_SIGNS = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")
_WITH_UNITS = ("assignments", "pairings")
_SHORTEST_GAP = 2
"""Signs of a rest of a paragraph that is reported; a single one is a conjunction or a bullet."""
_LONGEST_PARAGRAPH = 10**9
"""The last character of any paragraph."""


class Builder:
    """Rows by table, and the ledger, while one document is read.

    Args:
        document_id: The id that ids and addresses begin with.
        document: The document, its tables recovered.

    Attributes:
        rows: Table → its rows so far.
        uses: Cell or paragraph → the tables that it went to.
        used_paragraphs: The numbers of the paragraphs that went to a table.
        cells_with_units: Number of a table of the document → row and column of the cells that gave assignments or pairings.
    """

    def __init__(self, document_id: str, document: Document) -> None:
        self.id = document_id
        self.document = document
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        self.uses: dict[str, list[str]] = {}
        self.used_paragraphs: set[int] = set()
        self.cells_with_units: dict[int, list[tuple[int, int]]] = {}
        self._reported: set[tuple[str, str, str]] = set()
        self._cells: dict[tuple[int, int, int, int], Address] = {}
        self._spans: dict[int, list[tuple[int, int]]] = {}
        for note in document.notes:
            self.report(note.reason, note.text, note.address(document_id))

    def add(self, table: str, places: Sequence[Address], inherited: Sequence[Address] = (), **values: Any) -> None:
        """Add a row, and enter the cells that it comes from in the ledger.

        Args:
            table: The table.
            places: Where it was read, its `address`.
            inherited: The cells that supplied blank ones, its `inherited_from`.
            values: The other columns.
        """
        if places:
            values["address"] = join(places)
        if inherited:
            values["inherited_from"] = join(inherited)
        self.rows[table].append(values)
        for address in (*places, *inherited):
            self.use(address, table)

    def use(self, address: Address, table: str) -> None:
        """Enter in the ledger that a cell or paragraph went to a table."""
        if address.paragraph:
            self._cover(address)
        entries = self.uses.setdefault(address.cell_text, [])
        if table not in entries:
            entries.append(table)
            self._use_for(address, table)

    def _use_for(self, address: Address, table: str) -> None:
        self.used_paragraphs.add(address.paragraph)
        if table in _WITH_UNITS:
            self.cells_with_units.setdefault(address.table, []).append((address.row, address.column))

    def report(self, reason: str, text: str, address: Address | str) -> None:
        """Put something into `unread`; the reason decides how grave it is."""
        severity = mapping("reasons", "reason", "severity")[reason]
        row = {"document": self.id, "severity": severity, "reason": reason, "text": text, "address": str(address)}
        if (reason, text, str(address)) not in self._reported:
            self._reported.add((reason, text, str(address)))
            self.rows["unread"].append(row)

    def report_grid(self, reason: str, grid: Grid) -> None:
        """Put every cell of a table that has words into `unread`."""
        for cell in grid.cells:
            if cell.text.strip():
                self.report(reason, cell.text.strip(), self.cell(grid, cell.row, cell.column))

    def paragraph(self, number: int) -> Address:
        """The address of a paragraph."""
        return Address(self.id, paragraph=number)

    def cell(self, grid: Grid, row: int, column: int, item: int = 0) -> Address:
        """The address of a cell, or of a name in it."""
        place = (grid.number, row, column, item)
        if place not in self._cells:
            self._cells[place] = Address(self.id, table=grid.number, row=row, column=column, item=item)
        return self._cells[place]

    def finish(self, *, layout: str, regions: tuple[str, ...], region_codes: tuple[str, ...]) -> KnowledgeBase:
        """The knowledge base; what no table used and nobody reported yet is reported now."""
        self._account_for_the_rest()
        self.rows["documents"][0] |= {"layout": layout, "regions": regions, "region_codes": region_codes}
        self.rows["unread"].sort(key=lambda row: Address.parse(row["address"].split()[0]).sort_key)
        tables: dict[str, Any] = {name: records(name, rows) for name, rows in self.rows.items()}
        uses = {address: tuple(entries) for address, entries in self.uses.items()}
        return KnowledgeBase(**tables, sources={self.id: Source(self.document, uses)})

    def _cover(self, address: Address) -> None:
        whole = (1, _LONGEST_PARAGRAPH)
        span = (address.start, address.end) if address.start else whole
        self._spans.setdefault(address.paragraph, []).append(span)

    def _account_for_the_rest(self) -> None:
        """Report what no table used: whole cells and paragraphs, and the rest of those that were used in part."""
        reported = set()
        for row in self.rows["unread"]:
            for address in split(row["address"]):
                reported.add(address.cell_text)
                if address.paragraph:
                    self._cover(address)
        for address, text in self._pieces():
            known = str(address) in self.uses or str(address) in reported
            if known and address.paragraph:
                self._report_gaps(address, text)
            elif not known:
                self.report("prose" if address.paragraph else "cell_unused", text.strip(), address)

    def _pieces(self) -> Iterator[tuple[Address, str]]:
        """Every cell and paragraph that has words: those of `Document.pieces`, their addresses made once."""
        for block in self.document.blocks:
            if isinstance(block, Grid):
                yield from ((self.cell(block, c.row, c.column), c.text) for c in block.cells if c.text.strip())
            elif block.text.strip():
                yield self.paragraph(block.number), block.text

    def _report_gaps(self, address: Address, text: str) -> None:
        position = 0
        for start, end in [*sorted(self._spans[address.paragraph]), (len(text) + 1, len(text) + 1)]:
            gap = text[position : start - 1]
            words = gap.strip()
            if len(_SIGNS.findall(words)) >= _SHORTEST_GAP:
                first = position + gap.index(words) + 1
                self.report("prose", words, replace(address, start=first, end=first + len(words) - 1))
            position = max(position, end)
