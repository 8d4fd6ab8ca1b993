"""Old Word files (doc) and RTF: converted to docx by LibreOffice, if installed, and read as such."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path, PurePath

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.kb.document import Document
from pairing_graph.readers import docx
from pairing_graph.readers.limits import Limits

_OLE = b"\xd0\xcf\x11\xe0"
_RTF = b"{\\rtf"
_SAMPLE = b"{\\rtf1 a}"
"""A document that every LibreOffice converts."""
_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
_STREAMS = (
    ("EncryptedPackage", "a file protected by a password", "Open it, remove the password, and save it again."),
    ("WordDocument", "", ""),
    ("Workbook", "an old workbook (xls)", "Save it as xlsx and read that."),
    ("Book", "an old workbook (xls)", "Save it as xlsx and read that."),
    ("PowerPoint Document", "an old presentation (ppt)", "Save its tables as docx or xlsx and read that."),
)


def recognise(data: bytes, suffix: str) -> bool:
    """Whether the bytes are an old Office file or RTF, regardless of the suffix."""
    return data.startswith((_OLE, _RTF))


def read(data: bytes, file: str, sha256: str, limits: Limits) -> Document:
    """Make a document from a doc or rtf file's bytes.

    Raises:
        FileError: LibreOffice is not installed or cannot convert it, or it is no text document.
        MissingExtraError: python-docx is not installed.

    """
    kind = _kind(data)
    if kind:
        got, advice = kind
        raise FileError(Complaint("This format is not read", file, "a text document (doc, rtf)", got, advice))
    converted = _converted(data, file, limits)
    if not docx.recognise(converted, ".docx"):
        raise FileError(Complaint("LibreOffice did not make a Word document of the file", file))
    document = docx.read(converted, file, sha256, limits)
    return replace(document, name=PurePath(file).stem)


def office_program() -> str:
    """Path of LibreOffice, empty if it is not installed."""
    found = next((path for name in _PROGRAMS if (path := shutil.which(name))), "")
    return found or next((place for place in _PLACES if Path(place).is_file()), "")


def _kind(data: bytes) -> tuple[str, str] | None:
    """What an old Office file is if it is not a text document, judging by the names of its streams."""
    if data.startswith(_RTF):
        return None
    for stream, got, advice in _STREAMS:
        if f"{stream}\0".encode("utf-16-le") in data:
            return (got, advice) if got else None
    return "an old Office file of an unknown kind", "Save it as docx and read that."


def _converted(data: bytes, file: str, limits: Limits) -> bytes:
    program = office_program()
    if not program:
        advice = "Install LibreOffice, or save the file as docx and read that."
        raise FileError(
            Complaint("Reading old Word files needs LibreOffice, which is not installed", file, advice=advice)
        )
    suffix = ".rtf" if data.startswith(_RTF) else ".doc"
    made = _made(program, data, suffix, file, limits)
    if made:
        return made
    if not _made(program, _SAMPLE, ".rtf", file, limits):
        advice = (
            "Install LibreOffice Writer (Debian, Ubuntu: libreoffice-writer), or save the file as docx and read that."
        )
        got = "an installation that does not convert a one-word document either"
        raise FileError(
            Complaint("LibreOffice cannot convert documents here: its Writer is missing", file, "", got, advice)
        )
    raise FileError(
        Complaint("LibreOffice cannot convert the file", file, "an undamaged text document without a password")
    )


def _made(program: str, data: bytes, suffix: str, file: str, limits: Limits) -> bytes:
    """The docx that LibreOffice converts a file to, empty if it fails."""
    with tempfile.TemporaryDirectory(prefix="pairing_graph_") as folder:
        source = Path(folder) / f"notice{suffix}"
        source.write_bytes(data)
        _run(program, source, file, limits)
        made = source.with_suffix(".docx")
        if not made.is_file():
            return b""
        limits.hold("file_bytes", made.stat().st_size, "bytes when converted", file)
        return made.read_bytes()


def _run(program: str, source: Path, file: str, limits: Limits) -> None:
    """Run the conversion with a fresh profile: no macros from the user's profile, no clash with an open window."""
    profile = (source.parent / "profile").as_uri()
    command = [
        program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck", "--nodefault",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(source.parent), str(source),
    ]  # fmt: skip
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        advice = "Reinstall LibreOffice, or save the file as docx and read that."
        raise FileError(Complaint("LibreOffice cannot be started", file, "", str(error), advice)) from error
    try:
        process.wait(timeout=limits.seconds)
    except subprocess.TimeoutExpired as error:
        _stop(process)
        advice = "If it is a large notice, raise limits=Limits(seconds=...)."
        expected = f"at most {limits.seconds} seconds"
        raise FileError(
            Complaint("LibreOffice takes too long to convert the file", file, expected, "", advice)
        ) from error
    except BaseException:
        _stop(process)
        raise


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Kill the conversion and the processes that it started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
