"""How a row was drawn, and its way through a browser and back."""

import pytest

from labeling.draws import Draw


def test_weight_is_that_of_an_importance_sample():
    """A row that was ten times as likely as in an even draw stands for a tenth of a row."""
    assert Draw("uncertain", 0.5, 0.05).weight == pytest.approx(0.1)


@pytest.mark.parametrize(
    "draw", [Draw("random", 1, 1.0), Draw("a-search", 1 / 3, 2e-7)], ids=lambda one: one.sampler
)
def test_text_comes_back_to_the_last_bit(draw):
    """What a browser is given and sends back is the same draw."""
    assert Draw.from_text(draw.as_text()) == draw


def test_no_text_is_no_draw():
    """A row whose draw is not known has none."""
    assert Draw.from_text("") is None


@pytest.mark.parametrize(
    "text", ["random", "random 0.5", "random 0.5 x", "random 2 0.5", " 0.5 0.5", "a b 0.5 0.5"]
)
def test_other_text_is_refused(text):
    """A browser may send anything; a draw that is none is not taken for one."""
    with pytest.raises(ValueError, match=r"is no draw|could not convert"):
        Draw.from_text(text)
