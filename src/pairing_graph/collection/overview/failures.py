"""Files that could not be read, by reason: the sentences are English, the reasons in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pairing_graph.base.words import Language, catalogue

_REASON = "failure."
_OTHER = "failure.other"


@dataclass(frozen=True)
class Failed:
    """A reason, and the files with their sentences."""

    reason: str
    files: tuple[tuple[str, str], ...]


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
