"""Writes tasks with their targets, results and assignments: shared by all layouts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from pairing_graph.base.text import Span, leading_number, split_list, squeeze, tidy
from pairing_graph.kb.address import Address, task_id
from pairing_graph.lexicon.patterns import is_blank, is_ditto, one_of, vocabulary
from pairing_graph.reading import numbering, targets
from pairing_graph.reading.behind_names import split_qualifier
from pairing_graph.reading.builder import Builder
from pairing_graph.reading.mentions import Mention
from pairing_graph.reading.name_lists import split_names
from pairing_graph.reading.options import Options
from pairing_graph.reading.pairs import own_place
from pairing_graph.reading.prose.cover_regions import region_at_head
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.prose.role_statements import RoleList
from pairing_graph.reading.prose.rules import role_of_the_rest
from pairing_graph.reading.tables import results as progress
from pairing_graph.reading.units import Resolver

_LABEL_END = re.compile(r"[。；：，！？]")
_LABEL_MAX = 24
"""Characters of a label: what fits beside a mark in a figure."""
_TITLE_BEFORE_NAME = re.compile(
    rf"(?<=[{''.join(sorted({title[-1] for title in vocabulary('persons', 'title')}))}])[ \u3000]+(?=[\u4e00-\u9fff])"
)
_THINGS = one_of("table_words", "counted")
_COUNT = re.compile(
    rf"(?:[（(【]\s*共?计?|共计?|\s)?\s*(\d{{1,3}})\s*(?:大?{one_of('table_words', 'counter')}{_THINGS}?|个{_THINGS})\s*[)）】]?$"
)
_COUNT_IN_BRACKET = re.compile(
    rf"[（(]\s*共?计?\s*(\d{{1,4}})\s*(?:大?{one_of('table_words', 'counter')}|大?个){_THINGS}?\s*[)）]"
)


@dataclass
class Entry:
    """A task that was written.

    Attributes:
        task: Its id.
        row: Its row, still open for number, deadline and leaders.
        printed: The number printed before it.
        place: Its place.
        shared: Whether its number is that of the task before it (a merged cell).
    """

    task: str
    row: dict[str, Any]
    printed: int | None
    place: Address
    shared: bool = False


@dataclass(frozen=True)
class Given:
    """A list of names as it holds for a task.

    Attributes:
        listed: The list, at its own place.
        own: The task's own blank cell, where the words are another cell's.
        goes_on: Whether it goes on with the list before it, as behind 同上.
    """

    listed: RoleList
    own: Address | None = None
    goes_on: bool = False


@dataclass
class TaskWriter:
    """Writes tasks and who does them.

    Args:
        builder: Takes the rows.
        resolver: Turns names into units.
        options: The reader's choices.
        first_leads: Whether the rule holds that the first one listed leads; it is set where a text states it.
    """

    builder: Builder
    resolver: Resolver
    options: Options
    first_leads: bool = False
    _run: list[Entry] = field(default_factory=list)
    _before: dict[tuple[str, str, int], tuple[RoleList, Sequence[Given]]] = field(default_factory=dict)
    _above: tuple[str, Sequence[Address]] = ("", ())

    def add(
        self,
        text: str,
        places: Sequence[Address],
        *,
        printed: int | None = None,
        area: str = "",
        shared: bool = False,
        counts: bool = True,
    ) -> Entry:
        """Write a task and the targets in its words.

        A task that is 同上 has the words of the one above and cites both; what these count is the other one's.

        Args:
            text: Its text, without number and role statements.
            places: Its places.
            printed: The number printed before it.
            area: Its area.
            shared: Whether its number is that of the task before it.
            counts: Whether quantities in its words are targets; where a goal of its own is stated, only those are.
        """
        task = task_id(self.builder.id, len(self.builder.rows["tasks"]) + 1)
        words, refers = tidy(text), is_ditto(text)
        cited = list(places)
        if refers:
            words, above = self._words_above(words, places[0])
            cited += above
        else:
            self._above = words, places
        self.builder.add(
            "tasks", cited, task=task, document=self.builder.id, number=None, area=area, text=words,
            label=label_of(words), leaders=(), deadline="",
        )  # fmt: skip
        entry = Entry(task, self.builder.rows["tasks"][-1], printed, places[0], shared)
        self._run.append(entry)
        if counts and not refers:
            self.add_targets(entry, words, places)
        return entry

    def _words_above(self, ditto: str, place: Address) -> tuple[str, Sequence[Address]]:
        """The words that 同上 in the place of a task stands for, and where they are; 同上 itself with nothing above."""
        words, above = self._above
        if not words:
            self.builder.report("nothing_to_inherit", ditto, place)
            return ditto, ()
        self.builder.report("task_above", f"{ditto} → {words}", place)
        return words, above

    def add_targets(self, entry: Entry, text: str, places: Sequence[Address]) -> None:
        """Write the targets in a task's words, or in a column of goals."""
        for target in targets.find_targets(tidy(text)):
            self.builder.add("targets", places, task=entry.task, **target.columns())

    def add_deadline(self, entry: Entry, deadline: Passage) -> None:
        """Write a task's deadline; several are kept in their order."""
        words = tidy(deadline.text).rstrip("；;，,。、")
        known = entry.row["deadline"]
        if not is_blank(words) and words not in known.split("；"):
            entry.row["deadline"] = f"{known}；{words}" if known else words
        self.builder.use(deadline.span, "tasks")

    def add_leaders(self, entry: Entry, leaders: Passage) -> None:
        """Write the persons in charge."""
        text = _TITLE_BEFORE_NAME.sub("", leaders.text)
        names = [squeeze(span.text) for span in split_list(text, "、，,；;／/\n ") if not is_blank(span.text)]
        entry.row["leaders"] = tuple(dict.fromkeys((*entry.row["leaders"], *names)))
        self.builder.use(leaders.span, "tasks")

    def add_results(self, entry: Entry, report: Passage, heading: str = "") -> None:
        """Write the progress reported for a task; a blank cell gives no row."""
        for row in progress.read_results(report.text, heading):
            self.builder.add("results", [report.span], task=entry.task, **row)
        self.builder.use(report.span, "results")

    def assign(self, entry: Entry, lists: Iterable[Given]) -> None:
        """Write who does a task: all lists of one row, bracket or run of label lines together."""
        group = [given for one in lists for given in self._spelt_out(one)]
        led = any(given.listed.role == "lead" for given in group)
        opened: set[str] = set()
        items: dict[str, int] = {}
        ranks = 0
        for given in group:
            cell = str(given.listed.names.address)
            mentions = self.resolver.lists.mentions(
                given.listed.names, first_item=items.get(cell, 0) + 1, stated=given.listed.basis != "bare"
            )
            items[cell] = items.get(cell, 0) + len(mentions)
            ranks = ranks if given.goes_on else 0
            mentions = [replace(mention, rank=mention.rank + ranks) for mention in mentions] if ranks else mentions
            ranks += len(mentions)
            self.builder.use(given.listed.names.span, "assignments")
            first_leads = (
                self.first_leads
                and given.listed.role == "responsible"
                and not led
                and given.listed.region not in opened
            )
            if first_leads and mentions:
                opened.add(given.listed.region)
            ruled = self.first_leads and given.listed.role == "responsible" and not led
            rest = self._rest if ruled else ""
            self._write(entry, given, mentions, first_leads=first_leads, rest=rest)

    def _spelt_out(self, given: Given) -> Iterator[Given]:
        """A list, in which 同上 stands for the one of its role, region and column before it."""
        listed, place = given.listed, given.own or given.listed.names.address
        key = (listed.role, listed.region, listed.names.address.column)
        last, before = self._before.get(key, (None, ()))
        if last != listed:
            parts = self._parts(given, [replace(one, own=place) for one in before])
            self._before[key] = listed, [replace(part, goes_on=index > 0) for index, part in enumerate(parts)]
            yield from self._before[key][1]
        else:  # The cell of the row above, read on.
            yield from (replace(one, own=place) for one in before)

    def _parts(self, given: Given, before: Sequence[Given]) -> list[Given]:
        """A list cut at each 同上, which is reported, with what it stands for in its place."""
        spans = split_names(given.listed.names.text)
        cuts = [index for index, span in enumerate(spans) if is_ditto(span.text)]
        parts: list[Given] = []
        for first, cut in zip([0, *(cut + 1 for cut in cuts)], [*cuts, None], strict=True):
            parts += _part(given, spans[first:cut]) if cuts else [given]
            if cut is not None:
                place = given.own or given.listed.names.address
                self.builder.report("ditto" if before else "not_a_name", spans[cut].text, place)
                parts += before
        return parts

    @cached_property
    def _rest(self) -> str:
        """The role that the rule of the document gives those who are not listed first."""
        return role_of_the_rest(self.builder.document.squeezed)

    def assign_body(self, entry: Entry, listed: RoleList) -> None:
        """Write that one body does a task, of whatever kind it is: where it stands tells that it is one."""
        name, qualifier = split_qualifier(listed.names.text)
        mention = Mention(listed.names.text, name, qualifier, 1, listed.names.span)
        self._write(entry, Given(listed), [mention], first_leads=False)

    def assign_numbers(self) -> list[Entry]:
        """Assign the numbers of the tasks written since the last time."""
        run, self._run = self._run, []
        own = [entry for index, entry in enumerate(run) if not (entry.shared and index)]
        numbers = numbering.assign_numbers(
            [entry.printed for entry in own],
            [entry.place for entry in own],
            [str(entry.row["text"]) for entry in own],
            self.builder,
            areas=[str(entry.row["area"]) for entry in own],
        )
        assigned = dict(zip((entry.task for entry in own), numbers, strict=True))
        number: int | None = None
        for entry in run:
            number = assigned.get(entry.task, number)
            entry.row["number"] = number
        return run

    def _write(
        self, entry: Entry, given: Given, mentions: Sequence[Mention], *, first_leads: bool, rest: str = ""
    ) -> None:
        seen: set[tuple[str, str]] = set()
        section = region_at_head(area_name(str(entry.row["area"])), self.resolver.homes.regions)
        for mention in mentions:
            role = mention.role or ("lead" if first_leads and mention.rank == 1 else rest or given.listed.role)
            unit = self.resolver.unit(mention, given.listed.region, section=section)
            if (unit, role) in seen:
                self.builder.report("unit_twice", mention.as_written, mention.address.cell)
            seen.add((unit, role))
            place, source = own_place(mention.address, given.own)
            self.builder.add(
                "assignments", [place], [source] if source else (), task=entry.task, unit=unit, role=role,
                rank=mention.rank, as_written=mention.as_written, qualifier=mention.qualifier,
            )  # fmt: skip


def _part(given: Given, spans: Sequence[Span]) -> Iterator[Given]:
    """The names of a list that lie side by side, nothing where there are none."""
    if spans:
        names = given.listed.names.part(spans[0].start, spans[-1].end)
        yield replace(given, listed=replace(given.listed, names=names))


def label_of(text: str) -> str:
    """The first clause of a task, for figures.

    Example:
        >>> label_of("协同招商。深化“资源共用、利益共享”的协同引资机制，共组协同招商专班。")
        '协同招商'
    """
    clause = _LABEL_END.split(text, maxsplit=1)[0]
    return clause if len(clause) <= _LABEL_MAX else f"{clause[: _LABEL_MAX - 1]}…"


def stated_count(text: str) -> int | None:
    """The number of tasks that a heading states, None if it states none.

    Example:
        >>> stated_count("四、改善环境（共6项）"), stated_count("产业发展类 8项"), stated_count("第3项")
        (6, 8, None)
    """
    words = text.strip()
    match = _COUNT_IN_BRACKET.search(words)
    if not match:
        match = _COUNT.search(words)
        match = None if match and words[: match.start()].endswith(("第", "前")) else match
    return int(match[1]) if match else None


def area_name(text: str) -> str:
    """The name of an area without its number and its count.

    Example:
        >>> area_name("四、改善环境（共6项）"), area_name("（二）乡村振兴"), area_name("【民生保障】")
        ('改善环境', '乡村振兴', '民生保障')
    """
    words = _COUNT_IN_BRACKET.sub("", tidy(text)).strip()
    return leading_number(words).text.strip("【】[]：: 。")
