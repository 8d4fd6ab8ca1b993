"""The command line."""

from pairing_graph.cli.app import main

__all__ = ["main"]
