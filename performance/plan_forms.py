"""What people type on the pages of plans, checked for shape; the rules are the services'."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from performance.forms import LONGEST_TEXT, VersionForm, cleaned
from performance.models import (
    Expectation,
    ExpectationForm,
    GoalLevel,
    Involvement,
    PlanNoteKind,
)
from performance.rules.competencies import Competency
from performance.rules.expectation import ExpectationContent
from performance.services.communicate_expectations import Telling

METHODS = (("oral", "Oral"), ("written", "In writing"), ("posted", "Posted, with notice"))
#: What each form asks beside title, statement, retention and the four measures.
ASKED: dict[str, tuple[str, ...]] = {
    ExpectationForm.GOAL: ("goal_level", "weight", "target", "due_on", "aligned_with", "alignment"),
    ExpectationForm.REQUIREMENT: ("source", "available_on"),
    ExpectationForm.ASSIGNMENT: ("assigned_on", "due_on", "aligned_with", "alignment"),
    ExpectationForm.COMPETENCY: ("competency", "aligned_with", "alignment"),
    ExpectationForm.OTHER: ("understanding_reason",),
}
#: Without these an expectation of the form is refused, by the rule and with its paragraph.
NEEDED: dict[str, tuple[str, ...]] = {
    ExpectationForm.GOAL: ("goal_level",),
    ExpectationForm.REQUIREMENT: ("source", "available_on"),
    ExpectationForm.ASSIGNMENT: ("assigned_on",),
    ExpectationForm.COMPETENCY: (),
    ExpectationForm.OTHER: ("understanding_reason",),
}
MEASURES = ("quality", "quantity", "timeliness", "cost")


def _text(label: str, *, rows: int = 2, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_TEXT,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows, "class": "usa-textarea rating-basis"}),
    )


def _line(label: str, *, longest: int, required: bool = False, help_text: str = "") -> Any:
    return forms.CharField(
        label=label,
        required=required,
        max_length=longest,
        help_text=help_text,
        widget=forms.TextInput(attrs={"class": "usa-input"}),
    )


def _day(label: str, *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date", "class": "usa-input"}, format="%Y-%m-%d"),
    )


def _choice(label: str, choices: Any = (), *, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=required,
        choices=choices,
        widget=forms.Select(attrs={"class": "usa-select"}),
    )


class WrittenExpectationForm(forms.Form):
    """One expectation: what its form asks, and no more."""

    title = _line("Title", longest=160, required=True)
    statement = _text("What is expected", rows=4)
    affects_retention = forms.BooleanField(
        label="May affect retention in the job",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "usa-checkbox__input"}),
    )
    goal_level = _choice("Whose target it is", [("", "Choose"), *GoalLevel.choices[1:]])
    weight = forms.IntegerField(
        label="Weight in percent",
        required=False,
        min_value=1,
        max_value=100,
        help_text="The weights of all goals add up to 100.",
        widget=forms.NumberInput(attrs={"class": "usa-input"}),
    )
    target = _text("Target")
    source = _line("Procedure, manual or directive", longest=200)
    available_on = _day("Made available to the employee on")
    assigned_on = _day("Assigned on")
    due_on = _day("Due on")
    competency = _choice("Competency")
    understanding_reason = _text("Why the employee will understand it")
    aligned_with = _choice("Goal of yours that it supports")
    alignment = _text(
        "Mission, goal, program or plan that it supports",
        help_text="Needed before it is communicated, where no goal of yours is chosen.",
    )
    quality = _text("Quality")
    quantity = _text("Quantity")
    timeliness = _text("Timeliness")
    cost = _text("Cost effectiveness")

    def __init__(
        self,
        form: str,
        data: QueryDict | None = None,
        *,
        goals_above: list[Expectation],
        competencies: tuple[Competency, ...],
        **rest: Any,
    ) -> None:
        super().__init__(data, **rest)
        self.form = form
        asked = {"title", "statement", "affects_retention", *ASKED[form], *MEASURES}
        for name in [name for name in self.fields if name not in asked]:
            del self.fields[name]
        for name in ("statement", *NEEDED[form]):
            self.fields[name].needed = True  # type: ignore[attr-defined]
        if "aligned_with" in self.fields:
            self.fields["aligned_with"].choices = [  # type: ignore[attr-defined]
                ("", "None"),
                *((str(goal.pk), goal.title) for goal in goals_above),
            ]
        if "competency" in self.fields:
            self.fields["competency"].choices = [  # type: ignore[attr-defined]
                ("", "A contribution, in free text"),
                *((each.code, each.title) for each in competencies),
            ]

    @property
    def asked(self) -> list[Any]:
        """The fields of the form in their order, without the measures and the check box."""
        return [self[name] for name in ("title", "statement", *ASKED[self.form])]

    @property
    def measures(self) -> list[Any]:
        """Quality, quantity, timeliness, cost effectiveness."""
        return [self[name] for name in MEASURES]

    def content(self) -> ExpectationContent:
        """What was typed. Raises Refused invalid_input, naming the field."""
        typed = cleaned(self)
        above = typed.pop("aligned_with", "")
        return ExpectationContent(
            form=self.form, aligned_with=int(above) if above else None, **typed
        )


class InvolvementForm(VersionForm):
    """How the employee was involved."""

    how = forms.ChoiceField(choices=Involvement.choices[1:], label="How the employee was involved")
    happened_on = forms.DateField(required=False, label="Day of the meeting or invitation")
    note = forms.CharField(required=False, max_length=LONGEST_TEXT, label="Note")


class CommunicateForm(VersionForm):
    """Which expectations were communicated, when and how."""

    told_on = forms.DateField(label="Communicated on")
    told_at = forms.TimeField(required=False, label="Time")
    how = forms.ChoiceField(choices=METHODS, label="How")
    words = forms.CharField(required=False, max_length=LONGEST_TEXT, label="Words used")


class WithdrawForm(VersionForm):
    """Why an expectation is expected no longer."""

    reason = forms.CharField(required=False, max_length=LONGEST_TEXT, label="Reason")


class NoteForm(VersionForm):
    """What the employee says of the plan, or of one expectation of it."""

    kind = forms.ChoiceField(choices=PlanNoteKind.choices, label="What you want to say")
    expectation = forms.IntegerField(required=False, min_value=1)
    text = forms.CharField(required=False, max_length=LONGEST_TEXT, label="In your words")


def telling_of(form: CommunicateForm) -> tuple[Telling, int]:
    """When and how, and the version. Raises Refused invalid_input."""
    typed = cleaned(form)
    version = typed.pop("version")
    return Telling(**typed), version


def chosen_of(post: QueryDict) -> list[int]:
    """The ids of the expectations ticked on the page."""
    return [
        int(each) for each in post.getlist("expectation") if each.isdecimal() and len(each) < 18
    ]
