"""What a bracket, a line, a sentence or a cell says of a task: lists of names by role, deadlines, persons in charge."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pairing_graph.reading.kinds import known_kind
from pairing_graph.reading.name_lists import body_names, split_names
from pairing_graph.reading.names import are_units, is_unit_like, may_be_body
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.tables.headings import Meaning

Basis = Literal["label", "verb", "bare", "column"]


@dataclass(frozen=True)
class RoleList:
    """A list of names in one role.

    Attributes:
        role: lead, responsible or support.
        names: The words of the list.
        basis: How the role is given.
        region: The region that a label or a column names.
    """

    role: str
    names: Passage
    basis: Basis = "column"
    region: str = ""


@dataclass
class RoleStatement:
    """Roles, deadlines and more, as stated for a task in a bracket, a label line, a sentence or a cell.

    Attributes:
        lists: Who does it.
        deadlines: By when.
        leaders: The persons in charge.
        progress: What is reported.
        others: Values of further labels, by what they mean.
        rule: Whether it states that the first one listed leads.
        left: Words that the grammar does not take.
    """

    lists: list[RoleList] = field(default_factory=list)
    deadlines: list[Passage] = field(default_factory=list)
    leaders: list[Passage] = field(default_factory=list)
    progress: list[Passage] = field(default_factory=list)
    others: list[tuple[Meaning, Passage]] = field(default_factory=list)
    rule: bool = False
    left: list[Passage] = field(default_factory=list)

    @property
    def bodies(self) -> list[str]:
        """The names of all lists, shared endings added."""
        return [name for one in self.lists for name in body_names(one.names.text)]

    @property
    def empty(self) -> bool:
        """Whether it contains nothing about a task."""
        return not (self.lists or self.deadlines or self.leaders or self.progress)


def names_units(roles: RoleStatement, *, all_of_them: bool) -> bool:
    """Whether the lists name units: one of them at least, or every one.

    Example:
        >>> from pairing_graph.kb.address import Address
        >>> names = Passage("县水利局、专人", Address("a", paragraph=1))
        >>> [names_units(RoleStatement([RoleList("lead", names)]), all_of_them=every) for every in (False, True)]
        [True, False]
    """
    names = [span.text for one in roles.lists for span in split_names(one.names.text)]
    return are_units(names) if all_of_them else any(is_unit_like(name) for name in names)


def names_bodies(roles: RoleStatement) -> bool:
    """Whether every name of the lists may be a body, whatever it ends in, and one at least is known to be one.

    Example:
        >>> from pairing_graph.kb.address import Address
        >>> place = Address("a", paragraph=1)
        >>> lists = [RoleList("responsible", Passage(words, place)) for words in ("财政所、税务总局", "专人")]
        >>> [names_bodies(RoleStatement([one])) for one in lists]
        [True, False]
    """
    names = roles.bodies
    return bool(names) and any(map(known_kind, names)) and all(map(may_be_body, names))
