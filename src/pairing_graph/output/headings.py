"""What the columns of a workbook are called: the Chinese name of each above the English one, by which it is read back."""

from __future__ import annotations

from functools import cache

from pairing_graph.base.reference import reference
from pairing_graph.base.words import Language, catalogue

_ROOMS = ("head_", "report.column.", "column_", "sheet.column.")
"""Where the catalogue has words for columns of measures, the first that has one decides."""


def heading(table: str, name: str, lang: Language | None) -> str:
    """The heading of a column: both names in two lines, in English the English one alone.

    Example:
        >>> heading("tasks", "area", None), heading("tasks", "area", "en"), heading("gaps", "blocks", "zh")
        ('事项\\narea', 'area', '单元格组合\\nblocks')
    """
    title = "" if lang == "en" else _title(table, name)
    return f"{title}\n{name}" if title and title != name else name


def sheet_meaning(table: str, lang: Language) -> str:
    """What a sheet holds, for the list of contents; empty where nothing says so."""
    if lang == "zh" and (meaning := _titles().get((table, ""), "")):
        return meaning
    return catalogue(lang).get(f"section_{table}", "") or catalogue(lang).get(f"sheet.{table}", "")


def _title(table: str, name: str) -> str:
    words = catalogue("zh")
    own = _titles().get((table, name)) or next((words[room + name] for room in _ROOMS if room + name in words), "")
    return own or next((title for (_, column), title in _titles().items() if column == name), "")


@cache
def _titles() -> dict[tuple[str, str], str]:
    return {(row["table"], row["column"]): row["title"] for row in reference("columns")}
