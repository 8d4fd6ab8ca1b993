"""A part of a collection as a knowledge base."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import index as index_of
from pathlib import Path
from typing import Any, SupportsIndex, TypeAlias

import pandas as pd

from pairing_graph.base.errors import Complaint, UnknownNameError
from pairing_graph.collection.columns import SOURCES, own_columns
from pairing_graph.collection.database import Database, quoted
from pairing_graph.collection.folder import Lease
from pairing_graph.collection.index import Index, Segment
from pairing_graph.collection.near import empty_part, unknown_name
from pairing_graph.collection.segments import rows_of
from pairing_graph.kb.document import Source
from pairing_graph.kb.frames import frame
from pairing_graph.kb.knowledge_base import KnowledgeBase, Names
from pairing_graph.kb.schema import TABLES
from pairing_graph.kb.source_files import sources_from
from pairing_graph.kb.validation import validate
from pairing_graph.places.gazetteer import places_named
from pairing_graph.reading.combining import merged_units

_PROVINCE_DIGITS = 2
PROVINCE_OF_UNIT = f"coalesce(nullif(left(region_code, {_PROVINCE_DIGITS}), ''), province)"
"""The province of a row of units: that of its region, else that under which its notice is kept."""
Years: TypeAlias = SupportsIndex | str | Iterable[SupportsIndex | str]
"""Years of issue: 2022, "2022", numbers of NumPy, or several."""


def selected(
    folder: Path, year: Years, province: Names, neighbourhood: Names, criteria: Mapping[str, Names]
) -> KnowledgeBase:
    """The part of a collection that fits all criteria that are not empty; see `Collection.select`.

    Raises:
        UnknownNameError: Nothing fits, or there is no criterion.
    """
    years = _years(year)
    provinces = tuple(map(province_code, _listed(province)))
    asked = {name: _listed(value) for name, value in criteria.items()}
    if neighbourhood:
        asked["document"] = (*asked["document"], *neighbours(folder, _listed(neighbourhood)))
    asked = {name: value for name, value in asked.items() if value}
    if not (years or provinces or asked):
        expected = ", ".join(["year", "province", *criteria, "neighbourhood"])
        raise UnknownNameError(Complaint("Nothing was asked for", "select", f"one of {expected}"))
    part = part_of_folder(folder, years, provinces)
    documents = part.documents(asked)
    kb = part.narrowed(documents).knowledge_base(documents)
    if not len(kb.documents):
        raise UnknownNameError(empty_part(part_of_folder(folder), folder, years, provinces, asked))
    return kb.select(**asked) if asked else kb


def _listed(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _years(given: Years) -> tuple[int, ...]:
    """The years that were given.

    Raises:
        UnknownNameError: Something is no year.

    Example:
        >>> _years(2022), _years("2022"), _years(range(2021, 2023))
        ((2022,), (2022,), (2021, 2022))
    """
    listed = given if isinstance(given, Iterable) and not isinstance(given, str) else [given]
    years, strange = [], []
    for one in listed:
        try:
            years.append(int(one) if isinstance(one, str) else index_of(one))
        except (TypeError, ValueError):
            strange.append(Complaint("This is no year", "year", "a whole number such as 2022", repr(one)))
    if strange:
        raise UnknownNameError(strange)
    return tuple(years)


def part_of_folder(folder: Path, years: Sequence[int] = (), provinces: Sequence[str] = ()) -> Part:
    """The files of a collection as they are now, of some years, and of the notices whose units lie in some provinces.

    Raises:
        FileError: It is no collection.
    """
    lease = Lease(folder)
    with Index(folder) as index:
        segments, dropped = index.held()
    part = Part(folder, segments, dropped, years, lease=lease)
    return part.of_provinces(provinces) if provinces else part


def neighbours(folder: Path, units: Sequence[str]) -> list[str]:
    """The ids of the notices that name units, or units that they are paired with.

    Raises:
        UnknownNameError: No notice names a unit.
    """
    part = part_of_folder(folder)
    pairings, named = part.rows("pairings"), part.rows("units")
    listed = ", ".join(map(quoted, units))
    circle = set(units)
    if pairings:
        for side, other in (("donor", "recipient"), ("recipient", "donor")):
            query = f"SELECT DISTINCT {other} FROM ({pairings}) WHERE {side} IN ({listed})"
            circle |= {unit for (unit,) in part.engine.execute(query).fetchall()}
    wanted = ", ".join(map(quoted, sorted(circle)))
    query = f"SELECT unit, document_code FROM ({named}) WHERE unit IN ({wanted})"
    found = part.engine.execute(query).fetchall() if named else []
    unknown = sorted(set(units) - {unit for unit, _ in found})
    if unknown:
        raise UnknownNameError([_no_neighbourhood(part, unit) for unit in unknown])
    return part.column("documents", "document", sorted({code for _, code in found}))


def _no_neighbourhood(part: Part, unit: str) -> Complaint:
    """The complaint about a unit that no notice names in full; where it is another one's short name, which."""
    unknown = unknown_name(part, "unit", unit)
    if unknown is not None:
        return replace(unknown, where="neighbourhood", expected="the full name of a unit")
    rows = part.rows("units")
    called = f"name = {quoted(unit)} OR list_contains(aliases, {quoted(unit)})"
    full = [row["unit"] for row in part.records(f"SELECT DISTINCT unit FROM ({rows}) WHERE {called} ORDER BY unit")]
    advice = f"Did you mean {' or '.join(full[:3])}?"
    return Complaint("This is the short name of a unit", "neighbourhood", "the full name of a unit", unit, advice)


def province_code(province: str) -> str:
    """The two digits of a province, given by its name or its digits.

    Raises:
        UnknownNameError: There is no such province.

    Example:
        >>> province_code("重庆市"), province_code("50")
        ('50', '50')
    """
    if province.isdigit() and len(province) == _PROVINCE_DIGITS:
        return province
    found = [place.code for place in places_named(province, level="province")]
    if not found:
        raise UnknownNameError(Complaint("There is no such province", "province", "a name or two digits", province))
    return str(found[0][:_PROVINCE_DIGITS])


class Part:
    """The files of some years and provinces.

    Args:
        folder: The folder of the collection.
        segments: Its files.
        dropped: The codes of notices that are out.
        years: Years of issue; none for all.
        provinces: First two digits of the codes under which notices are kept; none for all.
        lease: What keeps the files where they are.
    """

    def __init__(
        self,
        folder: Path,
        segments: Sequence[Segment],
        dropped: Sequence[int],
        years: Sequence[int],
        provinces: Sequence[str] = (),
        *,
        lease: Lease,
    ) -> None:
        self.folder, self.dropped, self._all, self._lease = folder, dropped, segments, lease
        self.segments = [
            one
            for one in segments
            if not one.sorted or ((not years or one.year in years) and (not provinces or one.province in provinces))
        ]
        within = [f"year IN ({', '.join(map(str, years))})"] if years else []
        within += [f"province IN ({', '.join(map(quoted, provinces))})"] if provinces else []
        self.within = " AND ".join(within) or "true"
        self.engine = Database(folder)

    def of_provinces(self, provinces: Sequence[str]) -> Part:
        """The notices that are kept under provinces, and those of which a unit lies in them."""
        documents, units = self.rows("documents"), self.rows("units")
        listed = ", ".join(map(quoted, provinces))
        tests = [(documents, "province")] + ([(units, PROVINCE_OF_UNIT)] if units else [])
        query = " UNION ".join(f"SELECT document_code FROM ({rows}) WHERE {test} IN ({listed})" for rows, test in tests)
        codes = sorted(code for (code,) in self.engine.execute(query).fetchall()) if documents else []
        part = self.narrowed(codes)
        part.within = f"document_code IN ({', '.join(map(str, codes))})" if codes else "false"
        return part

    def narrowed(self, documents: Sequence[int]) -> Part:
        """The files of the years and provinces of some notices: a notice lies in one file of each table."""
        rows = self.rows("documents")
        if not rows or not documents:
            return self
        codes = ", ".join(map(str, documents))
        query = f"SELECT DISTINCT year, province FROM ({rows}) WHERE document_code IN ({codes})"
        found = self.engine.execute(query).fetchall()
        years, provinces = (sorted({place[part] for place in found}) for part in (0, 1))
        return Part(self.folder, self._all, self.dropped, years, provinces, lease=self._lease)

    def rows(self, table: str) -> str:
        """The rows of a table as a query; empty where there is no file."""
        files = [segment for segment in self.segments if segment.table == table]
        rows = rows_of(self.folder, files, self.dropped)
        return f"SELECT * FROM ({rows}) WHERE {self.within}" if rows else ""

    def records(self, query: str) -> list[dict[str, Any]]:
        """What a query finds, a mapping for each row."""
        found = self.engine.execute(query)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def sources(self, documents: Sequence[int]) -> dict[str, Source]:
        """The documents behind some notices."""
        kept: dict[str, Source] = {}
        for text in self.column(SOURCES, "json", documents):
            kept |= sources_from(text)
        return kept

    def documents(self, asked: Mapping[str, Sequence[str]]) -> list[int]:
        """The codes of the notices in which each criterion is met by some row."""
        found: set[int] | None = None
        for query in self._conditions(asked):
            codes = {code for (code,) in self.engine.execute(query).fetchall()}
            found = codes if found is None else found & codes
        return sorted(found or ())

    def _conditions(self, asked: Mapping[str, Sequence[str]]) -> Iterable[str]:
        places = {
            "document": ("documents", ("document", "file")),
            "area": ("tasks", ("area",)),
            "role": ("assignments", ("role",)),
            "region": ("units", ("region", "region_code")),
            "unit": ("units", ("unit", "name")),
            "line": ("units", ("line",)),
        }
        documents = self.rows("documents")
        if documents:
            yield f"SELECT DISTINCT document_code FROM ({documents})"
        for criterion, names in asked.items():
            table, columns = places[criterion]
            rows = self.rows(table)
            if not rows or criterion == "role":
                continue
            listed = ", ".join(map(quoted, names))
            tests = [f'"{column}" IN ({listed})' for column in columns]
            if table == "units":
                tests.append(f"list_has_any(aliases, [{listed}])")
            yield f"SELECT DISTINCT document_code FROM ({rows}) WHERE {' OR '.join(tests)}"

    def knowledge_base(self, documents: Sequence[int]) -> KnowledgeBase:
        """The knowledge base of some notices, in the order in which they were read."""
        kept: dict[str, Any] = {name: self._frame(name, documents) for name in TABLES}
        kept["units"] = merged_units(kept["units"], self._latest_codes(documents))
        typed: dict[str, Any] = {name: frame(name, rows) for name, rows in kept.items()}
        return validate(KnowledgeBase(**typed, sources=self.sources(documents)))

    def _frame(self, table: str, documents: Sequence[int]) -> pd.DataFrame:
        names = tuple(own_columns(table))
        columns = self.columns(table, names, documents)
        held = {name: pd.Series(values, dtype=object) for name, values in zip(names, columns, strict=True)}
        return frame(table, pd.DataFrame(held))

    def _latest_codes(self, documents: Sequence[int]) -> dict[str, str]:
        """Unit → the code of its region by the latest notice that has one."""
        code, *dated_by = self.columns("documents", ("document_code", "date", "document"), documents)
        dates = dict(zip(code, zip(*dated_by, strict=True), strict=True))
        rows = zip(*self.columns("units", ("document_code", "unit", "region_code"), documents), strict=True)
        dated = sorted(rows, key=lambda row: dates[row[0]])
        return {unit: code for _, unit, code in dated if code}

    def column(self, table: str, column: str, documents: Sequence[int]) -> list[Any]:
        """A column of a table for some notices, in the order in which they were read."""
        return self.columns(table, (column,), documents)[0]

    def columns(self, table: str, columns: Sequence[str], documents: Sequence[int]) -> list[list[Any]]:
        """Columns of a table for some notices, in the order in which they were read."""
        rows = self.rows(table)
        if not rows or not documents:
            return [[] for _ in columns]
        codes, wanted = ", ".join(map(str, documents)), ", ".join(f'"{column}"' for column in columns)
        query = f"SELECT {wanted} FROM ({rows}) WHERE document_code IN ({codes}) ORDER BY document_code, row"
        found = self.engine.execute(query).fetchall()
        return [list(values) for values in zip(*found, strict=True)] if found else [[] for _ in columns]
