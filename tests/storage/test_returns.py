"""Which return answered: kept with a run, added to by the next, gone with it."""

from dataclasses import replace

import numpy as np

from tests.storage.test_runs import result


def with_returns(votes, numbers, **changes):
    """Return a run that noted its returns."""
    return replace(result(votes, **changes), returns=np.array(numbers, dtype=np.uint8))


def test_numbers_come_back_as_they_were(store):
    """Of all rows, also those of a run that goes on where the first stopped."""
    store.save_run(with_returns([1, -1, 0], [1, 3, 254]))
    assert store.return_codes("v1").tolist() == [1, 3, 254]
    store.save_run(with_returns([0, 1], [2, 0], start=3))
    assert store.return_codes("v1").tolist() == [1, 3, 254, 2, 0]
    assert store.return_codes("v1").dtype == np.uint8


def test_numbers_of_some_rows_are_not_taken_for_those_of_all(store):
    """A run that noted nothing leaves a gap."""
    store.save_run(with_returns([1, 1], [1, 1]))
    store.save_run(result([1], start=2))
    assert store.return_codes("v1") is None
    store.save_run(with_returns([0], [2], start=3))
    assert store.return_codes("v1") is None


def test_numbers_are_replaced_and_forgotten_with_their_run(store):
    """A run from row 0 takes the place of the last one."""
    assert store.return_codes("v1") is None
    store.save_run(with_returns([1, 1], [1, 1]))
    store.save_run(with_returns([1, 1], [2, 2]))
    assert store.return_codes("v1").tolist() == [2, 2]
    store.save_run(result([1, 1]))
    assert store.return_codes("v1") is None
    store.save_run(with_returns([1, 1], [1, 1]))
    store.forget_runs()
    assert store.return_codes("v1") is None
