"""Work in processes: results in order; a death costs the piece that caused it, nothing else."""

from __future__ import annotations

import os
import signal
import time

from pairing_graph.collection.pool import in_order


def doubled(items):
    if "slow" in items:
        time.sleep(1)
    if "deadly" in items:
        os.kill(os.getpid(), signal.SIGKILL)
    return [item * 2 for item in items]


def lost(item):
    return [f"lost {item}"]


def test_results_come_in_order():
    pieces = [[str(n), "x"] for n in range(20)]
    found = list(in_order(doubled, pieces, workers=2, killed=lost))
    assert found == [doubled(piece) for piece in pieces]


def test_only_the_item_over_which_processes_die_is_lost():
    pieces = [["a", "b"], ["c", "deadly", "d"], ["e"], ["f"]]
    found = [item for result in in_order(doubled, pieces, workers=2, killed=lost) for item in result]
    assert found == ["aa", "bb", "cc", "lost deadly", "dd", "ee", "ff"]


def test_what_was_at_work_beside_a_death_is_not_blamed():
    pieces = [["slow"], ["deadly"], ["a"], ["slow", "b"], ["deadly", "c"]]
    found = [item for result in in_order(doubled, pieces, workers=2, killed=lost) for item in result]
    assert found == ["slowslow", "lost deadly", "aa", "slowslow", "bb", "lost deadly", "cc"]


def test_no_more_is_taken_than_is_worked_on():
    taken = []

    def pieces():
        for number in range(100):
            taken.append(number)
            yield [str(number)]

    results = in_order(doubled, pieces(), workers=2, killed=lost)
    next(results)
    assert len(taken) < 10
    results.close()
