"""Printed numbers: one that is missing is filled in where its neighbours leave one possibility; nothing is mended."""

from __future__ import annotations

from collections.abc import Sequence

from pairing_graph.kb.address import Address
from pairing_graph.reading.builder import Builder


def assign_numbers(
    printed: Sequence[int | None],
    places: Sequence[Address],
    texts: Sequence[str],
    builder: Builder,
    *,
    areas: Sequence[str] | None = None,
) -> list[int | None]:
    """The numbers of a run of tasks or rows; filled, skipped and doubled ones are reported.

    A number that starts again at 1, or lower in a new area, begins a new count.

    Args:
        printed: The number printed before each, None where there is none.
        places: The place of each.
        texts: The words of each, for the report.
        builder: Takes the reports.
        areas: The area of each; None where there are none.
    """
    numbers: list[int | None] = []
    for first, last in _counts(printed, areas):
        own, spots, words = printed[first:last], places[first:last], texts[first:last]
        numbers += _numbers_of_count(own, spots, words, builder)
    return numbers


def _counts(printed: Sequence[int | None], areas: Sequence[str] | None) -> list[tuple[int, int]]:
    """Where each count begins and ends."""
    starts = [0]
    highest = 0
    for index, number in enumerate(printed):
        new_area = bool(areas) and index > 0 and areas[index] != areas[index - 1]  # type: ignore[index]
        if index and ((number == 1 and highest > 1) or (new_area and _begins_again(printed, index, highest))):
            starts.append(index)
            highest = 0
        highest = max(highest, number or 0)
    return list(zip(starts, [*starts[1:], len(printed)], strict=True))


def _begins_again(printed: Sequence[int | None], index: int, highest: int) -> bool:
    """Whether the count begins again at a new area: its number is low, or missing before a 2."""
    number = printed[index]
    if number is not None:
        return number <= highest
    return index + 1 < len(printed) and printed[index + 1] == 2 and highest != 0


def _numbers_of_count(
    printed: Sequence[int | None], places: Sequence[Address], texts: Sequence[str], builder: Builder
) -> list[int | None]:
    numbers = [_from_neighbours(printed, index) for index in range(len(printed))]
    if all(number is None for number in printed):
        return list(numbers)
    seen: set[int] = set()
    for index, number in enumerate(numbers):
        before = numbers[index - 1] if index else None
        if number is None:
            builder.report("number_missing", texts[index], places[index])
        elif printed[index] is None:
            builder.report("number_filled", f"{texts[index]} → {number}", places[index])
        elif number in seen:
            builder.report("number_doubled", f"{number}. {texts[index]}", places[index])
        elif before is not None and number != before + 1:
            builder.report("number_skipped", f"{before} → {number}. {texts[index]}", places[index])
        seen |= {number} if number is not None else set()
    return numbers


def _from_neighbours(printed: Sequence[int | None], index: int) -> int | None:
    """The printed number, or the only one that fits between its neighbours.

    The number before the first is 0; none follows the last, so a last one without a number stays without.
    """
    if printed[index] is not None:
        return printed[index]
    before = printed[index - 1] if index else 0
    after = printed[index + 1] if index + 1 < len(printed) else None
    return before + 1 if before is not None and after == before + 2 else None
