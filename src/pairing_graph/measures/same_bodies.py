"""Names that are probably one body's, with what speaks for it: suggestions for a reviewed table of aliases, never merged.

Two names are suggested as one within a region (without one, within a document), where the same is left of both without
mother company, place, legal form and listed abbreviations, or where one abbreviates every word of the other. A real
word more or less is another body. What a reform renamed or merged is left to `compare`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from pairing_graph.base.text import split_qualifier
from pairing_graph.base.words import Language, word
from pairing_graph.kb.address import document_of, join
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.reading.same_names import Body, body_of, is_reordered, is_short_for, local_places

_MAY_BE_BARE = "enterprise"
"""The kind of body that is one and the same with and without a level (供电公司, 县供电公司); a bare office is a township's."""
_SIDES = (("assignments", "unit"), ("pairings", "donor"), ("pairings", "recipient"))


@dataclass(frozen=True)
class SameBody:
    """Two units that are probably one.

    Attributes:
        region: The region, or the document, that the alias is said of.
        alias: The name that would give way.
        name: The name that would stay: that with a region, the more frequent, the fuller one.
        unit: The id of the unit whose name would stay.
        evidence: What speaks for it: parent, place, form, short, order.
        counts: How often the alias and the name are written.
        address: A place of the alias and one of the name.
    """

    region: str
    alias: str
    name: str
    unit: str
    evidence: tuple[str, ...]
    counts: tuple[int, int]
    address: str

    def reason(self, lang: Language) -> str:
        """The evidence in words."""
        joined = word("alias_and", lang).join(word(f"alias_{sign}", lang) for sign in self.evidence)
        return word("alias_reason", lang, evidence=joined, alias=self.counts[0], name=self.counts[1])


@dataclass(frozen=True)
class _Named:
    """A unit, and how and where it is named: `place` is what its alias is said of, `scope` where it is compared."""

    unit: str
    name: str
    region: str
    place: str
    scope: str
    body: Body
    count: int
    address: str
    order: int

    @property
    def rank(self) -> tuple[bool, int, int, int]:
        """The greatest is the name that stays."""
        return bool(self.region), self.count, len(self.name), -self.order


@dataclass
class _Groups:
    """Units that are one by any chain of evidence."""

    of: dict[str, list[_Named]] = field(default_factory=dict)

    def join(self, one: _Named, other: _Named) -> None:
        a, b = (self.of.setdefault(unit.unit, [unit]) for unit in (one, other))
        if a is not b:
            a += b
            self.of |= dict.fromkeys((unit.unit for unit in b), a)

    def __iter__(self) -> Iterator[list[_Named]]:
        yield from {id(group): group for group in self.of.values()}.values()


def same_bodies(kb: KnowledgeBase) -> list[SameBody]:
    """Units that are probably one, in the order of the units.

    Example:
        >>> from pairing_graph.kb.frames import frame
        >>> names = {"甲县农业农村委": "县农业农村委", "甲县农委": "县农委", "甲县水利局": "县水利局"}
        >>> rows = [{"unit": unit, "name": name, "region": "甲县", "kind": "department"} for unit, name in names.items()]
        >>> [(found.alias, found.name, found.evidence) for found in same_bodies(KnowledgeBase(units=frame("units", rows)))]
        [('县农委', '县农业农村委', ('form',))]
    """
    scopes: dict[str, list[_Named]] = {}
    for unit in _named(kb):
        scopes.setdefault(unit.scope, []).append(unit)
    found = []
    for units in scopes.values():
        groups = _Groups()
        _join_equal(units, groups)
        _join_abbreviated(units, groups)
        for group in groups:
            best = max(group, key=lambda unit: unit.rank)
            found += [(unit.order, _suggestion(unit, best)) for unit in group if unit is not best]
    return [suggestion for _, suggestion in sorted(found, key=lambda pair: pair[0])]


def _named(kb: KnowledgeBase) -> Iterator[_Named]:
    """The named units of a knowledge base; one without a region belongs to that of its document which it names."""
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for table, column in _SIDES:
        rows = kb.tables[table]
        counts.update(rows[column])
        first = dict(zip(reversed(rows[column].tolist()), reversed(rows["address"].tolist()), strict=True)) | first
    wanted = [
        not collective and not split_qualifier(name)[1]
        for name, collective in zip(kb.units["name"], kb.units["collective"], strict=True)
    ]
    plain = kb.units[pd.Series(wanted, index=kb.units.index, dtype=bool)]
    documents = _documents(kb, plain, first)
    regions = _regions(kb, plain, first)
    without: dict[str, list[str]] = {}
    for unit, name in zip(plain["unit"], plain["name"], strict=True):
        without.setdefault(documents[unit], []).append(name)
    local = {document: local_places(names) for document, names in without.items() if document}
    for order, row in enumerate(plain.to_dict("records")):
        unit, name, region = row["unit"], row["name"], row["region"]
        scope = region or documents[unit]
        places = [region] if region else local.get(scope, [])
        if not region and scope:
            own = _own_region(name, regions.get(scope, ()))
            scope, places = (own, [own]) if own else (scope, places)
        yield _Named(
            unit, name, region, region or documents[unit], scope, body_of(name, places), counts[unit],
            first.get(unit, ""), order,
        )  # fmt: skip


def _own_region(name: str, regions: Sequence[str]) -> str:
    """The region of a document that a name without one names, or the only one of its level."""
    named = [region for region in regions if "place" in body_of(name, [region]).signs]
    level = body_of(name, ()).level
    fitting = [region for region in regions if level and region.endswith(level)]
    return next(iter(named), fitting[0] if len(fitting) == 1 else "")


def _documents(kb: KnowledgeBase, units: pd.DataFrame, first: Mapping[str, str]) -> dict[str, str]:
    """The document that the id of a unit begins with because it has no region; empty for a body of the state."""
    known = set(kb.documents["document"])
    found = {}
    for unit, name in zip(units["unit"], units["name"], strict=True):
        document = unit.removesuffix(f":{name}") if unit != name else ""
        found[unit] = document if document in known or document == document_of(first.get(unit, "")) else ""
    return found


def _regions(kb: KnowledgeBase, units: pd.DataFrame, first: Mapping[str, str]) -> dict[str, list[str]]:
    """The regions of every document: those of its cover and those of its units."""
    found = {
        document: list(regions)
        for document, regions in zip(kb.documents["document"], kb.documents["regions"], strict=True)
    }
    for unit, region in zip(units["unit"], units["region"], strict=True):
        if region and first.get(unit):
            found.setdefault(document_of(first[unit]), []).append(region)
    return {document: list(dict.fromkeys(regions)) for document, regions in found.items()}


def _join_equal(units: Sequence[_Named], groups: _Groups) -> None:
    """Units of one level of which the same is left; a bare company joins where there is one level only."""
    by_core: dict[str, dict[str, list[_Named]]] = {}
    for unit in units:
        by_core.setdefault(unit.body.core, {}).setdefault(unit.body.level, []).append(unit)
    for levels in by_core.values():
        bare = levels.pop("", [])
        if len(levels) == 1:
            (only,) = levels.values()
            only += [unit for unit in bare if unit.body.kind == only[0].body.kind == _MAY_BE_BARE]
            bare = [unit for unit in bare if unit not in only]
        for alike in (*levels.values(), bare):
            for unit in alike[1:]:
                groups.join(alike[0], unit)


def _join_abbreviated(units: Sequence[_Named], groups: _Groups) -> None:
    """A unit with the one body whose name it abbreviates; where it may abbreviate several, nothing is suggested."""
    for ends in _by_ending(units):
        begins: dict[str, list[_Named]] = {}
        signs: dict[str, list[_Named]] = {}
        for unit in ends:  # an abbreviation begins with the same sign, another order has the same signs
            begins.setdefault(unit.body.core[0], []).append(unit)
            signs.setdefault("".join(sorted(unit.body.core)), []).append(unit)
        for unit in ends:
            alike = signs["".join(sorted(unit.body.core))]
            longer = [other for other in begins[unit.body.core[0]] if is_short_for(unit.body, other.body)]
            same = [other for other in alike if other is not unit and is_reordered(unit.body, other.body)]
            for found in (longer, same):
                if len({other.body.core for other in found}) == 1:
                    groups.join(unit, found[0])


def _by_ending(units: Iterable[_Named]) -> Iterable[list[_Named]]:
    """Units of one level, whose names begin and end alike where one may abbreviate the other, in any order of words."""
    found: dict[tuple[str, str], list[_Named]] = {}
    for unit in units:
        if unit.body.core:
            found.setdefault((unit.body.level, unit.body.core[-1]), []).append(unit)
    return found.values()


def _suggestion(unit: _Named, best: _Named) -> SameBody:
    signs = set(unit.body.signs ^ best.body.signs)
    if unit.body.core != best.body.core:
        signs.add("order" if is_reordered(unit.body, best.body) else "short")
    elif not signs:
        signs.add("form")
    evidence = tuple(sign for sign in ("parent", "place", "form", "short", "order") if sign in signs)
    return SameBody(
        unit.place,
        unit.name,
        best.name if unit.place == best.place or "place" in best.body.signs else best.unit,
        best.unit,
        evidence,
        (unit.count, best.count),
        join(dict.fromkeys(place for one in (unit, best) for place in one.address.split()[:1])),
    )
