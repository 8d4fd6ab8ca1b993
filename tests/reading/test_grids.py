"""Tables that a file holds as such: merged cells, headings of two rows, repeated headings, areas in three forms."""

from __future__ import annotations

import pytest

from pairing_graph.base.reference import Row
from pairing_graph.kb.document import Cell, Document, Grid, Paragraph
from pairing_graph.reading.extraction import Options, extract


def document(*blocks):
    numbered = [block if isinstance(block, Grid) else Paragraph(count, block) for count, block in enumerate(blocks, 1)]
    return Document("notice", "notice.docx", "", tuple(numbered))


def grid(rows, *, spans=None, number=1, blank="empty"):
    """A grid out of rows of words; spans gives (row, column) → (rowspan, colspan), covered places are None."""
    spans = spans or {}
    cells = []
    for row, words in enumerate(rows, 1):
        for column, text in enumerate(words, 1):
            if text is not None:
                rowspan, colspan = spans.get((row, column), (1, 1))
                cells.append(Cell(row, column, text, rowspan=rowspan, colspan=colspan))
    return Grid(number, tuple(cells), blank=blank)


def read(*blocks, options=None):
    return extract(document(*blocks), options or Options())


def assignments(kb):
    names = dict(zip(kb.units["unit"], kb.units["name"], strict=True))
    return [(row.task.partition("#")[2], names[row.unit], row.role) for row in kb.assignments.itertuples()]


def test_a_merged_lead_cell_holds_for_all_its_rows_and_says_where_it_stands():
    table = grid(
        [["序号", "工作任务", "牵头单位"], ["1", "修路。", "县交通局"], ["2", "架桥。", None]], spans={(2, 3): (2, 1)}
    )
    kb = read(table)
    assert assignments(kb) == [("1", "县交通局", "lead"), ("2", "县交通局", "lead")]
    assert list(kb.assignments["inherited_from"]) == ["", "notice!t1r2c3.1"]


def test_an_empty_cell_of_a_real_table_is_nobody():
    kb = read(
        grid(
            [
                ["序号", "工作任务", "牵头单位", "配合单位"],
                ["1", "修路。", "县交通局", ""],
                ["2", "架桥。", "县水利局", ""],
            ]
        )
    )
    assert assignments(kb) == [("1", "县交通局", "lead"), ("2", "县水利局", "lead")]


def test_a_heading_of_two_rows_with_a_column_for_each_region():
    rows = [
        ["序号", "工作任务", "责任单位", None, "完成时限"],
        [None, None, "甲县牵头单位", "乙区牵头单位", None],
        ["1", "共建园区1个。", "县发展改革委", "区发展改革委、区财政局", "9月底"],
    ]
    spans = {(1, 1): (2, 1), (1, 2): (2, 1), (1, 3): (1, 2), (1, 5): (2, 1)}
    kb = read("甲县·乙区协作任务表", grid(rows, spans=spans))
    assert list(kb.assignments["unit"]) == ["甲县发展改革委", "乙区发展改革委", "乙区财政局"]
    assert set(kb.assignments["role"]) == {"lead"}
    assert kb.tasks["deadline"].item() == "9月底"


def test_a_group_of_roles_over_two_columns():
    rows = [
        ["序号", "任务内容", "责任分工", None],
        [None, None, "牵头单位", "配合单位"],
        ["1", "修路。", "县交通局", "县财政局"],
    ]
    kb = read(grid(rows, spans={(1, 1): (2, 1), (1, 2): (2, 1), (1, 3): (1, 2)}))
    assert assignments(kb) == [("1", "县交通局", "lead"), ("1", "县财政局", "support")]


AREAS = {
    "full-width": [
        ["序号", "工作任务", "牵头单位"],
        ["一、交通（共2项）", None, None],
        ["1", "修路。", "县交通局"],
        ["2", "架桥。", "县交通局"],
    ],
    "merged-first-column": [
        ["类别", "工作任务", "牵头单位"],
        ["交通", "修路。", "县交通局"],
        [None, "架桥。", "县交通局"],
    ],
    "first-cell-only": [
        ["序号", "工作任务", "牵头单位"],
        ["（一）交通", "", ""],
        ["1", "修路。", "县交通局"],
        ["2", "架桥。", "县交通局"],
    ],
}
AREA_SPANS = {"full-width": {(2, 1): (1, 3)}, "merged-first-column": {(2, 1): (2, 1)}, "first-cell-only": {}}


@pytest.mark.parametrize("form", AREAS)
def test_an_area_in_each_form(form):
    kb = read(grid(AREAS[form], spans=AREA_SPANS[form]))
    assert list(kb.tasks["area"]) == ["交通", "交通"]


def test_a_stated_count_that_does_not_hold_is_reported():
    rows = [["序号", "工作任务", "牵头单位"], ["四、交通（共6项）", None, None], ["1", "修路。", "县交通局"]]
    kb = read(grid(rows, spans={(2, 1): (1, 3)}))
    assert "count_differs" in set(kb.unread["reason"])


def test_repeated_headings_totals_and_notes_are_no_tasks():
    head = ["序号", "工作任务", "牵头单位"]
    rows = [
        head,
        ["1", "修路。", "县交通局"],
        head,
        ["2", "架桥。", "县水利局"],
        ["合计", "2项", ""],
        ["注：按季报送。", None, None],
    ]
    kb = read(grid(rows, spans={(6, 1): (1, 3)}))
    assert list(kb.tasks["number"]) == [1, 2]
    assert {"total_row", "note"} <= set(kb.unread["reason"])


def test_a_sub_row_under_a_merged_number_has_that_number():
    rows = [
        ["序号", "工作任务", "牵头单位"],
        ["1", "修路。", "县交通局"],
        [None, "架桥。", None],
        ["2", "种树。", "县林业局"],
    ]
    kb = read(grid(rows, spans={(2, 1): (2, 1), (2, 3): (2, 1)}))
    assert list(kb.tasks["number"]) == [1, 1, 2]
    assert "number_doubled" not in set(kb.unread["reason"])


def test_sub_rows_with_neither_number_nor_unit_go_on_with_the_row_above_where_blanks_may_be_merged():
    rows = [
        ["序号", "工作任务", "牵头单位"],
        ["1", "修路。", "县交通局"],
        ["", "架桥。", ""],
        ["2", "种树。", "县林业局"],
    ]
    kb = read(grid(rows, blank="unknown"))
    assert list(kb.tasks["number"]) == [1, 1, 2]
    assert assignments(kb)[1] == ("2", "县交通局", "lead")


def test_a_lead_cell_that_spans_two_areas_is_reported_where_it_was_read_on():
    rows = [["类别", "工作任务", "牵头单位"], ["交通", "修路。", "县交通局"], ["水利", "修渠。", ""]]
    kb = read(grid(rows, blank="merged"))
    assert assignments(kb)[1] == ("2", "县交通局", "lead")
    assert "inherited_across_areas" in set(kb.unread["reason"])


def test_roles_and_brackets_inside_a_cell():
    rows = [
        ["序号", "工作任务", "责任单位"],
        ["1", "修路。", "牵头单位：县交通局\n配合单位：县财政局、各乡镇"],
        ["2", "架桥。", "县水利局（牵头）、县财政局"],
        ["3", "种树。", "县林业局牵头，县财政局配合"],
    ]
    assert assignments(read(grid(rows))) == [
        ("1", "县交通局", "lead"), ("1", "县财政局", "support"), ("1", "各乡镇", "support"),
        ("2", "县水利局", "lead"), ("2", "县财政局", "responsible"),
        ("3", "县林业局", "lead"), ("3", "县财政局", "support"),
    ]  # fmt: skip


def test_persons_have_a_column_of_their_own():
    rows = [["序号", "工作任务", "责任领导", "责任单位"], ["1", "修路。", "张某某、李建国", "县交通局"]]
    kb = read(grid(rows))
    assert kb.tasks["leaders"].item() == ("张某某", "李建国")
    assert list(kb.units["name"]) == ["县交通局"]


def test_progress_goes_to_results_with_the_day_where_the_heading_says_it():
    rows = [
        ["序号", "工作任务", "责任单位", "截至2023年6月30日进展情况"],
        ["1", "修路30公里。", "县交通局", "已完成12公里"],
    ]
    kb = read(grid(rows))
    result = kb.results.iloc[0]
    assert (result["as_of"], result["value"], result["quantity_unit"]) == ("2023-06-30", 12.0, "公里")


def test_quantities_in_a_column_of_goals_are_targets_of_the_task():
    rows = [["序号", "工作任务", "工作目标", "责任单位"], ["1", "修路", "30公里以上", "县交通局"]]
    kb = read(grid(rows))
    assert [(row.comparator, row.value) for row in kb.targets.itertuples()] == [(">=", 30.0)]


def test_a_table_without_role_columns_has_them_in_brackets():
    rows = [["序号", "工作任务"], ["1", "修路30公里。（牵头单位：县交通局；责任单位：各乡镇）"]]
    kb = read(grid(rows))
    assert assignments(kb) == [("1", "县交通局", "lead"), ("1", "各乡镇", "responsible")]
    assert kb.tasks["text"].item() == "修路30公里。"


@pytest.mark.parametrize(
    "rule", ["列第一位的为牵头单位，下同", "排在首位的为牵头单位", "第一个单位为牵头单位", "排名第一的单位为牵头单位"]
)
def test_the_first_listed_leads_from_where_the_rule_is_stated(rule):
    rows = [
        ["序号", "工作任务", "责任单位"],
        ["1", "修路。", "县交通局、县财政局"],
        ["2", "架桥。", f"县水利局、县财政局（{rule}）"],
        ["3", "种树。", "县林业局、县财政局"],
    ]
    assert [role for *_, role in assignments(read(grid(rows)))] == ["responsible", "responsible"] + [
        "lead",
        "responsible",
    ] * 2


def test_a_heading_that_the_user_adds():
    headers: tuple[Row, ...] = ({"word": "谁来办", "meaning": "lead", "match": "exact"},)
    kb = read(grid([["序号", "工作任务", "谁来办"], ["1", "修路。", "县交通局"]]), options=Options(headers=headers))
    assert assignments(kb) == [("1", "县交通局", "lead")]


def test_a_sheet_with_its_title_and_a_note_of_measure_above_the_heading():
    rows = [
        ["巫溪县2023年重点任务分解表", None, None],
        ["", "", "单位：万元"],
        ["序号", "工作任务", "牵头单位"],
        ["1", "修路30公里。", "县交通局"],
    ]
    kb = read(grid(rows, spans={(1, 1): (1, 3)}))
    assert assignments(kb) == [("1", "县交通局", "lead")]
    assert kb.documents["title"].item() == "巫溪县2023年重点任务分解表"
    assert list(kb.units["region"]) == ["巫溪县"]


def test_a_column_whose_heading_is_not_understood_is_named():
    kb = read(grid([["序号", "工作任务", "牵头单位", "亮灯状态"], ["1", "修路。", "县交通局", "绿"]]))
    told = kb.unread[kb.unread["reason"] == "column_unknown"]
    assert list(told["text"]) == ["亮灯状态"]


def test_the_name_of_a_task_beside_its_words_is_its_label():
    kb = read(
        grid(
            [
                ["序号", "类别", "项目名称", "主要内容", "牵头单位"],
                ["1", "交通", "县道提升", "修路30公里。", "县交通局"],
            ]
        )
    )
    assert kb.tasks[["area", "label", "text"]].to_numpy().tolist() == [["交通", "县道提升", "修路30公里。"]]


def test_sums_beside_a_category_are_no_task():
    rows = [
        ["序号", "项目", "总投资（万元）", "责任单位"],
        ["一、交通（1个）", None, "24000", ""],
        ["1", "修路。", "24000", "县交通局"],
    ]
    kb = read(grid(rows, spans={(2, 1): (1, 2)}))
    assert [(row.area, row.text) for row in kb.tasks.itertuples()] == [("交通", "修路。")]
