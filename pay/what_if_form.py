"""The form of the committee's what-if: which payout, with how much money and which points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.forms import BoundField

from pay.forms import MODE_TITLES, Cents
from pay.queries.pools import PoolFacts
from pay.queries.what_if import Question
from pay.rules.point_value import FIXED_MODES, MODES
from performance.models import RatingLevel

#: More people than this are not computed while somebody waits.
MOST_PEOPLE = 20_000
MOST_POINTS = 1_000


class Points(Cents):
    """Points of a level: a number that is not negative."""

    default_error_messages = {
        "invalid": f"Write a number of points such as 4 or 2.5, under {MOST_POINTS:,}."
    }

    def to_python(self, value: Any) -> Decimal | None:
        points = super().to_python(value)
        if points is not None and (points >= MOST_POINTS or points != round(points, 4)):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return points


def _number(placeholder: str = "") -> forms.TextInput:
    return forms.TextInput(
        attrs={
            "class": "usa-input maxhr-amount",
            "inputmode": "decimal",
            "autocomplete": "off",
            **({"placeholder": placeholder} if placeholder else {}),
        }
    )


class WhatIfForm(forms.Form):
    """A payout that nobody decided yet."""

    period_end = forms.TypedChoiceField(
        label="Appraisal period",
        coerce=date.fromisoformat,
        widget=forms.Select(attrs={"class": "usa-select"}),
    )
    pools = forms.TypedMultipleChoiceField(
        label="Pay pools",
        coerce=int,
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": "Choose at least one pay pool."},
    )
    budget = Cents(label="Budget (dollars)", widget=_number())
    mode = forms.ChoiceField(
        label="How a point is valued",
        choices=[(mode, MODE_TITLES[mode].partition(":")[0]) for mode in MODES],
        widget=forms.Select(attrs={"class": "usa-select"}),
    )
    value = Cents(
        label="Value of a point",
        help_text="Only in the fixed modes: dollars, or percent of basic pay.",
        required=False,
        widget=_number(),
    )
    since = forms.DateField(
        label="Date of the payout before",
        help_text="Where the time for proration begins. Empty: nobody is prorated.",
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "usa-input"}, format="%Y-%m-%d"),
    )

    def __init__(
        self,
        *args: Any,
        pools: Sequence[PoolFacts],
        periods: Sequence[tuple[str, str]],
        levels: Sequence[RatingLevel],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pool_facts = pools
        self.levels = levels
        cast("forms.TypedChoiceField", self.fields["period_end"]).choices = list(periods)
        cast("forms.TypedMultipleChoiceField", self.fields["pools"]).choices = [
            (each.pool.pk, f"{each.pool.title} ({each.members:,})") for each in pools
        ]
        for level in levels:
            self.fields[f"points_{level.code}"] = Points(
                label=f"{level.title} ({level.code})", widget=_number()
            )

    def point_fields(self) -> Iterator[BoundField]:
        """The fields of the point pattern, the best level first."""
        for level in self.levels:
            yield self[f"points_{level.code}"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (
            cleaned.get("mode") in FIXED_MODES
            and cleaned.get("value") is None
            and "value" not in self.errors
        ):
            self.add_error("value", "This mode needs the value of a point.")
        if sum(each.members for each in self._chosen(cleaned)) > MOST_PEOPLE:
            self.add_error(
                "pools",
                f"Choose pools of at most {MOST_PEOPLE:,} people together; for more, draft a run "
                "and preview it.",
            )
        return cleaned

    def _chosen(self, cleaned: Mapping[str, Any]) -> tuple[PoolFacts, ...]:
        wanted = set(cleaned.get("pools") or ())
        return tuple(each for each in self.pool_facts if each.pool.pk in wanted)

    def question(self, *, effective: date) -> Question:
        """What is asked, once the form is valid."""
        cleaned = self.cleaned_data
        return Question(
            pools=self._chosen(cleaned),
            effective=effective,
            period_end=cleaned["period_end"],
            mode=cleaned["mode"],
            budget=cleaned["budget"],
            value=cleaned["value"] if cleaned["mode"] in FIXED_MODES else None,
            since=cleaned["since"],
            points={level.code: cleaned[f"points_{level.code}"] for level in self.levels},
        )
