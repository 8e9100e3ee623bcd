"""The form of a conversion: when, who, and how the initial ranges link to the former ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.models import Organization
from governance.models import Coverage
from pay.forms.fields import text_input
from pay.forms.runs import RunForm
from pay.queries.parallel_systems import parallel_categories
from pay.services.runs.conversion_plan import ConversionPlan

#: A line of 120 bytes for each of 150,000 people, and room.
MOST_BYTES = 20_000_000


class ConversionRunForm(RunForm):
    """Coverage categories and, where not everywhere, the organizations."""

    categories = forms.MultipleChoiceField(
        label="Coverage categories",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one coverage category."},
    )
    organizations = forms.CharField(
        label="Only these organizations",
        help_text="Codes with a comma between them, with everything under each. Empty: everywhere.",
        required=False,
        max_length=400,
        widget=text_input(wide=True),
    )
    linkage = forms.CharField(
        label="How the initial ranges link to the former ranges",
        help_text="Special rates and locality pay taken into account.",
        max_length=600,
        widget=forms.Textarea(attrs={"class": "usa-textarea", "rows": 3}),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["effective"].label = "Conversion date"
        self.fields["effective"].help_text = "The day on which subpart C begins to apply."
        field: Any = self.fields["categories"]
        field.choices = category_choices(on=on)

    def plan(self) -> ConversionPlan:
        """What was typed, as the run keeps it."""
        codes = (code.strip() for code in self.cleaned_data["organizations"].split(","))
        return ConversionPlan(
            categories=tuple(self.cleaned_data["categories"]),
            organizations=tuple(sorted({code for code in codes if code})),
            linkage=self.cleaned_data["linkage"].strip(),
        )

    @classmethod
    def initial_of(cls, plan: ConversionPlan) -> Mapping[str, Any]:
        """A plan as the form shows it."""
        return {
            "categories": list(plan.categories),
            "organizations": ", ".join(plan.organizations),
            "linkage": plan.linkage,
        }


def category_choices(*, on: date) -> list[tuple[str, str]]:
    """The categories that come under subpart C, with the day, newest first."""
    parallel = parallel_categories(on=on)
    rows = Coverage.objects.filter(subpart="C", rescinded=None).order_by("-effective", "category")
    return [
        (
            row.category,
            f"{row.category}, under subpart C from {row.effective:%B} {row.effective.day}, "
            f"{row.effective.year}"
            + (" (parallel pay system: not converted)" if row.category in parallel else ""),
        )
        for row in rows
    ]


def organization_names(codes: tuple[str, ...]) -> list[str]:
    """Names of organizations by code, a code not known as it is."""
    names = dict(Organization.objects.filter(code__in=codes).values_list("code", "name"))
    return [names.get(code, code) for code in codes]


class FormerRatesForm(forms.Form):
    """A table of former rates, for one day of conversion."""

    converts_on = forms.DateField(
        label="Conversion date",
        widget=forms.DateInput(attrs={"type": "date", "class": "usa-input"}, format="%Y-%m-%d"),
    )
    file = forms.FileField(
        label="Table of former rates",
        help_text=f"CSV in UTF-8, at most {MOST_BYTES // 1_000_000} MB.",
        max_length=255,
        widget=forms.FileInput(attrs={"class": "pay-file", "accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> str:
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        if (upload.size or 0) > MOST_BYTES:
            raise forms.ValidationError(f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
        try:
            return bytes(upload.read()).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError("The file is not text in UTF-8.") from None
