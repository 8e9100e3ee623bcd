"""What people type about systems, circumstances, appraisals and packets, checked for shape."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import QueryDict

from classification.models import BandLevel
from performance.forms import LONGEST_TEXT, cleaned
from performance.models import AppraisalPurpose, CircumstanceKind
from performance.rules.level_pattern import LevelShape
from performance.rules.system_content import PROCEDURES
from performance.services.appraisal_act import AppraisalContent
from performance.services.establish_system import SystemContent
from regulation.refusals import Refused

_ITEM = re.compile(r"item-(\d{1,18})-level")


class SystemForm(forms.Form):
    """A performance system as its directive lays it down."""

    code = forms.RegexField(r"^[A-Z0-9-]{1,24}$", label="Code")
    title = forms.CharField(max_length=160)
    starts = forms.DateField(label="First day of the first period")
    levels = forms.CharField(max_length=2_000, label="Levels")
    category = forms.CharField(required=False, max_length=60)
    directive = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    determination = forms.CharField(required=False, max_length=LONGEST_TEXT)
    determined_by = forms.CharField(required=False, max_length=60)
    determined_on = forms.DateField(required=False)


class CoverForm(forms.Form):
    """One more group of a system."""

    starts = forms.DateField(label="First day of the first period")
    band_level = forms.ChoiceField(required=False, choices=BandLevel.choices, label="Band level")
    category = forms.CharField(required=False, max_length=60)
    reason = forms.CharField(required=False, max_length=LONGEST_TEXT)


class CircumstanceForm(forms.Form):
    """A special circumstance."""

    kind = forms.ChoiceField(choices=CircumstanceKind.choices, label="Circumstance")
    starts = forms.DateField(label="From")
    ends = forms.DateField(required=False, label="Last day")
    appraiser = forms.CharField(required=False, max_length=24)
    note = forms.CharField(required=False, max_length=LONGEST_TEXT)


class AppraisalForm(forms.Form):
    """An appraisal that is no rating."""

    purpose = forms.ChoiceField(required=False, choices=AppraisalPurpose.choices)
    covers_from = forms.DateField(label="Covers from")
    covers_to = forms.DateField(label="Covers through")
    progress = forms.CharField(required=False, max_length=LONGEST_TEXT)


class ReceiverForm(forms.Form):
    """Where the ratings go."""

    receiver = forms.CharField(required=False, max_length=160)


class PacketFileForm(forms.Form):
    """A packet that came."""

    packet = forms.FileField(label="Packet")


def system_content(post: QueryDict) -> tuple[SystemContent, int | None]:
    """A whole system, and the id of its directive. Raises Refused invalid_input."""
    typed = cleaned(SystemForm(post))
    directive, category = typed.pop("directive"), typed.pop("category").strip()
    bands = [band for band in post.getlist("band_level") if band in BandLevel.values]
    if post.get("all_bands"):
        bands = [""]
    rules = {
        kind: {
            "rater": post.get(f"rater-{kind}", "")[:40],
            "appraiser": post.get(f"appraiser-{kind}", "")[:40],
        }
        for kind in CircumstanceKind.values
        if post.get(f"rater-{kind}")
    }
    content = SystemContent(
        **{**typed, "levels": levels_of(typed["levels"])},
        groups=[(band, category) for band in bands],
        procedures={key: post.get(f"clause-{key}", "")[:200] for key in PROCEDURES},
        special_rules=rules,
        appraisal_purposes=[
            each for each in post.getlist("purpose") if each in AppraisalPurpose.values
        ],
    )
    return content, directive


def levels_of(text: str) -> list[LevelShape]:
    """Levels from lines of a code and a title, best first; the last two are what the rule names.

    Raises Refused invalid_input.
    """
    rows = [line.strip().partition(" ") for line in text.splitlines() if line.strip()]
    codes = [code for code, _, _ in rows]
    if len(set(codes)) != len(codes) or any(len(code) > 4 for code in codes) or len(rows) > 9:
        raise Refused(
            "invalid_input", "9701.409(a)", "Levels: a code of up to four letters, once each."
        )
    return [
        LevelShape(
            code,
            (title.strip() or code)[:60],
            unacceptable=place == len(rows),
            fully_successful=place == len(rows) - 1,
        )
        for place, (code, _, title) in enumerate(rows, start=1)
    ]


def appraisal_content(post: QueryDict) -> AppraisalContent:
    """An appraisal's form. Raises Refused invalid_input."""
    numbers = sorted({int(found[1]) for name in post if (found := _ITEM.fullmatch(name))})
    fields: dict[str, Any] = cleaned(AppraisalForm(post))
    return AppraisalContent(
        **fields,
        items={
            number: (
                post.get(f"item-{number}-level", "")[:4],
                post.get(f"item-{number}-note", "")[:LONGEST_TEXT],
            )
            for number in numbers
        },
    )
