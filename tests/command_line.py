"""The command line in tests: as a process of its own, or, much quicker, within this one."""

import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

import cli as command_line

ROOT = Path(__file__).resolve().parent.parent

Finished = subprocess.CompletedProcess[str]


def cli_process(*arguments: object) -> Finished:
    """Run the command line as other programs do, from another folder."""
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT.parent,
    )


def cli(*arguments: object) -> Finished:
    """Run the command line in this process: the same `main`, without the second of a start."""
    words = ["cli.py", *map(str, arguments)]
    out, err = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", words)
        try:
            command_line.main()
        except SystemExit as end:
            code = end.code
    assert isinstance(code, int)
    return Finished(words, code, out.getvalue(), err.getvalue())
