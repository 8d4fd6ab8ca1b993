"""Layouts: tables that were flattened to lines become grids again. One recogniser per module, chosen by evidence.

A new layout is a new module and a row in `LAYOUTS`. A recogniser takes a document and gives one back in which the lines
of its tables are grids; what it could not place stays lines, with a note that gives the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pairing_graph.kb.document import Document, Grid, Note, Paragraph
from pairing_graph.reading.layouts import broken_lines, line_cells, pipe_cells, spaced_cells, tab_cells
from pairing_graph.reading.options import Options

Recover = Callable[[Document, Options], Document]

LAYOUTS: tuple[Recover, ...] = (
    pipe_cells.recover,
    spaced_cells.recover,
    tab_cells.recover,
    line_cells.recover,
    broken_lines.recover,
)


def recover(document: Document, options: Options) -> Document:
    """Apply every layout whose marks the document shows; tables are numbered in their order."""
    for layout in LAYOUTS:
        document = layout(document, options)
    return _renumbered(document)


def _renumbered(document: Document) -> Document:
    numbers = {grid.number: count for count, grid in enumerate(document.grids, 1)}
    if all(old == new for old, new in numbers.items()):
        return document
    blocks: list[Paragraph | Grid] = [
        replace(block, number=numbers[block.number]) if isinstance(block, Grid) else block for block in document.blocks
    ]
    notes = tuple(_renumber_note(note, numbers) for note in document.notes)
    return replace(document, blocks=tuple(blocks), notes=notes)


def _renumber_note(note: Note, numbers: dict[int, int]) -> Note:
    return replace(note, table=numbers[note.table]) if note.table else note
