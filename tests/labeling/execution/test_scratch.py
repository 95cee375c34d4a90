"""What a process leaves in the temporary folder."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from labeling.execution.scratch import PREFIXES, ScratchFolder, remove_left_behind

_MAKE_ONE_AND_WAIT = """
from labeling.execution.scratch import ScratchFolder
made = ScratchFolder()
print(made.path, flush=True)
input()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of its own, here and in what is started."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    return tmp_path


def test_what_a_killed_process_left_is_removed() -> None:
    """The folder of one that runs stays, whatever its age."""
    process = subprocess.Popen(
        [sys.executable, "-c", _MAKE_ONE_AND_WAIT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    made = Path(process.stdout.readline().strip())
    remove_left_behind(new_seconds=0)
    assert made.is_dir()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert made.is_dir()
    remove_left_behind(new_seconds=0)
    assert not made.exists()


def test_a_folder_made_a_moment_ago_stays(temporary: Path) -> None:
    """It may not have been locked yet."""
    made = temporary / f"{PREFIXES[1]}new"
    made.mkdir()
    remove_left_behind()
    assert made.is_dir()


def test_nothing_else_is_touched(temporary: Path) -> None:
    """Not what a link points to, either."""
    kept = temporary / "kept"
    kept.mkdir()
    (kept / "letter").touch()
    (temporary / f"{PREFIXES[0]}link").symlink_to(kept)
    remove_left_behind(new_seconds=0)
    assert (kept / "letter").is_file()


def test_a_folder_is_removed_with_what_is_in_it() -> None:
    """Twice is no fault."""
    folder = ScratchFolder()
    (folder.path / "votes").touch()
    folder.remove()
    assert not folder.path.exists()
    folder.remove()
