"""Names and counts in the words around a figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pairing_graph.base.words import Language, word
from pairing_graph.look.style import clipped, fitted

if TYPE_CHECKING:
    import pandas as pd

_NAMED = 3
"""Names that a sentence lists in full."""


def labels_of(units: pd.DataFrame, *, full: bool = False) -> dict[str, str]:
    """What a figure calls units: the short name as printed, the full one where two units share a short name.

    A name that is too long to be one is cut off.

    Args:
        units: Rows of the units table, indexed by unit.
        full: Full names throughout.

    Example:
        >>> import pandas as pd
        >>> labels_of(pd.DataFrame({"name": ["县商务委"]}, index=["巫溪县商务委"]))
        {'巫溪县商务委': '县商务委'}
    """
    counts = Counter(units["name"])
    return {
        str(unit): clipped(_label(str(unit), str(name), full, counts[name])) for unit, name in units["name"].items()
    }


def _label(unit: str, name: str, full: bool, count: int) -> str:
    """The short name where it is the only one; a unit without a region begins with its document, which says nothing here."""
    without_region = unit.endswith(f":{name}")
    return name if name and count == 1 and (without_region or not full) else unit


def region_label(region: str, size: float, width: float, lang: Language = "zh") -> str:
    """The heading of a region in one line; cut off where it is too wide.

    Example:
        >>> region_label("", 11.0, 100.0, "en")
        'region unknown'
    """
    return fitted(clipped(region) or word("no_region", lang), size, width)


def enumerated(names: Sequence[str], lang: Language = "zh") -> str:
    """A list of names in words: all of up to three, else the first and how many there are.

    Example:
        >>> enumerated(["甲", "乙"]), enumerated(["甲", "乙", "丙", "丁"])
        ('甲与乙', '甲等 4 个单位')
        >>> enumerated(["甲", "乙", "丙"], "en")
        '甲, 乙 and 丙'
    """
    names = [clipped(name) for name in names[:_NAMED]] + list(names[_NAMED:])
    if len(names) > _NAMED:
        return word("first_of_units", lang, name=names[0], count=len(names), others=len(names) - 1)
    if len(names) < 2:
        return "".join(names)
    return word("listing", lang).join(names[:-1]) + word("and", lang) + names[-1]


def counted(key: str, count: int, lang: Language = "zh") -> str:
    """A count with its noun, singular or plural.

    Example:
        >>> counted("task", 1, "en"), counted("task", 7, "en"), counted("task", 7)
        ('1 task', '7 tasks', '7 项任务')
    """
    return word(f"{key}_one" if count == 1 else f"{key}_many", lang, count=count)
