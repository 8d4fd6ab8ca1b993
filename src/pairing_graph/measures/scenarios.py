"""Scenarios: what if a unit were merged, renamed or removed, a task reassigned, a pairing added or removed?

Each gives a new knowledge base; the old one is unchanged. Changed rows keep their address, so they still trace back to
the words of the notice, and carry the scenario's name in `scenario`. A scenario changes two tables on paper; it does not
say what the units would do.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from pairing_graph.base.errors import Complaint, NoticeError, UnknownNameError, refuse_unknown
from pairing_graph.kb.frames import frame
from pairing_graph.kb.knowledge_base import KnowledgeBase, advice_on
from pairing_graph.kb.lookup import find_task, find_unit
from pairing_graph.kb.schema import ROLES
from pairing_graph.reading.kinds import is_collective, kind_of, line_of
from pairing_graph.reading.unit_names import short_name, unit_id


def merge_units(kb: KnowledgeBase, unit: str | Iterable[str], into: str, *, scenario: str = "") -> KnowledgeBase:
    """Merge units into another, which takes over their tasks and pairings; look-ups of the old names find it.

    A later scenario has to name the remaining unit; an old name is refused. The merger is also listed among the
    aliases, as old→new. Where both had the same task it counts once; both rows stay, each with its address.

    Args:
        kb: The knowledge base.
        unit: The unit or units that are merged, by full or short name.
        into: The unit that remains.
        scenario: A name for the scenario; by default it is made from the units.

    Raises:
        UnknownNameError: There is no such unit, or it was merged into another.
        NoticeError: A unit is merged into itself, into another region's, or with one that it is paired with; or one of
            the two is a collective.

    Example:
        >>> from pairing_graph.measures.workload import workload
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> after = merge_units(kb, "县乡村振兴局", "县农业农村委")
        >>> [int(workload(one).loc["巫溪县农业农村委", "tasks"]) for one in (kb, after)]
        [3, 5]
    """
    target = _present(kb, into)
    sources = list(dict.fromkeys(_present(kb, name) for name in _listed(unit)))
    _check_merger(kb, sources, target)
    name = scenario or f"{'+'.join(sources)}→{target}"
    known = kb.units.set_index("unit")
    gained = [form for source in sources for form in (f"{source}{_MERGED}{target}", *_forms(known, source))]
    units = kb.units[~kb.units["unit"].isin(sources)]
    units = _with_aliases(units, target, gained)
    return _renamed(kb, dict.fromkeys(sources, target), units, name)


def rename_unit(kb: KnowledgeBase, unit: str, name: str, *, scenario: str = "") -> KnowledgeBase:
    """Rename a unit; look-ups of the old name still find it. Its kind and line follow from the new name.

    Args:
        kb: The knowledge base.
        unit: The unit, by full or short name.
        name: Its new full or short name.
        scenario: A name for the scenario; by default it is made from the names.

    Raises:
        UnknownNameError: There is no such unit, or it was merged into another.
        NoticeError: The new name is empty or another unit's (that would be a merger).

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> "巫溪县数据局" in set(rename_unit(kb, "县科技局", "县数据局").assignments["unit"])
        True
    """
    old = _present(kb, unit)
    row = kb.units.set_index("unit").loc[old]
    region = str(row["region"])
    if not isinstance(name, str) or not name.strip():
        raise NoticeError(Complaint("The new name is empty", old, "a name such as 县商务局"))
    short = short_name(region, name.strip())
    new = id_of(region, short, old)
    if new == old:
        return kb
    if new in set(kb.units["unit"]):
        raise NoticeError(Complaint(f"There is a unit {new} already", old, "a name that is free", "", _MERGE))
    units = kb.units.copy()
    for column, value in ({"unit": new} | unit_row(short)).items():
        units.loc[kb.units["unit"] == old, column] = value
    units = _with_aliases(units, new, [old, str(row["name"])])
    return _renamed(kb, {old: new}, units, scenario or f"{old}→{new}")


def remove_unit(kb: KnowledgeBase, unit: str) -> KnowledgeBase:
    """Remove a unit with its assignments and pairings; tasks may be left without a unit (see `checks`).

    Raises:
        UnknownNameError: There is no such unit, or it was merged into another.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> len(remove_unit(kb, "县商务委").assignments) - len(kb.assignments)
        -5
    """
    gone = _present(kb, unit)
    pairings = kb.pairings[(kb.pairings["donor"] != gone) & (kb.pairings["recipient"] != gone)]
    assignments = kb.assignments[kb.assignments["unit"] != gone]
    units = kb.units[kb.units["unit"] != gone]
    return kb.replace(units=units, assignments=assignments, pairings=pairings)


def reassign(
    kb: KnowledgeBase, task: str | int, unit: str, to: str, *, role: str | None = None, scenario: str = ""
) -> KnowledgeBase:
    """Move a task from one unit to another, in the same role and place of the cell.

    Args:
        kb: The knowledge base.
        task: The task, by id or printed number.
        unit: The unit that has it now.
        to: The unit that takes it.
        role: Only this role of the unit (lead, responsible, support, guide); by default all of its roles.
        scenario: A name for the scenario; by default it is made from the task and the units.

    Raises:
        UnknownNameError: There is no such task, unit or role, or the unit does not have the task.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> after = reassign(kb, 19, "区发展改革委", "区商务委")
        >>> after.assignments.loc[after.assignments["scenario"] != "", "unit"].tolist()
        ['渝中区商务委']
    """
    chosen, old, new = find_task(_checked(kb), task), _present(kb, unit), _present(kb, to)
    if role is not None:
        refuse_unknown("There is no such role", "role", role, ROLES)
    rows = (kb.assignments["task"] == chosen) & (kb.assignments["unit"] == old)
    if role:
        rows &= kb.assignments["role"] == role
    if not rows.any():
        has = kb.assignments.loc[kb.assignments["task"] == chosen, ["unit", "role"]]
        got = ", ".join(f"{name} ({part})" for name, part in has.itertuples(index=False)) or "nobody"
        raise UnknownNameError(Complaint(f"{old} does not have this task", chosen, f"{role or 'any role'}", got))
    if old == new:
        return kb
    name = scenario or f"{chosen}: {old}→{new}"
    assignments = kb.assignments.copy()
    assignments.loc[rows, "unit"] = new
    assignments.loc[rows, "scenario"] = _chained(assignments.loc[rows, "scenario"], name)
    return kb.replace(assignments=assignments)


def add_pairing(
    kb: KnowledgeBase, donor: str, recipient: str, *, document: str = "", scenario: str = ""
) -> KnowledgeBase:
    """Pair two units; the new row has no address, since no notice says it. An existing pairing stays as it is.

    Args:
        kb: The knowledge base.
        donor: The helping unit (帮扶方).
        recipient: The helped unit (受帮扶方).
        document: The notice that the pairing is added to; it may be left out where there is only one.
        scenario: A name for the scenario; by default it is made from the units.

    Raises:
        UnknownNameError: There is no such unit or document.
        NoticeError: A unit would be paired with itself.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> len(add_pairing(kb, "区招商投资局", "县商务委").pairings) - len(kb.pairings)
        1
    """
    giver, taker = _present(kb, donor), _present(kb, recipient)
    if giver == taker:
        raise NoticeError(Complaint("A unit cannot be paired with itself", giver, "two units"))
    known = list(kb.documents["document"])
    if document and document not in known:
        raise UnknownNameError(Complaint(f"There is no document {document!r}", "documents", ", ".join(known)))
    if not document and len(known) != 1:
        got, advice = ", ".join(known) or "none", "Say which with document=."
        raise UnknownNameError(Complaint("The pairing belongs to one notice", "documents", "one", got, advice))
    chosen = document or known[0]
    rows = kb.pairings
    if ((rows["donor"] == giver) & (rows["recipient"] == taker) & (rows["document"] == chosen)).any():
        return kb
    names = kb.units.set_index("unit")["name"]
    added = {"document": chosen, "donor": giver, "recipient": taker, "direction_basis": "unknown"}
    added |= {"donor_as_written": names[giver], "recipient_as_written": names[taker]}
    added |= {"scenario": scenario or f"+{giver}–{taker}"}
    pairings = pd.concat([rows, frame("pairings", [added])], ignore_index=True)
    return kb.replace(pairings=pairings)


def remove_pairing(kb: KnowledgeBase, donor: str, recipient: str, *, document: str = "") -> KnowledgeBase:
    """Remove the pairing of two units from every notice, or from one.

    Args:
        kb: The knowledge base.
        donor: The helping unit (帮扶方).
        recipient: The helped unit (受帮扶方).
        document: The notice that the pairing is removed from; by default every one.

    Raises:
        UnknownNameError: There is no such unit or document, or they are not paired in this direction.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> len(remove_pairing(kb, "区交通局", "县农业农村委").pairings)
        34
    """
    giver, taker = _present(kb, donor), _present(kb, recipient)
    rows = (kb.pairings["donor"] == giver) & (kb.pairings["recipient"] == taker)
    here = pd.Series(True, index=kb.pairings.index)
    if document:
        refuse_unknown("There is no such document", "documents", document, kb.documents["document"])
        here = kb.pairings["document"] == document
        rows &= here
    if not rows.any():
        partners = ", ".join(kb.pairings.loc[here & (kb.pairings["donor"] == giver), "recipient"]) or "nobody"
        raise UnknownNameError(Complaint(f"{giver} does not help {taker}", document or "pairings", partners))
    return kb.replace(pairings=kb.pairings[~rows])


def id_of(region: str, short: str, before: str) -> str:
    """The id of a unit under another short name; without a region it begins with the document, as before."""
    return unit_id(region, short) if region else f"{before.rpartition(':')[0]}:{short}".lstrip(":")


def unit_row(short: str) -> dict[str, Any]:
    """What the units table says of a unit by its short name alone."""
    collective = is_collective(short)
    kind, line = ("collective", "") if collective else (kind_of(short), line_of(short))
    return {"name": short, "collective": collective, "kind": kind, "line": line}


_MERGE = "Use merge_units where one is merged into the other."
_MERGED = "→"


def _checked(kb: KnowledgeBase) -> KnowledgeBase:
    """The knowledge base, where it is one; swapped arguments are the likeliest mistake."""
    if isinstance(kb, KnowledgeBase):
        return kb
    expected = "a KnowledgeBase first, then names"
    advice = advice_on(kb) or "A graph becomes one with to_knowledge_base."
    raise NoticeError(Complaint("This is no knowledge base", "kb", expected, type(kb).__name__, advice))


def _listed(unit: str | Iterable[str]) -> list[str]:
    """One name or several as a list."""
    if isinstance(unit, str):
        return [unit]
    if isinstance(unit, Iterable):
        return list(unit)
    raise NoticeError(Complaint("This names no unit", "unit", "a name or a list of names", type(unit).__name__))


def _present(kb: KnowledgeBase, name: str) -> str:
    """The unit that has a name now; a name that came with a merger would mean the unit that took it over."""
    known = _checked(kb).units.set_index("unit")
    if not isinstance(name, str):
        raise NoticeError(Complaint("This names no unit", "unit", "a name", type(name).__name__))
    unit = find_unit(kb, name)
    aliases: Any = known.at[unit, "aliases"]
    mergers = [alias for alias in aliases if _MERGED in alias]
    if name in (unit, known.at[unit, "name"]) or not mergers:
        return unit
    details = [merger.partition(_MERGED)[::2] for merger in mergers]
    own = [(old, into) for old, into in details if old == name or old.endswith(name)]
    if own:
        what = f"{name} was merged into {own[-1][1]}"
    else:
        what = f"{name} is another name of {unit}, and {'、'.join(old for old, _ in details)} was merged into it"
    raise UnknownNameError(Complaint(what, "units", advice=f"Say {unit} where that unit is meant."))


def _forms(units: pd.DataFrame, unit: str) -> list[str]:
    """Every name that a unit is found by."""
    aliases: Any = units.at[unit, "aliases"]
    return [unit, str(units.at[unit, "name"]), *aliases]


def _check_merger(kb: KnowledgeBase, sources: list[str], target: str) -> None:
    known = kb.units.set_index("unit")
    complaints = []
    if not sources:
        complaints.append(Complaint("There is nothing to merge", target, "one unit at least"))
    for source in sources:
        regions = (str(known.at[source, "region"]), str(known.at[target, "region"]))
        if source == target:
            complaints.append(Complaint("A unit cannot be merged into itself", source, "two units"))
        elif known.at[source, "collective"] or known.at[target, "collective"]:
            got = f"{source} and {target}"
            complaints.append(Complaint("A collective is no unit that can be merged", got, "named units"))
        elif regions[0] != regions[1]:
            complaints.append(Complaint("Units of two regions cannot be merged", source, regions[1], regions[0]))
    after = kb.pairings[["donor", "recipient"]].replace(dict.fromkeys(sources, target))
    for row in kb.pairings[(after["donor"] == after["recipient"]).to_numpy()].to_dict("records"):
        where = f"{row['donor']}–{row['recipient']}, {row['address']}"
        advice = "Take the pairing away first, with remove_pairing."
        complaints.append(Complaint("The merged unit would be paired with itself", where, advice=advice))
    if complaints:
        raise NoticeError(complaints)


def _renamed(kb: KnowledgeBase, names: dict[str, str], units: pd.DataFrame, scenario: str) -> KnowledgeBase:
    """The tables with units replaced and the changed rows marked."""
    assignments, pairings = kb.assignments.copy(), kb.pairings.copy()
    for table, columns in ((assignments, ["unit"]), (pairings, ["donor", "recipient"])):
        changed = table[columns].isin(list(names)).any(axis=1)
        for column in columns:
            table[column] = table[column].replace(names)
        table.loc[changed, "scenario"] = _chained(table.loc[changed, "scenario"], scenario)
    return kb.replace(units=units, assignments=assignments, pairings=pairings)


def _chained(before: pd.Series[str], scenario: str) -> pd.Series[str]:
    """Scenarios one after the other, where a row was changed before."""
    return before.map(lambda earlier: f"{earlier}; {scenario}" if earlier and earlier != scenario else scenario)


def _with_aliases(units: pd.DataFrame, unit: str, names: Iterable[str]) -> pd.DataFrame:
    """The units with further names that find one of them; its own name is none of them."""
    added = list(names)
    aliases = [
        tuple(dict.fromkeys(name for name in (*known, *added) if name not in (row, short))) if row == unit else known
        for row, short, known in zip(units["unit"], units["name"], units["aliases"], strict=True)
    ]
    return units.assign(aliases=pd.Series(aliases, index=units.index, dtype="object"))
