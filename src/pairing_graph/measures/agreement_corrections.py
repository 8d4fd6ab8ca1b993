"""Differences in which a coder is right, as corrections of the reading: rows that `read_notice(corrections=...)` takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from pairing_graph.base.words import word
from pairing_graph.kb.address import split
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.agreement_cells import Row, corrected_assignments, corrected_pairings
from pairing_graph.measures.codings_compared import Key, Pair, pairs_said, targets_said
from pairing_graph.reading.codings import Coding, Places
from pairing_graph.reading.corrections import COLUMNS
from pairing_graph.reading.corrections.values import matching, shown_number, shown_value

Keys = Mapping[int, Key]
"""Number of a difference → its unit of coding."""


def corrections_of(kb: KnowledgeBase, coding: Coding, accepted: Mapping[int, tuple[str, Key]]) -> pd.DataFrame:
    """The corrections that make a knowledge base say what a coder says.

    Args:
        kb: The knowledge base.
        coding: What the coder says.
        accepted: Number of a difference → sheet and unit of coding.

    Returns:
        A frame of address, column, expected, value, reason; `attrs["left"]` has the numbers that it cannot express.
    """
    of_sheet: dict[str, dict[int, Key]] = {"assignments": {}, "pairings": {}, "targets": {}}
    for number, (sheet, key) in accepted.items():
        of_sheet[sheet][number] = key
    rows: list[Row] = []
    left: set[int] = set()
    for made, lost in (
        corrected_assignments(kb, coding, of_sheet["assignments"]),
        _pairings(kb, coding, of_sheet["pairings"]),
        _targets(kb, coding, of_sheet["targets"]),
    ):
        rows += made
        left |= lost
    reason = word("agreement.reason", "zh", coder=coding.name)
    table = pd.DataFrame([row | {"reason": reason} for row in rows], columns=list(COLUMNS), dtype="string")
    table.attrs["left"] = sorted(left)
    return table


def _pairings(kb: KnowledgeBase, coding: Coding, keys: Keys) -> tuple[list[Row], set[int]]:
    """Directions are put right in their columns, pairs that one has and the other has not in the words of cells."""
    own = {key: pair for key, pair in pairs_said(coding).items() if key in set(keys.values())}
    rows: list[Row] = []
    left: set[int] = set()
    missing: dict[int, Key] = {}
    for number, key in keys.items():
        document, one, other = key
        ends = kb.pairings[["document", "donor", "recipient"]].itertuples(index=False)
        found = [at for at, (where, a, b) in enumerate(ends) if where == document and {a, b} == {one, other}]
        if not found or key not in own:
            missing[number] = key
            continue
        made = [list(_turned(kb.pairings.iloc[at], own[key])) for at in found]
        if all(made):
            rows += [row for some in made for row in some]
        else:
            left.add(number)
    more, lost = corrected_pairings(kb, coding, missing)
    return rows + more, left | lost


def _turned(row: pd.Series[Any], pair: Pair) -> Iterator[Row]:
    """The corrections that give a pairing the direction that the coder sees; none where that cannot be said."""
    if pair.direction == "unknown":
        yield _row(row["address"], "pairings.direction_basis", row["direction_basis"], "unknown")
    elif pair.direction == "known" and row["direction_basis"] != "unknown":
        yield _row(row["address"], "pairings.donor", row["donor"], pair.donor)
        yield _row(row["address"], "pairings.recipient", row["recipient"], pair.recipient)


def _targets(kb: KnowledgeBase, coding: Coding, keys: Keys) -> tuple[list[Row], set[int]]:
    """Comparators and hopes of targets that both have, and a value where each has one that the other has not."""
    places, said = Places(kb), targets_said(coding)
    own = _own_targets(kb, places)
    rows: list[Row] = []
    left: set[int] = set()
    for number, key in keys.items():
        found = list(_retold(kb, own[key], said[key])) if key in own and key in said else []
        if found and all(_is_clear(kb, row) for row in found):
            rows += found
        else:
            left.add(number)
    alone = {number: key for number, key in keys.items() if number in left and (key in own) != (key in said)}
    for place in dict.fromkeys(key[0] for key in alone.values()):
        here = {number: key for number, key in alone.items() if key[0] == place}
        mine = [key for key in here.values() if key in own]
        theirs = [key for key in here.values() if key in said]
        if len(mine) == len(theirs) == 1:
            found = [*_revalued(kb, own[mine[0]], theirs[0]), *_retold(kb, own[mine[0]], said[theirs[0]])]
            if all(_is_clear(kb, row) for row in found):
                rows += found
                left -= set(here)
    return rows, left


def _own_targets(kb: KnowledgeBase, places: Places) -> dict[Key, int]:
    """Unit of coding → the row of the table of targets, equal ones counted as `targets_said` counts them."""
    found: dict[Key, list[int]] = {}
    for at, row in enumerate(kb.targets.to_dict("records")):
        numbers = ("" if pd.isna(row[name]) else shown_number(row[name]) for name in ("value", "value_max"))
        key = (places.home(places.of_task[row["task"]]), *numbers, "".join(row["quantity_unit"].split()))
        found.setdefault(key, []).append(at)
    ranked = {key: sorted(rows, key=lambda at: _said_of(kb, at)) for key, rows in found.items()}
    return {(*key, count): at for key, rows in ranked.items() for count, at in enumerate(rows, 1)}


def _said_of(kb: KnowledgeBase, at: int) -> str:
    row = kb.targets.iloc[at]
    return repr((row["comparator"], bool(row["aspirational"])))


def _retold(kb: KnowledgeBase, at: int, said: tuple[str, bool]) -> Iterator[Row]:
    row = kb.targets.iloc[at]
    wanted = {"comparator": said[0], "aspirational": said[1]}
    for column, value in wanted.items():
        if row[column] != value:
            yield _row(row["address"], f"targets.{column}", shown_value(row[column]), shown_value(value))


def _revalued(kb: KnowledgeBase, at: int, key: Key) -> Iterator[Row]:
    row = kb.targets.iloc[at]
    for column, value in zip(("value", "value_max", "quantity_unit"), key[1:4], strict=True):
        if shown_value(row[column]) != value:
            yield _row(row["address"], f"targets.{column}", shown_value(row[column]), value)


def _is_clear(kb: KnowledgeBase, row: Row) -> bool:
    """Whether a correction of a target names one row: a cell may hold several targets."""
    column = row["column"].partition(".")[2]
    at = matching(kb.targets, row["address"])
    return sum(shown_value(kb.targets.at[place, column]) == row["expected"] for place in at) == 1 and bool(row["value"])


def _row(address: str, column: str, expected: str, value: str) -> Row:
    return {"address": " ".join(map(str, split(address))), "column": column, "expected": expected, "value": value}
