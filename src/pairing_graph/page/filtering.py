"""The filters of a page from Python: what each can be, and a sentence for what it cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from pairing_graph.base.errors import Complaint, UnknownNameError, some_of
from pairing_graph.kb.schema import ROLES

NO_FILTERS: Mapping[str, str | float] = {"region": "", "kind": "", "role": "", "area": "", "document": "", "least": 0}
"""What the page takes for no filter, in its order."""
_LISTED = 20
"""A longer list of known values would bury the sentence."""


def known_values(payload: Mapping[str, Any]) -> Mapping[str, Sequence[str]]:
    """The values that each filter of a page can have.

    Args:
        payload: The data of the page.
    """
    nodes = payload["facts"]["nodes"]
    relations = {str(edge["kind"]) for edge in payload["facts"]["edges"]}
    labels = [
        look["label"] for look, node in zip(payload["network"]["nodes"], nodes, strict=True) if node["type"] == "area"
    ]
    kinds = [str(node["data"].get("kind", "")) for node in nodes if node["type"] == "unit"]
    found = {
        "region": payload["regions"],
        "kind": sorted({*kinds} - {""}),
        "role": [role for role in ROLES if role in relations],
        "area": list(dict.fromkeys(labels)),
        "document": [str(document["document"]) for document in payload["documents"]],
    }
    return {name: [str(value) for value in values] for name, values in found.items()}


def checked_filters(given: Mapping[str, Any], known: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """All filters with the values that are given; None and empty text filter nothing.

    Raises:
        UnknownNameError: With every value that the page does not know, and those that it knows.

    Example:
        >>> checked_filters({"role": "lead"}, {"role": ["lead", "support"]})["role"]
        'lead'
        >>> checked_filters({"role": "boss"}, {"role": ["lead", "support"]})
        Traceback (most recent call last):
        pairing_graph.base.errors.UnknownNameError: There is no such role to filter by. Where: role. Expected: lead, \
support. Got: 'boss'.
    """
    if not isinstance(given, Mapping):
        raise UnknownNameError(
            Complaint("Filters are names with values", "filters", ", ".join(NO_FILTERS), repr(given))
        )
    filters = {**NO_FILTERS, **{name: value for name, value in given.items() if value is not None}}
    complaints = [
        Complaint(f"There is no such {name} to filter by", name, _listing(known[name]), repr(value))
        for name, value in filters.items()
        if name in known and value != "" and value not in known[name]
    ]
    complaints += [
        Complaint("There is no such filter", name, ", ".join(NO_FILTERS)) for name in filters if name not in NO_FILTERS
    ]
    least = filters["least"]
    if isinstance(least, bool) or not isinstance(least, int | float) or not isfinite(least) or least < 0:
        complaints.append(Complaint("The least load is no number from 0", "least", "0, 1, 2 …", repr(least)))
    if complaints:
        raise UnknownNameError(complaints)
    return filters


def _listing(values: Sequence[str]) -> str:
    return some_of(values, _LISTED) or "none: nothing on the page has one"
