"""`collect` killed at random moments, beside another one, and on a full disk: the end equals an undisturbed run.

    python benchmarks/kills.py [--rounds 20] [--notices 150] [--seed 1]

A round kills the command, one of its workers, or all of them with SIGKILL at a moment that is drawn from the time between
the first sign of the collection and its end; where it had ended by then, another moment is drawn. Then it runs again.
Tables, failures and the file of loads are compared with those of an undisturbed run. Then two commands collect into one
folder at once, and one is run with a limit on the size of files, which ends it as a full disk does.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.generate_collection import generate

FOLDER = Path(__file__).parent / "generated"
VICTIMS = ("the command", "a worker", "all")
COMMIT = 16
"""Notices that are written at a time here, in place of 256, so that a small collection is written in many steps."""
START = f"""
import sys
from pairing_graph.cli.app import main
from pairing_graph.collection import collecting
collecting.COMMIT = {COMMIT}
sys.exit(main())
"""
LARGEST_FILE = 50_000
"""Bytes that a file may have where the disk is full: fewer than the index and the sources take in the end."""
INDEX = "index.sqlite"
_LOOK = 0.01  # Seconds between two looks for it.
_PATIENCE = 600  # Seconds after which a command hangs.


def command(notices: Path, target: Path) -> list[str]:
    """The command that is disturbed."""
    loads = ["--loads", str(target.with_suffix(".csv"))]
    return [sys.executable, "-c", START, "collect", str(notices), "--into", str(target), *loads, "--workers", "2"]


def content(target: Path) -> dict[str, object]:
    """What a collection holds, in an order of its own, with the bytes of its loads."""
    import pairing_graph as pg

    collection = pg.Collection(target)
    rows = {name: sorted(map(repr, relation.fetchall())) for name, relation in collection.tables.items()}
    return {**rows, "failures": collection.failures, "loads": target.with_suffix(".csv").read_bytes()}


def run(notices: Path, target: Path) -> int:
    """Run the command to its end."""
    return subprocess.run(command(notices, target), capture_output=True, timeout=_PATIENCE, check=False).returncode


def killed(notices: Path, target: Path, victim: str, after: float) -> bool:
    """Start the command and kill something of it some seconds after its index is there; whether it still ran then."""
    running = subprocess.Popen(
        command(notices, target), start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _wait_for_index(target, running)
    with contextlib.suppress(subprocess.TimeoutExpired):
        running.wait(after)
        return False
    if victim == "all":
        os.killpg(running.pid, signal.SIGKILL)
    else:
        found = _workers(running.pid) if victim == "a worker" else [running.pid]
        for pid in found[-1:]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    running.wait(_PATIENCE)
    return True


def _wait_for_index(target: Path, running: subprocess.Popen[bytes]) -> None:
    while not (target / INDEX).exists() and running.poll() is None:
        time.sleep(_LOOK)


def _workers(pid: int) -> list[int]:
    """The workers of a command: its youngest children last."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += [int(child) for child in task.read_text(encoding="utf-8").split()]
    return sorted(found)


def twice(notices: Path, target: Path) -> list[int]:
    """Two commands on one folder at the same time; their exit codes."""
    both = [subprocess.Popen(command(notices, target), stdout=subprocess.DEVNULL) for _ in range(2)]
    return [one.wait(_PATIENCE) for one in both]


def on_a_full_disk(notices: Path, target: Path) -> tuple[int, str]:
    """The command where no file can grow beyond a limit: its exit code and what it says."""

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))

    done = subprocess.run(
        command(notices, target), preexec_fn=limited, capture_output=True, text=True, timeout=_PATIENCE, check=False
    )
    return done.returncode, done.stderr.strip().splitlines()[-1] if done.stderr.strip() else ""


def rounds(notices: Path, folder: Path, count: int, seed: int, say: Callable[[str], object] = print) -> int:
    """Kill the command in so many rounds; how many of them ended as an undisturbed run.

    Args:
        notices: The folder of the notices.
        folder: Where the collections are made.
        count: The number of rounds.
        seed: The seed of the moments.
        say: Takes a line for each round.
    """
    drawing = random.Random(seed)
    usual, right = _undisturbed(notices, folder / "undisturbed"), 0
    expected = content(folder / "undisturbed")
    for place in range(count):
        target, victim = folder / f"round-{place}", VICTIMS[place % len(VICTIMS)]
        while True:
            shutil.rmtree(target, ignore_errors=True)
            after = drawing.uniform(0, usual)
            if killed(notices, target, victim, after):
                break
            usual = min(usual, after)
        before = _read_before(target)
        same = run(notices, target) == 0 and content(target) == expected
        right += same
        say(f"{victim} killed after {after:.1f} s, {before} notices kept then: {'equal' if same else 'DIFFERS'}")
    return right


def _undisturbed(notices: Path, target: Path) -> float:
    """Run the command to its end; the seconds from the first sign of the collection on."""
    running = subprocess.Popen(command(notices, target), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _wait_for_index(target, running)
    begin = time.perf_counter()
    running.wait(_PATIENCE)
    return time.perf_counter() - begin


def _read_before(target: Path) -> int:
    import pairing_graph as pg

    with contextlib.suppress(pg.NoticeError):
        return len(pg.Collection(target))
    return 0


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rounds", type=int, default=20)
    arguments.add_argument("--notices", type=int, default=150)
    arguments.add_argument("--seed", type=int, default=1)
    asked = arguments.parse_args()
    folder = FOLDER / "kills"
    shutil.rmtree(folder, ignore_errors=True)
    generate(folder, asked.notices, asked.seed)
    notices = folder / "notices"
    right = rounds(notices, folder, asked.rounds, asked.seed)
    expected = content(folder / "undisturbed")
    codes = twice(notices, folder / "twice")
    print(f"two at once, exit codes {codes}: {'equal' if content(folder / 'twice') == expected else 'DIFFERS'}")
    code, sentence = on_a_full_disk(notices, folder / "full")
    kept = _read_before(folder / "full")
    again = run(notices, folder / "full") == 0 and content(folder / "full") == expected
    print(f"full disk, exit code {code} ({sentence}), {kept} kept, then {'equal' if again else 'DIFFERS'}")
    print(f"{right} of {asked.rounds}")


if __name__ == "__main__":
    main()
