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
    targets = set(re.findall(r"make ([a-z]+)", (root / readme).read_text(encoding="utf-8"))) - {"for"}
    assert targets
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
