"""A general expectation is made available to everybody in an organization (5 CFR 9701.406(a))."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.models import Organization, Role
from accounts.queries.roles import holds_role
from casework.actor import Actor
from casework.services.history import record
from performance.models import GeneralExpectation
from performance.rules.general_expectation import CITATION, check_revision
from performance.services.guards import require
from regulation import clock
from regulation.refusals import Refused


@transaction.atomic
def make_available(
    organization: Organization,
    *,
    kind: str,
    title: str,
    source: str,
    available_on: date | None,
    actor: Actor,
    on: date,
    replaces: int | None = None,
) -> GeneralExpectation:
    """Put a version on the plans of an organization's members, from the day it is available.

    5 CFR 9701.406(a). By HR of the organization; a revision names what it revises. Raises Refused
    `permission_denied`, `reason_required`, `availability_date_required`, `invalid_input`,
    `already_done` where another version revises the same one.
    """
    if actor.user is None or not holds_role(
        actor.user, [Role.HR_SPECIALIST], on=on, organization=organization
    ):
        raise Refused("permission_denied", CITATION, "HR of the organization does this.")
    if available_on is None:
        raise Refused(
            "availability_date_required", CITATION, "Give the day on which it was made available."
        )
    old = _revised(organization, replaces, available_on=available_on) if replaces else None
    made = GeneralExpectation.objects.create(
        organization=organization,
        kind=kind,
        title=require(title, "its title"),
        source=require(source, "where it is found"),
        available_on=available_on,
        replaces=old,
        recorded_by=actor.user,
        recorded_at=clock.now(),
    )
    record(
        f"general_expectation:{made.pk}",
        act="make_available",
        actor=actor,
        on=on,
        citation=CITATION,
        detail={
            "organization": organization.code,
            "title": made.title,
            "available_on": str(available_on),
            "replaces": old.pk if old else None,
        },
    )
    return made


def _revised(
    organization: Organization, replaces: int, *, available_on: date
) -> GeneralExpectation:
    old = (
        GeneralExpectation.objects.select_for_update(no_key=True)
        .filter(pk=replaces, organization=organization)
        .first()
    )
    if old is None:
        raise Refused(
            "invalid_input", CITATION, "It revises something of the same organization, or nothing."
        )
    if GeneralExpectation.objects.filter(replaces=old).exists():
        raise Refused("already_done", CITATION, f"“{old.title}” was revised already.")
    check_revision(available_on=available_on, replaced_on=old.available_on)
    return old
