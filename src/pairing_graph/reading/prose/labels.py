"""Labels in a text (牵头单位：, 完成时限：): where they are and what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pairing_graph.base.reference import mapping
from pairing_graph.base.text import fold_width
from pairing_graph.kb.schema import ROLES
from pairing_graph.lexicon.levels import LEVELS, REGION_LEVELS
from pairing_graph.lexicon.patterns import composed_headings, heading_rows, one_of, role_words, vocabulary
from pairing_graph.reading.options import Options
from pairing_graph.reading.tables.headings import Meaning, meaning_of

_LABELS = (*ROLES, "leaders", "deadline", "progress", "remark", "task", "area", "goal")
_UNIT_START = rf"(?=[{LEVELS}各](?!级|直|领导))"
_BEFORE_LABEL = r"(?:^|(?<=[；;，,。、\s（(【\[])|(?<=[\u4e00-\u9fff]))"
_REGION_OR_LEVEL = (
    rf"(?:[\u4e00-\u9fff]{{2,7}}?[{REGION_LEVELS}]|[省市区县][级直]|{one_of('role_words', 'before_label')})?"
)
_LABEL_NOUNS = vocabulary("role_words", "label_noun")
_MAY_LABEL = re.compile(rf"[：:】\]]|{one_of('role_words', 'label_noun')}")
_BEFORE_AN_ENDING = 4
"""Characters before the listed word that ends a label with a colon (挂帅领导：): two words of two."""


@dataclass(frozen=True)
class Label:
    """A label in a text.

    Attributes:
        meaning: What it means.
        start: Where it begins.
        end: Where what it labels begins.
        region: The region that it names, else empty.
    """

    meaning: Meaning
    start: int
    end: int
    region: str = ""


def find_labels(text: str, options: Options) -> Iterator[Label]:
    """The labels of a text (牵头单位：), with what they mean; a label without a colon counts where a unit follows.

    Example:
        >>> [label.meaning for label in find_labels("牵头单位：县水利局；完成时限：9月底", Options())]
        ['lead', 'deadline']
    """
    folded = fold_width(text).replace("﹕", "：")
    if not _MAY_LABEL.search(folded):
        return
    position = 0
    for match in _label_pattern(options.heading_words).finditer(folded):
        if match.start() < position or not _is_label(match, folded):
            continue
        meaning = meaning_of(match["word"], options)
        if meaning == "unknown" and match["word"] in mapping("roles", "word", "role"):
            meaning = mapping("roles", "word", "role")[match["word"]]  # type: ignore[assignment]
        if meaning in _LABELS:
            region = match["region"] or ""
            named = region if len(region) > 2 and region[-1] in REGION_LEVELS else ""
            yield Label(meaning, match.start(), match.end(), named)
            position = match.end()


@cache
def _label_pattern(further: tuple[tuple[str, str, str], ...]) -> re.Pattern[str]:
    rows = [*further, *heading_rows()]
    listed = {word for word, meaning, _ in rows if meaning in _LABELS} | set(role_words())
    endings = {word for word, meaning, match in rows if meaning in _LABELS and match != "exact"}
    longer = rf"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{1,{_BEFORE_AN_ENDING}}}(?:{composed_headings()}|{_any(endings)})(?=\s*[：:])"
    word = f"{composed_headings()}|{_any(listed)}|{longer}"
    return re.compile(
        rf"{_BEFORE_LABEL}[【\[]?(?P<region>{_REGION_OR_LEVEL})(?P<word>{word})(?P<order>[一二三1-3])?[】\]]?"
        rf"(?P<sign>\s*[：:]\s*|为{_UNIT_START}|(?<=[】\]])|[ \u3000]+(?=[^ \u3000\d])|{_UNIT_START})"
    )


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


def _is_label(match: re.Match[str], text: str) -> bool:
    """A word of a label counts with a colon; without one only at the head of a clause and where it names units."""
    before = text[: match.start()]
    at_head = not before or before[-1] in "；;，,。（(【[ \n\t"
    if "：" in match["sign"] or ":" in match["sign"] or match[0].endswith(("】", "]")):
        return True
    return at_head and match["word"].endswith(_LABEL_NOUNS)
