"""Communication need: who has to reach whom for the tasks, against whom the pairing table joins, both ways of a mismatch.

`congruence` asks how much of what is required is there; here a pairing that no task requires counts as a mismatch too,
as in the communication congruence of ORA (Carley & Reminga 2004).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, get_args

import pandas as pd

from pairing_graph.base.errors import refuse_split
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.meeting import HELD, Meeting, meeting
from pairing_graph.measures.pairs import PAIR, Collectives
from pairing_graph.measures.relations import Role, brackets_of, facts, frames_of, keeping, native, places, typed

MEASURES = ("communication_need",)

By = Literal["document", "unit"]
_KEYS = [HELD, *PAIR]
_COUNTS = ("required", "satisfied", "unrequired", "possible")


def communication_need(
    source: Source,
    *,
    role: Role = "answerable",
    collectives: Collectives = "leave_out",
    by: By = "document",
    pooled: bool = False,
) -> pd.DataFrame:
    """How much communication the tasks need, and how far the pairing table is what they need and nothing else.

    Q is 1 for two units that have a task in common, CA for two that the table pairs. Need = |Q| / possible pairs,
    congruence = 1 − |Q ≠ CA| / possible pairs: 1 less the Hamming distance of the two, in shares of all cells.

    This is a variant of our own of ORA's communication congruence (Carley & Reminga 2004, CMU-ISRI-04-106; ORA User's
    Guide, Carley, Reminga, Storrick & Columbus 2010, CMU-ISR-10-120). There Q has three sources: two agents share a
    task (co-assignment), one's task comes before the other's (handoff), one has what the other's task lacks
    (negotiation). A notice states no order of tasks and no resources, so only the first is left; pairs are of two
    regions, as elsewhere here (where a notice names several, a pairing within one counts as nothing, neither as satisfied
    nor as unrequired); and actual communication is a second formal document. Need is a count of our own. The full
    text of the two reports could not be had to check ORA's formulas: cite these numbers as variants, not as ORA's.

    Args:
        source: A knowledge base or its graph.
        role: `answerable` units, `lead` only, or `any` role.
        collectives: `leave_out`, or `expand` along the pairing table, which makes pairings required by construction.
        by: `document`: a row for every notice. `unit`: a row for every unit that a task or a pairing names.
        pooled: Hold the tasks of all notices against the pairings of all; `by="document"` then gives one row, `""`.

    Returns:
        A frame indexed by document, or by unit: region (by unit), required (|Q|, pairs that need to communicate),
        satisfied (those of them that are paired), unrequired (paired without a joint task), possible (pairs that could
        be), need, congruence. Both are NA where no pair is possible, congruence also where nobody is paired.

        What it does not say: that the units communicate, or that an unrequired pairing is useless (the township level
        has no named tasks). Most pairs need nothing and have nothing, which alone makes congruence high: read it
        beside `congruence`, which leaves them out, and never alone.

    Raises:
        UnknownNameError: There is no such choice.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> communication_need(kb)[["required", "satisfied", "unrequired"]].to_numpy().tolist()
        [[25, 15, 20]]
        >>> communication_need(kb, by="unit").loc["渝中区招商投资局", ["required", "satisfied"]].tolist()
        [5, 2]
    """
    refuse_split("Communication need cannot be split by that", by, get_args(By))
    kb = as_knowledge_base(source)
    with keeping():
        met = meeting(kb, None, pooled=pooled)
        pairs = _pairs(kb, met, role, collectives)
        units = named_units(kb, met)
    any_link = bool(pairs["paired"].any())
    rows = _of_units(kb, pairs, units) if by == "unit" else _of_notices(kb, met, pairs, units)
    index = ["unit", "region"] if by == "unit" else ["document"]
    shares = {"need": "Float64", "congruence": "Float64"}
    types = dict.fromkeys(_COUNTS, "int64") | shares
    found = [row | _shares(row, any_link=any_link) for row in rows]
    table = typed(found, [*index, *types], **types).set_index(index[0])
    table.attrs.update({"role": role, "collectives": collectives, "by": by, "brackets": brackets_of(kb)}, **met.attrs)
    return table


def _pairs(kb: KnowledgeBase, met: Meeting, role: Role, collectives: Collectives) -> pd.DataFrame:
    """Every pair that a task or a pairing joins: held, unit, partner, required, paired."""
    joint = met.joint(kb, role=role, collectives=collectives)[_KEYS].drop_duplicates().assign(required=True)
    paired = met.links(kb)[_KEYS].drop_duplicates().assign(paired=True)
    both = counted_pairs(kb, met, joint.merge(paired, on=_KEYS, how="outer"))
    return both.assign(required=both["required"].notna(), paired=both["paired"].notna())


def counted_pairs(kb: KnowledgeBase, met: Meeting, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of pairs (held, unit, partner) that could be: of two regions where their place names units of several."""
    units = named_units(kb, met)
    several = {held for held, part in units.groupby(HELD, sort=False) if across(part["region"])}
    region = dict(zip(kb.units["unit"], kb.units["region"], strict=True))
    places_of = zip(*(rows[key] for key in _KEYS), strict=True)
    kept = [held not in several or region[unit] != region[partner] for held, unit, partner in places_of]
    return rows[pd.Series(kept, index=rows.index, dtype=bool)]


def named_units(kb: KnowledgeBase, met: Meeting) -> pd.DataFrame:
    """Named units and where they are named: held, unit, region; each once for every place."""
    links = met.links(kb)
    tasked = met.place(native(facts(frames_of(kb), "any").select("document", "unit")))[[HELD, "unit"]]
    ends = [links[[HELD, side]].rename(columns={side: "unit"}) for side in PAIR]
    named = kb.units.loc[~kb.units["collective"].astype(bool), ["unit", "region"]]
    return pd.concat([tasked, *ends]).drop_duplicates().merge(named, on="unit")


def across(regions: Iterable[str]) -> bool:
    """Whether pairs are of two regions: where a notice names units of several.

    Example:
        >>> across(["甲区", "乙县"]), across(["甲区", "甲区", ""])
        (True, False)
    """
    return len(set(regions) - {""}) > 1


def possible_pairs(regions: pd.Series[str]) -> int:
    """How many pairs could be between the units of a notice, of each its region.

    Example:
        >>> possible_pairs(pd.Series(["甲区", "甲区", "乙县"])), possible_pairs(pd.Series(["甲区"] * 3))
        (2, 3)
    """
    total = len(regions)
    within = total * (total - 1) // 2
    if not across(regions):
        return within
    return within - sum(int(size) * (int(size) - 1) // 2 for size in regions.value_counts())


def _of_notices(kb: KnowledgeBase, met: Meeting, pairs: pd.DataFrame, units: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for held in ("",) if met.pooled else met.documents:
        possible = possible_pairs(units.loc[units[HELD] == held, "region"])
        yield {"document": held} | _counted(pairs[pairs[HELD] == held]) | {"possible": possible}


def _of_units(kb: KnowledgeBase, pairs: pd.DataFrame, units: pd.DataFrame) -> list[dict[str, Any]]:
    """For every unit its own row of Q and CA, over all notices that name it."""
    turned = pairs.rename(columns={"unit": "partner", "partner": "unit"})
    joined = dict(tuple(pd.concat([pairs, turned], ignore_index=True).groupby("unit", sort=False)))
    sizes = {held: part["region"].value_counts() for held, part in units.groupby(HELD, sort=False)}
    found: dict[str, dict[str, Any]] = {}
    for held, unit, region in units[[HELD, "unit", "region"]].itertuples(index=False):
        own = int(sizes[held][region]) if across(sizes[held].index) else 1
        opposite = int(sizes[held].sum()) - own
        row = found.setdefault(unit, {"unit": unit, "region": region, "possible": 0})
        row["possible"] += opposite
    place = places(kb.units["unit"])
    rows = [row | _counted(joined.get(unit, pairs.iloc[:0])) for unit, row in found.items()]
    return sorted(rows, key=lambda row: (-row["required"], place[row["unit"]]))


def _counted(pairs: pd.DataFrame) -> dict[str, int]:
    return {
        "required": int(pairs["required"].sum()),
        "satisfied": int((pairs["required"] & pairs["paired"]).sum()),
        "unrequired": int((~pairs["required"] & pairs["paired"]).sum()),
    }


def _shares(row: dict[str, Any], *, any_link: bool) -> dict[str, Any]:
    if not row["possible"]:
        return {"need": pd.NA, "congruence": pd.NA}
    differing = row["required"] - row["satisfied"] + row["unrequired"]
    congruence = 1 - differing / row["possible"] if any_link else pd.NA
    return {"need": row["required"] / row["possible"], "congruence": congruence}
