"""A number as the command line names it: a measure, the labels of its row, its column, options of the measure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pairing_graph.base.errors import Complaint, UnknownNameError

_FLAGS = {"true": True, "false": False}


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


def options(given: Sequence[str] | None) -> dict[str, Any]:
    """Options of a measure out of name=value.

    Raises:
        UnknownNameError: A word is not of that form.

    Example:
        >>> options(["role=lead", "pooled=true"])
        {'role': 'lead', 'pooled': True}
    """
    found: dict[str, Any] = {}
    for one in given or ():
        name, sign, value = one.partition("=")
        if not sign or not name:
            raise UnknownNameError(Complaint("A choice is name=value", "--choice", "role=lead", one))
        found[name] = _FLAGS.get(value.lower(), value)
    return found
