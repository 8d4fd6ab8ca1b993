"""The cover of a notice: official number, issuers, title, addressees, date, regions; and the captions of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pairing_graph.base.reference import reference
from pairing_graph.base.text import fold_width, iso_date, leading_number, split_list, squeeze
from pairing_graph.kb.address import document_id
from pairing_graph.kb.document import Document, Grid, Paragraph
from pairing_graph.lexicon.patterns import one_of, vocabulary
from pairing_graph.reading.builder import Builder
from pairing_graph.reading.prose import boilerplate
from pairing_graph.reading.prose.cover_lines import (
    NUMBER,
    CoverLine,
    cover_cell,
    cover_line,
    is_national,
    issuers_in,
    issuers_in_title,
    letterhead,
    official_number,
)
from pairing_graph.reading.prose.cover_regions import lowest, once_each, region_of_issuer, regions_of_cover
from pairing_graph.reading.prose.signatures import is_date_line, lines_between_items
from pairing_graph.reading.tables.columns import Heading, title_rows

_NUMBER_LABEL = re.compile(rf"^{one_of('boilerplate', 'number_label')}[:：]|签发人.*$")
_TITLE_START = re.compile(one_of("titles", "opening"))
_TITLE_END = re.compile(rf"{one_of('titles', 'document')}(?:（.{{1,12}}）)?$")
_PLAIN_TITLE = re.compile(rf"\d{{4}}年?.*{one_of('titles', 'plain')}$")
_IMPRINT = re.compile(rf"{one_of('titles', 'imprint')}$")
_CAPTION_ENDINGS = vocabulary("titles", "caption")
_CLAUSE_SIGN = re.compile(r"[。；：:，]")
_SENTENCE = re.compile(r"^请|[。：:；，,]")
_TITLE_LINES = 6
"""Lines that a title may take, and among which one without 关于 is looked for."""
_FRONT_LINES = 40
"""Lines in which number, title and addressees are looked for: about a page."""
_SIGNATURE_LINES = 3
"""Lines from a signature down to its date: several issuers sign one below the other."""
_CAPTION_LINES = 3
"""Blocks from a caption down to its table: a line with the measure or the region may be between."""
_LONGEST_TITLE = 60
"""Characters of a title or caption on one line."""


@dataclass(frozen=True)
class Front:
    """The content of a cover, with the paragraphs it comes from.

    Attributes:
        document_id: Id of the document.
        number: Official number (文号), its year in 〔〕.
        number_as_written: The same as written, and the paragraph that has it, 0 where that is a table.
        title: Title, its lines joined.
        issuers: Who issued it.
        addressees: To whom it is addressed.
        date: Day of issue, ISO 8601.
        regions: The regions it names.
        scheme: The programme that the title names.
        used: Paragraphs that went into this.
        captions: Paragraphs that are captions of tables.
        imprint: The line of the printing office, if it gave nothing else.
        inside: Lines of bodies and dates between items, which sign nothing.
        boilerplate: Lines of the page around the notice.
        file: Name of the file.
        sha256: Checksum of the file.
    """

    document_id: str
    number: str
    number_as_written: tuple[str, int]
    title: str
    issuers: tuple[str, ...]
    addressees: tuple[str, ...]
    date: str
    regions: tuple[str, ...]
    scheme: str
    used: tuple[int, ...]
    captions: tuple[int, ...]
    imprint: tuple[int, ...]
    inside: tuple[int, ...]
    boilerplate: tuple[int, ...]
    file: str
    sha256: str

    @property
    def sole_region(self) -> str:
        """The region of the issuers, where they are all of one region; without issuers the one that the cover names."""
        found = {region for issuer in self.issuers if (region := region_of_issuer(issuer))} or set(self.regions)
        low = lowest(found)
        return low[0] if len(low) == 1 else ""

    @property
    def national(self) -> bool:
        """Whether bodies of the state issued it."""
        return bool(self.issuers) and all(map(is_national, self.issuers))


def read_cover(document: Document) -> Front:
    """Read the cover of a document; what is missing stays empty."""
    lines = {p.number: line for p in document.paragraphs if (line := cover_line(p.text))}
    around = boilerplate.find_boilerplate(document.paragraphs) - lines.keys()
    inside = {p.number for p in lines_between_items(document, around)}
    lines = {place: line for place, line in lines.items() if place not in inside}
    apart = around | inside
    paragraphs = [p for p in document.paragraphs if p.text.strip() and p.number not in apart]
    front = [p for p in _before_the_first_table(document) if p.number not in around][:_FRONT_LINES]
    labelled = [p for p in document.paragraphs if p.number in around and _NUMBER_LABEL.match(squeeze(p.text))]
    numbered = next((p for p in (*front, *labelled) if NUMBER.fullmatch(_number_words(p.text))), None)
    in_cells = _lines_of_grids(document)
    written = _number_words(numbered.text) if numbered else _first((*lines.values(), *in_cells), "number")
    number = official_number(written)
    lines = {place: line for place, line in lines.items() if official_number(line.number) in ("", number)}
    several = [line for line in (*lines.values(), *in_cells) if official_number(line.number) in ("", number)]
    title = _title([p for p in front if p.number not in lines])
    addressees = _addressees(front, title)
    issuers = _issuers(paragraphs, title, front)
    dated, imprint = _date(paragraphs)
    captions = [p for p in paragraphs if p not in title and _is_caption(p, document)]
    title_text = "".join(squeeze(p.text) for p in title)
    caption_texts = [squeeze(p.text) for p in captions] + _titles_of_grids(document)
    lists = [names for _, names in issuers] + [line.issuers for line in several]
    issuer_names = tuple(dict.fromkeys(name for names in lists for name in names))
    named = title or captions[:1]  # a text without a title goes by its first caption
    parts = (*named, *([numbered] if numbered else []), *addressees, *(p for p, _ in issuers), *dated)
    used = [*(p.number for p in parts), *lines]
    place_of_number = numbered.number if numbered else next((p for p, line in lines.items() if line.number), 0)
    date = iso_date(squeeze("".join(p.text for p in dated))) or _first(several, "date")
    return Front(
        document_id=document_id(number or document.name),
        number=number,
        number_as_written=(written, place_of_number),
        title=title_text or next(iter(caption_texts), ""),
        issuers=issuer_names,
        addressees=_split_addressees("".join(p.text.strip() for p in addressees)),
        date=date or next((iso_date(p.text) for p in imprint), ""),
        regions=regions_of_cover([title_text, *caption_texts], issuer_names, number, _heads(front, document)),
        scheme=_scheme([title_text, *caption_texts]),
        used=tuple(dict.fromkeys(used)),
        captions=tuple(p.number for p in captions if p not in named),
        imprint=tuple(p.number for p in imprint if p.number not in lines),
        inside=tuple(sorted(inside)),
        boilerplate=tuple(sorted(around - ({numbered.number} if numbered else set()))),
        file=document.file,
        sha256=document.sha256,
    )


def regions_with_headings(front: Front, headings: Iterable[Heading]) -> tuple[str, ...]:
    """The cover's regions, and behind them those that only a heading names."""
    named = [column.region for heading in headings for column in heading.columns if column.region]
    return once_each((*front.regions, *named))


def record_cover(front: Front, builder: Builder) -> None:
    """Enter the cover in the table of documents and in the ledger."""
    values = {
        name: getattr(front, name)
        for name in ("number", "title", "issuers", "addressees", "date", "regions", "scheme", "file", "sha256")
    }
    builder.add("documents", (), document=front.document_id, **values)
    for number in front.used:
        builder.use(builder.paragraph(number), "documents")
    written, place = front.number_as_written
    if written != front.number:
        builder.report("number_form", f"{written} → {front.number}", builder.paragraph(place) if place else builder.id)
    texts = {paragraph.number: paragraph.text.strip() for paragraph in builder.document.paragraphs}
    for reason, numbers in (
        ("caption", front.captions), ("imprint", front.imprint), ("boilerplate", front.boilerplate),
        ("no_signature", front.inside),
    ):  # fmt: skip
        for number in numbers:
            builder.report(reason, texts[number], builder.paragraph(number))


def _before_the_first_table(document: Document) -> list[Paragraph]:
    front: list[Paragraph] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            break
        if block.text.strip():
            front.append(block)
    return front


def _number_words(text: str) -> str:
    return _NUMBER_LABEL.sub("", squeeze(fold_width(text))).strip("（）()")


def _title(front: Sequence[Paragraph]) -> list[Paragraph]:
    """The lines from one that opens a title to one that closes it; else a first line that reads as a title."""
    for start, paragraph in enumerate(front):
        if not _TITLE_START.search(paragraph.text) or squeeze(paragraph.text).endswith(("：", ":", "。")):
            continue
        for end in range(start + 1, min(start + _TITLE_LINES, len(front)) + 1):
            if _TITLE_END.search("".join(squeeze(p.text) for p in front[start:end])):
                return list(front[start:end])
    for paragraph in front[:_TITLE_LINES]:
        words = squeeze(paragraph.text)
        if leading_number(words).style or len(words) > _LONGEST_TITLE or _CLAUSE_SIGN.search(words):
            return []
        if _TITLE_END.search(words) or _PLAIN_TITLE.search(words):
            return [paragraph]
    return []


def _addressees(front: Sequence[Paragraph], title: Sequence[Paragraph]) -> list[Paragraph]:
    after = [p for p in front if title and p.number > title[-1].number]
    return [p for p in after[:2] if squeeze(p.text).endswith(("：", ":"))][:1]


def _split_addressees(text: str) -> tuple[str, ...]:
    text = squeeze(text).rstrip("：:")
    groups = split_list(text, "，,；;")
    return tuple(span.text for span in (groups if len(groups) > 1 else split_list(text)))


def _issuers(
    paragraphs: Sequence[Paragraph], title: Sequence[Paragraph], front: Sequence[Paragraph]
) -> list[tuple[Paragraph, list[str]]]:
    """Lines of nothing but organs: the letterhead, the heads before the title, the signatures before the date."""
    above = [paragraph for paragraph in front[:_TITLE_LINES] if not title or paragraph.number < title[0].number]
    lettered = [(paragraph, parts) for paragraph in above if (parts := letterhead(paragraph.text))]
    found = [(paragraph, parts) for paragraph in paragraphs if (parts := issuers_in(paragraph.text))]
    heads = [entry for entry in found if title and entry[0].number < title[0].number]
    dates = [p.number for p in paragraphs if is_date_line(p)]
    signatures = [entry for entry in found if any(0 < date - entry[0].number <= _SIGNATURE_LINES for date in dates)]
    named = issuers_in_title("\n".join(paragraph.text for paragraph in title))
    titled = [(title[0], named)] if named else []
    return list({entry[0].number: entry for entry in (*lettered, *heads, *titled, *signatures)}.values())


def _date(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    dated = [paragraph for paragraph in paragraphs if is_date_line(paragraph)]
    imprint = [p for p in paragraphs if _IMPRINT.search(squeeze(p.text)) and iso_date(squeeze(p.text))]
    return dated[:1], imprint


def _first(lines: Iterable[CoverLine], name: Literal["number", "date"]) -> str:
    """The number or date of the first line that has one, else empty."""
    return next((found for line in lines if (found := str(getattr(line, name)))), "")


def _lines_of_grids(document: Document) -> list[CoverLine]:
    """What the rows of one cell in tables have of number, issuers and date; above the heading one of these is enough."""
    lone: dict[tuple[int, int], list[str]] = {}
    for grid in document.grids:
        for cell in grid.cells:
            if cell.text.strip():
                lone.setdefault((grid.number, cell.row), []).append(cell.text)
    above = {grid.number: title_rows(grid) for grid in document.grids}
    return [
        line
        for (grid, row), texts in lone.items()
        if len(texts) == 1 and (line := cover_cell(texts[0]) or (_line_above(texts[0]) if row <= above[grid] else None))
    ]


def _line_above(text: str) -> CoverLine | None:
    """What a row above the heading of a table has that is a number or a letterhead alone."""
    words, issuers = _number_words(text), letterhead(text)
    number = words if NUMBER.fullmatch(words) else ""
    return CoverLine(number, tuple(issuers)) if number or issuers else None


def _titles_of_grids(document: Document) -> list[str]:
    """The titles in the first rows of tables, as in a sheet."""
    return [words for words in _first_rows(document) if _TITLE_END.search(words)]


def _first_rows(document: Document) -> list[str]:
    """The words in the rows above the headings of tables: titles, measures, who filled them in."""
    return [
        squeeze(cell.text)
        for grid in document.grids
        for above in [title_rows(grid)]
        for cell in grid.cells
        if cell.row <= above and cell.text
    ]


def _heads(front: Sequence[Paragraph], document: Document) -> list[str]:
    """The lines at the head of a notice, and the first rows of its tables."""
    return [squeeze(p.text) for p in front[:_TITLE_LINES]] + _first_rows(document)


def _is_caption(paragraph: Paragraph, document: Document) -> bool:
    words = squeeze(paragraph.text)
    if not words.endswith(_CAPTION_ENDINGS) or len(words) > _LONGEST_TITLE or _SENTENCE.search(words):
        return False
    position = document.blocks.index(paragraph)
    following = [b for b in document.blocks[position + 1 :] if isinstance(b, Grid) or b.text.strip()][:_CAPTION_LINES]
    return any(isinstance(block, Grid) for block in following)


def _scheme(titles: Sequence[str]) -> str:
    return next((row["scheme"] for row in reference("schemes") for title in titles if row["word"] in title), "")
