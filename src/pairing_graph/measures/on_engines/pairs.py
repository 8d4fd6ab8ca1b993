"""Joint tasks and pairings of an engine's tables, and where they meet: within each notice, or pooled."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, get_args

import narwhals as nw

from pairing_graph.base.errors import Complaint, NoticeError, refuse_unknown
from pairing_graph.measures.engines import Engine, Needed, given_back
from pairing_graph.measures.meeting import By, refuse_both
from pairing_graph.measures.pairs import PAIR, Collectives, Dependence, joint
from pairing_graph.measures.relations import Frames, Role, ends
from pairing_graph.measures.small_tables import fetched

Rows = nw.LazyFrame[Any]
NEEDED: Needed = MappingProxyType(
    {
        "documents": ("document",),
        "units": ("unit", "region", "kind", "collective"),
        "tasks": ("task", "document", "area"),
        "assignments": ("task", "unit", "role", "rank", "address", "inherited_from"),
        "pairings": ("document", "donor", "recipient", "address"),
    }
)
ORDERED = ((PAIR[0], PAIR[1]), ("unit_kind", "partner_kind"))
"""The two ends of a pair, and what is known of each."""


@dataclass(frozen=True)
class EngineMeeting:
    """How the notices of an engine's tables meet in a measure of tasks and pairings, as `meeting.Meeting` says it.

    Attributes:
        engine: The tables.
        by: `document`, where every notice has its own rows.
        pooled: Whether the tasks of all notices are held against the pairings of all.
        documents: The notices that are measured.
        any_link: Whether any named units of these notices are paired.
        left_out: Notices that have one of the two tables only, and are therefore not measured.
    """

    engine: Engine
    by: By | None
    pooled: bool
    documents: Rows
    any_link: bool
    left_out: tuple[str, ...]

    @property
    def place(self) -> list[str]:
        """The column of the place where tasks and pairings meet: the notice; none where all are pooled."""
        return [] if self.pooled else ["document"]

    @property
    def keys(self) -> list[str]:
        """What tells two rows of pairs apart in the result."""
        return ["document", *PAIR] if self.by else PAIR

    @property
    def part(self) -> list[str]:
        """The first column of a result that is split by notice."""
        return ["document"] if self.by else []

    def links(self) -> Rows:
        """The pairs of named units that the tables join, once for each place and order: place, unit, partner."""
        rows = _named_ends(self.engine.frames).join(self.documents, on="document", how="semi")
        return rows.select(*self.place, *PAIR).unique()

    def joint(
        self,
        *,
        role: Role,
        first_listed: bool = False,
        dependence: Dependence = "identity",
        most_pairs: int | None = None,
    ) -> Rows:
        """The rows of `pairs.joint`, in both orders, with paired: 1 where a pairing meets them in their place, else 0."""
        engine = self.engine
        rows = joint(
            engine.frames,
            role=role,
            first_listed=first_listed,
            dependence=dependence,
            most_pairs=most_pairs,
            named=engine.named,
        )
        rows = rows.join(self.documents, on="document", how="semi")
        met = self.links().with_columns(paired=nw.lit(1))
        joined = rows.join(met, on=[*self.place, *PAIR], how="left")
        return joined.with_columns(paired=nw.col("paired").fill_null(0).cast(nw.Int64))

    def given_back(self, result: Any, **choices: Any) -> Any:
        """A result, with what a knowledge base's own says in `attrs`; where the library has none, what is left out is warned."""
        return given_back(result, self.left_out, "notices that have tasks or pairings, not both", **choices)


def meeting_of(engine: Engine, by: By | None, *, pooled: bool, collectives: Collectives) -> EngineMeeting:
    """How the notices of an engine's tables meet under the options of a measure.

    Raises:
        UnknownNameError: There is no such choice.
        NoticeError: Both `by` and `pooled` are asked for, or collectives that are expanded.
    """
    refuse_both(by, pooled=pooled)
    refuse_unknown("There is no such choice for collectives", "collectives", collectives, get_args(Collectives))
    if collectives == "expand":
        advice = "Take a part of the notices as a knowledge base, such as collection.select(…)."
        what = "Tables of another library cannot expand collectives, which are read from Chinese names"
        raise NoticeError(Complaint(what, "collectives", "leave_out", "expand", advice))
    flagged = _tables_of(engine.frames)
    tasked, paired, both = (int(found) for found in fetched(_summed(flagged)).fillna(0).iloc[0])
    split = bool(tasked and paired) and not pooled
    kept = flagged.filter(nw.col("tasked") == nw.col("paired")) if split else flagged
    apart = engine.named(flagged.filter(nw.col("tasked") != nw.col("paired")).select("document")) if split else None
    left_out = () if apart is None else tuple(sorted(fetched(apart)["document"]))
    any_link = bool(both if split else paired)
    return EngineMeeting(engine, by, pooled, kept.select("document"), any_link, left_out)


def _summed(flagged: Rows) -> Rows:
    both = flagged.with_columns(both=nw.col("tasked") * nw.col("paired"))
    return both.select(nw.col("tasked", "paired", "both").sum())


def _tables_of(frames: Frames) -> Rows:
    """Which notices have assigned tasks, and which a pairing of named units: document, tasked, paired (1 or 0)."""
    tasks = frames["tasks"].join(frames["assignments"].select("task"), on="task", how="semi")
    tasked = tasks.select("document").unique().with_columns(tasked=nw.lit(1))
    paired = _named_ends(frames).select("document").unique().with_columns(paired=nw.lit(1))
    rows = frames["documents"].select("document")
    for known in (tasked, paired):
        rows = rows.join(known, on="document", how="left")
    return rows.with_columns(nw.col("tasked", "paired").fill_null(0).cast(nw.Int64))


def _named_ends(frames: Frames) -> Rows:
    """Both ends of every pairing of two named units: document, unit, partner."""
    named = frames["units"].filter(~nw.col("collective")).select("unit")
    rows = ends(frames).select("document", *PAIR)
    partners = named.select(partner=nw.col("unit"))
    return rows.join(named, on="unit", how="semi").join(partners, on="partner", how="semi")


def counted_areas(rows: Rows, keys: list[str]) -> Rows:
    """Joint tasks of pairs by keys: joint_tasks, joint_areas, met (1 where all of them are paired), paired (any).

    Args:
        rows: The rows of `EngineMeeting.joint`.
        keys: The columns of the result before these.
    """
    by_area = rows.group_by(list(dict.fromkeys([*keys, "document", "area"]))).agg(
        joint_tasks=nw.len(), met=nw.col("paired").min(), paired=nw.col("paired").max()
    )
    summed = by_area.with_columns(joint_areas=(nw.col("area") != "").cast(nw.Int64)).group_by(keys)
    return summed.agg(nw.col("joint_tasks", "joint_areas").sum(), nw.col("met").min(), nw.col("paired").max())


def kinds_beside(engine: Engine, rows: Rows) -> Rows:
    """Pairs with the kinds of their units: unit_kind, partner_kind."""
    units = engine.frames["units"]
    for side in PAIR:
        kinds = units.select(nw.col("unit").alias(side), nw.col("kind").alias(f"{side}_kind"))
        rows = rows.join(kinds, on=side, how="left")
    return rows
