"""A font with just the characters that a page shows, so that Chinese is seen on a machine that has no Chinese font."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from functools import lru_cache

from pairing_graph.base.extras import require
from pairing_graph.look.style import font_file

FAMILY = "Pairing Graph Sans"


def font_face(texts: Iterable[str]) -> str:
    """A CSS rule that carries the font inside itself.

    Args:
        texts: All that may be shown; characters that the font lacks are left to the reader's machine.

    Raises:
        MissingExtraError: fontTools is not installed.

    Example:
        >>> font_face(["结对"]).startswith("@font-face")
        True
    """
    characters = set().union(*map(set, texts)) | {chr(code) for code in range(0x20, 0x7F)}
    encoded = base64.b64encode(subset_font("".join(sorted(characters)))).decode("ascii")
    source = f"url(data:font/woff;base64,{encoded}) format('woff')"
    return f"@font-face {{ font-family: '{FAMILY}'; src: {source}; font-display: block; }}"


@lru_cache(maxsize=4)
def subset_font(characters: str) -> bytes:
    """The font's outlines of some characters as a WOFF file; the same characters give the same bytes.

    Raises:
        MissingExtraError: fontTools is not installed.
    """
    subset = require("fontTools.subset", "page", "The font of the interactive page")
    options = subset.Options(
        flavor="woff", layout_features=[], hinting=False, notdef_outline=True, name_IDs=[1, 2, 13, 14],
        ignore_missing_unicodes=True, drop_tables=["vhea", "vmtx", "BASE", "STAT"], recalc_timestamp=False,
    )  # fmt: skip
    font = subset.load_font(str(font_file()), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    out = io.BytesIO()
    subset.save_font(font, out, options)
    font.close()
    return out.getvalue()
