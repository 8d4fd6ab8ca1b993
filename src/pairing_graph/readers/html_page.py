"""Boilerplate of a page (menus, sharing buttons, footers), detected by tags, names and links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SILENT = frozenset(
    ("script", "style", "template", "noscript", "head", "title", "meta", "link", "select", "option", "button", "input",
     "textarea", "iframe", "object", "embed", "svg", "canvas", "audio", "video", "map", "colgroup", "col")
)  # fmt: skip
PAGE_LABELS = frozenset(
    ("索引号", "主题分类", "体裁分类", "组配分类", "信息分类", "主题词", "发文字号", "文号", "发文机关", "发布机构",
     "发文单位", "公开方式", "公开时限", "成文日期", "发布日期", "生成日期", "有效性", "信息名称", "标题", "内容概述")
)  # fmt: skip
"""Labels in the metadata table above the text of an official page."""
_BOILERPLATE_TAGS = frozenset(("nav", "footer", "aside", "menu", "dialog"))
_BOILERPLATE_ROLES = frozenset(("navigation", "search", "contentinfo", "complementary"))
_BOILERPLATE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|bread-?crumbs?|crumbs?|share|bdsharebuttonbox|social|foot(?:er)?|copyright|"
    r"qr-?code|ewm|side-?bar|tool-?bar|pagination|pager|print|font-?size|search|login|banner|related|recommend)(?:$|[\s_-])",
    re.I,
)
_CONTAINERS = frozenset(("div", "ul", "ol", "section", "header", "td", "p", "center", "form"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_MARK = "data-boilerplate"
_MOST_OF_THE_PAGE = 0.4
_MOSTLY_LINKED = 0.7
_FEWEST_LINKS = 3


@dataclass
class _Measure:
    """Counts for an element; those of its children are added when they close."""

    words: int = 0
    linked: int = 0
    links: int = 0
    cells: int = 0

    def add(self, other: _Measure) -> None:
        self.words += other.words
        self.linked += other.linked
        self.links += other.links
        self.cells += other.cells


def words_of(element: HtmlElement) -> str:
    """The words in an element on one line, silent elements left out."""
    pieces: list[str] = []
    stack: list[HtmlElement | str] = [element]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        if isinstance(item.tag, str) and item.tag not in SILENT:
            for child in reversed(item):
                stack.append(child.tail or "")
                stack.append(child)
            pieces.append(item.text or "")
    return " ".join(" ".join(pieces).split())


def is_hidden(element: HtmlElement) -> bool:
    """Whether a browser would not show an element."""
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))


def is_boilerplate(element: HtmlElement) -> bool:
    """Whether `survey` marked an element as boilerplate."""
    return bool(element.get(_MARK) == "yes")


def survey(root: HtmlElement) -> tuple[int, int]:
    """Mark the boilerplate of a page in one pass: named as such or mostly links, without tables or most of the text.

    Returns:
        The deepest nesting of elements, and of tables.

    """
    from lxml import etree

    length = max(len(words_of(root)), 1)
    open_elements: list[_Measure] = []
    tables = deepest = deepest_tables = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            open_elements.append(_Measure(words=len((element.text or "").strip())))
            tables += element.tag == "table"
            deepest, deepest_tables = max(deepest, len(open_elements)), max(deepest_tables, tables)
            continue
        measure = open_elements.pop()
        if element.tag in SILENT:
            measure = _Measure()
        elif element.tag == "a":
            measure.links, measure.linked = measure.links + 1, measure.words
        measure.cells += element.tag == "td"
        tables -= element.tag == "table"
        element.attrib.pop(_MARK, None)
        if (
            _looks_like_boilerplate(element, measure)
            and not measure.cells
            and measure.words <= _MOST_OF_THE_PAGE * length
        ):
            element.set(_MARK, "yes")
        if open_elements:
            measure.words += len((element.tail or "").strip())
            open_elements[-1].add(measure)
    return deepest, deepest_tables


def _looks_like_boilerplate(element: HtmlElement, measure: _Measure) -> bool:
    if element.tag in _BOILERPLATE_TAGS or element.get("role") in _BOILERPLATE_ROLES:
        return True
    if _BOILERPLATE_NAMES.search(f"{element.get('class', '')} {element.get('id', '')}"):
        return True
    linked = measure.links >= _FEWEST_LINKS and measure.linked >= _MOSTLY_LINKED * max(measure.words, 1)
    return linked and element.tag in _CONTAINERS
