"""Test gold: how good labels and functions are on rows that nothing was tuned on.

Each look is an explicit act that is logged with who, when and what was seen. Whatever is changed
after a look may have learned from it, so the log says what that was.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

from labeling.counted import counted
from labeling.end_inputs import is_outdated
from labeling.errors import ProjectError
from labeling.intervals import wilson
from labeling.models.comparison import credit
from labeling.past import Look
from labeling.per_snapshot import PerSnapshot
from labeling.snapshot import Snapshot
from labeling.store import Store


@dataclass(frozen=True)
class Right:
    """How many of `rows` test gold rows are labelled rightly; a tie of t classes counts 1/t."""

    name: str
    right: float
    rows: int

    @property
    def share(self) -> float | None:
        """The share of right labels, None without rows."""
        return self.right / self.rows if self.rows else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the share (Wilson), None without rows."""
        return wilson(self.right, self.rows) if self.rows else None


@dataclass(frozen=True)
class HeldOutFigures:
    """What a look at test gold showed.

    `rows` have test gold, `covered` of them a vote. `labels` and `majority` are the label model and
    majority vote on the covered ones, `end_model` the end model on all of them, None where none was
    trained or it is out of date; `functions` each function where it votes.
    """

    rows: int
    covered: int
    labels: Right
    majority: Right
    end_model: Right | None
    functions: tuple[Right, ...]

    @property
    def says(self) -> str:
        """The figures that matter most, in a few words.

        >>> labels, most = Right("auto", 45, 50), Right("majority", 40, 50)
        >>> HeldOutFigures(60, 50, labels, most, None, ()).says
        '45.0 of 50 labels right (90.0 %), by majority vote 40.0'
        """
        share = self.labels.share
        if share is None:
            return f"no label on {counted(self.rows, 'row')}"
        return (
            f"{self.labels.right:,.1f} of {self.covered:,} labels right ({100 * share:.1f} %), "
            f"by majority vote {self.majority.right:,.1f}"
        )


class HeldOut:
    """The test gold of a project. Used from any thread."""

    def __init__(
        self,
        store: Store,
        settled: Callable[[], Snapshot],
        announce: Callable[[], None],
    ) -> None:
        """`settled` waits for judged labels; `announce` tells pages of a new look."""
        self._store, self._settled, self._announce = store, settled, announce
        self._looks: PerSnapshot[None, tuple[Look, ...]] = PerSnapshot(
            lambda _snapshot, _question: store.looks(), most=1
        )

    def looks(self, snapshot: Snapshot) -> tuple[Look, ...]:
        """Return every look up to a snapshot, oldest first, with what was changed after it."""
        return self._looks.get(snapshot, None)

    def look(self, author: str) -> HeldOutFigures:
        """Open the figures on test gold, and log who did.

        Raises:
            ProjectError: there is no test gold, or nobody is named.
            LabelwrightError: the labels are not ready yet.
        """
        if not author.strip():
            raise ProjectError(
                "A look at test gold is logged with a name, and none was given.",
                remedy="Say who you are first (on the command line: --author NAME).",
            )
        snapshot = self._settled()
        gold = self._store.gold()
        if not gold.is_test.any():
            raise ProjectError(
                "This project has no test gold.",
                remedy="Import rows with a gold column and a split column that says test for some.",
            )
        rows, codes = gold.row_ids[gold.is_test], gold.codes[gold.is_test].astype(np.int64)
        figures = self._figures(snapshot, rows, codes)
        self._store.save_look(json.dumps(asdict(figures), ensure_ascii=False), author.strip())
        self._announce()
        return figures

    def _figures(
        self, snapshot: Snapshot, rows: npt.NDArray[np.int64], gold: npt.NDArray[np.int64]
    ) -> HeldOutFigures:
        matrix = snapshot.model_matrix
        votes = np.empty((len(matrix.names), rows.size), dtype=np.int8)
        for place, name in enumerate(matrix.names):
            votes[place] = matrix.column(name)[rows]
        classes = range(len(snapshot.classes))
        counts = np.stack([(votes == code).sum(axis=0) for code in classes], axis=1)
        covered = matrix.covered[rows]
        return HeldOutFigures(
            rows=int(rows.size),
            covered=int(covered.sum()),
            labels=_right("label model", _posterior(snapshot, rows)[covered], gold[covered]),
            majority=_right("majority vote", counts[covered].astype(np.float64), gold[covered]),
            end_model=self._end_model(snapshot, rows, gold),
            functions=tuple(
                _function(name, snapshot.matrix.column(name)[rows], gold)
                for name in snapshot.matrix.names
            ),
        )

    def _end_model(
        self, snapshot: Snapshot, rows: npt.NDArray[np.int64], gold: npt.NDArray[np.int64]
    ) -> Right | None:
        labels = snapshot.end_model.labels
        if labels is None or is_outdated(snapshot):
            return None
        return _right("end model", labels.probabilities[rows].astype(np.float64), gold)


def figures_from_json(text: str) -> HeldOutFigures:
    """Return the figures of a look as the log keeps them."""
    found = json.loads(text)
    for name in ("labels", "majority", "end_model"):
        found[name] = None if found[name] is None else Right(**found[name])
    found["functions"] = tuple(Right(**one) for one in found["functions"])
    return HeldOutFigures(**found)


def _posterior(snapshot: Snapshot, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    if snapshot.posterior is None:
        return np.zeros((rows.size, len(snapshot.classes)))
    return snapshot.posterior[rows]


def _right(name: str, leaning: npt.NDArray[np.float64], gold: npt.NDArray[np.int64]) -> Right:
    """Return how often the class that each row leans to most, (r, k), is its gold, (r,)."""
    right = float(credit(leaning, gold).sum()) if gold.size else 0.0
    return Right(name, right, int(gold.size))


def _function(name: str, votes: npt.NDArray[np.int8], gold: npt.NDArray[np.int64]) -> Right:
    voted = votes >= 0
    return Right(name, float((votes[voted] == gold[voted]).sum()), int(voted.sum()))
