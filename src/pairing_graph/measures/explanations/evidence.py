"""What several explanations start from: assignments, pairings and mentions as plain rows, each with its cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.explanations.record import Cited, Thing
from pairing_graph.measures.relations import Role, facts, frames_of, native, once


class Assigned(NamedTuple):
    """An assignment that counts, with what is known of its task and unit."""

    task: str
    unit: str
    role: str
    rank: int
    region: str
    collective: bool
    document: str
    area: str
    address: str
    inherited_from: str

    @property
    def cited(self) -> tuple[Cited, ...]:
        """Its row."""
        return (Cited("assignments", self.address, self.inherited_from),)


class Paired(NamedTuple):
    """One end of a row of the pairings table."""

    document: str
    unit: str
    partner: str
    donor: bool
    address: str
    inherited_from: str

    @property
    def cited(self) -> tuple[Cited, ...]:
        """Its row."""
        return (Cited("pairings", self.address, self.inherited_from),)


@once
def assigned_rows(kb: KnowledgeBase, role: Role = "answerable") -> tuple[Assigned, ...]:
    """The assignments that count under a choice of roles."""
    rows = native(facts(frames_of(kb), role).select(*Assigned._fields))
    return tuple(Assigned(*row) for row in rows.itertuples(index=False))


@once
def paired_rows(kb: KnowledgeBase) -> tuple[Paired, ...]:
    """Both ends of every row of the pairings table."""
    names = ["document", "donor", "recipient", "address", "inherited_from"]
    rows = list(kb.pairings[names].itertuples(index=False, name=None))
    gives = [Paired(document, donor, recipient, True, *where) for document, donor, recipient, *where in rows]
    return (*gives, *(Paired(end.document, end.partner, end.unit, False, *end[-2:]) for end in gives))


@once
def mentions(kb: KnowledgeBase) -> Mapping[str, tuple[Cited, ...]]:
    """Unit → the rows that name it, in either table."""
    found: dict[str, list[Cited]] = {}
    rows: list[Assigned | Paired] = [*assigned_rows(kb, "any"), *paired_rows(kb)]
    for row in rows:
        found.setdefault(row.unit, []).extend(row.cited)
    return {unit: tuple(cited) for unit, cited in found.items()}


@once
def cited_facts(kb: KnowledgeBase, role: Role = "answerable") -> Mapping[tuple[str, str], tuple[Cited, ...]]:
    """Task and unit → the rows that assign the one to the other."""
    found: dict[tuple[str, str], tuple[Cited, ...]] = {}
    for row in assigned_rows(kb, role):
        found[row.task, row.unit] = (*found.get((row.task, row.unit), ()), *row.cited)
    return found


@once
def cited_pairings(kb: KnowledgeBase) -> Mapping[tuple[str, str], tuple[tuple[str, Cited], ...]]:
    """Two units, in both orders → the notices that pair them, each with its row."""
    found: dict[tuple[str, str], tuple[tuple[str, Cited], ...]] = {}
    for end in paired_rows(kb):
        found[end.unit, end.partner] = (*found.get((end.unit, end.partner), ()), (end.document, end.cited[0]))
    return found


@once
def cited_tasks(kb: KnowledgeBase) -> Mapping[str, Cited]:
    """Task → its row."""
    rows = zip(kb.tasks["task"], kb.tasks["address"], strict=True)
    return {task: Cited("tasks", address) for task, address in rows}


def named(units: Iterable[str], kb: KnowledgeBase) -> list[Thing]:
    """Units as things that count, each with the first row that names it."""
    rows = mentions(kb)
    return [Thing(unit, rows.get(unit, (Cited("units", ""),))[:1]) for unit in units]


def place(document: str, area: str) -> str:
    """What an area of a document is called among those of others.

    Example:
        >>> place("a", "产业")
        'a 产业'
    """
    return f"{document} {area}"


def between(unit: str, partner: str) -> str:
    """What a pair of units, or a unit and its task, is called.

    Example:
        >>> between("a", "b")
        'a — b'
    """
    return f"{unit} — {partner}"
