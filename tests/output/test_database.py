"""The graph database as its own library answers: Cypher against the measures."""

from __future__ import annotations

import re

import ladybug
import pandas as pd
import pytest

import pairing_graph as pg
from pairing_graph.kb.schema import TABLES

SIDES = {"helping": "渝中区", "helped": "巫溪县"}


def ask(path, query, values=None):
    with ladybug.Database(path, read_only=True) as database, ladybug.Connection(database) as connection:
        return connection.execute(query, values or {}).get_all()


@pytest.fixture(scope="module")
def database(kb, tmp_path_factory):
    return pg.write_database(kb, tmp_path_factory.mktemp("database") / "out.lbug")


def query_of_the_docstring():
    return re.search(r"GAPS = '''(.*?)'''", pg.write_database.__doc__, re.S)[1].replace("... ", "")


def test_the_five_strongest_gaps_are_those_of_the_measure(kb, database):
    found = ask(database, query_of_the_docstring(), SIDES)
    strongest = pg.gaps(kb).head(5)
    assert len(found) == 5
    assert {(unit, partner): count for unit, partner, count in found} == strongest["joint_tasks"].to_dict()


def test_all_gaps_are_those_of_the_measure(kb, database):
    every = ask(database, query_of_the_docstring().replace("LIMIT 5", ""), SIDES)
    assert {(unit, partner): count for unit, partner, count in every} == pg.gaps(kb)["joint_tasks"].to_dict()


def test_loads_are_those_of_the_measure(kb, database):
    query = "MATCH (u:Unit)-[:ASSIGNED {role: 'lead'}]->(t:Task) RETURN u.unit, count(DISTINCT t.task)"
    lead = pg.workload(kb, collectives=True)["lead"]
    assert dict(ask(database, query)) == lead[lead > 0].to_dict()


@pytest.mark.parametrize(
    ("label", "table"),
    [("Document", "documents"), ("Unit", "units"), ("Task", "tasks"), ("Target", "targets"), ("Unread", "unread")],
)
def test_nodes_hold_what_their_tables_hold(hostile, tmp_path, label, table):
    path = pg.write_database(hostile, tmp_path / "hostile.lbug")
    columns = TABLES[table].names
    found = ask(path, f"MATCH (n:{label}) RETURN {', '.join(f'n.`{name}`' for name in columns)}")
    read = pg.frame(table, pd.DataFrame(found, columns=columns, dtype=object))
    assert hostile.replace(**{table: read}).equals(hostile)


@pytest.mark.parametrize(
    ("kind", "table", "tail", "head"),
    [("ASSIGNED", "assignments", "unit", "task"), ("PAIRED", "pairings", "donor", "recipient")],
)
def test_relationships_hold_what_their_tables_hold(hostile, tmp_path, kind, table, tail, head):
    path = pg.write_database(hostile, tmp_path / "hostile.lbug")
    columns = [name for name in TABLES[table].names if name not in (tail, head)]
    ends = ("unit", "task" if head == "task" else "unit")
    asked = [f"a.{ends[0]}", f"b.{ends[1]}", *(f"r.`{name}`" for name in columns)]
    found = ask(path, f"MATCH (a)-[r:{kind}]->(b) RETURN {', '.join(asked)}")
    read = pg.frame(table, pd.DataFrame(found, columns=[tail, head, *columns], dtype=object))
    assert hostile.replace(**{table: read}).equals(hostile)


def test_a_hostile_name_is_found_as_a_parameter(hostile, tmp_path):
    path = pg.write_database(hostile, tmp_path / "hostile.lbug")
    for unit in hostile.units["unit"]:
        assert ask(path, "MATCH (u:Unit {unit: $unit}) RETURN u.unit", {"unit": unit}) == [[unit]]


def test_parts_hang_together(kb, database):
    assert ask(database, "MATCH (:Task)-[p:PART_OF]->(:Area) RETURN count(p)") == [[28]]
    assert ask(database, "MATCH (a:Area) RETURN count(a)") == [[16]]
    assert ask(database, "MATCH (:Document)-[i:ISSUED]->(:Task)-[:AIMS_AT]->(t:Target) RETURN count(t)") == [[19]]
    assert ask(database, "MATCH (t:Target {target: $id}) RETURN t.value", {"id": "巫溪府发〔2022〕24号#3/2"}) == [
        [5000.0]
    ]
    assert ask(database, "MATCH (:Document)-[:LEFT]->(u:Unread) RETURN count(u)") == [[len(kb.unread)]]


def test_an_own_database_is_replaced_and_nothing_is_left_beside(kb, tmp_path):
    path = tmp_path / "deep" / "out.lbug"
    pg.write_database(pg.KnowledgeBase(), path)
    pg.write_database(kb, path)
    assert ask(path, "MATCH (u:Unit) RETURN count(u)") == [[68]]
    assert [file.name for file in path.parent.iterdir()] == ["out.lbug"]


def foreign_database(path):
    with ladybug.Database(path) as database, ladybug.Connection(database) as connection:
        connection.execute("CREATE NODE TABLE Reading (program STRING, PRIMARY KEY (program))")


@pytest.mark.parametrize(
    "make",
    [lambda path: path.write_text("mine"), lambda path: path.write_bytes(b"LBUG" + b"x" * 999), foreign_database],
    ids=["text", "broken", "of-another-program"],
)
def test_what_is_no_database_of_ours_is_kept_unless_told(kb, tmp_path, make):
    path = tmp_path / "out.lbug"
    make(path)
    before = path.read_bytes()
    with pytest.raises(pg.FileError, match="no database of this program.*overwrite=True"):
        pg.write_database(kb, path)
    assert path.read_bytes() == before
    pg.write_database(kb, path, overwrite=True)
    assert ask(path, "MATCH (u:Unit) RETURN count(u)") == [[68]]


def test_an_open_database_and_a_folder_are_refused(kb, tmp_path):
    path = tmp_path / "out.lbug"
    pg.write_database(kb, path)
    (tmp_path / "out.lbug.wal").write_bytes(b"x")
    with pytest.raises(pg.FileError, match=r"open, or was not closed.*out\.lbug\.wal"):
        pg.write_database(kb, path)
    pg.write_database(kb, path, overwrite=True)
    assert [file.name for file in tmp_path.iterdir()] == ["out.lbug"]
    with pytest.raises(pg.FileError, match="A folder is in the place"):
        pg.write_database(kb, tmp_path, overwrite=True)


def test_it_is_not_written_over_the_notice(kb, notice, tmp_path):
    path = tmp_path / "out.lbug"
    path.write_bytes(notice.read_bytes())
    with pytest.raises(pg.FileError, match="overwrite the notice"):
        pg.write_database(kb, path, overwrite=True)


def test_several_notices_and_files_that_could_not_be_read(root, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    both = pg.read_notices(
        [root / "data/raw/wuxi-yuzhong-2022.txt", root / "data/examples/invented-2023.txt", tmp_path]
    )
    path = pg.write_database(both, tmp_path / "out.lbug")
    assert ask(path, "MATCH (d:Document)-[:ISSUED]->(t:Task) RETURN count(DISTINCT d), count(t)") == [
        [2, len(both.tasks)]
    ]
    assert ask(path, "MATCH (u:Unread) RETURN count(u)") == [[len(both.unread)]]
