"""Find what an analyst names: a unit by its full or short name, a task by its number, a notice, a region, a role."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

import pandas as pd

from pairing_graph.base.errors import Complaint, UnknownNameError, refuse_unknown, some_of
from pairing_graph.base.reference import mapping
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.schema import ROLES, TABLES
from pairing_graph.places.mentions import common_place_at, place_at

_SHOWN = 10
"""As many names as a sentence can list."""


def find_unit(kb: KnowledgeBase, name: str) -> str:
    """The id of a unit, by its full name, its short name or an alias.

    Raises:
        UnknownNameError: No unit or more than one goes by that name; the message names the candidates.

    Example:
        >>> from pairing_graph.kb.frames import frame
        >>> kb = KnowledgeBase(units=frame("units", [{"unit": "巫溪县商务委", "name": "县商务委"}]))
        >>> find_unit(kb, "县商务委")
        '巫溪县商务委'
    """
    if name in set(kb.units["unit"]):
        return name
    listed = [name in aliases for aliases in kb.units["aliases"]]
    found = list(kb.units.loc[(kb.units["name"] == name) | pd.Series(listed, index=kb.units.index, dtype=bool), "unit"])
    if len(found) == 1:
        return str(found[0])
    if found:
        advice = "Use the full name."
        raise UnknownNameError(Complaint(f"{name!r} fits more than one unit", "units", "one", ", ".join(found), advice))
    if kb.units.empty:
        raise UnknownNameError(Complaint(f"There is no unit {name!r}: the knowledge base holds no units", "units"))
    placed = _with_place(kb, name)
    if len(placed) == 1:
        return placed[0]
    ending = list(kb.units.loc[kb.units["name"].str.endswith(name), "unit"] if name.strip() else [])
    if len(ending) > 1:
        what, advice = f"{name!r} ends the names of several units", "Use the full name."
        raise UnknownNameError(Complaint(what, "units", "one", ", ".join(dict.fromkeys(ending)), advice))
    raise UnknownNameError(_nothing("unit", name, dict(zip(kb.units["name"], kb.units["unit"], strict=True))))


def _with_place(kb: KnowledgeBase, name: str) -> list[str]:
    """The units that a name with a place names: 江苏省南京市鼓楼区财政局, or 鼓楼区财政局 where it is the only one."""
    found = place_at(name) or common_place_at(name)
    if not found or found.end == len(name):
        return []
    whole, bare = found.label + name[found.end :], name[found.inner :]
    units = [str(unit) for unit in kb.units["unit"]]
    return [unit for unit in units if unit == whole] or [unit for unit in units if unit.endswith(bare)]


def find_task(kb: KnowledgeBase, task: str | int) -> str:
    """The id of a task, by its id, or by its printed number where only one task has it.

    Raises:
        UnknownNameError: No task or more than one goes by that.

    Example:
        >>> from pairing_graph.kb.frames import frame
        >>> kb = KnowledgeBase(tasks=frame("tasks", [{"task": "a#1", "number": 4}]))
        >>> find_task(kb, 4), find_task(kb, "a#1")
        ('a#1', 'a#1')
    """
    if task in set(kb.tasks["task"]):
        return str(task)
    text = str(task).strip()
    numbers = kb.tasks["number"].fillna(-1)
    found = [str(item) for item in kb.tasks.loc[numbers == int(text), "task"]] if text.isdecimal() else []
    if len(found) == 1:
        return found[0]
    if found:
        got, advice = ", ".join(found), "Use the id."
        raise UnknownNameError(Complaint(f"{task!r} fits more than one task", "tasks", "one", got, advice))
    raise UnknownNameError(_nothing("task", text, kb.tasks["task"]))


def find_document(kb: KnowledgeBase, name: str) -> str:
    """The id of a notice, by its id, or by the name of its file.

    Raises:
        UnknownNameError: There is no such notice, or there are several.
    """
    if name in set(kb.documents["document"]):
        return name
    found = [str(item) for item in kb.documents.loc[kb.documents["file"] == name, "document"]]
    return _only("document", name, found, kb.documents["document"])


def find_region(kb: KnowledgeBase, name: str) -> str:
    """A region of units, by its name; with or without the region above it where that leaves one.

    Raises:
        UnknownNameError: There is no such region, or there are several.

    Example:
        >>> from pairing_graph.kb.frames import frame
        >>> kb = KnowledgeBase(units=frame("units", [{"unit": "渝中区商务委", "region": "渝中区"}]))
        >>> find_region(kb, "重庆市渝中区")
        '渝中区'
    """
    known = [region for region in kb.units["region"].drop_duplicates() if region]
    if name in known:
        return name
    ends = [str(region) for region in known if name and (name.endswith(region) or region.endswith(name))]
    return _only("region", name, ends, known)


def find_area(kb: KnowledgeBase, name: str) -> str:
    """An area of tasks, by its name.

    Raises:
        UnknownNameError: There is no such area.
    """
    return _listed_name("area", name, kb.tasks["area"])


def find_line(kb: KnowledgeBase, name: str) -> str:
    """A functional line (条线) of units, by its name.

    Raises:
        UnknownNameError: There is no such line.
    """
    return _listed_name("line", name, kb.units["line"])


def find_role(kb: KnowledgeBase, name: str) -> str:
    """A role, by its name or by a word for it (牵头); whether any assignment has it does not matter.

    Raises:
        UnknownNameError: There is no such role.

    Example:
        >>> find_role(KnowledgeBase(), "牵头")
        'lead'
    """
    role = mapping("roles", "word", "role").get(name, name)
    refuse_unknown("There is no such role", "role", role, ROLES)
    return role


def _listed_name(what: str, name: str, column: pd.Series[str]) -> str:
    known = [str(item) for item in column.drop_duplicates() if item]
    return _only(what, name, [name] if name in known else [], known)


def _only(what: str, name: str, found: list[str], known: Iterable[str]) -> str:
    """The one that was found.

    Raises:
        UnknownNameError: There is none, or there are several.
    """
    if len(found) == 1:
        return found[0]
    if found:
        got, advice = ", ".join(found), "Use the full name."
        raise UnknownNameError(Complaint(f"{name!r} fits more than one {what}", f"{what}s", "one", got, advice))
    raise UnknownNameError(_nothing(what, name, known))


def _nothing(what: str, name: str, known: Iterable[str] | Mapping[str, str]) -> Complaint:
    """The complaint with the nearest of what there is; a mapping has short names and their full ones."""
    full: dict[str, str] = dict(known) if isinstance(known, Mapping) else {}
    forms = list(dict.fromkeys([*known, *full.values()]))
    found = difflib.get_close_matches(name, forms, n=6, cutoff=0.5)
    near = list(dict.fromkeys(str(full.get(form, form)) for form in found))[:3]
    shown = some_of(forms, _SHOWN, more=", …") or "none"
    listed = f"The table of {what}s lists what there is." if f"{what}s" in TABLES else f"There is: {shown}."
    advice = f"Did you mean {' or '.join(near)}?" if near else listed
    return Complaint(f"There is no {what} {name!r}", f"{what}s", advice=advice)
