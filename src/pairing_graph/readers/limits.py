"""What a file may hold at the most, so that a hostile or broken one is refused and not swallowed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Upper bounds for one file; a user who has larger notices passes larger ones.

    Attributes:
        file_bytes: Size of the file.
        lines: Lines or paragraphs of text.
        line_characters: Characters of one line or cell.
        columns: Columns of one table.
        cells: Cells of all tables together.

    Example:
        >>> Limits(columns=300).columns
        300
    """

    file_bytes: int = 50_000_000
    lines: int = 200_000
    line_characters: int = 200_000
    columns: int = 200
    cells: int = 500_000
