"""Workbooks of a few kilobytes that would fill the memory: the same limits for notices and for corrections."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook
from tests.readers import hostile
from tests.readers.hostile import SHEET, part, with_part

import pairing_graph as pg
from pairing_graph.readers import read_document
from pairing_graph.readers.xlsx_parts import area_of
from pairing_graph.reading.corrections import COLUMNS, read_corrections

ALL = "A1:XFD1048576"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MERGES = [ALL, "$A$1:$XFD$1048576", "A&#49;:XFD1048576", "a1:xfd1048576", "A:XFD", "1:1048576", "XFD1048576:A1", "Sheet!A1:XFD1048576"]  # fmt: skip


def behind_cells(markup: str) -> str:
    return part(hostile.xlsx(), SHEET).replace("</sheetData>", f"</sheetData>{markup}")


def merges(*references: str) -> str:
    made = "".join(f'<mergeCell ref="{reference}"/>' for reference in references)
    return behind_cells(f"<mergeCells>{made}</mergeCells>")


def prefixed() -> str:
    cells = '<p:row r="1"><p:c r="A1"><p:v>1</p:v></p:c></p:row>'
    merge = f'<p:mergeCells><p:mergeCell ref="{ALL}"/></p:mergeCells>'
    return f'<p:worksheet xmlns:p="{MAIN}"><p:sheetData>{cells}</p:sheetData>{merge}</p:worksheet>'


def refused_parts():
    yield from ((reference, merges(reference)) for reference in MERGES)
    yield "prefix", prefixed()
    yield "utf-16", merges(ALL).encode("utf-16")
    yield "utf-16-be", merges(ALL).encode("utf-16-be")
    yield "overlapping", merges(*["A1:J1000"] * 20)
    yield "shifted", merges(*(f"A{row}:A{row + 50_000}" for row in range(1, 5)))
    yield (
        "within-a-row",
        part(hostile.xlsx(), SHEET).replace("</sheetData>", f'<row><mergeCell ref="{ALL}"/></row></sheetData>'),
    )


REFUSED = dict(refused_parts())


@pytest.mark.parametrize("name", REFUSED)
def test_merged_cells_are_counted_however_they_are_written(tmp_path, name):
    file = tmp_path / "a.xlsx"
    file.write_bytes(with_part(hostile.xlsx(), SHEET, REFUSED[name]))
    with pytest.raises(pg.FileError, match="merged cells.*100,000"):
        read_document(file)


@pytest.mark.parametrize("reference", ["", "A1:", "A1:B", "A1:B2 C3", "A1:B2\n", "AAAA1:B2", "A1:B99999999"])
def test_what_is_no_range_is_damage(tmp_path, reference):
    file = tmp_path / "a.xlsx"
    file.write_bytes(with_part(hostile.xlsx(), SHEET, merges(reference.replace("\n", "&#10;"))))
    with pytest.raises(pg.FileError, match="damaged.*merged cell such as"):
        read_document(file)


UNREAD = {
    "link": f'<hyperlinks><hyperlink ref="{ALL}" location="A1"/></hyperlinks>',
    "link-on-columns": '<hyperlinks><hyperlink ref="A:XFD" location="A1"/></hyperlinks>',
    "link-on-rows": '<hyperlinks><hyperlink ref="1:1048576" location="A1"/></hyperlinks>',
    "link-without-target": '<hyperlinks><hyperlink ref="A1" r:id="rId9"/></hyperlinks>',
    "format": f'<conditionalFormatting sqref="{ALL}"><cfRule type="x" priority="1"/></conditionalFormatting>',
    "validation": f'<dataValidations><dataValidation sqref="{ALL}" type="nonsense"/></dataValidations>',
    "table": '<tableParts count="1"><tablePart r:id="rId7"/></tableParts>',
    "drawing": '<drawing r:id="rId8"/><legacyDrawing r:id="rId6"/>',
    "filter": f'<autoFilter ref="{ALL}"><filterColumn colId="x"/></autoFilter>',
    "choice": '<mc:AlternateContent xmlns:mc="x"><mc:Choice><mergeCells/></mc:Choice></mc:AlternateContent>',
    "sign-in-an-attribute": "<sheetProtection a='>' b=\"/>\"/>",
}


@pytest.mark.parametrize("name", UNREAD)
def test_what_is_not_read_of_a_sheet_cannot_break_it(tmp_path, name):
    file = tmp_path / "a.xlsx"
    xml = behind_cells(UNREAD[name]).replace(f'xmlns="{MAIN}"', f'xmlns="{MAIN}" xmlns:r="{REL}"', 1)
    file.write_bytes(with_part(hostile.xlsx(), SHEET, xml))
    assert read_document(file).grids[0].row_texts(2) == ["1", "做事", "县教委"]


def test_remarks_and_drawings_of_a_sheet_are_not_opened(tmp_path):
    related = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{REL}/comments" Target="/xl/comments1.xml"/></Relationships>'
    )
    remarks = f'<comments xmlns="{MAIN}"><commentList><comment ref="{ALL}" authorId="0"><text/></comment></commentList></comments>'
    data = with_part(hostile.xlsx(), "xl/worksheets/_rels/sheet1.xml.rels", related)
    file = tmp_path / "a.xlsx"
    file.write_bytes(with_part(data, "xl/comments1.xml", remarks))
    assert read_document(file).grids[0].row_texts(2) == ["1", "做事", "县教委"]


def test_names_and_titles_of_a_workbook_are_not_opened(tmp_path):
    names = f'<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">S!$A:$XFD,S!$1:{"9" * 5000}</definedName></definedNames>'
    book = part(hostile.xlsx(), "xl/workbook.xml").replace("</sheets>", f"</sheets>{names}")
    book = book.replace('name="S"', 'name="[a]:?*"')
    file = tmp_path / "a.xlsx"
    file.write_bytes(with_part(hostile.xlsx(), "xl/workbook.xml", book))
    (grid,) = read_document(file).grids
    assert grid.cells[0].place.sheet == "[a]:?*"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('r="A1"', 'r="A9999999999"'), ('r="A1"', 'r="XFE1"'), ('r="A1"', 'r="A0"'), ('r="A1"', 'r=""'),
        ('<row r="1"', '<row r="99999999999"'), ('<row r="1"', '<row r="nan"'), ('<row r="1"', '<row r="-1"'),
        ('s="1"', f's="{"9" * 5000}"'), ('s="1"', 's="77"'), ('s="1"', 's="-77"'),
        ("</row>", f'<c t="n"><v>{"9" * 5000}</v></c></row>'), ("</row>", '<c t="b"><v>x</v></c></row>'),
        ("</row>", '<c t="d"><v>x</v></c></row>'), ("</row>", '<c t="s"><v>5</v></c></row>'),
    ],
    ids=["row-of-a-cell", "column", "nought", "nothing", "row", "nan", "negative", "digits", "style", "style-below",
         "number", "flag", "date", "string"],
)  # fmt: skip
def test_a_cell_that_no_sheet_can_have_is_damage(tmp_path, old, new):
    file = tmp_path / "a.xlsx"
    file.write_bytes(with_part(hostile.xlsx(), SHEET, part(hostile.xlsx(), SHEET).replace(old, new)))
    with pytest.raises(pg.FileError, match="damaged"):
        read_document(file)


def test_a_formula_copied_down_is_not_written_out(tmp_path):
    formula = (
        f'<row r="9"><c r="A9"><f t="shared" si="0">{"A1+" * 2000}A1</f></c><c r="B9"><f t="shared" si="0"/></c></row>'
    )
    file = tmp_path / "a.xlsx"
    xml = part(hostile.xlsx(), SHEET).replace("</sheetData>", f"{formula}</sheetData>")
    file.write_bytes(with_part(hostile.xlsx(), SHEET, xml))
    told = [note.text for note in read_document(file).notes if note.reason == "formula_unknown"]
    assert [text[:12] for text in told] == ["S A9: =A1+A1", "S B9: =A1+A1"]


def test_the_sheets_are_those_of_the_workbook_whatever_they_are_called(tmp_path):
    relations = part(hostile.xlsx(), "xl/_rels/workbook.xml.rels").replace(
        "worksheets/sheet1.xml", "elsewhere/page.xml"
    )
    data = with_part(hostile.xlsx(), "xl/elsewhere/page.xml", merges(ALL))
    file = tmp_path / "a.xlsx"
    file.write_bytes(with_part(data, "xl/_rels/workbook.xml.rels", relations))
    with pytest.raises(pg.FileError, match="merged cells"):
        read_document(file)


def corrections(*rows) -> bytes:
    book = Workbook()
    for row in (COLUMNS, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ROW = ("a!t1r1c1", "text", None, "县教委", "why")


def changed(old: str, new: str) -> bytes:
    return with_part(corrections(ROW), SHEET, part(corrections(ROW), SHEET).replace(old, new))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: changed("</sheetData>", f'</sheetData><mergeCells><mergeCell ref="{ALL}"/></mergeCells>'), "merged cells"),
        (lambda: changed("</sheetData>", '<row r="3"><c r="XFD3"><v>1</v></c></row></sheetData>'), "columns"),
        (lambda: changed("</sheetData>", '<row r="99999999999"/></sheetData>'), "damaged"),
        (lambda: with_part(corrections(ROW), SHEET, "<!DOCTYPE x><x/>"), "entities"),
    ],
    ids=["merges", "column", "row", "entities"],
)  # fmt: skip
def test_a_workbook_of_corrections_is_held_to_limits_too(tmp_path, make, words):
    file = tmp_path / "a.xlsx"
    file.write_bytes(make())
    with pytest.raises(pg.FileError, match=words):
        read_corrections(file)


@pytest.mark.parametrize(
    ("old", "new"),
    [('<dimension ref="A1:E2"/>', f'<dimension ref="{ALL}"/>'), ("</sheetData>", '<row r="1048576"><c r="A1048576"><v></v></c></row></sheetData>')],
    ids=["dimension", "far-row"],
)  # fmt: skip
def test_a_sheet_of_corrections_that_claims_to_be_endless_is_read(tmp_path, old, new):
    assert old in part(corrections(ROW), SHEET)
    file = tmp_path / "a.xlsx"
    file.write_bytes(changed(old, new))
    (correction,) = read_corrections(file)
    assert (correction.value, correction.where) == ("县教委", "a.xlsx, row 2")


@pytest.mark.parametrize(
    ("reference", "area"), [("A1", (1, 1, 1, 1)), ("$B$2:C3", (2, 2, 3, 3)), ("B2:", None), ("", None), ("x:y z", None)]
)
def test_a_reference_is_an_area_or_nothing(reference, area):
    assert area_of(reference) == area
