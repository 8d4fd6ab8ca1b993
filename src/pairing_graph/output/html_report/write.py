"""Write a report as one HTML file: no network, no script needed to read it, the same notice the same bytes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import takewhile
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pairing_graph.base.files import HTML_SUFFIXES, refuse_sources, refuse_suffix, write_file
from pairing_graph.base.words import Language, catalogue, word
from pairing_graph.figures.inline import inline_svg
from pairing_graph.figures.sheet import Sheet
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.graph.build import checksums
from pairing_graph.kb.address import Address
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.look.citation import short_citation
from pairing_graph.measures.relations import keeping
from pairing_graph.measures.results import Results
from pairing_graph.output.html_report.compose import report_of
from pairing_graph.output.html_report.evidence import Anchors, evidence_of
from pairing_graph.output.html_report.model import Report, Table
from pairing_graph.page.font import font_face
from pairing_graph.page.model import visible
from pairing_graph.page.reading_model import Block, Piece, document_views
from pairing_graph.page.template import environment, policy, refuse_end_tags

_TALLEST = 1.3
"""Height of a figure by its width up to which it is read on a page of A4 (269 mm by 186 mm between the margins, and its caption);
a longer one would be cut, and its numbers are in the table below."""
_PLOTS: Mapping[str, str] = MappingProxyType(
    {"load": "plot_workload", "pairs": "plot_pairings", "meeting": "plot_coordination"}
)
"""The function that draws the figure of a finding by itself, for a reader whose report leaves it out."""
_SHORT_TABLE = 12
"""Rows of a table that is an answer in itself: it comes before the figure, where it fills the page that a tall figure has no more
room on, and is not divided between pages. A longer one is for looking up, behind the figure."""
_MOST_TEXT = 400_000
"""Bytes of the documents' text that a report takes with it: some fifty notices like that of 2022. More is no appendix."""
_TO_PDF = "For a PDF open it in a browser and print it: it is made for A4."
_TAG = re.compile(r"<[^>]+>")


def write_report(source: Source, path: str | Path, *, lang: Language = "zh") -> Path:
    """Write a report on the notices: findings in sentences, each number linked to the cells behind it.

    One HTML file for a reader who has five minutes: what the notice is, what was found, figures, tables, how it was read, how it was
    counted, where each number comes from, and how to cite it. It prints on A4, opens without a network and is read without a script.

    Args:
        source: A knowledge base or its graph, of one notice or many.
        path: The file to write; UTF-8 whatever the locale.
        lang: The language, zh or en; names and texts stay as the notice has them.

    Returns:
        The path.

    Raises:
        FileError: The suffix is that of another format, the file is the notice itself, or it cannot be written.
        MissingExtraError: Matplotlib, Jinja2 or fontTools is not installed.

    Example:
        >>> import tempfile
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     write_report(kb, Path(folder) / "report.html", lang="en").name
        'report.html'
    """
    kb, path = as_knowledge_base(source), Path(path)
    sources = checksums(kb)
    refuse_sources([path], sources)
    refuse_suffix(path, "A report is written as HTML", HTML_SUFFIXES, _TO_PDF)
    return write_file(path, report_html(kb, lang).encode("utf-8"), sources=sources)


def report_html(kb: KnowledgeBase, lang: Language = "zh", *, sure: bool = True) -> str:
    """The report as one HTML text; errors as in `write_report`. `sure` as in `report_of`."""
    with keeping():
        report = report_of(Results(kb, lang), lang, sure=sure)
    values = _values(kb, report)
    page = _page({**values, "style": "", "policy": ""}, lang)
    style = "\n".join([font_face([_TAG.sub(" ", page), _figure_letters(values)]), _asset("report.css")])
    script = _asset("sort.js")
    refuse_end_tags(style, script)
    from markupsafe import Markup

    return _page({**values, "style": Markup(style), "policy": policy([script], [style])}, lang)


def _values(kb: KnowledgeBase, report: Report) -> dict[str, Any]:
    from markupsafe import Markup

    evidence = evidence_of(kb, report.numbers, report.lang)
    anchors = Anchors(kb, report.lang)
    figures = dict(_figures(report))
    documents = list(_documents(kb, anchors))
    shown = {document["anchor"] for document in documents}
    return {
        "report": report,
        "evidence": evidence,
        "left_out": {
            finding.key: _PLOTS[finding.key]
            for finding in report.findings
            if finding.figure is not None and finding.figure.body_height > 0.0 and not _fits(finding.figure)
        },
        "figures": {key: {**figure, "svg": Markup(figure["svg"])} for key, figure in figures.items()},
        "documents": documents,
        "too_long": bool(kb.sources) and _length(kb) > _MOST_TEXT,
        "anchor": lambda address: _anchor_on_page(address, anchors, shown),
        "is_short": _is_short,
        "leading": lambda tables: list(takewhile(_is_short, tables)),
        "source_line": short_citation(kb, report.lang),
        "script": Markup(_asset("sort.js")),
    }


def _anchor_on_page(address: str, anchors: Anchors, shown: Collection[str]) -> str:
    """The anchor of the first of some addresses; empty where there is none, or its document is not on the page."""
    place = Address.parse(address.split()[0]) if address.strip() else None
    if place is None or anchors.of(Address(place.document)) not in shown:
        return ""
    return anchors.of(place)


def _figures(report: Report) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The figures that have room on a page, with their number, title and subtitle."""
    number = 0
    for finding in report.findings:
        sheet = finding.figure
        if sheet is not None and _fits(sheet):
            number += 1
            svg = inline_svg(sheet, f"f{number}-")
            yield finding.key, {"number": number, "title": sheet.title, "subtitle": sheet.subtitle, "svg": svg}


def _is_short(table: Table) -> bool:
    return len(table.rows) <= _SHORT_TABLE


def _fits(sheet: Sheet) -> bool:
    return 0.0 < sheet.body_height <= _TALLEST * sheet.width


def _figure_letters(values: Mapping[str, Any]) -> str:
    return "".join(f"{figure['title']}{figure['subtitle']}" for figure in values["figures"].values())


def _length(kb: KnowledgeBase) -> int:
    return sum(len(text.encode("utf-8", "replace")) for held in kb.sources.values() for text in held.document.texts())


def _documents(kb: KnowledgeBase, anchors: Anchors) -> Iterator[Mapping[str, Any]]:
    """The documents that are not too long, piece by piece, each with its anchor."""
    if _length(kb) > _MOST_TEXT:
        return
    for view in document_views(kb):
        blocks = [_block(block, anchors) for block in view.blocks]
        yield {"title": visible(view.title), "file": visible(view.file), "blocks": [block for block in blocks if block["rows"]],
               "anchor": anchors.of(Address(view.document))}  # fmt: skip


def _block(block: Block, anchors: Anchors) -> Mapping[str, Any]:
    if not block.table:
        piece = block.rows[0][0]
        worded = [_piece(piece, anchors)] if piece.text.strip() else []
        return {"table": 0, "number": piece.address.paragraph, "rows": worded}
    rows = [(count, [_piece(piece, anchors) for piece in row]) for count, row in enumerate(block.rows, 1)]
    first = next((piece.address for row in block.rows for piece in row), None)
    where = anchors.of(Address(first.document, table=block.table)) if first else ""
    return {"table": block.table, "rows": [(count, row) for count, row in rows if row], "anchor": where}


def _piece(piece: Piece, anchors: Anchors) -> Mapping[str, Any]:
    return {
        "text": visible(piece.text.strip()),
        "anchor": anchors.of(piece.address),
        "mark": piece.mark or (piece.kind if piece.kind in ("doubt", "loss", "lost") else ""),
        "header": "header" in piece.used,
        "rowspan": piece.rowspan,
        "colspan": piece.colspan,
    }


def _page(values: Mapping[str, Any], lang: Language) -> str:
    words = catalogue(lang)
    text: str = (
        environment("The report")
        .from_string(_asset("report.html.jinja"))
        .render(
            lang="zh-CN" if lang == "zh" else "en",
            word=lambda key, **given: word(f"report.{key}", lang, **given) if given else words[f"report.{key}"],
            listing=words["listing"],
            gap=" " if lang == "en" else "",
            **values,
        )
    )
    return text


@cache
def _asset(name: str) -> str:
    return (resources.files("pairing_graph.output.html_report") / name).read_text(encoding="utf-8")
