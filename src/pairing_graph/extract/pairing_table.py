"""A pairing table (结对帮扶表): every donor of a row is paired with every recipient of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pairing_graph.address import Address, join
from pairing_graph.document import Document
from pairing_graph.extract import numbering
from pairing_graph.extract.builder import Builder
from pairing_graph.extract.cells import own_words, supplied, use_heading
from pairing_graph.extract.columns import ColumnMeaning, Heading
from pairing_graph.extract.names import Mention, Resolver
from pairing_graph.text import chinese_number, squeeze, tidy

_HELPS = "帮助|帮扶|支援|援助|对口支援|支持"


def read(heading: Heading, builder: Builder, resolver: Resolver) -> None:
    """Read a pairing table into the table of pairings."""
    use_heading(heading, builder)
    left, right = _sides(heading)
    basis = _header_basis(left, right)
    if basis != "header":
        basis, turned = sentence_direction(builder.document, left.region, right.region)
        if turned:
            left, right = right, left
        if basis == "unknown":
            builder.report(
                "no_direction", f"{left.heading} | {right.heading}", Address(builder.id, table=heading.grid.number)
            )
    printed: list[int | None] = []
    places: list[Address] = []
    texts: list[str] = []
    rows_of: list[Sequence[int]] = []
    for row in heading.body:
        if not any(own_words(heading.grid, row, side) for side in (left, right)):
            continue
        begin = len(builder.rows["pairings"])
        places.append(Address(builder.id, table=heading.grid.number, row=row))
        texts.append(" | ".join(squeeze(text) for text in heading.grid.row_texts(row)))
        _pair(heading, row, (left, right), basis, builder, resolver)
        rows_of.append(range(begin, len(builder.rows["pairings"])))
        printed.append(_number(heading, row, builder, paired=bool(rows_of[-1])))
    for number, rows in zip(numbering.settle(printed, places, texts, builder), rows_of, strict=True):
        for index in rows:
            builder.rows["pairings"][index]["number"] = number


def sentence_direction(document: Document, left: str, right: str) -> tuple[str, bool]:
    """Whether the text says that one region helps the other, and whether it is the right one that helps.

    Returns:
        `("sentence", turned)` where every such sentence says the same, else `("unknown", False)`.
    """
    if not left or not right:
        return "unknown", False
    text = "\n".join(squeeze(piece) for _, piece, _ in document.pieces("x"))
    forward, backward = _says(text, left, right), _says(text, right, left)
    if bool(forward) == bool(backward):
        return "unknown", False
    return "sentence", bool(backward)


def _says(text: str, helper: str, helped: str) -> int:
    return len(re.findall(rf"{_either(helper)}(?:{_HELPS}){_either(helped)}", text))


def _either(region: str) -> str:
    stem = region[:-1] if len(region) > 2 else region
    return rf"(?:{re.escape(region)}|{re.escape(stem)})"


def _sides(heading: Heading) -> tuple[ColumnMeaning, ColumnMeaning]:
    donors, recipients = heading.of("donor"), heading.of("recipient")
    if donors and recipients:
        return donors[0], recipients[0]
    sides = heading.of("donor", "recipient", "unit")
    if donors or recipients:
        known = (donors or recipients)[0]
        other = next(side for side in sides if side != known)
        return (known, other) if donors else (other, known)
    return sides[0], sides[1]


def _header_basis(left: ColumnMeaning, right: ColumnMeaning) -> str:
    return "header" if left.meaning == "donor" or right.meaning == "recipient" else "unknown"


def _number(heading: Heading, row: int, builder: Builder, *, paired: bool) -> int | None:
    """The printed number of a row; where the row gave no pair its cell goes to no table."""
    found = supplied(heading.grid, row, heading.first("number"))
    if not found or not found.text:
        return None
    if paired:
        builder.use(builder.cell(heading.grid, *found.source), "pairings")
    return chinese_number(squeeze(found.text).rstrip(".．、"))


def _pair(
    heading: Heading,
    row: int,
    sides: tuple[ColumnMeaning, ColumnMeaning],
    basis: str,
    builder: Builder,
    resolver: Resolver,
) -> None:
    donors, recipients = (list(_names(heading, row, side, builder, resolver)) for side in sides)
    if not donors or not recipients:
        _report_half(heading, row, builder)
        return
    if len(donors) > 1 and len(recipients) > 1:
        builder.report("many_to_many", " | ".join(heading.grid.row_texts(row)), donors[0][2].cell)
    remark = supplied(heading.grid, row, heading.first("remark"))
    if remark and remark.text:
        builder.use(builder.cell(heading.grid, *remark.source), "pairings")
    for donor, by, donor_place, donor_source in donors:
        for recipient, to, place, source in recipients:
            builder.add(
                "pairings", document=builder.id, number=None, donor=donor, recipient=recipient,
                donor_as_written=by.as_written, recipient_as_written=to.as_written,
                donor_qualifier=by.qualifier, recipient_qualifier=to.qualifier,
                direction_basis=basis, inherited_from=join(s for s in (donor_source, source) if s),
                remark=tidy(remark.text) if remark else "", address=join([donor_place, place]),
            )  # fmt: skip


def _names(
    heading: Heading, row: int, column: ColumnMeaning, builder: Builder, resolver: Resolver
) -> Iterator[tuple[str, Mention, Address, str]]:
    cell = supplied(heading.grid, row, column)
    if not cell or not cell.text or cell.source[0] <= heading.rows:
        return
    source = builder.cell(heading.grid, *cell.source)
    seen: set[str] = set()
    for mention in resolver.mentions(cell.text, source):
        unit = resolver.unit(mention, column.region, source)
        if unit in seen:
            builder.report("unit_twice", mention.as_written, source)
            continue
        seen.add(unit)
        place = builder.cell(heading.grid, row, column.column, mention.rank)
        yield unit, mention, place, f"{source}.{mention.rank}" if cell.source[0] != row else ""


def _report_half(heading: Heading, row: int, builder: Builder) -> None:
    for cell in heading.grid.cells:
        if cell.row == row and cell.text.strip():
            builder.report("pair_incomplete", cell.text.strip(), builder.cell(heading.grid, row, cell.column))
