"""Balance: how evenly tasks could be spread if one of the listed units answered for each.

Duties are fixed by statute (三定规定): a task goes to the body whose duty it is, not to the one with time. The result
is therefore a bound to compare the first-listed units with, not advice to move anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pairing_graph.base.errors import Complaint, NoticeError
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.address import join
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.measures.relations import (
    answerable,
    brackets_of,
    facts,
    frames_of,
    native,
    part_of,
    places,
    regions_of,
    typed,
)

MEASURES = ("balance", "balance_loads")


def balance(source: Source, *, collectives: bool = False) -> pd.DataFrame:
    """One answerable unit per task and region so that loads are as even as possible, with the fewest moves.

    An optimal semi-matching (Harvey, Ladner, Lovász & Tamir 2006): Σ load(load+1)/2 is least, hence also the greatest
    load and every Lp norm. Among the optimal ones that with the fewest tasks taken from their first-listed unit, which is
    a rule of our own. Solved for each region apart as a minimum-cost flow (`networkx.network_simplex`, exact on integers).

    Args:
        source: A knowledge base or its graph.
        collectives: Whether collectives may answer; without them tasks that name nobody else are left out.

    Returns:
        A frame indexed by task and region: listed (the units of the cell), before (the first-listed), after, moved,
        interchangeable (the other units that have the task in another answer that is as good, a tuple), address. `attrs`
        has per region cost_before, cost_after, greatest_before, greatest_after, moves and unique (whether the answer is
        the only one), and left_out, the tasks that have collectives only.

        The optimal answer need not be unique: where several need equally few moves, one of them is shown. The costs and
        the number of moves are the same in all; who has which task is not, and interchangeable names who could. It comes
        from the cycles of no cost in the residual network of the flow (Ahuja, Magnanti & Orlin 1993): the alternating
        paths of Harvey and others.

        What it does not say: how much work a task is, nor that a unit is able or allowed to take it.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> even = balance(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> even.attrs["moves"], even.attrs["cost_before"]["渝中区"], even.attrs["cost_after"]["渝中区"]
        ({'渝中区': 3, '巫溪县': 4}, 54, 50)
    """
    kb = as_knowledge_base(source)
    rows = native(answerable(frames_of(kb)).select("task", "unit", "region", "collective", "rank"))
    task_place, unit_place = places(kb.tasks["task"]), places(kb.units["unit"])
    rows = rows.assign(_task=rows["task"].map(task_place), _unit=rows["unit"].map(unit_place))
    rows = rows.sort_values(["_task", "rank", "_unit"])
    kept = rows if collectives else rows[~rows["collective"].astype(bool)]
    regions = [*regions_of(kb), *([""] if (kept["region"] == "").any() else [])]
    eligible = {
        region: {
            str(task): list(cell["unit"]) for task, cell in kept[kept["region"] == region].groupby("task", sort=False)
        }
        for region in regions
    }
    after = {region: semi_matching(cells) for region, cells in eligible.items()}
    table = _moves(kb, eligible, after)
    left_out = [task for task in kb.tasks["task"] if task in set(rows["task"]) - set(kept["task"])]
    return _with_attrs(table, kb, [region for region in regions if eligible[region]], collectives, left_out)


def balance_loads(source: Source, *, collectives: bool = False) -> pd.DataFrame:
    """Tasks per unit before and after `balance`: as first-listed unit, and in the most even answer.

    Args:
        source: A knowledge base or its graph.
        collectives: As in `balance`.

    Returns:
        A frame indexed by unit, those that answer for a task: region, before, after, change, interchangeable (units that
        have one of its tasks, or whose task it has, in another answer that is as good, a tuple); the heaviest first. So
        `after` is that of one answer. The `attrs` are those of `balance`, and so are formula and source.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> loads = balance_loads(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> loads.loc["渝中区商务委", ["before", "after"]].tolist()
        [5, 4]
    """
    kb = as_knowledge_base(source)
    even = balance(kb, collectives=collectives)
    regions = dict(zip(kb.units["unit"], kb.units["region"], strict=True))
    units = list(dict.fromkeys(unit for cell in even["listed"] for unit in cell))
    before, after = even["before"].value_counts(), even["after"].value_counts()
    swaps = _swaps(even)
    rows = [
        {"unit": unit, "region": regions[unit], "before": int(before.get(unit, 0)), "after": int(after.get(unit, 0))}
        | {"interchangeable": tuple(other for other in units if other in swaps.get(unit, ()))}
        for unit in units
    ]
    types = {"before": "int64", "after": "int64", "interchangeable": "object"}
    table = typed(rows, ["unit", "region", *types], **types)
    table = table.assign(change=table["after"] - table["before"], _place=table["unit"].map(places(kb.units["unit"])))
    table = table.sort_values(["before", "after", "_place"], ascending=[False, False, True], kind="stable")
    table = table.set_index("unit")[["region", "before", "after", "change", "interchangeable"]]
    table.attrs = dict(even.attrs)
    return table


def _swaps(even: pd.DataFrame) -> dict[str, set[str]]:
    """For every unit those with which it changes places over a task in another answer."""
    found: dict[str, set[str]] = {}
    for after, others in zip(even["after"], even["interchangeable"], strict=True):
        for other in others:
            found.setdefault(after, set()).add(other)
            found.setdefault(other, set()).add(after)
    return found


def semi_matching(eligible: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """An optimal semi-matching: Σ load(load+1)/2 is least, and then the number of tasks that leave their first unit.

    The k-th task of a unit costs k. A task that leaves the first unit on its list costs a little more, too little for
    all tasks together to outweigh 1: costs are multiplied by one more than the number of tasks, so they stay integers.

    Args:
        eligible: For each task its units, the first-listed one first.

    Raises:
        NoticeError: A task has no unit.

    Example:
        >>> cells = {"1": ["a"], "2": ["a", "b"], "3": ["a", "b"], "4": ["b", "c"]}
        >>> cost_of(semi_matching(cells))
        5
    """
    if not eligible:
        return {}
    if not all(eligible.values()):
        empty = ", ".join(task for task, units in eligible.items() if not units)
        raise NoticeError(Complaint("Every task needs a unit that may answer for it", got=empty))
    network: Any = nx.MultiDiGraph()
    much = len(eligible) + 1
    network.add_node("sink", demand=len(eligible))
    chances: dict[str, int] = {}
    for task, units in eligible.items():
        network.add_node(("task", task), demand=-1)
        for unit in dict.fromkeys(units):
            network.add_edge(("task", task), ("unit", unit), capacity=1, weight=int(unit != units[0]))
            chances[unit] = chances.get(unit, 0) + 1
    for unit, most in chances.items():
        for count in range(1, most + 1):
            network.add_edge(("unit", unit), "sink", capacity=1, weight=count * much)
    _, flow = nx.network_simplex(network)
    return {
        task: next(unit for unit in units if any(flow["task", task]["unit", unit].values()))
        for task, units in eligible.items()
    }


def alternatives(eligible: Mapping[str, Sequence[str]], matching: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """For each task the other units that have it in some answer with the same cost and as few moves.

    In the residual network of an optimal flow every other optimal flow is a cycle of no cost. With potentials (shortest
    distances) the arcs of such cycles have a reduced cost of 0, so a task can go to a unit where its arc is one
    of them and lies within a strongly connected component of them.

    Args:
        eligible: For each task its units, the first-listed one first.
        matching: What `semi_matching` returned for them.

    Example:
        >>> cells = {"1": ["a"], "2": ["a", "b"], "3": ["a", "b"], "4": ["b", "c"]}
        >>> alternatives(cells, {"1": "a", "2": "b", "3": "a", "4": "c"})
        {'1': (), '2': ('a',), '3': ('b',), '4': ()}
    """
    arcs = list(_residual(eligible, matching))
    ends = dict.fromkeys(end for tail, head, _ in arcs for end in (tail, head))
    nodes = {node: place for place, node in enumerate(ends)}
    tails = np.array([nodes[tail] for tail, _, _ in arcs], dtype=np.int64)
    heads = np.array([nodes[head] for _, head, _ in arcs], dtype=np.int64)
    costs = np.array([cost for _, _, cost in arcs], dtype=np.int64)
    potential = _potentials(len(nodes), tails, heads, costs)
    free = costs + potential[tails] - potential[heads] == 0
    network: Any = nx.DiGraph(zip(tails[free].tolist(), heads[free].tolist(), strict=True))
    part = {node: count for count, found in enumerate(nx.strongly_connected_components(network)) for node in found}
    swaps = {(tail, head) for tail, head in network.edges if part[tail] == part[head]}
    return {
        task: tuple(unit for unit in dict.fromkeys(units) if (nodes["task", task], nodes["unit", unit]) in swaps)
        for task, units in eligible.items()
    }


def _residual(
    eligible: Mapping[str, Sequence[str]], matching: Mapping[str, str]
) -> Iterator[tuple[tuple[str, str], tuple[str, str], int]]:
    """The arcs by which the flow of a matching can change: tail, head, cost as in `semi_matching`."""
    much = len(eligible) + 1
    loads = Counter(matching.values())
    chances = Counter(unit for units in eligible.values() for unit in dict.fromkeys(units))
    for task, units in eligible.items():
        for unit in dict.fromkeys(units):
            ends, cost = (("task", task), ("unit", unit)), int(unit != units[0])
            yield (*ends[::-1], -cost) if unit == matching[task] else (*ends, cost)
    for unit, most in chances.items():
        if loads[unit] < most:
            yield ("unit", unit), ("sink", ""), (loads[unit] + 1) * much
        if loads[unit]:
            yield ("sink", ""), ("unit", unit), -loads[unit] * much


def _potentials(
    count: int, tails: NDArray[np.int64], heads: NDArray[np.int64], costs: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Shortest distances from anywhere (Bellman 1958, Ford 1956); an optimal flow leaves no cycle of negative cost."""
    distance = np.zeros(count, dtype=np.int64)
    for _ in range(count):
        before = distance.copy()
        np.minimum.at(distance, heads, distance[tails] + costs)
        if (before == distance).all():
            break
    return distance


def cost_of(matching: Mapping[str, str]) -> int:
    """Σ load(load+1)/2 over the units of a matching of tasks to units.

    Example:
        >>> cost_of({"1": "a", "2": "a", "3": "b"})
        4
    """
    loads: dict[str, int] = {}
    for unit in matching.values():
        loads[unit] = loads.get(unit, 0) + 1
    return sum(load * (load + 1) // 2 for load in loads.values())


def _moves(
    kb: KnowledgeBase, eligible: Mapping[str, Mapping[str, list[str]]], after: Mapping[str, Mapping[str, str]]
) -> pd.DataFrame:
    rows = native(facts(frames_of(kb)).select("task", "unit", "address"))
    cells = {pair: join(part) for pair, part in rows.groupby(["task", "unit"])["address"]}
    swaps = {region: alternatives(tasks, after[region]) for region, tasks in eligible.items()}
    found = [
        {
            "task": task,
            "region": region,
            "listed": tuple(units),
            "before": units[0],
            "after": after[region][task],
            "moved": after[region][task] != units[0],
            "interchangeable": swaps[region][task],
            "address": join(" ".join(cells[task, unit] for unit in units).split()),
        }
        for region, tasks in eligible.items()
        for task, units in tasks.items()
    ]
    columns = ["task", "region", "listed", "before", "after", "moved", "interchangeable", "address"]
    return typed(found, columns, listed="object", moved="bool", interchangeable="object").set_index(["task", "region"])


def _with_attrs(
    table: pd.DataFrame, kb: KnowledgeBase, regions: list[str], collectives: bool, left_out: list[str]
) -> pd.DataFrame:
    found: dict[str, dict[str, int]] = {}
    for region in regions:
        part = table.xs(region, level="region")
        for when in ("before", "after"):
            found.setdefault(f"cost_{when}", {})[region] = cost_of(dict(zip(part.index, part[when], strict=True)))
            found.setdefault(f"greatest_{when}", {})[region] = int(part[when].value_counts().max())
        found.setdefault("moves", {})[region] = int(part["moved"].sum())
        found.setdefault("unique", {})[region] = not part["interchangeable"].map(len).any()
    chosen = {"collectives": collectives, "left_out": left_out, "brackets": brackets_of(kb)} | part_of(kb)
    table.attrs.update(found)
    table.attrs.update(chosen)
    return table
