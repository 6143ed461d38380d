"""`framing train`: a labelled set becomes a bundle of one's own."""

import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from framing.labels.row import LabelledSet
    from framing.training.choices import Choices

from framing.cli_labels import Column, Data, Label, LevelOf, Order, OutletsFile, label_options
from framing.extras import TRAIN, need

BundleDir = Annotated[Path | None, typer.Option(help="Bundle to start from; the default one ships.", metavar="DIR")]
Licence = Annotated[str | None, typer.Option(help="Of the set, for card and --exclude-licence.")]
Weigh = Annotated[bool, typer.Option("--weigh-disagreement", help="Rows that annotators disagree on weigh less.")]
Out = Annotated[Path, typer.Option("--out", "-o", help="Folder of the new bundle.", metavar="DIR")]
Base = Annotated[str | None, typer.Option(help="Encoder to start from instead of a bundle: a folder or a hub name.")]
Freeze = Annotated[bool | None, typer.Option("--freeze/--tune", help="Fit heads alone, or tune the encoder too.")]
HoldOut = Annotated[str, typer.Option(help="Measure on rows held out by article, outlet, date or at random.")]
AxesFile = Annotated[Path | None, typer.Option("--axes", help="Definitions of your axes, TOML.", metavar="FILE")]
Excluded = Annotated[list[str] | None, typer.Option("--exclude-licence", help="Refuse such data; NC, say.")]
Name = Annotated[str, typer.Option(help="Name of the bundle; the folder's if left out.")]
Version = Annotated[str, typer.Option(help="Version of the bundle.")]
Epochs = Annotated[int, typer.Option(min=1, help="Passes over the rows at most, when the encoder is tuned.")]
BatchSize = Annotated[int, typer.Option(min=1, help="Rows a step.")]
Rate = Annotated[float, typer.Option(min=0, help="Learning rate of the encoder.")]
Balance = Annotated[bool, typer.Option("--balance", help="Let the rarer class cost more when tuning.")]
Seed = Annotated[int, typer.Option(help="Seed of all that is random.")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on where an interrupted training stopped.")]
Force = Annotated[bool, typer.Option("--force", help="Replace an existing bundle.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and stop.")]


def train(
    data: Data,
    out: Out,
    label: Label = None,
    column: Column = None,
    order: Order = None,
    level: LevelOf = None,
    licence: Licence = None,
    weigh: Weigh = False,
    outlets: OutletsFile = None,
    bundle: BundleDir = None,
    base: Base = None,
    freeze: Freeze = None,
    hold_out: HoldOut = "article",
    axes: AxesFile = None,
    excluded: Excluded = None,
    name: Name = "",
    version: Version = "0.1.0",
    epochs: Epochs = 8,
    batch_size: BatchSize = 32,
    learning_rate: Rate = 5e-5,
    balance: Balance = False,
    random_state: Seed = 0,
    resume: Resume = False,
    force: Force = False,
    dry_run: DryRun = False,
) -> None:
    """Train axes of your own from labelled sentences or articles, and measure them on what was held out."""
    need("train", "train", TRAIN)
    from framing.labels.load import load
    from framing.training.choices import Choices

    chosen = Choices(out, name, version, freeze, base, hold_out, random_state, tuple(excluded or ()), outlets)
    chosen = replace(chosen, epochs=epochs, batch_size=batch_size, learning_rate=learning_rate, balance=balance)
    chosen = replace(chosen, resume=resume, force=force)
    chosen.refuse_existing()
    options = label_options(label, column, order, level, outlets)
    labelled = load(data, replace(options, licence=licence, weigh_disagreement=weigh))
    _train(labelled, bundle, axes, chosen, dry_run)


def _train(labelled: "LabelledSet", bundle: Path | None, axes: Path | None, chosen: "Choices", dry_run: bool) -> None:
    from framing.axes import read_axes
    from framing.bundle import load_bundle
    from framing.config import default_bundle
    from framing.report.evaluations import write_evaluation
    from framing.report.training import print_plan, watching
    from framing.training.job import Job
    from framing.training.plan import plan
    from framing.training.run import train as trained

    start = load_bundle(bundle or default_bundle())
    planned = plan(labelled, start, chosen)
    print_plan(planned.lines())
    if dry_run:
        return
    command = shlex.join(["framing", *sys.argv[1:]])
    with watching(len(labelled.rows)) as watch:
        job = Job(
            labelled,
            start,
            chosen,
            planned,
            read_axes(axes) if axes else {},
            command,
            watch.read,
            watch.step,
            watch.say,
        )
        found = trained(job)
    if found is None:
        return
    write_evaluation(found, "terminal", sys.stdout)
    typer.echo(f"wrote {chosen.out}; framing score article.txt --bundle {chosen.out}", err=True)
