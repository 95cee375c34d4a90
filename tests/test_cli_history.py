"""`history` and `undo` as other programs call them."""

import json
from pathlib import Path

from tests.projects import create
from tests.test_cli import FUNCTIONS, cli


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
    assert listed.stdout.split("\t")[1:] == ["function:3", "-", "removed lunch\n"]
    assert listed.stderr == "2 earlier changes: --limit 3\n"
    refused = cli("undo", folder, "import:1")
    assert refused.returncode == 1
    assert "cannot be taken out again" in refused.stderr
