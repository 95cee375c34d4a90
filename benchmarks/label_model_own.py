"""One of Labelwright's own models as a job, so that its memory can be measured like a peer's."""

from benchmarks.peers.jobs import Job, Posterior, answer_jobs
from labeling.models import MODELS


def posterior(job: Job) -> Posterior:
    """Fit and predict with the model that the job names."""
    model = MODELS[job.method](job.n_classes, job.seed, job.class_balance)
    return model.fit(job.votes, job.known).predict_proba(job.votes)


if __name__ == "__main__":
    answer_jobs(posterior)
