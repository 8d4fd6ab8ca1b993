"""What the cells of a column are: lists of names, sentences, running numbers, dates, quantities, persons, marks.

`columns` weighs this against the words of the heading. Nothing here knows a heading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from pairing_graph.base.remembered import MOST_REMEMBERED, remembered
from pairing_graph.base.text import NUMERALS, fold_width, iso_date, squeeze
from pairing_graph.kb.document import Grid
from pairing_graph.kb.schema import TOWNSHIP_LEVEL
from pairing_graph.lexicon.patterns import is_blank, one_of, one_of_roles, vocabulary
from pairing_graph.reading.behind_names import split_qualifier, without_open_end
from pairing_graph.reading.kinds import kind_of, known_kind
from pairing_graph.reading.name_lists import split_names
from pairing_graph.reading.names import body_of_titled, invalid_reason, is_person, is_unit_like, may_be_body
from pairing_graph.reading.prose.deadlines import is_deadline, name_and_date

Sort = Literal["number", "mark", "telephone", "date", "persons", "names", "quantity", "sentence", "phrase"]

NUMBER = re.compile(rf"[（(]?(?:\d{{1,3}}|[{NUMERALS}]{{1,4}})[)）.．、]?")
_TELEPHONE = re.compile(r"(?:\d{3,4}[-－—]?)?\d{7,8}|1\d{10}")
_QUANTITY = re.compile(r"[≥≤><＞＜~约]?\d[\d.,]*(?:[—–~～\-－至到]\d[\d.,]*)?[^\d，。；、]{0,8}")
_COUNTED = re.compile(r"\d(?![\d年月日号])")
_ROLE = re.compile(rf"(?:按职责分工)?(?:共同)?{one_of_roles()}(?:单位|部门)?[:：]?")
_PERSON_BEHIND = re.compile(r"(?<![\s（(:：])[\s（(:：]+([\u4e00-\u9fff·]{2,4})[)）]?$")
_SENTENCE_SIGNS = re.compile(r"[，。；：！？]")
_LONGEST_NAME = 16
"""Characters of a name whose ending is known but which has no mark of a region: longer words are a phrase."""
_LONGEST_PHRASE = 14
"""Characters of a phrase; the names of areas of the corpus have up to 12, its tasks 15 and more."""
_FINE_PLACE = re.compile(rf"{one_of('names', 'fine_place')}$")
TOTAL = re.compile(rf"^{one_of('table_words', 'total')}[:：]?")
"""The first words of a row of sums."""
_LONGEST_DATE = 11
"""Characters of a cell that is nothing but a date: 2025年12月31日 has eleven."""
MOSTLY = 0.8
"""The share of cells from which a column is one thing: four of five, for one may be damaged or a remark."""
_MOST_ROWS = 300
"""Rows of a table that are looked at: the meaning of a column does not change after so many."""
_MARKS = "".join(vocabulary("table_words", "mark"))


@dataclass(frozen=True)
class Evidence:
    """What the cells of a column are.

    Attributes:
        filled: Cells with words.
        rows: Cells with and without words, those that a merged cell covers left out.
        shares: How many of the filled cells are of each sort.
        repeated: The share of filled cells whose words another cell above has too, or that cover several rows.
        running: Whether its numbers count 1, 2, 3.
        places: The share of filled cells that name nothing but towns, villages or regions.
        counted: The share of filled cells with a quantity among their words.
        titled: The share of filled cells that name a person by the body and the title (县水利局局长).
        length: The mean number of characters of a filled cell.
    """

    filled: int = 0
    rows: int = 0
    shares: Counter[Sort] = field(default_factory=Counter)
    repeated: float = 0.0
    running: bool = False
    places: float = 0.0
    counted: float = 0.0
    titled: float = 0.0
    length: float = 0.0

    def share(self, *sorts: Sort) -> float:
        """The share of the filled cells that are one of these sorts."""
        return sum(self.shares[sort] for sort in sorts) / self.filled if self.filled else 0.0


def telling_rows(grid: Grid, first: int) -> list[int]:
    """The rows of a table that tell what its columns are: those from a row down, sums left out.

    Args:
        grid: The table.
        first: The first row below the heading.
    """
    last = min(grid.shape[0], first + _MOST_ROWS)
    return [row for row in range(first, last + 1) if not any(_is_total(c.text) for c in grid.row(row)[:1])]


def column_evidence(grid: Grid, column: int, rows: Sequence[int]) -> Evidence:
    """What the cells of a column are.

    Args:
        grid: The table.
        column: The column, from 1.
        rows: The rows that are looked at, see `telling_rows`.
    """
    width = grid.shape[1]
    cells = [cell for row in rows if (cell := grid.at(row, column)) and cell.row == row]
    cells = [cell for cell in cells if cell.column == column and cell.colspan < max(2, width - 1)]
    filled = [cell for cell in cells if not is_blank(cell.text)]
    texts = [squeeze(fold_width(cell.text)) for cell in filled]
    sorts: Counter[Sort] = Counter(sort_of(cell.text) for cell in filled)
    merged = sum(cell.rowspan > 1 for cell in filled)
    distinct = len(set(texts))
    return Evidence(
        filled=len(filled),
        rows=len(cells),
        shares=sorts,
        repeated=(len(texts) - distinct + merged) / len(texts) if texts else 0.0,
        running=_runs(texts),
        places=sum(are_places(text) for text in texts) / len(texts) if texts else 0.0,
        counted=sum(bool(_COUNTED.search(text)) for text in texts) / len(texts) if texts else 0.0,
        titled=sum(bool(body_of_titled(text)) for text in texts) / len(texts) if texts else 0.0,
        length=sum(map(len, texts)) / len(texts) if texts else 0.0,
    )


@remembered
def _is_total(text: str) -> bool:
    return bool(TOTAL.match(squeeze(text)))


@lru_cache(maxsize=MOST_REMEMBERED)
def sort_of(text: str) -> Sort:
    """The sort of a cell with words.

    Example:
        >>> [sort_of(text) for text in ("3", "县商务局、各乡镇等", "9月底前", "95%以上", "13800000000", "√")]
        ['number', 'names', 'date', 'quantity', 'telephone', 'mark']
        >>> [sort_of(text) for text in ("副县长李某某", "产业协同", "完善县域仓储设施，建成冷库3座。")]
        ['persons', 'phrase', 'sentence']
    """
    words = squeeze(fold_width(text))
    if words and not words.strip(_MARKS):
        return "mark"
    if NUMBER.fullmatch(words):
        return "number"
    if _TELEPHONE.fullmatch(words):
        return "telephone"
    if looks_like_units(text):
        return "names"
    names = [span.text for span in split_names(text)]
    if names and all(is_person(name) for name in names):
        return "persons"
    if is_deadline(words) or (iso_date(words) and len(words) <= _LONGEST_DATE):
        return "date"
    if _QUANTITY.fullmatch(words):
        return "quantity"
    return "sentence" if len(words) > _LONGEST_PHRASE or _SENTENCE_SIGNS.search(words) else "phrase"


def looks_like_units(text: str) -> bool:
    """Whether words are a list of units, whatever may be wrong with one of several.

    Example:
        >>> looks_like_units("县商务局、各乡镇等"), looks_like_units("完善县域仓储设施。")
        (True, False)
        >>> looks_like_units("县水利局 王建国"), looks_like_units("县水利局\\n9月底前"), looks_like_units("9月底前")
        (True, True, False)
    """
    words = _ROLE.sub("、", text)
    names = [_PERSON_BEHIND.sub(_without_person, span.text) for span in split_names(words)]
    plain = [squeeze(without_open_end(name)) for name in names]
    plain = [_without_date(name.strip(_MARKS)) for name in plain if name and not is_person(name)]
    plain = [name for name in plain if not is_deadline(name)] if any(map(is_unit_like, plain)) else plain
    sure = [
        is_unit_like(name)
        or (known_kind(split_qualifier(name)[0]) and len(name) <= _LONGEST_NAME and not invalid_reason(name))
        for name in plain
    ]
    enough = sum(sure) * 2 > len(sure) or (
        len(sure) > 1 and sum(sure) * 2 == len(sure) and all(map(may_be_body, plain))
    )
    return bool(sure) and enough and not text.rstrip().endswith("。")


def _without_date(name: str) -> str:
    both = name_and_date(name)
    return name[slice(*both.name)] if both else name


def _without_person(match: re.Match[str]) -> str:
    return "" if is_person(match[1]) else match[0]


@remembered
def are_places(text: str) -> bool:
    """Whether words name nothing but regions, townships, villages and communities.

    Example:
        >>> are_places("香沟村、武汉大道社区"), are_places("县财政局、香沟村")
        (True, False)
    """
    names = [span.text for span in split_names(text)]
    return bool(names) and all(
        kind_of(name) in ("region", *TOWNSHIP_LEVEL) or _FINE_PLACE.search(name) for name in names
    )


def _runs(texts: Sequence[str]) -> bool:
    """Whether numbers count from 1, a few missing or doubled ones aside."""
    numbers = [int(text.strip("（）().．、")) for text in texts if text.strip("（）().．、").isdecimal()]
    if len(numbers) < max(2, len(texts) - 1):
        return False
    steps = [after - before for before, after in pairwise(numbers)]
    return numbers[0] <= 1 and sum(step == 1 for step in steps) * 4 >= len(steps) * 3
