"""The sources of a saved knowledge base as JSON and back: every cell and paragraph with its place and its use."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pairing_graph.kb.document import Cell, Document, Grid, Note, Paragraph, Place, Source

_MOST_PLACES = 5_000_000
"""Places of one table that merged cells may cover in a file that is opened: more than a full sheet of 26 columns and
100,000 rows, and less than fills the memory."""
_LARGEST = 10**9
"""No file within the limits has as many lines, rows or columns."""


def sources_text(sources: Mapping[str, Source]) -> str:
    """The sources as JSON, a line for each document.

    Example:
        >>> sources_text({})
        '{}'
    """
    lines = (
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(_recorded(source), ensure_ascii=False)}"
        for name, source in sorted(sources.items())
    )
    inside = ",\n".join(lines)
    return f"{{\n{inside}\n}}" if inside else "{}"


def _recorded(source: Source) -> dict[str, Any]:
    document = source.document
    return {
        "name": document.name,
        "file": document.file,
        "sha256": document.sha256,
        "blocks": [_block(block) for block in document.blocks],
        "notes": [[n.reason, n.text, n.paragraph, n.table, n.row, n.column] for n in document.notes],
        "uses": {address: list(tables) for address, tables in source.uses.items()},
        "corrections": [list(row) for row in source.corrections],
    }


def _block(block: Paragraph | Grid) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"paragraph": block.number, "text": block.text, "place": _place(block.place)}
    cells = [[c.row, c.column, c.text, c.rowspan, c.colspan, c.known, *_place(c.place)] for c in block.cells]
    return {"table": block.number, "blank": block.blank, "layout": block.layout, "cells": cells}


def _place(place: Place) -> list[Any]:
    return [place.line, place.page, place.sheet]


def sources_from(text: str) -> dict[str, Source]:
    """The sources that `sources_text` wrote.

    Raises:
        ValueError: It is something else; the message says what.
    """
    try:
        records = json.loads(text)
        return {_text(name): _source(record) for name, record in records.items()}
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"the sources are not as they are saved: {type(error).__name__} {error}") from error


def _source(record: Mapping[str, Any]) -> Source:
    blocks = tuple(_block_of(block) for block in record["blocks"])
    notes = tuple(Note(_text(reason), _text(words), *map(_count, places)) for reason, words, *places in record["notes"])
    document = Document(_text(record["name"]), _text(record["file"]), _text(record["sha256"]), blocks, notes)
    uses = {_text(place): tuple(map(_text, used)) for place, used in record["uses"].items()}
    return Source(document, uses, tuple(tuple(map(_text, row)) for row in record["corrections"]))


def _block_of(block: Mapping[str, Any]) -> Paragraph | Grid:
    if "paragraph" in block:
        return Paragraph(_count(block["paragraph"]), _text(block["text"]), _place_of(*block["place"]))
    blank = block["blank"]
    if blank not in ("merged", "empty", "unknown"):
        raise ValueError(f"a table's blanks are {blank!r}")
    cells = tuple(_cell(*cell) for cell in block["cells"])
    if sum(cell.rowspan * cell.colspan for cell in cells) > _MOST_PLACES:
        raise ValueError(f"the cells of a table cover more than {_MOST_PLACES:,} places")
    return Grid(_count(block["table"]), cells, blank, _text(block["layout"]))


def _cell(row: Any, column: Any, text: Any, rowspan: Any, colspan: Any, known: Any, *place: Any) -> Cell:
    if not isinstance(known, bool):
        raise ValueError(f"a cell is known: {known!r}")
    counts = (_count(row), _count(column), _text(text), _count(rowspan), _count(colspan))
    return Cell(*counts, place=_place_of(*place), known=known)


def _place_of(line: Any, page: Any, sheet: Any) -> Place:
    return Place(_count(line), _count(page), _text(sheet))


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LARGEST:
        raise ValueError(f"{str(value)[:40]!r} is no count")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{str(value)[:40]!r} is no text")
    value.encode("utf-8")  # half of a pair of surrogates, which JSON can hold, is a ValueError here
    return value
