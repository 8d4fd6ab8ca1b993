"""Readers: one module per file format, each from bytes to a `Document`. They know nothing of tasks and units.

A new format is a new module and a row in `FORMATS`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pairing_graph.document import Document
from pairing_graph.errors import Complaint, FileError
from pairing_graph.readers import text
from pairing_graph.readers.limits import Limits


@dataclass(frozen=True)
class Format:
    """A file format.

    Attributes:
        name: What a user calls it.
        recognise: Tells by the bytes and the suffix whether a file is of this format.
        read: Makes the document out of the bytes, the file's name and its checksum.
    """

    name: str
    recognise: Callable[[bytes, str], bool]
    read: Callable[[bytes, str, str, Limits], Document]


FORMATS: tuple[Format, ...] = (Format("text", text.recognise, text.read),)

_FOREIGN = (
    (b"PK\x03\x04", "a zip archive (docx, xlsx …)"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (doc, xls)"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
)


def read_document(path: str | Path, *, limits: Limits | None = None) -> Document:
    """Read one file, its format told by its content.

    Args:
        path: The file.
        limits: What a file may hold at the most.

    Raises:
        FileError: It is missing, a folder, empty, too large, or of a format or encoding that is not read.
    """
    limits = limits or Limits()
    path = Path(path)
    data = _bytes(path, limits)
    for known in FORMATS:
        if known.recognise(data, path.suffix.lower()):
            return known.read(data, path.name, hashlib.sha256(data).hexdigest(), limits)
    got = next((name for magic, name in _FOREIGN if data.startswith(magic)), "binary data")
    expected = ", ".join(known.name for known in FORMATS)
    advice = "Save the notice as text (UTF-8) and read that."
    raise FileError(Complaint("This format is not read", str(path), expected, got, advice))


def _bytes(path: Path, limits: Limits) -> bytes:
    if path.is_dir():
        raise FileError(Complaint("A folder was given where a file was wanted", str(path), "one notice", "a folder"))
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            complaint = Complaint(
                "The file is too large", str(path), f"at most {limits.file_bytes:,} bytes", f"{size:,} bytes",
                "If it is a notice all the same, raise limits=Limits(file_bytes=...).",
            )  # fmt: skip
            raise FileError(complaint)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise FileError(Complaint("There is no such file", str(path), advice="Check the path.")) from error
    except (OSError, ValueError) as error:
        raise FileError(Complaint("The file cannot be read", repr(str(path)), "a readable file", str(error))) from error
    if not data.strip():
        raise FileError(Complaint("The file is empty", str(path), "the text of a notice", f"{len(data)} bytes"))
    return data
