"""What goes wrong: one sentence and exit code 2; a closed pipe (`… | head`) is not an error."""

from __future__ import annotations

import sys
from typing import Any, TextIO

import typer

from pairing_graph.base.errors import Complaint, NoticeError
from pairing_graph.base.text import printable

USER_MISTAKE = 2
_LONGEST_ERROR = 300  # Characters of a library's message: a few lines in a terminal.


class ReaderGoneError(Exception):
    """Nobody reads the output any more (`… | head`). Not an `OSError`: libraries would take that for a failure."""


class Output:
    """Standard output that tells a closed pipe from other errors."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write a text.

        Raises:
            ReaderGoneError: The pipe is closed.
        """
        try:
            return self._stream.write(text)
        except BrokenPipeError as error:
            raise ReaderGoneError from error

    def flush(self) -> None:
        """Write what is buffered.

        Raises:
            ReaderGoneError: The pipe is closed.
        """
        try:
            self._stream.flush()
        except BrokenPipeError as error:
            raise ReaderGoneError from error


def say(text: str, file: TextIO | None = None) -> None:
    """Print a line, control characters replaced."""
    typer.echo(printable(text), file=file or sys.stdout)


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    Example:
        >>> counted(1, "pair"), counted(3, "pair")
        ('1 pair', '3 pairs')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def sentence(error: Exception) -> str:
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
    return str(Complaint("Unexpected error", "", "", got, advice))
