"""What every figure keeps to: glyphs, sizes, settings, files."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from contextlib import contextmanager
from itertools import combinations

import matplotlib
import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager, get_data_path, pyplot
from matplotlib.text import Text
from PIL import Image

import pairing_graph as pg
from pairing_graph.base.errors import FileError
from pairing_graph.base.words import catalogue
from pairing_graph.figures.all import FIGURES, write_figures
from pairing_graph.figures.coordination import plot_coordination
from pairing_graph.figures.matrix import plot_responsibility_matrix
from pairing_graph.figures.pairings import plot_pairings
from pairing_graph.figures.plotting import public_name
from pairing_graph.figures.workload import plot_workload
from pairing_graph.figures.write import write_figure
from pairing_graph.look import style
from pairing_graph.look.citation import full_citations, short_citation
from pairing_graph.reading.combining import combine

PLOTS = {name: getattr(pg, public_name(plan)) for name, plan in FIGURES.items()}
NAMES = {plot: name for name, plot in PLOTS.items()}
CITATION = (
    "巫溪县人民政府、渝中区人民政府. 关于印发《2022年渝中区·巫溪县对口协同发展任务分解表》"
    "《2022年渝中区·巫溪县部门街镇结对帮扶表》的通知. 巫溪府发〔2022〕24号. 2022-06-23"
)
every_figure = pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)


CASES = [
    (name, source, lang)
    for name in PLOTS
    for source, lang in (("real", "zh"), ("real", "en"), ("strange", "en"), ("both", "zh"))
]


@contextmanager
def fonts_hidden(patch):
    """No font but those that Matplotlib and the package bring: what a fresh machine has."""
    style.register_font()
    manager = font_manager.fontManager
    brought = (get_data_path(), str(style.font_file().parent))
    patch.setattr(manager, "ttflist", [entry for entry in manager.ttflist if entry.fname.startswith(brought)])
    manager._findfont_cached.cache_clear()
    yield
    manager._findfont_cached.cache_clear()


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def picture(request, kb, strange):
    """A figure as a machine without fonts of its own draws it."""
    name, source, lang = request.param
    with pytest.MonkeyPatch.context() as patch, fonts_hidden(patch):
        ax = PLOTS[name]({"real": kb, "strange": strange}.get(source) or combine([kb, strange]), lang=lang)
        yield ax
        pyplot.close(ax.figure)


@pytest.fixture(scope="module")
def written(kb, tmp_path_factory):
    """The files of the 2022 notice by name."""
    return {path.name: path for path in write_figures(kb, tmp_path_factory.mktemp("written"))}


def texts(ax):
    return [text for text in ax.figure.findobj(Text) if text.get_text().strip()]


def words_of(ax):
    return [text.get_text() for text in texts(ax)]


def test_every_figure_of_a_run_has_a_public_plot_of_its_name():
    assert list(FIGURES) == [
        name.removeprefix("plot_").replace("_", "-") for name in map(public_name, FIGURES.values())
    ]


def test_every_text_is_set_in_the_packages_font(picture):
    characters = set(map(chr, TTFont(style.font_file()).getBestCmap()))
    assert texts(picture)
    for text in texts(picture):
        assert font_manager.findfont(text.get_fontproperties()) == str(style.font_file())
        assert not set(text.get_text()) - characters


def test_nothing_is_cut_off(picture):
    renderer = picture.figure.canvas.get_renderer()
    for text in texts(picture):
        box = text.get_window_extent(renderer)
        assert box.x0 >= 0, text.get_text()
        assert box.y0 >= 0, text.get_text()
        assert box.x1 <= picture.figure.bbox.x1, text.get_text()
        assert box.y1 <= picture.figure.bbox.y1, text.get_text()


def test_no_text_lies_on_another(picture):
    renderer = picture.figure.canvas.get_renderer()
    boxes = [(text.get_text(), text.get_window_extent(renderer).padded(-1.5)) for text in texts(picture)]
    assert [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if one.overlaps(other)] == []


def test_letters_are_legible_at_900_pixels_and_nothing_is_turned(picture):
    assert picture.figure.get_size_inches()[0] == pytest.approx(9.0)
    assert min(text.get_fontsize() for text in texts(picture)) >= 0.12 * 72.0  # twelve of 900 pixels
    assert {text.get_rotation() for text in texts(picture)} == {0.0}


@every_figure
def test_the_2022_notice_fits_900_pixels(kb, plot):
    assert plot(kb).figure.get_size_inches()[0] == pytest.approx(9.0)


@every_figure
def test_a_glyph_that_is_missing_does_not_pass_unseen(invent, plot):
    kb = invent([("甲", {"lead": ["甲区|\U0002a6a5局"]})], [("甲区|\U0002a6a5局", "乙县|乙局")])
    with pytest.warns(style.MissingGlyphWarning, match="U\\+2A6A5"):
        ax = plot(kb)
    assert any("[U+2A6A5]" in text for text in words_of(ax))


@pytest.mark.parametrize("plot", [plot_workload, plot_pairings, plot_responsibility_matrix])
def test_names_are_text_and_not_mathematics(strange, plot):
    ax = plot(strange)
    assert not any(text.get_parse_math() or text.get_usetex() for text in texts(ax))
    assert r"$x_1^2$局\alpha{}<b>&" in "".join(words_of(ax))


@every_figure
def test_axes_that_are_given_are_used_and_given_back(kb, plot):
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(14.0, 7.0))
    open_before = pyplot.get_fignums()
    assert plot(kb, ax=right) is right
    assert pyplot.get_fignums() == open_before
    assert not left.texts
    renderer = figure.canvas.get_renderer()
    frame = right.get_window_extent(renderer).padded(1.0)
    for text in right.texts:
        box = text.get_window_extent(renderer)
        assert frame.contains(box.x0, box.y0), text.get_text()
        assert frame.contains(box.x1, box.y1), text.get_text()


@every_figure
def test_a_plot_without_axes_makes_one_figure_that_a_notebook_shows(kb, plot):
    before = set(pyplot.get_fignums())
    ax = plot(kb)
    (number,) = set(pyplot.get_fignums()) - before
    assert pyplot.figure(number) is ax.figure


@every_figure
def test_a_users_settings_change_nothing_and_stay(kb, plot, tmp_path, written):
    plain = written[f"{NAMES[plot]}.svg"].read_bytes()
    dark = {
        "axes.facecolor": "black",
        "font.size": 40.0,
        "font.family": ["serif"],
        "text.usetex": True,
        "lines.linewidth": 9.0,
    }
    with matplotlib.rc_context(dark):
        before = dict(matplotlib.rcParams)
        assert write_figure(plot(kb), tmp_path / "mine.svg", kb).read_bytes() == plain
        assert dict(matplotlib.rcParams) == before


@every_figure
def test_graph_and_knowledge_base_give_the_same_figure(kb, graph, plot, tmp_path, written):
    out_of_kb = written[f"{NAMES[plot]}.svg"].read_bytes()
    assert write_figure(plot(graph), tmp_path / "graph.svg", kb).read_bytes() == out_of_kb


@every_figure
def test_the_input_is_not_changed(kb, graph, plot):
    before = {name: table.copy() for name, table in kb.tables.items()}
    nodes, edges = dict(graph.nodes(data=True)), list(graph.edges(keys=True, data=True))
    plot(kb)
    plot(graph)
    assert all(before[name].equals(table) for name, table in kb.tables.items())
    assert (dict(graph.nodes(data=True)), list(graph.edges(keys=True, data=True))) == (nodes, edges)


@pytest.mark.parametrize(
    ("plot", "zh", "en"),
    [
        (plot_workload, "没有单位承担具名任务", "No unit is named in a task"),
        (plot_pairings, "没有结对关系", "No units are paired"),
        (plot_responsibility_matrix, "没有任务分到单位", "No task is assigned to a unit"),
        (plot_coordination, "没有单位因任务或结对相连", "No two units share a task or are paired"),
    ],
)
def test_where_there_is_nothing_to_draw_a_sentence_says_so(plot, zh, en):
    assert words_of(plot(pg.KnowledgeBase()))[0] == zh
    assert words_of(plot(pg.KnowledgeBase(), lang="en"))[0] == en


@every_figure
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sentence_of_an_empty_figure_is_in_the_catalogue(plot, lang):
    sentences = {text for key, text in catalogue(lang).items() if re.fullmatch("no_.*_title", key)}
    assert words_of(plot(pg.KnowledgeBase(), lang=lang))[0] in sentences


@pytest.mark.parametrize("part", ["tasks-only", "pairings-only", "collectives-only"])
def test_a_notice_with_one_part_gives_every_figure(invent, tmp_path, part):
    tasks, pairings = [("甲", {"lead": ["甲县|水利局"]})], [("甲县|水利局", "乙县|水利局")]
    kb = {
        "tasks-only": lambda: invent(tasks),
        "pairings-only": lambda: invent((), pairings),
        "collectives-only": lambda: invent([("甲", {"lead": ["甲县|各乡镇"]})], kinds={"各乡镇": "collective"}),
    }[part]()
    assert [path.name for path in write_figures(kb, tmp_path, formats=["png"])] == [f"{name}.png" for name in FIGURES]


def test_the_same_knowledge_base_gives_the_same_bytes_in_another_process(root, tmp_path, written):
    code = (
        "import sys, pairing_graph as pg; from pairing_graph.figures.all import write_figures; "
        "write_figures(pg.read_notice(sys.argv[1]), sys.argv[2])"
    )
    there = tmp_path / "there"
    notice = root / "data" / "raw" / "wuxi-yuzhong-2022.txt"
    done = subprocess.run([sys.executable, "-c", code, str(notice), str(there)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert len(written) == 2 * len(PLOTS)
    for path in written.values():
        assert (there / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_notice_is_cited_in_the_files(written):
    for path in written.values():
        if path.suffix == ".png":
            inside = Image.open(path).text
            assert inside["Source"] == CITATION
            assert inside["Title"]
            assert not any("Time" in key or "Date" in key for key in inside)
        else:
            svg = ElementTree.parse(path).getroot()
            dublin_core = "{http://purl.org/dc/elements/1.1/}"
            assert svg.find(f".//{dublin_core}source").text == CITATION
            assert svg.find("{http://www.w3.org/2000/svg}title").text
            assert svg.find(f".//{dublin_core}date") is None


def test_an_svg_shows_chinese_on_any_machine(written):
    for path in (path for path in written.values() if path.suffix == ".svg"):
        tags = {element.tag.rpartition("}")[2] for element in ElementTree.parse(path).iter()}
        assert "text" not in tags
        assert "path" in tags
        assert "http" not in path.read_text(encoding="utf-8").split("</metadata>")[1]


def test_the_foot_cites_number_date_and_issuers(kb):
    assert "来源：巫溪府发〔2022〕24号，2022-06-23，巫溪县人民政府、渝中区人民政府" in words_of(plot_pairings(kb))


def test_many_notices_are_cited_by_the_first_three(invent):
    parts = [invent([("甲", {"lead": ["甲县|水利局"]})], document=f"甲府发〔2024〕{n}号") for n in range(1, 6)]
    many = combine(parts)
    assert short_citation(many).endswith("甲府发〔2024〕3号，2024-03-01，甲县人民政府等 5 份通知")
    assert short_citation(many, "en").endswith("; 5 notices in all")
    assert len(full_citations(many)) == 5


def test_control_characters_of_a_title_do_not_break_the_files(invent, tmp_path):
    kb = invent([("甲", {"lead": ["甲县|水利局"]})])
    bad = kb.replace(documents=kb.documents.assign(title="关于\x00\x0b<b>&的\u202e通知"))
    for path in write_figures(bad, tmp_path):
        if path.suffix == ".svg":
            assert "<b>&的通知" in "".join(ElementTree.parse(path).getroot().itertext())
        else:
            assert "<b>&的通知" in Image.open(path).text["Source"]


def test_a_pdf_has_its_letters_its_source_and_the_same_bytes(kb, tmp_path):
    pdfplumber = pytest.importorskip("pdfplumber")
    ours, again = (write_figure(plot_pairings(kb), tmp_path / name, kb) for name in ("a.pdf", "b.pdf"))
    assert ours.read_bytes() == again.read_bytes()
    with pdfplumber.open(ours) as pdf:
        assert "县乡村振兴局" in pdf.pages[0].extract_text()
        assert pdf.metadata["Subject"] == CITATION
        assert "CreationDate" not in pdf.metadata


@pytest.mark.parametrize("name", ["figure.eps", "figure", "figure.jpg"])
def test_another_format_is_refused_in_a_sentence(kb, tmp_path, name):
    with pytest.raises(FileError, match=r"Expected: \.png, \.svg, \.pdf"):
        write_figure(plot_pairings(kb), tmp_path / name, kb)


def test_a_place_that_cannot_be_written_is_told(kb, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(FileError, match="The file cannot be written"):
        write_figure(plot_pairings(kb), tmp_path / "file" / "figure.png", kb)
    with pytest.raises(FileError, match="The folder cannot be made"):
        write_figures(kb, tmp_path / "file")


def test_writing_leaves_no_figure_open(tmp_path):
    before = pyplot.get_fignums()
    write_figures(pg.KnowledgeBase(), tmp_path, formats=["svg"])
    assert pyplot.get_fignums() == before


PUBLIC = [getattr(pg, name) for name in pg.__all__ if name.startswith("plot_")]


@pytest.mark.parametrize("plot", PUBLIC, ids=lambda plot: plot.__name__)
def test_every_plot_documents_its_arguments_and_has_an_example(plot):
    assert getattr(pg, plot.__name__) is plot
    arguments = plot.__doc__.split("Args:")[1].split("Returns:")[0]
    signature = inspect.signature(plot)
    assert re.findall(r"^    (\w+):", arguments, re.M) == list(signature.parameters)
    assert [signature.parameters[name].default for name in ("ax", "lang")] == [None, "zh"]
    assert f">>> {plot.__name__}(" in plot.__doc__


def test_an_argument_that_a_figure_does_not_have_is_refused(kb):
    with pytest.raises(TypeError, match="colour"):
        plot_workload(kb, colour="red")
    with pytest.raises(pg.NoticeError, match="no knowledge base"):
        plot_workload("notice.txt")
