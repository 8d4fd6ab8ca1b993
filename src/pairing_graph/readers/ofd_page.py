"""The drawing of an OFD page: characters and lines in points, from objects in millimetres with matrices of their own."""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from pairing_graph.base.errors import FileError
from pairing_graph.readers.limits import Limits, damaged
from pairing_graph.readers.page_flow import Drawn
from pairing_graph.readers.page_rulings import Edge, edge
from pairing_graph.readers.page_words import Char

_POINTS = 72 / 25.4
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,12}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})(?:[eE][+-]?[0-9]{1,2})?")
_FARTHEST = 1e6
_DEEPEST = 20
_BYTES_PER_MARK = 40
"""Bytes of numbers that count as a character or line, as in a PDF."""
_ASCENT = 0.88
"""Share of the size above the base line, as in the fonts of Chinese offices."""
_NARROW = 0.5
"""Width of a letter or digit in sizes, where the file does not tell it."""
_COORDINATES = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""Operators of a path and how many numbers follow; the last two are the next point."""
_GROUPS = ("Layer", "PageBlock")
_SHAPES = ("TextObject", "PathObject", "ImageObject", "CompositeObject")


class Matrix(NamedTuple):
    """A linear map: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, outer: Matrix) -> Matrix:
        """This map, and another one after it.

        Example:
            >>> Matrix(e=1).then(Matrix(a=2, d=2)).at(1, 0)
            (4.0, 0.0)
        """
        origin = outer.at(self.e, self.f)
        return Matrix(
            outer.a * self.a + outer.c * self.b, outer.b * self.a + outer.d * self.b,
            outer.a * self.c + outer.c * self.d, outer.b * self.c + outer.d * self.d, *origin,
        )  # fmt: skip

    @property
    def upright(self) -> bool:
        """Whether letters stand upright."""
        return self.a > 0 and self.d > 0 and abs(self.b) + abs(self.c) < 0.05 * (self.a + self.d)


class Drawing:
    """Draws the objects of a page.

    Args:
        box: Left, top, width and height of the page in millimetres.
        units: Id → drawing that objects repeat.
        file: Name of the file.
        limits: Upper bounds for the file.
    """

    def __init__(
        self, box: tuple[float, float, float, float], units: Mapping[str, Element], file: str, limits: Limits
    ) -> None:
        self._size = box[2] * _POINTS, box[3] * _POINTS
        self._whole = Matrix(a=_POINTS, d=_POINTS, e=-box[0] * _POINTS, f=-box[1] * _POINTS)
        self._units = units
        self._file = file
        self._limits = limits
        self._chars: list[Char] = []
        self._edges: list[Edge] = []
        self._pictures: list[float] = []
        self.hidden: list[str] = []
        self.marks = 0

    def add(self, content: Element | None) -> None:
        """Draw the layers of a page or template."""
        if content is not None:
            self._group(content, self._whole, 0)

    def drawn(self, number: int) -> Drawn:
        """The page."""
        return Drawn(number, *self._size, self._chars, self._edges, self._pictures)

    def _group(self, group: Element, outer: Matrix, depth: int) -> None:
        if depth > _DEEPEST:
            raise FileError(damaged(self._file, f"at most {_DEEPEST} levels of objects", "more"))
        self._count(len(group))
        for child in group:
            name = _name(child)
            if name in _GROUPS:
                self._group(child, outer, depth + 1)
            elif name in _SHAPES:
                self._shape(name, child, outer, depth)

    def _shape(self, name: str, shape: Element, outer: Matrix, depth: int) -> None:
        if shape.get("Visible") == "false":
            self._hide(words_of(shape))
            return
        left, top, width, height = box_of(shape.get("Boundary", "")) or (0.0, 0.0, 0.0, 0.0)
        own = _matrix(shape.get("CTM", ""))
        matrix = (own or Matrix()).then(Matrix(e=left, f=top)).then(outer)
        if name == "TextObject":
            self._text(shape, matrix)
        elif name == "PathObject":
            self._path(shape, matrix)
        elif name == "ImageObject":
            self._pictures.append(width * height * _area(outer))
        elif shape.get("ResourceID") in self._units:
            for content in children(self._units[shape.get("ResourceID", "")], "Content"):
                self._group(content, matrix, depth + 1)

    def _hide(self, text: str) -> None:
        self._count(len(text))
        if text:
            self.hidden.append(text)

    def _count(self, marks: int) -> None:
        self.marks += marks
        self._limits.hold("page_marks", self.marks, "characters and lines on a page", self._file)

    def _text(self, shape: Element, matrix: Matrix) -> None:
        size = _first(shape.get("Size", ""), 3.0)
        stretch = _first(shape.get("HScale", ""), 1.0)
        upright = matrix.upright and not any(_first(shape.get(f"{way}Direction", ""), 0) for way in ("Read", "Char"))
        x = y = 0.0
        for code in children(shape, "TextCode"):
            text = code.text or ""
            text = text.strip() if "\n" in text else text
            self._count(len(text) + len(code.get("DeltaX", "")) // _BYTES_PER_MARK)
            x, y = _first(code.get("X", ""), x), _first(code.get("Y", ""), y)
            for char, left, right, base in _placed(text, code, size, stretch, (x, y)):
                self._chars.append(_char(char, matrix.at(left, base), matrix.at(right, base), size, matrix, upright))

    def _path(self, shape: Element, matrix: Matrix) -> None:
        if shape.get("Stroke") == "false" and shape.get("Fill", "false") == "false":
            return
        data = "".join(item.text or "" for item in children(shape, "AbbreviatedData"))
        self._count(len(data) // _BYTES_PER_MARK)
        for start, end in _strokes(data, self._file):
            line = edge(*matrix.at(*start), *matrix.at(*end))
            if line:
                self._edges.append(line)


def children(parent: Element | None, name: str) -> list[Element]:
    """The children with a local name: programs differ in the namespace."""
    return [child for child in parent if _name(child) == name] if parent is not None else []


def named(parent: Element | None, name: str) -> Element | None:
    """The first child with a local name, None if there is none."""
    return next(iter(children(parent, name)), None)


def box_of(text: str) -> tuple[float, float, float, float] | None:
    """Left, top, width and height; None if it is not a box.

    Example:
        >>> box_of("0 0 210 297"), box_of("0 0")
        ((0.0, 0.0, 210.0, 297.0), None)
    """
    numbers = _numbers(text)
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else None


def words_of(element: Element) -> str:
    """All words in an element, a blank between its texts."""
    texts = (item.text or "" for item in element.iter() if _name(item) in ("TextCode", "Remark"))
    return " ".join(" ".join(texts).split())


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _numbers(text: str) -> list[float]:
    found = [float(word) if _NUMBER.fullmatch(word) else math.inf for word in text.replace(",", " ").split()]
    return found if all(abs(number) <= _FARTHEST for number in found) else []


def _first(text: str, default: float) -> float:
    return next(iter(_numbers(text)), default)


def _matrix(text: str) -> Matrix | None:
    numbers = _numbers(text)
    return Matrix(*numbers) if len(numbers) == 6 else None


def _area(matrix: Matrix) -> float:
    return abs(matrix.a * matrix.d - matrix.b * matrix.c)


def _placed(
    text: str, code: Element, size: float, stretch: float, start: tuple[float, float]
) -> Iterator[tuple[str, float, float, float]]:
    """Each character with its left and right end and base line; a letter is as wide as its step, a sign at most its size."""
    x, y = start
    steps = _steps(code.get("DeltaX", ""))
    falls = _steps(code.get("DeltaY", ""))
    for place, char in enumerate(text):
        wide = unicodedata.east_asian_width(char) in "WFA"
        usual = size * stretch * (1.0 if wide else _NARROW)
        step, fall = next(steps, None), next(falls, None)
        last = place == len(text) - 1
        shown = usual if last or step is None or step <= 0 else min(step, size * stretch)
        yield char, x, x + (shown if not wide or last else min(shown, usual)), y
        x += usual if step is None and fall is None else step or 0.0
        y += fall or 0.0


def _steps(text: str) -> Iterator[float]:
    """The distances between characters; `g 3 5` stands for `5 5 5`.

    Example:
        >>> list(_steps("1 g 3 5 2"))
        [1.0, 5.0, 5.0, 5.0, 2.0]
    """
    words = iter(text.split())
    for word in words:
        if word == "g":
            count, value = _numbers(next(words, "")), _numbers(next(words, ""))
            yield from itertools.repeat(value[0] if value else 0.0, int(count[0]) if count else 0)
        else:
            yield from _numbers(word)


def _char(
    text: str, left: tuple[float, float], right: tuple[float, float], size: float, matrix: Matrix, upright: bool
) -> dict[str, Any]:
    height = size * math.sqrt(_area(matrix))
    top = left[1] - _ASCENT * height
    return {
        "text": text, "x0": left[0], "x1": right[0], "top": top, "bottom": top + height, "size": height,
        "upright": upright,
    }  # fmt: skip


def _strokes(data: str, file: str) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight strokes of a path; curves are passed over."""
    words = data.replace(",", " ").split()
    begin = here = (0.0, 0.0)
    place = 0
    while place < len(words):
        operator = words[place]
        if operator not in _COORDINATES:
            raise FileError(damaged(file, "a path of " + " ".join(_COORDINATES), operator[:20]))
        numbers = _numbers(" ".join(words[place + 1 : place + 1 + _COORDINATES[operator]]))
        if len(numbers) != _COORDINATES[operator]:
            raise FileError(damaged(file, f"{_COORDINATES[operator]} numbers after {operator} in a path", data[:40]))
        place += 1 + len(numbers)
        there = _end(numbers) or begin
        if operator in "LC" and here != there:
            yield here, there
        begin = there if operator in "MS" else begin
        here = there


def _end(numbers: Sequence[float]) -> tuple[float, float] | None:
    return (numbers[-2], numbers[-1]) if numbers else None
