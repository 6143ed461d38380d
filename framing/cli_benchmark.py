"""`framing benchmark`: the published protocols on the public sets, with models trained anew."""

from pathlib import Path
from typing import Annotated

import typer

from framing.extras import TRAIN, need

DataDir = Annotated[Path, typer.Option(help="Folder of the public sets (scripts/fetch_data.py).", metavar="DIR")]
Stages = Annotated[Path, typer.Option(help="Where models are kept: a run goes on where it stopped.", metavar="DIR")]
Only = Annotated[str | None, typer.Option(help="Names of protocols, with commas between them.")]
Quick = Annotated[bool, typer.Option("--quick", help="A linear model on the base encoder: minutes instead of hours.")]
NFolds = Annotated[int, typer.Option("--folds", min=1, max=5, help="Hold out only so many folds.")]
Format = Annotated[str | None, typer.Option("--format", "-f", help="terminal, json or md; by --out if left out.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Write here instead of standard output.")]


def benchmark(
    data: DataDir,
    stages: Stages = Path("benchmark"),
    only: Only = None,
    quick: Quick = False,
    folds: NFolds = 5,
    format: Format = None,
    out: Out = None,
) -> None:
    """Train and measure by the published protocols on the public sets, beside what papers report."""
    from framing.report.benchmarks import benchmark_format, write_benchmark
    from framing.report.write import output

    kind = benchmark_format(format, out)
    need("benchmark", "train", TRAIN)
    from framing.training.benchmark.run import Plan, run

    plan = Plan(data, stages, tuple(only.split(",") if only else ()), quick, folds)
    found = run(plan, lambda words: typer.echo(words, err=True))
    with output(out) as file:
        write_benchmark(found, kind, file)
