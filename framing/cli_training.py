"""`framing train`: a labelled set becomes a bundle of one's own."""

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from framing.cli_labels import Columns, LabelNames, LevelName, LicenceOf, Orders, Outlets, label_options
from framing.errors import UsageError


def train(
    data: Annotated[str, typer.Argument(help="A labelled set: a file, a folder or a set of the hub.", metavar="DATA")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder of the new bundle.", metavar="DIR")],
    label: LabelNames = None,
    column: Columns = None,
    order: Orders = None,
    level: LevelName = None,
    licence: LicenceOf = None,
    outlets: Outlets = None,
    bundle: Annotated[Path | None, typer.Option(help="Bundle to start from; the default one.", metavar="DIR")] = None,
    base: Annotated[
        str | None, typer.Option(help="Encoder to start from instead: a folder or a name of the hub.")
    ] = None,
    freeze: Annotated[
        bool | None, typer.Option("--freeze/--tune", help="Fit heads alone, or tune the encoder; by the rows.")
    ] = None,
    hold_out: Annotated[str, typer.Option(help="Measure on unseen article, outlet, date or random rows.")] = "article",
    axes: Annotated[Path | None, typer.Option(help="TOML with definitions of your axes.", metavar="FILE")] = None,
    exclude_licence: Annotated[
        list[str] | None, typer.Option(help="Refuse data under a licence with this word, such as NC.")
    ] = None,
    name: Annotated[str, typer.Option(help="Name of the bundle; the folder's if left out.")] = "",
    version: Annotated[str, typer.Option(help="Version of the bundle.")] = "0.1.0",
    epochs: Annotated[int, typer.Option(min=1, help="At most so many passes over the rows.")] = 8,
    batch_size: Annotated[int, typer.Option(min=1, help="Rows a step.")] = 32,
    learning_rate: Annotated[float, typer.Option(min=0, help="Of the encoder.")] = 5e-5,
    random_state: Annotated[int, typer.Option(help="Seed of all that is random.")] = 0,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an interrupted training stopped.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing bundle.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and stop.")] = False,
) -> None:
    """Train axes of your own from labelled sentences or articles, and measure them on what was held out."""
    from framing.axes import read_axes
    from framing.bundle import load_bundle
    from framing.config import default_bundle
    from framing.labels.load import load
    from framing.report.evaluations import render
    from framing.report.training import print_plan, tracker
    from framing.training.holding_out import HoldOut
    from framing.training.pack import refuse_existing
    from framing.training.plan import Choices, plan
    from framing.training.run import Job, train

    if hold_out not in set(HoldOut):
        raise UsageError(f"--hold-out {hold_out}: no such way; choose {', '.join(HoldOut)}")
    refuse_existing(out, force)
    choices = Choices(
        out=out,
        name=name,
        version=version,
        freeze=freeze,
        base=base,
        hold_out=HoldOut(hold_out),
        random_state=random_state,
        excluded=tuple(exclude_licence or ()),
        outlets=outlets,
        force=force,
        resume=resume,
        epochs=epochs,
        batch_size=batch_size,
        learning_rate=learning_rate,
    )
    labelled = load(data, label_options(label, column, order, level, licence, outlets))
    start = load_bundle(bundle or default_bundle())
    planned = plan(labelled, start, choices)
    print_plan(planned, labelled)
    if dry_run:
        return
    command = shlex.join(["framing", *sys.argv[1:]])
    job = Job(labelled, start, choices, planned, read_axes(axes) if axes else {}, command)
    with tracker(planned) as watch:
        found = train(job, watch)
    render(found)
