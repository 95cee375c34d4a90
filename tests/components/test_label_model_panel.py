"""The lines on the label model, word for word."""

from dataclasses import replace

from components.label_model_panel import panel_lines
from labeling.dependence import Dependence, DependentPair
from labeling.model_report import MeasuredAccuracy, ModelReport
from labeling.models.label_uncertainty import LabelUncertainty
from labeling.reweighting import ReweightedShare
from labeling.unseen_gold import UnseenLabels

REPORT = ModelReport(
    model="auto",
    chosen="evidence",
    reason="Covered rows carry 1.5 votes on the average.",
    fallback=None,
    seed=0,
    class_balance=(0.5, 0.5),
    temperature=1.0,
    converged=True,
    seconds=0.1,
    measured=MeasuredAccuracy(0.9, 0.7, 0.97, 0.92, -0.02, -0.1, 0.06, 20),
    expected=LabelUncertainty(0.8, 0.6, 0.9, (0.5, 0.5), (0.4, 0.4), (0.6, 0.6)),
    dependence=Dependence((), (), 3, 3.0),
    calibration=None,
    thresholds=(),
)


def test_each_line_says_one_thing() -> None:
    """Which model and why; what was measured; what it expects."""
    chosen, measured, expected = panel_lines(REPORT)
    assert chosen == (
        "Label model: evidence, chosen by auto. Covered rows carry 1.5 votes on the average."
    )
    assert measured.startswith("On 20 covered dev gold rows that the fit did not see: 90.0\xa0%")
    assert "(70–97), −2.0 points against majority vote (−10.0 to +6.0)" in measured
    assert expected.startswith("The model itself expects 80.0\xa0%")


def test_unseen_gold_stands_below_the_plain_figure() -> None:
    """With its interval, its count, and why it is worth more."""
    unseen = UnseenLabels(right=8.0, majority_right=7.5, rows=10)
    line = panel_lines(replace(REPORT, unseen=unseen))[2]
    assert line.startswith(
        "On unseen gold, labelled after the last edit of any function: 80.0\xa0%"
    )
    assert "right (49–94, n = 10), majority vote 75.0\xa0%. The fit knows none" in line


def test_unseen_gold_that_a_sampler_chose_is_reweighted_with_the_raw_figure_beside() -> None:
    """The share, its interval and majority vote's are those on rows drawn evenly."""
    fair = ReweightedShare(0.7, 0.4, 0.9, 6.0)
    unseen = UnseenLabels(8.0, 7.5, 10, fair, ReweightedShare(0.65, 0.3, 0.8, 6.0))
    line = panel_lines(replace(REPORT, unseen=unseen))[2]
    assert "70.0\xa0% right (40–90, n = 10, raw 80.0\xa0%), majority vote 65.0\xa0%." in line


def test_a_fallback_is_said_first_and_with_its_reason() -> None:
    """Majority vote labels, and the model that does not is named."""
    first = panel_lines(replace(REPORT, fallback="it did not settle"))[0]
    assert first == (
        "⚠ Majority vote labels. evidence was fitted but is not trusted: it did not settle."
    )


def test_without_gold_the_next_step_is_named() -> None:
    """Nothing is measured until somebody labels."""
    assert "Label some in Annotate" in panel_lines(replace(REPORT, measured=None))[1]


def test_copies_are_named_with_the_effective_number() -> None:
    """Two of three functions say nearly the same."""
    pair = DependentPair("a", "b", 40, 10.0, 0.9)
    found = Dependence((pair,), (("a", "b"),), 3, 2.1)
    last = panel_lines(replace(REPORT, dependence=found))[-1]
    assert last == "3 functions say as much as 2.1 independent ones. Nearly the same: a, b."


def test_figures_of_earlier_labels_are_marked() -> None:
    """The first line says that what follows is from before the last change."""
    lines = panel_lines(replace(REPORT, pending=True))
    assert lines[0] == "The labels are new. What stands here is from before the last change."
    assert lines[1:] == panel_lines(REPORT)


def test_labels_not_judged_yet_do_not_ask_for_gold() -> None:
    """Nothing is measured, because nothing was compared yet."""
    lines = panel_lines(replace(REPORT, measured=None, expected=None, pending=True))
    assert not any("Annotate" in line for line in lines)
