"""How long the command line takes to answer, beside importing pandas and networkx alone.

    python benchmarks/startup.py

Prints the median of several runs of each, and their ratio; the aim is at most 1.5.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 7
NOTICE = Path(__file__).parents[1] / "data" / "raw" / "wuxi-yuzhong-2022.txt"
PEER = [sys.executable, "-c", "import pandas, networkx"]
OURS = [sys.executable, "-m", "pairing_graph", "workload", str(NOTICE)]


def seconds(command: list[str]) -> float:
    begin = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begin


def main() -> None:
    for command in (PEER, OURS):
        seconds(command)
    pairs = [(seconds(PEER), seconds(OURS)) for _ in range(RUNS)]
    peer, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(ours / peer for peer, ours in pairs)
    print(f"import pandas, networkx: {peer:.2f} s; pairing-graph workload: {ours:.2f} s; ratio {ratio:.2f} (aim: 1.5)")


if __name__ == "__main__":
    main()
