"""Work in parallel processes, results in order; a process that is killed takes one piece of work with it at the most."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

from pairing_graph.base.extras import require

Item = TypeVar("Item")
Result = TypeVar("Result")
AHEAD = 3
"""Pieces of work for each process that wait while the oldest is awaited: enough to keep all busy, few to keep in memory."""
MOST_KILLS = 2
"""How often a process may die over one item alone: once may be the machine, twice is the work."""
_IDLE = 10  # Seconds after which an idle process ends.


@dataclass
class _Piece(Generic[Item]):
    items: tuple[Item, ...]
    kills: int = 0
    future: Any = None
    suspect: bool = False


def _leave_interrupts() -> None:
    """Let an interruption (Ctrl-C), which a terminal sends to all processes of a command, end the first of them alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def in_order(
    work: Callable[[Sequence[Item]], Result],
    pieces: Iterable[Sequence[Item]],
    *,
    workers: int,
    killed: Callable[[Item], Result],
) -> Iterator[Result]:
    """The result of each piece of work, in order.

    Args:
        work: What is done with the items of a piece; it can be sent to another process.
        pieces: The pieces; only so many are taken as are being worked on.
        workers: The number of processes; 1 works in this one.
        killed: The result for an item over which a process died each time.

    Yields:
        A result for each piece, or, where a process died over a piece, one for each of its items.
    """
    if workers == 1:
        for items in pieces:
            yield work(items)
        return
    loky = require("loky", "collection", "Reading in parallel")
    queue: deque[_Piece[Item]] = deque()
    waiting = iter(pieces)
    while True:
        wanted = workers * AHEAD - len(queue)
        queue.extend(_Piece(tuple(items)) for items in islice(waiting, max(wanted, 0)))
        if not queue:
            return
        try:
            executor = loky.get_reusable_executor(max_workers=workers, timeout=_IDLE, initializer=_leave_interrupts)
            alone = any(piece.suspect for piece in queue)
            for piece in [queue[0]] if alone else queue:
                if piece.future is None:
                    piece.future = executor.submit(work, piece.items)
            result = queue[0].future.result()
        except loky.process_executor.BrokenProcessPool:
            yield from _after_a_death(queue, killed)
        except KeyboardInterrupt:
            loky.get_reusable_executor(reuse=True).shutdown(wait=False, kill_workers=True)
            raise
        else:
            queue.popleft()
            yield result


def _after_a_death(queue: deque[_Piece[Item]], killed: Callable[[Item], Result]) -> Iterator[Result]:
    """Do again what was not done; one piece of several is at fault, nobody knows which, so each is done alone."""
    oldest, was_alone = queue[0], queue[0].suspect
    for piece in queue:
        if piece.future is not None and not (piece.future.done() and piece.future.exception() is None):
            piece.future, piece.suspect = None, True
    if not was_alone:
        return
    queue.popleft()
    if len(oldest.items) > 1:
        queue.extendleft(_Piece((item,), suspect=True) for item in reversed(oldest.items))
    elif oldest.kills + 1 < MOST_KILLS:
        queue.appendleft(_Piece(oldest.items, oldest.kills + 1, suspect=True))
    else:
        yield killed(oldest.items[0])
