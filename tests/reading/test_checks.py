"""Checks of the reading itself: what it missed is a doubt, more lost than read is a refusal, a clean text has neither."""

from __future__ import annotations

import pytest

from pairing_graph.base.errors import LayoutError
from pairing_graph.reading.checks import roles_left

from .test_grids import grid, read


def doubts(kb) -> list[tuple[str, str]]:
    found = kb.unread[kb.unread["severity"] == "doubt"]
    return list(zip(found["reason"], found["text"], strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "完善仓储设施，县商务局牵头，压实责任。",
        "此项由县水利局、县财政局按职责分工负责，抓紧推进。",
        "抓好落实，党政办公室负责。",
    ],
)
def test_a_clause_with_bodies_and_a_role_is_left(text):
    assert list(roles_left(text))


@pytest.mark.parametrize(
    "text",
    ["加强业务指导。", "各部门要密切配合。", "本办法由县商务局负责解释。", "争取政策性银行支持。", "落实专人负责。"],
)
def test_prose_leaves_no_role(text):
    assert not list(roles_left(text))


def test_a_role_left_in_a_task_is_a_doubt_at_its_place():
    rows = [
        ["序号", "工作任务", "牵头单位"],
        ["1", "修路，县水利局配合，年底完工。", "县交通局"],
        ["2", "架桥。", "县交通局"],
    ]
    kb = read(grid(rows))
    assert ("role_left", "县水利局配合") in doubts(kb)


def test_a_column_full_of_units_that_gave_none_is_a_doubt():
    rows = [
        ["工作任务", "进展", "单位情况说明"],
        ["修路十公里。", "完成", "县交通局"],
        ["架桥两座。", "完成", "县水利局"],
        ["种树千亩。", "完成", "县林业局"],
    ]
    kb = read(grid(rows))
    assert len(kb.assignments) == 3 or any(reason == "units_unread" for reason, _ in doubts(kb))


def test_lines_of_units_that_no_table_took_are_a_doubt():
    kb = read("1.修路。（县交通局负责）", "县水利局、县林业局", "县教育局")
    assert [text for reason, text in doubts(kb) if reason == "units_unread"] == ["县水利局、县林业局", "县教育局"]


def test_more_lost_than_read_is_refused_with_the_reasons():
    rows = [
        ["序号", "工作任务", "牵头单位"],
        ["1", "修路。", "县交通局"],
        *([str(n), f"第{n}件事要办好。", "□□局"] for n in range(2, 12)),
    ]
    with pytest.raises(LayoutError, match="More of the notice is lost than read"):
        read(grid(rows))


def test_a_clean_notice_has_no_doubt_and_no_loss():
    title = "巫溪县2024年重点工作任务分解表"
    kb = read(title, "1.修路十公里。（县交通局牵头，县财政局配合）", "2.架桥两座。（县水利局负责）")
    assert kb.unread[kb.unread["severity"] != "info"].empty


def test_a_notice_whose_region_nothing_names_is_doubted_once():
    kb = read("重点工作任务分解表", "1.修路十公里。（县交通局牵头，县财政局配合）", "2.架桥两座。（县水利局负责）")
    assert doubts(kb) == [("region_missing", "重点工作任务分解表")]
    assert kb.unread["address"].tolist() == kb.documents["document"].tolist()


def test_a_notice_for_the_whole_country_lacks_no_region():
    kb = read(
        "国务院办公厅关于2024年重点任务分工的意见", "1.修路十公里。（交通运输部牵头）", "2.架桥两座。（水利部负责）"
    )
    assert "region_missing" not in kb.unread["reason"].tolist()


def test_a_cover_letter_names_the_attachment_that_has_its_table():
    letter = (
        "关于印发2025年重点任务分解表的通知",
        "各乡镇：",
        "现将任务分解表印发给你们，请认真落实。",
        "附件：某县2025年重点任务分解表",
        "2025年3月1日",
    )
    with pytest.raises(LayoutError, match="cover letter: its table is in an attachment.*某县2025年重点任务分解表"):
        read(*letter)


def test_a_table_below_its_caption_is_no_missing_attachment():
    rows = [["序号", "工作任务", "牵头单位"], ["1", "修路。", "县交通局"], ["2", "架桥。", "县水利局"]]
    assert len(read("附件：某县2025年重点任务分解表", "某县2025年重点任务分解表", grid(rows)).tasks) == 2
