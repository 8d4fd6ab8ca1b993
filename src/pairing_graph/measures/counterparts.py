"""Counterparts: is a unit paired with the unit of its own line (条线), as 区商务委 with 县商务委?

Lines come from the reviewed table `lexicon/lines.csv`. What it does not know is unknown, not different.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from pairing_graph.base.errors import refuse_unknown
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.address import join
from pairing_graph.kb.schema import TOWNSHIP_LEVEL, KnowledgeBase
from pairing_graph.measures.meeting import taken_together
from pairing_graph.measures.relations import brackets_of, ends, frames_of, native, typed
from pairing_graph.reading.names import line_of

MEASURES = ("counterparts",)

_KINDS: dict[str, tuple[str, ...]] = {
    "departments": ("department", "party_organ", "institution"),
    "township_level": TOWNSHIP_LEVEL,
    "all": (),
}


def counterparts(source: Source, *, population: str = "departments") -> pd.DataFrame:
    """Whom each unit is paired with: the unit of its own line on the other side, another, or nobody.

    Args:
        source: A knowledge base or its graph.
        population: Whose counterparts: `departments` (departments, party organs and institutions; committees of a park
            or quarter belong to no line), `township_level` or `all`.

    Returns:
        A frame indexed by unit:

        | column | holds |
        |---|---|
        | region, line | of the unit; the line is empty where the reviewed table has none |
        | counterpart | named (the notice names a unit of its line on the other side), no_such_unit (it does not), |
        | | unknown (the line of the unit, or of some unit over there, is not in the table), one_region |
        | counterparts | the units of its line on the other side, a tuple |
        | paired_with | own_line, own_and_other, other_line, unknown (some line is not in the table), none |
        | own, other, unknown | distinct partners of its line, of another, of a line that is not in the table |
        | partners | the partners, a tuple |
        | bracket | the bracket behind a partner's name, or its own, that makes the two one line |
        | address | the pairings behind it |

        Where the notices hold no pairing at all, paired_with is NA.

        What it does not say: that a pairing across lines is a mistake (a county may have no such body, or need another
        line's help), nor that "no such unit" is true of the region; it is true of the notice.

    Raises:
        UnknownNameError: There is no such population.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> table = counterparts(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> table.loc[["渝中区商务委", "渝中区交通局"], ["counterpart", "paired_with"]].to_numpy().tolist()
        [['named', 'own_line'], ['no_such_unit', 'other_line']]
    """
    refuse_unknown("There is no such population", "population", population, _KINDS)
    kb = as_knowledge_base(source)
    kinds = _KINDS[population]
    named = kb.units[~kb.units["collective"].astype(bool)]
    chosen = named[named["kind"].isin(kinds)] if kinds else named
    links = _links(kb)
    facing = _facing(kb)
    rows = [
        _row(unit, chosen[chosen["region"].isin(facing.get(unit["region"], ()))], links[links["unit"] == unit["unit"]])
        for unit in chosen.to_dict("records")
    ]
    types = dict.fromkeys(("own", "other", "unknown"), "int64") | dict.fromkeys(("counterparts", "partners"), "object")
    table = typed(rows, _COLUMNS, **types).set_index("unit")
    if kb.pairings.empty:
        table["paired_with"] = pd.array([pd.NA] * len(table), dtype="string")
    table.attrs = {"population": population, "brackets": brackets_of(kb), "lines": "lexicon/lines.csv"}
    table.attrs.update(taken_together(kb))
    return table


_COLUMNS = [
    "unit",
    "region",
    "line",
    "counterpart",
    "counterparts",
    "paired_with",
    "own",
    "other",
    "unknown",
    "partners",
    "bracket",
    "address",
]


def _links(kb: KnowledgeBase) -> pd.DataFrame:
    """Both ends of every pairing of named units, with the partner's line and the brackets behind both names."""
    rows = native(ends(frames_of(kb)).select("unit", "partner", "address"))
    units = kb.units.set_index("unit")
    rows = rows[~rows["partner"].map(units["collective"]).astype(bool)]
    sides = {}
    for row in kb.pairings.to_dict("records"):
        for unit, qualifier in ((row["donor"], "donor_qualifier"), (row["recipient"], "recipient_qualifier")):
            sides[unit, row["address"]] = row[qualifier]
    pairs = list(zip(rows["unit"], rows["partner"], rows["address"], strict=True))
    return rows.assign(
        line=rows["partner"].map(units["line"]),
        own_bracket=[sides[unit, address] for unit, _, address in pairs],
        bracket=[sides[partner, address] for _, partner, address in pairs],
    )


def _facing(kb: KnowledgeBase) -> dict[str, set[str]]:
    """The regions that share a notice with a region: its other sides."""
    facing: dict[str, set[str]] = {}
    for regions in kb.documents["regions"]:
        for region in regions:
            facing.setdefault(region, set()).update(other for other in regions if other != region)
    return facing


def _row(unit: dict[Any, Any], opposite: pd.DataFrame, links: pd.DataFrame) -> dict[str, Any]:
    line = unit["line"]
    alike = list(opposite.loc[opposite["line"] == line, "unit"]) if line else []
    partners = dict(zip(links["partner"], links["line"], strict=True))
    own = [partner for partner, theirs in partners.items() if line and theirs == line]
    unknown = [partner for partner, theirs in partners.items() if not line or not theirs]
    other = [partner for partner in partners if partner not in own and partner not in unknown]
    return {
        "unit": unit["unit"],
        "region": unit["region"],
        "line": line,
        "counterpart": _existence(line, alike, opposite),
        "counterparts": tuple(alike),
        "paired_with": _pairing(len(own), len(other), len(unknown)),
        "own": len(own),
        "other": len(other),
        "unknown": len(unknown),
        "partners": tuple(partners),
        "bracket": _bracket(line, links),
        "address": join(address for joined in links["address"] for address in joined.split()),
    }


def _existence(line: str, alike: list[str], opposite: pd.DataFrame) -> str:
    if opposite.empty:
        return "one_region"
    if alike:
        return "named"
    return "no_such_unit" if line and (opposite["line"] != "").all() else "unknown"


def _pairing(own: int, other: int, unknown: int) -> str:
    if not own + other + unknown:
        return "none"
    if own:
        return "own_and_other" if other else "own_line"
    return "unknown" if unknown else "other_line"


def _bracket(line: str, links: pd.DataFrame) -> str:
    """A bracket that names a body of the line that the unit before it does not have; its relation is unspecified."""
    found = [bracket for bracket in links["bracket"] if bracket and line and line_of(bracket) == line]
    own = zip(links["own_bracket"], links["line"], strict=True)
    found += [bracket for bracket, theirs in own if bracket and theirs and line_of(bracket) == theirs != line]
    return "、".join(dict.fromkeys(found))
