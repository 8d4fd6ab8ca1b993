"""Traditional characters: recognised without a dictionary, made simplified one for one, and put back where words are cited."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from pairing_graph.base.extras import require

_FEWEST = 10
_SHARE = 0.05
"""Share of Chinese characters that only traditional script has; in a text of that script it is a third."""
_MIXED = 0.25
"""Simplified characters for each traditional one, from which on the text is simplified and only cites traditional script."""
_LONGEST = 200_000
"""Characters up to which whole words decide (乾县, 干燥); in a longer text each character is converted by itself."""


def is_traditional(text: str) -> bool:
    """Whether a text is in traditional script: what Big5 holds and GB 2312 does not, and hardly the reverse.

    Example:
        >>> is_traditional("各鎮人民政府，縣政府各部門：現將任務分解表印發給你們，請認真組織實施")
        True
        >>> is_traditional("各镇人民政府，县政府各部门：现将任务分解表印发给你们（縣、務、發、門、鎮）")
        False
    """
    han = {char: times for char, times in Counter(text).items() if "\u3400" <= char <= "\u9fff"}
    in_big5, in_gb2312 = (_held(han, encoding) for encoding in ("big5", "gb2312"))
    traditional = sum(han[char] for char in in_big5 - in_gb2312)
    simplified = sum(han[char] for char in in_gb2312 - in_big5)
    return traditional >= max(_FEWEST, _SHARE * sum(han.values())) and simplified <= _MIXED * traditional


def to_simplified(texts: Iterable[str], where: str = "") -> list[str]:
    """Texts in simplified characters, one for one: each is as long as before, so that positions stay.

    Args:
        texts: The texts.
        where: The file that they are of, for the error.

    Raises:
        MissingExtraError: OpenCC is not installed.

    Example:
        >>> to_simplified(["縣農業農村委", "乾縣、乾燥"])
        ['县农业农村委', '乾县、干燥']
    """
    held = list(texts)
    converter = require("opencc", "traditional", "Reading traditional characters", where).OpenCC("t2s")
    signs = {char: converter.convert(char) for char in set().union(*held)}
    table = str.maketrans({char: sign for char, sign in signs.items() if len(sign) == 1 and sign != char})
    if sum(map(len, held)) > _LONGEST:
        return [text.translate(table) for text in held]
    whole = {text: converter.convert(text) for text in set(held)}
    return [whole[text] if len(whole[text]) == len(text) else text.translate(table) for text in held]


class Written:
    """Gives words that were read in simplified characters back as the file shows them.

    Args:
        pairs: Each text in simplified characters and as written, of one length.

    Example:
        >>> written = Written([("1.由县水利局 负责。", "1.由縣水利局 負責。")])
        >>> written.of("县水利局"), written.of("由县水利局负责"), written.of("县教委")
        ('縣水利局', '由縣水利局負責', '縣教委')
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        kept = [
            (sign, shown)
            for one, other in pairs
            for sign, shown in zip(f"{one}\0", f"{other}\0", strict=True)
            if not sign.isspace()
        ]
        self._read = "".join(sign for sign, _ in kept)
        self._shown = "".join(shown for _, shown in kept)

    def of(self, words: str) -> str:
        """The words as written; what is joined from several places is taken from each, unknown words stay as they are."""
        signs = "".join(words.split())
        shown: list[str] = []
        while len(shown) < len(signs):
            rest = signs[len(shown) :]
            size = bisect_left(range(1, len(rest) + 1), True, key=lambda size: rest[:size] not in self._read)
            start = self._read.find(rest[:size]) if size else -1
            shown += self._shown[start : start + size] if size else rest[:1]
        found = iter(shown)
        return "".join(char if char.isspace() else next(found) for char in words)


def _held(chars: Iterable[str], encoding: str) -> set[str]:
    """Those of the Chinese characters that an encoding holds."""
    return set("".join(chars).encode(encoding, "ignore").decode(encoding))
