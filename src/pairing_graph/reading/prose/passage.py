"""Text with its place: the input and output of every rule of extraction, so that no place is lost."""

from __future__ import annotations

from dataclasses import dataclass

from pairing_graph.base.text import Span
from pairing_graph.kb.address import Address


@dataclass(frozen=True)
class Passage:
    """Words of a cell or of a paragraph.

    Attributes:
        text: The text as written.
        address: The cell or the paragraph.
        offset: The number of characters before the text.

    Example:
        >>> place = Passage("甲局、乙局", Address("a", paragraph=3))
        >>> str(place.part(3, 5).span), str(Passage("甲局", Address("a", table=1, row=2, column=3)).span)
        ('a!p3:4-5', 'a!t1r2c3')
    """

    text: str
    address: Address
    offset: int = 0

    def part(self, start: int, end: int) -> Passage:
        """Some of the words, white space around them left out."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Passage(self.text[start:end], self.address, self.offset + start)

    @property
    def span(self) -> Address:
        """The place of exactly these words; a cell has no finer place than itself."""
        if not self.address.paragraph or not self.text:
            return self.address
        return Address(self.address.document, self.address.paragraph, self.offset + 1, self.offset + len(self.text))

    def item(self, span: Span, count: int) -> Address:
        """The place of a name: its characters in a paragraph, its count in a cell."""
        place = self.address
        if place.paragraph:
            return self.span_of(span)
        return Address(place.document, table=place.table, row=place.row, column=place.column, item=count)

    def span_of(self, span: Span) -> Address:
        """The place of some of the words; a cell has no finer place than itself."""
        return self.part(span.start, span.end).span if self.address.paragraph else self.address
