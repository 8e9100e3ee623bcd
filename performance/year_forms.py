"""What people type on the pages of the year, checked for shape; the rules are the services'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django import forms
from django.http import QueryDict

from performance.forms import LONGEST_TEXT, VersionForm, cleaned
from performance.models import FeedbackMethod, PoorPerformanceOutcome, Progress, RemedyKind
from performance.rules.poor_performance import NAMED, Option
from performance.services.open_poor_performance import Finding
from performance.services.review_act import ReviewContent


def _text(label: str) -> forms.CharField:
    return forms.CharField(required=False, max_length=LONGEST_TEXT, label=label)


class FeedbackForm(forms.Form):
    """Feedback: its text, and the day and way of it."""

    text = _text("Feedback")
    given_on = forms.DateField(label="Given on")
    method = forms.ChoiceField(choices=FeedbackMethod.choices, label="How")


class ContributionForm(forms.Form):
    """A contribution and its day."""

    text = _text("Contribution")
    dated = forms.DateField(label="Day of the contribution")


class DevelopmentForm(forms.Form):
    """A development action and when it is due."""

    text = _text("What is to be done")
    due_on = forms.DateField(required=False, label="Due on")


class OutcomeForm(forms.Form):
    """What was done about a follow-up."""

    outcome = _text("What was done")


class ReviewForm(forms.Form):
    """What was said at an interim review, without how each expectation stands."""

    held_on = forms.DateField(label="Held on")
    note = _text("Note")
    tools_adequate = forms.TypedChoiceField(
        required=False,
        choices=(("yes", "Yes"), ("no", "No")),
        coerce=lambda value: value == "yes",
        empty_value=None,
        label="Tools and technology",
    )
    tools_note = _text("What is lacking")
    development = _text("Development")
    development_due = forms.DateField(required=False, label="Development due on")


class ProgressForm(forms.Form):
    """How one expectation stands."""

    progress = forms.ChoiceField(required=False, choices=Progress.choices)
    note = _text("Note")


class CommentsForm(VersionForm):
    """What the employee says of a review."""

    comments = _text("Comments")


class NotAcknowledgedForm(VersionForm):
    """Why a review was not acknowledged."""

    note = _text("Reason")


class FindingForm(forms.Form):
    """What was found unacceptable."""

    determined_on = forms.DateField(label="Found unacceptable on")
    work_from = forms.DateField(label="First day of the work")
    work_to = forms.DateField(label="Last day of the work")
    facts = _text("What was found")
    conduct = forms.BooleanField(required=False, label="Conduct")
    nature_and_gravity = _text("Nature and gravity")
    consequences = _text("Consequences")
    circumstances = _text("Circumstances")


class OptionForm(forms.Form):
    """One option as weighed."""

    title = forms.CharField(required=False, max_length=120, label="Other option")
    suitable = forms.TypedChoiceField(
        required=False,
        choices=(("yes", "Suitable"), ("no", "Not suitable")),
        coerce=lambda value: value == "yes",
        empty_value=None,
    )
    note = _text("Note")


class ActedForm(VersionForm):
    """Circumstances, nature, gravity and consequences of what was dealt with."""

    nature_and_gravity = _text("Nature and gravity")
    consequences = _text("Consequences")
    circumstances = _text("Circumstances")


class CloseForm(VersionForm):
    """What came of it."""

    outcome = forms.ChoiceField(choices=PoorPerformanceOutcome.choices[1:], label="Outcome")
    note = _text("What came of it")


def numbers_of(post: QueryDict, prefix: str) -> list[int]:
    """The numbers of fields named "prefix-17…", each once."""
    pattern = re.compile(rf"{prefix}-(\d{{1,18}})(?:-[a-z_]+)?")
    return sorted({int(found[1]) for name in post if (found := pattern.fullmatch(name))})


def ids_of(post: QueryDict, name: str) -> list[int]:
    """The ids ticked on the page."""
    return [int(each) for each in post.getlist(name) if each.isdecimal() and len(each) < 18]


def review_content(post: QueryDict) -> ReviewContent:
    """The whole form of a review. Raises Refused invalid_input."""
    progress = {}
    for number in numbers_of(post, "item"):
        said = cleaned(ProgressForm(post, prefix=f"item-{number}"))
        progress[number] = (said["progress"], said["note"])
    return ReviewContent(progress=progress, **cleaned(ReviewForm(post)))


def finding(post: QueryDict) -> Finding:
    """What was found. Raises Refused invalid_input."""
    return Finding(not_met=ids_of(post, "not_met"), **cleaned(FindingForm(post)))


def options(post: QueryDict) -> list[Option]:
    """Every named option, and the other one where something was typed about it."""
    return list(_options(post))


def _options(post: QueryDict) -> Iterator[Option]:
    for kind in (*NAMED, RemedyKind.OTHER.value):
        said = cleaned(OptionForm(post, prefix=kind))
        if kind in NAMED:
            said["title"] = ""
        elif not any((said["title"].strip(), said["note"].strip(), said["suitable"] is not None)):
            continue
        yield Option(
            kind=kind,
            suitable=said["suitable"],
            note=said["note"].strip(),
            title=said["title"].strip(),
        )


def dates_of(post: QueryDict, prefix: str) -> dict[int, date]:
    """The dates typed beside remedies, by the id of the remedy; empty ones left out."""
    found = {}
    for number in numbers_of(post, prefix):
        name = f"{prefix}-{number}"
        if not post.get(name, "").strip():
            continue
        fields: dict[str, forms.Field] = {name: forms.DateField(label="Date")}
        form = type("DatedForm", (forms.Form,), fields)(post)
        found[number] = cleaned(form)[name]
    return found
