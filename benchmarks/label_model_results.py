"""Runs every label model on every trial, and adds the results up."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from benchmarks.label_model_jobs import Answer
from benchmarks.label_model_peers import PEERS, Peer, installed_version, peer_answers
from benchmarks.label_model_quality import Quality, quality
from benchmarks.label_model_sets import VoteSet
from benchmarks.label_model_trials import SETTINGS, Setting, Trial, trial
from labeling.errors import WorkerError
from labeling.models import MODELS
from labeling.models.auto import Auto

BASELINE = "majority"
SLOW_SECONDS = 10.0
"""A peer that draws, and whose first fit takes longer, is not fitted again for each seed."""


@dataclass(frozen=True)
class Result:
    """One fit, judged. `fallback` says why the safety gate took the model's place, if it did."""

    setting: str
    vote_set: str
    model: str
    seed: int
    quality: Quality
    seconds: float
    fallback: str | None = None


@dataclass(frozen=True)
class Row:
    """A model's figures in one setting: of each set by name, and the means over all sets.

    `rank` is the mean over sets of the rank by accuracy, ties at their mean. Both it and `mean`
    are None for a model that has not answered on every set.
    """

    model: str
    by_set: dict[str, Quality]
    mean: Quality | None
    rank: float | None
    slowest: float


class Results:
    """All results, and by name what was not run and why."""

    def __init__(self, results: Sequence[Result], not_run: dict[str, str]) -> None:
        self.results = tuple(results)
        self.not_run = not_run

    def sets(self, setting: str) -> list[str]:
        """Return the sets of a setting, in the order they were measured."""
        return list(dict.fromkeys(r.vote_set for r in self.results if r.setting == setting))

    def of(self, setting: str, model: str, vote_set: str | None = None) -> list[Result]:
        """Return the results of a model in a setting, of one set or all."""
        return [
            r
            for r in self.results
            if r.setting == setting and r.model == model and vote_set in (None, r.vote_set)
        ]

    def rows(self, setting: str) -> list[Row]:
        """Return the figures of each model in a setting, means over seeds; none of no results."""
        names = self.sets(setting)
        if not names:
            return []
        models = dict.fromkeys(r.model for r in self.results if r.setting == setting)
        by_model = {model: self._by_set(setting, model) for model in models}
        whole = [model for model in models if len(by_model[model]) == len(names)]
        accuracy = np.array([[by_model[m][name].accuracy for name in names] for m in whole])
        ranks = rankdata(-np.round(accuracy, 6), axis=0).mean(axis=1)
        rank = dict(zip(whole, ranks.tolist(), strict=True))
        return [self._row(setting, model, by_model[model], rank.get(model)) for model in models]

    def lead(self, setting: str, model: str, vote_set: str) -> float:
        """Return by how many points of accuracy a model leads majority vote on a set."""
        own = [r.quality.accuracy for r in self.of(setting, model, vote_set)]
        base = [r.quality.accuracy for r in self.of(setting, BASELINE, vote_set)]
        return float(np.mean(own) - np.mean(base))

    def _by_set(self, setting: str, model: str) -> dict[str, Quality]:
        return {
            name: mean_quality([r.quality for r in found])
            for name in self.sets(setting)
            if (found := self.of(setting, model, name))
        }

    def _row(self, setting: str, model: str, by_set: dict[str, Quality], rank: float | None) -> Row:
        mean = mean_quality(list(by_set.values())) if rank is not None else None
        slowest = max(r.seconds for r in self.of(setting, model))
        return Row(model, by_set, mean, rank, slowest)


def mean_quality(found: Sequence[Quality]) -> Quality:
    """Return the mean of each figure."""
    fields = Quality.__dataclass_fields__
    return Quality(
        **{field: float(np.mean([getattr(q, field) for q in found])) for field in fields}
    )


def measure(sets: Iterable[VoteSet], seeds: int, peers: bool = True) -> Results:
    """Fit every model that supports a setting on every set, and say on the way what is done."""
    found: list[Result] = []
    usable, not_run = _usable_peers() if peers else ({}, {"peers": "left out, as asked"})
    for votes in sets:
        for setting in SETTINGS:
            trials = [trial(votes, setting, seed) for seed in range(seeds)]
            asked = [each for each in trials if each is not None]
            if len(asked) < len(trials):
                not_run[f"{setting.title} on {votes.name}"] = "too few gold rows"
                continue
            print(f"{votes.name}: {setting.title.lower()}", flush=True)
            for name in MODELS:
                found += [_own(votes, setting, name, each) for each in asked]
            for name, peer in usable.items():
                if peer.supports(setting):
                    try:
                        found += _of_peer(votes, setting, name, peer, asked)
                    except WorkerError as fault:
                        not_run[f"{name} on {votes.name}, {setting.title.lower()}"] = str(fault)
    return Results(found, not_run)


def _usable_peers() -> tuple[dict[str, Peer], dict[str, str]]:
    usable, not_run = dict(PEERS), {}
    for package in dict.fromkeys(peer.package for peer in PEERS.values()):
        try:
            installed_version(package)
        except WorkerError as fault:
            print(f"Skipped {package.name}: {fault}", flush=True)
            not_run[package.name] = str(fault)
            usable = {name: peer for name, peer in usable.items() if peer.package != package}
    return usable, not_run


def _own(votes: VoteSet, setting: Setting, name: str, asked: Trial) -> Result:
    started = time.perf_counter()
    model = MODELS[name](asked.n_classes, asked.seed, asked.class_balance)
    model.fit(asked.votes, asked.known)
    posterior = model.predict_proba(asked.votes)
    seconds = time.perf_counter() - started
    judged = quality(posterior[asked.judged], asked.gold)
    fallback = model.guarded_.fallback if isinstance(model, Auto) else None
    return Result(setting.name, votes.name, name, asked.seed, judged, seconds, fallback)


def _of_peer(
    votes: VoteSet, setting: Setting, name: str, peer: Peer, asked: list[Trial]
) -> list[Result]:
    """Return a result for each trial; of equal trials only those whose answers may differ."""
    answers: list[Answer] = peer_answers(peer, asked[:1])
    again = setting.gold_rows > 0 or (peer.random and answers[0].seconds <= SLOW_SECONDS)
    if again:
        answers += peer_answers(peer, asked[1:])
    return [
        Result(
            setting.name,
            votes.name,
            name,
            each.seed,
            quality(answer.posterior[each.judged], each.gold),
            answer.seconds,
        )
        for each, answer in zip(asked, answers, strict=False)
    ]
