"""The form of a supplement adjustment: which supplement, for which bands, at which percentage."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms

from classification.models import Band
from governance.models import DirectiveState
from pay.forms.fields import Cents, text_input
from pay.forms.runs import RunForm
from pay.models import LocalityArea, SpecialRate
from pay.models.supplement import SupplementKind
from pay.queries.supplements import Published, published
from pay.services.runs.supplement_plan import SupplementPlan


class SupplementRunForm(RunForm):
    """An area or a special rate category, its new percentage, and the bands if not all."""

    place = forms.ChoiceField(
        label="Locality area or special rate category",
        help_text="Special rate categories are those that an issued directive carries.",
        widget=forms.Select(attrs={"class": "usa-select"}),
    )
    percent = Cents(
        label="New percentage of basic pay",
        help_text="To four decimal places, such as 16 or 12.25.",
        widget=text_input(),
    )
    bands = forms.MultipleChoiceField(
        label="Only these bands",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, effective: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = published(on=effective)
        cast("forms.ChoiceField", self.fields["place"]).choices = [
            ("", "Choose one"),
            ("Locality areas", _areas(now)),
            ("Special rate categories", _categories(now)),
        ]
        cast("forms.MultipleChoiceField", self.fields["bands"]).choices = [
            (band.code, str(band))
            for band in Band.objects.select_related("cluster").order_by("cluster__code", "rank")
        ]

    def plan(self) -> SupplementPlan:
        """What was filled in."""
        kind, _, key = self.cleaned_data["place"].partition(":")
        return SupplementPlan(
            kind=kind,
            key=key,
            percent=self.cleaned_data["percent"],
            bands=tuple(sorted(self.cleaned_data["bands"])),
        )

    @staticmethod
    def initial_of(plan: SupplementPlan) -> dict[str, Any]:
        """The fields as a plan fills them."""
        return {
            "place": f"{plan.kind}:{plan.key}",
            "percent": f"{plan.percent.normalize():f}",
            "bands": list(plan.bands),
        }


def _areas(now: Published) -> list[tuple[str, str]]:
    return [
        (f"locality:{area.code}", f"{area.name}, {told(now, kind='locality', key=area.code)}")
        for area in LocalityArea.objects.all()
    ]


def _categories(now: Published) -> list[tuple[str, str]]:
    carried = SpecialRate.objects.filter(directive__state=DirectiveState.IN_EFFECT)
    titles = {each.category: each.title for each in carried.order_by("directive__effective")}
    return [
        (f"special:{key}", f"{title} ({key}), {told(now, kind=SupplementKind.SPECIAL, key=key)}")
        for key, title in sorted(titles.items())
    ]


def told(now: Published, *, kind: str, key: str) -> str:
    """What is published of a key, in words."""
    percents = {
        percent for (its, of, _), percent in now.percents.items() if (its, of) == (kind, key)
    }
    if not percents:
        return "none yet"
    least, most = min(percents), max(percents)
    if least == most:
        return f"now {least.normalize():f}%"
    return f"now {least.normalize():f}% to {most.normalize():f}% by band"
