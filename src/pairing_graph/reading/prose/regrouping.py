"""Blocks joined and parted by what is around them: one bracket for several items, several brackets in one paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pairing_graph.base.text import Numbered
from pairing_graph.reading.prose.blocks import Block, is_heading
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.prose.statements import Statement, without

_HEADS_TASKS = ("chinese", "section")
"""Styles of numbers whose items may hold several tasks; an item with a smaller number (1.) is one task."""
_SEVERAL = 2
"""Brackets in a paragraph from which on each closes a task of its own."""


def regroup(blocks: list[Block]) -> list[Block]:
    """The blocks of a run of text as the items that are meant."""
    return _reaching_back(_separated(_with_numbers(blocks)))


def _with_numbers(blocks: list[Block]) -> list[Block]:
    """A numbered heading and the one task that a label opens below it (一、… ⏎ 主要任务：…) are one item."""
    joined: list[Block] = []
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        alone = block.labelled and not (following and following.labelled)
        heading = joined[-1] if joined else None
        if alone and heading and heading.style and not heading.labelled and not _states_roles(heading.texts):
            joined[-1] = replace(
                block,
                numbered=heading.numbered,
                title=heading.words,
                texts=[*heading.texts, *block.texts],
                labels=[*heading.labels, *block.labels],
                label_places=[*heading.label_places, *block.label_places],
            )
        else:
            joined.append(block)
    return joined


def _separated(blocks: list[Block]) -> list[Block]:
    """Headings and bodies apart where the bodies are tasks of their own, and paragraphs with several brackets.

    The bodies are tasks for every style of number of which one has several bodies with roles below it, and where the
    one body has several brackets.
    """
    many = {block.style for block, after in pairwise(blocks) if block.bodies and not after.style and after.has_roles}
    parted: list[Block] = []
    for block in blocks:
        first = block.first_body or 1
        several = len(block.texts) == first + 1 and len(_closing(*block.texts[first])) > 1
        if block.bodies and (block.style in many or (several and is_heading(block.texts[0][0].text))):
            parted.append(Block(block.numbered, block.texts[:first]))
            parted.append(Block(Numbered(None, ""), block.texts[first:], block.labels, block.label_places))
        else:
            parted.append(block)
    return [piece for block in parted for piece in _by_bracket(block)]


def _closing(passage: Passage, found: Sequence[Statement]) -> list[int]:
    """Where the brackets with names end that close what is before them; none where one of them closes nothing."""
    ends = [one.end for one in found if one.roles.lists]
    empty = any(without(passage.text, found, a, b) == "" for a, b in zip([0, *ends], ends, strict=False))
    return [] if empty else ends


def _close_sentences(text: str, found: Sequence[Statement]) -> bool:
    """Whether every statement with names is a bracket at the end of a sentence."""
    named = [one for one in found if one.roles.lists]
    return all(
        one.form == "bracket"
        and (text[: one.start].rstrip()[-1:] in tuple("。；！") or text[one.end :].lstrip()[:1] in tuple("。；"))
        for one in named
    )


def _by_bracket(block: Block) -> Iterator[Block]:
    """A paragraph with several brackets is several tasks, which share its number; behind 1. it is one of several parts."""
    passage, found = block.texts[0]
    ends = _closing(passage, found) if len(block.texts) == 1 else []
    heads = block.style in _HEADS_TASKS and _close_sentences(passage.text, found)
    if len(ends) < _SEVERAL or (block.style and not heads):
        yield block
        return
    start = 0
    for index, end in enumerate(ends):
        last = index == len(ends) - 1
        end = len(passage.text) if last else end
        part = passage.part(start, end)
        shift = part.offset - passage.offset
        inside = [Statement(one.start - shift, one.end - shift, one.roles, one.form, one.assumed) for one in found
                  if start <= one.start and one.end <= end]  # fmt: skip
        labels, places = (block.labels, block.label_places) if last else ([], [])
        yield Block(block.numbered, [(part, inside)], labels, places, shared=bool(index and block.style))
        start = end


def _reaching_back(blocks: list[Block]) -> list[Block]:
    """A bracket on a line of its own behind (1), (2) and (3) is meant for all of them that name nobody themselves."""
    kept: list[Block] = []
    for block in blocks:
        alone = _lone_bracket(block)
        if alone:
            reached = _siblings_before(kept if not block.style else [*kept, block])
            for sibling in reached:
                if not sibling.has_roles:
                    sibling.labels.append(alone[1].roles)
                    sibling.label_places.append(alone[0])
        kept.append(block)
    return kept


def _lone_bracket(block: Block) -> tuple[Passage, Statement] | None:
    """The bracket on the last line of a block that holds nothing else."""
    passage, found = block.texts[-1]
    if len(found) != 1 or found[0].form != "bracket" or without(passage.text, found):
        return None
    return passage, found[0]


def _siblings_before(blocks: Sequence[Block]) -> Iterator[Block]:
    """The items before the last one, back to the first of their count or to one with a bracket on its own line."""
    last = blocks[-1] if blocks else None
    if not last or not last.style:
        return
    number = last.numbered.number
    for block in reversed(blocks[:-1]):
        if block.level > last.level:
            continue
        if block.style != last.style or (block.numbered.number or 0) >= (number or 0) or _lone_bracket(block):
            return
        number = block.numbered.number
        yield block


def _states_roles(texts: Sequence[tuple[Passage, list[Statement]]]) -> bool:
    return any(one.roles.lists or one.roles.leaders for _, found in texts for one in found)
