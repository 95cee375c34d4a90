"""`cli.py annotations` and `agreement`: labels of people as files, and how far people agree."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from commands.batches import batch_line, batch_record, give_batch
from commands.shared import AsJson, ProjectFolder, opened_project, operator, print_json, say
from labeling.agreement import Agreement
from labeling.assignments import Overlap
from labeling.calibration import Figure
from labeling.project import Project
from labeling.queues import BATCH_SAMPLERS
from labeling.reliability import Reliability

annotations_app = typer.Typer(help="Import and export what people labelled.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(metavar="FILE", help="A .csv or .jsonl file.")]


@annotations_app.command("import")
def annotations_import(
    project: ProjectFolder,
    file: File,
    annotator: Annotated[str, typer.Option(help="Who gave the labels that name nobody.")] = "",
) -> None:
    """Take over labels: columns id or row, annotator, label; at, seconds, note, flagged if known.

    All lines are taken or none; a line that was imported before is not saved again.
    """
    with opened_project(project) as opened:
        imported = opened.annotators.import_file(file, annotator)
    if imported.unknown_columns:
        say(f"Not used: {', '.join(imported.unknown_columns)}.")
    say(f"{imported.added:,} labels imported, {imported.known:,} were there already.")


@annotations_app.command("export")
def annotations_export(project: ProjectFolder, file: File) -> None:
    """Write the label that each annotator gives each row now."""
    with opened_project(project) as opened:
        written = opened.annotators.export_file(file)
    say(f"{file}: {written:,} labels.")


def agreement(project: ProjectFolder, as_json: AsJson = False) -> None:
    """Print how far annotators agree, by pair, class and all together, and how often each is right.

    Functions that did not run yet are run: with the people they tell what a row is.
    """
    with opened_project(project) as opened:
        opened.refresh()
        found, people = opened.annotators.agreement(), opened.annotators.reliability()
    if as_json:
        print_json(_record(found) | {"reliability": [_of_person(one) for one in people]})
        return
    for person in people:
        typer.echo(
            f"{person.annotator}\t{person.labels:,} labels"
            f"\tright by the fit {_said(person.accuracy)}"
            f"\ton {person.gold_rows:,} rows with gold {_said(person.on_gold)}"
        )
    for pair in found.pairs:
        typer.echo(
            f"{pair.first}\t{pair.second}\t{pair.rows:,} rows\t{pair.agreement:.1%} alike"
            f"\tCohen's kappa {_said(pair.kappa)}"
        )
    for one in found.classes:
        typer.echo(f"{one.name}\t{one.labels:,} labels\talpha {_said(one.krippendorff_alpha)}")
    typer.echo(f"Cohen's kappa, mean of pairs\t{_said(found.cohen_kappa)}")
    typer.echo(f"Fleiss' kappa\t{_said(found.fleiss_kappa)}")
    typer.echo(f"Krippendorff's alpha\t{_said(found.krippendorff_alpha)}")
    say(
        f"{found.rows:,} rows with two labels or more, {found.disagreeing_rows:,} of them with "
        "different ones."
    )


def assign(
    project: ProjectFolder,
    annotators: Annotated[
        int | None, typer.Option(help="From how many people a share of the rows is wanted.")
    ] = None,
    share: Annotated[
        float | None, typer.Option(help="Of which share of the rows, 0 to 1; others from one.")
    ] = None,
    checks: Annotated[
        float | None,
        typer.Option(help="Which share of each queue is rows with imported gold, 0 to 0.5."),
    ] = None,
    random_share: Annotated[
        float | None,
        typer.Option(help="Which share of what a sampler chooses is drawn at random, 0 to 1."),
    ] = None,
    to: Annotated[
        str | None, typer.Option(metavar="NAME", help="Give this person a batch of --rows.")
    ] = None,
    rows: Annotated[int, typer.Option(help="How many rows the batch is to have.")] = 100,
    sampler: Annotated[
        str, typer.Option(help=f"How they are chosen: {', '.join(BATCH_SAMPLERS)}.")
    ] = "random",
    take_back: Annotated[
        int | None, typer.Option(metavar="BATCH", help="Let the rest of a batch go to all.")
    ] = None,
    pause: Annotated[
        bool | None,
        typer.Option("--pause/--resume", help="Give out no rows for a while; or go on."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say from how many annotators rows are wanted, change it, and see what each has done."""
    with opened_project(project) as opened:
        if to is not None:
            give_batch(opened, to, rows, sampler, operator())
        if take_back is not None:
            opened.assignments.take_back(take_back, operator())
        if pause is not None:
            (opened.assignments.pause if pause else opened.assignments.resume)(operator())
        _set_overlap(opened, annotators, share)
        if checks is not None:
            opened.assignments.set_check_share(checks, operator())
        if random_share is not None:
            opened.queues.set_random_share(random_share, operator())
        asked = _asked(opened)
        people, batches = opened.annotators.progress(), opened.assignments.batch_progress()
    if as_json:
        given = [batch_record(one) for one in batches]
        done = [{**asdict(one), "last": one.last.isoformat()} for one in people]
        print_json(asdict(asked) | {"batches": given, "people": done})
        return
    say(f"{asked.share:.0%} of the rows from {asked.annotators} people, the others from one.")
    say(f"{asked.checks:.0%} of each queue are rows with imported gold, which check the annotator.")
    say(f"{asked.random_share:.0%} of the rows that a sampler chooses are drawn at random.")
    if asked.paused:
        say("The queue is paused: nobody gets rows.")
    for one in people:
        typer.echo(f"{one.annotator}\t{one.labels:,} labels\tlast {one.last:%Y-%m-%d %H:%M}")
    for batch in batches:
        typer.echo(batch_line(batch))


@dataclass(frozen=True)
class _Asked:
    """What annotators are asked for, as shares of rows."""

    annotators: int
    share: float
    checks: float
    random_share: float
    paused: bool


def _set_overlap(opened: Project, annotators: int | None, share: float | None) -> None:
    """Want a share of the rows from so many people; what is None stays as it is."""
    before = opened.assignments.overlap()
    wanted = Overlap(
        before.annotators if annotators is None else annotators,
        before.share if share is None else share,
    )
    opened.assignments.set_overlap(wanted, operator())


def _asked(opened: Project) -> _Asked:
    overlap = opened.assignments.overlap()
    return _Asked(
        annotators=overlap.annotators,
        share=overlap.share,
        checks=opened.assignments.check_share(),
        random_share=opened.queues.random_share(),
        paused=opened.assignments.paused(),
    )


def _record(found: Agreement) -> dict[str, object]:
    figures = {
        "cohen_kappa": found.cohen_kappa,
        "fleiss_kappa": found.fleiss_kappa,
        "krippendorff_alpha": found.krippendorff_alpha,
    }
    return {
        "annotators": list(found.annotators),
        "rows": found.rows,
        "disagreeing_rows": found.disagreeing_rows,
        "pairs": [
            {
                "annotators": [pair.first, pair.second],
                "rows": pair.rows,
                "agreement": pair.agreement,
                "cohen_kappa": _value(pair.kappa),
                "interval": _interval(pair.kappa),
                "confusion": pair.confusion,
            }
            for pair in found.pairs
        ],
        "classes": [
            {
                "name": one.name,
                "labels": one.labels,
                "fleiss_kappa": _value(one.fleiss_kappa),
                "krippendorff_alpha": _value(one.krippendorff_alpha),
                "intervals": {
                    "fleiss_kappa": _interval(one.fleiss_kappa),
                    "krippendorff_alpha": _interval(one.krippendorff_alpha),
                },
            }
            for one in found.classes
        ],
        **{name: _value(figure) for name, figure in figures.items()},
        "intervals": {name: _interval(figure) for name, figure in figures.items()},
    }


def _of_person(one: Reliability) -> dict[str, object]:
    return {
        "annotator": one.annotator,
        "labels": one.labels,
        "accuracy": one.accuracy.value,
        "accuracy_interval": _interval(one.accuracy),
        "worth_rows": one.worth,
        "confusion": one.confusion,
        "gold_rows": one.gold_rows,
        "right_on_gold": _value(one.on_gold),
        "right_on_gold_interval": _interval(one.on_gold),
    }


def _value(figure: Figure | None) -> float | None:
    return None if figure is None else figure.value


def _interval(figure: Figure | None) -> list[float] | None:
    return None if figure is None else [figure.low, figure.high]


def _said(figure: Figure | None) -> str:
    if figure is None:
        return "–"
    return f"{figure.value:.3f} ({figure.low:.3f} to {figure.high:.3f})"
