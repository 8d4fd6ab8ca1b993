"""The font that travels in the package."""

from __future__ import annotations

import importlib.util

import pytest
from fontTools.ttLib import TTFont

from pairing_graph.look import style


@pytest.fixture(scope="module")
def characters():
    return set(map(chr, TTFont(style.font_file()).getBestCmap()))


@pytest.fixture(scope="module")
def tool(root):
    spec = importlib.util.spec_from_file_location("subset_font", root / "tools" / "subset_font.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_hanzi_of_gb_2312_is_there(characters):
    hanzi = [
        bytes([row, cell]).decode("gb2312", errors="ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)
    ]
    hanzi = [character for character in hanzi if character]
    assert len(hanzi) == 6763
    assert not set(hanzi) - characters


def test_the_standard_characters_are_8105(characters, tool):
    beyond = set(tool.standard_characters())
    assert len(beyond) == 8105 - 6638  # 6,638 of them stand in GB 2312
    assert not beyond - characters


@pytest.mark.parametrize(
    "text",
    [
        "朱镕基犍为郫都淠河垚喆堃㙍旸骉砼",
        "㎡㎞㈠①⑳Ⅻ№℃‰",
        "〔2022〕《》〈〉「」『』【】·•＋—–…“”‘’　",
        "︐︑︒︓︔︕︖︵︶︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈︱︙",
        "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ",
        "→←↑↓≥≤≠×÷±√∞○●◆◇■□△▲",
        "⼀⼆⼈",
    ],
    ids=["names-and-places", "units-and-numbers", "punctuation", "vertical", "pinyin", "signs", "radicals"],
)
def test_what_notices_hold_has_a_glyph(characters, text):
    assert not set(text) - characters


def test_the_licence_lies_beside_and_its_reserved_name_is_not_used():
    licence = (style.font_file().parent / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name 'Source'" in licence
    names = TTFont(style.font_file())["name"]
    assert names.getDebugName(1) == style.FONT_FAMILY
    assert not any("Source" in names.getDebugName(number) for number in (1, 3, 4, 6))
    assert "Open Font License" in names.getDebugName(13)


def test_the_font_stays_small_enough_for_a_package():
    assert 2_000_000 < style.font_file().stat().st_size < 3_500_000


def test_the_tool_makes_the_same_bytes_out_of_what_it_made(tool, tmp_path):
    tool.subset(style.font_file(), tmp_path / "again.ttf")
    assert (tmp_path / "again.ttf").read_bytes() == style.font_file().read_bytes()
