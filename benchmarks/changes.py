"""How well documents of the corpus are still read after a small change, and what of the loss is silent.

python benchmarks/changes.py [--details]
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests import changes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--details", action="store_true", help="print every change that loses a fact")
    details = parser.parse_args().details
    found: dict[str, list[changes.Outcome]] = defaultdict(list)
    for file in changes.files():
        if changes.reading(file) is None:
            continue
        for make in (changes.heading_changes, changes.table_changes, changes.line_changes):
            for place, (name, document) in enumerate(make(file)):
                outcome = changes.outcome(file, document)
                found[name].append(outcome)
                if details and (outcome.kept < outcome.facts or outcome.invented):
                    where = file.relative_to(changes.CORPUS)
                    print(
                        f"{name:<16} {place:>2} {outcome.kept:>4}/{outcome.facts:<4} +{outcome.invented:<3} silent {outcome.silent:<3} {where}"
                    )
    print(f"{'change':<16} {'copies':>6} {'facts':>7} {'kept':>6} {'invented':>8} {'silent':>7}")
    for name, outcomes in found.items():
        facts = sum(one.facts for one in outcomes)
        kept = sum(one.kept for one in outcomes)
        invented = sum(one.invented for one in outcomes)
        silent = sum(one.silent for one in outcomes)
        print(f"{name:<16} {len(outcomes):>6} {facts:>7} {kept / facts:>6.1%} {invented:>8} {silent:>7}")


if __name__ == "__main__":
    main()
