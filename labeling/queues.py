"""The queues of rows that annotators work off: which rows come next, to whom, and how drawn."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from labeling.assignment_store import Batch
from labeling.assignments import Assignments
from labeling.browse import RowFilter
from labeling.errors import ProjectError
from labeling.leases import NOBODY, Holder
from labeling.sampling import SAMPLERS, SamplingContext
from labeling.sampling.queue import DrawnRow, fill, row_ids_of, with_checks
from labeling.snapshot import Snapshot
from labeling.store import Store

BATCH_SAMPLERS = tuple(name for name in SAMPLERS if name != "search")
"""A batch has no search of its own."""
RANDOM_SHARE = 0.1
_RANDOM_SHARE = "random_share"

Mask = npt.NDArray[np.bool_]
MatchingRows = Callable[[RowFilter], npt.NDArray[np.int64]]


class Queues:
    """Draws the rows of a project's queues. Used from any thread."""

    def __init__(
        self,
        store: Store,
        snapshot: Callable[[], Snapshot],
        assignments: Assignments,
        known: Callable[[], Mask],
        matching: MatchingRows,
    ) -> None:
        """`known` tells the rows that may check annotators, `matching` those of a filter."""
        self._store, self._snapshot, self._assignments = store, snapshot, assignments
        self._known, self._matching = known, matching

    def random_share(self) -> float:
        """Return which share of the rows of every sampler is drawn at random."""
        saved = self._store.setting(_RANDOM_SHARE)
        return RANDOM_SHARE if saved is None else float(saved)

    def set_random_share(self, share: float, author: str = "") -> None:
        """Draw so many of all rows at random from now on; 0 leaves all to the samplers.

        Raises:
            ProjectError: the share is out of range.
        """
        if not 0 <= share <= 1:
            raise ProjectError(
                f"{share} cannot be the share of rows that are drawn at random.",
                remedy="Give a number from 0 to 1.",
            )
        if share != self.random_share():
            self._store.save_setting(_RANDOM_SHARE, str(share), author)

    def draw(
        self,
        sampler: str,
        count: int,
        seed: int = 0,
        leave_out: Sequence[int] = (),
        holder: Holder = NOBODY,
        search: RowFilter | None = None,
    ) -> tuple[DrawnRow, ...]:
        """Draw rows worth annotating next, never test rows, and lease them to `holder`.

        Rows with imported gold are among them only as checks of the annotator, where the project
        mixes them in. The queue of `holder` has the rows `leave_out` already. `search` says of
        which rows the sampler "search" draws.

        Raises:
            ProjectError: there is no such sampler.
        """
        if sampler not in SAMPLERS:
            raise ProjectError(f"Unknown way to choose rows: {sampler!r}.", choices=list(SAMPLERS))
        snapshot = self._snapshot()
        checks = self._checks()
        share, found = self.random_share(), self._found(snapshot, search)
        drawn: tuple[DrawnRow, ...] = ()

        def choose(closed: Mask) -> npt.NDArray[np.int64]:
            nonlocal drawn
            context = self._context(snapshot, closed, found)
            # Another draw each time, or chances would not be independent from queue to queue.
            rng = np.random.default_rng((seed, int(closed.sum())))
            rows = fill(context, sampler, count, share, rng)
            if checks is not None:
                known = checks & ~closed[: checks.size]
                rows = with_checks(rows, known, self._assignments.check_share(), rng)
            drawn = rows
            return row_ids_of(drawn)

        waiting = np.asarray(leave_out, dtype=np.int64)
        granted = self._assignments.grant(holder, waiting, choose, checks, count).tolist()
        found_now = {row.row_id: row for row in drawn}
        batch = self._assignments.batch_draws(holder.annotator)
        return tuple(found_now.get(row) or DrawnRow(row, batch.get(row)) for row in granted)

    def give_batch(
        self, annotator: str, count: int, sampler: str = "random", seed: int = 0, author: str = ""
    ) -> Batch:
        """Draw rows that this person alone gets, before those of the open queue.

        There are fewer than `count` where fewer are left.

        Raises:
            ProjectError: there is no such sampler, no row is left, or the name is nobody's.
        """
        if sampler not in BATCH_SAMPLERS:
            raise ProjectError(
                f"Unknown way to choose a batch: {sampler!r}.", choices=list(BATCH_SAMPLERS)
            )
        if count < 1:
            raise ProjectError(f"A batch cannot have {count} rows.", remedy="Give 1 or more.")
        snapshot, share = self._snapshot(), self.random_share()

        def draw(closed: Mask) -> tuple[DrawnRow, ...]:
            rng = np.random.default_rng((seed, int(closed.sum())))
            return fill(self._context(snapshot, closed, None), sampler, count, share, rng)

        return self._assignments.give_batch(annotator, draw, sampler, author)

    def still_wanted(self, row_ids: Sequence[int], holder: Holder) -> list[int]:
        """Return those of the rows that wait in a queue that its holder is still to annotate."""
        return self._assignments.keep(holder, row_ids, self._checks())

    def _context(self, snapshot: Snapshot, closed: Mask, found: Mask | None) -> SamplingContext:
        return SamplingContext(
            matrix=snapshot.model_matrix,
            posterior=snapshot.posterior,
            labelled=snapshot.imported_gold | closed[: snapshot.n_rows],
            eligible=~snapshot.is_test,
            gold=snapshot.dev_gold,
            texts=self._texts,
            found=found,
        )

    def _found(self, snapshot: Snapshot, search: RowFilter | None) -> Mask | None:
        if search is None:
            return None
        found = np.zeros(snapshot.n_rows, dtype=np.bool_)
        rows = self._matching(search)
        found[rows[rows < snapshot.n_rows]] = True
        return found

    def _checks(self) -> Mask | None:
        """Return the rows that may check every annotator, None where none are mixed in."""
        return self._known() if self._assignments.check_share() > 0 else None

    def _texts(self, row_ids: npt.NDArray[np.int64]) -> list[str]:
        column = self._store.info().text_column
        return [str(text or "") for text in self._store.read_rows(row_ids)[column].to_pylist()]
