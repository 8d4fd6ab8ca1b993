"""What a report says, before any markup: findings in sentences, each number with its value and the cells behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pairing_graph.base.words import Language

if TYPE_CHECKING:
    from pairing_graph.figures.sheet import Sheet


@dataclass(frozen=True)
class Number:
    """A number of a sentence or table.

    Attributes:
        value: The number itself, as the measure has it.
        text: How it is printed.
        what: What it counts, in words: the heading of its evidence.
        addresses: The facts behind it; empty where it follows from all of a table.
        measure: The definition that it follows: a key of `definitions.TERMS`, or empty.
    """

    value: float
    text: str
    what: str = ""
    addresses: tuple[str, ...] = ()
    measure: str = ""


@dataclass(frozen=True)
class Names:
    """Names in a sentence, and how many they are: the verb behind them depends on it."""

    text: str
    count: int


Part = str | Number


@dataclass(frozen=True)
class Sentence:
    """A sentence: its words and numbers in their order.

    Example:
        >>> Sentence(("Tasks: ", Number(28, "28"), ".")).text
        'Tasks: 28.'
    """

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The sentence as a plain text."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Its numbers."""
        return tuple(part for part in self.parts if isinstance(part, Number))


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, and whether it holds numbers, which stand to the right."""

    heading: str
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """Rows for a reader.

    Attributes:
        caption: What the rows are.
        columns: Its columns; the first names the row.
        rows: The cells, a text or a number each.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Part, ...], ...]


@dataclass(frozen=True)
class Finding:
    """One question of the report and its answer.

    Attributes:
        key: Its name: load, pairs, meeting, coverage, targets, results or checks.
        topic: The question in a few words.
        title: The answer in one sentence.
        paragraphs: What else was found.
        cautions: What the numbers do not say.
        tables: Tables below.
        figure: The figure, None where there is nothing to draw.
        measures: Keys of `definitions.TERMS` that it uses.
    """

    key: str
    topic: str
    title: Sentence
    paragraphs: tuple[tuple[Sentence, ...], ...] = ()
    cautions: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    figure: Sheet | None = field(default=None, compare=False)
    measures: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of its paragraphs."""
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph)

    @property
    def numbers(self) -> Iterator[Number]:
        """Every number of its sentences and tables, in the order in which they are printed."""
        for sentence in (self.title, *self.sentences):
            yield from sentence.numbers
        for table in self.tables:
            yield from (cell for row in table.rows for cell in row if isinstance(cell, Number))


@dataclass(frozen=True)
class NoticeFacts:
    """What a notice is: its title, and further facts as pairs of a word and its value."""

    title: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Doubt:
    """Something that should be checked: how grave, where, why, and the words."""

    severity: str
    address: str
    reason: str
    text: str


@dataclass(frozen=True)
class Reading:
    """How the notices were read.

    Attributes:
        sentences: How much was read, noted and not understood.
        doubts: What is in doubt or was not read.
        notes: Why something is noted though all is well, and how often.
    """

    sentences: tuple[Sentence, ...]
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Definition:
    """A term with its formula, who it comes from, and what it does not say."""

    key: str
    term: str
    formula: str
    source: str
    limits: str


@dataclass(frozen=True)
class Report:
    """A report: all that it says, in the order in which it says it.

    Attributes:
        lang: Its language.
        title: The title of its only notice, or how many notices there are.
        headline: The main findings in a sentence.
        standfirst: What the notices hold, in a sentence with numbers.
        notices: What each notice is.
        findings: The findings.
        reading: How the notices were read.
        robustness: Tables on how far the findings depend on choices; empty where that was not asked.
        definitions: The terms that the findings use.
        citations: How to cite each notice.
        own_citation: How to cite the report.
    """

    lang: Language
    title: str
    headline: Sentence
    standfirst: Sentence
    notices: tuple[NoticeFacts, ...]
    findings: tuple[Finding, ...]
    reading: Reading
    robustness: tuple[Table, ...]
    definitions: tuple[Definition, ...]
    citations: tuple[str, ...]
    own_citation: str

    @property
    def numbers(self) -> Iterator[Number]:
        """Every number that a test can hold against the measures."""
        yield from self.headline.numbers
        yield from self.standfirst.numbers
        for finding in self.findings:
            yield from finding.numbers
        for sentence in self.reading.sentences:
            yield from sentence.numbers
