"""List the tests that take long, so that `make test` can leave them to `make test-all`.

    .venv/bin/python -m pytest -n 2 --junitxml=durations.xml
    .venv/bin/python tools/slow_tests.py durations.xml

A test counts with all its parameters. The list is `tests/slow.txt`; it is made again now and then, not by every change.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

LIST = Path(__file__).parents[1] / "tests" / "slow.txt"
SHARE = 0.15
"""Of the time of all tests, what `make test` may take: all take a quarter of an hour on two cores, a user waits five
minutes, and to find and start the tests takes two of them."""


def seconds_of_tests(report: Path) -> Counter[str]:
    """The seconds of every test, its parameters together, by its id without them.

    Args:
        report: What pytest wrote as JUnit's XML.
    """
    seconds: Counter[str] = Counter()
    for case in ElementTree.parse(report).iter("testcase"):
        module, name = str(case.get("classname")).replace(".", "/"), str(case.get("name")).partition("[")[0]
        if module:
            seconds[f"{module}.py::{name}"] += float(case.get("time", 0))
    return seconds


def slowest(seconds: Counter[str], share: float) -> list[str]:
    """The fewest tests without which the others take no more than a share of the time of all."""
    every, found = sum(seconds.values()), []
    left = every
    for test, taken in seconds.most_common():
        if left <= share * every:
            break
        found.append(test)
        left -= taken
    return sorted(found)


def main() -> None:
    """Write the list out of the report that is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=Path)
    parser.add_argument("--share", type=float, default=SHARE)
    arguments = parser.parse_args()
    found = slowest(seconds_of_tests(arguments.report), arguments.share)
    LIST.write_text("\n".join(found) + "\n", encoding="utf-8")
    print(f"{len(found)} tests: {LIST.relative_to(LIST.parents[1])}")


if __name__ == "__main__":
    main()
