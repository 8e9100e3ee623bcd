"""A parallel pay system that keeps a category from conversion until it is modified (374)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from accounts.models import Role
from accounts.queries.roles import holds_role
from casework.actor import Actor
from casework.services.history import record
from governance.models import Coordination
from governance.services.coordination import require_coordination
from pay.models import ParallelPaySystem
from regulation.refusals import Refused

CITATION = "9701.374"


def _may(actor: Actor, *, on: date) -> None:
    if actor.user is not None and not holds_role(actor.user, [Role.DESIGNEE], on=on):
        raise Refused("not_authorized", CITATION, "This is for the Secretary's designee.")


@transaction.atomic
def keep_parallel_system(
    category: str, *, since: date, authority: str, actor: Actor, on: date
) -> ParallelPaySystem:
    """Keep a category, as the Federal Air Marshal Service, on a parallel pay system.

    5 CFR 9701.374. Nobody of it is converted while it holds. Refused: `not_authorized`,
    `reason_required` without the authority of the transfer, `duplicate_open`.
    """
    _may(actor, on=on)
    if not category.strip() or not authority.strip():
        message = "Name the category and the authority of its transfer."
        raise Refused("reason_required", CITATION, message)
    if ParallelPaySystem.objects.filter(category=category).exists():
        raise Refused("duplicate_open", CITATION, f"{category} is kept already.")
    made = ParallelPaySystem.objects.create(
        category=category, since=since, authority=authority[:160]
    )
    record(
        f"parallel_system:{made.pk}", act="keep", actor=actor, on=on, citation=CITATION,
        detail={"category": category, "since": since.isoformat(), "authority": authority},
    )  # fmt: skip
    return made


@transaction.atomic
def modify_parallel_system(
    category: str, *, until: date, authority: str, actor: Actor, on: date
) -> ParallelPaySystem:
    """Let a parallel system stand in the way of conversion no longer, from a date on.

    5 CFR 9701.374, after coordination with OPM. Refused: `not_authorized`, `invalid_input` where
    none is kept, `directive_required` without one, `coordination_required`, `coordination_pending`,
    `coordination_hold`.
    """
    _may(actor, on=on)
    kept = ParallelPaySystem.objects.select_for_update().filter(category=category).first()
    if kept is None or kept.until is not None:
        raise Refused("invalid_input", CITATION, f"No parallel system holds for {category}.")
    if not authority.strip():
        message = "An implementing directive says how they are converted."
        raise Refused("directive_required", CITATION, message)
    under = Q(paragraph=CITATION) | Q(paragraph__startswith=f"{CITATION}(")
    latest = (
        Coordination.objects.filter(under, noticed_on__lte=on).order_by("-noticed_on", "-pk")
    ).first()
    require_coordination(latest, subject="fams_modification", on=on)
    kept.until, kept.ended_by, kept.coordination = until, authority[:160], latest
    kept.save(update_fields=["until", "ended_by", "coordination"])
    record(
        f"parallel_system:{kept.pk}", act="modify", actor=actor, on=on, citation=CITATION,
        detail={"until": until.isoformat(), "authority": authority},
    )  # fmt: skip
    return kept
