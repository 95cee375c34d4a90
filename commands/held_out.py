"""`cli.py test-gold`: figures on rows that nothing was tuned on, and who looked at them when."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from commands.shared import (
    AsJson,
    ProjectFolder,
    opened_project,
    operator,
    print_json,
    refresh,
    say,
)
from labeling.held_out import Right, figures_from_json
from labeling.table import accuracy_text


def test_gold(
    project: ProjectFolder,
    look: Annotated[
        bool, typer.Option("--look", help="Measure on test gold now; the look is logged.")
    ] = False,
    author: Annotated[
        str | None, typer.Option(help="Who looks; the name of your account without it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print who looked at test gold and what was changed after that; with --look, look at it."""
    with opened_project(project) as opened:
        snapshot = refresh(opened) if look else opened.snapshot()
        if look:
            opened.held_out.look(author if author is not None else operator())
            snapshot = opened.snapshot()
        looks = opened.held_out.looks(snapshot)
    if as_json:
        records = [asdict(one) | {"at": one.at.isoformat()} for one in looks]
        print_json([one | {"figures": json.loads(str(one["figures"]))} for one in records])
        return
    for one in looks:
        found = figures_from_json(one.figures)
        fields = (
            f"{one.at:%Y-%m-%d %H:%M:%S}",
            one.author,
            found.says,
            f"{one.edits} edits after it",
        )
        typer.echo("\t".join(fields))
    if look:
        last = figures_from_json(looks[-1].figures)
        end_model = [last.end_model] if last.end_model else []
        for right in [last.labels, last.majority, *end_model, *last.functions]:
            typer.echo(f"{right.name}\t{_said(right)}")
    elif not looks:
        say("Nobody has looked at test gold yet: --look does, and logs it.")


def _said(right: Right) -> str:
    low, high = right.interval or (None, None)
    return accuracy_text(
        {
            "accuracy": None if right.interval is None else right.share,
            "accuracy_low": low,
            "accuracy_high": high,
            "gold": right.rows,
        }
    )
