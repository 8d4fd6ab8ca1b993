"""What is behind communication need: the pairs that a task or a pairing joins, among all that could be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from pairing_graph.measures.communication import across, counted_pairs, named_units, possible_pairs
from pairing_graph.measures.explanations.evidence import mentions
from pairing_graph.measures.explanations.pairings import (
    cells_of,
    cells_of_both,
    each,
    joint_rows,
    links_between,
    meeting_of,
    pair_name,
)
from pairing_graph.measures.explanations.record import (
    Asked,
    Behind,
    Cited,
    Explained,
    Thing,
    count,
    same_formulas,
    share,
    undefined,
)
from pairing_graph.measures.meeting import HELD
from pairing_graph.measures.pairs import PAIR

_ORA = "after Carley & Reminga 2004; a variant of our own"
Key = tuple[str, str, str]
"""A pair of units in a notice: held, unit, partner."""


@dataclass(frozen=True)
class _Joined:
    """The pairs that a row is about: those that tasks join, and those that the table joins."""

    required: Mapping[Key, tuple[Cited, ...]]
    paired: Mapping[Key, tuple[Cited, ...]]

    @property
    def differing(self) -> dict[Key, tuple[Cited, ...]]:
        """The pairs that only one of the two joins."""
        both = {**self.required, **self.paired}
        return {key: cited for key, cited in both.items() if (key in self.required) != (key in self.paired)}


def _communication(asked: Asked) -> Behind:
    # Here `by` says what a row is, and notices meet as without it.
    asked = replace(asked, options={name: value for name, value in asked.options.items() if name != "by"})
    joined, column = _joined(asked), asked.column
    if column in ("need", "congruence", "possible"):
        return (_of_unit if "unit" in asked.row else _of_notice)(asked, joined)
    chosen = {
        "required": joined.required,
        "satisfied": {
            key: (*cited, *joined.paired[key]) for key, cited in joined.required.items() if key in joined.paired
        },
        "unrequired": {key: cited for key, cited in joined.paired.items() if key not in joined.required},
    }[column]
    return count(Thing(pair_name(asked, *key), cited) for key, cited in chosen.items())


def _joined(asked: Asked) -> _Joined:
    cells, required = cells_of(asked), dict[Key, tuple[Cited, ...]]()
    for row in each(joint_rows(asked)):
        key = (row.held, row.unit, row.partner)
        own = cells_of_both(cells, row)
        required[key] = tuple(dict.fromkeys((*required.get(key, ()), *own)))
    paired = {(held, unit, partner): links_between(asked, unit, partner, held) for held, unit, partner in _links(asked)}
    return _Joined(_counted(asked, required), _counted(asked, paired))


def _links(asked: Asked) -> Iterator[Key]:
    """The pairs that the table joins, of those that could be."""
    met = meeting_of(asked)
    rows = counted_pairs(asked.kb, met, met.links(asked.kb))
    return rows[[HELD, *PAIR]].itertuples(index=False, name=None)


def _counted(asked: Asked, pairs: Mapping[Key, tuple[Cited, ...]]) -> dict[Key, tuple[Cited, ...]]:
    """The pairs of the row that could be."""
    rows = pd.DataFrame(list(pairs), columns=[HELD, *PAIR])
    kept = counted_pairs(asked.kb, meeting_of(asked), rows).itertuples(index=False, name=None)
    return {key: pairs[key] for key in kept if _is_of(asked, key)}


def _is_of(asked: Asked, key: Key) -> bool:
    """Whether a pair is counted in the row: of the unit, or of the notice."""
    return asked.row["unit"] in key[1:] if "unit" in asked.row else key[0] == asked.row["document"]


def _of_unit(asked: Asked, joined: _Joined) -> Behind:
    """The units that could be its counterparts, each with whether it is as the column wants it."""
    if asked.column == "possible":
        return count(Thing(pair_name(asked, *key), cited) for key, cited in _opposite(asked))
    differing = joined.differing
    things = []
    for key, cited in _opposite(asked):
        turned = (key[0], key[2], key[1])
        found = [one for one in (key, turned) if one in joined.required or one in joined.paired]
        places = [place for one in found for place in (*joined.required.get(one, ()), *joined.paired.get(one, ()))]
        if asked.column == "need":
            counts = any(one in joined.required for one in found)
        else:
            counts = not any(one in differing for one in found)
        things.append(Thing(pair_name(asked, *key), tuple(places) or cited, float(counts), 1.0))
    return share(things, defined=asked.column == "need" or _any_link(asked))


def _opposite(asked: Asked) -> Iterator[tuple[Key, tuple[Cited, ...]]]:
    """Every unit that the unit could be paired with, in every notice that names it, and a row that names that unit."""
    unit, rows = asked.row["unit"], mentions(asked.kb)
    units = named_units(asked.kb, meeting_of(asked))
    for held in units.loc[units["unit"] == unit, HELD]:
        regions = dict(units.loc[units[HELD] == held, ["unit", "region"]].itertuples(index=False, name=None))
        apart = across(regions.values())
        for other, region in regions.items():
            if other != unit and (not apart or region != regions[unit]):
                yield (str(held), unit, other), rows.get(other, ())[:1]


def _of_notice(asked: Asked, joined: _Joined) -> Behind:
    """The units of the notice, marked in `of`, out of which pairs could be; and the pairs that are counted of these."""
    units = named_units(asked.kb, meeting_of(asked))
    own = units[units[HELD] == asked.row["document"]]
    possible, rows = possible_pairs(own["region"]), mentions(asked.kb)
    named = [Thing(unit, rows.get(unit, ())[:1], 0.0, 1.0) for unit in own["unit"]]
    if asked.column == "possible":
        return Behind("inputs", tuple(named), possible)
    pairs = joined.required if asked.column == "need" else joined.differing
    things = (*(Thing(pair_name(asked, *key), cited) for key, cited in pairs.items()), *named)
    if not possible or (asked.column == "congruence" and not _any_link(asked)):
        return undefined(things)
    counted = len(pairs) / possible
    terms = {"pairs": float(len(pairs)), "possible": float(possible)}
    return Behind("inputs", things, counted if asked.column == "need" else 1 - counted, terms)


def _any_link(asked: Asked) -> bool:
    return any(True for _ in _links(asked))


EXPLAINED = {
    "communication_need": Explained(
        ("document",),
        same_formulas("communication_need", _communication, "required", "satisfied", "unrequired", "possible")
        | same_formulas("communication_need", _communication, "need", "congruence", source=_ORA),
        ("region",),
        ("unit",),
    )
}
