"""Who is paired with whom: links between two columns, the helping units left, the helped ones right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pandas as pd

from pairing_graph.base.words import Language, word
from pairing_graph.figures.missing import missing_sheet
from pairing_graph.figures.plotting import Plot, plot_of
from pairing_graph.figures.sheet import Sheet
from pairing_graph.figures.widgets.links import SIDES, Group, Links
from pairing_graph.figures.widgets.order import Cluster, Link, clusters
from pairing_graph.kb.address import split
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.kb.schema import TOWNSHIP_LEVEL
from pairing_graph.look.citation import short_citation
from pairing_graph.look.labels import counted, enumerated, labels_of
from pairing_graph.look.palette import RegionLook, region_looks, unit_look
from pairing_graph.look.style import clipped
from pairing_graph.measures.results import Results

_ENDS = ("donor", "recipient")
_LEVELS = (("level_department", ""), ("level_township", TOWNSHIP_LEVEL[0]), ("level_other", "other"))
"""The word of each level, with a kind that is drawn as all on it; villages are of no known kind."""


def pairings_sheet(results: Results, *, lang: Language = "zh") -> Sheet:
    """Draw the pairing table as links between two columns, the donors left and the recipients right.

    Units that are paired among themselves are together, in an order in which few links cross; departments come before
    the township level. A number in a unit's symbol is how often it is paired, where that is more than once. A dashed
    link has no stated direction.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> plot_pairings(read_notice("data/raw/wuxi-yuzhong-2022.txt")).get_label()
        '区发展改革委结对 3 次，共 6 个单位结对不止一次'
    """
    kb = results.kb
    foot = short_citation(kb, lang)
    if kb.pairings.empty:
        return missing_sheet(kb, "pairings", "no_pairings", lang)
    links = _links(kb, lang)
    donors, recipients = (kb.pairings[end].nunique() for end in _ENDS)
    pairs = counted("pairing", len(kb.pairings), lang)
    subtitle = word("pairings_subtitle", lang, pairings=pairs, donors=donors, recipients=recipients)
    subtitle += word("pairings_dashed", lang) if links.dashed else ""
    return Sheet(_finding(kb, lang), subtitle, foot, links.draw, links.height)


plot_pairings: Plot = plot_of(pairings_sheet)


def _links(kb: KnowledgeBase, lang: Language) -> Links:
    units = kb.units.set_index("unit")
    regions = region_looks(kb)
    pairs = _pairs(kb)
    full = any(units.loc[kb.pairings[end].unique(), "region"].nunique() > 1 for end in _ENDS)
    looks = {
        str(unit): unit_look(regions[row["region"]], row["kind"], collective=bool(row["collective"]))
        for unit, row in units.iterrows()
    }
    unknown = kb.pairings[kb.pairings["direction_basis"] == "unknown"]
    counts = Counter((side, str(unit)) for side in SIDES for unit in kb.pairings[_ENDS[side]])
    return Links(
        titles=(word("donor", lang), word("recipient", lang)),
        groups=list(_groups(units, pairs, counts, regions, lang)),
        names=labels_of(units, full=full),
        looks=looks,
        counts=counts,
        rows=Counter(pairs),
        dashed=frozenset(zip(unknown["donor"], unknown["recipient"], strict=True)),
    )


def _pairs(kb: KnowledgeBase) -> list[Link]:
    """Donors and recipients in the order of the notices; a graph keeps its edges in another one."""
    documents = {name: place for place, name in enumerate(kb.documents["document"])}
    columns = (*_ENDS, "document", "address")
    rows = zip(*(kb.pairings[name] for name in columns), strict=True)
    placed = [
        ((documents.get(document, 0), [place.sort_key for place in split(address)]), (donor, recipient))
        for donor, recipient, document, address in rows
    ]
    return [pair for _, pair in sorted(placed)]


def _groups(
    units: pd.DataFrame,
    pairs: Sequence[Link],
    counts: Mapping[tuple[int, str], int],
    regions: Mapping[str, RegionLook],
    lang: Language,
) -> Iterator[Group]:
    """Clusters by regions and levels; first those of the units that are paired most often, as the title names them."""
    kinds = {str(unit): str(kind) for unit, kind in units["kind"].items()}
    order = list(regions)
    places = {str(unit): order.index(str(region)) for unit, region in units["region"].items()}
    groups: dict[tuple[int, int, int, int], list[Cluster]] = {}
    for cluster in clusters(pairs):
        key = (places[cluster.left[0]], places[cluster.right[0]], *_levels(cluster, kinds))
        groups.setdefault(key, []).append(cluster)
    for (left, right, level, other_level), found in sorted(groups.items(), key=lambda item: item[0]):
        sides = [(order[left], *_LEVELS[level]), (order[right], *_LEVELS[other_level])]
        one, other = (f"{clipped(region)} {word(said, lang)}".strip() for region, said, _ in sides)
        look, other_look = (unit_look(regions[region], kind) for region, _, kind in sides)
        yield Group(
            titles=(one, other),
            looks=(look, other_look),
            clusters=sorted(found, key=lambda cluster: (-_most(cluster, counts), -len(cluster.links))),
        )


def _levels(cluster: Cluster, kinds: Mapping[str, str]) -> tuple[int, int]:
    """The levels of both sides, by their places in `_LEVELS`; departments that are paired with townships go with these."""
    one, other = (_level(kinds[unit] for unit in side) for side in (cluster.left, cluster.right))
    return (one or 1, other or 1) if 1 in (one, other) else (one, other)


def _level(kinds: Iterable[str]) -> int:
    """The level of a side, by its place in `_LEVELS`: units of several levels go as departments.

    Example:
        >>> _level(["department", "town"]), _level(["town", "subdistrict"]), _level(["other"])
        (0, 1, 2)
    """
    found = {1 if kind in TOWNSHIP_LEVEL else 2 if kind == "other" else 0 for kind in kinds}
    return found.pop() if len(found) == 1 else 0


def _most(cluster: Cluster, counts: Mapping[tuple[int, str], int]) -> int:
    """How often the unit of a cluster that is paired most often is paired."""
    return max(counts[side, unit] for side in SIDES for unit in cluster.sides[side])


def _finding(kb: KnowledgeBase, lang: Language) -> str:
    """Who is paired most often, and how many are paired more than once."""
    counts = pd.concat([kb.pairings["donor"], kb.pairings["recipient"]]).value_counts(sort=False)
    often = counts[counts > 1]
    if often.empty:
        return word("finding_paired_once", lang, pairings=counted("pairing", len(kb.pairings), lang))
    names = labels_of(kb.units.set_index("unit"), full=kb.units["region"].nunique() > 2)
    most = [names[str(unit)] for unit in often.index[often == often.max()]]
    form = "one" if len(most) == 1 else "many"
    first = word(f"finding_paired_{form}", lang, names=enumerated(most, lang), count=int(often.max()))
    if len(most) == len(often):
        return first
    return first + word("comma", lang) + counted("paired_often", len(often), lang)
