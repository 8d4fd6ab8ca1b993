"""The command line, thin: `analyse`, `read`, `workload`. A user's mistake is one sentence and exit code 2."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from pairing_graph.errors import Complaint, MissingExtraError, NoticeError

if TYPE_CHECKING:
    import pandas as pd

    from pairing_graph.report import Section
    from pairing_graph.schema import KnowledgeBase

USER_MISTAKE = 2
_PIPE_WIDTH = 160
_SHORT_NAME = 24

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


class Output(StrEnum):
    """The format of tables."""

    json = "json"
    csv = "csv"


Notice = Annotated[Path, typer.Argument(help="The file of a notice.", show_default=False)]
Notices = Annotated[list[Path], typer.Argument(help="Files of notices, or folders of them.", show_default=False)]
Qualifier = Annotated[
    QualifierChoice,
    typer.Option(help="base: 县某委（县某中心） is the unit 县某委; separate: it is a unit of its own."),
]


@app.command(epilog="Example: pairing-graph analyse data/raw/wuxi-yuzhong-2022.txt --out out")
def analyse(
    notices: Notices,
    out: Annotated[Path, typer.Option(help="The folder for tables, figures, graph and page.")] = Path("out"),
    lang: Annotated[Language, typer.Option(help="The language of figures and page.")] = Language.zh,
    qualifier: Qualifier = QualifierChoice.base,
) -> None:
    """Read notices and write tables, figures, graph files and the interactive page; print who carries how much."""
    from pairing_graph.graph import build_graph, write_graph
    from pairing_graph.measures.concentration import concentration
    from pairing_graph.measures.workload import workload
    from pairing_graph.notice import read_notices
    from pairing_graph.report import sections
    from pairing_graph.tables import make_folder, write_csv

    kb = read_notices(notices, qualifier=qualifier.value)
    folder = make_folder(out)
    graph = build_graph(kb)
    write_csv(kb.tables | {"workload": workload(kb), "concentration": concentration(kb)}, folder / "tables")
    make_folder(folder / "graph")
    for suffix in ("graphml", "json", "gexf"):
        write_graph(graph, folder / "graph" / f"graph.{suffix}")
    written = _draw(kb, folder, lang)
    parts = list(sections(kb))
    with (folder / "report.txt").open("w", encoding="utf-8", newline="\n") as file:
        _print(parts, file)
    _print(parts, sys.stdout)
    _say("")
    for place, meaning in (("tables", "*.csv"), ("graph", "graphml, json, gexf"), *written, ("report.txt", "")):
        _say(f"  {folder / place}  {meaning}".rstrip())


@app.command(epilog="Example: pairing-graph read data/raw/wuxi-yuzhong-2022.txt --format csv --out out/tables")
def read(
    notice: Notice,
    format: Annotated[Output, typer.Option(help="json: one object; csv: a file a table.")] = Output.json,  # noqa: A002
    out: Annotated[Path | None, typer.Option(help="A file for json, a folder for csv.", show_default=False)] = None,
    table: Annotated[str, typer.Option(help="With csv: print this one table.", show_default=False)] = "",
    qualifier: Qualifier = QualifierChoice.base,
) -> None:
    """Read one notice into the eight tables."""
    from pairing_graph.notice import read_notice
    from pairing_graph.tables import csv_text, json_text, write_bytes, write_csv

    kb = read_notice(notice, qualifier=qualifier.value)
    if table and table not in kb.tables:
        raise NoticeError(Complaint("There is no such table", "--table", ", ".join(kb.tables), repr(table)))
    if format is Output.csv and out:
        write_csv({table: kb.tables[table]} if table else kb.tables, out)
    elif format is Output.csv and table:
        sys.stdout.write(csv_text(kb.tables[table]))
    elif format is Output.csv:
        raise NoticeError(Complaint("Eight tables do not fit one stream", advice="Add --out FOLDER or --table NAME."))
    elif out:
        write_bytes(out, json_text(kb).encode("utf-8"))
    else:
        sys.stdout.write(json_text(kb))


@app.command(epilog="Example: pairing-graph workload data/raw/wuxi-yuzhong-2022.txt --format csv")
def workload(
    notice: Notice,
    format: Annotated[Output | None, typer.Option(help="json or csv instead of a table.")] = None,  # noqa: A002
    qualifier: Qualifier = QualifierChoice.base,
) -> None:
    """Print the formal task load of every unit, in all ways of counting."""
    from pairing_graph.notice import read_notice
    from pairing_graph.report import Section, named_workload
    from pairing_graph.words import both

    table = named_workload(read_notice(notice, qualifier=qualifier.value))
    if format is not None:
        _stream(table, format)
        return
    shown = table.reset_index(drop=True).rename(columns={"name": "unit"})
    shown["fractional"] = shown["fractional"].map("{:.2f}".format)
    _print([Section(both("workload"), shown.rename(columns=both))], sys.stdout)


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

        write_page(kb, folder / "graph.html", lang=lang.value)
        written.append(("graph.html", ""))
    except MissingExtraError as error:
        _say(str(error), sys.stderr)
    return written


def _print(parts: Iterable[Section], file: TextIO) -> None:
    """Sections as plain tables; names are data, never markup."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console(
        file=file, markup=False, emoji=False, highlight=False, width=None if file.isatty() else _PIPE_WIDTH
    )
    for part in parts:
        console.print(f"\n{part.heading}", style="bold")
        if len(part.table):
            table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
            numbers = _numbers(part.table)
            for name in part.table.columns:
                heading = str(name).replace(" ", "\n", 1)
                short = name in numbers or part.table[name].map(str).str.len().max() <= _SHORT_NAME
                table.add_column(
                    heading, justify="right" if name in numbers else "left", overflow="fold", no_wrap=short
                )
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
            stream.reconfigure(encoding="utf-8")
    try:
        app(args=arguments, prog_name="pairing-graph", standalone_mode=True)
    except NoticeError as error:
        _say(f"pairing-graph: {error}", sys.stderr)
        return USER_MISTAKE
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    except BrokenPipeError:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
