"""Sending an employee's ratings to another organization or agency (5 CFR 9701.410(a))."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from accounts.services.recusal import refuse_recused
from casework.actor import Actor
from casework.services.history import record
from casework.settlement import lock_person
from performance.models import (
    Appraisal,
    AppraisalState,
    PacketDirection,
    PerformanceSystem,
    RatingOfRecord,
    RatingPacket,
    RatingState,
)
from performance.packet_seal import sealed
from performance.permissions import may_administer_person
from performance.rules.appraisal import NOT_A_RATING
from performance.rules.packet import CITATION, FORMAT, OFFICIAL, digest_of
from performance.services.ask_for_transfers import ratings_transferred
from performance.services.guards import require
from regulation import clock
from regulation.refusals import Refused
from workforce.models import Employee
from workforce.queries.relations import organization_on


@transaction.atomic
def send_packet(employee: Employee, *, receiver: str, actor: Actor, on: date) -> RatingPacket:
    """Write down and sign final ratings with their pattern of levels, and appraisals as such.

    5 CFR 9701.409(e), .410(a). What was cancelled is left out. Raises Refused recused,
    permission_denied, reason_required without a receiver, no_effect without a rating or appraisal.
    """
    lock_person(employee.pk)
    refuse_recused(actor.user, employee, on=on)
    may_administer_person(actor, employee, on=on)
    receiver = require(receiver, "the organization or agency that receives the ratings")
    packet = packet_of(employee, receiver=receiver, on=on)
    if not packet["ratings"] and not packet["appraisals"]:
        raise Refused("no_effect", CITATION, f"{employee.name} has no rating of record to send.")
    digest = digest_of(packet)
    row = RatingPacket.objects.create(
        employee=employee,
        direction=PacketDirection.OUT,
        other_party=receiver,
        content=packet,
        digest=digest,
        signature=sealed(digest),
        on=on,
        recorded_at=clock.now(),
        recorded_by=actor.user,
    )
    record(
        employee.subject,
        act="send_rating_packet",
        actor=actor,
        on=on,
        employee_key=employee.pk,
        citation=CITATION,
        detail={"packet": row.pk, "receiver": receiver, "digest": digest},
    )
    ratings_transferred(employee, on=on)
    return row


def packet_of(employee: Employee, *, receiver: str, on: date) -> dict[str, Any]:
    """The packet's content, as of a date."""
    organization = organization_on(employee, on=on)
    ratings = (
        RatingOfRecord.objects.filter(
            employee=employee,
            state__in=[RatingState.ISSUED, RatingState.SUPERSEDED],
            issued_on__lte=on,
        )
        .select_related("level", "cycle__system")
        .order_by("issued_on", "id")
    )
    appraisals = Appraisal.objects.filter(employee=employee, state=AppraisalState.GIVEN)
    systems = {rating.cycle.system_id: rating.cycle.system for rating in ratings}
    return {
        "format": FORMAT,
        "sent_at": clock.now().isoformat(),
        "sent_by": f"Department of Homeland Security, {organization or 'no organization'}"[:200],
        "receiver": receiver,
        "employee": {
            "number": employee.number,
            "given_name": employee.given_name,
            "family_name": employee.family_name,
        },
        "systems": {system.code: _pattern(system) for system in systems.values()},
        "ratings": [
            {
                "document": rating.subject,
                "line": OFFICIAL,
                "kind": rating.kind,
                "system": rating.cycle.system.code,
                "level": rating.level.code if rating.level else "",
                "period_start": rating.cycle.starts.isoformat(),
                "period_end": rating.cycle.ends.isoformat(),
                "issued_on": rating.issued_on.isoformat() if rating.issued_on else "",
                "superseded": rating.state == RatingState.SUPERSEDED,
            }
            for rating in ratings
        ],
        "appraisals": [
            {
                "document": appraisal.subject,
                "line": NOT_A_RATING,
                "purpose": str(appraisal.get_purpose_display()),
                "covers_from": appraisal.covers_from.isoformat(),
                "covers_to": appraisal.covers_to.isoformat(),
                "progress": appraisal.progress,
            }
            for appraisal in appraisals.order_by("covers_to", "id")
        ],
    }


def _pattern(system: PerformanceSystem) -> dict[str, Any]:
    return {
        "title": system.title,
        "levels": [
            {
                "code": level.code,
                "title": level.title,
                "unacceptable": level.unacceptable,
                "fully_successful": level.fully_successful,
            }
            for level in system.levels.order_by("rank")
        ],
    }
