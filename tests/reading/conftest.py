"""What the tests of reading share: every document of the corpus is read once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from pairing_graph.kb.knowledge_base import KnowledgeBase
from pairing_graph.reading.notices import read_notice


@pytest.fixture(scope="session")
def reading() -> Callable[[Path], KnowledgeBase]:
    """The knowledge base of the notice in a folder; whoever asks again gets the same one."""
    return cache(lambda folder: read_notice(next(folder.glob("notice.*"))))
