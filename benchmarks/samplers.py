"""What labels by hand are worth by the sampler that chose their rows, on real data.

Usage: PYTHONPATH=. python benchmarks/samplers.py [seeds] [set ...] > docs/samplers-benchmark.md
10 seeds of youtube, sms, semeval and claude9 where nothing is said. Every train row with gold may
be annotated; its gold is what the annotator says. Rows come in queues of 20, 10 % of each drawn at
random, and the label model is fitted again after each. Prints Markdown.

After so many labels, means over seeds, in points: **width** of the intervals of functions'
accuracies, reweighted (functions with at least 20 votes; one without a label counts 100); **end**:
accuracy of the labels on covered rows without a label by hand; **all**: on uncovered ones, too,
where the class balance alone labels (where t classes tie, 1/t counts). **bias** and **error**
(mean absolute) of the measured accuracy against the true one; **inside**: how often the true
accuracy is within the interval, where 95 would be honest; the same for the share of class 1.
"""

import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks.label_model_sets import VoteSet, data_folder, read_votes
from labeling.annotation_store import Gold
from labeling.evaluation import FirstLabels, first_labels
from labeling.intervals import wilson
from labeling.models.running import RunningVotes
from labeling.reweighting import class_weights, gold_weights, reweighted
from labeling.sampling import SAMPLERS, SamplingContext
from labeling.sampling.queue import DrawnRow, fill, row_ids_of
from labeling.votes import LabelMatrix

SETS = ("youtube", "sms", "semeval", "claude9")
SEEDS = 10
QUEUE, SHARE = 20, 0.1
AFTER, AT = (40, 100, 200, 400), 200
LEAST_VOTES = 20
HEAD = """# What labels by hand are worth, by the sampler that chose their rows

Written whole by this command; do not edit it:

```sh
PYTHONPATH=. python benchmarks/samplers.py > docs/samplers-benchmark.md
```

Every train row with gold may be annotated; its gold is what the annotator says. Rows come in
queues of 20, of which 10 % are drawn at random, and the label model (`evidence`) is fitted again
after each. `search` looks for rows with a question mark or an address. A dash: the sampler had
too few rows. All figures are means over the seeds, in points, after so many labels.

- **width** of the 95 % intervals of functions' accuracies, reweighted, of functions with at least
  20 votes; one of which nothing is known yet counts 100.
- **end**: how many labels on covered rows without a label by hand are right; **all**: on uncovered
  ones, too, which have the largest class of the class balance.
- **bias** and **error** (mean absolute) of measured accuracies against those on all rows.
- **inside**: how often the true share lies in the 95 % interval.
"""


Figures = dict[str, float]


@dataclass(frozen=True, eq=False)
class Truth:
    """A set with gold for every row: votes, gold int8 (n,), texts, and the search `search` uses."""

    name: str
    matrix: LabelMatrix
    gold: npt.NDArray[np.int8]
    texts: list[str]
    n_classes: int

    @property
    def found(self) -> npt.NDArray[np.bool_]:
        """The rows that a person might search for: those that ask something."""
        return np.array(["?" in text or "http" in text for text in self.texts])


def main() -> None:
    """Print one table a set."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    names = sys.argv[2:] or SETS
    if not all((data_folder() / f"{name}.parquet").exists() for name in names):
        print("Skipped: the benchmark data is not there; name its folder in LABELWRIGHT_DATA.")
        return
    print(HEAD, end="")
    with get_context("spawn").Pool(2) as pool:
        for name in names:
            jobs = [(name, sampler, seed) for sampler in SAMPLERS for seed in range(seeds)]
            found: defaultdict[tuple[str, int], list[Figures]] = defaultdict(list)
            for (_, sampler, _), figures in zip(jobs, pool.imap(_simulated, jobs), strict=True):
                for after, one in figures.items():
                    found[sampler, after].append(one)
            _print(truth_of(read_votes(name), name), found, seeds)


def truth_of(votes: VoteSet, name: str) -> Truth:
    """Return the train rows of a set that have gold."""
    kept = (votes.split == "train") & (votes.gold >= 0)
    texts = pd.read_parquet(data_folder() / f"{name}.parquet", columns=["text"])["text"]
    columns = {
        f"lf_{j}": np.ascontiguousarray(votes.votes[kept, j]) for j in range(votes.votes.shape[1])
    }
    gold = votes.gold[kept].astype(np.int8)
    return Truth(name, LabelMatrix(columns, gold.size), gold, list(texts[kept]), votes.n_classes)


_read: dict[str, Truth] = {}


def _simulated(job: tuple[str, str, int]) -> dict[int, Figures]:
    """Annotate one set with one sampler and seed; return the figures after so many labels."""
    name, sampler, seed = job
    if name not in _read:
        _read[name] = truth_of(read_votes(name), name)
    return simulated(_read[name], sampler, seed)


def simulated(truth: Truth, sampler: str, seed: int) -> dict[int, Figures]:
    """Return the figures after each number of labels in AFTER."""
    rng = np.random.default_rng((seed, list(SAMPLERS).index(sampler)))
    n, found = truth.gold.size, truth.found
    dev_gold = np.full(n, -1, dtype=np.int8)
    drawn: list[DrawnRow] = []
    votes = RunningVotes(n, truth.n_classes, seed)
    figures = {}
    while len(drawn) < min(AFTER[-1], n):
        first = _labelled(truth, votes, dev_gold, drawn, seed)
        context = SamplingContext(
            truth.matrix, first.posterior, dev_gold >= 0, np.ones(n, dtype=np.bool_), dev_gold,
            lambda rows: [truth.texts[i] for i in rows], found,
        )  # fmt: skip
        rows = fill(context, sampler, QUEUE, SHARE, rng)
        if not rows:  # the sampler has nothing left
            break
        drawn += rows
        for row in rows:
            dev_gold[row.row_id] = truth.gold[row.row_id]
        if len(drawn) in AFTER:
            first = _labelled(truth, votes, dev_gold, drawn, seed)
            figures[len(drawn)] = _figures(truth, dev_gold, drawn, first.posterior)
    return figures


def _labelled(
    truth: Truth,
    votes: RunningVotes,
    dev_gold: npt.NDArray[np.int8],
    drawn: list[DrawnRow],
    seed: int,
) -> FirstLabels:
    """Fit and label as the engine does after so many labels by hand."""
    weights = _weights(truth, drawn)
    known = truth.gold[np.sort(row_ids_of(tuple(drawn)))]
    of_classes = None if weights is None else class_weights(known, weights, truth.n_classes)
    return first_labels(votes, truth.matrix, dev_gold, "evidence", seed, class_weights=of_classes)


def _weights(truth: Truth, drawn: list[DrawnRow]) -> npt.NDArray[np.float64] | None:
    """Return the weights of the labelled rows, by row."""
    rows = row_ids_of(tuple(drawn))
    order = np.argsort(rows)
    gold = Gold(
        rows[order],
        truth.gold[rows[order]],
        np.zeros(rows.size, dtype=np.bool_),
        np.ones(rows.size, dtype=np.bool_),
        order + 1,
        np.array([row.draw.weight for row in drawn if row.draw])[order],
    )
    return gold_weights(gold, truth.gold.size)


def _figures(
    truth: Truth,
    dev_gold: npt.NDArray[np.int8],
    drawn: list[DrawnRow],
    posterior: npt.NDArray[np.float64],
) -> Figures:
    rows = np.sort(row_ids_of(tuple(drawn)))
    found = _weights(truth, drawn)
    weights = np.ones(rows.size) if found is None else found
    measured = [
        one
        for name in truth.matrix.names
        if (one := _measured(truth.matrix.column(name), truth.gold, rows, weights))
    ]
    ones = truth.gold == 1
    balance = _share(ones[rows], weights, float(ones.mean()))
    left = dev_gold < 0
    covered = left & truth.matrix.covered
    best = posterior >= posterior.max(axis=1, keepdims=True) - 1e-12
    credit = best[np.arange(truth.gold.size), truth.gold] / best.sum(axis=1)
    known = [one for one in measured if "bias" in one]
    figures = (
        {key: float(np.mean([one[key] for one in known])) for key in known[0]} if known else {}
    )
    figures["width"] = float(np.mean([one["width"] for one in measured]))
    figures["raw width"] = float(np.mean([one["raw width"] for one in measured]))
    figures |= {f"class {key}": value for key, value in balance.items()}
    figures["end"] = float(credit[covered].mean()) if covered.any() else 1.0
    figures["all"] = float(credit[left].mean()) if left.any() else 1.0
    return figures


def _measured(
    votes: npt.NDArray[np.int8],
    gold: npt.NDArray[np.int8],
    rows: npt.NDArray[np.int64],
    weights: npt.NDArray[np.float64],
) -> Figures | None:
    """Return how well a function's accuracy is measured; None for one that votes too rarely."""
    voted = votes >= 0
    if voted.sum() < LEAST_VOTES:
        return None
    here = voted[rows]
    if not here.any():
        return {"width": 1.0, "raw width": 1.0}
    true = float((votes == gold)[voted].mean())
    return _share((votes == gold)[rows[here]], weights[here], true)


def _share(hit: npt.NDArray[np.bool_], weights: npt.NDArray[np.float64], true: float) -> Figures:
    n, raw = hit.size, float(hit.mean())
    raw_low, raw_high = wilson(float(hit.sum()), n)
    found = reweighted(hit, weights)
    share, low, high = (
        (raw, raw_low, raw_high) if found is None else (found.share, found.low, found.high)
    )
    return {
        "raw bias": raw - true,
        "bias": share - true,
        "raw error": abs(raw - true),
        "error": abs(share - true),
        "raw inside": float(raw_low <= true <= raw_high),
        "inside": float(low <= true <= high),
        "raw width": raw_high - raw_low,
        "width": high - low,
    }


def _print(truth: Truth, found: Mapping[tuple[str, int], Sequence[Figures]], seeds: int) -> None:
    """Print what labels are worth against their number, and how the two measures do at AT."""
    print(f"\n## {truth.name}\n")
    print(
        f"{truth.gold.size:,} rows, {len(truth.matrix.names)} functions, {truth.n_classes} "
        f"classes, {seeds} seeds.\n"
    )
    means = {
        key: {
            name: 100 * float(np.nanmean([run.get(name, np.nan) for run in runs]))
            for name in runs[0]
        }
        for key, runs in found.items()
        if len(runs) == seeds
    }
    print(
        "| sampler |"
        + "".join(f" width, {n} |" for n in AFTER)
        + "".join(f" end, {n} |" for n in AFTER)
    )
    print("|---|" + "--:|" * 2 * len(AFTER))
    for sampler in SAMPLERS:
        cells = [means.get((sampler, n), {}).get(name) for name in ("width", "end") for n in AFTER]
        print(f"| {sampler} | " + " | ".join(_cell(cell) for cell in cells) + " |")
    print(f"\nRaw → reweighted, after {AT} labels:\n")
    print("| sampler | width | bias | error | inside | share of class 1: bias | inside | all |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for sampler in SAMPLERS:
        one = means.get((sampler, AT), {})
        pairs = [
            f"{_cell(one.get(f'{of}raw {name}'))} → {_cell(one.get(f'{of}{name}'))}"
            for of, name in (
                ("", "width"), ("", "bias"), ("", "error"), ("", "inside"),
                ("class ", "bias"), ("class ", "inside"),
            )
        ]  # fmt: skip
        print(f"| {sampler} | {' | '.join(pairs)} | {_cell(one.get('all'))} |", flush=True)


def _cell(value: float | None) -> str:
    return "–" if value is None or np.isnan(value) else f"{value:.1f}"


if __name__ == "__main__":
    main()
