"""Errors as sentences: each part ends once, whatever it was made of."""

from __future__ import annotations

import pytest

from pairing_graph.base.errors import Complaint, NoticeError


def test_an_error_within_another_ends_with_one_full_stop():
    inner = NoticeError(Complaint("The file is empty", "a.txt", advice="Save it again."))
    outer = Complaint("A notice cannot be read", "b", got=str(inner), advice="Look at its rows.")
    expected = (
        "A notice cannot be read. Where: b. Got: The file is empty. Where: a.txt. Save it again. Look at its rows."
    )
    assert str(outer) == expected


@pytest.mark.parametrize("part", ["where", "expected", "got", "advice"])
@pytest.mark.parametrize("words", ["空文件。", "Did you mean a?", "a sentence."])
def test_a_part_that_ends_as_a_sentence_has_no_further_full_stop(part, words):
    assert f"{words}." not in str(Complaint("Wrong", **{part: words}))
    assert str(Complaint(words)).rstrip(".") == words.rstrip(".")
