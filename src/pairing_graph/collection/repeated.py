"""Notices of a collection that were found again: under the same number, or with nearly the same words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from pairing_graph.base.errors import Complaint, UnknownNameError
from pairing_graph.base.extras import require
from pairing_graph.collection.index import Index
from pairing_graph.collection.selecting import Part, part_of_folder

COLUMNS = (
    "kept", "repeated", "basis", "score", "facts_kept", "facts_repeated", "file_kept", "file_repeated", "decision",
)  # fmt: skip
ALIKE = 97.0
"""Score from which two texts are one notice's. The notice of 2022 and the invented one of the year after, which are two
notices with the same headings, have 95.4; a text that only changed its format has 100."""
SKETCH = 4
"""Smallest checksums of a notice's tasks that are compared (bottom-k sketch, Broder 1997): two notices of which nine tasks
in ten are the same, J = 0.82, have one of four in common with a probability of 1 − (1 − J)⁴ = 99.9 %."""
MOST_IN_A_BLOCK = 50
"""Notices with the same region, year and checksum, or the same number, that are compared with one another; of more, which a
template for many notices makes, none is, and `attrs` says so."""
METHOD = "rapidfuzz.fuzz.ratio of the words of tasks and pairings, letters and digits only"
_PLAIN = r"regexp_replace({0}, '[^\p{{L}}\p{{N}}]', '', 'g')"


def repeated_notices(folder: Path, alike: float) -> pd.DataFrame:
    """Pairs of notices that are probably one; see `Collection.repeated`.

    Raises:
        UnknownNameError: The score is none.
        MissingExtraError: RapidFuzz is not installed.
    """
    if not 0 < alike <= 100:
        raise UnknownNameError(Complaint("This is no score", "alike", "more than 0, at most 100", repr(alike)))
    part = part_of_folder(folder)
    with Index(folder) as index:
        names = {code: name for name, code in index.live_documents()}
        files = dict(reversed(index.paths_of(names)))
        same_bytes = index.same_bytes()
    pairs, left_out = _candidates(part) if names else ({}, 0)
    texts, facts = _texts(part, sorted({code for pair in pairs for code in pair}))
    scored = list(_scored(pairs, texts, alike))
    rows = [
        {
            "kept": names[one], "repeated": names[other], "basis": basis, "score": score,
            "facts_kept": facts[one], "facts_repeated": facts[other],
            "file_kept": files[one], "file_repeated": files[other], "decision": "",
        }
        for one, other, basis, score in (_ordered(pair, facts) for pair in scored)
    ]  # fmt: skip
    rows += list(_same_bytes(same_bytes, files, names))
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"score": "float64"})
    table = table.sort_values(["score", "kept", "repeated"], ascending=[False, True, True], ignore_index=True)
    table.attrs = {"method": METHOD, "alike": alike, "left_out": left_out}
    return table


def number_repeated(folder: Path) -> int:
    """How many notices have the number of another, or all its words in the same year and region, at one look.

    `repeated_notices` finds more: those of which some words differ.

    Raises:
        FileError: It is no collection.
    """
    part = part_of_folder(folder)
    documents, items = part.rows("documents"), _items(part)
    if not documents:
        return 0
    # the words themselves, put together for each notice, would fill the memory
    whole = (
        f"SELECT document_code, concat(bit_xor(hash(kind, row, words)), '/', count(*)) AS mark FROM ({items}) "
        "WHERE words <> '' GROUP BY document_code"
        if items
        else "SELECT NULL::BIGINT AS document_code, '' AS mark WHERE false"
    )
    marked = f"SELECT document_code, number, mark, year, regions FROM ({documents}) LEFT JOIN ({whole}) USING (document_code)"
    earlier = "OVER (PARTITION BY {0} ORDER BY document_code ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    alike = {"number": "number", "mark": "mark, year, regions"}
    tests = [f"{name} <> '' AND count(*) {earlier.format(same)} > 0" for name, same in alike.items()]
    query = f"SELECT count(*) FILTER (again) AS n FROM (SELECT ({') OR ('.join(tests)}) AS again FROM ({marked}))"
    return int(part.records(query)[0]["n"])


def _same_bytes(
    pairs: Sequence[tuple[str, int]], files: Mapping[int, str], names: Mapping[int, str]
) -> Iterator[dict[str, Any]]:
    """Files with the bytes of another; they were read once."""
    for path, code in pairs:
        if path != files[code]:
            yield {
                "kept": names[code], "repeated": names[code], "basis": "bytes", "score": 100.0, "facts_kept": pd.NA,
                "facts_repeated": pd.NA, "file_kept": files[code], "file_repeated": path, "decision": "",
            }  # fmt: skip


def _items(part: Part) -> str:
    """What each notice says: its tasks, else pairs of names, letters and digits only."""
    written = {"tasks": "text", "pairings": "donor_as_written || '→' || recipient_as_written"}
    queries = [
        f"SELECT document_code, {number} AS kind, row, {_PLAIN.format(said)} AS words FROM ({rows})"
        for number, (table, said) in enumerate(written.items())
        if (rows := part.rows(table))
    ]
    return " UNION ALL ".join(queries)


def _candidates(part: Part) -> tuple[dict[tuple[int, int], str], int]:
    """Pairs of notices to be compared, each with why; and how many blocks were too large to compare."""
    documents = part.rows("documents")
    blocks = {
        "number": f"SELECT document_code, number AS block FROM ({documents}) WHERE number <> ''",
        "text": f"""
            SELECT DISTINCT s.document_code, concat_ws(chr(9), d.year, d.place, s.mark) AS block FROM
            (SELECT document_code, mark FROM
                (SELECT DISTINCT document_code, md5(words) AS mark FROM ({_items(part)}) WHERE words <> '')
                QUALIFY row_number() OVER (PARTITION BY document_code ORDER BY mark) <= {SKETCH}) s
            JOIN (SELECT document_code, year, unnest(CASE WHEN len(regions) = 0 THEN [''] ELSE regions END) AS place
                FROM ({documents})) d USING (document_code)""",
    }
    pairs: dict[tuple[int, int], str] = {}
    left_out = 0
    for basis, query in blocks.items():
        part.engine.execute(f"CREATE OR REPLACE TEMP TABLE blocks AS {query}")
        part.engine.execute(
            "CREATE OR REPLACE TEMP TABLE sizes AS SELECT block, count(*) AS n FROM blocks GROUP BY block"
        )
        left_out += part.records(f"SELECT count(*) AS n FROM sizes WHERE n > {MOST_IN_A_BLOCK}")[0]["n"]
        found = part.engine.execute(
            "SELECT DISTINCT a.document_code, b.document_code FROM blocks a JOIN blocks b ON a.block = b.block "
            f"AND a.document_code < b.document_code JOIN sizes s ON s.block = a.block AND s.n <= {MOST_IN_A_BLOCK}"
        ).fetchall()
        for pair in sorted(found):
            pairs.setdefault(pair, basis)
    return pairs, left_out


def _texts(part: Part, codes: Sequence[int]) -> tuple[dict[int, str], dict[int, int]]:
    """The words of notices in one, and how many rows of facts were read in each."""
    texts, facts = dict.fromkeys(codes, ""), dict.fromkeys(codes, 0)
    if not codes:
        return texts, facts
    listed = ", ".join(map(str, codes))
    query = (
        f"SELECT document_code, string_agg(words, '' ORDER BY kind, row) FROM ({_items(part)}) "
        f"WHERE document_code IN ({listed}) GROUP BY document_code"
    )
    texts |= dict(part.engine.execute(query).fetchall())
    for table in ("assignments", "pairings", "targets"):
        rows = part.rows(table)
        query = f"SELECT document_code, count(*) FROM ({rows}) WHERE document_code IN ({listed}) GROUP BY document_code"
        for code, number in part.engine.execute(query).fetchall() if rows else []:
            facts[code] += number
    return texts, facts


def _scored(
    pairs: Mapping[tuple[int, int], str], texts: Mapping[int, str], alike: float
) -> Iterator[tuple[int, int, str, float]]:
    """The pairs with their score: all of the same number, others from a score on."""
    if not pairs:
        return
    ratio = require("rapidfuzz.fuzz", "compare", "Finding repeated notices").ratio
    for (one, other), basis in pairs.items():
        score = round(ratio(texts[one], texts[other]), 1)
        if basis == "number" or score >= alike:
            also = "number+text" if basis == "number" and score >= alike else basis
            yield one, other, also, score


def _ordered(pair: tuple[int, int, str, float], facts: Mapping[int, int]) -> tuple[int, int, str, float]:
    """The notice to be kept first: that of which more was read, else the one that was read first."""
    one, other, basis, score = pair
    return (other, one, basis, score) if facts[other] > facts[one] else pair
