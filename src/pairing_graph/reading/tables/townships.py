"""Which township, or county, a row or a row over the width puts a village in; and which villages stand in several."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from pairing_graph.base.remembered import remembered
from pairing_graph.base.text import leading_number, squeeze
from pairing_graph.kb.schema import TOWNSHIP_LEVEL
from pairing_graph.lexicon.patterns import one_of
from pairing_graph.places.mentions import place_at, whole_place
from pairing_graph.reading.behind_names import split_qualifier
from pairing_graph.reading.kinds import is_collective, kind_of
from pairing_graph.reading.name_lists import split_names
from pairing_graph.reading.tables.cells import supplied
from pairing_graph.reading.tables.column_meaning import ColumnMeaning
from pairing_graph.reading.tables.columns import Heading
from pairing_graph.reading.unit_names import explicit_region
from pairing_graph.reading.villages import Above

_FINE_PLACE = re.compile(one_of("names", "fine_place"))
_WIDE_PLACE = re.compile(one_of("names", "wide_place"))
_OFFICE = re.compile(rf"{one_of('names', 'place_body')}$")
TOWNSHIPS, BODIES, VILLAGES = range(3)
"""How small the places of a column are."""
_ABOVE = ("recipient", "unit", "area")
"""Meanings of columns that may hold the townships of another."""
_ABOVE_BY_HEADING = ("other", "unknown")
"""Those that hold them where the heading names such places (所属乡镇): where a person comes from (籍贯) is no village's place."""
_COUNTIES = ("县", "旗")
"""Endings of counties alone; 市 and 区 also end prefectures, zones and parts of a town."""
_LONGEST_PLACE = 20
"""Characters of a cell that names a place and nothing else: 双江拉祜族佤族布朗族傣族自治县 has fifteen."""


def places_above(
    heading: Heading, row: int, column: ColumnMeaning, sides: Collection[ColumnMeaning], *,
    first: int, skip: Collection[int], band: Above,
) -> Above:  # fmt: skip
    """The township and county that a row names for the cell of a column: in the nearest column that holds places.

    Args:
        heading: The table and its heading.
        row: The row.
        column: The column of villages.
        sides: The columns of the units that are paired, which name no place above.
        first: The first row that words may be read on from.
        skip: Rows that repeat the heading.
        band: What the rows over the width above it name.
    """
    found: dict[str, tuple[str, int, ColumnMeaning]] = {}
    several: dict[str, tuple[str, ...]] = {}
    others = [one for one in heading.columns if one not in sides and _may_hold_places(one)]
    for other in sorted(others, key=lambda one: (one.column > column.column, abs(one.column - column.column))):
        cell = supplied(heading, row, other, first=first, skip=skip)
        level, name = place_of_cell(cell.text) if cell else ("", "")
        if cell and level:
            found.setdefault(level, (name, cell.source[0], other))
        elif cell:
            level, names = places_of_cell(cell.text)
            several.setdefault(level, names)
    if {"township", "county"} <= found.keys():
        (_, place, _), (county, named, counties) = found["township"], found["county"]
        before = supplied(heading, place, counties, first=first, skip=skip) if place < named else None
        if before and place_of_cell(before.text)[1] != county:
            del found["township"]  # A blank goes on with the cell above, but not into another county.
    townships = () if "township" in found else several.get("township", ())
    counties_beside = () if "county" in found else several.get("county", ())
    township = found["township"][0] if "township" in found else "" if townships else band.township
    county = found["county"][0] if "county" in found else "" if counties_beside else band.county
    return Above(township, county, townships, counties_beside)


@remembered
def places_of_cell(text: str) -> tuple[str, tuple[str, ...]]:
    """The level and names of the townships or counties of a cell that names two or more and nothing else, else empty.

    Example:
        >>> places_of_cell("土城镇、花台乡"), places_of_cell("土城镇"), places_of_cell("土城镇、县财政局")
        (('township', ('土城镇', '花台乡')), ('', ()), ('', ()))
    """
    places = [place_of_cell(span.text) for span in split_names(text)]
    levels = {level for level, _ in places}
    if len(places) < 2 or len(levels) > 1 or "" in levels:
        return "", ()
    return levels.pop(), tuple(name for _, name in places)


def _may_hold_places(column: ColumnMeaning) -> bool:
    by_heading = column.meaning in _ABOVE_BY_HEADING and bool(_WIDE_PLACE.search(column.heading))
    return by_heading or column.meaning in _ABOVE


@remembered
def place_of_cell(text: str) -> tuple[str, str]:
    """The level and name of the township or county that a cell names and nothing else, empty where it does not.

    Example:
        >>> place_of_cell("一、花石乡（2个村）"), place_of_cell("金寨县"), place_of_cell("金寨县花石乡人民政府")
        (('township', '花石乡'), ('county', '金寨县'), ('township', '花石乡'))
        >>> place_of_cell("花石乡\\n古碑镇"), place_of_cell("各乡镇"), place_of_cell("县财政局")
        (('', ''), ('', ''), ('', ''))
    """
    if len(text) > _LONGEST_PLACE:
        return "", ""
    written = leading_number(text).text
    parts = [span.text for span in split_names(written)]
    if len(parts) > 1 and not _is_path(parts, squeeze(written)):
        return "", ""
    name = split_qualifier(squeeze(written))[0]
    known = whole_place(name)
    if known and known.candidates[0].level == "county":
        return "county", name
    name = _OFFICE.sub("", name) if len(_OFFICE.sub("", name)) > 1 else name
    found = place_at(name)
    name = name[found.end :] if found and kind_of(name[found.end :]) in TOWNSHIP_LEVEL else name
    if kind_of(name) in TOWNSHIP_LEVEL and not is_collective(name):
        return "township", name
    return "", ""


@remembered
def is_unknown_county(text: str) -> bool:
    """Whether a cell names a county, and nothing else, that the gazetteer does not know.

    Example:
        >>> is_unknown_county("某某自治县"), is_unknown_county("金寨县"), is_unknown_county("全县")
        (True, False, False)
    """
    if len(text) > _LONGEST_PLACE:
        return False
    name = split_qualifier(squeeze(leading_number(text).text))[0]
    return name.endswith(_COUNTIES) and explicit_region(name, ())[0] == name and not whole_place(name)


def _is_path(parts: Sequence[str], words: str) -> bool:
    """Whether names with nothing but blanks between them are a place and one in it (金寨县 ⏎ 花石乡)."""
    return len(parts) == 2 and "".join(parts) == words and whole_place(parts[0]) is not None


def fineness(heading: str) -> int:
    """How small the places of a column are by its heading: villages, what lies above them, or bodies of any place.

    Example:
        >>> fineness("帮扶村"), fineness("乡镇"), fineness("帮扶单位")
        (2, 0, 1)
    """
    return VILLAGES if _FINE_PLACE.search(heading) else TOWNSHIPS if _WIDE_PLACE.search(heading) else BODIES


def finest(columns: Sequence[ColumnMeaning]) -> ColumnMeaning:
    """The column of the smallest places, the first of several."""
    return max(columns, key=lambda column: (fineness(column.heading), -column.column))
