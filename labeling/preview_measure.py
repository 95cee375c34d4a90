"""What the votes of a preview are measured against."""

import numpy as np
import numpy.typing as npt

from labeling.analysis import FunctionStatistics
from labeling.live_counts import Gold, LiveCounts, statistics_beside
from labeling.runs import NOT_RUN
from labeling.snapshot import Snapshot
from labeling.vote_diff import VoteDiff, diff
from labeling.votes import Votes


class PreviewMeasure:
    """What votes are measured against: the other functions, dev gold, and the saved version."""

    def __init__(self, snapshot: Snapshot, replaces: str | None) -> None:
        self._snapshot = snapshot
        self._gold = Gold(snapshot.dev_gold)
        counts = LiveCounts(snapshot.matrix, len(snapshot.classes))
        self._others = counts.others(replaces)
        state = snapshot.state(replaces) if replaces is not None else None
        ran = state is not None and state.status in ("ready", "errors")
        saved = replaces in snapshot.matrix.names and ran
        self._saved = snapshot.matrix.column(replaces) if saved and replaces else None
        self.before = state.statistics if state is not None and saved else None

    def statistics(self, name: str, votes: Votes, rows: int) -> FunctionStatistics:
        """Return the figures of `votes`, int8 (n,), NOT_RUN on all but `rows` rows."""
        n_classes = len(self._snapshot.classes)
        return statistics_beside(name, votes, self._others, self._gold, rows, n_classes)

    def diff(self, votes: Votes, seen: npt.NDArray[np.bool_]) -> VoteDiff | None:
        """Compare `votes` with the saved ones on the rows `seen`, bool (n,); None without any."""
        if self._saved is None:
            return None
        return diff(np.where(seen, self._saved, NOT_RUN), votes, self._snapshot.dev_gold)
