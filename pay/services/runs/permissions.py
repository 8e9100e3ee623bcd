"""Who may draft, approve and start a run."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from accounts.models import Organization, Role
from accounts.queries.roles import grants_of
from casework.actor import Actor
from pay.models import PayPool, PayRun, RunKind
from pay.services.runs.conversion_plan import ConversionPlan
from pay.services.runs.plans import PayoutPlan
from regulation.refusals import Refused

SECOND_PERSON = "A run is approved by another pay specialist than the one who drafted it."


def refuse_strangers(actor: Actor, *, organizations: list[Organization | None], on: date) -> None:
    """Refuse, as `not_authorized`, who is no pay specialist over each organization.

    None stands for the whole Department, as adjustments need it (5 CFR 9701.321(b), 9701.332(a)).
    """
    if actor.user is None:
        return
    grants = list(grants_of(actor.user, on=on).filter(role=Role.PAY_SPECIALIST))
    for organization in organizations:
        if not any(_reaches(grant.organization, organization) for grant in grants):
            where = organization.name if organization else "the whole Department"
            raise Refused("not_authorized", "", f"This takes a pay specialist for {where}.")


def may_work_on(actor: Actor, run: PayRun, *, on: date) -> None:
    """Refuse who may not change, start or cancel this run."""
    refuse_strangers(actor, organizations=organizations_of_run(run), on=on)


def may_approve(actor: Actor, run: PayRun, *, on: date) -> None:
    """Refuse who may not approve this run; whoever drafted it is refused as `same_approver`."""
    may_work_on(actor, run, on=on)
    if not is_second_person(actor, run):
        raise Refused("same_approver", "", SECOND_PERSON)


def is_second_person(actor: Actor, run: PayRun) -> bool:
    """Whether the actor is a person, and not the one who drafted the run."""
    return actor.user is not None and actor.user.pk != run.drafted_by_id


def organizations_of_run(run: PayRun) -> list[Organization | None]:
    """What the run touches: the organizations of its pools, or the whole Department."""
    if run.kind in (RunKind.RANGE_ADJUSTMENT, RunKind.SUPPLEMENT_ADJUSTMENT):
        return [None]
    if run.kind == RunKind.CONVERSION:
        return organizations_by_code(ConversionPlan.from_json(run.plan).organizations)
    return organizations_of_pools(list(PayoutPlan.from_json(run.plan).pools))


def organizations_of_pools(codes: list[str]) -> list[Organization | None]:
    """The organizations of the pools; a pool of none is the whole Department's."""
    pools = PayPool.objects.filter(code__in=codes).select_related("organization")
    return list({pool.organization_id: pool.organization for pool in pools}.values())


def organizations_by_code(codes: Collection[str]) -> list[Organization | None]:
    """The organizations of these codes; of none, the whole Department."""
    return list(Organization.objects.filter(code__in=codes)) if codes else [None]


def _reaches(granted: Organization | None, wanted: Organization | None) -> bool:
    if granted is None or granted.parent_id is None:
        return True
    return wanted is not None and granted.holds(wanted)
