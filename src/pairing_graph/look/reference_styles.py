"""References as plain text: GB/T 7714—2015 and APA 7, out of CSL items, so that one description serves every format.

GB/T 7714—2015 has no code of its own for an official document: its appendix B leaves [Z] (other) for it; the official
number follows the title as a number of a patent or standard does. A notice that was read from a file has no
access path, so no carrier (/OL) is claimed. APA 7 names a document's number in parentheses behind its title (10.4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

from pairing_graph.base.errors import refuse_unknown

Style = Literal["gb7714", "apa"]
Item = Mapping[str, Any]

_GB_NAMES = 3
"""GB/T 7714—2015, 8.1.2: of more than three authors the first three are named."""
_APA_NAMES = 20
"""APA 7, 9.8: of more than twenty authors the first nineteen and the last are named."""
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_CODES = {"software": "CP", "document": "Z"}
"""Type codes of GB/T 7714—2015, appendix B: computer program, other."""


def reference_text(item: Item, style: Style = "gb7714") -> str:
    """One reference in a style.

    Args:
        item: A CSL item: type document or software, title, author, number or version, issued, language.
        style: `gb7714` or `apa`.

    Raises:
        UnknownNameError: There is no such style.

    Example:
        >>> item = {"type": "document", "title": "通知", "author": [{"literal": "甲县人民政府"}], "number": "甲府发〔2022〕1号"}
        >>> reference_text(item | {"issued": {"date-parts": [[2022, 6, 23]]}, "language": "zh-CN"})
        '甲县人民政府. 通知: 甲府发〔2022〕1号[Z]. 2022-06-23.'
        >>> reference_text(item, "apa")
        '甲县人民政府. (n.d.). 通知 (甲府发〔2022〕1号).'
    """
    refuse_unknown("There is no such style of references", "style", style, get_args(Style))
    return _gb7714(item) if style == "gb7714" else _apa(item)


def _gb7714(item: Item) -> str:
    """责任者. 题名: 文号[文献类型标识]. 日期. An unknown author is 佚名 (8.1.3), an unknown date is said to be unknown."""
    chinese = str(item.get("language", "zh")).startswith("zh")
    names = _names(item)
    shown = ", ".join(names[:_GB_NAMES]) + ((", 等" if chinese else ", et al") if len(names) > _GB_NAMES else "")
    author = shown or ("佚名" if chinese else "Anon")
    number = item.get("number") or item.get("version", "")
    title = item["title"] + (f": {number}" if number else "")
    date = "-".join(f"{part:02d}" for part in _date(item)) or ("[日期不详]" if chinese else "[n.d.]")
    return f"{_ended(author)} {title}[{_CODES[item['type']]}]. {_ended(date)}"


def _apa(item: Item) -> str:
    """Author. (Date). Title (Number). Without an author the title comes first; without a date n.d."""
    author, date = _apa_names(_names(item)), f"({_apa_date(item)})"
    title = item["title"]
    if item["type"] == "software":
        title += f" (Version {item['version']}) [Computer software]"
    elif item.get("number"):
        title += f" ({item['number']})"
    return f"{_ended(author)} {date}. {_ended(title)}" if author else f"{_ended(title)} {date}."


def _apa_names(names: Sequence[str]) -> str:
    if len(names) > _APA_NAMES:
        return ", ".join(names[: _APA_NAMES - 1]) + f", . . . {names[-1]}"
    return ", & ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _apa_date(item: Item) -> str:
    year, *rest = _date(item) or ("n.d.",)
    if item["type"] == "software" or not rest:
        return str(year)
    return f"{year}, {' '.join([_MONTHS[int(rest[0]) - 1], *map(str, rest[1:])])}"


def _names(item: Item) -> list[str]:
    return [author["literal"] for author in item.get("author", ())]


def _date(item: Item) -> tuple[int, ...]:
    return tuple(item.get("issued", {}).get("date-parts", [[]])[0])


def _ended(text: str) -> str:
    """A part with its full stop; one that ends with a stop has it already."""
    return text if text.endswith((".", "。", "?", "？", "!", "！")) or not text else text + "."
