"""One number explained: what it is, by which formula and choices, and the rows and cells that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from pairing_graph.base.words import Language, word

ROWS = ("counted", "contributes", "of", "table", "address", "inherited_from", "file", "line", "page", "sheet", "text")
"""The columns of the rows behind a number."""
_SHOWN = 12
"""Rows that a notebook or a terminal shows; a screen has some 25 lines."""


@dataclass(frozen=True, eq=False, repr=False)
class Explanation:
    """What is behind one number of a measure; `explain` makes it.

    Attributes:
        value: The number; NA where it is not defined.
        measure: The measure.
        row: The labels of its row.
        column: Its column.
        choices: The options under which it was counted, and `part` where the knowledge base is a part: of what.
        kind: How it comes from its rows: `count` (they add up to it), `share` (contributes over of), `inputs` (the
            formula takes what each thing adds up to), `drawn` (at
            random from what is in the rows) or `fact` (the notice gives it; nothing is counted).
        terms: The numbers that its formula takes, such as numerator and denominator.
        formula: Its formula in words, by language.
        source: Author and year of the formula; empty for a plain count.
        rows: One row per fact behind it: counted (what the fact counts as: a task, a unit, a pair), contributes and
            of (how much it adds to the number, or to numerator and denominator; a thing that several facts show adds once),
            table, address, inherited_from, file, line, page, sheet, text (the words of the cells).

    Example:
        >>> from pairing_graph.measures.explain import explain
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> found = explain(kb, "congruence", "plain", "congruence")
        >>> found.value, found.terms["numerator"], found.terms["denominator"]
        (0.6, 15.0, 25.0)
    """

    value: Any
    measure: str
    row: tuple[Any, ...]
    column: str
    choices: Mapping[str, Any]
    kind: str
    terms: Mapping[str, float]
    formula: Mapping[Language, str]
    source: str
    rows: pd.DataFrame

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of all facts behind the number, each once, in their order."""
        return tuple(dict.fromkeys(place for joined in self.rows["address"] for place in joined.split()))

    def of_document(self, document: str) -> pd.DataFrame:
        """The rows whose cells are in a notice."""
        inside = [bool(address) and address.split("!")[0] == document for address in self.rows["address"]]
        return self.rows[pd.Series(inside, index=self.rows.index, dtype=bool)]

    @property
    def title(self) -> str:
        """The number with its name, on one line.

        Example:
            >>> from pairing_graph.measures.explain import explain
            >>> from pairing_graph.reading.notices import read_notice
            >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
            >>> explain(kb, "workload", "区招商投资局", "lead").title
            'workload(渝中区招商投资局, lead) = 7'
        """
        return f"{self.measure}({', '.join(map(str, (*self.row, self.column)))}) = {shown(self.value)}"

    def to_frame(self) -> pd.DataFrame:
        """The rows behind the number, with what else is known of it in `attrs`."""
        frame = self.rows.copy()
        frame.attrs = {"measure": self.measure, "row": self.row, "column": self.column, "value": self.value}
        frame.attrs |= {"choices": dict(self.choices), "terms": dict(self.terms), "source": self.source}
        frame.attrs["formula"] = dict(self.formula)
        return frame

    def worked_out(self, lang: Language = "zh") -> str:
        """How the number comes from its rows, in a sentence."""
        things = int((self.rows["contributes"] != 0).sum())
        values = {name: shown(value) for name, value in self.terms.items()} | {"value": shown(self.value)}
        if self.value is pd.NA or self.value != self.value:
            return word("explain.undefined", lang)
        return word(f"explain.kind.{self.kind}", lang, **values | {"things": things})

    def said(self, lang: Language) -> dict[str, str]:
        """What is known of the number besides its rows, for a reader: label → text."""
        said = {"formula": self.formula[lang], "source": self.source}
        said["choices"] = "; ".join(f"{name} = {value}" for name, value in self.choices.items())
        said |= {"worked_out": self.worked_out(lang)}
        return {word(f"explain.{name}", lang): text for name, text in said.items() if text}

    def few(self, most: int | None = _SHOWN) -> pd.DataFrame:
        """The first rows, or all, for a reader: without columns that hold nothing."""
        shown_rows = self.rows.head(len(self.rows) if most is None else most)
        numbers = [] if shown_rows["of"].any() else ["of"]
        blank = [name for name in ROWS if name not in ("counted", "contributes", "of") and _is_blank(shown_rows[name])]
        kept = shown_rows.drop(columns=[*numbers, *blank, *([] if "file" in blank else ["file"])])
        return kept.assign(**{name: kept[name].map(shown) for name in ("contributes", "of") if name in kept})

    def __repr__(self) -> str:
        lines = [self.title, *(f"  {label}: {text}" for label, text in self.said("en").items())]
        few = self.few()
        lines += ["  " + line for line in few.to_string(index=False, max_colwidth=60).split("\n")] if len(few) else []
        if len(self.rows) > len(few):
            lines.append("  " + word("explain.more_rows", "en", count=len(self.rows) - len(few)))
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        pairs = zip(self.said("zh").items(), self.said("en").items(), strict=True)
        said = "".join(
            f"<p><b>{escape(f'{zh} {en}')}</b><br>{escape(text)}{'' if text == same else '<br>' + escape(same)}</p>"
            for (zh, text), (en, same) in pairs
        )
        few = self.few()
        table = few.to_html(index=False, escape=True, border=0) if len(few) else ""
        left = len(self.rows) - len(few)
        more = "<br>".join(escape(word("explain.more_rows", lang, count=left)) for lang in _LANGUAGES if left)
        return f"<div><p><b>{escape(self.title)}</b></p>{said}{table}<p>{more}</p></div>"


_LANGUAGES: tuple[Language, ...] = ("zh", "en")


def shown(value: Any) -> str:
    """A number as it is read: whole ones without a point, others with six digits.

    Example:
        >>> shown(7.0), shown(0.6), shown(1 / 3), shown(pd.NA)
        ('7', '0.6', '0.333333', 'NA')
    """
    if value is pd.NA or value is None or value != value:
        return "NA"
    if isinstance(value, bool | str) or not isinstance(value, int | float):
        return str(value)
    return str(int(value)) if float(value).is_integer() else f"{value:.6g}"


def _is_blank(column: pd.Series[Any]) -> bool:
    return bool((column.isna() | (column.astype("string") == "")).all())
