"""An address has one string form, and parsing inverts it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing_graph.base.errors import NoticeError
from pairing_graph.kb.address import Address, document_id, join, split

counts = st.integers(1, 10_000)
ids = st.text(min_size=1, max_size=12).map(document_id)


@st.composite
def addresses(draw):
    document = draw(ids)
    kind = draw(st.sampled_from(["document", "paragraph", "span", "table", "row", "cell", "item"]))
    if kind == "document":
        return Address(document)
    if kind in ("paragraph", "span"):
        start = draw(counts)
        span = {"start": start, "end": start + draw(st.integers(0, 99))} if kind == "span" else {}
        return Address(document, paragraph=draw(counts), **span)
    parts = ["table", "row", "column", "item"][: ["table", "row", "cell", "item"].index(kind) + 1]
    return Address(document, **{part: draw(counts) for part in parts})


@given(addresses())
def test_parsing_inverts_the_string_form(address):
    assert Address.parse(str(address)) == address


@given(st.lists(addresses(), max_size=4, unique=True))
def test_joined_addresses_split_again(several):
    assert split(join(several)) == several


@given(addresses())
def test_a_place_lies_in_itself_in_its_cell_and_in_its_document(address):
    assert address.holds(address)
    assert address.cell.holds(address)
    assert Address(address.document).holds(address)


@given(st.text(max_size=30))
def test_a_document_id_is_never_empty_and_can_stand_in_an_address(text):
    assert Address.parse(str(Address(document_id(text), paragraph=1))).document == document_id(text)


@pytest.mark.parametrize(
    "text", ["a!", "a!p0", "a!p1:5", "a!p1:9-3", "a!t1c4", "a!t1r2.3", "a!x1", "!p1", "a b!p1", ""]
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(NoticeError):
        Address.parse(text)


@pytest.mark.parametrize(
    ("outer", "inner", "holds"),
    [
        ("a!t1r2", "a!t1r2c3.1", True),
        ("a!t1r2", "a!t1r3c3", False),
        ("a!p4:5-18", "a!p4:6-7", True),
        ("a!p4:5-18", "a!p4", False),
        ("a!t1r2", "b!t1r2c3", False),
        ("a!p4", "a!t4", False),
    ],
)
def test_one_place_holds_another(outer, inner, holds):
    assert Address.parse(outer).holds(Address.parse(inner)) is holds
