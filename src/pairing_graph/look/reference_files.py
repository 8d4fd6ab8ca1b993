"""References as files for reference managers: RIS and BibTeX, out of CSL items. Every value is data, on one line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pairing_graph.base.text import printable

Item = Mapping[str, Any]

_RIS_TYPES = {"document": "GOVDOC", "software": "COMP"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_IN_LATEX = {
    **{sign: "\\" + sign for sign in "#$%&_"},
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces behind a backslash too, so they may not be there
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
}


def csl_text(items: Sequence[Item]) -> str:
    """The items as CSL-JSON.

    Example:
        >>> csl_text([{"id": "a", "type": "document", "title": "通知"}]).split()[2:4]
        ['"id":', '"a",']
    """
    return json.dumps(list(items), ensure_ascii=False, indent=2) + "\n"


def ris_text(items: Iterable[Item]) -> str:
    r"""The items as RIS.

    Example:
        >>> ris_text([{"id": "a", "type": "document", "title": "通知\nER  - "}]).split("\n")
        ['TY  - GOVDOC', 'ID  - a', 'TI  - 通知 ER -', 'ER  - ', '']
    """
    return "\n".join("\n".join(_ris(item)) + "\n" for item in items)


def _ris(item: Item) -> Iterator[str]:
    date = _date(item)
    fields = [("TY", _RIS_TYPES[item["type"]]), ("ID", item["id"])]
    fields += [("AU", author["literal"]) for author in item.get("author", ())]
    fields += [("TI", item["title"]), ("M1", item.get("number", "")), ("ET", item.get("version", ""))]
    if date:
        fields += [("PY", str(date[0])), ("DA", "/".join(f"{part:02d}" for part in date))]
    fields += [("LA", item.get("language", "")), ("N1", item.get("note", ""))]
    yield from (f"{tag}  - {_one_line(value)}" for tag, value in fields if value)
    yield "ER  - "


def bibtex_text(items: Iterable[Item]) -> str:
    r"""The items as BibTeX, for XeLaTeX, LuaLaTeX or biber, which read UTF-8.

    Example:
        >>> print(bibtex_text([{"id": "a", "type": "document", "title": "100% {通知"}]))
        @misc{a,
          title = {{100\% \textbraceleft{}通知}},
        }
        <BLANKLINE>
    """
    return "\n".join(_bibtex(item) for item in items)


def _bibtex(item: Item) -> str:
    authors = " and ".join("{" + _latex(author["literal"]) + "}" for author in item.get("author", ()))
    version = f"Version {item['version']}" if item.get("version") else ""
    date = _date(item)
    fields = {"author": authors, "title": "{" + _latex(item["title"]) + "}"}
    fields["howpublished"] = _latex(item.get("number") or version)
    if date:
        fields |= {"year": str(date[0]), "date": "-".join(f"{part:02d}" for part in date)}
    fields["langid"] = "chinese" if str(item.get("language", "")).startswith("zh") else ""
    fields["note"] = _latex(item.get("note", ""))
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    lines += [f"  month = {_MONTHS[int(date[1]) - 1]},"] if len(date) > 1 else []
    return "\n".join([f"@misc{{{item['id']},", *lines, "}"]) + "\n"


def _latex(text: str) -> str:
    return "".join(_IN_LATEX.get(sign, sign) for sign in _one_line(text))


def _one_line(text: str) -> str:
    """A value on one line: a line break would end its field."""
    return " ".join(printable(text).split())


def _date(item: Item) -> tuple[int, ...]:
    return tuple(item.get("issued", {}).get("date-parts", [[]])[0])
