"""Documents with answers: right, missing and invented facts of a reading, and what went missing in silence.

A folder per document holds `notice.*` and its answers in CSV, any of `tasks` (task, text, deadline),
`assignments` (task, unit, role), `pairings` (donor, recipient) and `targets` (task, comparator, value, value_max,
quantity_unit). A task of the answers is found by its words, so that one task too many does not shift all others.
A missing fact is silent if no doubt and no loss names its unit or lies in its task.
"""

from __future__ import annotations

import calendar
import csv
import re
from collections import Counter
from pathlib import Path

import pandas as pd

import pairing_graph as pg
from pairing_graph.base.errors import NoticeError
from pairing_graph.kb.address import Address
from pairing_graph.kb.knowledge_base import KnowledgeBase

FACTS = ("tasks", "assignments", "targets", "deadlines", "pairings")
_SAME_BEGINNING = 8
"""Signs of a task's words, blanks and numbers left out, by which it is found."""
Fact = tuple[str, ...]


def score(file: Path) -> dict:
    """The facts wanted and got from one document, and the missing ones that nothing warns of."""
    wanted = {name: _wanted(file.parent, name) for name in FACTS}
    try:
        kb = pg.read_notice(file)
    except NoticeError as problem:
        return {"wanted": wanted, "got": {name: Counter() for name in FACTS}, "silent": [], "doubts": "refused",
                "error": str(problem)[:400]}  # fmt: skip
    texts = _rows(file.parent, "tasks")
    places = _places(kb, texts)
    got = {name: _got(kb, name, places, wanted[name]) for name in FACTS}
    warned = kb.unread[kb.unread["severity"] != "info"]
    silent = [
        (name, fact)
        for name in FACTS
        for fact in (wanted[name] - got[name]).elements()
        if not _is_warned(fact, name, kb, warned, places)
    ]
    doubts = int((kb.unread["severity"] == "doubt").sum())
    losses = int((kb.unread["severity"] == "loss").sum())
    return {"wanted": wanted, "got": got, "silent": silent, "doubts": f"{doubts}+{losses}", "unread": warned}


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    file = folder / f"{name}.csv"
    if not file.exists():
        return []
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [{key: (value or "").strip() for key, value in row.items() if key} for row in csv.DictReader(lines)]


def _wanted(folder: Path, name: str) -> Counter[Fact]:
    if name == "tasks":
        return Counter((row["task"],) for row in _rows(folder, "tasks"))
    if name == "deadlines":
        return Counter((row["task"], row["deadline"]) for row in _rows(folder, "tasks") if row.get("deadline"))
    if name == "targets":
        return Counter(
            (row["task"], row["comparator"], _number(row["value"]), _number(row["value_max"]), row["quantity_unit"])
            for row in _rows(folder, "targets")
        )
    keys = {"assignments": ("task", "unit", "role"), "pairings": ("donor", "recipient")}[name]
    return Counter(tuple(row[key] for key in keys) for row in _rows(folder, name))


def _words(text: str) -> str:
    return re.sub(r"[^\u3400-\u9fffA-Za-z]", "", text)


def _places(kb: KnowledgeBase, texts: list[dict[str, str]]) -> dict[str, str]:
    """The task of the answers for every task that was read, by the beginning of its words; else its own id."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    rows = [(row.task, _words(row.text)) for row in kb.tasks.itertuples()]
    for wanted in texts:
        words = _words(wanted["text"])
        start = words[:_SAME_BEGINNING]
        fitting = [
            task for task, text in rows if task not in taken and (start in text or (len(text) > 3 and text in words))
        ]
        best = next(
            (task for task in fitting if dict(rows)[task].startswith(words[:30])), fitting[0] if fitting else ""
        )
        if best:
            taken.add(best)
            found[best] = wanted["task"]
    return {task: found.get(task, task) for task, _ in rows}


def _got(kb: KnowledgeBase, name: str, places: dict[str, str], wanted: Counter[Fact]) -> Counter[Fact]:
    if name == "tasks":
        return Counter((places[task],) for task in kb.tasks["task"])
    if name == "deadlines":
        year = str(kb.documents["date"].iloc[0])[:4] or _year(str(kb.documents["title"].iloc[0]))
        dated = [(places[row.task], row.deadline, year) for row in kb.tasks.itertuples() if row.deadline]
        wanted_ones = {fact[0]: fact[1] for fact in wanted}
        return Counter(
            (task, iso) for task, words, year in dated if (iso := _iso(words, year, wanted_ones.get(task, "")))
        )
    if name == "targets":
        return Counter(
            (places[row.task], row.comparator, _number(row.value), _number(row.value_max), row.quantity_unit)
            for row in kb.targets.itertuples()
        )
    names = dict(zip(kb.units["unit"], kb.units["name"], strict=True))
    if name == "assignments":
        rows = [
            [(places[row.task], known, row.role) for known in _forms(row.unit, names, row.as_written)]
            for row in kb.assignments.itertuples()
        ]
    else:
        rows = [
            [(donor, recipient)
             for donor in _forms(row.donor, names, row.donor_as_written)
             for recipient in _forms(row.recipient, names, row.recipient_as_written)]
            for row in kb.pairings.itertuples()
        ]  # fmt: skip
    left = Counter(wanted)
    found: Counter[Fact] = Counter()
    for forms in rows:
        fitting = next((fact for fact in forms if left[fact] > 0), forms[0])
        left[fitting] -= 1
        found[fitting] += 1
    return found


def _forms(unit: str, names: dict[str, str], written: str) -> list[str]:
    """The forms under which the answers may know a unit."""
    plain = re.sub(r"\s", "", written)
    bare = re.sub(r"[（(].*$", "", plain)
    return list(dict.fromkeys((names[unit], plain, bare, unit)))


def _number(value: object) -> str:
    return "" if pd.isna(value) or value == "" else f"{float(str(value).replace(',', '')):g}"


def _year(text: str) -> str:
    found = re.search(r"20\d\d", text)
    return found[0] if found else ""


def _iso(words: str, year: str, wanted: str) -> str:
    """A deadline as written, as the last day that it names; only what the answers state can be compared."""
    plain = re.sub(r"\s", "", words)
    own = _year(plain) or (wanted[:4] if "年底" in plain or "月" in plain or "季度" in plain else "") or year
    whole = re.fullmatch(r"(20\d\d)[-./](\d{1,2})[-./](\d{1,2})", plain)
    if whole:
        return f"{whole[1]}-{int(whole[2]):02d}-{int(whole[3]):02d}"
    day = re.search(r"(\d{1,2})月(\d{1,2})日", plain)
    month = re.search(r"(\d{1,2})月", plain) or re.search(r"20\d\d[.．/-](\d{1,2})", plain)
    if day:
        return f"{own}-{int(day[1]):02d}-{int(day[2]):02d}"
    quarter = re.search(r"([一二三四1-4])季度", plain)
    if month or quarter:
        last = int(month[1]) if month else 3 * ("一二三四".find(quarter[1]) + 1 or int(quarter[1]))  # type: ignore[index]
        if own and 1 <= last <= 12:
            return f"{own}-{last:02d}-{calendar.monthrange(int(own), last)[1]:02d}"
    if "上半年" in plain:
        return f"{own}-06-30"
    if (
        "年底" in plain
        or "年内" in plain
        or "年末" in plain
        or re.fullmatch(r"20\d\d年?(?:底?前?|全年)?(?:完成)?", plain)
    ):
        return f"{own}-12-31"
    return ""


def count_facts(wanted: Counter[Fact], got: Counter[Fact]) -> Counter[str]:
    right = sum((wanted & got).values())
    return Counter(right=right, missing=sum(wanted.values()) - right, invented=sum(got.values()) - right)


def _is_warned(fact: Fact, name: str, kb: KnowledgeBase, warned: pd.DataFrame, places: dict[str, str]) -> bool:
    units = fact[1:2] if name == "assignments" else fact if name == "pairings" else ()
    if any(unit in re.sub(r"\s", "", text) for unit in units for text in warned["text"]):
        return True
    if name == "pairings":
        return False
    tasks = kb.tasks[kb.tasks["task"].map(places) == fact[0]]
    here = {_row(address) for addresses in tasks["address"] for address in addresses.split()}
    return any(_row(address) in here for addresses in warned["address"] for address in addresses.split()[:1])


def _row(address: str) -> tuple[int, int, int]:
    place = Address.parse(address)
    return place.paragraph, place.table, place.row
