"""The words behind an address: the original cells where the documents are at hand, else what the tables kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pairing_graph.graph import Source
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.page.model import Model, visible

Cell = dict[str, Any]
_FINER = re.compile(r"(?:\.\d+|:\d+-\d+)$")


class CellTable:
    """The cells that the page cites, each once, counted from 0.

    Args:
        source: A knowledge base with its documents gives the words of the cells; a graph does not have them.
        model: What is shown; its texts are used where the cells are not available.
        shown: Whether the page has the documents themselves: their words are then not said again.
    """

    def __init__(self, source: Source | Any, model: Model, *, shown: bool = False) -> None:
        self._shown = shown
        self.records: list[Cell] = []
        self._numbers: dict[str, int] = {}
        self._files = {str(row.get("document", "")): str(row.get("file", "")) for row in model.documents}
        self._words = dict(_original(source)) if isinstance(source, KnowledgeBase) else {}
        self._kept = {} if self._words else _kept(model)

    def numbers(self, addresses: Iterable[str]) -> list[int]:
        """The counts of the cells at some addresses; a name within a cell is cited as the cell that holds it."""
        return [self._number(address) for address in addresses]

    def _number(self, address: str) -> int:
        if address not in self._numbers:
            self._numbers[address] = len(self.records)
            self.records.append(self._record(address))
        return self._numbers[address]

    def _record(self, address: str) -> Cell:
        cell = _cell(address)
        document = cell.partition("!")[0]
        record: Cell = {"address": address, "file": self._files.get(document, "")}
        if cell in self._words:
            kept = {name: value for name, value in self._words[cell].items() if name != "words" or not self._shown}
            return record | {"original": True} | kept
        return record | {"words": "、".join(dict.fromkeys(self._kept.get(cell, ())))}


def _cell(address: str) -> str:
    """The whole cell or paragraph of an address, as `Address.cell` gives it."""
    return _FINER.sub("", address) if "!" in address else address


def _original(kb: KnowledgeBase) -> Iterable[tuple[str, Cell]]:
    for document, source in kb.sources.items():
        for address, text, place in source.document.pieces(document):
            record: Cell = {"words": visible(text.strip())}
            record |= {name: value for name, value in vars(place).items() if value}
            yield str(address), record


def _kept(model: Model) -> Mapping[str, list[str]]:
    """What nodes and edges keep of the words of their cells."""
    kept: dict[str, list[str]] = {}
    for node in model.nodes:
        if node.type in ("task", "target"):
            for address in str(node.data.get("address", "")).split():
                kept.setdefault(_cell(address), []).append(str(node.data.get("text") or node.label))
    for edge in model.edges:
        words = [edge.data.get(name) for name in ("as_written", "donor_as_written", "recipient_as_written")]
        written = [str(word) for word in words if word]
        for address, word in zip(edge.addresses, written, strict=False):
            kept.setdefault(_cell(address), []).append(word)
    return kept
