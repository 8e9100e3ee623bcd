"""A run waits for OPM where the text asks for coordination (R40, 5 CFR 9701.103)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from governance.models import Coordination
from governance.services.coordination import require_coordination
from pay.models import PayRun, RunKind
from pay.models.supplement import SupplementKind

#: Subject of the coordination, and the paragraphs under which its notices are kept.
_RANGES = ("ranges", ("9701.321", "9701.322"))
_PAYOUT = ("payout_date", ("9701.342",))
_INITIAL_RANGES = ("initial_ranges", ("9701.372",))
_LOCALITY = ("supplements", ("9701.332(a)", "9701.334"))
_SPECIAL = ("special_supplements", ("9701.333", "9701.334"))
_SUBJECTS: dict[str, tuple[str, tuple[str, ...]]] = {
    RunKind.RANGE_ADJUSTMENT: _RANGES,
    RunKind.PAYOUT: _PAYOUT,
    RunKind.CONVERSION: _INITIAL_RANGES,
}


def refuse_uncoordinated_run(run: PayRun, *, on: date) -> None:
    """Refuse a run unless the latest notice to OPM of its subject is cleared.

    5 CFR 9701.321(a), 9701.322(a), (b), 9701.332(a), 9701.333, 9701.334(a), (b), 9701.342(d)(4),
    9701.372(a). Refused: `coordination_required`, `coordination_pending`, `coordination_hold`.
    """
    subject, paragraphs = _subject(run)
    kept_under = Q()
    for paragraph in paragraphs:
        kept_under |= Q(paragraph=paragraph) | Q(paragraph__startswith=f"{paragraph}(")
    latest = (
        Coordination.objects.filter(kept_under, noticed_on__lte=on)
        .order_by("-noticed_on", "-pk")
        .first()
    )
    require_coordination(latest, subject=subject, on=on)


def _subject(run: PayRun) -> tuple[str, tuple[str, ...]]:
    if run.kind == RunKind.SUPPLEMENT_ADJUSTMENT:
        return _LOCALITY if run.plan["kind"] == SupplementKind.LOCALITY else _SPECIAL
    return _SUBJECTS[run.kind]
