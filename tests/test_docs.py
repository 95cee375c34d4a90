"""The documents name what there is, and point to what exists."""

import re
import subprocess
from pathlib import Path

import pytest
import typer.main

import cli
from labeling.end_classifiers import END_MODELS
from labeling.kinds import KINDS
from labeling.models import MODELS
from labeling.sampling import SAMPLERS

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("sample_data/*.md")])
README = (ROOT / "README.md").read_text("utf-8")


def commands() -> list[str]:
    """Return the commands of the command line."""
    group = typer.main.get_command(cli.app)
    return list(group.commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", [*commands(), *KINDS, *MODELS, *END_MODELS, *SAMPLERS])
def test_the_readme_names_it(name: str) -> None:
    """Every command, kind of function, label model, end model and sampler is documented."""
    assert re.search(rf"\b{re.escape(name)}\b", README)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    """Every relative link and picture exists."""
    targets = re.findall(r"\]\(([^)#\s]+)\)", document.read_text("utf-8"))
    for target in targets:
        if "://" not in target:
            assert (document.parent / target).exists(), target


def test_make_targets_of_the_readme_exist() -> None:
    """Whoever copies a command from the README can run it."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"\bmake ([a-z]+)\b", README):
        assert f"\n{target}:" in makefile


def test_no_tracked_file_names_a_machine() -> None:
    """The project speaks of the project alone."""
    if not (ROOT / ".git").exists():
        pytest.skip("the files are not in a git checkout")
    places = "|".join(["/" + folder + "/" for folder in ("work", "root")])
    found = subprocess.run(
        ["git", "grep", "-lIE", places, "--", ".", ":!LICENSE", ":!components/frontend/dist"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert found.stdout.splitlines() == []
