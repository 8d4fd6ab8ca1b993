"""How a plan `x_sheet(results, *, lang, …)` becomes the public `plot_x(source, *, ax=None, lang="zh", …)`.

The arguments that all figures have are documented here, once; `plot_of` puts them into every docstring.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol

from pairing_graph.base.words import Language
from pairing_graph.figures.sheet import Sheet, put_on
from pairing_graph.graph import Source
from pairing_graph.measures.relations import keeping
from pairing_graph.measures.results import results_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SOURCE = "    source: A knowledge base or its graph."
_COMMON = """\
    ax: Where to draw; without it a new figure is made.
    lang: The language of the words around the names, zh or en."""
_RETURNS = "    The axes."
_RAISES = "    MissingExtraError: Matplotlib is not installed."
_OWN = "Its own arguments"
"""The section of a plan's docstring for what not all figures have."""
_SHEET = "_sheet"
_SECTIONS = ("Args", "Returns", "Raises", "Example")


class Plot(Protocol):
    """A figure of one knowledge base without arguments of its own."""

    def __call__(self, source: Source, *, ax: Axes | None = None, lang: Language = "zh") -> Axes:
        """Draw it."""


def plot_of(plan: Callable[..., Sheet]) -> Callable[..., Axes]:
    """The public function of a plan.

    Its positional arguments are knowledge bases or graphs, whose `Results` the plan gets (`results` becomes `source`);
    its keywords are those of the plan and `ax`. The plan's docstring describes the figure and, under `Its own arguments:`, the arguments
    that not all figures have.

    Args:
        plan: A function whose name ends in `_sheet`.

    Example:
        >>> def empty_sheet(results, *, lang="zh"):
        ...     return Sheet("Nothing", "", "", lambda canvas, y: None, 0.0)
        >>> plot_empty = plot_of(empty_sheet)
        >>> plot_empty.__name__, list(inspect.signature(plot_empty).parameters)
        ('plot_empty', ['source', 'ax', 'lang'])
    """
    signature = _signature(plan)
    sources = [name for name, p in signature.parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD]

    @wraps(plan)
    def plot(*args: Any, **options: Any) -> Axes:
        given = signature.bind(*args, **options).arguments
        ax = given.pop("ax", None)
        found = [None if given[name] is None else results_of(given[name]) for name in sources if name in given]
        with keeping():
            sheet = plan(*found, **{name: value for name, value in given.items() if name not in sources})
        return put_on(sheet, ax)

    plot.__name__ = plot.__qualname__ = public_name(plan)
    plot.__doc__ = _docstring(inspect.getdoc(plan) or "", sources)
    plot.__signature__ = signature  # type: ignore[attr-defined]
    plot.__annotations__ = {name: p.annotation for name, p in signature.parameters.items()} | {"return": "Axes"}
    del plot.__wrapped__
    return plot


def public_name(plan: Callable[..., Sheet]) -> str:
    """The name of a plan's public function.

    Example:
        >>> def empty_sheet(results, *, lang="zh"): ...
        >>> public_name(empty_sheet)
        'plot_empty'
    """
    return f"plot_{plan.__name__.removesuffix(_SHEET)}"


def _signature(plan: Callable[..., Sheet]) -> inspect.Signature:
    """The plan's signature with sources in place of results, and with `ax` before `lang`."""
    kinds = inspect.Parameter
    parameters = []
    for name, parameter in inspect.signature(plan).parameters.items():
        if parameter.kind is kinds.POSITIONAL_OR_KEYWORD:
            annotation = "Source" if parameter.default is kinds.empty else "Source | None"
            parameter = parameter.replace(name="source" if name == "results" else name, annotation=annotation)
        elif name == "lang":
            parameters.append(kinds("ax", kinds.KEYWORD_ONLY, default=None, annotation="Axes | None"))
        parameters.append(parameter)
    return inspect.Signature(parameters, return_annotation="Axes")


def _docstring(own: str, sources: list[str]) -> str:
    """The plan's docstring with what all figures have in common."""
    parts = re.split(rf"\n\n?({'|'.join((_OWN, *_SECTIONS))}):\n", own)
    found = dict(zip(parts[1::2], (part.rstrip() for part in parts[2::2]), strict=True))
    source = [_SOURCE] if sources == ["source"] else []
    own_arguments = [found.pop(_OWN)] if _OWN in found else []
    found["Args"] = "\n".join([*source, *own_arguments, _COMMON])
    found.setdefault("Returns", _RETURNS)
    found["Raises"] = "\n".join([_RAISES, *([found["Raises"]] if "Raises" in found else [])])
    sections = [f"{name}:\n{found[name]}" for name in _SECTIONS if name in found]
    return "\n\n".join([parts[0].rstrip(), *sections]) + "\n"
