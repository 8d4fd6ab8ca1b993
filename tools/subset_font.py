# /// script
# dependencies = ["fonttools>=4.54"]
# ///
"""Make the font that travels in the package: `python tools/subset_font.py NotoSansSC-Regular.ttf`.

The full Noto Sans SC has 30,000 characters in 10.6 MB. The subset keeps what an official notice can hold: GB 2312, all
8,105 characters of 通用规范汉字表 (its third level is the characters of personal and place names), pinyin, numbers in
circles, units of measure, punctuation upright and vertical. Hinting and layout features are dropped: figures are drawn
as outlines. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "pairing_graph" / "look" / "fonts" / "NotoSansSC-Regular.ttf"
STANDARD_CHARACTERS = Path(__file__).with_name("standard_characters.txt")
FAMILY = "Noto Sans SC Subset"
RANGES = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin-1 and Extended-A
    (0x01CD, 0x01DC),  # the third tone of pinyin
    (0x2000, 0x22FF),  # punctuation, numerals, arrows, mathematics
    (0x2460, 0x25FF),  # numbers in circles, lines, shapes
    (0x2E80, 0x2FDF),  # radicals, which PDF files give for characters
    (0x3000, 0x303F),  # Chinese punctuation
    (0x3200, 0x33FF),  # numbers in brackets, months, square units (㎡)
    (0xFE10, 0xFE4F),  # punctuation for vertical lines
    (0xFF00, 0xFFEF),  # full-width forms
)
DROPPED_TABLES = ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "gasp", "prep", "vhea", "vmtx"]
# The subset goes by a name of its own, so that a full Noto Sans SC on the same machine is never taken for it.
NAMES = {1: FAMILY, 3: "NotoSansSCSubset-Regular;pairing-graph", 4: f"{FAMILY} Regular", 6: "NotoSansSCSubset-Regular"}
KEPT_NAMES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14]


def gb2312() -> Iterator[str]:
    """Every character of GB 2312: 6,763 hanzi and 682 symbols, kana, Greek and Cyrillic letters."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            yield from bytes([row, cell]).decode("gb2312", errors="ignore")


def standard_characters() -> Iterator[str]:
    """The characters of 通用规范汉字表 that GB 2312 lacks."""
    for line in STANDARD_CHARACTERS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield from line


def wanted() -> set[int]:
    """The code points that the subset keeps, as far as the full font has them."""
    points = {ord(character) for characters in (gb2312(), standard_characters()) for character in characters}
    return points.union(*(range(first, last + 1) for first, last in RANGES))


def subset(full: Path, target: Path) -> None:
    """Write the subset of a TrueType font."""
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = KEPT_NAMES
    options.drop_tables += DROPPED_TABLES
    options.recalc_timestamp = False
    font = TTFont(full, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)
    for number, text in NAMES.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target, reorderTables=True)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Make the font that travels in the package.")
    parser.add_argument("full", type=Path, help="NotoSansSC-Regular.ttf, the static font with TrueType outlines")
    parser.add_argument("--out", type=Path, default=TARGET, help="where the subset goes")
    arguments = parser.parse_args()
    subset(arguments.full, arguments.out)


if __name__ == "__main__":
    main()
