"""Runs protocols one after the other; what is finished is kept, so that an interrupted run goes on where it stopped."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

import framing
from framing.errors import UsageError
from framing.evaluation import baselines
from framing.evaluation.measures import SIDES, Measure, nearest_class
from framing.evaluation.protocols import Benchmark, Measured, Protocol
from framing.labels.row import ScaleKind
from framing.metrics import Estimate, weighted_f1
from framing.neural.torch_encoder import BASE
from framing.training.benchmark import frozen, tuned
from framing.training.benchmark.problem import Problem
from framing.training.benchmark.protocols import PROTOCOLS
from framing.types import Floats, Ints

OURS = "framing"
# As papers on BABE report it.
WEIGHTED = Measure("weighted_f1", weighted_f1)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run.

    Attributes
    ----------
    data : the folder of the public sets.
    stages : where models and states are kept.
    only : names of protocols; all when left out.
    quick : a linear model on the base encoder, instead of an encoder tuned on each fold.
    n_folds : only so many folds are held out in turn.
    """

    data: Path
    stages: Path
    only: tuple[str, ...] = ()
    quick: bool = False
    n_folds: int = 5
    base: str = BASE
    passes: float = tuned.PASSES
    max_tokens: int = 192
    random_state: int = 0
    n_draws: int = 1000


def chosen(only: Sequence[str]) -> list[Protocol]:
    """The protocols asked for by name, all if none is."""
    names = [protocol.name for protocol in PROTOCOLS]
    wrong = [name for name in only if name not in names]
    if wrong:
        raise UsageError(f"--only {wrong[0]}: no such protocol; there are {', '.join(names)}")
    return [protocol for protocol in PROTOCOLS if not only or protocol.name in only]


def run(plan: Plan, told: Callable[[str], None] = lambda words: None) -> Benchmark:
    """What was measured by each protocol; sets that are not in the folder are left out and named.

    Parameters
    ----------
    told : is called with a line of words before each protocol.
    """
    results, left_out = [], {}
    for protocol in chosen(plan.only):
        told(f"{protocol.name}: {protocol.held_out}")
        try:
            problem = PROTOCOLS[protocol](plan.data, plan.quick)
        except UsageError as error:
            left_out[protocol.name] = str(error)
            continue
        results.append(measure(protocol, problem, plan))
    if not results:
        raise UsageError(f"{plan.data}: none of the sets is here; {next(iter(left_out.values()))}")
    return Benchmark(framing.__version__, plan.base, plan.quick, plan.random_state, tuple(results), left_out)


def measure(protocol: Protocol, problem: Problem, plan: Plan) -> Measured:
    """Trains and measures by one protocol."""
    start, n_folds = perf_counter(), min(plan.n_folds, problem.n_folds)
    if plan.quick or not problem.rows:
        encoder = frozen.base_encoder(plan.base, plan.stages / "base", min(plan.max_tokens, frozen.MAX_TOKENS))
        how, said = frozen.HOW, frozen.values(problem, encoder, plan.stages / "base", n_folds)
    else:
        recipe = tuned.recipe_of(problem, plan.base, plan.passes, plan.max_tokens)
        how = tuned.HOW.format(passes=plan.passes)
        said = tuned.values(problem, recipe, plan.stages / protocol.name, n_folds)
    held_out = np.flatnonzero(~np.isnan(said))
    figures = dict(_figures(problem, said, held_out, plan))
    return Measured(
        protocol=protocol,
        how=how,
        n=len(held_out),
        n_trained=int((problem.folds != 0).sum()),
        folds=f"{n_folds} of {problem.n_folds}" if n_folds < problem.n_folds else "all",
        seconds=round(perf_counter() - start, 1),
        figures=figures,
    )


def _figures(problem: Problem, said: Floats, held_out: Ints, plan: Plan) -> Iterator[tuple[str, dict[str, Estimate]]]:
    measures = (*SIDES[:2], WEIGHTED) if problem.n_classes == 2 else nearest_class(problem.n_classes)
    for system, values in {OURS: said, **_baselines(problem)}.items():
        known = held_out[~np.isnan(values[held_out])]
        if len(known):
            groups = [problem.groups[index] for index in known.tolist()]
            truth, called = problem.truth[known], values[known]
            drawn = (plan.random_state, plan.n_draws)
            yield system, {one.name: one.estimate(truth, called, groups, *drawn) for one in measures}


def _baselines(problem: Problem) -> Mapping[str, Floats]:
    kind = ScaleKind.YES_NO if problem.n_classes == 2 else ScaleKind.CLASSES
    found = {
        baselines.MAJORITY: baselines.majority(problem.truth, kind),
        baselines.TFIDF: baselines.tfidf(problem.texts, problem.truth, problem.folds, kind),
    }
    if any(problem.outlets):
        outlets = baselines.outlet_only(problem.outlets, problem.truth, problem.folds)
        found[baselines.OUTLET] = outlets
    return found
