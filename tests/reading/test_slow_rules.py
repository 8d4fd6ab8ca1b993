"""Rules that took time by the square or worse: each is asked a bounded number of times, or has a limit that is reported."""

from __future__ import annotations

from collections import Counter

import pytest

import pairing_graph as pg
from pairing_graph.base.remembered import remembered
from pairing_graph.kb.address import Address
from pairing_graph.kb.document import Cell, Document, Grid
from pairing_graph.reading import checks, kinds, list_reader, name_lists, pairs, units
from pairing_graph.reading.builder import Builder
from pairing_graph.reading.homes import Homes
from pairing_graph.reading.list_reader import ListReader
from pairing_graph.reading.options import Options
from pairing_graph.reading.prose import legend, pair_lists, statements
from pairing_graph.reading.prose.items import _beside_tasks, _next_of
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.regions import RegionBook
from pairing_graph.reading.tables import cells
from pairing_graph.reading.tables.column_meaning import ColumnMeaning
from pairing_graph.reading.tables.columns import Heading
from pairing_graph.reading.units import Resolver

NUMERALS = str.maketrans("0123456789", "甲乙丙丁戊己庚辛壬癸")


def sign_name(number):
    return f"{number:03d}".translate(NUMERALS)


@pytest.fixture
def asked(monkeypatch):
    """How often functions are asked, once they are counted."""
    counts = Counter()

    def count(module, name):
        original = getattr(module, name)

        def counted(*arguments, **options):
            counts[name] += 1
            return original(*arguments, **options)

        monkeypatch.setattr(module, name, counted)
        return counts

    return count


def written(tmp_path, text):
    file = tmp_path / "notice.txt"
    file.write_text(text, encoding="utf-8")
    return file


def pairing_table(donors, recipients):
    sides = (
        "、".join(f"区{sign_name(n)}局" for n in range(donors)),
        "、".join(f"县{sign_name(n)}局" for n in range(recipients)),
    )
    return (
        f"乙区·甲县结对帮扶表\n\t序号\n\t乙区\n\t甲县\n\n\t1\n\t{sides[0]}\n\t{sides[1]}\n\n\t2\n\t区教委\n\t县教委\n\n"
    )


def test_a_row_of_too_many_pairs_is_a_loss_and_makes_none(tmp_path):
    kb = pg.read_notice(written(tmp_path, pairing_table(200, 200)))
    assert len(kb.pairings) == 1
    lost = kb.unread[kb.unread["reason"] == "pairs_too_many"]
    assert set(lost["severity"]) == {"loss"}
    assert [address[-4:] for address in lost["address"]] == ["r2c2", "r2c3"]
    assert lost["text"].str.startswith("200 × 200").all()


def test_a_row_up_to_the_limit_is_paired(tmp_path):
    kb = pg.read_notice(written(tmp_path, pairing_table(20, pairs._MOST_PAIRS // 20)))
    assert len(kb.pairings) == pairs._MOST_PAIRS + 1
    assert "pairs_too_many" not in set(kb.unread["reason"])


def resolver_of(count):
    builder = Builder("a", Document("a", "a.txt", "", ()))
    homes = Homes((), "", RegionBook("a", (), None, (), lambda name, places: None), builder)
    resolver = Resolver(ListReader(homes, builder), Options())
    for number in range(count):
        name = f"市{sign_name(number)}{'某' * (number % 2)}局"
        resolver._units[name] = {"name": name, "region": "", "kind": "department", "collective": False}
    return resolver


def test_look_alikes_are_compared_up_to_a_limit_that_is_reported(asked):
    counts = asked(units, "shortens")
    resolver = resolver_of(900)
    resolver.report_look_alikes()
    most = units._MOST_COMPARED
    assert counts["shortens"] == most * (most - 1) // 2
    left = [row["text"] for row in resolver.builder.rows["unread"] if row["reason"] == "not_compared"]
    assert left == [f"市{sign_name(most)}局 + {900 - most - 1}"]


def test_below_the_limit_every_two_names_are_compared(asked):
    counts = asked(units, "shortens")
    resolver = resolver_of(40)
    resolver.report_look_alikes()
    assert counts["shortens"] == 40 * 39 // 2
    assert not resolver.builder.rows["unread"]


@pytest.mark.parametrize("clause", ["由牵头负责落实配合", "市教育局要牵头推进，市财政局负责落实，由市民政局配合，"])
def test_a_sentence_without_an_end_is_tried_a_bounded_number_of_times(asked, clause):
    counts = asked(statements, "_all_roles")
    for times in (100, 500):
        counts.clear()
        statements.find_statements(Passage(clause * times, Address("a", paragraph=1)), Options())
        assert counts["_all_roles"] <= 1 + statements._MOST_OPENED * (statements._MOST_VERBS + 1)


def test_the_legend_is_searched_once(asked, tmp_path):
    counts = asked(list_reader, "mark_roles")
    text = "关于开展工作的通知\n" + "".join(f"{n}.修渠{n}条。（县水利局负责）\n" for n in range(1, 60))
    assert len(pg.read_notice(written(tmp_path, text)).tasks) == 59
    assert counts["mark_roles"] == 1
    assert not hasattr(legend.mark_roles, "cache_info")  # a cache would hash the whole document at each question


def test_the_ending_of_a_name_is_searched_among_its_last_signs():
    longest = kinds._longest_ending()
    assert longest < 20
    assert kinds.kind_of("推" * 500 + "局") == kinds.kind_of("推推局")


def test_answers_about_long_texts_are_not_kept():
    counts = Counter()

    def length(text):
        counts[text] += 1
        return len(text)

    known = remembered(length)
    for text in ("短", "短", "长" * 500, "长" * 500):
        assert known(text) == len(text)
    assert counts == {"短": 1, "长" * 500: 2}


class _Item:
    def __init__(self, style, level):
        self.style, self.level = style, level


def test_tasks_beside_and_below_are_found_in_one_walk():
    blocks = [
        _Item(*one) for one in (("chinese", 1), ("plain", 3), ("plain", 3), ("chinese", 1), ("plain", 3), ("", 9))
    ]
    answered = [False, True, False, False, False, True]
    assert _beside_tasks(blocks, answered) == {2}
    assert _next_of(answered) == [1, 5, 5, 5, 5, None]


def test_a_paragraph_of_another_level_does_not_hide_a_sibling():
    blocks = [_Item("plain", 3), _Item("", 9), _Item("plain", 3), _Item("chinese", 1), _Item("plain", 3)]
    assert _beside_tasks(blocks, [True, False, False, False, False]) == {2}


def test_labels_that_name_nobody_are_read_once_for_the_whole_run(asked):
    counts = asked(statements, "read_roles")
    for times in (10, 200):
        counts.clear()
        statements.find_statements(Passage("牵头单位：，" * times, Address("a", paragraph=1)), Options())
        assert counts["read_roles"] == 1


def test_a_label_behind_a_run_that_names_nobody_is_still_read():
    text = "牵头单位：，配合单位：。修渠。牵头单位：县水利局。"
    found = statements.find_statements(Passage(text, Address("a", paragraph=1)), Options())
    assert [one.names.text for statement in found for one in statement.roles.lists] == ["县水利局"]


def test_a_piece_that_is_too_long_for_names_is_not_searched_for_them(asked):
    counts = asked(name_lists, "_is_whole")
    for gap in (" ", "和"):
        counts.clear()
        name_lists.split_names(gap.join(["推进"] * 4000))
        assert counts["_is_whole"] <= 2 * name_lists._LONGEST_PIECE


def test_a_name_is_looked_through_once_though_a_table_repeats_it(asked, tmp_path):
    counts = asked(name_lists, "_hard_breaks")
    rows = "".join(f"\t{n}\n\t修渠{n}条。\n\t丑县水利局、丑县林业局\n\n" for n in range(1, 41))
    kb = pg.read_notice(written(tmp_path, f"丑县任务分解表\n\t序号\n\t工作任务\n\t牵头单位\n\n{rows}"))
    assert len(kb.tasks) == 40
    assert counts["_hard_breaks"] < 200  # each task's own words are another text; its units are not


def test_blank_cells_look_at_the_last_cell_with_words_only(asked):
    counts = asked(cells, "body_cell")
    blanks = (Cell(row, 1, "") for row in range(3, 1003))
    grid = Grid(1, (Cell(1, 1, "牵头单位"), Cell(2, 1, "县教委"), *blanks), blank="merged")
    lead = ColumnMeaning(1, "lead")
    heading = Heading(grid, "tasks", (lead,), 1)
    assert {cells.supplied(heading, row, lead).text for row in heading.body} == {"县教委"}
    assert counts["body_cell"] <= 2 * len(heading.body)


def test_a_clause_that_names_bodies_is_looked_for_within_a_limit(asked):
    counts = asked(checks, "body_names")
    text = "甲局 牵头 " * 500
    assert list(checks.roles_left(text))
    assert counts["body_names"] <= checks._LONGEST_CLAUSE
    assert all(len(clause) <= checks._LONGEST_CLAUSE + 10 for clause in checks.roles_left(text))


def test_the_clauses_of_one_paragraph_keep_their_beginnings():
    text = "修渠，县水利局牵头，县财政局负责；种树。县林业局配合。"
    assert list(checks.roles_left(text)) == ["县水利局牵头", "县财政局负责", "县林业局配合"]


def test_only_a_short_line_heads_a_list_of_pairs():
    assert pair_lists._sides_heading("帮扶单位——受帮扶单位", Options()) == "straight"
    assert pair_lists._sides_heading(f"帮扶单位{' ' * 6000}——受帮扶单位", Options()) == ""
