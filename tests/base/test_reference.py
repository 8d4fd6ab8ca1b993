"""The tables of the package: a row that does not fit its columns is refused, not cut."""

import csv
from importlib import resources

import pytest

from pairing_graph.base.errors import FileError
from pairing_graph.base.reference import reference, rows_of
from pairing_graph.base.words import word


def test_a_cell_with_a_bare_comma_is_refused_with_its_line() -> None:
    with pytest.raises(FileError, match=r"words\.csv, line 3\. Expected: 3 cells\. Got: 4\. .*quotes"):
        rows_of('word,en,zh\na,"one, two",甲\nb,three,种子, 次序\n', "words.csv")


def test_all_rows_that_do_not_fit_are_named_at_once() -> None:
    with pytest.raises(FileError) as refused:
        rows_of("word,en\na\nb,c,d\n", "t.csv")
    assert [complaint.where for complaint in refused.value.complaints] == ["t.csv, line 2", "t.csv, line 3"]


def test_every_table_of_the_package_fits_its_columns() -> None:
    for file in resources.files("pairing_graph").joinpath("lexicon").iterdir():
        if file.name.endswith(".csv"):
            table = file.name.removesuffix(".csv")
            with resources.as_file(file) as path, path.open(encoding="utf-8", newline="") as lines:
                assert list(reference(table)) == list(csv.DictReader(lines)), table


def test_the_formula_of_the_drawn_mean_is_whole_in_chinese() -> None:
    assert word("explain.congruence.expected", "zh").endswith("default_rng([种子, 有结对的文件中的次序，自 0 起])")
