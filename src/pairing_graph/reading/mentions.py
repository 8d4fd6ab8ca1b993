"""A name in a list, as it was read there."""

from __future__ import annotations

from dataclasses import dataclass

from pairing_graph.kb.address import Address


@dataclass(frozen=True)
class Mention:
    """A name in a list.

    Attributes:
        as_written: The text as written, including the bracket.
        base: The name before the bracket, what was left out filled in.
        qualifier: The words in the bracket.
        rank: Its place in the list, from 1.
        address: Its place in the document.
        carried: What the names beside it lend: a word (各), a prefix (市), an ending (街道).
        region: The region given by its own words or by the name before it.
        role: The role that a bracket behind it gives (县水利局（牵头）), else empty.
    """

    as_written: str
    base: str
    qualifier: str
    rank: int
    address: Address
    carried: str = ""
    region: str = ""
    role: str = ""
