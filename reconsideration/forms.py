"""The forms of a request and of its determination."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django import forms

from casework.files import documents_field
from classification.models import Band, ClassificationDecision, OccupationalSeries
from reconsideration.models import Forum, IssueKind, Outcome

ISSUE_HELP = {
    IssueKind.PAY_SYSTEM: "Whether the position belongs under this pay system at all.",
    IssueKind.CLUSTER: "The group of occupations that the position is placed in.",
    IssueKind.SERIES: "The four-digit series of the work.",
    IssueKind.BAND: "The level of the work within the cluster.",
}


def argument_field(*, label: str, help_text: str) -> forms.CharField:
    """The field for what the employee says."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=20_000,
        widget=forms.Textarea(
            attrs={"class": "usa-textarea", "rows": 10, "aria-describedby": "id_argument_helptext"}
        ),
        error_messages={"required": "Say in your own words why the classification is not right."},
    )


class RequestForm(forms.Form):
    """What the employee asks, of whom, and why."""

    to = forms.ChoiceField(
        label="Who is to reconsider it?",
        choices=[
            (Forum.DHS, "The Department (DHS)"),
            (Forum.OPM, "The Office of Personnel Management (OPM), at once"),
        ],
        initial=Forum.DHS,
        widget=forms.RadioSelect,
    )
    issues = forms.MultipleChoiceField(
        label="What is to be reconsidered?",
        choices=IssueKind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one of the four."},
    )
    argument = argument_field(
        label="Why is it not right?",
        help_text="Compare your duties with the definitions of the band and the series.",
    )
    requested_classification = forms.CharField(
        label="What should it be instead?",
        required=False,
        max_length=2_000,
        help_text="For example: series 0343, Full Performance.",
        widget=forms.TextInput(
            attrs={
                "class": "usa-input",
                "aria-describedby": "id_requested_classification_helptext",
            }
        ),
    )
    documents = documents_field()

    def issue_choices(self) -> Iterator[tuple[str, str, str, bool]]:
        """Each issue with its label, its meaning and whether it is chosen."""
        chosen = self["issues"].value() or []
        for value, label in IssueKind.choices:
            yield value, label, ISSUE_HELP[IssueKind(value)], value in chosen


class ReviewForm(forms.Form):
    """What the employee tells OPM about the Department's determination."""

    argument = argument_field(
        label="Why should OPM decide otherwise?",
        help_text="OPM also gets your request, your documents and the Department’s determination.",
    )
    documents = documents_field()


class DeterminationForm(forms.Form):
    """Sustained, or changed to what and from when, and why."""

    outcome = forms.ChoiceField(
        label="Outcome",
        choices=[
            (Outcome.SUSTAINED, "Sustained: the classification stands"),
            (Outcome.CHANGED, "Changed: to what is chosen below"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose sustained or changed."},
    )
    series = forms.ModelChoiceField(
        label="Series",
        queryset=OccupationalSeries.objects.none(),
        required=False,
        error_messages={"invalid_choice": "Choose a series of the list."},
    )
    band = forms.ModelChoiceField(
        label="Cluster and band",
        queryset=Band.objects.none(),
        required=False,
        error_messages={"invalid_choice": "Choose a band of the list."},
    )
    effective = forms.DateField(
        label="Counts from",
        required=False,
        widget=forms.DateInput(
            attrs={
                "type": "date",
                "class": "usa-input maxhr-date",
                "aria-describedby": "id_effective_helptext",
            },
            format="%Y-%m-%d",
        ),
        help_text="The date that you, as the deciding official, set.",
    )
    reason = forms.CharField(
        label="Reasons",
        required=False,
        max_length=20_000,
        help_text="The employee reads them.",
        widget=forms.Textarea(
            attrs={"class": "usa-textarea", "rows": 10, "aria-describedby": "id_reason_helptext"}
        ),
    )

    def __init__(self, *args: Any, standing: ClassificationDecision, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"series": standing.series_id, "band": standing.band_id})
        super().__init__(*args, **kwargs)
        series = OccupationalSeries.objects.select_related("cluster").order_by(
            "cluster__title", "code"
        )
        bands = Band.objects.select_related("cluster").order_by("cluster__title", "rank")
        self.fields["series"].queryset = series  # type: ignore[attr-defined]
        self.fields["band"].queryset = bands  # type: ignore[attr-defined]
        self.fields["series"].widget = _select(
            [(str(one.cluster), one.pk, str(one)) for one in series]
        )
        self.fields["band"].widget = _select(
            [(str(one.cluster), one.pk, f"{one} ({one.code})") for one in bands]
        )


def _select(rows: Iterable[tuple[str, int, str]]) -> forms.Select:
    """A list grouped by cluster."""
    groups = [
        (cluster, [(pk, label) for _, pk, label in group])
        for cluster, group in groupby(rows, key=lambda row: row[0])
    ]
    return forms.Select(attrs={"class": "usa-select"}, choices=groups)


class QueueForm(forms.Form):
    """What a queue shows."""

    state = forms.CharField(required=False, max_length=24)
    find = forms.CharField(required=False, max_length=80)
    after = forms.CharField(required=False, max_length=40)
