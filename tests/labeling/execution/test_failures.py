"""Whatever a function does, there is a result that says what, on which row and which line."""

import os
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from labeling.errors import Cancelled, ProjectError, WorkerError
from labeling.execution.handshake import reported_layers
from labeling.execution.isolation import IsolationSettings
from labeling.execution.local import LocalExecutor
from labeling.execution.process import WorkerProcess
from labeling.execution.supervisor import Supervisor
from labeling.functions import LabelingFunction
from labeling.kinds.kind import SOURCE_FILE
from labeling.runs import Job, Limits, RowError

from .conftest import CLASSES, N_ROWS, QUICK, Run


def on_row_five(*lines: str, before: str = "") -> str:
    """Return a function that does something on row 5, from its line 3 on (plus `before`)."""
    body = "".join(f"        {line}\n" for line in lines)
    return f"{before}def f(x):\n    if x.n == 5:\n{body}    return 1\n"


def test_an_exception_is_an_error_on_its_row(run: Run) -> None:
    """The deepest line of the author's own code is named, not that of a library."""
    source = "import json\ndef helper(t):\n    return json.loads(t)\n" + on_row_five(
        "return helper('{')"
    )
    result = run(source)
    assert result.complete
    assert result.votes.tolist() == [1, 1, 1, 1, 1, -2, 1, 1, 1, 1]
    (error,) = result.errors
    assert (error.row_id, error.error, error.line) == (5, "JSONDecodeError", 3)
    assert error.message.startswith("Expecting property name")


def test_a_misspelt_column_is_answered_with_the_right_one(run: Run) -> None:
    """The columns are in the message."""
    (error,) = run("def f(x):\n    return x.txet\n", rows=1).errors
    assert error.message.endswith("Did you mean 'text'?")


def test_a_wrong_label_names_its_return(run: Run) -> None:
    """The line is that of the `return`, also when a helper returned before it."""
    source = (
        "def helper(x):\n    return 'spma'\n"
        "def f(x):\n    print('once')\n    if x.n == 1:\n        return helper(x)\n    return 9\n"
    )
    result = run(source, rows=2)
    assert [error.line for error in result.errors] == [7, 6]
    assert "returned 'spma'; return a class name ('ham', 'spam')" in result.errors[1].message
    assert result.stdout == "once\nonce\n"


def test_errors_beyond_the_limit_are_counted(run: Run) -> None:
    """All are marked in the votes; the first ones carry a message."""
    limits = Limits(error_details=300)
    result = run("def f(x):\n    raise ValueError('x' * 9999)\n", rows=9000, limits=limits)
    assert (result.error_count, len(result.errors)) == (9000, 300)
    assert [error.row_id for error in result.errors] == list(range(300))
    assert len(result.errors[0].message) == 500


def test_an_exception_that_cannot_be_shown_is_still_an_error(run: Run) -> None:
    """Its type and line are enough."""
    source = (
        "class Odd(Exception):\n    def __str__(self):\n        return 1 / 0\n"
        "def f(x):\n    raise Odd\n"
    )
    (error,) = run(source, rows=1).errors
    assert error == RowError(0, "Odd", "(its message cannot be shown: ZeroDivisionError)", 5)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("while True: pass", "TimeoutError"),
        ("__import__('time').sleep(60)", "TimeoutError"),
        ("return __import__('re').match('(a+)+$', 'a' * 40 + 'b')", "TimeoutError"),
        ("return f(x)", "RecursionError"),
        ("return bytearray(10**10)", "MemoryError"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    ],
)
def test_one_bad_row_does_not_end_the_run(run: Run, body: str, name: str) -> None:
    """The row is an error with its line, and the next rows are run."""
    result = run(on_row_five(body))
    assert result.complete
    assert result.votes.tolist() == [1, 1, 1, 1, 1, -2, 1, 1, 1, 1]
    assert [(error.row_id, error.error) for error in result.errors] == [(5, name)]
    assert result.errors[0].line in (2, 3)


def test_a_loop_that_swallows_exceptions_is_still_a_timeout(run: Run) -> None:
    """`except Exception` does not catch the timer."""
    source = on_row_five("while True:", "    try: 1 / 0", "    except Exception: pass")
    assert [error.error for error in run(source).errors] == ["TimeoutError"]


def test_a_loop_that_swallows_everything_ends(run: Run) -> None:
    """The timer raises until it gets through, and where it does not the server kills."""
    source = on_row_five(
        "while True:", "    try:", "        while True: pass", "    except BaseException: pass"
    )
    result = run(source)
    assert result.votes[5] == -2 or "on row 5" in (result.failure or "")


ENDLESS_TEXT = """class Odd(Exception):
    def __str__(self):
        while True: pass
"""
LABEL_THAT_HANGS = """import enum
class Label(enum.IntEnum):
    SPAM = 1
    def __hash__(self):
        while hangs: pass
        return 1
hangs = False
def f(x):
    global hangs
    hangs = x.n == 5
    return Label.SPAM
"""
TWO_TRIES = """calls = 0
def f(x):
    global calls
    calls += x.n == 5
    while x.n == 5 and calls == 2: pass
    return 'spma' if x.n == 5 else 1
"""


def test_an_exception_whose_text_never_ends_is_named_with_its_row(run: Run) -> None:
    """Also on the last row: it is still being run while it is described."""
    result = run(on_row_five("raise Odd", before=ENDLESS_TEXT), rows=6)
    assert "took longer than 0.2 s and was stopped on row 5" in (result.failure or "")
    assert result.failure_row == 5
    assert result.votes.tolist() == [1] * 5 + [-3]


def test_an_exception_whose_text_ends_the_process_is_an_error_on_its_row(run: Run) -> None:
    """Its name is shown, and that it has no text."""
    odd = "class Odd(Exception):\n    def __str__(self):\n        raise SystemExit\n"
    (error,) = run(on_row_five("raise Odd", before=odd)).errors
    assert (error.row_id, error.error) == (5, "Odd")
    assert error.message == "(its message cannot be shown: SystemExit)"


def test_a_label_that_hangs_is_a_timeout_on_its_row(run: Run) -> None:
    """What compares and hashes a label is the author's code as well."""
    result = run(LABEL_THAT_HANGS)
    assert result.complete
    assert [(error.row_id, error.error) for error in result.errors] == [(5, "TimeoutError")]


def test_a_wrong_label_whose_second_try_hangs_is_an_error_on_its_row(run: Run) -> None:
    """The row is run again for the line of its `return`; without one there is no line."""
    result = run(TWO_TRIES)
    assert result.complete
    (error,) = result.errors
    assert (error.row_id, error.error, error.line) == (5, "InvalidLabelError", None)


def test_recursion_that_is_caught_without_end_is_named_with_its_row(run: Run) -> None:
    """A timeout that finds the stack full comes again, and the server has the last word."""
    source = on_row_five("    while True:", "        try: f(x)", "        except Exception: pass")
    result = run(source.replace("x.n == 5:", "x.n == 5:\n        if True:"))
    rows = [error.row_id for error in result.errors] or [result.failure_row]
    assert rows == [5]


def test_memory_that_is_gone_between_rows_is_named_with_the_next(run: Run) -> None:
    """The rows before it keep their votes."""
    source = (
        "from labeling.execution.row_loop import RowLoop\n"
        "values = RowLoop._values\n"
        "def values_of_first_chunk(self, chunk, asked):\n"
        "    if chunk.first: raise MemoryError\n"
        "    return values(self, chunk, asked)\n"
        "RowLoop._values = values_of_first_chunk\n"
        "def f(x):\n    return 1\n"
    )
    result = run(source, rows=12_000)
    assert result.failure == "The run needed more than 512 MB of memory on row 6000."
    assert (result.failure_row, result.vote_count) == (6_000, 6_000)


def test_too_many_slow_rows_end_the_run(run: Run) -> None:
    """After `row_timeouts` rows the rest is not tried."""
    limits = Limits(row_seconds=0.1, row_timeouts=2)
    result = run("def f(x):\n    while x: pass\n", limits=limits)
    assert result.votes.tolist() == [-2, -2] + [-3] * 8
    assert result.failure == (
        "The function took longer than 0.1 s on 2 rows and was stopped, "
        "the last time on row 1, line 2."
    )
    assert (result.failure_row, result.failure_line) == (1, 2)


@pytest.mark.parametrize(
    ("source", "sentence", "line"),
    [
        (on_row_five("sum(range(10**12))"), "took longer than 0.2 s and was stopped", 3),
        (on_row_five("__import__('os')._exit(3)"), "ended its process with exit code 3", None),
        (on_row_five("__import__('os').abort()"), "crashed Python (abort)", 3),
        (
            on_row_five("ctypes.string_at(0)", before="import ctypes\n"),
            "crashed Python (segmentation fault)",
            4,
        ),
        (on_row_five("raise SystemExit(1)"), "called sys.exit()", 3),
    ],
)  # fmt: skip
def test_what_ends_a_run_names_the_row(
    run: Run, source: str, sentence: str, line: int | None
) -> None:
    """Rows before keep their votes; the row itself is named, and the line where it is known."""
    result = run(source)
    assert result.votes.tolist()[:5] == [1] * 5
    assert sentence in (result.failure or "")
    assert "on row 5" in (result.failure or "")
    assert result.failure_row == 5
    if line is not None:
        assert result.failure_line == line
        assert f"line {line}." in (result.failure or "")


def test_a_flood_of_output_ends_the_run(run: Run) -> None:
    """The row that printed is named; the row itself has time to print it all."""
    limits = Limits(row_seconds=20)
    result = run(on_row_five("print('y' * 20_000_000)"), limits=limits)
    assert "printed more than 8 MB and was stopped on row 5" in (result.failure or "")
    assert result.failure_row == 5


@pytest.mark.parametrize(
    ("source", "sentence", "line"),
    [
        ("import nothing_like_it\n", "ModuleNotFoundError", 1),
        ("\nWORDS = 1 / 0\n", "line 2: ZeroDivisionError", 2),
        ("while True: pass\n", "took longer than 1 s", 1),
        ("import os\nos._exit(0)\n", "ended its process with exit code 0 while it was", None),
        ("f(\n", "Not valid Python", 1),
    ],
)
def test_a_source_that_cannot_be_prepared_runs_no_row(
    run: Run, source: str, sentence: str, line: int | None
) -> None:
    """The failure names the line in the author's source."""
    result = run(source + "def f(x):\n    return 1\n", limits=Limits(run_seconds=1))
    assert set(result.votes) == {-3}
    assert sentence in (result.failure or "")
    assert (result.failure_row, result.failure_line) == (None, line)


def test_the_run_as_a_whole_is_limited(run: Run) -> None:
    """Slow rows within their own limit still end."""
    source = "import time\ndef f(x):\n    time.sleep(0.05)\n    return 1\n"
    result = run(source, rows=1000, limits=Limits(run_seconds=0.5))
    assert (result.failure or "").startswith("The run took longer than 0.5 s and was stopped")
    assert 0 < result.vote_count < 20


def test_output_is_kept_up_to_its_limit(run: Run) -> None:
    """Both streams are shown from their beginning, and what was cut is said."""
    source = "import sys\ndef f(x):\n    print('ä' * 50)\n    print('e', file=sys.stderr)\n"
    result = run(source, rows=100, limits=Limits(output_kb=1))
    assert result.complete
    assert "ää" in result.stdout
    assert "cut after 1,024 of" in result.stdout


@pytest.mark.parametrize(
    "action",
    [
        "os.write(d, b'garbage!!')",
        "os.write(d, b'\\x00\\x00\\x00\\x02{}')",
        "os.write(d, message({'message': 'Finished'}))",
        "os.write(d, message({'message': 'Finished', 'x': 1}))",
        "os.write(d, message({'message': 'Ready'}))",
        "os.write(d, message({'message': 'RowErrors', 'errors': [{'row_id': 99, 'error': 'E',"
        " 'message': '', 'line': None}]}))",
        "os.write(d, message({'message': 'Failed', 'what': 'x', 'line': 1, 'row_id': 99}))",
        "os.write(d, message({'message': 'Timed', 'times':"
        " {'timed': 1, 'p50': float('nan'), 'p95': 1.0, 'slowest': []}}))",
        "os.write(d, message({'message': 'Timed', 'times':"
        " {'timed': 1, 'p50': 1.0, 'p95': 1.0, 'slowest': [{'row_id': 99, 'seconds': 1.0}]}}))",
        "os.write(d, message({'message': 'RowErrors', 'errors': 'x' * 99}))",
        "os.write(d, b'\\xff\\xff\\xff\\xff')",
        "os.ftruncate(d, 0)",
        "os.ftruncate(d, 100)",
        "os.pwrite(d, bytes([9]), 2)",
        "os.pwrite(d, bytes([1]), 10)",
        "os.close(d)",
    ],
)
def test_whoever_tampers_with_the_connection_fails(bare_run: Run, action: str) -> None:
    """Forged and broken messages, and votes that are none, end the run with a sentence."""
    source = (
        "import json, os\n"
        "def message(content):\n"
        "    payload = json.dumps(content).encode()\n"
        "    return len(payload).to_bytes(4, 'big') + payload\n"
        "def f(x):\n"
        "    if x.n == 5:\n"
        "        for d in range(3, 1024):\n"
        f"            try: {action}\n"
        "            except OSError: pass\n"
        "        while True: pass\n"
        "    return 1\n"
    )
    result = bare_run(source, limits=Limits(row_seconds=0.1))
    assert result.failure
    assert len(result.votes) == 10


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("errors(error() for _ in range(4))", "more errors were reported than asked for"),
        ("errors([error(), error()])", "two errors were reported of row 3"),
        ("errors([error(message='x' * 501)])", "too long a text was reported of row 3"),
        ("errors([error(error='E' * 201)])", "too long a text was reported of row 3"),
        ("errors([error(line=99)])", "something was reported of line 99"),
        ("errors([error(line=0)])", "something was reported of line 0"),
        ("errors([error(line=2**31)])", "line is a number that it cannot be"),
        ("errors([error(row_id=2**63)])", "row_id is a number that it cannot be"),
        ("errors([error(row_id=10)])", "something was reported of row 10"),
        ("errors([error(message='\\ud800')])", "a text holds half a character"),
        ("failed(what='x' * 2001)", "too long a text was reported as the reason of its end"),
        ("failed(line=-1)", "something was reported of line -1"),
        ("timed(timed=11)", "11 rows were timed of 10"),
        ("failed(what='x' * 2**20)", "a message of 1048633 bytes was announced"),
    ],
)
def test_what_is_forged_is_named(bare_run: Run, message: str, sentence: str) -> None:
    """Texts, numbers, rows and lines that cannot be end the run, and the function is blamed."""
    source = (
        "import json, os, stat\n"
        "def error(**other):\n"
        "    return {'row_id': 3, 'error': 'E', 'message': '', 'line': None} | other\n"
        "def errors(errors):\n"
        "    return {'message': 'RowErrors', 'errors': list(errors)}\n"
        "def failed(**other):\n"
        "    return {'message': 'Failed', 'what': 'x', 'line': 1, 'row_id': 3} | other\n"
        "def timed(timed):\n"
        "    times = {'timed': timed, 'p50': 1.0, 'p95': 1.0, 'slowest': []}\n"
        "    return {'message': 'Timed', 'times': times}\n"
        "def send(content):\n"
        "    payload = json.dumps(content).encode()\n"
        "    for d in range(3, 256):\n"
        "        try:\n"
        "            if stat.S_ISFIFO(os.fstat(d).st_mode):\n"
        "                os.write(d, len(payload).to_bytes(4, 'big') + payload)\n"
        "        except OSError: pass\n"
        "def f(x):\n"
        "    if x.n == 5:\n"
        f"        send({message})\n"
        "        while True: pass\n"
        "    return 1\n"
    )
    result = bare_run(source, limits=Limits(row_seconds=1, error_details=3))
    assert result.failure == (
        "The function wrote into the connection to Labelwright, or its process is broken: "
        f"{sentence} on row 5."
    )
    assert result.votes.tolist() == [1] * 5 + [-3] * 5


def test_long_and_odd_errors_are_cut_to_what_can_be_sent(run: Run) -> None:
    """Halves of characters are written out; more errors than fit one message come in several."""
    source = (
        "def f(x):\n    raise type('E' * 300, (Exception,), {})('\\ud800' + '\U0001f600' * 600)\n"
    )
    result = run(source, rows=300)
    assert result.complete
    assert len(result.errors) == 300
    (name, message) = (result.errors[299].error, result.errors[299].message)
    assert name == "E" * 98 + "..." + "E" * 99
    assert message == r"\ud800" + "\U0001f600" * 242 + "..." + "\U0001f600" * 249


def test_long_errors_that_differ_at_their_end_stay_different(run: Run) -> None:
    """A message that quotes a long text first, and then says what is wrong with it, says both."""
    source = "def f(x):\n    raise ValueError(f\"in {'long text ' * 500}: no {x.n}\")\n"
    messages = [error.message for error in run(source, rows=3).errors]
    assert [message[-6:] for message in messages] == [": no 0", ": no 1", ": no 2"]
    assert all(message.startswith("in long text") for message in messages)


def test_a_long_reason_is_cut_to_what_can_be_sent(run: Run) -> None:
    """It lists every class of the project, and ends before the last."""
    source = '{"column": "text", "words": ["free"], "label": "none of them"}'
    classes = tuple(f"class {number} of one hundred with a long name" for number in range(100))
    failure = run(source, kind="keyword", classes=classes).failure
    assert failure is not None
    assert "class 0 of one hundred" in failure
    assert len(failure) == 2_000


def test_a_long_source_is_sent_whole(run: Run) -> None:
    """Only what comes from a worker is limited."""
    assert run(f"WORDS = '{'ä' * 400_000}'\ndef f(x):\n    return 1\n").complete


def test_a_line_that_the_source_does_not_have_is_not_shown(bare_run: Run) -> None:
    """A worker can write into its own trace that it is on any line."""
    source = (
        "import os, stat\n"
        "def is_trace(d):\n"
        "    try: found = os.fstat(d)\n"
        "    except OSError: return False\n"
        "    return stat.S_ISREG(found.st_mode) and not found.st_size\n"
        "def f(x):\n"
        "    for d in filter(is_trace, range(3, 256)):\n"
        f"        os.write(d, b'  File \"{SOURCE_FILE}\", line LINE in f')\n"
        "    os._exit(3)\n"
    )
    assert bare_run(source.replace("LINE", "7"), rows=1).failure_line == 7
    assert bare_run(source.replace("LINE", "77"), rows=1).failure_line is None


@pytest.mark.skipif(not hasattr(os, "O_DIRECT"), reason="this system has no such flag")
def test_flags_of_a_worker_do_not_disturb_the_reading_server(bare_run: Run) -> None:
    """With O_DIRECT a read at most places fails; the server reads by descriptions of its own."""
    source = (
        "import fcntl, os, time\n"
        "def f(x):\n"
        "    if x.n == 3:\n"
        "        for d in range(3, 256):\n"
        "            try: fcntl.fcntl(d, fcntl.F_SETFL, os.O_DIRECT)\n"
        "            except OSError: pass\n"
        "        time.sleep(0.1)\n"
        "    if x.n == 7:\n"
        "        os._exit(3)\n"
        "    return 1\n"
    )
    result = bare_run(source)
    assert result.failure == "The function ended its process with exit code 3 on row 7."
    assert result.votes.tolist() == [1] * 7 + [-3] * 3


def test_votes_that_cannot_be_read_are_a_failed_run(rows_path: Path) -> None:
    """A disk that breaks is not taken for a function that stays silent."""
    function = LabelingFunction("f", "python", on_row_five("__import__('time').sleep(0.15)"))
    job = Job(function, CLASSES, rows_path, 0, 10, QUICK)
    worker = WorkerProcess(IsolationSettings())
    try:
        reported_layers(worker)
        supervisor = Supervisor(worker, job)
        result = supervisor.run(lambda *_: worker.votes.close(), None)
    finally:
        worker.close()
    assert "The votes of the run could not be read: " in (result.failure or "")
    assert set(result.votes) == {-3}


def test_a_cancelled_run_ends_at_once(executor: LocalExecutor, rows_path: Path) -> None:
    """Nobody waits for the limits of a run that is not wanted any more."""
    cancelled = threading.Event()
    threading.Timer(0.2, cancelled.set).start()
    function = LabelingFunction("f", "python", "def f(x):\n    while True: pass\n")
    job = Job(function, CLASSES, rows_path, 0, 10, Limits(row_seconds=60))
    before = time.monotonic()
    with pytest.raises(Cancelled):
        executor.run(job, cancelled=cancelled)
    assert time.monotonic() - before < 5


def test_progress_only_grows_and_reaches_rows_of_all(
    executor: LocalExecutor, rows_path: Path
) -> None:
    """It is told in rows done of rows in all."""
    source = "import time\ndef f(x):\n    if x.n % 1000 == 0:\n        time.sleep(0.03)\n"
    job = Job(LabelingFunction("f", "python", source), CLASSES, rows_path, 0, N_ROWS, QUICK)
    told: list[tuple[int, int]] = []
    executor.run(job, on_progress=lambda done, total: told.append((done, total)))
    assert len(told) > 3
    assert told == sorted(told)
    assert {total for _, total in told} == {N_ROWS}


@pytest.fixture
def many_open_files() -> Iterator[None]:
    """This process has descriptors up to 1,100 open, as a busy server does."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < 2_000:
        pytest.skip(f"this process may open {soft} files only")
    with ExitStack() as opened:
        while opened.enter_context(Path(os.devnull).open("rb")).fileno() < 1_100:
            pass
        yield


@pytest.mark.usefixtures("many_open_files")
def test_descriptors_with_high_numbers_are_read(rows_path: Path) -> None:
    """A worker that is started where `select` has no place left runs as any other."""
    function = LabelingFunction("f", "python", "def f(x):\n    print('hello')\n    return 1\n")
    with LocalExecutor(1) as executor:
        result = executor.run(Job(function, CLASSES, rows_path, 0, 10, QUICK))
    assert (result.failure, result.vote_count, result.stdout) == (None, 10, "hello\n" * 10)


def test_fifty_runs_leave_nothing_behind(run: Run) -> None:
    """Descriptors stay as many as before, and no process is left over."""
    run("def f(x):\n    return 1\n")
    descriptors = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    sources = ["def f(x):\n    return 1\n", "import os\ndef f(x):\n    os._exit(1)\n"]
    processes = {_worker_pid(run) for _ in range(5)}
    for number in range(45):
        run(sources[number % 2], rows=3)
    assert len(os.listdir("/proc/self/fd")) <= descriptors + 10  # noqa: PTH208
    assert len(processes) == 5
    for pid in processes:
        assert not Path(f"/proc/{pid}").exists()


def _worker_pid(run: Run) -> int:
    return int(run("import os\ndef f(x):\n    print(os.getpid())\n", rows=1).stdout)


def test_what_a_function_starts_ends_with_it(bare_run: Run) -> None:
    """Threads and processes of its own do not outlive the run."""
    source = (
        "import subprocess, sys, threading, time\n"
        "def f(x):\n"
        "    threading.Thread(target=time.sleep, args=(60,)).start()\n"
        "    print(subprocess.Popen(['sleep', '60']).pid)\n"
    )
    pid = int(bare_run(source, rows=1).stdout)
    deadline = time.monotonic() + 5
    while _is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _is_running(pid)


def _is_running(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_python_that_is_not_there_is_said(rows_path: Path) -> None:
    """The one error that is no function's fault."""
    job = Job(LabelingFunction("f", "python", "def f(x): 1"), CLASSES, rows_path, 0, 1)
    for launcher in ("/nowhere/python", "false"):
        isolation = IsolationSettings(launcher=(launcher,))
        with LocalExecutor(1, isolation) as broken, pytest.raises(WorkerError):
            broken.run(job)


def test_rows_that_are_not_there_are_said(executor: LocalExecutor, rows_path: Path) -> None:
    """A missing file and a range that is none are errors of the caller."""
    function = LabelingFunction("f", "python", "def f(x): return 1")
    with pytest.raises(ProjectError, match="missing"):
        executor.run(Job(function, CLASSES, rows_path.with_name("x"), 0, 1))
    with pytest.raises(ProjectError, match="no range"):
        executor.run(Job(function, CLASSES, rows_path, 5, 1))
    result = executor.run(Job(function, CLASSES, rows_path, N_ROWS - 1, N_ROWS + 1))
    assert "rows are missing" in (result.failure or "")


def test_a_fault_of_the_server_is_a_failed_run_and_in_the_log(
    executor: LocalExecutor, rows_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever asked gets a result that says so, and the next run is as always."""

    def broken(_done: int, _total: int) -> None:
        raise ZeroDivisionError("no such luck")

    function = LabelingFunction("f", "python", on_row_five("__import__('time').sleep(0.15)"))
    job = Job(function, CLASSES, rows_path, 0, 10, QUICK)
    result = executor.run(job, on_progress=broken)
    assert result.failure == (
        "Labelwright failed while it watched the run (ZeroDivisionError: no such luck); "
        "see the log, and run the function again."
    )
    assert set(result.votes) == {-3}
    assert "in broken" in caplog.text
    assert executor.run(job).complete
