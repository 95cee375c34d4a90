"""What the label models have to reach, judged by the figures at hand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.label_model_peers import PEERS
from benchmarks.label_model_results import BASELINE, Results, Row
from benchmarks.label_model_speed import SNORKEL, Speed
from benchmarks.label_model_trials import BALANCE, GOLD_100, NOTHING, SETTINGS, Setting
from labeling.models import DEFAULT_MODEL

LEAST_GAIN_WITH_GOLD = 1.5
MOST_CALIBRATION_ERROR = ((BALANCE, 0.10), (GOLD_100, 0.07))
MOST_LOG_LOSS = 1 / 3
MOST_BEHIND = 1.0
MOST_SECONDS, LEAST_SPEEDUP, MOST_MEMORY = 1.0, 10.0, 3.0


@dataclass(frozen=True)
class Gate:
    """What is asked, whether it holds (None: there was nothing to judge by), and the figures."""

    asked: str
    holds: bool | None
    figures: str

    @property
    def verdict(self) -> str:
        """PASS, FAIL, or that it was not judged."""
        return {True: "PASS", False: "FAIL", None: "not judged"}[self.holds]


def gates(results: Results, speeds: Sequence[Speed]) -> list[Gate]:
    """Return every gate, judged."""
    found = [
        *_against_the_field(results),
        _gain_with_gold(results),
        *_calibration(results),
        *_log_losses(results),
        *(_never_behind(results, setting) for setting in SETTINGS),
    ]
    for size in dict.fromkeys(speed.size for speed in speeds):
        found += _speed({speed.model: speed for speed in speeds if speed.size == size})
    return found


def _default(results: Results, setting: Setting) -> tuple[Row, Row] | None:
    """Return the figures of the default model and of majority vote, None where none was fitted."""
    rows = {row.model: row for row in results.rows(setting.name)}
    return (rows[DEFAULT_MODEL], rows[BASELINE]) if rows else None


def _against_the_field(results: Results) -> Iterator[Gate]:
    rows = {row.model: row for row in results.rows(NOTHING.name) if row.mean is not None}
    field = {name: row for name, row in rows.items() if name in PEERS or name == BASELINE}
    own = rows.get(DEFAULT_MODEL)
    asked = "Nothing known: the best of the field is not above the default in"
    if own is None or own.mean is None or own.rank is None or len(field) < 2:
        yield Gate(f"{asked} mean accuracy", None, "no peer answered on every set")
        yield Gate(f"{asked} mean rank", None, "no peer answered on every set")
        return
    accuracy = {name: row.mean.accuracy for name, row in field.items() if row.mean}
    rank = {name: row.rank for name, row in field.items() if row.rank is not None}
    best, first = max(accuracy, key=accuracy.__getitem__), min(rank, key=rank.__getitem__)
    yield Gate(
        f"{asked} mean accuracy",
        own.mean.accuracy >= accuracy[best],
        f"{own.mean.accuracy:.2f} against {accuracy[best]:.2f} of {best}",
    )
    yield Gate(
        f"{asked} mean rank",
        own.rank <= rank[first],
        f"{own.rank:.2f} against {rank[first]:.2f} of {first}",
    )


def _gain_with_gold(results: Results) -> Gate:
    leads = [
        results.lead(GOLD_100.name, DEFAULT_MODEL, name) for name in results.sets(GOLD_100.name)
    ]
    asked = f"100 dev gold rows: at least {LEAST_GAIN_WITH_GOLD} points above majority vote"
    if not leads:
        return Gate(asked, None, "no set has so much gold")
    mean = float(np.mean(leads))
    return Gate(asked, mean >= LEAST_GAIN_WITH_GOLD, f"{mean:+.2f} on the mean of {len(leads)}")


def _calibration(results: Results) -> Iterator[Gate]:
    for setting, most in MOST_CALIBRATION_ERROR:
        asked = f"{setting.title}: mean ECE at most {most:.2f}"
        both = _default(results, setting)
        if both is None or both[0].mean is None:
            yield Gate(asked, None, "no set has so much gold")
            continue
        error = both[0].mean.calibration_error
        yield Gate(asked, error <= most, f"{error:.3f}")


def _log_losses(results: Results) -> Iterator[Gate]:
    for setting in SETTINGS:
        asked = f"{setting.title}: mean log loss at most a third of majority vote's"
        both = _default(results, setting)
        if both is None or both[0].mean is None or both[1].mean is None:
            yield Gate(asked, None, "no set has so much gold")
            continue
        own, base = both[0].mean.log_loss, both[1].mean.log_loss
        yield Gate(asked, own <= MOST_LOG_LOSS * base, f"{own:.3f} against {base:.3f}")


def _never_behind(results: Results, setting: Setting) -> Gate:
    """Judge each set by the mean over the seeds whose fit the safety gate let pass."""
    asked = (
        f"{setting.title}: on no set more than {MOST_BEHIND:.0f} point below majority vote "
        "without the safety gate"
    )
    leads = {}
    for name in results.sets(setting.name):
        base = {r.seed: r.quality.accuracy for r in results.of(setting.name, BASELINE, name)}
        free = [
            r.quality.accuracy - base[r.seed]
            for r in results.of(setting.name, DEFAULT_MODEL, name)
            if r.fallback is None
        ]
        if free:
            leads[name] = float(np.mean(free))
    if not leads:
        return Gate(asked, None, "no fit passed the gate, or no set has so much gold")
    worst = min(leads, key=leads.__getitem__)
    return Gate(asked, leads[worst] >= -MOST_BEHIND, f"{leads[worst]:+.2f} on {worst}")


def _speed(by_model: dict[str, Speed]) -> Iterator[Gate]:
    own, peer = by_model[DEFAULT_MODEL], by_model.get(SNORKEL)
    yield Gate(
        f"{own.size}: fit and predict in at most {MOST_SECONDS:.0f} s",
        own.seconds <= MOST_SECONDS,
        f"{own.seconds:.2f} s",
    )
    yield Gate(
        f"{own.size}: at least {LEAST_SPEEDUP:.0f} times as fast as Snorkel",
        None if peer is None else peer.seconds / own.seconds >= LEAST_SPEEDUP,
        "Snorkel did not run" if peer is None else f"{peer.seconds / own.seconds:.1f} times",
    )
    yield Gate(
        f"{own.size}: memory at most {MOST_MEMORY:.0f} times votes and posterior",
        own.added_bytes <= MOST_MEMORY * own.needed_bytes,
        f"{own.added_bytes / own.needed_bytes:.2f} times",
    )
