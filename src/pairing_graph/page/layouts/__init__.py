"""Positions of nodes: computed before the page opens, the same from run to run, linear in the size of the graph."""

from __future__ import annotations

from pairing_graph.page.layouts.areas import area_layout
from pairing_graph.page.layouts.boxes import Box, Caption, Layout, measure
from pairing_graph.page.layouts.columns import column_layout
from pairing_graph.page.layouts.spring import network_layout

__all__ = ["Box", "Caption", "Layout", "area_layout", "column_layout", "measure", "network_layout"]
