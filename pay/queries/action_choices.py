"""What a form of a personnel action offers: duty stations, categories, reasons, ratings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from governance.queries.policy import policy_on
from pay.models import PayAction, SpecialPayment, Supplement
from pay.models.special_payment import PaymentSchedule
from pay.models.supplement import LocalityArea, SupplementKind
from pay.services.cancel_action import cancellable_of
from performance.models import RatingLevel, RatingOfRecord, RatingState
from regulation.refusals import Refused
from workforce.models import Assignment, Employee
from workforce.queries.relations import assignment_on

#: Ways of saying the reasons that directives use.
REASONS = {
    "management_directed": "Directed by management",
    "reduction_in_force": "Reduction in force",
    "reclassification": "Reclassification of the position",
    "range_lowered": "The range of the band was lowered",
    "voluntary": "At the employee’s own request",
    "other": "Another reason",
}


@dataclass(frozen=True)
class ActionChoices:
    """What may be chosen for one employee on a date; each is read when a form asks for it."""

    employee: Employee
    on: date

    @cached_property
    def assignment(self) -> Assignment | None:
        """The position that is held now."""
        return assignment_on(self.employee, on=self.on)

    @cached_property
    def areas(self) -> list[tuple[str, str]]:
        """Locality areas with a supplement now, by code, with their names."""
        names = dict(LocalityArea.objects.values_list("code", "name"))
        keys = set(self._keys(SupplementKind.LOCALITY))
        return [
            (key, f"{names[key]} ({key})" if key in names else key)
            for key in sorted(keys | set(names))
        ]

    @cached_property
    def categories(self) -> list[tuple[str, str]]:
        """Special rate categories with a supplement now."""
        return [(key, key) for key in self._keys(SupplementKind.SPECIAL)]

    @cached_property
    def retaining(self) -> tuple[str, ...]:
        """Reasons for which pay is retained (parameter retention.eligible_reasons)."""
        return tuple(key for key, _ in self.listed("retention.eligible_reasons"))

    def listed(self, parameter: str) -> list[tuple[str, str]]:
        """What a parameter lists now, with words for it; nothing while no directive carries it."""
        try:
            values = policy_on(self.on)[parameter]
        except Refused:
            return []
        return [(key, REASONS.get(key, key.replace("_", " ").capitalize())) for key in values]

    @cached_property
    def payments(self) -> list[SpecialPayment]:
        """Special payments that are paid every pay period and run."""
        return list(
            SpecialPayment.objects.filter(
                employee=self.employee, schedule=PaymentSchedule.PAY_PERIOD, ends__isnull=True
            ).order_by("starts", "id")
        )

    @cached_property
    def reasons(self) -> list[tuple[str, str]]:
        """Reasons of a move, with those that a directive adds."""
        keys = [*REASONS, *(key for key in self.retaining if key not in REASONS)]
        return [
            (
                key,
                REASONS.get(key, key.replace("_", " ").capitalize())
                + (" (pay may be retained)" if key in self.retaining else ""),
            )
            for key in keys
        ]

    @cached_property
    def cancellable(self) -> list[PayAction]:
        """Steps that one person decided and that count, the newest first."""
        return cancellable_of(self.employee)

    @cached_property
    def ratings(self) -> list[RatingOfRecord]:
        """Final ratings, the newest first."""
        return list(
            RatingOfRecord.objects.filter(
                employee=self.employee, state__in=[RatingState.ISSUED, RatingState.SUPERSEDED]
            )
            .select_related("level", "cycle")
            .order_by("-issued_on", "-id")
        )

    @cached_property
    def levels(self) -> list[tuple[str, str]]:
        """Levels of the systems by which the person was rated, the best first."""
        systems = {rating.cycle.system_id for rating in self.ratings}
        found = RatingLevel.objects.filter(system_id__in=systems).order_by("rank", "code")
        return list(dict.fromkeys((level.code, level.title) for level in found))

    def _keys(self, kind: str) -> list[str]:
        rows = Supplement.objects.filter(kind=kind, period__contains=self.on)
        return list(rows.order_by("key").values_list("key", flat=True).distinct())
