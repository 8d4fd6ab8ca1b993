"""Corrections applied: to the words of a document before they are understood, and to the tables after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from pairing_graph.base.errors import Complaint, CorrectionError, NoticeError
from pairing_graph.base.safe_cells import cut_text, plain_text, safe_text
from pairing_graph.base.text import printable, squeeze
from pairing_graph.kb.address import Address
from pairing_graph.kb.document import Cell, Document, Grid, Paragraph
from pairing_graph.kb.frames import frame
from pairing_graph.kb.knowledge_base import KnowledgeBase, with_tables
from pairing_graph.kb.schema import TABLES
from pairing_graph.reading.corrections.rows import BLANK, TEXT, Correction
from pairing_graph.reading.corrections.values import UNIT_COLUMNS, matching, shown_value, typed, unit_or_value

_CHANGED = "The address no longer holds what the correction was made for"


@dataclass(frozen=True)
class _Applied:
    """A correction that was applied, and what stood there before."""

    correction: Correction
    before: str


class Corrector:
    """Applies corrections while a document is read, and keeps account of them.

    Args:
        corrections: The corrections, of this document and of others.

    Example:
        >>> from pairing_graph.kb.document import Document
        >>> row = Correction("a!p1", "text", "县财政局", "a slip of the pen", "县财攻局", "row 2")
        >>> corrector = Corrector([row])
        >>> corrector.amend("a", Document("a", "a.txt", "", (Paragraph(1, "县财攻局"),))).paragraphs[0].text
        '县财政局'
    """

    def __init__(self, corrections: Iterable[Correction]) -> None:
        self._corrections = tuple(corrections)
        self._applied: list[_Applied] = []
        self.complaints: list[Complaint] = []

    def amend(self, document_id: str, document: Document) -> Document:
        """The document with the words of its cells and paragraphs corrected; complaints are kept for later."""
        corrections = [correction for correction in self._of(document_id) if correction.column == TEXT]
        if not corrections:
            return document
        blocks = list(document.blocks)
        for correction in corrections:
            self._amend(correction, blocks)
        return replace(document, blocks=tuple(blocks))

    def apply(self, kb: KnowledgeBase) -> KnowledgeBase:
        """The knowledge base with its tables corrected and every correction cited in `unread`.

        Raises:
            CorrectionError: With every complaint about corrections of this document.
        """
        document = kb.columns("documents")["document"][0]
        for correction in self._of(document):
            if correction.column != TEXT:
                kb = self._correct_table(correction, kb)
        if self.complaints:
            raise CorrectionError(self.complaints)
        cited = [
            {
                "document": document, "severity": "info", "reason": "corrected", "address": applied.correction.address,
                "text": _citation(applied),
            }
            for applied in self._applied
        ]  # fmt: skip
        if not cited:
            return kb
        unread = pd.concat([kb.unread, frame("unread", cited)], ignore_index=True)
        kept = replace(kb.sources[document], corrections=tuple(map(_as_row, self._applied)))
        corrected = replace(with_tables(kb, unread=unread), sources={**kb.sources, document: kept})
        return _without_orphans(corrected)

    def _of(self, document_id: str) -> list[Correction]:
        return [correction for correction in self._corrections if correction.document == document_id]

    def _amend(self, correction: Correction, blocks: list[Paragraph | Grid]) -> None:
        place = Address.parse(correction.address)
        for index, block in enumerate(blocks):
            if isinstance(block, Paragraph) and place.paragraph == block.number:
                before, after = _paragraph_texts(block, place, "" if correction.deletes else correction.value)
                if self._holds(correction, before):
                    blocks[index] = replace(block, text=after)
                return
            if isinstance(block, Grid) and place.table == block.number and place.column and not place.item:
                cell = next((c for c in block.cells if (c.row, c.column) == (place.row, place.column)), None)
                if cell is None:
                    self._complain_about_place(correction, block, place)
                elif self._holds(correction, cell.text):
                    value = BLANK if correction.deletes else correction.value
                    blocks[index] = replace(block, cells=_with_text(block.cells, cell, value))
                return
        advice = "The address of a cell looks like document!t1r7c4, that of a paragraph like document!p12."
        self.complaints.append(correction.complaint("There is no cell or paragraph at the address", advice=advice))

    def _complain_about_place(self, correction: Correction, grid: Grid, place: Address) -> None:
        covering = grid.at(place.row, place.column)
        if covering is None:
            rows, columns = grid.shape
            expected = f"a cell of the {rows} rows and {columns} columns of the table"
            self.complaints.append(correction.complaint("There is no cell at the address", expected=expected))
            return
        anchor = Address(place.document, table=grid.number, row=covering.row, column=covering.column)
        self.complaints.append(correction.complaint("The address lies in a merged cell", expected=str(anchor)))

    def _holds(self, correction: Correction, before: str) -> bool:
        """Whether a place holds what the correction was made for; entered as applied where it does."""
        if correction.expected is not None and not _says(correction.expected, before):
            self._complain_about_change(correction, [before])
            return False
        self._applied.append(_Applied(correction, before))
        return True

    def _complain_about_change(self, correction: Correction, found: Sequence[str]) -> None:
        mended = any(squeeze(correction.value) == squeeze(text) for text in found)
        advice = "It holds the corrected words already: take the correction out." if mended else "Look at it again."
        got = " | ".join(text or "nothing" for text in found)
        self.complaints.append(
            correction.complaint(_CHANGED, expected=correction.expected or "nothing", got=got, advice=advice)
        )

    def _correct_table(self, correction: Correction, kb: KnowledgeBase) -> KnowledgeBase:
        name, _, column = correction.column.partition(".")
        table = kb.tables[name]
        rows = matching(table, correction.address)
        if not rows:
            what = f"There is no row of {name} at the address"
            self.complaints.append(correction.complaint(what, advice=f"Copy the address from the table of {name}."))
            return kb
        current = {row: shown_value(table.at[row, column]) for row in rows}
        if correction.expected is not None:
            rows = [row for row in rows if _says(correction.expected, current[row])]
            if not rows:
                self._complain_about_change(correction, list(dict.fromkeys(current.values())))
                return kb
        if len(rows) > 1:
            got = f"{len(rows)}: {' | '.join(current[row] for row in rows)}"
            advice = "Give the finer address, or say in the column expected which one is meant."
            what = "There is more than one row at the address"
            self.complaints.append(correction.complaint(what, expected="one row", got=got, advice=advice))
            return kb
        if correction.deletes and (name, column) in UNIT_COLUMNS:
            self._applied.append(_Applied(correction, current[rows[0]]))
            return with_tables(kb, **{name: table.drop(index=table.index[rows[0]])})
        declared = next(item for item in TABLES[name].columns if item.name == column)
        try:
            value = unit_or_value(kb, name, column, typed(declared, "" if correction.deletes else correction.value))
        except NoticeError as error:
            self.complaints += [correction.complaint(c.what, c.expected, c.got, c.advice) for c in error.complaints]
            return kb
        self._applied.append(_Applied(correction, current[rows[0]]))
        records = table.to_dict("records")
        records[rows[0]][column] = value
        return with_tables(kb, **{name: frame(name, [{str(k): v for k, v in record.items()} for record in records])})


def foreign(corrections: Iterable[Correction], documents: Iterable[str]) -> list[Complaint]:
    """Complaints about corrections that are made for a document that was not read.

    Args:
        corrections: The corrections.
        documents: The ids of the documents that were read.
    """
    known = list(documents)
    return [
        correction.complaint("The correction is made for another document", expected=", ".join(known))
        for correction in corrections
        if correction.document not in known
    ]


def _paragraph_texts(paragraph: Paragraph, place: Address, value: str) -> tuple[str, str]:
    """The words at an address in a paragraph, and the paragraph with others in their place."""
    if not place.start:
        return paragraph.text, value
    text = paragraph.text
    return text[place.start - 1 : place.end], text[: place.start - 1] + value + text[place.end :]


def _with_text(cells: Sequence[Cell], cell: Cell, text: str) -> tuple[Cell, ...]:
    return tuple(replace(other, text=text) if other is cell else other for other in cells)


def _as_row(applied: _Applied) -> tuple[str, ...]:
    """A correction in the columns of the sheet of corrections."""
    correction = applied.correction
    return (correction.address, correction.column, applied.before or BLANK, correction.value, correction.reason)


def _says(expected: str, text: str) -> bool:
    """Whether what a sheet holds is a text, which it may hold cut, or with an apostrophe that keeps it from being run."""
    forms = {squeeze(printable(form)) for form in (text, safe_text(text), plain_text(text), cut_text(text))}
    return squeeze(printable(expected)) in forms


def _citation(applied: _Applied) -> str:
    correction = applied.correction
    return f"{correction.column}: {applied.before.strip()} → {correction.value.strip()} ({correction.reason})"


def _without_orphans(kb: KnowledgeBase) -> KnowledgeBase:
    """Units that no row names any more are gone."""
    named = {*kb.assignments["unit"], *kb.pairings["donor"], *kb.pairings["recipient"]}
    kept = kb.units[kb.units["unit"].isin(named)]
    return with_tables(kb, units=kept.reset_index(drop=True)) if len(kept) < len(kb.units) else kb
