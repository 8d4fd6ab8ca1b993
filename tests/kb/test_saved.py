"""A saved knowledge base comes back whole, is a valid Data Package, and a damaged one is refused in sentences."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.measures.small import bases, small

import pairing_graph as pg
from pairing_graph.base import extras, files
from pairing_graph.kb import saving
from pairing_graph.kb.document import Cell, Document, Grid, Note, Paragraph, Place, Source
from pairing_graph.kb.frames import frame
from pairing_graph.kb.package import package_digest
from pairing_graph.kb.schema import TABLES
from pairing_graph.reading.combining import combine

FORMATS = ("parquet", "csv")
HOSTILE = ["=1+1", "'=1+1", "''", "'", "-", "@SUM(A1)", "\t=x", "a\r\nb", 'a"b', ",", "\ufeff", "ＮＡ", "NA", "null", "true",
           "1", "\x00", "<script>alert(1)</script>", "；", "[]", " a ", "\u2028", "𠮷"]  # fmt: skip
text = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
counts = st.one_of(st.none(), st.integers(-(10**18) + 1, 10**18 - 1))
numbers = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False))


@pytest.fixture(params=FORMATS)
def saved(kb, tmp_path, request):
    return kb.save(tmp_path / "study" / "kb", format=request.param)


def data_of(folder: Path) -> Path:
    return next(folder.glob("data-*"))


def content(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def sealed(folder: Path, package: dict) -> None:
    """Write a description with right checksums, as somebody who means harm would."""
    own = package["pairing_graph"]
    own["sha256"] = {path: hashlib.sha256((folder / path).read_bytes()).hexdigest() for path in own["sha256"]}
    own["package"] = package_digest(package)
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


def package_of(folder: Path) -> dict:
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def test_it_comes_back_with_everything(kb, saved):
    opened = pg.open_kb(saved)
    assert opened.equals(kb)
    assert opened.sources == kb.sources
    assert repr(opened) == repr(kb)
    for what in ("渝中区招商投资局", 4, ("渝中区商务委", "巫溪县商务委"), kb.targets["address"].iloc[0]):
        assert pg.trace(opened, what).equals(pg.trace(kb, what))
    for table in TABLES:
        assert opened.tables[table].equals(kb.tables[table])
        assert list(opened.tables[table].dtypes) == list(kb.tables[table].dtypes)


def test_reading_and_page_are_the_same_after_opening(kb, saved, tmp_path):
    opened = pg.open_kb(saved / "datapackage.json")
    for write, name in ((pg.write_page, "page.html"), (pg.write_reading, "reading.html")):
        one, two = write(kb, tmp_path / f"a-{name}"), write(opened, tmp_path / f"b-{name}")
        assert one.read_bytes() == two.read_bytes()


def test_a_part_comes_back_as_the_part_that_it_is(kb, tmp_path):
    part = kb.select(area=kb.tasks["area"].iloc[0])
    opened = pg.open_kb(part.save(tmp_path / "part", format="csv"))
    assert opened.equals(part)
    assert opened.part == part.part
    unknown = replace(kb, unread_known=False)
    assert not pg.open_kb(unknown.save(tmp_path / "unknown", format="csv")).unread_known


@pytest.mark.parametrize("form", FORMATS)
def test_scenarios_results_and_nothing_at_all_come_back(kb, tmp_path, form):
    after = pg.merge_units(kb, "县乡村振兴局", "县农业农村委")
    row = {"task": kb.tasks["task"].iloc[0], "as_of": "2023-01-01", "value": 0.1 + 0.2, "quantity_unit": "个"}
    row |= {"as_written": "=HYPERLINK(1)", "address": kb.tasks["address"].iloc[0]}
    after = after.replace(results=frame("results", [row, row | {"value": None}]))
    for name, one in {"after": after, "empty": pg.KnowledgeBase()}.items():
        assert pg.open_kb(one.save(tmp_path / name, format=form)).equals(one)


@given(base=bases, texts=st.lists(text, min_size=8, max_size=8), number=counts, value=numbers, data=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("form", FORMATS)
def test_any_knowledge_base_comes_back(tmp_path, form, base, texts, number, value, data):
    tasks = base.tasks.assign(text=texts[0], label=texts[1])
    tasks["leaders"] = pd.Series([tuple(texts[:3])] * len(tasks), dtype=object)
    tasks["number"] = pd.Series([number] * len(tasks), dtype="Int64")
    row = {"task": tasks["task"].iloc[0], "metric": texts[2], "comparator": "=", "value": value, "as_written": texts[3]}
    targets = frame(
        "targets", [row | {"quantity_unit": texts[4], "aspirational": True, "address": tasks["address"].iloc[0]}]
    )
    unread = frame(
        "unread", [{"document": "d", "severity": "info", "reason": "prose", "text": texts[5], "address": "d!p1"}]
    )
    place = Place(3, 2, texts[6])
    grid = Grid(1, (Cell(1, 1, texts[7], 2, 1, place), Cell(1, 2, texts[0], known=False)), "merged", "tab_cells")
    document = Document("d", "d.txt", "", (Paragraph(1, texts[1], place), grid), (Note("prose", texts[2], 1),))
    sources = {"d": Source(document, {"d!t1r1c1": ("tasks", "units")}, (("d!p1", "text", texts[3], texts[4], ""),))}
    kb = replace(base.replace(tasks=tasks, targets=targets, unread=unread), sources=sources)
    folder = tmp_path / "kb"
    shutil.rmtree(folder, ignore_errors=True)
    opened = pg.open_kb(kb.save(folder, format=form))
    assert opened.equals(kb)
    assert opened.sources == kb.sources


@pytest.mark.parametrize("form", FORMATS)
def test_the_frictionless_library_finds_nothing_wrong(kb, tmp_path, form):
    frictionless = pytest.importorskip("frictionless")
    task = kb.tasks["task"].iloc[0]
    results = frame("results", [{"task": task, "value": 1.5, "address": kb.tasks["address"].iloc[0]}] * 2)
    unnumbered = kb.tasks
    unnumbered.loc[1, "number"] = pd.NA
    folder = kb.replace(results=results, tasks=unnumbered).save(tmp_path / "kb", format=form)
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["message"])
    assert len(report.tasks) == 9
    package = frictionless.Package(str(folder / "datapackage.json"))
    assert len(package.get_resource("assignments").read_rows()) == 79
    fields = package.get_resource("pairings").schema.fields
    assert fields[2].title == "帮扶单位 donor"
    assert all(" / " in field.description for field in fields)
    assert package.get_resource("assignments").schema.foreign_keys[0]["reference"]["resource"] == "tasks"


@pytest.mark.parametrize("form", FORMATS)
def test_frictionless_sees_a_reference_that_dangles_and_a_role_that_is_none(kb, tmp_path, form, monkeypatch):
    frictionless = pytest.importorskip("frictionless")
    broken = kb.assignments
    broken.loc[0, ["task", "role"]] = ["nowhere#1", "boss"]
    monkeypatch.setattr(saving, "validate", lambda kb: kb)
    folder = replace(kb, assignments=broken).save(tmp_path / "kb", format=form)
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert {kind for (kind,) in report.flatten(["type"])} == {"foreign-key", "constraint-error"}
    with pytest.raises(pg.SchemaError) as error:
        pg.open_kb(folder)
    assert "do not fit together" in str(error.value)
    assert "boss" in str(error.value)


@pytest.mark.parametrize("words", ["a\x00b", "字" * 200_000], ids=["with a NUL", "longer than the csv module reads"])
def test_odd_words_come_back_from_csv(tmp_path, words):
    base = small([{"lead": ["甲区商务局"]}], texts=[words])
    assert pg.open_kb(base.save(tmp_path / "kb", format="csv")).tasks["text"].tolist() == [words]


@pytest.mark.parametrize("damage", [lambda text: text[:-3], lambda text: text.replace('","', '";"', 1)])
def test_csv_that_is_not_as_it_was_written_is_refused(tmp_path, damage):
    folder = small([{"lead": ["甲区商务局"]}]).save(tmp_path / "kb", format="csv")
    file = data_of(folder) / "tasks.csv"
    file.write_bytes(damage(file.read_bytes().decode()).encode())
    sealed(folder, package_of(folder))
    with pytest.raises(pg.NoticeError, match="quoted fields"):
        pg.open_kb(folder)


def test_csv_is_safe_in_spreadsheets_and_says_so(tmp_path):
    base = small([{"lead": ["甲区商务局"]}], texts=["=cmd|' /C calc'!A0"])
    folder = base.save(tmp_path / "kb", format="csv")
    lines = (data_of(folder) / "tasks.csv").read_text(encoding="utf-8-sig")
    assert "\"'=cmd" in lines
    assert "撇号" in package_of(folder)["description"]


def test_the_same_bytes_each_time(kb, notice, tmp_path):
    for form in FORMATS:
        one = kb.save(tmp_path / f"one-{form}", format=form)
        two = pg.read_notice(notice).save(tmp_path / f"two-{form}", format=form)
        assert content(one) == content(two)
        assert content(pg.open_kb(one).save(one, format=form)) == content(two)


def test_what_was_saved_before_is_replaced_and_nothing_is_left_of_it(kb, saved):
    (saved / "notes.txt").write_text("mine", encoding="utf-8")
    part = kb.select(area=kb.tasks["area"].iloc[0])
    for form in FORMATS:
        part.save(saved, format=form)
        assert pg.open_kb(saved).equals(part)
        assert len(list(saved.glob("data-*"))) == 1
    assert (saved / "notes.txt").read_text(encoding="utf-8") == "mine"


class KilledError(BaseException):
    """Not an error that anything catches: the process is gone."""


@pytest.mark.parametrize("before", [True, False], ids=["over-an-old-one", "new"])
def test_a_save_that_is_killed_at_any_step_leaves_the_old_or_the_new(kb, tmp_path, monkeypatch, before):
    part = kb.select(area=kb.tasks["area"].iloc[0])
    seen = set()
    for step in range(60):
        folder = tmp_path / f"kb{step}"
        if before:
            part.save(folder, format="csv")
        left = {"steps": step}

        def dying(name, real, left=left):
            def call(*args, **options):
                if left["steps"] == 0:
                    raise KilledError(name)
                left["steps"] -= 1
                return real(*args, **options)

            return call

        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", dying("replace", Path.replace))
            patched.setattr(Path, "rename", dying("rename", Path.rename))
            patched.setattr(files, "_write_new", dying("write", files._write_new))
            patched.setattr(saving.shutil, "rmtree", lambda *_, **__: dying("remove", lambda: None)())
            try:
                kb.save(folder, format="csv")
                done = True
            except KilledError:
                done = False
        try:
            opened = pg.open_kb(folder)
        except pg.FileError:
            assert not before
            assert not (folder / "datapackage.json").exists()
        else:
            seen.add("new" if opened.equals(kb) else "old")
            assert opened.equals(kb) or (before and opened.equals(part))
        assert pg.open_kb(kb.save(folder, format="csv")).equals(kb)
        assert len(list(folder.glob("data-*"))) == 1
        assert not list(folder.glob(f"{saving._WORK}*"))
        if done:
            break
    assert done
    assert seen == ({"old", "new"} if before else {"new"})


@pytest.mark.parametrize(
    ("name", "text"), [("thesis.txt", "mine"), ("datapackage.json", "{}"), ("datapackage.json", "no JSON")]
)
def test_a_folder_that_is_not_ours_is_not_written_to(kb, tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(pg.FileError, match="other files|something else"):
        kb.save(tmp_path, format="csv")
    assert (tmp_path / name).read_text(encoding="utf-8") == text
    assert not list(tmp_path.glob("data-*"))


def test_what_somebody_changed_is_not_replaced(kb, saved):
    table = next(data_of(saved).glob("tasks.*"))
    table.write_bytes(b"mine")
    package = package_of(saved) | {"licenses": [{"name": "CC0-1.0"}]}
    (saved / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    before = content(saved)
    with pytest.raises(pg.FileError) as error:
        kb.select(role="lead").save(saved, format="csv")
    assert len(error.value.complaints) == 3
    assert "Nothing was saved" in str(error.value)
    assert content(saved) == before


def test_a_file_in_the_place_of_the_folder_is_kept(kb, notice, tmp_path):
    copy = tmp_path / "notice.txt"
    shutil.copy(notice, copy)
    with pytest.raises(pg.FileError, match="cannot be made"):
        kb.save(copy, format="csv")
    assert copy.read_bytes() == notice.read_bytes()


def test_an_unknown_format_and_what_breaks_the_schema_are_refused(kb, tmp_path):
    with pytest.raises(pg.UnknownNameError, match="parquet, csv"):
        kb.save(tmp_path / "kb", format="xml")
    with pytest.raises(pg.SchemaError, match="not there"):
        replace(kb, tasks=kb.tasks.iloc[:1]).save(tmp_path / "kb", format="csv")
    titled = kb.documents.assign(title=pd.array(["\ud800"], dtype=kb.documents["title"].dtype))
    lone = replace(kb, documents=titled)
    with pytest.raises(pg.SchemaError, match="UTF-8"):
        lone.save(tmp_path / "kb", format="csv")
    assert not (tmp_path / "kb").exists()


def test_without_pyarrow_it_says_what_to_install_and_what_to_do_instead(kb, tmp_path, monkeypatch):
    folder = kb.save(tmp_path / "there")
    real = extras.import_module

    def absent(name):
        if name.partition(".")[0] == "pyarrow":
            raise ModuleNotFoundError(name=name)
        return real(name)

    monkeypatch.setattr(extras, "import_module", absent)
    with pytest.raises(pg.MissingExtraError, match=r"pairing-graph\[parquet\](.|\n)*format=\"csv\""):
        kb.save(tmp_path / "kb")
    with pytest.raises(pg.MissingExtraError, match=r"pairing-graph\[parquet\](.|\n)*format=\"csv\""):
        pg.open_kb(folder)
    assert pg.open_kb(kb.save(tmp_path / "kb", format="csv")).equals(kb)


def test_all_that_is_damaged_is_said_at_once(saved):
    data = data_of(saved)
    next(data.glob("tasks.*")).unlink()
    next(data.glob("units.*")).write_bytes(b"")
    (data / "sources.json").write_text("{}", encoding="utf-8")
    with pytest.raises(pg.FileError) as error:
        pg.open_kb(saved)
    text = str(error.value)
    assert len(error.value.complaints) == 4
    assert "no such file" in text
    assert "sources.json" in text
    assert "Save it again" in text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": 99}, "later version.*pip install --upgrade"),
        ({"format": "1"}, "description is damaged"),
        ({"tables": "xml"}, "unknown format"),
        ({"sha256": {"../../etc/passwd": "x"}}, "does not name the files"),
        ({"sha256": 5}, "does not name the files"),
        ({"part": {"chosen": 5}}, "part are not"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_description_that_is_foreign_or_forged_is_refused(saved, change, words):
    package = package_of(saved)
    package["pairing_graph"] |= change
    (saved / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(pg.FileError, match=words):
        pg.open_kb(saved)


@pytest.mark.parametrize(
    "text", ["", "[", "[]", "{}", '{"pairing_graph": []}', "[" * 100_000, "\ud83d"], ids=lambda t: t[:9]
)
def test_any_other_description_is_refused(saved, text):
    (saved / "datapackage.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(pg.FileError, match="no saved knowledge base|description is damaged"):
        pg.open_kb(saved)


@pytest.mark.parametrize("name", ["nowhere", "notice.txt", "empty"])
def test_what_is_no_saved_folder_is_refused(tmp_path, name):
    (tmp_path / "notice.txt").write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    with pytest.raises(pg.FileError, match="no such folder|is a folder|no saved knowledge base"):
        pg.open_kb(tmp_path / name)


@pytest.mark.parametrize(
    ("table", "data"),
    [
        ("units", b""),
        ("units", b"unit\r\n"),
        ("targets", b'"task","metric"\r\n"a"'),
        ("units", b"\xff\xfe"),
        ("units", b"PAR1PAR1"),
        ("sources", b"[]"),
        ("sources", b'{"d": {}}'),
        ("sources", b'{"d": {"name": 5}}'),
    ],
)
def test_forged_tables_with_right_checksums_are_refused(saved, table, data):
    file = next(data_of(saved).glob(f"{table}.*"))
    file.write_bytes(data)
    sealed(saved, package_of(saved))
    with pytest.raises(pg.FileError, match=f"The {table} are not as they are saved"):
        pg.open_kb(saved)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("number", '"1.5"'),
        ("number", '"' + "9" * 30 + '"'),
        ("leaders", '"5"'),
        ("leaders", '"[1]"'),
        ("leaders", '"["'),
    ],
)
def test_forged_cells_are_refused(tmp_path, column, value):
    folder = small([{"lead": ["甲区商务局"]}]).save(tmp_path / "kb", format="csv")
    file = data_of(folder) / "tasks.csv"
    place = TABLES["tasks"].names.index(column)
    header, row, _ = file.read_text(encoding="utf-8-sig").split("\n")
    cells = row.rstrip("\r").split(",")
    cells[place] = value
    file.write_text(f"{header}\n{','.join(cells)}\n", encoding="utf-8", newline="")
    sealed(folder, package_of(folder))
    with pytest.raises(pg.FileError, match="The tasks are not as they are saved"):
        pg.open_kb(folder)


def test_a_cell_that_covers_a_continent_is_refused(saved):
    cell = [1, 1, "x", 10**9, 10**9, True, 0, 0, ""]
    grid = {"table": 1, "blank": "empty", "layout": "grid", "cells": [cell]}
    document = {"name": "d", "file": "d", "sha256": "", "blocks": [grid], "notes": [], "uses": {}, "corrections": []}
    (data_of(saved) / "sources.json").write_text(json.dumps({"d": document}), encoding="utf-8")
    sealed(saved, package_of(saved))
    with pytest.raises(pg.FileError, match="cover more than"):
        pg.open_kb(saved)


def test_a_missing_permission_is_a_sentence(kb, tmp_path):
    if os.geteuid() == 0:
        pytest.skip("the administrator may write anywhere")
    place = tmp_path / "closed"
    place.mkdir(mode=0o500)
    with pytest.raises(pg.FileError, match="cannot be"):
        kb.save(place / "kb", format="csv")


def test_many_notices_come_back(notice, tmp_path):
    kb = combine([pg.read_notice(notice), small([{"lead": ["甲区商务局"]}])])
    assert pg.open_kb(kb.save(tmp_path / "kb")).equals(kb)
