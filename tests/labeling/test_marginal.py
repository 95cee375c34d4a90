"""What functions are worth, on votes that can be counted by hand."""

from pathlib import Path

import numpy as np
import pytest

from labeling.browse import RowFilter
from labeling.dependence import Dependence
from labeling.execution.local import LocalExecutor
from labeling.marginal import marginal_values, sole_votes, without
from labeling.models.fires import fires_of
from labeling.pairs import by_cluster, pair_cells, pair_rows
from labeling.project import Project
from tests.projects import create, opened


def test_rows_that_one_function_alone_votes_on(project: Project) -> None:
    """Money alone has d and f, lunch c; free is never alone."""
    assert sole_votes(project.snapshot()) == {"money": 2, "lunch": 1, "free": 0}


def test_without_a_function_the_others_are_as_if_it_had_never_been() -> None:
    """The fires that are left say what fires of the other columns say."""
    rng = np.random.default_rng(3)
    votes = rng.integers(-1, 3, size=(300, 4)).astype(np.int8)
    gold = np.where(rng.random(300) < 0.2, rng.integers(0, 3, 300), -1).astype(np.int64)
    fires = fires_of(votes, 3, gold)
    others = np.delete(votes, 1, axis=1)
    alone = int(((votes[:, 1] >= 0) & (others < 0).all(axis=1)).sum())
    left, fresh = without(fires, 1, alone), fires_of(others, 3, gold)
    assert left.covered_rows == fresh.covered_rows
    assert left.counts.tolist() == fresh.counts.tolist()
    assert np.allclose(left.sampled_counts, fresh.sampled_counts)
    assert np.allclose(left.gold_right, fresh.gold_right)


def test_the_only_function_that_is_right_is_worth_most(
    tmp_path: Path, executor: LocalExecutor
) -> None:
    """Without money no spam is found any more; a second copy of lunch brings nothing."""
    from tests.projects import keyword

    lines = [f"r{i},{'money' if i % 2 else 'lunch'},{'spam' if i % 2 else 'ham'},dev,{i}"
             for i in range(60)]  # fmt: skip
    csv = "id,text,gold,split,score\n" + "\n".join(lines) + "\n"
    with opened(create(tmp_path / "p", csv), executor) as project:
        project.save_function(keyword("money", ("money",), "spam"))
        project.save_function(keyword("lunch", ("lunch",), "ham"))
        project.save_function(keyword("copy", ("lunch",), "ham"))
        values = {one.function: one for one in marginal_values(project.refresh())}
    assert {name: one.rows for name, one in values.items()} == {"money": 30, "lunch": 0, "copy": 0}
    assert values["money"].gold == 60
    assert values["money"].accuracy is not None
    assert values["copy"].accuracy == pytest.approx(0.0)
    assert values["money"].accuracy >= 0.2
    assert values["money"].log_loss > 10 * abs(values["copy"].log_loss)


def test_what_is_worked_out_is_dropped_when_votes_change(project: Project) -> None:
    """The values of before stay in sight until newer ones are there."""
    first = project.marginals.values()
    assert (first.value, first.pending) == (None, True)
    import time

    for _ in range(600):
        if not project.marginals.values().pending:
            break
        time.sleep(0.05)
    known = project.marginals.values()
    assert known.value is not None
    assert [one.function for one in known.value] == ["money", "lunch", "free"]
    project.remove_function("free")
    project.refresh()
    later = project.marginals.values()
    assert later.pending
    assert later.value == known.value


def test_cells_are_counted_by_hand_and_open_their_rows(project: Project) -> None:
    """Free meets lunch on b and h and differs on both; it meets money on a and agrees."""
    snapshot = project.snapshot()
    overlap = {(one.one, one.other): one.rows for one in pair_cells(snapshot, "overlap")}
    conflict = {(one.one, one.other): one.rows for one in pair_cells(snapshot, "conflict")}
    assert (overlap["free", "lunch"], overlap["free", "money"]) == (2, 1)
    assert (conflict["lunch", "free"], conflict["free", "money"]) == (2, 0)
    rows = pair_rows(snapshot, "free", "lunch", "conflict")
    assert pair_rows(snapshot, "free", "lunch", "conflict") is rows
    found = project.find_rows(RowFilter(only=rows))
    assert [row.text for row in found.rows] == ["free lunch today", "lunch, free of charge"]


def test_dependent_functions_stand_side_by_side() -> None:
    """One and three are copies; two is on its own."""
    excess = ((0.0, 0.1, 0.9), (0.1, 0.0, 0.0), (0.9, 0.0, 0.0))
    found = Dependence((), (), 3, 2.1, ("one", "two", "three"), excess)
    order = by_cluster(found)
    assert abs(order.index("one") - order.index("three")) == 1
