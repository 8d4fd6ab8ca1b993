"""Every row of the vocabulary has an example, and the reading recognises the example in the way the row says."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from pairing_graph.base.reference import reference
from pairing_graph.kb.address import Address
from pairing_graph.lexicon import levels
from pairing_graph.lexicon.patterns import is_blank, is_ditto, one_of, vocabulary
from pairing_graph.measures import checks as duties
from pairing_graph.places import mentions
from pairing_graph.reading import (
    behind_names,
    checks,
    kinds,
    league,
    list_reader,
    name_lists,
    names,
    pairs,
    regions,
    targets,
    tasks,
    unit_names,
    villages,
)
from pairing_graph.reading.layouts import line_cells, spaced_cells
from pairing_graph.reading.options import Options
from pairing_graph.reading.prose import (
    blocks,
    boilerplate,
    cover,
    cover_lines,
    cover_regions,
    deadlines,
    done_by,
    duty_sections,
    items,
    labels,
    openings,
    pair_lists,
    roles,
    rules,
    statements,
)
from pairing_graph.reading.prose.passage import Passage
from pairing_graph.reading.tables import evidence, headings, rows, side_columns, townships

TABLES = (
    "names", "persons", "titles", "table_words", "boilerplate", "quantities", "quantity_units", "pairing_words", "role_words",
    "times", "blanks", "duties",
)  # fmt: skip
ROWS = [(table, row["use"], row["word"], row["example"]) for table in TABLES for row in reference(table)]
Check = Callable[[str], object]


def passage(text: str) -> Passage:
    return Passage(text, Address("a", paragraph=1))


def no_name(text: str) -> bool:
    return names.invalid_reason(text) == "not_a_name"


def unknown_region(text: str) -> bool:
    return not unit_names.explicit_region(text, ())[0]


def two_names(text: str) -> bool:
    return len(name_lists.split_names(text)) == 2


def one_name(text: str) -> bool:
    return len(name_lists.split_names(text)) == 1


def open_list(text: str) -> bool:
    return text.endswith(behind_names.open_end(text)) and len(behind_names.open_end(text)) > 1


def lists(text: str) -> list[tuple[str, str]]:
    read = roles.read_roles(passage(text), Options())
    return [(one.role, one.names.text) for one in read.lists]


def only_the_office(text: str) -> bool:
    return [name for _, name in lists(text)] == ["县财政局"]


def both_offices(text: str) -> bool:
    return [name for _, name in lists(text)] == ["县财政局、县水利局"]


def target(text: str) -> targets.Target:
    (found,) = targets.find_targets(text)
    return found


def no_target(text: str) -> bool:
    return not targets.find_targets(text)


def counted(text: str) -> bool:
    """The measure word is read whole: nothing of it is left over for the metric."""
    (word,) = (row["word"] for row in reference("quantity_units") if row["example"] == text)
    return target(text).quantity_unit == word


def pair(text: str) -> tuple[str, str]:
    clause = pair_lists._clause(passage(text))
    assert clause
    return clause.donors.text, clause.recipients.text


def opening(text: str) -> openings.Opening:
    found = openings.read_opening(passage(text))
    assert found
    return found


def helped(text: str) -> bool:
    return pair(text) == ("县财政局", "土城镇")


def without_rule(text: str) -> bool:
    return not rules.without_rule(passage(text))[0].text.strip("；")


RECOGNISED: dict[tuple[str, str], Check] = {
    ("names", "region_level"): unit_names.level_of,
    ("names", "not_a_level"): levels.NO_PREFIX.match,
    ("titles", "issuing"): cover_lines.issuers_in_title,
    ("names", "league"): league.league_place,
    ("names", "league_short"): league.league_place,
    ("names", "committee"): league.league_place,
    ("names", "group"): kinds.is_office_of_no_group,
    ("names", "joiner"): two_names,
    ("names", "all"): kinds.is_collective,
    ("names", "others"): kinds.is_collective,
    ("names", "one_of_all"): kinds.is_collective,
    ("names", "general_body"): kinds.is_collective,
    ("names", "opens_no_name"): no_name,
    ("names", "ends_no_name"): no_name,
    ("names", "no_name"): no_name,
    ("names", "new_or_old"): no_name,
    ("names", "part_of_a_place"): no_name,
    ("names", "points_to_a_place"): no_name,
    ("names", "opens_sentence"): no_name,
    ("names", "opens_name"): names._MARK.match,
    ("names", "bare_body"): one_name,
    ("names", "open_list_kind"): open_list,
    ("names", "open_list_body"): open_list,
    ("names", "no_open_list"): lambda text: not behind_names.open_end(text),
    ("names", "branch"): one_name,
    ("names", "parent_company"): one_name,
    ("names", "no_region_in_name"): unknown_region,
    ("names", "no_region_in_heading"): lambda text: not headings.split_region(text, ())[0],
    ("names", "no_region_in_title"): lambda text: text[1:-1] not in cover_regions.regions_in_title(text),
    ("names", "before_region"): lambda text: "某某县" in cover_regions.regions_in_title(
        text.removeprefix("重庆市").replace("巫溪", "某某")
    ),
    ("names", "no_region_ending"): cover_regions._NO_REGION.search,
    ("names", "sort_of_region"): cover_regions._NO_REGION.search,
    ("names", "organ_in_number"): lambda text: cover_regions.regions_of_cover([], [], text, []) == ("巫溪县",),
    ("names", "behind_township"): lambda text: cover_regions.region_of_issuer(text) == "巫溪县土城镇",
    ("names", "begun_ending"): names._is_cut_off,
    ("names", "generic_region"): lambda text: regions.RegionBook("a", (), None, ("",), print).label(text[:-5]).startswith("a:"),
    ("names", "joins_regions"): lambda text: len(list(mentions.places_in(text))) == 2,
    ("names", "mother_company"): lambda text: regions._MOTHER.sub("", text).startswith("巫溪"),
    ("names", "common_place"): lambda text: not list(mentions.places_in(text)),
    ("names", "opens_issuer"): lambda text: cover_regions.region_of_issuer(text.replace("巫溪", "某某")) == "某某县",
    ("names", "issuer_ending"): cover_lines.ISSUER.fullmatch,
    ("names", "state_issuer"): cover_lines.ISSUER.fullmatch,
    ("names", "of_the_state"): lambda text: cover_lines.is_national(text) and text.startswith(unit_names.OF_THE_STATE),
    ("names", "state_ending"): cover_lines.is_national,
    ("names", "place_body"): list_reader._PLACES.fullmatch,
    ("names", "body_of_a_place"): unit_names.has_a_place,
    ("names", "no_plain_opening"): lambda text: not list_reader._PLAIN_DEPARTMENT.fullmatch(text),
    ("names", "no_plain_inside"): lambda text: not list_reader._PLAIN_DEPARTMENT.fullmatch(text),
    ("names", "township_ending"): lambda text: text.endswith(vocabulary("names", "township_ending")),
    ("names", "township_level"): kinds._TOWNSHIP.fullmatch,
    ("names", "office_ending"): re.compile(rf"县某某{one_of('names', 'office_ending')}").fullmatch,
    ("names", "fine_place"): lambda text: townships.fineness(text) == 2,
    ("names", "villagers"): villages.is_village,
    ("names", "villagers_committee"): villages.is_village,
    ("names", "wide_place"): lambda text: townships.fineness(text) == 0,
    ("names", "helping_body"): side_columns.is_of_departments,
    ("names", "helped_body"): lambda text: not side_columns.is_of_departments(text),
    ("persons", "title"): names.is_person,
    ("persons", "title_ending"): roles._TITLED.search,
    ("persons", "surname"): names.is_person,
    ("titles", "letterhead"): cover_lines.letterhead,
    ("titles", "no_letterhead"): lambda text: not cover_lines.letterhead(text) and cover_lines.letterhead(text[2:]),
    ("titles", "opening"): cover._TITLE_START.search,
    ("titles", "document"): cover._TITLE_END.search,
    ("titles", "plain"): cover._PLAIN_TITLE.search,
    ("titles", "caption"): lambda text: text.endswith(cover._CAPTION_ENDINGS),
    ("titles", "above_a_table"): lambda text: headings._TITLE.search(text) and line_cells._TITLE.search(text),
    ("titles", "imprint"): lambda text: cover._IMPRINT.search(text) and spaced_cells._ENDS.search(text),
    ("names", "shared_ending"): lambda text: name_lists.body_names(text)[0] == text.replace("、交通", ""),
    ("names", "not_in_a_body"): lambda text: not names.may_be_body(text),
    ("table_words", "in_force"): items._IN_FORCE.search,
    ("table_words", "no_role_here"): lambda text: not list(checks.roles_left(text)),
    ("table_words", "mark"): lambda text: evidence.sort_of(text) == "mark",
    ("table_words", "total"): evidence.TOTAL.match,
    ("table_words", "note"): lambda text: rows._NOTE.match(text) and blocks.NOTE.match(text),
    ("table_words", "note_on_form"): rows._NOTE.match,
    ("table_words", "filled_in"): rows._NOTE.match,
    ("table_words", "below_a_table"): line_cells._ENDS.search,
    ("table_words", "counter"): lambda text: tasks.stated_count(text) == 3,
    ("table_words", "counted"): lambda text: tasks.stated_count(text) == 3,
    ("table_words", "item"): lambda text: blocks.numbered_item(text).style == "word",
    ("table_words", "part"): lambda text: blocks.numbered_item(text).style == "part",
    ("boilerplate", "label"): boilerplate.is_boilerplate,
    ("boilerplate", "anywhere"): boilerplate.is_boilerplate,
    ("boilerplate", "footer"): boilerplate._FOOTER.search,
    ("boilerplate", "host_label"): boilerplate._HOST.match,
    ("boilerplate", "hosted"): boilerplate._HOST.match,
    ("boilerplate", "issued"): boilerplate._ISSUED_BY.match,
    ("boilerplate", "issuer"): boilerplate._ISSUED_BY.match,
    ("boilerplate", "cover_label"): lambda text: cover_lines.cover_line(text) is not None,
    ("boilerplate", "number_label"): lambda text: cover._NUMBER_LABEL.sub("", text) == "巫溪府发〔2022〕24号",
    ("quantities", "at_most"): targets._AT_MOST.search,
    ("quantities", "about"): lambda text: target(text).comparator == "~",
    ("quantities", "insert"): lambda text: target(text).comparator == ">=",
    ("quantities", "bound"): lambda text: target(text).comparator != "=",
    ("quantities", "remainder"): lambda text: target(text).comparator == ">=",
    ("quantities", "before"): lambda text: target(text).comparator != "=",
    ("quantities", "just_before"): lambda text: target(text).comparator != "=",
    ("quantities", "governs"): targets._GOVERNS.search,
    ("quantities", "each"): lambda text: [one.comparator for one in targets.find_targets(text)] == [">=", ">="],
    ("quantities", "aspires"): lambda text: target(text).aspirational,
    ("quantities", "not_metric"): lambda text: target(text).metric == "培训干部",
    ("quantities", "change"): lambda text: [one.value for one in targets.find_targets(text)] == [8],
    ("quantities", "code"): no_target,
    ("quantities", "age"): no_target,
    ("quantities", "road"): no_target,
    ("quantities", "no_target_after"): no_target,
    ("quantities", "period"): no_target,
    ("quantities", "hours_of"): no_target,
    ("quantities", "size_of"): no_target,
    ("quantities", "goal"): lambda text: target(text).value == 2,
    ("quantities", "reach"): target,
    ("quantities", "compress"): target,
    ("quantities", "served"): lambda text: target(text).comparator == "<=",
    ("quantities", "time_noun"): target,
    ("quantities", "life"): target,
    ("quantities", "place_noun"): no_target,
    ("quantities", "saying"): no_target,
    ("quantities", "trend"): lambda text: targets.find_targets(text)[1].metric == f"投资{text[8:-2]}",
    ("quantities", "before_trend"): lambda text: targets.find_targets(text)[1].metric == f"投资{text[8:-2]}",
    ("quantities", "after_one"): lambda text: target(text).value == 1,
    ("quantities", "no_goal"): no_target,
    ("quantities", "half"): lambda text: (target(text).value, target(text).quantity_unit) == (50, "%"),
    ("quantities", "doubles"): lambda text: (target(text).value, target(text).quantity_unit) == (1, "番"),
    ("quantities", "doubling"): lambda text: (target(text).value, target(text).quantity_unit) == (1, "番"),
    ("quantity_units", "count"): counted,
    ("quantity_units", "crowd"): counted,
    ("quantity_units", "size"): counted,
    ("quantity_units", "share"): counted,
    ("quantity_units", "span"): counted,
    ("quantity_units", "long_span"): counted,
    ("quantity_units", "life"): counted,
    ("pairing_words", "helps"): lambda text: pairs._count_statements(text, "渝中区", "巫溪县") == 1,
    ("pairing_words", "manner"): helped,
    ("pairing_words", "kind"): helped,
    ("pairing_words", "verb"): helped,
    ("pairing_words", "passive_verb"): helped,
    ("pairing_words", "with"): helped,
    ("pairing_words", "enter"): helped,
    ("pairing_words", "mutual"): helped,
    ("pairing_words", "mutual_form"): helped,
    ("pairing_words", "sort_of_pair"): helped,
    ("pairing_words", "leading"): helped,
    ("pairing_words", "may_pair"): pair_lists._MAY_PAIR.search,
    ("pairing_words", "of_pairs"): pair_lists._PAIRS.search,
    ("pairing_words", "in_no_name"): pair_lists._IN_NO_NAME.search,
    ("pairing_words", "directed"): pair_lists._DIRECTED.search,
    ("pairing_words", "one_to_one"): duties._ONE_TO_ONE.search,
    ("pairing_words", "pairs_up"): duties._ONE_TO_ONE.search,
    ("pairing_words", "pairs_up_before"): duties._ONE_TO_ONE.search,
    ("pairing_words", "key_townships"): duties._KEY_TOWNSHIPS.search,
    ("role_words", "by"): only_the_office,
    ("role_words", "own"): only_the_office,
    ("role_words", "duty"): only_the_office,
    ("role_words", "manner"): both_offices,
    ("role_words", "behind"): only_the_office,
    ("role_words", "leading"): only_the_office,
    ("role_words", "joined_by"): lambda text: lists(text) == [("lead", "县财政局"), ("support", "县水利局")],
    ("role_words", "label_noun"): lambda text: next(labels.find_labels(text, Options())).start == 0,
    ("role_words", "before_label"): lambda text: next(labels.find_labels(text, Options())).start == 0,
    ("role_words", "body"): lambda text: list_reader._ROLE_QUALIFIER.fullmatch(text[5:-1]),
    ("role_words", "this_task"): statements._BY.match,
    ("role_words", "first"): rules.states_first_leads,
    ("role_words", "place_in_list"): rules.states_first_leads,
    ("role_words", "is"): rules.states_first_leads,
    ("role_words", "same_below"): without_rule,
    ("role_words", "the_rest_is"): without_rule,
    ("role_words", "rule_in_heading"): lambda text: headings.heading_words(text) == "责任单位",
    ("times", "date"): lambda text: names.invalid_reason(text) == "date_among_names",
    ("times", "opens_date"): lambda text: names.invalid_reason(text) == "date_among_names",
    ("times", "deadline"): deadlines.is_deadline,
    ("times", "sure_deadline"): statements._SURE_DEADLINE.search,
    ("times", "ends_deadline"): done_by.is_time_limit,
    ("times", "before_date"): lambda text: deadlines.name_and_date(f"县财政局{text}").date == (4, 4 + len(text)),
    ("duties", "heading"): openings.is_title,
    ("duties", "heading_tail"): openings.is_title,
    ("duties", "listed_below"): openings.is_title,
    ("duties", "of_unit"): lambda text: opening(text).form == "line",
    ("duties", "manner"): lambda text: len(opening(text).names.text) == 4,
    ("duties", "does"): lambda text: opening(text).strong,
    ("duties", "acts"): lambda text: len(opening(text).names.text) == 4,
    ("duties", "leads"): lambda text: openings.LEADS.search(opening(text).behind.text),
    ("duties", "no_body"): lambda text: not openings.bodies(text),
    ("duties", "letter"): duty_sections._LETTER.match,
    ("blanks", "ditto"): is_ditto,
    ("blanks", "sign"): is_blank,
    ("blanks", "word"): is_blank,
}  # fmt: skip
"""Table and use → what the reading has to find in the example."""


@pytest.mark.parametrize(("table", "use"), RECOGNISED, ids=map("-".join, RECOGNISED))
def test_the_examples_of_a_use_are_recognised(table, use):
    examples = [(word, example) for kind, row_use, word, example in ROWS if (kind, row_use) == (table, use)]
    assert examples
    assert [word for word, example in examples if word not in example] == []
    assert [(word, example) for word, example in examples if not RECOGNISED[table, use](example)] == []


def test_every_use_is_known():
    assert {(table, use) for table, use, _, _ in ROWS} == set(RECOGNISED)


@pytest.mark.parametrize("table", TABLES)
def test_no_cell_is_empty_and_no_word_stands_twice_for_a_use(table):
    own = [(use, word) for kind, use, word, _ in ROWS if kind == table]
    assert len(own) == len(set(own))
    assert all(row["use"].strip() and row["word"].strip() and row["example"].strip() for row in reference(table))


def test_words_that_are_kept_apart_from_their_neighbours():
    assert re.search(one_of("quantities", "about"), "签约8家") is None
    assert re.search(one_of("names", "not_a_level"), "市政府") is None
    assert len(vocabulary("titles", "caption")[0]) == 2
