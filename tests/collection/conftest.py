"""Small notices, and collections of them compared."""

from __future__ import annotations

import pytest

import pairing_graph as pg
from pairing_graph.kb.schema import TABLES

NOTICE = """{county}人民政府办公室
关于印发{year}年重点任务分解表的通知
{county}府办发〔{year}〕{number}号

各有关单位：

{year}年重点任务分解表

序号\t任务内容\t牵头单位\t配合单位
1\t新建标准化厂房{number}万平方米\t县发展改革委\t县财政局、县商务委
2\t培训干部{number}0人次\t县人力社保局\t县教委

{county}人民政府办公室
{year}年3月{day}日
"""
COUNTIES = ("巫溪县", "城口县", "奉节县")


def text_of(number: int, county: str = "", year: int = 0) -> str:
    county = county or COUNTIES[number % len(COUNTIES)]
    return NOTICE.format(county=county, year=year or 2021 + number % 2, number=number, day=1 + number % 28)


@pytest.fixture
def notices(tmp_path):
    """A folder with nine notices in two folders, one repeated file and one that cannot be read."""
    folder = tmp_path / "notices"
    for number in range(1, 10):
        path = folder / str(2021 + number % 2) / f"{number:02d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(number), encoding="utf-8")
    (folder / "again.txt").write_text(text_of(3), encoding="utf-8")
    (folder / "letter.txt").write_text("今天没有表。\n", encoding="utf-8")
    return folder


def content(collection: pg.Collection) -> dict[str, list]:
    """The rows of every table, in an order of their own, and the files that failed."""
    rows = {name: sorted(map(repr, relation.fetchall())) for name, relation in collection.tables.items()}
    assert set(rows) == set(TABLES)
    return rows | {"failures": sorted(collection.failures)}
