"""The interactive page: one HTML file that needs nothing else, and the same inside a notebook."""

from __future__ import annotations

from pairing_graph.page.notebook import PageView, show
from pairing_graph.page.write import page_html, write_page

__all__ = ["PageView", "page_html", "show", "write_page"]
