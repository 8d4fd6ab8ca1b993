"""Label lines below an item: 牵头单位：甲局 · （二）责任单位：乙局 · a label whose value is on the next line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pairing_graph.base.text import leading_number
from pairing_graph.kb.address import Address
from pairing_graph.kb.schema import ROLES
from pairing_graph.lexicon.patterns import vocabulary
from pairing_graph.reading.layouts.align import is_open
from pairing_graph.reading.name_lists import split_names
from pairing_graph.reading.names import are_units, is_unit_like
from pairing_graph.reading.options import Options
from pairing_graph.reading.prose.deadlines import is_deadline
from pairing_graph.reading.prose.labels import find_labels
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.prose.role_statements import RoleList, RoleStatement
from pairing_graph.reading.prose.roles import read_roles
from pairing_graph.reading.tables.headings import hinted_role

BULLET = re.compile(r"^[\s●•·\-—*◆■▲○>◇★☆▶►→※√➢◎‣▪◦▷　]+")
_LONGEST_LABEL = 16
"""Characters of a label at the head of a line, its colon included."""
LABELLED = re.compile(r"^\s*(?P<label>[\u4e00-\u9fff]{2,10})\s*[：:]\s*")
"""A line that begins with a label, whether its word is known or not: ten signs hold 主要建设内容及规模."""
_FEWEST = 2
"""Numbered label lines below an item: one alone may as well be an item."""


class _Line(NamedTuple):
    passage: Passage
    style: str
    number: int | None
    label: str
    states: bool


def read_label_line(passage: Passage, options: Options) -> RoleStatement | None:
    """The content of a line that begins with a label, None if it does not."""
    bullet = BULLET.match(passage.text)
    start = bullet.end() if bullet else 0
    numbered = leading_number(passage.text[start:])
    skipped = numbered.length if numbered.style in ("bracketed", "circled") else 0
    text = passage.part(start + skipped, len(passage.text))
    first = next(iter(find_labels(text.text, options)), None)
    if not first or first.start or first.end > _LONGEST_LABEL:
        return None
    roles = read_roles(text, options)
    if roles.empty and not roles.others and text.text[first.end :].strip():
        return None
    return roles


def read_value(passage: Passage, meaning: str, options: Options) -> RoleStatement:
    """The content of a line as the value of a label that was on the line before it."""
    roles = read_roles(passage, options, default=meaning if meaning in ROLES else "")
    if meaning == "deadline":
        roles.deadlines.append(passage)
    return roles


def read_unknown_label(passage: Passage) -> RoleStatement | None:
    """The content of a line with a label that nobody knows, by what its value is: a deadline or a list of units.

    Example:
        >>> place = Address("a", paragraph=1)
        >>> roles = read_unknown_label(Passage("经办单位：县水利局、县林业局", place))
        >>> [(one.role, one.names.text) for one in roles.lists]
        [('responsible', '县水利局、县林业局')]
        >>> read_unknown_label(Passage("建设地点：城关镇", place)) is None
        True
    """
    match = LABELLED.match(passage.text)
    if not match:
        return None
    value = passage.part(match.end(), len(passage.text.rstrip("。；;，, ")))
    if is_deadline(value.text):
        return RoleStatement(deadlines=[value])
    if names_a_body(passage.text) and are_units([span.text for span in split_names(value.text)]):
        return RoleStatement(lists=[RoleList(hinted_role(match["label"]) or "responsible", value, "label")])
    return None


def names_a_body(line: str) -> bool:
    """Whether the word before a colon says by its ending that units follow.

    Example:
        >>> names_a_body("经办单位：县水利局"), names_a_body("资金来源：县财政局")
        (True, False)
    """
    match = LABELLED.match(line)
    return match is not None and match["label"].endswith(vocabulary("role_words", "label_noun"))


def open_label(passage: Passage, options: Options) -> str:
    """What the label at the end of a line means that has no value yet, empty where there is none."""
    labels = list(find_labels(passage.text, options))
    last = labels[-1] if labels else None
    if not last:
        return ""
    value = passage.text[last.end :].strip("：: 。　")
    return last.meaning if not value or is_open(value) else ""


def continues_label(passage: Passage, meaning: str) -> bool:
    """Whether a line is the value of a label on the line before it."""
    if meaning == "deadline":
        return is_deadline(passage.text)
    names = split_names(passage.text)
    return bool(names) and all(is_unit_like(span.text) for span in names)


def numbered_labels(passages: Sequence[Passage], options: Options) -> set[Address]:
    """The places of label lines that are numbered (（一）主要内容：… ⏎ （二）责任单位：… ⏎ （三）完成时限：…).

    They count on from 1, each has another label, and one of them at least says who or by when.
    """
    found: set[Address] = set()
    for run in _runs(passages, options):
        labels = {line.label for line in run}
        if len(run) >= _FEWEST and len(labels) == len(run) and any(line.states for line in run):
            found |= {line.passage.span for line in run}
    return found


def _runs(passages: Sequence[Passage], options: Options) -> Iterator[list[_Line]]:
    """Numbered lines with a label that count on from 1; a line without a number may be between them."""
    run: list[_Line] = []
    for passage in passages:
        line = _numbered_line(passage, options)
        if not line:
            continue
        if run and line.label and line.style == run[-1].style and line.number == len(run) + 1:
            run.append(line)
            continue
        if run and line.style != run[-1].style and line.number and not line.label:
            continue  # an item inside of a label's value, or the next heading, behind which a run begins again
        yield run
        run = [line] if line.label and line.number == 1 else []
    yield run


def _numbered_line(passage: Passage, options: Options) -> _Line | None:
    numbered = leading_number(passage.text)
    if not numbered.style:
        return None
    words = passage.part(numbered.length, len(passage.text))
    match = LABELLED.match(words.text)
    roles = read_label_line(words, options) if match else None
    states = bool(roles and not roles.empty) or bool(match and open_label(words, options))
    return _Line(passage, numbered.style, numbered.number, match["label"] if match else "", states)
