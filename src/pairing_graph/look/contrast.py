"""Contrast of colours as WCAG 2.2 computes it, and what is legible on what."""

from __future__ import annotations

from pairing_graph.look.palette import PAPER

_STEP, _SLOPE = 0.04045, 12.92
"""Below the step a channel of sRGB is linear (IEC 61966-2-1)."""
_WEIGHTS = (0.2126, 0.7152, 0.0722)
"""What red, green and blue give to luminance (ITU-R BT.709)."""
_BLACK = "#000000"
"""The ink of all other texts has too little contrast on the middle tones of two regions."""
_FLARE = 0.05
"""The light that a screen reflects, as WCAG takes it."""


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21; marks want 3, text 4.5.

    Example:
        >>> contrast("#000000", "#FFFFFF"), round(contrast("#777777", "#FFFFFF"), 2)
        (21.0, 4.48)
    """
    dark, light = sorted(_luminance(colour) for colour in (one, other))
    return (light + _FLARE) / (dark + _FLARE)


def ink_on(fill: str) -> str:
    """Black or white letters, whichever is easier to read on a colour.

    Example:
        >>> ink_on("#0072B2"), ink_on("#F3C6A5")
        ('#FFFFFF', '#000000')
    """
    return max((_BLACK, PAPER), key=lambda ink: contrast(ink, fill))


def blended(one: str, other: str, share: float) -> str:
    """A colour between two; the share is that of the first.

    Example:
        >>> blended("#FF0000", "#FFFFFF", 0.2)
        '#FFCCCC'
    """
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(share * a + (1.0 - share) * b):02X}" for a, b in pairs)


def _channels(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _luminance(colour: str) -> float:
    parts = (channel / 255.0 for channel in _channels(colour))
    linear = (part / _SLOPE if part <= _STEP else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip(_WEIGHTS, linear, strict=True))
