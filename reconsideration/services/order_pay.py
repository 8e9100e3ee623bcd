"""The pay order of a changed band: promotion, or reclassification with pay retention."""

from __future__ import annotations

from datetime import date

from casework.actor import Actor
from classification.models import ClassificationDecision
from reconsideration.models import Request
from regulation.refusals import Refused


def order_pay(
    request: Request, *, decision: ClassificationDecision, actor: Actor, on: date
) -> None:
    """Order the pay of the new band as of `on`."""
    raise Refused("movement_unmapped", "9701.355", "No directive maps this move yet.")
