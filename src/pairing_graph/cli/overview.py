"""`pairing-graph overview`: a collection as a page to hand on."""

from __future__ import annotations

from pairing_graph.cli.errors import say
from pairing_graph.cli.options import CollectionFolder, Lang, OverviewInto, PagesOf

EXAMPLE = "Example: pairing-graph overview out/collection --into out/overview --lang en"
_PAGE = "overview.html"
_SUFFIXES = (".html", ".htm")


def command(collection: CollectionFolder, into: OverviewInto, notices: PagesOf = None, lang: Lang = None) -> None:
    """Write the overview of a collection into a folder: one page, and beside it pages of the notices to look at first.

    Open overview.html; the folder can be handed on as it is and needs no network.
    """
    from pairing_graph.collection.collection import Collection
    from pairing_graph.collection.overview.write import PAGES, write_overview

    path = into if into.suffix.lower() in _SUFFIXES else into / _PAGE
    number = PAGES if notices is None else notices
    say(str(write_overview(Collection(collection), path, notices=number, lang=lang.value if lang else "zh")))
