"""PDF files: what pdfplumber finds on the pages, for `page_flow` to make tables and text of; scanned pages are reported."""

from __future__ import annotations

import io
import itertools
import logging
from typing import Any

from pairing_graph.base.errors import Complaint, FileError
from pairing_graph.base.extras import require
from pairing_graph.kb.document import Document
from pairing_graph.readers import pdf_check
from pairing_graph.readers.limits import BROKEN, Limits, checked, damaged
from pairing_graph.readers.page_flow import Drawn, Flow
from pairing_graph.readers.page_turn import turned_upright

_MAGIC = b"%PDF-"
_HEAD = 1024


def recognise(data: bytes, suffix: str) -> bool:
    """Whether the bytes are a PDF, regardless of the suffix."""
    return _MAGIC in data[:_HEAD] and not data.startswith(b"PK")


def read(data: bytes, file: str, sha256: str, limits: Limits) -> Document:
    """Make a document from the bytes of a PDF.

    Raises:
        FileError: It is damaged, encrypted, larger than the limits, or contains only scanned pages.
        MissingExtraError: pdfplumber is not installed.

    """
    pdf_check.look_through(data, file, limits)
    try:
        with _open(data, file) as pdf:
            _hold_pages(pdf, file, limits)
            flow = Flow("PDF", file, limits)
            for number, page in enumerate(pdf.pages, 1):
                flow.add(_drawn(page, number))
                page.close()
    except BROKEN as error:
        raise FileError(damaged(file, "an undamaged PDF", error)) from error
    except Exception as error:  # pdfminer's errors have no other common base
        if not type(error).__module__.startswith(("pdfminer", "pdfplumber")):
            raise
        raise FileError(_refused(file, error)) from error
    return checked(flow.document(sha256), limits)


def _open(data: bytes, file: str) -> Any:
    pdfplumber = require("pdfplumber", "pdf", "Reading PDF files", file)
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    return pdfplumber.open(io.BytesIO(pdf_check.with_blanks_for_zeros(data)))


def _refused(file: str, error: Exception) -> Complaint:
    words = f"{type(error).__name__} {error!r}"
    if "Password" in words or "Encryption" in words:
        advice = "Open it, remove the password, and save it again."
        return Complaint("The file is protected by a password", file, "an open PDF", "an encrypted one", advice)
    return damaged(file, "an undamaged PDF", error)


def _hold_pages(pdf: Any, file: str, limits: Limits) -> None:
    from pdfminer.pdfpage import PDFPage

    pages = list(itertools.islice(PDFPage.create_pages(pdf.doc), limits.pages + 1))
    limits.hold("pages", len(pages), "pages", file)
    if not pages:
        raise FileError(damaged(file, "a PDF with pages", "none"))
    pdf_check.hold_marks(pages, file, limits)


def _drawn(page: Any, number: int) -> Drawn:
    pictures = [_area(image) for image in page.images]
    return turned_upright(Drawn(number, float(page.width), float(page.height), page.chars, page.edges, pictures))


def _area(image: Any) -> float:
    return max(float(image["x1"] - image["x0"]), 0.0) * max(float(image["bottom"] - image["top"]), 0.0)
