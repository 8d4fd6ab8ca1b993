"""Measures on tables of pandas, Polars, PyArrow, DuckDB and PySpark, each against the knowledge base's own answer."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from tests.measures.libraries import CHEAP, in_order, rows_of, rows_of_the_base, tables_in
from tests.measures.small import bases, small, together, years

import pairing_graph as pg

CASES = {
    "workload": [{}, {"by": "document", "collectives": True}, {"by": "region"}, {"by": "area"}],
    "concentration": [{}, {"population": "bearers", "count": "fractional"}, {"population": "all", "count": "tasks"}],
    "projection": [{}, {"collectives": True}],
    "coordination": [{}, {"role": "any"}, {"first_listed": True}, {"by": "document"}, {"pooled": True}],
    "gaps": [{}, {"by": "document"}],
    "unpaired_in_task": [{}, {"role": "any"}, {"by": "document"}, {"pooled": True}],
    "counterparts": [{}, {"population": "all"}],
    "coverage": [{}],
    "panel": [{}, {"of": "pair", "collectives": True}, {"of": "region"}],
    "congruence": [{}, {"dependence": "area"}, {"by": "document"}, {"by": "unit"}, {"role": "lead", "pooled": True}],
}
LEFT_OUT = {
    "concentration": {"lorenz"},
    "projection": {"tasks", "address"},
    "coordination": {"tasks", "address"},
    "gaps": {"tasks", "address"},
    "unpaired_in_task": {"numbers", "address"},
    "counterparts": {"bracket", "address"},
    "coverage": {"unpaired_units"},
}
"""Columns that only a knowledge base gives."""
ALL = [(measure, options) for measure, cases in CASES.items() for options in cases]


def named(case):
    measure, options = case
    return "-".join([measure, *(f"{name}={value}" for name, value in options.items())])


def same(measure, options, kb, tables):
    """The answer of tables is that of the knowledge base, row by row, and has its columns."""
    wanted = getattr(pg, measure)(kb, **options)
    got = getattr(pg, measure)(tables, **options)
    expected, found = rows_of_the_base(measure, wanted), rows_of(got)
    absent = LEFT_OUT.get(measure, set()) | ({"pairings", "partners"} if options.get("by") == "area" else set())
    columns = [name for name in wanted.reset_index().columns if name not in absent]
    if found:
        assert list(found[0]) == columns
    assert in_order(found, columns) == in_order(expected, columns)
    return got


@pytest.fixture(scope="module")
def both(kb):
    """Two notices of two counties, one of them without a pairing table."""
    return together(kb, small([{"lead": ["甲区商务局", "乙县商务局"], "support": ["甲区教育局"]}], document="x"))


@pytest.fixture(scope="module")
def held(kb, both):
    """The tables of one notice and of two in every library, made once."""
    return {(library, base is both): tables_in(library, base) for library in CHEAP for base in (kb, both)}


@pytest.mark.parametrize("library", CHEAP)
@pytest.mark.parametrize("case", ALL, ids=named)
def test_tables_of_any_library_give_what_the_knowledge_base_gives(kb, held, case, library):
    same(*case, kb, held[library, False])


@pytest.mark.parametrize("library", CHEAP)
@pytest.mark.parametrize("case", ALL, ids=named)
def test_two_notices_meet_as_in_a_knowledge_base(both, held, case, library):
    same(*case, both, held[library, True])


def in_years(*parts):
    """Notices of the years 2021, 2022 … as one knowledge base."""
    base = together(*parts)
    dates = [f"{2021 + place}-03-01" for place in range(len(parts))]
    return base.replace(documents=base.documents.assign(date=pd.array(dates, dtype="string")))


PANELS = [{"of": "unit", "balanced": True}, {"of": "pair", "balanced": True}, {"of": "region", "balanced": True}]


@pytest.mark.parametrize("library", ["pandas", "polars"])
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(notices=years)
def test_years_and_notices_meet_as_in_a_knowledge_base(library, notices):
    kb = in_years(*notices)
    tables = tables_in(library, kb)
    for options in PANELS:
        same("panel", options, kb, tables)
    for measure in ("coordination", "unpaired_in_task", "congruence"):
        for options in ({}, {"by": "document"}, {"pooled": True}):
            same(measure, options, kb, tables)
