"""What scrapers make of pages and attachments: bars alone, lines broken at a margin, headings of two rows, left-out cells."""

from __future__ import annotations

import pytest

import pairing_graph.readers.text as text_reader
from pairing_graph.base.errors import FileError, LayoutError
from pairing_graph.readers.limits import Limits
from pairing_graph.reading.extraction import Options, extract
from tests.ledger import unaccounted


def read(text):
    kb = extract(text_reader.read(text.encode(), "notice.txt", "", Limits()), Options())
    assert list(unaccounted(kb)) == []
    return kb


def tasks(kb):
    """Number, words, units by role in the order of the text."""
    names = dict(zip(kb.units["unit"], kb.units["name"], strict=True))
    own = {task: [] for task in kb.tasks["task"]}
    for row in kb.assignments.itertuples():
        own[row.task].append(f"{names[row.unit]} {row.role}")
    return [(row.number, row.text, own[row.task]) for row in kb.tasks.itertuples()]


def pairs(kb):
    names = dict(zip(kb.units["unit"], kb.units["name"], strict=True))
    return [(names[row.donor], names[row.recipient]) for row in kb.pairings.itertuples()]


def test_bars_that_stand_alone_between_cells_are_no_cells():
    cells = ["工作任务", "具体要求", "责任科室", "时限要求"]
    for number, task in enumerate(("清理文件。", "公布目录。", "办理申请。", "举办培训。"), 1):
        cells += [str(number), task, "办公室", "年底前"]
    kb = read("某局政务公开任务清单\n" + "\n|\n".join(cells))
    assert [(number, text) for number, text, _ in tasks(kb)] == [
        (1, "清理文件。"), (2, "公布目录。"), (3, "办理申请。"), (4, "举办培训。"),
    ]  # fmt: skip
    assert set(kb.tasks["deadline"]) == {"年底前"}


def test_lines_broken_at_a_margin_are_one_paragraph():
    paragraph = (
        "（一）支持企业上规。健全培育机制，落实奖励政策，按月调度、按季通报，全年新增规上企业不少于60家，"
        "培育专精特新企业25家，力争年底前有新的突破，形成梯次推进的良好局面。（责任单位：市经信局、市统计局、市市场监管局）"
    )
    second = paragraph.replace("（一）", "（二）").replace("60", "80")
    lines = [one[start : start + 28] for one in (paragraph, second) for start in range(0, len(one), 28)]
    kb = read("\n".join(lines))
    units = ["市经信局 responsible", "市统计局 responsible", "市市场监管局 responsible"]
    assert [(number, own) for number, _, own in tasks(kb)] == [(1, units), (2, units)]
    assert list(kb.targets["value"]) == [60, 25, 80, 25]


def test_a_heading_of_two_lines_with_tabs_divides_its_column():
    kb = read(
        "类别\t序号\t工作任务\t牵头责任单位\t\t配合单位\t完成时限\n"
        "\t\t\t江口县\t滨海区\t\t\n"
        "产业协作\t1\t共建园区。\t县发改局\t区发改局\t县财政局\t长期坚持\n"
        "\t2\t联合招商。\t\t\t县经合中心\t10月底前\n"
    )
    assert tasks(kb) == [
        (1, "共建园区。", ["县发改局 lead", "区发改局 lead", "县财政局 support"]),
        (2, "联合招商。", ["县发改局 lead", "区发改局 lead", "县经合中心 support"]),
    ]
    assert list(kb.tasks["area"]) == ["产业协作", "产业协作"]


def test_items_that_count_on_their_own_inside_of_an_item_are_tasks():
    kb = read("1.深化改革。(1)推行一照一码。(市市场监管局牵头负责)(2)完善网上登记。(市政务服务局牵头,市公安局配合)")
    assert [(number, own) for number, _, own in tasks(kb)] == [
        (1, ["市市场监管局 lead"]),
        (2, ["市政务服务局 lead", "市公安局 support"]),
    ]


def test_a_label_below_a_numbered_heading_opens_the_task_of_that_number():
    kb = read(
        "一、建设公路\n主要任务:建公路50公里。\n牵头单位:市交通运输局\n二、扩充学位\n主要任务:建学校3所。\n牵头单位:市教育局"
    )
    assert [number for number, _, _ in tasks(kb)] == [1, 2]


def test_a_problem_states_no_goal_where_the_goal_has_a_label_of_its_own():
    kb = read(
        "（一）全县10个乡镇中有4个管网不配套。\n整改目标：处理率达到85%以上。\n责任单位：县水务局\n整改时限：年底前"
    )
    assert list(kb.targets["value"]) == [85]


@pytest.mark.parametrize(
    ("bracket", "units"),
    [
        ("责任单位：县财政局、县审计局，县税务局配合", ["县财政局", "县审计局", "县税务局"]),
        (
            "责任单位:县经信局、县财政局等有关部门,各乡镇。以下措施均需各乡镇落实,不再单列",
            ["县经信局", "县财政局", "各乡镇"],
        ),
        ("各市（州）、县（市、区）人民政府负责", ["各市（州）、县（市、区）人民政府"]),
        ("各街道(镇)、区直各部门负责", ["各街道(镇)", "区直各部门"]),
        ("省发展改革委、能源局、省统计局等省有关部门负责", ["省发展改革委", "省能源局", "省统计局"]),
    ],
    ids=["verb-behind-label", "note-behind-list", "shared-ending", "bracket-of-places", "ellipsis-beside-prefix"],
)
def test_lists_in_brackets(bracket, units):
    kb = read(f"1.完善设施。（{bracket}）")
    names = set(kb.units["name"])
    assert names == set(units)


@pytest.mark.parametrize(
    "text",
    [
        "1.完善设施。（县水利局负责）\n（江口县人民政府办公室 2023年3月15日）",
        "1.完善设施。（县水利局负责）\n请按时报送（联系人：江小雨，电话：13800000000）。",
        "索取号：0143\n公开方式：主动公开\n责任部门：区政府办公室\n1.完善设施。（县水利局负责）",
    ],
    ids=["signature", "contact", "page-table"],
)
def test_signatures_contacts_and_page_tables_are_no_tasks(text):
    assert [own for _, _, own in tasks(read(text))] == [["县水利局 responsible"]]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("签约亿元以上项目20个", [("=", 20)]),
        ("引进5000万元以上项目12个", [("=", 12)]),
        ("引进20亿级项目不少于2个", [(">=", 2)]),
        ("闭库销号8座左右", [("~", 8)]),
        ("年接待游客8亿人次", [("=", 8)]),
    ],
)
def test_thresholds_and_ordinary_words_are_no_part_of_a_target(text, values):
    kb = read(f"1.{text}。（县水利局负责）")
    assert [(row.comparator, row.value) for row in kb.targets.itertuples()] == values


def test_a_table_of_pairs_may_name_persons_telephones_and_places_above_the_helped_one():
    kb = read(
        "序号\n乡镇\n村\n帮扶单位\n第一书记\n联系电话\n"
        "1\n青山镇\n民主村\n县财政局\n李明\n13800000000\n2\n双河乡\n九湾村\n县水利局、县林业局\n王伟\n13900000000\n"
    )
    assert pairs(kb) == [("县财政局", "民主村"), ("县水利局", "九湾村"), ("县林业局", "九湾村")]


def test_a_colon_pairs_only_where_the_document_speaks_of_pairs():
    lines = "1.县财政局：大路镇新民村、五一村\n2.县水利局：双河镇胜利村"
    assert len(read(f"县直单位结对帮扶安排如下。\n{lines}").pairings) == 3
    assert len(read(f"1.完善设施。（县水利局负责）\n\n{lines}").pairings) == 0


def test_the_heading_of_a_section_that_claims_further_rows_stays_in_its_own():
    import pairing_graph.readers.html as html_reader

    page = (
        "<table><tr><td>序号<td>任务<td>牵头单位</tr><tr><td rowspan=2 colspan=3>一、设施</tr>"
        "<tr><td>1<td>修路。<td>县交通局</tr></table>"
    )
    kb = extract(html_reader.read(page.encode(), "notice.html", "", Limits()), Options())
    assert tasks(kb) == [(1, "修路。", ["县交通局 lead"])]


@pytest.mark.parametrize("gap", ["|", "\t"], ids=["bars", "tabs"])
def test_a_line_of_thousands_of_cells_is_refused(gap):
    with pytest.raises(FileError, match="too many columns"):
        read(gap.join(["序号", "任务", "牵头单位"] * 3_400))


@pytest.mark.parametrize("gap", ["|", "\t", "   "], ids=["bars", "tabs", "blanks"])
def test_a_table_wider_than_notices_are_is_not_laid_out(gap):
    rows = [["序号", "任务", "牵头单位"] * 33, *([["县交通局"] * 80] * 40)]
    with pytest.raises(LayoutError):
        read("\n".join(gap.join(row) for row in rows))
