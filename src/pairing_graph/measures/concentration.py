"""Concentration of load: is it spread evenly or concentrated in few units? One row per region."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pairing_graph.base.errors import Complaint, UnknownNameError
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.regions import regions_in_order
from pairing_graph.kb.schema import DEPARTMENT_KINDS, TOWNSHIP_LEVEL
from pairing_graph.measures.engines import AnySource, Tables, engine_of
from pairing_graph.measures.on_engines.loads import concentration as on_engine
from pairing_graph.measures.relations import part_of
from pairing_graph.measures.workload import COUNTS, NEEDED, named_loads, workload

MEASURES = ("concentration",)

Population = Literal["departments", "committees", "township_level", "bearers", "all"]
POPULATIONS: dict[str, tuple[str, ...]] = {
    "departments": DEPARTMENT_KINDS,
    "committees": ("management_committee",),
    "township_level": TOWNSHIP_LEVEL,
    "bearers": (),
    "all": (),
}
LEAST_UNITS = 2
"""A load can be unequal, and units ranked by it, from two units on."""


@overload
def concentration(
    source: Source, *, count: str = "lead", population: Population = "departments", loads: pd.DataFrame | None = None
) -> pd.DataFrame: ...
@overload
def concentration(
    source: Tables, *, count: str = "lead", population: Population = "departments", loads: pd.DataFrame | None = None
) -> Any: ...
def concentration(
    source: AnySource, *, count: str = "lead", population: Population = "departments", loads: pd.DataFrame | None = None
) -> Any:
    """How unequally a region's load is spread over a population of its units.

    The result depends on who is in the population: units without any task pull the Gini up. It is named in `attrs` and
    in the column `population`.

    Args:
        source: A knowledge base or its graph; or a collection, or tables of another library, by name.
        count: A column of `workload`: lead, tasks, listed_first, fractional …
        population: `departments`: departments, party organs and institutions that the notice names anywhere;
            `committees`: management committees (管委会), which may be added to either; `township_level`: subdistricts,
            towns and townships; `bearers`: units whose count is above 0; `all`: every named unit.
        loads: What `workload` returned for the source; computed if not given.

    Returns:
        A frame indexed by region: population, units (their number), total, gini, hhi, jain, top_share, top_units (a
        tuple), lorenz (points from (0, 0) to (1, 1): share of units, share of load). Measures are NA where the total is 0,
        and for a population of fewer than two units: spread over one unit, every load is equal and all on one.

        Gini = Σ(2i−n−1)x₍ᵢ₎ / (nΣx), x ascending (Gini 1912; the form of Sen 1973); HHI = Σs² (Hirschman 1945, Herfindahl
        1950); Jain = (Σx)²/(nΣx²) (Jain, Chiu & Hawe 1984); the Lorenz curve after Lorenz (1905); s are shares of the
        total. A Gini is to be cited with its population: in the 2022 notice that of tasks led in 渝中区 is 0.342 among
        bearers, 0.42 among departments.

        Of a collection or of tables of another library the result is of the same kind, regions in the order of their
        names; top_units is their number, and lorenz is left out.

    Raises:
        UnknownNameError: There is no such count or population.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> concentration(kb, population="bearers")["gini"].round(3).to_dict()["渝中区"]
        0.342
    """
    complaints = []
    if count not in COUNTS:
        complaints.append(Complaint("There is no such count", "count", ", ".join(COUNTS), repr(count)))
    if population not in POPULATIONS:
        complaints.append(
            Complaint("There is no such population", "population", ", ".join(POPULATIONS), repr(population))
        )
    if complaints:
        raise UnknownNameError(complaints)
    engine = engine_of(source, NEEDED)
    if engine is not None:
        _refuse_loads(loads)
        return on_engine(engine, count, population, POPULATIONS[population], _row)
    kb = as_knowledge_base(source)
    loads = workload(kb) if loads is None else named_loads(kb, loads)
    members = loads[belongs(loads, count, population)]
    regions = [region for region in regions_in_order(kb) if (loads["region"] == region).any()]
    rows = [_row(members.loc[members["region"] == region, count], region, population) for region in regions]
    table = pd.DataFrame(rows, columns=_COLUMNS).set_index("region")
    measured = dict.fromkeys(("gini", "hhi", "jain", "top_share"), "Float64")
    table = table.astype(measured | {"units": "int64", "total": "float64"})
    table.attrs = {"count": count, "population": population, "kinds": ", ".join(POPULATIONS[population]) or "any"}
    table.attrs.update(part_of(kb))
    return table


def _refuse_loads(loads: object) -> None:
    if loads is not None:
        what = "Loads are computed from tables of another library, not taken"
        raise UnknownNameError(Complaint(what, "loads", "none", type(loads).__name__))


_COLUMNS = ["region", "population", "units", "total", "gini", "hhi", "jain", "top_share", "top_units", "lorenz"]


def belongs(loads: pd.DataFrame, count: str, population: str) -> pd.Series[bool]:
    """Which rows of loads, with their kind, are in a population."""
    if population == "bearers":
        return loads[count] > 0
    kinds = POPULATIONS[population]
    return loads["kind"].isin(kinds) if kinds else loads["kind"].notna()


def _row(loads: pd.Series[Any], region: str, population: str) -> dict[str, Any]:
    values = loads.to_numpy(dtype=float)
    row: dict[str, Any] = {"region": region, "population": population, "units": len(values), "total": values.sum()}
    if not values.sum() or len(values) < LEAST_UNITS:
        return row | {"gini": pd.NA, "hhi": pd.NA, "jain": pd.NA, "top_share": pd.NA, "top_units": (), "lorenz": ()}
    return row | {
        "gini": gini(values),
        "hhi": hhi(values),
        "jain": jain(values),
        "top_share": values.max() / values.sum(),
        "top_units": tuple(loads.index[values == values.max()]),
        "lorenz": lorenz(values),
    }


def gini(values: Sequence[float] | NDArray[np.float64]) -> float:
    """Gini coefficient: Σ(2i−n−1)x₍ᵢ₎ / (nΣx), x ascending; 0 is equal, (n−1)/n is all on one (Gini 1912, Sen 1973).

    Example:
        >>> gini([1, 1, 1, 1]), gini([0, 0, 0, 4])
        (0.0, 0.75)
    """
    x = np.sort(_checked(values))
    n = len(x)
    return float(((2 * np.arange(1, n + 1) - n - 1) * x).sum() / (n * x.sum()))


def hhi(values: Sequence[float] | NDArray[np.float64]) -> float:
    """Herfindahl–Hirschman index: the sum of squared shares, from 1/n to 1 (Herfindahl 1950; Hirschman 1945 took its root).

    Example:
        >>> round(hhi([30, 30, 20, 20]), 4)
        0.26
    """
    x = _checked(values)
    return float(((x / x.sum()) ** 2).sum())


def jain(values: Sequence[float] | NDArray[np.float64]) -> float:
    """Jain's fairness index: (Σx)²/(nΣx²); k equal ones of n, the rest 0, give k/n (Jain, Chiu & Hawe 1984).

    Example:
        >>> jain([5, 5, 0, 0])
        0.5
    """
    x = _checked(values)
    return float(x.sum() ** 2 / (len(x) * (x**2).sum()))


def lorenz(values: Sequence[float] | NDArray[np.float64]) -> tuple[tuple[float, float], ...]:
    """Points of the Lorenz curve (Lorenz 1905), the lightest first: share of units, share of load.

    Example:
        >>> lorenz([1, 3])
        ((0.0, 0.0), (0.5, 0.25), (1.0, 1.0))
    """
    x = np.sort(_checked(values))
    heights = np.concatenate([[0.0], x.cumsum() / x.sum()])
    return tuple((index / len(x), float(height)) for index, height in enumerate(heights))


def _checked(values: Sequence[float] | NDArray[np.float64]) -> NDArray[np.float64]:
    x = np.asarray(values, dtype=float)
    if not len(x) or (x < 0).any() or not np.isfinite(x).all() or not x.sum():
        expected, got = "loads of 0 or more, one of them above 0", np.array2string(x, threshold=10)
        raise UnknownNameError(Complaint("Concentration is not defined for these loads", "", expected, got))
    return x
