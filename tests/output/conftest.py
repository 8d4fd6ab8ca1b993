"""Names that break out of a format which does not guard against them, as a notice may hold them."""

from __future__ import annotations

import pandas as pd
import pytest

HOSTILE = (
    'a"b',
    "line\nbreak\r\nand\ttab",
    "comma, semi; colon: bar|",
    "<b>&amp;'</b>]]>",
    "=cmd|' /C calc'!A0",
    "@SUM(A1)",
    "长" * 3000,
    " ",
    "back\\slash\\",
    "*Vertices 9",
    "data:",
    '"} ) DETACH DELETE n //',
    '> . <x:a> <x:b> "',
    "\u202eright to left",
    "a b",
    "a_b",
)


@pytest.fixture(scope="session")
def hostile(kb):
    """The notice with other names for its first units and other words for its first task."""
    names = dict(zip(kb.units["unit"], HOSTILE, strict=False))
    units = kb.units.assign(unit=kb.units["unit"].replace(names))
    units.loc[: len(HOSTILE) - 1, "name"] = pd.Series(HOSTILE, dtype=units["name"].dtype)
    units.at[0, "aliases"] = ("a,b", "c；d", "")
    tasks = kb.tasks.copy()
    tasks.loc[0, ["text", "label", "area"]] = [HOSTILE[1], "", HOSTILE[4]]
    return kb.replace(
        units=units,
        tasks=tasks,
        assignments=kb.assignments.assign(unit=kb.assignments["unit"].replace(names)),
        pairings=kb.pairings.assign(**{side: kb.pairings[side].replace(names) for side in ("donor", "recipient")}),
    )
