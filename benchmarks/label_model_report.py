"""Writes what was measured as one Markdown document."""

import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.label_model_gates import Gate
from benchmarks.label_model_quality import BINS
from benchmarks.label_model_results import SLOW_SECONDS, Results, Row
from benchmarks.label_model_sets import VoteSet
from benchmarks.label_model_speed import SNORKEL, Speed
from benchmarks.label_model_trials import SETTINGS, Setting
from labeling.models import DEFAULT_MODEL

NONE = "–"


@dataclass(frozen=True, eq=False)
class Measured:
    """All that one run of the benchmark found, and under which circumstances."""

    command: str
    sets: Sequence[VoteSet]
    seeds: int
    versions: dict[str, str]
    load: float
    results: Results
    n_rows: int
    speeds: Sequence[Speed]
    not_run: dict[str, str]
    gates: Sequence[Gate]


def document(measured: Measured) -> str:
    """Return the whole document."""
    parts = [_head(measured), _sets(measured.sets)]
    for setting in SETTINGS:
        if measured.results.sets(setting.name):
            parts.append(_setting(measured, setting))
    parts.append(_leads(measured.results))
    if measured.speeds:
        parts.append(_speeds(measured))
    if measured.not_run:
        parts.append(_not_run(measured.not_run))
    parts.append(_gates(measured.gates))
    return "\n\n".join(parts) + "\n"


def _head(measured: Measured) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in measured.versions.items())
    return f"""\
# Label models against the field

Written whole by this command; do not edit it:

```sh
{measured.command}
```

Python {platform.python_version()}, numpy {np.__version__}; peers in an environment of their own:
{versions or "none"}. {os.cpu_count()} cores ({platform.machine()}), load average
{measured.load:.1f} at the start: read the relations between times, not the seconds.

- **Fitted** on the votes of all training rows, of the rows that judge, and of those whose gold is
  given. Every model gets the same rows.
- **Judged** on covered training rows with gold (test rows where training has none). Gold for the
  fit is drawn from the other splits where these have enough, else from the rows that judge, which
  then judge no more. The figures are means over {measured.seeds} seeds, which draw the
  gold and start the models.
- **Ties** count at expected credit. **Log loss** (nats) clips at the step of a float64, as
  scikit-learn's `log_loss` does, so that one certain error costs 36. **ECE** has {BINS} bins.
- **Class balance known** is the share of each class among gold of the split that judges.
- **Mean rank** is by accuracy, ties at their mean, among all models of the table.
- Snorkel runs 500 epochs, as in its tutorials. A peer that cannot be told what a setting knows is
  not in its table. One seed is run where a fit of a peer takes
  more than {SLOW_SECONDS:.0f} s. Answers of peers are kept between runs, with the seconds they took
  then, on a machine that may have been busier: only speeds are all timed in one run."""


def _sets(sets: Sequence[VoteSet]) -> str:
    lines = [
        "## Sets",
        "",
        "| set | rows | functions | classes | votes per covered row | judged by |",
        "|---|--:|--:|--:|--:|---|",
    ]
    for votes in sets:
        fired = votes.votes >= 0
        covered = fired.any(axis=1)
        judged = covered & (votes.gold >= 0) & (votes.split == votes.judged_split)
        lines.append(
            f"| {votes.name} | {len(fired):,} | {fired.shape[1]} | {votes.n_classes} "
            f"| {fired.sum() / covered.sum():.1f} | {judged.sum():,} {votes.judged_split} rows |"
        )
    return "\n".join(lines)


def _setting(measured: Measured, setting: Setting) -> str:
    metric = {votes.name: votes.metric for votes in measured.sets}
    names = measured.results.sets(setting.name)
    heads = " | ".join(f"{name}: {metric[name]}" for name in names)
    rows = sorted(measured.results.rows(setting.name), key=_by_rank)
    return "\n".join(
        [
            f"## {setting.title}",
            "",
            f"| model | {heads} | mean accuracy | mean rank | mean log loss | mean ECE "
            "| slowest fit s |",
            "|---|" + "--:|" * (len(names) + 5),
            *(_line(row, [(name, metric[name]) for name in names]) for row in rows),
        ]
    )


def _by_rank(row: Row) -> float:
    return np.inf if row.rank is None else row.rank


def _line(row: Row, metrics: Sequence[tuple[str, str]]) -> str:
    name = f"**{row.model}**" if row.model == DEFAULT_MODEL else row.model
    cells = [
        f"{row.by_set[each].metric(metric):.1f}" if each in row.by_set else NONE
        for each, metric in metrics
    ]
    means = [NONE] * 4
    if row.mean is not None:
        means = [
            f"{row.mean.accuracy:.2f}",
            f"{row.rank:.2f}",
            f"{row.mean.log_loss:.3f}",
            f"{row.mean.calibration_error:.3f}",
        ]
    return "| " + " | ".join([name, *cells, *means, f"{row.slowest:.2f}"]) + " |"


def _leads(results: Results) -> str:
    """Return how far the default leads majority vote, set by set."""
    lines = [
        f"## Lead of `{DEFAULT_MODEL}` over majority vote",
        "",
        "Points of accuracy; in brackets, how often the safety gate made majority vote label.",
        "",
        "| set | " + " | ".join(setting.title.lower() for setting in SETTINGS) + " |",
        "|---|" + "--:|" * len(SETTINGS),
    ]
    for name in results.sets(SETTINGS[0].name):
        cells = [_lead(results, setting, name) for setting in SETTINGS]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _lead(results: Results, setting: Setting, name: str) -> str:
    own = results.of(setting.name, DEFAULT_MODEL, name)
    if not own:
        return NONE
    fired = sum(result.fallback is not None for result in own)
    gate = f" ({fired} of {len(own)})" if fired else ""
    return f"{results.lead(setting.name, DEFAULT_MODEL, name):+.2f}{gate}"


def _speeds(measured: Measured) -> str:
    lines = [
        "## Speed and memory",
        "",
        f"{measured.n_rows:,} simulated rows, 50 independent functions that vote on 0.5 to 20 % of",
        "rows each. Fit and predict once, each model in a process of its own. Memory is what the",
        "process gained after its imports, as a multiple of votes (int8) and posterior (float64);",
        "behind it the whole process at its peak.",
        "",
        "| size | model | accuracy | seconds | Snorkel's time ÷ its time | memory | peak MB |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    snorkel = {speed.size: speed.seconds for speed in measured.speeds if speed.model == SNORKEL}
    for speed in measured.speeds:
        ratio = f"{snorkel[speed.size] / speed.seconds:.1f}" if speed.size in snorkel else NONE
        lines.append(
            f"| {speed.size} | {speed.model} | {speed.accuracy:.1f} | {speed.seconds:.2f} "
            f"| {ratio} | {speed.added_bytes / speed.needed_bytes:.2f} "
            f"| {speed.peak_bytes / 2**20:,.0f} |"
        )
    return "\n".join(lines)


def _not_run(reasons: dict[str, str]) -> str:
    return "\n".join(
        ["## Not run", "", *(f"- {what}: {reason}" for what, reason in reasons.items())]
    )


def _gates(gates: Sequence[Gate]) -> str:
    return "\n".join(["## Gates", "", *_gate_lines(gates)])


def _gate_lines(gates: Sequence[Gate]) -> Iterator[str]:
    yield "| | asked | found |"
    yield "|---|---|---|"
    for gate in gates:
        yield f"| {gate.verdict} | {gate.asked} | {gate.figures} |"
