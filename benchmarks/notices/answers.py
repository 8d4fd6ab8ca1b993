"""What is known of invented notices, as CSV beside them; and what a collection has otherwise."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.notices.content import COLLECTIVE, Notice, full_name

ROLES = {"lead": "lead", "lead_partner": "lead", "responsible": "responsible", "support": "support"}
COLUMNS = {
    "documents": ("file", "state", "document", "date", "layout", "tasks"),
    "assignments": ("document", "task", "unit", "role"),
    "pairings": ("document", "donor", "recipient"),
    "targets": ("document", "task", "targets"),
    "loads": (
        "unit", "lead", "responsible", "support", "tasks", "areas", "listed_first", "fractional", "pairings",
        "partners", "targets",
    ),
}  # fmt: skip
STATES = ("read", "repeated", "failed")
DECIMALS = 9  # Of fractional loads when they are compared: sums in another order differ in the last places.


@dataclass
class _Load:
    """What a unit has, counted one notice after the other."""

    roles: Counter[str] = field(default_factory=Counter)
    tasks: int = 0
    areas: int = 0
    listed_first: int = 0
    fractional: float = 0.0
    pairings: int = 0
    partners: set[str] = field(default_factory=set)
    targets: int = 0


@dataclass
class Answers:
    """The rows of the known answers, written as they come: nothing but the loads is kept in memory."""

    folder: Path
    loads: dict[str, _Load] = field(default_factory=lambda: defaultdict(_Load))
    _writers: dict[str, Any] = field(default_factory=dict)
    _files: list[Any] = field(default_factory=list)

    def __enter__(self) -> Answers:
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, columns in COLUMNS.items():
            file = (self.folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
            self._files.append(file)
            self._writers[name] = csv.writer(file, lineterminator="\n")
            self._writers[name].writerow(columns)
        return self

    def __exit__(self, *_: object) -> None:
        self._writers["loads"].writerows(self._load_rows())
        for file in self._files:
            file.close()

    def add_file(
        self, file: str, state: str, document: str = "", notice: Notice | None = None, layout: str = ""
    ) -> None:
        """What should come of a file."""
        date, tasks = (notice.date, len(notice.tasks)) if notice else ("", "")
        self._writers["documents"].writerow((file, state, document, date, layout, tasks))

    def add_notice(self, document: str, notice: Notice) -> None:
        """The facts of a notice that should be read."""
        areas: dict[str, set[str]] = defaultdict(set)
        for task in notice.tasks:
            units = {role: [full_name(name, notice) for name in names if name] for role, names in task.roles.items()}
            rows = [(document, task.number, unit, ROLES[role]) for role, names in units.items() for unit in names]
            self._writers["assignments"].writerows(rows)
            self._writers["targets"].writerow((document, task.number, task.targets))
            self._count(units, task.area, task.targets, areas)
        for unit, found in areas.items():
            self.loads[unit].areas += len(found)
        for donor, recipient in ((full_name(one, notice), full_name(other, notice)) for one, other in notice.pairings):
            self._writers["pairings"].writerow((document, donor, recipient))
            for unit, partner in ((donor, recipient), (recipient, donor)):
                self.loads[unit].pairings += 1
                self.loads[unit].partners.add(partner)

    def _count(self, units: Mapping[str, Sequence[str]], area: str, targets: int, areas: dict[str, set[str]]) -> None:
        """Count a task for its units; each cell is one region's."""
        for role, names in units.items():
            for unit in names:
                self.loads[unit].roles[ROLES[role]] += 1
        for unit in {unit for names in units.values() for unit in names}:
            self.loads[unit].tasks += 1
        leads = [names for role, names in units.items() if ROLES[role] == "lead"]
        for cell in leads or [units["responsible"]]:
            self.loads[cell[0]].listed_first += 1
            for unit in cell:
                self.loads[unit].fractional += 1 / len(cell)
                self.loads[unit].targets += targets
                areas[unit].add(area)

    def _load_rows(self) -> Iterator[tuple[object, ...]]:
        for unit, load in sorted(self.loads.items()):
            if unit.endswith(COLLECTIVE):
                continue
            roles = tuple(load.roles[role] for role in ("lead", "responsible", "support"))
            fractional = round(load.fractional, DECIMALS)
            yield (unit, *roles, load.tasks, load.areas, load.listed_first, fractional, load.pairings,
                   len(load.partners), load.targets)  # fmt: skip


def differences(answers: Path, collection: Any, loads: Path) -> dict[str, list[str]]:
    """What a collection and its table of loads have otherwise than the answers, by kind; empty lists are right.

    Args:
        answers: The folder of the known answers.
        collection: The collection that the files were read into.
        loads: The CSV of national loads that the command line wrote.
    """
    tables = collection.tables
    task = "regexp_extract(task, '^(.*)#[0-9]+$', 1), CAST(regexp_extract(task, '#([0-9]+)$', 1) AS BIGINT)"
    got = {
        "assignments": Counter(tables["assignments"].project(f"{task}, unit, role").fetchall()),
        "pairings": Counter(tables["pairings"].project("document, donor, recipient").fetchall()),
        "targets": Counter(tables["targets"].project(task).fetchall()),
        "loads": Counter(_loads(loads)),
    }
    wanted = {
        "assignments": Counter(
            (row["document"], int(row["task"]), row["unit"], row["role"]) for row in rows(answers / "assignments.csv")
        ),
        "pairings": Counter(tuple(row.values()) for row in rows(answers / "pairings.csv")),
        "targets": Counter(
            {(row["document"], int(row["task"])): int(row["targets"]) for row in rows(answers / "targets.csv")}
        ),
        "loads": Counter(_loads(answers / "loads.csv")),
    }
    files = _differing(Counter(_wanted_files(answers)), Counter(_files(collection, answers.parent)))
    return {"files": files} | {name: _differing(wanted[name], got[name]) for name in wanted}


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def _differing(wanted: Counter[Any], got: Counter[Any]) -> list[str]:
    missing = [f"- {fact}" for fact in sorted((wanted - got).elements())]
    return missing + [f"+ {fact}" for fact in sorted((got - wanted).elements())]


def _loads(path: Path) -> Iterator[tuple[object, ...]]:
    """The loads of units that have any; a unit that is only named, as an issuer, has none."""
    counts = [name for name in COLUMNS["loads"] if name != "unit"]
    for row in rows(path):
        numbers = [round(float(row[name]), DECIMALS) for name in counts]
        if any(numbers):
            yield (row["unit"], *numbers)


def _wanted_files(answers: Path) -> Iterator[tuple[str, ...]]:
    for row in rows(answers / "documents.csv"):
        yield row["file"], row["state"], row["document"]


def _files(collection: Any, folder: Path) -> Iterator[tuple[str, ...]]:
    """What the collection says of each file."""
    from pairing_graph.collection.index import Index

    with Index(collection.folder) as index:
        repeated = _repeated(index)
        failed = dict(index.failures())
        read = dict(collection.tables["documents"].project("file, document").fetchall())
        for path in index.files():
            file = (collection.folder / path).resolve().relative_to(folder.resolve()).as_posix()
            if path in failed:
                yield file, "failed", ""
            elif path in repeated:
                yield file, "repeated", repeated[path]
            else:
                yield file, "read", read.get(Path(path).name, "")


def _repeated(index: Any) -> dict[str, str]:
    """Files with the bytes of one that was read before, each with the id of their notice."""
    names = {code: document for document, code in index.live_documents()}
    found: dict[str, str] = {}
    first: set[int] = set()
    for code, path in index.paths_of(names):
        if code in first:
            found[path] = names[code]
        first.add(code)
    return found
