"""A row in `roles.csv` is enough: a new word for a role is understood in every phrasing."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

WORDS = {"主抓": "lead", "包干": "responsible", "协力": "support"}
PHRASINGS = {
    "bracket": "1.完善仓储设施。（县水利局#）",
    "bracket-with-others": "1.完善仓储设施。（县水利局#，县林业局、县教委参与）",
    "bracket-list-mark": "1.完善仓储设施。（县水利局#、县林业局参与）",
    "bracket-label": "1.完善仓储设施。（#单位：县水利局）",
    "bracket-label-word": "1.完善仓储设施。（#：县水利局）",
    "label-line": "1.完善仓储设施。\n#单位：县水利局\n2.修通公路。\n#单位：县教委",
    "label-department": "1.完善仓储设施。\n#部门：县水利局",
    "label-with-region": "1.完善仓储设施。\n巫溪县#单位：县水利局",
    "label-in-brackets": "1.完善仓储设施。\n【#单位】县水利局",
    "label-without-colon": "1.完善仓储设施。\n#单位 县水利局",
    "sentence-by": "1.完善仓储设施，由县水利局#。",
    "sentence": "1.完善仓储设施。此项工作由县水利局#。",
    "sentence-by-duty": "1.完善仓储设施。县水利局按职责分工#。",
    "sentence-with-second-verb": "1.完善仓储设施。由县水利局#推进。",
    "behind-a-verb": "1.完善仓储设施。（县水利局具体#落实，9月底前完成）",
    "behind-a-name": "1.完善仓储设施。（责任单位：县水利局（#）、县林业局）",
    "behind-a-name-with-noun": "1.完善仓储设施。（责任单位：县水利局（#单位）、县林业局）",
    "behind-a-collective": "1.完善仓储设施。（各区、县级市#）",
    "table": "| 序号 | 工作任务 | #单位 |\n|---|---|---|\n| 1 | 完善仓储设施。 | 县水利局 |",
    "table-office": "| 序号 | 工作任务 | #处室 |\n|---|---|---|\n| 1 | 完善仓储设施。 | 县水利局 |",
    "table-cell": "| 序号 | 工作任务 | 责任单位 |\n|---|---|---|\n| 1 | 完善仓储设施。 | 县水利局#，县林业局参与 |",
    "lines": "序号\n工作任务\n#单位\n1\n完善仓储设施。\n县水利局\n2\n修通进村公路。\n县教委",
    "spaced": "序号  工作任务  #单位\n1  完善仓储设施。  县水利局\n2  修通进村公路。  县教委",
}
RULES = ("列第一位的为#单位", "第一个单位为#部门，下同", "#单位为第一位")
_CHILD = """
import json, sys
import pairing_graph.base.reference as tables
words, texts = json.load(sys.stdin)
honest = tables.reference
def reference(table):
    rows = honest(table)
    if table == "heading_stems":
        return tuple(row for row in rows if row["stem"] not in words)
    return (*rows, *({"word": word, "role": role, "use": "verb", "not_after": ""} for word, role in words.items())) if table == "roles" else rows
tables.reference = reference
import pairing_graph.readers.text as text_reader
from pairing_graph.readers.limits import Limits
from pairing_graph.reading.extraction import Options, extract
found = []
for text in texts:
    try:
        kb = extract(text_reader.read(text.encode(), "notice.txt", "", Limits()), Options())
        found.append(list(zip(kb.assignments["as_written"], kb.assignments["role"])))
    except Exception as error:
        found.append([[type(error).__name__, str(error)]])
json.dump(found, sys.stdout)
"""


@pytest.fixture(scope="module")
def read():
    """Text → who has which role, in a process where the words are rows of `roles.csv`; all texts in one process."""
    rules = [f"1.完善仓储设施。\n责任单位：县水利局、县林业局（{rule}）" for rule in RULES]
    texts = [text.replace("#", word) for text in (*PHRASINGS.values(), *rules) for word in WORDS]
    child = subprocess.run(
        [sys.executable, "-c", _CHILD], input=json.dumps([WORDS, texts]), capture_output=True, text=True, check=True
    )
    answers = dict(zip(texts, json.loads(child.stdout), strict=True))
    return lambda text: [tuple(pair) for pair in answers[text]]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("phrasing", PHRASINGS)
def test_a_row_is_enough_in_every_phrasing(read, phrasing, word):
    found = read(PHRASINGS[phrasing].replace("#", word))
    who = "各区、县级市" if phrasing == "behind-a-collective" else "县水利局"
    assert next(role for name, role in found if name.startswith(who)) == WORDS[word], found


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_that_the_first_one_leads_knows_the_word(read, rule):
    text = f"1.完善仓储设施。\n责任单位：县水利局、县林业局（{rule}）"
    assert read(text.replace("#", "主抓")) == [("县水利局", "lead"), ("县林业局", "responsible")]
    assert {role for _, role in read(text.replace("#", "协力"))} == {"responsible"}
