"""Cells separated by commas or semicolons: tables of exports, and prose that must not become one."""

from __future__ import annotations

import pytest
from tests.ledger import claimed_without_a_row, unaccounted
from tests.readers.test_corpus import CORPUS, SAME, answers, rows

import pairing_graph as pg
from pairing_graph.readers import SUFFIXES, read_document

PROSE = [
    "1.推动产业发展,加快项目建设,确保年内见效。",
    "2.完善要素保障,优化营商环境,服务企业。",
    "3.建立会商机制,压实工作责任,定期通报。",
    "4.加强宣传引导,营造良好氛围,形成合力。",
    "5.严格督查考核,强化结果运用,奖优罚劣。",
]


@pytest.fixture
def read(tmp_path):
    def from_text(text: str, name: str = "a.txt", encoding: str = "utf-8"):
        file = tmp_path / name
        file.write_bytes(text.encode(encoding))
        return read_document(file)

    return from_text


def rows_of(document):
    (grid,) = document.grids
    return [grid.row_texts(row) for row in range(1, grid.shape[0] + 1)]


def test_the_2022_notice_is_the_same(kb):
    other = pg.read_notice(CORPUS / "csv" / "wuxi-yuzhong-2022.csv")
    for table in SAME:
        assert (
            other.tables[table]
            .drop(columns=["address", "inherited_from"], errors="ignore")
            .equals(kb.tables[table].drop(columns=["address", "inherited_from"], errors="ignore"))
        ), table
    assert list(unaccounted(other)) == []


@pytest.mark.parametrize(
    ("name", "same"), [("livelihood.csv", "ofd/livelihood.ofd"), ("helping.txt", "pdf/helping.pdf")]
)
def test_a_notice_is_read_as_by_hand(name, same):
    found = pg.read_notice(CORPUS / "csv" / name)
    assert rows(found) == answers(CORPUS / same)
    assert list(unaccounted(found)) == []
    assert list(claimed_without_a_row(found)) == []


def test_quoted_cells_hold_separators_and_line_breaks(read):
    document = read(
        '标题\r\n序号,任务,单位\r\n1,"修路,\r\n架桥。",县交通局\r\n2,"种树""万亩""。",县林业局\r\n注：略\r\n', "a.csv"
    )
    assert rows_of(document)[1:] == [["1", "修路,\n架桥。", "县交通局"], ["2", '种树"万亩"。', "县林业局"]]
    assert [(item.number, item.text) for item in document.paragraphs] == [(1, "标题"), (6, "注：略")]
    assert document.grids[0].at(3, 1).place.line == 5


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    ("name", "sign"), [("a.csv", ","), ("a.csv", ";"), ("a.csv", "\t"), ("a.tsv", "\t"), ("a.txt", ","), ("a.txt", ";")]
)
def test_the_separator_and_the_encoding_are_told_by_the_content(read, encoding, name, sign):
    lines = [
        "序号,工作任务,牵头单位",
        "1,办好城乡学校和幼儿园。,县教委",
        "2,修好农村公路和桥梁。,县交通局",
        "3,种树。,县林业局",
        "",
    ]
    document = read("\n".join(lines).replace(",", sign), name, encoding)
    assert rows_of(document)[1] == ["1", "办好城乡学校和幼儿园。", "县教委"]
    assert document.grids[0].blank == "unknown"


def test_padded_titles_and_notes_stay_lines_and_tables_stay_apart(read):
    text = "任务表,,,\n文号,,,2025年4月15日\n序号,任务,单位,备注\n1,修路。,县交通局,\n,,种树队,\n3,清淤。,县水利局,\n,,,\n结对表,,,\n帮扶方,受帮扶方,,\n区教委,县教委,,\n说明。,,,\n"
    document = read(text, "a.csv")
    assert [block.text if hasattr(block, "text") else block.shape for block in document.blocks] == [
        "任务表", "文号 2025年4月15日", (4, 4), "结对表", (2, 2), "说明。",
    ]  # fmt: skip


def test_a_short_row_lacks_its_last_cells(read):
    document = read(
        "序号,任务,单位\n1,修路。,县交通局\n2,种树。\n3,清淤。,县水利局\n4,架桥。,县交通局\n5,办学。,县教委\n", "a.csv"
    )
    assert [cell.text for cell in document.grids[0].row(3)] == ["2", "种树。"]
    assert document.grids[0].at(3, 3) is None


@pytest.mark.parametrize(
    "lines",
    [
        PROSE,
        ["各单位要做到:", *PROSE, "特此通知"],
        ["抄送:市委,市政府,市人大", "市政协,市纪委,市法院", "市检察院,各区,各县", "驻军,武警,各人民团体"],
        ["重点任务,主要措施,工作要求", *PROSE[:2], "以上各项,请认真,落实。"],
        [
            "县财政局,县水利局,县教委",
            "县民政局,县司法局,县人社局",
            "县住建局,县交通局,县林业局",
            "县审计局,县统计局,县信访局",
        ],
        ['"一带一路,建设', "二,三"],
    ],
    ids=["equal-commas", "with-lines-around", "copies-to", "heading-and-prose", "names", "lone-quotation-mark"],
)
def test_prose_with_commas_is_no_table(read, lines):
    document = read("\n".join(lines))
    assert document.grids == ()
    assert [item.text for item in document.paragraphs] == lines


def test_a_text_with_a_tab_before_every_cell_is_none_whatever_its_name(read, notice):
    text = notice.read_text(encoding="utf-8")
    assert read(text, "tasks.csv").grids == ()
    assert read(text, "tasks.tsv").grids == ()


def test_a_wide_or_endless_file_is_refused(read):
    with pytest.raises(pg.FileError, match="columns"):
        read("\n".join([",".join(f"栏{n}" for n in range(300))] * 3), "a.csv")


def test_csv_is_not_picked_from_a_folder():
    assert ".csv" not in SUFFIXES
