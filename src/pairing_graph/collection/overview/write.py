"""Write the overview of a collection: one HTML file, and beside it a page for some of its notices."""

from __future__ import annotations

import re
from collections.abc import Collection as Several
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pairing_graph.base.errors import Complaint, NoticeError, UnknownNameError
from pairing_graph.base.files import make_folder, refuse_sources, write_file
from pairing_graph.base.words import Language, catalogue, word
from pairing_graph.collection.index import Index
from pairing_graph.collection.overview.model import SHADES, Overview, overview_of
from pairing_graph.page.font import font_face
from pairing_graph.page.model import visible
from pairing_graph.page.notebook import HEIGHT, PageView
from pairing_graph.page.template import environment, policy, refuse_end_tags
from pairing_graph.page.write import NotShownError, write_page

if TYPE_CHECKING:
    from pairing_graph.collection.collection import Collection

PAGES = 10
"""Pages of notices that are written unless others are named: each takes a second and half a megabyte."""
MOST_PAGES = 200
"""Pages at the most: 100 megabytes, more than anybody opens."""
_BAR = 100
"""Units of length of a bar."""
_TAG = re.compile(r"<[^>]+>")


def write_overview(
    collection: Collection, path: str | Path, *, notices: int | Iterable[str] = PAGES, lang: Language = "zh"
) -> Path:
    """Write the overview of a collection as one HTML file that opens anywhere, without a network.

    Regions by lines, years, how well the notices were read, the doubts on which most depends, the files that could not
    be read, and the notices. Some notices have a page of their own (`write_page`) in the folder `NAME_notices` beside it,
    to which their lines lead; the page says which.

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
    folder = path.with_name(f"{path.stem}_notices")
    links = _write_pages(collection, _chosen(notices, overview, known), known, folder, lang)
    return write_file(path, overview_html(overview, lang, links).encode("utf-8"), sources=sources)


def view_overview(collection: Collection, path: str | Path | None, lang: Language, height: int = HEIGHT) -> PageView:
    """The overview in a notebook; the file that is written leads to pages of notices, the frame to nothing."""
    written = write_overview(collection, path, lang=lang) if path is not None else None
    return PageView(overview_html(overview_of(collection.folder, collection, lang), lang), "", height, written, lang)


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


def _write_pages(
    collection: Collection, chosen: Iterable[str], known: Mapping[str, int], folder: Path, lang: Language
) -> dict[str, str]:
    """A page for each notice; its name is a number, for the id of a notice may be anything."""
    links = {}
    for document in chosen:
        name = f"notice-{known[document]:06d}.html"
        try:
            write_page(collection.select(document=document), make_folder(folder) / name, lang=lang)
        except NotShownError:
            continue
        links[document] = quote(f"{folder.name}/{name}")
    return links


def overview_html(overview: Overview, lang: Language, links: Mapping[str, str] | None = None) -> str:
    """The overview as one HTML text.

    Args:
        overview: What it says.
        lang: The language.
        links: The id of a notice → its page, from the folder of the overview.
    """
    values = {"overview": overview, "links": links or {}}
    plain = _page({**values, "style": "", "policy": "", "script": ""}, lang)
    style = "\n".join([font_face([_TAG.sub(" ", plain)]), _asset("overview.css")])
    script = "\n".join([_sorting(), _asset("overview.js")])
    refuse_end_tags(style, script)
    from markupsafe import Markup

    safe = {"style": Markup(style), "script": Markup(script), "policy": policy([script], [style])}
    return _page({**values, **safe}, lang)


def _page(values: Mapping[str, Any], lang: Language) -> str:
    text: str = (
        environment("The overview")
        .from_string(_asset("overview.html.jinja"))
        .render(
            lang="zh-CN" if lang == "zh" else "en",
            word=lambda key, **given: word(f"overview.{key}", lang, **given),
            listing=word("listing", lang),
            seen=lambda text: visible(str(text)),
            count=lambda number: f"{number:,}",
            bars=_bars,
            shades=range(1, SHADES + 1),
            **values,
        )
    )
    return text


def _bars(row: Mapping[str, int], names: Several[str]) -> list[tuple[str, float, float, int]]:
    """Parts of a whole as stretches of a bar: name, start, length, number.

    Example:
        >>> _bars({"clean": 3, "doubtful": 1}, ("clean", "doubtful"))
        [('clean', 0.0, 75.0, 3), ('doubtful', 75.0, 25.0, 1)]
    """
    whole = sum(row[name] for name in names) or 1
    found, start = [], 0.0
    for name in names:
        length = round(_BAR * row[name] / whole, 2)
        found.append((name, round(start, 2), length, row[name]))
        start += length
    return found


@cache
def _asset(name: str) -> str:
    return (resources.files("pairing_graph.collection.overview") / name).read_text(encoding="utf-8")


@cache
def _sorting() -> str:
    return (resources.files("pairing_graph.output.html_report") / "sort.js").read_text(encoding="utf-8")
