"""Two notices side by side: the load that each lays on the units."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from pairing_graph.look.style import clipped
from pairing_graph.measures.comparison import compare
from pairing_graph.measures.workload import COUNTS, workload

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_comparison(
    a: Source, b: Source, *, count: str = "tasks", ax: Axes | None = None, lang: Language = "zh"
) -> Axes:
    """Draw the load that two notices lay on every unit, one bar each; a unit that one does not name says so.

    A renamed unit stands twice, under both names: that it is the same is for a reviewed table to say.

    Args:
        a: The earlier notice: a knowledge base or its graph.
        b: The later or other one.
        count: A column of `workload`.
        ax: Where to draw; without it a new figure is made.
        lang: The language of the words around the names, zh or en.

    Raises:
        MissingExtraError: Matplotlib or RapidFuzz is not installed.
        UnknownNameError: There is no such count.
    """
    return put_on(comparison_sheet(as_knowledge_base(a), as_knowledge_base(b), count=count, lang=lang), ax)


def comparison_sheet(a: KnowledgeBase, b: KnowledgeBase, *, count: str = "tasks", lang: Language = "zh") -> Sheet:
    """The plan of `plot_comparison`."""
    if count not in COUNTS:
        raise UnknownNameError(Complaint("There is no such count", "count", ", ".join(COUNTS), repr(count)))
    one, other = workload(a)[count], workload(b)[count]
    units = list(dict.fromkeys([*one.index, *other.index]))
    known = pd.concat([a.units, b.units]).drop_duplicates("unit").set_index("unit")
    values = {"before": one.reindex(units).astype("Float64"), "after": other.reindex(units).astype("Float64")}
    loads = pd.DataFrame({"region": known["region"].reindex(units), **values})
    busy = loads[(loads[["before", "after"]].max(axis=1) > 0).to_numpy()]
    foot = word("semicolon", lang).join(short_citation(kb, lang) for kb in (a, b))
    if busy.empty:
        return sentence_sheet(word("no_tasks_title", lang), word("no_tasks_text", lang), foot)
    busy = busy.assign(_most=busy[["before", "after"]].max(axis=1)).sort_values("_most", ascending=False, kind="stable")
    looks = region_looks(a) | {r: look for r, look in region_looks(b).items() if r not in region_looks(a)}
    names = labels_of(known[known.index.isin(busy.index)])
    note = word("unchanged_units", lang, count=int((busy["before"] == busy["after"]).fillna(False).sum()))
    bars = TwinBars(busy, names, looks, (_title(a, lang), _title(b, lang)), note, lang)
    found = compare(a, b)
    told = {
        "matched": len(found.matches),
        "reworded": len(found.reworded),
        "gone": int((found.tasks["side"] == "a").sum()),
        "new": int((found.tasks["side"] == "b").sum()),
        "targets": len(found.targets),
    }
    subtitle = word(
        "comparison_subtitle", lang, count=word(f"lorenz_{count}", lang), threshold=found.choices["threshold"]
    )
    return Sheet(word("comparison_finding", lang, **told), subtitle, foot, bars.draw, bars.height)


def _title(kb: KnowledgeBase, lang: Language) -> str:
    """The notice that a bar stands for."""
    named = [
        word("comma", lang).join(part for part in (clipped(row["number"] or row["document"]), row["date"]) if part)
        for row in kb.documents.to_dict("records")
    ]
    return word("semicolon", lang).join(named[:2]) + ("…" if len(named) > 2 else "")
