"""Counterparts: is a unit paired with the unit of its own line (条线), as 区商务委 with 县商务委?

Lines come from the reviewed table `lexicon/lines.csv`. What it does not know is unknown, not different. The measure is
our own: the notices' practice of pairing bodies of one line (对口) is what it asks for.
"""

from __future__ import annotations

from typing import Any, overload

import pandas as pd

from pairing_graph.base.errors import refuse_unknown
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.address import join
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.schema import DEPARTMENT_KINDS, TOWNSHIP_LEVEL
from pairing_graph.measures.engines import AnySource, Tables, engine_of
from pairing_graph.measures.meeting import taken_together
from pairing_graph.measures.on_engines.counterparts import NEEDED
from pairing_graph.measures.on_engines.counterparts import counterparts as on_engine
from pairing_graph.measures.relations import brackets_of, ends, frames_of, native, once, typed
from pairing_graph.reading.kinds import line_of

MEASURES = ("counterparts",)

_KINDS: dict[str, tuple[str, ...]] = {
    "departments": DEPARTMENT_KINDS,
    "township_level": TOWNSHIP_LEVEL,
    "all": (),
}


@overload
def counterparts(source: Source, *, population: str = "departments") -> pd.DataFrame: ...
@overload
def counterparts(source: Tables, *, population: str = "departments") -> Any: ...
def counterparts(source: AnySource, *, population: str = "departments") -> Any:
    """Whom each unit is paired with: the unit of its own line on the other side, another, or nobody. A measure of our own.

    Args:
        source: A knowledge base or its graph; or a collection, or tables of another library, by name.
        population: Whose counterparts: `departments` (departments, party organs and institutions; committees of a park
            or quarter belong to no line), `township_level` or `all`.

    Returns:
        A frame indexed by unit:

        | column | holds |
        |---|---|
        | region, line | of the unit; the line is empty where the reviewed table has none |
        | counterpart | named (the notice names a unit of its line on the other side), in_bracket (a bracket behind a |
        | | name over there is of its line), no_such_unit (neither), |
        | | unknown (the line of the unit, or of some unit over there, is not in the table), one_region |
        | counterparts | the units of its line on the other side, a tuple |
        | paired_with | own_line, own_and_other, own_in_bracket (its line only in the bracket behind a partner's name, or |
        | | its own bracket of the partner's line), other_line, unknown (some line is not in the table), none |
        | own, in_bracket, other, unknown | distinct partners of its line, by a bracket, of another, of none in the table |
        | partners | the partners, a tuple |
        | bracket | the bracket behind a partner's name, or its own, that makes the two one line |
        | address | the pairings behind it |

        Where the notices hold no pairing at all, paired_with is NA.

        Of a collection or of tables of another library the result is of the same kind: counterparts and partners are
        numbers, bracket and address are left out, and a notice's regions are those of the units that it names.

        What it does not say: that a pairing across lines is a mistake (a county may have no such body, or need another
        line's help), nor that "no such unit" is true of the region; it is true of the notice.

    Raises:
        UnknownNameError: There is no such population.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> table = counterparts(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> table.loc[["渝中区商务委", "渝中区交通局"], ["counterpart", "paired_with"]].to_numpy().tolist()
        [['named', 'own_line'], ['no_such_unit', 'other_line']]
        >>> table.loc["渝中区招商投资局", ["counterpart", "paired_with", "bracket"]].tolist()
        ['in_bracket', 'own_in_bracket', '县投资促进服务中心']
    """
    refuse_unknown("There is no such population", "population", population, _KINDS)
    kinds = _KINDS[population]
    engine = engine_of(source, NEEDED)
    if engine is not None:
        return on_engine(engine, kinds, _existence, _pairing)
    kb = as_knowledge_base(source)
    named = kb.units[~kb.units["collective"].astype(bool)]
    chosen = named[named["kind"].isin(kinds)] if kinds else named
    links = partner_links(kb)
    facing, bracketed = _facing(kb), _bracketed_lines(kb)
    rows = []
    for unit in chosen.to_dict("records"):
        regions = facing.get(unit["region"], set())
        opposite = chosen[chosen["region"].isin(regions)]
        lines = {line for region in regions for line in bracketed.get(region, ())}
        rows.append(_row(unit, opposite, lines, links[links["unit"] == unit["unit"]]))
    types = dict.fromkeys(("own", "in_bracket", "other", "unknown"), "int64") | dict.fromkeys(
        ("counterparts", "partners"), "object"
    )
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
    "in_bracket",
    "other",
    "unknown",
    "partners",
    "bracket",
    "address",
]


@once
def partner_links(kb: KnowledgeBase) -> pd.DataFrame:
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


def _bracketed_lines(kb: KnowledgeBase) -> dict[str, set[str]]:
    """The lines of the brackets behind the names of a region's units, in either table."""
    regions = dict(zip(kb.units["unit"], kb.units["region"], strict=True))
    named = [(kb.assignments["unit"], kb.assignments["qualifier"])]
    named += [(kb.pairings[side], kb.pairings[f"{side}_qualifier"]) for side in ("donor", "recipient")]
    found: dict[str, set[str]] = {}
    for units, brackets in named:
        for unit, bracket in dict.fromkeys(zip(units, brackets, strict=True)):
            if bracket and (line := line_of(bracket)):
                found.setdefault(regions[unit], set()).add(line)
    return found


def sorted_partners(line: str, links: pd.DataFrame) -> dict[str, str]:
    """Partner → own, in_bracket, other or unknown: where the line of a unit is on the other side of its pairings.

    Args:
        line: The line of the unit, empty where none is known.
        links: Its rows of `partner_links`.
    """
    brackets = _brackets(line, links)
    found = {}
    for partner, theirs in dict(zip(links["partner"], links["line"], strict=True)).items():
        if line and theirs == line:
            found[partner] = "own"
        elif partner in brackets:
            found[partner] = "in_bracket"
        else:
            found[partner] = "other" if line and theirs else "unknown"
    return found


def _row(unit: dict[Any, Any], opposite: pd.DataFrame, bracketed: set[str], links: pd.DataFrame) -> dict[str, Any]:
    line = unit["line"]
    alike = list(opposite.loc[opposite["line"] == line, "unit"]) if line else []
    partners = dict(zip(links["partner"], links["line"], strict=True))
    brackets = _brackets(line, links)
    sorts = sorted_partners(line, links)
    own, inside, other, unknown = (
        [partner for partner, found in sorts.items() if found == sort]
        for sort in ("own", "in_bracket", "other", "unknown")
    )
    return {
        "unit": unit["unit"],
        "region": unit["region"],
        "line": line,
        "counterpart": _existence(line, len(alike), bracketed, len(opposite), bool((opposite["line"] != "").all())),
        "counterparts": tuple(alike),
        "paired_with": _pairing(len(own), len(inside), len(other), len(unknown)),
        "own": len(own),
        "in_bracket": len(inside),
        "other": len(other),
        "unknown": len(unknown),
        "partners": tuple(partners),
        "bracket": "、".join(dict.fromkeys(bracket for found in brackets.values() for bracket in found)),
        "address": join(address for joined in links["address"] for address in joined.split()),
    }


def _existence(line: str, alike: int, bracketed: set[str], opposite: int, all_known: bool) -> str:
    if not opposite:
        return "one_region"
    if alike:
        return "named"
    if line in bracketed:
        return "in_bracket"
    return "no_such_unit" if line and all_known else "unknown"


def _pairing(own: int, inside: int, other: int, unknown: int) -> str:
    if not own + inside + other + unknown:
        return "none"
    if own:
        return "own_and_other" if other else "own_line"
    if inside:
        return "own_in_bracket"
    return "unknown" if unknown else "other_line"


def _brackets(line: str, links: pd.DataFrame) -> dict[str, list[str]]:
    """For each partner the brackets, of either name, that make the two one line where their names do not.

    The relation of the body in a bracket to the unit before it is unspecified.
    """
    found: dict[str, list[str]] = {}
    for row in links.to_dict("records"):
        if row["bracket"] and line and line_of(row["bracket"]) == line != row["line"]:
            found.setdefault(row["partner"], []).append(row["bracket"])
        if row["own_bracket"] and row["line"] and line_of(row["own_bracket"]) == row["line"] != line:
            found.setdefault(row["partner"], []).append(row["own_bracket"])
    return found
