"""Lists become mentions: each name with bracket, rank and role; what a list leaves out is filled in where certain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from pairing_graph.base.reference import mapping
from pairing_graph.base.text import Span, brackets_closed, fold_width
from pairing_graph.kb.address import Address
from pairing_graph.kb.schema import DEPARTMENT_KINDS, TOWNSHIP_LEVEL
from pairing_graph.lexicon.levels import LEVELS, REGION_LEVELS
from pairing_graph.lexicon.patterns import is_blank, one_of, one_of_roles, vocabulary
from pairing_graph.reading.behind_names import open_end, split_qualifier, without_open_end
from pairing_graph.reading.builder import Builder
from pairing_graph.reading.homes import Homes
from pairing_graph.reading.kinds import (
    bare_collectives,
    collective_words,
    is_collective,
    kind_of,
    known_kind,
    line_of,
    wide_brackets,
)
from pairing_graph.reading.mentions import Mention
from pairing_graph.reading.name_lists import UNCLEAR_SIGNS, shared_ending, split_names
from pairing_graph.reading.names import invalid_reason, is_person, may_be_body
from pairing_graph.reading.prose.legend import mark_roles
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.unit_names import OF_THE_STATE, has_a_place, level_of

_PLACES = re.compile(rf"[省市区县州旗镇乡街道村社园居办委局室科所站队功能景开发、和]+{one_of('names', 'place_body')}?")
_PLAIN_DEPARTMENT = re.compile(
    rf"(?!{one_of('names', 'no_plain_opening')})(?:(?!{one_of('names', 'no_plain_inside')})[\u4e00-\u9fff]){{2,12}}[局委厅]"
)
_PARTY = re.compile(rf"^(.*[{REGION_LEVELS}]委).+")
_ROLE_QUALIFIER = re.compile(rf"({one_of_roles()}){one_of('role_words', 'body')}?")


@dataclass(frozen=True)
class ListReader:
    """Reads the names of a document's lists.

    Args:
        homes: Tells which region a name contains.
        builder: Takes what is reported.
    """

    homes: Homes
    builder: Builder

    def mentions(self, passage: Passage, *, first_item: int = 1, stated: bool = False) -> list[Mention]:
        """The names of a list; words that are no name are reported and left out.

        Args:
            passage: The list.
            first_item: The count of its first name in the cell.
            stated: Whether a role word or heading states that these are bodies, so that one of an unknown kind is.
        """
        spans = [span for span in split_names(passage.text) if not is_blank(span.text)]
        found: list[Mention] = []
        self._report_signs(passage, spans)
        for index, span in enumerate(spans):
            place = passage.item(span, len(found) + first_item)
            reported = passage.span_of(span)
            words = self._without_open_end(span.text, reported)
            if is_blank(words):
                continue
            mention = self._mention(words, spans, index, found, place)
            changed = mention.carried or not mention.as_written.startswith(mention.base)
            wrong = invalid_reason(mention.base if changed else mention.as_written)
            if wrong and self.homes.is_common_county(mention.base):
                wrong = ""
            if wrong == "unknown_kind" and (self._attested(mention.base) or (stated and may_be_body(mention.base))):
                wrong = ""
            if wrong:
                self.builder.report("not_a_name" if wrong == "unknown_kind" else wrong, span.text, reported)
                continue
            if not brackets_closed(words):
                self.builder.report("bracket_open", words, reported)
            found.append(mention)
        return found

    def _report_signs(self, passage: Passage, spans: Sequence[Span]) -> None:
        """Report names that were divided at a sign that may mean something else (县农业农村局—县畜牧中心)."""
        for one, other in pairwise(spans):
            if any(sign in UNCLEAR_SIGNS for sign in passage.text[one.end : other.start]):
                words = passage.part(one.start, other.end)
                self.builder.report("separator_unclear", words.text, words.span)

    def _mention(
        self, words: str, spans: Sequence[Span], index: int, found: Sequence[Mention], place: Address
    ) -> Mention:
        marked = self.marks.get(words[:1], "")
        words = words[1:].strip() if marked else words
        base, qualifier = split_qualifier(fold_width(words))
        if qualifier and (
            wide_brackets(words) in collective_words() or (is_collective(base) and _PLACES.fullmatch(qualifier))
        ):
            base, qualifier = words, ""
        if qualifier and is_person(base) and known_kind(qualifier):
            base, qualifier = qualifier, ""
        rank = len(found) + 1
        match = _ROLE_QUALIFIER.fullmatch(qualifier)
        role = mapping("roles", "word", "role").get(match[1], "") if match else marked
        mention = Mention(words, base, qualifier, rank, place, role=role)
        if match and role:
            mention = replace(mention, qualifier="")
        if not found and not index and kind_of(base) != "other":
            return mention
        return self._completed(mention, spans, index, found)

    def _completed(self, mention: Mention, spans: Sequence[Span], index: int, found: Sequence[Mention]) -> Mention:
        """A name completed with what it omits because its neighbours contain it."""
        base = mention.base
        before = found[-1] if found else None
        if before and "各" in (before.base[:3] + before.carried) and base in bare_collectives():
            return replace(mention, base=f"各{base}", carried="各")
        if before and not level_of(base) and not is_collective(base):
            region = before.region or self.homes.explicit(before.base)[0]
            prefix = self._lent_prefix(base, found)
            if prefix:
                return replace(mention, base=prefix + base, carried=prefix, region=region)
            mention = replace(mention, region=region) if region != mention.region else mention
        if not known_kind(base) or line_of(f"{base}局"):
            plain = [without_open_end(span.text) for span in spans]
            ending = shared_ending(plain, index) or self._lent_ending(base, spans, index)
            if ending:
                whole = base + ending
                prefix = self._lent_prefix(whole, found) if found and not level_of(whole) else ""
                return replace(mention, base=prefix + whole, carried=ending)
        return mention

    def _lent_prefix(self, base: str, found: Sequence[Mention]) -> str:
        """The level (市) that the names before lend to a department that has none, empty where that is not certain."""
        if (
            base.startswith(OF_THE_STATE)
            or has_a_place(base)
            or self.homes.book.inside(base, self.homes.sole_region)
            or kind_of(base) not in DEPARTMENT_KINDS
            or self.homes.explicit(base)[0]
        ):
            return ""
        lender = next((mention.base for mention in reversed(found) if self._own_prefix(mention.base)), "")
        if not lender:
            return ""
        party = _PARTY.match(lender)
        if kind_of(base) == "party_organ":
            if party and line_of(base):
                return party[1]
        elif line_of(base) or (_PLAIN_DEPARTMENT.fullmatch(base) and self._follows_prefix(found[-1])):
            return self._own_prefix(lender)
        if kind_of(base) in ("department", "party_organ"):
            self.builder.report("ellipsis", base, found[-1].address.cell)
        return ""

    def _follows_prefix(self, before: Mention) -> bool:
        """Whether the name right before has the level, of its own or lent, and is one body."""
        return bool(self._own_prefix(before.base)) and not is_collective(before.base)

    def _own_prefix(self, name: str) -> str:
        """The level of a name: its first sign, or the last one of the region that it begins with."""
        region = self.homes.explicit(name)[0]
        return region[-1] if region and region != name else level_of(name)

    def _lent_ending(self, base: str, spans: Sequence[Span], index: int) -> str:
        """The ending (街道) of a neighbour that this name leaves out, if such a place is attested."""
        for neighbour in (*reversed(spans[:index]), *spans[index + 1 :]):
            name = split_qualifier(neighbour.text)[0]
            if kind_of(name) not in TOWNSHIP_LEVEL:
                continue
            ending = next((e for e in vocabulary("names", "township_ending") if name.endswith(e)), "")
            if ending and (
                self.homes.book.has_township(base + ending) or base + ending in self.builder.document.squeezed
            ):
                return ending
            self.builder.report("ellipsis", base, self.builder.id)
            return ""
        return ""

    @cached_property
    def marks(self) -> Mapping[str, str]:
        """The roles that the legend of the document gives to marks; looked for once."""
        return mark_roles(self.builder.document)

    def _attested(self, base: str) -> bool:
        """Whether words of an unknown kind occur as a whole name in several places and are not cut off."""
        if base[:1] not in LEVELS or len(base) < 3:
            return False
        whole = re.findall(
            rf"(?:^|[、，；：（(\n]){re.escape(base)}(?=[、，；。）)\n（]|$)", self.builder.document.squeezed
        )
        longer = re.search(
            rf"{re.escape(base)}[\u4e00-\u9fff]{{1,6}}{one_of('names', 'office_ending')}",
            self.builder.document.squeezed,
        )
        return len(whole) > 1 and not longer

    def _without_open_end(self, words: str, address: Address) -> str:
        ending = open_end(words)
        if ending:
            self.builder.report("open_list", words, address)
        return words[: len(words) - len(ending)]
