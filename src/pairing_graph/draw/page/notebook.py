"""The page inside a notebook."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Any

from pairing_graph.draw.page.write import LayoutName, page_html
from pairing_graph.words import Language

_HEIGHT = 720


@dataclass(frozen=True)
class PageView:
    """What `show` gives to the notebook: it displays itself as a frame that holds the whole page."""

    html: str = field(repr=False)
    height: int = _HEIGHT

    def _repr_html_(self) -> str:
        attributes = 'sandbox="allow-scripts allow-downloads" width="100%" loading="lazy"'
        return (
            f'<iframe {attributes} height="{self.height}" srcdoc="{escape(self.html)}" '
            'style="border:1px solid #D5D8DC;border-radius:6px"></iframe>'
        )


def show(source: Any, *, lang: Language = "zh", layout: LayoutName | None = None, height: int = _HEIGHT) -> PageView:
    """The interactive graph in the notebook.

    Args:
        source: As in `write_page`.
        lang: The language in which it opens, zh or en.
        layout: What is seen first: columns, network or areas.
        height: Height of the frame in pixels.

    Raises:
        NoticeError: The graph is empty, or larger than a browser can show.
        MissingExtraError: The extra `page` is not installed.

    Example:
        >>> from pairing_graph.notice import read_notice
        >>> show(read_notice("data/raw/wuxi-yuzhong-2022.txt")).height
        720
    """
    return PageView(page_html(source, lang=lang, layout=layout), height)
