"""Agreement with a hand coding: how far a knowledge base and one or several coders say the same of a notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pairing_graph.base.errors import Complaint, NoticeError, no_whole_number
from pairing_graph.base.words import Language, word
from pairing_graph.graph import Source, as_knowledge_base
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.regions import regions_in_order
from pairing_graph.measures import coefficients as formulas
from pairing_graph.measures.agreement_corrections import corrections_of
from pairing_graph.measures.agreement_differences import differences_of
from pairing_graph.measures.codings_compared import FACTS, NONE, SHEET_OF, Key, Ratings, ratings
from pairing_graph.reading.coding_sheets import coding_of_frames, read_coding
from pairing_graph.reading.codings import Coding, Places, coding_of, unique_names

Sheet = str | Path | Mapping[str, pd.DataFrame] | KnowledgeBase
_COUNTS = ("n", "found", "common", "clusters")
_SCORES = ("precision", "recall", "f1", "percent", "kappa", "fleiss", "alpha", "ac1")
_WITH_INTERVAL = ("f1", "percent", "kappa", "fleiss", "alpha", "ac1")
_OF_CHANCE = ("kappa", "fleiss", "alpha", "ac1")
_COLUMNS = (*_COUNTS, *_SCORES, *(f"{name}_{end}" for name in _WITH_INTERVAL for end in ("low", "high")), "population")
OWN_NAME = "kb"
"""What the knowledge base is called among the coders."""


@dataclass(frozen=True, repr=False)
class Agreement:
    """How far a knowledge base and coders agree.

    Attributes:
        table: One row per kind of fact and per group of coders that are compared: each pair, the human coders where they
            are three or more, and all with the knowledge base where they are three or more.
        differences: One row per unit of coding on which they differ: fact, address, words, what it is about (`subject`),
            and what each coder says; NA where one did not look.
        coders: The knowledge base (`kb`) and the coders, in order.
        not_coded: Coder → the sheets that it left empty, about which agreement says nothing.
        choices: Seed, number of bootstrap samples and confidence.
    """

    table: pd.DataFrame
    differences: pd.DataFrame
    coders: tuple[str, ...]
    not_coded: Mapping[str, tuple[str, ...]]
    choices: Mapping[str, Any]
    _kb: KnowledgeBase = field(compare=False)
    _codings: tuple[Coding, ...] = field(compare=False)
    _keys: Mapping[int, tuple[str, Key]] = field(compare=False)

    def corrections(self, accept: Any = True, *, coder: str = "") -> pd.DataFrame:
        """The corrections that make the reading say what a coder says, for `read_notice(path, corrections=...)`.

        It takes them as they are, or written with `write_csv(rows, "corrections.csv")` and looked through. A unit that is
        left out or invented is put right in the words of its cell, a role, direction or comparator in its column.

        Args:
            accept: True for all differences, or the numbers (`differences.index`) of those in which the coder is right.
            coder: Whose word is accepted; may be left out where there is one coder besides the knowledge base. Where that
                coder says what the knowledge base says, or did not look, there is nothing to correct.

        Returns:
            A frame of address, column, expected, value, reason. `attrs["left"]` has the numbers of the accepted
            differences that no correction expresses, such as a target that was not read.

        Raises:
            NoticeError: There is no such difference or coder.

        Example:
            >>> from pairing_graph.reading.notices import read_notice
            >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
            >>> frames = {"assignments": kb.assignments[["address", "unit", "role"]]}
            >>> frames["assignments"].loc[0, "role"] = "support"
            >>> agreement(kb, frames).corrections()[["column", "expected", "value"]].values.tolist()
            [['assignments.role', 'lead', 'support']]
        """
        others = self.coders[1:]
        chosen = coder or (others[0] if len(others) == 1 else "")
        complaints = []
        if chosen not in others:
            what = "There is no such coder" if coder else "It must be said whose word is accepted"
            complaints.append(Complaint(what, "coder", ", ".join(others), repr(coder)))
        given = [accept] if isinstance(accept, str | int) else accept or ()  # A lone one; True are all.
        numbers = list(self.differences.index) if accept is True else list(given)
        strange = [str(number) for number in numbers if number not in self.differences.index]
        if strange:
            expected = f"1 to {len(self.differences)}"
            complaints.append(Complaint("There is no such difference", "accept", expected, ", ".join(strange)))
        if complaints:
            raise NoticeError(complaints)
        coding = next(coding for coding in self._codings if coding.name == chosen)
        said = self.differences.loc[numbers, [self.coders[0], chosen]].dropna()
        differing = said.index[said[self.coders[0]] != said[chosen]]
        return corrections_of(self._kb, coding, {number: self._keys[number] for number in differing})

    def __repr__(self) -> str:
        lines = [f"Agreement of {', '.join(self.coders)}: {len(self.differences)} differences"]
        for row in self.table.dropna(subset=["percent"]).reset_index().to_dict("records"):
            shown = [f"{name} {row[name]:.2f}" for name in ("f1", "percent", "alpha", "ac1") if pd.notna(row[name])]
            lines.append(f"  {row['fact']} ({row['coders']}): n = {row['n']}, {', '.join(shown)}")
        lines += [f"  {name} did not code {', '.join(sheets)}" for name, sheets in self.not_coded.items()]
        return "\n".join(lines)


def agreement(
    source: Source,
    *sheets: Sheet,
    coders: Sequence[str] | None = None,
    seed: int = formulas.SEED,
    resamples: int = formulas.RESAMPLES,
    lang: Language = "zh",
) -> Agreement:
    """Hold a reading against the sheets of one or several coders, and these against each other.

    The columns of `table`, for each kind of fact (its `population`, n units of coding, is in the last column):

    - found, common: facts that anybody has, and that all have; clusters: tasks (for pairs donors) that they lie in.
    - precision = common / facts of the first, recall = common / facts of the second (the truth), F1 their harmonic mean,
      which for a large number of absent facts is what kappa comes to (Hripcsak and Rothschild 2005).
    - percent: the share of agreeing pairs of coders, mean over units (for two the share of equal units).
    - kappa: Cohen (1960), two coders only; fleiss: Fleiss (1971), for two Scott's pi; alpha: Krippendorff (2019, ch. 12),
      nominal; ac1: Gwet (2008), defined and steady also where all roles are `lead`.
    - `…_low`, `…_high`: 95 % percentile intervals, tasks drawn with replacement (Efron and Tibshirani 1993). Where all
      agree they have no width; by the rule of three up to 3 in n facts may still be wrong (Hanley and Lippman-Hand 1983).

    A coefficient that is not defined is NA, never 1: of what nobody coded, of one category only (all but AC1), and of
    chance agreement on targets, where what nobody named cannot be counted.

    What it does not say: that the coders are right, nor anything about places that were not in their sheets. In a sample
    of tasks (`coding_sheet(sample=...)`) a task that was not read cannot be found missing.

    Args:
        source: A knowledge base or its graph.
        sheets: For each coder a filled-in workbook or CSV (a folder of CSVs) of `coding_sheet`, frames by sheet
            (assignments: address, unit, role …), or another knowledge base of the same notice.
        coders: Their names; by default those of the files.
        seed: The seed of the bootstrap.
        resamples: How many bootstrap samples are drawn.
        lang: The language of the populations.

    Raises:
        FileError: A sheet cannot be read or holds what it may not; all complaints at once.
        NoticeError: No sheet was given, not as many names as sheets, or no whole number as seed (from 0) or resamples
            (from 1); or a knowledge base is of another notice or another part.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> kb = read_notice("data/raw/wuxi-yuzhong-2022.txt")
        >>> found = agreement(kb, kb, coders=["again"])
        >>> float(found.table.loc[("assignments", "kb, again"), "f1"]), len(found.differences)
        (1.0, 0)
        >>> found.table.loc[("roles_given_unit", "kb, again"), ["kappa", "ac1"]].tolist()  # All are lead.
        [<NA>, 1.0]
    """
    complaints = [*no_whole_number("resamples", resamples, 1), *no_whole_number("seed", seed, 0)]
    if complaints:
        raise NoticeError(complaints)
    kb = as_knowledge_base(source)
    places = Places(kb)
    codings = _codings(kb, sheets, coders, places)
    order = {region: count for count, region in enumerate(regions_in_order(kb))}
    rank = {
        str(unit): order.get(region, len(order))
        for unit, region in zip(kb.units["unit"], kb.units["region"], strict=True)
    }
    groups = _groups(codings)
    rows = [
        {"fact": fact, "coders": ", ".join(coding.name for coding in group)}
        | _row(fact, _said(fact, group, rank), resamples, seed, lang)
        for fact in FACTS
        for group in groups
    ]
    differences, keys = differences_of(kb, codings, places)
    return Agreement(
        table=_table(rows),
        differences=differences,
        coders=tuple(coding.name for coding in codings),
        not_coded=_not_coded(codings),
        choices={"seed": seed, "resamples": resamples, "confidence": formulas.CONFIDENCE}
        | ({"alpha": missing} if (missing := formulas.alpha_is_missing()) else {}),
        _kb=kb,
        _codings=codings,
        _keys=keys,
    )


def _codings(
    kb: KnowledgeBase, sheets: Sequence[Sheet], coders: Sequence[str] | None, places: Places
) -> tuple[Coding, ...]:
    """The knowledge base and the coders; complaints about all sheets at once."""
    if not sheets:
        raise NoticeError(Complaint("No sheet was given", expected="the sheet of one coder at least"))
    if coders is not None and len(coders) != len(sheets):
        raise NoticeError(Complaint("Every sheet needs a name", "coders", f"{len(sheets)} names", f"{len(coders)}"))
    given = list(coders or (Path(sheet).stem if isinstance(sheet, str | Path) else "coder" for sheet in sheets))
    names = unique_names(given, [OWN_NAME])
    made = [coding_of(kb, places, OWN_NAME)]
    complaints: list[Complaint] = []
    for sheet, name in zip(sheets, names, strict=True):
        try:
            made.append(_coding(sheet, name, places))
        except NoticeError as error:
            complaints += error.complaints
    if complaints:
        raise NoticeError(complaints)
    return tuple(made)


def _coding(sheet: Sheet, name: str, places: Places) -> Coding:
    if isinstance(sheet, KnowledgeBase):
        _refuse_other_notice(places.kb, sheet, name)
        return coding_of(sheet, places, name)
    if isinstance(sheet, str | Path):
        return read_coding(sheet, places, name)
    return coding_of_frames(sheet, places, name)


def _refuse_other_notice(kb: KnowledgeBase, other: KnowledgeBase, name: str) -> None:
    """Refuse a knowledge base of another notice, or of another part: what it lacks is no disagreement."""
    documents, others = list(kb.documents["document"]), list(other.documents["document"])
    if documents and others and not set(documents) & set(others):
        what = "The two knowledge bases are of different notices"
        raise NoticeError(Complaint(what, name, ", ".join(documents), ", ".join(others), "Read the same notice."))
    if kb.part != other.part:
        mine, theirs = (str(part) if part else "the whole" for part in (kb.part, other.part))
        what, advice = "The two knowledge bases are not the same part of a notice", "Select the same part of both."
        raise NoticeError(Complaint(what, name, mine, theirs, advice))


def _groups(codings: Sequence[Coding]) -> list[Sequence[Coding]]:
    """Who is compared: every two, the coders without the knowledge base where they are three, and all."""
    groups: list[Sequence[Coding]] = list(combinations(codings, 2))
    return groups + [group for group in (codings[1:], codings) if len(group) > 2]


def _not_coded(codings: Sequence[Coding]) -> dict[str, tuple[str, ...]]:
    sheets = dict.fromkeys(SHEET_OF.values())
    left = {coding.name: tuple(sheet for sheet in sheets if sheet not in coding.listed) for coding in codings}
    return {name: missing for name, missing in left.items() if missing}


def _said(fact: str, group: Sequence[Coding], rank: Mapping[str, int]) -> Ratings | None:
    """The ratings of those who coded the sheet; None where they are fewer than two."""
    coders = [coding for coding in group if SHEET_OF[fact] in coding.listed]
    return ratings(fact, coders, rank) if len(coders) > 1 and (len(group) > 2 or len(coders) == len(group)) else None


def _row(fact: str, said: Ratings | None, resamples: int, seed: int, lang: Language) -> dict[str, Any]:
    row: dict[str, Any] = {"population": word(f"agreement.population.{fact}", lang)}
    if said is None or not said.keys:
        return row | {"n": 0}
    size = len(said.categories)
    counts = formulas.counts_of(said.codes, size)
    row |= {"n": len(said.keys), "clusters": int(said.clusters.max()) + 1}
    row |= {"percent": formulas.percent_agreement(counts)}
    row |= {"fleiss": formulas.fleiss_kappa(counts), "ac1": formulas.gwets_ac1(counts)}
    row["alpha"] = formulas.krippendorffs_alpha(counts)
    two = said.codes.shape[1] == 2
    sums: dict[str, Any] = {"counts": formulas.count_rows(counts)}
    if two:
        row["kappa"] = formulas.cohens_kappa(said.codes, size)
        sums["crossed"] = formulas.crossed(said.codes, size)
    if said.categories[0] == NONE:
        row |= _scores(said, two)
        sums["facts"] = _fact_rows(said)
    found = formulas.intervals(said.clusters, sums, _resampled(size, two), resamples=resamples, seed=seed)
    for name, (low, high) in found.items():
        row |= {f"{name}_low": low, f"{name}_high": high}
    unsaid = () if said.chance else _OF_CHANCE
    return {name: value for name, value in row.items() if not name.startswith(unsaid)} if unsaid else row


def _resampled(size: int, two: bool) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    def coefficients(sums: Mapping[str, Any]) -> dict[str, Any]:
        found = formulas.resampled_pair(sums, size) if two else formulas.resampled_many(sums, size)
        if two and "facts" in sums:
            found["f1"] = formulas.f_scores(*sums["facts"].T)[2]
        return found

    return coefficients


def _fact_rows(said: Ratings) -> Any:
    """For each unit whether both have the same fact, and whether the first and the second has one; both must have looked."""
    first, second = said.codes[:, 0], said.codes[:, 1]
    looked = (first >= 0) & (second >= 0)
    return np.stack([looked & (first > 0) & (first == second), looked & (first > 0), looked & (second > 0)], axis=1)


def _scores(said: Ratings, two: bool) -> dict[str, Any]:
    codes = said.codes
    named = (codes > 0).any(axis=1)
    equal = ((codes == codes.max(axis=1, keepdims=True)) | (codes < 0)).all(axis=1)
    row: dict[str, Any] = {"found": int(named.sum()), "common": int((named & equal).sum())}
    if two:
        scores = formulas.f_scores(*_fact_rows(said).sum(axis=0))
        row |= dict(zip(("precision", "recall", "f1"), map(float, scores), strict=True))
    return row


def _table(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(rows).set_index(["fact", "coders"]).reindex(columns=list(_COLUMNS))
    kinds: dict[str, Any] = dict.fromkeys(_COLUMNS, "Float64") | dict.fromkeys(_COUNTS, "Int64")
    return table.astype(kinds | {"population": "string"})
