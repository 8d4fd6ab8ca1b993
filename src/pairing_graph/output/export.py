"""One file for another program, by its suffix: networks, a graph database, linked data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pairing_graph.base.errors import Complaint, FileError, refuse_unknown
from pairing_graph.graph.views import co_lead_view, pairing_view, unit_task_view
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.output.database import write_database
from pairing_graph.output.graph_files import WRITERS, write_graph
from pairing_graph.output.linked_data import RDF_FORMATS, write_rdf

DATABASE = ".lbug"
"""The suffix of a database of LadybugDB."""
VIEWS: Mapping[str, Callable[[KnowledgeBase], Any]] = MappingProxyType(
    {"pairings": pairing_view, "units-tasks": unit_task_view, "co-leads": co_lead_view}
)
"""Networks by the name that `--view` takes."""


def suffixes() -> tuple[str, ...]:
    """Every suffix that `export` writes.

    Example:
        >>> suffixes()
        ('.graphml', '.json', '.gexf', '.net', '.dl', '.csv', '.lbug', '.ttl', '.jsonld', '.nt')
    """
    return (*WRITERS, DATABASE, *RDF_FORMATS)


def check_export(path: Path, view: str) -> None:
    """Refuse a suffix or a view that is none, and a view of what is written whole, before anything is read.

    Raises:
        FileError: The suffix is of no format, or of one that holds all tables.
        UnknownNameError: There is no such view.
    """
    suffix = path.suffix.lower()
    if suffix and not suffix[1:].isdigit() and suffix not in suffixes():
        expected = f"{', '.join(suffixes())} or a folder"
        raise FileError(Complaint("This format is not written", str(path), expected, suffix))
    if view:
        refuse_unknown("There is no such view", "--view", view, VIEWS)
        if suffix in (DATABASE, *RDF_FORMATS):
            expected = f"{', '.join(WRITERS)} or a folder"
            raise FileError(Complaint("A view is a network", str(path), expected, suffix, "Leave --view out."))


def export(kb: KnowledgeBase, path: Path, *, view: str = "", overwrite: bool = False) -> Path:
    """Write a knowledge base, or a view of it, in the format of the suffix.

    Args:
        kb: The knowledge base.
        path: The file, or without a suffix a folder for Neo4j.
        view: pairings, units-tasks or co-leads; without it all.
        overwrite: Also replace a database that this program did not write.

    Returns:
        The path.

    Raises:
        FileError: As in `check_export`, or the file cannot be written.
        UnknownNameError: There is no such view.
        MissingExtraError: The library of the format is not installed.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     export(KnowledgeBase(), Path(folder) / "out.graphml").name
        'out.graphml'
    """
    check_export(path, view)
    suffix = path.suffix.lower()
    if suffix == DATABASE:
        return write_database(kb, path, overwrite=overwrite)
    if suffix in RDF_FORMATS:
        return write_rdf(kb, path)
    return write_graph(VIEWS[view](kb) if view else kb, path)
