"""A row of each kind of text."""

import numpy as np

from labeling.sampling.context import RowIds, SamplingContext, Scores
from labeling.sampling.design import Design, evenly, shuffled

POOL_ROWS = 1_000


def diverse(context: SamplingContext, n: int, rng: np.random.Generator) -> Design:
    """Draw a row from each of n clusters of texts, the largest cluster first.

    The clusters are those of POOL_ROWS rows, by the words in their texts (k-means on hashed words,
    as in D. Sculley, "Web-scale k-means clustering", 2010). The row of a cluster is drawn evenly.
    """
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.feature_extraction.text import HashingVectorizer
    from threadpoolctl import threadpool_limits

    among, texts = context.candidates, context.texts
    row_ids = shuffled(among, rng)
    pool = row_ids[:POOL_ROWS]
    n = min(n, pool.size)
    if n <= 0 or texts is None:
        return evenly(among, n, rng)
    hashed = HashingVectorizer(n_features=2**11, alternate_sign=False)
    words = hashed.transform(texts(pool))
    clustering = MiniBatchKMeans(n, n_init=1, random_state=int(rng.integers(2**31)))
    # So few rows are clustered sooner by one thread: several wait for each other most of the time.
    with threadpool_limits(1, "openmp"):
        found = clustering.fit(words)
    sizes = np.bincount(found.labels_, minlength=n)
    # The pool is in a random order, so the first row of a cluster is one drawn evenly.
    clusters, first = np.unique(found.labels_, return_index=True)
    largest_first = np.argsort(-sizes[clusters], kind="stable")
    drawn = pool[first[largest_first]]
    # Where clusters stayed empty, rows that are left over take their places.
    others = np.delete(pool, first)
    filled = np.concatenate([drawn, others[: n - drawn.size]])
    share = pool.size / row_ids.size

    def chance(rows: RowIds) -> Scores:
        if rows.size == 0:
            return np.zeros(0)
        with threadpool_limits(1, "openmp"):
            cluster = found.predict(hashed.transform(texts(rows)))
        size = np.maximum(sizes[cluster], 1)
        spare = (filled.size - drawn.size) / max(others.size, 1)
        in_cluster = 1 / size
        return np.where(among[rows], share * (in_cluster + (1 - in_cluster) * spare), 0.0)

    return Design(filled, chance)
