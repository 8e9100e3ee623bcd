"""Forms of moves: promotion, reassignment, demotion."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from pay.forms.action_fields import PositionField, choice, day, dollars, percent, tick, words
from pay.forms.personnel_action import By, OrderForm
from pay.rules.demotion import ADVERSE
from pay.services.adverse import AdverseDecision
from pay.services.demote import demote
from pay.services.promote import promote
from pay.services.reassign import reassign
from workforce.models import Employee

#: No area, which is another thing than the area that he has.
NONE = "-"

BASES = [
    ("adverse_action", "Adverse action that was decided (subpart F)"),
    ("temporary_promotion_ended", "End of a temporary promotion"),
    ("supervisory_probation", "Supervisory probation not completed"),
    ("voluntary", "At the employee’s own request"),
    ("other", "Another basis"),
]


class MoveForm(OrderForm):
    """Where somebody goes: position and duty station."""

    position = PositionField(
        label="New position", help_text="Its number, or a word of its title to search for."
    )
    area = choice([], label="Locality area", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.choices.assignment
        stays = f"Stays as it is ({held.area or 'none'})" if held else "None"
        cast("forms.ChoiceField", self.fields["area"]).choices = [
            ("", stays),
            *self.choices.areas,
            (NONE, "Outside every locality area"),
        ]

    def where(self) -> dict[str, Any]:
        """Position and area as the services take them; what is None stays."""
        chosen = self.cleaned_data["area"]
        return {
            "position": self.cleaned_data["position"],
            "area": None if not chosen else "" if chosen == NONE else chosen,
        }


class PromotionForm(MoveForm):
    """To a higher band (5 CFR 9701.353)."""

    layout = (
        "position",
        "effective",
        "temporary",
        "percent",
        "area",
        "reason",
        "authority",
    )

    temporary = tick(label="It is a temporary promotion")
    percent = percent(
        label="Percent of the increase",
        help_text="Empty: what the directive sets. At least 8, except out of Entry/Developmental, "
        "where the progression plan sets it.",
        required=False,
    )
    reason = choice(
        [],
        blank="None",
        label="Circumstance that the directive lists",
        help_text="Its own increase goes before the usual one.",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = self.choices.listed("promotion.circumstances")
        cast("forms.ChoiceField", self.fields["reason"]).choices = [("", "None"), *listed]

    def carry_out(self, employee: Employee, by: By) -> None:
        cleaned = self.cleaned_data
        promote(
            employee,
            percent=cleaned["percent"],
            temporary=cleaned["temporary"],
            reason=cleaned["reason"],
            **self.where(),
            **self.common(by),
        )


class ReassignmentForm(MoveForm):
    """To another position, duty station or special category (5 CFR 9701.355, 356)."""

    layout = (
        "position",
        "area",
        "special_category",
        "effective",
        "reason",
        "authority",
    )

    special_category = choice([], label="Special rate category", required=False)
    reason = choice([], label="Reason", help_text="It decides whether pay may be retained.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].required = False
        self.fields["position"].help_text = (
            "Empty where only the duty station or the category changes. Its number, or a word of "
            "its title to search for."
        )
        held = self.choices.assignment
        stays = f"Stays as it is ({held.special_category or 'none'})" if held else "None"
        cast("forms.ChoiceField", self.fields["special_category"]).choices = [
            ("", stays),
            *self.choices.categories,
            (NONE, "No special rate category"),
        ]
        cast("forms.ChoiceField", self.fields["reason"]).choices = [
            ("", "Choose one"),
            *self.choices.reasons,
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        where = ("position", "area", "special_category")
        if not self.errors and not any(cleaned.get(name) for name in where):
            raise forms.ValidationError("Choose a position, a locality area or a special category.")
        return cleaned

    def carry_out(self, employee: Employee, by: By) -> None:
        chosen = self.cleaned_data["special_category"]
        reassign(
            employee,
            special_category=None if not chosen else "" if chosen == NONE else chosen,
            reason=self.cleaned_data["reason"],
            **self.where(),
            **self.common(by),
        )


class DemotionForm(MoveForm):
    """To a lower band (5 CFR 9701.354)."""

    layout = (
        "basis",
        "position",
        "effective",
        "basic",
        "reason",
        (
            "The decision",
            ("decision", "delivered_on"),
            "Only for an adverse action: pay is lowered by it alone.",
        ),
        "area",
        "authority",
    )

    basis = choice(BASES, label="Basis")
    basic = dollars(
        label="New basic pay (dollars a year)",
        help_text="For an adverse action within 10 percent, or the maximum of the lower band. "
        "Empty: the former rate, as far as the rules let it stand.",
        required=False,
    )
    reason = choice(
        [],
        blank="None",
        label="Reason that may retain pay",
        required=False,
    )
    decision = words(label="Decision", most=120, required=False)
    delivered_on = day(label="Delivered on", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["reason"]).choices = [
            ("", "None"),
            *self.choices.reasons,
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        decided(self, needed=cleaned.get("basis") == ADVERSE)
        return cleaned

    def carry_out(self, employee: Employee, by: By) -> None:
        cleaned = self.cleaned_data
        demote(
            employee,
            basis=cleaned["basis"],
            basic=cleaned["basic"],
            reason=cleaned["reason"],
            decision=decision_of(self),
            **self.where(),
            **self.common(by),
        )


def decided(form: forms.Form, *, needed: bool) -> None:
    """A decision is named with the day of its delivery, or not at all."""
    cleaned = form.cleaned_data
    named, delivered = bool(cleaned.get("decision")), bool(cleaned.get("delivered_on"))
    if (needed or delivered) and not named and "decision" not in form.errors:
        form.add_error("decision", "Name the decision: its number or date.")
    if (needed or named) and not delivered and "delivered_on" not in form.errors:
        form.add_error("delivered_on", "Give the day on which the employee received it.")


def decision_of(form: forms.Form) -> AdverseDecision | None:
    """The decision that was named."""
    cleaned = form.cleaned_data
    if not cleaned["decision"]:
        return None
    return AdverseDecision(reference=cleaned["decision"], delivered_on=cleaned["delivered_on"])
