"""No function reaches what is not its own, and its author is told what was refused, and where."""

import re

import pytest

from .attack import Attack
from .conftest import Try
from .reaching_out import REACHING_OUT


@pytest.mark.parametrize("attack", REACHING_OUT, ids=lambda attack: attack.name)
def test_what_is_not_its_own_is_out_of_reach(attempt: Try, attack: Attack) -> None:
    """Files, listeners and the server are as before."""
    outcome = attempt(attack)
    assert re.search(attack.seen, outcome.told)
    assert outcome.marked_line in (None, outcome.line)
    assert not outcome.has_voted
    assert outcome.after == outcome.before
