"""Break notices in thousands of small ways and see that every one is read or refused in a sentence.

    python tools/fuzz.py --count 2000 --keep out/fuzz

A mutant is read in a child process with limits of time and memory; a child that hangs is ended and another one takes
its place. The same seed gives the same mutants. What comes of each:

- read: tables, graph, loads and JSON were made;
- refused: a `NoticeError` said why not;
- traceback: any other exception, or one that no reader foresaw, or tables that break their own schema;
- hang, memory, crash: a limit was reached, or the process died.

The exit code is 1 if there is any but the first two. Refusals that an exception of a doubtful kind stands behind are
listed too: many of one kind are rather a fault of ours than damage.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import importlib
import json
import os
import random
import resource
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mutations import mutant

ROOT = Path(__file__).parents[1]
FOLDERS = ("tests/data/notices", "data/raw", "data/examples")
SUFFIXES = MappingProxyType(
    {"text": ".txt", "html": ".html", "docx": ".docx", "xlsx": ".xlsx", "ofd": ".ofd", "pdf": ".pdf"}
)
NOT_NOTICES = ("registry.txt",)
OUTCOMES = ("read", "refused", "traceback", "hang", "memory", "crash")
GOOD = ("read", "refused")
SECONDS = 10.0
"""Time for one file; the largest notice of the corpus takes about a second."""
MEMORY = 1_000_000_000
"""Bytes for one child with everything that it imports; reading the corpus takes about a fifth of it."""
WORKERS = 2
FILES_PER_WORKER = 300
"""After so many files a child is replaced, so that what libraries keep in memory is not counted against a file."""
START_SECONDS = 60.0
_BATCH = 40
"""Mutants that are held in memory at a time."""
_SECONDS_FOR_PLACE = 0.5
"""Time for a child that hangs to write down where it is."""
_ERRORS = "errors.txt"
_DOUBTFUL = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError)
"""Exceptions that a damaged file may cause, or a fault of ours that is taken for damage."""
_UNFORESEEN = "Unexpected error"
"""How the refusal begins that `read_notice` makes of an exception of a library."""


@dataclass(frozen=True)
class Mutant:
    """A broken document.

    Attributes:
        number: Its number.
        form: Its format.
        base: The document that it was made of.
        changes: What was done to it.
        data: Its bytes.
    """

    number: int
    form: str
    base: Path
    changes: Sequence[str]
    data: bytes


@dataclass(frozen=True)
class Result:
    """What came of a mutant.

    Attributes:
        outcome: One of `OUTCOMES`.
        what: The exception and its place, one behind a refusal too, or where the child was when its time ended.
        seconds: How long it took.
    """

    outcome: str
    what: str = ""
    seconds: float = 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Read mutants, print what came of them, and give the exit code."""
    options = _options(arguments)
    if options.worker:
        serve(options.worker)
        return 0
    results: list[tuple[str, Result]] = []
    told_of: list[tuple[Mutant, Result]] = []
    task = "fuzz:use_and_draw" if options.figures else "fuzz:use"
    for broken, result in run(mutants(options.seed, options.count, options.formats), task, options.seconds):
        results.append((broken.form, result))
        if result.outcome not in GOOD or result.what:
            told_of.append((broken, result))
        if result.outcome not in GOOD and options.keep:
            keep(broken, result, Path(options.keep))
        if len(results) % 100 == 0:
            print(f"{len(results)} of {options.count}", file=sys.stderr)
    print(table(results))
    print(kinds(told_of))
    return int(any(result.outcome not in GOOD for _, result in told_of))


def mutants(seed: int, count: int, formats: Sequence[str] = tuple(SUFFIXES)) -> Iterator[Mutant]:
    """Mutants of the corpus, the formats in turn; each depends on the seed and its number only."""
    bases = {form: documents(form) for form in formats}
    for number in range(count):
        rng = random.Random(f"{seed}:{number}")
        form = formats[number % len(formats)]
        base = rng.choice(bases[form])
        data, changes = mutant(rng, base.read_bytes(), form)
        yield Mutant(number, form, base, changes, data)


def documents(form: str) -> list[Path]:
    """The documents of the corpus in one format."""
    found = [file for folder in FOLDERS for file in (ROOT / folder).rglob(f"*{SUFFIXES[form]}")]
    return sorted(file for file in found if file.name not in NOT_NOTICES)


def run(broken: Iterator[Mutant], task: str, seconds: float = SECONDS) -> Iterator[tuple[Mutant, Result]]:
    """Have every mutant read by one of several children, in order."""
    own = threading.local()
    started: list[Worker] = []

    def read(one: Mutant) -> tuple[Mutant, Result]:
        if not hasattr(own, "worker"):
            own.worker = Worker(task, seconds)
            started.append(own.worker)
        return one, own.worker.read(one.data, SUFFIXES[one.form])

    try:
        with ThreadPoolExecutor(WORKERS) as pool:
            while batch := list(islice(broken, _BATCH)):
                yield from pool.map(read, batch)
    finally:
        for worker in started:
            worker.close()


class Worker:
    """A child process that reads one file after the other.

    Args:
        task: What it does with a file, as `module:function`.
        seconds: How long a file may take.
        memory: Bytes that the child may have.
    """

    def __init__(self, task: str, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self.task = task
        self.seconds = seconds
        self.memory = memory
        self.folder = tempfile.TemporaryDirectory()
        self.count = 0
        self.process: Any = None

    def read(self, data: bytes, suffix: str) -> Result:
        """What comes of a file with these bytes."""
        if self.process is None or self.count >= FILES_PER_WORKER:
            self._start()
        self.count += 1
        file = Path(self.folder.name) / f"mutant{suffix}"
        file.write_bytes(data)
        start = time.monotonic()
        try:
            self.process.stdin.write(str(file).encode() + b"\n")
            self.process.stdin.flush()
            answer = self._answer(self.seconds)
        except TimeoutError:
            return Result("hang", self._place(), time.monotonic() - start)
        except (BrokenPipeError, EOFError):
            return Result("crash", self._last_words(), time.monotonic() - start)
        if answer["outcome"] == "memory":
            self._end()
        return Result(answer["outcome"], answer["what"], time.monotonic() - start)

    def close(self) -> None:
        """End the child."""
        self._end()
        self.folder.cleanup()

    def _start(self) -> None:
        self._end()
        self.count = 0
        command = [sys.executable, str(Path(__file__)), "--worker", self.task]
        paths = [str(ROOT / "src"), str(Path(__file__).parent), *sys.path]
        settings = {
            "PYTHONPATH": os.pathsep.join(filter(None, paths)),
            "FUZZ_MEMORY": str(self.memory),
            # Numerical libraries reserve memory for every thread that they may start.
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            "MPLBACKEND": "agg",
        }
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        with (Path(self.folder.name) / _ERRORS).open("wb") as errors:
            self.process = subprocess.Popen(command, **pipes, stderr=errors, env=os.environ | settings)
        self._answer(START_SECONDS)

    def _answer(self, seconds: float) -> dict[str, str]:
        """A line of the child's.

        Raises:
            TimeoutError: Its time ended before.
            EOFError: It died before.
        """
        if not select.select([self.process.stdout], [], [], seconds)[0]:
            raise TimeoutError(f"The child says nothing for {seconds:g} seconds")
        line = self.process.stdout.readline()
        if not line:
            raise EOFError(f"The child died: {self._errors()}")
        answer: dict[str, str] = json.loads(line)
        return answer

    def _end(self) -> None:
        if self.process is None:
            return
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        self.process = None

    def _errors(self) -> str:
        """What the child wrote on its standard error."""
        return (Path(self.folder.name) / _ERRORS).read_text(encoding="utf-8", errors="replace")

    def _last_words(self) -> str:
        """How a child died."""
        code = self.process.wait()
        self._end()
        return " ".join([f"exit code {code}", *self._errors().splitlines()[:1]])

    def _place(self) -> str:
        """Where a child is that hangs: the innermost frame, and the innermost of the package. It is ended."""
        before = len(self._errors())
        self.process.send_signal(signal.SIGUSR1)
        time.sleep(_SECONDS_FOR_PLACE)
        self._end()
        frames = [line.strip() for line in self._errors()[before:].splitlines() if line.startswith("  File")]
        own = next((frame for frame in frames if "/pairing_graph/" in frame), "")
        return " < ".join(dict.fromkeys(_short(frame) for frame in (*frames[:1], own) if frame))


def _short(frame: str) -> str:
    """A frame without the folders in front of the package."""
    return frame.rpartition("site-packages/")[2].rpartition("pairing_graph/")[2].replace('File "', "").replace('"', "")


def serve(task: str) -> None:
    """Do a task with every file named on the standard input, and say what came of it on the standard output."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    module, _, name = task.partition(":")
    warnings.simplefilter("ignore")
    faulthandler.enable()
    faulthandler.register(signal.SIGUSR1)
    do = getattr(importlib.import_module(module), name)
    limit = int(os.environ["FUZZ_MEMORY"])
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    print(json.dumps({"outcome": "ready"}), file=answers, flush=True)
    for line in sys.stdin:
        outcome, what = outcome_of(do, line.rstrip("\n"))
        print(json.dumps({"outcome": outcome, "what": what}), file=answers, flush=True)


def outcome_of(do: Callable[[str], Any], file: str) -> tuple[str, str]:
    """What comes of a task, and the exception with its place where it is a bad one."""
    from pairing_graph.base.errors import NoticeError, SchemaError

    try:
        do(file)
    except SchemaError as error:
        return "traceback", told(error)
    except NoticeError as error:
        unforeseen = error.__cause__ is not None and str(error).startswith(_UNFORESEEN)
        if unforeseen:
            return "traceback", told(error.__cause__ or error)
        return "refused", told(error.__cause__) if isinstance(error.__cause__, _DOUBTFUL) else ""
    except MemoryError as error:
        return "memory", told(error)
    except Exception as error:  # noqa: BLE001
        return "traceback", told(error)
    return "read", ""


def told(error: BaseException) -> str:
    """An exception in a line, with the innermost place of the package."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "pairing_graph" in Path(frame.filename).parts] or frames
    place = f"{_short(own[-1].filename)}:{own[-1].lineno} {own[-1].name}"
    return f"{type(error).__name__} at {place}: {' '.join(str(error).split())[:160]}"


def use(file: str) -> Any:
    """Read a notice and make what is made of every notice."""
    import pairing_graph as pg
    from pairing_graph.output.tables import json_text

    kb = pg.read_notice(file)
    try:
        pg.build_graph(kb)
        pg.workload(kb)
        json_text(kb)
    except pg.NoticeError as error:
        raise RuntimeError(f"What was read cannot be used: {error}") from error
    return kb


def use_and_draw(file: str) -> None:
    """As `use`, with all figures drawn."""
    import pairing_graph as pg

    kb = use(file)
    with tempfile.TemporaryDirectory() as folder:
        pg.write_figures(kb, folder, formats=("png",))


def keep(broken: Mutant, result: Result, folder: Path) -> Path:
    """Save a mutant with a note of what came of it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{result.outcome}-{broken.number:05}-{broken.base.stem}{SUFFIXES[broken.form]}"
    file.write_bytes(broken.data)
    base = broken.base.relative_to(ROOT) if broken.base.is_relative_to(ROOT) else broken.base
    note = f"{result.what}\nmade of {base} by {', '.join(broken.changes)}\n"
    file.with_name(f"{file.name}.note").write_text(note, encoding="utf-8")
    return file


def table(results: Sequence[tuple[str, Result]]) -> str:
    """How many mutants of each format came to what."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for form, result in results:
        counts[form][result.outcome] += 1
    slowest = {form: max(result.seconds for other, result in results if other == form) for form in counts}
    lines = ["".join(f"{name:>11}" for name in ("format", *OUTCOMES, "slowest"))]
    for form, found in counts.items():
        numbers = "".join(f"{found[outcome]:>11}" for outcome in OUTCOMES)
        lines.append(f"{form:>11}{numbers}{slowest[form]:>10.1f}s")
    return "\n".join(lines)


def kinds(found: Sequence[tuple[Mutant, Result]]) -> str:
    """The outcomes that say more than a word, in lines; the same ones together, with the smallest mutant of each."""
    groups: dict[tuple[str, str, str], list[Mutant]] = defaultdict(list)
    for broken, result in found:
        groups[broken.form, result.outcome, result.what.partition(": ")[0]].append(broken)
    lines = []
    for (form, outcome, what), group in sorted(groups.items(), key=lambda item: -len(item[1])):
        smallest = min(group, key=lambda broken: len(broken.data))
        lines.append(f"{len(group):>5} {form} {outcome}: {what} (smallest: {smallest.number})")
    return "\n".join(lines)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1, help="where chance begins")
    parser.add_argument("--count", type=int, default=2000, help="how many mutants")
    parser.add_argument("--formats", nargs="+", default=list(SUFFIXES), choices=list(SUFFIXES))
    parser.add_argument("--seconds", type=float, default=SECONDS, help="time for one file")
    parser.add_argument("--figures", action="store_true", help="draw the figures too")
    parser.add_argument("--keep", help="a folder for the mutants that came to no good")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
