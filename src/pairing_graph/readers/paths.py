"""Paths that a user gives: the names under which the package's rooms know `pairing_graph.inputs`."""

from pairing_graph.inputs import exists, file_name, is_folder
from pairing_graph.text import printable

__all__ = ["exists", "file_name", "is_folder", "printable"]
