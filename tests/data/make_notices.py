"""Makes the documents of the corpus in the office formats; run by hand, the files are committed.

    python tests/data/make_notices.py

The words are invented, the names of units are real ones, the forms are those seen in the wild. doc, rtf and the PDF files
that go over pages come out of LibreOffice; without it they are left as they are.
"""

from __future__ import annotations

import copy
import csv
import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from openpyxl import load_workbook

sys.path.insert(0, str(Path(__file__).parents[1]))

import pairing_graph as pg
from readers.ofd_pages import to_ofd
from rendering import Block, Table, table, to_docx, to_html, to_xlsx

HERE = Path(__file__).parent / "notices"
NOTICE = Path(__file__).parents[2] / "data" / "raw" / "wuxi-yuzhong-2022.txt"
OFFICE = shutil.which("soffice")


def put(path: str, data: bytes) -> None:
    file = HERE / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def converted(data: bytes, target: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.docx"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(Path(folder) / 'p').as_uri()}"
        command = [str(OFFICE), profile, "--headless", "--convert-to", target, "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True)
        return (Path(folder) / f"a.{target}").read_bytes()


# The 2022 notice, its merged cells merged and its other words as they are.


def notice_2022() -> list[Block]:
    source = next(iter(pg.read_notice(NOTICE).sources.values())).document
    blocks: list[Block] = []
    for block in source.blocks:
        if hasattr(block, "text"):
            blocks += ["", block.text]
            continue
        rows, columns = block.shape
        made: list[list[str | None]] = []
        for row in range(1, rows + 1):
            texts = [block.at(row, column).text for column in range(1, columns + 1)]
            made.append(["^" if block.number == 1 and row > 1 and not text else text for text in texts])
        blocks.append(table(*made))
    return [*blocks[:-1], *blocks[-1:]]


# Documents of our own.

TASK_HEADING = ["序号", "类别", "重点工作", "牵头单位", "配合单位", "完成时限"]
LIVELIHOOD: list[list[str | None]] = [
    TASK_HEADING,
    ["1", "就业", "新增城镇就业4000人以上，开发公益性岗位不少于300个。", "县人力社保局", "县财政局、县乡村振兴局", "12月底前"],
    ["2", "^", "办好零工市场2个，每季度发布岗位信息。", "县人力社保局", "各乡镇", "9月底前"],
    ["3", "教育", "改扩建乡镇中心幼儿园3所。", "县教委", "县规划自然资源局、县住房城乡建委", "8月底前"],
    ["4", "^", "为农村学校配备校医。", "^", "县卫生健康委", "12月底前"],
    ["5", "交通", "实施农村公路安全防护工程60公里。", "县交通局", "县公安局、县应急局", "11月底前"],
]  # fmt: skip
WIDTHS = [36, 36, 150, 80, 90, 70]
LIVELIHOOD_FRONT: list[Block] = [
    "垫江府办发〔2023〕18号", "垫江县人民政府办公室", "关于印发垫江县2023年重点民生实事任务分解表的通知",
    "各乡镇人民政府、街道办事处，县政府各部门：",
    "现将任务分解表印发给你们，请抓好落实。", "垫江县人民政府办公室", "2023年3月14日", "垫江县2023年重点民生实事任务分解表",
]  # fmt: skip
TWO_ROWS: list[list[str | None]] = [
    ["序号", "工作任务", "责任单位", "<", "完成时限"],
    ["^", "^", "牵头单位", "配合单位", "^"],
    ["1", "建成数字化养老服务中心1个。", "区民政局", "区卫生健康委、区大数据局", "2024年10月底前"],
    ["2", "老旧小区改造面积达到80万平方米以上。", "区住房城乡建委", "区规划自然资源局\n区城市管理局", "2024年12月底前"],
    ["3", "更新消防设施。", "区消防救援支队", "各街道", "2024年6月底前"],
]  # fmt: skip
TWO_ROWS_FRONT: list[Block] = [
    "关于印发江北区2024年重点工作任务分解表的通知",
    "江北区人民政府办公室",
    "2024年2月2日",
    "任务分解表",
]
HELPING: list[list[str | None]] = [
    ["序号", "帮扶单位", "受帮扶单位", "备注"],
    ["1", "区财政局", "县财政局", ""],
    ["2", "区农业农村委", "县农业农村委、县水利局", "每年对接两次"],
    ["3", "江北嘴街道", "白沙镇", ""],
    ["4", "观音桥街道", "黄泥乡", ""],
    ["5", "石马河街道", "^", ""],
]  # fmt: skip
HELPING_FRONT: list[Block] = [
    "关于印发江北区·酉阳县部门街镇结对帮扶安排的通知",
    "江北区人民政府　酉阳县人民政府",
    "2023年5月8日",
    "江北区·酉阳县结对帮扶表",
]


def unmerged(rows: list[list[str | None]]) -> list[list[str | None]]:
    """The rows with the words of merged cells repeated: without rulings nobody sees how far a cell goes."""
    made: list[list[str | None]] = []
    for row in rows:
        made.append([made[-1][place] if text == "^" else text for place, text in enumerate(row)])
    return made


def long_rows(count: int) -> list[list[str | None]]:
    """A table that goes over pages: long words, an area merged over a page, a lead merged with it."""
    leads = ["县发展改革委", "县经济信息委", "县农业农村委", "县文化旅游委"]
    rows: list[list[str | None]] = [["序号", "事项", "具体任务", "牵头单位", "责任单位"]]
    for number in range(1, count + 1):
        first = number % 3 == 1
        words = "推进项目前期工作，完善要素保障清单，建立定期会商机制，" * (2 + number % 4)
        area, lead = f"第{'一二三四五六七八九十'[(number - 1) // 3]}类事项", leads[(number - 1) // 3 % 4]
        text = f"{number}.{words}年内完成{number}个项目。"
        rows.append([str(number), area if first else "^", text, lead if first else "^", "县财政局、县审计局"])
    return rows


LONG_FRONT: list[Block] = [
    "关于印发奉节县重大项目任务分解表的通知",
    "奉节县人民政府办公室",
    "2023年7月3日",
    "奉节县重大项目任务分解表",
]


def word_features() -> bytes:
    """A Word file with what others leave out: automatic numbers, a text box, deleted and hidden words, header, footer."""
    rows = copy.deepcopy(LIVELIHOOD)
    for row in rows[1:]:
        row[0] = ""
    document = docx.Document(io.BytesIO(to_docx([*LIVELIHOOD_FRONT, table(*rows)])))
    number_id = automatic_list(document)
    for row in document.tables[0].rows[1:]:
        numbered(row.cells[0].paragraphs[0], number_id)
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    text_box(document.paragraphs[1], "特急")
    deleted(document.paragraphs[4], "请于三日内上报。")
    document.tables[0].rows[1].cells[2].paragraphs[0].add_run("（内部掌握）").font.hidden = True
    insert(document.tables[0].rows[3].cells[4].paragraphs[0], "、县财政局")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def automatic_list(document) -> str:
    numbering = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>'
    )
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    return "90"


def numbered(paragraph, number_id: str) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number_id}"/></w:numPr>'))


def text_box(paragraph, words: str) -> None:
    shape = (
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:rect style="width:60pt;height:20pt">'
        f"<v:textbox><w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:rect>"
        "</w:pict></w:r>"
    )
    paragraph._p.append(parse_xml(shape))


def deleted(paragraph, words: str) -> None:
    gone = OxmlElement("w:del")
    gone.set(qn("w:id"), "1")
    gone.append(parse_xml(f"<w:r {nsdecls('w')}><w:delText>{words}</w:delText></w:r>"))
    paragraph._p.append(gone)


def insert(paragraph, words: str) -> None:
    added = OxmlElement("w:ins")
    added.set(qn("w:id"), "2")
    added.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>{words}</w:t></w:r>"))
    paragraph._p.append(added)


PAGE_HEAD = """<div class="nav"><a href="/">首页</a> | <a href="/zw">政务公开</a> | <a href="/bs">办事服务</a></div>
<div style="display:none">浏览器版本过低</div>
<table class="layout" width="100%"><tr><td>
<table class="xxgk"><tr><td>索引号：</td><td>11500000/2023-00018</td><td>发布机构：</td><td>垫江县人民政府办公室</td></tr></table>
</td></tr><tr><td>
<div class="share">分享到： <a href="#">微信</a> <a href="#">微博</a></div>
<p>发布日期：2023-03-20　字体：[大 中 小]</p>
"""
PAGE_FOOT = """</td></tr></table>
<div id="footer"><p>主办单位：垫江县人民政府　网站标识码：5002310001</p></div>
<script>document.write("牵头单位")</script>"""


def to_csv(blocks: list[Block]) -> str:
    """Lines and tables as an export writes them: a merged cell is written once, above."""
    out = io.StringIO()
    for block in blocks:
        if isinstance(block, str):
            out.write(f"{block}\r\n")
            continue
        rows, columns = block.shape
        texts = {(cell.row, cell.column): cell.text for cell in block.cells}
        lines = ([texts.get((row, column), "") for column in range(1, columns + 1)] for row in range(1, rows + 1))
        csv.writer(out).writerows(lines)
    return out.getvalue()


def page() -> bytes:
    """A page of a government: layout tables around the table, spans with a slip, gb2312 that holds more than gb2312."""
    data = to_html([*LIVELIHOOD_FRONT, table(*LIVELIHOOD)], charset="gb2312", head=PAGE_HEAD, foot=PAGE_FOOT)
    text = data.decode("gb18030").replace('rowspan="2"', 'rowspan="2;"', 1).replace("现将任务", "现将垚鎔㐂任务")
    return text.encode("gb18030")


def helping_page() -> bytes:
    """Cells without end tags, a heading in thead, line breaks in the source, a foot that stands before the body."""
    rows = "".join(
        f"<tr><td>{number}<td>\n  {left}\n<td{span}>{right}<td>{remark}"
        for number, left, right, remark, span in (
            ("1", "区财政局", "县财政局", "", ""), ("2", "区农业\n农村委", "县农业农村委、<br>县水利局", "每年对接两次", ""),
            ("3", "江北嘴街道", "白沙镇", "", ""), ("4", "观音桥街道", "黄泥乡", "", ' rowspan="2"'),
        )
    )  # fmt: skip
    rows += "<tr><td>5<td>石马河街道<td>"
    front = "".join(f"<p>{words}</p>" for words in HELPING_FRONT)
    head = "<thead><tr><th>序号<th>帮扶单位<th>受帮扶单位<th>备注</thead>"
    return f"<html><body>{front}<table>{head}<tbody>{rows}</tbody></table></body></html>".encode()


def workbook() -> bytes:
    """Two sheets and a hidden one: a title above the table, numbers as floats, a total, a remark below."""
    first = table(*LIVELIHOOD)
    data = to_xlsx({
        "任务": ["附件1", "垫江县2023年重点民生实事任务分解表", "", first, "", "注：各单位按季度报送进展。"],
        "结对": ["江北区·垫江县结对帮扶表", table(*HELPING[:4])],
        "草稿": [table(["序号", "工作任务", "牵头单位"], ["1", "尚未确定", "县教委"])],
    })  # fmt: skip
    book = load_workbook(io.BytesIO(data))
    sheet = book["任务"]
    for row in range(5, 10):
        sheet.cell(row, 1).value = float(sheet.cell(row, 1).value)
    book["草稿"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def helping_workbook() -> bytes:
    data = to_xlsx({"Sheet1": [*HELPING_FRONT, "", table(*HELPING)]})
    book = load_workbook(io.BytesIO(data))
    book["Sheet1"].row_dimensions[8].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repeating_heading(data: bytes) -> bytes:
    document = docx.Document(io.BytesIO(data))
    for made in document.tables:
        made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    footer = document.sections[0].footer.paragraphs[0]
    footer.add_run("— ")
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = footer.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = words
        run._r.append(mark)
    footer.add_run(" —")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def main() -> None:
    whole = notice_2022()
    sheets = {"任务分解": whole[: _after_first_table(whole)], "结对帮扶": whole[_after_first_table(whole) :]}
    put("docx/wuxi-yuzhong-2022.docx", to_docx(whole))
    put("html/wuxi-yuzhong-2022.html", to_html(whole))
    put("xlsx/wuxi-yuzhong-2022.xlsx", to_xlsx(sheets))
    put("csv/wuxi-yuzhong-2022.csv", to_csv(whole).encode("utf-8-sig"))
    put("csv/livelihood.csv", to_csv([*LIVELIHOOD_FRONT, table(*LIVELIHOOD)]).replace(",", ";").encode("gb18030"))
    put("csv/helping.txt", to_csv([*HELPING_FRONT, table(*HELPING)]).encode())
    put("ofd/wuxi-yuzhong-2022.ofd", to_ofd(whole))
    put("ofd/wuxi-yuzhong-2022-unruled.ofd", to_ofd(whole, ruled=False))
    put("ofd/livelihood.ofd", to_ofd([*LIVELIHOOD_FRONT, table(*LIVELIHOOD)], points=True))
    put("ofd/helping.ofd", to_ofd([*HELPING_FRONT, table(*HELPING)], frames=True))
    put("ofd/unruled.ofd", to_ofd([*LIVELIHOOD_FRONT, table(*unmerged(LIVELIHOOD), widths=WIDTHS)], ruled=False))
    put("docx/livelihood.docx", word_features())
    put("../../../data/examples/livelihood.docx", to_docx([*LIVELIHOOD_FRONT, table(*LIVELIHOOD)]))
    put("docx/two-rows.docx", to_docx([*TWO_ROWS_FRONT, table(*TWO_ROWS)]))
    put("html/livelihood.html", page())
    put("html/helping.html", helping_page())
    put("xlsx/livelihood.xlsx", workbook())
    put("xlsx/helping.xlsx", helping_workbook())
    if OFFICE:
        long = repeating_heading(to_docx([*LONG_FRONT, _sized(long_rows(18))]))
        put("pdf/long.pdf", converted(long, "pdf"))
        put("pdf/helping.pdf", converted(to_docx([*HELPING_FRONT, table(*HELPING)]), "pdf"))
        put("pdf/wuxi-yuzhong-2022.pdf", converted(to_docx(whole), "pdf"))
        put(
            "pdf/unruled.pdf",
            converted(to_docx([*LIVELIHOOD_FRONT, table(*unmerged(LIVELIHOOD), widths=WIDTHS)], ruled=False), "pdf"),
        )
        put("pdf/wuxi-yuzhong-2022-unruled.pdf", converted(to_docx(whole, ruled=False), "pdf"))
        put("doc/livelihood.doc", converted(to_docx([*LIVELIHOOD_FRONT, table(*LIVELIHOOD)]), "doc"))
        put("doc/helping.rtf", converted(to_docx([*HELPING_FRONT, table(*HELPING)]), "rtf"))


def _sized(rows: list[list[str | None]]) -> Table:
    return table(*rows, widths=[30, 60, 230, 60, 60])


def _after_first_table(blocks: list[Block]) -> int:
    return next(index for index, block in enumerate(blocks) if isinstance(block, Table)) + 1


if __name__ == "__main__":
    main()
