"""Who describes and classifies positions (5 CFR 9701.221)."""

from __future__ import annotations

from datetime import date

from accounts.models import Organization, Role
from accounts.queries.roles import holds_role
from casework.actor import Actor
from regulation.refusals import Refused


def may_describe(actor: Actor, *, organization: Organization, on: date) -> None:
    """HR over the organization. Raises Refused not_authorized."""
    _refuse_unless_hr(actor, organization=organization, on=on, citation="9701.221(a)")


def may_classify(actor: Actor, *, organization: Organization, on: date) -> None:
    """The authorized official: HR over the organization. Raises Refused not_authorized."""
    _refuse_unless_hr(actor, organization=organization, on=on, citation="9701.221(b)(1)")


def _refuse_unless_hr(actor: Actor, *, organization: Organization, on: date, citation: str) -> None:
    if actor.user is None:
        return
    if not holds_role(actor.user, [Role.HR_SPECIALIST], on=on, organization=organization):
        raise Refused(
            "not_authorized", citation, f"This is for an HR specialist of {organization}."
        )
