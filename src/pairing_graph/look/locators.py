"""Where a number stands in a notice, in words: tables, rows and cells; pages and lines of the file, where it has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pairing_graph.base.words import Language, word
from pairing_graph.kb.address import Address, split

if TYPE_CHECKING:
    import pandas as pd

_DASH: dict[Language, str] = {"zh": "—", "en": "–"}


def locators(rows: pd.DataFrame, lang: Language = "zh") -> str:
    """The places of the rows of an explanation, one notice's; empty where none has an address.

    Args:
        rows: Rows with address, page and line.
        lang: The language of the words.
    """
    places = [place.cell for joined in rows["address"] for place in split(joined)]
    parts = [*_cells(places, lang), *_paragraphs(places, lang)]
    if not parts:
        return ""
    inside = []
    for column, key, name in (("page", "cite.pages", "pages"), ("line", "cite.lines", "lines")):
        numbers = {int(number) for number in rows[column].dropna()}
        if numbers:
            inside.append(word(key, lang, **{name: ranges(numbers, lang)}))
    listed = word("semicolon", lang).join(parts)
    if not inside:
        return listed
    joined = word("comma", lang).join(inside)
    return f"{listed}（{joined}）" if lang == "zh" else f"{listed} ({joined})"


def _cells(places: Iterable[Address], lang: Language) -> list[str]:
    """Cells by table and column, their rows as ranges; rows that are cited as a whole have no column."""
    found: dict[tuple[int, int], set[int]] = {}
    for place in places:
        if place.table:
            found.setdefault((place.table, place.column), set()).add(place.row)
    together: dict[tuple[int, tuple[int, ...]], set[int]] = {}
    for (table, column), numbers in found.items():
        together.setdefault((table, tuple(sorted(numbers))), set()).add(column)
    parts = []
    for (table, rows), columns in sorted(together.items(), key=lambda item: (item[0], sorted(item[1]))):
        key = "cite.cells" if 0 not in columns else "cite.rows"
        shown = {"table": table, "rows": ranges(rows, lang), "columns": ranges(columns, lang)}
        parts.append(word(key, lang, **shown))
    return parts


def _paragraphs(places: Iterable[Address], lang: Language) -> list[str]:
    numbers = {place.paragraph for place in places if place.paragraph}
    return [word("cite.paragraphs", lang, lines=ranges(numbers, lang))] if numbers else []


def ranges(numbers: Iterable[int], lang: Language = "zh") -> str:
    """Numbers as ranges.

    Example:
        >>> ranges([10, 2, 3, 4, 6, 7]), ranges([1], "en"), ranges([1, 2, 3, 9], "en")
        ('2—4、6、7、10', '1', '1–3, 9')
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts: list[str] = []
    for run in runs:
        parts += [f"{run[0]}{_DASH[lang]}{run[-1]}"] if len(run) > 2 else [str(number) for number in run]
    return word("listing", lang).join(parts)
