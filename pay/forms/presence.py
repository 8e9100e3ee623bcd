"""Forms of going away, coming back and leaving, and of a rating that was wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from django import forms
from django.forms import BoundField

from pay.forms.action_fields import PositionField, choice, day, dollars, percent, words
from pay.forms.personnel_action import By, OrderForm, PersonnelActionForm
from pay.queries.action_choices import ActionChoices
from pay.services.return_to_duty import CreditedStep, return_to_duty
from pay.services.separate import separate
from performance.services.correct_rating import correct_rating
from workforce.models import AbsenceKind, Employee
from workforce.services.absences import begin_absence

#: Developmental steps that one form can credit.
STEPS = 3


class AbsenceForm(PersonnelActionForm):
    """An absence without pay begins (5 CFR 9701.342(e)-(g))."""

    layout = ("kind", "effective")

    kind = choice(
        [pair for pair in AbsenceKind.choices if pair[0] != AbsenceKind.APPROVED_LEAVE],
        label="Kind of absence",
    )
    effective = day(label="First day away")

    @property
    def counts_on(self) -> date:
        counted: date = self.cleaned_data["effective"]
        return counted

    def carry_out(self, employee: Employee, by: By) -> None:
        begin_absence(
            employee,
            kind=self.cleaned_data["kind"],
            first_day=self.cleaned_data["effective"],
            actor=by.actor,
            on=by.on,
            version=by.version,
        )


class ReturnForm(OrderForm):
    """Back on duty, with credit for what was missed (5 CFR 9701.342(e)(2), (f), (g))."""

    layout = ("back_on", "evidence", "effective", "position", "authority")

    back_on = day(label="First day back on duty")
    evidence = words(
        label="Evidence",
        help_text="The service or compensation, and the right to return, that were shown. Needed "
        "upon uniformed service and injury compensation.",
        most=200,
        required=False,
    )
    effective = day(
        label="Pay set from",
        help_text="Empty: from the first day back. Never before it.",
        required=False,
    )
    position = PositionField(
        label="Position to come back into",
        help_text="Only for one who left while on injury compensation; empty: the position left.",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in range(1, STEPS + 1):
            self.fields[f"step_{row}"] = day(label=f"Step {row}: date", required=False)
            self.fields[f"step_amount_{row}"] = dollars(label="Dollars", required=False)
            self.fields[f"step_percent_{row}"] = percent(label="Or percent", required=False)

    @classmethod
    def proposed(cls, choices: ActionChoices) -> dict[str, Any]:
        return {}

    def step_rows(self) -> Iterator[tuple[BoundField, BoundField, BoundField]]:
        """The developmental steps that the directive credits."""
        for row in range(1, STEPS + 1):
            yield self[f"step_{row}"], self[f"step_amount_{row}"], self[f"step_percent_{row}"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for row in range(1, STEPS + 1):
            sized = cleaned.get(f"step_amount_{row}"), cleaned.get(f"step_percent_{row}")
            if any(each is not None for each in sized) and not cleaned.get(f"step_{row}"):
                self.add_error(f"step_{row}", "Give the date of this step.")
        return cleaned

    @property
    def counts_on(self) -> date:
        counted: date = self.cleaned_data["effective"] or self.cleaned_data["back_on"]
        return counted

    def carry_out(self, employee: Employee, by: By) -> None:
        cleaned = self.cleaned_data
        return_to_duty(
            employee,
            back_on=cleaned["back_on"],
            evidence=cleaned["evidence"],
            position=cleaned["position"],
            developmental=[
                CreditedStep(
                    effective=cleaned[f"step_{row}"],
                    amount=cleaned[f"step_amount_{row}"],
                    percent=cleaned[f"step_percent_{row}"],
                )
                for row in range(1, STEPS + 1)
                if cleaned[f"step_{row}"]
            ],
            **self.common(by),
        )


class SeparationForm(OrderForm):
    """Employment and pay end."""

    layout = ("effective", "authority")

    effective = day(label="First day without pay", help_text="The day after the last day employed.")

    def carry_out(self, employee: Employee, by: By) -> None:
        separate(employee, **self.common(by))


class RatingCorrectionForm(PersonnelActionForm):
    """A rating that was wrong when it was issued (5 CFR 9701.409(g), 9701.323)."""

    layout = ("rating", "corrected_level", "reference", "decided")

    rating = choice([], label="Rating of record")
    corrected_level = choice([], label="Level that it should have had")
    reference = words(
        label="Award or decision",
        help_text="The reference of what found the rating wrong.",
        most=120,
    )
    decided = day(label="Date of the award or decision")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["rating"]).choices = [
            ("", "Choose one"),
            *(
                (
                    str(rating.pk),
                    f"{rating.level.title if rating.level else 'None'}, period to "
                    f"{rating.cycle.ends:%b} {rating.cycle.ends.day}, {rating.cycle.ends.year}",
                )
                for rating in self.choices.ratings
            ),
        ]
        cast("forms.ChoiceField", self.fields["corrected_level"]).choices = [
            ("", "Choose one"),
            *self.choices.levels,
        ]

    @property
    def counts_on(self) -> date:
        return self.choices.on

    def carry_out(self, employee: Employee, by: By) -> None:
        cleaned = self.cleaned_data
        rating = next(each for each in self.choices.ratings if str(each.pk) == cleaned["rating"])
        correct_rating(
            rating,
            corrected_level=cleaned["corrected_level"],
            reference=cleaned["reference"],
            decided=cleaned["decided"],
            actor=by.actor,
            on=by.on,
        )
