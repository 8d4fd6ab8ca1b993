"""The same documents through this package and through what one would use otherwise, in one run.

    python -m pip install camelot-py "markitdown[docx,pdf,xlsx]" html5lib
    python benchmarks/formats.py

For every document the cells that have words are looked for in the tables that a tool gives: right (its words at its row
and column), shifted (its words elsewhere), lost (nowhere). By part counts the right ones where every table of the output
may begin at a row of its own, for tools that give one table a page. Repeated counts the places beyond its own at which the
words of a merged cell are said again. The cells are those of the generator of the corpus and of the text of the 2022 notice,
not of any reader.
"""

from __future__ import annotations

import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "data")]

import make_notices  # noqa: E402

from pairing_graph.readers import read_document  # noqa: E402
from rendering import Table, table  # noqa: E402

CORPUS = ROOT / "tests" / "data" / "notices"
Rows = list[list[str]]
Tool = Callable[[Path], list[Rows]]


def ours(path: Path) -> list[Rows]:
    tables = []
    for grid in read_document(path).grids:
        rows = [[""] * grid.shape[1] for _ in range(grid.shape[0])]
        for cell in grid.cells:
            rows[cell.row - 1][cell.column - 1] = cell.text
        tables.append(rows)
    return tables


def markitdown(path: Path) -> list[Rows]:
    from markitdown import MarkItDown

    tables: list[Rows] = [[]]
    for line in MarkItDown().convert(str(path)).text_content.splitlines():
        if not line.lstrip().startswith("|"):
            tables.append([])
        elif not re.fullmatch(r"[\s|:-]+", line) or not re.search("-{3}", line):
            tables[-1].append([cell.strip() for cell in line.strip().strip("|").split("|")])
    return [rows for rows in tables if rows]


def pandas_html(path: Path) -> list[Rows]:
    import pandas as pd

    frames = pd.read_html(path, header=None, keep_default_na=False)
    heads = [[] if list(f.columns) == list(range(f.shape[1])) else [[str(name) for name in f.columns]] for f in frames]
    bodies = [[list(map(str, row)) for row in frame.itertuples(index=False)] for frame in frames]
    return [head + body for head, body in zip(heads, bodies, strict=True)]


def pandas_excel(path: Path) -> list[Rows]:
    import pandas as pd

    frames = pd.read_excel(path, sheet_name=None, header=None, keep_default_na=False, dtype=str, engine="openpyxl")
    return [[list(map(str, row)) for row in frame.itertuples(index=False)] for frame in frames.values()]


def python_docx(path: Path) -> list[Rows]:
    import docx

    return [[[cell.text for cell in row.cells] for row in made.rows] for made in docx.Document(str(path)).tables]


def pdfplumber_alone(path: Path) -> list[Rows]:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return [[[cell or "" for cell in row] for row in made] for page in pdf.pages for made in page.extract_tables()]


def camelot_alone(path: Path) -> list[Rows]:
    """Tables by their rulings, camelot's default; all rows are as wide as the table."""
    import camelot

    return [made.df.astype(str).to_numpy().tolist() for made in camelot.read_pdf(str(path), pages="all")]


TOOLS: dict[str, tuple[Tool, tuple[str, ...]]] = {
    "pairing_graph": (ours, (".docx", ".xlsx", ".html", ".pdf")),
    "markitdown": (markitdown, (".docx", ".xlsx", ".html", ".pdf")),
    "pandas.read_html": (pandas_html, (".html",)),
    "pandas.read_excel": (pandas_excel, (".xlsx",)),
    "python-docx": (python_docx, (".docx",)),
    "pdfplumber": (pdfplumber_alone, (".pdf",)),
    "camelot": (camelot_alone, (".pdf",)),
}


def documents() -> dict[Path, list[Table]]:
    """Files of the corpus and the tables that were written into them."""
    both = [block for block in make_notices.notice_2022() if isinstance(block, Table)]
    live, helping = table(*make_notices.LIVELIHOOD), table(*make_notices.HELPING)
    found = {CORPUS / suffix / f"wuxi-yuzhong-2022.{suffix}": both for suffix in ("docx", "xlsx", "html", "pdf")}
    return found | {
        CORPUS / "docx" / "two-rows.docx": [table(*make_notices.TWO_ROWS)],
        CORPUS / "html" / "livelihood.html": [live],
        CORPUS / "html" / "helping.html": [helping],
        CORPUS / "xlsx" / "helping.xlsx": [helping],
        CORPUS / "pdf" / "helping.pdf": [helping],
        CORPUS / "pdf" / "long.pdf": [table(*make_notices.long_rows(18))],
    }


def plain(text: str) -> str:
    return re.sub(r"\s|<br\s*/?>", "", text)


def score(wanted: list[Table], got: list[Rows]) -> Counter[str]:
    """Each table against the one of the output that it fits best; the parts on several pages count as one, too."""
    widths = {len(rows[0]) for rows in got}
    got = got + [[row for rows in got if len(rows[0]) == width for row in rows] for width in sorted(widths)]
    total: Counter[str] = Counter()
    for one in wanted:
        tried = [against(one, rows, above) for rows in got for above in range(-1, 40)]
        total += max(tried, key=lambda c: (c["right"], c["shifted"]), default=against(one, [], 0))
        total["by_part"] += len(set().union(*(best_of(one, rows) for rows in got)))
    return total


def best_of(wanted: Table, rows: Rows) -> set[tuple[int, int]]:
    """The right cells of one table of the output at the row where it fits best."""
    height = max(cell.row for cell in wanted.cells)
    return max((right_cells(wanted, rows, above) for above in range(1 - height, len(rows))), key=len, default=set())


def right_cells(wanted: Table, rows: Rows, above: int) -> set[tuple[int, int]]:
    placed = {(y, x): plain(text) for y, row in enumerate(rows, 1 - above) for x, text in enumerate(row, 1)}
    places = {(cell.row, cell.column): plain(cell.text) for cell in wanted.cells}
    return {place for place, words in places.items() if words and placed.get(place) == words}


def against(wanted: Table, rows: Rows, above: int) -> Counter[str]:
    placed = {(y, x): plain(text) for y, row in enumerate(rows, 1 - above) for x, text in enumerate(row, 1)}
    spoken = Counter(text for text in placed.values() if text)
    found: Counter[str] = Counter()
    for cell in wanted.cells:
        words = plain(cell.text)
        if not words:
            continue
        if placed.get((cell.row, cell.column)) == words:
            found["right"] += 1
        else:
            found["shifted" if spoken[words] else "lost"] += 1
        covered = [
            (y, x)
            for y in range(cell.row, cell.row + cell.rowspan)
            for x in range(cell.column, cell.column + cell.colspan)
            if (y, x) != (cell.row, cell.column)
        ]
        found["repeated"] += sum(1 for place in covered if placed.get(place) == words)
    return found


def main() -> None:
    warnings.simplefilter("ignore")
    print(
        f"{'document':34} {'tool':18} {'right':>6} {'shifted':>8} {'lost':>5} {'by part':>8} {'repeated':>9} {'ms':>7}"
    )
    for path, wanted in documents().items():
        for name, (tool, suffixes) in TOOLS.items():
            if path.suffix not in suffixes:
                continue
            try:
                tool(path)
                begin = time.perf_counter()
                got = tool(path)
                seconds = time.perf_counter() - begin
            except ImportError as error:
                print(f"{path.name:34} {name:18} not installed: {error.name}")
                continue
            found = score(wanted, got)
            counts = (
                f"{found['right']:6} {found['shifted']:8} {found['lost']:5} {found['by_part']:8} {found['repeated']:9}"
            )
            print(f"{path.name:34} {name:18} {counts} {seconds * 1000:7.0f}")


if __name__ == "__main__":
    main()
