"""The component in which people work, for totals (5 CFR 9701.334(a))."""

from __future__ import annotations

from collections.abc import Iterable

from classification.models import Position
from pay.queries.people import PersonPay


def components_of(people: Iterable[PersonPay]) -> dict[int, str]:
    """Code of each person's component by his id: the part of the Department right under its top.

    Empty without a position. One query for any number of people.
    """
    places = {person.employee_id: person.position_id for person in people}
    paths = dict(
        Position.objects.filter(pk__in={pk for pk in places.values() if pk}).values_list(
            "pk", "organization__path"
        )
    )
    return {
        employee_id: _component(paths.get(position_id, "") if position_id else "")
        for employee_id, position_id in places.items()
    }


def _component(path: str) -> str:
    top, *below = path.strip("/").split("/")
    return below[0] if below else top
