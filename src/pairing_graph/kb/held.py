"""The frames of a knowledge base as its attributes: what is handed out can be changed, what is held cannot.

Measures, page and files of one knowledge base agree only while its tables stay as they are. So a frame is copied when
it goes in and when it goes out. From pandas 3 on such a copy is lazy (copy on write): 10 to 30 µs for a table of any
size, and `kb.tasks["area"] = …`, which would be lost with the copy, is answered by pandas with a ChainedAssignmentError.
A checksum that every measure compares would have to go through all cells each time; frames that refuse to be written to
do not exist in pandas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from pairing_graph.kb.records import Records

_LAZY = int(pd.__version__.partition(".")[0]) >= 3
"""Whether copies share their data until one of them is written to; before pandas 3 the data are copied at once."""


class Held:
    """A table of a knowledge base, as a field of its dataclass; without a frame it is empty.

    It may be given as records, of which a frame is made when one is asked for.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, kb: object, owner: type | None = None) -> pd.DataFrame:
        if kb is None:
            return None  # type: ignore[return-value]  # the default of the field
        held: pd.DataFrame | Records = kb.__dict__[self._name]
        if not isinstance(held, pd.DataFrame):
            held = kb.__dict__[self._name] = held.frame()
        return held.copy(deep=not _LAZY)

    def __set__(self, kb: object, rows: pd.DataFrame | Records | None) -> None:
        if rows is None:
            from pairing_graph.kb.records import records

            rows = records(self._name)
        kb.__dict__[self._name] = rows.copy(deep=not _LAZY) if isinstance(rows, pd.DataFrame) else rows
