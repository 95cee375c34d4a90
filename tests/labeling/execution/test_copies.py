"""Workers are copies of one process that has imported everything, and share nothing else."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from labeling.errors import WorkerError
from labeling.execution.copied import Template, can_copy
from labeling.execution.handshake import reported_layers
from labeling.execution.isolation import IsolationSettings
from labeling.execution.local import LocalExecutor
from labeling.execution.process import WorkerProcess
from labeling.execution.readable import readable
from labeling.execution.start import new_template

from .conftest import Run, running

pytestmark = pytest.mark.skipif(not can_copy(), reason="this system has not what copies need")

SERVER = """\
import sys, time
from pathlib import Path
from labeling.execution.local import LocalExecutor
from tests.labeling.execution.conftest import running
executor = LocalExecutor(1)
source = "import os\\ndef f(x):\\n    print(os.getpid(), os.getppid())\\n"
print(executor.isolation() and running(executor, Path(sys.argv[1]))(source, 1).stdout, flush=True)
running(executor, Path(sys.argv[1]))("def f(x):\\n    while True: pass\\n", 1)
"""


@pytest.fixture
def template() -> Iterator[Template]:
    """A template of its own."""
    template = new_template(IsolationSettings(), 0)
    assert template
    yield template
    template.close()


def parent_of(pid: int) -> int:
    """Return the id of a process's parent, 0 where the process is gone."""
    try:
        state, parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return 0 if state == "Z" else int(parent)


def test_copies_draw_other_random_numbers(run: Run) -> None:
    """A function that is not the same each time must not look as if it were."""
    source = (
        "import random, uuid\n"
        "import numpy as np\n"
        "def f(x):\n"
        "    print(random.random(), np.random.rand(), np.random.default_rng().random())\n"
        "    print(uuid.uuid4())\n"
    )
    first, second = (run(source, rows=1).stdout.split() for _ in range(2))
    assert len(first) == 4
    assert not set(first) & set(second)


def test_a_copy_has_nothing_of_the_template_open(run: Run) -> None:
    """No way to ask for further copies, and none to what other workers hold."""
    source = (
        "import os, stat\n"
        "def f(x):\n"
        "    for d in range(256):\n"
        "        try: print(stat.S_IFMT(os.fstat(d).st_mode) == stat.S_IFSOCK)\n"
        "        except OSError: pass\n"
    )
    found = run(source, rows=1).stdout.split()
    assert found
    assert "True" not in found


def test_copies_are_children_of_one_template(template: Template) -> None:
    """Each leads a session of its own: what it starts ends with it, and its time is its own."""
    workers = [WorkerProcess(IsolationSettings(), 0, template) for _ in range(2)]
    try:
        for worker in workers:
            assert reported_layers(worker)
        assert len({parent_of(worker.pid) for worker in workers}) == 1
        assert all(os.getsid(w.pid) == os.getpgid(w.pid) == w.pid for w in workers)
        os.kill(workers[0].pid, signal.SIGTERM)
        assert workers[0].exit_code(5) == -signal.SIGTERM
        assert workers[1].exit_code(0) is None
    finally:
        for worker in workers:
            worker.close()


def test_a_copy_can_be_closed_at_once(template: Template) -> None:
    """Also where it has not come to lead a group yet."""
    for _ in range(20):
        worker = WorkerProcess(IsolationSettings(), 0, template)
        worker.close()
        assert worker.exit_code(0) == -signal.SIGKILL


def test_a_template_that_was_killed_is_replaced(rows_path: Path) -> None:
    """The workers on standby went with it; the next run has one of another."""
    source = "import os\ndef f(x):\n    print(os.getppid())\n"
    with LocalExecutor(1) as executor:
        run = running(executor, rows_path)
        parent = int(run(source, rows=1).stdout)
        ended = os.pidfd_open(parent)
        os.kill(parent, signal.SIGKILL)
        assert readable([ended], 10)
        os.close(ended)
        assert int(run(source, rows=1).stdout) not in (parent, 1)


def test_a_closed_template_makes_no_copies(template: Template) -> None:
    """Whoever asks is told so."""
    template.close()
    assert not template.is_open
    with pytest.raises(WorkerError, match="has gone"):
        WorkerProcess(IsolationSettings(), 0, template)


def test_all_end_with_the_server(rows_path: Path) -> None:
    """However it ends: the template notices, and the kernel ends the copies."""
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(rows_path)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    )
    assert server.stdout
    _, template = map(int, server.stdout.readline().split())
    copies: list[int] = []
    deadline = time.monotonic() + 30
    while not copies and time.monotonic() < deadline:  # the next run, or one on standby
        pids = map(int, filter(str.isdigit, os.listdir("/proc")))  # noqa: PTH208
        copies = [pid for pid in pids if parent_of(pid) == template]
    assert copies
    server.kill()
    server.wait()
    server.stdout.close()
    deadline = time.monotonic() + 10
    while any(map(parent_of, (template, *copies))) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(map(parent_of, (template, *copies)))
