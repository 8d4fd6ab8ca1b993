"""Pairs of units: one writer for tables and lists, and the direction of help."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from pairing_graph.base.text import squeeze
from pairing_graph.kb.address import Address
from pairing_graph.kb.document import Document
from pairing_graph.lexicon.patterns import one_of
from pairing_graph.reading import numbering
from pairing_graph.reading.builder import Builder
from pairing_graph.reading.mentions import Mention
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.units import Resolver
from pairing_graph.reading.villages import Above, is_village, own_township

HELPS = one_of("pairing_words", "helps")


Outcome = Literal["written", "uneven", "incomplete", "too_many"]
_MOST_PAIRS = 2_000
"""Pairs of one row or line; more are two lists whose order says who helps whom, or columns that were misread."""


@dataclass(frozen=True)
class Side:
    """One side of a pair or row.

    Attributes:
        names: Its words.
        region: The region that a heading names.
        own: The row's own blank cell, where the words are another cell's.
        above: The township and county that the row puts its villages in.
    """

    names: Passage
    region: str = ""
    own: Address | None = None
    above: Above = field(default_factory=Above)


@dataclass
class PairWriter:
    """Writes pairings.

    Args:
        builder: Takes the rows.
        resolver: Turns names into units.
    """

    builder: Builder
    resolver: Resolver
    _run: list[tuple[int | None, bool, Address, str, range]] = field(default_factory=list)

    def add(
        self,
        donors: Side,
        recipients: Side,
        *,
        basis: str,
        printed: int | None,
        place: Address,
        remark: str = "",
        respectively: bool = False,
        shared: bool = False,
    ) -> Outcome:
        """Pair every donor with every recipient, or one with one where the text has 分别.

        Args:
            donors: The helping side.
            recipients: The helped side.
            basis: How the direction of help is given.
            printed: The number printed before the row.
            place: The row or line.
            remark: Its remark.
            respectively: Whether the lists go one by one.
            shared: Whether the number is a merged cell's that the row above has too.

        Returns:
            Whether rows were written, or the lists that 分别 joins differ in length, or a side has no name, or the
            pairs are more than a row can mean.
        """
        begin = len(self.builder.rows["pairings"])
        left, right = self._units(donors), self._units(recipients)
        words = squeeze(f"{donors.names.text} | {recipients.names.text}")
        if not left or not right:
            return "incomplete"
        if respectively and len(left) != len(right):
            self.builder.report("pairs_uneven", words, place)
            return "uneven"
        if not respectively and len(left) * len(right) > _MOST_PAIRS:
            for side in (donors, recipients):
                self.builder.report(
                    "pairs_too_many", f"{len(left)} × {len(right)}: {words}", side.own or side.names.span
                )
            return "too_many"
        if len(left) > 1 and len(right) > 1 and not respectively:
            self.builder.report("many_to_many", words, place)
        pairs = list(zip(left, right, strict=True)) if respectively else [(a, b) for a in left for b in right]
        if any(one[0] == other[0] for one, other in pairs):
            self.builder.report("self_pair", words, place)
            pairs = [(one, other) for one, other in pairs if one[0] != other[0]]
        if not pairs:
            return "incomplete"
        for (donor, by, donor_at, donor_from), (recipient, to, at, taken_from) in pairs:
            self.builder.add(
                "pairings", [donor_at, at], [source for source in (donor_from, taken_from) if source],
                document=self.builder.id, number=None, donor=donor, recipient=recipient,
                donor_as_written=by.as_written, recipient_as_written=to.as_written,
                donor_qualifier=by.qualifier, recipient_qualifier=to.qualifier,
                direction_basis=basis, remark=remark,
            )  # fmt: skip
        self._run.append((printed, shared, place, words, range(begin, len(self.builder.rows["pairings"]))))
        return "written"

    def assign_numbers(self) -> None:
        """Assign the numbers of the rows written since the last time."""
        run, self._run = self._run, []
        own = [row for row in run if not row[1]]
        numbers = numbering.assign_numbers(
            [row[0] for row in own], [row[2] for row in own], [row[3] for row in own], self.builder
        )
        assigned = iter(numbers)
        number: int | None = None
        for printed, shared, _, _, rows in run:
            number = printed if shared else next(assigned)
            for index in rows:
                self.builder.rows["pairings"][index]["number"] = number

    def _units(self, side: Side) -> list[tuple[str, Mention, Address, Address | None]]:
        """The units of a side, each with its place and the place of the words where these are another cell's."""
        found: list[tuple[str, Mention, Address, Address | None]] = []
        seen: set[str] = set()
        mentions = self.resolver.lists.mentions(side.names)
        places = side.above.of_each(len(mentions))
        self._report_townships(side, mentions)
        for mention, above in zip(mentions, places, strict=True):
            among = () if above.township else side.above.several
            region = side.region or above.county
            unit = self.resolver.unit(mention, region, township=above.township, among=among)
            if unit in seen:
                self.builder.report("unit_twice", mention.as_written, mention.address.cell)
                continue
            seen.add(unit)
            found.append((unit, mention, *own_place(mention.address, side.own)))
        return found

    def _report_townships(self, side: Side, mentions: Sequence[Mention]) -> None:
        """Report villages whose township is told by their order at most, or only by the name before them in the cell."""
        if side.above.lists and mentions:
            lists = (*side.above.lists, [mention.as_written for mention in mentions])
            words = " | ".join(map("、".join, lists))
            self.builder.report("townships_beside", words, side.own or side.names.address)
        if side.above.township or side.above.several:
            return
        for before, mention in pairwise(mentions):
            known = self.resolver.villages.townships(mention.base, side.region)
            if own_township(before.base) and is_village(mention.base) and not (own_township(mention.base) or known):
                self.builder.report("ellipsis", mention.as_written, mention.address.cell)


def own_place(words: Address, own: Address | None) -> tuple[Address, Address | None]:
    """The place of a name, and that of its words where it is another one's (a blank cell takes the words above it)."""
    if own is None or own.cell_text == words.cell_text:
        return words, None
    return replace(own, item=words.item), words


def sentence_direction(document: Document, left: str, right: str) -> tuple[str, bool]:
    """The direction of help between two regions according to the text.

    Returns:
        `("sentence", turned)` where all such sentences agree, else `("unknown", False)`.
    """
    if not left or not right:
        return "unknown", False
    text = document.squeezed
    forward, backward = _count_statements(text, left, right), _count_statements(text, right, left)
    if bool(forward) == bool(backward):
        return "unknown", False
    return "sentence", bool(backward)


def one_region(names: Sequence[str]) -> str:
    """The region of a side, where all its names are of one.

    Example:
        >>> one_region(["渝中区", "渝中区"]), one_region(["渝中区", "巫溪县"])
        ('渝中区', '')
    """
    found = set(names)
    return found.pop() if len(found) == 1 else ""


def _count_statements(text: str, helper: str, helped: str) -> int:
    return len(re.findall(rf"{_either(helper)}{HELPS}{_either(helped)}", text))


def _either(region: str) -> str:
    stem = region[:-1] if len(region) > 2 else region
    return rf"(?:{re.escape(region)}|{re.escape(stem)})"
