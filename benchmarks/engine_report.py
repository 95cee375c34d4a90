"""Writes what `benchmarks/engine.py` measured as a page with a table and a chart."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True)
class Measured:
    """Seconds by step, and peak bytes, of one size on both sides."""

    rows: int
    functions: int
    own: Mapping[str, float]
    snorkel: Mapping[str, float]

    @property
    def title(self) -> str:
        """The size in words."""
        return f"{self.rows:,} x {self.functions}"

    def theirs(self, step: "Step") -> float:
        """Return the seconds of Snorkel for a step."""
        return sum(self.snorkel[part] for part in step.snorkel)


@dataclass(frozen=True)
class Step:
    """One line of the table: what both sides do, and what no engine can do better."""

    title: str
    own: str
    snorkel: tuple[str, ...]
    limit: str | None
    goal: str


CALL = "bare Python call"
STEPS = (
    Step("pattern functions", "patterns", ("patterns",), "bare RE2 scan", "40"),
    Step("Python functions, 1 process", "python, 1 process", ("python",), CALL, "4"),
    Step(
        "Python functions, 2 processes", "python, 2 processes", ("python",), "bare Python call", "7"
    ),
    Step("statistics", "statistics", ("statistics",), "pass over the votes", "100 at 1M x 50"),
    Step("cold refit", "cold refit", ("refit",), None, "15"),
    Step("warm refit", "warm refit", ("refit",), None, "50"),
    Step(
        "one function edited",
        "one edit",
        ("one function", "statistics", "refit"),
        None,
        "50, and under 400 ms",
    ),
)
HEADER = (
    "| step | rows x functions | Labelwright | Snorkel | times as fast | goal | times its limit |"
)
INTRODUCTION = """\
# The engine beside Snorkel's

`make bench-engine` writes this page: both sides in one run on 2 cores, Snorkel {version} with its
`PandasLFApplier` on {share:,} rows (the faster of two runs), taken for all rows in proportion. Each
side has a process of its own; the votes of both are compared, and 0 differ. Seconds depend on the
machine, so look at the ratios; while this was measured, {load:.1f} processes were using or waiting
for its 2 cores (1 to 2 are the benchmark's own).

- *Pattern functions*: half keywords, half patterns, over texts of 14 words of which one in fifty is
  not ASCII. The limit is a scan of the column with RE2 on one core.
- *Python functions* look for two words in the lower-cased text. The limit is the bare call in a
  loop on one core.
- *Statistics* of all functions on votes that were never counted, with gold on every fiftieth row;
  the limit is one pass over the votes. Snorkel's are `LFAnalysis.lf_summary`.
- *Refit*: fit and probabilities of every row with the default model, after one function changed
  (warm, and after a pause, in which the engine groups rows by their votes) or from nothing (cold);
  Snorkel's is `LabelModel` with 500 epochs.
- *One function edited*: a pattern is run; statistics, refit and histogram are new (median of 5;
  storage and pages are left out). Of Snorkel's, only that function is applied anew.

![Times as fast as Snorkel](images/engine-benchmark.svg)
"""


def page(measured: Sequence[Measured], version: str, share: int, load: float) -> str:
    """Return the page."""
    lines = [
        INTRODUCTION.format(version=version, share=share, load=load),
        HEADER,
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for step in STEPS:
        lines += [_line(step, size) for size in measured]
    lines += ["", "| rows x functions | peak MB | Snorkel |", "|--:|--:|--:|"]
    for size in measured:
        own, theirs = (side["peak_bytes"] / MB for side in (size.own, size.snorkel))
        lines.append(f"| {size.title} | {own:,.0f} | {theirs:,.0f} |")
    growth = _growth(measured)
    if growth:
        lines += ["", "From 100,000 to 1,000,000 rows, ten times as many, 50 functions take", ""]
        lines += growth
    return "\n".join(lines) + "\n"


def _line(step: Step, size: Measured) -> str:
    own, theirs = size.own[step.own], size.theirs(step)
    limit = f"{own / size.own[step.limit]:.1f}" if step.limit else "–"
    return (
        f"| {step.title} | {size.title} | {_seconds(own)} | {_seconds(theirs)} "
        f"| {theirs / own:,.0f} | {step.goal} | {limit} |"
    )


def _growth(measured: Sequence[Measured]) -> list[str]:
    """Return by how much each step grows between the sizes of fifty functions."""
    sizes = {size.rows: size for size in measured if size.functions == 50}
    if set(sizes) < {100_000, 1_000_000}:
        return []
    small, large = sizes[100_000], sizes[1_000_000]
    times = {step.title: large.own[step.own] / small.own[step.own] for step in STEPS}
    return [f"- {title}: {growth:.1f} times as long" for title, growth in times.items()]


def _seconds(seconds: float) -> str:
    return f"{1000 * seconds:,.1f} ms" if seconds < 1 else f"{seconds:,.1f} s"


LEFT, WIDTH, BAR, GAP = 250, 760, 14, 10
SHADES = ("#9ecae1", "#6baed6", "#3182bd", "#08519c")


def chart(measured: Sequence[Measured]) -> str:
    """Return the ratios as an SVG of horizontal bars, on a logarithmic scale."""
    most, room = 10_000, WIDTH - LEFT - 70
    rows, y = [], 60
    for size, shade, x in zip(measured, SHADES, range(LEFT, WIDTH, 125), strict=False):
        rows.append(f'<rect x="{x}" y="28" width="12" height="12" fill="{shade}"/>')
        rows.append(f'<text x="{x + 17}" y="38">{size.title}</text>')
    for step in STEPS:
        middle = y + BAR * len(measured) / 2 + 4
        rows.append(f'<text x="{LEFT - 8}" y="{middle:.0f}" text-anchor="end">{step.title}</text>')
        for size, shade in zip(measured, SHADES, strict=False):
            ratio = size.theirs(step) / size.own[step.own]
            length = room * max(math.log10(ratio), 0) / math.log10(most)
            rows.append(
                f'<rect x="{LEFT}" y="{y}" width="{length:.0f}" height="{BAR - 2}" fill="{shade}"/>'
            )
            rows.append(f'<text x="{LEFT + length + 5:.0f}" y="{y + 10}">{ratio:,.0f}</text>')
            y += BAR
        y += GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y}" '
        f'viewBox="0 0 {WIDTH} {y}" font-family="sans-serif" font-size="11">\n'
        f'<rect width="{WIDTH}" height="{y}" fill="white"/>\n'
        '<text x="8" y="17" font-size="13" font-weight="bold">'
        "Times as fast as Snorkel, by rows x functions (logarithmic)</text>\n"
        + "\n".join(rows)
        + "\n</svg>\n"
    )
