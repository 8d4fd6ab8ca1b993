"""Extraction: what a column, a bracket, a name, a number means. `Document` → `KnowledgeBase`; no file formats.

`layouts` turn flattened lines into grids again; interpreters turn grids and running text into rows; all of them write
through `TaskWriter`, `PairWriter` and `Resolver`. A new layout is a row in `layouts.LAYOUTS`, a new kind of table a case of
`_read_table`. What was read is checked in `checks`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from types import MappingProxyType

from pairing_graph.base.errors import Complaint, LayoutError
from pairing_graph.base.reference import mapping
from pairing_graph.base.text import squeeze
from pairing_graph.kb.document import Document, Grid, Paragraph
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.script import in_written_signs, simplified
from pairing_graph.reading import layouts
from pairing_graph.reading.builder import Builder
from pairing_graph.reading.checks import check_reading, reasons_lost
from pairing_graph.reading.homes import Homes
from pairing_graph.reading.list_reader import ListReader
from pairing_graph.reading.options import Options
from pairing_graph.reading.pairs import PairWriter
from pairing_graph.reading.prose import cover, duties, duty_sections, items, pair_lists
from pairing_graph.reading.prose.blocks import NOTE
from pairing_graph.reading.prose.cover_regions import guess_region
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.prose.rules import states_first_leads
from pairing_graph.reading.regions import region_book
from pairing_graph.reading.tables import pairing_table, task_table
from pairing_graph.reading.tables.columns import Heading, read_headings
from pairing_graph.reading.tasks import TaskWriter
from pairing_graph.reading.units import Resolver

__all__ = ["Amend", "Options", "extract"]

Amend = Callable[[str, Document], Document]

_LONGEST_PARAGRAPH = 20_000
"""Characters of a paragraph that is read; a longer one is a page whose line breaks were lost, and is reported."""
_RECOGNISE = "Recognise its characters (OCR) and read the text, or ask the issuer for a file with text."
_ADVICE = MappingProxyType(
    {
        "page_without_text": _RECOGNISE,
        "picture": _RECOGNISE,
        "run_together": "Copy the table again with tabs between its cells, or read the original file.",
    }
)
"""What to do about a note where comparing layouts does not help."""
_ATTACHED = re.compile(r"附件(?:\d{1,2}|[一二三四五])?[:：.．]?(?:\d{1,2}[.．])?(?P<name>[^，。；：]{4,60})")


@dataclass
class _Reading:
    """A document while it is read."""

    builder: Builder
    options: Options
    tasks: TaskWriter
    pairs: PairWriter
    forms: list[str] = field(default_factory=list)


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
        LayoutError: No task and no pairing is understood in it, or more is lost than read; every table that was found
            is named with what is wrong with it.
        MissingExtraError: It is in traditional characters and OpenCC is not installed.
    """
    read = simplified(document)
    kb = _extracted(read, options, document_id, amend)
    return in_written_signs(kb, document, read)


def _extracted(document: Document, options: Options, document_id: str, amend: Amend | None) -> KnowledgeBase:
    recovered = layouts.recover(document, options)
    front = cover.read_cover(recovered)
    amended = amend(document_id or front.document_id, recovered) if amend else recovered
    if amended is not recovered:
        recovered = amended
        front = replace(cover.read_cover(recovered), document_id=front.document_id)
    front = replace(front, document_id=document_id or front.document_id)
    builder = Builder(front.document_id, recovered)
    headings = {grid.number: read_headings(grid, front.regions, options) for grid in recovered.grids}
    every = [heading for found in headings.values() for heading in found]
    sole = front.sole_region
    front = replace(front, regions=cover.regions_with_headings(front, every))
    front = front if front.regions or front.national else _with_guessed_region(front, builder)
    book = region_book(front, builder)
    homes = Homes(front.regions, sole or front.sole_region, book, builder)
    villages = pairing_table.villages_of_tables(every, options)
    resolver = Resolver(ListReader(homes, builder), options, front.national, villages)
    cover.record_cover(front, builder)
    reading = _Reading(builder, options, TaskWriter(builder, resolver, options), PairWriter(builder, resolver))
    cover_lines = {*front.used, *front.captions, *front.imprint, *front.boilerplate}
    for run, grid, below in _stretches(recovered):
        _read_text([p for p in run if p.number not in cover_lines], reading)
        if grid:
            reading.tasks.first_leads |= _noted(below)
            for heading in headings[grid.number]:
                _read_table(heading, reading)
    if not (builder.rows["tasks"] or builder.rows["pairings"]):
        raise LayoutError(reasons_lost(builder, "pairs_too_many") or _nothing_understood(recovered, every))
    resolver.report_look_alikes()
    check_reading(builder, every)
    regions = resolver.regions_seen()
    if not (regions or front.national):
        builder.report("region_missing", front.title or front.file, front.document_id)
    codes = tuple(map(book.code, regions))
    return builder.finish(layout="+".join(dict.fromkeys(reading.forms)), regions=regions, region_codes=codes)


def _with_guessed_region(front: cover.Front, builder: Builder) -> cover.Front:
    """The front with the region that the text, or else the name of the file, speaks of; that is a doubt."""
    texts = [text for text in builder.document.texts() if text.strip()]
    region = guess_region(texts) or guess_region([PurePath(front.file).stem])
    if region:
        builder.report("region_guessed", region, front.document_id)
    return replace(front, regions=(region,)) if region else front


def _stretches(document: Document) -> Iterator[tuple[list[Paragraph], Grid | None, list[Paragraph]]]:
    """Runs of paragraphs, each with the table that follows it and the paragraphs below that."""
    runs: list[list[Paragraph]] = [[]]
    grids: list[Grid] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            grids.append(block)
            runs.append([])
        elif block.text.strip():
            runs[-1].append(block)
    for index, run in enumerate(runs):
        yield run, grids[index] if index < len(grids) else None, runs[index + 1] if index < len(grids) else []


def _noted(below: Sequence[Paragraph]) -> bool:
    """Whether a note right below a table states that the first one listed leads: it is meant for that table."""
    return bool(below) and bool(NOTE.match(below[0].text)) and states_first_leads(below[0].text)


def _read_table(heading: Heading, reading: _Reading) -> None:
    if heading.kind == "tasks":
        task_table.read_task_table(heading, reading.tasks)
    elif heading.kind == "pairings":
        pairing_table.read_pairing_table(heading, reading.pairs, reading.options)
    else:
        reading.builder.report_grid("header_unknown", heading.grid)
        return
    reading.forms.append(heading.grid.layout)


def _read_text(run: Sequence[Paragraph], reading: _Reading) -> None:
    """Pairs first, for they are the surer form; then duties by department, and tasks in what is left."""
    noted = {note.paragraph for note in reading.builder.document.notes if note.paragraph}
    passages = [
        Passage(paragraph.text, reading.builder.paragraph(paragraph.number))
        for paragraph in run
        if paragraph.number not in noted and len(paragraph.text) <= _LONGEST_PARAGRAPH
    ]
    claimed = pair_lists.claim_pair_lists(passages, reading.pairs, reading.options)
    reading.forms += pair_lists.read_pair_lists(claimed, reading.pairs, reading.options)
    taken = {passage.address for passage in claimed}
    rest = [passage for passage in passages if passage.address not in taken]
    for section in duty_sections.split_sections(rest, reading.tasks):
        if section.kind == "duties":
            reading.forms += duties.read_duties(section, reading.tasks)
        else:
            reading.forms += items.read_items(section.passages, reading.tasks)


def _attachments(document: Document) -> list[str]:
    """The attachments that a letter names (附件：任务分解表), those that open a part of the same file left out."""
    texts = [squeeze(paragraph.text) for paragraph in document.paragraphs if paragraph.text.strip()]
    found = [match["name"] for text in texts if (match := _ATTACHED.fullmatch(text))]
    return [name for name in found if name not in texts]


def _nothing_understood(document: Document, headings: Sequence[Heading]) -> list[Complaint]:
    advice = "Compare the notice with the layouts that the README lists."
    complaints = [
        Complaint(
            "The heading of the table is not understood",
            f"{document.file}, table {heading.grid.number}",
            "headings such as 具体任务 and 牵头单位, or two columns of units",
            " | ".join(heading.grid.row_texts(1)) or "no cells",
            "Say what its words mean with headers= (word, meaning, match), or compare it with the layouts of the README.",
        )
        for heading in headings
    ]
    sentences = mapping("reasons", "reason", "en")
    for note in document.notes[:5]:
        where = note.address(document.file.replace(" ", "_"))
        own = _ADVICE.get(note.reason, advice)
        complaints.append(Complaint(sentences[note.reason].capitalize(), where, got=note.text[:80], advice=own))
    attached = _attachments(document)
    if attached and not headings:
        complaints.append(
            Complaint(
                "This is a cover letter: its table is in an attachment",
                document.file,
                "the attachment itself",
                "; ".join(attached),
                "Read the file of the attachment, together with this one if you need its title and date.",
            )
        )
    if complaints:
        return complaints
    what = "No table was found, and no task or pairing in the text"
    lines = len(document.paragraphs)
    got = f"{lines} line{'s' * (lines != 1)} of text"
    return [Complaint(what, document.file, "a task table, a pairing table, or one of the other layouts", got, advice)]
