"""Pairs in running text: 甲区——乙县 · 甲局帮扶乙镇、丙镇；丁局帮扶戊乡 · 甲局、乙局分别帮扶丙镇、丁镇."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pairing_graph.base.text import Span, leading_number, split_list, squeeze
from pairing_graph.kb.address import Address
from pairing_graph.kb.schema import TOWNSHIP_LEVEL
from pairing_graph.lexicon.patterns import one_of, one_of_roles
from pairing_graph.reading.behind_names import without_open_end
from pairing_graph.reading.kinds import is_collective, kind_of, known_kind
from pairing_graph.reading.name_lists import split_names
from pairing_graph.reading.names import invalid_reason, is_unit_like
from pairing_graph.reading.options import Options
from pairing_graph.reading.pairs import HELPS, PairWriter, Side, sentence_direction
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.tables.evidence import are_places
from pairing_graph.reading.tables.headings import meaning_of
from pairing_graph.reading.unit_names import explicit_region

_DASH = re.compile(r"\s*(?:[—–―─－]{1,4}|-{2,4}|(?<=\s)-(?=\s)|-?[→⇒>]|↔|<->)\s*")
_PAIR_MANNER = f"(?:{one_of('pairing_words', 'manner')}|{one_of_roles()})"
_PAIR_KIND = one_of("pairing_words", "kind")
_VERB = re.compile(rf"(?P<manner>{_PAIR_MANNER})*(?P<verb>{_PAIR_KIND}*{one_of('pairing_words', 'verb')})(?:关系)?")
_PASSIVE = re.compile(
    rf"(?P<recipients>.+?)[，：:]?由(?P<donors>.+?){_PAIR_MANNER}*{_PAIR_KIND}*{one_of('pairing_words', 'passive_verb')}$"
)
_MUTUAL = re.compile(
    rf"(?P<left>.+?){one_of('pairing_words', 'with')}(?P<right>.+?)(?P<manner>分别)?"
    rf"(?:{one_of('pairing_words', 'enter')}?{one_of('pairing_words', 'mutual')}{one_of('pairing_words', 'mutual_form')}*"
    rf"|结[成为]{one_of('pairing_words', 'sort_of_pair')}?对子)$"
)
_COLON = re.compile(r"(?P<left>[^：:]{3,60})[：:](?P<right>[^：:]+)")
_LEADING = re.compile(rf"^(?:{one_of('pairing_words', 'leading')}|[：:，,；;、\s]|[●•·◆■\-*]\s)+")
_TRAILING = "。；;，,、 　"
_MAY_PAIR = re.compile(rf"[—–―─－→⇒>↔：:]|--| - |{one_of('pairing_words', 'may_pair')}")
_LONGEST_LINE = 5_000
"""Characters of a line of pairs; longer paragraphs are reports, and the patterns would take long on them."""
_LONGEST_CLAUSE = 300
"""Characters of one pair: two lists of some twenty names each."""
_LONGEST_UNKNOWN = 6
"""Characters of a name of an unknown kind that is taken beside sure ones."""
_GENERAL = re.compile(r"[省市区县乡镇街村社州旗、（）()和]+")
_LONGEST_HEADING = 100
"""Characters of a line that names the two sides of the pairs below it."""
_PAIRS = re.compile(one_of("pairing_words", "of_pairs"))
_IN_NO_NAME = re.compile(one_of("pairing_words", "in_no_name"))
_DIRECTED = re.compile(one_of("pairing_words", "directed"))
_DEPARTMENTS_HELP = re.compile(
    rf"{one_of('names', 'helping_body')}{HELPS}(?:{one_of('names', 'fine_place')}|{one_of('names', 'township_ending')})"
)
"""Words of a title that say who helps: 区级部门结对帮扶村安排."""


@dataclass(frozen=True)
class _Clause:
    """A pair of lists, donors first, and how it is phrased."""

    donors: Passage
    recipients: Passage
    directed: bool
    respectively: bool
    colon: bool = False


@dataclass(frozen=True)
class _Line:
    passage: Passage
    number: int | None
    clauses: tuple[_Clause, ...]
    left: tuple[Passage, ...]
    dash: bool
    colon: bool = False


_LONGEST_GROUP = 8
"""Characters of the name of a group before its pairs (（一）小学组。)."""
_FEWEST_DASHES = 3
"""Pairs with a dash in one line that prove a list; two places with a dash may be a railway."""


def claim_pair_lists(passages: Sequence[Passage], writer: PairWriter, options: Options) -> list[Passage]:
    """The paragraphs of a run that belong to lists of pairs.

    A dash alone could be anything: it counts where two lines at least have it between units, or where a heading of two
    sides is above. A colon counts as a dash where the document speaks of pairs.
    """
    lines = {id(passage): _line(passage) for passage in passages}
    if any(line and line.colon for line in lines.values()) and not _speaks_of_pairs(writer):
        lines = {key: None if line and line.colon else line for key, line in lines.items()}
    found = [line for line in lines.values() if line]
    dashes = [line for line in found if line.dash]
    headed = any(_sides_heading(passage.text, options) for passage in passages)
    claimed = []
    for passage in passages:
        line = lines[id(passage)]
        several = len(dashes) > 1 or sum(len(one.clauses) for one in dashes) >= _FEWEST_DASHES
        sure = several or headed or len(dashes) < len(found)
        if (line and (not line.dash or sure)) or (_sides_heading(passage.text, options) and dashes):
            claimed.append(passage)
    return claimed


def _speaks_of_pairs(writer: PairWriter) -> bool:
    return any(map(_PAIRS.search, writer.builder.document.texts()))


def read_pair_lists(passages: Sequence[Passage], writer: PairWriter, options: Options) -> list[str]:
    """Read claimed paragraphs into the table of pairings.

    Returns:
        The names of the forms that were recognised.
    """
    builder = writer.builder
    basis, turned = "unknown", False
    forms: list[str] = []
    context: tuple[str, str] = ("", "")
    for index, passage in enumerate(passages):
        heading = _sides_heading(passage.text, options)
        if heading:
            basis, turned = "header", heading == "turned"
            builder.use(passage.address, "header")
            continue
        line = _line(passage)
        if not line:
            continue
        regions = _regions_heading(line, passages[index + 1 :])
        if regions:
            context = regions
            basis, turned = ("sentence", False) if line.clauses[0].directed else ("unknown", False)
            builder.use(passage.address, "header")
            continue
        forms.append("pair_list" if line.dash else "pair_sentences")
        _write(line, context, basis, turned, writer)
    writer.assign_numbers()
    return list(dict.fromkeys(forms))


def _write(line: _Line, context: tuple[str, str], basis: str, turned: bool, writer: PairWriter) -> None:
    builder = writer.builder
    unknown = False
    for clause in line.clauses:
        donors, recipients, stated = clause.donors, clause.recipients, "sentence" if clause.directed else basis
        if not clause.directed and turned:
            donors, recipients = recipients, donors
        if stated == "unknown":
            stated, turn = _by_sentence(donors, recipients, context, writer)
            donors, recipients = (recipients, donors) if turn else (donors, recipients)
            unknown |= stated == "unknown"
        left, right = context if not (turned and not clause.directed) else context[::-1]
        outcome = writer.add(
            Side(donors, left), Side(recipients, right), basis=stated, printed=line.number,
            place=_both(donors, recipients), respectively=clause.respectively,
        )  # fmt: skip
        if outcome == "written":
            builder.use(_both(donors, recipients), "pairings")
        for side in (donors, recipients) if outcome == "incomplete" else ():
            builder.report("pair_incomplete", side.text, side.span)
    for left_over in line.left:
        builder.report("pair_unclear", left_over.text, left_over.span)
    if unknown:
        builder.report("no_direction", line.passage.text.strip(), line.passage.address)


def _both(one: Passage, other: Passage) -> Address:
    """The place from the first sign of two passages to the last."""
    spans = (one.span, other.span)
    return replace(one.address, start=min(s.start for s in spans), end=max(s.end for s in spans))


def _by_sentence(
    donors: Passage, recipients: Passage, context: tuple[str, str], writer: PairWriter
) -> tuple[str, bool]:
    left = context[0] or _region_of(donors, writer)
    right = context[1] or _region_of(recipients, writer)
    basis, turned = sentence_direction(writer.builder.document, left, right)
    return _by_title(donors, recipients, writer) if basis == "unknown" else (basis, turned)


def _by_title(left: Passage, right: Passage, writer: PairWriter) -> tuple[str, bool]:
    """The direction of help between departments and places where the document says that departments help places."""
    places = are_places(left.text)
    if places == are_places(right.text) or not _DEPARTMENTS_HELP.search(writer.builder.document.squeezed):
        return "unknown", False
    return "sentence", places


def _region_of(side: Passage, writer: PairWriter) -> str:
    first = next(iter(split_names(side.text)), Span("", 0, 0)).text
    known = writer.resolver.homes.regions
    own = explicit_region(first, known)[0]
    fitting = [region for region in known if first[:1] == region[-1:]]
    return own or (fitting[0] if len(fitting) == 1 else "")


def _line(passage: Passage) -> _Line | None:
    """A paragraph whose every sentence is a pair, None where it is none."""
    if len(passage.text) > _LONGEST_LINE or not _MAY_PAIR.search(passage.text):
        return None
    numbered = leading_number(passage.text)
    body = passage.part(numbered.length, len(passage.text))
    clauses: list[_Clause] = []
    left: list[Passage] = []
    dash = colon = False
    for part in _sentences(body):
        clause = _clause(part) or _clause(_behind_colon(part))
        if clause:
            clauses.append(clause)
            dash |= bool(_DASH.search(part.text) or clause.colon) and not clause.directed
            colon |= clause.colon
        elif clauses or len(part.text) > _LONGEST_GROUP:
            left.append(part)
    if not clauses or len(left) > len(clauses):
        return None
    if left and not all(_VERB.search(part.text) or _DASH.search(part.text) for part in left):
        return None
    return _Line(passage, numbered.number, tuple(clauses), tuple(left), dash, colon)


def _behind_colon(part: Passage) -> Passage:
    """The words behind a colon (结对关系为：甲区帮扶乙县)."""
    place = max(part.text.rfind(sign) for sign in "：:")
    return part.part(place + 1, len(part.text))


def _sentences(body: Passage) -> list[Passage]:
    """The parts between full stops and semicolons; those between commas, where each is a pair of its own."""
    parts: list[Passage] = []
    for span in split_list(body.text, "；;。\n"):
        part = body.part(span.start, span.end)
        inner = [part.part(one.start, one.end) for one in split_list(part.text, "，,")]
        if len(inner) > 1 and not _clause(part) and all(_clause(one) for one in inner):
            parts += inner
        else:
            parts.append(part)
    return parts


def _clause(part: Passage) -> _Clause | None:
    if len(part.text) > _LONGEST_CLAUSE:
        return None
    opening = _LEADING.match(part.text)
    start = opening.end() if opening else 0
    words = part.part(start, len(part.text.rstrip(_TRAILING)))
    by_dash = _DASH.split(words.text)
    if len(by_dash) == 2 and all(by_dash):
        match = _DASH.search(words.text)
        if match:
            return _pair(words, (0, match.start()), (match.end(), len(words.text)), directed=False, respectively=False)
    colon = _COLON.fullmatch(words.text)
    if colon and not _names_places(colon["left"]):
        found = _pair(words, colon.span("left"), colon.span("right"), directed=False, respectively=False)
        if found:
            return replace(found, colon=True)
    passive = _PASSIVE.fullmatch(words.text)
    if passive:
        found = _pair(
            words, passive.span("donors"), passive.span("recipients"), directed=True, respectively="分别" in words.text
        )
        if found:
            return found
    for verb in _VERB.finditer(words.text):
        if verb.end() == len(words.text) or not verb.start():
            continue
        found = _pair(
            words, (0, verb.start()), (verb.end(), len(words.text)),
            directed=bool(_DIRECTED.search(verb["verb"])), respectively="分别" in verb[0],
        )  # fmt: skip
        if found:
            return found
    mutual = _MUTUAL.fullmatch(words.text)
    if mutual:
        return _pair(
            words, mutual.span("left"), mutual.span("right"), directed=False, respectively=bool(mutual["manner"])
        )
    return None


def _names_places(text: str) -> bool:
    """Whether a list names places, whose own bodies may be what a colon opens (土城镇：平安村、长安村)."""
    return any(kind_of(span.text) in ("region", *TOWNSHIP_LEVEL) for span in split_names(text))


def _pair(
    words: Passage, donors: tuple[int, int], recipients: tuple[int, int], *, directed: bool, respectively: bool
) -> _Clause | None:
    left, right = words.part(*donors), words.part(*recipients)
    left = left.part(0, len(left.text.rstrip(_TRAILING + "：:")))
    right = right.part(0, len(right.text.rstrip(_TRAILING)))
    if not (_all_units(left.text) and _all_units(right.text)):
        return None
    return _Clause(left, right, directed, respectively)


def _all_units(text: str) -> bool:
    """Whether a list names units: most of them surely, none of them broken."""
    names = [span.text for span in split_names(text)]
    if "\t" in text or any(_IN_NO_NAME.search(name) for name in names):
        return False
    plain = [without_open_end(name) for name in names]
    sure = [is_unit_like(name) or (known_kind(name) and not invalid_reason(name)) for name in plain]
    return bool(plain) and any(sure) and all(ok or _may_be_one(name) for ok, name in zip(sure, plain, strict=True))


def _may_be_one(name: str) -> bool:
    """A name of an unknown kind among sure ones: short, and invalid for no other reason (大坪 behind 解放碑街道)."""
    return len(name) <= _LONGEST_UNKNOWN and invalid_reason(name) in ("", "unknown_kind")


def _sides_heading(text: str, options: Options) -> str:
    """`straight` or `turned` where a line heads a list of pairs (帮扶单位——受帮扶单位), else empty."""
    if len(text) > _LONGEST_HEADING:
        return ""
    sides = [squeeze(part).strip("：:。；（）()") for part in _DASH.split(text.strip())]
    if len(sides) != 2:
        return ""
    meanings = [meaning_of(side, options) for side in sides]
    if meanings == ["recipient", "donor"]:
        return "turned"
    return "straight" if meanings == ["donor", "recipient"] else ""


def _regions_heading(line: _Line, following: Sequence[Passage]) -> tuple[str, str] | None:
    """The two regions of a heading (一、甲区帮扶乙县) with pairs of their units below it.

    A side that names no region of its own (市直单位帮扶县区) is empty.
    """
    if leading_number(line.passage.text).style not in ("chinese", "section") or len(line.clauses) != 1:
        return None
    sides = [line.clauses[0].donors.text, line.clauses[0].recipients.text]
    general = [bool(_GENERAL.fullmatch(side)) or is_collective(side) for side in sides]
    if line.passage.text.rstrip().endswith(("。", "；")):
        return None
    if not any(general) and any(kind_of(side) != "region" for side in sides):
        return None
    below = next((found for passage in following if (found := _line(passage))), None)
    deeper = below and leading_number(below.passage.text).style not in ("chinese", "section")
    if not deeper:
        return None
    left, right = ("" if wide else side for side, wide in zip(sides, general, strict=True))
    return left, right
