"""The audit: swapped names, bare names and hard cases put to a bundle (docs/audit.md)."""

from framing.audit import cases, names, swaps
from framing.audit.material import Material, load
from framing.audit.outcome import AuditReport
from framing.scorer import Scorer
from framing.seeds.actors import Catalogue

__all__ = ["AuditReport", "Material", "load", "run"]


def run(scorer: Scorer, catalogue: Catalogue, material: Material | None = None) -> AuditReport:
    """What the audit finds; `material` is what ships when left out."""
    given = material or load()
    return AuditReport(
        scorer.bundle.name,
        swaps.audit(scorer, given.sets, given.sentences),
        names.audit(scorer, catalogue),
        cases.audit(scorer, given.cases),
    )
