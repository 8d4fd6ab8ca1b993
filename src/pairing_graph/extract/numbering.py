"""Printed numbers: one that is missing is filled in where its neighbours leave one possibility; nothing is mended."""

from __future__ import annotations

from collections.abc import Sequence

from pairing_graph.address import Address
from pairing_graph.extract.builder import Builder


def settle(
    printed: Sequence[int | None], places: Sequence[Address], texts: Sequence[str], builder: Builder
) -> list[int | None]:
    """The numbers of a run of tasks or rows; filled, skipped and doubled ones are reported.

    Args:
        printed: The number printed before each, None where there is none.
        places: Where each stands.
        texts: The words of each, for the report.
        builder: Takes the reports.
    """
    numbers = [_from_neighbours(printed, index) for index in range(len(printed))]
    if all(number is None for number in printed):
        return list(numbers)
    for index, number in enumerate(numbers):
        if printed[index] is None:
            reason = "number_missing" if number is None else "number_filled"
            filled = "" if number is None else f" → {number}"
            builder.report(reason, f"{texts[index]}{filled}", places[index])
            continue
        before = numbers[index - 1] if index else 0
        if number is None or before is None:
            continue
        if number in numbers[:index] and number != 1:
            builder.report("number_doubled", f"{number}. {texts[index]}", places[index])
        elif number > before + 1:
            builder.report("number_skipped", f"{before} → {number}. {texts[index]}", places[index])
    return numbers


def _from_neighbours(printed: Sequence[int | None], index: int) -> int | None:
    """The printed number, or the only one that fits between its neighbours.

    Before the first stands 0; behind the last stands nothing, so a last one without a number stays without.
    """
    if printed[index] is not None:
        return printed[index]
    before = printed[index - 1] if index else 0
    after = printed[index + 1] if index + 1 < len(printed) else None
    return before + 1 if before is not None and after == before + 2 else None
