"""What pages of an OFD file do: runs with steps and matrices, rulings of several kinds, pages, what stands beside them."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.readers.ofd_pages import Pages, element, to_ofd
from tests.rendering import table

import pairing_graph as pg
from pairing_graph.readers import read_document

ROWS = table(["序号", "工作任务", "牵头单位"], ["1", "办好学校。", "县教委"], ["2", "修好道路。", "县交通局"])


@pytest.fixture
def read(tmp_path):
    def from_bytes(data: bytes, **options):
        file = tmp_path / "a.ofd"
        file.write_bytes(data)
        return read_document(file, **options)

    return from_bytes


def rows_of(document):
    (grid,) = document.grids
    return [grid.row_texts(row) for row in range(1, grid.shape[0] + 1)]


def edited(data: bytes, old: str, new: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as made:
        for name in archive.namelist():
            made.writestr(name, archive.read(name).decode().replace(old, new))
    return out.getvalue()


def page(*objects, **packing):
    pages = Pages()
    for make in objects:
        make(pages)
    return pages.packed(**packing)


@pytest.mark.parametrize("points", [False, True], ids=["millimetres", "points"])
@pytest.mark.parametrize("frames", [False, True], ids=["strokes", "frames"])
def test_a_ruled_table_is_a_grid(read, points, frames):
    document = read(to_ofd(["任务分解表", ROWS], points=points, frames=frames))
    assert [item.text for item in document.paragraphs] == ["任务分解表"]
    assert rows_of(document) == [
        ["序号", "工作任务", "牵头单位"],
        ["1", "办好学校。", "县教委"],
        ["2", "修好道路。", "县交通局"],
    ]
    assert document.grids[0].at(2, 3).place.page == 1


def test_a_table_over_pages_is_one(read):
    merged = table(["类别", "任务"], ["教育", "办好学校。"], *(["^", f"第{n}件事，年内完成。"] for n in range(60)))
    document = read(to_ofd([merged]))
    (grid,) = document.grids
    assert grid.shape == (62, 2)
    assert grid.at(62, 1).text == "教育"
    assert {note.reason for note in document.notes} == {"boilerplate"}


@pytest.mark.parametrize(
    "namespace",
    ['xmlns:ofd="http://www.ofdspec.org/2016"', 'xmlns:ofd="http://www.ofdspec.org"'],
    ids=["2016", "earlier"],
)
def test_programs_may_differ_in_the_namespace(read, namespace):
    data = edited(to_ofd([ROWS]), 'xmlns:ofd="http://www.ofdspec.org/2016"', namespace)
    assert len(rows_of(read(data))) == 3


def test_places_of_parts_are_those_that_programs_write(read):
    data = edited(to_ofd([ROWS]), 'BaseLoc="Pages/', 'BaseLoc="/Doc_0/Pages/')
    assert len(rows_of(read(data))) == 3
    data = edited(to_ofd([ROWS]), 'BaseLoc="Pages/', 'BaseLoc="Doc_0\\Pages\\')
    assert len(rows_of(read(edited(data, "Page_0/Content", "Page_0\\Content")))) == 3


def test_thin_rectangles_are_rulings(read):
    def draw(pages):
        for x in (20, 60, 120):
            bar(pages, x, 30, 0.2, 40)
        for y in (30, 50, 70):
            bar(pages, 20, y, 100, 0.2)
        for x, y, text in ((22, 35, "帮扶单位"), (62, 35, "受帮扶单位"), (22, 55, "区教委"), (62, 55, "县教委")):
            pages.run(x, y, text)

    def bar(pages, x, y, w, h):
        data = f"M 0 0 L {w} 0 L {w} {h} L 0 {h} C"
        path = f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>"
        pages.add(f'<ofd:PathObject ID=? Boundary="{x} {y} {w} {h}" Stroke="false" Fill="true">{path}</ofd:PathObject>')

    assert rows_of(read(page(draw))) == [["帮扶单位", "受帮扶单位"], ["区教委", "县教委"]]


def test_a_run_without_steps_and_one_with_two_codes(read):
    code = '<ofd:TextCode X="0" Y="5">县财政局</ofd:TextCode>'
    two = '<ofd:TextCode X="0" Y="5" DeltaX="6 6">县水利</ofd:TextCode><ofd:TextCode X="18">局</ofd:TextCode>'
    document = read(
        page(
            lambda pages: pages.add(
                f'<ofd:TextObject ID=? Boundary="30 40 60 6" Font="3" Size="5">{code}</ofd:TextObject>'
            ),
            lambda pages: pages.add(
                f'<ofd:TextObject ID=? Boundary="30 60 60 6" Font="3" Size="5">{two}</ofd:TextObject>'
            ),
        )
    )
    assert [item.text for item in document.paragraphs] == ["县财政局", "县水利局"]


def test_layers_templates_and_repeated_drawings_are_drawn(read):
    def text(words, top):
        code = f'<ofd:TextCode X="0" Y="5" DeltaX="g {len(words) - 1} 5">{words}</ofd:TextCode>'
        return f'<ofd:TextObject ID="7" Boundary="30 {top} 60 6" Size="5">{code}</ofd:TextObject>'

    template = element(
        "Page", f'<ofd:Content><ofd:Layer ID="1">{text("巫溪县人民政府文件", 40)}</ofd:Layer></ofd:Content>'
    )
    unit = f'<ofd:CompositeGraphicUnit ID="8"><ofd:Content>{text("县教委", 0)}</ofd:Content></ofd:CompositeGraphicUnit>'
    resources = element("Res", f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits>")
    data = page(
        lambda pages: pages.add('<ofd:PageBlock ID="5">' + text("县财政局", 80) + "</ofd:PageBlock>"),
        lambda pages: pages.add('<ofd:CompositeObject ID="6" Boundary="0 120 100 10" ResourceID="8"/>'),
        parts={"Doc_0/Tpls/Tpl_0/Content.xml": template, "Doc_0/DocumentRes.xml": resources},
    )
    data = edited(
        data,
        "</ofd:CommonData>",
        '<ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData>',
    )
    document = read(edited(data, "<ofd:Content><ofd:Layer", '<ofd:Template TemplateID="2"/><ofd:Content><ofd:Layer'))
    assert [item.text for item in document.paragraphs] == ["巫溪县人民政府文件", "县财政局", "县教委"]


def test_what_is_hidden_turned_or_beside_the_page_is_reported(read):
    stamp = '<ofd:Annot ID="1" Type="Stamp"><ofd:Appearance><ofd:TextObject Boundary="0 0 9 9" Size="3"><ofd:TextCode X="0" Y="3">已作废</ofd:TextCode></ofd:TextObject></ofd:Appearance></ofd:Annot>'
    parts = {
        "Doc_0/Annots/Annotations.xml": element("Annotations", '<ofd:Page PageID="1"><ofd:FileLoc>Page_0/A.xml</ofd:FileLoc></ofd:Page>'),
        "Doc_0/Annots/Page_0/A.xml": element("PageAnnot", stamp),
        "Doc_0/Attachs/Attachments.xml": element("Attachments", '<ofd:Attachment ID="1" Name="分工表.xlsx"/>'),
    }  # fmt: skip
    document = read(
        page(
            lambda pages: pages.run(30, 40, "各乡镇人民政府："),
            lambda pages: pages.run(30, 60, "内部掌握", more=' Visible="false"'),
            lambda pages: pages.run(30, 80, "存档", more=' ReadDirection="90"'),
            document="<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>",
            parts=parts,
        )
    )
    assert [item.text for item in document.paragraphs] == ["各乡镇人民政府："]
    assert [(note.reason, note.text) for note in document.notes] == [
        ("turned_text", "存档"), ("hidden_text", "内部掌握"), ("comment", "已作废"), ("embedded_file", "分工表.xlsx"),
    ]  # fmt: skip


def test_a_scanned_page_is_reported_and_a_scanned_file_refused(read):
    def both(pages):
        pages.run(30, 40, "各乡镇人民政府：")
        pages.turn()
        pages.picture(0, 0, 210, 297)

    assert [(note.reason, note.text) for note in read(page(both)).notes] == [("page_without_text", "2")]
    with pytest.raises(pg.FileError, match="OFD file contains only pictures.*OCR"):
        read(page(lambda pages: pages.picture(0, 0, 210, 297)))


def test_a_file_whose_words_all_stand_sideways_is_refused(read):
    with pytest.raises(pg.FileError, match="stand sideways.*print it to a new PDF"):
        read(page(lambda pages: pages.run(30, 80, "各乡镇人民政府", more=' ReadDirection="90"')))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("<ofd:DocRoot>Doc_0/", "<ofd:DocRoot>Doc_7/", "the part Doc_7/Document.xml"),
        ('BaseLoc="Pages/Page_0', 'BaseLoc="Pages/Page_9', "the part Doc_0/Pages/Page_9/Content.xml"),
        ("M 0 0 L", "M 0 L", "2 numbers after M"),
        ("M 0 0 L", "M 0 0 X", "a path of"),
        ("<ofd:Pages>", "<ofd:Nothing>", "well-formed"),
        ('<ofd:Layer ID="1">', "<ofd:PageBlock>" * 30, "well-formed"),
    ],
)  # fmt: skip
def test_damage_gets_a_sentence(read, old, new, words):
    with pytest.raises(pg.FileError, match=words):
        read(edited(to_ofd([ROWS]), old, new))


def test_a_step_that_repeats_without_end_is_taken_as_often_as_there_are_characters(read):
    assert len(rows_of(read(edited(to_ofd([ROWS]), 'DeltaX="', 'DeltaX="g 999999999 1 ')))) == 3


@pytest.mark.parametrize(
    ("old", "new", "limit"),
    [
        (">1</ofd:TextCode>", f">{'1' * 40_000}</ofd:TextCode>", "page_marks"),
        ("M 0 0 L 53", "M 0 0 L 1 1 " * 15_000 + "M 0 0 L 53", "page_marks|drawn lines"),
    ],
    ids=["characters", "strokes"],
)
def test_what_is_too_much_is_refused(read, old, new, limit):
    with pytest.raises(pg.FileError, match=limit):
        read(edited(to_ofd([ROWS]), old, new))


def test_drawings_that_repeat_each_other_are_refused(read):
    inner = "".join(f'<ofd:CompositeObject ResourceID="8" Boundary="0 {n} 9 9"/>' for n in range(10))
    unit = f'<ofd:CompositeGraphicUnit ID="8"><ofd:Content>{inner}</ofd:Content></ofd:CompositeGraphicUnit>'
    data = page(
        lambda pages: pages.add('<ofd:CompositeObject ID="6" Boundary="0 0 100 10" ResourceID="8"/>'),
        parts={"Doc_0/R.xml": element("Res", f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits>")},
    )
    with pytest.raises(pg.FileError, match="levels of objects|page_marks"):
        read(edited(data, "</ofd:CommonData>", "<ofd:DocumentRes>R.xml</ofd:DocumentRes></ofd:CommonData>"))


def test_the_content_tells_the_format(tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(to_ofd([ROWS]))
    assert len(rows_of(read_document(file))) == 3
