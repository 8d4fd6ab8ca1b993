"""Townships whose names look like something else: like their county, like a collective, like a body with a place within."""

from __future__ import annotations

import pytest

import pairing_graph as pg
from pairing_graph.reading.names import is_collective

TEXT = """南浔区·松潘县2022年部门街镇结对帮扶表

序号\t帮扶单位\t受帮扶单位
1\t区财政局\t县财政局
2\t南浔镇\t红土镇
3\t练市镇\t青云镇
"""


def test_the_seat_of_a_county_that_bears_its_name_is_the_countys(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    kb = pg.read_notice(file)
    assert kb.pairings["donor"].tolist() == ["南浔区财政局", "南浔区南浔镇", "南浔区练市镇"]
    assert kb.units.set_index("unit").loc["南浔区南浔镇", ["name", "region"]].tolist() == ["南浔镇", "南浔区"]


def test_a_sign_of_a_level_that_begins_a_township_is_part_of_its_name(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(
        TEXT.replace("松潘县", "竹溪县").replace("红土镇", "县河镇").replace("青云镇", "中峰镇"), encoding="utf-8"
    )
    recipients = pg.read_notice(file).pairings["recipient"].tolist()
    assert recipients == ["竹溪县财政局", "竹溪县县河镇", "竹溪县中峰镇"]


def test_a_township_that_begins_like_another_county_is_its_own_countys(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(
        TEXT.replace("南浔区", "溧阳市").replace("区财", "市财").replace("南浔镇", "古县街道"), encoding="utf-8"
    )
    assert pg.read_notice(file).pairings["donor"].tolist()[1] == "溧阳市古县街道"


@pytest.mark.parametrize("name", ["羊街镇", "索镇街道", "肥乡镇", "大孙各庄镇", "新镇街道"])
def test_a_township_is_no_collective(name):
    assert not is_collective(name)
