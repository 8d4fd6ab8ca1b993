"""Where tasks and pairings of several notices meet: within each notice, or, where it is asked for, all together.

A pairing table is meant for the tasks of its own notice: this year's table does not answer last year's tasks, nor one
county's table another county's. So a measure holds the tasks of a notice against its own pairings. A notice with one of
the two tables only meets nothing; it is left out and named, since counting its tasks as unpaired would be wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import pandas as pd

from pairing_graph.base.errors import Complaint, NoticeError, refuse_split
from pairing_graph.base.words import word
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.pairs import PAIR, Collectives, Dependence, joint_pairs, paired_links
from pairing_graph.measures.relations import Role, part_of

By = Literal["document"]
HELD = "held"
"""The column that says where a row meets others: the notice, or nothing where all notices are pooled."""
WITHIN, APART, POOLED = "within each", "by document", "pooled"
"""What `attrs["notices"]` says was done."""


@dataclass(frozen=True)
class Meeting:
    """How the notices of a knowledge base meet in a measure of tasks and pairings.

    Attributes:
        by: `document`, where every notice has its own rows.
        pooled: Whether the tasks of all notices are held against the pairings of all.
        documents: The notices that are measured, in their order.
        left_out: Those that have tasks or pairings but not both, where there are both somewhere.
        part: What the knowledge base is a part of, as `part_of` says it.
    """

    by: By | None
    pooled: bool
    documents: tuple[str, ...]
    left_out: tuple[str, ...]
    part: Mapping[str, str] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        """What tells two rows of pairs apart in the result."""
        return [HELD, *PAIR] if self.by else PAIR

    @property
    def attrs(self) -> dict[str, Any]:
        """What a result says of it in `attrs`; the note is there where a notice was left out."""
        done = POOLED if self.pooled else APART if self.by else WITHIN
        said: dict[str, Any] = {"notices": done, "documents": self.documents, **self.part}
        if self.left_out:
            listed = ", ".join(self.left_out)
            said |= {"left_out": self.left_out, "note": word("notices_left_out", "en", documents=listed)}
        return said

    def place(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows that have a document, with the place where they meet others; those of notices left out are not there."""
        kept = rows[~rows["document"].isin(self.left_out)]
        return kept.assign(**{HELD: "" if self.pooled else kept["document"]})

    def links(self, kb: KnowledgeBase) -> pd.DataFrame:
        """The pairs of named units that the tables join, a row for each place: held, unit, partner, rows, address."""
        if self.pooled:
            return paired_links(kb).assign(**{HELD: ""})
        return self.place(paired_links(kb, apart=True))

    def joint(
        self,
        kb: KnowledgeBase,
        *,
        role: Role,
        first_listed: bool = False,
        collectives: Collectives = "leave_out",
        dependence: Dependence = "identity",
        most_pairs: int | None = None,
    ) -> pd.DataFrame:
        """The rows of `joint_pairs`, each with its place and whether a pairing meets it there: held, paired."""
        rows = joint_pairs(
            kb,
            role=role,
            first_listed=first_listed,
            collectives=collectives,
            dependence=dependence,
            pooled=self.pooled,
            most_pairs=most_pairs,
        )
        placed, links, keys = self.place(rows), self.links(kb), [HELD, *PAIR]
        met = set(zip(*(links[key] for key in keys), strict=True))
        paired = [key in met for key in zip(*(placed[key] for key in keys), strict=True)]
        return placed.assign(paired=pd.Series(paired, index=placed.index, dtype=bool))

    def indexed(self, table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
        """A table by its keys; split by notice, by the notice before them, in the order of the notices."""
        if not self.by:
            return table.set_index(keys)
        place = {document: count for count, document in enumerate(self.documents)}
        ordered = table.sort_values(HELD, kind="stable", key=lambda held: held.map(place))
        named = ordered.rename(columns={HELD: "document"}).astype({"document": "string"})
        return named.set_index(["document", *keys])


def meeting(kb: KnowledgeBase, by: By | None, *, pooled: bool) -> Meeting:
    """How the notices of a knowledge base meet under two options of a measure.

    Raises:
        UnknownNameError: `by` is not `document`.
        NoticeError: Both are asked for.
    """
    refuse_both(by, pooled=pooled)
    documents = tuple(kb.documents["document"])
    left_out = () if pooled else _with_one_table(kb)
    return Meeting(by, pooled, tuple(name for name in documents if name not in left_out), left_out, part_of(kb))


def refuse_both(by: By | None, *, pooled: bool) -> None:
    """Refuse a split that does not exist, and one of notices that are pooled.

    Raises:
        UnknownNameError: `by` is not `document`.
        NoticeError: Both are asked for.
    """
    if by is not None:
        refuse_split("Tasks and pairings cannot be split by that", by, get_args(By))
        if pooled:
            got, advice = 'by="document" and pooled=True', "Leave one of them out."
            raise NoticeError(Complaint("Notices are either apart or pooled", "by", "one of the two", got, advice))


def taken_together(kb: KnowledgeBase) -> dict[str, Any]:
    """What a measure of the pairing tables alone says in `attrs`: it takes those of all notices together.

    Example:
        >>> taken_together(KnowledgeBase())
        {'notices': 'pooled', 'documents': ()}
    """
    return {"notices": POOLED, "documents": tuple(kb.documents["document"]), **part_of(kb)}


def _with_one_table(kb: KnowledgeBase) -> tuple[str, ...]:
    """Notices with assigned tasks and no pairing of named units, or the reverse; none where one table is nowhere."""
    tasked = set(kb.tasks.loc[kb.tasks["task"].isin(kb.assignments["task"]), "document"])
    paired = set(paired_links(kb, apart=True)["document"])
    if not tasked or not paired:
        return ()
    return tuple(name for name in kb.documents["document"] if (name in tasked) != (name in paired))
