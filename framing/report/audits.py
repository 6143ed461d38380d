"""What the audit found, on a terminal, as JSON or as Markdown: the same blocks of lines and rows."""

import json
from collections.abc import Iterable, Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.text import Text

from framing.audit.outcome import STRONG, Answers, AuditReport, BareNames, Cases, ClassSwaps, KindOfCase, Lean, Swaps
from framing.errors import UsageError
from framing.metrics import Estimate
from framing.report import phrases
from framing.report.anywhere import Anywhere
from framing.report.blocks import Block, as_markdown, rendered
from framing.report.markdown import escape
from framing.report.write import format_of

FORMATS = ("terminal", "json", "md")
TOP_ON_TERMINAL = 3
TOP_IN_DOCUMENT = 10

_SCALE = "Stance runs from −1, against, to 1, for; an answer is a third of that range. In brackets: 90 % intervals."
# Always told, whether they lean or not.
_GENDERS = ("women", "men")


def audit_format(asked: str | None, out: Path | None) -> str:
    """The format asked for, else the one the file's suffix names, else the terminal's."""
    kind = format_of(asked, out)
    if kind not in FORMATS:
        raise UsageError(f"--format {kind}: an audit has no such format; choose {', '.join(FORMATS)}")
    return kind


def write_audit(report: AuditReport, kind: str, file: TextIO) -> None:
    """Write a report in one of `FORMATS`."""
    if kind == "terminal":
        Console(file=file).print(render(report))
        return
    if isinstance(file, TextIOWrapper):
        file.reconfigure(encoding="utf-8")
    if kind == "json":
        json.dump(report.to_dict(), file, ensure_ascii=False, allow_nan=False, indent=2)
        file.write("\n")
    else:
        file.write(markdown(report))


def render(report: AuditReport) -> RenderableType:
    """A report for `console.print`."""
    head = (Text(_title(report), style="bold"), Text(_SCALE, style="dim"))
    foot = Text("\n--format json has everything.", style="dim")
    return Anywhere(Group(*head, *rendered(blocks(report, TOP_ON_TERMINAL)), foot))


def markdown(report: AuditReport) -> str:
    """A report as a Markdown document."""
    parts = (f"# {escape(_title(report))}", escape(_SCALE), *as_markdown(blocks(report, TOP_IN_DOCUMENT)))
    return "\n\n".join(parts) + "\n"


def blocks(report: AuditReport, top: int) -> Iterator[Block]:
    """The parts of a report, lists cut at `top` rows a set."""
    yield _swapped(report.swaps)
    yield _pairs(report.swaps.classes, top)
    yield _leaning(report.swaps.classes, top)
    yield _widest(report.swaps.classes, top)
    if report.bare_names is not None:
        yield _bare(report.bare_names, 2 * top)
    yield _cases(report.cases)


def _title(report: AuditReport) -> str:
    return f"Audit of bundle {report.bundle.name} {report.bundle.version}"


def _swapped(found: Swaps) -> Block:
    verdict = "met" if found.meets_goal else "not met"
    lines = [
        f"When only the name changes, the stance moves by {found.difference} on average: the mean absolute difference "
        f"over all pairs of names of a set and {found.difference.n:,} sentences. "
        f"The goal, under {found.goal:g}, is {verdict}.",
        f"The answer is the labelled one in {_share(found.as_labelled)} of the sentences as filled.",
    ]
    lines += [f"{phrases.label(axis).capitalize()} moves by {one}." for axis, one in found.axes]
    if found.exchange:
        follows = found.exchange.follows
        where = f"; the better stance goes with the actor it belongs to in {_share(follows)}" if follows else ""
        lines.append(
            f"Two actors of one sentence exchanged ({phrases.count(found.exchange.n_sentences, 'sentence')}): "
            f"the stance of a place moves by {found.exchange.difference}{where}."
        )
    lines += [
        f"{lean.name.capitalize()} stand {phrases.signed(lean.lean.value, 3)} [{_bounds(lean.lean)}] off the mean of "
        f"{one.label}."
        for one in found.classes
        for lean in one.groups
        if lean.name in _GENDERS
    ]
    rows = [
        [
            one.label,
            str(one.difference.n),
            str(one.n_names),
            str(one.difference),
            phrases.percent(one.as_labelled.value),
            f"{one.exchange.difference.value:.3f}" if one.exchange else "–",
        ]
        for one in found.classes
    ]
    return Block("Swapped names", lines, ["set", "sentences", "names", "moves by", "labelled", "exchanged"], rows)


def _pairs(classes: Iterable[ClassSwaps], top: int) -> Block:
    rows = [
        [one.label, f"{pair.first} – {pair.second}", f"{pair.difference:.3f}", phrases.signed(pair.signed, 3)]
        for one in classes
        for pair in one.pairs[:top]
    ]
    line = "Mean absolute difference over sentences, and the first name's stance less the second's."
    return Block("Pairs that differ most", [line], ["set", "names", "differ", "first less second"], rows, 2)


def _leaning(classes: Sequence[ClassSwaps], top: int) -> Block:
    n_names = sum(len(one.leans) for one in classes)
    rows = [
        [one.label, lean.name, phrases.signed(lean.lean.value, 3), _bounds(lean.lean)]
        for one in classes
        for lean in (*_strongest(one.groups, top), *_strongest(one.leans, top))
    ]
    line = (
        "Groups and single names whose stance lies off the mean of their set in the same sentences, and whose interval "
        f"leaves out 0; about one in ten of the {n_names} names would by chance."
    )
    return Block("Names that lean", [line], ["set", "group or name", "leans", "interval"], rows, 2)


def _strongest(leans: Iterable[Lean], top: int) -> list[Lean]:
    sure = [one for one in leans if one.lean.low > 0 or one.lean.high < 0]
    return sorted(sure, key=lambda one: -abs(one.lean.value))[:top]


def _widest(classes: Sequence[ClassSwaps], top: int) -> Block:
    found = sorted((one for kind in classes for one in kind.widest), key=lambda one: one.low - one.high)[: 3 * top]
    rows = [
        [one.form, f"{one.lowest} – {one.highest}", phrases.signed(one.low, 2), phrases.signed(one.high, 2)]
        for one in found
    ]
    line = "Each with the names that it judges lowest and highest."
    return Block("Sentences moved most", [line], ["sentence", "names", "lowest", "highest"], rows, 2)


def _bare(found: BareNames, top: int) -> Block:
    kinds = ", ".join(f"{phrases.label(kind)} {one.value:.3f}" for kind, one in found.kinds)
    lines = [
        f"In {found.n_frames} sentences that say nothing of anybody, the mean absolute stance of the {found.size.n:,} "
        f"actors of the catalogue is {found.size}; it is above {STRONG:g} for {_share(found.strong)} of them.",
        f"By kind: {kinds}.",
        "The actors furthest from 0:",
    ]
    rows = [
        [one.name, phrases.label(one.kind), f"{one.size:.3f}", phrases.signed(one.stance, 3)]
        for one in found.worst[:top]
    ]
    return Block("Bare names", lines, ["actor", "kind", "size", "mean"], rows, 2)


def _cases(found: Cases) -> Block:
    lines = [
        f"{found.overall.n} sentences with a careful reader's answer. The head alone reads the sentence whole. The "
        "pipeline finds the actor and sets aside what others say; its figures are of the cases whose actor it found."
    ]
    rows = [_case_row(one) for one in (found.overall, *found.kinds)]
    head = ["kind", "n", "head alone", "macro-F1", "found", "pipeline", "macro-F1"]
    return Block("Own cases", lines, head, rows)


def _case_row(one: KindOfCase) -> list[str]:
    pipeline = one.pipeline
    n_found = str(pipeline.accuracy.n) if pipeline else "0"
    return [phrases.label(one.kind), str(one.n), *_answers(one.head), n_found, *_answers(pipeline)]


def _answers(answers: Answers | None) -> tuple[str, str]:
    return (_share(answers.accuracy), f"{answers.macro_f1.value:.2f}") if answers else ("–", "–")


def _share(one: Estimate) -> str:
    return f"{phrases.percent(one.value)} [{100 * one.low:.0f}, {100 * one.high:.0f}]"


def _bounds(one: Estimate) -> str:
    return f"{phrases.signed(one.low, 3)} to {phrases.signed(one.high, 3)}"
