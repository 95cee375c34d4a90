"""A version of the label model in words: when it was made, from what, and how well it labels."""

from collections.abc import Sequence

from components.figures import count, with_interval
from labeling.counted import counted
from labeling.fit_history import changes_between
from labeling.intervals import wilson
from labeling.store import ModelFit

_NAMED = 5


def fit_story(fits: Sequence[ModelFit], fit_id: int) -> str:
    """Tell of one fit, a line for each thing; `fits` holds it and the one before, newest first.

    A fit that is not among them is told as that.
    """
    at = next((i for i, fit in enumerate(fits) if fit.fit_id == fit_id), None)
    if at is None:
        return f"Version {fit_id} is older than the history that is shown."
    fit, before = fits[at], next(iter(fits[at + 1 :]), None)
    return "\n".join([_made(fit), *_measured(fit), *_changed(fit, before)])


def _made(fit: ModelFit) -> str:
    return (
        f"Version {fit.fit_id}, made on {fit.at:%Y-%m-%d at %H:%M} UTC: label model {fit.model}, "
        f"{counted(len(fit.functions), 'function')}, {count(fit.gold_rows)} dev gold rows."
    )


def _measured(fit: ModelFit) -> list[str]:
    if "accuracy" not in fit.metrics:
        return ["Its labels could not be measured: no dev gold row was covered."]
    accuracy, majority = fit.metrics["accuracy"], fit.metrics["majority_accuracy"]
    n = int(fit.metrics["evaluated"])
    low, high = wilson(accuracy * n, n)
    return [
        f"Labels right on dev gold: {with_interval(accuracy, low, high, n)}; majority vote "
        f"{with_interval(majority, None, None, n)}, so {_points(accuracy - majority)}."
    ]


def _changed(fit: ModelFit, before: ModelFit | None) -> list[str]:
    if before is None:
        return ["It is the first version in the history."]
    changes = changes_between(before, fit)
    lines = [
        f"{done} {_named(names)}"
        for done, names in (
            ("added", changes.added),
            ("removed", changes.removed),
            ("edited", changes.edited),
        )
        if names
    ]
    for what, (old, new) in (
        ("dev gold rows", changes.gold_rows),
        ("rows", changes.rows),
        ("seed", changes.seed),
    ):
        if old != new:
            lines.append(f"{what} {count(old)} → {count(new)}")
    if changes.model[0] != changes.model[1]:
        lines.append(f"label model {changes.model[0]} → {changes.model[1]}")
    said = "; ".join(lines) or "the order of the functions"
    return [f"Changed since version {before.fit_id}: {said}."]


def _points(gain: float) -> str:
    """Return a difference of two shares in percentage points.

    >>> _points(0.0123), _points(-0.004), _points(0.0)
    ('1.2 points better', '0.4 points worse', 'as good')
    """
    if round(100 * gain, 1) == 0:
        return "as good"
    return f"{abs(100 * gain):.1f} points {'better' if gain > 0 else 'worse'}"


def _named(names: Sequence[str]) -> str:
    """Return names, the last of many as a count.

    >>> _named(["a", "b"]), _named(list("abcdefg"))
    ('a, b', 'a, b, c, d, e and 2 more')
    """
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
