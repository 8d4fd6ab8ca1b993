"""Walks a document and hands every stretch of lines that may be a table to a layout."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pairing_graph.kb.document import Document, Grid, Note, Paragraph

Made = tuple[list[Paragraph | Grid], list[Note]]


def gather(
    document: Document,
    belongs: Callable[[Paragraph], bool],
    make: Callable[[Sequence[Paragraph], int], Made | None],
    *,
    gap: int,
) -> Document:
    """The document with a grid in the place of every stretch that a layout makes one of.

    A stretch goes from a line that belongs to the last one that does, other lines between them included where few.

    Args:
        document: The document.
        belongs: Whether a line has the layout's mark.
        make: The blocks and notes out of the lines of a stretch, None where it is no table.
        gap: How many lines with words but without the mark may lie between two that have it.
    """
    blocks: list[Paragraph | Grid] = []
    notes = list(document.notes)
    number = max((grid.number for grid in document.grids), default=0)
    stretch: list[Paragraph] = []

    def close() -> None:
        nonlocal number
        last = max((index for index, line in enumerate(stretch) if belongs(line)), default=-1)
        inside, after = stretch[: last + 1], stretch[last + 1 :]
        made = make(inside, number + 1) if inside else None
        if made:
            found = [block for block in made[0] if isinstance(block, Grid)]
            number = max([number, *(grid.number for grid in found)])
            blocks.extend(made[0])
            notes.extend(made[1])
        else:
            blocks.extend(inside)
        blocks.extend(after)
        stretch.clear()

    without = 0
    for block in document.blocks:
        if isinstance(block, Grid):
            close()
            blocks.append(block)
        elif belongs(block):
            stretch.append(block)
            without = 0
        elif stretch:
            without += bool(block.text.strip())
            stretch.append(block)
            if without > gap:
                close()
        else:
            blocks.append(block)
    close()
    return replace(document, blocks=tuple(blocks), notes=tuple(notes))
