"""Text that a spreadsheet would run instead of show: one rule for CSV, workbooks and the page."""

from __future__ import annotations

import re

FORMULA = r"^[\s\u200B\uFEFF]*[=+\-@＝＋－＠][\s\S]|^[\t\r\n]"
"""A pattern that Python and JavaScript read alike: a sign with something behind it, whatever blanks are before it."""
LONGEST = 32_767
"""Characters that a cell of Excel holds, by its own limits."""
_FORMULA = re.compile(FORMULA)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula; a lone sign is not one.

    Example:
        >>> [is_formula(text) for text in ("=1+1", " ＝1", "-", "县商务委")]
        [True, True, False, False]
    """
    return bool(_FORMULA.match(text))


def safe_text(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet may take it for a formula.

    Example:
        >>> safe_text("@SUM(A1)"), safe_text("=")
        ("'@SUM(A1)", '=')
    """
    return f"'{text}" if is_formula(text) else text


def plain_text(text: str) -> str:
    """The text that `safe_text` made safe.

    Example:
        >>> plain_text("'@SUM(A1)"), plain_text("'县商务委")
        ('@SUM(A1)', "'县商务委")
    """
    return text[1:] if text.startswith("'") and is_formula(text[1:]) else text


def cut_text(text: str) -> str:
    """The text as far as a cell of a workbook holds it.

    Example:
        >>> cut_text("县商务委"), len(cut_text("县" * 40_000))
        ('县商务委', 32767)
    """
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
