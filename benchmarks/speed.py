"""How fast notices are read: notices per second and core, beside cutting the same bytes into tokens.

    python benchmarks/speed.py [FOLDER]

FOLDER holds `notice.*` files, by default the answered documents of the tests. The peer does the least that any reader
must: lxml parses the markup, a pattern cuts the text into tokens, and nothing is understood. Formats that it cannot
parse (pdf, doc) are left out. Every notice is read once; only one of each format is read before, for the imports.
Seconds are those of the processor, so that other work on the machine hardly counts.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import statistics
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from lxml import etree, html

import pairing_graph as pg
from pairing_graph.base.encodings import encoding_of

ROOT = Path(__file__).parents[1]
NOTICE = ROOT / "data" / "raw" / "wuxi-yuzhong-2022.txt"
RUNS = 20
"""Readings of the 2022 notice, of which the median counts."""
TOKEN = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z]+|\d+(?:\.\d+)?|\S")
SUFFIXES = (".txt", ".csv", ".html", ".docx", ".xlsx")


def tokens(path: Path) -> int:
    """What the peer does: the number of tokens in a file."""
    data = path.read_bytes()
    if path.suffix == ".html":
        text = "\n".join(html.fromstring(data).itertext())
    elif path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(BytesIO(data)) as parts:
            roots = [etree.fromstring(parts.read(name)) for name in parts.namelist() if name.endswith(".xml")]
        text = "\n".join("".join(root.itertext()) for root in roots)
    else:
        text = data.decode(encoding_of(data) or "utf-8")
    return len(TOKEN.findall(text))


def read(path: Path) -> None:
    """What the package does; a notice that it refuses was read as well."""
    with contextlib.suppress(pg.NoticeError):
        pg.read_notice(path)


def seconds(task: Callable[[Path], object], path: Path) -> float:
    begin = time.process_time()
    task(path)
    return time.process_time() - begin


def row(name: str, count: int, ours: float, peer: float) -> str:
    per_second, each = count / ours, ours / count * 1000
    return f"{name:14} {count:7} {per_second:10.1f} {each:9.1f} {peer / count * 1000:9.2f} {ours / peer:7.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "tests" / "data" / "answered")
    files = [file for file in sorted(parser.parse_args().folder.rglob("notice.*")) if file.suffix in SUFFIXES]
    kinds = {suffix: [file for file in files if file.suffix == suffix] for suffix in SUFFIXES}
    for kind in filter(None, kinds.values()):
        for task in (read, tokens):
            task(kind[0])
    print(f"{'notices':14} {'number':>7} {'per second':>10} {'ms each':>9} {'peer, ms':>9} {'ratio':>7}")
    times = {file: (seconds(read, file), seconds(tokens, file)) for file in files}
    for suffix, kind in kinds.items():
        if kind:
            print(row(suffix, len(kind), *map(sum, zip(*(times[file] for file in kind), strict=True))))
    print(row("all", len(files), *map(sum, zip(*times.values(), strict=True))))
    for _ in range(3):
        read(NOTICE)
    pairs = [(seconds(read, NOTICE), seconds(tokens, NOTICE)) for _ in range(RUNS)]
    print(row("2022, warm", 1, *map(statistics.median, zip(*pairs, strict=True))))


if __name__ == "__main__":
    main()
