"""The sheet for a coder: the words of a notice with their addresses, and columns to fill in; no answers."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pandas as pd

from pairing_graph.base.errors import Complaint, FileError, NoticeError, no_whole_number, refuse_unknown
from pairing_graph.base.files import write_files
from pairing_graph.base.inputs import exists
from pairing_graph.base.words import Language, word
from pairing_graph.graph.build import checksums
from pairing_graph.kb.address import Address
from pairing_graph.kb.document import Grid, Paragraph
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.output.section import words
from pairing_graph.output.tables import csv_text
from pairing_graph.output.workbook import book_bytes, empty_book, write_cell
from pairing_graph.reading.coding_sheets import COLUMNS, NOT_ANSWERS
from pairing_graph.reading.codings import SHEETS, Places, place_of
from pairing_graph.reading.notices import read_notice

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SEED = 1
_FURTHER_ROWS = 40
"""Empty rows below the places, for a second pair or target of a place: the 2022 notice has 19 targets in 12 tasks."""
_WIDTHS = {"address": 25, "words": 70, "remark": 24, "donor": 28, "recipient": 28}
_ROLE_WIDTH = 30
_NARROW = 13
_NARROW_COLUMNS = frozenset(("value", "value_max", "comparator", "quantity_unit", "aspirational", "direction"))
_CHOICES = {"direction": 2, "comparator": 5, "aspirational": 2}
"""Columns with a list to choose from, and how many words it has (`coding.choice.<column>.<n>` in the catalogue)."""
_TO_FILL_IN, _GIVEN = "FFF7D6", "EDEDED"
"""Colours: cells to fill in (light yellow), and headings of what is given or not compared (light grey)."""
_WIDEST_CELL = 40
_INSTRUCTIONS = 9
"""Sentences of the instructions in the catalogue."""


@dataclass(frozen=True)
class _Plan:
    """What a coding sheet holds: the notice, and for each sheet the places that are coded."""

    kb: KnowledgeBase
    words: Mapping[str, str]
    places: Mapping[str, Sequence[str]]
    sample: str
    lang: Language | None

    def shown(self, place: str) -> str:
        """An address as the coder sees it: without the document where there is only one."""
        return place.partition("!")[2] if len(self.kb.documents) == 1 else place


def coding_sheet(
    notice: str | Path | KnowledgeBase,
    path: str | Path,
    *,
    sheets: Sequence[str] = SHEETS,
    sample: int | None = None,
    seed: int = SEED,
    lang: Language | None = None,
    overwrite: bool = False,
) -> Path:
    """Write an empty sheet for a person who codes a notice by hand: its words and addresses, no answers.

    The workbook has instructions, the whole notice with its merged cells, and a sheet each for assignments, pairings and
    targets. Every row of a table and every paragraph is a row there, whatever the reading made of it, so that the coder
    also decides what is a task. Units are written as the notice writes them, divided by 、. Filled in, it is what
    `agreement` takes; 无 (none) in any cell says that a sheet was coded and there is nothing.

    Args:
        notice: The file of a notice, or what `read_notice` gave.
        path: A workbook (`.xlsx`), or a folder for CSV files (no suffix).
        sheets: What is coded: assignments, pairings, targets.
        sample: Only so many tasks (and pairing rows), drawn at random from those that the reading found; the notice is
            still there as a whole. What the reading overlooked elsewhere can then not be found missing.
        seed: The seed of the drawing.
        lang: The language; without one, Chinese and English.
        overwrite: Replace a file that is there already, which may have been filled in.

    Returns:
        The path.

    Raises:
        FileError: The suffix is another one, there is another file already, or it cannot be written.
        UnknownNameError: There is no such sheet.
        NoticeError: The sample is no whole number from 1, the seed none from 0, or the knowledge base has not kept the words of its notice.
        MissingExtraError: openpyxl is not installed, for a workbook.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     coding_sheet("data/raw/wuxi-yuzhong-2022.txt", Path(folder) / "sheet.xlsx", sample=10).name
        'sheet.xlsx'
    """
    target = Path(path)
    refuse_suffix(target)
    for sheet in sheets:
        refuse_unknown("There is no such sheet", "sheets", sheet, SHEETS)
    if lang is not None:
        refuse_unknown("There is no such language", "lang", lang, get_args(Language))
    complaints = [] if sample is None else [*no_whole_number("sample", sample, 1), *no_whole_number("seed", seed, 0)]
    if complaints:
        raise NoticeError(complaints)
    kb = notice if isinstance(notice, KnowledgeBase) else read_notice(notice)
    plan = _planned(kb, sheets, sample, seed, lang)
    contents = {target: _workbook(plan)} if target.suffix else _csv_files(plan, target)
    _refuse_others(contents, overwrite)
    write_files(contents, sources=checksums(kb))
    return target


def refuse_suffix(path: str | Path) -> None:
    """Refuse a path under which no coding sheet is written, before anything is read.

    Raises:
        FileError: Its suffix is another one.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in ("", ".xlsx"):
        expected = ".xlsx, or a folder without a suffix for CSV files"
        raise FileError(Complaint("A coding sheet is not written so", str(path), expected, suffix))


def _refuse_others(contents: Mapping[Path, bytes], overwrite: bool) -> None:
    """Refuse to replace a file that somebody may have filled in; one with the same bytes is written again."""
    changed = [path for path, data in contents.items() if exists(path) and not overwrite and path.read_bytes() != data]
    advice = "Name another file, or say overwrite (--overwrite)."
    complaints = [
        Complaint("There is a file already, which may be filled in", str(path), advice=advice) for path in changed
    ]
    if complaints:
        raise FileError(complaints)


def _planned(kb: KnowledgeBase, sheets: Sequence[str], sample: int | None, seed: int, lang: Language | None) -> _Plan:
    places = Places(kb)
    if not places.words:
        advice = "Hand in the file, or what read_notice gave."
        raise NoticeError(Complaint("The words of the notice are not there", "coding_sheet", "a notice", advice=advice))
    chosen = {sheet: list(places.words) for sheet in SHEETS if sheet in sheets}
    if sample is not None:
        tasks = _drawn([places.of_task[task] for task in kb.tasks["task"]], sample, seed)
        pairs = _drawn([place_of(address) for address in kb.pairings["address"]], sample, seed)
        chosen = {sheet: pairs if sheet == "pairings" else tasks for sheet in chosen}
    said = words("coding.sample", lang, "\n", count=sample, seed=seed) if sample is not None else ""
    return _Plan(kb, places.words, chosen, said, lang)


def _drawn(places: Sequence[str], sample: int, seed: int) -> list[str]:
    """A random sample of places, in the order of reading."""
    known = sorted(dict.fromkeys(places), key=lambda place: Address.parse(place).sort_key)
    drawn = random.Random(seed).sample(known, min(sample, len(known)))
    return sorted(drawn, key=lambda place: Address.parse(place).sort_key)


def _heading(column: str, lang: Language | None) -> str:
    return words(f"coding.column.{column}", lang)


def _instructions(plan: _Plan) -> list[str]:
    """The instructions, one language below the other."""
    texts = []
    for lang in (plan.lang,) if plan.lang else ("zh", "en"):
        texts += [word(f"coding.instructions.{count}", lang) for count in range(1, _INSTRUCTIONS + 1)]
        texts.append("")
    return [*texts, *plan.sample.splitlines()]


def _csv_files(plan: _Plan, folder: Path) -> dict[Path, bytes]:
    contents = {folder / "instructions.txt": ("\n".join(_instructions(plan)) + "\n").encode("utf-8-sig")}
    for sheet, places in plan.places.items():
        rows = [[plan.shown(place), plan.words.get(place, "")] for place in places]
        headings = [_heading(column, plan.lang) for column in COLUMNS[sheet]]
        filled = [[*row, *[""] * (len(headings) - 2)] for row in rows]
        table = pd.DataFrame(filled, columns=pd.Index(headings), dtype="object")
        contents[folder / f"{sheet}.csv"] = csv_text(table).encode("utf-8-sig")
    return contents


def _workbook(plan: _Plan) -> bytes:
    book = empty_book()
    _write_instructions(book.create_sheet(words("coding.sheet.instructions", plan.lang)), plan)
    _write_notice(book, plan)
    for sheet, places in plan.places.items():
        _write_coding(book.create_sheet(words(f"coding.sheet.{sheet}", plan.lang)), sheet, places, plan)
    return book_bytes(book)


def _write_instructions(sheet: Worksheet, plan: _Plan) -> None:
    from openpyxl.styles import Alignment

    sheet.column_dimensions["A"].width = 100
    for number, text in enumerate(_instructions(plan), 1):
        write_cell(sheet, number, 1, text)
        sheet.cell(number, 1).alignment = Alignment(wrap_text=True, vertical="top")


def _write_notice(book: Workbook, plan: _Plan) -> None:
    """The notice, row by row: paragraphs as they are, tables cell by cell, merged cells as one."""
    sheet = book.create_sheet(words("coding.sheet.notice", plan.lang))
    _write_head(sheet, 1, [_heading("address", plan.lang), _heading("words", plan.lang)])
    row, widest = 2, 1
    for name, source in plan.kb.sources.items():
        for block in source.document.blocks:
            if isinstance(block, Paragraph):
                if block.text.strip():
                    _write_words(sheet, row, 1, plan.shown(str(Address(name, block.number))))
                    _write_words(sheet, row, 2, block.text.strip())
                    row += 1
            else:
                _write_grid(sheet, row, block, [plan.shown(place) for place in _row_addresses(block, name)])
                row, widest = row + block.shape[0], max(widest, block.shape[1])
    _set_widths(sheet, [_WIDTHS["address"], *[_WIDEST_CELL] * widest])
    sheet.freeze_panes = "B2"


def _row_addresses(grid: Grid, name: str) -> Iterator[str]:
    return (str(Address(name, table=grid.number, row=row)) for row in range(1, grid.shape[0] + 1))


def _write_grid(sheet: Worksheet, first: int, grid: Grid, addresses: Sequence[str]) -> None:
    for count, address in enumerate(addresses):
        _write_words(sheet, first + count, 1, address)
        for column in range(grid.shape[1]):
            _write_words(sheet, first + count, column + 2, "", framed=True)
    for cell in grid.cells:
        row, column = first + cell.row - 1, cell.column + 1
        _write_words(sheet, row, column, cell.text, framed=True)
        if cell.rowspan > 1 or cell.colspan > 1:
            last_row, last_column = row + cell.rowspan - 1, column + cell.colspan - 1
            sheet.merge_cells(start_row=row, start_column=column, end_row=last_row, end_column=last_column)


def _write_coding(sheet: Worksheet, name: str, places: Sequence[str], plan: _Plan) -> None:
    """A sheet to fill in: address and words given, the other columns open, with lists to choose from."""
    from openpyxl.worksheet.properties import PageSetupProperties

    columns = COLUMNS[name]
    colours = [_GIVEN if column in NOT_ANSWERS else _TO_FILL_IN for column in columns]
    _write_head(sheet, 1, [_heading(column, plan.lang) for column in columns], colours)
    for row, place in enumerate(places, 2):
        _write_words(sheet, row, 1, plan.shown(place))
        _write_words(sheet, row, 2, plan.words.get(place, ""))
    last = len(places) + 1 + _FURTHER_ROWS
    for row in range(2, last + 1):
        for count in range(3, len(columns) + 1):
            colour = "" if columns[count - 1] in NOT_ANSWERS else _TO_FILL_IN
            _write_words(sheet, row, count, "", framed=True, colour=colour)
    _set_widths(sheet, [_width(column) for column in columns])
    for count, column in enumerate(columns, 1):
        _help(sheet, count, column, last, plan.lang)
    sheet.auto_filter.ref = f"A1:{_letter(len(columns))}{last}"
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _help(sheet: Worksheet, count: int, column: str, last: int, lang: Language | None) -> None:
    """What a column takes: a list to choose from, and a hint where a cell is selected."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if column in ("address", "words", "remark"):
        return
    many = _CHOICES.get(column, 0)
    listed = ",".join(words(f"coding.choice.{column}.{number}", lang) for number in range(1, many + 1))
    options: dict[str, Any] = {"type": "list", "formula1": f'"{listed}"'} if many else {}
    rule = DataValidation(allow_blank=True, showInputMessage=True, **options)
    rule.promptTitle, rule.prompt = _heading(column, lang), words(f"coding.hint.{column}", lang, "\n")
    rule.showErrorMessage = bool(many)
    rule.add(f"{_letter(count)}2:{_letter(count)}{last}")
    sheet.add_data_validation(rule)


def _write_head(sheet: Worksheet, row: int, headings: Sequence[str], colours: Sequence[str] = ()) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for count, heading in enumerate(headings, 1):
        colour = colours[count - 1] if colours else _GIVEN
        write_cell(sheet, row, count, heading)
        cell = sheet.cell(row, count)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=colour)
        cell.alignment = Alignment(wrap_text=True, vertical="center")


def _write_words(sheet: Worksheet, row: int, column: int, text: str, *, framed: bool = False, colour: str = "") -> None:
    from openpyxl.styles import Alignment, Border, PatternFill, Side

    write_cell(sheet, row, column, text)
    cell = sheet.cell(row, column)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if framed:
        line = Side(style="thin", color="BFBFBF")
        cell.border = Border(line, line, line, line)
    if colour:
        cell.fill = PatternFill("solid", fgColor=colour)


def _width(column: str) -> int:
    return _NARROW if column in _NARROW_COLUMNS else _WIDTHS.get(column, _ROLE_WIDTH)


def _set_widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    for count, width in enumerate(widths, 1):
        sheet.column_dimensions[_letter(count)].width = width


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))
