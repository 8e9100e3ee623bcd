"""What every run is asked: what it is called, when it counts, and why it is given up."""

from __future__ import annotations

from django import forms

from pay.forms.fields import text_input


class RunForm(forms.Form):
    """What every run has: a title and an effective date."""

    title = forms.CharField(max_length=160, widget=text_input(wide=True))
    effective = forms.DateField(
        label="Effective date",
        widget=forms.DateInput(attrs={"type": "date", "class": "usa-input"}, format="%Y-%m-%d"),
    )


class CancelForm(forms.Form):
    """Why a run is given up."""

    reason = forms.CharField(
        label="Why it is given up", max_length=300, widget=text_input(wide=True)
    )
