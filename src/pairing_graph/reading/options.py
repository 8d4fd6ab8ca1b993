"""What a user may choose about a reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal, get_args

from pairing_graph.base.errors import Complaint, UnknownNameError
from pairing_graph.base.reference import Row, reference

Qualifier = Literal["base", "separate"]


@dataclass(frozen=True)
class Options:
    """Choices of a reading.

    Attributes:
        qualifier: `base`: a unit is the name before the bracket; `separate`: the bracketed form is a unit of its own.
        aliases: Further rows for the table of aliases.
        headers: Further rows for the table of heading words; they come before those of the package.

    Raises:
        UnknownNameError: There is no such choice.

    Example:
        >>> Options(qualifier="separate").qualifier
        'separate'
    """

    qualifier: Qualifier = "base"
    aliases: tuple[Row, ...] = ()
    headers: tuple[Row, ...] = ()

    def __post_init__(self) -> None:
        if self.qualifier not in get_args(Qualifier):
            expected = " or ".join(get_args(Qualifier))
            raise UnknownNameError(
                Complaint("There is no such choice for qualifier", "", expected, repr(self.qualifier))
            )

    @cached_property
    def heading_words(self) -> tuple[tuple[str, str, str], ...]:
        """The user's heading words, each with its meaning and how it has to match."""
        return tuple((row["word"], row["meaning"], row["match"]) for row in self.headers)

    def alias(self, region: str, name: str) -> str:
        """The name for an alias in a region, or the name itself."""
        for row in self.aliases:
            if row["region"] == region and row["alias"] == name:
                return row["name"]
        return _package_aliases().get((region, name), name)


@cache
def _package_aliases() -> Mapping[tuple[str, str], str]:
    """The names of the package's own table by region and alias; the first row counts."""
    return {(row["region"], row["alias"]): row["name"] for row in reversed(reference("aliases"))}
