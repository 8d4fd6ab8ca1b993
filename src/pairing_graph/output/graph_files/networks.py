"""Pajek, UCINET and a plain matrix: ids, edges and weights, in one mode or in two.

Pajek: Batagelj and Mrvar, Pajek reference manual. UCINET: Borgatti, Everett and Freeman (2002), DL files.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.safe_cells import safe_text
from pairing_graph.base.text import printable
from pairing_graph.output.graph_files.formats import AnyGraph, edges_of

MOST_CELLS = 25_000_000
"""Cells of a matrix that is written: 5,000 nodes each way, a file of 50 MB."""
_FULL_WIDTH = str.maketrans('",:;\\', "＂，：；＼")
"""Signs that would end a name or escape the next one, as their full-width forms."""
_BLANKS = re.compile(r"\s+")


def pajek_bytes(graph: AnyGraph, _: Path) -> bytes:
    """A graph as a Pajek network; what an edge says (relation, role) is the label of its line."""
    rows, columns = _modes(graph)
    nodes = [*rows, *columns]
    places = {node: place for place, node in enumerate(nodes, 1)}
    size = f"{len(nodes)} {len(rows)}" if columns else f"{len(nodes)}"
    lines = [f"*Vertices {size}"]
    lines += [f'{place} "{name}"' for place, name in enumerate(_names(nodes, " "), 1)]
    lines.append("*Arcs" if graph.is_directed() else "*Edges")
    for tail, head, _key, data in edges_of(graph):
        words = " ".join(_name(str(data[name]), " ") for name in ("relation", "role") if name in data)
        label = f' l "{words}"' if words else ""
        lines.append(f"{places[tail]} {places[head]} {_number(data.get('weight', 1))}{label}")
    return _text(lines)


def ucinet_bytes(graph: AnyGraph, _: Path) -> bytes:
    """A graph as a DL file of UCINET: the cells of its matrix that are not 0."""
    rows, columns = _modes(graph)
    cells = _cells(graph, rows, columns)
    if columns:
        lines = [f"dl nr={len(rows)} nc={len(columns)}", "format = edgelist2", "row labels:", *_names(rows, "_")]
        lines += ["column labels:", *_names(columns, "_")]
    else:
        lines = [f"dl n={len(rows)}", "format = edgelist1", "labels:", *_names(rows, "_")]
    row_places = {node: place for place, node in enumerate(rows, 1)}
    column_places = {node: place for place, node in enumerate(columns or rows, 1)}
    lines.append("data:")
    lines += [f"{row_places[one]} {column_places[other]} {_number(sum_)}" for (one, other), sum_ in cells.items()]
    return _text(lines)


def matrix_bytes(graph: AnyGraph, path: Path) -> bytes:
    """A graph as a matrix in CSV that a spreadsheet opens, ids as they are.

    Raises:
        FileError: It would have too many cells.
    """
    rows, columns = _modes(graph)
    across = columns or rows
    if len(rows) * len(across) > MOST_CELLS:
        got, advice = f"{len(rows):,} by {len(across):,}", "Write .dl, which holds only the cells that are not 0."
        raise FileError(Complaint("The matrix is too large", str(path), f"at most {MOST_CELLS:,} cells", got, advice))
    cells: dict[str, dict[str, float]] = {}
    for (one, other), total in _cells(graph, rows, columns).items():
        cells.setdefault(one, {})[other] = total
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["", *(safe_text(node) for node in across)])
    for node in rows:
        found = cells.get(node, {})
        writer.writerow([safe_text(node), *(_number(found.get(other, 0)) for other in across)])
    return out.getvalue().encode("utf-8-sig")


def _modes(graph: AnyGraph) -> tuple[list[str], list[str]]:
    """The nodes of the first and of the second mode; all of them and none where the graph has one mode."""
    modes: dict[str, Any] = {node: data.get("bipartite") for node, data in graph.nodes(data=True)}
    if not modes or set(modes.values()) != {0, 1}:
        return list(modes), []
    return [node for node, mode in modes.items() if mode == 0], [node for node, mode in modes.items() if mode == 1]


def _cells(graph: AnyGraph, rows: list[str], columns: list[str]) -> dict[tuple[str, str], float]:
    """The sums of the weights by row and column; without a direction both ways, in two modes from the first."""
    second = set(columns)
    sums: dict[tuple[str, str], float] = {}
    for tail, head, _, data in edges_of(graph):
        one, other = (head, tail) if tail in second else (tail, head)
        sums[one, other] = sums.get((one, other), 0) + data.get("weight", 1)
        if not (columns or graph.is_directed()) and one != other:
            sums[other, one] = sums.get((other, one), 0) + data.get("weight", 1)
    places = {node: place for place, node in enumerate([*rows, *columns])}
    return dict(sorted(sums.items(), key=lambda cell: (places[cell[0][0]], places[cell[0][1]])))


def _name(text: str, blank: str) -> str:
    shown = printable(text).translate(_FULL_WIDTH)
    return _BLANKS.sub(" ", shown).strip().replace(" ", blank)


def _names(nodes: Iterable[str], blank: str) -> list[str]:
    """Names that the format can hold, each once."""
    taken: set[str] = set()
    names = []
    for node in nodes:
        base = _name(str(node), blank) or "_"
        tries = (base if number == 1 else f"{base}~{number}" for number in count(1))
        name = next(one for one in tries if one not in taken)
        taken.add(name)
        names.append(name)
    return names


def _number(value: Any) -> str:
    return f"{value:.12g}"


def _text(lines: Iterable[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode("utf-8")
