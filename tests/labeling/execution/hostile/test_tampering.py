"""No function that turns on its worker gets further; the next one runs as if it had not been."""

import re
from collections.abc import Callable

import pytest

from labeling.runs import RunResult

from .attack import Attack
from .conftest import LIMITS, Try
from .reaching_out import REACHING_OUT
from .tampering import TAMPERING

INNOCENT = "def f(x):\n    return len(sorted(str(x.text))) % 2\n"
Run = Callable[..., RunResult]


def test_there_are_enough_attacks_and_each_has_a_name() -> None:
    """At least seventy, none twice."""
    names = [attack.name for attack in (*REACHING_OUT, *TAMPERING)]
    assert len(names) == len(set(names)) >= 70


@pytest.mark.parametrize("attack", TAMPERING, ids=lambda attack: attack.name)
def test_a_run_always_ends_with_a_sentence(attempt: Try, attack: Attack) -> None:
    """Whatever the function does to its own process, no vote of it counts."""
    outcome = attempt(attack)
    assert re.search(attack.seen, outcome.told)
    assert outcome.marked_line in (None, outcome.line)
    assert not outcome.has_voted
    assert outcome.after == outcome.before


@pytest.mark.parametrize(
    "source",
    [
        "import json, builtins\njson.dumps = None\nbuiltins.len = None\n",
        "import labeling.execution.row_loop as r\nr.RowLoop.run = None\n",
        "import sys\nsys.settrace(lambda *_: 1 / 0)\nsys.setprofile(lambda *_: None)\n",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(99,)).start()\n",
        "import atexit, os\natexit.register(os.write, 1, b'late')\n",
    ],
    ids=["builtins", "the loop", "tracing", "a thread", "an exit handler"],
)
def test_nothing_of_a_function_reaches_the_next(run: Run, source: str) -> None:
    """Whatever it patched, the next function votes as if it had never been."""
    undisturbed = run(INNOCENT, rows=20).votes.tolist()
    patched = run(f"{source}def f(x):\n    return 1\n", limits=LIMITS)
    assert "late" not in patched.stdout
    assert run(INNOCENT, rows=20).votes.tolist() == undisturbed
