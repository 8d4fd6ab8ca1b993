"""`pairing-graph coding-sheet`: an empty sheet for a person who codes a notice by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pairing_graph.base.files import refuse_inputs
from pairing_graph.cli.errors import say
from pairing_graph.cli.options import Coded, CodingOut, Lang, Notice, Overwrite, Reading, Sample, Seed, files_of, reads

if TYPE_CHECKING:
    from pairing_graph.base.words import Language as Words

EXAMPLE = "Example: pairing-graph coding-sheet data/raw/wuxi-yuzhong-2022.txt --out coding.xlsx --sample 10"


@reads
def command(
    notice: Notice,
    out: CodingOut,
    sheet: Coded = None,
    sample: Sample = None,
    seed: Seed = 1,
    lang: Lang = None,
    overwrite: Overwrite = False,
    *,
    reading: Reading,
) -> None:
    """Write an empty sheet for coding a notice by hand: its words and addresses, no answers.

    Filled in, by one person or several, it goes to the command agreement.
    """
    from pairing_graph.output.coding_sheet import coding_sheet, refuse_suffix
    from pairing_graph.reading.codings import SHEETS
    from pairing_graph.reading.notices import read_notice

    refuse_suffix(out)
    refuse_inputs([out], {**files_of(reading), "notice": notice})
    chosen: Words | None = lang.value if lang else None
    sheets = tuple(one.value for one in sheet) if sheet else SHEETS
    kb = read_notice(notice, **reading)
    say(str(coding_sheet(kb, out, sheets=sheets, sample=sample, seed=seed, lang=chosen, overwrite=overwrite)))
