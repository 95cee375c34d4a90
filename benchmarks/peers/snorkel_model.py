"""Snorkel's LabelModel, with the 500 epochs of its tutorials."""

import numpy as np
from snorkel.labeling.model import LabelModel

from benchmarks.peers.jobs import Job, Posterior, answer_jobs

EPOCHS = 500


def posterior(job: Job) -> Posterior:
    """Fit and predict; without a class balance Snorkel assumes an even one."""
    model = LabelModel(cardinality=job.n_classes, verbose=False)
    model.fit(
        job.votes,
        n_epochs=EPOCHS,
        seed=job.seed,
        class_balance=job.class_balance,
        progress_bar=False,
    )
    return np.asarray(model.predict_proba(job.votes), dtype=np.float64)


if __name__ == "__main__":
    answer_jobs(posterior)
