"""What says "nothing" is known once, and is nothing wherever it stands."""

from __future__ import annotations

import pytest

import pairing_graph.readers.text as text_reader
from pairing_graph.kb.schema import TABLES
from pairing_graph.lexicon.patterns import is_blank
from pairing_graph.readers.limits import Limits
from pairing_graph.reading.corrections.values import typed
from pairing_graph.reading.extraction import Options, extract
from tests.ledger import unaccounted

BLANKS = ["—", "——", "－", "-", "--", "–", "―", "/", "／", "\\", "…", "……", "·", "_", "无", "（空）"]
COLUMNS = ["工作任务", "牵头单位", "配合单位", "责任领导", "完成时限", "进展情况"]


def read(text):
    return extract(text_reader.read(text.encode(), "notice.txt", "", Limits()), Options())


@pytest.mark.parametrize("sign", [*BLANKS, "", " ", "\u3000", " — ", "- -"])
def test_a_sign_for_nothing_is_blank(sign):
    assert is_blank(sign)


@pytest.mark.parametrize("words", ["0", "-5", "无锡", "无障碍", "9月底", "3-5", "县/区", "A", "。"])
def test_words_are_not_blank(words):
    assert not is_blank(words)


@pytest.mark.parametrize("sign", BLANKS)
def test_in_a_table_nothing_gives_no_row(sign):
    rows = [["1", "完善仓储设施。", "县商务局", *[sign] * 4], ["2", "修通进村公路。", "县交通局", *[sign] * 4]]
    lines = [["序号", *COLUMNS], ["---"] * 7, *rows]
    kb = read("\n".join(f"| {' | '.join(line)} |" for line in lines))
    assert list(kb.assignments["as_written"]) == ["县商务局", "县交通局"]
    assert list(kb.tasks["deadline"]) == ["", ""]
    assert list(kb.tasks["leaders"]) == [(), ()]
    assert kb.results.empty
    assert list(unaccounted(kb)) == []


@pytest.mark.parametrize("sign", [sign for sign in BLANKS if sign != "（空）"])
def test_in_prose_nothing_is_no_unit(sign):
    kb = read(f"1.完善仓储设施。\n牵头单位：县商务局\n配合单位：{sign}\n2.修通公路。\n牵头单位：县交通局")
    assert list(kb.assignments["as_written"]) == ["县商务局", "县交通局"]
    assert not {"not_a_name", "unknown_kind"} & set(kb.unread["reason"])


@pytest.mark.parametrize("sign", BLANKS)
def test_in_a_correction_nothing_empties_a_list_and_a_number(sign):
    columns = {column.name: column for column in TABLES["tasks"].columns}
    assert typed(columns["leaders"], sign) == ()
    assert str(typed(columns["number"], sign)) == "<NA>"
