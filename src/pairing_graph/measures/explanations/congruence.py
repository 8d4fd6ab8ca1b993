"""What is behind congruence: the required pairs and which of them are paired; of its baseline, the links that were shuffled."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from pairing_graph.measures.baseline import compared, drawn, moving, with_regions
from pairing_graph.measures.congruence import BASELINE, weighed
from pairing_graph.measures.explanations.evidence import place
from pairing_graph.measures.explanations.pairings import (
    cells_of,
    cells_of_both,
    each,
    joint_rows,
    links_between,
    meeting_of,
    pair_name,
)
from pairing_graph.measures.explanations.record import (
    Asked,
    Behind,
    Cited,
    Explained,
    Thing,
    count,
    same_formulas,
    share,
    undefined,
)
from pairing_graph.measures.meeting import HELD
from pairing_graph.measures.pairs import PAIR

_COLLABORATION = "Cataldo, Wagstrom, Herbsleb & Carley 2006; Cataldo, Herbsleb & Carley 2008"
_PERMUTATION = "after Hubert & Schultz 1976 and Krackhardt 1988; a variant of our own"


def _congruence(asked: Asked) -> Behind:
    rows, variant = _rows_asked(asked)
    things = list(_required(asked, rows, variant))
    if asked.column == "required":
        return count(Thing(thing.counted, thing.cited) for thing in things)
    if asked.column == "satisfied":
        return count(Thing(thing.counted, thing.cited) for thing in things if thing.contributes)
    return share(things, defined=bool(len(meeting_of(asked).links(asked.kb))))


def _rows_asked(asked: Asked) -> tuple[pd.DataFrame, str]:
    """The joint tasks that a row counts, and in which variant it counts them."""
    by = asked.options.get("by")
    if by == "unit":
        rows, unit = joint_rows(asked), asked.row["unit"]
        variant = "weighted" if asked.column == "weighted" else "plain"
        return rows[(rows["unit"] == unit) | (rows["partner"] == unit)], variant
    variant = asked.row["variant"]
    rows = joint_rows(asked, first_listed=variant == "first_listed")
    return (rows[rows[HELD] == asked.row["document"]] if by else rows), variant


def _required(asked: Asked, rows: pd.DataFrame, variant: str) -> Iterator[Thing]:
    """What a variant counts: pairs, their joint tasks, or their joint areas; each met where the table pairs the two."""
    paired = dict(rows.groupby([HELD, *PAIR], sort=False)["paired"].any())
    cells = cells_of(asked)
    for row in each(rows):
        key = (row.held, row.unit, row.partner)
        if variant == "areas" and not row.area:
            continue
        tasks = row.task if row.task == row.other_task else f"{row.task} {row.other_task}"
        what = {"weighted": tasks, "areas": place(row.document, row.area)}.get(variant, "")
        cited = cells_of_both(cells, row)
        links = links_between(asked, row.unit, row.partner, row.held) if paired[key] else ()
        yield Thing(pair_name(asked, *key, what), cited + links, float(paired[key]), 1.0)


def _baseline(asked: Asked) -> Behind:
    """What was drawn: the required pairs with what each counts, and the links, of which the shuffled ones are marked."""
    rows, variant = _rows_asked(asked)
    met, pairs = meeting_of(asked), weighed(rows)
    links = met.links(asked.kb)
    required = pairs.assign(counts=pairs.get(_WEIGHTS.get(variant, ""), 1))
    total = int(required["counts"].sum())
    if not total or links.empty:
        return undefined()
    moves = moving(asked.kb, links, asked.options["shuffled"])
    wanted, whole = required[[HELD, *PAIR, "counts"]], with_regions(asked.kb, links)
    found = drawn(wanted, whole, moves, asked.options["draws"], asked.options["seed"])
    observed = int(required.loc[required["paired"], "counts"].sum())
    value = compared(np.sum([part[:, 0] for part in found.values()], axis=0), observed, total)[asked.column]
    here = links.assign(moves=moves)[links[HELD].isin(required[HELD])]
    terms = {"draws": asked.options["draws"], "seed": asked.options["seed"], "links": len(here)}
    terms |= {"shuffled": int(here["moves"].sum()), "required": total, "satisfied": observed}
    return Behind("drawn", (*_counting(asked, rows, required), *_dealt(asked, here)), value, terms)


def _counting(asked: Asked, rows: pd.DataFrame, required: pd.DataFrame) -> Iterator[Thing]:
    """The required pairs, each with what it counts where a draw joins it."""
    cells, cited = cells_of(asked), dict[tuple[str, str, str], list[Cited]]()
    for row in each(rows):
        own = cells_of_both(cells, row)
        cited.setdefault((row.held, row.unit, row.partner), []).extend(own)
    for held, unit, partner, counts in required[[HELD, *PAIR, "counts"]].itertuples(index=False):
        places = tuple(dict.fromkeys(cited[held, unit, partner]))
        yield Thing(pair_name(asked, held, unit, partner), places, float(counts))


def _dealt(asked: Asked, links: pd.DataFrame) -> Iterator[Thing]:
    """The links of the table in their order; 1 in `of` marks those whose partners are dealt out again."""
    for held, unit, partner, moves in links[[HELD, *PAIR, "moves"]].itertuples(index=False):
        cited = links_between(asked, unit, partner, held)
        yield Thing(pair_name(asked, held, unit, partner), cited, 0.0, float(moves))


_WEIGHTS = {"weighted": "weight", "areas": "areas"}
"""What a required pair counts, by variant; in the others it counts 1."""
EXPLAINED = {
    "congruence": Explained(
        ("variant",),
        same_formulas(
            "congruence", _congruence, "satisfied", "required", "congruence", "weighted", source=_COLLABORATION
        )
        | same_formulas("congruence", _baseline, *BASELINE, source=_PERMUTATION),
        ("region", "unpaired"),
        ("unit",),
    )
}
