"""Errors as sentences: what is wrong, where, what was expected, what was found, what to do.

Every error of this package is a `NoticeError`. It carries all complaints that were found, not the first one only,
so that a user fixes a file once.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from numbers import Integral

_ENDS = (".", "?", "!", "。", "？", "！")


@dataclass(frozen=True)
class Complaint:
    """One thing that is wrong.

    Attributes:
        what: The sentence a user reads first.
        where: The file, or the address of the place in it.
        expected: What would have been right.
        got: What was found instead.
        advice: What to do about it.

    Example:
        >>> print(Complaint("The file is empty", where="a.txt", expected="a notice", advice="Save it again."))
        The file is empty. Where: a.txt. Expected: a notice. Save it again.
    """

    what: str
    where: str = ""
    expected: str = ""
    got: str = ""
    advice: str = ""

    def __str__(self) -> str:
        labelled = (("Where", self.where), ("Expected", self.expected), ("Got", self.got))
        parts = [self.what, *(f"{label}: {value}" for label, value in labelled if value)]
        return " ".join([*map(_ended, parts), *([self.advice] if self.advice else [])])


def _ended(sentence: str) -> str:
    """A sentence with its full stop; an error that is part of another one has its own."""
    return sentence if sentence.endswith(_ENDS) else f"{sentence}."


class NoticeError(Exception):
    """Something is wrong with a notice or with a request.

    Args:
        complaints: All that is wrong; a lone sentence is accepted.

    Example:
        >>> str(NoticeError("No file was given."))
        'No file was given.'
    """

    def __init__(self, complaints: str | Complaint | Iterable[Complaint]) -> None:
        if isinstance(complaints, str):
            complaints = Complaint(complaints)
        if isinstance(complaints, Complaint):
            complaints = (complaints,)
        self.complaints: tuple[Complaint, ...] = tuple(complaints)
        super().__init__("\n".join(str(complaint) for complaint in self.complaints))


class FileError(NoticeError):
    """A file cannot be read or written: missing, empty, too large, of a wrong encoding or format."""


class MemoryShortError(FileError):
    """A table does not fit into the memory that it may take."""


class LayoutError(NoticeError):
    """A file can be read, but no task or pairing is understood in it."""


class SchemaError(NoticeError):
    """A frame does not have the columns, types or keys that its table declares."""


class UnknownNameError(NoticeError):
    """A unit, task, region or option that was asked for does not exist, or more than one matches."""


class MissingExtraError(NoticeError):
    """An optional dependency is not installed; the message names the extra to install."""


class LeftOutWarning(UserWarning):
    """A result does not count everything that was given; the message says how much is left out and why."""


_NAMED = 5
"""Names that a warning lists; of thousands the number says more."""


def warn_left_out(what: str, names: Sequence[str]) -> None:
    """Warn that a result leaves something out.

    Args:
        what: How much, and why.
        names: What is left out; the first of them are listed.

    Warns:
        LeftOutWarning: Always.
    """
    listed = some_of(names, _NAMED, more=" and {:,} more")
    warnings.warn(f"Left out: {what}: {listed}.", LeftOutWarning, stacklevel=2)


class CorrectionError(NoticeError):
    """A correction cannot be applied: its place does not exist, or its content has changed."""


def some_of(names: Sequence[str], most: int, *, separator: str = ", ", more: str = " and {} more") -> str:
    """The first of many names, and that there are others, as a sentence has them.

    Args:
        names: The names.
        most: How many are listed.
        separator: What stands between two.
        more: What stands behind the last, with the number of the others.

    Example:
        >>> some_of(["a", "b", "c"], 2), some_of(["a", "b"], 2)
        ('a, b and 1 more', 'a, b')
    """
    shown = separator.join(names[:most])
    return shown + more.format(len(names) - most) if len(names) > most else shown


def refuse_unknown(what: str, where: str, value: object, known: Iterable[object], advice: str = "") -> None:
    """Refuse a value that is not on a list.

    Raises:
        UnknownNameError: It is not.

    Example:
        >>> refuse_unknown("There is no such role", "role", "boss", ["lead", "support"])
        Traceback (most recent call last):
        pairing_graph.base.errors.UnknownNameError: There is no such role. Where: role. Expected: lead, support. Got: 'boss'.
    """
    listed = list(known)
    if value not in listed:
        raise UnknownNameError(Complaint(what, where, ", ".join(map(str, listed)), repr(value), advice))


BY_YEAR = "By year: pg.panel(source); of one year: what collection.select(year=2022) gives."


def refuse_split(what: str, by: object, known: Iterable[object]) -> None:
    """Refuse to split a measure by what it is not split by; who asks for years learns what has them.

    Raises:
        UnknownNameError: It is not on the list.
    """
    refuse_unknown(what, "by", by, known, BY_YEAR if by == "year" else "")


def no_whole_number(where: str, value: object, least: int) -> list[Complaint]:
    """What is wrong with an option that is a whole number from a least one on; nothing where it is right.

    Example:
        >>> no_whole_number("draws", 10, 1), [str(one) for one in no_whole_number("draws", 1.5, 1)]
        ([], ['This needs a whole number. Where: draws. Expected: 1 or more. Got: 1.5.'])
    """
    if isinstance(value, Integral) and not isinstance(value, bool) and int(value) >= least:
        return []
    return [Complaint("This needs a whole number", where, f"{least} or more", repr(value))]
