"""A panel (面板数据): units, pairs or regions by year, a frame for a regression.

The year is that of the notice: of its date, else of its number, else of its title. What is counted is what `workload`
counts, out of documents. A year without a row is a year whose notices do not name the unit, or a year without notices:
`attrs["years"]` says which years there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, overload

import pandas as pd

from pairing_graph.base.errors import refuse_unknown
from pairing_graph.base.words import word
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.regions import with_regions_of_today
from pairing_graph.kb.schema import ROLES
from pairing_graph.kb.years import years_of
from pairing_graph.measures.engines import AnySource, Tables, engine_of
from pairing_graph.measures.on_engines.panel import NEEDED
from pairing_graph.measures.on_engines.panel import panel as on_engine
from pairing_graph.measures.relations import answerable, assigned, ends, frames_of, native, part_of
from pairing_graph.measures.workload import COUNTS, workload

MEASURES = ("panel",)

Of = Literal["unit", "pair", "region"]
_KEYS: Mapping[Of, list[str]] = {"unit": ["unit"], "pair": ["donor", "recipient"], "region": ["region"]}
_ABOUT: Mapping[Of, list[str]] = {
    "unit": ["region", "region_code", "kind", "line"],
    "pair": ["donor_region", "donor_region_code", "recipient_region", "recipient_region_code"],
    "region": ["region_code"],
}
"""What is known of a unit, a pair or a region in every year."""
_TIMES = ["first_year", "last_year"]
_COUNTED: Mapping[Of, list[str]] = {
    "unit": ["documents", *COUNTS],
    "pair": ["documents", "rows", "joint_tasks"],
    "region": [
        *("documents", "units", *ROLES, "tasks", "answerable", "areas", "targets"),
        *("pairings", "given", "received", "partners"),
    ],
}


@overload
def panel(source: Source, of: Of = "unit", *, balanced: bool = False, collectives: bool = False) -> pd.DataFrame: ...
@overload
def panel(source: Tables, of: Of = "unit", *, balanced: bool = False, collectives: bool = False) -> Any: ...
def panel(source: AnySource, of: Of = "unit", *, balanced: bool = False, collectives: bool = False) -> Any:
    """Units, pairs or regions by year: what the notices of a year say of each, one row for every year that names it.

    Several notices of one year add up, each task, area and partner once. Pairings and tasks meet in the year. A county that was
    renamed has one name in all years, that of today. Its counts are those of `workload`, and of our own.

    Args:
        source: A knowledge base or its graph; or a collection, or tables of another library, by name.
        of: `unit`, `pair` (donor and recipient of the pairing tables) or `region`.
        balanced: Whether years between the first and the last that do not name it have rows too, with 0. Only years of
            which there is a notice of its region (of a pair: of both): of other years nothing is known.
        collectives: Whether collectives (各乡镇, 县级各部门) have rows as units or as an end of a pair.

    Returns:
        A frame sorted by its index: unit and year; donor, recipient and year; or region and year. Whole numbers are
        int64, fractional is float64, named is bool, the rest is text.

        | column | holds |
        |---|---|
        | region, kind, line | of the unit, as in `units`; of a pair donor_region and recipient_region |
        | region_code | today's code of the region, to join with a yearbook; empty where none is known; of a pair two |
        | first_year, last_year | the first and last year that name it (that pair the two) |
        | named | whether the year names it (pairs the two); False in the rows that `balanced` adds |
        | roles | of a unit: its roles in the year, joined by + (lead+support) |
        | documents | notices of the year that name it (that pair the two) |
        | lead … targets | of a unit: the counts of `workload` over the notices of the year |
        | rows | of a pair: rows of the pairing tables |
        | joint_tasks | of a pair: tasks of the year that name both units, in any role |
        | units | of a region: its units that are named, without collectives |
        | lead … tasks | of a region: distinct tasks that its units have in a role, in any role |
        | answerable, areas, targets | of a region: tasks that its units answer for, their areas and targets |
        | pairings, given, received, partners | of a region: rows of the pairing tables that its units are in, |
        | | as donor, as recipient; distinct units on the other side |

        `attrs` holds of, balanced, collectives, years (those of which there are notices) and documents (with a year).
        Notices without a year are not counted: they are in left_out, with a note.

        Of a collection or of tables of another library the result is of the same kind; the regions of a notice are
        those of the units that it names.

    Raises:
        UnknownNameError: There is no such panel.

    Example:
        >>> from pairing_graph.reading.notices import read_notices
        >>> kb = read_notices(["data/raw/wuxi-yuzhong-2022.txt", "data/examples/invented-2023.txt"])
        >>> panel(kb).loc["渝中区商务委", ["lead", "tasks", "pairings", "partners"]].to_dict("index")
        {2022: {'lead': 5, 'tasks': 5, 'pairings': 1, 'partners': 1}, 2023: {'lead': 5, 'tasks': 5, 'pairings': 1, 'partners': 1}}
        >>> panel(kb, "pair").loc[("渝中区商务委", "巫溪县商务委"), "joint_tasks"].to_dict()
        {2022: 5, 2023: 5}
    """
    refuse_unknown("There is no such panel", "of", of, get_args(Of))
    engine = engine_of(source, NEEDED)
    if engine is not None:
        options: Any = {"balanced": balanced, "collectives": collectives}
        return on_engine(engine, _KEYS[of], _ABOUT[of], _COUNTED[of], **options)
    kb = with_regions_of_today(as_knowledge_base(source))
    known = years_of(kb)
    years = sorted({year for year in known.values() if year is not None})
    parts = {year: only_notices(kb, [name for name, other in known.items() if other == year]) for year in years}
    rows = [row | {"year": year, "named": True} for year, part in parts.items() for row in _ROWS[of](part, collectives)]
    spans: dict[tuple[str, ...], list[int]] = {}
    for row in rows:
        spans.setdefault(tuple(row[key] for key in _KEYS[of]), []).append(row["year"])
    if balanced:
        rows += list(_absent(kb, of, spans, parts))
    table = _typed(kb, of, rows, spans)
    left_out = tuple(name for name, year in known.items() if year is None)
    table.attrs.update(of=of, balanced=balanced, collectives=collectives, years=tuple(years), **part_of(kb))
    table.attrs["documents"] = tuple(name for name in known if name not in left_out)
    if left_out:
        listed = ", ".join(left_out)
        table.attrs.update(left_out=left_out, note=word("notices_without_year", "en", documents=listed))
    return table


def only_notices(kb: KnowledgeBase, documents: list[str]) -> KnowledgeBase:
    """What some notices say: their rows, and the units that these name."""
    tasks = kb.tasks[kb.tasks["document"].isin(documents)]
    of_tasks = {
        name: kb.tables[name][kb.tables[name]["task"].isin(tasks["task"])] for name in ("assignments", "targets")
    }
    pairings = kb.pairings[kb.pairings["document"].isin(documents)]
    named = {*of_tasks["assignments"]["unit"], *pairings["donor"], *pairings["recipient"]}
    return KnowledgeBase(
        documents=kb.documents[kb.documents["document"].isin(documents)],
        units=kb.units[kb.units["unit"].isin(named)],
        tasks=tasks,
        assignments=of_tasks["assignments"],
        targets=of_tasks["targets"],
        pairings=pairings,
    )


def _of_units(kb: KnowledgeBase, collectives: bool) -> Iterator[dict[str, Any]]:
    roles = {unit: set(part) for unit, part in kb.assignments.groupby("unit")["role"]}
    documents = _documents(kb)
    for row in workload(kb, collectives=collectives).reset_index().to_dict("records"):
        own = [role for role in ROLES if role in roles.get(row["unit"], ())]
        yield {str(name): value for name, value in row.items()} | {
            "roles": "+".join(own),
            "documents": len(documents[row["unit"]]),
        }


def _of_pairs(kb: KnowledgeBase, collectives: bool) -> Iterator[dict[str, Any]]:
    hidden = set() if collectives else set(kb.units.loc[kb.units["collective"], "unit"])
    tasks = _tasks_of(kb)
    for pair, part in kb.pairings.groupby(["donor", "recipient"], sort=False):
        donor, recipient = str(pair[0]), str(pair[1])
        if donor not in hidden and recipient not in hidden:
            joint = len(tasks.get(donor, set()) & tasks.get(recipient, set()))
            counts = {"documents": part["document"].nunique(), "rows": len(part), "joint_tasks": joint}
            yield {"donor": donor, "recipient": recipient} | counts


def _of_regions(kb: KnowledgeBase, collectives: bool) -> Iterator[dict[str, Any]]:
    """A region's tasks are those of all its units, collectives included, whether or not these have rows as units."""
    del collectives
    frames, documents = frames_of(kb), _documents(kb)
    rows, answering = native(assigned(frames)), native(answerable(frames))
    answering["place"] = (answering["document"] + "\t" + answering["area"]).where(answering["area"] != "")
    both = native(ends(frames))
    given = kb.pairings["donor"].map(dict(zip(kb.units["unit"], kb.units["region"], strict=True)))
    taken = kb.pairings["recipient"].map(dict(zip(kb.units["unit"], kb.units["region"], strict=True)))
    for region in sorted(set(kb.units["region"]) - {""}):
        units = kb.units[kb.units["region"] == region]
        mine, ours = rows[rows["region"] == region], answering[answering["region"] == region]
        yield {
            "region": region,
            "documents": len(set().union(*(documents[unit] for unit in units["unit"]))),
            "units": int((~units["collective"]).sum()),
            **{role: mine.loc[mine["role"] == role, "task"].nunique() for role in ROLES},
            "tasks": mine["task"].nunique(),
            "answerable": ours["task"].nunique(),
            "areas": ours["place"].nunique(),
            "targets": int(kb.targets["task"].isin(ours["task"]).sum()),
            "pairings": int(((given == region) | (taken == region)).sum()),
            "given": int((given == region).sum()),
            "received": int((taken == region).sum()),
            "partners": both.loc[both["region"] == region, "partner"].nunique(),
        }


_ROWS = {"unit": _of_units, "pair": _of_pairs, "region": _of_regions}


def _absent(
    kb: KnowledgeBase, of: Of, spans: Mapping[tuple[str, ...], list[int]], parts: Mapping[int, KnowledgeBase]
) -> Iterator[dict[str, Any]]:
    """Rows for years between the first and the last that do not name it, though its region has a notice."""
    regions = dict(zip(kb.units["unit"], kb.units["region"], strict=True))
    covered = {year: _regions(part) for year, part in parts.items()}
    tasks = {year: _tasks_of(part) for year, part in parts.items()} if of == "pair" else {}
    for key, seen in spans.items():
        needed = {regions.get(name, name) for name in key}
        for year in sorted(parts):
            if seen[0] < year < seen[-1] and year not in seen and needed <= covered[year]:
                row = dict(zip(_KEYS[of], key, strict=True)) | dict.fromkeys(_COUNTED[of], 0)
                if of == "pair":
                    row["joint_tasks"] = len(set.intersection(*(tasks[year].get(name, set()) for name in key)))
                yield row | {"year": year, "named": False, "roles": ""}


def _typed(
    kb: KnowledgeBase, of: Of, rows: list[dict[str, Any]], spans: Mapping[tuple[str, ...], list[int]]
) -> pd.DataFrame:
    """The rows with what is known of each in every year, typed and sorted."""
    about = _about(kb, of)
    for row in rows:
        key = tuple(row[name] for name in _KEYS[of])
        row |= about(key) | {"first_year": spans[key][0], "last_year": spans[key][-1]}
    counted = _COUNTED[of]
    texts = [*_KEYS[of], *_ABOUT[of], *(["roles"] if of == "unit" else [])]
    types: dict[str, str] = dict.fromkeys(texts, "string") | dict.fromkeys(["year", *_TIMES, *counted], "int64")
    types |= {"named": "bool"} | ({"fractional": "float64"} if of == "unit" else {})
    columns = [*_ABOUT[of], *_TIMES, "named", *texts[len(_KEYS[of]) + len(_ABOUT[of]) :], *counted]
    index = [*_KEYS[of], "year"]
    return pd.DataFrame(rows, columns=[*index, *columns]).astype(types).set_index(index).sort_index()


def _about(kb: KnowledgeBase, of: Of) -> Any:
    """What is known of a unit, a pair or a region, by its key."""
    units = kb.units
    known: dict[Any, Any] = units.set_index("unit")[["region", "region_code", "kind", "line"]].to_dict("index")
    codes: dict[str, str] = {}
    for region, code in zip(units["region"], units["region_code"], strict=True):
        codes[region] = codes.get(region) or code

    def found(key: tuple[str, ...]) -> dict[str, str]:
        if of == "region":
            return {"region_code": codes[key[0]]}
        if of == "unit":
            return dict(known[key[0]])
        sides = zip(_KEYS["pair"], key, strict=True)
        return {f"{side}_{name}": known[unit][name] for side, unit in sides for name in ("region", "region_code")}

    return found


def _documents(kb: KnowledgeBase) -> dict[str, set[str]]:
    """The notices that name each unit, in either table."""
    found: dict[str, set[str]] = {unit: set() for unit in kb.units["unit"]}
    frames = frames_of(kb)
    for table in (assigned(frames), ends(frames)):
        for unit, document in native(table.select("unit", "document")).itertuples(index=False):
            found[unit].add(document)
    return found


def _tasks_of(kb: KnowledgeBase) -> dict[str, set[str]]:
    return {str(unit): set(part) for unit, part in kb.assignments.groupby("unit")["task"]}


def _regions(kb: KnowledgeBase) -> set[str]:
    """The regions that the notices are about: of their titles and of the units that they name."""
    return {*kb.units["region"], *(region for regions in kb.documents["regions"] for region in regions)}
