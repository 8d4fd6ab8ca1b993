"""The identity of units over years and notices: names that may be one body's, to be decided by a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pairing_graph.base.extras import require
from pairing_graph.base.words import Language, word
from pairing_graph.collection.database import quoted
from pairing_graph.collection.index import Index
from pairing_graph.collection.selecting import PROVINCE_OF_UNIT, Part, part_of_folder
from pairing_graph.kb.frames import frame
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.same_bodies import same_bodies
from pairing_graph.output.aliases import refuse_suffix, write_aliases
from pairing_graph.places.history import region_today
from pairing_graph.reading.combining import merged_units
from pairing_graph.reading.same_names import body_of
from pairing_graph.reading.user_tables import DECISION

COLUMNS = ("region", "alias", "name", "score", "reading", "reason", "years", "notices", "address", DECISION)
LEAST = 50.0
"""Score from which a name is suggested as another's successor. Of the reforms of 2018 the bureaus of the environment and of
agriculture have 60 before and after; that of land has 33, and shares too few letters: give a smaller one to see such."""
MOST_IN_A_BLOCK = 200
"""Names of one region and line that are compared with one another; `attrs` says how many blocks had more."""


@dataclass(frozen=True)
class _Named:
    """A unit over the years."""

    unit: str
    name: str
    region: str
    line: str
    first: int
    last: int
    notices: int
    address: str


def suggested_aliases(folder: Path, path: str | Path | None, least: float, lang: Language) -> pd.DataFrame:
    """Names that may be one body's; see `Collection.suggest_aliases`.

    Raises:
        FileError: The suffix is another one, or the file cannot be written.
        MissingExtraError: RapidFuzz is not installed.
    """
    if path is not None:
        refuse_suffix(path)
    ratio: Callable[[str, str], float] = require("rapidfuzz.fuzz", "compare", "Suggesting aliases").ratio
    rows: list[dict[str, Any]] = []
    renamed: set[tuple[str, str]] = set()
    left_out = 0
    for province in _provinces(folder):
        part = part_of_folder(folder, provinces=(province,))
        regions = _regions(part, province)
        named = {unit.unit: unit for unit in _named(part) if unit.region in regions}
        rows += [row for row in _of_one_body(part, named, ratio, lang) if row["region"] in regions]
        known = {(row["region"], row["alias"]) for row in rows}
        succeeding, larger = _succeeding(named.values(), ratio, least, lang)
        rows += [row for row in succeeding if (row["region"], row["alias"]) not in known]
        rows = _in_one_direction(rows)
        left_out += larger
        renamed |= set(_renamed_places(part))
    table = pd.DataFrame(rows, columns=list(COLUMNS), dtype="object").astype({"score": "float64", "notices": "int64"})
    table = table.sort_values(["score", "region", "alias"], ascending=[False, True, True], ignore_index=True)
    table.attrs = {"method": "rapidfuzz.fuzz.ratio of the names", "least": least, "left_out": left_out}
    table.attrs["renamed_places"] = sorted(renamed)
    if path is not None:
        with Index(folder) as index:
            written = write_aliases(table, Path(path), index.checksums())
        numbers = {name: pd.to_numeric(written[name], errors="coerce") for name in ("score", "notices")}
        written = written.assign(score=numbers["score"].astype("float64"), notices=numbers["notices"].astype("Int64"))
        written.attrs, table = table.attrs, written
    return table


def _in_one_direction(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows without those that suggest a later name as the alias of an earlier one, which another row has the right way."""
    in_time = {(row["region"], row["alias"], row["name"]) for row in rows if row["reading"] != "same_body"}
    return [row for row in rows if (row["region"], row["name"], row["alias"]) not in in_time]


def _provinces(folder: Path) -> list[str]:
    """The provinces in which units lie, whatever their notices are kept under."""
    part = part_of_folder(folder)
    units = part.rows("units")
    query = f"SELECT DISTINCT {PROVINCE_OF_UNIT} AS found FROM ({units}) WHERE region <> '' ORDER BY found"
    return [row["found"] for row in part.records(query)] if units else []


def _regions(part: Part, province: str) -> set[str]:
    """The regions of units that lie in a province."""
    query = f"SELECT DISTINCT region FROM ({part.rows('units')}) WHERE {PROVINCE_OF_UNIT} = {quoted(province)}"
    return {row["region"] for row in part.records(query)}


def _mentions(part: Part) -> str:
    sides = (("assignments", "unit"), ("pairings", "donor"), ("pairings", "recipient"))
    queries = [
        f"SELECT {column} AS unit, document_code, year, address FROM ({rows})"
        for table, column in sides
        if (rows := part.rows(table))
    ]
    return " UNION ALL ".join(queries)


def _named(part: Part) -> Iterator[_Named]:
    """The named units of notices, with the years in which notices name them."""
    query = f"""
        SELECT u.unit, u.name, u.region, u.line, m.first, m.last, m.notices, m.address FROM
        (SELECT unit, arg_min(name, document_code) AS name, arg_min(region, document_code) AS region,
            arg_min(line, document_code) AS line FROM ({part.rows("units")}) WHERE NOT collective AND region <> ''
            GROUP BY unit) u
        JOIN (SELECT unit, min(year) AS first, max(year) AS last, count(DISTINCT document_code) AS notices,
            arg_min(address, document_code) AS address FROM ({_mentions(part)}) WHERE year > 0 GROUP BY unit) m USING (unit)
        ORDER BY u.unit"""
    yield from (_Named(*row) for row in part.engine.execute(query).fetchall())


def _of_one_body(
    part: Part, named: Mapping[str, _Named], ratio: Callable[[str, str], float], lang: Language
) -> Iterator[dict[str, Any]]:
    """Names that say the same in another form, whatever the years."""
    for found in same_bodies(_without_words(part)):
        alias = next((one for one in named.values() if (one.region, one.name) == (found.region, found.alias)), None)
        yield {
            "region": found.region, "alias": found.alias, "name": found.name,
            "score": round(ratio(found.alias, found.name), 1), "reading": "same_body", "reason": found.reason(lang),
            "years": _years(alias, named.get(found.unit), lang), "notices": alias.notices if alias else 1,
            "address": found.address, DECISION: "",
        }  # fmt: skip


def _without_words(part: Part) -> KnowledgeBase:
    """What `same_bodies` looks at, and nothing else: units, and where they are named."""
    documents = [
        code for (code,) in part.engine.execute(f"SELECT document_code FROM ({part.rows('documents')})").fetchall()
    ]
    wanted = {
        "documents": ("document", "regions"),
        "units": ("unit", "name", "region", "region_code", "kind", "line", "collective", "aliases"),
        "assignments": ("unit", "address"),
        "pairings": ("donor", "recipient", "address"),
    }
    tables: dict[str, Any] = {}
    for name, columns in wanted.items():
        columns_of = part.columns(name, columns, documents)
        tables[name] = frame(name, [dict(zip(columns, row, strict=True)) for row in zip(*columns_of, strict=True)])
    tables["units"] = merged_units(tables["units"], {})
    return KnowledgeBase(**tables)


def _succeeding(
    units: Iterable[_Named], ratio: Callable[[str, str], float], least: float, lang: Language
) -> tuple[list[dict[str, Any]], int]:
    """Names of a region and line of which one ends before the other begins (renamed), or goes on (merged)."""
    blocks: dict[tuple[str, str], list[_Named]] = {}
    for unit in units:
        core = body_of(unit.name, [unit.region]).core
        blocks.setdefault((unit.region, unit.line or core[:1]), []).append(unit)
    rows, larger = [], 0
    for members in blocks.values():
        if len(members) > MOST_IN_A_BLOCK:
            larger += 1
            continue
        for old in members:
            after = [new for new in members if new.last > old.last]
            sole = _sole_successor(old, after)
            scored = [(round(ratio(old.name, new.name), 1), new) for new in after]
            scored = [(score, new) for score, new in scored if score >= least or new is sole]
            if scored:
                score, new = max(scored, key=lambda pair: (pair[0], pair[1].first > old.last, pair[1].unit))
                rows.append(_succession(old, new, score, lang))
    return rows, larger


def _sole_successor(old: _Named, after: Sequence[_Named]) -> _Named | None:
    """The only name of a line that is there once another has gone (县扶贫办 → 县乡村振兴局), however little they are alike."""
    return after[0] if old.line and len(after) == 1 and after[0].first > old.last else None


def _succession(old: _Named, new: _Named, score: float, lang: Language) -> dict[str, Any]:
    reading = "renamed" if new.first > old.last else "merged"
    line = word("alias_same_line", lang) if old.line and old.line == new.line else word("alias_same_sign", lang)
    return {
        "region": old.region, "alias": old.name, "name": new.name, "score": score, "reading": reading,
        "reason": word(f"alias_{reading}", lang, alias=old.last, name=new.first, line=line, score=f"{score:g}"),
        "years": _years(old, new, lang), "notices": old.notices, "address": f"{old.address.split()[0]} {new.address.split()[0]}",
        DECISION: "",
    }  # fmt: skip


def _years(alias: _Named | None, name: _Named | None, lang: Language) -> str:
    """When a notice first and last used each name.

    Example:
        >>> one, other = (_Named("u", "n", "r", "", *years, 1, "") for years in ((2018, 2020), (2021, 2021)))
        >>> _years(one, other, "en")
        '2018–2020 → 2021'
    """
    spans = [
        f"{unit.first}–{unit.last}" if unit.first != unit.last else str(unit.first) for unit in (alias, name) if unit
    ]
    return " → ".join(spans)


def _renamed_places(part: Part) -> Iterator[tuple[str, str]]:
    """Regions that are called otherwise today: their units are others by name, and no alias makes them one."""
    query = f"SELECT DISTINCT region, region_code FROM ({part.rows('units')}) WHERE region <> '' AND region_code <> ''"
    for region, code in part.engine.execute(query).fetchall():
        now, _ = region_today(region, code)
        if now != region:
            yield region, now
