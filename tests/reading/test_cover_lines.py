"""Number, issuer and date on one line, in one cell: read like those on lines of their own."""

from __future__ import annotations

import pytest

import pairing_graph as pg
from pairing_graph.reading.prose.cover_lines import cover_line

ROWS = [
    ["序号", "工作任务", "牵头单位", "配合单位"],
    ["1", "改建社区食堂12个。", "县民政局", "县财政局"],
    ["2", "新建停车位500个。", "县住建局", "县公安局"],
]
TITLE = "2023年重点任务分解表"
NUMBER, ISSUER, DATE = "石政办发〔2023〕15号", "石台县人民政府办公室", "2023-05-04"
LINES = (
    "石政办发〔2023〕15号 石台县人民政府办公室 2023年5月4日 印发",
    "石政办发〔2023〕15号　石台县人民政府办公室　2023年5月4日印发",
    "石台县人民政府办公室 石政办发〔2023〕15号 2023.5.4",
    "（石政办发〔2023〕15号，石台县人民政府办公室，2023年5月4日）",
    "文号：石政办发〔2023〕15号；发文单位：石台县人民政府办公室；日期：2023年5月4日",
    "石政办发〔2023〕15号石台县人民政府办公室2023年5月4日印发",
    "石政办发〔2023〕15号 石台县人民政府办公室\n二〇二三年五月四日",
)


def as_text(folder, above, below):
    file = folder / "notice.txt"
    table = ["\t".join(row) for row in ROWS]
    file.write_text("\n\n".join([*above, "\n".join(table), *below]) + "\n", encoding="utf-8")
    return file


def as_sheet(folder, above, below):
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for text in above:
        sheet.append([text])
        sheet.merge_cells(start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=4)
    for row in ROWS:
        sheet.append(row)
    for text in below:
        sheet.append([text])
        sheet.merge_cells(start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=4)
    file = folder / "notice.xlsx"
    book.save(file)
    return file


def as_page(folder, above, below):
    rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in ROWS)
    wide = "<tr><td colspan='4'>{}</td></tr>".format
    table = "".join(map(wide, above)) + rows + "".join(map(wide, below))
    file = folder / "notice.html"
    file.write_text(f"<html><body><table>{table}</table></body></html>".replace("\n", "<br>"), encoding="utf-8")
    return file


def as_letter(folder, above, below):
    from docx import Document

    document = Document()
    for text in above:
        document.add_paragraph(text)
    table = document.add_table(rows=0, cols=4)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for text in below:
        document.add_paragraph(text)
    file = folder / "notice.docx"
    document.save(file)
    return file


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("written", [as_text, as_sheet, as_page, as_letter])
@pytest.mark.parametrize("place", ["behind-the-title", "before-the-title", "below-the-table"])
def test_one_line_gives_number_issuer_and_date(tmp_path, written, line, place):
    line = line.replace("\n", " ") if written is as_text else line
    above = {"behind-the-title": [TITLE, line], "before-the-title": [line, TITLE], "below-the-table": [TITLE]}[place]
    kb = pg.read_notice(written(tmp_path, above, [line] if place == "below-the-table" else []))
    document = kb.documents.iloc[0]
    assert [document["number"], document["issuers"], document["date"]] == [NUMBER, (ISSUER,), DATE]
    assert document["document"] == NUMBER
    assert document["title"] == TITLE
    assert set(kb.units["region"]) == {"石台县"}
    assert len(kb.tasks) == 2
    assert kb.unread[kb.unread["severity"] != "info"].empty


def test_a_signature_with_its_date_on_one_line_is_one(tmp_path):
    kb = pg.read_notice(as_text(tmp_path, [NUMBER, f"关于印发{TITLE}的通知"], [f"{ISSUER}　2023年5月4日"]))
    assert [kb.documents["issuers"][0], kb.documents["date"][0]] == [(ISSUER,), DATE]


def test_two_offices_on_one_line_are_two_issuers(tmp_path):
    line = f"中共石台县委办公室 {ISSUER} 2023年5月4日 印发 石委办发〔2023〕3号"
    kb = pg.read_notice(as_sheet(tmp_path, [TITLE, line], []))
    assert kb.documents["issuers"][0] == ("中共石台县委办公室", ISSUER)


def test_a_lone_body_with_its_deadline_in_a_table_signs_nothing(tmp_path):
    page = as_page(tmp_path, [f"石台县{TITLE}"], [])
    row = "<tr><td></td><td></td><td>县水务局 2023年6月30日</td><td></td></tr>"
    page.write_text(page.read_text(encoding="utf-8").replace("</table>", f"{row}</table>"), encoding="utf-8")
    kb = pg.read_notice(page)
    assert [kb.documents["issuers"][0], kb.documents["date"][0]] == [(), ""]
    assert kb.unread.loc[kb.unread["text"].str.startswith("县水务局"), "severity"].tolist() == ["doubt"]


@pytest.mark.parametrize(
    "words",
    [
        "石台县人民政府办公室 2023年5月4日印发", "按照石政办发〔2023〕15号要求，县财政局于2023年5月4日前完成。",
        "县财政局 县水利局", "2023年5月4日", "石政办发〔2023〕15号", "填报单位：石台县财政局 填报日期：2023年5月4日", "",
    ],
)  # fmt: skip
def test_other_lines_are_none(words):
    assert cover_line(words) is None


ITEMS = """关于印发石台县2023年重点任务分解表的通知

各乡镇人民政府：
现将任务印发给你们。

{one}改造水渠12公里。（责任单位：县水务局）
{line}
{two}新建停车位500个。（责任单位：县住建局）
{last}
{end}"""
SIGNED = "\n石台县人民政府办公室\n2023年3月1日\n"
BESIDE = ("县水务局 2023年6月30日", "县水务局\n2023年6月30日", "2023年6月30日", "石台县水务局 2023年6月30日")


def read_items(folder, **words):
    file = folder / "notice.txt"
    usual = {"one": "1.", "two": "2.", "line": BESIDE[0], "last": "3.培训厨师。（责任单位：县人社局）", "end": SIGNED}
    file.write_text(ITEMS.format(**usual | words), encoding="utf-8")
    return pg.read_notice(file)


def signed(kb):
    return [kb.documents["issuers"][0], kb.documents["date"][0]]


def no_signatures(kb):
    return kb.unread.loc[kb.unread["reason"] == "no_signature", "text"].tolist()


@pytest.mark.parametrize("line", BESIDE)
@pytest.mark.parametrize(("one", "two"), [("1.", "2."), ("一、", "二、"), ("（一）", "（二）")])
def test_a_body_and_its_deadline_between_items_sign_nothing(tmp_path, line, one, two):
    kb = read_items(tmp_path, line=line, one=one, two=two)
    assert signed(kb) == [(ISSUER,), "2023-03-01"]
    assert no_signatures(kb) == line.split("\n")
    assert kb.tasks["text"].tolist() == ["改造水渠12公里。", "新建停车位500个。", "培训厨师。"]


def test_neither_do_they_between_items_without_numbers(tmp_path):
    kb = read_items(tmp_path, one="", two="", last="培训厨师。（责任单位：县人社局）")
    assert signed(kb) == [(ISSUER,), "2023-03-01"]
    assert no_signatures(kb) == [BESIDE[0]]


@pytest.mark.parametrize("last", ["县住建局 2023年8月30日", "2023年8月30日"])
def test_those_behind_the_last_item_are_like_those_before_it(tmp_path, last):
    kb = read_items(tmp_path, line=BESIDE[0], last=last)
    assert signed(kb) == [(ISSUER,), "2023-03-01"]
    assert last in no_signatures(kb)


def test_a_text_whose_lines_are_all_between_items_is_not_signed(tmp_path):
    assert signed(read_items(tmp_path, last="县住建局 2023年8月30日", end="")) == [(), ""]


LETTER = """关于印发石台县2023年重点任务分解表的通知

各乡镇人民政府：
一、要提高认识。
二、要抓好落实。
{signature}
{behind}
1.改造水渠12公里。（责任单位：县水务局）
2.新建停车位500个。（责任单位：县住建局）
"""


@pytest.mark.parametrize(
    "signature",
    [
        f"{ISSUER}\n2023年3月1日",
        f"{ISSUER} 2023年3月1日",
        f"{ISSUER}\n县财政局\n2023年3月1日",
        f"{ISSUER}\n2023年3月1日\n县财政局",
    ],
)
@pytest.mark.parametrize(
    "behind", ["附件：石台县2023年重点任务分解表", "石台县2023年重点任务分解表", "", "（此件公开发布）"]
)
def test_a_signature_before_the_attachment_is_one(tmp_path, signature, behind):
    file = tmp_path / "notice.txt"
    file.write_text(LETTER.format(signature=signature, behind=behind), encoding="utf-8")
    kb = pg.read_notice(file)
    assert signed(kb)[0][0] == ISSUER
    assert signed(kb)[1] == "2023-03-01"
    assert no_signatures(kb) == []


NUMBERS = (
    "石政办发[2023]15号",
    "石政办发［2023］15号",
    "石政办发【2023】15号",
    "石政办发(2023)15号",
    "石政办发（2023）15号",
    "石政办发〖2023〗15号",
    "石政办发﹝2023﹞15号",
    "石政办发〈2023〉15号",
)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("written", [as_text, as_sheet, as_letter])
@pytest.mark.parametrize("line", ["{}", "（{}）", "文号：{}", "{} 石台县人民政府办公室 2023年5月4日 印发"])
def test_a_number_is_the_same_in_whatever_brackets_its_year_is(tmp_path, number, written, line):
    kb = pg.read_notice(written(tmp_path, [TITLE, line.format(number)], []))
    assert kb.documents[["document", "number"]].values.tolist() == [[NUMBER, NUMBER]]
    assert kb.tasks["task"].tolist() == [f"{NUMBER}#1", f"{NUMBER}#2"]
    form = kb.unread[kb.unread["reason"] == "number_form"]
    assert form["text"].str.endswith(f"→ {NUMBER}").tolist() == [True]
    assert form["severity"].tolist() == ["info"]


def test_two_files_under_one_number_in_other_brackets_are_reported(tmp_path):
    for name, number in (("a", NUMBER), ("b", NUMBERS[3])):
        (tmp_path / name).mkdir()
        as_text(tmp_path / name, [number, f"关于印发{TITLE}的通知"], [f"{ISSUER}　{name}2023年5月4日"])
    kb = pg.read_notices([tmp_path / "a" / "notice.txt", tmp_path / "b" / "notice.txt"], progress=False)
    assert kb.documents["document"].tolist() == [NUMBER, f"{NUMBER}~2"]
    assert kb.documents["number"].tolist() == [NUMBER, NUMBER]
    assert "id_taken" in kb.unread["reason"].tolist()


HEADS = (
    "石台县人民政府办公室文件", "石台县人民政府办公室 文件", "石 台 县 人 民 政 府 办 公 室 文 件", "石台县人民政府办公室",
)  # fmt: skip


LETTERED = [(written, head) for written in (as_text, as_sheet, as_page, as_letter) for head in HEADS]
"""A body alone above a table of a page may have filled it in."""


@pytest.mark.parametrize(("written", "head"), [one for one in LETTERED if one != (as_page, ISSUER)])
def test_the_letterhead_names_the_issuer(tmp_path, written, head):
    kb = pg.read_notice(written(tmp_path, [head, NUMBER, f"关于印发{TITLE}的通知"], []))
    assert kb.documents[["number", "issuers"]].values.tolist() == [[NUMBER, (ISSUER,)]]
    assert kb.documents["title"].tolist() == [f"关于印发{TITLE}的通知"]
    assert set(kb.units["region"]) == {"石台县"}
    assert kb.unread[kb.unread["severity"] != "info"].empty
    assert head not in kb.unread.loc[kb.unread["reason"] == "prose", "text"].tolist()


@pytest.mark.parametrize("written", [as_text, as_sheet, as_page])
@pytest.mark.parametrize("between", ["　", "", "、"])
def test_a_letterhead_of_two_names_both(tmp_path, written, between):
    kb = pg.read_notice(written(tmp_path, [f"中共石台县委办公室{between}{ISSUER}文件", f"关于印发{TITLE}的通知"], []))
    assert kb.documents["issuers"].tolist() == [("中共石台县委办公室", ISSUER)]


@pytest.mark.parametrize("written", [as_text, as_sheet, as_page, as_letter])
def test_a_letterhead_with_its_number_on_one_line(tmp_path, written):
    kb = pg.read_notice(written(tmp_path, [f"{ISSUER}文件　{NUMBER}", f"关于印发{TITLE}的通知"], []))
    assert kb.documents[["number", "issuers"]].values.tolist() == [[NUMBER, (ISSUER,)]]


@pytest.mark.parametrize("words", ["县级有关文件", "下发的文件", "填报单位：石台县财政局", "各单位文件"])
def test_other_rows_above_a_table_name_no_issuer(tmp_path, words):
    kb = pg.read_notice(as_sheet(tmp_path, [words, f"石台县{TITLE}"], []))
    assert kb.documents["issuers"].tolist() == [()]


@pytest.mark.parametrize(
    "title",
    [
        "关于贯彻落实安徽省人民政府文件\n精神的通知",
        "石台县人民政府办公室转发\n池州市人民政府办公室文件\n的通知",
        "学习贯彻巫溪县人民政府文件",
    ],
    ids=["carried-out", "passed-on", "studied"],
)
def test_a_title_that_names_another_letterhead_is_not_one(tmp_path, title):
    body = "1.修渠12条。（县水利局负责）\n2.架桥2座。（县交通运输局负责）"
    file = tmp_path / "notice.txt"
    file.write_text(f"{title}\n{body}\n石台县人民政府办公室\n2022年3月1日\n", encoding="utf-8")
    kb = pg.read_notice(file)
    assert kb.documents["issuers"].item() == ("石台县人民政府办公室",)
    assert kb.documents["date"].item() == "2022-03-01"


def test_what_was_issued_may_begin_right_behind_the_signature(tmp_path):
    file = tmp_path / "notice.txt"
    text = "关于印发任务的通知\n各乡镇：\n现印发给你们。\n石台县人民政府办公室\n2022年3月1日\n一、总体要求\n1.修渠12条。（县水利局负责）\n"
    file.write_text(text, encoding="utf-8")
    kb = pg.read_notice(file)
    assert (kb.documents["issuers"].item(), kb.documents["date"].item()) == (("石台县人民政府办公室",), "2022-03-01")


def test_a_line_between_items_is_one_doubt(tmp_path):
    lines = [f"{number}.修渠{number}条。（县交通运输局负责）\n县水务局、县林业局" for number in range(1, 6)]
    file = tmp_path / "notice.txt"
    file.write_text("石台县任务分解表\n" + "\n2023年6月30日\n".join(lines) + "\n", encoding="utf-8")
    unread = pg.read_notice(file).unread
    severe = unread[unread["severity"] != "info"]
    assert not severe["address"].duplicated().any()
