"""The page and chart of the engine benchmark say what was measured."""

from xml.etree import ElementTree

from benchmarks.engine_report import STEPS, Measured, chart, page


def measured(rows: int) -> Measured:
    """Return a size on which Snorkel takes a hundred times as long as we do for every step."""
    own = {step.own: rows / 500_000 for step in STEPS}
    own |= {step.limit: rows / 1_000_000 for step in STEPS if step.limit}
    parts = {part for step in STEPS for part in step.snorkel}
    theirs = dict.fromkeys(parts, rows / 5_000)
    return Measured(rows, 50, own | {"peak_bytes": 2**28}, theirs | {"peak_bytes": 2**30})


def test_ratios_are_of_the_same_run() -> None:
    """To Snorkel, to the limit, and from one size to the next."""
    text = page([measured(100_000), measured(1_000_000)], "0.10", 10_000, 1.5)
    line = "| pattern functions | 1,000,000 x 50 | 2.0 s | 200.0 s | 100 | 40 | 2.0 |"
    assert line in text.splitlines()
    assert "| 1,000,000 x 50 | 256 | 1,024 |" in text.splitlines()
    assert "- warm refit: 10.0 times as long" in text.splitlines()


def test_a_chart_has_a_bar_for_each_step_and_size() -> None:
    """It is an image that a browser can read, one bar a ratio."""
    root = ElementTree.fromstring(chart([measured(100_000), measured(1_000_000)]))  # noqa: S314
    bars = [part for part in root if part.tag.endswith("rect")]
    assert len(bars) == 1 + 2 + 2 * len(STEPS)
