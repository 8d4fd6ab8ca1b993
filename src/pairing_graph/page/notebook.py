"""The page inside a notebook, with a still picture for notebooks that blank frames."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any, Protocol, runtime_checkable
from urllib.parse import quote

from pairing_graph.base.files import write_file
from pairing_graph.base.words import Language, word
from pairing_graph.graph.build import checksums
from pairing_graph.page.still import still_picture
from pairing_graph.page.template import render
from pairing_graph.page.write import LayoutName, TabName, page_data

HEIGHT = 760
"""Pixels; about the height of a laptop's window."""
_STILL_NODES = 600
"""In a picture of more nodes, which nobody can enlarge, no label could be read."""


@dataclass(frozen=True)
class PageView:
    """What `show` gives to the notebook: it displays itself as a frame that holds the whole page.

    Jupyter blanks frames, and drops style rules, in a notebook that is not trusted; the rule that hides the picture and
    the link is then gone too, and they take the frame's place. nbconvert and VS Code show the frame.

    Attributes:
        html: The text of the page.
        still: A picture of it as SVG; empty where the graph is too large for one.
        height: Height of the frame in pixels.
        path: The file that holds the same page, if one was written.
        lang: Language of the words around it.
    """

    html: str = field(repr=False)
    still: str = field(default="", repr=False)
    height: int = HEIGHT
    path: Path | None = None
    lang: Language = "zh"

    def _repr_html_(self) -> str:
        attributes = 'sandbox="allow-scripts allow-downloads" width="100%" loading="lazy" allow="fullscreen"'
        frame = f'<iframe {attributes} height="{self.height}" srcdoc="{escape(self.html)}"></iframe>'
        return framed(frame, self._instead())

    def _instead(self) -> str:
        parts = [f"<p>{escape(word('page.untrusted', self.lang))}</p>"]
        if self.path is not None:
            address = quote(self.path.as_posix())
            parts.append(f'<p><a href="{address}" target="_blank">{escape(self.path.as_posix())}</a></p>')
        return "".join([*parts, still_image(self.still, self.lang)])


def framed(frame: str, instead: str) -> str:
    """A frame, and what takes its place where the notebook drops frames together with style rules."""
    rules = "<style>.pairing-graph-still{display:none}.pairing-graph iframe{border:1px solid #D5D8DC}</style>"
    return f'{rules}<div class="pairing-graph">{frame}<div class="pairing-graph-still">{instead}</div></div>'


@runtime_checkable
class Shown(Protocol):
    """What has a page of its own, such as a collection."""

    def page_view(self, path: str | Path | None, lang: Language, height: int) -> PageView:
        """Its page in a notebook."""


def show(
    source: Any,
    *,
    path: str | Path | None = "out/show.html",
    lang: Language = "zh",
    tab: TabName | None = None,
    layout: LayoutName | None = None,
    height: int = HEIGHT,
) -> PageView:
    """The interactive graph in the notebook; of a collection its overview, as `write_overview` writes it.

    Args:
        source: As in `write_page`; or a collection.
        path: Where the same page is written, for the link that an untrusted notebook shows and to hand on; None
            writes nothing.
        lang: The language in which it opens, zh or en.
        tab: The question that it opens with, as in `write_page`.
        layout: The layout of the network: columns, network or areas.
        height: Height of the frame in pixels.

    Raises:
        NoticeError: The graph is empty, or larger than a browser can show.
        FileError: The file cannot be written.
        MissingExtraError: The extra `page` is not installed.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> show(read_notice("data/raw/wuxi-yuzhong-2022.txt"), path=None).height
        760
    """
    if isinstance(source, Shown):
        return source.page_view(path, lang, height)
    payload = page_data(source, lang=lang, tab=tab, layout=layout)
    text = render(payload, lang)
    written = write_file(path, text.encode("utf-8"), sources=checksums(source)) if path is not None else None
    return PageView(text, still_of(payload, lang), height, written, lang)


def still_of(payload: Mapping[str, Any], lang: Language) -> str:
    """A picture of the page's first view as SVG; empty where the graph is too large for one."""
    return still_picture(payload, lang) if len(payload["network"]["nodes"]) <= _STILL_NODES else ""


def still_image(still: str, lang: Language) -> str:
    """The element that shows a picture, and nothing where there is none.

    Example:
        >>> still_image("", "en")
        ''
    """
    encoded = base64.b64encode(still.encode("utf-8")).decode("ascii")
    title = escape(word("page.title", lang))
    return f'<img alt="{title}" width="100%" src="data:image/svg+xml;base64,{encoded}">' if still else ""
