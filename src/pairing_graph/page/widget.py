"""The page in a running notebook, with what is selected on it given back to Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pairing_graph.base.extras import require
from pairing_graph.base.words import Language
from pairing_graph.page.notebook import HEIGHT, still_of
from pairing_graph.page.write import TabName, page_data

if TYPE_CHECKING:
    from pairing_graph.page.page_widget import PageWidget


def widget(source: Any, *, lang: Language = "zh", tab: TabName | None = None, height: int = HEIGHT) -> PageWidget:
    """The interactive page in a running notebook: what is selected on it is in Python, and the other way round.

    It works in JupyterLab, VS Code and marimo (there as `mo.ui.anywidget(pg.widget(kb))`). In a saved notebook that nobody
    runs it leaves a picture, which a trusted one in JupyterLab hides behind "model not found" unless Settings → Save Widget
    State Automatically was on; `show` leaves the whole page there.

    Args:
        source: As in `write_page`.
        lang: The language in which it opens, zh or en.
        tab: The question that it opens with, as in `write_page`.
        height: Height of the page in pixels.

    Returns:
        The widget: `selected` (units, tasks and addresses), `facts()` (their rows as frames), `focus(name)`,
        `filter(region=…)`, `tab`; `observe` calls a function when one of them changes.

    Raises:
        NoticeError: The graph is empty, or larger than a browser can show.
        UnknownNameError: There is no such language or tab.
        MissingExtraError: The extra `page` or `widget` is not installed.

    Example:
        >>> from pairing_graph.reading.notices import read_notice
        >>> w = widget(read_notice("data/raw/wuxi-yuzhong-2022.txt"))
        >>> w.observe(lambda change: print("now", change.new.units), "selected")
        >>> w.focus("县国资监管中心")
        now ('巫溪县国资监管中心',)
        >>> w.facts()["pairings"]["donor"].tolist()
        ['渝中区金融办', '渝中区国资委']
        >>> w.filter(region="巫溪县", role="lead")
        >>> w.filters["region"], w.tab
        ('巫溪县', 'load')
    """
    require("anywidget", "widget", "The page as a widget")
    from pairing_graph.page.page_widget import PageWidget

    payload = page_data(source, lang=lang, tab=tab, layout=None)
    return PageWidget(source, payload, still_of(payload, lang), height=height)
