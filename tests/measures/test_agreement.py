"""Agreement with codings by hand: what is counted, what differs, and what becomes of it as corrections."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from tests.measures.coded import change, facts_2022, fill_in
from tests.measures.small import small

import pairing_graph as pg
from pairing_graph.base.errors import NoticeError

ROOT = Path(__file__).parents[2]
OVERLOOKED = "县水利局"


@pytest.fixture(scope="module")
def empty(notice, tmp_path_factory):
    return pg.coding_sheet(notice, tmp_path_factory.mktemp("sheets") / "empty.xlsx")


@pytest.fixture(scope="module")
def anna(empty, expected):
    """A coder who says what the rows made by hand say."""
    return fill_in(empty, facts_2022(expected), empty.with_name("anna.xlsx"))


@pytest.fixture(scope="module")
def ben(empty, expected):
    """A coder who differs in eight things, counted by hand in the tests."""
    facts = facts_2022(expected)
    change(
        facts,
        "assignments",
        "t1r2",
        "县发展改革委（县投资促进服务中心）、区招商投资局",
        lead="县发展改革委（县投资促进服务中心）",
        support="区招商投资局",
    )  # 1: a role
    change(
        facts,
        "assignments",
        "t1r4",
        "县发展改革委（县投资促进服务中心）、区招商投资局",
        lead="县发展改革委（县投资促进服务中心）",
    )  # 2: a unit left out, in a blank cell that is read as the one above
    whole = next(given["lead"] for at, given in facts["assignments"] if at == "t1r5")
    change(facts, "assignments", "t1r5", whole, lead=whole.replace("县农业农村委", OVERLOOKED))  # 3: another unit
    lone = next(given["lead"] for at, given in facts["assignments"] if at == "t1r8")
    change(facts, "assignments", "t1r8", lone, lead=f"{lone}、县财政局")  # 4: a unit more
    change(facts, "pairings", "t2r5", "县农业农村委", recipient="县交通局")  # 5: another recipient
    change(
        facts, "pairings", "t2r2", "区委组织部", donor="县委组织部", recipient="区委组织部"
    )  # 6: the other way round
    change(facts, "targets", "t1r10", "家", comparator="=")  # 7: a comparator
    change(facts, "targets", "t1r14", "所", value="5")  # 8: a number
    return fill_in(empty, facts, empty.with_name("ben.xlsx"))


@pytest.fixture(scope="module")
def with_ben(kb, ben):
    return pg.agreement(kb, ben)


def row(found, fact, coders):
    return found.table.loc[(fact, coders)]


def test_the_2022_notice_agrees_with_the_rows_made_by_hand(kb, anna):
    found = pg.agreement(kb, anna)
    assert found.coders == ("kb", "anna")
    assert found.not_coded == {}
    assert found.differences.empty
    assert (found.table["percent"] == 1).all()
    counts = {"assignments": (79, 79), "pairings": (35, 35), "targets": (19, 19)}
    assert {fact: tuple(row(found, fact, "kb, anna")[["found", "common"]]) for fact in counts} == counts
    assert row(found, "directions", "kb, anna")["n"] == 35


def test_of_roles_that_are_all_lead_kappa_says_nothing_and_ac1_all(kb, anna):
    roles = row(pg.agreement(kb, anna), "roles_given_unit", "kb, anna")
    assert roles[["kappa", "fleiss", "alpha", "kappa_low"]].isna().all()
    assert roles["ac1"] == 1


def test_the_differences_are_those_that_were_made(with_ben, kb):
    said = [tuple(line) for line in with_ben.differences[["fact", "subject", "kb", "ben"]].to_numpy()]
    assert said == [
        ("roles", "渝中区招商投资局", "lead", "support"),
        ("assignments", "渝中区招商投资局", "lead", "none"),
        ("assignments", OVERLOOKED, "none", "lead"),
        ("assignments", "巫溪县农业农村委", "lead", "none"),
        ("assignments", "县财政局", "none", "lead"),
        ("directions", "巫溪县委组织部, 渝中区委组织部", "渝中区委组织部 → 巫溪县委组织部", "巫溪县委组织部 → 渝中区委组织部"),
        ("pairings", "县交通局, 渝中区交通局", "none", "渝中区交通局 → 县交通局"),
        ("pairings", "巫溪县农业农村委, 渝中区交通局", "渝中区交通局 → 巫溪县农业农村委", "none"),
        ("comparators", "1 家", ">=", "="),
        ("targets", "3 所", ">=", "none"),
        ("targets", "5 所", "none", ">="),
    ]  # fmt: skip
    document = kb.documents["document"].item()
    assert with_ben.differences["address"].iloc[[0, 1, 2]].tolist() == [
        f"{document}!t1r2c4.1", f"{document}!t1r4c4.1", f"{document}!t1r5"
    ]  # fmt: skip
    assert "协同招商" in with_ben.differences["words"].iloc[0]


def test_precision_and_recall_are_those_counted_by_hand(with_ben):
    """Of 79 assignments each has 77 in common; of 35 pairings 34; of 19 targets 18."""
    for fact, common, whole in (("assignments", 77, 79), ("pairings", 34, 35), ("targets", 18, 19), ("roles", 76, 79)):
        found = row(with_ben, fact, "kb, ben")
        assert found["common"] == common
        assert tuple(found[["precision", "recall", "f1"]]) == pytest.approx((common / whole,) * 3)
    assert tuple(row(with_ben, "assignments", "kb, ben")[["found", "clusters"]]) == (81, 28)


def test_percent_agreement_is_over_the_population(with_ben, expected):
    units = len(set(expected("assignments")["unit"])) + 2  # the two that only ben names
    assert row(with_ben, "assignments", "kb, ben")["n"] == 28 * units
    assert row(with_ben, "assignments", "kb, ben")["percent"] == pytest.approx(1 - 4 / (28 * units))
    assert row(with_ben, "roles", "kb, ben")["percent"] == pytest.approx(76 / 81)
    assert row(with_ben, "roles_given_unit", "kb, ben")["percent"] == pytest.approx(76 / 77)
    assert row(with_ben, "directions", "kb, ben")["percent"] == pytest.approx(33 / 34)
    assert row(with_ben, "comparators", "kb, ben")["percent"] == pytest.approx(17 / 18)
    assert row(with_ben, "targets", "kb, ben")["percent"] == pytest.approx(18 / 20)


def test_kappa_of_the_assignments_by_hand(with_ben):
    """Both assign 79 of n; they differ in four."""
    found = row(with_ben, "assignments", "kb, ben")
    n = found["n"]
    chance = (79 / n) ** 2 + ((n - 79) / n) ** 2
    assert found["kappa"] == pytest.approx((1 - 4 / n - chance) / (1 - chance))
    assert found["kappa_low"] < found["kappa"] < found["kappa_high"]


def test_chance_agreement_on_targets_is_not_defined(with_ben):
    found = row(with_ben, "targets", "kb, ben")
    assert found[["kappa", "fleiss", "alpha", "ac1", "alpha_low"]].isna().all()
    assert found["percent_low"] < found["percent"]


def test_coders_are_compared_with_each_other_and_all_with_all(kb, anna, ben):
    found = pg.agreement(kb, anna, ben, coders=["Anna", "Ben"])
    assert list(found.table.loc["assignments"].index) == ["kb, Anna", "kb, Ben", "Anna, Ben", "kb, Anna, Ben"]
    assert tuple(row(found, "roles", "Anna, Ben")[["percent", "f1"]]) == pytest.approx((76 / 81, 76 / 79))
    of_all = row(found, "roles", "kb, Anna, Ben")
    assert of_all[["kappa", "precision", "f1"]].isna().all()
    # Of 81 units 76 have three equal codes; of the other five one pair of three agrees.
    assert of_all["percent"] == pytest.approx((76 + 5 / 3) / 81)
    assert list(found.differences.columns[-3:]) == ["kb", "Anna", "Ben"]
    assert len(found.differences) == 11


def test_with_three_coders_these_are_also_compared_without_the_reading(kb, anna, ben):
    groups = pg.agreement(kb, anna, ben, anna).table.loc["roles"].index
    assert list(groups[-2:]) == ["anna, ben, anna~2", "kb, anna, ben, anna~2"]
    assert len(groups) == 6 + 2


def test_what_was_accepted_makes_agreement_complete(with_ben, notice, ben, tmp_path):
    rows = with_ben.corrections()
    assert rows.attrs["left"] == []
    file = pg.write_csv({"corrections": rows}, tmp_path)[0]
    corrected = pg.read_notice(notice, corrections=file)
    again = pg.agreement(corrected, ben)
    assert again.differences.empty, again.differences.to_string()
    assert (again.table["percent"] == 1).all()
    assert len(corrected.assignments) == 79


def test_only_chosen_differences_are_corrected(with_ben, notice, ben, tmp_path):
    rows = with_ben.corrections(accept=[1])
    assert rows[["column", "expected", "value"]].to_numpy().tolist() == [["assignments.role", "lead", "support"]]
    assert "ben" in rows["reason"].item()
    file = pg.write_csv({"corrections": rows}, tmp_path)[0]
    assert len(pg.agreement(pg.read_notice(notice, corrections=file), ben).differences) == 10


def test_a_change_in_one_task_leaves_those_that_were_read_from_its_cell(with_ben, notice, kb, tmp_path):
    """Tasks 5 and 6 are blank below task 4: they keep their units when task 4 gets others."""
    numbers = list(with_ben.differences.index[with_ben.differences["subject"].isin([OVERLOOKED, "巫溪县农业农村委"])])
    file = pg.write_csv({"corrections": with_ben.corrections(accept=numbers)}, tmp_path)[0]
    corrected = pg.read_notice(notice, corrections=file)
    tasks = kb.tasks["task"].tolist()

    def units(kb, task):
        return list(kb.assignments.loc[kb.assignments["task"] == tasks[task - 1], "unit"])

    assert f"巫溪县{OVERLOOKED[1:]}" in units(corrected, 4)
    assert [units(corrected, task) for task in (5, 6)] == [units(kb, task) for task in (5, 6)]


def test_a_target_that_was_not_read_is_left_to_the_person(kb):
    frames = {"targets": pd.DataFrame([{"address": "t1r2", "value": 7, "comparator": ">=", "quantity_unit": "次"}])}
    found = pg.agreement(kb, frames)
    number = int(found.differences.index[found.differences["subject"] == "7 次"].item())
    rows = found.corrections(accept=[number])
    assert rows.empty
    assert rows.attrs["left"] == [number]


def test_an_unknown_difference_and_a_missing_coder_are_sentences(kb, anna, ben):
    with pytest.raises(NoticeError, match=r"no such difference.*1 to 11.*12"):
        pg.agreement(kb, ben).corrections(accept=[12])
    with pytest.raises(NoticeError, match=r"whose word is accepted.*anna, ben"):
        pg.agreement(kb, anna, ben).corrections()
    with pytest.raises(NoticeError, match=r"no such difference.*Got: ben"):
        pg.agreement(kb, ben).corrections("ben")
    with pytest.raises(NoticeError, match=r"no such coder.*Got: 'carl'"):
        pg.agreement(kb, ben).corrections(coder="carl")


def test_a_sheet_that_was_not_coded_says_nothing(kb, empty, expected, tmp_path):
    facts = {"assignments": facts_2022(expected)["assignments"]}
    found = pg.agreement(kb, fill_in(empty, facts, tmp_path / "carla.xlsx"))
    assert found.not_coded == {"carla": ("pairings", "targets")}
    nothing = found.table.loc[["pairings", "directions", "targets", "comparators", "aspirational"]]
    assert (nothing["n"] == 0).all()
    assert nothing.drop(columns=["n", "population"]).isna().all(axis=None)
    assert "carla did not code pairings, targets" in repr(found)


def test_a_sample_is_compared_where_it_lies(notice, kb, expected, tmp_path):
    sheet = pg.coding_sheet(notice, tmp_path / "sample.xlsx", sample=10, seed=4)
    listed = addresses(sheet)
    facts = {name: [fact for fact in rows if fact[0] in listed[name]] for name, rows in facts_2022(expected).items()}
    found = pg.agreement(kb, fill_in(sheet, facts, tmp_path / "dora.xlsx"))
    assert found.differences.empty
    assert row(found, "assignments", "kb, dora")["clusters"] == 10
    wanted = sum(f"t1r{int(task) + 1}" in listed["assignments"] for task in expected("assignments")["task"])
    assert row(found, "assignments", "kb, dora")["found"] == wanted


def addresses(sheet):
    import openpyxl

    book = openpyxl.load_workbook(sheet)
    return {
        title.split()[-1]: [cell.value for cell in book[title]["A"][1:] if cell.value] for title in book.sheetnames[2:]
    }


def test_frames_and_another_reading_are_coders_too(kb):
    frame = kb.assignments[["address", "unit", "role"]]
    found = pg.agreement(kb, {"assignments": frame}, kb, coders=["frame", "again"])
    assert found.differences.empty
    assert row(found, "roles", "frame, again")["n"] == 79


def test_a_name_that_fits_nothing_stays_what_the_coder_saw(kb):
    frame = pd.DataFrame([{"address": "t1r2", "unit": "某某中心", "role": "牵头"}])
    found = pg.agreement(kb, {"assignments": frame}).differences
    assert found.loc[found["subject"] == "某某中心", ["kb", "coder"]].to_numpy().tolist() == [["none", "lead"]]


def test_the_same_seed_gives_the_same_table(kb, ben):
    pd.testing.assert_frame_equal(pg.agreement(kb, ben, seed=3).table, pg.agreement(kb, ben, seed=3).table)


def test_every_kind_of_fact_says_what_its_population_is(with_ben):
    assert (with_ben.table["population"].str.len() > 5).all()


def test_without_sheets_or_with_too_few_names_there_is_a_sentence(kb, anna):
    with pytest.raises(NoticeError, match="No sheet was given"):
        pg.agreement(kb)
    with pytest.raises(NoticeError, match="Every sheet needs a name"):
        pg.agreement(kb, anna, coders=["a", "b"])


def test_without_the_library_alpha_is_na_and_it_says_what_to_install(kb, anna, monkeypatch):
    whole = pg.agreement(kb, anna)
    monkeypatch.setitem(__import__("sys").modules, "krippendorff", None)
    found = pg.agreement(kb, anna)
    assert found.table["alpha"].isna().all()
    assert "pairing-graph[agreement]" in found.choices["alpha"]
    assert found.table.drop(columns="alpha").equals(whole.table.drop(columns="alpha"))
    assert "alpha" not in whole.choices


def answered(name):
    """Task → role → units, of a document with answers that were made by hand."""
    folder = ROOT / "tests" / "data" / "answered" / "round-1" / name
    rows = pd.read_csv(folder / "assignments.csv", dtype=str, keep_default_na=False).to_dict("records")
    tasks: dict[int, dict[str, list[str]]] = {}
    for line in rows:
        tasks.setdefault(int(line["task"]), {}).setdefault(line["role"], []).append(line["unit"])
    return next(folder.glob("notice.*")), tasks


def test_another_notice_with_two_rows_of_headings(tmp_path):
    """Task k is in row k + 2 of the only table."""
    file, tasks = answered("docx-merged-two-row-heading")
    facts = [
        (f"t1r{task + 2}", {role: "、".join(units) for role, units in said.items()}) for task, said in tasks.items()
    ]
    sheet = fill_in(pg.coding_sheet(file, tmp_path / "e.xlsx"), {"assignments": facts}, tmp_path / "erna.xlsx")
    found = pg.agreement(pg.read_notice(file), sheet)
    assert found.differences.empty
    assert row(found, "roles", "kb, erna")["n"] == sum(len(units) for said in tasks.values() for units in said.values())


LINES = {1: "p16", 2: "p21", 3: "p26", 5: "p37", 6: "p42"}
"""Where the units of the tasks of `numbered-label-lines-county` are written: a line below the task."""


@pytest.fixture(scope="module")
def in_lines():
    file, tasks = answered("numbered-label-lines-county")
    facts = [
        (LINES[task], {"responsible": "、".join(said["responsible"])}) for task, said in tasks.items() if task in LINES
    ]
    facts += [("p31", {"lead": "、".join(tasks[4]["lead"])}), ("p32", {"support": "、".join(tasks[4]["support"])})]
    return file, facts


def test_units_may_be_coded_at_the_line_in_which_they_are_written(in_lines, tmp_path):
    file, facts = in_lines
    empty = pg.coding_sheet(file, tmp_path / "empty.xlsx")
    sheet = fill_in(empty, {"assignments": facts}, tmp_path / "franz.xlsx")
    found = pg.agreement(pg.read_notice(file), sheet)
    assert found.differences.empty
    assert tuple(row(found, "assignments", "kb, franz")[["found", "clusters"]]) == (15, 6)


def test_names_in_a_paragraph_are_corrected_too(in_lines, tmp_path):
    file, facts = in_lines
    said = dict(facts)
    said["p16"] = {"responsible": "县市场监管局、县公安局"}
    said["p21"] = {"responsible": said["p21"]["responsible"] + "、县财政局"}
    empty = pg.coding_sheet(file, tmp_path / "empty.xlsx")
    sheet = fill_in(empty, {"assignments": list(said.items())}, tmp_path / "gerda.xlsx")
    found = pg.agreement(pg.read_notice(file), sheet)
    assert found.differences["subject"].tolist() == ["霍山县政数局", "县财政局"]
    corrections = pg.write_csv({"corrections": found.corrections()}, tmp_path)[0]
    again = pg.agreement(pg.read_notice(file, corrections=corrections), sheet)
    assert again.differences.empty, again.differences.to_string()


def test_where_a_coder_says_what_the_reading_says_there_is_nothing_to_correct(kb, anna, ben):
    rows = pg.agreement(kb, anna, ben).corrections(coder="anna")
    assert rows.empty
    assert rows.attrs["left"] == []


def test_one_of_two_targets_of_a_cell_is_left_to_the_person(kb):
    """Task 3 has two targets that both say >=; an address alone does not tell which is meant."""
    mine = kb.targets[["address", "value", "value_max", "comparator", "quantity_unit", "aspirational"]].copy()
    mine.loc[0, "comparator"] = "="
    rows = pg.agreement(kb, {"targets": mine}).corrections()
    assert rows.attrs["left"] == [1]


def test_targets_are_compared_and_corrected_with_all_their_digits(notice, kb):
    columns = ["address", "value", "value_max", "comparator", "quantity_unit", "aspirational"]
    mine = kb.targets[columns].copy()
    place = int(kb.targets.index[~kb.targets["task"].duplicated(keep=False)][0])
    for value, written in ((1234568.0, "1234568"), (1234567.25, "1234567.25")):
        read = kb.targets.copy()
        read.loc[place, "value"] = 1234567.0
        mine.loc[place, "value"] = value
        differing = pg.agreement(kb.replace(targets=read), {"targets": mine})
        rows = differing.corrections()
        assert rows[["expected", "value"]].to_numpy().tolist() == [["1234567", written]]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"resamples": 0}, "resamples. Expected: 1 or more. Got: 0"),
        ({"seed": -1}, "seed. Expected: 0 or more. Got: -1"),
    ],
)
def test_the_bootstrap_needs_whole_numbers(kb, given, said):
    with pytest.raises(NoticeError, match=said):
        pg.agreement(kb, kb, **given)


def test_a_knowledge_base_of_another_notice_is_refused(kb):
    other = small([{"lead": ["甲区商务局"]}])
    with pytest.raises(NoticeError, match="different notices. Where: carl"):
        pg.agreement(kb, other, coders=["carl"])


def test_a_part_is_compared_with_the_same_part_only(kb):
    part, same, other = (kb.select(area=area) for area in ("产业协同方面", "产业协同方面", "协同实施教育智力帮扶"))
    assert pg.agreement(part, same).differences.empty
    for one, two in ((kb, part), (part, kb), (part, other)):
        with pytest.raises(NoticeError, match="28 tasks of 1 notice.* Select the same part of both"):
            pg.agreement(one, two)
