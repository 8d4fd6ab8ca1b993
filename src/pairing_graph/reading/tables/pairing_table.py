"""A pairing table (结对帮扶表): every donor of a row is paired with every recipient of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pairing_graph.base.text import squeeze, tidy
from pairing_graph.kb.address import Address
from pairing_graph.lexicon.patterns import is_blank, is_ditto
from pairing_graph.reading.builder import Builder
from pairing_graph.reading.options import Options
from pairing_graph.reading.pairs import PairWriter, Side, sentence_direction
from pairing_graph.reading.tables.cells import (
    cells_of_row,
    heading_cell,
    number_in,
    own_words,
    passage_at,
    report_ditto,
    supplied,
    use_heading,
)
from pairing_graph.reading.tables.column_meaning import ColumnMeaning
from pairing_graph.reading.tables.columns import Heading
from pairing_graph.reading.tables.rows import row_kind
from pairing_graph.reading.tables.townships import (
    TOWNSHIPS,
    VILLAGES,
    fineness,
    finest,
    is_unknown_county,
    place_of_cell,
    places_above,
)
from pairing_graph.reading.villages import Above, Villages, villages_under_places


@dataclass
class _State:
    """What holds for the rows to come: the last row of an area, its places, the rows that repeat the heading."""

    area_row: int
    repeated: set[int] = field(default_factory=set)
    above: dict[str, dict[str, Address]] = field(default_factory=dict)
    band: Above = field(default_factory=Above)


Sides = tuple[tuple[ColumnMeaning, ...], ColumnMeaning]


def read_pairing_table(heading: Heading, writer: PairWriter, options: Options) -> None:
    """Read a pairing table into the table of pairings."""
    builder = writer.builder
    use_heading(heading, builder)
    donors, recipient = _sides(heading)
    basis = "header" if donors[0].meaning == "donor" or recipient.meaning == "recipient" else "unknown"
    if basis != "header":
        basis, turned = sentence_direction(builder.document, donors[0].region, recipient.region)
        donors, recipient = ((recipient,), donors[0]) if turned else (donors, recipient)
        if basis == "unknown":
            place = heading_cell(heading, donors[0], builder)
            builder.report("no_direction", f"{donors[0].heading} | {recipient.heading}", place)
    sides = (donors, recipient)
    state = _State(heading.rows)
    for row, kind in _rows(heading, sides, state, options):
        if kind == "heading":
            use_heading(heading, builder, range(row, row + 1))
        elif kind == "body":
            _read_row(heading, row, sides, basis, state, writer)
        else:
            for cell in cells_of_row(heading.grid, row):
                reason = "total_row" if kind == "total" else "note"
                builder.report(reason, cell.text.strip(), builder.cell(heading.grid, row, cell.column))
    _report_namesakes(state, builder)
    writer.assign_numbers()


def villages_of_tables(headings: Iterable[Heading], options: Options) -> Villages:
    """The townships and counties that the pairing tables of a document put each name in, as they come."""
    return villages_under_places(
        row for heading in headings if heading.kind == "pairings" for row in _under(heading, options)
    )


def _under(heading: Heading, options: Options) -> Iterator[tuple[str, Above]]:
    sides, state = _sides(heading), _State(heading.rows)
    for row, kind in _rows(heading, sides, state, options):
        for column in (*sides[0], sides[1]) if kind == "body" else ():
            cell = supplied(heading, row, column, first=state.area_row + 1, skip=state.repeated)
            if cell and cell.text:
                above = _above(heading, row, column, sides, state)
                yield cell.text, above


def _above(heading: Heading, row: int, column: ColumnMeaning, sides: Sides, state: _State) -> Above:
    """The places above the village of a row; units that help lie in none unless their heading says villages."""
    if column is not sides[1] and fineness(column.heading) < VILLAGES:
        return Above()
    first, taken = state.area_row + 1, (*sides[0], sides[1])
    above = places_above(heading, row, column, taken, first=first, skip=state.repeated, band=state.band)
    return replace(above, county=column.region, counties=()) if column.region else above


def _rows(heading: Heading, sides: Sides, state: _State, options: Options) -> Iterator[tuple[int, str]]:
    """The rows below the heading that say something: body, heading, band (over both sides), total or note."""
    columns = (*sides[0], sides[1])
    for row in heading.body:
        kind: str = row_kind(heading, row, options)
        named = any(own_words(heading.grid, row, side) for side in columns)
        if kind == "heading":
            state.repeated.add(row)
        elif _over_the_width(heading, row) or _names_a_place(heading, row, columns) or (kind == "area" and not named):
            kind = "band"
            level, name = place_of_cell(cells_of_row(heading.grid, row)[0].text)
            county = name if level == "county" else state.band.county
            state.area_row, state.repeated = row, set()
            state.band = Above(name if level == "township" else "", county)
        elif kind not in ("total", "note") and not named:
            continue
        yield row, kind if kind in ("heading", "band", "total", "note") else "body"


def _names_a_place(heading: Heading, row: int, sides: Sequence[ColumnMeaning]) -> bool:
    """Whether the only words of a row, outside of both sides, name a township or county."""
    cells = cells_of_row(heading.grid, row)
    outside = len(cells) == 1 and not any(cells[0].column == side.column for side in sides)
    return outside and bool(place_of_cell(cells[0].text)[0])


def _over_the_width(heading: Heading, row: int) -> bool:
    """Whether a row is one merged cell over both sides: it heads the pairs below it (三级医院帮扶县级医院)."""
    cells = cells_of_row(heading.grid, row)
    return len(cells) == 1 and cells[0].colspan >= max(2, heading.grid.shape[1] - 1)


def _read_row(heading: Heading, row: int, sides: Sides, basis: str, state: _State, writer: PairWriter) -> None:
    builder, grid = writer.builder, heading.grid
    remark = supplied(heading, row, heading.first("remark"), read_on=False)
    if remark and remark.text:
        builder.use(builder.cell(grid, *remark.source), "pairings")
    area = supplied(heading, row, heading.first("area"), first=state.area_row + 1, skip=state.repeated)
    if area and area.text:
        builder.report("note", area.text, builder.cell(grid, *area.source))
    number = supplied(heading, row, heading.first("number"), skip=state.repeated)
    number = number if number and number.text else None
    printed = number_in(number.text) if number else None
    if number and printed is None and number.source[0] == row and not is_blank(number.text):
        builder.report("number_unclear", number.text, builder.cell(grid, *number.source))
    shared = number is not None and number.source[0] != row
    recipient = _side(heading, row, sides[1], sides, state, builder)
    outcomes = []
    for column in sides[0] if len(sides[0]) == 1 else [c for c in sides[0] if own_words(grid, row, c)] or sides[0][:1]:
        donor = _side(heading, row, column, sides, state, builder)
        written = writer.add(
            donor, recipient, basis=basis, printed=printed, shared=shared or "written" in outcomes,
            place=Address(builder.id, table=grid.number, row=row), remark=tidy(remark.text) if remark and not is_blank(remark.text) else "",
        )  # fmt: skip
        outcomes.append(written)
        for side in (donor, recipient) if written == "written" else ():
            builder.use(side.names.address, "pairings")
    if "written" in outcomes:
        _note_the_place_above(heading, row, sides[1], recipient, state, builder)
        _note_the_rest(heading, row, sides, recipient.region or writer.resolver.homes.sole_region, builder)
        if number:
            builder.use(builder.cell(grid, *number.source), "pairings")
        return
    for cell in cells_of_row(grid, row) if "too_many" not in outcomes else ():
        builder.report("pair_incomplete", cell.text.strip(), builder.cell(grid, row, cell.column))


def _note_the_place_above(
    heading: Heading, row: int, finest_column: ColumnMeaning, side: Side, state: _State, builder: Builder
) -> None:
    """Remember under which wider words a row has its name, where these are no township that tells it apart."""
    for column in heading.of("recipient", "unit") if not (side.above.township or side.above.lists) else ():
        if fineness(column.heading) == TOWNSHIPS < fineness(finest_column.heading):
            cell = supplied(heading, row, column, first=state.area_row + 1, skip=state.repeated)
            if cell and cell.text and not place_of_cell(cell.text)[0]:
                places = state.above.setdefault(squeeze(side.names.text), {})
                places.setdefault(squeeze(cell.text), builder.cell(heading.grid, row, finest_column.column))


def _report_namesakes(state: _State, builder: Builder) -> None:
    """Report a name under several wider places: 大湾村 of two townships is read as one unit."""
    for name, places in state.above.items():
        if len(places) > 1:
            builder.report("namesakes", f"{name}: {' | '.join(places)}", list(places.values())[-1])


def _note_the_rest(heading: Heading, row: int, sides: Sides, region: str, builder: Builder) -> None:
    """Report the text of known columns that no table uses: persons, telephones, places above the finest one.

    A county that the gazetteer does not know, and that is not the region of the row or notice, is a doubt.
    """
    for column in heading.columns:
        words = own_words(heading.grid, row, column) if column not in (*sides[0], sides[1]) else ""
        if is_ditto(words):
            report_ditto(builder, heading.grid, supplied(heading, row, column))
        elif words and is_unknown_county(words) and squeeze(words) != region:
            builder.report("county_unknown", words, builder.cell(heading.grid, row, column.column))
        elif words and (column.meaning not in ("number", "area", "remark", "unknown") or place_of_cell(words)[0]):
            builder.report("note", words, builder.cell(heading.grid, row, column.column))


def _side(heading: Heading, row: int, column: ColumnMeaning, sides: Sides, state: _State, builder: Builder) -> Side:
    grid = heading.grid
    cell = supplied(heading, row, column, first=state.area_row + 1, skip=state.repeated)
    own = builder.cell(grid, row, column.column)
    if not cell or not cell.text:
        return Side(passage_at(builder, grid, (row, column.column)), column.region)
    inherited = cell.source[0] != row
    report_ditto(builder, grid, cell)
    if inherited and cell.own and not is_ditto(cell.own.text):
        numbered = own_words(grid, row, heading.first("number"))
        builder.report("inherited_side_numbered" if numbered else "inherited_side", squeeze(cell.text), own)
    above = _above(heading, row, column, sides, state)
    names = passage_at(builder, grid, cell.source)
    return Side(names, column.region or above.county, own if inherited else None, above)


def _sides(heading: Heading) -> Sides:
    """The columns of the helping side, and the one of the helped side: of several the finest place."""
    donors, recipients, others = heading.of("donor"), heading.of("recipient"), heading.of("unit")
    villages = tuple(one for one in others if fineness(one.heading) == VILLAGES)
    if recipients and all(fineness(one.heading) == TOWNSHIPS for one in recipients) and (donors or others != villages):
        recipients += villages  # 受帮扶乡镇 | 村
        others = tuple(one for one in others if one not in villages)
    if donors and (recipients or others):
        return donors, finest(recipients or others)
    if recipients and others:
        return others[:1], finest(recipients)
    sides = heading.of("donor", "recipient", "unit")
    return sides[:1], finest(sides[1:])
