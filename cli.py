"""The command line: the same core without a browser. `python cli.py --help` lists the commands.

Exit codes: 0 done, 1 a fault the user can mend (one line on stderr), 2 usage.
"""

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

import storage.doctor
from commands.annotations import agreement, annotations_app, assign
from commands.functions import functions_app
from commands.held_out import test_gold
from commands.history import history, undo
from commands.serve import serve
from commands.shared import (
    AsJson,
    ProjectFolder,
    opened_project,
    operator,
    print_json,
    refresh,
    say,
)
from commands.users import users_app
from labeling.class_names import valid_classes
from labeling.counted import counted
from labeling.end_classifiers import END_MODELS
from labeling.end_labels import DEFAULT_END_MODEL, DEFAULT_FEATURES, EndModelChoice, TrainingStep
from labeling.end_model_table import end_model_text
from labeling.end_model_trainer import check_choice
from labeling.errors import LabelwrightError
from labeling.export_labels import LABELS_FROM, ExportOptions
from labeling.models import MODELS
from labeling.snapshot import Snapshot
from labeling.store import ImportPlan, ProjectInfo
from labeling.table import statistics_records, statistics_text
from labeling.text_features import FEATURES
from labeling.workspace import create_project
from storage import DuckDBOpener

app = typer.Typer(
    help="Labelwright: write labeling functions, weigh their votes, export labelled data.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(functions_app, name="functions")
app.add_typer(annotations_app, name="annotations")
app.add_typer(users_app, name="users")
app.command()(agreement)
app.command()(assign)
app.command("test-gold")(test_gold)
app.command()(history)
app.command()(undo)
app.command()(serve)


@app.command()
def init(
    project: ProjectFolder,
    data: Annotated[Path, typer.Option(help="CSV, TSV, JSONL or Parquet file.")],
    text: Annotated[str, typer.Option(help="The column with the text.")],
    classes: Annotated[str, typer.Option(help="Class names, separated by commas.")],
    id_: Annotated[str | None, typer.Option("--id", help="The column with unique ids.")] = None,
    gold: Annotated[str | None, typer.Option(help="The column with known classes.")] = None,
    gold_numbers: Annotated[
        bool, typer.Option("--gold-numbers", help="It has class numbers, from 0, not names.")
    ] = False,
    split: Annotated[
        str | None, typer.Option(help="The column with dev, train, valid or test.")
    ] = None,
) -> None:
    """Create PROJECT from a data file."""
    info = ProjectInfo(
        name=project.resolve().name,
        classes=valid_classes(classes.split(",")),
        text_column=text,
        id_column=id_,
    )
    plan = ImportPlan(
        path=data,
        text_column=text,
        id_column=id_,
        gold_column=gold,
        split_column=split,
        gold_numbers=gold_numbers,
    )
    report = create_project(project, DuckDBOpener(), info, plan, _show_rows)
    say(
        f"{project}: {counted(report.rows, 'row')}, gold on {report.gold_dev:,} dev "
        f"and {report.gold_test:,} test rows."
    )


@app.command()
def run(
    project: ProjectFolder,
    model: Annotated[
        str | None, typer.Option(help=f"Label model: {', '.join(MODELS)}; kept for later runs.")
    ] = None,
) -> None:
    """Run the functions that have not run, fit the label model and print the statistics."""
    with opened_project(project) as opened:
        if model is not None:
            opened.choose_model(model, author=operator())
        snapshot = refresh(opened, aloud=True)
    typer.echo(statistics_text(snapshot))
    _say_left_out(snapshot)
    if _say_failures(snapshot):
        raise typer.Exit(1)


@app.command()
def stats(
    project: ProjectFolder,
    as_json: AsJson = False,
) -> None:
    """Print the statistics of every function; what has not run yet is run first."""
    with opened_project(project) as opened:
        snapshot = refresh(opened)
    _say_left_out(snapshot)
    if as_json:
        print_json(statistics_records(snapshot))
    else:
        typer.echo(statistics_text(snapshot))


@app.command("end-model")
def end_model(
    project: ProjectFolder,
    model: Annotated[
        str,
        typer.Option(help=f"{', '.join(END_MODELS)}, or a classifier of scikit-learn by its name."),
    ] = DEFAULT_END_MODEL,
    features: Annotated[
        str, typer.Option(help=f"How texts are read: {', '.join(FEATURES)}.")
    ] = DEFAULT_FEATURES,
    seed: Annotated[int, typer.Option(min=0, help="What chance starts from.")] = 0,
    save_as: Annotated[
        str | None, typer.Option(help="Save its votes as a labeling function of this name.")
    ] = None,
    sure: Annotated[
        float, typer.Option(min=0, max=1, help="That function votes where it is at least so sure.")
    ] = 0.9,
) -> None:
    """Train a text classifier on the soft labels, and print how it does on dev gold."""
    choice = EndModelChoice(model, features, seed)
    check_choice(choice)
    with opened_project(project) as opened:
        snapshot = refresh(opened)
        _say_left_out(snapshot)
        labels = opened.end_model.train_here(choice, _show_step)
        if save_as is not None:
            opened.end_model.use_as_function(save_as, sure)
    typer.echo(end_model_text(labels))
    if save_as is not None:
        say(
            f"Saved as {save_as}. It learned from the label model and stays out of it until: "
            f"cli.py functions accept PROJECT {save_as}"
        )


@app.command()
def export(
    project: ProjectFolder,
    out: Annotated[Path, typer.Argument(metavar="OUT.csv", help="Where to write.")],
    threshold: Annotated[
        float, typer.Option(help="Leave out rows whose label is less probable than this (0 to 1).")
    ] = 0.0,
    uncovered: Annotated[
        str, typer.Option(help="keep or drop rows on which no function votes.")
    ] = "keep",
    votes: Annotated[bool, typer.Option("--votes", help="Add one column per function.")] = False,
    rebalanced: Annotated[
        bool,
        typer.Option(
            "--rebalanced", help="Find more rows of rare classes, at the price of errors."
        ),
    ] = False,
    labels: Annotated[
        str, typer.Option(help="label-model, or end-model after cli.py end-model PROJECT.")
    ] = "label-model",
) -> None:
    """Write the labelled CSV and, beside it, its manifest."""
    if uncovered not in ("keep", "drop"):
        raise typer.BadParameter("keep or drop", param_hint="--uncovered")
    if labels not in LABELS_FROM:
        raise typer.BadParameter(" or ".join(LABELS_FROM), param_hint="--labels")
    options = ExportOptions(
        threshold=threshold,
        uncovered="keep" if uncovered == "keep" else "drop",
        votes=votes,
        rebalanced=rebalanced,
        labels="end-model" if labels == "end-model" else "label-model",
    )
    with opened_project(project) as opened:
        opened.exports.check_target(out)
        snapshot = refresh(opened)
        _say_left_out(snapshot)
        _say_failures(snapshot)
        result = opened.exports.write(out, options, _show_rows)
    sources = ", ".join(f"{count:,} {name}" for name, count in result.counts.by_source.items())
    say(f"{result.path}: {counted(result.counts.rows, 'row')} ({sources}).")
    say(f"{result.manifest_path}: how to make it again.")


@app.command()
def backup(
    project: ProjectFolder,
    out: Annotated[
        Path | None,
        typer.Argument(metavar="[OUT]", help="A new folder; PROJECT/backups/TIME without it."),
    ] = None,
) -> None:
    """Copy PROJECT to a new folder and prove the copy whole; it opens like any project."""
    with opened_project(project) as opened:
        made = opened.backup(out)
    say(f"{made}: a whole copy of the project, journal included.")


@app.command()
def doctor(
    project: ProjectFolder,
    replay: Annotated[
        bool, typer.Option("--replay", help="Give database and journal what they lack first.")
    ] = False,
    clear_caches: Annotated[
        bool,
        typer.Option("--clear-caches", help="Delete votes first; the next run makes them again."),
    ] = False,
) -> None:
    """Check that PROJECT can be read and that its journal, database and caches agree."""
    if replay:
        storage.doctor.replay(project)
    if clear_caches:
        storage.doctor.clear_caches(project)
    checks = storage.doctor.examine(project)
    for check in checks:
        typer.echo(f"{'✓' if check.fine else '✗'} {check.text}")
    if not all(check.fine for check in checks):
        raise typer.Exit(1)


def _say_failures(snapshot: Snapshot) -> bool:
    """Say which functions could not run to their end, and so have no votes."""
    failed = [state for state in snapshot.functions if state.status == "failed"]
    for state in failed:
        reason = state.run.failure if state.run else "it did not run"
        say(f"{state.function.name} failed and has no votes: {reason}")
    return bool(failed or snapshot.problems)


def _say_left_out(snapshot: Snapshot) -> None:
    """Say which functions have errors and so wait for somebody to accept them."""
    for state in snapshot.functions:
        if state.status == "errors" and state.run is not None:
            name, errors = state.function.name, state.run.error_count
            if state.function.kind == "model":
                say(
                    f"{name}: learned from the label model; not in it. To hear it there all the "
                    f"same: cli.py functions accept PROJECT {name}"
                )
                continue
            say(
                f"{name}: {counted(errors, 'row')} failed; not in the label "
                f"model. Mend it, or: cli.py functions accept PROJECT {name}"
            )


def _show_rows(done: int, total: int | None) -> None:
    if sys.stderr.isatty():
        of = f" of {total:,}" if total else ""
        end = "\n" if total is not None and done >= total else ""
        sys.stderr.write(f"\r{done:,}{of} rows{end}")


def _show_step(step: TrainingStep) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{step.says} (step {step.done + 1} of {step.total}) …")
        if step.done + 1 == step.total:
            sys.stderr.write("\n")


def main() -> NoReturn:
    """Run the command line; a user's fault is one line on stderr and exit code 1."""
    try:
        app()
    except LabelwrightError as error:
        say(" ".join(str(error).split()))
        sys.exit(1)
    sys.exit(0)


if __name__ == "__main__":
    main()
