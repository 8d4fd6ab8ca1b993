"""The house: imports point one way, versions agree, nothing of one notice is in the code."""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from pathlib import Path

import pytest
import yaml

import pairing_graph as pg
from pairing_graph.base.reference import reference
from pairing_graph.kb.schema import SEVERITIES, TABLES
from pairing_graph.measures.results import offered, on_request

PACKAGE = Path(pg.__file__).parent
FLOORS = [
    "base",
    "lexicon",
    "places",
    "kb",
    "readers",
    "reading",
    "graph",
    "measures",
    "look",
    "figures",
    "page",
    "output",
    "collection",
    "cli",
]
"""The rooms from the ground up: a room knows those below it."""
LEVEL = {room: level for level, room in enumerate(FLOORS)}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imports(file: Path):
    """Imports that run, those for type checking left out."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    hidden = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in hidden:
            continue
        if isinstance(node, ast.ImportFrom) and (module := absolute(node, file)).split(".")[0] == "pairing_graph":
            inner = [alias.name for alias in node.names if alias.name != "__version__"]
            yield from [module] if module != "pairing_graph" else [f"pairing_graph.{name}" for name in inner]
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("pairing_graph"))


def absolute(node: ast.ImportFrom, file: Path) -> str:
    """The module of a `from` import in full, however many dots it begins with."""
    if not node.level:
        return node.module or ""
    package = ("pairing_graph", *file.relative_to(PACKAGE).parent.parts)
    return ".".join([*package[: len(package) - node.level + 1], *filter(None, [node.module])])


def imported(tree: ast.AST, file: Path) -> set[str]:
    """Every name that is imported anywhere in a file, in full."""
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names |= {f"{absolute(node, file)}.{alias.name}" for alias in node.names}
    return names


def mine(file: Path) -> str:
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_point_one_way(file):
    room = mine(file)
    if room in ("__init__", "__main__"):
        return
    assert room in LEVEL, f"the room {room} has no place in the house"
    for module in imports(file):
        other = room_of(module)
        assert other == room or LEVEL[other] < LEVEL[room], f"{room} imports {other}"


def test_every_room_is_there_and_there_are_fourteen_at_most():
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert rooms == set(FLOORS)
    assert len(rooms) <= 14
    assert {path.name for path in PACKAGE.glob("*.py")} == {"__init__.py", "__main__.py"}


@pytest.mark.parametrize(
    ("room", "words"),
    [("readers", ["task", "pairing", "牵头", "责任"]), ("reading", ["docx", "xlsx", "pdfplumber", "lxml"]), ("measures", ["matplotlib", "pyvis", "figures.", "page."])],
    ids=["readers-know-no-tasks", "reading-knows-no-format", "measures-never-draw"],
)  # fmt: skip
def test_a_room_keeps_to_its_own(room, words):
    for file in (PACKAGE / room).rglob("*.py"):
        if "corrections" in file.parts:  # A sheet of corrections is a CSV or a workbook, and no notice.
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        names |= {name.removeprefix("pairing_graph.") for name in imported(tree, file)}
        docstrings = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module)
        }
        texts = {
            n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)
        } - docstrings
        found = [
            word
            for word in words
            if any(word in name for name in names) or (not word.isascii() and any(word in text for text in texts))
        ]
        assert not found, f"{file.name} knows {found}"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("from matplotlib import pyplot", {"matplotlib.pyplot"}),
        ("import matplotlib.pyplot as plt", {"matplotlib.pyplot"}),
        ("from ..look import style", {"pairing_graph.look.style"}),
        ("from .. import look", {"pairing_graph.look"}),
        ("from . import workload", {"pairing_graph.measures.workload"}),
    ],
)
def test_no_way_of_importing_is_overlooked(line, names):
    assert imported(ast.parse(line), PACKAGE / "measures" / "x.py") == names


def test_a_relative_import_of_a_higher_room_is_seen(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.test_house.PACKAGE", tmp_path)
    file = tmp_path / "measures" / "x.py"
    file.parent.mkdir()
    file.write_text("from ..look import style\nfrom .. import cli\n", encoding="utf-8")
    assert [room_of(module) for module in imports(file)] == ["look", "cli"]


def test_nothing_is_called_load():
    for file in MODULES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                assert not node.name.startswith("load_"), f"{file.name}: {node.name}"


def test_the_code_knows_no_unit_of_the_2022_notice(kb):
    named = kb.units[~kb.units["collective"]]
    names = {name for name in [*named["name"], *named["unit"], kb.documents["number"].item()] if len(name) > 3}
    for file in MODULES:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        docstrings = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docstrings:
                assert not [name for name in names if name in node.value], f"{file.name}:{node.lineno}"


def test_public_names_are_listed_once_and_documented():
    assert set(dir(pg)) == set(pg.__all__)
    assert len(pg.__all__) == len(set(pg.__all__)) > 50
    for name in pg.__all__:
        assert getattr(pg, name).__doc__, name
    with pytest.raises(AttributeError, match="magic"):
        pg.magic  # noqa: B018


def test_every_public_measure_says_where_it_comes_from():
    for name, module in offered().items():
        told = inspect.getdoc(getattr(module, name)) or ""
        borrowed = re.search(r"sources? are (?:those of|in) ", told) or re.search(r"formula and\s+source", told)
        assert re.search(r"\b(?:19|20)\d\d\b", told) or re.search(r"our\s+own", told) or borrowed, name


NOT_A_TABLE = {
    "agreement": "takes sheets of coders: pairing-graph agreement",
    "compare": "takes two notices: pairing-graph compare",
    "difference": "takes two knowledge bases, before and after a scenario",
    "coordination_requirements": "takes matrices, no notice",
    "explain": "takes one number of another measure: pairing-graph explain",
    "large_tasks": "lists what would make too many pairs, before a measure of pairs: no measure itself",
    "without_large_tasks": "gives the tables without them, and no measure",
    **dict.fromkeys(
        ("add_pairing", "merge_units", "reassign", "remove_pairing", "remove_unit", "rename_unit"),
        "gives a knowledge base to measure, and no measure",
    ),
}
"""Public functions of the measures that `pairing-graph measures --table` does not offer, with the reason."""


def test_every_public_measure_is_offered_by_the_command_line():
    public = {name: getattr(pg, name) for name in pg.__all__}
    measures = {name for name, value in public.items() if value.__module__.startswith("pairing_graph.measures.")}
    functions = {name for name in measures if inspect.isfunction(public[name])}
    assert functions == {*offered(), *NOT_A_TABLE}
    assert not set(offered()) & set(NOT_A_TABLE)
    assert set(on_request()) <= set(offered())


def test_each_public_name_has_one_line_in_the_stub():
    lines = (PACKAGE / "__init__.pyi").read_text(encoding="utf-8").splitlines()
    named = re.findall(r"^from \S+ import (\w+) as (\w+)$", "\n".join(lines), re.M)
    assert sorted(name for name, _ in named) == sorted(pg.__all__)
    assert all(name == shown for name, shown in named)


def test_the_files_that_contributing_names_exist(root):
    guide = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rooms = {word for word in re.findall(r"`([a-z]+/[\w/]*(?:\.py|\.csv)?)`", guide) if "*" not in word}
    assert len(rooms) > 15
    for name in rooms - {"figures/"}:
        assert (PACKAGE / name).exists() or (root / name).exists(), name
    loops = re.findall(r"tests/[\w/]+(?:\.py|\.txt)?", guide)
    assert len(loops) > 15
    for name in loops:
        assert (root / name).exists(), name


def floors(requirements):
    found = {}
    for requirement in requirements:
        match = re.fullmatch(
            r"([A-Za-z0-9_.-]+)(?:\[[^]]*\])?(?:>=([0-9.]+)(?:,<[0-9.]+)?)?", requirement.replace(" ", "")
        )
        if match and match[1] != "pairing-graph":
            found[match[1].lower()] = match[2]
    return found


def test_conda_and_pip_have_the_same_floors(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = floors([*project["dependencies"], *(r for name, rows in extras.items() if name != "dev" for r in rows)])
    environment = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))
    assert environment["channels"] == ["conda-forge"]
    got = floors(item for item in environment["dependencies"] if isinstance(item, str))
    assert got.pop("python") == project["requires-python"].removeprefix(">=")
    assert got.pop("pip") is None
    by_pip = next(item["pip"] for item in environment["dependencies"] if isinstance(item, dict))
    assert by_pip[-1] == "-e ."
    got |= floors(by_pip[:-1])
    conda_names = {"python-igraph": "igraph"}
    assert {conda_names.get(name, name): floor for name, floor in got.items()} == wanted


def test_versions_agree(root):
    version = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert version == pg.__version__ == citation["version"]
    assert f"## {version}" in (root / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "table",
    [
        "headers",
        "roles",
        "kinds",
        "collectives",
        "lines",
        "aliases",
        "place_endings",
        "same_names",
        "sheet_words",
        "schemes",
        "quantity_units",
        "reasons",
        "columns",
        "words",
    ],
)
def test_reference_tables_have_no_empty_and_no_doubled_rows(table):
    rows = reference(table)
    assert rows
    key = next(iter(rows[0]))
    more = ("word", "alias", "match", "column")
    keys = [(row[key], *(row.get(name, "") for name in more)) for row in rows]
    assert len(keys) == len(set(keys))
    assert all(row[key].strip() for row in rows)


def test_every_reason_has_a_severity_and_words():
    assert {row["severity"] for row in reference("reasons")} <= set(SEVERITIES)
    assert all(row["en"] and row["zh"] for row in [*reference("reasons"), *reference("words")])


def test_every_column_says_what_it_means():
    meanings = pg.column_meanings()
    assert len(meanings) == sum(len(table.columns) for table in TABLES.values())
    assert (meanings["meaning"].str.len() > 5).all()


def requirement_names(texts):
    return {re.match(r"[A-Za-z0-9-]+", text)[0].lower() for text in texts} - {"pairing-graph"}


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_licence_of_every_dependency_is_named(root, readme):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {name: texts for name, texts in project["optional-dependencies"].items() if name not in ("test", "dev")}
    wanted = requirement_names([*project["dependencies"], *(text for texts in extras.values() for text in texts)])
    rows = re.findall(
        r"^\| ([a-z0-9, -]+) \| [^|]*(?:Apache|MIT|BSD|PSF|GPL)[^|]* \|",
        (root / readme).read_text(encoding="utf-8"),
        re.M,
    )
    assert {name.strip() for row in rows for name in row.split(",")} == wanted


def test_make_analyse_installs_what_the_commands_need_and_no_gpl(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = re.search(r"\.analyse: EXTRAS = (\S+)", (root / "Makefile").read_text(encoding="utf-8"))[1].split(",")
    installed = requirement_names(text for extra in extras for text in project["optional-dependencies"][extra])
    assert {"rapidfuzz", "openpyxl", "matplotlib", "pyvis"} <= installed
    assert "igraph" not in installed


def test_every_test_that_is_listed_as_slow_is_there():
    listed = (Path(__file__).parent / "slow.txt").read_text(encoding="utf-8").split()
    assert listed == sorted(set(listed))
    there = {
        f"{file.relative_to(Path(__file__).parents[1]).as_posix()}::{node.name}"
        for file in Path(__file__).parent.rglob("test_*.py")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    assert [test for test in listed if test not in there] == []
