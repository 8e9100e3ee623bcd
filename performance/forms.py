"""What people type on the pages of ratings, checked for shape; the rules are the services'."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from casework.files import documents_field
from performance.models import AdditionalPurpose, RatingLevel
from performance.services.draft_content import DraftContent, PartContent
from performance.services.return_rating import ReturnReason
from regulation.refusals import Refused

LONGEST_TEXT = 20_000
MOST_EVIDENCE = 200
_PART = re.compile(r"part-(\d{1,18})-(?:level|basis|not_assessed_reason|work_dated|evidence)")


class VersionForm(forms.Form):
    """The version of the record that the form was opened with."""

    version = forms.IntegerField(min_value=1)


class PartForm(forms.Form):
    """One goal or competency."""

    level = forms.CharField(required=False, max_length=4)
    basis = forms.CharField(required=False, max_length=LONGEST_TEXT)
    not_assessed_reason = forms.CharField(
        required=False, max_length=200, label="Why it was not assessed"
    )
    work_dated = forms.DateField(required=False, label="Earliest work")


class RateForm(VersionForm):
    """The summary level and what goes with it."""

    level = forms.CharField(required=False, max_length=4)
    level_reason = forms.CharField(required=False, max_length=LONGEST_TEXT)
    narrative = forms.CharField(required=False, max_length=LONGEST_TEXT)
    absence_is_no_factor = forms.BooleanField(required=False)
    change_described = forms.CharField(required=False, max_length=LONGEST_TEXT)
    evidence_dated = forms.DateField(required=False, label="Date of the evidence")


class ChangeLevelForm(VersionForm):
    """Another level, by the reviewing official."""

    level = forms.CharField(max_length=4)
    reason = forms.CharField(required=False, max_length=LONGEST_TEXT)
    absence_is_no_factor = forms.BooleanField(required=False)


class ReplyForm(VersionForm):
    """The rating official's answer to a changed level."""

    reply = forms.CharField(required=False, max_length=LONGEST_TEXT)


class DecisionForm(VersionForm):
    """What an award or decision does to a final rating."""

    outcome = forms.ChoiceField(
        choices=[("correct", ""), ("cancel", ""), ("remand", "")], label="What was decided"
    )
    decided_by = forms.ChoiceField(
        choices=[("award", ""), ("department", "")], label="Whose decision it is"
    )
    reference = forms.CharField(required=False, max_length=120)
    decided = forms.DateField(label="Date of the decision")
    level = forms.CharField(required=False, max_length=4)
    would_have_given = forms.BooleanField(required=False)


class AwardForm(VersionForm):
    """Whether an award was considered, and why or why not."""

    considered = forms.ChoiceField(choices=[("yes", ""), ("no", "")], label="Considered")
    note = forms.CharField(required=False, max_length=LONGEST_TEXT)


class ReturnForm(VersionForm):
    """Back to the rating official; no distribution is among the reasons."""

    reason = forms.ChoiceField(required=False, choices=ReturnReason.choices)
    text = forms.CharField(required=False, max_length=LONGEST_TEXT)


class IssueForm(VersionForm):
    """How the employee was given the rating."""

    delivery = forms.CharField(max_length=60, label="How it was given")


class RefusalForm(VersionForm):
    """Who saw that the employee would not sign."""

    witness = forms.CharField(required=False, max_length=160)


class AdditionalForm(forms.Form):
    """Why another rating is needed, and what shows it."""

    purpose = forms.ChoiceField(required=False, choices=AdditionalPurpose.choices)
    pay_case = forms.CharField(required=False, max_length=60, label="Pay determination")
    change_described = forms.CharField(
        required=False, max_length=LONGEST_TEXT, label="What changed"
    )
    evidence_dated = forms.DateField(required=False, label="Date of the evidence")
    documents = documents_field()


class OfficialsForm(VersionForm):
    """Employee numbers of the officials, and why HR names them."""

    rater = forms.CharField(max_length=24, label="Rating official")
    reviewer = forms.CharField(required=False, max_length=24, label="Reviewing official")
    reason = forms.CharField(required=False, max_length=LONGEST_TEXT)


class ExceptionForm(VersionForm):
    """Why no interim review was held."""

    reason = forms.CharField(required=False, max_length=LONGEST_TEXT)


def cleaned(form: forms.Form) -> dict[str, Any]:
    """What was typed, as values. Raises Refused invalid_input, naming the field."""
    if form.is_valid():
        return form.cleaned_data
    name, errors = next(iter(form.errors.items()))
    label = form.fields[name].label or name.replace("_", " ").capitalize()
    raise Refused("invalid_input", "", f"{label}: {errors[0]}")


def version_of(request: HttpRequest) -> int:
    """The version that a form was opened with. Raises Refused invalid_input."""
    version: int = cleaned(VersionForm(request.POST))["version"]
    return version


def draft_content(post: QueryDict) -> DraftContent:
    """The whole form of a rating, whatever parts it names. Raises Refused invalid_input."""
    typed = cleaned(RateForm(post))
    typed.pop("version")
    numbers = sorted({int(found[1]) for name in post if (found := _PART.fullmatch(name))})
    parts = {
        number: PartContent(
            **cleaned(PartForm(post, prefix=f"part-{number}")),
            evidence=tuple(
                key[:40] for key in post.getlist(f"part-{number}-evidence")[:MOST_EVIDENCE]
            ),
        )
        for number in numbers
    }
    return DraftContent(**typed, parts=parts)


def title_of(levels: list[RatingLevel], code: str) -> str:
    """The title of a level by its code, or the code."""
    return next((level.title for level in levels if level.code == code), code)
