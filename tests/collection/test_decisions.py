"""Corrections and aliases grow: what they are about is read again, the rest stays, and the result is that of a fresh reading."""

from __future__ import annotations

import pytest
from tests.collection.conftest import content, text_of

import pairing_graph as pg
from pairing_graph.collection import decisions as room
from pairing_graph.collection import reading

ADDRESS = "巫溪县府办发〔2022〕3号!t1r2c3"


@pytest.fixture
def collection(notices, tmp_path):
    made = pg.Collection(tmp_path / "c")
    made.add(notices, workers=1)
    return made


@pytest.fixture
def reread(monkeypatch):
    """The files that are read again because of decisions."""
    seen = []
    real = reading.read_jobs
    monkeypatch.setattr(room, "read_jobs", lambda jobs, choices: seen.extend(jobs) or real(jobs, choices))
    return seen


def sheet(path, *rows, heading="address,column,value,reason,expected"):
    path.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
    return path


def lead(collection):
    kb = collection.select(document="巫溪县府办发〔2022〕3号")
    return kb.assignments.loc[kb.assignments["role"] == "lead", "unit"].tolist()


def test_the_notice_of_a_correction_is_read_again_and_the_others_stay(collection, notices, tmp_path, reread):
    assert lead(collection) == ["巫溪县发展改革委", "巫溪县人力社保局"]
    file = sheet(tmp_path / "c.csv", f"{ADDRESS},text,县农业农村委,电话核实,县发展改革委")
    done = collection.add(corrections=file, workers=1)
    assert str(done) == "1 read, 1 changed"
    assert [job.noted.rpartition("/")[2] for job in reread] == ["03.txt"] or len(reread) == 1
    assert lead(collection) == ["巫溪县农业农村委", "巫溪县人力社保局"]
    fresh = pg.Collection(tmp_path / "fresh")
    fresh.add(notices, workers=1, corrections=file)
    assert content(collection) == content(fresh)
    assert len(collection) == 9


def test_what_was_corrected_stays_so_in_later_calls(collection, notices, tmp_path, reread):
    collection.add(corrections=sheet(tmp_path / "c.csv", f"{ADDRESS},text,县农业农村委,电话核实,"), workers=1)
    assert str(collection.add(notices, workers=1)) == "0 read, 10 unchanged, 1 could not be read"
    (notices / "new.txt").write_text(text_of(30), encoding="utf-8")
    collection.add(notices, workers=1)
    assert lead(collection)[0] == "巫溪县农业农村委"
    assert len(reread) == 1
    assert collection.decisions["corrections"]["value"].tolist() == ["县农业农村委"]


def test_the_same_corrections_again_read_nothing(collection, tmp_path, reread):
    file = sheet(tmp_path / "c.csv", f"{ADDRESS},text,县农业农村委,电话核实,县发展改革委")
    collection.add(corrections=file, workers=1)
    assert collection.add(corrections=file, workers=1).read == 0
    assert len(reread) == 1


def test_a_correction_that_does_not_fit_changes_nothing(collection, tmp_path):
    before = content(collection)
    file = sheet(tmp_path / "c.csv", f"{ADDRESS},text,县农业农村委,电话核实,县水利局")
    with pytest.raises(pg.CorrectionError, match="no longer holds"):
        collection.add(corrections=file, workers=1)
    assert content(collection) == before
    assert collection.decisions["corrections"].empty


def test_a_kill_while_corrections_are_applied_changes_nothing(collection, tmp_path, monkeypatch):
    before = content(collection)
    file = sheet(tmp_path / "c.csv", f"{ADDRESS},text,县农业农村委,电话核实,县发展改革委")

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as killing:
        killing.setattr(room, "write_incoming", killed)
        with pytest.raises(KeyboardInterrupt):
            collection.add(corrections=file, workers=1)
    assert content(collection) == before
    collection.add(corrections=file, workers=1)
    assert lead(collection)[0] == "巫溪县农业农村委"


def test_a_correction_waits_for_its_notice(collection, notices, tmp_path):
    later = sheet(tmp_path / "c.csv", "奉节县府办发〔2021〕50号!t1r2c3,text,县农业农村委,电话核实,")
    assert "corrections of notices that are not there: 1" in str(collection.add(corrections=later, workers=1))
    (notices / "new.txt").write_text(text_of(50, county="奉节县", year=2021), encoding="utf-8")
    assert collection.add(notices, workers=1).waiting == 0
    kb = collection.select(document="奉节县府办发〔2021〕50号")
    assert "奉节县农业农村委" in kb.units["unit"].tolist()


def test_corrections_can_be_taken_back(collection, tmp_path):
    before = content(collection)
    file = sheet(tmp_path / "c.csv", f"{ADDRESS},text,县农业农村委,电话核实,县发展改革委")
    collection.add(corrections=file, workers=1)
    assert collection.withdraw(corrections=file, workers=1).read == 1
    assert content(collection) == before


def test_a_repeated_file_follows_its_notice(collection, notices, tmp_path):
    address = ADDRESS.replace("3号", "3号")
    collection.add(corrections=sheet(tmp_path / "c.csv", f"{address},text,县农业农村委,电话核实,"), workers=1)
    assert str(collection.add(notices, workers=1)).startswith("0 read, 10 unchanged")
    assert "9 notices of 11 files" in repr(collection)


def test_aliases_are_applied_to_what_was_read(collection, notices, tmp_path, reread):
    file = sheet(tmp_path / "a.csv", "巫溪县,县发展改革委,县发展和改革局,更名", heading="region,alias,name,reason")
    done = collection.add(aliases=file, workers=1)
    of_the_county = [row for row in collection.tables["documents"].fetchall() if "巫溪县" in row[0]]
    assert done.read == len(reread) == len(of_the_county) == 3
    fresh = pg.Collection(tmp_path / "fresh")
    fresh.add(notices, workers=1, aliases=file)
    assert content(collection) == content(fresh)
    loads = pg.workload(collection).df().set_index("unit")
    assert loads.loc["巫溪县发展和改革局", "lead"] == 3
    assert "巫溪县发展改革委" not in loads.index
    assert collection.withdraw(aliases=file, workers=1).read == 3
    assert "巫溪县发展改革委" in pg.workload(collection).df()["unit"].tolist()


def test_a_later_alias_continues_an_earlier_one(collection, tmp_path):
    heading = "region,alias,name,reason"
    collection.add(aliases=sheet(tmp_path / "a.csv", "巫溪县,县发展改革委,县发展局,更名", heading=heading), workers=1)
    collection.add(aliases=sheet(tmp_path / "b.csv", "巫溪县,县发展局,县经济发展局,更名", heading=heading), workers=1)
    units = {unit for (unit,) in collection.tables["units"].select("unit").fetchall()}
    assert "巫溪县经济发展局" in units
    assert not units & {"巫溪县发展局", "巫溪县发展改革委"}
    assert len(collection.decisions["aliases"]) == 2


@pytest.fixture
def under_one_number(tmp_path):
    """Two notices under the number of the third of `notices`, and a correction that fits the first alone."""
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    one.write_text(text_of(3), encoding="utf-8")
    other.write_text(text_of(3).replace("县发展改革委", "县水利局"), encoding="utf-8")
    file = sheet(tmp_path / "c.csv", f"{ADDRESS},text,县农业农村委,电话核实,县发展改革委")
    return one, other, file


def leads(collection):
    """The leads of the first task, by file."""
    kb = collection.select(year=2022)
    leads = kb.assignments[(kb.assignments["role"] == "lead") & kb.assignments["task"].str.endswith("#1")]
    files = dict(zip(kb.documents["document"], kb.documents["file"], strict=True))
    documents = dict(zip(kb.tasks["task"], kb.tasks["document"], strict=True))
    found = zip(leads["task"], leads["unit"], strict=True)
    return {files[documents[task]]: unit.removeprefix("巫溪") for task, unit in found}


@pytest.mark.parametrize("order", ["one, c, other", "c, one, other", "c one other", "c, other, one", "c other one"])
def test_a_correction_goes_to_its_notice_whatever_the_order(under_one_number, tmp_path, order):
    one, other, file = under_one_number
    named = {"one": one, "other": other}
    made = pg.Collection(tmp_path / "c")
    for step in order.split(", "):
        given = step.split()
        paths = [named[name] for name in given if name != "c"]
        done = made.add(paths or (), corrections=file if "c" in given else None, workers=1)
    assert made.failures == {}
    assert (done.failed, done.waiting) == ([], 0)
    assert leads(made) == {"one.txt": "县农业农村委", "other.txt": "县水利局"}
    assert made.add([one, other], workers=1).unchanged == 2


def test_a_notice_that_changed_under_its_correction_fails_and_does_not_become_another(under_one_number, tmp_path):
    one, other, file = under_one_number
    made = pg.Collection(tmp_path / "c")
    made.add(one, corrections=file, workers=1)
    one.write_text(other.read_text(encoding="utf-8"), encoding="utf-8")
    assert [path for path, _ in made.add(one, workers=1).failed] == ["../one.txt"]
    assert (len(made), list(made.failures)) == (0, ["../one.txt"])


def test_a_notice_that_fails_under_another_id_is_counted_as_failed(under_one_number, tmp_path):
    one, other, _ = under_one_number
    made = pg.Collection(tmp_path / "c")
    file = sheet(tmp_path / "d.csv", f"{ADDRESS.replace('!', '~2!')},text,县农业农村委,电话核实,县卫生健康委")
    done = made.add([one, other], corrections=file, workers=1)
    assert (done.read, len(done.failed), list(made.failures)) == (1, 1, ["../other.txt"])


def test_what_failed_by_a_correction_is_read_once_that_is_taken_back(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(text_of(3), encoding="utf-8")
    bad = sheet(tmp_path / "c.csv", f"{ADDRESS},text,县农业农村委,电话核实,县水利局")
    made = pg.Collection(tmp_path / "c")
    assert len(made.add(file, corrections=bad, workers=1).failed) == 1
    done = made.withdraw(corrections=bad, workers=1)
    assert (done.read, done.failed, made.failures, len(made)) == (1, [], {}, 1)
    assert str(made.add(file, workers=1)) == "0 read, 1 unchanged"


def test_many_notices_are_written_some_at_a_time_and_all_or_nothing(collection, notices, tmp_path, monkeypatch):
    sizes = []
    real = room.write_incoming
    monkeypatch.setattr(room, "COMMIT", 2)
    monkeypatch.setattr(room, "CHUNK", 1)
    monkeypatch.setattr(
        room,
        "write_incoming",
        lambda f, i, tables, documents: sizes.append(len(documents)) or real(f, i, tables, documents),
    )
    file = sheet(tmp_path / "a.csv", "巫溪县,县发展改革委,县发展和改革局,更名", heading="region,alias,name,reason")
    assert collection.add(aliases=file, workers=1).read == 3
    assert sizes == [2, 1]
    fresh = pg.Collection(tmp_path / "fresh")
    fresh.add(notices, workers=1, aliases=file)
    assert content(collection) == content(fresh)
    before = content(collection)

    def fails_at_last(folder, index, tables, documents):
        if len(documents) == 1:
            raise OSError(28, "No space left on device")
        real(folder, index, tables, documents)

    monkeypatch.setattr(room, "write_incoming", fails_at_last)
    with pytest.raises(pg.FileError, match="make room"):
        collection.withdraw(aliases=file, workers=1)
    assert content(collection) == before
    assert len(collection.decisions["aliases"]) == 1


def test_a_file_whose_name_looks_like_another_id_is_not_doubted(tmp_path):
    file = tmp_path / "REPORT~1.txt"
    lines = [line for line in text_of(3).splitlines() if "〔" not in line]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    made = pg.Collection(tmp_path / "c")
    made.add(file, workers=1)
    before = content(made)
    fix = sheet(tmp_path / "c.csv", "REPORT~1!t1r2c3,text,县农业农村委,电话核实,县发展改革委")
    assert made.add(corrections=fix, workers=1).read == 1
    assert "id_taken" not in made.tables["unread"].df()["reason"].tolist()
    made.withdraw(corrections=fix, workers=1)
    assert content(made) == before


def test_a_collection_behind_a_link_is_corrected_where_it_lies(notices, tmp_path):
    (tmp_path / "store" / "deep").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "store" / "deep", target_is_directory=True)
    made = pg.Collection(tmp_path / "link")
    made.add(notices, workers=1)
    fix = sheet(tmp_path / "c.csv", f"{ADDRESS},text,县农业农村委,电话核实,县发展改革委")
    assert made.add(corrections=fix, workers=1).read == 1
    assert str(pg.Collection(tmp_path / "store" / "deep").add(notices, workers=1)).startswith("0 read, 10 unchanged")
