"""`test-gold` as other programs call it."""

import json
from pathlib import Path

from tests.command_line import cli
from tests.projects import FUNCTIONS, create


def test_a_look_is_printed_and_logged(tmp_path: Path) -> None:
    """Without --look nothing is measured; the log keeps what was seen."""
    folder = create(tmp_path / "p")
    (tmp_path / "functions.py").write_text(FUNCTIONS, "utf-8")
    assert cli("functions", "add", folder, tmp_path / "functions.py").returncode == 0
    asked = cli("test-gold", folder)
    assert (asked.returncode, asked.stdout) == (0, "")
    assert "Nobody has looked" in asked.stderr
    looked = cli("test-gold", folder, "--look", "--author", "mara")
    assert looked.returncode == 0, looked.stderr
    first, *figures = looked.stdout.splitlines()
    assert first.split("\t")[1:] == [
        "mara",
        "1.0 of 1 labels right (100.0 %), by majority vote 1.0",
        "0 edits after it",
    ]
    assert figures[-2:] == ["money\t100.0\xa0% (21–100, n = 1)", "lunch\t–"]
    (kept,) = json.loads(cli("test-gold", folder, "--json").stdout)
    assert (kept["author"], kept["edits"], kept["figures"]["labels"]["right"]) == ("mara", 0, 1.0)


def test_a_look_by_nobody_is_refused(tmp_path: Path) -> None:
    """It says how to give a name."""
    refused = cli("test-gold", create(tmp_path / "p"), "--look", "--author", "")
    assert refused.returncode == 1
    assert "--author NAME" in refused.stderr
