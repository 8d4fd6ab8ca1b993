"""The knowledge base as linked data: RDF in open vocabularies, every fact with a selector of its cell."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.extras import require
from pairing_graph.base.files import write_file
from pairing_graph.graph.build import Source, as_knowledge_base, checksums
from pairing_graph.kb.validation import validate
from pairing_graph.output.linked_data.names import BASE, Names
from pairing_graph.output.linked_data.statements import add_knowledge

__all__ = ["RDF_FORMATS", "write_rdf"]


def write_rdf(source: Source, path: str | Path, *, base: str = BASE) -> Path:
    """Write a knowledge base as RDF: Turtle (`.ttl`), JSON-LD (`.jsonld`) or N-Triples (`.nt`).

    | what | as |
    |---|---|
    | unit | `org:Organization`, `skos:prefLabel` and `skos:altLabel` in Chinese, `org:classification` its kind, `dcterms:spatial` its region with the code |
    | assignment | `org:Membership` in the programme of the notice: `org:member`, `org:role`, `:task`; the unit has it as `org:hasMembership` |
    | pairing | `:Pairing` with `:donor` and `:recipient`; the donor is `org:linkedTo` the recipient |
    | task, area, target, result | `:Task` (`dcterms:isPartOf` the notice, `dcterms:subject` its area), `skos:Concept`, `:Target`, `:Result` |
    | where from | `prov:wasDerivedFrom` the notice and the cell, `prov:wasGeneratedBy` the reading, which names program and version |
    | the cell | `oa:Annotation`: its body is the fact, its target an `oa:SpecificResource` of the notice with an `oa:FragmentSelector` (t1r7c4) and an `oa:TextQuoteSelector`, the words of the cell |

    The vocabularies are The Organization Ontology, PROV-O and Web Annotation (W3C Recommendations of 2014, 2013 and
    2017), Dublin Core and SKOS; what they lack is in `:` (base + vocab/), each term with its meaning. A blank (merged) cell
    leads to the one that supplies it, as in `trace`. There are no blank nodes: the same knowledge base gives the same
    IRIs and the same bytes. A knowledge base out of a graph file has no words of cells, so that text selectors are left out.

    Args:
        source: A knowledge base or its graph.
        path: The file.
        base: What all IRIs begin with: a web address of your own, where you publish them. The default is no registered
            namespace; it only keeps names apart.

    Returns:
        The path.

    Raises:
        FileError: The suffix is none of these, the base is no beginning of an IRI, or the file cannot be written.
        MissingExtraError: rdflib is not installed.

    Example:
        >>> import tempfile
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> import rdflib
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     graph = rdflib.Graph().parse(write_rdf(kb, Path(folder) / "out.ttl"))
        >>> found = graph.query('''
        ...     PREFIX org: <http://www.w3.org/ns/org#>
        ...     PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        ...     PREFIX : <urn:pairing-graph:vocab/>
        ...     SELECT (COUNT(DISTINCT ?task) AS ?tasks) WHERE {
        ...         ?assignment org:member/skos:prefLabel "渝中区招商投资局"@zh ; org:role/skos:notation "lead" ; :task ?task }''')
        >>> [int(row.tasks) for row in found]
        [7]
    """
    path = Path(path)
    text_of = RDF_FORMATS.get(path.suffix.lower())
    if text_of is None:
        expected = ", ".join(RDF_FORMATS)
        raise FileError(Complaint("This RDF format is not written", str(path), expected, path.suffix or "no suffix"))
    rdflib = require("rdflib", "rdf", "Writing RDF")
    kb = validate(as_knowledge_base(source))
    names = Names(rdflib, base)
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in names.prefixes.items():
        graph.bind(prefix, namespace)
    add_knowledge(graph, kb, names)
    return write_file(path, text_of(graph).encode("utf-8"), sources=checksums(kb))


def _turtle(graph: Any) -> str:
    return str(graph.serialize(format="turtle"))


def _json_ld(graph: Any) -> str:
    """JSON-LD in an order that depends on nothing but what it holds."""
    nodes = json.loads(graph.serialize(format="json-ld", auto_compact=False))
    ordered = [{name: _sorted_values(values) for name, values in node.items()} for node in nodes]
    ordered.sort(key=lambda node: str(node["@id"]))
    return json.dumps(ordered, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _sorted_values(values: Any) -> Any:
    return sorted(values, key=lambda value: json.dumps(value, sort_keys=True)) if isinstance(values, list) else values


def _n_triples(graph: Any) -> str:
    return "\n".join(sorted(line for line in graph.serialize(format="nt").splitlines() if line)) + "\n"


RDF_FORMATS: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {".ttl": _turtle, ".jsonld": _json_ld, ".nt": _n_triples}
)
"""The formats of RDF by their suffix."""
