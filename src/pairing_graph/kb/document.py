"""What a file contains, before interpretation: paragraphs and grids of cells, in order.

A reader (one per file format) makes a `Document`; extraction reads meaning out of it. The grid survives until late, so
that structure and place are there when meaning is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pairing_graph.base.text import squeeze
from pairing_graph.kb.address import Address

Blank = Literal["merged", "empty", "unknown"]


@dataclass(frozen=True)
class Place:
    """A position in the file, for a person who looks it up.

    Attributes:
        line: First line in a text file or in the source of a page, row of a sheet, from 1; 0 where there is none.
        page: Page of a paged document, from 1; 0 where it has none.
        sheet: Name of the sheet of a workbook.
    """

    line: int = 0
    page: int = 0
    sheet: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A line or paragraph outside of tables.

    Attributes:
        number: Its count in the document, from 1, as an editor shows it (blank ones count).
        text: The text as written, with its blanks; those that a scan left between all characters are removed. The
            characters of an address (`p12:5-18`) are counted in it, from 1.
        place: Its position in the file.
    """

    number: int
    text: str
    place: Place = Place()


@dataclass(frozen=True)
class Cell:
    """A cell at its own place; a merged cell is listed once, at its upper left corner.

    Attributes:
        row: Row in the grid, from 1, header included.
        column: Column in the grid, from 1.
        text: The words, line breaks kept.
        rowspan: Number of rows it covers.
        colspan: Number of columns it covers.
        place: Its position in the file.
        known: Whether the file tells its words. A formula without a stored value, or a cell that a short row lacks, is
            not the same as a blank: nothing is read on into it from above. A note says why.
    """

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    place: Place = Place()
    known: bool = True


@dataclass(frozen=True)
class Grid:
    """A table as rows and columns of cells.

    Attributes:
        number: Its count among the document's tables, from 1.
        cells: Every cell once, in reading order.
        blank: What a cell without words means: `merged` (part of the cell above), `empty` (nothing), or `unknown`.
        layout: How the grid was found, for instance `tab_cells`; `grid` where the file has real tables.

    Example:
        >>> grid = Grid(1, (Cell(1, 1, "a", rowspan=2), Cell(1, 2, "b"), Cell(2, 2, "c")))
        >>> grid.shape, grid.at(2, 1).text, grid.row_texts(2)
        ((2, 2), 'a', ['a', 'c'])
    """

    number: int
    cells: tuple[Cell, ...]
    blank: Blank = "empty"
    layout: str = "grid"

    @cached_property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        rows = max((cell.row + cell.rowspan - 1 for cell in self.cells), default=0)
        columns = max((cell.column + cell.colspan - 1 for cell in self.cells), default=0)
        return rows, columns

    @cached_property
    def _covering(self) -> Mapping[tuple[int, int], Cell]:
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rowspan)
            for column in range(cell.column, cell.column + cell.colspan)
        }

    @cached_property
    def _by_row(self) -> Mapping[int, list[Cell]]:
        rows: dict[int, list[Cell]] = {}
        for cell in self.cells:
            rows.setdefault(cell.row, []).append(cell)
        return rows

    def row(self, row: int) -> list[Cell]:
        """The cells that begin in a row."""
        return self._by_row.get(row, [])

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place, or None where the row is shorter."""
        return self._covering.get((row, column))

    def row_texts(self, row: int) -> list[str]:
        """The words of a row, a merged cell's repeated at each place that it covers."""
        cells = (self.at(row, column) for column in range(1, self.shape[1] + 1))
        return [cell.text if cell else "" for cell in cells]


@dataclass(frozen=True)
class Note:
    """Something that a reader or a layout left out.

    Attributes:
        reason: A reason of the `unread` table.
        text: The words concerned.
        paragraph: Its paragraph, 0 if none.
        table: Its table, 0 if none.
        row: The row of that table, 0 if none.
        column: The cell in that row, 0 if none.
    """

    reason: str
    text: str
    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0

    def address(self, document: str) -> str:
        """Its address, once the document has an id."""
        return str(Address(document, paragraph=self.paragraph, table=self.table, row=self.row, column=self.column))


@dataclass(frozen=True)
class Document:
    """A file's paragraphs and grids in their order.

    Attributes:
        name: The file's stem.
        file: The file's name, without its folder.
        sha256: Checksum of the file's bytes.
        blocks: Paragraphs and grids in reading order.
        notes: What was left out.

    Example:
        >>> document = Document("a", "a.txt", "", (Paragraph(1, "x"), Grid(1, ())))
        >>> len(document.paragraphs), len(document.grids)
        (1, 1)
    """

    name: str
    file: str
    sha256: str
    blocks: tuple[Paragraph | Grid, ...]
    notes: tuple[Note, ...] = ()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The blocks outside of tables."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The tables."""
        return tuple(block for block in self.blocks if isinstance(block, Grid))

    @cached_property
    def squeezed(self) -> str:
        """The words of every cell and paragraph, one a line, without white space."""
        return "\n".join(squeeze(text) for text in self.texts() if text.strip())

    def texts(self) -> Iterator[str]:
        """The text of every paragraph and cell, in their order, blank ones included."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            else:
                yield from (cell.text for cell in block.cells)

    def pieces(self, document: str, *, blank: bool = False) -> Iterator[tuple[Address, str, Place]]:
        """Every cell and paragraph that has words, with its address: what the ledger has to account for.

        Args:
            document: The id that the addresses begin with.
            blank: Whether those without words are wanted too.
        """
        for block in self.blocks:
            for item in (block,) if isinstance(block, Paragraph) else block.cells:
                if blank or item.text.strip():
                    yield _address(document, block, item), item.text, item.place


def _address(document: str, block: Paragraph | Grid, item: Paragraph | Cell) -> Address:
    if isinstance(item, Paragraph):
        return Address(document, paragraph=item.number)
    return Address(document, table=block.number, row=item.row, column=item.column)


@dataclass(frozen=True)
class Source:
    """A document as it was read, with the ledger of what each piece of it was used for.

    Attributes:
        document: The document, its tables recovered.
        uses: Address of a cell or paragraph → the tables that it went to (`header` for one that names columns).
        corrections: What was corrected by hand, a row each: address, column, old value, new value, reason.
    """

    document: Document
    uses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    corrections: tuple[tuple[str, ...], ...] = ()
