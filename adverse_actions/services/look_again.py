"""A proposal whose rating turned out wrong: HR looks at it again, and decides (R37)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse

from accounts.models import Role
from adverse_actions.models import ActionKind, Proposal, ProposalState
from casework.services.notices import notify
from casework.services.work_items import open_work_item
from pay.queries.addressees import addressees_of
from performance.models import RatingLevel, RatingOfRecord
from workforce.queries.relations import organization_on

RATING_CORRECTED = "rating_corrected"
CITATION = "9701.323"

#: What can still be withdrawn, decided otherwise or set right.
_STANDING = (ProposalState.PROPOSED, ProposalState.DECIDED, ProposalState.EFFECTED)
_CONDUCT = "conduct"


def look_again(rating: RatingOfRecord, *, level_before: str, on: date) -> list[Proposal]:
    """Ask HR to look again at each proposal that may rest on a wrong unacceptable rating.

    5 CFR 9701.323 (preamble), 5 U.S.C. 5596. Nothing is withdrawn or undone by it: a proposal may
    have other grounds, and only a person can weigh them. The item ends with the decision or the
    withdrawal; of an action in effect HR is notified. Nothing is asked where the right level is
    unacceptable too.
    """
    if not _was_unacceptable(rating, level_before) or rating.level is None:
        return []
    if rating.level.unacceptable:
        return []
    found = list(proposals_resting_on(rating))
    for proposal in found:
        title = (
            f"Look again at {proposal}: the rating behind it was wrong and is now "
            f"{rating.level.title}"
        )
        if proposal.state == ProposalState.EFFECTED:
            _tell(proposal, title, on=on)
            continue
        open_work_item(
            proposal,
            kind=RATING_CORRECTED,
            title=title,
            on=on,
            url=reverse("adverse_actions:proposal", args=[proposal.pk]),
            citation=CITATION,
            role=Role.HR_SPECIALIST,
            organization=organization_on(proposal.employee, on=on),
        )
    return found


def _tell(proposal: Proposal, title: str, *, on: date) -> None:
    """What is in effect is set right by an act of pay, if at all, so nothing waits on the case."""
    for user in addressees_of(proposal.employee, on=on).hr:
        notify(
            user,
            title=title,
            on=on,
            subject=proposal.subject,
            citation=CITATION,
            url=reverse("pay:actions", args=[proposal.employee.number]),
        )


def proposals_resting_on(rating: RatingOfRecord) -> list[Proposal]:
    """Proposals that stand and were delivered while the rating was the last one.

    5 CFR 9701.609(a). Not a reduction in pay that was decided for conduct.
    """
    if rating.issued_on is None:
        return []
    next_one = (
        RatingOfRecord.objects.filter(employee=rating.employee, issued_on__gt=rating.issued_on)
        .order_by("issued_on")
        .first()
    )
    delivered = Q(delivered_on__gte=rating.issued_on)
    if next_one is not None:
        delivered &= Q(delivered_on__lt=next_one.issued_on)
    return list(
        Proposal.objects.filter(delivered, employee=rating.employee, state__in=_STANDING)
        .exclude(kind=ActionKind.REDUCTION_IN_PAY, ground=_CONDUCT)
        .select_related("employee")
        .order_by("delivered_on", "id")
    )


def _was_unacceptable(rating: RatingOfRecord, code: str) -> bool:
    before = RatingLevel.objects.filter(system_id=rating.cycle.system_id, code=code).first()
    return before is not None and before.unacceptable
