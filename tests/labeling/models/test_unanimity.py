"""The only class of every row follows the votes of single functions as they come and go."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from labeling.models.scores import sole_classes
from labeling.models.unanimity import Unanimity
from labeling.votes import Votes

COLUMNS = st.lists(
    arrays(np.int8, 40, elements=st.sampled_from([-2, -1, 0, 1, 2, 126, 127])),
    min_size=1,
    max_size=6,
)


def _assert_counted(unanimity: Unanimity, columns: list[Votes]) -> None:
    votes = np.maximum(np.stack(columns, axis=1), -1) if columns else np.empty((40, 0), np.int8)
    assert np.array_equal(unanimity.sole, sole_classes(votes))
    assert unanimity.covered_rows == (votes >= 0).any(axis=1).sum()


@given(COLUMNS, st.data())
@settings(max_examples=60, deadline=None)
def test_rows_of_one_class_are_known_after_functions_came_and_went(
    columns: list[Votes], data: st.DataObject
) -> None:
    all_of_them = Unanimity.of_no_votes(40).changed(columns, [])
    _assert_counted(all_of_them, columns)
    gone = data.draw(st.integers(0, len(columns) - 1))
    rest = columns[:gone] + columns[gone + 1 :]
    _assert_counted(all_of_them.changed([], [columns[gone]]), rest)
    _assert_counted(all_of_them, columns)
