"""The address of a fact: its position in a document, as one string that parses back.

| form | place |
|---|---|
| `doc` | the document as a whole |
| `doc!p12` | the 12th line or paragraph |
| `doc!p12:5-18` | characters 5 to 18 of it, both included, counted from 1 |
| `doc!t2` | table 2 |
| `doc!t2r5` | row 5 of it |
| `doc!t1r7c4` | row 7, cell 4 of table 1 |
| `doc!t1r7c4.2` | the second name in that cell |

Rows and cells count as a reader of the document counts them, from 1, header included. Several addresses are joined by
a blank; a document id therefore holds neither blanks nor `!`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pairing_graph.base.errors import NoticeError
from pairing_graph.base.remembered import remembered

_COUNT = "[1-9][0-9]{0,8}"
"""A count of up to nine digits: no file within the limits has a billion lines."""
_PLACE = re.compile(
    rf"p(?P<paragraph>{_COUNT})(?::(?P<start>{_COUNT})-(?P<end>{_COUNT}))?"
    rf"|t(?P<table>{_COUNT})(?:r(?P<row>{_COUNT})(?:c(?P<column>{_COUNT})(?:\.(?P<item>{_COUNT}))?)?)?"
)
"""A place; its groups are the fields of an `Address` behind the document, in their order."""
_NAME_IN_A_CELL = re.compile(rf"(?P<cell>[^\s!]+!t{_COUNT}r{_COUNT}c{_COUNT})(?:\.{_COUNT})?")
_IN_A_TABLE = re.compile(rf"[^\s!]+!t{_COUNT}(?:r{_COUNT}(?:c{_COUNT}(?:\.{_COUNT})?)?)?|[^\s!]+(?:!p{_COUNT})?")
"""An address that has a place whatever its numbers are; of a span the end may come before the start."""
_LONGEST_SHOWN = 200
_NOT_IN_AN_ID = re.compile(r"[\s!]+")


@dataclass(frozen=True)
class Address:
    """A place in a document; `str()` gives its one string form, `parse` inverts it.

    Attributes:
        document: The document's id, without blanks and `!`.
        paragraph: Line or paragraph, from 1; 0 where the place is in a table.
        start: First character in the paragraph, from 1; 0 for all of it.
        end: Last character, included.
        table: Table, from 1; 0 where the place is a paragraph.
        row: Row in the table; 0 for the whole table.
        column: Cell in the row; 0 for the whole row.
        item: Name in the cell; 0 for the whole cell.

    Raises:
        NoticeError: The parts do not make up a place.

    Example:
        >>> str(Address("a", table=1, row=7, column=4, item=2))
        'a!t1r7c4.2'
        >>> Address.parse("a!p12:5-18").start
        5
    """

    document: str
    paragraph: int = 0
    start: int = 0
    end: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    item: int = 0

    def __post_init__(self) -> None:
        if not _is_id(self.document):
            raise NoticeError(f"A document id must be non-empty, without blanks and '!', not {self.document!r}.")
        if not (self._is_in_table() if self.table else self._is_in_text()):
            numbers = (self.paragraph, self.start, self.end, self.table, self.row, self.column, self.item)
            raise NoticeError(f"These parts do not make up a place in a document: {numbers}.")

    def _is_in_table(self) -> bool:
        in_row = self.item >= 0 and self.row > 0 if self.column > 0 else self.column == self.item == 0 <= self.row
        return in_row and self.table > 0 and not (self.paragraph or self.start or self.end)

    def _is_in_text(self) -> bool:
        span = 0 < self.start <= self.end and self.paragraph > 0 if self.start or self.end else self.paragraph >= 0
        return span and not (self.row or self.column or self.item)

    def __str__(self) -> str:
        if self.paragraph:
            span = f":{self.start}-{self.end}" if self.start else ""
            return f"{self.document}!p{self.paragraph}{span}"
        if not self.table:
            return self.document
        row = f"r{self.row}" if self.row else ""
        column = f"c{self.column}" if self.column else ""
        item = f".{self.item}" if self.item else ""
        return f"{self.document}!t{self.table}{row}{column}{item}"

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read one address back.

        Raises:
            NoticeError: The text is no address.

        Example:
            >>> Address.parse("a!t2r5") == Address("a", table=2, row=5)
            True
        """
        return _parsed(text)

    @property
    def cell(self) -> Address:
        """The place without the finer parts: the whole cell or the whole paragraph.

        Example:
            >>> str(Address.parse("a!t1r7c4.2").cell)
            'a!t1r7c4'
        """
        if not (self.item or self.start):
            return self
        return Address(self.document, self.paragraph, table=self.table, row=self.row, column=self.column)

    @property
    def cell_text(self) -> str:
        """The string form of its whole cell or paragraph.

        Example:
            >>> Address("a", table=1, row=7, column=4, item=2).cell_text
            'a!t1r7c4'
        """
        if self.item:
            return f"{self.document}!t{self.table}r{self.row}c{self.column}"
        return f"{self.document}!p{self.paragraph}" if self.start else str(self)

    @property
    def sort_key(self) -> tuple[str, int, int, int, int, int, int, int]:
        """Order of reading: by document, paragraphs, then tables, rows, cells, names.

        Example:
            >>> sorted(["a!t1r10c1", "a!t1r9c1"], key=lambda text: Address.parse(text).sort_key)
            ['a!t1r9c1', 'a!t1r10c1']
        """
        return (self.document, self.table, self.row, self.column, self.item, self.paragraph, self.start, self.end)

    def holds(self, other: Address) -> bool:
        """Whether the other place lies in this one (or is the same).

        Example:
            >>> Address.parse("a!t1r7").holds(Address.parse("a!t1r7c4.2"))
            True
        """
        if self.document != other.document:
            return False
        if self.paragraph:
            within = not self.start or (self.start <= other.start and other.end <= self.end)
            return self.paragraph == other.paragraph and within
        mine = (self.table, self.row, self.column, self.item)
        theirs = (other.table, other.row, other.column, other.item)
        return all(not part or part == their for part, their in zip(mine, theirs, strict=True))


@remembered
def _is_id(document: str) -> bool:
    return document.split() == [document] and "!" not in document


@remembered
def _parsed(text: str) -> Address:
    document, mark, place = text.partition("!")
    match = _PLACE.fullmatch(place)
    if mark and not match:
        raise NoticeError(
            f"{text[:_LONGEST_SHOWN]!r} is no address; one looks like 'document!t1r7c4.2' or 'document!p12:5-18'."
        )
    return Address(document, *map(int, match.groups("0"))) if match else Address(document)


def whole_cell(text: str) -> str:
    """The cell of an address as `Address.cell` has it, without the parts: tens of thousands are asked for at once.

    Raises:
        NoticeError: The text is no address.

    Example:
        >>> whole_cell("a!t1r7c4.2"), whole_cell("a!p12:5-18")
        ('a!t1r7c4', 'a!p12')
    """
    match = _NAME_IN_A_CELL.fullmatch(text)
    return match["cell"] if match else str(Address.parse(text).cell)


def check_addresses(text: str) -> None:
    """Make sure that each of several addresses, joined by a blank, has a place.

    Raises:
        NoticeError: One is no address.

    Example:
        >>> check_addresses("a!t2r3c2 a!p12:5-18")
    """
    for part in text.split():
        if not _IN_A_TABLE.fullmatch(part):
            Address.parse(part)


def row_of(addresses: str) -> str:
    """The row of a table, or the paragraph, that the first of several addresses lies in; `scenario` without any.

    Example:
        >>> row_of("a!t2r3c2.1 a!t2r3c3.1"), row_of("a!p12:5-18")
        ('a!t2r3', 'a!p12')
    """
    place = Address.parse(addresses.split()[0]) if addresses else Address("scenario")
    return str(Address(place.document, table=place.table, row=place.row, paragraph=place.paragraph))


def document_id(text: str) -> str:
    """Make a document id out of a file's stem or an official number: no blanks, no `!`.

    Example:
        >>> document_id("渝中 2022!")
        '渝中_2022_'
    """
    return _NOT_IN_AN_ID.sub("_", text.strip()) or "document"


def task_id(document: str, count: int) -> str:
    """The id of a document's k-th task.

    Example:
        >>> task_id("notice", 3)
        'notice#3'
    """
    return f"{document}#{count}"


def document_of(address: str) -> str:
    """The document that an address (or the first of several) lies in.

    Example:
        >>> document_of("notice!t1r2 notice!t1r3")
        'notice'
    """
    return Address.parse(address.split()[0]).document if address.strip() else ""


def join(addresses: Iterable[Address | str]) -> str:
    """Several addresses as one string, in the order given, each once.

    Example:
        >>> join(["a!t2r3c2", "a!t2r3c3", "a!t2r3c2"])
        'a!t2r3c2 a!t2r3c3'
    """
    return " ".join(dict.fromkeys(str(address) for address in addresses))


def split(text: str) -> list[Address]:
    """The addresses in a joined string.

    Example:
        >>> [str(address) for address in split("a!t2r3c2 a!t2r3c3")]
        ['a!t2r3c2', 'a!t2r3c3']
    """
    return [Address.parse(part) for part in text.split()]
