"""Files that could not be read, by reason: the sentences are English, the reasons in the language of the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import PurePosixPath

from pairing_graph.base.words import Language, catalogue

_REASON = "failure."
_OTHER = "failure.other"
_FOLDER_AND_NAME = 2
"""Parts of a path that name a file for whoever gets the page: the folders above say how somebody's disk is ordered."""

_FOLDERS = re.compile(r"""(?<![\w.:/~])(?:/|[A-Z]:\\)(?:[^/\\\s'"]+[/\\])+""")
"""The folders of a path from the root of a disk on."""


@dataclass(frozen=True)
class Failed:
    """A reason, and the files with their sentences."""

    reason: str
    files: tuple[tuple[str, str], ...]


def without_folders(failures: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The files by name and folder, in the sentences too: a page that is handed on tells nothing of the machine.

    Example:
        >>> without_folders([("../home/me/2022/a.txt", "The file is empty. Where: /home/me/2022/a.txt.")])
        (('2022/a.txt', 'The file is empty. Where: 2022/a.txt.'),)
    """
    names = short_names(path for path, _ in failures)
    return tuple((names[path], _named_so(sentence, path, names[path])) for path, sentence in failures)


def short_names(paths: Iterable[str]) -> Mapping[str, str]:
    """Paths by their names with their folders, and as many folders more as tell them apart.

    Example:
        >>> list(short_names(["../n/a.txt", "../n/x/1/b.txt", "../n/y/1/b.txt"]).values())
        ['n/a.txt', 'x/1/b.txt', 'y/1/b.txt']
    """
    parts = {path: [part for part in PurePosixPath(path).parts if part not in ("..", "/")] for path in paths}
    found: dict[str, str] = {}
    left = list(parts)
    for depth in count(_FOLDER_AND_NAME):
        ends = {path: "/".join(parts[path][-depth:]) for path in left}
        often = Counter(ends.values())
        found |= {path: end for path, end in ends.items() if often[end] == 1 or depth >= len(parts[path])}
        left = [path for path in left if path not in found]
        if not left:
            break
    return found


def _named_so(sentence: str, path: str, name: str) -> str:
    """A sentence about a file with another name for it, and without the folders of any other.

    Libraries put paths into quotation marks, which a path may have itself.
    """
    parts = [part for part in PurePosixPath(path).parts if part not in ("..", "/")]
    if not parts:
        return sentence
    tail, own = re.escape("/".join(parts)), re.escape(parts[-1])
    named = re.sub(rf"""[^\s'"]*{tail}(?=[.,;:'"\s]|$)""", lambda _: name, sentence)
    if named == sentence:
        whole = rf"""(Where: ['"]?|['"])[^'"\n]*?[/\\]{own}(?=[.,;:'"\s]|$)"""
        named = re.sub(whole, lambda match: f"{match[1]}{name}", sentence)
    return _FOLDERS.sub("", named)


def by_reason(failures: Iterable[tuple[str, str]], lang: Language) -> tuple[Failed, ...]:
    """The files by reason, the commonest first; the English word of a reason is how its sentences begin.

    Example:
        >>> [(one.reason, len(one.files)) for one in by_reason([("a.txt", "The file is empty. Save it again.")], "zh")]
        [('文件为空', 1)]
    """
    begins = {key: text for key, text in catalogue("en").items() if key.startswith(_REASON) and key != _OTHER}
    groups: dict[str, list[tuple[str, str]]] = {}
    for path, sentence in failures:
        key = next((key for key, text in begins.items() if sentence.startswith(text)), _OTHER)
        groups.setdefault(key, []).append((path, sentence))
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0] == _OTHER, group[0]))
    return tuple(Failed(catalogue(lang)[key], tuple(files)) for key, files in ordered)
