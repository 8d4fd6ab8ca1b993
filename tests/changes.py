"""Small changes to documents that are read well: what is kept of their facts, and whether a loss is reported.

Changes are made to a `Document`, before a layout is recovered, so that they reach every format.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pairing_graph.base.errors import LayoutError
from pairing_graph.kb.document import Cell, Document, Grid, Paragraph
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.readers import read_document
from pairing_graph.reading import layouts
from pairing_graph.reading.extraction import extract
from pairing_graph.reading.options import Options
from pairing_graph.reading.tables.columns import read_heading

CORPUS = Path(__file__).parent / "data" / "notices"
RARE = {
    "number": "号数", "area": "板块名目", "task": "工作抓手", "goal": "预期值", "lead": "总召集方", "responsible": "承接方面",
    "support": "协作方面", "leaders": "挂帅人", "deadline": "办结期限", "remark": "附记", "progress": "推进近况",
    "donor": "援助方面", "recipient": "受援方面", "unit": "结对方面", "other": "另记",
}  # fmt: skip
"""A heading that no table lists, for every meaning of a column."""
NONSENSE = "叒叕栏"

Facts = Counter[tuple[str, ...]]


@dataclass(frozen=True)
class Outcome:
    """What a change left.

    Attributes:
        facts: Assignments and pairings before it.
        kept: Those of them that are still read.
        invented: Facts that were not read before.
        warned: Whether a doubt or loss was reported that was not reported before, or the document was refused.
    """

    facts: int
    kept: int
    invented: int
    warned: bool

    @property
    def silent(self) -> int:
        return 0 if self.warned else self.facts - self.kept + self.invented


def files() -> list[Path]:
    """The documents of the corpus."""
    return sorted(file for file in CORPUS.rglob("*.*") if file.suffix in (".txt", ".docx", ".xlsx", ".html", ".pdf"))


@cache
def document(file: Path) -> Document:
    return read_document(file)


@cache
def reading(file: Path) -> KnowledgeBase | None:
    """The unchanged document as it is read, None where it is refused."""
    try:
        return extract(document(file), Options())
    except LayoutError:
        return None


def outcome(file: Path, changed: Document) -> Outcome:
    """What a change to a document left of its facts."""
    before = reading(file)
    if before is None:
        raise ValueError(f"{file} is refused as it is")
    wanted = facts(before)
    total = sum(wanted.values())
    try:
        after = extract(changed, Options())
    except LayoutError:
        return Outcome(total, 0, 0, True)
    found = facts(after)
    kept = sum((wanted & found).values())
    return Outcome(total, kept, sum((found - wanted).values()), bool(_warnings(after) - _warnings(before)))


def facts(kb: KnowledgeBase) -> Facts:
    """Assignments by the beginning of the task's words, and pairings."""
    texts = dict(zip(kb.tasks["task"], kb.tasks["text"].str[:12], strict=True))
    assigned = [(texts[row.task], row.unit.rpartition(":")[2], row.role) for row in kb.assignments.itertuples()]
    paired = [(row.donor.rpartition(":")[2], row.recipient.rpartition(":")[2]) for row in kb.pairings.itertuples()]
    return Counter([*assigned, *paired])


def _warnings(kb: KnowledgeBase) -> Counter[str]:
    return Counter(kb.unread["reason"][kb.unread["severity"] != "info"])


def heading_cells(file: Path) -> list[tuple[int, Cell, str]]:
    """The cells of headings, with the count of their table and what their column holds."""
    recovered = layouts.recover(document(file), Options())
    found = []
    for place, grid in enumerate(recovered.grids):
        heading = read_heading(grid, (), Options())
        if heading.kind == "unknown":
            continue
        for column in heading.columns:
            cell = grid.at(heading.rows, column.column)
            if cell and cell.row == heading.rows and cell.text.strip():
                found.append((place, cell, column.meaning))
    return found


def with_heading(file: Path, table: int, cell: Cell, words: str) -> Document | None:
    """The document with the words of a heading cell replaced; None where its place in the file is not found."""
    original = document(file)
    recovered = layouts.recover(original, Options())
    grid = recovered.grids[table]
    if grid.layout == "grid":
        return _replace_grid(original, grid, lambda one: replace(one, text=words) if one == cell else one)
    blocks = list(original.blocks)
    for index, block in enumerate(blocks):
        if isinstance(block, Grid) or block.place.line < cell.place.line:
            continue
        for text in (cell.text, cell.text.split("\n", maxsplit=1)[0]):
            if text in block.text:
                blocks[index] = replace(block, text=block.text.replace(text, words, 1))
                return replace(original, blocks=tuple(blocks))
    return None


def heading_changes(file: Path) -> Iterator[tuple[str, Document]]:
    """Every heading word in turn replaced by a rare synonym, by nonsense, by nothing."""
    for table, cell, meaning in heading_cells(file):
        for name, words in (("rare word", RARE.get(meaning, "另栏")), ("nonsense", NONSENSE), ("nothing", "")):
            changed = with_heading(file, table, cell, words)
            if changed:
                yield name, changed


def table_changes(file: Path) -> Iterator[tuple[str, Document]]:
    """A metadata row above, an unknown column, two columns swapped, repeated headings, a footer: real grids only."""
    original = document(file)
    for grid in original.grids:
        heading = read_heading(grid, (), Options())
        if heading.kind == "unknown" or not heading.rows:
            continue
        rows, width = grid.shape
        yield (
            "metadata row",
            _in_grid(original, grid, _with_row_above(grid, ("填报单位：某县政府办", "联系电话：0771-5612345"))),
        )
        yield (
            "footer",
            _in_grid(
                original, grid, (*grid.cells, Cell(rows + 1, 1, "注：本表由县政府办公室负责解释。", colspan=width))
            ),
        )
        flags = tuple(Cell(row, width + 1, NONSENSE if row == heading.rows else "甲" if row > heading.rows else "")
                      for row in range(1, rows + 1))  # fmt: skip
        yield (
            "unknown column",
            _in_grid(original, grid, tuple(sorted((*grid.cells, *flags), key=lambda c: (c.row, c.column)))),
        )
        if all(cell.colspan == 1 for cell in grid.cells) and width > 2:
            yield "columns swapped", _in_grid(original, grid, _swapped(grid, width - 1, width))
        if all(cell.rowspan == 1 for cell in grid.cells) and rows > heading.rows + 3:
            yield (
                "heading again",
                _in_grid(original, grid, _with_heading_again(grid, heading.rows, (rows + heading.rows) // 2)),
            )


def line_changes(file: Path) -> Iterator[tuple[str, Document]]:
    """A footer line and doubled blank lines."""
    original = document(file)
    last = max((paragraph.number for paragraph in original.paragraphs), default=0)
    footer = Paragraph(last + 1, "分享到：微信 微博 打印本页 关闭窗口")
    yield "page footer", replace(original, blocks=(*original.blocks, footer))


def _replace_grid(original: Document, grid: Grid, change: Callable[[Cell], Cell]) -> Document:
    return _in_grid(original, grid, tuple(change(cell) for cell in grid.cells), any_number=True)


def _in_grid(original: Document, grid: Grid, cells: tuple[Cell, ...], *, any_number: bool = False) -> Document:
    blocks = tuple(
        replace(block, cells=cells)
        if isinstance(block, Grid) and (block.cells == grid.cells or block is grid)
        else block
        for block in original.blocks
    )
    return replace(original, blocks=blocks)


def _with_row_above(grid: Grid, words: tuple[str, str]) -> tuple[Cell, ...]:
    width = grid.shape[1]
    half = max(1, width // 2)
    top = [Cell(1, 1, words[0], colspan=half)]
    if half < width:
        top.append(Cell(1, half + 1, words[1], colspan=width - half))
    return (*top, *(replace(cell, row=cell.row + 1) for cell in grid.cells))


def _swapped(grid: Grid, one: int, other: int) -> tuple[Cell, ...]:
    moved = {one: other, other: one}
    cells = (replace(cell, column=moved.get(cell.column, cell.column)) for cell in grid.cells)
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def _with_heading_again(grid: Grid, rows: int, after: int) -> tuple[Cell, ...]:
    top = [replace(cell, row=cell.row + after) for cell in grid.cells if cell.row <= rows]
    body = [replace(cell, row=cell.row + (rows if cell.row > after else 0)) for cell in grid.cells]
    return tuple(sorted((*top, *body), key=lambda cell: (cell.row, cell.column)))
