"""Where coders differ: one row per unit of coding, what each says side by side, and the cell with its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from pairing_graph.kb.address import Address, document_of, join
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.codings_compared import NONE, Key, Pair, pairs_said, roles_said, targets_said
from pairing_graph.reading.codings import Coding, Places

_FIXED = ["fact", "address", "words", "subject"]
Said = Mapping[Key, str]
ASPIRED = " (aspirational)"
"""What follows a comparator that is only hoped for."""


def differences_of(
    kb: KnowledgeBase, codings: Sequence[Coding], places: Places
) -> tuple[pd.DataFrame, dict[int, tuple[str, Key]]]:
    """The units of coding of which those who looked do not say the same, in the order of reading.

    Returns:
        A frame numbered from 1: fact (assignments where somebody says none, roles, pairings, directions, targets,
        comparators), address (the knowledge base's cells, else the row or paragraph), words of the row or paragraph,
        subject (unit, pair or quantity), a column per coder. And for each number the sheet and the unit of coding.
    """
    addresses = _addresses(kb, places)
    rows = [
        *_rows(codings, "assignments", [roles_said(coder) for coder in codings], ("assignments", "roles"), _unit),
        *_rows(codings, "pairings", [_pairs(coder) for coder in codings], ("pairings", "directions"), _pair),
        *_rows(codings, "targets", [_quantities(coder) for coder in codings], ("targets", "comparators"), _quantity),
    ]
    for row in rows:
        own = addresses.get((row["_sheet"], row["_key"]), "")
        row["address"] = own or row["_place"]
        row["words"] = places.words.get(row["_place"], "")
    sheets = ("assignments", "pairings", "targets")
    rows.sort(key=lambda row: (sheets.index(row["_sheet"]), Address.parse(row["_place"]).sort_key, row["subject"]))
    names = [coder.name for coder in codings]
    index = pd.RangeIndex(1, len(rows) + 1, name="difference")
    kept = [[row[name] for name in (*_FIXED, *names)] for row in rows]
    table = pd.DataFrame(kept, columns=[*_FIXED, *names], index=index, dtype="string")
    return table, {number: (row["_sheet"], row["_key"]) for number, row in zip(index, rows, strict=True)}


def quantity_words(key: Key) -> str:
    """A quantity as it is shown: 3–5 名.

    Example:
        >>> quantity_words(("a!t1r1", "3", "5", "名", 1)), quantity_words(("a!t1r1", "1", "", "家", 2))
        ('3–5 名', '1 家 (2)')
    """
    _, value, most, unit, count = key
    whole = f"{value}–{most}" if most else value
    return f"{whole} {unit}".strip() + (f" ({count})" if count > 1 else "")


def _rows(
    codings: Sequence[Coding],
    sheet: str,
    said: Sequence[Said],
    facts: tuple[str, str],
    shown: Callable[[Key], str],
) -> Iterator[dict[str, Any]]:
    looked = [count for count, coder in enumerate(codings) if sheet in coder.listed]
    where = _places_of(codings, sheet, said)
    for key in dict.fromkeys(key for mine in said for key in mine):
        at = where[key]
        values = {
            codings[count].name: said[count].get(key, NONE) for count in looked if codings[count].covers(sheet, at)
        }
        if len(set(values.values())) > 1:
            fact = facts[0] if NONE in values.values() else facts[1]
            row: dict[str, Any] = dict.fromkeys((coder.name for coder in codings), pd.NA)
            own = {"fact": fact, "subject": shown(key), "_key": key, "_place": at, "_sheet": sheet}
            yield row | values | own


def _places_of(codings: Sequence[Coding], sheet: str, said: Sequence[Said]) -> dict[Key, str]:
    """The place of each unit of coding: of a pair, that of the first coder who has it."""
    if sheet != "pairings":
        return {key: key[0] for mine in said for key in mine}
    found: dict[Key, str] = {}
    for coder, mine in zip(codings, said, strict=True):
        for fact in sorted(coder.pairings):
            key = (document_of(fact.place), *sorted((fact.donor, fact.recipient)))
            if key in mine:
                found.setdefault(key, fact.place)
    return found


def _pairs(coder: Coding) -> dict[Key, str]:
    return {key: pair_words(pair) for key, pair in pairs_said(coder).items()}


def pair_words(pair: Pair) -> str:
    """A pair as it is shown, its direction by an arrow where it is known.

    Example:
        >>> pair_words(Pair("甲", "乙", "known")), pair_words(Pair("甲", "乙", "unknown"))
        ('甲 → 乙', '乙 – 甲')
    """
    if pair.direction == "known":
        return f"{pair.donor} → {pair.recipient}"
    sign = "–" if pair.direction == "unknown" else "↔"
    return f" {sign} ".join(sorted((pair.donor, pair.recipient)))


def _quantities(coder: Coding) -> dict[Key, str]:
    return {key: comparator + ASPIRED * hoped for key, (comparator, hoped) in targets_said(coder).items()}


def _unit(key: Key) -> str:
    return str(key[1])


def _pair(key: Key) -> str:
    return f"{key[1]}, {key[2]}"


def _quantity(key: Key) -> str:
    return quantity_words(key)


def _addresses(kb: KnowledgeBase, places: Places) -> dict[tuple[str, Key], str]:
    """Sheet and unit of coding → the addresses at which the knowledge base has it."""
    found: dict[tuple[str, Key], list[str]] = defaultdict(list)
    for task, unit, address in kb.assignments[["task", "unit", "address"]].itertuples(index=False):
        found["assignments", (places.home(places.of_task[task]), str(unit))] += address.split()
    for donor, recipient, address in kb.pairings[["donor", "recipient", "address"]].itertuples(index=False):
        found["pairings", (document_of(address), *sorted((str(donor), str(recipient))))] += address.split()
    return {key: join(parts) for key, parts in found.items()}
