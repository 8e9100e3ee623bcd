"""Forms of directives and of the parameters' page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms

from governance.models import Directive
from governance.parameters import PARAMETERS, SUBJECTS, Parameter
from governance.parameters.encoding import as_typed, from_typed
from governance.services.draft_directive import Draft
from regulation.refusals import Refused

MANY_LINES = ("list", "mapping")


def day(**attributes: str) -> forms.DateInput:
    """A date as browsers ask for it."""
    return forms.DateInput(
        attrs={"type": "date", "class": "usa-input", **attributes}, format="%Y-%m-%d"
    )


class FilterForm(forms.Form):
    """On which day, and which parameters."""

    on = forms.DateField(
        label="In force on",
        required=False,
        widget=day(),
        error_messages={"invalid": "Enter a date, such as 2007-01-07."},
    )
    q = forms.CharField(
        label="Key, meaning, value or paragraph",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"class": "usa-input", "type": "search"}),
    )


class NoticeForm(forms.Form):
    """When OPM's staff was consulted, before the notice (5 CFR 9701.103)."""

    staff_consulted_on = forms.DateField(label="OPM staff were consulted on", widget=day())


class DirectiveForm(forms.Form):
    """A directive that changes parameters: a field for each, empty where it stays as it is."""

    number = forms.CharField(
        max_length=40,
        help_text="Such as D-2.",
        widget=forms.TextInput(attrs={"class": "usa-input"}),
    )
    title = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"class": "usa-input"}))
    effective = forms.DateField(
        label="Effective date",
        help_text="From this day on the values hold; the day of issue or later.",
        widget=day(),
    )
    reason = forms.CharField(
        label="Reason",
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "usa-textarea", "rows": 3}),
    )

    def __init__(self, *args: Any, in_force: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.in_force = in_force
        for known in PARAMETERS.values():
            self.fields[_name(known)] = _field(known)

    @staticmethod
    def initial_of(directive: Directive) -> dict[str, Any]:
        """What a draft says now."""
        return {
            "number": directive.number,
            "title": directive.title,
            "effective": directive.effective,
            "reason": directive.reason,
            **{_name(PARAMETERS[key]): as_typed(v) for key, v in directive.proposed.items()},
        }

    def clean(self) -> dict[str, Any]:
        """Each value typed must be one that the registry knows."""
        cleaned: dict[str, Any] = super().clean() or {}
        values = {}
        for known in PARAMETERS.values():
            text = cleaned.get(_name(known), "")
            if not text.strip():
                continue
            try:
                values[known.key] = from_typed(text, known=known)
            except Refused as refusal:
                self.add_error(_name(known), refusal.message)
        if not values and not self.errors:
            self.add_error(None, "Change at least one parameter.")
        cleaned["values"] = values
        return cleaned

    def draft(self) -> Draft:
        """What was typed, once it is valid."""
        given = self.cleaned_data
        effective: date = given["effective"]
        return Draft(
            number=given["number"],
            title=given["title"],
            reason=given["reason"],
            effective=effective,
            values=given["values"],
        )

    def subjects(self) -> Iterator[dict[str, Any]]:
        """The parameters subject by subject, open where one of them is typed or wrong."""
        for subject, known_ones in SUBJECTS.items():
            rows = [
                {
                    "known": known,
                    "field": self[_name(known)],
                    "now": self.in_force.get(known.key, "not carried"),
                }
                for known in known_ones
            ]
            yield {
                "title": subject,
                "rows": rows,
                "open": any(row["field"].value() or row["field"].errors for row in rows),  # type: ignore[attr-defined]
            }


def _name(known: Parameter) -> str:
    return f"value_{known.key.replace('.', '_')}"


def _field(known: Parameter) -> forms.Field:
    label = f"New value of {known.key}"
    if known.kind in MANY_LINES:
        widget: forms.Widget = forms.Textarea(attrs={"class": "usa-textarea", "rows": 3})
        return forms.CharField(label=label, required=False, max_length=2000, widget=widget)
    choices = known.choices if known.kind == "text" else ()
    if known.kind == "true or false":
        choices = ("yes", "no")
    if choices:
        offered = [("", "As it is"), *((each, each) for each in choices)]
        offered += [("none", "none: take it away")] * ("none" not in choices)
        return forms.ChoiceField(
            label=label,
            required=False,
            choices=offered,
            widget=forms.Select(attrs={"class": "usa-select"}),
        )
    widget = forms.TextInput(attrs={"class": "usa-input"})
    return forms.CharField(label=label, required=False, max_length=300, widget=widget)
