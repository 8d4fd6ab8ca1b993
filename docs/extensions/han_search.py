"""Search that finds Chinese words, also in files on the disk.

Chinese has no blanks between words, and a dictionary does not know 任务分解表 or 结对帮扶. So every two neighbouring
signs are one term (bigrams), in the index and, by the same rule in JavaScript, in what the reader types; all terms of a
query must be on a page. Single signs are terms too, for a query of one sign.
"""

from __future__ import annotations

import itertools
import re

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

HAN = "\u3400-\u9fff"
_RUNS = re.compile(rf"[{HAN}]+|[^\W{HAN}]+")


class HanSearch(SearchEnglish):
    """Bigrams for Chinese, English stems for the rest."""

    lang = "zh"
    language_name = "Chinese and English"
    js_splitter_code = rf"""
var splitQuery = (query) => (query.match(/[{HAN}]+|[^\s{HAN}\p{{P}}\p{{S}}]+/gu) || []).flatMap((run) =>
  /[{HAN}]/.test(run) && run.length > 1 ? [...run].slice(1).map((sign, at) => run[at] + sign) : [run]);
"""

    def split(self, input: str) -> list[str]:  # noqa: A002  # the name is Sphinx's
        """The terms of a text."""
        return [term for run in _RUNS.findall(input) for term in _terms(run)]

    def word_filter(self, word: str) -> bool:
        """Whether a term is kept: every one but English stopwords."""
        return bool(word) and word not in self.stopwords


def _terms(run: str) -> list[str]:
    if not re.match(f"[{HAN}]", run):
        return [run]
    return [*run, *(a + b for a, b in itertools.pairwise(run))]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the search; the last class of a language is the one that Sphinx takes."""
    app.add_search_language(HanSearch)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
