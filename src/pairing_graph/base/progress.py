"""A progress bar for long work, in a terminal or a notebook; silent elsewhere."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def watched(items: Sequence[Item], *, shown: bool | None = None) -> Iterator[Item]:
    """Go through items with a progress bar.

    Args:
        items: The items.
        shown: Whether the bar is shown; by default in a terminal or notebook, where there is more than one item.

    Example:
        >>> list(watched([1, 2], shown=False))
        [1, 2]
    """
    if shown is None:
        shown = len(items) > 1 and (sys.stderr.isatty() or _in_notebook())
    if not shown:
        yield from items
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Without widgets the bar is drawn as text.
        from tqdm.auto import tqdm

        # In a notebook without widgets, standard error would look like a failure.
        bar = tqdm(items, unit="file", leave=False, file=sys.stdout if _in_notebook() else sys.stderr)
    yield from bar


def _in_notebook() -> bool:
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return hasattr(shell, "kernel")
