"""`history` and `undo` as other programs call them."""

import json
from pathlib import Path

from commands.shared import operator
from tests.command_line import cli
from tests.projects import FUNCTIONS, create


def test_a_change_is_listed_and_undone(tmp_path: Path) -> None:
    """The log names each change; undo takes its name and refuses what cannot be."""
    folder = create(tmp_path / "p")
    (tmp_path / "functions.py").write_text(FUNCTIONS, "utf-8")
    assert cli("functions", "add", folder, tmp_path / "functions.py").returncode == 0
    events = json.loads(cli("history", folder, "--json").stdout)
    assert [(one["event_id"], one["says"], one["can_undo"]) for one in events] == [
        ("function:2", "added lunch (python)", True),
        ("function:1", "added money (python)", True),
        ("import:1", "imported p.csv: 8 rows", False),
    ]
    undone = cli("undo", folder, "function:2")
    assert (undone.returncode, undone.stderr) == (0, "Undone: added lunch (python).\n")
    listed = cli("history", folder, "--kind", "function", "--limit", "1")
    assert listed.stdout.split("\t")[1:] == ["function:3", operator(), "removed lunch\n"]
    assert listed.stderr == "2 earlier changes: --limit 3\n"
    refused = cli("undo", folder, "import:1")
    assert refused.returncode == 1
    assert "cannot be taken out again" in refused.stderr


def test_pinned_rows_are_tested_and_exported(tmp_path: Path) -> None:
    """A row with another vote is exit code 1; the export says what it left out."""
    folder = create(tmp_path / "p")
    (tmp_path / "functions.py").write_text(FUNCTIONS, "utf-8")
    (tmp_path / "all.sql").write_text("SELECT row_id, 0 AS label FROM rows", "utf-8")
    for name in ("functions.py", "all.sql"):
        assert cli("functions", "add", folder, tmp_path / name).returncode == 0
    assert cli("functions", "pin", folder, "money", 0, "spam").returncode == 0
    passed = cli("functions", "test", folder)
    assert (passed.returncode, passed.stdout) == (0, "✓ money\trow 0\tshould spam\tvotes spam\n")
    assert "1 pinned row, 0 with another vote." in passed.stderr
    assert cli("functions", "pin", folder, "money", 6, "spam").returncode == 0
    failed = cli("functions", "test", folder, "--json")
    assert failed.returncode == 1
    assert json.loads(failed.stdout)[0] == {
        "function": "money", "row_id": 6, "should": "spam", "votes": "abstain", "passed": False,
    }  # fmt: skip
    refused = cli("functions", "pin", folder, "money", 4, "spam")
    assert (refused.returncode, "locked away" in refused.stderr) == (1, True)
    written = cli("functions", "export", folder, tmp_path / "out")
    assert "all is left out" in written.stderr
    assert (tmp_path / "out" / "test_functions.py").is_file()
