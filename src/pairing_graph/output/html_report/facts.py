"""Where facts are in the document: the addresses behind a unit's tasks and pairings, and the cells that supply blank ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pairing_graph.kb.address import split
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.relations import answerable, facts, frames_of, native, shares


def assigned_at(kb: KnowledgeBase) -> Mapping[tuple[str, str], Sequence[str]]:
    """The addresses of a unit in a role."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for unit, role, address in kb.assignments[["unit", "role", "address"]].itertuples(index=False):
        found[str(unit), str(role)] += address.split()
    return found


def answered_at(kb: KnowledgeBase) -> Mapping[str, Sequence[str]]:
    """The addresses of a unit where it answers for a task, in whatever role that is there."""
    found: dict[str, list[str]] = defaultdict(list)
    for unit, address in native(facts(frames_of(kb)).select("unit", "address")).itertuples(index=False):
        found[str(unit)] += address.split()
    return found


def listed_first_at(kb: KnowledgeBase) -> Mapping[str, Sequence[str]]:
    """The addresses of a unit where it is the first of a task's answerable units in its region."""
    answering = native(shares(answerable(frames_of(kb))).select("task", "unit", "first"))
    first = set(answering.loc[answering["first"], ["task", "unit"]].itertuples(index=False, name=None))
    found: dict[str, list[str]] = defaultdict(list)
    for task, unit, address in native(facts(frames_of(kb)).select("task", "unit", "address")).itertuples(index=False):
        if (task, unit) in first:
            found[str(unit)] += address.split()
    return found


def paired_at(kb: KnowledgeBase) -> Mapping[str, Sequence[str]]:
    """The addresses of the pairings of a unit: both cells of each."""
    found: dict[str, list[str]] = defaultdict(list)
    for donor, recipient, address in kb.pairings[["donor", "recipient", "address"]].itertuples(index=False):
        for unit in (str(donor), str(recipient)):
            found[unit] += address.split()
    return found


def supplied_by(kb: KnowledgeBase) -> dict[str, str]:
    """Blank cell → the cell above that was read in its place, both as addresses of whole cells."""
    found: dict[str, str] = {}
    for table in (kb.assignments, kb.pairings):
        inherited = table[table["inherited_from"] != ""]
        for address, supplier in inherited[["address", "inherited_from"]].itertuples(index=False):
            above = {(one.table, one.column): str(one.cell) for one in split(supplier)}
            for place in split(address):
                if (place.table, place.column) in above:
                    found[str(place.cell)] = above[place.table, place.column]
    return found
