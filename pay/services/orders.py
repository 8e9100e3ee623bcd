"""Writing down what was decided about pay, before the rules make a step of it (rule 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from casework.actor import Actor
from pay.models import OrderKind, PayOrder
from pay.pricing import Source
from pay.rules.encoding import encode
from regulation import clock


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided, on whose authority, and in which run if in one."""

    actor: Actor
    authority: str
    run_id: int | None = None

    @property
    def source(self) -> Source:
        """What a posting says of it, without an order."""
        return Source(
            run_id=self.run_id,
            actor_id=self.actor.user.pk if self.actor.user else None,
            authority=self.authority[:160],
        )


def place_order(
    employee_id: int,
    *,
    kind: OrderKind,
    effective: date,
    chosen: Mapping[str, Any],
    decision: Decision,
) -> Source:
    """Write one order; what its posting says of where it comes from."""
    (source,) = place_orders(
        [employee_id], kind=kind, effective=effective, chosen=chosen, decision=decision
    ).values()
    return source


def place_orders(
    employee_ids: Iterable[int],
    *,
    kind: OrderKind,
    effective: date,
    chosen: Mapping[str, Any],
    decision: Decision,
) -> dict[int, Source]:
    """The same order for many people, in one statement."""
    return place_each_order(
        dict.fromkeys(employee_ids, chosen), kind=kind, effective=effective, decision=decision
    )


def place_each_order(
    chosen: Mapping[int, Mapping[str, Any]],
    *,
    kind: OrderKind,
    effective: date,
    decision: Decision,
) -> dict[int, Source]:
    """An order for each of many people, by id with what was chosen for him, in one statement."""
    now = clock.now()
    source = decision.source
    orders = PayOrder.objects.bulk_create(
        PayOrder(
            employee_id=employee_id,
            kind=kind,
            effective=effective,
            chosen=encode(each),
            authority=source.authority,
            run_id=source.run_id,
            actor_id=source.actor_id,
            recorded_at=now,
        )
        for employee_id, each in chosen.items()
    )
    return {order.employee_id: replace(source, order_id=order.pk) for order in orders}
