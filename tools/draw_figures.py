"""Redraw the figures that README and notebooks show, out of the registered notice: `make figures`."""

from __future__ import annotations

from pathlib import Path

import pairing_graph as pg
from pairing_graph.figures.all import write_figures

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Write every figure as PNG and SVG into `figures/`."""
    notices = sorted((ROOT / "data" / "raw").glob("*-*.txt"))
    write_figures(pg.read_notices(notices), ROOT / "figures")


if __name__ == "__main__":
    main()
