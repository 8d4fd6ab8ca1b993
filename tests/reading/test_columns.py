"""Columns by evidence: words that nobody knows, words that the cells contradict, and what surrounds a heading."""

from __future__ import annotations

import pytest

from pairing_graph.kb.document import Cell, Grid
from pairing_graph.reading.options import Options
from pairing_graph.reading.tables.columns import read_heading, read_headings
from pairing_graph.reading.tables.evidence import column_evidence, telling_rows

from .test_grids import assignments, grid, read

HEAD = ["序号", "工作任务", "牵头单位", "配合单位", "完成时限"]
BODY = [
    ["1", "修复县道三处水毁路基，确保汛期通行。", "县交通局", "县财政局、各乡镇", "6月底前"],
    ["2", "扩建城区第二水厂，日供水两万吨。", "县水利局", "县发改局", "9月底前"],
    ["3", "新建乡镇文化站，配齐图书和器材。", "县文旅局", "县财政局", "12月底前"],
]
WANTED = [
    ("1", "县交通局", "lead"), ("1", "县财政局", "support"), ("1", "各乡镇", "support"), ("2", "县水利局", "lead"),
    ("2", "县发改局", "support"), ("3", "县文旅局", "lead"), ("3", "县财政局", "support"),
]  # fmt: skip


def with_words(column: int, words: str) -> list[list[str]]:
    return [[*HEAD[:column], words, *HEAD[column + 1 :]], *BODY]


def reasons(kb, severity: str = "doubt") -> list[str]:
    return list(kb.unread["reason"][kb.unread["severity"] == severity])


@pytest.mark.parametrize("words", ["叒叕栏", "甲乙丙丁", ""], ids=["nonsense", "unlisted", "nothing"])
@pytest.mark.parametrize("column", range(5), ids=["number", "task", "lead", "support", "deadline"])
def test_one_heading_that_nobody_knows_stops_nothing(column, words):
    kb = read(grid(with_words(column, words)))
    assert assignments(kb) == WANTED
    assert list(kb.tasks["deadline"]) == ["6月底前", "9月底前", "12月底前"]
    assert list(kb.tasks["number"]) == [1, 2, 3]


def test_a_close_guess_is_a_doubt_that_names_both_readings():
    kb = read(grid(with_words(2, "叒叕栏")))
    doubt = kb.unread[kb.unread["reason"] == "column_guessed"]
    assert list(doubt["text"]) == ["叒叕栏 → lead | responsible"]
    assert list(doubt["address"]) == ["notice!t1r1c3"]


def test_known_headings_raise_no_doubt():
    assert reasons(read(grid([HEAD, *BODY]))) == ["region_missing"]


def test_a_word_that_all_cells_contradict_is_overruled():
    swapped = [[row[0], row[2], row[1], *row[3:]] for row in BODY]
    kb = read(grid([HEAD, *swapped]))
    assert kb.tasks["text"].tolist()[0].startswith("修复县道")
    assert ("1", "县交通局", "responsible") in assignments(kb) or ("1", "县交通局", "lead") in assignments(kb)
    assert "column_guessed" in reasons(kb)


@pytest.mark.parametrize(
    ("heading", "role"),
    [("总召集方", "lead"), ("联动配合单位", "support"), ("督促部门", "guide"), ("扛旗单位（牵头）", "lead")],
)
def test_a_sign_or_a_known_part_of_a_heading_hints_at_the_role(heading, role):
    rows = [["序号", "工作任务", heading], *(row[:3] for row in BODY)]
    assert {found for _, _, found in assignments(read(grid(rows)))} == {role}


def test_metadata_above_and_sums_below_a_table_are_no_rows_of_it():
    above = ["填报单位：县政府办", "", "联系电话：0771-5612345", "", ""]
    below = ["合计", "3项", "", "", ""]
    kb = read(grid([above, HEAD, *BODY, below]))
    assert assignments(kb) == WANTED
    assert reasons(kb) == ["region_missing"]


def test_the_goal_is_the_task_where_no_other_column_has_words():
    rows = [
        ["序号", "目标", "责任单位"],
        ["1", "新增高标准农田3200亩", "市种业发展中心"],
        ["2", "抽检合格率达到98%以上", "市农产品质检站"],
        ["3", "培育龙头企业5—7家", "市农业产业化服务中心"],
    ]
    kb = read(grid(rows))
    assert kb.tasks["text"].tolist() == [row[1] for row in rows[1:]]
    assert len(kb.targets) == 3


def test_sides_of_pairs_stay_pairs_beside_a_column_of_content():
    rows = [["渝中区", "巫溪县", "内容"], ["区商务局", "县商务局", "招商"], ["区教育局", "县教育局", "送教"]]
    kb = read(grid(rows))
    assert (len(kb.pairings), len(kb.tasks)) == (2, 0)
    assert kb.pairings["remark"].tolist() == ["招商", "送教"]


def test_marks_under_the_names_of_units_assign():
    rows = [
        ["序号", "工作任务", "责任单位", None, None],
        [None, None, "县公安局", "司法所", "便民服务中心"],
        ["1", "排查矛盾纠纷，建立台账。", "√", "", "√"],
        ["2", "开展普法宣传十二场。", "", "√", ""],
        ["3", "办理养老保险认证。", "", "", "√"],
    ]
    kb = read(grid(rows, spans={(1, 1): (2, 1), (1, 2): (2, 1), (1, 3): (1, 3)}))
    assert assignments(kb) == [
        ("1", "县公安局", "responsible"), ("1", "便民服务中心", "responsible"), ("2", "司法所", "responsible"),
        ("3", "便民服务中心", "responsible"),
    ]  # fmt: skip


def test_a_legend_says_what_marks_mean():
    rows = [
        ["序号", "工作任务", "县公安局", "县司法局"],
        ["1", "排查矛盾纠纷，建立台账。", "▲", "✓"],
        ["2", "开展普法宣传十二场。", "✓", "▲"],
    ]
    kb = read("说明：▲为牵头单位，✓为配合单位", grid(rows))
    assert [(task, role) for task, unit, role in assignments(kb) if unit == "县公安局"] == [
        ("1", "lead"),
        ("2", "support"),
    ]


def test_a_column_of_units_and_persons_gives_units_and_leaders():
    rows = [
        ["序号", "工作任务", "责任单位及责任人"],
        ["1", "修路十公里，年底通车。", "县交通局\n李建国"],
        ["2", "架桥两座，汛前完工。", "县水利局局长 王志强"],
        ["3", "种树千亩，春季完成。", "张伟（县林业局）"],
    ]
    kb = read(grid(rows))
    assert [unit for _, unit, _ in assignments(kb)] == ["县交通局", "县水利局", "县林业局"]


def test_tables_side_by_side_are_read_one_after_the_other():
    rows = [
        ["序号", "帮扶单位", "受帮扶村", "序号", "帮扶单位", "受帮扶村"],
        ["1", "县教育局", "河东村", "2", "县水利局", "河西村"],
        ["3", "县林业局", "高寨村", "4", "县财政局", "平安村"],
    ]
    kb = read(grid(rows))
    assert sorted(kb.pairings["number"]) == [1, 2, 3, 4]


def test_a_region_that_is_left_belongs_to_the_column_without_one():
    rows = [
        ["任务", "甲区牵头单位", "叒叕栏"],
        ["共建园区，引进企业。", "区商务局", "县商务局"],
        ["互派干部，跟班学习。", "区教育局", "县教育局"],
    ]
    table = Grid(1, tuple(Cell(r, c, text) for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)))
    heading = read_heading(table, ("甲区", "乙县"), Options())
    assert [(column.meaning, column.region) for column in heading.columns] == [
        ("task", ""),
        ("lead", "甲区"),
        ("lead", "乙县"),
    ]


@pytest.mark.parametrize(
    ("regions", "roles"),
    [
        (["滨江区", "", "滨江区", "望峰县"], ["lead", "lead", "support", "support"]),
        (["滨江区", "望峰县", "", "望峰县"], ["lead", "lead", "support", "support"]),
    ],
    ids=["leads", "supports"],
)
def test_a_column_without_words_below_a_heading_has_the_role_of_its_group(regions, roles):
    head = [["序号", "具体任务", "牵头单位", None, "配合单位", None], [None, None, *regions]]
    spans = {(1, 1): (2, 1), (1, 2): (2, 1), (1, 3): (1, 2), (1, 5): (1, 2)}
    units = ["滨江区教育局", "望峰县教育局", "滨江区财政局", "望峰县财政局"]
    table = grid([*head, ["1", "互派教师二十名。", *units], ["2", "共建职业学校。", *units]], spans=spans)
    heading = read_heading(table, (), Options())
    assert [column.meaning for column in heading.columns][2:] == roles


@pytest.mark.parametrize(
    ("last", "meaning"),
    [("清理小区楼道，消除安全隐患。", "task"), ("清理小区楼道90处，消除隐患。", "goal")],
    ids=["a number now and then is work", "a number in every cell is a goal"],
)
def test_sentences_without_a_heading_behind_names_of_tasks(last, meaning):
    texts = ["改建社区食堂12个，方便老人就餐。", "培训护理员300名，全部持证上岗。", "开通便民专线8条，联通社区。",
             "新建停车位500个，缓解停车难。", "改造旧管网20公里，保障供水。", last]  # fmt: skip
    names = ["老年助餐", "护理培训", "便民出行", "静态交通", "管网改造", "小区整治"]
    rows = [[str(k), name, text, "县民政局"] for k, (name, text) in enumerate(zip(names, texts, strict=True), 1)]
    (_, _, column, _) = read_heading(grid([["序号", "重点工作", "", "牵头单位"], *rows]), (), Options()).columns
    assert (column.meaning, column.guessed) == (meaning, True)


def test_evidence_counts_what_cells_are():
    table = grid([HEAD, *BODY])
    found = column_evidence(table, 3, telling_rows(table, 2))
    assert (found.filled, found.share("names"), found.share("sentence")) == (3, 1.0, 0.0)
    assert column_evidence(table, 1, telling_rows(table, 2)).running


def test_a_table_is_split_only_where_its_whole_heading_comes_again():
    assert len(read_headings(grid([HEAD, *BODY]), (), Options())) == 1
