"""Receiving an employee's ratings from elsewhere (5 CFR 9701.410(a))."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.services.recusal import refuse_recused
from casework.actor import Actor
from casework.services.history import record
from casework.settlement import lock_person
from performance.models import PacketDirection, RatingPacket
from performance.packet_seal import check_seal
from performance.permissions import may_administer_person
from performance.rules.packet import CITATION, check_person, opened
from regulation import clock
from regulation.refusals import Refused
from workforce.models import Employee


@transaction.atomic
def receive_packet(employee: Employee, *, data: bytes, actor: Actor, on: date) -> RatingPacket:
    """Keep a packet as it came: its ratings stand with their own pattern, and are only read.

    Raises Refused recused, permission_denied, packet_malformed, packet_tampered,
    not_a_rating_of_record, packet_of_another_person, already_done for the same packet again.
    """
    lock_person(employee.pk)
    refuse_recused(actor.user, employee, on=on)
    may_administer_person(actor, employee, on=on)
    envelope = opened(data)
    check_seal(envelope["digest"], envelope["signature"])
    packet = envelope["packet"]
    check_person(packet, given_name=employee.given_name, family_name=employee.family_name)
    same = RatingPacket.objects.filter(direction=PacketDirection.IN, digest=envelope["digest"])
    if same.exists():
        raise Refused("already_done", CITATION, "This packet has been received before.")
    row = RatingPacket.objects.create(
        employee=employee,
        direction=PacketDirection.IN,
        other_party=packet["sent_by"][:160],
        content=packet,
        digest=envelope["digest"],
        signature=envelope["signature"],
        on=on,
        recorded_at=clock.now(),
        recorded_by=actor.user,
    )
    record(
        employee.subject,
        act="receive_rating_packet",
        actor=actor,
        on=on,
        employee_key=employee.pk,
        citation=CITATION,
        detail={"packet": row.pk, "sender": row.other_party, "digest": row.digest},
    )
    return row
