"""The command line, thin. Whatever goes wrong is one sentence and exit code 2; `--debug` shows where it happened."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from enum import StrEnum
from io import StringIO
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from pairing_graph.base.errors import Complaint, MissingExtraError, NoticeError
from pairing_graph.base.files import refuse_inputs, write_file
from pairing_graph.base.text import printable
from pairing_graph.kb.schema import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from pairing_graph.kb.schema import KnowledgeBase

USER_MISTAKE = 2
_LONGEST_ERROR = 300  # Characters of a library's message: a terminal's few lines.


class _ReaderGoneError(Exception):
    """Nobody reads the output any more (`… | head`). No `OSError`: libraries would take that for a failure."""


class _Output:
    """Standard output, with a closed pipe told apart from what goes wrong."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except BrokenPipeError as error:
            raise _ReaderGoneError from error

    def flush(self) -> None:
        try:
            self._stream.flush()
        except BrokenPipeError as error:
            raise _ReaderGoneError from error


app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="From official Chinese notices (任务分解表, 结对帮扶表) to tables, figures and a graph.",
)


class Language(StrEnum):
    """The language of figures and page."""

    zh = "zh"
    en = "en"


class QualifierChoice(StrEnum):
    """What a bracket behind a name does."""

    base = "base"
    separate = "separate"


class Split(StrEnum):
    """What loads are split by."""

    region = "region"
    area = "area"
    document = "document"


class Units(StrEnum):
    """When two units are the same in a comparison."""

    unit = "unit"
    line = "line"


class Output(StrEnum):
    """The format of tables."""

    json = "json"
    csv = "csv"


class TableOutput(StrEnum):
    """The format of the eight tables."""

    json = "json"
    csv = "csv"
    xlsx = "xlsx"


Notice = Annotated[Path, typer.Argument(help="The file of a notice.", show_default=False)]
Notices = Annotated[list[Path], typer.Argument(help="Files of notices, or folders of them.", show_default=False)]
Qualifier = Annotated[
    QualifierChoice,
    typer.Option(help="base: 县某委（县某中心） is the unit 县某委; separate: it is a unit of its own."),
]


Aliases = Annotated[
    Path | None, typer.Option(help="A CSV (region, alias, name, reason) of drifting names.", show_default=False)
]
Headers = Annotated[
    Path | None, typer.Option(help="A CSV (word, meaning, match) of heading words.", show_default=False)
]
Corrections = Annotated[
    Path | None, typer.Option(help="A workbook or CSV of corrections, as --format xlsx makes one.", show_default=False)
]


def _print_version(wanted: bool) -> None:
    if wanted:
        from pairing_graph import __version__

        _say(f"pairing-graph {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True, callback=_print_version)
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error happened.")] = False,
) -> None:
    pass


@app.command(epilog="Example: pairing-graph analyse data/raw/wuxi-yuzhong-2022.txt --out out")
def analyse(
    notices: Notices,
    out: Annotated[Path, typer.Option(help="The folder for tables, figures, graph and page.")] = Path("out"),
    lang: Annotated[Language, typer.Option(help="The language of figures and page.")] = Language.zh,
    qualifier: Qualifier = QualifierChoice.base,
    aliases: Aliases = None,
    headers: Headers = None,
    corrections: Corrections = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace files too that were changed since an earlier run.")
    ] = False,
) -> None:
    """Read notices and write tables, figures, graph files and the interactive page; print who carries how much.

    The files appear together when all is done. A file that somebody changed since is not replaced.
    """
    from pairing_graph.cli.terminal import print_sections
    from pairing_graph.graph import build_graph
    from pairing_graph.measures.concentration import concentration
    from pairing_graph.measures.workload import workload
    from pairing_graph.output.findings import headline_sections
    from pairing_graph.output.graph_files import write_graph
    from pairing_graph.output.report import sections
    from pairing_graph.output.run_folder import about, run_folder
    from pairing_graph.output.tables import write_csv
    from pairing_graph.reading.notices import read_notices

    inputs: dict[str, Path | None] = {f"notice {path}": path for path in notices}
    inputs |= {"table of aliases": aliases, "table of headers": headers, "corrections": corrections}
    with run_folder(out, inputs=inputs, overwrite=overwrite) as run:
        kb = read_notices(notices, qualifier=qualifier.value, aliases=aliases, headers=headers, corrections=corrections)
        run.about |= about(kb)
        graph = build_graph(kb)
        write_csv(kb.tables | {"workload": workload(kb), "concentration": concentration(kb)}, run.work / "tables")
        for suffix in ("graphml", "json", "gexf"):
            write_graph(graph, run.work / "graph" / f"graph.{suffix}")
        written = _draw(kb, run.work, lang)
        parts = list(sections(kb))
        if len(kb.pairings) and len(kb.assignments):
            parts[-2:-2] = headline_sections(kb)  # what is in doubt stays last
        report = StringIO()
        print_sections(parts, report)
        write_file(run.work / "report.txt", report.getvalue().encode("utf-8"))
    print_sections(parts, sys.stdout)
    _say("")
    for place, meaning in (("tables", "*.csv"), ("graph", "graphml, json, gexf"), *written, ("report.txt", "")):
        _say(f"  {out / place}  {meaning}".rstrip())
    _complain_of_files(kb, notices)


@app.command(epilog="Example: pairing-graph read data/raw/wuxi-yuzhong-2022.txt --format csv --out out/tables")
def read(
    notice: Notice,
    format: Annotated[  # noqa: A002
        TableOutput,
        typer.Option(help="json: one object; csv: a file a table; xlsx: a workbook that takes corrections."),
    ] = TableOutput.json,
    out: Annotated[
        Path | None, typer.Option(help="A file for json and xlsx, a folder for csv.", show_default=False)
    ] = None,
    table: Annotated[str, typer.Option(help="With csv: print this one table.", show_default=False)] = "",
    qualifier: Qualifier = QualifierChoice.base,
    aliases: Aliases = None,
    headers: Headers = None,
    corrections: Corrections = None,
) -> None:
    """Read one notice into the eight tables."""
    from pairing_graph.output.tables import csv_text, json_text, write_csv, write_tables
    from pairing_graph.reading.notices import read_notice

    _check_output(format, out, table)
    inputs = {"notice": notice, "table of aliases": aliases, "table of headers": headers, "corrections": corrections}
    if format is TableOutput.xlsx:
        del inputs["corrections"]  # A workbook keeps its sheet of corrections.
    names = TABLES if format is TableOutput.csv else ()
    refuse_inputs([out, *(out / f"{name}.csv" for name in names if out)], inputs)
    kb = read_notice(notice, qualifier=qualifier.value, aliases=aliases, headers=headers, corrections=corrections)
    if format is TableOutput.csv and out:
        write_csv({table: kb.tables[table]} if table else kb.tables, out)
    elif format is TableOutput.csv:
        sys.stdout.write(csv_text(kb.tables[table]))
    elif format is TableOutput.xlsx and out:
        write_tables(kb, out)
    elif out:
        write_file(out, json_text(kb).encode("utf-8"), sources=frozenset(kb.documents["sha256"]))
    else:
        sys.stdout.write(json_text(kb))


def _check_output(format: TableOutput, out: Path | None, table: str) -> None:  # noqa: A002
    """Refuse options that do not go together before anything is read."""
    if table and table not in TABLES:
        raise NoticeError(Complaint("There is no such table", "--table", ", ".join(TABLES), repr(table)))
    if format is TableOutput.xlsx and (not out or out.suffix.lower() != ".xlsx"):
        raise NoticeError(Complaint("A workbook is a file", "--out", "--out NAME.xlsx", str(out or "nothing")))
    if table and format is not TableOutput.csv:
        raise NoticeError(Complaint("One table alone is printed as CSV", "--table", "--format csv", format.value))
    if format is TableOutput.csv and not out and not table:
        raise NoticeError(Complaint("Eight tables do not fit one stream", advice="Add --out FOLDER or --table NAME."))


@app.command(epilog="Example: pairing-graph workload data/raw/wuxi-yuzhong-2022.txt --by area")
def workload(
    notice: Notice,
    by: Annotated[Split | None, typer.Option(help="Split the loads by region, area or document.")] = None,
    format: Annotated[Output | None, typer.Option(help="json or csv instead of a table.")] = None,  # noqa: A002
    qualifier: Qualifier = QualifierChoice.base,
) -> None:
    """Print the formal task load of every unit, in all ways of counting; 0 and NA are told apart."""
    from pairing_graph.base.words import both
    from pairing_graph.cli.terminal import print_sections
    from pairing_graph.output.report import Section, named_workload
    from pairing_graph.reading.notices import read_notice

    table = named_workload(read_notice(notice, qualifier=qualifier.value), by.value if by else None)
    if format is not None:
        _stream(table, format)
        return
    shown = table.reset_index(drop=True).rename(columns={"name": "unit"})
    shown["fractional"] = shown["fractional"].map("{:.2f}".format)
    print_sections([Section(both("workload"), shown.rename(columns=both))], sys.stdout)


def _complain_of_files(kb: KnowledgeBase, notices: list[Path]) -> None:
    """A file that was asked for by name and could not be read is a user's mistake, though the others were read."""
    from pairing_graph.base.inputs import file_name, is_folder
    from pairing_graph.kb.address import document_id

    failed = kb.unread[kb.unread["reason"] == "file_unreadable"]
    for text in failed["text"]:
        _say(f"pairing-graph: {text}", sys.stderr)
    named = {document_id(PurePath(file_name(path)).stem) for path in notices if not is_folder(path)}
    if named & set(failed["document"]):
        raise typer.Exit(USER_MISTAKE)


@app.command(epilog="Example: pairing-graph trace data/raw/wuxi-yuzhong-2022.txt 3")
def trace(
    notice: Notice,
    what: Annotated[list[str], typer.Argument(help="A unit, a task's number, an address; or the two units of a pair.")],
) -> None:
    """Print the original cells behind a unit, a task, a pairing or an address."""
    from pairing_graph.cli.terminal import print_sections
    from pairing_graph.kb.tracing import trace as trace_cells
    from pairing_graph.output.report import Section
    from pairing_graph.reading.notices import read_notice

    if len(what) > 2:
        raise NoticeError(
            Complaint("Too much to trace at once", "", "one thing, or the two units of a pair", str(len(what)))
        )
    cells = trace_cells(read_notice(notice), what[0] if len(what) == 1 else (what[0], what[1]))
    shown = cells.drop(columns=["file", "inherited_by"]).assign(
        text=cells["text"].map(lambda text: " ".join(text.split()))
    )
    empty = [name for name in ("line", "page", "sheet") if not shown[name].replace("", None).notna().any()]
    print_sections([Section(str(notice), shown.drop(columns=empty))], sys.stdout)


@app.command(epilog="Example: pairing-graph measures data/raw/wuxi-yuzhong-2022.txt --table congruence --format json")
def measures(
    notice: Notice,
    format: Annotated[Output | None, typer.Option(help="json or csv instead of tables.")] = None,  # noqa: A002
    table: Annotated[str, typer.Option(help="This one measure, with all its columns.", show_default=False)] = "",
    qualifier: Qualifier = QualifierChoice.base,
) -> None:
    """Print coordination, counterparts, coverage, checks and balance; with json every measure and its choices."""
    from pairing_graph.cli.terminal import print_sections
    from pairing_graph.output.findings import MEASURES, measure_sections, measure_tables
    from pairing_graph.reading.notices import read_notice

    known = [measure.__name__ for measure in MEASURES]
    if table and table not in known:
        raise NoticeError(Complaint("There is no such measure", "--table", ", ".join(known), repr(table)))
    kb = read_notice(notice, qualifier=qualifier.value)
    if table or format is not None:
        _show_tables(measure_tables(kb, [table] if table else []), format)
    else:
        print_sections(measure_sections(kb), sys.stdout)


@app.command(epilog="Example: pairing-graph compare data/raw/wuxi-yuzhong-2022.txt data/examples/invented-2023.txt")
def compare(
    a: Annotated[Path, typer.Argument(help="The earlier notice.", show_default=False)],
    b: Annotated[Path, typer.Argument(help="The later or other one.", show_default=False)],
    format: Annotated[Output | None, typer.Option(help="json or csv instead of tables.")] = None,  # noqa: A002
    table: Annotated[str, typer.Option(help="This one table of the comparison.", show_default=False)] = "",
    threshold: Annotated[float, typer.Option(help="The likeness from which two tasks are one, 0 to 100.")] = 60.0,
    by: Annotated[Units, typer.Option(help="unit: by full name; line: by 条线, for other regions.")] = Units.unit,
    aliases: Annotated[
        Path | None, typer.Option(help="A reviewed CSV (region, alias, name, reason) of renamed units.")
    ] = None,
    qualifier: Qualifier = QualifierChoice.base,
) -> None:
    """Compare two notices: tasks, assignments, targets, pairings, and units that look renamed."""
    from pairing_graph.cli.terminal import print_sections
    from pairing_graph.measures.comparison import compare as compared
    from pairing_graph.output.findings import comparison_sections
    from pairing_graph.reading.notices import read_notice

    one, other = (read_notice(path, qualifier=qualifier.value) for path in (a, b))
    found = compared(one, other, threshold=threshold, by=by.value, aliases=aliases)
    tables = {"matches": found.matches, **found.changes}
    if table and table not in tables:
        raise NoticeError(Complaint("There is no such table", "--table", ", ".join(tables), repr(table)))
    if table or format is not None:
        _show_tables({table: tables[table]} if table else tables, format)
    else:
        print_sections(comparison_sections(found), sys.stdout)


def _show_tables(tables: dict[str, pd.DataFrame], format: Output | None) -> None:  # noqa: A002
    """Tables as JSON, one as CSV, or one in full in the terminal."""
    from pairing_graph.cli.terminal import print_sections
    from pairing_graph.output.findings import tables_json
    from pairing_graph.output.report import Section
    from pairing_graph.output.tables import csv_text

    flat = {name: rows.reset_index() if rows.index.names != [None] else rows for name, rows in tables.items()}
    if format is Output.csv and len(flat) > 1:
        raise NoticeError(Complaint("Several tables do not fit one stream", advice="Add --table NAME."))
    if format is Output.csv:
        sys.stdout.write(csv_text(next(iter(flat.values()))))
    elif format is Output.json:
        sys.stdout.write(tables_json(tables))
    else:
        print_sections([Section(name, rows) for name, rows in flat.items()], sys.stdout)


def _stream(table: pd.DataFrame, format: Output) -> None:  # noqa: A002
    from pairing_graph.output.tables import csv_text

    flat = table.reset_index()
    if format is Output.csv:
        sys.stdout.write(csv_text(flat))
    else:
        sys.stdout.write(flat.to_json(orient="records", force_ascii=False, indent=1, double_precision=12) + "\n")


def _draw(kb: KnowledgeBase, folder: Path, lang: Language) -> list[tuple[str, str]]:
    """Figures and page; where an extra is not installed, say so and go on."""
    written: list[tuple[str, str]] = []
    try:
        from pairing_graph.figures.all import write_figures

        write_figures(kb, folder / "figures", lang=lang.value)
        written.append(("figures", "*.png, *.svg"))
    except MissingExtraError as error:
        _say(str(error), sys.stderr)
    try:
        from pairing_graph.page import write_page
        from pairing_graph.page.reading_view import write_reading

        write_page(kb, folder / "graph.html", lang=lang.value)
        write_reading(kb, folder / "reading.html", lang=lang.value)
        written += [("graph.html", ""), ("reading.html", "")]
    except MissingExtraError as error:
        _say(str(error), sys.stderr)
    return written


def _say(text: str, file: TextIO | None = None) -> None:
    typer.echo(printable(text), file=file or sys.stdout)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the entry point `pairing-graph`.

    Returns:
        The exit code: 0, or 2 for a user's mistake.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    given, debug = _without_debug(sys.argv[1:] if arguments is None else arguments)
    stream = sys.stdout
    sys.stdout = _Output(stream)
    try:
        return _run(given, debug=debug)
    except _ReaderGoneError:
        # What is still buffered would fail again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return 0
    finally:
        sys.stdout = stream


def _run(arguments: list[str], *, debug: bool) -> int:
    try:
        app(args=arguments, prog_name="pairing-graph", standalone_mode=True)
    except SystemExit as stop:
        sys.stdout.flush()
        return stop.code if isinstance(stop.code, int) else 1
    except _ReaderGoneError:
        raise
    except Exception as error:  # noqa: BLE001 – the last resort: one sentence for whatever a library raises
        if debug:
            traceback.print_exc()
        _say(f"pairing-graph: {_sentence(error)}", sys.stderr)
        return USER_MISTAKE
    return 0


def _without_debug(arguments: Sequence[str]) -> tuple[list[str], bool]:
    """The arguments without `--debug`, which may be given before or behind the command."""
    own = list(arguments[: arguments.index("--")]) if "--" in arguments else list(arguments)
    rest = list(arguments[len(own) :])
    return [argument for argument in own if argument != "--debug"] + rest, "--debug" in own


def _sentence(error: Exception) -> str:
    """What went wrong, and what to do about it."""
    if isinstance(error, NoticeError):
        return str(error)
    if isinstance(error, MemoryError):
        return str(Complaint("The memory is not enough", advice="Read fewer or smaller notices at once."))
    if isinstance(error, OSError):
        got = error.strerror or str(error)
        return str(Complaint("A file cannot be read or written", str(error.filename or ""), "", got))
    got = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST_ERROR]
    advice = "Please report it with the notice; --debug shows where it happened."
    return str(Complaint("Something unexpected went wrong", "", "", got, advice))


if __name__ == "__main__":
    sys.exit(main())
