"""Optional libraries: imported on first use, with an error that says what to install."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import Any

from pairing_graph.base.errors import Complaint, MissingExtraError

_DISTRIBUTIONS = MappingProxyType(
    {
        "docx": "python-docx",
        "jinja2": "Jinja2",
        "matplotlib": "Matplotlib",
        "opencc": "OpenCC",
        "rapidfuzz": "RapidFuzz",
    }
)
"""Libraries whose names differ from what is imported."""


def require(module: str, extra: str, purpose: str, where: str = "") -> Any:
    """Import a module of an optional library.

    Args:
        module: The module, with dots where it is inside a package.
        extra: The extra of this package that installs the library.
        purpose: What needs it; the error begins with this.
        where: The file that it is needed for.

    Returns:
        The module.

    Raises:
        MissingExtraError: The library is not installed, or cannot be imported.

    Example:
        >>> require("json", "xlsx", "Reading xlsx files").__name__
        'json'
        >>> require("no_such_library.part", "xlsx", "Reading xlsx files")
        Traceback (most recent call last):
        pairing_graph.base.errors.MissingExtraError: Reading xlsx files needs no_such_library. Install it with: pip install \
'pairing-graph[xlsx]'.
    """
    package = module.partition(".")[0]
    try:
        import_module(package)
        return import_module(module)
    except ImportError as error:
        what = f"{purpose} needs {_DISTRIBUTIONS.get(package, package)}"
        got = "" if _is_absent(error, package) else f"one that cannot be imported: {error}"
        advice = f"Install it with: pip install 'pairing-graph[{extra}]'."
        raise MissingExtraError(Complaint(what, where, got=got, advice=advice)) from error


def _is_absent(error: ImportError, package: str) -> bool:
    """Whether the library itself is missing, not something that it needs."""
    return isinstance(error, ModuleNotFoundError) and (error.name or "").partition(".")[0] == package
