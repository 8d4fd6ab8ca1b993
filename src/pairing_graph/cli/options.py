"""Every option and argument of the command line, once. Choices are enums: Typer takes `Literal` only from 0.19 on."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from pairing_graph.output.formats import FORMATS, printed


class Language(StrEnum):
    """The language of words around the names."""

    zh = "zh"
    en = "en"


class Apart(StrEnum):
    """What measures of tasks and pairings are split by."""

    document = "document"


class PanelRows(StrEnum):
    """What a panel has a row of for every year."""

    unit = "unit"
    pair = "pair"
    region = "region"


class CitationStyle(StrEnum):
    """The styles and formats of references."""

    gb7714 = "gb7714"
    apa = "apa"
    bibtex = "bibtex"
    ris = "ris"
    csl = "csl"


class Split(StrEnum):
    """What loads are split by."""

    region = "region"
    area = "area"
    document = "document"


class AgainChoice(StrEnum):
    """Files that are read again although they are as they were."""

    older = "older"


QualifierChoice = StrEnum("QualifierChoice", ["base", "separate"])
CodedSheet = StrEnum("CodedSheet", ["assignments", "pairings", "targets"])
Units = StrEnum("Units", ["unit", "line"])
Output = StrEnum("Output", printed())  # type: ignore[misc]
TableOutput = StrEnum("TableOutput", list(FORMATS))  # type: ignore[misc]
FIRST_FORMAT = TableOutput(next(iter(FORMATS)))

Notice = Annotated[
    Path, typer.Argument(help="The file of a notice, or a folder that read --format parquet saved.", show_default=False)
]
NoticeOrCollection = Annotated[
    Path,
    typer.Argument(
        help="The file of a notice, a folder that read --format parquet saved, or a collection.", show_default=False
    ),
]
NoticesOrCollection = Annotated[
    list[Path],
    typer.Argument(
        help="Files of notices, or folders of them; or one saved folder, or one collection.", show_default=False
    ),
]
CollectionFolder = Annotated[
    Path, typer.Argument(help="The folder of a collection, which collect made.", show_default=False)
]
Notices = Annotated[
    list[Path], typer.Argument(help="Files of notices, or folders of them; or one saved folder.", show_default=False)
]
NoticeA = Annotated[Path, typer.Argument(help="The earlier notice.", show_default=False)]
NoticeB = Annotated[Path, typer.Argument(help="The later or other notice.", show_default=False)]
Traced = Annotated[list[str], typer.Argument(help="A unit, a task's number or an address; or the two units of a pair.")]
Measure = Annotated[str, typer.Argument(help="A measure, such as workload.", show_default=False)]
Number = Annotated[
    list[str],
    typer.Argument(
        help="The labels of the row (two for a pair, or its place from 0) and the column.", show_default=False
    ),
]
OneNumber = Annotated[
    list[str] | None,
    typer.Argument(help="Of one number: the measure, the labels of the row and the column.", show_default=False),
]
Choices = Annotated[
    list[str] | None,
    typer.Option("--choice", help="An option of the measure, such as role=lead; may be repeated.", show_default=False),
]
References = Annotated[CitationStyle, typer.Option(help="The style or format of the references.")]

Qualifier = Annotated[
    QualifierChoice, typer.Option(help="base: 县某委（县某中心） is the unit 县某委; separate: it is a separate unit.")
]
Aliases = Annotated[
    Path | None,
    typer.Option(
        help="A CSV or workbook (region, alias, name, reason) of other names of units; suggest-aliases makes one.",
        show_default=False,
    ),
]
Headers = Annotated[
    Path | None, typer.Option(help="A CSV or workbook (word, meaning, match) of column headings.", show_default=False)
]
Corrections = Annotated[
    Path | None,
    typer.Option(help="A workbook or CSV of corrections; read --format xlsx makes one.", show_default=False),
]
CorrectionsB = Annotated[Path | None, typer.Option(help="Corrections of the second notice.", show_default=False)]
Lang = Annotated[
    Language | None,
    typer.Option(
        help="The language of headings. Default: Chinese and English where both fit the terminal, else Chinese.",
        show_default=False,
    ),
]
FiguresLang = Annotated[
    Language | None,
    typer.Option(
        help="The language of figures, page and report. Default: figures and page in Chinese, "
        "the report in Chinese and English.",
        show_default=False,
    ),
]

Format = Annotated[Output | None, typer.Option(help=f"{' or '.join(printed())} instead of tables.", show_default=False)]
TableFormat = Annotated[
    TableOutput,
    typer.Option(metavar="FORMAT", help="; ".join(f"{name}: {row.help}" for name, row in FORMATS.items()) + "."),
]
OutFolder = Annotated[Path, typer.Option(help="The folder for tables, figures, graph and page.")]
Out = Annotated[
    Path | None,
    typer.Option(
        help="A file or folder: " + ", ".join(f"{row.place} for {name}" for name, row in FORMATS.items()) + ".",
        show_default=False,
    ),
]
TableOut = Annotated[
    Path | None,
    typer.Option(help="Write the table to this file: .csv, .parquet, .json, .xlsx or .dta.", show_default=False),
]
ReportOut = Annotated[Path, typer.Option(help="The HTML file of the report.")]
AliasesOut = Annotated[
    Path | None, typer.Option(help="The table to decide in, .csv or .xlsx; decisions in it stay.", show_default=False)
]
QueueInto = Annotated[
    Path | None,
    typer.Option(
        "--into", "--out", help="The queue to fill in, .xlsx or .csv; filled rows in it stay.", show_default=False
    ),
]
MostDoubts = Annotated[
    int | None, typer.Option(min=1, help="As many doubts at the most; 500 where they are written.", show_default=False)
]
RepeatedInto = Annotated[
    Path | None,
    typer.Option(
        "--into", "--out", help="The table to decide in, .csv or .xlsx; decisions in it stay.", show_default=False
    ),
]
Alike = Annotated[
    float | None,
    typer.Option(help="The likeness, above 0 to 100, from which two texts are one notice's; 97.", show_default=False),
]
FilesOut = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="PATH...", help="Files that were read, or folders with all beneath them.", show_default=False
    ),
]
Decided = Annotated[Path | None, typer.Option(help="A table of repeated notices with decisions.", show_default=False)]
OverviewInto = Annotated[
    Path,
    typer.Option("--into", "--out", help="The folder, or the .html file with its pages beside it.", show_default=False),
]
PagesOf = Annotated[
    int | None,
    typer.Option(
        "--notices",
        min=0,
        help="How many notices get a page, those first on which most depends; 10.",
        show_default=False,
    ),
]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Also replace files that were changed since an earlier run.")
]
Table = Annotated[str, typer.Option(help="Only this table, with all its columns.", show_default=False)]
By = Annotated[
    Split | None,
    typer.Option(help="Split the loads by region, area or document; by year: pairing-graph panel.", show_default=False),
]
ByDocument = Annotated[
    Apart | None,
    typer.Option(help="document: measures of tasks and pairings have rows for every notice.", show_default=False),
]
Pooled = Annotated[
    bool, typer.Option("--pooled", help="Hold the tasks of all notices against the pairings of all, not of their own.")
]
PanelOf = Annotated[PanelRows, typer.Option(help="What has a row for every year: unit, pair or region.")]
Balanced = Annotated[
    bool, typer.Option("--balanced", help="Rows of 0 for years between the first and the last that do not name it.")
]
Threshold = Annotated[float, typer.Option(help="The similarity from which two tasks count as the same, 0 to 100.")]
SameUnits = Annotated[Units, typer.Option(help="Match units by full name (unit) or by 条线, for other regions (line).")]

CodingOut = Annotated[
    Path,
    typer.Option("--out", help="The sheet: .xlsx, or a folder without a suffix for CSV files.", show_default=False),
]
Coded = Annotated[
    list[CodedSheet] | None, typer.Option("--sheet", help="Only this sheet; may be repeated.", show_default=False)
]
Sample = Annotated[
    int | None, typer.Option(min=1, help="Only so many tasks and pairing rows, drawn at random.", show_default=False)
]
Seed = Annotated[int, typer.Option(help="The seed of what is drawn at random.")]
CodingSheets = Annotated[
    list[Path], typer.Argument(help="Filled-in coding sheets, one for each coder.", show_default=False)
]
CorrectionsOut = Annotated[
    Path | None,
    typer.Option(help="A CSV of corrections by which the reading says what the first coder says.", show_default=False),
]

Reading = dict[str, Any]
"""What `read_notice` takes of the command line."""
_READING = {"qualifier": Qualifier, "aliases": Aliases, "headers": Headers, "corrections": Corrections}


_OF_NOTICES = (Notice, Notices, NoticeA, NoticeB, NoticeOrCollection, NoticesOrCollection)


def _refuse_collections(given: Path | list[Path], *, alone: bool) -> None:
    """Refuse collections among notices; where one may be given alone, among several."""
    from pairing_graph.cli.collections import refuse_collections

    paths = given if isinstance(given, list) else [given]
    if not alone or len(paths) > 1:
        refuse_collections(paths)


def reads(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of reading in place of its parameter `reading`, which gets them by name."""
    hints = get_type_hints(command, include_extras=True)
    noticed = {name: hint for name, hint in hints.items() if hint in _OF_NOTICES}
    parameters: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(command).parameters.items():
        if name == "reading":
            defaults = {"qualifier": QualifierChoice.base}
            parameters += [
                parameter.replace(name=option, annotation=hint, default=defaults.get(option))
                for option, hint in _READING.items()
            ]
        else:
            parameters.append(parameter.replace(annotation=hints[name]))

    @wraps(command)
    def run(**given: Any) -> None:
        for name, hint in noticed.items():
            _refuse_collections(given[name], alone=hint in (NoticeOrCollection, NoticesOrCollection))
        reading = {name: given.pop(name) for name in _READING}
        command(**given, reading=reading | {"qualifier": reading["qualifier"].value})

    del run.__wrapped__
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


def files_of(reading: Reading) -> dict[str, Path | None]:
    """The files among the options of reading, by what they are."""
    names = {"aliases": "table of aliases", "headers": "table of headers", "corrections": "corrections"}
    return {name: reading[option] for option, name in names.items()}
