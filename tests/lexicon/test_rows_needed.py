"""No row is idle: without it, its own word is read differently, or a document of the tests is."""

from __future__ import annotations

import functools
import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from pairing_graph.base.reference import Row, reference
from pairing_graph.reading.kinds import bare_collectives, is_collective, kind_of, kinds_covered, known_kind
from pairing_graph.reading.notices import read_notice
from pairing_graph.reading.options import Options
from pairing_graph.reading.tables.headings import meaning_of

NOTICES = Path(__file__).parents[1] / "data" / "notices"
BY_A_DOCUMENT = {
    "时限要求": "text/held-out/numbered-with-body/notice.txt",
    "完成时限": "text/line_cells/divided-heading/notice.txt",
}
"""Headings that other rows understand alone, but not among the lines of a document."""
LEVELLED = "级直政"
"""First signs of collectives that follow a level (县级部门, 县直单位, 县政府部门)."""


def heading(row: Row) -> object:
    word = row["word"]
    longer = [] if row["match"] in ("exact", "short") else [f"本年度推进{word}"]
    tailed = [f"{word}及其他"] if row["match"] == "contained" else []
    return [meaning_of(words, Options()) for words in (word, *longer, *tailed)]


def stem(row: Row) -> object:
    return [meaning_of(row["stem"] + body, Options()) for body in ("单位", "乡镇")]


def body(row: Row) -> object:
    return [meaning_of(half + row["body"], Options()) for half in ("牵头", "帮扶")]


def kind(row: Row) -> object:
    return [(kind_of(name), known_kind(name)) for name in (row["ending"], f"县某某{row['ending']}")]


def collective(row: Row) -> object:
    word = row["word"]
    names = (word, f"县{word}") if word[0] in LEVELLED else (word,)
    return word in bare_collectives(), [(is_collective(name), kinds_covered(name)) for name in names]


READ: dict[str, Callable[[Row], object]] = {
    "headers": heading,
    "heading_stems": stem,
    "heading_bodies": body,
    "kinds": kind,
    "collectives": collective,
}
"""Table → what its word is read as."""


class Tables:
    """The tables of the package, one of which may have other rows for a while; answers remembered are forgotten."""

    def __init__(self) -> None:
        self.users = [module for name, module in sys.modules.items()
                      if name.startswith("pairing_graph") and getattr(module, "reference", None) is reference]  # fmt: skip
        self.answers = [
            thing
            for thing in gc.get_objects()
            if isinstance(thing, functools._lru_cache_wrapper)
            and str(getattr(thing, "__module__", "")).startswith("pairing_graph")
            and thing is not reference
        ]

    @contextmanager
    def with_rows(self, table: str, rows: Sequence[Row]) -> Iterator[None]:
        self._read_from(lambda name: tuple(rows) if name == table else reference(name))
        try:
            yield
        finally:
            self._read_from(reference)

    def _read_from(self, source: Callable[[str], tuple[Row, ...]]) -> None:
        for module in self.users:
            module.reference = source
        for answer in self.answers:
            answer.cache_clear()


@pytest.fixture(scope="module")
def tables() -> Tables:
    return Tables()


def idle(tables: Tables, table: str, rows: Sequence[Row]) -> list[str]:
    """The words of the rows without which their own words are read the same."""
    read = READ[table]
    with tables.with_rows(table, rows):
        as_it_is = list(map(read, rows))
    found = []
    for row, before in zip(rows, as_it_is, strict=True):
        with tables.with_rows(table, [one for one in rows if one is not row]):
            if read(row) == before:
                found.append(next(iter(row.values())))
    return found


@pytest.mark.parametrize("table", READ)
def test_without_a_row_its_word_is_read_differently(tables, table):
    found = [word for word in idle(tables, table, reference(table)) if word not in BY_A_DOCUMENT]
    assert found == [], f"rows of {table}.csv that decide nothing: remove them, or name a document that needs them"


@pytest.mark.parametrize("word", BY_A_DOCUMENT)
def test_without_a_row_a_document_is_read_differently(tables, word):
    file = NOTICES / BY_A_DOCUMENT[word]
    as_it_is = read_notice(file)
    with tables.with_rows("headers", [row for row in reference("headers") if row["word"] != word]):
        assert not read_notice(file).equals(as_it_is)


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("headers", {"word": "工作任务分解", "meaning": "task", "match": "ending"}),
        ("heading_stems", {"stem": "具体牵头", "meaning": "lead", "meaning_of_places": "lead"}),
        ("kinds", {"ending": "水利局", "kind": "department"}),
        ("collectives", {"word": "各有关部门", "kinds": "department;party_organ"}),
    ],
)
def test_a_row_that_says_what_others_say_is_found(tables, table, row):
    assert next(iter(row.values())) in idle(tables, table, (*reference(table), row))
