"""Tasks in running text: numbered items and paragraphs with brackets, label lines or role sentences.

Blocks (an item with its body and its label lines) become tasks, areas or prose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pairing_graph.kb.address import Address
from pairing_graph.lexicon.patterns import one_of
from pairing_graph.reading.prose.blocks import LEVELS, UNNUMBERED, Block, is_heading, make_blocks
from pairing_graph.reading.prose.label_lines import BULLET
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.prose.regrouping import regroup
from pairing_graph.reading.prose.rules import states_first_leads
from pairing_graph.reading.tasks import Entry, Given, TaskWriter, area_name, label_of, stated_count

_IN_FORCE = re.compile(one_of("table_words", "in_force"))
_LINES_BELOW_A_HEADING = 2
"""Paragraphs from a heading without a number down to its first task."""
_NAMES = {"bracket": "inline_brackets", "labels": "label_lines", "sentence": "role_sentences"}


def read_items(passages: Sequence[Passage], writer: TaskWriter) -> list[str]:
    """Read the tasks in a run of paragraphs.

    Args:
        passages: The paragraphs with words between two tables, without those of the cover.
        writer: Takes the tasks.

    Returns:
        The names of the forms that were recognised.
    """
    blocks = regroup(make_blocks(passages, writer))
    if not any(block.has_roles for block in blocks):
        _note_rules(blocks, writer)
        return []
    kinds = _kinds(blocks)
    touched = Counter(number for block in blocks for number in {passage.address for passage, _ in block.texts})
    shared = {address for address, times in touched.items() if times > 1}
    counts: list[tuple[str, Address, int]] = []
    placed = list(zip(blocks, kinds, _areas(blocks, kinds), strict=True))
    plain = _without_numbers(placed)
    run: list[Entry] = []
    before = ""
    for block, kind, area in placed:
        if kind == "task":
            if area != before and (area in plain or before in plain):
                run += writer.assign_numbers()
            before = area
            _write(block, area, writer, shared)
        elif kind == "area":
            place = block.texts[0][0].address
            writer.builder.use(place, "header")
            stated = stated_count(block.words)
            counts += [(area, place, stated)] if stated is not None else []
        else:
            _note_rules([block], writer)
    run += writer.assign_numbers()
    for name, place, stated in counts:
        there = len([entry for entry in run if entry.row["area"] == name])
        if there != stated:
            writer.builder.report("count_differs", f"{name}: {stated} → {there}", place)
    tasks = [block for block, kind in zip(blocks, kinds, strict=True) if kind == "task"]
    forms = [_NAMES[one.form] for block in tasks for _, found in block.texts for one in found]
    return list(dict.fromkeys([*forms, *(["label_lines"] if any(block.labels for block in tasks) else [])]))


def _areas(blocks: Sequence[Block], kinds: Sequence[str]) -> Iterator[str]:
    """The area of every block: the nearest heading above a task, a heading's own name."""
    headings: list[tuple[int, str]] = []
    for block, kind in zip(blocks, kinds, strict=True):
        while (
            kind in ("area", "task") and headings and headings[-1][0] >= block.level and (block.style or kind == "area")
        ):
            headings.pop()
        if kind == "area":
            headings.append((block.level, area_name(BULLET.sub("", block.words))))
        yield headings[-1][1] if headings else ""


def _without_numbers(placed: Sequence[tuple[Block, str, str]]) -> set[str]:
    """The areas with several tasks of which none has a number: they are no part of a count that goes on below."""
    printed: dict[str, list[int | None]] = {}
    for block, kind, area in placed:
        if kind == "task" and area:
            printed.setdefault(area, []).append(block.numbered.number)
    return {area for area, numbers in printed.items() if len(numbers) > 1 and not any(numbers)}


def _kinds(blocks: Sequence[Block]) -> list[str]:
    """task, area or prose for every block."""
    answered = [block.has_roles for block in blocks]
    kinds = ["task" if has else "prose" for has in answered]
    beside = _beside_tasks(blocks, answered)
    tasks_below = _next_of(answered)
    for index, block in enumerate(blocks):
        if kinds[index] == "task" and not block.style and not block.words and not block.labels:
            kinds[index] = "prose"  # a bracket of organs alone is a signature; it assigns nothing
            continue
        if kinds[index] == "task":
            continue
        following = tasks_below[index]
        if (following is not None and _heads(blocks, kinds, index, following)) or (
            block.style and is_heading(block.words) and stated_count(block.words) is not None
        ):
            kinds[index] = "area"
        elif block.style and index in beside and not _IN_FORCE.search(block.words):
            kinds[index] = "task"
    return kinds


def _heads(blocks: Sequence[Block], kinds: Sequence[str], index: int, following: int) -> bool:
    """Whether a block without roles is the heading of the next task: higher than it and than all between them."""
    block = blocks[index]
    between = blocks[index + 1 : following + 1]
    if block.style:
        return all(other.level > block.level for other in between)
    heading = is_heading(block.words) and not block.labels
    return (
        heading
        and all(not other.style or other.level < UNNUMBERED for other in between)
        and following - index <= _LINES_BELOW_A_HEADING
    )


def _next_of(answered: Sequence[bool]) -> list[int | None]:
    """For every block the next one behind it that has roles, None where there is none."""
    found: list[int | None] = []
    following: int | None = None
    for index in reversed(range(len(answered))):
        found.append(following)
        following = index if answered[index] else following
    return found[::-1]


def _beside_tasks(blocks: Sequence[Block], answered: Sequence[bool]) -> set[int]:
    """The blocks whose heading has a task with the same style of number, before or behind them."""
    found: set[int] = set()
    for places in (range(len(blocks)), reversed(range(len(blocks)))):
        styles: set[str] = set()
        for place in places:
            block = blocks[place]
            styles = {style for style in styles if LEVELS[style] <= block.level}
            if block.style in styles:
                found.add(place)
            if answered[place]:
                styles.add(block.style)
    return found


def _write(block: Block, area: str, writer: TaskWriter, shared: set[Address]) -> None:
    builder = writer.builder
    places = [passage.span if passage.address in shared else passage.address for passage, _ in block.texts]
    places = list(dict.fromkeys([*places, *(passage.address for passage in block.label_places)]))
    goals = any(meaning == "goal" for roles in block.roles for meaning, _ in roles.others)
    entry = writer.add(
        block.words, places, printed=block.numbered.number, area=area, shared=block.shared, counts=not goals
    )
    if block.title:
        entry.row["label"] = label_of(block.title)
    statements = [one for _, found in block.texts for one in found]
    for passage, _ in block.texts:
        if states_first_leads(passage.text):
            writer.first_leads = True
            builder.report("stated_rule", passage.text.strip(), passage.address)
    for roles in block.roles:
        writer.first_leads |= roles.rule
        for deadline in roles.deadlines:
            writer.add_deadline(entry, deadline)
        for leader in roles.leaders:
            writer.add_leaders(entry, leader)
        for report in roles.progress:
            writer.add_results(entry, report)
        for meaning, value in roles.others:
            if meaning == "goal":
                writer.add_targets(entry, value.text, [value.span])
            elif meaning == "remark":
                builder.report("note", value.text, value.span)
    for passage in block.label_places:
        builder.use(passage.address, "tasks")
    for one in statements:
        if one.assumed:
            builder.report("role_assumed", one.roles.lists[0].names.text, one.roles.lists[0].names.span)
        writer.assign(entry, [Given(found) for found in one.roles.lists])
    writer.assign(entry, [Given(found) for roles in block.labels for found in roles.lists])
    for roles in block.roles:
        for left in roles.left:
            builder.report("not_a_name", left.text, left.span)


def _note_rules(blocks: Sequence[Block], writer: TaskWriter) -> None:
    for block in blocks:
        for passage, _ in block.texts:
            if states_first_leads(passage.text):
                writer.first_leads = True
                writer.builder.report("stated_rule", passage.text.strip(), passage.address)
