"""What README and the docstrings say is run as it stands."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import shlex
from pathlib import Path

import pytest

import pairing_graph as pg
from pairing_graph.cli.app import main

READMES = ["README.md", "README.zh-CN.md"]
DOCS = sorted((Path(__file__).parents[1] / "docs").glob("[ez][nh]/**/*.md"))
EXAMPLES = [path for path in DOCS if "zh" in path.parts and ">>> " in path.read_text(encoding="utf-8")]
"""Both languages have the same examples, so one is run."""
SHOWN = [("lead", 0), ("listed_first", 0), ("fractional", 2), ("areas", 0)]
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(pg.__path__, "pairing_graph.")
    if not module.name.endswith("__main__")
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings(name, root, monkeypatch):
    monkeypatch.chdir(root)
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0


def test_the_example_of_the_package(root, monkeypatch):
    monkeypatch.chdir(root)
    result = doctest.testmod(pg)
    assert (result.failed, result.attempted > 0) == (0, True)


@pytest.mark.parametrize("readme", READMES)
def test_the_code_in_the_readme(readme, root, monkeypatch):
    monkeypatch.chdir(root)
    result = doctest.testfile(str(root / readme), module_relative=False, encoding="utf-8")
    assert (result.failed, result.attempted > 4) == (0, True)


def named(path: Path) -> str:
    return path.relative_to(Path(__file__).parents[1]).as_posix()


@pytest.fixture
def elsewhere(root, tmp_path, monkeypatch):
    """A folder with the data and nothing else, for examples that write files."""
    (tmp_path / "data").symlink_to(root / "data")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("page", EXAMPLES, ids=named)
def test_the_code_in_the_documentation(page, elsewhere):
    result = doctest.testfile(
        str(page), module_relative=False, encoding="utf-8", optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert (result.failed, result.attempted > 0) == (0, True)


def test_the_commands_in_the_documentation_are_those_that_the_readme_tests(root):
    tested = set(commands(root / "README.md"))
    found = {command for page in DOCS for command in commands(page)}
    assert found
    assert found - tested == set()


def test_every_page_of_the_documentation_is_there_in_both_languages(root):
    pages = {
        language: {path.relative_to(root / "docs" / language) for path in DOCS if language in path.parts}
        for language in ("zh", "en")
    }
    assert pages["zh"] == pages["en"]
    for page in pages["zh"]:
        chinese, english = (code(root / "docs" / language / page) for language in ("zh", "en"))
        assert chinese == english, page


def code(page: Path) -> list[str]:
    return re.findall(r"^ *```pycon\n(.*?)```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_of_the_twelve_questions_is_answered_in_three_lines(language, root):
    text = (root / "docs" / language / "twelve-questions.md").read_text(encoding="utf-8")
    answers = text.split("\n## ")[1:]
    assert len(answers) == 12
    for answer in answers:
        assert 1 <= answer.count(">>> ") + answer.count("\n... ") <= 3, answer


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_measure_has_a_section_in_the_documentation(language, root):
    sections = re.findall(
        r"^## (\w+)", (root / "docs" / language / "reference" / "measures.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    measures = [
        name
        for module in MODULES
        if module.startswith("pairing_graph.measures.")
        for name in getattr(importlib.import_module(module), "MEASURES", ())
    ]
    assert measures
    assert set(measures) - set(sections) == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_documentation_lists_every_room_with_public_names(language, root):
    names = (root / "src" / "pairing_graph" / "__init__.pyi").read_text(encoding="utf-8")
    rooms = set(re.findall(r"^from \.(\w+)\S* import", names, re.MULTILINE))
    shown = {
        room
        for path in (root / "docs" / language / "reference" / "api").glob("*.md")
        for room in re.findall(r"<!-- names: (\w+) -->", path.read_text(encoding="utf-8"))
    }
    assert rooms == shown


def commands(readme: Path):
    for block in re.findall(r"```bash\n(.*?)```", readme.read_text(encoding="utf-8"), flags=re.DOTALL):
        yield from (line for line in block.splitlines() if line.startswith("pairing-graph "))


@pytest.mark.parametrize("readme", READMES)
def test_the_commands_in_the_readme(readme, root, tmp_path, monkeypatch, capsys):
    (tmp_path / "data").symlink_to(root / "data")
    monkeypatch.chdir(tmp_path)
    found = list(commands(root / readme))
    assert found
    for command in found:
        assert main(shlex.split(command)[1:]) == 0, command


@pytest.mark.parametrize("readme", READMES)
def test_the_loads_in_the_readme_are_those_of_the_notice(readme, root, kb):
    loads = pg.workload(kb).join(kb.units.set_index("unit")["name"]).set_index("name")
    rows = re.findall(
        r"^\| ([区县]\S+) \| (\d+) \| (\d+) \| ([\d.]+) \| (\d+) \|$",
        (root / readme).read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert len(rows) == 5
    for unit, *stated in rows:
        row = loads.loc[unit]
        assert stated == [f"{row[name]:.{digits}f}" for name, digits in SHOWN]


@pytest.mark.parametrize("readme", [*READMES, "CONTRIBUTING.md"])
def test_links_lead_somewhere(readme, root):
    for target in re.findall(r"\]\(([^)#]+)\)", (root / readme).read_text(encoding="utf-8")):
        assert target.startswith("https://") or (root / target).exists(), target


@pytest.mark.parametrize("readme", READMES)
def test_the_make_targets_of_the_readme_exist(readme, root):
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"make ([a-z-]+)", (root / readme).read_text(encoding="utf-8"))) - {"for"}
    assert targets
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
