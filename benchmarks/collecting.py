"""Many notices by one command: files per second, memory of every process, and the answers held against the known ones.

    python benchmarks/collecting.py [--notices 10000] [--seed 1] [--workers 2]     invented notices with known answers
    python benchmarks/collecting.py --copies 2000                                  the notice of 2022, each its own number

The command is `pairing-graph collect FOLDER --into DIR --loads loads.csv`. Memory is what each process holds itself
(resident set), looked at twice a second; seconds of the processor stand beside those of the clock, since other work on
the machine changes the latter. Folders are made beside this file, which git ignores, and kept.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.generate_collection import generate
from benchmarks.notices.answers import differences

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "generated"
NOTICE = ROOT / "data" / "raw" / "wuxi-yuzhong-2022.txt"
NUMBER = "〔2022〕24号"
IN_A_FOLDER = 500
EVERY = 0.5  # Seconds between two looks at the memory.
SHOWN = 20
"""Differences of a kind that are printed."""
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Watched:
    """What the processes of a command used.

    Attributes:
        parent: The most bytes of the command itself.
        worker: The most bytes of one of its workers.
        seconds: Seconds of the processor, of each process.
    """

    parent: int = 0
    worker: int = 0
    seconds: dict[int, float] = field(default_factory=dict)

    def look(self, pid: int) -> None:
        for process in (pid, *_beneath(pid)):
            try:
                fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue
            used, held = (int(fields[11]) + int(fields[12])) / _TICKS, int(fields[21]) * _PAGE
            self.seconds[process] = used
            if process == pid:
                self.parent = max(self.parent, held)
            else:
                self.worker = max(self.worker, held)


def _beneath(pid: int) -> Iterator[int]:
    """The processes that a process started, and those that these started."""
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(child) for child in task.read_text(encoding="utf-8").split()]
        except OSError:
            continue
        for child in children:
            yield child
            yield from _beneath(child)


def copies(folder: Path, count: int) -> None:
    """The notice of 2022 as often as asked, each with a number of its own."""
    text = NOTICE.read_text(encoding="utf-8")
    for place in range(count):
        file = folder / "notices" / f"{place // IN_A_FOLDER:03d}" / f"{place:06d}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace(NUMBER, f"〔2022〕{place + 1}号", 1), encoding="utf-8")


def collect(folder: Path, workers: int) -> None:
    """Run the command on a folder and print what it took."""
    target = folder / "collection"
    shutil.rmtree(target, ignore_errors=True)
    command = [sys.executable, "-m", "pairing_graph", "collect", str(folder / "notices"), "--into", str(target)]
    command += ["--loads", str(folder / "loads.csv"), "--workers", str(workers)]
    files = sum(1 for file in (folder / "notices").rglob("*") if file.is_file())
    watched, begin = Watched(), time.perf_counter()
    running = subprocess.Popen(command)
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(EVERY):
            watched.look(running.pid)

    watching = threading.Thread(target=watch)
    watching.start()
    code = running.wait()
    ended.set()
    watching.join()
    seconds, used = time.perf_counter() - begin, sum(watched.seconds.values())
    own = watched.seconds.get(running.pid, 0.0)
    print(
        f"{files:,} files in {seconds:.0f} s: {files / seconds:.1f} a second; processor {used:.0f} s, "
        f"{used / files * 1000:.1f} ms a file, of which {own / files * 1000:.1f} ms in the parent; "
        f"memory: parent {watched.parent / 2**20:.0f} MB, worker {watched.worker / 2**20:.0f} MB; exit code {code}"
    )


def compare(folder: Path) -> None:
    """Print what the collection and its loads have otherwise than the known answers."""
    import pairing_graph as pg

    found = differences(folder / "answers", pg.Collection(folder / "collection"), folder / "loads.csv")
    for name, lines in found.items():
        print(f"{name}: {'equal' if not lines else f'{len(lines)} differences'}")
        print("\n".join(lines[:SHOWN]), end="\n" if lines else "")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--notices", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--tasks", type=int, help="tasks of each notice; drawn by default")
    arguments.add_argument("--copies", type=int, help="the notice of 2022, so many times")
    arguments.add_argument("--workers", type=int, default=2)
    asked = arguments.parse_args()
    invented = f"invented-{asked.notices}-{asked.seed}-{asked.tasks or 'drawn'}"
    folder = FOLDER / (f"copies-{asked.copies}" if asked.copies else invented)
    if not (folder / "notices").exists():
        if asked.copies:
            copies(folder, asked.copies)
        else:
            generate(folder, asked.notices, asked.seed, asked.tasks)
    collect(folder, asked.workers)
    if not asked.copies:
        compare(folder)


if __name__ == "__main__":
    main()
