"""`pairing-graph analyse`: all files of a notice, and the report."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from pairing_graph.base.errors import MissingExtraError
from pairing_graph.base.files import refuse_inputs, write_file
from pairing_graph.cli.errors import say
from pairing_graph.cli.notices import complain_of_files
from pairing_graph.cli.options import FiguresLang, Notices, OutFolder, Overwrite, Pooled, Reading, files_of, reads

if TYPE_CHECKING:
    from pairing_graph.base.words import Language as Words
    from pairing_graph.measures.results import Results

EXAMPLE = "Example: pairing-graph analyse data/raw/wuxi-yuzhong-2022.txt --out out"
_MEASURES = ("workload", "concentration")
_FILES = ("graph.html", "reading.html", "report.txt")


@reads
def command(
    notices: Notices,
    out: OutFolder = Path("out"),
    lang: FiguresLang = None,
    pooled: Pooled = False,
    *,
    reading: Reading,
    overwrite: Overwrite = False,
) -> None:
    """Read notices and write tables, figures, graph files and the interactive page; print the units with most tasks.

    The files appear together when the run is finished. A file that was changed since an earlier run is not replaced.
    """
    from pairing_graph.cli.terminal import print_sections
    from pairing_graph.graph import build_graph
    from pairing_graph.kb.schema import TABLES
    from pairing_graph.measures.results import Results
    from pairing_graph.output.graph_files import WRITERS, write_graph
    from pairing_graph.output.report import sections
    from pairing_graph.output.run_folder import about, run_folder
    from pairing_graph.output.tables import write_csv
    from pairing_graph.reading.notice_files import notice_files
    from pairing_graph.reading.notices import read_notices

    chosen: Words | None = lang.value if lang else None
    inputs: dict[str, Path | None] = {f"notice {path}": path for path in notice_files(notices)}
    inputs |= files_of(reading)
    suffixes = [suffix for suffix, row in WRITERS.items() if row.of_run]
    graphs = [f"graph/graph{suffix}" for suffix in suffixes]
    tables = [f"tables/{name}.csv" for name in (*TABLES, *_MEASURES)]
    refuse_inputs([out / name for name in (*graphs, *_FILES, *tables)], inputs)
    with run_folder(out, inputs=inputs, overwrite=overwrite) as run:
        kb = read_notices(notices, **reading)
        run.about |= about(kb)
        graph = build_graph(kb)
        results = Results(kb, chosen, pooled=pooled)
        computed = {name: results[name] for name in _MEASURES}
        write_csv(kb.tables | computed, run.work / "tables")
        for name in graphs:
            write_graph(graph, run.work / name)
        written = _draw(results, run.work, chosen or "zh")
        report = StringIO()
        print_sections(lambda lang: sections(results, lang), report, chosen)
        write_file(run.work / "report.txt", report.getvalue().encode("utf-8"))
    print_sections(lambda lang: sections(results, lang), sys.stdout, chosen)
    say("")
    for place, meaning in (
        ("tables", "*.csv"),
        ("graph", ", ".join(suffix[1:] for suffix in suffixes)),
        *written,
        ("report.txt", ""),
    ):
        say(f"  {out / place}  {meaning}".rstrip())
    complain_of_files(kb, notices)


def _draw(results: Results, folder: Path, lang: Words) -> list[tuple[str, str]]:
    """Figures and page; where an extra is not installed, say so and go on."""
    written: list[tuple[str, str]] = []
    try:
        from pairing_graph.figures.all import write_figures

        write_figures(results.kb, folder / "figures", lang=lang, results=results)
        written.append(("figures", "*.png, *.svg"))
    except MissingExtraError as error:
        say(str(error), sys.stderr)
    try:
        from pairing_graph.page import write_page
        from pairing_graph.page.reading_view import write_reading

        write_page(results.kb, folder / "graph.html", lang=lang, results=results)
        write_reading(results.kb, folder / "reading.html", lang=lang)
        written += [("graph.html", ""), ("reading.html", "")]
    except MissingExtraError as error:
        say(str(error), sys.stderr)
    return written
