"""What a knowledge base is a part of, so that it says so wherever it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pairing_graph.base.words import Language, word


@dataclass(frozen=True)
class Part:
    """What was selected, and out of how much.

    Attributes:
        chosen: What was asked for, in the order of asking: the criterion and its values.
        tasks: The number of tasks of the whole.
        documents: The number of notices of the whole.
        between_regions: The notices that name units of several regions: pairs of one region are none in them, even where
            the part names units of one region only.

    Example:
        >>> str(Part((("area", ("产业协同方面",)),), tasks=28, documents=1))
        'area 产业协同方面, out of 28 tasks of 1 notice'
    """

    chosen: tuple[tuple[str, tuple[str, ...]], ...]
    tasks: int
    documents: int
    between_regions: tuple[str, ...] = ()

    def __str__(self) -> str:
        asked = "; ".join(f"{criterion} {', '.join(values)}" for criterion, values in self.chosen)
        tasks = f"{self.tasks} task{'s' if self.tasks != 1 else ''}"
        notices = f"{self.documents} notice{'s' if self.documents != 1 else ''}"
        return f"{asked}, out of {tasks} of {notices}"

    def said(self, lang: Language = "zh") -> str:
        """The part in a sentence for a reader, out of how much.

        Example:
            >>> Part((("area", ("产业协同方面",)),), tasks=28, documents=1).said("zh")
            '只统计所选部分：事项“产业协同方面”；全部有任务 28 项、文件 1 份，结对表未删减。'
        """
        chosen = word("semicolon", lang).join(
            word(f"part.{criterion}", lang, names=word("comma", lang).join(_shown(criterion, values, lang)))
            for criterion, values in self.chosen
        )
        return word("part.sentence", lang, chosen=chosen, tasks=self.tasks, documents=self.documents)

    def record(self) -> dict[str, Any]:
        """The part as JSON takes it."""
        return {
            "chosen": [[criterion, list(values)] for criterion, values in self.chosen],
            "tasks": self.tasks,
            "documents": self.documents,
            "between_regions": list(self.between_regions),
        }

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> Part:
        """The part that `record` gave.

        Raises:
            ValueError: It is no such record.
        """
        try:
            chosen = tuple((str(name), tuple(map(str, values))) for name, values in record["chosen"])
            between = tuple(map(str, record["between_regions"]))
            return cls(chosen, int(record["tasks"]), int(record["documents"]), between)
        except (KeyError, TypeError) as error:
            raise ValueError(f"a part without {error}") from error


def _shown(criterion: str, values: tuple[str, ...], lang: Language) -> tuple[str, ...]:
    """The values of a criterion as a reader sees them: roles by their word, names as they are."""
    return tuple(word(value, lang) for value in values) if criterion == "role" else values
