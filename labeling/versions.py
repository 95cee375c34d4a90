"""The saved versions of a labeling function: what each one did, and how two of them differ.

Votes of earlier versions stay stored, so that a version can be judged beside today's other
functions and today's dev gold without running it again.
"""

import difflib
import json
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from labeling.analysis import FunctionStatistics, function_statistics
from labeling.browse import RowSet
from labeling.errors import ProjectError
from labeling.functions import LabelingFunction
from labeling.snapshot import Snapshot
from labeling.store import FunctionVersion, ModelFit, Store
from labeling.vote_diff import VoteDiff, diff
from labeling.votes import LabelMatrix, Votes

_KEPT_VOTES = 32
# No function may have a name with such characters, so these columns clash with none.
_HIGHEST, _LOWEST = "\x00highest", "\x00lowest"


@dataclass(frozen=True)
class VersionState:
    """One saved version, numbered from 1, the oldest.

    `rows` are those its stored votes are of: 0 where none are stored, fewer than the project has
    where rows were added since. `statistics` are of these rows, beside the present votes of the
    other functions and today's dev gold; None without votes. `fit_then` is the first recorded fit
    of the label model that had this version in it.
    """

    number: int
    saved: FunctionVersion
    present: bool
    rows: int
    statistics: FunctionStatistics | None
    fit_then: ModelFit | None


@dataclass(frozen=True, eq=False)
class Difference:
    """How version `after` differs from `before`, both by number.

    `code` is a unified diff, "" where the code is the same. `votes` is over the first `rows` rows,
    on which both have stored votes; None where one of them has none. `row_sets` opens what
    `votes` counts, by the names of its fields.
    """

    before: int
    after: int
    code: str
    rows: int
    votes: VoteDiff | None
    row_sets: dict[str, RowSet]


class Versions:
    """The versions of a project's functions. Used from any thread; votes and diffs are kept."""

    def __init__(
        self,
        store: Store,
        snapshot: Callable[[], Snapshot],
        put: Callable[[LabelingFunction, str], None],
    ) -> None:
        self._store = store
        self._snapshot = snapshot
        self._put = put
        self._votes: dict[tuple[str, object], Votes] = {}
        self._compared: tuple[tuple[object, ...], Votes, Difference] | None = None

    def of(self, name: str) -> tuple[VersionState, ...]:
        """Return every saved version of a function, oldest first."""
        snapshot, history = self._snapshot(), self._store.function_history(name)
        present = {function.name: function for function in self._store.functions()}.get(name)
        others = _others(snapshot.matrix, name)
        fits = self._first_fits()
        return tuple(
            self._state(
                number,
                saved,
                others,
                snapshot,
                fits,
                present=number == len(history) and saved.function == present,
            )
            for number, saved in enumerate(history, start=1)
        )

    def compare(self, name: str, before: int, after: int) -> Difference:
        """Return how two versions differ, by number; asked again, the same row sets come back."""
        first, second = self._numbered(name, before), self._numbered(name, after)
        gold = self._snapshot().dev_gold
        votes = [self._stored_votes(function) for function in (first, second)]
        key = (name, before, after, *(one.size for one in votes))
        kept = self._compared
        if kept and kept[0] == key and np.array_equal(kept[1], gold):
            return kept[2]
        rows = min(votes[0].size, votes[1].size, gold.size)
        found = diff(votes[0][:rows], votes[1][:rows], gold[:rows]) if rows else None
        difference = Difference(
            before,
            after,
            code_diff(first, second),
            rows,
            found,
            _row_sets(name, before, after, found) if found else {},
        )
        self._compared = (key, gold, difference)
        return difference

    def restore(self, name: str, number: int, author: str = "") -> LabelingFunction:
        """Save an earlier version once more, as the newest one; also where it was removed.

        Raises:
            ProjectError: there is no such version, or it is what is saved now.
        """
        function = self._numbered(name, number)
        if function in self._store.functions():
            raise ProjectError(
                f"Version {number} of {name} is what is saved now.",
                remedy="Choose an earlier version.",
            )
        self._put(function, author)
        return function

    def _numbered(self, name: str, number: int) -> LabelingFunction:
        history = self._store.function_history(name)
        if not 1 <= number <= len(history):
            raise ProjectError(
                f"{name} has no version {number}.",
                choices=[str(one) for one in range(1, len(history) + 1)],
            )
        return history[number - 1].function

    def _state(
        self,
        number: int,
        saved: FunctionVersion,
        others: dict[str, Votes],
        snapshot: Snapshot,
        fits: dict[str, ModelFit],
        *,
        present: bool,
    ) -> VersionState:
        votes = self._stored_votes(saved.function)[: snapshot.n_rows]
        rows, statistics = votes.size, None
        if rows:
            beside = {name: np.ascontiguousarray(column[:rows]) for name, column in others.items()}
            matrix = LabelMatrix({saved.function.name: votes, **beside}, rows)
            statistics = function_statistics(
                matrix, snapshot.dev_gold[:rows], len(snapshot.classes)
            )[0]
        fit = fits.get(saved.function.version)
        return VersionState(number, saved, present, rows, statistics, fit)

    def _stored_votes(self, function: LabelingFunction) -> Votes:
        """Return the votes of a version's whole run, empty where there is none."""
        run = self._store.run(function.version)
        if run is None or run.failure is not None:
            return np.empty(0, dtype=np.int8)
        key = (function.version, run.at)
        if key not in self._votes:
            while len(self._votes) >= _KEPT_VOTES:
                self._votes.pop(next(iter(self._votes)), None)
            self._votes[key] = self._store.votes(function.version)
        return self._votes[key]

    def _first_fits(self) -> dict[str, ModelFit]:
        """Return the oldest recorded fit of each version that was ever in the label model."""
        return {
            version: fit for fit in self._store.fits(limit=10_000) for version in fit.versions
        }  # newest first, so the oldest is what stays


def code_diff(before: LabelingFunction, after: LabelingFunction) -> str:
    """Return what changed in the code, as a unified diff without file names; "" for nothing.

    >>> first = LabelingFunction("f", "regex", '{"pattern": "a", "label": "ham"}')
    >>> print(code_diff(first, LabelingFunction("f", "regex", '{"pattern": "b", "label": "ham"}')))
    @@ -1,2 +1,2 @@
    -pattern: "a"
    +pattern: "b"
     label: "ham"
    """
    lines = difflib.unified_diff(_lines(before), _lines(after), lineterm="")
    return "\n".join(list(lines)[2:])


def _lines(function: LabelingFunction) -> list[str]:
    """Return the code line by line; parameters one a line, and lists one item a line."""
    if function.kind in ("python", "sql"):
        return function.source.splitlines()
    lines = []
    for name, value in json.loads(function.source).items():
        if isinstance(value, list):
            lines += [f"{name}:", *(f"  {_json(one)}" for one in value)]
        else:
            lines.append(f"{name}: {_json(value)}")
    return lines


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _others(matrix: LabelMatrix, name: str) -> dict[str, Votes]:
    """Return two columns that stand for all functions but `name`: highest and lowest vote a row.

    Beside these a version overlaps and conflicts exactly where it does beside all of them.
    """
    highest = np.full(matrix.n_rows, -1, dtype=np.int8)
    lowest = np.full(matrix.n_rows, 255, dtype=np.uint8)
    for other in matrix.names:
        if other != name:
            column = matrix.column(other)
            np.maximum(highest, column, out=highest)
            # Seen as uint8, every code that is no vote lies above every class code.
            np.minimum(lowest, column.view(np.uint8), out=lowest)
    return {_HIGHEST: highest, _LOWEST: lowest.view(np.int8)}


def _row_sets(name: str, before: int, after: int, votes: VoteDiff) -> dict[str, RowSet]:
    said = {
        "gained": "gained a vote",
        "lost": "lost its vote",
        "flipped": "flipped to another class",
        "gold_mended": "became right on dev gold",
        "gold_broken": "stopped being right on dev gold",
    }
    return {
        part: RowSet(f"{name}, version {before} → {after}: {what}", getattr(votes, part))
        for part, what in said.items()
    }
