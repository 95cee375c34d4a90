"""Queues of rows: what is said of how likely each row was to be drawn is true."""

import numpy as np
import pytest
from sklearn.cluster import MiniBatchKMeans
from threadpoolctl import threadpool_info, threadpool_limits

from labeling.sampling import SAMPLERS, SamplingContext
from labeling.sampling.queue import DrawnRow, fill, row_ids_of, with_checks
from labeling.votes import LabelMatrix

N, BATCH, SHARE = 60, 12, 0.25
CLUSTERED = frozenset({"diverse"})
"""The samplers that take long: they draw fewer queues here."""


class CountedThreads(MiniBatchKMeans):  # type: ignore[misc]
    """Clusters, and notes how many threads it may take."""

    seen: set[int]

    def fit(self, *rows: object) -> MiniBatchKMeans:
        """Note the threads, and fit."""
        self._count()
        return super().fit(*rows)

    def predict(self, *rows: object) -> object:
        """Note the threads, and predict."""
        self._count()
        return super().predict(*rows)

    def _count(self) -> None:
        pools = [pool for pool in threadpool_info() if pool["user_api"] == "openmp"]
        self.seen.update(pool["num_threads"] for pool in pools)


@pytest.fixture(scope="module")
def context() -> SamplingContext:
    """Sixty rows with two overlapping functions; a sixth is labelled, and some are for test."""
    rng = np.random.default_rng(5)
    a = np.where(rng.random(N) < 0.5, rng.integers(0, 2, N), -1).astype(np.int8)
    b = np.where(rng.random(N) < 0.4, rng.integers(0, 2, N), -1).astype(np.int8)
    first = np.round(rng.random(N), 1)
    kinds = ["late parcel", "card charged twice", "log in please"]
    return SamplingContext(
        LabelMatrix({"a": a, "b": b}, N),
        np.stack([first, 1 - first], axis=1),
        labelled=np.arange(N) % 6 == 0,
        eligible=np.arange(N) % 10 != 3,
        texts=lambda rows: [kinds[i % 3 if i % 20 else 1] for i in rows],
        found=np.arange(N) < 30,
    )


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_totals_weighted_by_propensities_are_those_of_all_candidates(
    context: SamplingContext, sampler: str
) -> None:
    """Horvitz and Thompson's estimate (1952) of any total is right on the average of many draws."""
    draws = 300 if sampler in CLUSTERED else 2_000
    candidates = np.flatnonzero(context.candidates)
    value = np.random.default_rng(1).random(N) + (np.arange(N) % 4 == 0)
    counts, totals = np.zeros(draws), np.zeros(draws)
    for i in range(draws):
        rows = fill(context, sampler, BATCH, SHARE, np.random.default_rng(i))
        weights = np.array([1 / row.draw.propensity for row in rows if row.draw])
        counts[i], totals[i] = weights.sum(), weights @ value[row_ids_of(rows)]
    for estimates, true in ((counts, candidates.size), (totals, value[candidates].sum())):
        error = estimates.std() / np.sqrt(draws)
        assert estimates.mean() == pytest.approx(true, abs=4 * error + 0.02 * true)


@pytest.mark.parametrize("sampler", sorted(SAMPLERS.keys() - CLUSTERED))
def test_rows_come_as_often_as_is_said(context: SamplingContext, sampler: str) -> None:
    """Every candidate is drawn sometimes, each as often as its propensity says."""
    draws = 2_000
    times, said = np.zeros(N), np.full(N, np.nan)
    for i in range(draws):
        for row in fill(context, sampler, BATCH, SHARE, np.random.default_rng(i)):
            assert row.draw is not None
            times[row.row_id] += 1
            said[row.row_id] = row.draw.propensity
    assert ((times > 0) == context.candidates).all()
    seen = times > 0
    assert np.abs(times[seen] / draws - said[seen]).max() < 0.05


def test_diverse_rows_are_found_by_one_thread(
    context: SamplingContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several spend ten times the processor time on waiting for each other."""
    monkeypatch.setattr(CountedThreads, "seen", set(), raising=False)
    monkeypatch.setattr("sklearn.cluster.MiniBatchKMeans", CountedThreads)
    with threadpool_limits(3, "openmp"):
        fill(context, "diverse", BATCH, SHARE, np.random.default_rng(0))
    assert CountedThreads.seen == {1}


def test_rows_drawn_at_random_say_so(context: SamplingContext) -> None:
    """A quarter of the rows is drawn at random, and tells so; all weights are at most 1 / share."""
    rows = fill(context, "search", BATCH, SHARE, np.random.default_rng(0))
    draws = [row.draw for row in rows if row.draw]
    assert sorted(draw.sampler for draw in draws) == ["random"] * 3 + ["search"] * 9
    assert max(draw.weight for draw in draws) <= 1 / SHARE + 1e-9
    assert {draw.even for draw in draws} == {BATCH / np.count_nonzero(context.candidates)}


def test_random_rows_are_all_alike(context: SamplingContext) -> None:
    """Where all rows are drawn at random, by the sampler or the share, each has the weight 1."""
    for sampler, share in (("random", 0.1), ("random", 0.0), ("uncertain", 1.0)):
        rows = fill(context, sampler, BATCH, share, np.random.default_rng(0))
        assert len(rows) == BATCH
        assert [row.draw.weight for row in rows if row.draw] == pytest.approx([1.0] * BATCH)


def test_where_the_sampler_finds_nothing_there_is_nothing(context: SamplingContext) -> None:
    """Rows drawn at random stand among others; they do not hide that there are no others."""
    nothing = SamplingContext(context.matrix, None, ~context.eligible, context.eligible)
    assert fill(nothing, "search", BATCH, SHARE, np.random.default_rng(0)) == ()
    assert fill(context, "random", 0, SHARE, np.random.default_rng(0)) == ()


def test_rows_that_check_the_annotator_have_no_draw(context: SamplingContext) -> None:
    """Their label is known, so they stand for no other row."""
    rng = np.random.default_rng(0)
    rows = fill(context, "random", BATCH, SHARE, rng)
    known = np.arange(N) % 6 == 0
    mixed = with_checks(rows, known, 0.5, rng)
    assert len(mixed) == len(rows)
    checks = [row for row in mixed if known[row.row_id]]
    assert checks
    assert all(row.draw is None for row in checks)
    assert with_checks((), known, 0.5, rng) == ()
    assert isinstance(mixed[0], DrawnRow)
