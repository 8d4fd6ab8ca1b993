"""Extraction: what a column, a bracket, a name, a number means. `Document` → `KnowledgeBase`; no file formats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pairing_graph.document import Document
from pairing_graph.errors import Complaint, LayoutError
from pairing_graph.extract import cover, layouts, pairing_table, task_table
from pairing_graph.extract.builder import Builder
from pairing_graph.extract.columns import Heading, understand
from pairing_graph.extract.names import Resolver
from pairing_graph.extract.options import Options
from pairing_graph.schema import KnowledgeBase

__all__ = ["Amend", "Options", "extract"]

Amend = Callable[[str, Document], Document]


def extract(
    document: Document, options: Options, *, document_id: str = "", amend: Amend | None = None
) -> KnowledgeBase:
    """Read the meaning out of a document.

    Args:
        document: The document.
        options: The reader's choices.
        document_id: An id to use instead of the official number, where that is taken.
        amend: Corrects the words of the document, whose id and recovered tables it is given, before they are read.

    Raises:
        LayoutError: No task and no pairing is understood in it; every table that was found is named with what is
            wrong with it.
    """
    recovered = layouts.recover(document, options)
    front = cover.read(recovered)
    if amend:
        recovered = amend(document_id or front.document_id, recovered)
        front = replace(cover.read(recovered), document_id=front.document_id)
    front = replace(front, document_id=document_id or front.document_id)
    builder = Builder(front.document_id, recovered)
    headings = [understand(grid, front.regions, options) for grid in recovered.grids]
    front = replace(front, regions=cover.order_regions(front, headings))
    resolver = Resolver(front.regions, front.sole_region, builder, options)
    cover.record(front, builder)
    for heading in headings:
        _read_table(heading, builder, resolver)
    if not (builder.rows["tasks"] or builder.rows["pairings"]):
        raise LayoutError(_nothing_understood(document, headings))
    layouts_seen = dict.fromkeys(grid.layout for grid in recovered.grids)
    return builder.finish(layout="+".join(layouts_seen), regions=resolver.regions_seen())


def _read_table(heading: Heading, builder: Builder, resolver: Resolver) -> None:
    if heading.kind == "tasks":
        task_table.read(heading, builder, resolver)
    elif heading.kind == "pairings":
        pairing_table.read(heading, builder, resolver)
    else:
        builder.report_grid("header_unknown", heading.grid)


def _nothing_understood(document: Document, headings: list[Heading]) -> list[Complaint]:
    advice = "Compare the notice with the layouts that the README lists."
    if not headings:
        got = f"{len(document.paragraphs)} lines of text without a table"
        return [Complaint("No table was found", document.file, "a task table or a pairing table", got, advice)]
    expected = "headings such as 具体任务 and 牵头单位, or two columns of units"
    return [
        Complaint(
            "The heading of the table is not understood",
            f"{document.file}, table {heading.grid.number}",
            expected,
            " | ".join(heading.grid.row_texts(1)) or "no cells",
            advice,
        )
        for heading in headings
    ]
