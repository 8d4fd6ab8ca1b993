"""What pages do: charsets that lie, spans with slips, tables inside tables, words in any element."""

from __future__ import annotations

import pytest

import pairing_graph as pg
from pairing_graph.readers import read_document


@pytest.fixture
def read(tmp_path):
    def from_bytes(data: str | bytes, name: str = "a.html"):
        file = tmp_path / name
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        return read_document(file)

    return from_bytes


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.parametrize(
    ("declared", "real"),
    [
        ("gb2312", "gb18030"), ("GBK", "gb18030"), ("utf-8", "utf-8"), ("utf-8", "gb18030"), ("", "gb18030"),
        ("iso-8859-1x", "utf-8"), ("utf-16", "utf-8"),
    ],
)  # fmt: skip
def test_the_bytes_tell_the_charset_where_the_page_does_not(read, declared, real):
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    page = f"<html><head>{meta}</head><body><p>鎔炬镇财政所负责</p></body></html>"
    assert texts(read(page.encode(real))) == ["鎔炬镇财政所负责"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_believed(read, encoding):
    page = '<html><head><meta charset="gb2312"></head><body><p>县财政局</p></body></html>'
    assert texts(read(page.encode(encoding))) == ["县财政局"]


@pytest.mark.parametrize(("said", "width"), [("2;", 2), ("2", 2), (" 2 ", 2), ("two", 1), ("", 1), ("0", 1), ("-3", 1)])
def test_a_span_is_read_as_browsers_read_it(read, said, width):
    (grid,) = read(f'<table><tr><td colspan="{said}">a<td>b<td>c</tr><tr><td>1<td>2<td>3<td>4</table>').grids
    assert grid.cells[0].colspan == width


def test_a_rowspan_ends_with_its_group_and_zero_means_all_of_it(read):
    rows = '<tr><td rowspan="9">a<td>b<tr><td>c'
    (grid,) = read(
        f'<table><thead><tr><th>x<th>y</thead><tbody>{rows}</tbody><tbody><tr><td rowspan="0">d<td>e<tr><td>f</table>'
    ).grids
    assert [(cell.text, cell.row, cell.rowspan) for cell in grid.cells if cell.column == 1] == [
        ("x", 1, 1),
        ("a", 2, 2),
        ("d", 4, 2),
    ]


def test_the_foot_of_a_table_comes_last(read):
    (grid,) = read("<table><tfoot><tr><td>f<td>g</tfoot><tbody><tr><td>a<td>b</tbody></table>").grids
    assert [grid.row_texts(1), grid.row_texts(2)] == [["a", "b"], ["f", "g"]]


def test_line_breaks_of_the_source_are_none_of_the_page(read):
    document = read("<p>县农业\n   农村委 <b>负责</b></p><p>第一行<br>第二行</p><pre>x</pre>")
    assert texts(document) == ["县农业农村委 负责", "第一行", "第二行", "x"]


def test_cells_keep_the_breaks_that_a_browser_shows(read):
    (grid,) = read("<table><tr><td>a<td><p>县财政局</p><p>县水\n利局<br>县教委</p><ol><li>甲<li>乙</ol></table>").grids
    assert grid.at(1, 2).text.split() == ["县财政局", "县水利局", "县教委", "1.甲", "2.乙"]


def test_numbered_lists_are_numbered(read):
    assert texts(read('<ol start="3"><li>甲</li><li>乙</li></ol><ul><li>丙</li></ul>')) == ["3.甲", "4.乙", "丙"]


def test_a_table_that_arranges_the_page_is_walked_through(read):
    inner = "<table><tr><td>序号<td>单位<tr><td>1<td>县教委</table>"
    document = read(f"<table><tr><td>菜单<td><p>正文一</p>{inner}<p>正文二</p></table>")
    assert texts(document) == ["菜单", "正文一", "正文二"]
    assert [grid.row_texts(2) for grid in document.grids] == [["1", "县教委"]]


def test_a_small_table_in_a_cell_gives_its_words_and_is_reported(read):
    rows = "".join(f"<tr><td>{n}<td>一段足够长的文字说明这是数据表<td>县教委" for n in range(9))
    document = read(f"<table>{rows}<tr><td>9<td><table><tr><td>甲<td>乙</table><td>县教委</table>")
    (grid,) = document.grids
    assert grid.at(10, 2).text == "甲 乙"
    assert [(note.reason, note.row, note.column) for note in document.notes] == [("nested_table", 10, 2)]


@pytest.mark.parametrize(
    "chrome",
    [
        "<nav>首页</nav>", '<div class="breadcrumb">首页 &gt; 公开</div>', '<div id="footer">版权所有</div>',
        '<div><a href=a>一</a><a href=b>二</a><a href=c>三</a></div>', '<div role="navigation">首页</div>',
    ],
    ids=["nav", "breadcrumb", "footer", "links", "role"],
)  # fmt: skip
def test_boilerplate_is_set_aside_and_said(read, chrome):
    document = read(f"<body>{chrome}<p>县政府各部门要抓好落实，确保各项任务按期完成。</p></body>")
    assert texts(document) == ["县政府各部门要抓好落实，确保各项任务按期完成。"]
    assert [note.reason for note in document.notes] == ["boilerplate"]


def test_what_is_named_as_boilerplate_but_holds_the_text_is_read(read):
    document = read(
        '<body><div class="print"><p>县政府各部门要抓好落实。</p><table><tr><td>a<td>b</table></div></body>'
    )
    assert texts(document) == ["县政府各部门要抓好落实。"]
    assert len(document.grids) == 1


def test_labels_above_the_text_become_lines(read):
    table = "<table><tr><td>索引号<td>1150<td>发布机构<td>县政府办<tr><td>发文字号<td>县府发〔2023〕1号<td>有效性<td></table>"
    assert texts(read(table)) == ["索引号：1150", "发布机构：县政府办", "发文字号：县府发〔2023〕1号", "有效性："]


def test_hidden_and_silent_elements_are_not_read(read):
    document = read("<script>一</script><style>二</style><p style='display: none'>三</p><p hidden>四</p><p>五</p>")
    assert texts(document) == ["五"]
    assert {note.text for note in document.notes} == {"三", "四"}


def test_a_place_is_the_line_of_the_source(read):
    document = read("<html>\n<body>\n<p>一</p>\n<table>\n<tr><td>a</td>\n<td>b</td></tr></table></body></html>")
    assert document.paragraphs[0].place.line == 3
    assert [cell.place.line for cell in document.grids[0].cells] == [5, 6]


@pytest.mark.parametrize(
    "table",
    [
        "<table><form><tr><td>序号<td>单位</tr><tr><td>1<td>县教委</tr></form></table>",
        "<table><tbody><form><tr><td>序号<td>单位</tr></form><tr><td>1<td>县教委</tr></table>",
        "<table><tr><form><td>序号</td><td>单位</td></form></tr><tr><td>1<td>县教委</tr></table>",
    ],
    ids=["around-rows", "in-a-group", "around-cells"],
)
def test_rows_and_cells_in_a_form_do_not_vanish(read, table):
    (grid,) = read(table).grids
    assert [grid.row_texts(row) for row in (1, 2)] == [["序号", "单位"], ["1", "县教委"]]


def test_words_of_a_table_outside_of_its_cells_stand_above_it(read):
    document = read("<table>单位：个<tr>甲<td>序号</td>乙<td>单位</td></tr><p>丙</p><tr><td>1<td>县教委</tr>丁</table>")
    assert [block.text if hasattr(block, "text") else block.shape for block in document.blocks] == [
        "单位：个", "甲", "乙", "丙", "丁", (2, 2),
    ]  # fmt: skip


def test_a_row_that_lacks_a_cell_is_reported_and_its_last_place_is_no_blank(read):
    rows = [
        ["序号", "任务", "单位"],
        ["1", "办学", "县教委"],
        ["2", "县公安局"],
        ["3", "种树", "县林业局"],
        ["二、民生"],
    ]
    document = read(
        "<table>" + "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows) + "</table>"
    )
    (grid,) = document.grids
    assert [(note.reason, note.text, note.table, note.row) for note in document.notes] == [
        ("row_short", "2 | 县公安局", 1, 3)
    ]
    assert not grid.at(3, 3).known
    assert grid.at(5, 2) is None


def test_a_picture_is_noted_and_a_page_of_pictures_refused(read):
    assert [(note.reason, note.text) for note in read('<p>各乡镇：<img alt="任务分解表" src="a.jpg"></p>').notes] == [
        ("picture", "任务分解表")
    ]
    with pytest.raises(pg.FileError, match="only pictures.*OCR"):
        read('<p><img src="a.jpg"></p>')


def test_hidden_rows_and_cells_are_reported(read):
    rows = '<tr><td>1<td>县教委<td style="display:none">甲</td></tr><tr style="display:none"><td>2<td>乙<td>丙</tr><tr><td>3<td>县<span hidden>丁</span>水利局<td>戊</tr>'
    document = read(f"<table><tr><td>序号<td>单位<td>备注</tr>{rows}</table>")
    assert [(note.reason, note.text) for note in document.notes] == [
        ("hidden_text", "2 乙 丙"), ("hidden_text", "甲"), ("hidden_text", "丁"), ("row_short", "1 | 县教委"),
    ]  # fmt: skip
    assert document.grids[0].row_texts(3) == ["3", "县水利局", "戊"]
