"""The widget itself, a module of its own since it cannot be imported without anywidget."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any, get_args

import anywidget
import pandas as pd
import traitlets

from pairing_graph.base.errors import Complaint, NoticeError, UnknownNameError, refuse_unknown
from pairing_graph.base.words import word
from pairing_graph.graph import to_knowledge_base
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.page.filtering import NO_FILTERS, checked_filters, known_values
from pairing_graph.page.measured import completed
from pairing_graph.page.notebook import still_image
from pairing_graph.page.selection import Key, Selectable, Selection
from pairing_graph.page.template import asset, render
from pairing_graph.page.write import TabName

TABS = get_args(TabName)
_BRIDGE = {"selected": "selected_key", "filters": "filters", "tab": "tab"}
"""What page and kernel share: its name on the page, and the trait."""


class PageWidget(anywidget.AnyWidget):
    """The page in a notebook, its selection in Python; `pg.widget` makes it.

    What the reader does on the page and what Python does meet in traits: `observe` hears of both, and all views of one
    widget show the same.

    Attributes:
        selected: What is selected.
        selected_key: The same as the page names it; None where nothing is selected.
        filters: The filters of the page, each with its value.
        tab: The question that the page answers: load, pairs, gaps, matrix, network, source or table.
        height: Height of the page in pixels.
    """

    _esm = asset("widget.js")
    _page = traitlets.Unicode().tag(sync=True)
    _shared = traitlets.Dict(_BRIDGE).tag(sync=True)
    selected = traitlets.Instance(Selection, args=(), read_only=True)
    selected_key = traitlets.Dict(default_value=None, allow_none=True).tag(sync=True)
    filters = traitlets.Dict(dict(NO_FILTERS)).tag(sync=True)
    tab = traitlets.Unicode().tag(sync=True)
    height = traitlets.Int().tag(sync=True)

    def __init__(self, source: Any, payload: Mapping[str, Any], still: str, height: int) -> None:
        self._source, self._still, self._lang = source, still, payload["lang"]
        self._selectable = Selectable(payload)
        self._known = known_values(payload)
        page = render({**payload, "bridge": list(_BRIDGE)}, self._lang)
        super().__init__(_page=page, tab=payload["tab"], height=height)

    def facts(self) -> dict[str, pd.DataFrame]:
        """The rows that the selection stands for: of a unit its duties and pairings, of a line the row that it is.

        Returns:
            The rows of units, tasks, assignments, pairings and targets, by the name of the table, as the knowledge base has
            them; no rows where nothing is selected. Every unit and task that the other rows name is there.

        Raises:
            NoticeError: The widget was made of a view, which keeps no rows.
        """
        return self._selectable.rows(self._tables(), self.selected_key)

    def focus(self, name: str | int | None) -> None:
        """Select a unit or a task.

        Args:
            name: A unit by its full or short name, a task by its id or number; None clears the selection.

        Raises:
            UnknownNameError: Nothing goes by that name, or more than one thing does; the message names them.
        """
        self.set_trait("selected_key", None if name is None else dict(self._selectable.named(name)))

    def filter(
        self,
        *,
        region: str | None = None,
        kind: str | None = None,
        role: str | None = None,
        area: str | None = None,
        document: str | None = None,
        least: float | None = None,
    ) -> None:
        """Show a part: what is not given filters nothing, so that no argument at all shows the whole again.

        Args:
            region: Region of the units.
            kind: Kind of the units (department, town …).
            role: Role in which units have a task (lead, support …).
            area: Area of the tasks.
            document: The notice.
            least: The least load of the units, by the count that sizes them on the page.

        Raises:
            UnknownNameError: The page has no such value; the message names those that it has.
        """
        given = {"region": region, "kind": kind, "role": role, "area": area, "document": document, "least": least}
        self.filters = checked_filters(given, self._known)

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take what the page says; it is data from outside, and what it cannot mean is left out."""
        super().set_state({name: value for name, value in sync_data.items() if self._can_be(name, value)})

    def _can_be(self, name: str, value: Any) -> bool:
        try:
            if name == "selected_key":
                self._selectable.selection(value)
            elif name == "filters":
                checked_filters(value, self._known)
            elif name == "tab":
                return value in TABS
        except UnknownNameError:
            return False
        return True

    @traitlets.validate("filters")
    def _check_filters(self, proposal: Mapping[str, Any]) -> dict[str, Any]:
        return checked_filters(proposal["value"], self._known)

    @traitlets.validate("tab")
    def _check_tab(self, proposal: Mapping[str, Any]) -> str:
        refuse_unknown("There is no such tab", "tab", proposal["value"], TABS)
        return str(proposal["value"])

    @traitlets.validate("selected_key")
    def _check_key(self, proposal: Mapping[str, Any]) -> Key | None:
        self._selectable.selection(proposal["value"])
        key: Key | None = proposal["value"]
        return key

    @traitlets.observe("selected_key")
    def _select(self, change: Mapping[str, Any]) -> None:
        self.set_trait("selected", self._selectable.selection(change["new"]))

    def _tables(self) -> KnowledgeBase:
        if isinstance(self._source, KnowledgeBase):
            return self._source
        try:
            return to_knowledge_base(completed(self._source))
        except (NoticeError, KeyError, TypeError, ValueError) as error:
            expected = "a KnowledgeBase (read_notice), its graph (build_graph), or a part of it"
            raise NoticeError(Complaint("A view keeps no rows to give back", "facts", expected)) from error

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        shown = super()._repr_mimebundle_(**kwargs)
        if shown is None:
            return None
        data, metadata = shown if isinstance(shown, tuple) else (shown, {})
        return {**data, "text/html": self._instead()}, metadata

    def _instead(self) -> str:
        """What a saved notebook shows that no kernel runs, or that is not trusted."""
        return f"<p>{escape(word('page.not_running', self._lang))}</p>{still_image(self._still, self._lang)}"
