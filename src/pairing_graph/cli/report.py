"""`pairing-graph report`: a page that tells what a notice says, for a reader who has five minutes."""

from __future__ import annotations

from pathlib import Path

from pairing_graph.base.files import refuse_inputs
from pairing_graph.cli.errors import say
from pairing_graph.cli.notices import complain_of_files, read
from pairing_graph.cli.options import Lang, Notices, Reading, ReportOut, files_of, reads

EXAMPLE = "Example: pairing-graph report data/raw/wuxi-yuzhong-2022.txt --out report.html --lang en"


@reads
def command(
    notices: Notices,
    out: ReportOut = Path("report.html"),
    lang: Lang = None,
    *,
    reading: Reading,
) -> None:
    """Write one page with findings in sentences, figures and tables; each number leads to its cells in the notice."""
    from pairing_graph.output.html_report.write import write_report
    from pairing_graph.reading.notice_files import notice_files

    inputs: dict[str, Path | None] = {f"notice {path}": path for path in notice_files(notices)}
    refuse_inputs([out], inputs | files_of(reading))
    kb = read(notices, reading)
    say(str(write_report(kb, out, lang=lang.value if lang else "zh")))
    complain_of_files(kb, notices)
