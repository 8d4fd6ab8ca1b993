"""A progress bar for long work, in a terminal or a notebook; silent elsewhere."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
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
    with counted(len(items), shown=shown) as seen:
        for number, item in enumerate(items):
            seen(number)
            yield item


@contextmanager
def counted(total: int, *, shown: bool | None = None) -> Iterator[Callable[[int], None]]:
    """A progress bar that is given how many items are done.

    Example:
        >>> with counted(2, shown=False) as seen:
        ...     seen(1)
    """
    if shown is None:
        shown = total > 1 and (sys.stderr.isatty() or _in_notebook())
    if not shown:
        yield lambda done: None
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Without widgets the bar is drawn as text.
        from tqdm.auto import tqdm

        # In a notebook without widgets, standard error would look like a failure.
        bar = tqdm(total=total, unit="file", leave=False, file=sys.stdout if _in_notebook() else sys.stderr)
    with bar:

        def seen(done: int) -> None:
            bar.update(done - bar.n)

        yield seen


def _in_notebook() -> bool:
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return hasattr(shell, "kernel")
