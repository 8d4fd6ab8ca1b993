"""The command line, thin. A user's mistake is one sentence and exit code 2."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from io import StringIO
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from pairing_graph.errors import Complaint, MissingExtraError, NoticeError

if TYPE_CHECKING:
    import pandas as pd

    from pairing_graph.report import Section
    from pairing_graph.schema import KnowledgeBase

USER_MISTAKE = 2
_ANY_WIDTH = 1000

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
) -> None:
    """Read notices and write tables, figures, graph files and the interactive page; print who carries how much."""
    from pairing_graph.findings import headline_sections
    from pairing_graph.graph import build_graph, write_graph
    from pairing_graph.measures.concentration import concentration
    from pairing_graph.measures.workload import workload
    from pairing_graph.notice import read_notices
    from pairing_graph.report import sections
    from pairing_graph.tables import make_folder, write_bytes, write_csv

    kb = read_notices(notices, qualifier=qualifier.value, aliases=aliases, headers=headers, corrections=corrections)
    folder = make_folder(out)
    graph = build_graph(kb)
    write_csv(kb.tables | {"workload": workload(kb), "concentration": concentration(kb)}, folder / "tables")
    make_folder(folder / "graph")
    for suffix in ("graphml", "json", "gexf"):
        write_graph(graph, folder / "graph" / f"graph.{suffix}")
    written = _draw(kb, folder, lang)
    parts = list(sections(kb))
    if len(kb.pairings) and len(kb.assignments):
        parts[-2:-2] = headline_sections(kb)  # what is in doubt stays last
    report = StringIO()
    _print(parts, report)
    write_bytes(folder / "report.txt", report.getvalue().encode("utf-8"))
    _print(parts, sys.stdout)
    _say("")
    for place, meaning in (("tables", "*.csv"), ("graph", "graphml, json, gexf"), *written, ("report.txt", "")):
        _say(f"  {folder / place}  {meaning}".rstrip())
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
    from pairing_graph.notice import read_notice
    from pairing_graph.tables import csv_text, json_text, write_bytes, write_csv, write_tables

    kb = read_notice(notice, qualifier=qualifier.value, aliases=aliases, headers=headers, corrections=corrections)
    if table and table not in kb.tables:
        raise NoticeError(Complaint("There is no such table", "--table", ", ".join(kb.tables), repr(table)))
    if format is TableOutput.xlsx:
        if not out or out.suffix.lower() != ".xlsx":
            raise NoticeError(Complaint("A workbook is a file", "--out", "--out NAME.xlsx", str(out or "nothing")))
        write_tables(kb, out)
        return
    if table and format is not TableOutput.csv:
        raise NoticeError(Complaint("One table alone is printed as CSV", "--table", "--format csv", format.value))
    if format is TableOutput.csv and out:
        write_csv({table: kb.tables[table]} if table else kb.tables, out)
    elif format is TableOutput.csv and table:
        sys.stdout.write(csv_text(kb.tables[table]))
    elif format is TableOutput.csv:
        raise NoticeError(Complaint("Eight tables do not fit one stream", advice="Add --out FOLDER or --table NAME."))
    elif out:
        write_bytes(out, json_text(kb).encode("utf-8"))
    else:
        sys.stdout.write(json_text(kb))


@app.command(epilog="Example: pairing-graph workload data/raw/wuxi-yuzhong-2022.txt --by area")
def workload(
    notice: Notice,
    by: Annotated[Split | None, typer.Option(help="Split the loads by region, area or document.")] = None,
    format: Annotated[Output | None, typer.Option(help="json or csv instead of a table.")] = None,  # noqa: A002
    qualifier: Qualifier = QualifierChoice.base,
) -> None:
    """Print the formal task load of every unit, in all ways of counting; 0 and NA are told apart."""
    from pairing_graph.notice import read_notice
    from pairing_graph.report import Section, named_workload
    from pairing_graph.words import both

    table = named_workload(read_notice(notice, qualifier=qualifier.value), by.value if by else None)
    if format is not None:
        _stream(table, format)
        return
    shown = table.reset_index(drop=True).rename(columns={"name": "unit"})
    shown["fractional"] = shown["fractional"].map("{:.2f}".format)
    _print([Section(both("workload"), shown.rename(columns=both))], sys.stdout)


def _complain_of_files(kb: KnowledgeBase, notices: list[Path]) -> None:
    """A file that was asked for by name and could not be read is a user's mistake, though the others were read."""
    from pairing_graph.address import document_id
    from pairing_graph.readers.paths import file_name, is_folder

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
    from pairing_graph.notice import read_notice
    from pairing_graph.report import Section
    from pairing_graph.tracing import trace as trace_cells

    if len(what) > 2:
        raise NoticeError(
            Complaint("Too much to trace at once", "", "one thing, or the two units of a pair", str(len(what)))
        )
    cells = trace_cells(read_notice(notice), what[0] if len(what) == 1 else (what[0], what[1]))
    shown = cells.drop(columns=["file", "inherited_by"]).assign(
        text=cells["text"].map(lambda text: " ".join(text.split()))
    )
    empty = [name for name in ("line", "page", "sheet") if not shown[name].replace("", None).notna().any()]
    _print([Section(str(notice), shown.drop(columns=empty))], sys.stdout)


@app.command(epilog="Example: pairing-graph measures data/raw/wuxi-yuzhong-2022.txt --table congruence --format json")
def measures(
    notice: Notice,
    format: Annotated[Output | None, typer.Option(help="json or csv instead of tables.")] = None,  # noqa: A002
    table: Annotated[str, typer.Option(help="This one measure, with all its columns.", show_default=False)] = "",
    qualifier: Qualifier = QualifierChoice.base,
) -> None:
    """Print coordination, counterparts, coverage, checks and balance; with json every measure and its choices."""
    from pairing_graph.findings import MEASURES, measure_sections, measure_tables
    from pairing_graph.notice import read_notice

    known = [measure.__name__ for measure in MEASURES]
    if table and table not in known:
        raise NoticeError(Complaint("There is no such measure", "--table", ", ".join(known), repr(table)))
    kb = read_notice(notice, qualifier=qualifier.value)
    if table or format is not None:
        _show_tables(measure_tables(kb, [table] if table else []), format)
    else:
        _print(measure_sections(kb), sys.stdout)


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
    from pairing_graph.findings import comparison_sections
    from pairing_graph.measures.comparison import compare as compared
    from pairing_graph.notice import read_notice

    one, other = (read_notice(path, qualifier=qualifier.value) for path in (a, b))
    found = compared(one, other, threshold=threshold, by=by.value, aliases=aliases)
    tables = {"matches": found.matches, **found.changes}
    if table and table not in tables:
        raise NoticeError(Complaint("There is no such table", "--table", ", ".join(tables), repr(table)))
    if table or format is not None:
        _show_tables({table: tables[table]} if table else tables, format)
    else:
        _print(comparison_sections(found), sys.stdout)


def _show_tables(tables: dict[str, pd.DataFrame], format: Output | None) -> None:  # noqa: A002
    """Tables as JSON, one as CSV, or one in full in the terminal."""
    from pairing_graph.findings import tables_json
    from pairing_graph.report import Section
    from pairing_graph.tables import csv_text

    flat = {name: rows.reset_index() if rows.index.names != [None] else rows for name, rows in tables.items()}
    if format is Output.csv and len(flat) > 1:
        raise NoticeError(Complaint("Several tables do not fit one stream", advice="Add --table NAME."))
    if format is Output.csv:
        sys.stdout.write(csv_text(next(iter(flat.values()))))
    elif format is Output.json:
        sys.stdout.write(tables_json(tables))
    else:
        _print([Section(name, rows) for name, rows in flat.items()], sys.stdout)


def _stream(table: pd.DataFrame, format: Output) -> None:  # noqa: A002
    from pairing_graph.tables import csv_text

    flat = table.reset_index()
    if format is Output.csv:
        sys.stdout.write(csv_text(flat))
    else:
        sys.stdout.write(flat.to_json(orient="records", force_ascii=False, indent=1, double_precision=12) + "\n")


def _draw(kb: KnowledgeBase, folder: Path, lang: Language) -> list[tuple[str, str]]:
    """Figures and page; where an extra is not installed, say so and go on."""
    written: list[tuple[str, str]] = []
    try:
        from pairing_graph.draw.figures import write_figures

        write_figures(kb, folder / "figures", lang=lang.value)
        written.append(("figures", "*.png, *.svg"))
    except MissingExtraError as error:
        _say(str(error), sys.stderr)
    try:
        from pairing_graph.draw.page import write_page
        from pairing_graph.draw.reading import write_reading

        write_page(kb, folder / "graph.html", lang=lang.value)
        write_reading(kb, folder / "reading.html", lang=lang.value)
        written += [("graph.html", ""), ("reading.html", "")]
    except MissingExtraError as error:
        _say(str(error), sys.stderr)
    return written


def _print(parts: Iterable[Section], file: TextIO) -> None:
    """Sections as plain tables; names are data, never markup."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    # Wider than any table: a narrow terminal folds a line, but no number is left out.
    console = Console(file=file, markup=False, emoji=False, highlight=False, soft_wrap=True, width=_ANY_WIDTH)
    for part in parts:
        console.print(f"\n{part.heading}", style="bold")
        if len(part.table):
            table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
            numbers = _numbers(part.table)
            for name in part.table.columns:
                heading = str(name).replace(" ", "\n", 1)
                table.add_column(heading, justify="right" if name in numbers else "left", no_wrap=True)
            for row in part.table.itertuples(index=False):
                table.add_row(*(str(value) for value in row))
            console.print(table)
        if part.text:
            console.print(part.text)


def _numbers(table: pd.DataFrame) -> set[Any]:
    """Columns of numbers, those that were formatted as text included."""
    return {name for name in table.columns if all(str(value).replace(".", "", 1).isdecimal() for value in table[name])}


def _say(text: str, file: TextIO | None = None) -> None:
    typer.echo(text, file=file or sys.stdout)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the entry point `pairing-graph`.

    Returns:
        The exit code: 0, or 2 for a user's mistake.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app(args=arguments, prog_name="pairing-graph", standalone_mode=True)
    except NoticeError as error:
        _say(f"pairing-graph: {error}", sys.stderr)
        return USER_MISTAKE
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    except BrokenPipeError:
        return 0
    except OSError as error:
        place = f" Where: {error.filename}." if error.filename else ""
        _say(f"pairing-graph: A file cannot be read or written.{place} Got: {error.strerror or error}.", sys.stderr)
        return USER_MISTAKE
    return 0


if __name__ == "__main__":
    sys.exit(main())
