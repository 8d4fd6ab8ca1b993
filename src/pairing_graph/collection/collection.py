"""A collection of notices on disk, and what is asked of it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pandas as pd

from pairing_graph.base.errors import refuse_unknown
from pairing_graph.base.words import Language
from pairing_graph.collection import adding
from pairing_graph.collection.collecting import Again, Progress, Reading, killed, noted_path
from pairing_graph.collection.decisions import Decisions, given_decisions, kept_decisions
from pairing_graph.collection.folder import Lease, changing
from pairing_graph.collection.identity import LEAST as SUCCESSOR
from pairing_graph.collection.identity import suggested_aliases
from pairing_graph.collection.index import INDEX, Index
from pairing_graph.collection.pool import in_order
from pairing_graph.collection.reading import Choices
from pairing_graph.collection.relations import Relations
from pairing_graph.collection.repeated import ALIKE, repeated_notices
from pairing_graph.collection.repeated_book import decided_files, write_repeated
from pairing_graph.collection.repeated_book import refuse_suffix as refuse_table_suffix
from pairing_graph.collection.review import review_queue
from pairing_graph.collection.review_book import written_queue
from pairing_graph.collection.segments import compact, sort_incoming
from pairing_graph.collection.selecting import Years, selected
from pairing_graph.collection.spark import SparkRelations, in_order_on_spark
from pairing_graph.collection.versions import versions_of
from pairing_graph.kb.knowledge_base import KnowledgeBase, Names
from pairing_graph.readers.limits import Limits
from pairing_graph.reading.notice_files import Paths, notice_files
from pairing_graph.reading.notices import reading_options
from pairing_graph.reading.options import Qualifier

if TYPE_CHECKING:
    from pairing_graph.page.notebook import PageView

DOUBTS_SHOWN = 500
"""Doubts in a queue unless another number is given: a day's work at one a minute."""


class Collection:
    """Many notices on disk: the eight tables in Parquet by year and province, and an index of what was read.

    The folder is made by `add`. Measures take a collection as they take a knowledge base; `select` gives a part of it
    as a knowledge base, for everything else.

    Args:
        folder: Where it is, or will be.
        spark: A session of PySpark: then notices are read by its workers, and the tables and what measures give are its
            DataFrames. The workers need this package, and have to see the folder and the notices.
        memory: What DuckDB may take for a measure before it puts the rest on the disk, such as `4GB`; four fifths of the
            machine's without one.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     collection = Collection(folder)
        ...     print(collection.add("data/raw/wuxi-yuzhong-2022.txt", workers=1))
        ...     len(collection), len(collection.select(region="巫溪县").tasks)
        1 read
        (1, 28)
    """

    def __init__(self, folder: str | Path, *, spark: Any = None, memory: str = "") -> None:
        self.folder = Path(folder)
        self._spark = spark
        self._memory = memory
        self._lease: Lease | None = None

    def __repr__(self) -> str:
        if not (self.folder / INDEX).is_file():
            return f"Collection({str(self.folder)!r}): nothing yet"
        with Index(self.folder) as index:
            counts = index.counts()
        failed = f", {counts['failures']} could not be read" if counts["failures"] else ""
        return f"Collection({str(self.folder)!r}): {counts['notices']} notices of {counts['files']} files{failed}"

    def __len__(self) -> int:
        """The number of notices."""
        if not (self.folder / INDEX).is_file():
            return 0
        with Index(self.folder) as index:
            return index.counts()["notices"]

    def add(
        self,
        paths: Paths = (),
        *,
        workers: int | None = None,
        qualifier: Qualifier = "base",
        aliases: str | Path | None = None,
        headers: str | Path | None = None,
        corrections: str | Path | None = None,
        limits: Limits | None = None,
        again: Again | None = None,
        progress: bool | None = None,
    ) -> Progress:
        """Read notices into it, in parallel; what was read before is not read again, what changed since is.

        It can be interrupted or killed at any moment and called again: what was written stays, and the end is the same
        as without the interruption. Two calls on one folder wait for each other. A file that fails is noted with the
        reason (`failures`), and read again only when it has changed.

        Args:
            paths: Files, folders and patterns, one or several, as in `read_notices`; folders with all beneath them.
                None are needed where aliases or corrections are given.
            workers: Processes; by default one for each core. 1 reads in this process. Spark has its own.
            qualifier: As in `read_notice`; the same for all notices of a collection, as are `headers` and `limits`.
            aliases: As in `read_notice`. They are kept with those of earlier calls and hold for later ones; notices
                that they are about are read again, the others stay.
            headers: As in `read_notice`.
            corrections: As in `read_notices`; kept and applied as aliases are. A later row about the same place counts.
            limits: As in `read_notice`.
            again: `older` also reads files again that an older version of this package read, or could not read
                (`versions`), and leaves what it cannot read; without it, only what is new or changed.
            progress: Whether a progress bar is shown; by default in a terminal or notebook.

        Returns:
            How many notices were read, and how many files were unchanged, repeated, changed, or failed.

        Raises:
            UnknownNameError: `again` is something else.
            FileError: No file was given, there is none and never was; the folder is no collection, cannot be written, or
                was read with other choices.
            CorrectionError: A notice that was read before cannot be read with the corrections or aliases; nothing is
                changed then.
            KeyboardInterrupt: It was interrupted; what was read is kept, and its `progress` says how many.
        """
        if again is not None:
            refuse_unknown("There are no such files to read again", "again", again, get_args(Again))
        given = given_decisions(aliases, corrections, alone=paths == ())
        files = [] if paths == () and given != Decisions() else notice_files(paths, deep=True)
        return adding.add(
            self.folder,
            files,
            given,
            Choices(reading_options(qualifier, None, headers), (), limits),
            reading=self._reading(workers or _cores()),
            workers=workers or _cores(),
            again=again,
            shown=progress,
        )

    def withdraw(
        self,
        *,
        aliases: str | Path | None = None,
        corrections: str | Path | None = None,
        workers: int | None = None,
        qualifier: Qualifier = "base",
        headers: str | Path | None = None,
        limits: Limits | None = None,
    ) -> Progress:
        """Take back aliases or corrections that were given to `add`; the notices that they were about are read again.

        Args:
            aliases: A table with the rows to be taken back, as it was given.
            corrections: A sheet with the rows to be taken back, as it was given.
            workers: As in `add`, as are the others, which have to be the same.
            qualifier: As in `add`.
            headers: As in `add`.
            limits: As in `add`.

        Raises:
            FileError: A table cannot be read, or the choices are other ones.
            CorrectionError: A notice cannot be read without them; nothing is changed then.
        """
        given = given_decisions(aliases, corrections, alone=True)
        choices = Choices(reading_options(qualifier, None, headers), (), limits)
        return adding.withdraw(self.folder, given, choices, workers=workers or _cores())

    @property
    def decisions(self) -> dict[str, pd.DataFrame]:
        """The corrections and the aliases that hold, as tables that `read_notices` and `add` take."""
        with Index(self.folder) as index:
            return kept_decisions(index).frames()

    def remove(self, paths: Iterable[str | Path] = (), *, decided: pd.DataFrame | str | Path | None = None) -> None:
        """Take notices out, by the files that they were read from; a file that is not in it is passed over.

        Args:
            paths: The files. They are forgotten: given to `add` again, they are read again.
            decided: A table of `repeated` whose column `decision` was filled in, or the file that it was written to:
                where it says 是 (yes), the repeated file is left out, and `add` passes over it until it changes.

        Raises:
            FileError: A decision is not understood, or about a file that is not in the collection.
        """
        aside = [] if decided is None else decided_files(decided)
        with changing(self.folder) as index, index.change():
            for path in paths:
                index.forget_file(noted_path(Path(path), self.folder))
            for noted in aside:
                index.set_aside(noted)

    def repeated(self, path: str | Path | None = None, *, alike: float = ALIKE) -> pd.DataFrame:
        """Notices that were found again under other bytes: which would be kept, which is the repeated one, how alike.

        Two notices are compared where they have the same official number, or the same region and year and one of the
        4 smallest checksums of their tasks in common (a bottom-k sketch, Broder 1997), so that not all are compared
        with all. The score is RapidFuzz's ratio of their words (`2·M/T`, M the characters in common in order, T those
        of both), letters and digits only, from 0 to 100. Nothing is taken out: write 是 (yes) into `decision` and give
        the table, or its file, to `remove(decided=…)`. Written again, the file keeps its decisions.

        Args:
            path: Where to write the table, `.csv` or `.xlsx`; without one nothing is written.
            alike: The score from which texts of different numbers are one notice's; those of the same number are
                listed whatever theirs is.

        Returns:
            One row per pair, the most alike first: kept (of which more was read, else the one read first), repeated,
            basis (number, text, number+text, bytes: the same bytes, which were read once), score, facts_kept and
            facts_repeated (assignments, pairings and targets read), file_kept, file_repeated, decision (empty).
            `attrs` names the method and how many blocks of alike notices were too large to compare.

            What it does not say: that the notices not listed are all different.

        Raises:
            FileError: The suffix is another one, the file is another table, or it cannot be written.
            MissingExtraError: RapidFuzz is not installed.
        """
        if path is not None:
            refuse_table_suffix(path)
        table = repeated_notices(self.folder, alike)
        if path is not None:
            with Index(self.folder) as index:
                table = write_repeated(table, Path(path), index.checksums())
        return table

    def suggest_aliases(
        self, path: str | Path | None = None, *, least: float = SUCCESSOR, lang: Language = "zh"
    ) -> pd.DataFrame:
        """Suggest which names are one body's over years and notices: a table of aliases to decide in, row by row.

        Within a region: names that say the same in another form, as `pg.suggest_aliases` finds them; and names of the
        same line (without one: that begin with the same sign) of which one is not named any more once the other is.
        Nothing is merged. Write 是 (yes) or 否 (no) into `decision` and give the file to `add(aliases=file)`: the notices
        that name either are read again, the others stay. Written again, the file keeps its rows with a decision.

        Args:
            path: Where to write the table, `.csv` or `.xlsx`; without one nothing is written.
            least: The score from which a later name is suggested; the only one of a line that is there once the other has
                gone is suggested whatever its score (县扶贫办 → 县乡村振兴局).
            lang: The language of the reasons.

        Returns:
            One row per suggestion, the highest score first: region, alias, name, score (RapidFuzz's ratio of the two
            names, 0 to 100), reading (same_body, renamed: the name begins after the alias ends, merged: it was there
            before), reason, years (first and last of each), notices (with the alias), address, decision (empty).
            `attrs["renamed_places"]` are regions that are called otherwise today: an alias does not reach over them.

            What it does not say: that the body is the same: a new one may have taken over a name.

        Raises:
            FileError: The suffix is another one, or the file is no table of aliases.
            MissingExtraError: RapidFuzz is not installed.
        """
        return suggested_aliases(self.folder, path, least, lang)

    def compact(self) -> None:
        """Write every partition anew as one file, without what was replaced; after many calls of `add`."""
        with changing(self.folder) as index:
            sort_incoming(self.folder, index)
            compact(self.folder, index)

    def review(
        self, path: str | Path | None = None, *, most: int = DOUBTS_SHOWN, lang: Language = "zh"
    ) -> pd.DataFrame:
        """The queue of doubts: what is in doubt or was not read, that first on which most rows depend.

        A row of the assignments, pairings and targets depends on a doubt where it cites its place or a place within
        (of a merged cell: where that supplied it); where no row does, those of the same row of the table depend on it;
        one at the least. On a file that could not be read depend as many as a notice has at the median. The
        priority is their number, times 2 for a loss, which is missing from every number, times 1 for a doubt, which
        may be right. Weights of our own.

        Fill in `value`, which takes the place of the whole cell or paragraph (`expected`), and `reason`; change `column`
        where not the words but a column of a table is to be corrected; and give the file to `add(corrections=…)`: the
        notices concerned are read again. Rows that are not filled in are passed over. Written again, the file keeps its
        filled rows. What a correction cannot mend (a file that could not be read) says in `meaning` what to do.

        Args:
            path: Where to write it: `.xlsx` or `.csv`; without one nothing is written.
            most: The rows that it has at the most.
            lang: The language of what the doubts mean, and of the headings.

        Returns:
            One row per doubt: priority, depends, severity (loss, doubt), doubt (the reason as in `unread`), meaning,
            words; address (the paragraph or cell to correct), column (text), expected (its words now), value and
            reason (empty), document, file. `attrs` says how many doubts there are in all.

            What it does not say: that what is not listed was read correctly.

        Raises:
            FileError: The suffix is another one, the file is another table, or it cannot be written.
            MissingExtraError: openpyxl is not installed, for a workbook.
        """
        if path is None:
            return review_queue(self.folder, most, lang)
        return written_queue(self.folder, Path(path), most, lang)

    @property
    def failures(self) -> dict[str, str]:
        """The files that could not be read, each with the reason."""
        with Index(self.folder) as index:
            return dict(index.failures())

    @property
    def versions(self) -> pd.DataFrame:
        """The version of this package that read each file, so that one can ask which an older one read.

        A frame of one row per file: file, document (its notice; missing where there is none), program (empty where an
        early version did not note it), format (the version of the eight tables), older (than the one that is running).
        `add(…, again="older")` reads those again.
        """
        return versions_of(self.folder)

    @property
    def files(self) -> pd.DataFrame:
        """Every file that was read, by its path from the folder of the collection: its notice, or why it has none.

        `documents.file` has the name of the file alone, as it has for a notice that was read by itself. A file without
        a notice and without a failure was left out (`remove`).
        """
        with Index(self.folder) as index:
            rows = index.notices_of_files()
        return pd.DataFrame(rows, columns=["file", "document", "failure"], dtype="object")

    @property
    def tables(self) -> Mapping[str, Any]:
        """The eight tables as DuckDB relations, or DataFrames of Spark, not yet computed; the units each once.

        They are as the collection is now, whatever is added later, in this process or another.
        """
        return self.engine_tables.named()

    @property
    def engine_tables(self) -> Relations | SparkRelations:
        """The tables for measures, with integer codes; as they are now, whatever is added later.

        Files that were replaced since stay as long as a table, or what was made of it, is referred to; on Spark as long
        as this collection is. The next call that adds or compacts removes them then.
        """
        if self._spark is None:
            return Relations(self.folder, self._memory)
        self._lease = self._lease or Lease(self.folder)
        return SparkRelations(self.folder, self._spark)

    def select(
        self,
        *,
        year: Years = (),
        province: Names = (),
        document: Names = (),
        region: Names = (),
        area: Names = (),
        unit: Names = (),
        role: Names = (),
        line: Names = (),
        neighbourhood: Names = (),
    ) -> KnowledgeBase:
        """A part as a knowledge base, with its sources; only the notices that may fit are opened.

        Args:
            year: Years of issue: of the date, else of the official number, else of the title, as in `panel`.
            province: Provinces, by name or the first two digits of their code: the notices whose first region lies in
                one (under it they are kept), and those that name a unit of one.
            document: As in `KnowledgeBase.select`, as are the others.
            region: Regions of units.
            area: Areas of tasks.
            unit: Units by their full names.
            role: Roles.
            line: Functional lines.
            neighbourhood: Units by their full names: every notice that names one of them or one of their partners (the
                units that they are paired with), whole.

        Raises:
            UnknownNameError: Nothing fits, or nothing was asked for.
        """
        criteria = {"document": document, "region": region, "area": area, "unit": unit, "role": role, "line": line}
        return selected(self.folder, year, province, neighbourhood, criteria)

    def page_view(self, path: str | Path | None, lang: Language, height: int) -> PageView:
        """The overview in a notebook, as `show` gives it.

        Args:
            path: Where it is written too, with pages of notices beside it; None writes nothing.
            lang: The language.
            height: Height of the frame in pixels.
        """
        from pairing_graph.collection.overview.write import view_overview

        return view_overview(self, path, lang, height)

    def _reading(self, workers: int) -> Reading:
        if self._spark is not None:
            return partial(in_order_on_spark, spark=self._spark)
        return partial(in_order, workers=workers, killed=killed)


def _cores() -> int:
    return os.cpu_count() or 1
