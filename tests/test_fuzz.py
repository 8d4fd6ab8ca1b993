"""The script that breaks notices: chance is repeatable, and every way of failing is told from the others."""

from __future__ import annotations

import random
import re
import warnings
from itertools import islice

import pytest

import pairing_graph as pg

pytest.importorskip("resource", reason="limits of memory are set the way of Unix")

FAKE = """
import time
from pairing_graph.base.errors import LayoutError, SchemaError

def read(file): pass
def refused(file): raise LayoutError("Nothing is understood.")
def schema(file): raise SchemaError("A column lacks.")
def traceback(file): raise KeyError(open(file).read())
def hang(file): time.sleep(60)
def memory(file): bytearray(10**10)
def crash(file): import os; os.abort()
def second_only(file):
    if open(file).read() == "first": time.sleep(60)
"""


@pytest.fixture
def fuzz(root, monkeypatch):
    monkeypatch.syspath_prepend(root / "tools")
    import fuzz

    return fuzz


@pytest.fixture
def mutations(root, monkeypatch):
    monkeypatch.syspath_prepend(root / "tools")
    import mutations

    return mutations


@pytest.fixture
def fake(fuzz, tmp_path, monkeypatch):
    """A child whose task is a function of `FAKE`."""
    (tmp_path / "fakereader.py").write_text(FAKE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    workers = []

    def started(name, seconds=20.0):
        workers.append(fuzz.Worker(f"fakereader:{name}", seconds))
        return workers[-1]

    yield started
    for worker in workers:
        worker.close()


def test_the_same_seed_gives_the_same_mutants(fuzz):
    first, again, other = (
        [(mutant.form, mutant.changes, mutant.data) for mutant in fuzz.mutants(seed, 40)] for seed in (7, 7, 8)
    )
    assert first == again != other


def test_a_mutant_depends_on_its_number_and_not_on_how_many_are_made(fuzz):
    assert next(islice(fuzz.mutants(7, 40), 5, None)) == list(fuzz.mutants(7, 6))[-1]


def test_mutants_differ_from_their_documents(fuzz):
    broken = list(fuzz.mutants(7, 40))
    assert sum(mutant.data != mutant.base.read_bytes() for mutant in broken) > 30


@pytest.mark.parametrize("level", ["TEXT", "MARKUP", "XML", "BYTES", "PDF"])
@pytest.mark.parametrize("sample", ["x", "\n", "<a b='1'>（二）<c/></a>\n1 0 obj"], ids=["letter", "blank", "mixed"])
def test_every_mutator_takes_whatever_it_is_given_and_repeats_itself(mutations, level, sample):
    given = sample.encode() if level in ("BYTES", "PDF") else sample
    for mutator in getattr(mutations, level):
        assert mutator(random.Random(3), given) == mutator(random.Random(3), given)


def test_mutants_are_read_or_refused(fuzz, tmp_path):
    outcomes = []
    for mutant in fuzz.mutants(204, 24, ("text", "html", "docx", "xlsx")):
        file = tmp_path / f"mutant{fuzz.SUFFIXES[mutant.form]}"
        file.write_bytes(mutant.data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            outcomes.append((*fuzz.outcome_of(fuzz.use, str(file)), mutant.number))
    assert [bad for bad in outcomes if bad[0] not in fuzz.GOOD] == []
    assert {outcome for outcome, _, _ in outcomes} == set(fuzz.GOOD)


def test_a_refusal_for_an_exception_that_may_be_our_fault_says_which(fuzz):
    def doubtful(_):
        try:
            [][1]
        except IndexError as error:
            raise pg.FileError("The file is damaged.") from error

    outcome, what = fuzz.outcome_of(doubtful, "a.txt")
    assert outcome == "refused"
    assert what.startswith("IndexError at ")


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("read", "read"),
        ("refused", "refused"),
        ("schema", "traceback"),
        ("traceback", "traceback"),
        ("memory", "memory"),
        ("crash", "crash"),
    ],
)
def test_what_comes_of_a_file_is_told(fake, name, outcome):
    assert fake(name).read(b"x", ".txt").outcome == outcome


def test_an_exception_is_told_with_its_place(fake):
    assert re.match(r"KeyError at .*fakereader\.py:\d+ traceback: 'x'", fake("traceback").read(b"x", ".txt").what)


def test_an_exception_that_no_reader_foresaw_is_a_traceback(fuzz, notice, monkeypatch):
    def broken(*_):
        raise IndexError("list index out of range")

    monkeypatch.setattr("pairing_graph.reading.notices._read_document", broken)
    outcome, what = fuzz.outcome_of(fuzz.use, str(notice))
    assert outcome == "traceback"
    assert what.startswith("IndexError at ")


def test_a_child_that_hangs_is_ended_and_the_next_file_is_read(fake):
    worker = fake("second_only", seconds=1.0)
    results = [worker.read(data, ".txt") for data in (b"first", b"second")]
    assert [result.outcome for result in results] == ["hang", "read"]
    assert "second_only" in results[0].what


def test_the_table_counts_and_the_exit_code_tells(fuzz, monkeypatch, capsys, tmp_path):
    outcomes = iter(["read", "refused", "traceback", "hang"])
    monkeypatch.setattr(fuzz, "run", lambda broken, *_: ((one, fuzz.Result(next(outcomes), "x")) for one in broken))
    code = fuzz.main(["--count", "4", "--formats", "text", "--keep", str(tmp_path)])
    printed = capsys.readouterr().out
    assert code == 1
    assert printed.splitlines()[1].split()[:5] == ["text", "1", "1", "1", "1"]
    assert sorted(file.name.split("-")[0] for file in tmp_path.glob("*.txt")) == ["hang", "traceback"]
