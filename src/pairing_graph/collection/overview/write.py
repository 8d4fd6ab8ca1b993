"""Write the overview of a collection: one HTML file, and beside it a page for some of its notices."""

from __future__ import annotations

from collections.abc import Collection as Several
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pairing_graph.base.errors import Complaint, NoticeError, UnknownNameError
from pairing_graph.base.files import make_folder, refuse_sources, write_file
from pairing_graph.base.words import Language, catalogue, reason_text, word
from pairing_graph.collection.index import Index
from pairing_graph.collection.overview.failures import by_reason
from pairing_graph.collection.overview.model import MOST_LEADERS, MOST_NOTICES, SHADES, Overview, overview_of
from pairing_graph.collection.overview.pages import back_link, page_name, remove_others
from pairing_graph.page.font import font_face
from pairing_graph.page.model import visible
from pairing_graph.page.notebook import HEIGHT, PageView
from pairing_graph.page.template import as_json, environment, policy, refuse_end_tags, render_several
from pairing_graph.page.write import NotShownError, page_data

if TYPE_CHECKING:
    from pairing_graph.collection.collection import Collection

PAGES = 10
"""Notices that get a page unless others are named: each takes half a second, and fifty kilobytes besides the scripts."""
MOST_PAGES = 200
"""Pages at the most: more than anybody opens."""
IN_A_FILE = 25
"""Pages that share a file and its scripts; a browser opens two megabytes at once."""
_BAR = 100
"""Units of length of a bar."""


def write_overview(
    collection: Collection, path: str | Path, *, notices: int | Iterable[str] = PAGES, lang: Language = "zh"
) -> Path:
    """Write the overview of a collection as one HTML file that opens anywhere, without a network.

    Regions by lines, years, how well the notices were read, the doubts on which most depends, the files that could not
    be read, and the notices. Some notices have a page of their own, as `write_page` writes it, to which their lines lead and which
    leads back; 25 of them share a file in the folder `NAME_notices` beside it. Pages there that an earlier overview of the name
    led to and this one does not are removed.

    Args:
        collection: The collection.
        path: The file to write; UTF-8 whatever the locale.
        notices: How many notices get a page, those first on whose doubts most depends; or the ids of those that do.
        lang: The language, zh or en; names and texts stay as the notices have them.

    Returns:
        The path.

    Raises:
        UnknownNameError: There is no such notice.
        NoticeError: More pages are wanted than are written.
        FileError: A file cannot be written.
        MissingExtraError: The extra `page` is not installed.

    Example:
        >>> import tempfile
        >>> from pairing_graph.collection.collection import Collection
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     collection = Collection(Path(folder) / "c")
        ...     _ = collection.add("data/raw/wuxi-yuzhong-2022.txt", workers=1)
        ...     write_overview(collection, Path(folder) / "overview.html", notices=0).name
        'overview.html'
    """
    path = Path(path)
    catalogue(lang)
    overview = overview_of(collection.folder, collection, lang)
    with Index(collection.folder) as index:
        known, sources = dict(index.live_documents()), index.checksums()
    refuse_sources([path], sources)
    pages = _pages(collection, _chosen(notices, overview, known), known, lang)
    links: dict[str, str] = {}
    folder, back, written = path.with_name(f"{path.stem}_notices"), back_link(path), []
    for number, payloads in enumerate(pages, 1):
        name = page_name(number)
        text = render_several({code: payload for code, (_, payload) in payloads.items()}, lang, back=back)
        written.append(write_file(make_folder(folder) / name, text.encode("utf-8"), sources=sources))
        links |= {document: f"{quote(f'{folder.name}/{name}')}?n={code}" for code, (document, _) in payloads.items()}
    write_file(path, overview_html(overview, lang, links).encode("utf-8"), sources=sources)
    remove_others(folder, back, written)
    return path


def view_overview(collection: Collection, path: str | Path | None, lang: Language, height: int = HEIGHT) -> PageView:
    """The overview in a notebook and as a file, without pages of notices, which `write_overview` writes."""
    text = overview_html(overview_of(collection.folder, collection, lang), lang)
    written = None
    if path is not None:
        with Index(collection.folder) as index:
            written = write_file(path, text.encode("utf-8"), sources=index.checksums())
    return PageView(text, "", height, written, lang)


def _chosen(notices: int | Iterable[str], overview: Overview, known: Mapping[str, int]) -> list[str]:
    if isinstance(notices, int):
        chosen = [row["document"] for row in overview.notices[: max(notices, 0)]]
        count = max(notices, 0)
    else:
        chosen = list(dict.fromkeys([notices] if isinstance(notices, str) else notices))
        count = len(chosen)
    if count > MOST_PAGES:
        advice = "Name those that you want to look at."
        raise NoticeError(Complaint("That are too many pages", "notices", f"{MOST_PAGES} at most", str(count), advice))
    strange = [name for name in chosen if name not in known]
    if strange:
        expected = "the id of a notice of the collection"
        raise UnknownNameError([Complaint("There is no such notice", "notices", expected, name) for name in strange])
    return chosen


def _pages(
    collection: Collection, chosen: Sequence[str], known: Mapping[str, int], lang: Language
) -> Iterator[dict[str, tuple[str, dict[str, Any]]]]:
    """What each file of pages holds, by number: a number names a page, for the id of a notice may be anything."""
    for start in range(0, len(chosen), IN_A_FILE):
        payloads = dict(_payloads(collection, chosen[start : start + IN_A_FILE], known, lang))
        if payloads:
            yield payloads


def _payloads(
    collection: Collection, chosen: Sequence[str], known: Mapping[str, int], lang: Language
) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    """The number, the id and the data of the page of each notice that can be shown."""
    together = collection.select(document=chosen)
    for document in chosen:
        try:
            yield f"{known[document]:06d}", (document, page_data(together.select(document=document), lang=lang))
        except NotShownError:
            continue


def overview_html(overview: Overview, lang: Language, links: Mapping[str, str] | None = None) -> str:
    """The overview as one HTML text.

    Args:
        overview: What it says.
        lang: The language.
        links: The id of a notice → its page, from the folder of the overview.
    """
    data = as_json(_listed(overview, links or {}, lang))
    values = {"overview": overview, "links": links or {}, "failed": by_reason(overview.failures, lang)}
    plain = _page({**values, "style": "", "policy": "", "script": "", "data": ""}, lang)
    style = "\n".join([font_face([plain, data]), _asset("overview.css")])
    script = "\n".join([_sorting(), _asset("overview.js")])
    refuse_end_tags(style, script)
    from markupsafe import Markup

    safe = {"style": Markup(style), "script": Markup(script), "data": Markup(data)}
    return _page({**values, **safe, "policy": policy([script], [style])}, lang)


def _listed(overview: Overview, links: Mapping[str, str], lang: Language) -> list[list[Any]]:
    """The notices as the list has them: document, title, date, regions, tasks, doubts, weight, link."""
    listing = word("listing", lang)
    return [
        [
            *(
                visible(str(text))
                for text in (row["document"], row["title"], row["date"], listing.join(row["regions"]))
            ),
            *(int(row[name]) for name in ("tasks", "doubts", "weight")),
            *([links[row["document"]]] if row["document"] in links else []),
        ]
        for row in overview.notices
    ]


def _page(values: Mapping[str, Any], lang: Language) -> str:
    text: str = (
        environment("The overview")
        .from_string(_asset("overview.html.jinja"))
        .render(
            lang="zh-CN" if lang == "zh" else "en",
            word=lambda key, **given: word(f"overview.{key}", lang, **given),
            reason=lambda reason: reason_text(reason, lang),
            listing=word("listing", lang),
            seen=lambda text: visible(str(text)),
            count=lambda number: f"{number:,}",
            counted=lambda noun, number: word(f"{noun}_{'one' if number == 1 else 'many'}", lang, count=f"{number:,}"),
            decimal=lambda number: f"{number:.1f}".removesuffix(".0"),
            share=lambda number, whole: f"{number / whole:.0%}" if whole else "0%",
            part=lambda number, whole: _length(number, whole),
            bars=_bars,
            shades=range(1, SHADES + 1),
            shown=MOST_NOTICES,
            leaders=MOST_LEADERS,
            **values,
        )
    )
    return text


def _length(number: float, whole: float) -> float:
    return round(_BAR * number / whole, 2) if whole else 0.0


def _bars(row: Mapping[str, int], names: Several[str], most: int) -> list[tuple[str, float, float, int]]:
    """Numbers as stretches of a bar that is full at the most: name, start, length, number.

    Example:
        >>> _bars({"clean": 3, "doubtful": 1}, ("clean", "doubtful"), 8)
        [('clean', 0.0, 37.5, 3), ('doubtful', 37.5, 12.5, 1)]
    """
    found, start = [], 0.0
    for name in names:
        length = _length(row[name], most)
        found.append((name, round(start, 2), length, row[name]))
        start += length
    return found


@cache
def _asset(name: str) -> str:
    return (resources.files("pairing_graph.collection.overview") / name).read_text(encoding="utf-8")


@cache
def _sorting() -> str:
    return (resources.files("pairing_graph.output.html_report") / "sort.js").read_text(encoding="utf-8")
