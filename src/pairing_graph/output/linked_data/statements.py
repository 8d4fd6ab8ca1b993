"""What the tables say, as statements of RDF: units, tasks, who answers, who is paired, and where each is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from pairing_graph.base.words import Language, word
from pairing_graph.kb.address import Address, document_of
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.schema import ROLES, TABLES
from pairing_graph.kb.tracing import supplying_cells
from pairing_graph.output.linked_data.names import Names

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PROGRAM = "pairing_graph"
_CLASSES: Mapping[str, str] = MappingProxyType(
    {"tasks": "Task", "pairings": "Pairing", "targets": "Target", "results": "Result"}
)
"""Own classes by the table whose rows they are."""
_OWN_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "documents": ("sha256",),
        "units": ("line", "collective"),
        "tasks": ("number", "leaders", "deadline"),
        "assignments": ("task", "rank", "as_written", "qualifier", "scenario", "address"),
        "pairings": (
            "number", "donor", "recipient", "donor_as_written", "recipient_as_written", "donor_qualifier",
            "recipient_qualifier", "direction_basis", "remark", "scenario", "address",
        ),
        "targets": (
            "task", "metric", "comparator", "value", "value_max", "quantity_unit", "aspirational", "as_written", "address",
        ),
        "results": ("task", "as_of", "value", "quantity_unit", "as_written", "address"),
    }
)  # fmt: skip
"""Columns that are properties of the own vocabulary, since the open ones have none."""
_CODES = frozenset(("address", "comparator", "direction_basis", "sha256", "as_of"))
"""Columns whose texts are in no language."""
_LINKS: Mapping[str, str] = MappingProxyType({"task": "task", "donor": "unit", "recipient": "unit"})
"""Columns that name another thing, with its kind."""


def add_knowledge(graph: Any, kb: KnowledgeBase, names: Names) -> None:
    """Add all that the tables hold to a graph of rdflib.

    Args:
        graph: The graph.
        kb: A valid knowledge base.
        names: Terms and IRIs.
    """
    writer = _Writer(graph, kb, names)
    writer.vocabulary()
    writer.documents()
    writer.units()
    writer.tasks()
    for table in ("assignments", "pairings", "targets", "results"):
        writer.facts(table)


class _Writer:
    """Statements about one knowledge base."""

    def __init__(self, graph: Any, kb: KnowledgeBase, names: Names) -> None:
        self._graph, self._kb, self._names = graph, kb, names
        self._words = {
            str(address): text.strip()
            for document, source in kb.sources.items()
            for address, text, _ in source.document.pieces(document)
        }

    def say(self, subject: Any, term: str, *objects: Any) -> None:
        """Add statements about a subject."""
        for one in objects:
            self._graph.add((subject, self._names.term(term), one))

    def vocabulary(self) -> None:
        """The own terms with their meanings, and the roles."""
        names = self._names
        for table, name in _CLASSES.items():
            self.say(names.term(f":{name}"), "rdf:type", names.term("rdfs:Class"))
            self.say(names.term(f":{name}"), "rdfs:comment", names.text(TABLES[table].row, "en"))
        meanings = {
            column.name: column.meaning
            for table, own in _OWN_COLUMNS.items()
            for column in TABLES[table].columns
            if column.name in own
        }
        for name, meaning in meanings.items():
            self.say(names.term(f":{name}"), "rdf:type", names.term("rdf:Property"))
            self.say(names.term(f":{name}"), "rdfs:comment", names.text(meaning, "en"))
        for role in ROLES:
            thing = names.thing("role", role)
            self.say(thing, "rdf:type", names.term("org:Role"))
            self.say(thing, "skos:notation", names.value(role))
            self._labels(thing, role)

    def documents(self) -> None:
        """Each notice, its programme, and the reading that it went through."""
        from pairing_graph import __version__

        names = self._names
        program = names.thing("program", f"{_PROGRAM}-{__version__}")
        self.say(program, "rdf:type", names.term("prov:SoftwareAgent"))
        self.say(program, "rdfs:label", names.value(f"{_PROGRAM} {__version__}"))
        for row in _rows(self._kb.documents):
            notice, reading = names.thing("document", row["document"]), names.thing("reading", row["document"])
            self.say(notice, "rdf:type", names.term("prov:Entity"))
            self.say(notice, "dcterms:identifier", names.value(row["document"]))
            self._texts(notice, {"dcterms:title": row["title"]})
            for name in row["issuers"]:
                issuer = names.thing("issuer", name)
                self.say(notice, "dcterms:publisher", issuer)
                self.say(issuer, "rdf:type", names.term("org:Organization"))
                self.say(issuer, "skos:prefLabel", names.text(name))
            if row["date"]:
                self.say(notice, "dcterms:issued", self._date(row["date"]))
            self._own(notice, "documents", row)
            self.say(reading, "rdf:type", names.term("prov:Activity"))
            self.say(reading, "prov:used", notice)
            self.say(reading, "prov:wasAssociatedWith", program)
            programme = names.thing("programme", row["document"])
            self.say(programme, "rdf:type", names.term("org:OrganizationalCollaboration"))
            self.say(programme, "prov:wasDerivedFrom", notice)
            self._texts(programme, {"skos:prefLabel": row["scheme"]})

    def units(self) -> None:
        """Each unit with its names, its kind and its region."""
        names = self._names
        for row in _rows(self._kb.units):
            unit = names.thing("unit", row["unit"])
            self.say(unit, "rdf:type", names.term("org:Organization"))
            self.say(unit, "skos:prefLabel", names.text(row["unit"]))
            others = dict.fromkeys(name for name in (row["name"], *row["aliases"]) if name and name != row["unit"])
            self.say(unit, "skos:altLabel", *map(names.text, others))
            kind = names.thing("kind", row["kind"])
            self.say(unit, "org:classification", kind)
            self.say(kind, "rdf:type", names.term("skos:Concept"))
            self.say(kind, "skos:notation", names.value(row["kind"]))
            self._labels(kind, f"kind.{row['kind']}")
            self._own(unit, "units", row)
            if row["region"]:
                region = names.thing("region", row["region"])
                self.say(unit, "dcterms:spatial", region)
                self.say(region, "rdf:type", names.term("dcterms:Location"))
                self.say(region, "skos:prefLabel", names.text(row["region"]))
                if row["region_code"]:
                    self.say(region, "dcterms:identifier", names.value(row["region_code"]))
        for row in _rows(self._kb.documents):
            for name, code in zip(row["regions"], row["region_codes"], strict=False):
                if code:
                    self.say(names.thing("region", name), "dcterms:identifier", names.value(code))

    def tasks(self) -> None:
        """Each task with its words and its area."""
        names = self._names
        for row in _rows(self._kb.tasks):
            task, notice = names.thing("task", row["task"]), names.thing("document", row["document"])
            self.say(task, "dcterms:identifier", names.value(row["task"]))
            self.say(task, "dcterms:isPartOf", notice)
            self._texts(task, {"dcterms:description": row["text"], "skos:prefLabel": row["label"]})
            self._own(task, "tasks", row)
            if row["area"]:
                area = names.thing("area", row["document"], row["area"])
                self.say(task, "dcterms:subject", area)
                self.say(area, "rdf:type", names.term("skos:Concept"))
                self.say(area, "skos:prefLabel", names.text(row["area"]))
            self._fact(task, "tasks", row, "task", row["task"])

    def facts(self, table: str) -> None:
        """The rows of a table whose things are counted within their notice or task."""
        names, counts = self._names, dict[str, int]()
        kind = table.rstrip("s")
        for row in _rows(self._kb.tables[table]):
            owner = row["task"] if "task" in row else row["document"]
            counts[owner] = counts.get(owner, 0) + 1
            parts = (kind, owner, str(counts[owner]))
            thing = names.thing(*parts)
            self._own(thing, table, row)
            self._fact(thing, table, row, *parts)
            if table == "assignments":
                self._membership(thing, row)
            elif table == "pairings":
                helping, helped = (names.thing("unit", row[side]) for side in ("donor", "recipient"))
                self.say(helping, "org:linkedTo", helped)
            else:
                self.say(names.thing("task", row["task"]), "dcterms:hasPart", thing)

    def _membership(self, thing: Any, row: Mapping[str, Any]) -> None:
        names = self._names
        unit = names.thing("unit", row["unit"])
        self.say(thing, "org:member", unit)
        self.say(unit, "org:hasMembership", thing)
        self.say(thing, "org:role", names.thing("role", row["role"]))
        document = document_of(row["address"]) or row["task"].rpartition("#")[0]
        self.say(thing, "org:organization", names.thing("programme", document))

    def _fact(self, thing: Any, table: str, row: Mapping[str, Any], *parts: str) -> None:
        """What a fact is, what it was read from, and the cells that say it."""
        names = self._names
        kind = f":{_CLASSES[table]}" if table in _CLASSES else "org:Membership"
        self.say(thing, "rdf:type", names.term(kind))
        for cell in dict.fromkeys(supplying_cells(row["address"], row.get("inherited_from", ""))):
            place = Address.parse(cell)
            notice, target = names.thing("document", place.document), names.thing("cell", *cell.split("!", 1))
            self.say(thing, "prov:wasDerivedFrom", notice, target)
            self.say(thing, "prov:wasGeneratedBy", names.thing("reading", place.document))
            self._annotate(names.thing("annotation", *parts, *cell.split("!", 1)), thing, target)
            self._select(target, notice, cell)

    def _annotate(self, note: Any, body: Any, target: Any) -> None:
        self.say(note, "rdf:type", self._names.term("oa:Annotation"))
        self.say(note, "oa:motivatedBy", self._names.term("oa:identifying"))
        self.say(note, "oa:hasBody", body)
        self.say(note, "oa:hasTarget", target)

    def _select(self, target: Any, notice: Any, cell: str) -> None:
        """A cell as a part of the notice: where it is, and its words."""
        names = self._names
        document, _, place = cell.partition("!")
        self.say(target, "rdf:type", names.term("oa:SpecificResource"))
        self.say(target, "oa:hasSource", notice)
        fragment = names.thing("fragment", document, place)
        self.say(target, "oa:hasSelector", fragment)
        self.say(fragment, "rdf:type", names.term("oa:FragmentSelector"))
        self.say(fragment, "rdf:value", names.value(place))
        if words := self._words.get(cell):
            quoted = names.thing("quote", document, place)
            self.say(target, "oa:hasSelector", quoted)
            self.say(quoted, "rdf:type", names.term("oa:TextQuoteSelector"))
            self.say(quoted, "oa:exact", names.value(words))

    def _own(self, thing: Any, table: str, row: Mapping[str, Any]) -> None:
        """The columns that the own vocabulary has properties for; what is missing is left out."""
        names = self._names
        for name in _OWN_COLUMNS[table]:
            value = row[name]
            if value is pd.NA or value == "" or value == ():
                continue
            if name in _LINKS:
                self.say(thing, f":{name}", names.thing(_LINKS[name], value))
            elif isinstance(value, tuple):
                self.say(thing, f":{name}", *map(names.text, value))
            elif isinstance(value, str) and name not in _CODES:
                self.say(thing, f":{name}", names.text(value))
            else:
                self.say(thing, f":{name}", names.value(value.item() if hasattr(value, "item") else value))

    def _texts(self, thing: Any, texts: Mapping[str, str]) -> None:
        for term, text in texts.items():
            if text:
                self.say(thing, term, self._names.text(text))

    def _labels(self, thing: Any, key: str) -> None:
        """The names of a role or a kind in both languages, from the catalogue."""
        languages: tuple[Language, ...] = ("zh", "en")
        for lang in languages:
            self.say(thing, "skos:prefLabel", self._names.text(word(key, lang), lang))

    def _date(self, text: str) -> Any:
        return self._names.value(text, "date" if _DATE.fullmatch(text) else "")


def _rows(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    return ({str(name): value for name, value in row.items()} for row in table.to_dict("records"))
