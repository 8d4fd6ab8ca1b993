"""`pairing-graph remove`: notices out of a collection."""

from __future__ import annotations

from pathlib import Path

from pairing_graph.base.errors import Complaint, NoticeError
from pairing_graph.cli.errors import counted, say
from pairing_graph.cli.options import CollectionFolder, Decided, FilesOut

EXAMPLE = "Example: pairing-graph remove out/collection data/examples/invented-2023.txt"


def command(collection: CollectionFolder, paths: FilesOut = None, decided: Decided = None) -> None:
    """Take notices out of a collection, by the files or folders that they were read from; the files themselves stay.

    What is named is forgotten and read again when it is collected again. With --decided the repeated files that the
    table says yes to are left out, and collect passes over them until they change.
    """
    if not paths and decided is None:
        expected = "files or folders that were read, or --decided FILE"
        raise NoticeError(Complaint("Nothing was named", "remove", expected))
    if any(path == Path() for path in paths or ()):
        advice = "Name the folder, such as ./notices; a variable of the shell may be empty."
        raise NoticeError(
            Complaint("This would take out all beneath the folder that you are in", "remove", advice=advice)
        )
    from pairing_graph.collection.collection import Collection
    from pairing_graph.collection.removing import meant_files
    from pairing_graph.collection.repeated_book import decided_files

    files = meant_files(collection, paths or [])
    many = Collection(collection)
    before = len(many)
    aside = [] if decided is None else decided_files(decided)
    many.remove(files, decided=decided)
    removed = before - len(many)
    say(f"{removed} removed, {len(many)} notices left")
    if len(aside) > removed:
        verb = "is" if len(aside) == 1 else "are"
        say(
            f"{counted(len(aside), 'file')} {verb} passed over until a change; a notice stays where another file has it too"
        )
