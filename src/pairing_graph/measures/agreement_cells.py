"""Units that were left out or invented, put right in the words of their cells.

A cell is written anew as the list of its names. Where blank cells below were read as it, they keep what they had: the
first that would change gets words of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pairing_graph.base.text import fold_width, squeeze
from pairing_graph.kb.address import Address
from pairing_graph.kb.document import Cell, Paragraph
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.schema import ROLES
from pairing_graph.measures.codings_compared import NONE, Key, roles_said
from pairing_graph.reading.codings import Coding, Places, place_of
from pairing_graph.reading.corrections import TEXT
from pairing_graph.reading.corrections.rows import BLANK

Row = dict[str, str]
_NOBODY = "无"
"""What a cell says that names nobody, so that it is not read as the one above."""
_BETWEEN = "、"


@dataclass
class _Name:
    """A unit in a cell."""

    unit: str
    written: str
    role: str = ""


@dataclass
class _Cells:
    """The names in the cells of one table of facts, as they are read and as they are to be."""

    kb: KnowledgeBase
    before: dict[str, list[_Name]] = field(default_factory=dict)
    after: dict[str, list[_Name]] = field(default_factory=dict)
    supplier: dict[str, str] = field(default_factory=dict)

    def read(self, address: str, name: _Name, inherited_from: str) -> None:
        """Enter a name at the address at which it was read."""
        cell = str(Address.parse(address).cell)
        names = self.before.setdefault(cell, [])
        if all(known.unit != name.unit or known.role != name.role for known in names):
            names.append(name)
            self.after.setdefault(cell, []).append(name)
        self.supplier[cell] = str(Address.parse(inherited_from).cell) if inherited_from else cell

    def groups(self) -> Iterable[list[str]]:
        """Cells that are read as one another, each group in the order of reading."""
        found: dict[str, list[str]] = defaultdict(list)
        for cell in self.after:
            found[self.supplier.get(cell, cell)].append(cell)
        return [sorted(cells, key=lambda cell: Address.parse(cell).sort_key) for cells in found.values()]

    def changed(self, cell: str) -> bool:
        """Whether the names of a cell are to be others."""
        return [name.unit for name in self.after[cell]] != [name.unit for name in self.before.get(cell, [])]


def corrected_assignments(kb: KnowledgeBase, coding: Coding, keys: Mapping[int, Key]) -> tuple[list[Row], set[int]]:
    """Corrections of who is assigned with which role, and the numbers of differences that they cannot express.

    Args:
        kb: The knowledge base.
        coding: What the coder says.
        keys: Number of a difference → place and unit.
    """
    places, said = Places(kb), roles_said(coding)
    cells, at = _assigned_cells(kb, places)
    left: set[int] = set()
    touched: dict[str, set[int]] = defaultdict(set)
    for number, (place, unit) in keys.items():
        role, mine = said.get((place, unit), NONE), at.get((place, unit), [])
        if role == NONE:
            done = [cell for cell in mine if _remove(cells, cell, unit)]
        elif role not in ROLES or len(mine) > 1:
            done = []
        elif mine:
            done = mine
            _change_role(cells, mine[0], unit, role)
        else:
            done = _add(cells, place, _Name(unit, _short(kb, unit), role), at)
        for cell in done:
            touched[cell].add(number)
        left |= set() if done else {number}
    rows, failed = _rows(kb, cells)
    for cell in failed:
        left |= touched[cell]
    return [*rows, *_role_rows(cells, failed)], left


def corrected_pairings(kb: KnowledgeBase, coding: Coding, keys: Mapping[int, Key]) -> tuple[list[Row], set[int]]:
    """Corrections of who is paired, in rows of tables whose lists then say exactly the pairs that the coder sees."""
    cells, pairs = _paired_cells(kb)
    wanted: dict[str, set[tuple[str, str]]] = {place: set(ends) for place, ends in pairs.items()}
    numbers: dict[str, set[int]] = defaultdict(set)
    for number, key in keys.items():
        for fact in coding.pairings:
            if (fact.donor, fact.recipient) in (key[1:], key[:0:-1]) and fact.place.startswith(f"{key[0]}!"):
                wanted.setdefault(fact.place, set()).add((fact.donor, fact.recipient))
                numbers[fact.place].add(number)
        for place, ends in pairs.items():
            found = {pair for pair in ends if set(pair) == set(key[1:]) and place.startswith(f"{key[0]}!")}
            if found:
                wanted[place] -= found
                numbers[place].add(number)
    left: set[int] = set()
    columns = _columns_of_sides(kb)
    for place in numbers:
        donors, recipients = ({pair[side] for pair in wanted[place]} for side in (0, 1))
        whole = len(wanted[place]) == len(donors) * len(recipients) > 0
        ends_of = [_cell_of_side(place, columns.get(_table_of(place), []), side) for side in (0, 1)]
        if not whole or not all(ends_of):
            left |= numbers[place]
            continue
        for cell, units in zip(ends_of, (donors, recipients), strict=True):
            kept = [name for name in cells.after.get(cell, []) if name.unit in units]
            new = sorted(units - {name.unit for name in kept})
            cells.after[cell] = [*kept, *(_Name(unit, _short(kb, unit)) for unit in new)]
    rows, failed = _rows(kb, cells)
    lost = {place_of(cell) for cell in failed}
    kept_rows = [row for row in rows if place_of(row["address"]) not in lost]
    return kept_rows, left | {number for place in lost for number in numbers[place]}


def _assigned_cells(kb: KnowledgeBase, places: Places) -> tuple[_Cells, dict[Key, list[str]]]:
    cells = _Cells(kb)
    at: dict[Key, list[str]] = defaultdict(list)
    columns = ["task", "unit", "role", "as_written", "inherited_from", "address"]
    for task, unit, role, written, inherited, address in kb.assignments[columns].itertuples(index=False):
        cells.read(address.split()[0], _Name(unit, written, role), inherited)
        key = (places.home(places.of_task[task]), unit)
        at[key] = list(dict.fromkeys([*at[key], str(Address.parse(address.split()[0]).cell)]))
    return cells, dict(at)


def _paired_cells(kb: KnowledgeBase) -> tuple[_Cells, dict[str, list[tuple[str, str]]]]:
    cells = _Cells(kb)
    pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    columns = ["donor", "recipient", "donor_as_written", "recipient_as_written", "inherited_from", "address"]
    for donor, recipient, donor_words, recipient_words, inherited, address in kb.pairings[columns].itertuples(
        index=False
    ):
        parts = address.split()
        for part, unit, written in zip(parts, (donor, recipient), (donor_words, recipient_words), strict=False):
            supplier = next((s for s in inherited.split() if _column(s) == _column(part)), "")
            cells.read(part, _Name(unit, written), supplier)
        pairs[place_of(address)].append((donor, recipient))
    return cells, dict(pairs)


def _columns_of_sides(kb: KnowledgeBase) -> dict[str, list[set[int]]]:
    """Table → the columns in which donors and recipients are."""
    found: dict[str, list[set[int]]] = defaultdict(lambda: [set(), set()])
    for address in kb.pairings["address"]:
        for side, part in zip((0, 1), address.split(), strict=False):
            found[_table_of(part)][side].add(_column(part))
    return dict(found)


def _cell_of_side(place: str, columns: Sequence[set[int]], side: int) -> str:
    if not columns or len(columns[side]) != 1 or min(columns[side]) == 0:
        return ""
    at = Address.parse(place)
    return str(Address(at.document, table=at.table, row=at.row, column=min(columns[side])))


def _table_of(address: str) -> str:
    at = Address.parse(address)
    return f"{at.document}!{at.table}"


def _column(address: str) -> int:
    return Address.parse(address).column


def _short(kb: KnowledgeBase, unit: str) -> str:
    """The name under which a unit is written: its short one where the notice knows it."""
    names = dict(zip(kb.units["unit"], kb.units["name"], strict=True))
    return str(names.get(unit) or unit)


def _remove(cells: _Cells, cell: str, unit: str) -> bool:
    cells.after[cell] = [name for name in cells.after[cell] if name.unit != unit]
    return True


def _change_role(cells: _Cells, cell: str, unit: str, role: str) -> None:
    cells.after[cell] = [
        _Name(name.unit, name.written, role) if name.unit == unit else name for name in cells.after[cell]
    ]


def _add(cells: _Cells, place: str, name: _Name, at: Mapping[Key, Sequence[str]]) -> list[str]:
    """Enter a name into the cell of the place that has its role and units of its region; nothing where none fits alone."""
    here = [cell for key, mine in at.items() if key[0] == place for cell in mine]
    fitting = [cell for cell in dict.fromkeys(here) if any(known.role == name.role for known in cells.before[cell])]
    if not fitting:
        fitting = _cells_of_columns(cells, place, name.role)
    if len(fitting) > 1:
        fitting = [cell for cell in fitting if _is_alike(cells, cell, name)]
    if len(fitting) != 1:
        return []
    cells.after.setdefault(fitting[0], []).append(name)
    return fitting


def _cells_of_columns(cells: _Cells, place: str, role: str) -> list[str]:
    """The cells of a row in the columns in which the table has units with a role."""
    at = Address.parse(place)
    tables = [cell for cell, names in cells.before.items() if any(name.role == role for name in names)]
    columns = sorted({_column(cell) for cell in tables if _table_of(cell) == _table_of(place)} - {0})
    return [str(Address(at.document, table=at.table, row=at.row, column=column)) for column in columns]


def _is_alike(cells: _Cells, cell: str, name: _Name) -> bool:
    """Whether a cell, or where it is blank its column, names units of the region of a name, by its first sign."""
    column = [names for other, names in cells.before.items() if _same_column(other, cell)]
    names = cells.before.get(cell) or [known for some in column for known in some]
    return any(known.written[:1] == name.written[:1] for known in names)


def _same_column(one: str, other: str) -> bool:
    return (_table_of(one), _column(one)) == (_table_of(other), _column(other))


def _rows(kb: KnowledgeBase, cells: _Cells) -> tuple[list[Row], set[str]]:
    """A correction of the words of every cell that is to be another, and the cells that cannot be written anew."""
    rows: list[Row] = []
    failed: set[str] = set()
    for group in cells.groups():
        if not any(cells.changed(cell) for cell in group):
            continue
        made, above = [], None
        for cell in group:
            units = [name.unit for name in cells.after[cell]]
            own = cells.supplier.get(cell, cell) == cell
            if cells.changed(cell) if own else units != above:
                made.append(_rewritten(kb, cells, cell))
            above = units
        if None in made:
            failed |= {cell for cell in group if cells.changed(cell)}
        else:
            rows += [row for row in made if row]
    return rows, failed


def _rewritten(kb: KnowledgeBase, cells: _Cells, cell: str) -> Row | None:
    """The correction of one cell or paragraph; None where its words are no list of the names."""
    block = _block(kb, cell)
    if block is None:
        return None
    before, after = cells.before.get(cell, []), cells.after[cell]
    if isinstance(block, Paragraph):
        text = _edited(block.text, before, after)
    else:
        supplier = _block(kb, cells.supplier.get(cell, cell))
        shown = block.text if squeeze(block.text) else (supplier.text if supplier else "")
        text = _BETWEEN.join(name.written for name in after) or _NOBODY
        if before and not _names_all(shown, before):
            return None
    if not text:
        return None
    return {"address": cell, "column": TEXT, "expected": block.text.strip() or BLANK, "value": text}


def _edited(text: str, before: Sequence[_Name], after: Sequence[_Name]) -> str:
    """The words of a paragraph with names taken out and put in behind one of the same role; empty where that fails."""
    kept = {name.unit for name in after}
    for gone in (name.written for name in before if name.unit not in kept):
        forms = [form for form in (_BETWEEN + gone, gone + _BETWEEN) if form in text]
        if not forms or text.count(gone) > 1:
            return ""
        text = text.replace(forms[0], "", 1)
    old = {name.unit for name in before}
    for name in after:
        if name.unit not in old:
            beside = next((known.written for known in before if known.role == name.role and known.unit in kept), "")
            if not beside or text.count(beside) != 1:
                return ""
            text = text.replace(beside, beside + _BETWEEN + name.written, 1)
    return text


def _names_all(text: str, names: Sequence[_Name]) -> bool:
    words = fold_width(squeeze(text))
    return all(fold_width(squeeze(name.written)) in words for name in names)


def _block(kb: KnowledgeBase, cell: str) -> Paragraph | Cell | None:
    """The paragraph, or the cell that is there alone: not one that covers several rows."""
    at = Address.parse(cell)
    source = kb.sources.get(at.document)
    for block in source.document.blocks if source else ():
        if isinstance(block, Paragraph):
            if block.number == at.paragraph:
                return block
        elif block.number == at.table and (found := block.at(at.row, at.column)):
            alone = found.rowspan == 1 and (found.row, found.column) == (at.row, at.column)
            return found if alone else None
    return None


def _role_rows(cells: _Cells, failed: set[str]) -> list[Row]:
    """Corrections of roles, at the place that the name has in its new list."""
    rows = []
    for cell, names in cells.after.items():
        old = {name.unit: name.role for name in cells.before.get(cell, [])}
        for count, name in enumerate(names, 1):
            before = old.get(name.unit)
            if before and before != name.role and cell not in failed:
                place = f"{cell}.{count}" if _column(cell) else cell
                rows.append({"address": place, "column": "assignments.role", "expected": before, "value": name.role})
    return rows
