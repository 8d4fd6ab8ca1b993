"""Break single lines of the program and see whether the nearest tests notice.

    python tools/mutants.py --count 20 --seed 1

A mutant is one small change in one module: a comparison turned, a condition negated, a number moved by one, a key
changed, a statement left out. The tests nearest to it run in a copy of the tree, which itself is never touched. Each is
printed with file, line, before and after. What survives changes nothing that can be seen, or a test is missing.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PACKAGE = "src/pairing_graph"
PAGE = tuple(f"page/test_page_{name}.py" for name in ("use", "search", "filters", "in_browser"))
NEAREST = MappingProxyType({
    "base/encodings.py": ("base/test_inputs.py",),
    "base/files.py": ("base/test_files.py",),
    "base/safe_cells.py": ("base/test_safe_cells.py",),
    "graph/build.py": ("graph/test_graph.py",),
    "kb/address.py": ("kb/test_address.py",),
    "kb/lookup.py": ("kb/test_lookup.py",),
    "measures/coordination.py": ("measures/test_coordination.py",),
    "measures/coordination_rows.py": ("measures/test_coordination.py",),
    "measures/workload.py": ("measures/test_workload.py",),
    "output/graph_files/xml.py": ("graph/test_graph.py", "output/test_graph_formats.py"),
    "output/run_folder.py": ("output/test_run_folder.py",),
    "page/template.py": ("page/test_write_page.py",),
    **{f"page/assets/{name}.js": PAGE for name in ("details", "filters", "focus", "keyboard", "model", "positions", "search", "store", "tooltip")},
    **{f"page/assets/{name}.js": ("page/test_hostile_names.py", *PAGE) for name in ("files", "table")},
})  # fmt: skip
"""Module → the test files nearest to it, below `src/pairing_graph` and `tests`."""
TURNED = MappingProxyType({
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
})  # fmt: skip
SCRIPT_CHANGES = (
    (r"===", "!=="), (r"!==", "==="), (r"&&", "||"), (r"\|\|", "&&"), (r" < ", " <= "), (r" > ", " >= "), (r" <= ", " < "),
    (r" >= ", " > "), (r" \+ 1\b", " + 2"), (r" - 1\b", " - 2"), (r"\btrue\b", "false"), (r"\bfalse\b", "true"),
    (r"(?<=[ {])n(?=: \(\))", "p"), (r"(?<=[ {])p(?=: \(\))", "n"), (r'(?<=get\(")\w', "x"), (r'(?<=key === ")\w', "x"),
    (r"if \(!", "if ("), (r"if \((?!!)", "if (!"), (r"\? (?=-?\d)", "? 7 + "),
)  # fmt: skip


class Mutant(NamedTuple):
    """One changed stretch of one file, by offsets in its text."""

    file: str
    start: int
    end: int
    new: str


def main() -> int:
    """Break, test, tell; the exit code is 1 if a mutant survives."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("modules", nargs="*", default=list(NEAREST), help=f"below {PACKAGE}; all of NEAREST if none")
    options = parser.parse_args()
    if unknown := set(options.modules) - set(NEAREST):
        parser.error(f"no nearest tests are named for {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="pairing-graph-mutants-") as folder:
        tree = Path(
            shutil.copytree(ROOT, Path(folder) / "tree", ignore=shutil.ignore_patterns(".*", "__pycache__", "out"))
        )
        chosen = sample(options.modules, options.count, options.seed)
        if failing := [module for module in {one.file for one in chosen} if not passes(tree, module)]:
            parser.error(f"the nearest tests fail without any change for {', '.join(failing)}")
        alive = sum([survives(tree, mutant) for mutant in chosen])
    print(f"{alive} of {len(chosen)} mutants survive.")
    return 1 if alive else 0


def sample(modules: Sequence[str], count: int, seed: int) -> list[Mutant]:
    """Mutants by chance, of every module about as many; the same seed gives the same ones."""
    chance = random.Random(seed)
    ways = {module: sorted(mutants(module)) for module in modules}
    order = (module for _ in range(count) for module in chance.sample(modules, len(modules)) if ways[module])
    return [ways[module].pop(chance.randrange(len(ways[module]))) for module in islice(order, count)]


def mutants(module: str) -> set[Mutant]:
    """All mutants of a module."""
    text = (ROOT / PACKAGE / module).read_text(encoding="utf-8")
    return set(script_mutants(module, text) if module.endswith(".js") else code_mutants(module, text))


def script_mutants(module: str, text: str) -> Iterator[Mutant]:
    """Signs and key letters of a script changed, outside of whole-line comments."""
    for pattern, new in SCRIPT_CHANGES:
        for match in re.finditer(pattern, text):
            if not lines_at(text, match.start(), match.end()).startswith("//"):
                yield Mutant(module, match.start(), match.end(), new)


def code_mutants(module: str, text: str) -> Iterator[Mutant]:
    """Expressions changed and statements left out; words in messages and annotations stay."""
    lines = text.encode().splitlines(keepends=True)
    offsets = list(accumulate((len(line.decode()) for line in lines), initial=0))
    for outer in counted(ast.parse(text)):
        for node, changed in changes(outer):
            ends = ((node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset))
            start, end = (offsets[row - 1] + len(lines[row - 1][:column].decode()) for row, column in ends)
            yield Mutant(module, start, end, changed if isinstance(node, ast.stmt) else f"({changed})")


def counted(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a tree, but nothing of annotations, imports, decorators and f-strings."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, ast.Import | ast.ImportFrom | ast.JoinedStr):
                yield child
                yield from counted(child)


def changes(node: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """What may stand in the place of a node or of its condition."""
    match node:
        case ast.Compare(ops=[sign]) if type(sign) in TURNED:
            yield node, with_(node, ops=[TURNED[type(sign)]()])
        case ast.BoolOp(op=sign):
            yield node, with_(node, op=TURNED[type(sign)]())
        case ast.UnaryOp(op=ast.Not()):
            yield node, ast.unparse(node.operand)
        case ast.If() | ast.While() | ast.IfExp():
            yield node.test, f"not ({ast.unparse(node.test)})"
        case ast.Constant(value=bool()):
            yield node, repr(not node.value)
        case ast.Constant(value=int()):
            yield from ((node, repr(node.value + step)) for step in (1, -1))
        case ast.Constant(value=str()) if re.fullmatch(r"[a-z_]{2,}", node.value):
            yield node, repr(f"{node.value}_")
        case ast.Expr(value=ast.Call() | ast.YieldFrom()) | ast.AugAssign() | ast.Continue() | ast.Raise():
            yield node, "pass"
        case ast.Assign(targets=[ast.Subscript() | ast.Attribute()]):
            yield node, "pass"


def with_(node: ast.AST, **fields: object) -> str:
    """The code of a node with some fields exchanged."""
    changed = copy.copy(node)
    vars(changed).update(fields)
    return ast.unparse(changed)


def survives(tree: Path, mutant: Mutant) -> bool:
    """Whether the nearest tests pass with the change; both are told as lines."""
    file = tree / PACKAGE / mutant.file
    text = file.read_text(encoding="utf-8")
    changed = text[: mutant.start] + mutant.new + text[mutant.end :]
    file.write_text(changed, encoding="utf-8")
    try:
        alive = passes(tree, mutant.file)
    finally:
        file.write_text(text, encoding="utf-8")
    print(f"{'SURVIVES' if alive else 'noticed '} {mutant.file}:{text.count(chr(10), 0, mutant.start) + 1}")
    after = lines_at(changed, mutant.start, mutant.start + len(mutant.new))
    print(f"  - {lines_at(text, mutant.start, mutant.end)}\n  + {after}", flush=True)
    return alive


def lines_at(text: str, start: int, end: int) -> str:
    """The lines that a stretch of a text is in, as one."""
    return " ".join(text[text.rfind("\n", 0, start) + 1 : (text + "\n").find("\n", end)].split())


def passes(tree: Path, module: str) -> bool:
    """Whether the nearest tests and the module's own examples pass; tests that never end do not."""
    tests = [f"tests/{name}" for name in NEAREST[module]]
    if module.endswith(".py"):
        name = f"pairing_graph.{module[:-3].replace('/', '.')}"
        tests.append(f"tests/test_documents.py::test_the_examples_in_the_docstrings[{name}]")
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    places = {"PYTHONPATH": str(tree / "src"), "HYPOTHESIS_STORAGE_DIRECTORY": str(tree / ".hypothesis")}
    try:
        done = subprocess.run(command, cwd=tree, env=os.environ | places, capture_output=True, timeout=600)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
