"""The command line: its commands, a line each, and what happens around them."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from pairing_graph.cli import (
    agreement,
    aliases,
    analyse,
    cite,
    coding_sheet,
    collect,
    compare,
    explain,
    export,
    measures,
    overview,
    panel,
    read,
    remove,
    repeated,
    report,
    review,
    trace,
    workload,
)
from pairing_graph.cli.errors import USER_MISTAKE, Output, ReaderGoneError, say, sentence

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="From official Chinese notices (任务分解表, 结对帮扶表) to tables, figures and a graph.",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from pairing_graph import __version__

        say(f"pairing-graph {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", is_eager=True, callback=_print_version)
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error happened.")] = False,
) -> None:
    pass


app.command("analyse", epilog=analyse.EXAMPLE)(analyse.command)
app.command("report", epilog=report.EXAMPLE)(report.command)
app.command("read", epilog=read.EXAMPLE)(read.command)
app.command("workload", epilog=workload.EXAMPLE)(workload.command)
app.command("collect", epilog=collect.EXAMPLE)(collect.command)
app.command("review", epilog=review.EXAMPLE)(review.command)
app.command("repeated", epilog=repeated.EXAMPLE)(repeated.command)
app.command("remove", epilog=remove.EXAMPLE)(remove.command)
app.command("overview", epilog=overview.EXAMPLE)(overview.command)
app.command("trace", epilog=trace.EXAMPLE)(trace.command)
app.command("explain", epilog=explain.EXAMPLE)(explain.command)
app.command("cite", epilog=cite.EXAMPLE)(cite.command)
app.command("measures", cls=measures.WithNames, epilog=measures.EXAMPLE)(measures.command)
app.command("suggest-aliases", epilog=aliases.EXAMPLE)(aliases.command)
app.command("panel", epilog=panel.EXAMPLE)(panel.command)
app.command("coding-sheet", epilog=coding_sheet.EXAMPLE)(coding_sheet.command)
app.command("agreement", epilog=agreement.EXAMPLE)(agreement.command)
app.command("compare", epilog=compare.EXAMPLE)(compare.command)
app.command("export", epilog=export.EXAMPLE)(export.command)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the entry point `pairing-graph`.

    Returns:
        The exit code: 0, or 2 for a user's mistake.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # Closed by the caller.
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    given, debug = _without_debug(sys.argv[1:] if arguments is None else arguments)
    stream = sys.stdout
    sys.stdout = Output(stream)
    try:
        return _run(given, debug=debug)
    except ReaderGoneError:
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
    except ReaderGoneError:
        raise
    except Exception as error:  # noqa: BLE001 – the last resort: one sentence for whatever a library raises
        if debug:
            traceback.print_exc()
        with suppress(OSError):  # Nobody can read the sentence; the exit code tells.
            say(f"pairing-graph: {sentence(error)}", sys.stderr)
        return USER_MISTAKE
    return 0


def _without_debug(arguments: Sequence[str]) -> tuple[list[str], bool]:
    """The arguments without `--debug`, which may be given before or after the command."""
    own = list(arguments[: arguments.index("--")]) if "--" in arguments else list(arguments)
    rest = list(arguments[len(own) :])
    return [argument for argument in own if argument != "--debug"] + rest, "--debug" in own


if __name__ == "__main__":
    sys.exit(main())
