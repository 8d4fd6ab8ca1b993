"""Look at what was read: the document itself, every cell shaded by the table it went to, what was not read marked."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from pairing_graph.base.errors import Complaint, NoticeError
from pairing_graph.base.files import HTML_SUFFIXES, refuse_suffix, write_file
from pairing_graph.base.words import Language, catalogue, word
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.page.notebook import framed
from pairing_graph.page.plain import plain_html
from pairing_graph.page.reading_model import document_views
from pairing_graph.page.source import source_data
from pairing_graph.page.template import READING_MODULES, as_json, asset, fill_in, page_script, refuse_end_tags
from pairing_graph.reading.notices import Attempt, attempt

_HEIGHT = 640
_OWN_WORDS = ("reading.", "page.source.", "page.cite.")


@dataclass(frozen=True)
class ReadingView:
    """What `show_reading` gives to the notebook: it displays itself as a frame that holds the whole page.

    A notebook that is not trusted blanks the frame and shows the text instead, as `PageView` does.

    Attributes:
        html: The page.
        height: Height of the frame in pixels.
        plain: The same documents without script and style.
    """

    html: str = field(repr=False)
    height: int = _HEIGHT
    plain: str = field(default="", repr=False)

    def _repr_html_(self) -> str:
        attributes = 'sandbox="allow-scripts" width="100%" loading="lazy" allow="clipboard-write"'
        return framed(f'<iframe {attributes} height="{self.height}" srcdoc="{escape(self.html)}"></iframe>', self.plain)


def show_reading(
    source: str | Path | KnowledgeBase, *, lang: Language = "zh", height: int = _HEIGHT, **options: Any
) -> ReadingView:
    """Look at a reading in the notebook: the document's paragraphs and tables, shaded by what they went to.

    A notice that was not understood is shown too, with the complaints: that is when the view helps most.

    Args:
        source: A knowledge base that was read from files, or the file of a notice.
        lang: The language, zh or en.
        height: Height of the frame in pixels.
        options: For a file, as in `read_notice`.

    Raises:
        FileError: The file cannot be read.
        NoticeError: The knowledge base was not read from files.
        MissingExtraError: The extra `page` is not installed.

    Example:
        >>> "渝中区" in show_reading("data/raw/wuxi-yuzhong-2022.txt").html
        True
    """
    tried = _tried(source, **options)
    return ReadingView(_html_of(tried, lang), height, plain_html(document_views(tried.kb), lang))


def write_reading(
    source: str | Path | KnowledgeBase, path: str | Path, *, lang: Language = "zh", **options: Any
) -> Path:
    """Write what `show_reading` shows as one HTML file that needs no network.

    Args:
        source: As in `show_reading`.
        path: The file to write; UTF-8 whatever the locale.
        lang: The language, zh or en.
        options: As in `show_reading`.

    Returns:
        The path.

    Raises:
        FileError: The notice cannot be read, the suffix is that of another format, or the file cannot be written.
        NoticeError: The knowledge base was not read from files.
        MissingExtraError: The extra `page` is not installed.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     write_reading("data/raw/wuxi-yuzhong-2022.txt", Path(folder) / "reading.html").name
        'reading.html'
    """
    refuse_suffix(path, "A reading is written as HTML", HTML_SUFFIXES)
    tried = _tried(source, **options)
    digests = frozenset(held.document.sha256 for held in tried.kb.sources.values())
    return write_file(path, _html_of(tried, lang).encode("utf-8"), sources=digests)


def reading_html(source: str | Path | KnowledgeBase, *, lang: Language = "zh", **options: Any) -> str:
    """The page as text; arguments and errors as in `show_reading`."""
    return _html_of(_tried(source, **options), lang)


def _tried(source: str | Path | KnowledgeBase, **options: Any) -> Attempt:
    return Attempt(source) if isinstance(source, KnowledgeBase) else attempt(source, **options)


def _html_of(tried: Attempt, lang: Language) -> str:
    if not tried.kb.sources:
        advice = "Read the notice from its file."
        raise NoticeError(Complaint("The knowledge base does not hold the documents it was read from", advice=advice))
    views = list(document_views(tried.kb))
    title = views[0].title if len(views) == 1 else word("reading.title", lang)
    complaints = [str(complaint) for complaint in tried.complaints]
    words = {key: text for key, text in catalogue(lang).items() if key.startswith(_OWN_WORDS)}
    data = {"lang": lang, "words": {lang: words}, "source": source_data(tried.kb, most=None)}
    style, script = "\n".join([asset("reading.css"), asset("source.css")]), page_script(READING_MODULES)
    refuse_end_tags(style, script)
    trusted = {"data": as_json(data), "plain": plain_html(views, lang)}
    return fill_in("reading", lang, style, {"script": script}, trusted, title=title, complaints=complaints)
