"""The names of linked data: vocabularies, and an IRI for each thing that depends on nothing but its id."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any
from urllib.parse import quote

from pairing_graph.base.errors import Complaint, FileError

BASE = "urn:pairing-graph:"
"""What IRIs begin with unless a user has a web address for them."""
_BEGINS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*[:/#]")
_KEPT = re.compile(r"[\w.~〔〕-]+")
"""What stays as it is in an IRI (RFC 3987): letters of any script, digits, and the brackets of an official number."""
VOCABULARIES = {
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class Names:
    """Terms, IRIs and literals under one base.

    Args:
        rdflib: The library.
        base: What IRIs of things begin with.

    Raises:
        FileError: The base is no beginning of an IRI.

    Example:
        >>> import rdflib
        >>> names = Names(rdflib, "https://example.org/")
        >>> str(names.thing("task", "巫溪府发〔2022〕24号#1"))
        'https://example.org/task/巫溪府发〔2022〕24号%231'
    """

    def __init__(self, rdflib: Any, base: str = BASE) -> None:
        if not _BEGINS.fullmatch(base):
            expected = "a scheme and a path that ends with /, # or :"
            raise FileError(Complaint("The base is no beginning of an IRI", "base", expected, repr(base)))
        self._rdflib = rdflib
        self._base = base

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The namespaces by prefix; the own terms have the empty one."""
        return {"": f"{self._base}vocab/", **VOCABULARIES}

    def thing(self, *parts: str) -> Any:
        """The IRI of a thing: its kind, its id."""
        return self._rdflib.URIRef(self._base + "/".join(map(iri_part, parts)))

    def term(self, name: str) -> Any:
        """A term of a vocabulary: `org:role`, or `:task` of the own one."""
        prefix, _, local = name.partition(":")
        return self._rdflib.URIRef(self.prefixes[prefix] + local)

    def text(self, text: str, lang: str = "zh") -> Any:
        """A text in a language."""
        return self._rdflib.Literal(_without_surrogates(text), lang=lang)

    def value(self, value: Any, of: str = "") -> Any:
        """A plain value: text, number, flag, or with `of` one of that type of XML Schema."""
        plain = _without_surrogates(value) if isinstance(value, str) else value
        return self._rdflib.Literal(plain, datatype=self.term(f"xsd:{of}") if of else None)


def iri_part(text: str) -> str:
    """A part of an IRI: what may not stand in one is percent-encoded.

    Example:
        >>> iri_part('a b/"<县>')
        'a%20b%2F%22%3C县%3E'
    """
    kept = {match.start(): match.group() for match in _KEPT.finditer(text)}
    pieces, place = [], 0
    while place < len(text):
        piece = kept.get(place)
        pieces.append(piece if piece is not None else quote(text[place].encode("utf-8", "replace"), safe=""))
        place += len(piece) if piece is not None else 1
    return "".join(pieces)


def _without_surrogates(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
