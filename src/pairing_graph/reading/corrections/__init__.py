"""Corrections by hand: rows of address, column, value and reason, applied on every reading and cited in what it gives.

A correction says what it was made for, in the column `expected` or by the workbook that contains it (which holds the
old values), so that it is refused where the notice has changed since.
"""

from pairing_graph.reading.corrections.apply import Corrector, foreign
from pairing_graph.reading.corrections.kept import kept_corrections
from pairing_graph.reading.corrections.rows import (
    CELLS,
    COLUMNS,
    COMMENT,
    SHEET,
    TEXT,
    Correction,
    correctable,
    read_corrections,
)

__all__ = [
    "CELLS",
    "COLUMNS",
    "COMMENT",
    "SHEET",
    "TEXT",
    "Correction",
    "Corrector",
    "correctable",
    "foreign",
    "kept_corrections",
    "read_corrections",
]
