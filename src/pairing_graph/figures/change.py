"""Two states side by side: before and after a balance or a scenario, or two notices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pandas as pd

from pairing_graph.base.errors import refuse_unknown
from pairing_graph.base.words import Language, word
from pairing_graph.figures.missing import is_missing, missing_title
from pairing_graph.figures.plotting import plot_of
from pairing_graph.figures.sheet import Sheet, sentence_sheet
from pairing_graph.figures.widgets.bars import TwinBars
from pairing_graph.graph import Source
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.look.citation import short_citation
from pairing_graph.look.labels import labels_of
from pairing_graph.look.palette import region_looks
from pairing_graph.look.style import clipped
from pairing_graph.measures.comparison import accepted, compare
from pairing_graph.measures.differences import difference
from pairing_graph.measures.results import Results
from pairing_graph.measures.workload import COUNTS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIDES = ["before", "after"]
_NAMED = 2
"""Numbers of notices that the key of a bar has room for."""


def before_after_sheet(
    before: Results, after: Results | None = None, *, count: str = "tasks", lang: Language = "zh"
) -> Sheet:
    """Draw the units whose load a scenario changes; without a scenario, what `balance` would change.

    Balance is a bound, not advice: duties are fixed by statute. Its bars count tasks answered for by one unit: before,
    the first-listed one; after, the most even choice among the listed ones.

    Its own arguments:
        before: A knowledge base or its graph.
        after: The same after a scenario; without it `balance_loads` of the first is drawn.
        count: A column of `workload`, for a scenario.

    Raises:
        UnknownNameError: There is no such count.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> plot_before_after(read_notice("data/raw/wuxi-yuzhong-2022.txt")).get_label()
        '调整 7 处后，最重单位由 5 项降为 4 项'
    """
    refuse_unknown("There is no such count", "count", count, COUNTS)
    loads = before["balance_loads"] if after is None else _loads(before, after, count)
    changed = loads[~_unchanged(loads)]
    changed = changed if after is None else _heaviest_first(changed)
    foot = short_citation(before.kb, lang)
    if changed.empty:
        return sentence_sheet("no_change", foot, lang)
    key = "balance" if after is None else "scenario"
    titles = (word(f"{key}_before", lang), word(f"{key}_after", lang))
    bars = _bars(before.kb, (after or before).kb, changed, titles, len(loads) - len(changed), lang)
    subtitle = word(f"{key}_subtitle", lang, count=word(f"lorenz_{count}", lang))
    finding = _balance_finding(loads, lang) if after is None else _scenario_finding(before.kb, after.kb, lang)
    return Sheet(finding, subtitle, foot, bars.draw, bars.height)


def comparison_sheet(
    a: Results, b: Results, *, count: str = "tasks", aliases: str | Path | None = None, lang: Language = "zh"
) -> Sheet:
    """Draw the load of every unit in two notices, one bar each; a unit that one does not name says so.

    A renamed unit has two rows, one under each name, unless a reviewed table says that they are the same.

    Its own arguments:
        a: The earlier notice: a knowledge base or its graph.
        b: The later or other one.
        count: A column of `workload`.
        aliases: A reviewed CSV or workbook (region, alias, name, reason), as in `compare`.

    Raises:
        MissingExtraError: RapidFuzz is not installed.
        UnknownNameError: There is no such count.
        FileError: The table of aliases cannot be read.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> notices = ("data/raw/wuxi-yuzhong-2022.txt", "data/examples/invented-2023.txt")
        >>> plot_comparison(*map(read_notice, notices)).get_label()
        '27 项任务延续（8 项改写），1 项取消，1 项新增；8 个量化目标变动'
    """
    refuse_unknown("There is no such count", "count", count, COUNTS)
    loads = _loads(a, b, count, accepted(aliases))
    foot = word("semicolon", lang).join(short_citation(notice.kb, lang) for notice in (a, b))
    if loads.empty:
        return sentence_sheet("no_tasks", foot, lang)
    titles = (_title(a.kb, lang), _title(b.kb, lang))
    bars = _bars(a.kb, b.kb, _heaviest_first(loads), titles, int(_unchanged(loads).sum()), lang)
    found = compare(a.kb, b.kb, aliases=aliases)
    counts = {
        "matched": len(found.matches),
        "reworded": len(found.reworded),
        "gone": int((found.tasks["side"] == "a").sum()),
        "new": int((found.tasks["side"] == "b").sum()),
        "targets": len(found.targets),
    }
    choices = {"count": word(f"lorenz_{count}", lang), "threshold": found.choices["threshold"]}
    subtitle = word("comparison_subtitle", lang, **choices)
    return Sheet(word("comparison_finding", lang, **counts), subtitle, foot, bars.draw, bars.height)


class _PlotBeforeAfter(Protocol):
    def __call__(
        self,
        before: Source,
        after: Source | None = None,
        *,
        count: str = "tasks",
        ax: Axes | None = None,
        lang: Language = "zh",
    ) -> Axes: ...


class _PlotComparison(Protocol):
    def __call__(
        self,
        a: Source,
        b: Source,
        *,
        count: str = "tasks",
        aliases: str | Path | None = None,
        ax: Axes | None = None,
        lang: Language = "zh",
    ) -> Axes: ...


plot_before_after: _PlotBeforeAfter = plot_of(before_after_sheet)
plot_comparison: _PlotComparison = plot_of(comparison_sheet)


def _loads(one: Results, other: Results, count: str, renamed: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Region, before and after of every unit that has a load in either; NA where a knowledge base has no such unit.

    A renamed unit goes by its new name, unless another unit of the first knowledge base has that name or gets it too:
    loads do not add up.
    """
    before, after = (results["workload"][count] for results in (one, other))
    found = {old: new for old, new in (renamed or {}).items() if old in before.index}
    times = Counter([*found.values(), *before.index])
    before = before.rename(index={old: new for old, new in found.items() if times[new] == 1})
    units = list(dict.fromkeys([*before.index, *after.index]))
    values = {"before": before.reindex(units).astype("Float64"), "after": after.reindex(units).astype("Float64")}
    table = pd.DataFrame({"region": _units(one.kb, other.kb)["region"].reindex(units), **values})
    return table[(table[_SIDES].max(axis=1) > 0).to_numpy()]


def _units(one: KnowledgeBase, other: KnowledgeBase) -> pd.DataFrame:
    return pd.concat([one.units, other.units]).drop_duplicates("unit").set_index("unit")


def _unchanged(loads: pd.DataFrame) -> pd.Series[bool]:
    return (loads["before"] == loads["after"]).fillna(False).astype(bool)


def _heaviest_first(loads: pd.DataFrame) -> pd.DataFrame:
    """Units by the longer of their two bars."""
    return loads.loc[loads[_SIDES].max(axis=1).sort_values(ascending=False, kind="stable").index]


def _bars(
    one: KnowledgeBase, other: KnowledgeBase, loads: pd.DataFrame, titles: tuple[str, str], same: int, lang: Language
) -> TwinBars:
    units = _units(one, other)
    first = region_looks(one)
    looks = first | {region: look for region, look in region_looks(other).items() if region not in first}
    names = labels_of(units[units.index.isin(loads.index)])
    return TwinBars(loads, names, looks, titles, word("unchanged_units", lang, count=same), lang)


def _title(kb: KnowledgeBase, lang: Language) -> str:
    """The notice that a bar is about."""
    named = [
        word("comma", lang).join(part for part in (clipped(row["number"] or row["document"]), row["date"]) if part)
        for row in kb.documents.to_dict("records")
    ]
    return word("semicolon", lang).join(named[:_NAMED]) + ("…" if len(named) > _NAMED else "")


def _balance_finding(loads: pd.DataFrame, lang: Language) -> str:
    found = loads.attrs
    most = {side: max(found[f"greatest_{side}"].values()) for side in _SIDES}
    return word("balance_finding", lang, moves=sum(found["moves"].values()), **most)


def _scenario_finding(before: KnowledgeBase, after: KnowledgeBase, lang: Language) -> str:
    changes = difference(before, after, unchanged=True)
    scenarios = word("semicolon", lang).join(changes.attrs["scenarios"]) or word("scenario_unnamed", lang)
    if is_missing(before, "pairings") and is_missing(after, "pairings"):
        missing = missing_title(before, "pairings", lang)
        return word("scenario_no_pairings", lang, scenario=scenarios, missing=missing)
    counts = {}
    for figure, name in (("pairs", "gaps"), ("units", "unpaired_in_task")):
        row: Any = changes.loc[(figure, name)]
        counts[name] = f"{row['before']:.0f} → {row['after']:.0f}" if row["change"] else f"{row['after']:.0f}"
    return word("scenario_finding", lang, scenario=scenarios, **counts)
