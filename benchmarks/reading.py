"""How much of answered documents is read: right, missing and invented facts, and what went missing in silence.

    python benchmarks/reading.py FOLDER [--details]

FOLDER holds a folder per document, as `tests/answers.py` describes it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.answers import FACTS, count_facts, score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--details", action="store_true", help="print every wrong fact")
    arguments = parser.parse_args()
    sums: dict[str, Counter[str]] = {name: Counter() for name in FACTS}
    silent = facts = 0
    by_document: list[float] = []
    for file in sorted(arguments.folder.rglob("notice.*")):
        found = score(file)
        facts += sum(sum(found["wanted"][name].values()) for name in FACTS)
        silent += len(found["silent"])
        line = []
        right = wrong = 0
        for name in FACTS:
            counted = count_facts(found["wanted"][name], found["got"][name])
            sums[name].update(counted)
            if name in ("assignments", "pairings"):
                right, wrong = right + counted["right"], wrong + counted["missing"] + counted["invented"]
            line.append(f"{name[:7]} {counted['right']}/-{counted['missing']}/+{counted['invented']}")
        by_document.append(2 * right / (2 * right + wrong) if right + wrong else 1.0)
        doubts = found["doubts"]
        print(
            f"{by_document[-1]:.2f} {file.parent.name[:34]:<34} {'  '.join(line)}  silent {len(found['silent'])} doubts {doubts}"
        )
        if arguments.details:
            _print_details(found)
    print()
    for name in FACTS:
        print(f"{name:<12} {_ratios(sums[name])}")
    both = sums["assignments"] + sums["pairings"]
    print(f"{'asg + pairs':<12} {_ratios(both)}")
    print(f"mean F1 of documents (assignments and pairings) {sum(by_document) / len(by_document):.3f}")
    print(f"silent misses {silent} of {facts} facts ({silent / facts:.1%})")


def _ratios(counts: Counter[str]) -> str:
    right, missing, invented = counts["right"], counts["missing"], counts["invented"]
    precision = right / (right + invented) if right + invented else 1.0
    recall = right / (right + missing) if right + missing else 1.0
    f1 = 2 * right / (2 * right + missing + invented) if right + missing + invented else 1.0
    return f"right {right:>5}  missing {missing:>4}  invented {invented:>4}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"


def _print_details(found: dict) -> None:
    if "error" in found:
        print("     ", found["error"])
    for name in FACTS:
        for sign, facts in (
            ("-", found["wanted"][name] - found["got"][name]),
            ("+", found["got"][name] - found["wanted"][name]),
        ):
            for fact in sorted(facts):
                print(
                    f"      {sign} {name}: {fact}{'  SILENT' if sign == '-' and (name, fact) in found['silent'] else ''}"
                )


if __name__ == "__main__":
    main()
