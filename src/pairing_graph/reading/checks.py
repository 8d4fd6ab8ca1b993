"""Checks of the reading itself: what the text still says that no table has. Nothing is read here, only reported.

A clean document passes without a report; a fact that was missed is named with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pairing_graph.base.errors import Complaint, LayoutError
from pairing_graph.base.reference import mapping
from pairing_graph.base.remembered import remembered
from pairing_graph.base.text import split_list, squeeze
from pairing_graph.kb.schema import DEPARTMENT_KINDS
from pairing_graph.lexicon.levels import LEVELS
from pairing_graph.lexicon.patterns import one_of
from pairing_graph.reading.builder import Builder
from pairing_graph.reading.kinds import is_collective, kind_of
from pairing_graph.reading.name_lists import body_names
from pairing_graph.reading.names import is_unit_like, may_be_body
from pairing_graph.reading.prose.deadlines import name_and_date
from pairing_graph.reading.prose.done_by import clauses_by
from pairing_graph.reading.prose.roles import verb_pattern
from pairing_graph.reading.tables.columns import Heading
from pairing_graph.reading.tables.evidence import column_evidence, looks_like_units, telling_rows

_CLAUSE_BEGINS = re.compile(r"[。；;，,（(：:\n]")
_NOT_HERE = re.compile(one_of("table_words", "no_role_here"))
_NAMED_OFFICES = ("department", "party_organ")
"""Bodies that nobody builds or opens by a date, as one does 县文化中心."""
_LEVEL = re.compile(f"[{LEVELS}]")
_SHORTEST_OFFICE, _LONGEST_OFFICE = 3, 14
"""Characters of an office with its level: 县水利局 has four, 县规划和自然资源局 nine, and few have more than fourteen."""
_FULL_OF_NAMES = 0.6
"""The share of cells that are lists of units from which a column that gave none is reported: more than half."""
_FEWEST = 2
"""Filled cells of a column that is full of names; one may be a remark."""
_LONGEST_PARAGRAPH = 3_000
"""Characters of a paragraph that is searched for roles left over."""
_LONGEST_CLAUSE = 500
"""Characters of a clause that may name bodies; sixty names are shorter, what is longer has no commas."""
_MOST_NAMED = 5
"""Losses that a refusal names."""


def check_reading(builder: Builder, headings: Iterable[Heading]) -> None:
    """Report what was missed, and refuse a notice of which more was lost than read.

    Args:
        builder: The rows of the reading and its ledger.
        headings: The headings of the tables as they were understood.

    Raises:
        LayoutError: What is lost rivals what was read.
    """
    _check_task_texts(builder)
    for heading in headings:
        _check_columns(heading, builder, builder.cells_with_units.get(heading.grid.number, ()))
    _check_prose(builder)
    _refuse_if_lost(builder)


def roles_left(text: str, *, in_task: bool = False) -> Iterator[str]:
    """The clauses of a text, in a task also those in a plain sentence, that say what bodies do, though nobody read them.

    Example:
        >>> list(roles_left("完善仓储设施，县商务局牵头，压实主体责任。")), list(roles_left("加强业务指导。"))
        (['县商务局牵头'], [])
        >>> list(roles_left("经审核，由县教育局负责维修学校2所。"))
        ['由县教育局负责维修学校2所']
    """
    found = list(_closed_by_verbs(text[:_LONGEST_PARAGRAPH]))
    yield from found
    yield from (
        clause
        for clause in clauses_by(text[:_LONGEST_PARAGRAPH], in_task=in_task)
        if not clause.startswith(tuple(found))
    )


def _closed_by_verbs(text: str) -> Iterator[str]:
    """The clauses with bodies that end in what they do (县商务局牵头)."""
    begin = looked = 0
    for verb in verb_pattern().finditer(text):
        begin = max((match.end() for match in _CLAUSE_BEGINS.finditer(text, looked, verb.start())), default=begin)
        looked = verb.start()
        clause = text[begin : verb.start()].removeprefix("由").strip()
        names = body_names(clause) if clause and len(clause) < _LONGEST_CLAUSE else []
        sure = [name for name in names if _is_surely_a_body(name)]
        if sure and all(may_be_body(name) for name in names) and not _NOT_HERE.match(text, verb.end()):
            yield text[begin : verb.end()].strip()


def _is_surely_a_body(name: str) -> bool:
    """Whether words in a sentence are surely one body: its kind and its level say so, or it is a bare office."""
    if is_collective(name):
        return False
    return (is_unit_like(name) and name[:1] in LEVELS) or kind_of(name) in DEPARTMENT_KINDS


@remembered
def unit_in(deadline: str) -> str:
    """The first unit that a deadline names, empty where it surely names none.

    Example:
        >>> unit_in("县水利局7月底前、县财政局8月底前"), unit_in("9月底前完成，报县财政局备案"), unit_in("2023年县城建成前")
        ('县水利局', '县财政局', '')
    """
    for clause in split_list(deadline, "；;，,、。\n "):
        both = name_and_date(clause.text)
        if both:
            return clause.text[slice(*both.name)]
    for level in _LEVEL.finditer(deadline):
        ends = range(level.start() + _SHORTEST_OFFICE, min(level.start() + _LONGEST_OFFICE, len(deadline)) + 1)
        found = next((words for end in ends if _is_office(words := deadline[level.start() : end])), "")
        if found:
            return found
    return ""


def _is_office(words: str) -> bool:
    return kind_of(words) in _NAMED_OFFICES and is_unit_like(words) and not is_collective(words)


def _check_task_texts(builder: Builder) -> None:
    """A role with names left in a task's words, a unit in its deadline, and a task that is nothing but a unit."""
    units = {str(unit[key]) for unit in builder.rows["units"] for key in ("unit", "name")}
    for row in builder.rows["tasks"]:
        place = str(row["address"]).split()[0]
        for clause in roles_left(str(row["text"]), in_task=True):
            builder.report("role_left", clause, place)
        if row["deadline"] and unit_in(str(row["deadline"])):
            builder.report("unit_in_deadline", str(row["deadline"]), place)
        if squeeze(str(row["text"])) in units:
            builder.report("unit_as_task", str(row["text"]), place)


def _check_columns(heading: Heading, builder: Builder, used_cells: Sequence[tuple[int, int]]) -> None:
    """A column full of units of which none was read."""
    grid = heading.grid
    used = {column for row, column in used_cells if row > heading.rows}
    if heading.kind == "unknown" or (heading.kind == "pairings" and used):
        return
    rows = telling_rows(grid, heading.rows + 1)
    for column in heading.columns:
        cells = column_evidence(grid, column.column, rows)
        full = cells.filled >= _FEWEST and cells.share("names") >= _FULL_OF_NAMES and cells.places < _FULL_OF_NAMES
        if full and column.column not in used and (column.meaning == "unknown" or not used):
            place = builder.cell(grid, max(1, heading.rows), column.column)
            builder.report("units_unread", column.heading or "–", place)


def _check_prose(builder: Builder) -> None:
    """A paragraph that went into no table though it names bodies and their roles."""
    alone: list[tuple[int, str]] = []
    known = {row["address"] for row in builder.rows["unread"] if row["reason"] == "no_signature"}
    for paragraph in builder.document.paragraphs:
        if paragraph.number in builder.used_paragraphs or not paragraph.text.strip():
            continue
        for clause in roles_left(paragraph.text):
            builder.report("role_left", clause, builder.paragraph(paragraph.number))
        if _lists_units(paragraph.text) and str(builder.paragraph(paragraph.number)) not in known:
            alone.append((paragraph.number, paragraph.text.strip()))
    for number, words in alone if len(alone) >= _FEWEST else ():
        builder.report("units_unread", words, builder.paragraph(number))


def _lists_units(text: str) -> bool:
    """Whether a line is nothing but units, as in a table that was not recognised; 各乡镇： is an address."""
    names = body_names(text)
    return looks_like_units(text) and not text.rstrip().endswith(("：", ":")) and not all(map(is_collective, names))


def _refuse_if_lost(builder: Builder) -> None:
    """Refuse a notice of which more was lost than read, with the first of the reasons."""
    lost = [row for row in builder.rows["unread"] if row["severity"] == "loss"]
    read = len(builder.rows["assignments"]) + len(builder.rows["pairings"])
    if len(lost) > max(read, _MOST_NAMED):
        raise LayoutError([_lost(row, builder, len(lost), read) for row in lost[:_MOST_NAMED]])


def reasons_lost(builder: Builder, reason: str) -> list[Complaint]:
    """The first of the places that were lost for one reason, as complaints for a refusal."""
    lost = [row for row in builder.rows["unread"] if row["reason"] == reason]
    read = len(builder.rows["assignments"]) + len(builder.rows["pairings"])
    return [_lost(row, builder, len(lost), read) for row in lost[:_MOST_NAMED]]


def _lost(row: dict[str, Any], builder: Builder, lost: int, read: int) -> Complaint:
    reason = mapping("reasons", "reason", "en")[row["reason"]]
    return Complaint(
        f"More of the notice is lost than read ({lost} places lost, {read} assignments and pairings read): {reason}",
        f"{builder.document.file}, {row['address']}",
        got=str(row["text"])[:80],
        advice="Correct these places with corrections=, or say what headings mean with headers=.",
    )
