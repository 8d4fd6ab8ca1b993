"""A sheet: title, subtitle, drawing and foot, measured in points and put onto any Matplotlib axes.

A figure is planned first and drawn afterwards. The plan knows how large the figure is, so that nothing is cut; on
axes of another size everything, letters included, shrinks or grows together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pairing_graph.base.words import Language, word
from pairing_graph.look.palette import INK, MUTED, PAPER, LineLook, UnitLook
from pairing_graph.look.style import MARKERS, drawable, font, require_matplotlib, style, text_width, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

POINTS_PER_INCH = 72.0
WIDTH = 648.0
"""Nine inches: a figure of 900 pixels has 100 dots per inch, and no letter is smaller than twelve pixels there."""
MARGIN = 20.0
INNER = WIDTH - 2.0 * MARGIN
TITLE_SIZE = 15.0
HEADING_SIZE = 11.0
TEXT_SIZE = 9.5
NOTE_SIZE = 8.7
"""The smallest letters: 12 pixels where the figure has 900."""
LEADING = 1.45
"""The height of a line in sizes of its letters; Chinese, which fills its square, wants more than Latin's 1.2."""
_TITLE_LEADING = 1.35
_LARGEST_SCALE = 2.0
"""On large axes a figure grows to twice its size at most."""
_BELOW_TITLE = 4.0
_AROUND_BODY = 14.0
"""Above and below the drawing: about a line of notes, so that the foot is not taken for a part of it."""
_THIN = 0.8
"""The width of lines that only order the sheet: rules, axes."""
_STRONG = 28.0
"""A stroke of a 28th of the size around the letters makes the one weight of the font look half bold."""
_SIZES = MappingProxyType({"D": 0.82, "*": 1.3, "s": 0.88})
"""Factors by which markers of Matplotlib cover about the same area as its circle."""


class Canvas:
    """Axes as a sheet of paper: lengths in points, the origin at the top left, y downwards.

    Args:
        ax: The axes; their ticks and frame are hidden.
        width: The width that the drawing was planned for.
        height: The height that it was planned for.

    Attributes:
        ax: The axes.
        height: The planned height.
        scale: What one planned point is in real ones.
    """

    def __init__(self, ax: Axes, width: float, height: float) -> None:
        box = ax.get_window_extent()
        points = POINTS_PER_INCH / ax.figure.dpi
        across, down = box.width * points, box.height * points
        self.ax = ax
        self.height = height
        self.scale = min(across / width, down / height, _LARGEST_SCALE)
        ax.set_axis_off()
        ax.set_xlim(0.0, across / self.scale)
        ax.set_ylim(height - down / self.scale, height)

    def text(self, x: float, y: float, text: str, size: float = TEXT_SIZE, **options: Any) -> None:
        """A line of text; y is its middle. Options: colour, ha, strong (heavier strokes)."""
        strong = options.pop("strong", False)
        colour = options.pop("colour", INK)
        settings: dict[str, Any] = {"ha": "left", "va": "center_baseline", "parse_math": False, "clip_on": False}
        settings |= options
        drawn = self.ax.text(x, self.height - y, drawable(text), color=colour, font=font(size * self.scale), **settings)
        if strong:
            from matplotlib.patheffects import withStroke

            drawn.set_path_effects([withStroke(linewidth=size * self.scale / _STRONG, foreground=colour)])

    def lines(self, x: float, y: float, lines: Sequence[str], leading: float, **options: Any) -> None:
        """Lines of text below each other, the middle of all of them at y."""
        for count, line in enumerate(lines):
            self.text(x, y + (count - (len(lines) - 1) / 2.0) * leading, line, **options)

    def line(self, xs: Sequence[float], ys: Sequence[float], colour: str = INK) -> None:
        """A thin line through points, behind everything else."""
        ys = [self.height - y for y in ys]
        self.ax.plot(xs, ys, color=colour, lw=_THIN * self.scale, clip_on=False, zorder=0.5)

    def double_curve(self, start: tuple[float, float], end: tuple[float, float], colour: str, look: LineLook) -> None:
        """A link of two strokes that leaves and arrives horizontally; its look is that of both together."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path
        from matplotlib.patheffects import Stroke

        (x0, y0), (x1, y1) = (start[0], self.height - start[1]), (end[0], self.height - end[1])
        middle = (x0 + x1) / 2.0
        path = Path([(x0, y0), (middle, y0), (middle, y1), (x1, y1)], [1, 4, 4, 4])
        patch = PathPatch(
            path, fc="none", ec=colour, lw=look.width * self.scale, ls=line_style(look), clip_on=False, zorder=2
        )
        core = Stroke(linewidth=look.width * self.scale / 3.0, foreground=PAPER)
        patch.set_path_effects([Stroke(), core])
        self.ax.add_patch(patch)

    def box(self, x: float, y: float, width: float, height: float, fill: str, **options: Any) -> None:
        """A rectangle; x and y are its top left corner."""
        from matplotlib.patches import Rectangle

        settings: dict[str, Any] = {"ec": "none", "lw": 0.0, "zorder": 1, "clip_on": False} | options
        settings["lw"] *= self.scale
        self.ax.add_patch(Rectangle((x, self.height - y - height), width, height, fc=fill, **settings))

    def mark(self, x: float, y: float, look: UnitLook, size: float = 7.0, **options: Any) -> None:
        """A unit's symbol."""
        marker = MARKERS.get(look.shape, look.shape)
        size = size * _SIZES.get(marker, 1.0)
        settings: dict[str, Any] = {"mew": 1.0, "zorder": 3, "clip_on": False} | options
        settings["mew"] *= self.scale
        self.ax.plot(
            [x], [self.height - y], ls="", marker=marker, ms=size * self.scale, mfc=look.fill, mec=look.edge, **settings
        )

    def panel(self, x: float, y: float, width: float, height: float) -> Axes:
        """Axes of their own on a part of the sheet, without frame and ticks, for data coordinates."""
        panel = self.ax.inset_axes((x, self.height - y - height, width, height), transform=self.ax.transData)
        panel.set_axis_off()
        panel.patch.set_alpha(0.0)
        return panel


@dataclass(frozen=True)
class Sheet:
    """A planned figure.

    Attributes:
        title: What was found.
        subtitle: What is counted, and how.
        foot: The notice that it comes from.
        body: Draws onto a canvas, from a height downwards.
        body_height: How high the drawing is, in points.
        width: How wide the figure is, in points.
    """

    title: str
    subtitle: str
    foot: str
    body: Callable[[Canvas, float], None]
    body_height: float
    width: float = WIDTH

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in inches, as Matplotlib counts."""
        return self.width / POINTS_PER_INCH, self._height() / POINTS_PER_INCH

    @property
    def drawing_box(self) -> tuple[float, float, float, float]:
        """Where the drawing is, in points: left, top, width and height, with a line's half around it."""
        around = _AROUND_BODY / 2.0
        above = sum(
            len(self._lines(text, size)) * size * leading
            for text, size, leading in ((self.title, TITLE_SIZE, _TITLE_LEADING), (self.subtitle, NOTE_SIZE, LEADING))
        )
        top = MARGIN + _BELOW_TITLE + above + _AROUND_BODY
        return MARGIN, top - around, self.width - 2.0 * MARGIN, self.body_height + 2.0 * around

    def draw(self, ax: Axes) -> Axes:
        """Put the sheet onto axes and give them back; their label is the title."""
        canvas = Canvas(ax, self.width, self._height())
        y = self._write(canvas, MARGIN, self.title, TITLE_SIZE, _TITLE_LEADING, strong=True)
        y = self._write(canvas, y + _BELOW_TITLE, self.subtitle, NOTE_SIZE, LEADING, colour=MUTED) + _AROUND_BODY
        self.body(canvas, y)
        self._write(canvas, y + self.body_height + _AROUND_BODY, self.foot, NOTE_SIZE, LEADING, colour=MUTED)
        ax.set_label(self.title)
        return ax

    def _write(self, canvas: Canvas, y: float, text: str, size: float, leading: float, **options: Any) -> float:
        """A text in lines from a height downwards; gives back where it ends."""
        for line in self._lines(text, size):
            canvas.text(MARGIN, y + size * leading / 2.0, line, size, **options)
            y += size * leading
        return y

    def _lines(self, text: str, size: float) -> list[str]:
        return wrapped(text, size, self.width - 2.0 * MARGIN)

    def _height(self) -> float:
        title = len(self._lines(self.title, TITLE_SIZE)) * TITLE_SIZE * _TITLE_LEADING
        notes = len(self._lines(self.subtitle, NOTE_SIZE)) + len(self._lines(self.foot, NOTE_SIZE))
        around = 2.0 * MARGIN + _BELOW_TITLE + 2.0 * _AROUND_BODY
        return around + title + notes * NOTE_SIZE * LEADING + self.body_height


def put_on(sheet: Sheet, ax: Axes | None) -> Axes:
    """Draw a sheet on the given axes, or on a new figure of the right size that a notebook shows.

    Raises:
        MissingExtraError: Matplotlib is not installed.
    """
    require_matplotlib()
    if ax is None:
        # A notebook's backend turns interactive with the first figure. Inside of style() that would be put back, and
        # only the first figure of a notebook would show.
        from matplotlib import pyplot

        figure = pyplot.figure(figsize=sheet.size, facecolor=PAPER)
        with style():
            return sheet.draw(figure.add_axes((0.0, 0.0, 1.0, 1.0)))
    with style():
        return sheet.draw(ax)


def sentence_sheet(key: str, foot: str, lang: Language) -> Sheet:
    """A sheet that says why there is nothing to draw, in the catalogue's words `key_title` and `key_text`."""
    return Sheet(word(f"{key}_title", lang), word(f"{key}_text", lang), foot, lambda canvas, y: None, 0.0)


def line_style(look: LineLook) -> Any:
    """How Matplotlib calls dashes, which it counts in widths of the line."""
    return (0, tuple(part / look.width for part in look.dashes)) if look.dashes else "solid"


def widest(texts: Sequence[str], size: float) -> float:
    """The width of the widest of some lines, in points; 0 where there are none."""
    return max((text_width(drawable(text), size) for text in texts), default=0.0)
