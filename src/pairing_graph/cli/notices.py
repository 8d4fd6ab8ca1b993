"""Reading one notice or many for a command, and what is said of files that could not be read."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import typer

from pairing_graph.cli.errors import USER_MISTAKE, say
from pairing_graph.cli.options import Reading

if TYPE_CHECKING:
    from pairing_graph.kb.knowledge_base import KnowledgeBase


def read(notices: list[Path], reading: Reading) -> KnowledgeBase:
    """One knowledge base of all notices; where it is a single file that cannot be read, that is an error."""
    from pairing_graph.base.inputs import exists, is_folder
    from pairing_graph.reading.notices import read_notice, read_notices

    if len(notices) == 1 and not is_folder(notices[0]) and (exists(notices[0]) or not _is_pattern(notices[0])):
        return read_notice(notices[0], **reading)
    return read_notices(notices, **reading)


def complain_of_files(kb: KnowledgeBase, notices: list[Path]) -> None:
    """A named file that could not be read is a user's mistake, even if the others were read."""
    from pairing_graph.base.inputs import file_name, is_folder
    from pairing_graph.kb.address import document_id

    failed = kb.unread[kb.unread["reason"] == "file_unreadable"]
    for text in failed["text"]:
        say(f"pairing-graph: {text}", sys.stderr)
    named = {document_id(PurePath(file_name(path)).stem) for path in notices if not is_folder(path)}
    if named & set(failed["document"]):
        raise typer.Exit(USER_MISTAKE)


def _is_pattern(path: Path) -> bool:
    return any(sign in str(path) for sign in "*?[")
