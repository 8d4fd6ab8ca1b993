"""Loads before and after: what balance would change, or what a scenario does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pairing_graph.base.errors import Complaint, UnknownNameError
from pairing_graph.base.words import Language, word
from pairing_graph.figures.sheet import Sheet, put_on, sentence_sheet
from pairing_graph.figures.twin_bars import TwinBars
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.schema import KnowledgeBase
from pairing_graph.look.citation import short_citation
from pairing_graph.look.labels import labels_of
from pairing_graph.look.palette import region_looks
from pairing_graph.measures.balance import balance_loads
from pairing_graph.measures.differences import difference
from pairing_graph.measures.workload import COUNTS, workload

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_before_after(
    before: Source, after: Source | None = None, *, count: str = "tasks", ax: Axes | None = None, lang: Language = "zh"
) -> Axes:
    """Draw the units whose load a scenario changes; without a scenario, what `balance` would change.

    Balance is a bound and no advice: duties are fixed by statute. Its bars count tasks answered for alone, before by
    the first-listed unit, after by the evenest choice among the listed ones.

    Args:
        before: A knowledge base or its graph.
        after: The same after a scenario; without it `balance_loads` of the first is drawn.
        count: A column of `workload`, for a scenario.
        ax: Where to draw; without it a new figure is made.
        lang: The language of the words around the names, zh or en.

    Raises:
        MissingExtraError: Matplotlib is not installed.
        UnknownNameError: There is no such count.
    """
    one = as_knowledge_base(before)
    other = None if after is None else as_knowledge_base(after)
    return put_on(change_sheet(one, other, count=count, lang=lang), ax)


def change_sheet(
    before: KnowledgeBase, after: KnowledgeBase | None = None, *, count: str = "tasks", lang: Language = "zh"
) -> Sheet:
    """The plan of `plot_before_after`."""
    if count not in COUNTS:
        raise UnknownNameError(Complaint("There is no such count", "count", ", ".join(COUNTS), repr(count)))
    loads = balance_loads(before) if after is None else _loads(before, after, count)
    moved = loads[(loads["before"] != loads["after"]).fillna(True).astype(bool)]
    foot = short_citation(before, lang)
    if moved.empty:
        return sentence_sheet(word("no_change_title", lang), word("no_change_text", lang), foot)
    units = pd.concat([before.units, before.units.iloc[:0] if after is None else after.units]).drop_duplicates("unit")
    names = labels_of(units[units["unit"].isin(moved.index)].set_index("unit"))
    titles = ("balance_before", "balance_after") if after is None else ("scenario_before", "scenario_after")
    note = word("unchanged_units", lang, count=len(loads) - len(moved))
    looks = region_looks(before) if after is None else region_looks(after) | region_looks(before)
    bars = TwinBars(moved, names, looks, (word(titles[0], lang), word(titles[1], lang)), note, lang)
    key = "balance" if after is None else "scenario"
    subtitle = word(f"{key}_subtitle", lang, count=word(f"lorenz_{count}", lang))
    return Sheet(_finding(before, after, loads, lang), subtitle, foot, bars.draw, bars.height)


def _loads(before: KnowledgeBase, after: KnowledgeBase, count: str) -> pd.DataFrame:
    one, other = workload(before)[count], workload(after)[count]
    units = list(dict.fromkeys([*one.index, *other.index]))
    regions = pd.concat([before.units, after.units]).drop_duplicates("unit").set_index("unit")["region"]
    values = {"before": one.reindex(units).astype("Float64"), "after": other.reindex(units).astype("Float64")}
    table = pd.DataFrame({"region": regions.reindex(units), **values})
    gone = table[["before", "after"]].max(axis=1) > 0
    return table[gone.to_numpy()]


def _finding(before: KnowledgeBase, after: KnowledgeBase | None, loads: pd.DataFrame, lang: Language) -> str:
    if after is None:
        costs = loads.attrs
        return word(
            "balance_finding",
            lang,
            moves=sum(costs["moves"].values()),
            before=max(costs["greatest_before"].values()),
            after=max(costs["greatest_after"].values()),
        )
    changes = difference(before, after, unchanged=True)
    scenarios = word("semicolon", lang).join(changes.attrs["scenarios"]) or word("scenario_unnamed", lang)
    told = {}
    for figure, name in (("pairs", "gaps"), ("units", "unpaired_in_task")):
        row: Any = changes.loc[(figure, name)]
        told[name] = f"{row['before']:.0f} → {row['after']:.0f}" if row["change"] else f"{row['after']:.0f}"
    return word("scenario_finding", lang, scenario=scenarios, **told)
