"""`framing evaluate`: how well a bundle does on labelled text, and whether it is worse than another."""

from pathlib import Path
from typing import Annotated

import typer

from framing.cli_labels import Column, Data, Label, LevelOf, Order, OutletsFile, label_options
from framing.errors import GATE_CLOSED

BundleDir = Annotated[Path | None, typer.Option(help="Folder of a bundle; the default one ships.", metavar="DIR")]
Against = Annotated[Path | None, typer.Option(help="A bundle that it must not be worse than.", metavar="DIR")]
Tolerance = Annotated[float, typer.Option(min=0, help="How much worse is let pass: macro-F1, or error of numbers.")]
Strict = Annotated[bool, typer.Option("--strict", help="It must be shown not to be worse by more than that.")]
AxisNames = Annotated[list[str] | None, typer.Option(help="Only this axis; may be given again.")]
AllowSeen = Annotated[bool, typer.Option("--allow-seen", help="Keep rows that the bundle was trained on, to look.")]
Format = Annotated[str | None, typer.Option("--format", "-f", help="terminal, json, md or html; by --out if left out.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Write here instead of standard output.")]


def evaluate(
    data: Data,
    bundle: BundleDir = None,
    against: Against = None,
    tolerance: Tolerance = 0.01,
    strict: Strict = False,
    axis: AxisNames = None,
    label: Label = None,
    column: Column = None,
    order: Order = None,
    level: LevelOf = None,
    outlets: OutletsFile = None,
    allow_seen: AllowSeen = False,
    format: Format = None,
    out: Out = None,
) -> None:
    """Measure a bundle on labelled text, beside baselines and, if given, another bundle: the gate for your own CI."""
    from framing.bundle import load_bundle
    from framing.config import default_bundle
    from framing.evaluation.options import Options
    from framing.evaluation.run import evaluate as evaluated
    from framing.labels.load import load
    from framing.report.evaluations import evaluation_format, write_evaluation
    from framing.report.training import watching
    from framing.report.write import output
    from framing.scorer import Scorer

    kind = evaluation_format(format, out)
    options = Options(tuple(axis or ()), allow_seen=allow_seen, tolerance=tolerance, strict=strict)
    labelled = load(data, label_options(label, column, order, level, outlets))
    scorer = Scorer(load_bundle(bundle or default_bundle()), with_actors=False)
    other = Scorer(load_bundle(against), with_actors=False) if against else None
    with watching(len(labelled.rows) * (2 if other else 1)) as watch:
        found = evaluated(scorer, labelled, options, other, watch.read)
    with output(out) as file:
        write_evaluation(found, kind, file)
    if found.against and found.against.failed:
        typer.echo(f"{bundle or default_bundle()} is worse than {against}: see the verdicts", err=True)
        raise typer.Exit(GATE_CLOSED)
