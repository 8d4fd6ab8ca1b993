"""`pairing-graph cite`: the references of a notice, or of one number out of it."""

from __future__ import annotations

from pairing_graph.cli.errors import say
from pairing_graph.cli.numbers import options, row_and_column
from pairing_graph.cli.options import Choices, CitationStyle, Notice, OneNumber, Reading, References, reads

EXAMPLE = "Example: pairing-graph cite data/raw/wuxi-yuzhong-2022.txt congruence plain congruence --style apa"


@reads
def command(
    notice: Notice,
    number: OneNumber = None,
    style: References = CitationStyle.gb7714,
    choice: Choices = None,
    *,
    reading: Reading,
) -> None:
    """Print the references of a notice; of one number also its cells, formula, choices and the version."""
    from pairing_graph.look.cite import cite
    from pairing_graph.reading.notices import read_notice

    kb = read_notice(notice, **reading)
    if number:
        row, column = row_and_column(number[1:])
        cited = cite(kb, number[0], row, column, **options(choice, number[0]))
    else:
        cited = cite(kb)
    say(cited.formatted(style.value).rstrip("\n"))
