"""Ruled tables of pages: cells from the lines around them, and tables joined across pages."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pairing_graph.kb.document import Place
from pairing_graph.readers.grids import Box
from pairing_graph.readers.page_rulings import CellBox, Edge, cells_within
from pairing_graph.readers.page_words import Char, lines_of, unwrapped

NEAR = 4.0
_HEADING_ROWS = 3
_NUMBERED = re.compile(r"\s*(?:[(（]?\d{1,3}[)）.．、]?(?!\d)|[(（]?[一二三四五六七八九十]{1,3}[)）、.．])")
_ENDED = re.compile(r"[。；;！!？?.：:][”’）)】]?\s*$")
_OPEN = re.compile(r"[、，,（(]\s*$")
_LONG = 12
_MOST = 0.7
_FEWEST = 3
_THIN = 6.0


@dataclass
class Ruled:
    """A ruled table while its parts are being joined.

    Attributes:
        boxes: Its cells by their lines.
        page: The page of its last part.
        notes: Reason and text of each join.
        gaps: In a table without rulings, the left and right end of the gap between each two columns.

    """

    boxes: list[Box]
    page: int
    notes: list[tuple[str, str]] = field(default_factory=list)
    gaps: list[tuple[float, float]] = field(default_factory=list)

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(box.top for box in self.boxes)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(box.bottom for box in self.boxes)

    @property
    def lines(self) -> list[float]:
        """The column lines from the left; lines close to each other count once."""
        found: list[float] = []
        for line in sorted({x for box in self.boxes for x in (box.left, box.right)}):
            if not found or line - found[-1] > NEAR:
                found.append(line)
        return found


def ruled_tables(chars: Sequence[Char], drawn: Sequence[Edge], width: float, number: int, file: str) -> list[Ruled]:
    """The ruled tables of a page, from the top; a frame around text does not count.

    Args:
        chars: The characters of the page.
        drawn: The lines of the page.
        width: Width of the page.
        number: Number of the page.
        file: Name of the file.
    """
    edges = [edge for edge in drawn if max(edge["width"], edge["height"]) > NEAR]
    ends = _open_ends(edges)
    found = []
    for table in cells_within(drawn, file, sides=_open_sides(edges, width), ends=ends):
        boxes = [_box(chars, cell, number) for cell in table if _holds_words(cell)]
        ruled = Ruled(boxes, number)
        _absorb_fillers(ruled, ends)
        if len(boxes) > 1 and len(ruled.lines) > 2:
            found.append(ruled)
    return sorted(found, key=lambda ruled: ruled.top)


def continues(table: Ruled, following: Ruled) -> bool:
    """Whether a table at the top of the next page has the columns of one at the bottom of the previous page."""
    if table.gaps or following.gaps:
        return len(table.gaps) == len(following.gaps) and all(map(_overlap, table.gaps, following.gaps))
    mine, theirs = table.lines, following.lines
    fewer, more = sorted((mine, theirs), key=len)
    same_sides = abs(mine[0] - theirs[0]) <= 2 * NEAR and abs(mine[-1] - theirs[-1]) <= 2 * NEAR
    return same_sides and all(any(abs(line - other) <= 2 * NEAR for other in more) for line in fewer)


def join(table: Ruled, following: Ruled) -> None:
    """Append the part of a table on the next page: drop repeated heading rows, join a split row."""
    _snap(following, table.lines)
    _drop_repeated_heading(table, following)
    if following.boxes:
        shift = table.bottom - following.top
        for box in following.boxes:
            box.top, box.bottom = box.top + shift, box.bottom + shift
        seam = table.bottom
        _sew(table, following, seam)
        table.boxes += following.boxes
    table.page = following.page


def _absorb_fillers(table: Ruled, ends: Sequence[float]) -> None:
    """Add blank bands between the last row of a page and the end of continued merged cells to that row."""
    for box in list(table.boxes):
        if box.text.strip() or not _agreeing(box.bottom, ends) or _spans_rows(table, box):
            continue
        rest = [other for other in table.boxes if other is not box]
        within = [other for other in rest if other.left >= box.left - NEAR and other.right <= box.right + NEAR]
        above = [other for other in within if abs(other.bottom - box.top) <= NEAR]
        if above:
            table.boxes = rest
            for other in above:
                other.bottom = box.bottom


def _holds_words(cell: CellBox) -> bool:
    """Whether a line of text fits in; the gap between double borders is not a cell."""
    return cell.right - cell.left >= _THIN and cell.bottom - cell.top >= _THIN


def _box(chars: Sequence[Char], cell: CellBox, number: int) -> Box:
    left, top, right, bottom = cell
    inside = [
        char for char in chars
        if left <= (char["x0"] + char["x1"]) / 2 < right and top <= (char["top"] + char["bottom"]) / 2 < bottom
    ]  # fmt: skip
    return Box(top, left, bottom, right, unwrapped(lines_of(inside), right), Place(page=number))


def _open_sides(edges: Sequence[Edge], width: float) -> list[float]:
    """The ends of long horizontal lines with no vertical line: tables open on the left or right."""
    across = [edge for edge in edges if edge["orientation"] == "h" and edge["width"] > width / 3]
    upright = [edge["x0"] for edge in edges if edge["orientation"] == "v"]
    outermost = [pick(edge[end] for edge in across) for end, pick in (("x0", min), ("x1", max)) if across]
    return [
        end for end in outermost
        if upright and _agreeing(end, [edge[side] for edge in across for side in ("x0", "x1")]) >= _FEWEST
        and not _agreeing(end, upright)
    ]  # fmt: skip


def _open_ends(edges: Sequence[Edge]) -> list[float]:
    """The top and bottom of tables with no horizontal line there: the page ends within merged cells."""
    upright = sorted((edge for edge in edges if edge["orientation"] == "v"), key=lambda edge: float(edge["top"]))
    across = [edge for edge in edges if edge["orientation"] == "h"]
    found: list[float] = []
    for group in _stretches(upright):
        top, bottom = min(edge["top"] for edge in group), max(edge["bottom"] for edge in group)
        for end, side in ((top, "top"), (bottom, "bottom")):
            lines = sorted(edge["x0"] for edge in group if abs(edge[side] - end) <= NEAR)
            if len(lines) >= _FEWEST and across and not _closed(lines, end, across):
                found.append(end)
    return found


def _stretches(upright: Sequence[Edge]) -> list[list[Edge]]:
    """Vertical lines grouped by the part of the page that they cover without a gap; a group belongs to one table."""
    groups: list[list[Edge]] = []
    reach = float("-inf")
    for edge in upright:
        if not groups or edge["top"] > reach + NEAR:
            groups.append([])
        groups[-1].append(edge)
        reach = max(reach, edge["bottom"])
    return groups


def _closed(lines: Sequence[float], end: float, across: Sequence[Edge]) -> bool:
    """Whether horizontal lines join all vertical ones that end here."""
    near = [edge for edge in across if abs(edge["top"] - end) <= NEAR]
    middles = [(left + right) / 2 for left, right in itertools.pairwise(lines) if right - left > _THIN]
    return all(any(edge["x0"] <= middle <= edge["x1"] for edge in near) for middle in middles)


def _agreeing(place: float, others: Sequence[float]) -> int:
    return sum(1 for other in others if abs(other - place) <= NEAR)


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])


def _snap(table: Ruled, lines: Sequence[float]) -> None:
    """Snap the lines of a part to those of its table."""
    for box in table.boxes:
        box.left = min(lines, key=lambda line: abs(line - box.left))
        right = min(lines, key=lambda line: abs(line - box.right))
        box.right = right if right > box.left else box.right


def _rows(table: Ruled) -> list[list[Box]]:
    """The cells that start in each row, from the top."""
    rows: list[list[Box]] = []
    for box in sorted(table.boxes, key=lambda box: (box.top, box.left)):
        if rows and box.top - rows[-1][0].top <= NEAR:
            rows[-1].append(box)
        else:
            rows.append([box])
    return rows


def _texts(row: Sequence[Box]) -> list[tuple[float, str]]:
    return sorted((box.left, re.sub(r"\s", "", box.text)) for box in row)


def _drop_repeated_heading(table: Ruled, following: Ruled) -> None:
    for mine, theirs in zip(_rows(table)[:_HEADING_ROWS], _rows(following), strict=False):
        if _texts(mine) != _texts(theirs) or not any(box.text.strip() for box in theirs):
            return
        table.notes.append(("header_repeated", " | ".join(box.text.replace("\n", "") for box in theirs)))
        following.boxes = [box for box in following.boxes if box not in theirs]


def _sew(table: Ruled, following: Ruled, seam: float) -> None:
    """Join the last row with the first row of the next page if they are one, and merged cells split by the page break."""
    first = [box for box in following.boxes if box.top - seam <= NEAR]
    partners = [(above, box) for box in first if (above := _above(table, box, seam)) is not None]
    split = _is_split(table, following, partners)
    for above, box in partners:
        merged = _spans_rows(table, above) or _spans_rows(following, box) or _column_merges(table, box)
        if split:
            above.text += ("\n" if above.text and box.text and not _flows(above.text, box.text) else "") + box.text
        label_below = not above.text.strip() and (_spans_rows(table, above) or _spans_rows(following, box))
        if split or (merged and not box.text.strip()) or label_below:
            above.text = above.text if split else above.text.strip() or box.text
            above.bottom = box.bottom
            following.boxes = [other for other in following.boxes if other is not box]
    if split:
        table.notes.append(("row_joined", " | ".join(above.text.replace("\n", "") for above, _ in partners)))


def _flows(text: str, following: str) -> bool:
    return len(text) > _LONG or bool(_OPEN.search(text))


def _above(table: Ruled, box: Box, seam: float) -> Box | None:
    ending = (other for other in table.boxes if abs(other.bottom - seam) <= NEAR)
    same = (other for other in ending if abs(other.left - box.left) <= NEAR and abs(other.right - box.right) <= NEAR)
    return next(same, None)


def _is_split(table: Ruled, following: Ruled, partners: Sequence[tuple[Box, Box]]) -> bool:
    """Whether the first row of a page continues the previous row: its text continues an unfinished sentence or list."""
    shared = [(above, box) for above, box in partners if above.text.strip() and box.text.strip()]
    if not shared:
        return False
    for above, box in partners:
        if _is_numbered_column(table, above):
            if box.text.strip():
                return not _NUMBERED.match(box.text)
            if above.text.strip() and not _column_merges(table, above):
                return True
    return any(_runs_on(table, following, above, box) for above, box in shared)


def _runs_on(table: Ruled, following: Ruled, above: Box, box: Box) -> bool:
    """Whether the text of a cell ends within a list or bracket, or unlike the other prose of its column."""
    if _OPEN.search(above.text) or above.text.count("（") > above.text.count("）"):
        return True
    column = [*_column(table, above)[1:], *_column(following, box)[:-1]]
    others = [other.text for other in column if other not in (above, box) and len(other.text) >= _LONG]
    prose = bool(others) and sum(1 for text in others if _ENDED.search(text)) >= _MOST * len(others)
    return prose and len(above.text) >= _LONG and not _ENDED.search(above.text) and not _NUMBERED.match(box.text)


def _column(table: Ruled, like: Box) -> list[Box]:
    found = [box for box in table.boxes if abs(box.left - like.left) <= NEAR and abs(box.right - like.right) <= NEAR]
    return sorted(found, key=lambda box: box.top)


def _is_numbered_column(table: Ruled, like: Box) -> bool:
    texts = [box.text for box in _column(table, like)[1:] if box.text.strip()]
    return len(texts) >= 2 and sum(1 for text in texts if _NUMBERED.match(text)) >= _MOST * len(texts)


def _spans_rows(table: Ruled, box: Box) -> bool:
    return any(box.top + NEAR < other.top < box.bottom - NEAR for other in table.boxes)


def _column_merges(table: Ruled, like: Box) -> bool:
    """Whether a column has vertically merged cells below its heading."""
    return any(_spans_rows(table, box) for box in _column(table, like)[1:])
