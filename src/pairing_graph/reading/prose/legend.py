"""Marks whose meaning a legend gives (★为牵头单位，▲为配合单位): before a name, in a cell, or at the head of a line."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pairing_graph.base.reference import mapping
from pairing_graph.base.text import squeeze
from pairing_graph.kb.document import Document
from pairing_graph.lexicon.patterns import one_of, one_of_roles
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.prose.role_statements import RoleList, RoleStatement

_LEGEND = re.compile(
    rf"(?P<mark>{one_of('table_words', 'mark')})\W?(?:为|是|表示|代表|[:：＝=—-])*(?P<word>{one_of_roles()})"
)


def mark_roles(document: Document) -> Mapping[str, str]:
    """The roles that the legend of a document gives to marks, empty where it has none.

    Example:
        >>> from pairing_graph.kb.document import Paragraph
        >>> dict(mark_roles(Document("a", "a.txt", "", (Paragraph(1, "说明：▲为牵头单位，✓为配合单位"),))))
        {'▲': 'lead', '✓': 'support'}
    """
    roles = mapping("roles", "word", "role")
    return {match["mark"]: roles[match["word"]] for match in _LEGEND.finditer(document.squeezed)}


def read_marked_line(passage: Passage, marks: Mapping[str, str]) -> RoleStatement | None:
    """The roles of a line that begins with a mark of the legend (★甲局 ▲乙局、丙局), None of another.

    Example:
        >>> from pairing_graph.kb.address import Address
        >>> line = Passage("★县教体局  ▲团县委、县妇联", Address("a", paragraph=3))
        >>> [(one.role, one.names.text) for one in read_marked_line(line, {"★": "lead", "▲": "support"}).lists]
        [('lead', '县教体局'), ('support', '团县委、县妇联')]
    """
    if passage.text.strip()[:1] not in marks or _LEGEND.search(squeeze(passage.text)):
        return None
    places = [place for place, sign in enumerate(passage.text) if sign in marks]
    ends = [*places[1:], len(passage.text)]
    parts = (
        (marks[passage.text[start]], passage.part(start + 1, end)) for start, end in zip(places, ends, strict=True)
    )
    return RoleStatement([RoleList(role, names, "label") for role, names in parts if names.text])
