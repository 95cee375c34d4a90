"""Which labels would change if the votes of an unsaved function took their place."""

from labeling.evaluation import first_labels
from labeling.label_quality import labels_of
from labeling.models.running import RunningVotes
from labeling.snapshot import Snapshot
from labeling.vote_diff import VoteDiff, diff
from labeling.votes import LabelMatrix, Votes

_UNSAVED = "\N{BULLET} unsaved"
"""No function has this name: a bullet marks drafts."""


def label_diff(
    snapshot: Snapshot, counted: RunningVotes, replaces: str | None, votes: Votes
) -> VoteDiff | None:
    """Compare the labels of a snapshot with those after a change; None before the first fit.

    `votes` int8 (n,) take the place of those of `replaces`, or come to the others. `counted` is a
    copy of the votes behind the snapshot and is changed here. The label model is the same one,
    fitted anew; whether another one would be chosen then is not asked.
    """
    report = snapshot.model
    if report is None or (counted.n_rows, counted.n_classes) != (votes.size, len(snapshot.classes)):
        return None
    matrix = _with_votes(snapshot.model_matrix, replaces, votes)
    first = first_labels(
        counted,
        matrix,
        snapshot.dev_gold,
        report.model,
        report.seed,
        before=report,
        class_weights=snapshot.class_weights,
    )
    after = labels_of(first.posterior, matrix.covered, first.report.class_balance)
    return diff(snapshot.labels, after, snapshot.dev_gold)


def _with_votes(matrix: LabelMatrix, replaces: str | None, votes: Votes) -> LabelMatrix:
    columns = {name: matrix.column(name) for name in matrix.names}
    if replaces in columns:
        columns[replaces] = votes
    else:
        columns[_UNSAVED] = votes
    return LabelMatrix(columns, matrix.n_rows)
