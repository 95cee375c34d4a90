"""What to annotate next: the promises of every sampler, and the order that each gives."""

from dataclasses import replace

import numpy as np
import pytest

from labeling.sampling import SAMPLERS, SamplingContext
from labeling.sampling.by_votes import selected
from labeling.votes import LabelMatrix

# row                     0   1   2   3   4   5   6   7
A = np.array([+0, +0, +0, -1, -1, +1, +0, +0], dtype=np.int8)
B = np.array([+1, +0, +0, -1, -1, -1, +1, -1], dtype=np.int8)
C = np.array([-1, +0, +1, -1, -1, -1, +1, -1], dtype=np.int8)
FIRST_CLASS = np.array([0.5, 0.99, 0.7, 0.5, 0.5, 0.4, 0.3, 0.8])
LABELLED = np.array([0, 0, 0, 1, 0, 0, 0, 0], dtype=bool)
ELIGIBLE = np.array([1, 1, 1, 1, 1, 1, 1, 0], dtype=bool)


def context(labelled: np.ndarray = LABELLED, fitted: bool = True) -> SamplingContext:
    """Return a project of eight rows; row 3 is labelled, row 7 may not be annotated."""
    posterior = np.stack([FIRST_CLASS, 1 - FIRST_CLASS], axis=1) if fitted else None
    matrix, hits = LabelMatrix({"a": A, "b": B, "c": C}, 8), np.arange(8) % 2 == 0
    return SamplingContext(matrix, posterior, labelled, ELIGIBLE, found=hits)


def chosen(sampler: str, n: int, seed: int = 0, **changes: object) -> list[int]:
    """Return the rows that a sampler chooses."""
    where = context(**changes)  # type: ignore[arg-type]
    return SAMPLERS[sampler](where, n, np.random.default_rng(seed)).tolist()


@pytest.mark.parametrize("sampler", SAMPLERS)
@pytest.mark.parametrize("fitted", [True, False])
def test_only_candidates_each_once(sampler: str, fitted: bool) -> None:
    """No sampler returns a labelled row, a row out of bounds or a row twice."""
    found = chosen(sampler, 100, fitted=fitted)
    assert found
    assert len(set(found)) == len(found)
    assert set(found) <= {0, 1, 2, 4, 5, 6}


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_the_same_seed_chooses_the_same(sampler: str) -> None:
    """Choices are reproducible, and int64 row ids."""
    where = context()
    first = SAMPLERS[sampler](where, 3, np.random.default_rng(7))
    assert first.dtype == np.int64
    assert first.tolist() == chosen(sampler, 3, seed=7)


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_fewer_rows_when_exhausted(sampler: str) -> None:
    """With every row labelled there is nothing to choose; asking for none gives none."""
    assert chosen(sampler, 5, labelled=np.ones(8, dtype=bool)) == []
    assert chosen(sampler, 0) == []


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_a_project_without_functions(sampler: str) -> None:
    """No sampler fails before there are votes."""
    rows = np.ones(4, dtype=bool)
    empty = SamplingContext(LabelMatrix({}, 4), None, ~rows, rows)
    assert set(SAMPLERS[sampler](empty, 9, np.random.default_rng(0)).tolist()) <= {0, 1, 2, 3}


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_the_reason_is_one_sentence(sampler: str) -> None:
    """The annotator reads why a row was chosen."""
    reason = SAMPLERS[sampler].reason
    assert reason.endswith(".")
    assert reason.count(".") == 1


def test_random_takes_every_candidate() -> None:
    """Asked for enough, random returns all rows that may be annotated."""
    assert sorted(chosen("random", 100)) == [0, 1, 2, 4, 5, 6]


def test_uncovered_takes_rows_without_votes() -> None:
    """Rows 3 and 4 have no vote, and row 3 is labelled."""
    assert chosen("uncovered", 100) == [4]


def test_search_takes_the_hits() -> None:
    """Of rows 0, 2, 4 and 6 that were found, all may be annotated; without a search none is."""
    assert sorted(chosen("search", 100)) == [0, 2, 4, 6]
    nothing = replace(context(), found=None)
    assert SAMPLERS["search"](nothing, 9, np.random.default_rng(0)).tolist() == []


def test_selected_rows_come_by_how_unsure_their_labels_are() -> None:
    """With the power 1 a row of p = 0.5 is drawn 25 / 9 times as often as one of p = 0.9."""
    n = 2_000
    first = np.where(np.arange(n) < n // 2, 0.5, 0.9)
    posterior = np.stack([first, 1 - first], axis=1)
    nobody = np.zeros(n, dtype=bool)
    where = SamplingContext(LabelMatrix({}, n), posterior, nobody, ~nobody)
    design = selected(where, 100, np.random.default_rng(0), alpha=1.0)
    chances = design.chance(np.arange(n))
    assert chances.sum() == pytest.approx(100)
    assert chances[0] / chances[-1] == pytest.approx(0.25 / 0.09)
    assert design.rows.size == 100
    assert (design.rows < n // 2).sum() == pytest.approx(100 * 25 / 34, abs=1)


def test_uncertain_starts_with_the_least_sure() -> None:
    """Covered rows come by distance of the posterior from even."""
    assert chosen("uncertain", 100)[0] == 0
    assert chosen("uncertain", 100)[1] == 5
    assert set(chosen("uncertain", 4)[2:]) == {2, 6}
    assert chosen("uncertain", 100)[-1] == 1


def test_conflicting_starts_with_the_evenest_split() -> None:
    """Row 0 is split one to one; rows 2 and 6 two to one; no other row has a conflict."""
    found = chosen("conflicting", 100)
    assert found[0] == 0
    assert set(found[1:]) == {2, 6}


def test_informative_rows_measure_the_function_of_which_least_is_known() -> None:
    """Twenty gold rows speak for a and none for b: rows of b come first, then of both alike."""
    n = 60
    a, b = np.full(n, -1, dtype=np.int8), np.full(n, -1, dtype=np.int8)
    a[:40], b[40:] = 0, 1
    gold = np.full(n, -1, dtype=np.int8)
    gold[:20] = 0
    everything = np.ones(n, dtype=bool)
    where = SamplingContext(LabelMatrix({"a": a, "b": b}, n), None, gold >= 0, everything, gold)
    found = SAMPLERS["informative"](where, 12, np.random.default_rng(0))
    assert (found[:8] >= 40).all()


def test_informative_rows_narrow_intervals_faster_than_random_ones() -> None:
    """Rare functions are measured too: the widest interval after 60 labels is narrower."""
    rng = np.random.default_rng(3)
    n, coverage = 4_000, (0.6, 0.3, 0.05, 0.02, 0.01)
    columns = {
        f"f{j}": np.where(rng.random(n) < share, 0, -1).astype(np.int8)
        for j, share in enumerate(coverage)
    }
    nobody = np.zeros(n, dtype=bool)
    gold = np.full(n, -1, dtype=np.int8)
    where = SamplingContext(LabelMatrix(columns, n), None, nobody, ~nobody, gold)

    def fewest(sampler: str) -> int:
        rows = SAMPLERS[sampler](where, 60, np.random.default_rng(1))
        return min(int((column[rows] >= 0).sum()) for column in columns.values())

    assert fewest("informative") >= 12
    assert fewest("random") <= 4


def test_diverse_rows_are_of_every_kind_of_text() -> None:
    """Of four kinds, one of them rare, four rows show all."""
    kinds = ["the parcel is late", "my card was charged twice", "how do I log in", "colour of it"]
    texts = [kinds[0 if i % 20 else 3] if i % 2 else kinds[1 + i % 4 // 2] for i in range(200)]
    texts = [kinds[3] if i % 40 == 7 else text for i, text in enumerate(texts)]
    nobody = np.zeros(200, dtype=bool)
    where = SamplingContext(
        LabelMatrix({}, 200), None, nobody, ~nobody, texts=lambda rows: [texts[i] for i in rows]
    )
    found = SAMPLERS["diverse"](where, 4, np.random.default_rng(0))
    assert {texts[i] for i in found} == set(kinds)
    again = SAMPLERS["diverse"](where, 4, np.random.default_rng(0))
    assert found.tolist() == again.tolist()
