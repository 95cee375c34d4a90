"""What the server asks of its workers, what they report, and what it refuses to run without."""

import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from labeling.errors import WorkerError
from labeling.execution.isolation import (
    BARE_LAYERS,
    LAYERS,
    IsolationReport,
    IsolationSettings,
    Layer,
    isolation_settings,
)
from labeling.execution.local import LocalExecutor
from labeling.execution.sandbox import lock_down

from .conftest import running

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="the layers are Linux's")
needs_bubblewrap = pytest.mark.skipif(
    shutil.which("bwrap") is None, reason="bubblewrap is not installed"
)


def active(report: IsolationReport) -> set[str]:
    """Return the names of the layers that hold."""
    return {layer.name for layer in report.layers if layer.active}


def test_without_variables_everything_the_system_has_is_asked_for() -> None:
    """Nothing is required."""
    settings = isolation_settings({})
    assert settings == IsolationSettings()
    assert (settings.mode, settings.layers, settings.require) == ("auto", tuple(LAYERS), ())


def test_variables_are_read() -> None:
    """Folders and launcher words are split as in a shell."""
    settings = isolation_settings(
        {
            "LABELWRIGHT_LF_ISOLATION": "bwrap",
            "LABELWRIGHT_LF_LAUNCHER": "nice -n '5'",
            "LABELWRIGHT_LF_REQUIRE": "limits, seccomp",
            "LABELWRIGHT_LF_READABLE": os.pathsep.join(["/models", "/words"]),
        }
    )
    assert settings.launcher == ("nice", "-n", "5")
    assert settings.require == ("landlock", "seccomp", "namespaces", "limits")
    assert settings.readable == (Path("/models"), Path("/words"))


@pytest.mark.parametrize(
    ("variable", "value", "answer"),
    [
        ("ISOLATION", "bwarp", "Valid choices: auto, landlock, bwrap, off"),
        ("REQUIRE", "seccomp,landlok", "no 'landlok'"),
        ("LAUNCHER", "nice 'x", "LABELWRIGHT_LF_LAUNCHER: The command cannot be read"),
    ],
)
def test_a_misspelt_setting_is_answered_with_the_choices(
    variable: str, value: str, answer: str
) -> None:
    """It is never taken for a weaker one."""
    with pytest.raises(WorkerError, match=answer):
        isolation_settings({f"LABELWRIGHT_LF_{variable}": value})


@needs_linux
def test_a_worker_reports_its_own_layers(executor: LocalExecutor) -> None:
    """On a Linux with Landlock all but the launcher's; each says what it found."""
    report = executor.isolation()
    assert [layer.name for layer in report.layers] == list(LAYERS)
    assert {"limits", "parent", "privileges", "seccomp"} <= active(report)
    assert all(layer.detail for layer in report.layers)


def test_what_is_switched_off_is_not_claimed(bare_executor: LocalExecutor) -> None:
    """Such a server is for trusted authors only."""
    report = bare_executor.isolation()
    assert active(report) <= set(BARE_LAYERS)
    assert report.trusted_authors_only


def test_a_layer_that_the_system_lacks_is_not_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on another system than Linux, where nothing of it is even tried."""
    monkeypatch.setattr(sys, "platform", "darwin")
    layers = lock_down(("parent", "privileges", "landlock", "seccomp", "namespaces"), (), "")
    assert not any(layer.active for layer in layers)
    assert "Linux does" in layers[3].detail


@pytest.mark.parametrize(
    ("missing", "trusted_only"), [("landlock", True), ("seccomp", True), ("namespaces", False)]
)
def test_both_kernel_layers_are_needed_for_the_authors_one_does_not_trust(
    missing: str, trusted_only: bool
) -> None:
    """Each alone leaves files or the network open."""
    layers = tuple(Layer(name, name != missing, "") for name in LAYERS)
    assert IsolationReport(IsolationSettings(), layers).trusted_authors_only is trusted_only


def test_a_required_layer_that_is_missing_stops_every_run(rows_path: Path) -> None:
    """The error names the layer, why it is missing, and what to change."""
    settings = IsolationSettings(layers=BARE_LAYERS, require=("seccomp",))
    with LocalExecutor(1, settings) as executor:
        with pytest.raises(WorkerError, match=r"seccomp \(switched off\).*LABELWRIGHT_LF_"):
            executor.isolation()
        with pytest.raises(WorkerError, match="seccomp"):
            running(executor, rows_path)("def f(x):\n    return 1\n")


@needs_linux
def test_a_launcher_starts_the_worker(rows_path: Path) -> None:
    """It may be any command that ends in running another."""
    with LocalExecutor(1, IsolationSettings(launcher=("nice", "-n", "7"))) as executor:
        result = running(executor, rows_path)(
            "import os\ndef f(x):\n    print(os.getpriority(os.PRIO_PROCESS, 0))\n", 1
        )
    nice = os.getpriority(os.PRIO_PROCESS, 0)  # the tests may run at a low priority themselves
    assert result.stdout == f"{min(nice + 7, 19)}\n"


@needs_linux
def test_readable_folders_are_readable_and_not_writable(rows_path: Path, tmp_path: Path) -> None:
    """For word lists and models; what lies beside them stays closed."""
    words, beside = tmp_path / "words", tmp_path / "beside"
    for folder in (words, beside):
        folder.mkdir()
        (folder / "list.txt").write_text("spam", "utf-8")
    source = f"def f(x):\n    return open({str(words / 'list.txt')!r}, MODE).read()\n"
    with LocalExecutor(1, IsolationSettings(readable=(words,))) as executor:
        run = running(executor, rows_path)
        assert run(source.replace("MODE", "'r'"), rows=1).votes.tolist() == [1]
        for refused in (
            source.replace("MODE", "'r+'"),
            source.replace("MODE", "'r'").replace("words", "beside"),
        ):
            (error,) = run(refused, rows=1).errors
            assert error.error == "PermissionError"


@needs_linux
@needs_bubblewrap
def test_bubblewrap_hides_what_there_is(rows_path: Path) -> None:
    """Votes come as ever; paths, processes and networks of the server do not exist inside."""
    source = (
        "import os\n"
        "def f(x):\n"
        f"    print(os.path.exists({str(rows_path)!r}), os.path.exists('/etc/passwd'))\n"
        f"    print(os.getpid(), os.path.exists('/proc/{os.getpid()}'))\n"
        "    return int(x.n % 2)\n"
    )
    with LocalExecutor(1, isolation_settings({"LABELWRIGHT_LF_ISOLATION": "bwrap"})) as executor:
        assert active(executor.isolation()) == set(LAYERS)
        result = running(executor, rows_path)(source, rows=2)
    assert result.votes.tolist() == [0, 1]
    assert result.stdout.splitlines()[:2] == ["False False", "1 False"]


@needs_linux
@needs_bubblewrap
@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("sum(range(10**12))", "took longer than 0.2 s and was stopped on row 0, line 3"),
        ("while True: pass", None),
        ("os._exit(3)", "ended its process with exit code 3 on row 0"),
        ("ctypes.string_at(0)", "segmentation fault) on row 0, line 3"),
    ],
)
def test_bubblewrap_changes_no_message(rows_path: Path, body: str, sentence: str | None) -> None:
    """The server reaches through to the worker to ask for the line, and to kill it."""
    settings = isolation_settings({"LABELWRIGHT_LF_ISOLATION": "bwrap"})
    with LocalExecutor(1, settings) as executor:
        source = f"import ctypes, os\ndef f(x):\n    {body}\n"
        result = running(executor, rows_path)(source, rows=1)
    if sentence is None:
        assert [(error.error, error.line) for error in result.errors] == [("TimeoutError", 3)]
    else:
        assert sentence in (result.failure or "")


@needs_linux
def test_a_launcher_that_is_missing_is_said(
    rows_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing runs without what was asked for."""
    monkeypatch.setenv("PATH", "/nowhere")
    settings = replace(IsolationSettings(), mode="bwrap")
    with (
        LocalExecutor(1, settings) as executor,
        pytest.raises(WorkerError, match="bwrap is not installed"),
    ):
        executor.isolation()
