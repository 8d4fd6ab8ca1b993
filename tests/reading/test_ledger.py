"""The ledger of the tests finds a builder that claims what it did not read."""

from __future__ import annotations

import pytest

import pairing_graph as pg
from pairing_graph.kb.address import Address
from pairing_graph.reading.builder import Builder
from tests.ledger import claimed_without_a_row, unaccounted
from tests.rendering import table, to_docx

ROWS = table(
    ["序号", "工作任务", "牵头单位", "神秘栏", "备注"],
    ["1", "办好学校", "县教委", "紫色方案甲", "续建"],
    ["2", "修通公路", "县交通局", "绿色方案乙", ""],
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(to_docx(["县里的安排", ROWS, "这一段话不属于任何表格。"]))
    return path


def test_an_honest_reading_closes_the_ledger(file):
    kb = pg.read_notice(file)
    assert list(unaccounted(kb)) == []
    assert list(claimed_without_a_row(kb)) == []


@pytest.mark.parametrize("table", ["tasks", "assignments", "pairings"])
def test_a_builder_that_claims_every_unused_cell_is_found(file, monkeypatch, table):
    def claim(builder):
        for address, _, _ in builder.document.pieces(builder.id):
            if str(address) not in builder.uses:
                builder.use(address, table)

    monkeypatch.setattr(Builder, "_account_for_the_rest", claim)
    kb = pg.read_notice(file)
    assert list(unaccounted(kb)) == []
    found = "\n".join(claimed_without_a_row(kb))
    for place in ("t1r2c4", "t1r3c4"):
        assert f"a!{place} → {table}" in found
    assert f"a!p3 → {table}" in found or f"a!p2 → {table}" in found


def test_a_cell_that_is_cited_but_whose_words_are_lost_is_found(file, monkeypatch):
    honest = Builder.add

    def shortened(builder, table, *places, **values):
        if table == "assignments":
            values["as_written"] = values["as_written"][:2]
        honest(builder, table, *places, **values)

    monkeypatch.setattr(Builder, "add", shortened)
    assert list(claimed_without_a_row(pg.read_notice(file))) == ["a!t1r2c3: 县教委", "a!t1r3c3: 县交通局"]


def test_a_row_below_does_not_stand_for_a_cell_above(file, monkeypatch):
    honest = Builder.add

    def claiming(builder, table, *places, **values):
        honest(builder, table, *places, **values)
        builder.use(Address(builder.id, table=1, row=2, column=3), "tasks")

    monkeypatch.setattr(Builder, "add", claiming)
    assert list(claimed_without_a_row(pg.read_notice(file))) == ["a!t1r2c3 → tasks"]
