"""The font of the package and the settings under which figures are drawn; a user's own settings stay untouched."""

from __future__ import annotations

import unicodedata
import warnings
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from pairing_graph.base.extras import require
from pairing_graph.look import palette

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

TEXT_GAP = 5.0
"""Points between a bar, axis or number and the text beside it: half a letter of the text."""
SYMBOL_MIDDLE = 5.0
"""The middle of a heading's symbol, from its left end: half its nine points and the stroke around it."""
HEADING_INDENT = 15.0
"""From the left end of a heading's symbol to its title: the symbol and a gap of five points."""
DASHES = (4.0, 3.0)
"""Stroke and gap of a line that only guides the eye, in widths of the line."""
FONT_FAMILY = "Noto Sans SC Subset"
MARKERS = MappingProxyType(
    {
        "circle": "o",
        "diamond": "D",
        "hexagon": "h",
        "pentagon": "p",
        "star": "*",
        "octagon": "8",
        "plus": "P",
        "square": "s",
        "triangle": "^",
    }
)
LONGEST_NAME = 60
"""Characters of a name that a figure shows; the longest of the corpus, a unit with the number of its notice, has 28."""
LONGEST_TEXT = 600
"""Characters of any other text: a title with three names of full length, or a foot with three notices and their issuers."""
_CUT = "…"
_HASH_SALT = "pairing_graph"
_NOT_AT_LINE_START = "，、。；：！？）〕》」』”’·…—%℃,.;:!?)]}"
_NOT_AT_LINE_END = "（〔《「『“‘([{"


def font_file() -> Path:
    """The TrueType file of the package's font.

    Example:
        >>> font_file().suffix
        '.ttf'
    """
    return Path(str(resources.files("pairing_graph.look") / "fonts" / "NotoSansSC-Regular.ttf"))


def require_matplotlib() -> None:
    """Raise an error with instructions if Matplotlib is not installed.

    Raises:
        MissingExtraError: It is not.
    """
    require("matplotlib", "figures", "Drawing figures")


def register_font() -> None:
    """Make the package's font known to Matplotlib, once.

    Raises:
        MissingExtraError: Matplotlib is not installed.
    """
    require_matplotlib()
    from matplotlib.font_manager import fontManager

    file = str(font_file())
    if all(entry.fname != file for entry in fontManager.ttflist):
        fontManager.addfont(file)


@contextmanager
def style() -> Iterator[None]:
    """Draw with the package's font and Matplotlib's own defaults, whatever the user has set, and restore the settings afterwards.

    A `$` in a name is a dollar sign, not mathematics. SVG files hold outlines: they show Chinese on any machine.

    Raises:
        MissingExtraError: Matplotlib is not installed.

    Example:
        >>> import matplotlib
        >>> with style():
        ...     matplotlib.rcParams["font.family"]
        ['Noto Sans SC Subset']
    """
    require_matplotlib()
    from matplotlib import style as styles

    register_font()
    settings = {
        "font.family": [FONT_FAMILY],
        "text.parse_math": False,
        "text.color": palette.INK,
        "axes.unicode_minus": False,
        "figure.facecolor": palette.PAPER,
        "axes.facecolor": palette.PAPER,
        "savefig.facecolor": palette.PAPER,
        "hatch.linewidth": 0.7,
        "pdf.fonttype": 42,  # TrueType, cut down to the letters used: journals refuse the default (type 3).
        "svg.fonttype": "path",
        "svg.hashsalt": _HASH_SALT,
    }
    with styles.context(["default", settings]):
        yield


def font(size: float) -> FontProperties:
    """The package's font in a size."""
    require_matplotlib()
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=FONT_FAMILY, size=size)


class MissingGlyphWarning(UserWarning):
    """The package's font lacks a character; the figure shows its code instead, never an empty box."""


@lru_cache(maxsize=1)
def font_characters() -> frozenset[str]:
    """Every character that the package's font has."""
    require_matplotlib()
    from matplotlib.ft2font import FT2Font

    return frozenset(map(chr, FT2Font(str(font_file())).get_charmap()))


def drawable(text: str) -> str:
    """Text as `shown`, no longer than `LONGEST_TEXT`, a character that the font lacks as its code.

    All that is measured or drawn goes through here, so that no text of a notice makes a figure slow or huge.

    Matplotlib alone would not do: from 3.11 on it silently draws a stand-in for a missing glyph.

    Warns:
        MissingGlyphWarning: A character is missing.
    """
    text = clipped(text, LONGEST_TEXT)
    missing = sorted(set(text) - font_characters())
    for character in missing:
        code = f"U+{ord(character):04X}"
        message = f"The font of the figures has no glyph for {character!r} ({code}); the code is shown instead."
        warnings.warn(message, MissingGlyphWarning, stacklevel=2)
        text = text.replace(character, f"[{code}]")
    return clipped(text, LONGEST_TEXT)


def shown(text: str) -> str:
    """A name or text of a notice as one clean line: control and invisible characters become blanks.

    Example:
        >>> shown("县商务委\\n\\t（县粮食局）")
        '县商务委 （县粮食局）'
    """
    kinds = {"Cf": "", "Cc": " ", "Cs": " ", "Zs": " ", "Zl": " ", "Zp": " "}
    visible = "".join(kinds.get(unicodedata.category(character), character) for character in text)
    return " ".join(visible.split())


def clipped(text: str, most: int = LONGEST_NAME) -> str:
    """A text as `shown`, cut off at a length.

    Example:
        >>> clipped("县商务委", 4), clipped("县商务委员会", 4)
        ('县商务委', '县商务…')
    """
    text = shown(text)
    return text if len(text) <= most else text[: most - 1].rstrip() + _CUT


@lru_cache(maxsize=8192)
def text_width(text: str, size: float) -> float:
    """The width of a line of text in points."""
    register_font()
    from matplotlib.textpath import text_to_path

    width, _, _ = text_to_path.get_text_width_height_descent(text or " ", font(100.0), False)
    return float(width) * size / 100.0


def wrapped(text: str, size: float, width: float) -> list[str]:
    """Text in lines no wider than a width: Chinese breaks anywhere but beside punctuation, Latin words stay whole.

    A word wider than a line is broken. Only a text longer than `LONGEST_TEXT` is cut off.

    Example:
        >>> wrapped("一二三四，五六", 10.0, 41.0)
        ['一二三', '四，五六']
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(drawable(text)):
        if text_width((line + piece).rstrip(), size) <= width or not line:
            line += piece
        else:
            lines.append(line.rstrip())
            line = piece.lstrip()
        while text_width(line.rstrip(), size) > width and len(line) > 1:
            count = _fitting(line, size, width)
            lines.append(line[:count])
            line = line[count:]
    return [*lines, line.rstrip()] if line.strip() else lines


def fitted(text: str, size: float, width: float) -> str:
    """Text in one line no wider than a width, cut off where it is longer.

    Example:
        >>> fitted("一二三四五六", 10.0, 41.0)
        '一二三…'
    """
    text = drawable(text)
    if text_width(text, size) <= width:
        return text
    return text[: _fitting(text, size, width - text_width(_CUT, size))].rstrip() + _CUT


def _fitting(line: str, size: float, width: float) -> int:
    """How many characters of a line have room in a width; one at the least."""
    return max(1, bisect_right(range(1, len(line) + 1), width, key=lambda end: text_width(line[:end], size)))


def _pieces(text: str) -> list[str]:
    """What a line may be broken between."""
    pieces: list[str] = []
    for character in text:
        sticks = bool(pieces) and (
            character in _NOT_AT_LINE_START
            or pieces[-1][-1] in _NOT_AT_LINE_END
            or (_latin(character) and _latin(pieces[-1][-1]))
            or character == " "
        )
        if sticks:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _latin(character: str) -> bool:
    return character.isascii() and character != " "
