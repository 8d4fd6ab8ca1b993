"""Random tables with merged cells, rendered into each format and read back: the same cells at the same places."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.readers.ofd_pages import to_ofd
from tests.rendering import Span, Table, to_docx, to_html, to_pdf, to_xlsx

from pairing_graph.readers import read_document

WORDS = st.text("县区局委镇街道办农业林水财政一二三1234、，（）", min_size=1, max_size=12)
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
RENDER = {
    "docx": lambda table: to_docx(["标题", table]),
    "xlsx": lambda table: to_xlsx({"Sheet1": ["标题", "", table]}),
    "html": lambda table: to_html(["标题", table]),
    "pdf": lambda table: to_pdf(["标题", table]),
    "ofd": lambda table: to_ofd(["标题", table]),
}


@st.composite
def tables(draw: st.DrawFn, words: st.SearchStrategy[str] = LINES) -> Table:
    """A table in which every row and every column has a cell that is not merged along it, as tables of data have."""
    rows, columns = draw(st.integers(2, 6)), draw(st.integers(2, 5))
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            if (row, column) in taken:
                continue
            height = draw(st.integers(1, min(3, rows - row + 1))) if column < columns and row > 1 else 1
            width = draw(st.integers(1, 2)) if height == 1 and row > 1 and column + 1 < columns else 1
            width = 1 if (row, column + width - 1) in taken else width
            covered = {(y, x) for y in range(row, row + height) for x in range(column, column + width)}
            taken |= covered
            cells.append(Span(row, column, draw(words), height, width))
    return Table(cells)


def read_back(name, table, tmp_path):
    file = tmp_path / f"a.{name}"
    file.write_bytes(RENDER[name](table))
    document = read_document(file)
    assert [paragraph.text for paragraph in document.paragraphs] == ["标题"]
    (grid,) = document.grids
    return {(cell.row, cell.column, cell.rowspan, cell.colspan): cell.text for cell in grid.cells}


def as_written(table):
    return {(cell.row, cell.column, cell.rowspan, cell.colspan): cell.text for cell in table.cells}


@pytest.mark.parametrize("name", ["docx", "xlsx", "html"])
@given(table=tables())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_table_comes_back_as_it_was(name, table, tmp_path):
    assert read_back(name, table, tmp_path) == as_written(table)


@pytest.mark.parametrize("name", ["pdf", "ofd"])
@given(table=tables(WORDS))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_ruled_table_on_pages_comes_back_but_for_its_line_breaks(name, table, tmp_path):
    found = {place: text.replace("\n", "") for place, text in read_back(name, table, tmp_path).items()}
    assert found == as_written(table)
