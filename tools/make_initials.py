"""Write the first letters of the readings of Chinese signs: lexicon/initials.csv and lexicon/initials_of_words.csv.

    pip install pypinyin; python tools/make_initials.py

The page finds a unit by the first letters of its name (fgw for 发改委). Tables of 30 kB do for that: pypinyin (MIT, like
its data) takes half a second to load its dictionaries, which every page would wait for. Signs are those of GB 2312 and
of the gazetteer; words are those of the lexicon and of the names of places in which a sign is read otherwise (银行).
"""

from __future__ import annotations

import csv
import lzma
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.constants import PHRASES_DICT

PACKAGE = Path(__file__).parents[1] / "src" / "pairing_graph"
COMMON = (
    "银行",
    "会计",
    "重庆",
    "调查",
    "调研",
    "调解",
    "单县",
    "省会",
    "音乐",
    "行业",
    "校长",
    "增长",
    "供给",
    "地质调查",
)
"""Words of names that the gazetteer need not have."""
LONGEST = 4
NO_READING = "嗯呣呒"
"""Signs whose reading has no usual first letter."""


def signs_of_gb2312() -> Iterable[str]:
    """The Chinese signs of GB 2312, those in use everywhere."""
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes((row, cell)).decode("gb2312")
            except UnicodeDecodeError:
                continue


def names() -> str:
    """The names that are searched: of places, and of bodies in the lexicon."""
    places = (PACKAGE / "places" / "regions.csv").read_text(encoding="utf-8")
    places += lzma.decompress((PACKAGE / "places" / "townships.csv.xz").read_bytes()).decode("utf-8")
    tables = ("lines", "kinds", "same_names", "aliases", "collectives")
    return "\n".join([places, *COMMON, *((PACKAGE / "lexicon" / f"{name}.csv").read_text("utf-8") for name in tables)])


def initial(sign: str) -> str:
    """The first letter of the usual reading of a sign, without its tone."""
    found = pinyin(sign, style=Style.NORMAL, errors="ignore")
    return found[0][0][:1].translate(str.maketrans("āáǎàēéěèōóǒò", "aaaaeeeeoooo")) if found else ""


def write(name: str, header: tuple[str, str], rows: Iterable[tuple[str, str]]) -> None:
    """Write a table of the lexicon."""
    with (PACKAGE / "lexicon" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(header)
        table.writerows(rows)


def main() -> None:
    """Write both tables."""
    text = names()
    known: dict[str, str] = {}
    for sign in sorted({*signs_of_gb2312(), *(sign for sign in text if "\u4e00" <= sign <= "\u9fff")}):
        letter = initial(sign)
        if letter.isascii() and letter.isalpha() and sign not in NO_READING:
            known[sign] = letter
    by_letter = defaultdict(list)
    for sign, letter in known.items():
        by_letter[letter].append(sign)
    write("initials", ("initial", "signs"), ((letter, "".join(by_letter[letter])) for letter in sorted(by_letter)))
    words = {}
    for word in dict.fromkeys([*PHRASES_DICT, *COMMON]):
        if 2 <= len(word) <= LONGEST and word in text and all(sign in known for sign in word):
            read = "".join(part[:1] for part in lazy_pinyin(word))
            if len(read) == len(word) and read.isascii() and read != "".join(known[sign] for sign in word):
                words[word] = read
    write("initials_of_words", ("word", "initials"), sorted(words.items()))
    print(f"{len(known)} signs, {len(words)} words")


if __name__ == "__main__":
    main()
