"""A number as the command line names it: a measure, the labels of its row, its column, options of the measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from inspect import signature
from typing import Any

from pairing_graph.base.errors import Complaint, UnknownNameError
from pairing_graph.lexicon.sheet_words import decision_of


def row_and_column(words: Sequence[str]) -> tuple[str | tuple[str, ...], str]:
    """The label of a row, several as a tuple, and the column behind them.

    Raises:
        UnknownNameError: One of them is missing.

    Example:
        >>> row_and_column(["区商务委", "县商务委", "joint_tasks"])
        (('区商务委', '县商务委'), 'joint_tasks')
    """
    if len(words) < 2:
        expected = "the row and then the column, such as plain congruence"
        raise UnknownNameError(Complaint("One number has a row and a column", "", expected, " ".join(words) or "none"))
    *labels, column = words
    return labels[0] if len(labels) == 1 else tuple(labels), column


def options(given: Sequence[str] | None, measure: str) -> dict[str, Any]:
    """Options of a measure out of name=value, each as the measure takes it: yes or no, a whole number, a word.

    Raises:
        UnknownNameError: A word is not of that form, or its value is not what the option takes; all at once.

    Example:
        >>> options(["role=lead", "pooled=no", "draws=10"], "congruence")
        {'role': 'lead', 'pooled': False, 'draws': 10}
    """
    from pairing_graph.measures.results import offered

    takes = signature(getattr(offered()[measure], measure)).parameters if measure in offered() else {}
    found: dict[str, Any] = {}
    complaints: list[Complaint] = []
    for one in given or ():
        name, sign, value = one.partition("=")
        if not sign or not name:
            complaints.append(Complaint("A choice is name=value", "--choice", "role=lead", one))
            continue
        found[name], complaint = _typed(name, value, takes[name].default if name in takes else None)
        complaints += [complaint] if complaint else []
    if complaints:
        raise UnknownNameError(complaints)
    return found


def _typed(name: str, value: str, default: Any) -> tuple[Any, Complaint | None]:
    """A value as an option with such a default takes it, or what is wrong with it."""
    where = f"--choice {name}"
    if isinstance(default, bool):
        decided = decision_of(value)
        wrong = Complaint("This choice is yes or no", where, "yes, no, true, false, 是, 否", value or "nothing")
        return decided == "yes", None if decided in ("yes", "no") else wrong
    if isinstance(default, int):
        whole = re.fullmatch(r"-?[0-9]{1,18}", value.strip(), re.ASCII)  # 18 digits fit into 64 bits.
        wrong = Complaint("This choice is a whole number", where, f"a number such as {default}", value or "nothing")
        return int(whole[0]) if whole else value, None if whole else wrong
    return value, None
