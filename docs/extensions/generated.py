"""What pages take from the code: the columns of the tables, and the public names with their docstrings.

A page says `<!-- columns -->` or `<!-- names: measures -->` (the first folder of where a name lives) and gets the text. A
name in backticks, `pg.workload(kb)`, becomes a link to its docstring.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sphinx.application import Sphinx

import pairing_graph as pg
from pairing_graph.kb.columns import column_words
from pairing_graph.kb.schema import TABLES, Table

STUB = Path(pg.__file__).with_name("__init__.pyi")
SECTIONS = ("Args", "Attributes", "Returns", "Yields", "Raises", "Example", "Examples")
LISTS = ("Args", "Attributes", "Raises")
TITLES = {"Args": "Arguments", "Example": "Example", "Examples": "Example"}
KINDS = {"text": "文本", "integer": "整数", "number": "数字", "flag": "是否", "list": "列表"}
FENCE = re.compile(r"(^```.*?^```|^::::*\{code.*?^:::|^\{[^\n]*$)", re.S | re.M)
CODE = re.compile(r"(?<![\[`}])`(?:pg\.)?(\w+)((?:\([^`<>]*\))?)`(?![\]`])")
PG_CODE = re.compile(r"(?<![\[`}])`pg\.(\w+)((?:\([^`<>]*\))?)`(?![\]`])")


@cache
def public_names() -> dict[str, str]:
    """Every public name, and the folder of the package in which it lives."""
    found = re.findall(r"^from \.(\w+)\S* import \w+ as (\w+)$", STUB.read_text(encoding="utf-8"), re.M)
    return {name: room for room, name in found}


def columns(language: str) -> str:
    """The data dictionary: a section for each table, a row for each column."""
    chinese = language.startswith("zh")
    tables = "\n\n".join(_dictionary(table, chinese=chinese) for table in TABLES.values())
    return f"{tables}\n"


def _dictionary(table: Table, *, chinese: bool) -> str:
    words = column_words(table.name)
    if chinese:
        lines = [f"## {words.title} `{table.name}`", "", f"{words.meaning}。", "", ":::{container} dictionary", ""]
        lines.append("| 列 | 名称 | 类型 | 含义 |")
    else:
        lines = [f"## {table.name} {words.title}", "", f"One row per {table.row}.", "", ":::{container} dictionary", ""]
        lines.append("| column | type | meaning | in Chinese |")
    lines.append("|---|---|---|---|")
    for column in table.columns:
        title, meaning = column_words(table.name, column.name)
        values = ", ".join(f"`{value}`" for value in column.values)
        if chinese:
            meaning = _cell(meaning) + (f"：{values}" if values else "")
            lines.append(f"| `{column.name}` | {title} | {KINDS[column.kind]} | {meaning} |")
        else:
            meaning = _cell(column.meaning) + (f": {values}" if values else "")
            lines.append(f"| `{column.name}` | {column.kind} | {meaning} | {title} |")
    return "\n".join([*lines, ":::"])


def _cell(text: str) -> str:
    return text.replace("|", r"\|").replace("<", "&lt;")


def names(room: str) -> str:
    """The public names of one room, each with signature and docstring."""
    return "\n\n".join(_entry(name) for name, where in public_names().items() if where == room)


def _entry(name: str) -> str:
    thing = getattr(pg, name)
    sort = "exception" if _is_error(thing) else "class" if inspect.isclass(thing) else "function"
    head = f"{name}{_signature(thing)}" if sort == "function" else name
    body = [f"## {name}", "", "::::{py:" + sort + "} " + head, ":module: pairing_graph", ""]
    body += [_markdown(inspect.getdoc(thing) or ""), "::::"]
    if sort == "class":
        body += ["", *_methods(name, thing)]
    return "\n".join(body)


def _is_error(thing: object) -> bool:
    return inspect.isclass(thing) and issubclass(thing, Exception)


def _methods(name: str, thing: type) -> Iterator[str]:
    for method, function in vars(thing).items():
        doc = inspect.getdoc(function)
        if method.startswith("_") or not doc or not (callable(function) or isinstance(function, property)):
            continue
        sort = "property" if isinstance(function, property) else "method"
        head = method if sort == "property" else f"{method}{_signature(function, bound=True)}"
        yield "\n".join(
            ["::::{py:" + sort + f"}} {name}.{head}", ":module: pairing_graph", "", _markdown(doc), "::::", ""]
        )


def _signature(function: object, *, bound: bool = False) -> str:
    """The signature as the source has it: short names of types, defaults as they were written."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))  # type: ignore[arg-type]
    except (OSError, TypeError, SyntaxError):
        return "()"
    node = next((part for part in ast.walk(tree) if isinstance(part, ast.FunctionDef)), None)
    if node is None:
        return f"{inspect.signature(function)}".replace("'", "")  # type: ignore[arg-type]
    if bound and node.args.args:
        node.args.args = node.args.args[1:]
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"({ast.unparse(node.args)}){returns}"


def _markdown(doc: str) -> str:
    """A docstring in Google's form as Markdown."""
    parts = re.split(rf"^({'|'.join(SECTIONS)}):$", doc, flags=re.M)
    text = [_linked(parts[0].strip())]
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        body = textwrap.dedent(body.strip("\n"))
        text.append(f"**{TITLES.get(title, title)}**")
        text.append(_code(body) if title.startswith("Example") else _linked(_listed(body) if title in LISTS else body))
    return "\n\n".join(text) + "\n"


def _code(body: str) -> str:
    return f"```pycon\n{body.rstrip()}\n```"


def _listed(body: str) -> str:
    """`name: text` with deeper lines below it, as a list."""
    lines = [re.sub(r"^(\*{0,2}\w+)(?: \([^)]*\))?:", r"- `\1`:", line) for line in body.splitlines()]
    return "\n".join(re.sub(r"^ {4}", "  ", line) for line in lines)


def _linked(text: str) -> str:
    """Backticked public names as links."""
    return CODE.sub(_link, text)


def _link(found: re.Match[str]) -> str:
    name = found[1]
    shown = found[0].strip("`")
    return f"{{py:obj}}`{shown} <pairing_graph.{name}>`" if name in public_names() else found[0]


def _fill(app: Sphinx, page: str, source: list[str]) -> None:
    if page.startswith("tutorials/") and page != "tutorials/index":
        return
    parts = FENCE.split(source[0])
    text = "".join(
        part.replace("\n\n```", "\n```") if at % 2 else PG_CODE.sub(_link, part) for at, part in enumerate(parts)
    )
    text = text.replace("<!-- columns -->", columns(app.config.language) if "<!-- columns -->" in text else "")
    source[0] = re.sub(r"<!-- names: (\w+) -->", lambda found: names(found[1]), text)


def setup(app: Sphinx) -> dict[str, bool]:
    """Fill pages as they are read."""
    app.connect("source-read", _fill)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
