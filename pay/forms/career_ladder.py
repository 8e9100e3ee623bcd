"""The form of a promotion that a former career ladder had in store."""

from __future__ import annotations

from typing import cast

from django import forms

from pay.forms.fields import Dollars, text_input
from pay.rules.career_ladder import LadderStep


class LadderForm(forms.Form):
    """Its day, the ladder's rates before and after it, and the directive behind it."""

    due_on = forms.DateField(
        label="Day of the promotion",
        widget=forms.DateInput(attrs={"type": "date", "class": "usa-input"}, format="%Y-%m-%d"),
    )
    before = Dollars(label="The ladder’s rate before it (dollars a year)", widget=text_input())
    after = Dollars(label="The ladder’s rate after it (dollars a year)", widget=text_input())
    authority = forms.CharField(
        label="Directive or other authority", max_length=160, widget=text_input(wide=True)
    )

    def step(self) -> LadderStep:
        """What was typed, as the rules read it."""
        return LadderStep(
            on=self.cleaned_data["due_on"],
            before=cast(int, self.cleaned_data["before"]),
            after=cast(int, self.cleaned_data["after"]),
        )
