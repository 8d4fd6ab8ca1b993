"""Page boilerplate: what a web page puts around a notice (发布日期, 字体：大 中 小, 分享到, 扫一扫, 索引号)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pairing_graph.base.text import squeeze
from pairing_graph.kb.document import Paragraph
from pairing_graph.lexicon.patterns import one_of

_LINE = re.compile(
    rf"^[\[【（(]?{one_of('boilerplate', 'label')}(?:[:：|>】\]）)\s]|$|[到至大了此您本查]|手机|二维码|[【\[])"
)
_ANYWHERE = re.compile(rf"{one_of('boilerplate', 'anywhere')}|字体[：:].?大|【?大中小】?$")
_FOOTER = re.compile(one_of("boilerplate", "footer"))
_HOST = re.compile(
    rf"^{one_of('boilerplate', 'host_label')}(?:单位)?[:：]|^[\u4e00-\u9fff]{{3,20}}{one_of('boilerplate', 'hosted')}"
)
_ISSUED_BY = re.compile(rf"^{one_of('boilerplate', 'issued')}{one_of('boilerplate', 'issuer')}[:：]")
_LONGEST_LINE = 120
"""Characters of a line of boilerplate: a footer with address, telephone and registration. Longer ones are text."""
_NEAR = 3
"""Lines above and below that count as near: a block of a web page has about so many."""
_SURROUNDED = 2
"""Boilerplate lines nearby that make a line with the issuer boilerplate, too."""


def find_boilerplate(paragraphs: Sequence[Paragraph]) -> set[int]:
    """The numbers of the paragraphs that are boilerplate.

    Example:
        >>> find_boilerplate([Paragraph(1, "字体： 大 中 小"), Paragraph(2, "1.完善仓储设施。"), Paragraph(3, "分享到：")])
        {1, 3}
    """
    lines = [(paragraph.number, squeeze(paragraph.text)) for paragraph in paragraphs if paragraph.text.strip()]
    found = {number for number, words in lines if is_boilerplate(words)}
    for place, (number, words) in enumerate(lines):
        nearby = lines[max(0, place - _NEAR) : place + _NEAR + 1]
        if (_HOST.match(words) and any(_FOOTER.search(other) for _, other in nearby)) or (
            _ISSUED_BY.match(words) and sum(is_boilerplate(other) for _, other in nearby) >= _SURROUNDED
        ):
            found.add(number)
    return found


def is_boilerplate(text: str) -> bool:
    """Whether a line is boilerplate by its own words.

    Example:
        >>> is_boilerplate("索 引 号：11500"), is_boilerplate("发布日期: 2022-06-23"), is_boilerplate("牵头单位：县水利局")
        (True, True, False)
    """
    words = squeeze(text)
    return len(words) <= _LONGEST_LINE and bool(_LINE.match(words) or _ANYWHERE.search(words))
