"""What a spreadsheet would run: any sign of a formula in front, whatever blanks are before it."""

from __future__ import annotations

import pytest

from pairing_graph.base.safe_cells import is_formula, safe_text


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
@pytest.mark.parametrize("before", ["", " ", "\u3000", "\u200b", "\ufeff", " \u200b "], ids=ascii)
def test_a_sign_with_something_behind_it_is_a_formula(sign, before):
    assert is_formula(f"{before}{sign}1")
    assert is_formula(f"{before}{sign}\n1")
    assert safe_text(f"{before}{sign}1") == f"'{before}{sign}1"


@pytest.mark.parametrize("sign", "\t\r\n", ids=ascii)
def test_a_sign_that_starts_a_cell_of_its_own_is_a_formula(sign):
    assert is_formula(f"{sign}县教委")


@pytest.mark.parametrize("text", ["", "-", "＝", " @", "县-1", "1=1", "'=1", "（=1）", "县教委\n=1"], ids=ascii)
def test_anything_else_is_text_and_stays_as_it_is(text):
    assert not is_formula(text)
    assert safe_text(text) == text
