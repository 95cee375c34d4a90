"""An end model beside the label model alone and majority vote, as lines of text and of a table."""

from dataclasses import dataclass

from labeling.end_labels import EndLabels, SideBySide, Standing
from labeling.table import share


@dataclass(frozen=True)
class ComparedTable:
    """The ways to label, by how many labels are right on dev gold.

    `header` names the columns after the first with their rows; each of `lines` has a name, and the
    accuracy with its interval in each column.
    """

    header: tuple[str, str]
    lines: tuple[tuple[str, str, str], ...]


def compared_table(labels: EndLabels) -> ComparedTable | None:
    """Return the three ways to label beside each other, None without a comparison."""
    if labels.comparison is None:
        return None
    everywhere, covered = labels.comparison.all_rows, labels.comparison.covered
    n_covered = 0 if covered is None else covered.rows
    ways = (("End model", "end_model"), ("Label model", "label_model"), ("Majority", "majority"))
    return ComparedTable(
        header=(f"all (n = {everywhere.rows:,})", f"covered (n = {n_covered:,})"),
        lines=tuple(
            (name, _accuracy(everywhere, way), "–" if covered is None else _accuracy(covered, way))
            for name, way in ways
        ),
    )


def gain_text(labels: EndLabels) -> str:
    """Say in one sentence how the end model does beside the label model alone."""
    if labels.comparison is None:
        return (
            "Fewer than two dev gold rows: nothing to judge the end model on. Annotate some rows."
        )
    found = labels.comparison.all_rows
    low, high = 100 * found.gain_low, 100 * found.gain_high
    if found.gain_low > 0:
        verdict = "better than the label model alone"
    elif found.gain_high < 0:
        verdict = "worse than the label model alone"
    else:
        verdict = "no clear difference to the label model alone"
    return (
        f"{verdict[0].upper()}{verdict[1:]}: {100 * found.gain:+.1f} points "
        f"({low:+.1f} to {high:+.1f}) on {found.rows:,} dev gold rows."
    )


def learned_text(labels: EndLabels) -> str:
    """Say what the end model learned from."""
    rows = f"{labels.learned_rows:,} rows"
    if labels.learned_rows < labels.usable_rows:
        rows = f"a sample of {labels.learned_rows:,} of {labels.usable_rows:,} rows"
    return (
        f"{labels.choice.classifier} on {labels.choice.features}, learned from {rows} with soft "
        f"labels of {labels.label_model}, {labels.gold_rows:,} of them with dev gold."
    )


def end_model_text(labels: EndLabels) -> str:
    """Return the comparison for a terminal."""
    table = compared_table(labels)
    lines = [] if table is None else [("right on dev gold", *table.header), *table.lines]
    columns = list(zip(*lines, strict=True))
    widths = [max(map(len, column)) for column in columns]
    cells = [[cell.ljust(w) for cell, w in zip(line, widths, strict=True)] for line in lines]
    return "\n".join(
        [learned_text(labels), *["  ".join(c).rstrip() for c in cells], gain_text(labels)]
    )


def _accuracy(found: SideBySide, way: str) -> str:
    standing: Standing = getattr(found, way)
    return f"{share(standing.accuracy)} ({100 * standing.low:.0f}–{100 * standing.high:.0f})"
