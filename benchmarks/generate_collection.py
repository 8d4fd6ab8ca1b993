"""A folder of invented notices with known answers: real places, many layouts and sizes, a share of them damaged.

    python benchmarks/generate_collection.py FOLDER [--notices 10000] [--seed 1] [--tasks 28] [--damaged 0.03]

FOLDER/notices holds the files by province and year, FOLDER/answers the answers as CSV: what should come of each file,
the assignments, pairings, numbers of targets, and the load of every unit in the country. The same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.notices.answers import Answers
from benchmarks.notices.content import Notice, drawn_tasks, notices
from benchmarks.notices.layouts import drawn_layout, written

DAMAGED = 0.03
"""The share of notices beside which a damaged file lies, one of the kinds."""
KINDS = ("truncated", "empty", "other bytes", "no table", "repeated", "same number")
_PLACE = 2  # Digits of a code that are the province's.


def generate(folder: Path, count: int, seed: int, tasks: int | None = None, damaged: float = DAMAGED) -> Counter[str]:
    """Write notices and their answers.

    Args:
        folder: Where; it must not hold any before.
        count: How many notices; those that are damaged come on top.
        seed: The seed of all that is drawn.
        tasks: The number of tasks of each notice; drawn where none is given.
        damaged: The share of notices that a damaged file lies beside.

    Returns:
        How many files there are of each layout and kind of damage.
    """
    made: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    with Answers(folder / "answers") as answers:
        for index, notice in enumerate(notices(count, seed, tasks)):
            drawing = random.Random(f"{seed}-{index}-file")
            layout = drawn_layout(notice, drawing)
            suffix, data = written(notice, layout, drawing)
            path = _path(notice, index, suffix)
            _write(folder, path, data)
            answers.add_file(path, "read", notice.number, notice, layout)
            answers.add_notice(notice.number, notice)
            made[layout] += 1
            if drawing.random() < damaged:
                kind = drawing.choice(KINDS)
                made[kind] += 1
                for name, other in _beside(kind, path, data, drawing):
                    _write(folder, name, other)
                    answers.add_file(name, "repeated" if kind == "repeated" else "failed",
                                     notice.number if kind == "repeated" else "")  # fmt: skip
                if kind == "same number":
                    _another(folder, answers, notice, index, taken, drawing)
    return made


def _path(notice: Notice, index: int, suffix: str, more: str = "") -> str:
    """Where a file lies; those beside a notice come behind it in the order of names."""
    return f"notices/{notice.place.code[:_PLACE]}/{notice.year}/{index:06d}{more}{suffix}"


def _write(folder: Path, path: str, data: bytes) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def _beside(kind: str, path: str, data: bytes, drawing: random.Random) -> Iterator[tuple[str, bytes]]:
    """The damaged file of a kind: its path and its bytes."""
    stem, _, suffix = path.rpartition(".")
    if kind == "truncated":
        package = data if suffix in ("docx", "xlsx") else b"PK\x03\x04" + data
        yield f"{stem}_cut.docx", package[: len(package) // 2]
    elif kind == "empty":
        yield f"{stem}_empty.{suffix}", b""
    elif kind == "other bytes":
        yield f"{stem}_bytes.{suffix}", drawing.randbytes(4000)
    elif kind == "no table":
        yield f"{stem}_cover.txt", f"各有关单位：\n现将第{stem[-6:]}号附件印发给你们。\n".encode()
    elif kind == "repeated":
        yield f"{stem}_again.{suffix}", data


def _another(
    folder: Path, answers: Answers, notice: Notice, index: int, taken: Counter[str], drawing: random.Random
) -> None:
    """Another notice under the number of one: it is read and kept apart, and reported."""
    other = replace(notice, tasks=drawn_tasks(drawing, notice, len(notice.tasks) + 1))
    layout = drawn_layout(other, drawing)
    suffix, data = written(other, layout, drawing)
    path = _path(other, index, suffix, "_other")
    _write(folder, path, data)
    taken[notice.number] += 1
    document = f"{notice.number}~{taken[notice.number] + 1}"
    answers.add_file(path, "read", document, other, layout)
    answers.add_notice(document, other)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--notices", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--tasks", type=int, help="tasks of each notice, such as 28; drawn by default")
    arguments.add_argument("--damaged", type=float, default=DAMAGED)
    asked = arguments.parse_args()
    if (asked.folder / "notices").exists():
        sys.exit(f"{asked.folder} holds notices already. Name another folder.")
    made = generate(asked.folder, asked.notices, asked.seed, asked.tasks, asked.damaged)
    print(", ".join(f"{number} {name}" for name, number in made.most_common()))


if __name__ == "__main__":
    main()
