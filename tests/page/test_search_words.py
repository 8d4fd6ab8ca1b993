"""What a unit is searched by: readings as a dictionary gives them, abbreviations as the reviewed tables do."""

from __future__ import annotations

import pytest

from pairing_graph.base.reference import reference
from pairing_graph.page.search_words import abbreviation, first_letters


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("发改委", "fgw"),
        ("行政审批局", "xzspj"),
        ("重庆银行", "cqyh"),
        ("会计局", "kjj"),
        ("西藏自治区", "xzzzq"),
        ("朝天门街道", "ctmjd"),
        ("ＣＢＤ管委会", "cbdgwh"),
        ("", ""),
    ],
)
def test_first_letters_follow_the_reading_in_the_word(text, letters):
    assert first_letters(text) == letters


def test_every_sign_has_one_letter():
    rows = reference("initials")
    signs = "".join(row["signs"] for row in rows)
    assert len(signs) == len(set(signs)) > 6700
    assert "".join(row["initial"] for row in rows) == "abcdefghjklmnopqrstwxyz"
    assert all(len(row["word"]) == len(row["initials"]) for row in reference("initials_of_words"))


@pytest.mark.parametrize(
    ("name", "short"),
    [("县发展改革委", "县发改委"), ("区卫生健康委", "区卫健委"), ("县商务委", ""), ("县财政局", ""), ("", "")],
)
def test_an_abbreviation_is_shorter_and_keeps_the_level(name, short):
    assert abbreviation(name, ["甲县"]) == short
