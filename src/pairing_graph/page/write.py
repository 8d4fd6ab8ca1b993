"""Write the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from pairing_graph.base.errors import Complaint, NoticeError, refuse_unknown
from pairing_graph.base.files import HTML_SUFFIXES, refuse_suffix, write_file
from pairing_graph.base.words import Language, catalogue
from pairing_graph.graph.build import checksums
from pairing_graph.measures.results import Results
from pairing_graph.page.model import as_graph
from pairing_graph.page.payload import build_payload
from pairing_graph.page.template import render

if TYPE_CHECKING:
    import networkx as nx

LayoutName = Literal["columns", "network", "areas"]
TabName = Literal["load", "pairs", "gaps", "matrix", "network", "source", "table"]
MOST_NODES = 30_000
MOST_EDGES = 120_000


class NotShownError(NoticeError):
    """A graph is empty, or larger than a browser can show."""


def write_page(
    source: Any,
    path: str | Path,
    *,
    lang: Language = "zh",
    tab: TabName | None = None,
    layout: LayoutName | None = None,
    results: Results | None = None,
) -> Path:
    """Write the interactive graph as one HTML file that opens anywhere, without a network.

    The file holds the script, the font and the data; nothing is fetched. The graph is not changed; parallel edges stay.

    Args:
        source: A knowledge base, its graph, a part of it (`neighbourhood`) or a view. A knowledge base that was read
            from files also brings the words of the original cells.
        path: The file to write; UTF-8 whatever the locale.
        lang: The language in which it opens, zh or en; the reader can switch.
        tab: The question that it opens with: load (who carries how much), pairs, gaps (who lacks a counterpart), matrix,
            network, source, or table; load by default.
        layout: The layout of the network: columns (who helps | tasks | who is helped), network, or areas; naming one
            opens the page with the network.
        results: The measures of the source; computed if not given.

    Returns:
        The path.

    Raises:
        NotShownError: The graph is empty, or larger than a browser can show; the message names the views to use instead.
        FileError: The suffix is that of another format, or the file cannot be written.
        MissingExtraError: The extra `page` is not installed.

    Example:
        >>> import tempfile
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     write_page(kb, Path(folder) / "graph.html").name
        'graph.html'
    """
    refuse_suffix(path, "A page is written as HTML", HTML_SUFFIXES)
    text = render(page_data(source, lang=lang, tab=tab, layout=layout, results=results), lang)
    return write_file(path, text.encode("utf-8"), sources=checksums(source))


def page_html(
    source: Any, *, lang: Language = "zh", tab: TabName | None = None, layout: LayoutName | None = None
) -> str:
    """The text of the page; arguments and errors as in `write_page`.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> page_html(read_notice("data/raw/wuxi-yuzhong-2022.txt"))[:15]
        '<!DOCTYPE html>'
    """
    return render(page_data(source, lang=lang, tab=tab, layout=layout), lang)


def page_data(
    source: Any,
    *,
    lang: Language,
    tab: TabName | None = None,
    layout: LayoutName | None = None,
    results: Results | None = None,
) -> dict[str, Any]:
    """The data of the page, once its options and the size of the graph have been checked.

    Raises:
        UnknownNameError: There is no such language, tab or layout.
        NotShownError: The graph is empty, or larger than a browser can show.
    """
    catalogue(lang)
    if tab is not None:
        refuse_unknown("There is no such tab", "tab", tab, get_args(TabName))
    if layout is not None:
        refuse_unknown("There is no such layout", "layout", layout, get_args(LayoutName))
    graph = as_graph(source)
    refuse_what_cannot_be_shown(graph)
    return build_payload(source, graph, lang=lang, tab=tab, layout=layout, results=results)


def refuse_what_cannot_be_shown(graph: nx.Graph[Any]) -> None:
    """Refuse an empty graph, and one that is larger than a browser can show.

    Raises:
        NotShownError: The message names the views to use instead.
    """
    nodes, edges = graph.number_of_nodes(), graph.number_of_edges()
    if nodes == 0:
        raise NotShownError(Complaint("There is nothing to show", "the graph", "one node at least", "none"))
    if nodes > MOST_NODES or edges > MOST_EDGES:
        advice = (
            "Show a part instead: pg.neighbourhood(G, unit, hops=2), the units of one region or the tasks of one area "
            "(G.subgraph(nodes)), or one notice."
        )
        expected = f"at most {MOST_NODES:,} nodes and {MOST_EDGES:,} edges"
        got = f"{nodes:,} nodes and {edges:,} edges"
        raise NotShownError(Complaint("The graph is larger than a page can show", "the graph", expected, got, advice))
